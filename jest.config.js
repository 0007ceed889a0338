/** One project a kind of test: `npm test` runs all of them, on Node 24 (n8n-core needs it). */
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
	modulePathIgnorePatterns: [
		'<rootDir>/dist',
		'<rootDir>/.host',
		'<rootDir>/.demo',
		'<rootDir>/.cache',
	],
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
		},
		{
			displayName: 'engine',
			testMatch: ['<rootDir>/test/engine/**/*.test.ts', '<rootDir>/test/chaos/**/*.test.ts'],
			...swc,
			// The built package is what users run: dist must be loadable.
			modulePathIgnorePatterns: ['<rootDir>/.host', '<rootDir>/.demo', '<rootDir>/.cache'],
			setupFiles: ['<rootDir>/test/harness/setup.ts'],
		},
	],
	testTimeout: 300_000,
	// Much of the time is waiting for answers: every core has a worker.
	maxWorkers: '100%',
};
