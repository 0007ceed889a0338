/** All of what humaansProperty.test.ts takes a sample of. */
import './humaansProperty.test';
