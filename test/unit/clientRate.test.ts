/**
 * A limit of 5 requests a second, as documented: nobody fails, and the limit is used. The pace is
 * measured in a time of the test's own, in which a request takes exactly what the row says. Over
 * real HTTP: clientRate.long.test.ts.
 */
import { createRequester, type Send } from '../../nodes/services/http/requester';
import type { Answer } from '../sandbox/http';
import { RateLimiter, type RateLimit } from '../sandbox/rateLimit';
import { OwnTime } from './ownTime';
import { LIMIT } from '../harness/underLimit';

interface Conditions {
	requests?: number;
	limit?: RateLimit | null;
	/** How long a request takes, in milliseconds, half of it on the way there. */
	latencyMs?: (random: number) => number;
	concurrency?: number;
	/** Whether a request is refused all the same; by its number. */
	refuses?: (n: number) => boolean;
}

async function paced({
	requests = 300,
	limit = LIMIT,
	latencyMs = () => 50,
	concurrency = 5,
	refuses = () => false,
}: Conditions) {
	const time = new OwnTime();
	const limiter = new RateLimiter(
		(status) => ({ status }),
		() => time.now,
	);
	const served: number[] = [];
	let refused = 0;
	// A jitter that is the same in every run.
	let turn = 0;
	const random = () => (turn = (turn + 0.618034) % 1);
	const send: Send = async () => {
		const half = latencyMs(random()) / 2;
		await time.sleep(half);
		const refusal = refuses(served.length + refused + 1) ? { status: 429 } : limiter.answer(limit);
		if (refusal) refused++;
		else served.push(time.now);
		await time.sleep(half);
		return {
			status: refusal?.status ?? 200,
			headers: (refusal as Answer | undefined)?.headers ?? {},
			body: {},
		};
	};
	const requester = createRequester({
		service: 'Humaans',
		send,
		sleep: time.sleep,
		elapsed: () => time.now,
		random,
		concurrency,
	});
	const work = Array.from(
		{ length: requests },
		async (_, index) =>
			await requester({
				method: 'GET',
				path: `/people/${index}`,
				repeat: 'safe',
				expect: 'object',
			}),
	);
	const results = await time.until(Promise.allSettled(work));
	return {
		failed: results.filter(({ status }) => status === 'rejected').length,
		served: served.length,
		refused,
		rate: rateOf(served),
		seconds: time.now / 1000,
	};
}

/**
 * Served requests a second from the first to the last; what the limit lets pass at the very start,
 * whatever the pace, is left out.
 */
const rateOf = (servedMs: readonly number[]): number =>
	((servedMs.length - LIMIT.requests) * 1000) / (servedMs.at(-1)! - servedMs[0]!);

describe.each([20, 50, 200])('requests of %i ms', (latencyMs) => {
	it.each([
		['no Retry-After, 5 at once', undefined, 5],
		['no Retry-After, 20 at once', undefined, 20],
		['Retry-After of 1 s, 5 at once', 1, 5],
		['Retry-After of 1 s, 20 at once', 1, 20],
	] as const)(
		'%s: nobody fails, at 90 %% of the limit or more',
		async (_what, retryAfterSeconds, concurrency) => {
			const result = await paced({
				limit: { ...LIMIT, ...(retryAfterSeconds ? { retryAfterSeconds } : {}) },
				latencyMs: () => latencyMs,
				concurrency,
			});
			expect(result).toMatchObject({ failed: 0, served: 300 });
			expect(result.refused).toBeGreaterThan(0);
			// More than a handful of those under way at the first refusal, and it would go on refusing.
			expect(result.refused).toBeLessThan(concurrency + 5);
			expect(result.rate).toBeGreaterThanOrEqual(0.9 * LIMIT.requests);
			expect(result.rate).toBeLessThanOrEqual(LIMIT.requests);
		},
	);
});

it.each<[string, Conditions, number]>([
	['10 a second', { limit: { requests: 10, perMs: 1000 }, requests: 600 }, 9],
	[
		'20 a second, 20 at once',
		{ limit: { requests: 20, perMs: 1000 }, requests: 1200, concurrency: 20 },
		18,
	],
	['5 a second, answers between 20 and 180 ms', { latencyMs: (random) => 20 + 160 * random }, 4],
	['60 a minute, without a time', { limit: { requests: 60, perMs: 60_000 } }, 0.7],
	[
		'60 a minute, with the time',
		{ limit: { requests: 60, perMs: 60_000, retryAfterSeconds: 30 } },
		0.7,
	],
	['100 a minute, 20 at once', { limit: { requests: 100, perMs: 60_000 }, concurrency: 20 }, 1.1],
])('%s: nobody fails', async (_what, conditions, least) => {
	const result = await paced(conditions);
	expect(result).toMatchObject({ failed: 0, served: conditions.requests ?? 300 });
	expect(result.rate).toBeGreaterThanOrEqual(least);
});

it('a refusal for no reason of pace costs seconds, and the full speed comes back', async () => {
	const plain = await paced({ limit: null, requests: 2000 });
	const once = await paced({ limit: null, requests: 2000, refuses: (n) => n === 100 });
	expect(once).toMatchObject({ failed: 0, served: 2000, refused: 1 });
	expect(once.seconds - plain.seconds).toBeLessThan(10);
});

it('a service that lets nothing through is given up after a minute and a half, for all who wait', async () => {
	const result = await paced({ requests: 1000, refuses: () => true });
	expect(result).toMatchObject({ failed: 1000, served: 0 });
	expect(result.refused).toBeLessThan(40);
	expect(result.seconds).toBeGreaterThanOrEqual(90);
	expect(result.seconds).toBeLessThan(180);
});

it.each([
	['hours later a run that is refused at first goes on', 4 * 3_600_000, { failed: 0, sent: 5 }],
	['a moment later it is still the same refusal', 10_000, { failed: 1, sent: 1 }],
])('a run that ended refused: %s', async (_what, laterMs, expected) => {
	const time = new OwnTime();
	let refusals = Infinity;
	let sent = 0;
	const send: Send = async () => {
		sent++;
		await time.sleep(20);
		return { status: refusals-- > 0 ? 429 : 200, headers: {}, body: {} };
	};
	const requester = createRequester({
		service: 'Humaans',
		send,
		sleep: time.sleep,
		elapsed: () => time.now,
		random: () => 0.5,
	});
	const one = async () =>
		await requester({ method: 'GET', path: '/people', repeat: 'safe', expect: 'object' });
	await expect(time.until(one())).rejects.toThrow('(429)');
	// Longer than it had to wait after the last refusal.
	await time.until(time.sleep(30_000 + laterMs));
	sent = 0;
	refusals = 4;
	const [result] = await time.until(Promise.allSettled([one()]));
	expect({ failed: result!.status === 'rejected' ? 1 : 0, sent }).toEqual(expected);
});

it('what the service limits by itself fails after a dozen refusals, and the rest goes on', async () => {
	// Every hundredth request is refused for ever.
	const time = new OwnTime();
	const sent = new Map<string, number>();
	const send: Send = async ({ path }) => {
		sent.set(path, (sent.get(path) ?? 0) + 1);
		await time.sleep(20);
		return { status: path.endsWith('00') ? 429 : 200, headers: {}, body: {} };
	};
	const requester = createRequester({
		service: 'JumpCloud',
		send,
		sleep: time.sleep,
		elapsed: () => time.now,
		random: () => 0.5,
	});
	const results = await time.until(
		Promise.allSettled(
			Array.from(
				{ length: 300 },
				async (_, n) =>
					await requester({ method: 'GET', path: `/${n + 1}`, repeat: 'safe', expect: 'object' }),
			),
		),
	);
	expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(3);
	// The last of them is alone at the end, when nothing is let through any more.
	const again = [...sent].filter(([, times]) => times > 1);
	expect(again.map(([path]) => path)).toEqual(['/100', '/200', '/300']);
	expect(Math.max(...again.map(([, times]) => times))).toBe(12);
	expect(time.now / 1000).toBeLessThan(240);
});

it('one that comes back is used again', async () => {
	const result = await paced({ requests: 300, limit: null, refuses: (n) => n >= 20 && n <= 26 });
	expect(result).toMatchObject({ failed: 0, served: 300 });
});
