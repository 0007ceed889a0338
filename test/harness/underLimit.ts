/** Real clients with their waits as shipped, over HTTP, at a sandbox that limits the requests. */
import { clientOn } from './humaansOverHttp';
import { startSandbox, type Sandbox, type Service } from '../sandbox';
import { RateLimiter } from '../../nodes/services/http/rateLimiter';
import { clientFor } from './jumpCloudOverHttp';

/** The rate that is documented. */
export const LIMIT = { requests: 5, perMs: 1000 };
/** As the client has it when nobody sets it, and a rate limiter that nobody shares. */
const asShipped = () => ({
	rateLimiter: new RateLimiter(),
	backoffMs: 500,
	ceilingMs: 30_000,
	patienceMs: 90_000,
	timeoutMs: 30_000,
});

/** So many reads of one entry each. */
const READS: Record<Service, (sandbox: Sandbox, count: number) => Array<Promise<unknown>>> = {
	humaans: (sandbox, count) => {
		const client = clientOn(sandbox, asShipped());
		return turns(sandbox.humaans.people, count).map(async ({ id }) => {
			const read = await client.person(id, []);
			if (!('found' in read)) throw new Error('nobody was found');
		});
	},
	jumpCloud: (sandbox, count) => {
		const client = clientFor(sandbox, asShipped());
		return turns(sandbox.jumpCloud.accounts, count).map(async ({ _id }) => {
			if (!(await client.get(_id))) throw new Error('no account was found');
		});
	},
};

const turns = <T>(list: readonly T[], count: number): T[] =>
	Array.from({ length: count }, (_, index) => list[index % list.length]!);

export async function underLimit(
	service: Service,
	{ requests, retryAfterSeconds }: { requests: number; retryAfterSeconds?: number | undefined },
) {
	const limit = { ...LIMIT, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) };
	const sandbox = await startSandbox({
		quirks: { humaansRateLimit: limit, jumpCloudRateLimit: limit },
	});
	try {
		const results = await Promise.allSettled(READS[service](sandbox, requests));
		return {
			failures: results.filter(({ status }) => status === 'rejected'),
			/** When each request that was not refused came in. */
			servedMs: sandbox.log
				.filter(({ status }) => status === 200)
				.map(({ startedMs }) => startedMs),
			refused: sandbox.log.filter(({ status }) => status === 429).length,
		};
	} finally {
		await sandbox.stop();
	}
}
