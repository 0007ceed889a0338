import { startSandbox, type Sandbox, type SandboxOptions } from '../sandbox';

/** Noon UTC of the day that test/data/acme describes. */
export const ACME_NOON = '2026-11-23T12:00:00.000Z';

/** Only the date is fixed: timers, sockets and the engine run as ever. */
export function setClock(iso: string): void {
	jest.useFakeTimers({
		now: new Date(iso),
		doNotFake: [
			'setTimeout',
			'clearTimeout',
			'setInterval',
			'clearInterval',
			'setImmediate',
			'clearImmediate',
			'nextTick',
			'queueMicrotask',
			'performance',
			'hrtime',
			'requestAnimationFrame',
			'cancelAnimationFrame',
			'requestIdleCallback',
			'cancelIdleCallback',
		],
	});
}

/** A sandbox for one test, on the company's day; stopped and the clock freed whatever happens. */
export async function withSandbox<T>(
	use: (sandbox: Sandbox) => Promise<T>,
	options: SandboxOptions = {},
): Promise<T> {
	setClock(ACME_NOON);
	const sandbox = await startSandbox({ now: () => new Date(), ...options });
	try {
		return await use(sandbox);
	} finally {
		await sandbox.stop();
		jest.useRealTimers();
	}
}

/** Person and account of a labelled case. */
export function caseOf(sandbox: Sandbox, label: string): { personId: string; accountId: string } {
	const row = sandbox.cases.find((candidate) => candidate.label === label);
	if (!row) throw new Error(`There is no case "${label}".`);
	return { personId: String(row.personId), accountId: String(row.accountId) };
}
