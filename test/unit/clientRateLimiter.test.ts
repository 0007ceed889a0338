/** The phases of the rate limiter: a test for every row of the table in `rateLimiter.ts`. */
import {
	phaseAfterRefusal,
	phaseAfterSuccess,
	RateLimiter,
	UNLIMITED,
	type Phase,
} from '../../nodes/services/http/rateLimiter';

const guessed = (pauseMs: number, provenMs: number | null = null): Phase => ({
	name: 'guessed',
	pauseMs,
	provenMs,
});
const confirmed = (pauseMs: number, provenMs: number | null = null): Phase => ({
	name: 'confirmed',
	pauseMs,
	provenMs,
});

it.each<[string, Phase, number, Phase]>([
	['unlimited, two were let through', UNLIMITED, 2, UNLIMITED],
	['unlimited, five a second', UNLIMITED, 5, guessed(210)],
	['the first guess', guessed(200), 5, guessed(300)],
	['a guess that was shortened', guessed(100, 200), 5, confirmed(200)],
	['a guess that was left out', guessed(0, 6), 5, confirmed(6)],
	['a confirmed pause', confirmed(100), 5, confirmed(108)],
	['a confirmed pause that was shortened', confirmed(97, 100), 5, confirmed(108)],
	['the longest pause', guessed(900), 5, guessed(1000)],
])('after a refusal, %s', (_what, before, seen, after) =>
	expect(phaseAfterRefusal(before, seen)).toEqual(after),
);

it.each<[string, Phase, Phase]>([
	['unlimited', UNLIMITED, UNLIMITED],
	['a guess', guessed(200), guessed(100, 200)],
	['a guess that was shortened before', guessed(100, 200), guessed(50, 100)],
	['a guess of a few milliseconds', guessed(6), guessed(0, 6)],
	['a guess that was left out', guessed(0, 6), UNLIMITED],
	['a confirmed pause', confirmed(100), confirmed(97, 100)],
	['a confirmed pause of a few milliseconds', confirmed(4), confirmed(0, 4)],
	['a confirmed pause that was left out', confirmed(0, 4), UNLIMITED],
])('after no refusal for a while, %s', (_what, before, after) =>
	expect(phaseAfterSuccess(before)).toEqual(after),
);

/** Five requests in a second, and the sixth is refused. */
function refusedOnce(): RateLimiter {
	const limiter = new RateLimiter();
	for (let at = 0; at < 1_000; at += 200) {
		limiter.onSend(at);
		limiter.onLetThrough(at);
	}
	limiter.onSend(1_000);
	limiter.onRefused(1_000, 1_050);
	limiter.hold(1_050, 1_000);
	return limiter;
}

it('has no pause until something is refused', () => {
	const limiter = new RateLimiter();
	for (let n = 0; n < 100; n++) limiter.onSend(0);
	expect(limiter.nextAt).toBe(0);
});

it('a refusal holds back all requests, and then they go out with a pause in between', () => {
	const limiter = refusedOnce();
	expect([limiter.nextAt, limiter.retryAt, limiter.refusalsInARow]).toEqual([2_050, 2_050, 1]);
	limiter.onSend(2_050);
	// The first may come a tenth of the pause early, as if the one before it had gone late.
	expect(limiter.nextAt).toBe(2_050 + 189);
	limiter.onSend(2_239);
	expect(limiter.nextAt).toBe(2_239 + 210);
	// A request that is refused now lets two others go first.
	expect(limiter.retryAt).toBe(2_239 + 3 * 210);
});

it('what was under way with a refusal is not counted again', () => {
	const limiter = refusedOnce();
	limiter.onRefused(1_010, 1_060);
	limiter.onLetThrough(990);
	expect(limiter.refusalsInARow).toBe(1);
	limiter.onSend(2_050);
	limiter.onRefused(2_050, 2_100);
	expect(limiter.refusalsInARow).toBe(2);
	limiter.onSend(3_000);
	limiter.onLetThrough(3_000);
	expect(limiter.refusalsInARow).toBe(0);
});

it('forgets a rate that nobody used for ten minutes', () => {
	const limiter = refusedOnce();
	limiter.onSend(2_050);
	limiter.onSend(2_050 + 600_001);
	expect(limiter.nextAt).toBe(2_050 + 600_001);
});

it('nobody is held back for longer than a quarter of an hour', () => {
	const limiter = new RateLimiter();
	limiter.hold(0, 86_400_000);
	expect(limiter.nextAt).toBe(900_000);
});

it('knows for how long nothing was let through', () => {
	const limiter = refusedOnce();
	expect(limiter.letsNothingThrough(1_049 + 90_000, 90_000)).toBe(false);
	expect(limiter.letsNothingThrough(1_050 + 90_000, 90_000)).toBe(true);
	limiter.onLetThrough(2_050);
	expect(limiter.letsNothingThrough(1_050 + 90_000, 90_000)).toBe(false);
});
