/**
 * Queue mode: four reconciles of 10,000 people at once, on one worker and on two (main, webhook
 * process, PostgreSQL and Redis beside them, all on this machine). --short: 200 people.
 */
import { printTable } from './table';
import { found } from './reconcile/found';

const SHORT = process.argv.includes('--short');
const PEOPLE = SHORT ? 200 : 10_000;
const ROUNDS = SHORT ? 1 : 3;
const LATENCY_MS = 50;
const AT_ONCE = 4;

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;

async function main(): Promise<void> {
	const { startStage } =
		(await import('./reconcile/queueStage.mjs')) as typeof import('./reconcile/queueStage.mjs');
	const company = await found(PEOPLE);
	try {
		const stage = await startStage(company.addresses, AT_ONCE);
		await stage.runAll(1);
		await company.order({ do: 'latency', ms: LATENCY_MS });
		let round = 0;
		const rows: Array<{ workers: number; seconds: number }> = [];
		for (const workers of [1, 2]) {
			if (workers > 1) await stage.addWorker();
			const times: number[] = [];
			// The first round of a worker warms it up.
			for (let n = 0; n <= ROUNDS; n++) {
				await company.order({ do: 'edit', people: PEOPLE / 100, round: ++round });
				const ms = await stage.runAll(AT_ONCE);
				if (((await company.order({ do: 'outOfStep' })) as number) > 0)
					throw new Error('Somebody was left out of step.');
				if (n > 0) times.push(ms);
			}
			rows.push({ workers, seconds: median(times) / 1000 });
		}
		await stage.stop();
		const [one] = rows;
		printTable(
			rows.map(({ workers, seconds }) => ({
				workers,
				people: PEOPLE,
				'reconciles at once': AT_ONCE,
				s: Math.round(seconds * 10) / 10,
				'people a second': Math.round((AT_ONCE * PEOPLE) / seconds),
				'to one worker': Math.round((one!.seconds / seconds) * 100) / 100,
			})),
		);
	} finally {
		company.stop();
	}
}

void main().then(
	() => process.exit(),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
