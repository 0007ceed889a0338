/** All of what humaansTrigger.snapshot.test.ts takes a sample of. */
import './humaansTrigger.snapshot.test';
