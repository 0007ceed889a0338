/** What happens after a failure: a test for every row of the table in `retry.ts`. */
import { FAILURES, type FailureKind } from '../../nodes/services/http/failureTable';
import { ServiceFailure } from '../../nodes/services/http/failure';
import {
	ATTEMPTS,
	classOf,
	MOST_REFUSALS,
	pauseAfter,
	RETRY_RULES,
	ruleFor,
	stepAfter,
	type FailedAttempt,
	type FailureClass,
} from '../../nodes/services/http/retry';

const failure = (kind: FailureKind) => new ServiceFailure('JumpCloud', kind, null);
const EXAMPLE: Record<FailureClass, FailureKind> = {
	rateLimited: 'rateLimited',
	passing: 'unavailable',
	final: 'notFound',
};

/** The first attempt of a safe request, early in its time budget, at a service that is up. */
const failed = (after: FailureClass, change: Partial<FailedAttempt> = {}): FailedAttempt => ({
	failure: failure(EXAMPLE[after]),
	repeat: 'safe',
	attempt: 1,
	attempts: ATTEMPTS,
	refusals: after === 'rateLimited' ? 1 : 0,
	now: 1_000,
	deadline: 300_000,
	pauseMs: 500,
	nextAt: 0,
	nothingGetsThrough: false,
	serviceIsDown: false,
	...change,
});

const AWAIT = { do: 'awaitRateLimiter' };
const AGAIN = { do: 'sendAgain', afterMs: 500 };
const GIVE_UP = { do: 'giveUp' };
const LAST_MS = { now: 1_000, deadline: 1_500 };

const ROWS: Array<[FailureClass, string, Partial<FailedAttempt>, object]> = [
	['rateLimited', 'to be read anew first', { repeat: 'asRead' }, GIVE_UP],
	['rateLimited', 'nothing gets through', { nothingGetsThrough: true }, GIVE_UP],
	['rateLimited', 'refused too often', { refusals: MOST_REFUSALS }, GIVE_UP],
	['rateLimited', 'held past the time budget', { nextAt: 1_501, ...LAST_MS }, GIVE_UP],
	['rateLimited', 'otherwise', { nextAt: 1_500, ...LAST_MS }, AWAIT],
	['rateLimited', 'otherwise', { refusals: MOST_REFUSALS - 1 }, AWAIT],
	['rateLimited', 'otherwise', { repeat: 'unsafe' }, AWAIT],
	['rateLimited', 'otherwise', { attempt: ATTEMPTS, serviceIsDown: true, ...LAST_MS }, AWAIT],
	['passing', 'unsafe, and maybe done', { repeat: 'unsafe' }, GIVE_UP],
	['passing', 'unsafe, and maybe done', { repeat: 'asRead' }, GIVE_UP],
	['passing', 'no attempt left', { attempt: ATTEMPTS }, GIVE_UP],
	['passing', 'no attempt left', { attempt: 2, attempts: 2 }, GIVE_UP],
	['passing', 'time budget used up', { pauseMs: 501, ...LAST_MS }, GIVE_UP],
	['passing', 'service down', { serviceIsDown: true }, GIVE_UP],
	['passing', 'otherwise', {}, AGAIN],
	['passing', 'otherwise', { attempt: ATTEMPTS - 1, ...LAST_MS }, AGAIN],
	['passing', 'otherwise', { nothingGetsThrough: true, nextAt: 999_999 }, AGAIN],
	['final', 'always', {}, GIVE_UP],
	['final', 'always', { repeat: 'unsafe' }, GIVE_UP],
	['final', 'always', { repeat: 'asRead' }, GIVE_UP],
];

it.each(ROWS)('%s, %s (%j): %j', (after, when, change, step) => {
	expect(ruleFor(failed(after, change)).when).toBe(when);
	expect(stepAfter(failed(after, change))).toEqual(step);
});

it('every rule is tested, in its order', () => {
	const rules = Object.entries(RETRY_RULES).flatMap(([after, list]) =>
		list.map(({ when }) => `${after}: ${when}`),
	);
	expect([...new Set(ROWS.map(([after, when]) => `${after}: ${when}`))]).toEqual(rules);
});

it('every failure is of one class', () => {
	const of = (wanted: FailureClass) =>
		(Object.keys(FAILURES) as FailureKind[]).filter((kind) => classOf(failure(kind)) === wanted);
	expect(of('rateLimited')).toEqual(['rateLimited']);
	expect(of('passing')).toEqual(['unavailable', 'notJson', 'foreign', 'network', 'timeout']);
	expect(of('final')).toEqual([
		'wrongKey',
		'wrongServiceAccount',
		'notAllowed',
		'blocked',
		'notFound',
		'duplicate',
		'refused',
		'changedMeanwhile',
		'paymentRequired',
		'signInPage',
		'redirected',
		'down',
		'cancelled',
		'incomplete',
	]);
});

describe('the pause', () => {
	const [LOW, HIGH] = [0, 1];
	it.each<[FailureClass, number, number | null, number, number, object]>([
		// A final failure: nobody waits, whatever the service names.
		['final', 1, null, 0, HIGH, { ms: 0, forAll: false }],
		['final', 1, 9_000, 0, HIGH, { ms: 0, forAll: false }],
		// A passing one: from half of the back-off up to all of it, doubled with every attempt.
		['passing', 1, null, 0, LOW, { ms: 250, forAll: false }],
		['passing', 1, null, 0, HIGH, { ms: 500, forAll: false }],
		['passing', 2, null, 0, HIGH, { ms: 1_000, forAll: false }],
		['passing', 4, null, 0, LOW, { ms: 2_000, forAll: false }],
		['passing', 9, null, 0, LOW, { ms: 30_000, forAll: false }],
		['passing', 4, 7_000, 0, LOW, { ms: 7_000, forAll: true }],
		['passing', 1, 0, 0, LOW, { ms: 0, forAll: true }],
		// A refusal for the rate: at least two back-offs, doubled with every refusal in a row.
		['rateLimited', 1, null, 1, LOW, { ms: 1_000, forAll: true }],
		['rateLimited', 1, null, 1, HIGH, { ms: 1_025, forAll: true }],
		['rateLimited', 4, null, 2, LOW, { ms: 2_000, forAll: true }],
		['rateLimited', 1, null, 9, LOW, { ms: 30_000, forAll: true }],
		['rateLimited', 1, 7_000, 1, LOW, { ms: 7_000, forAll: true }],
		['rateLimited', 1, 100, 2, LOW, { ms: 100, forAll: true }],
		['rateLimited', 1, 100, 3, LOW, { ms: 1_000, forAll: true }],
		['rateLimited', 1, 7_000, 4, LOW, { ms: 7_000, forAll: true }],
	])(
		'after a %s failure, attempt %i, Retry-After %j, refused %i times in a row, jitter %i: %j',
		(after, attempt, retryAfterMs, refusalsInARow, jitter, pause) => {
			const backoff = { firstMs: 500, longestMs: 30_000, random: () => jitter };
			const given = { failure: failure(EXAMPLE[after]), attempt, retryAfterMs, refusalsInARow };
			expect(pauseAfter(given, backoff)).toEqual(pause);
		},
	);
});
