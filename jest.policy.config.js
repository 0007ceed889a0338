/** The tests that stryker.policy.config.json runs for each mutant. */
const { projects } = require('./jest.config.js');
const { displayName: _displayName, ...unit } = projects[0];

module.exports = {
	...unit,
	testMatch: ['<rootDir>/test/unit/policy*.test.ts', '<rootDir>/test/unit/time*.test.ts'],
	testPathIgnorePatterns: ['Enumeration', '\\.property\\.', '/node_modules/'],
};
