/** Runs before anything is installed: only Node's own modules here and in what it imports. */
import { say } from '../../scripts/host/console.mjs';

/** Checks one after the other: a failed one is told at once and the rest goes on. */
export class Checks {
	passed = 0;
	failed = 0;

	/** @param {(line: string) => void} [tell] where the lines go */
	constructor(tell = say) {
		this.tell = tell;
	}

	/**
	 * @param {string} what the sentence that must hold
	 * @param {boolean} ok
	 * @param {unknown} [found] what was found instead
	 */
	check(what, ok, found) {
		if (ok) this.passed++;
		else this.failed++;
		const shown = typeof found === 'string' ? found : JSON.stringify(found);
		this.tell(`  ${ok ? '✓' : '✗'} ${what}${ok || found === undefined ? '' : `: ${shown}`}`);
	}

	/**
	 * @param {string} what
	 * @param {unknown} found
	 * @param {unknown} expected
	 */
	equal(what, found, expected) {
		this.check(
			what,
			JSON.stringify(found) === JSON.stringify(expected),
			`${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`,
		);
	}

	/**
	 * Parts side by side: most of them wait for n8n most of the time. Each is told as a whole, when it
	 * has ended.
	 * @param {Array<[string, (checks: Checks) => Promise<void>]>} parts
	 */
	async together(parts) {
		await Promise.all(
			parts.map(async ([title, work]) => {
				/** @type {string[]} */
				const lines = [];
				const own = new Checks((line) => lines.push(line));
				await own.part(title, () => work(own));
				lines.forEach(this.tell);
				this.passed += own.passed;
				this.failed += own.failed;
			}),
		);
	}

	/**
	 * A part of the checks; when it breaks off, that is one failed check and the next part still
	 * runs.
	 * @param {string} title
	 * @param {() => Promise<void>} work
	 */
	async part(title, work) {
		this.tell(`\n${title}`);
		try {
			await work();
		} catch (error) {
			this.check(
				`"${title}" ran to its end`,
				false,
				error instanceof Error
					? (error.stack ?? error.message).split('\n').slice(0, 6).join('\n    ')
					: String(error),
			);
		}
	}
}
