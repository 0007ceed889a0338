/** The tests that stryker.mapping.config.json runs for each mutant. */
const { projects } = require('./jest.config.js');
const { displayName: _displayName, ...unit } = projects[0];

module.exports = {
	...unit,
	testMatch: ['<rootDir>/test/unit/fieldMapper*.test.ts', '<rootDir>/test/unit/sync*.test.ts', '<rootDir>/test/unit/username*.test.ts'],
	testPathIgnorePatterns: ['\\.property\\.', 'syncManager', '/node_modules/'],
};
