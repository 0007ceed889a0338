/** All of what policyEnumeration.test.ts takes a sample of. */
import './policyEnumeration.test';
