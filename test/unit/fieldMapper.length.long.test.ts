/** All of what fieldMapper.length.test.ts takes a sample of. */
import './fieldMapper.length.test';
