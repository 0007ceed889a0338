/** All of what switches.test.ts takes a sample of. */
import './switches.test';
