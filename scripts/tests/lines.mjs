/**
 * Jest's reporter for our commands: one line a file, and of a file that fails what it printed and
 * why. A line every 15 s while nothing ends. The last line is "N passed, N failed".
 */
import { relative } from 'node:path';
import { PROJECT } from '../host/install.mjs';
import { LINE_EVERY_MS, duration, say } from '../host/console.mjs';

/** @typedef {import('@jest/reporters').Test} Test */
/** @typedef {import('@jest/reporters').TestResult} TestResult */

const nameOf = (/** @type {string} */ path) => relative(PROJECT, path);

export default class Lines {
	/** @type {Map<string, number>} file → when it began */
	running = new Map();
	said = Date.now();
	/** @type {ReturnType<typeof setInterval> | undefined} */
	timer;

	onRunStart() {
		this.timer = setInterval(() => {
			if (Date.now() - this.said < LINE_EVERY_MS) return;
			const files = [...this.running].map(
				([path, since]) => `${nameOf(path)} since ${duration(Date.now() - since)}`,
			);
			if (files.length > 0) this.line(`  … ${files.join(', ')}`);
		}, 1_000);
	}

	/** @param {Test} test */
	onTestFileStart(test) {
		this.running.set(test.path, Date.now());
	}

	/** @param {Test} test @param {TestResult} result */
	onTestFileResult(test, result) {
		this.running.delete(test.path);
		const { numPassingTests, numFailingTests, failureMessage, console: printed } = result;
		const took = duration(result.perfStats.end - result.perfStats.start);
		const good = !failureMessage && numFailingTests === 0;
		const count = good
			? numPassingTests
			: `${numFailingTests} failed of ${numPassingTests + numFailingTests}`;
		this.line(`  ${good ? '✓' : '✗'} ${nameOf(test.path)} (${count}, ${took})`);
		if (good) return;
		for (const { type, message } of printed ?? []) this.line(`    ${type}: ${message}`);
		this.line(failureMessage ?? '');
	}

	/** @param {Set<unknown>} _contexts @param {import('@jest/reporters').AggregatedResult} results */
	onRunComplete(_contexts, results) {
		clearInterval(this.timer);
		const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = results;
		this.line(`${numPassedTests} passed, ${numFailedTests + numRuntimeErrorTestSuites} failed`);
	}

	/** @param {string} text */
	line(text) {
		this.said = Date.now();
		say(text);
	}
}
