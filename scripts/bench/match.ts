/**
 * Match, measured: calls, time a person and memory for 1,000 and 10,000 people who all have an
 * account.
 *
 * NODE_OPTIONS=--expose-gc npx tsx scripts/bench/match.ts
 */
import { printTable } from './table';
import { matchSubjects } from '../../nodes/services/jumpcloud/matchSubjects';
import { indexAccounts } from '../../nodes/core/matching/accountIndex';
import { matchAll } from '../../nodes/core/matching/match';
import type { Account, Subject } from '../../nodes/core/subject';
import { startSandbox } from '../../test/sandbox';
import { clientFor } from '../../test/harness/jumpCloudOverHttp';

const OPTIONS = {
	by: ['employeeIdentifier', 'email'] as Array<'employeeIdentifier' | 'email'>,
	emitMissing: false,
};
const SHORT = process.argv.includes('--short');
const SIZES = SHORT ? [300] : [1_000, 10_000];
const ROUNDS = SHORT ? 1 : 5;
const collect = (globalThis as { gc?: () => void }).gc ?? (() => undefined);
const median = (values: number[]): number =>
	[...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

interface Figures extends Record<string, string | number> {
	'a page': number;
	people: number;
	accounts: number;
	calls: number;
	/** Over HTTP, the sandbox's own work included. */
	'µs a person, with the sweep': number;
	'µs a person, matching alone': number;
	'heap MB': number;
}

async function measure(wanted: number, largePages: boolean): Promise<Figures> {
	// Of a hundred generated people some have left or not begun: enough of them that so many are
	// active.
	const sandbox = await startSandbox({
		people: Math.ceil(wanted * 1.2),
		accounts: true,
		seed: 2,
		quirks: { searchPageLimit: largePages ? 1000 : 100, getPageLimit: largePages ? 1000 : 100 },
	});
	const people = sandbox.humaans.people
		.filter((person) => person.status === 'active')
		.slice(0, wanted);
	const own = new Set(people.map((person) => person.id));
	const state = sandbox.snapshot();
	sandbox.restore({
		...state,
		accounts: state.accounts.filter((account) => own.has(account.attributes[0]!.value)),
	});
	const subjects = people.map(
		(person): Subject => ({
			personId: person.id,
			person: {
				id: person.id,
				status: 'active',
				email: person.email,
				employeeId: String(person.employeeId),
			},
			complete: true,
		}),
	);
	const accounts = structuredClone(sandbox.jumpCloud.accounts) as unknown as Account[];
	const swept: number[] = [];
	const alone: number[] = [];
	let heap = 0;
	let calls = 0;
	for (let round = 0; round < ROUNDS; round++) {
		sandbox.clearLog();
		collect();
		const before = process.memoryUsage().heapUsed;
		const start = performance.now();
		const result = await matchSubjects(clientFor(sandbox), subjects, OPTIONS);
		swept.push(performance.now() - start);
		calls = sandbox.log.length;
		sandbox.clearLog();
		collect();
		heap = Math.max(heap, process.memoryUsage().heapUsed - before);
		if (result.subjects.some((subject) => subject.match?.by !== 'link'))
			throw new Error('Somebody was not matched.');
		const pure = performance.now();
		matchAll(subjects, indexAccounts(accounts), OPTIONS);
		alone.push(performance.now() - pure);
	}
	await sandbox.stop();
	const each = (times: number[]) => Math.round((median(times) * 1000 * 10) / wanted) / 10;
	return {
		'a page': largePages ? 1000 : 100,
		people: subjects.length,
		accounts: accounts.length,
		calls,
		'µs a person, with the sweep': each(swept),
		'µs a person, matching alone': each(alone),
		'heap MB': Math.round(heap / 100_000) / 10,
	};
}

async function main(): Promise<void> {
	const rows = [];
	for (const largePages of [true, false]) {
		// Once to warm up.
		await measure(SIZES[0]!, largePages);
		for (const size of SIZES) rows.push(await measure(size, largePages));
	}
	printTable(rows);
}

void main().then(() => process.exit(0));
