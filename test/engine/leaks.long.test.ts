/** All of what leaks.test.ts takes a sample of. */
import './leaks.test';
