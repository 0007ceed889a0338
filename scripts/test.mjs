/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * `npm test`: from a fresh clone to a verdict: install, lint, types, house, build, n8n's verification
 * scan, and all tests but the long ones. npm test -- test/unit/policy: those tests only, and only
 * what they need. --checks: what npm test does before the tests. --long: the long tests (`npm run
 * test:long`). --watch: unit tests again with every change (`npm run test:watch`). Other arguments go
 * to Jest.
 */
import { join } from 'node:path';
import { run } from './host/command.mjs';
import { PlainError, runMain, say } from './host/console.mjs';
import { PROJECT } from './host/install.mjs';
import { nodeOf } from './host/npm.mjs';
import { build, ensureProject, toolEnv } from './project.mjs';
import { CHECKS, SCAN, holdAll } from './tests/checks.mjs';
import { chosenBy, isBuilt, isOnDist, patternsIn } from './tests/chosen.mjs';

const OWN = ['--checks', '--long', '--watch'];
const given = process.argv.slice(2);
const has = (/** @type {string} */ option) => given.includes(option);
const forJest = given.filter((one) => !OWN.includes(one));
const patterns = patternsIn(forJest);

/** @param {'jest.config.js' | 'jest.long.config.js'} config @param {string[]} args */
async function jest(config, args) {
	const script = join(PROJECT, 'node_modules', 'jest', 'bin', 'jest.js');
	const { code } = await run(nodeOf(PROJECT), [script, '--config', config, ...args], {
		cwd: PROJECT,
		env: toolEnv(),
	});
	return code;
}
const LINES = `--reporters=${join(PROJECT, 'scripts', 'tests', 'lines.mjs')}`;

async function ensureBuilt() {
	if (isBuilt()) say('• dist/ is newer than what it is built from: no build');
	else await build();
}

async function everything() {
	say('• Checks …');
	await holdAll(CHECKS);
	await build();
	await holdAll([SCAN]);
	if (has('--checks')) {
		say(`${CHECKS.length + 2} passed, 0 failed`);
		return 0;
	}
	say('• Tests …');
	return await jest('jest.config.js', [...forJest, LINES]);
}

/** What the patterns pick; long ones when they are asked for, or when there are no others. */
async function some() {
	const { short, long } = chosenBy(patterns);
	const isLong = has('--long') || short.length === 0;
	const files = isLong ? long : short;
	if (files.length === 0)
		throw new PlainError(
			`No test file has a path with ${patterns.map((one) => `"${one}"`).join(' or ')}.`,
			'A pattern is a part of a path, such as test/unit/policy.',
		);
	say(`• Test files: ${files.length}. Lint, types, house and scan do not run: npm test runs them.`);
	if (isLong || files.some(isOnDist)) await ensureBuilt();
	return await jest(isLong ? 'jest.long.config.js' : 'jest.config.js', [...forJest, LINES]);
}

await runMain(async () => {
	await ensureProject();
	if (has('--watch'))
		return await jest('jest.config.js', ['--watch', '--selectProjects', 'unit', ...forJest]);
	return has('--long') || patterns.length > 0 ? await some() : await everything();
});
