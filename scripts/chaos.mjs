/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * `npm run test:chaos`: seeded companies, edits, faults and kills over days, held against an oracle
 * (docs/chaos.md).
 *   -- --seeds 500 [--from 1]   on n8n's engine (default: 100 seeds)
 *   -- --seed 123               one of them, told line by line
 *   -- --n8n 20 [--from 1]      on a real n8n, which is killed
 *   -- --mutations [--seeds 100] faults planted in the package: how many seeds until each is found
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { run } from './host/command.mjs';
import { PlainError, runMain, say } from './host/console.mjs';
import { PROJECT } from './host/install.mjs';
import { nodeOf } from './host/npm.mjs';
import { TSX, build, ensureProject, toolEnv } from './project.mjs';

const { values } = parseArgs({
	options: {
		seeds: { type: 'string' },
		from: { type: 'string' },
		seed: { type: 'string' },
		n8n: { type: 'string' },
		mutations: { type: 'boolean', default: false },
	},
});
/** What main.ts ends with when there is no mutation of that number. */
const NO_SUCH = 3;

/**
 * Runs a part of the chaos test on the project's own Node 24.
 * @param {string} file
 * @param {Array<string | undefined>} args
 * @returns {Promise<number>}
 */
const runPart = async (file, args) => {
	const given = args.filter((one) => one !== undefined);
	const { code } = await run(
		nodeOf(PROJECT),
		[TSX, join(PROJECT, 'test', 'chaos', file), ...given],
		{ cwd: PROJECT, env: toolEnv() },
	);
	return code;
};

/** @param {string} name @param {string | undefined} value */
const option = (name, value) => (value === undefined ? [] : [`--${name}`, value]);

await runMain(async () => {
	for (const [name, value] of Object.entries(values)) {
		if (typeof value === 'string' && !/^\d+$/.test(value))
			throw new PlainError(`--${name} takes a whole number, not "${value}".`);
	}
	await ensureProject();
	if (values.n8n !== undefined)
		return await runPart('onN8n.ts', [
			...option('seeds', values.n8n),
			...option('from', values.from),
			...option('seed', values.seed),
		]);
	await build();
	if (!values.mutations)
		return await runPart('main.ts', [
			...option('seeds', values.seeds),
			...option('from', values.from),
			...option('seed', values.seed),
		]);
	// Each in a process of its own: what is planted stays.
	let [planted, missed] = [0, 0];
	for (let code = 0; code !== NO_SUCH; planted++) {
		code = await runPart('main.ts', [
			'--mutation',
			String(planted),
			'--seeds',
			values.seeds ?? '100',
			...option('from', values.from),
		]);
		if (code === 1) missed++;
	}
	say(`${planted - 1 - missed} of ${planted - 1} planted faults found`);
	// The chaos test has no place for these: the tests of the part that had them must find them.
	const { code } = await run(
		nodeOf(PROJECT),
		[join(PROJECT, 'scripts', 'mutation', 'planted.mjs')],
		{ cwd: PROJECT, env: toolEnv() },
	);
	return missed === 0 ? code : 1;
});
