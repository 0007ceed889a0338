/**
 * Reconcile on real n8n, beside the floor (a bare client doing the same calls with as many at once)
 * and the flow a user would otherwise draw, on the same sandbox: 1 % of the people changed. Fails
 * when calls or writes are not what they must be; times are only shown.
 *
 * `tsx scripts/bench/reconcile.ts [people:latency …]`, by default 1000:0 1000:50 10000:0 10000:50,
 * which takes about a quarter of an hour. 50,000 people are the bench `large`. --short: 200:0.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Asked } from './reconcile/company';
import { found, type Company } from './reconcile/found';
import { printTable } from './table';
import { handDrawn } from './reconcile/handDrawn';

const PROJECT = join(__dirname, '..', '..');
const TSX = join(PROJECT, 'node_modules', 'tsx', 'dist', 'cli.mjs');
const CHANGED = 0.01;
/** The hand-drawn flow asks once per person: above this it would take long. */
const BY_HAND_UP_TO = 1_000;
/** So large, it is also measured what a batch takes. */
const BATCHES_FROM = 50_000;
const BATCH = '1/6';
/**
 * Reads beyond the lower bound: each page begins with the last row of the one before (pages.ts says
 * why), and that fills up to one page more in a list.
 */
const READS_BEYOND = 2;
/** Create, activate, look; and what it takes to read everybody. */
const CALLS_A_JOINER = 3.1;
/**
 * With so many in one run their creations take longer than an account counts as just created
 * (justCreated.ts), so most are read once more before they are activated.
 */
const MANY_JOINERS = 50_000;
const CALLS_A_JOINER_OF_MANY = 4.1;
/** What a first provisioning of so many people, at so many milliseconds a call, may take. */
const JOINERS = { people: 1_000, latency: 100, withinMs: 60_000 };
const run = promisify(execFile);

interface Cost {
	ms: number;
	mb: number;
	dataMb?: number;
	oursMs?: number;
	status?: string;
}
interface Shape {
	/** Of n8n's settings for this workflow. */
	settings?: object;
	/** Options of the node that reads everybody. */
	read?: object;
}

const rounded = (value: number, digits = 0): number => Number(value.toFixed(digits));

async function main(): Promise<void> {
	const { costOf, packed } =
		(await import('./reconcile/stage.mjs')) as typeof import('./reconcile/stage.mjs');
	const { prepared, readTemplates } =
		(await import('../demo/templates.mjs')) as typeof import('../demo/templates.mjs');
	const short = process.argv.includes('--short');
	const chosen = process.argv
		.slice(2)
		.filter((one) => !one.startsWith('--'))
		.map((cell) => cell.split(':').map(Number) as [number, number]);
	const all: Array<[number, number]> = [
		...([
			[1_000, 0],
			[1_000, 50],
			[10_000, 0],
			[10_000, 50],
		] as const),
	].map(([people, latency]) => [people, latency]);
	const cells = chosen.length > 0 ? chosen : short ? [[200, 0] as [number, number]] : all;
	const tarball = await packed();
	const template = readTemplates().find(({ file }) => file === 'reconcile')!.workflow;
	const reconcile =
		({ settings = {}, read = {} }: Shape = {}) =>
		(credentials: Record<string, { id: string; name: string }>) => {
			const workflow = prepared('reconcile', template, { credentials, mode: 'apply' });
			workflow.settings = { ...workflow.settings, ...settings };
			const reader = workflow.nodes.find(({ name }: { name: string }) => name === 'Read Everybody');
			reader.parameters.options = { ...reader.parameters.options, ...read };
			return { workflow, trigger: 'Run Now' };
		};
	/** As docs/operations.md advises: n8n stores nobody's data when all went well. */
	const notKept = { settings: { saveDataSuccessExecution: 'none', saveManualExecutions: false } };
	const joined: Array<Record<string, string | number>> = [];
	const rows: Array<Record<string, string | number>> = [];
	const wrong: string[] = [];

	/** Everybody gets an account. */
	const provision = async (people: number, latency: number, { addresses, order }: Company) => {
		await order({ do: 'reset' });
		const { ms, mb, dataMb, status } = await costOf(tarball, addresses, reconcile());
		const { reads, writes, accounts, violations } = (await order({ do: 'asked' })) as Asked;
		const calls = (reads + writes) / accounts;
		const told = `${people} people, ${latency} ms, first provisioning`;
		console.error(`  ${told}: ${rounded(ms / 1000, 1)} s`);
		const most = people < MANY_JOINERS ? CALLS_A_JOINER : CALLS_A_JOINER_OF_MANY;
		if (calls > most) wrong.push(`${told}: ${rounded(calls, 2)} calls a joiner`);
		if (violations > 0) wrong.push(`${told}: ${violations} requests outside the contract`);
		if (!status?.startsWith('success')) wrong.push(`${told}: ended with ${status}`);
		joined.push({
			...{ people, 'latency ms': latency, accounts, reads, writes },
			...{ 'calls an account': rounded(calls, 2), s: rounded(ms / 1000, 1) },
			...{ 'MB above idle': rounded(mb), 'MB kept': rounded(dataMb ?? 0, 1) },
		});
		return ms;
	};

	for (const people of [...new Set(cells.map(([count]) => count))]) {
		const company = await found(people);
		const { addresses, order } = company;
		let round = 0;
		/** @param changes Accounts that must change, and no others; undefined: not looked at. */
		const measure = async (
			what: string,
			latency: number,
			work: () => Promise<Cost>,
			{
				floor,
				changes,
				partly = false,
			}: { floor?: number; changes?: number; partly?: boolean } = {},
		): Promise<number> => {
			const { ms, mb, dataMb, oursMs, status = 'success' } = await work();
			const { reads, writes, peak, violations, least } = (await order({ do: 'asked' })) as Asked;
			const left = (await order({ do: 'outOfStep' })) as number;
			const lowerBound = changes === undefined ? undefined : least;
			rows.push({
				people,
				'latency ms': latency,
				what,
				reads,
				'lower bound': lowerBound ?? '',
				writes,
				'most at once': peak,
				s: rounded(ms / 1000, 1),
				': floor': floor ? rounded(ms / floor, 2) : '',
				's in its nodes': oursMs ? rounded(oursMs / 1000, 1) : '',
				'in its nodes : floor': oursMs && floor ? rounded(oursMs / floor, 2) : '',
				'ms a person': rounded(ms / people, 2),
				'MB above idle': rounded(mb),
				'MB kept': dataMb === undefined ? '' : rounded(dataMb, 1),
				ended: status.split(',')[0]!,
				'out of step': left,
			});
			console.error(`  ${people} people, ${latency} ms, ${what}: ${rounded(ms / 1000, 1)} s`);
			const told = `${people} people, ${latency} ms, ${what}`;
			if (violations > 0) wrong.push(`${told}: ${violations} requests outside the contract`);
			if (lowerBound !== undefined && reads > lowerBound + READS_BEYOND)
				wrong.push(`${told}: ${reads} reads, and the lower bound is ${lowerBound}`);
			if (changes !== undefined && !partly && writes !== changes)
				wrong.push(`${told}: ${writes} writes for ${changes} changes`);
			if (!status.startsWith('success') || (!partly && left > 0))
				wrong.push(`${told}: ended with ${status}, ${left} people out of step`);
			return ms;
		};
		const edited = async (): Promise<number> => {
			const count = Math.round(people * CHANGED);
			await order({ do: 'edit', people: count, round: ++round });
			await order({ do: 'reset' });
			return count;
		};
		try {
			await provision(people, 0, company);
			for (const [, latency] of cells.filter(([count]) => count === people)) {
				await order({ do: 'latency', ms: latency });
				let changes = await edited();
				const floor = await measure(
					'floor',
					latency,
					async () =>
						JSON.parse(
							(
								await run(process.execPath, [
									TSX,
									join(__dirname, 'reconcile', 'floor.ts'),
									JSON.stringify(addresses),
								])
							).stdout,
						) as Cost,
					{ changes },
				);
				changes = await edited();
				await measure(
					'reconcile',
					latency,
					async () => await costOf(tarball, addresses, reconcile()),
					{ floor, changes },
				);
				changes = await edited();
				await measure(
					'reconcile, second run of this n8n',
					latency,
					async () => await costOf(tarball, addresses, reconcile(), edited),
					{ floor, changes },
				);
				await order({ do: 'reset' });
				await measure(
					'reconcile, nothing changed, not kept',
					latency,
					async () => await costOf(tarball, addresses, reconcile(notKept)),
					{ changes: 0 },
				);
				if (people >= BATCHES_FROM) {
					await edited();
					await measure(
						`reconcile, batch ${BATCH}, not kept`,
						latency,
						async () =>
							await costOf(tarball, addresses, reconcile({ ...notKept, read: { batch: BATCH } })),
						{ partly: true },
					);
					await costOf(tarball, addresses, reconcile(notKept));
				}
				if (people > BY_HAND_UP_TO || latency === 0) continue;
				for (const [what, batching] of [
					['drawn by hand, 50 look-ups a second', { size: 50, pauseMs: 1_000 }],
					['drawn by hand, all look-ups at once', null],
				] as const) {
					await edited();
					await measure(
						what,
						latency,
						async () =>
							await costOf(tarball, addresses, (credentials) => ({
								workflow: handDrawn(addresses, credentials, batching),
								trigger: 'Run Now',
							})),
						{ floor },
					);
				}
			}
		} finally {
			company.stop();
		}
	}
	if (!short && cells.some(([people]) => people === JOINERS.people)) {
		const company = await found(JOINERS.people);
		await company.order({ do: 'latency', ms: JOINERS.latency });
		const ms = await provision(JOINERS.people, JOINERS.latency, company).finally(company.stop);
		if (ms > JOINERS.withinMs) wrong.push(`first provisioning: ${rounded(ms / 1000)} s`);
	}
	console.log('### Everybody gets an account\n');
	console.log(
		'A joiner costs three calls: create, activate, look. What is below three is people who have ' +
			'not started yet, whose account is only created.\n',
	);
	printTable(joined);
	console.log('### 1 % of the people changed\n');
	console.log(
		'Reads stay within two of the fewest that are possible, and nothing is written when nothing ' +
			'changed. Compare *s* with the floor’s row above it.\n',
	);
	printTable(rows);
	for (const one of wrong) console.error(`✗ ${one}`);
	process.exitCode = wrong.length > 0 ? 1 : 0;
}

void main().then(() => process.exit());
