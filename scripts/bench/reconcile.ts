/**
 * Reconcile on real n8n, beside the floor (a bare client doing the same calls) and the flow a user would otherwise draw, on the same
 * sandbox: 1 % of the people changed.
 *
 * `tsx scripts/bench/reconcile.ts [people:latency …]`, by default 1000:0 1000:50 1000:200 10000:50. Larger ones take up to half an hour.
 */
import { fork, execFile, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Asked, Order } from './reconcile/company';
import { handDrawn } from './reconcile/handDrawn';

const PROJECT = join(__dirname, '..', '..');
const TSX = join(PROJECT, 'node_modules', 'tsx', 'dist', 'cli.mjs');
const CHANGED = 0.01;
/** The hand-drawn flow asks once per person: above this it would take hours. */
const ALL_AT_ONCE_UP_TO = 10_000;
const ONE_SECOND_A_BATCH_UP_TO = 1_000;
const run = promisify(execFile);

interface Addresses {
	humaans: { url: string; token: string };
	jumpCloud: { url: string; key: string };
}
interface Company {
	addresses: Addresses;
	order: (order: Order) => Promise<unknown>;
	stop: () => void;
}
interface Cost {
	ms: number;
	mb: number;
	dataMb?: number;
	status?: string;
}

async function found(people: number): Promise<Company> {
	const child: ChildProcess = fork(join(__dirname, 'reconcile', 'company.ts'), [String(people)], { execArgv: ['--import', 'tsx', '--max-old-space-size=8192'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
	const ended = new Promise<never>((_resolve, reject) => child.once('exit', () => reject(new Error('The sandbox ended.'))));
	ended.catch(() => {});
	const next = async () => await Promise.race([new Promise<unknown>((resolve) => child.once('message', resolve)), ended]);
	const addresses = (await next()) as Addresses;
	const order = async (what: Order) => {
		child.send(what);
		return ((await next()) as { answer: unknown }).answer;
	};
	return { addresses, order, stop: () => void child.kill() };
}


async function main(): Promise<void> {
	const { costOf, packed } = (await import('./reconcile/stage.mjs')) as typeof import('./reconcile/stage.mjs');
	const { prepared, readTemplates } = (await import('../demo/templates.mjs')) as typeof import('../demo/templates.mjs');
	const chosen = process.argv.slice(2).map((cell) => cell.split(':').map(Number) as [number, number]);
	const cells: Array<[number, number]> = chosen.length > 0 ? chosen : [[1_000, 0], [1_000, 50], [1_000, 200], [10_000, 50]];
	const tarball = await packed();
	const template = readTemplates().find(({ file }) => file === 'reconcile')!.workflow;
	const reconcile = (credentials: Record<string, { id: string; name: string }>) => ({ workflow: prepared('reconcile', template, { credentials, mode: 'apply' }), trigger: 'Run Now' });
	const rows: object[] = [];

	for (const people of [...new Set(cells.map(([count]) => count))]) {
		const company = await found(people);
		const { addresses, order } = company;
		let round = 0;
		const measure = async (what: string, latency: number, work: () => Promise<Cost>, floor?: number): Promise<number> => {
			const { ms, mb, dataMb, status = 'success' } = await work();
			const { reads, writes, peak, violations } = (await order({ do: 'asked' })) as Asked;
			const left = (await order({ do: 'outOfStep' })) as number;
			rows.push({ people, 'latency ms': latency, what, reads, writes, 'most at once': peak, 's': Math.round(ms / 100) / 10, ': floor': floor ? Math.round((ms / floor) * 100) / 100 : '', 'peak MB above idle': Math.round(mb), 'execution MB': dataMb === undefined ? '' : Math.round(dataMb * 10) / 10, ended: status, 'left out of step': left, violations });
			console.error(`  ${people} people, ${latency} ms, ${what}: ${Math.round(ms / 100) / 10} s`);
			return ms;
		};
		const edited = async () => {
			await order({ do: 'edit', people: Math.round(people * CHANGED), round: ++round });
			await order({ do: 'reset' });
		};
		try {
			await order({ do: 'reset' });
			await measure('reconcile, first provisioning', 0, async () => await costOf(tarball, addresses, reconcile));
			for (const [, latency] of cells.filter(([count]) => count === people)) {
				await order({ do: 'latency', ms: latency });
				await edited();
				const floor = await measure('floor', latency, async () => JSON.parse((await run(process.execPath, [TSX, join(__dirname, 'reconcile', 'floor.ts'), JSON.stringify(addresses)])).stdout) as Cost);
				await edited();
				await measure('reconcile', latency, async () => await costOf(tarball, addresses, reconcile), floor);
				await order({ do: 'reset' });
				await measure('reconcile, nothing changed', latency, async () => await costOf(tarball, addresses, reconcile), floor);
				for (const [what, batching, upTo] of [['drawn by hand, 50 look-ups a second', { size: 50, pauseMs: 1_000 }, ONE_SECOND_A_BATCH_UP_TO], ['drawn by hand, all look-ups at once', null, ALL_AT_ONCE_UP_TO]] as const) {
					if (people > upTo) continue;
					await edited();
					await measure(what, latency, async () => await costOf(tarball, addresses, (credentials) => ({ workflow: handDrawn(addresses, credentials, batching), trigger: 'Run Now' })), floor);
				}
			}
		} finally {
			company.stop();
		}
	}
	console.table(rows);
}

void main().then(() => process.exit());
