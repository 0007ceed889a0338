/** All of what fieldMapper.property.test.ts takes a sample of. */
import './fieldMapper.property.test';
