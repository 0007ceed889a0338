/** All of what quirkMatrix.test.ts takes a sample of. */
import './quirkMatrix.test';
