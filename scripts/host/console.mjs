/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * What people read while a command works: short lines, and one every 15 s while something takes
 * long.
 */

/** A failure that needs no stack trace: what happened, and what to do about it. */
export class PlainError extends Error {
	/**
	 * @param {string} what one sentence
	 * @param {string} [todo] one sentence
	 */
	constructor(what, todo) {
		super(todo ? `${what}\n  ${todo}` : what);
		this.name = 'PlainError';
	}
}

/** @param {string} line */
export function say(line) {
	process.stdout.write(`${line}\n`);
}

/** @param {number} ms @returns {string} "4.2 s" or "3 min 5 s" */
export function duration(ms) {
	if (ms < 60_000) return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
	const seconds = Math.round(ms / 1000);
	return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

export const LINE_EVERY_MS = 15_000;

/**
 * Runs one step: its title, a line every 15 s with what is going on, and how long it took.
 * @template T
 * @param {string} title
 * @param {(report: (doing: string) => void) => Promise<T>} work calls report with what it is
 *   doing now
 * @returns {Promise<T>}
 */
export async function step(title, work) {
	const started = Date.now();
	let doing = '';
	say(`• ${title} …`);
	const timer = setInterval(
		() => say(`  ${duration(Date.now() - started)}${doing ? `: ${doing}` : ' …'}`),
		LINE_EVERY_MS,
	);
	try {
		const result = await work((now) => (doing = now));
		const took = Date.now() - started;
		if (took > 3_000) say(`  done in ${duration(took)}`);
		return result;
	} finally {
		clearInterval(timer);
	}
}

/**
 * Runs an entry point: a PlainError is told without a stack, anything else with it; both end with
 * 1.
 * @param {() => Promise<number>} main answers with the exit code
 * @param {() => Promise<void>} [cleanUp]
 */
export async function runMain(main, cleanUp = async () => {}) {
	try {
		process.exitCode = await main();
	} catch (error) {
		const text =
			error instanceof PlainError
				? error.message
				: error instanceof Error
					? (error.stack ?? error.message)
					: String(error);
		process.stderr.write(`\n✗ ${text}\n`);
		process.exitCode = 1;
	} finally {
		await cleanUp();
	}
}
