/** All of what jumpCloudFaults.test.ts takes a sample of. */
import './jumpCloudFaults.test';
