/** A limit of 5 requests a second, as documented: nobody fails, and the limit is used. Real time, waits as shipped. */
import { startSandbox, type Sandbox } from '../sandbox';
import type { Service } from '../sandbox/types';
import { clientOn } from '../engine/humaansOverHttp';
import { clientFor } from './jumpCloudHarness';

const LIMIT = { requests: 5, perMs: 1000 };
const PEOPLE = 40;
/** As the client has it when nobody sets it. */
const AS_SHIPPED = { backoffMs: 500, ceilingMs: 30_000, timeoutMs: 30_000 };

const READS: Record<Service, (sandbox: Sandbox) => Array<Promise<unknown>>> = {
	humaans: (sandbox) => {
		const client = clientOn(sandbox, AS_SHIPPED);
		return sandbox.humaans.people.slice(0, PEOPLE).map(async ({ id }) => {
			const read = await client.person(id, []);
			if (!('found' in read)) throw new Error('nobody was found');
		});
	},
	jumpCloud: (sandbox) => {
		const client = clientFor(sandbox, AS_SHIPPED);
		return sandbox.jumpCloud.accounts.slice(0, PEOPLE).map(async ({ _id }) => {
			if (!(await client.get(_id))) throw new Error('no account was found');
		});
	},
};

/** Served requests a second from the first to the last; what the limit lets pass at the very start, whatever the pace, is left out. */
const rateOf = (startedMs: readonly number[]): number => ((startedMs.length - LIMIT.requests) * 1000) / (startedMs.at(-1)! - startedMs[0]!);

async function underLimit(service: Service, retryAfterSeconds?: number) {
	const limit = { ...LIMIT, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) };
	const sandbox = await startSandbox({ quirks: { humaansRateLimit: limit, jumpCloudRateLimit: limit } });
	try {
		const results = await Promise.allSettled(READS[service](sandbox));
		const served = sandbox.log.filter(({ status }) => status === 200).map(({ startedMs }) => startedMs);
		return {
			failures: results.filter(({ status }) => status === 'rejected'),
			served: served.length,
			limited: sandbox.log.some(({ status }) => status === 429),
			rate: rateOf(served),
		};
	} finally {
		await sandbox.stop();
	}
}

it.each<[Service]>([['humaans'], ['jumpCloud']])(
	'%s: with and without Retry-After, nobody fails, at 90 %% of the limit or more',
	async (service) => {
		for (const result of await Promise.all([underLimit(service), underLimit(service, 1)])) {
			expect(result).toMatchObject({ failures: [], served: PEOPLE, limited: true });
			expect(result.rate).toBeGreaterThanOrEqual(0.9 * LIMIT.requests);
			// More than that and the sandbox would not have limited anything.
			expect(result.rate).toBeLessThanOrEqual(LIMIT.requests);
		}
	},
	30_000,
);
