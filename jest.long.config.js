/**
 * The tests that take long and seldom fail, for `npm run test:long`: all of what npm test takes a
 * sample of (test/harness/sample.ts), the worked examples, the release, the chaos seeds.
 */
const short = require('./jest.config.js');

const projectOf = (name) => short.projects.find(({ displayName }) => displayName === name);
/** Faults that pass or last, as in jest.config.js. */
const FAST = ['humaansBreak', 'leaks'].map((name) => `/engine/${name}.long.test.ts`);

module.exports = {
	...short,
	projects: [
		{
			...projectOf('engine'),
			displayName: 'long',
			testMatch: ['<rootDir>/test/**/*.long.test.ts'],
			testPathIgnorePatterns: ['/node_modules/', ...FAST],
			globals: { WHOLE: true },
		},
		{
			...projectOf('engine, fast clock'),
			displayName: 'long, fast clock',
			testMatch: FAST.map((name) => `<rootDir>/test${name}`),
			testPathIgnorePatterns: ['/node_modules/'],
			globals: { WHOLE: true },
		},
	],
	testTimeout: 900_000,
};
