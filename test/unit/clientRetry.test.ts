/** The retry layer, one call at a time: how often, when, and whom a Retry-After holds back. */
import nock from 'nock';
import {
	createRequester,
	type HttpRequest,
	type RequesterOptions,
} from '../../nodes/services/http/requester';
import { concurrencyLimit } from '../../nodes/services/http/concurrency';
import { RateLimiter } from '../../nodes/services/http/rateLimiter';
import { parseRetryAfter } from '../../nodes/services/http/retry';
import { httpSend } from '../harness/jumpCloudOverHttp';

const HOST = 'http://jumpcloud.test';
const READ: HttpRequest = { method: 'GET', path: '/api/x', repeat: 'safe', expect: 'object' };
const SAFE: HttpRequest = {
	method: 'PUT',
	path: '/api/x',
	body: { a: 1 },
	repeat: 'safe',
	expect: 'object',
};
const AS_READ: HttpRequest = { ...SAFE, repeat: 'asRead' };
const UNSAFE: HttpRequest = {
	method: 'POST',
	path: '/api/x',
	body: { a: 1 },
	repeat: 'unsafe',
	expect: 'object',
};

beforeAll(() => nock.disableNetConnect());
afterEach(() => {
	expect(nock.pendingMocks()).toEqual([]);
	nock.cleanAll();
});
afterAll(() => {
	nock.enableNetConnect();
	nock.restore();
});

/** A requester on a clock of its own: a wait takes no time, but the clock moves. */
function world(options: Partial<RequesterOptions> = {}) {
	let clock = 0;
	const waits: number[] = [];
	const requester = createRequester({
		service: 'JumpCloud',
		send: httpSend(HOST, {}),
		sleep: async (ms) => {
			waits.push(ms);
			clock += ms;
			await new Promise((resolve) => setImmediate(resolve));
		},
		elapsed: () => clock,
		random: () => 1,
		...options,
	});
	return { requester, waits, clock: () => clock };
}
const answer = (
	status: number,
	body: unknown = {},
	headers: Record<string, string> = {},
	method = 'GET',
) =>
	nock(HOST)
		.intercept('/api/x', method)
		.reply(status, body as nock.Body, headers);

it('a good answer is asked for once', async () => {
	answer(200, { good: true });
	const { requester, waits } = world();
	expect(await requester(READ)).toEqual({ good: true });
	expect(waits).toEqual([]);
});

it('backs off exponentially, with a ceiling, and stops after five attempts', async () => {
	nock(HOST).get('/api/x').times(5).reply(503, 'x');
	const { requester, waits } = world({ backoffMs: 1000, ceilingMs: 3000 });
	await expect(requester(READ)).rejects.toMatchObject({
		kind: 'unavailable',
		status: 503,
		attempts: 5,
	});
	expect(waits).toEqual([1000, 2000, 3000, 3000]);
});

it('jitter takes off up to a half', async () => {
	nock(HOST).get('/api/x').twice().reply(500, '');
	answer(200);
	const { requester, waits } = world({ backoffMs: 1000, random: () => 0 });
	await requester(READ);
	expect(waits).toEqual([500, 1000]);
});

it.each([[401], [402], [403], [404], [409], [412], [422], [428]])(
	'%i is asked once',
	async (status) => {
		answer(status, { message: 'Not found' });
		await expect(world().requester(READ)).rejects.toMatchObject({ status, attempts: 1 });
	},
);

it.each([404, 410])('a %i of a gateway is not the service, and is asked again', async (status) => {
	answer(status, '<html>default backend - 404</html>');
	answer(200, { good: true });
	expect(await world().requester(READ)).toEqual({ good: true });
});

it('an unsafe write is repeated after 429, which is no attempt, and after nothing else', async () => {
	answer(429, {}, { 'Retry-After': '2' }, 'POST');
	answer(500, {}, {}, 'POST');
	const { requester, waits } = world();
	await expect(requester(UNSAFE)).rejects.toMatchObject({ kind: 'unavailable', attempts: 1 });
	expect(waits).toEqual([2000]);
});

it.each([
	[429, 'rateLimited'],
	[503, 'unavailable'],
])(
	'S13: a write that holds for what was just read is not sent again after %i',
	async (status, kind) => {
		answer(status, {}, { 'Retry-After': '2' }, 'PUT');
		const { requester, waits } = world();
		await expect(requester(AS_READ)).rejects.toMatchObject({ kind, attempts: 1 });
		expect(waits).toEqual([]);
	},
);

it('a write may have fewer attempts left', async () => {
	nock(HOST).put('/api/x').twice().reply(503, '');
	await expect(world().requester({ ...SAFE, attempts: 2 })).rejects.toMatchObject({
		kind: 'unavailable',
		attempts: 2,
	});
});

it(
	'refused for the rate again and again, it waits twice as long each time, up to a ceiling, ' +
		'and gives up when nothing is let through',
	async () => {
		nock(HOST).get('/api/x').times(7).reply(429, {});
		const { requester, waits } = world({ ceilingMs: 10_000, patienceMs: 30_000, random: () => 0 });
		await expect(requester(READ)).rejects.toMatchObject({ kind: 'rateLimited', attempts: 1 });
		expect(waits).toEqual([1000, 2000, 4000, 8000, 10_000, 10_000]);
	},
);

it('a safe write is repeated after a cut connection', async () => {
	nock(HOST)
		.put('/api/x')
		.replyWithError(Object.assign(new Error('gone'), { code: 'ECONNRESET' }));
	answer(200, {}, {}, 'PUT');
	expect(await world().requester(SAFE)).toEqual({});
});

it('HTML and half a JSON text are no answer', async () => {
	answer(200, '<html>sign in</html>');
	answer(200, '{"half": ');
	answer(200, []);
	answer(200, { whole: true });
	expect(await world().requester(READ)).toEqual({ whole: true });
});

it('an attempt that takes too long is given up', async () => {
	nock(HOST).get('/api/x').delay(200).reply(200, {});
	answer(200, { second: true });
	expect(await world({ timeoutMs: 20 }).requester(READ)).toEqual({ second: true });
});

describe('Retry-After', () => {
	const now = Date.parse('2026-11-24T10:00:00Z');
	it.each([
		['0', 0],
		['7', 7000],
		[3, 3000],
		['1.5', 1500],
		['Tue, 24 Nov 2026 10:00:09 GMT', 9000],
		['Tue, 24 Nov 2026 09:00:00 GMT', 0],
		['soon', null],
		['-5', null],
		['', null],
		[undefined, null],
	])('%j is %j milliseconds', (value, ms) => expect(parseRetryAfter(value, now)).toBe(ms));

	it('in seconds, instead of the back-off', async () => {
		answer(429, {}, { 'Retry-After': '7' });
		answer(200);
		const { requester, waits } = world();
		await requester(READ);
		expect(waits).toEqual([7000]);
	});

	it('as a date', async () => {
		answer(503, {}, { 'Retry-After': 'Tue, 24 Nov 2026 10:00:09 GMT' });
		answer(200);
		const { requester, waits } = world({ now: () => now });
		await requester(READ);
		expect(waits).toEqual([9000]);
	});

	it('holds back every request, those in the queue too', async () => {
		const sentAt: number[] = [];
		let first = true;
		const { requester, clock } = world({
			concurrency: 2,
			send: async () => {
				sentAt.push(clock());
				await new Promise((resolve) => setImmediate(resolve));
				if (first) {
					first = false;
					return { status: 429, headers: { 'retry-after': '30' }, body: {} };
				}
				return { status: 200, headers: {}, body: {} };
			},
		});
		await Promise.all([
			requester(READ),
			requester(SAFE),
			requester(READ),
			requester(READ),
			requester(SAFE),
		]);
		// Two were under way when the answer came; nothing else began before its time.
		expect(sentAt).toHaveLength(6);
		expect(sentAt.filter((at) => at === 0)).toHaveLength(2);
		expect(sentAt.filter((at) => at > 0 && at < 30_000)).toEqual([]);
	});

	it('is shared with other requesters of the same service', async () => {
		const rateLimiter = new RateLimiter();
		answer(429, {}, { 'Retry-After': '5' });
		const one = world({ rateLimiter, patienceMs: 0 });
		await expect(one.requester(READ)).rejects.toMatchObject({ kind: 'rateLimited' });
		answer(200);
		const other = world({ rateLimiter });
		await other.requester(READ);
		expect(other.waits).toEqual([5000]);
	});

	it('beyond the time budget is not waited for', async () => {
		answer(429, {}, { 'Retry-After': '600' });
		const { requester, waits } = world({ budgetMs: 60_000 });
		await expect(requester(READ)).rejects.toMatchObject({ kind: 'rateLimited' });
		// The next one knows already, and asks nothing.
		await expect(requester(READ)).rejects.toMatchObject({ kind: 'rateLimited' });
		expect(waits).toEqual([]);
	});
});

it('the time budget ends the attempts', async () => {
	nock(HOST).get('/api/x').times(3).reply(503, '');
	const { requester, clock } = world({ backoffMs: 1000, budgetMs: 4000 });
	await expect(requester(READ)).rejects.toMatchObject({ kind: 'unavailable', attempts: 3 });
	expect(clock()).toBeLessThanOrEqual(4000);
});

describe('a cancelled execution', () => {
	it('asks nothing any more', async () => {
		await expect(world({ signal: AbortSignal.abort() }).requester(READ)).rejects.toMatchObject({
			kind: 'cancelled',
		});
	});

	it('ends a wait at once', async () => {
		answer(429, {}, { 'Retry-After': '60' });
		const cancel = new AbortController();
		const requester = createRequester({
			service: 'JumpCloud',
			send: httpSend(HOST, {}),
			signal: cancel.signal,
			sleep: async () => await new Promise(() => undefined),
		});
		const call = requester(READ);
		setTimeout(() => cancel.abort(), 20);
		await expect(call).rejects.toMatchObject({ kind: 'cancelled', uncertain: false });
	});

	it('is what a request under way reports, not a cut connection', async () => {
		const cancel = new AbortController();
		const requester = createRequester({
			service: 'JumpCloud',
			signal: cancel.signal,
			sleep: async () => undefined,
			send: async () => {
				cancel.abort();
				throw Object.assign(new Error('canceled'), { code: 'ERR_CANCELED' });
			},
		});
		await expect(requester(UNSAFE)).rejects.toMatchObject({ kind: 'cancelled' });
	});
});

describe('shares of the places', () => {
	async function peaks(places: number, reads: number, writes: number) {
		const limit = concurrencyLimit(places);
		const now = { read: 0, write: 0, all: 0 };
		const peak = { read: 0, write: 0, all: 0 };
		const work = (kind: 'read' | 'write') => async () => {
			for (const key of [kind, 'all'] as const) peak[key] = Math.max(peak[key], ++now[key]);
			await new Promise((resolve) => setImmediate(resolve));
			for (const key of [kind, 'all'] as const) now[key]--;
		};
		await Promise.all([
			...Array.from({ length: reads }, () => limit.read(work('read'))),
			...Array.from({ length: writes }, () => limit.write(work('write'))),
		]);
		return peak;
	}
	it.each([
		[5, 50, 50, { read: 4, write: 3, all: 5 }],
		[5, 50, 0, { read: 4, write: 0, all: 4 }],
		[5, 0, 50, { read: 0, write: 3, all: 3 }],
		[2, 9, 9, { read: 1, write: 1, all: 2 }],
		[1, 9, 9, { read: 1, write: 1, all: 1 }],
		[0, 2, 2, { read: 1, write: 1, all: 1 }],
	])('%i places, %i reads and %i writes', async (places, reads, writes, expected) =>
		expect(await peaks(places, reads, writes)).toEqual(expected),
	);
});
