/** All of what humaansJunk.test.ts takes a sample of. */
import './humaansJunk.test';
