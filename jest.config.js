/**
 * The tests of `npm test`, one project a kind, on Node 24 (n8n-core needs it). Those that take long
 * end in .long.test.ts: jest.long.config.js.
 */
const swc = {
	transform: {
		'^.+\\.ts$': [
			'@swc/jest',
			{
				jsc: { parser: { syntax: 'typescript', decorators: true }, target: 'es2022' },
				module: { type: 'commonjs' },
			},
		],
	},
	testEnvironment: 'node',
	testPathIgnorePatterns: ['/node_modules/', '\\.long\\.test\\.ts$'],
};
const OTHER_FOLDERS = ['<rootDir>/.host', '<rootDir>/.demo', '<rootDir>/.cache'];

/** Coverage is measured on what is shipped: then all tests, not only the engine's, run on dist/. */
const measured = process.argv.includes('--coverage');
const FOLDERS = 'nodes/(?:core|services|n8n|[A-Z]\\w+)|credentials';
const onDist = { moduleNameMapper: { [`^(?:\\.\\./)+((?:${FOLDERS})/.*)$`]: '<rootDir>/dist/$1' } };

/** Faults that pass or last: much of their time is the package's own pauses. */
const FAST = ['badInput', 'humaansNode.get', 'leaks', 'provisionOnDemand.page'].map(
	(name) => `/engine/${name}`,
);
const engine = {
	...swc,
	// The built package is what users run: dist must be loadable.
	modulePathIgnorePatterns: OTHER_FOLDERS,
	globalSetup: '<rootDir>/test/harness/beforeAllFiles.ts',
	globalTeardown: '<rootDir>/test/harness/afterAllFiles.ts',
	setupFiles: ['<rootDir>/test/harness/setup.ts'],
	...(measured ? onDist : {}),
};

module.exports = {
	projects: [
		{
			displayName: 'unit',
			testMatch: [
				'<rootDir>/test/unit/**/*.test.ts',
				'<rootDir>/test/sandbox/**/*.test.ts',
				'<rootDir>/test/docs/**/*.test.ts',
				'<rootDir>/test/liveCheck/**/*.test.ts',
			],
			...swc,
			modulePathIgnorePatterns: measured ? OTHER_FOLDERS : ['<rootDir>/dist', ...OTHER_FOLDERS],
			...(measured ? onDist : {}),
		},
		{
			...engine,
			displayName: 'engine',
			testMatch: ['<rootDir>/test/engine/**/*.test.ts', '<rootDir>/test/chaos/**/*.test.ts'],
			testPathIgnorePatterns: [
				...swc.testPathIgnorePatterns,
				...FAST.map((name) => `${name}\\.test\\.ts$`),
			],
		},
		{
			...engine,
			displayName: 'engine, fast clock',
			testMatch: FAST.map((name) => `<rootDir>/test${name}.test.ts`),
			setupFiles: [...engine.setupFiles, '<rootDir>/test/harness/fastClock.ts'],
		},
	],
	coverageProvider: 'v8',
	collectCoverageFrom: ['dist/**/*.js'],
	coverageDirectory: '.cache/coverage',
	coverageReporters: ['json-summary'],
	testTimeout: 300_000,
	// Much of the time is waiting for answers: every core has a worker.
	maxWorkers: process.env.JEST_WORKERS ?? '100%',
	// n8n's engine is loaded anew for each file, and not all of it is given back.
	workerIdleMemoryLimit: '1GB',
};
