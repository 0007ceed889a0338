/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * The parts of the gate: .ci/run runs all of them, .github/workflows/ci.yml each in a job of its own.
 */

/**
 * @typedef {object} Part
 * @property {string} name
 * @property {string} what
 * @property {string[]} npm arguments of npm
 * @property {number} minutes the most it may take on two busy cores
 */

/** Before all others: a fault of these is known first. It builds dist/. @type {Part} */
export const CHECKS = {
	name: 'checks',
	what: 'lint, types, house, build, scan',
	npm: ['test', '--', '--checks'],
	minutes: 15,
};

/** Coverage is measured in it: half as slow again as without. @type {Part} */
export const MEASURED = {
	name: 'tests',
	what: 'unit, sandbox, document and engine tests on what is shipped, and how much of it they run',
	npm: ['test', '--', 'test/', '--coverage'],
	minutes: 45,
};

/**
 * They start no n8n, or one of its own: side by side with the parts below.
 * @type {readonly Part[]}
 */
export const TESTS = [
	MEASURED,
	{
		name: 'long',
		what: 'enumerations, worked examples, release, chaos seeds',
		npm: ['run', 'test:long'],
		minutes: 40,
	},
	{
		name: 'compat-2.0.0',
		what: 'on n8n 2.0.0',
		npm: ['run', 'compat', '--', '--n8n', '2.0.0'],
		minutes: 15,
	},
];

/** Each starts the same n8n, so one after the other; much of their time they wait. @type {readonly Part[]} */
export const ON_N8N = [
	{
		name: 'e2e',
		what: 'the packed package in n8n and Chromium',
		npm: ['run', 'test:e2e'],
		minutes: 25,
	},
	{
		name: 'demo',
		what: 'the demo ends as it should',
		npm: ['run', 'demo', '--', '--once'],
		minutes: 10,
	},
	{
		name: 'chaos-on-n8n',
		what: 'two seeds on n8n, which is killed',
		npm: ['run', 'test:chaos', '--', '--n8n', '2'],
		minutes: 15,
	},
	{
		name: 'queue',
		what: 'queue mode, a worker killed',
		npm: ['run', 'test:queue'],
		minutes: 15,
	},
	{
		name: 'compat-postgres',
		what: 'on PostgreSQL',
		npm: ['run', 'compat', '--', '--postgres'],
		minutes: 8,
	},
	{
		name: 'bench',
		what: 'the benchmarks in a short form',
		npm: ['run', 'bench', '--', '--short'],
		minutes: 10,
	},
];

export const PARTS = [CHECKS, ...TESTS, ...ON_N8N];
