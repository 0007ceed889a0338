/**
 * The tests that take long and seldom fail, for `npm run test:long`: all of what npm test takes a
 * sample of (test/harness/sample.ts), the worked examples, the release, the chaos seeds.
 */
const short = require('./jest.config.js');

const engine = short.projects.find(({ displayName }) => displayName === 'engine');

module.exports = {
	...short,
	projects: [
		{
			...engine,
			displayName: 'long',
			testMatch: ['<rootDir>/test/**/*.long.test.ts'],
			testPathIgnorePatterns: ['/node_modules/'],
			globals: { WHOLE: true },
		},
	],
	testTimeout: 900_000,
};
