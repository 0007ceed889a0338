/** All of what jumpCloudCrowd.test.ts takes a sample of. */
import './jumpCloudCrowd.test';
