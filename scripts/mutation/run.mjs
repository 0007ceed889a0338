/**
 * node scripts/mutation/run.mjs <suite> [mutant ids, parts of file names]: tries the mutants of a
 * suite, on Node 24, with the packages installed.
 */
import { fork } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { PlainError, runMain, say, step } from '../host/console.mjs';
import { PROJECT } from '../host/install.mjs';
import { instrument } from './instrument.mjs';
import { SUITES } from './suites.mjs';

/** All tests of a suite take less than a second; what takes longer goes round for ever. */
const LONGEST_MS = 15_000;
const NO_MUTANT = 'none';

/**
 * @typedef {object} Result
 * @property {string} id
 * @property {string} where file, line and column
 * @property {string} kind
 * @property {string} to
 * @property {'killed' | 'survived' | 'timeout'} status
 * @property {string} [by] the test that found it
 */

/**
 * Asks the process with the tests; a new one is started where there is none.
 * @param {string} folder
 * @param {string[]} tests
 */
function tester(folder, tests) {
	/** @type {import('node:child_process').ChildProcess | null} */
	let child = null;
	const stop = () => {
		child?.kill('SIGKILL');
		child = null;
	};
	/** @param {string} mutant @returns {Promise<{ failed: string | null } | 'timeout'>} */
	const ask = (mutant) =>
		new Promise((resolve) => {
			const asked = (child ??= fork(join(PROJECT, 'scripts', 'mutation', 'tests.mjs'), [folder], {
				stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
			}));
			const give = (/** @type {any} */ answer) => {
				clearTimeout(timer);
				asked.removeAllListeners();
				if (answer === 'timeout') stop();
				resolve(answer);
			};
			const timer = setTimeout(() => give('timeout'), LONGEST_MS);
			asked.once('message', give).once('exit', () => give('timeout'));
			asked.send({ mutant, tests });
		});
	return { ask, stop };
}

await runMain(async () => {
	const [name = '', ...only] = process.argv.slice(2);
	const suite = SUITES[name];
	if (!suite) throw new PlainError(`Choose one of: ${Object.keys(SUITES).join(', ')}.`);
	const folder = join(PROJECT, '.cache', 'mutation', name);
	const { tests, mutants } = await instrument(PROJECT, folder, suite);
	const first = tester(folder, tests);
	const others = Array.from({ length: availableParallelism() - 1 }, () => tester(folder, tests));
	const testers = [first, ...others];
	/** @type {Result[]} */
	const results = [];
	try {
		const whole = await first.ask(NO_MUTANT);
		if (whole === 'timeout' || whole.failed !== null)
			throw new PlainError(
				`The tests do not pass without a fault: ${whole === 'timeout' ? 'too slow' : whole.failed}.`,
			);
		const chosen =
			only.length > 0
				? mutants.filter(({ id, fileName }) =>
						only.some((one) => one === id || fileName.includes(one)),
					)
				: mutants;
		await step(`Trying ${chosen.length} faults in ${name}`, async (report) => {
			const left = chosen.values();
			const tryThem = async (/** @type {ReturnType<typeof tester>} */ { ask }) => {
				for (const { id, fileName, location, mutatorName, replacement } of left) {
					const answer = await ask(id);
					const status =
						answer === 'timeout' ? 'timeout' : answer.failed === null ? 'survived' : 'killed';
					results.push({
						id,
						where: `${fileName}:${location.start.line + 1}:${location.start.column + 1}`,
						kind: mutatorName,
						to: replacement,
						status,
						...(answer !== 'timeout' && answer.failed !== null ? { by: answer.failed } : {}),
					});
					report(
						`${results.length} tried, ${results.filter((one) => one.status === 'survived').length} not found`,
					);
				}
			};
			await Promise.all(testers.map(tryThem));
		});
	} finally {
		for (const { stop } of testers) stop();
	}
	results.sort((one, other) => Number(one.id) - Number(other.id));
	const survived = results.filter(({ status }) => status === 'survived');
	for (const { id, where, kind, to } of survived)
		say(`  ${where} ${kind} (${id}): ${to.replace(/\s+/g, ' ').slice(0, 100)}`);
	if (only.length > 0) return 0;
	await writeFile(`${folder}.json`, JSON.stringify(results, null, '\t'));
	const score = (100 * (results.length - survived.length)) / results.length;
	const late = results.filter(({ status }) => status === 'timeout').length;
	say(
		`• ${name}: ${score.toFixed(2)} % of ${results.length} faults found (${late} of them by ` +
			`going round for ever); at least ${suite.least} % are asked for.`,
	);
	return score >= suite.least ? 0 : 1;
});
