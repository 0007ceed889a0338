/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * What `npm test` looks at besides running tests. Two at a time; only a failed one is worth reading.
 */
import { cpus } from 'node:os';
import { join } from 'node:path';
import { run } from '../host/command.mjs';
import { PlainError, duration, say } from '../host/console.mjs';
import { PROJECT } from '../host/install.mjs';
import { nodeOf } from '../host/npm.mjs';
import { toolEnv } from '../project.mjs';

const tool = (/** @type {string[]} */ ...path) => join(PROJECT, 'node_modules', ...path);
const TSC = tool('typescript', 'bin', 'tsc');
const remembered = (/** @type {string} */ name) => join(PROJECT, '.cache', name);

/** @typedef {{ title: string, script: string, args: string[] }} Check */

/**
 * The longest begin. What is remembered in .cache is by contents; import-x/no-cycle looks at other
 * files too, so the gate, which begins without .cache, has the last word.
 * @type {readonly Check[]}
 */
export const CHECKS = [
	{
		title: 'lint',
		script: tool('eslint', 'bin', 'eslint.js'),
		args: [
			...['.', '--cache', '--cache-strategy', 'content'],
			...['--cache-location', remembered('eslint.json')],
		],
	},
	{
		title: 'types of nodes and tests',
		script: TSC,
		args: [
			...['--noEmit', '-p', 'tsconfig.json'],
			...['--incremental', '--tsBuildInfoFile', remembered('types.tsbuildinfo')],
		],
	},
	{
		title: 'types of scripts and the e2e test',
		script: TSC,
		args: [
			...['-p', 'tsconfig.scripts.json'],
			...['--incremental', '--tsBuildInfoFile', remembered('types-scripts.tsbuildinfo')],
		],
	},
	// Format is one of its rules: npm run format mends it.
	{ title: 'house and format', script: join(PROJECT, 'scripts', 'house.mjs'), args: [] },
];

/** Of what is built. */
export const SCAN = {
	title: 'verification scan of n8n',
	script: join(PROJECT, 'scripts', 'scan.mjs'),
	args: [],
};

/** @param {Check} check on the project's own Node 24 */
async function hold({ title, script, args }) {
	const started = Date.now();
	/** @type {string[]} */
	const lines = [];
	const { code } = await run(nodeOf(PROJECT), [script, ...args], {
		cwd: PROJECT,
		env: toolEnv(),
		onLine: (line) => lines.push(line),
	});
	const took = duration(Date.now() - started);
	say(`  ${code === 0 ? '✓' : '✗'} ${title} (${took})`);
	if (code === 0) return;
	for (const line of lines) say(`    ${line}`);
	throw new PlainError(`${title} failed; what comes after it did not run.`);
}

/** @param {readonly Check[]} checks side by side, a core each @throws {PlainError} the first that fails */
export async function holdAll(checks) {
	const waiting = [...checks];
	const next = async () => {
		for (let check = waiting.shift(); check; check = waiting.shift()) await hold(check);
	};
	try {
		await Promise.all(Array.from({ length: Math.min(cpus().length, checks.length) }, next));
	} finally {
		waiting.length = 0;
	}
}
