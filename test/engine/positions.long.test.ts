/** All of what positions.test.ts takes a sample of. */
import './positions.test';
