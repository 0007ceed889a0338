/**
 * `npm test`: from a fresh clone to a verdict: install, format, lint, house, types, build, n8n's
 * verification scan, all tests but the e2e test. Further arguments go to jest: npm test --
 * test/unit/policy --silent=false
 */
import { join } from 'node:path';
import { run } from './host/command.mjs';
import { PlainError, duration, runMain, say } from './host/console.mjs';
import { PROJECT } from './host/install.mjs';
import { nodeOf } from './host/npm.mjs';
import { ensureProject, toolEnv } from './project.mjs';

const forJest = process.argv.slice(2);
const tool = (/** @type {string[]} */ ...path) => join(PROJECT, 'node_modules', ...path);

/** @type {Array<{ title: string, script: string, args: string[] }>} */
const STEPS = [
	{
		title: 'Format (npm run format mends it)',
		script: tool('prettier', 'bin', 'prettier.cjs'),
		args: ['--check', '--log-level', 'warn', '.'],
	},
	{ title: 'Lint', script: tool('eslint', 'bin', 'eslint.js'), args: ['.'] },
	{ title: 'House', script: join(PROJECT, 'scripts', 'house.mjs'), args: [] },
	{
		title: 'Types of nodes and tests',
		script: tool('typescript', 'bin', 'tsc'),
		args: ['--noEmit', '-p', 'tsconfig.json'],
	},
	{
		title: 'Types of scripts and the e2e test',
		script: tool('typescript', 'bin', 'tsc'),
		args: ['-p', 'tsconfig.scripts.json'],
	},
	{ title: 'Build', script: tool('gulp', 'bin', 'gulp.js'), args: ['build', '--silent'] },
	{ title: 'Verification scan of n8n', script: join(PROJECT, 'scripts', 'scan.mjs'), args: [] },
	{
		title: 'Unit and engine tests',
		script: tool('jest', 'bin', 'jest.js'),
		args: forJest.some((one) => one.startsWith('--silent')) ? forJest : ['--silent', ...forJest],
	},
];

await runMain(async () => {
	await ensureProject();
	for (const { title, script, args } of STEPS) {
		say(`• ${title} …`);
		const started = Date.now();
		// n8n-core needs Node 24, which the package `node` brings: everything runs on that one.
		const { code } = await run(nodeOf(PROJECT), [script, ...args], {
			cwd: PROJECT,
			env: toolEnv(),
		});
		if (code !== 0) throw new PlainError(`${title} failed; the steps after it did not run.`);
		say(`  passed in ${duration(Date.now() - started)}`);
	}
	return 0;
});
