/**
 * A service that is down for long: a run of a thousand people does not wait for each of them, and
 * sees when it is back. In a time of the test's own.
 */
import {
	createRequester,
	type HttpAnswer,
	type HttpRequest,
	type Send,
} from '../../nodes/services/http/requester';
import { CircuitBreaker } from '../../nodes/services/http/circuitBreaker';
import { RateLimiter } from '../../nodes/services/http/rateLimiter';
import { OwnTime } from './ownTime';

const GOOD: HttpAnswer = { status: 200, headers: {}, body: {} };
const NONE = 'none';
const HANGS = 'hangs';
const read = (n: number): HttpRequest => ({
	method: 'GET',
	path: `/${n}`,
	repeat: 'safe',
	expect: 'object',
});

/** @param answer What the service says to a request that comes in at this moment (milliseconds). */
function world(answer: (at: number, path: string) => HttpAnswer | typeof NONE | typeof HANGS) {
	const time = new OwnTime();
	let sent = 0;
	const send: Send = async ({ path, timeoutMs }) => {
		sent++;
		const given = answer(time.now, path);
		await time.sleep(given === HANGS ? timeoutMs : 20);
		if (typeof given === 'string')
			throw Object.assign(new Error(given), { code: given === HANGS ? 'ETIMEDOUT' : 'ECONNRESET' });
		return given;
	};
	const shared = { rateLimiter: new RateLimiter(), circuitBreaker: new CircuitBreaker() };
	const requester = () =>
		createRequester({
			service: 'JumpCloud',
			send,
			sleep: time.sleep,
			elapsed: () => time.now,
			random: () => 0.5,
			...shared,
		});
	/** So many requests at once; how many of each end. */
	const ask = async (count: number) => {
		const before = sent;
		const begun = time.now;
		const one = requester();
		const results = await time.until(
			Promise.allSettled(Array.from({ length: count }, async (_, n) => await one(read(n)))),
		);
		const kinds = results.map((result) =>
			result.status === 'fulfilled' ? 'good' : (result.reason as { kind: string }).kind,
		);
		return {
			good: 0,
			...Object.fromEntries(
				[...new Set(kinds)].map((kind) => [kind, kinds.filter((other) => other === kind).length]),
			),
			sent: sent - before,
			seconds: (time.now - begun) / 1000,
		} as Record<string, number>;
	};
	return { ask, time };
}
const down: HttpAnswer = { status: 503, headers: {}, body: 'maintenance' };

it.each([
	['503', down],
	['no answer', NONE],
	['HTML', { status: 200, headers: {}, body: '<html>sign in</html>' }],
	['silence', HANGS],
] as const)('%s for good: a thousand requests end within minutes', async (_what, says) => {
	const { ask } = world(() => says);
	const result = await ask(1000);
	expect(result.good).toBe(0);
	expect(result.down).toBeGreaterThan(800);
	expect(result.seconds).toBeLessThan(says === HANGS ? 400 : 120);
	expect(result.sent).toBeLessThan(400);
});

it('the next run looks once, tells at once, and goes on when the service is back', async () => {
	let back = Infinity;
	const { ask, time } = world((at) => (at >= back ? GOOD : down));
	await ask(100);
	await time.until(time.sleep(10_000));
	const still = await ask(50);
	expect(still).toMatchObject({ good: 0, sent: 1, down: 49 });
	back = time.now;
	await time.until(time.sleep(10_000));
	// The others wait for what the first sees.
	expect(await ask(50)).toMatchObject({ good: 50, sent: 50 });
});

it('failures between good answers are no outage, however long they go on', async () => {
	// Every third person is one that the service chokes on.
	const { ask, time } = world((_, path) => (Number(path.slice(1)) % 3 === 0 ? down : GOOD));
	const result = await ask(300);
	expect(result).toMatchObject({ good: 200, unavailable: 100 });
	expect(time.now / 1000).toBeGreaterThan(90);
});

it('an outage of a minute costs nobody', async () => {
	const { ask } = world((at) => (at < 60_000 ? down : GOOD));
	const [first] = [await ask(5)];
	expect(first.down).toBeUndefined();
	const { ask: other } = world((at) => (at >= 3_000 && at < 6_000 ? down : GOOD));
	expect(await other(2000)).toMatchObject({ good: 2000 });
});

it('a failure of long ago says nothing about now', async () => {
	let says: HttpAnswer = down;
	const { ask, time } = world(() => says);
	await ask(3);
	await time.until(time.sleep(3_600_000));
	expect((await ask(1)).unavailable).toBe(1);
	says = GOOD;
	expect(await ask(1)).toMatchObject({ good: 1 });
});

it('what the service says no to is an answer', async () => {
	const { ask } = world(() => ({ status: 404, headers: {}, body: { message: 'Not Found' } }));
	expect(await ask(500)).toMatchObject({ notFound: 500, sent: 500 });
});

it('what a gateway says no to is none, and counts as an outage', async () => {
	const { ask } = world(() => ({ status: 404, headers: {}, body: 'default backend - 404' }));
	const result = await ask(1000);
	expect(result).toMatchObject({ good: 0 });
	expect(result.notFound).toBeUndefined();
	expect(result.down).toBeGreaterThan(800);
});
