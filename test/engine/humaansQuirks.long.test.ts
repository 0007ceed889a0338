/** All of what humaansQuirks.test.ts takes a sample of. */
import './humaansQuirks.test';
