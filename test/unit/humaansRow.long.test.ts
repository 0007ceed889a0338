/** All of what humaansRow.test.ts takes a sample of. */
import './humaansRow.test';
