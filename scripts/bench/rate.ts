/** The pace of both clients, over HTTP, at a sandbox that lets 5 requests a second through. */
import { printTable } from './table';
import { LIMIT, underLimit } from '../../test/harness/underLimit';

const REQUESTS = process.argv.includes('--short') ? 40 : 300;
const CASES = (['humaans', 'jumpCloud'] as const).flatMap((service) =>
	[undefined, 1].map((retryAfterSeconds) => ({ service, retryAfterSeconds })),
);

async function main(): Promise<void> {
	const rows = CASES.map(async ({ service, retryAfterSeconds }) => {
		const { failures, servedMs, refused } = await underLimit(service, {
			requests: REQUESTS,
			retryAfterSeconds,
		});
		// What the limit lets pass at the very start, whatever the pace, is left out.
		const rate = ((servedMs.length - LIMIT.requests) * 1000) / (servedMs.at(-1)! - servedMs[0]!);
		return {
			service,
			'Retry-After': retryAfterSeconds ?? 'none',
			requests: servedMs.length,
			failed: failures.length,
			refused,
			'a second': Math.round(rate * 100) / 100,
			'of the limit': `${Math.round((rate / LIMIT.requests) * 100)} %`,
		};
	});
	printTable(await Promise.all(rows));
}

void main();
