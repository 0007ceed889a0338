/**
 * What happens after a request failed: what is sent again, when, how often, and what is not.
 *
 *     failure                        `safe` request       `unsafe` request     other requests
 *     rate limited: 429              sent again when the rate limiter lets     all wait for Retry-After,
 *                                    it, until it was refused 12 times         or for a back-off
 *     passing: 5xx, 408, no answer,  sent again after a   not sent again: it   wait only when a
 *     not JSON, not from the         pause, 5 attempts    may have been done   Retry-After is named
 *     service itself                 in all
 *     final: any other               not sent again       not sent again       do not wait
 *
 * The pause is Retry-After, or a back-off that doubles with every attempt. Nothing is sent again
 * - when the pause ends after the time budget of the request;
 * - after a 429, when the service has let nothing through for long (`rateLimiter.ts`);
 * - after a passing failure, when the service is down (`circuitBreaker.ts`).
 * An `asRead` request holds only for what was read just before it, so it is never sent again from
 * here: its sender reads anew first (`conditionalWrite` of JumpCloud).
 * Whoever needs to know whether an `unsafe` request was done has to read: see `retryUnsafeWrite` of
 * JumpCloud. A cancelled execution is a final failure, and `requester.ts` checks for it before it
 * sends and while it waits. RETRY_RULES is this table as code, with a test a row.
 */
import type { ServiceFailure } from './failure';

/** `failureTable.ts` says which failures there are; here they are of three classes. */
export type FailureClass = 'rateLimited' | 'passing' | 'final';

/** Attempts of one request in all; a refusal for the rate is none. */
export const ATTEMPTS = 5;
/**
 * A request that was refused for the rate this often is one that the service limits by itself:
 * trying on would hold up all others.
 */
export const MOST_REFUSALS = 12;

/** Whether a request may be sent again; the table above says when. */
export type RepeatKind = 'safe' | 'unsafe' | 'asRead';

/** A failed attempt, and all that the decision rests on. Times are ms of a monotonic clock. */
export interface FailedAttempt {
	failure: Pick<ServiceFailure, 'kind' | 'repeatable'>;
	repeat: RepeatKind;
	/** Number of this attempt, from 1. */
	attempt: number;
	/** How many attempts the request may have in all. */
	attempts: number;
	/** How often this request was refused for the rate so far. */
	refusals: number;
	now: number;
	/** When the time budget of the request ends. */
	deadline: number;
	/** The pause that `pauseAfter` gives. */
	pauseMs: number;
	/** When the rate limiter lets the next request go. */
	nextAt: number;
	/** The service has let nothing through for long, says the rate limiter. */
	nothingGetsThrough: boolean;
	/** Says the circuit breaker. */
	serviceIsDown: boolean;
}

export type NextStep =
	| { do: 'giveUp' }
	/** Send again when the rate limiter lets this request go. */
	| { do: 'awaitRateLimiter' }
	| { do: 'sendAgain'; afterMs: number };

export interface RetryRule {
	when: string;
	fits: (failed: FailedAttempt) => boolean;
	then: NextStep['do'];
}

/** In the list of its class, the first rule that fits says what is done. */
export const RETRY_RULES: Readonly<Record<FailureClass, readonly RetryRule[]>> = {
	rateLimited: [
		{ when: 'to be read anew first', fits: (f) => f.repeat === 'asRead', then: 'giveUp' },
		{ when: 'nothing gets through', fits: (f) => f.nothingGetsThrough, then: 'giveUp' },
		{ when: 'refused too often', fits: (f) => f.refusals >= MOST_REFUSALS, then: 'giveUp' },
		{ when: 'held past the time budget', fits: (f) => f.nextAt > f.deadline, then: 'giveUp' },
		{ when: 'otherwise', fits: () => true, then: 'awaitRateLimiter' },
	],
	passing: [
		{ when: 'unsafe, and maybe done', fits: (f) => f.repeat !== 'safe', then: 'giveUp' },
		{ when: 'no attempt left', fits: (f) => f.attempt >= f.attempts, then: 'giveUp' },
		{ when: 'time budget used up', fits: (f) => f.now + f.pauseMs > f.deadline, then: 'giveUp' },
		{ when: 'service down', fits: (f) => f.serviceIsDown, then: 'giveUp' },
		{ when: 'otherwise', fits: () => true, then: 'sendAgain' },
	],
	final: [{ when: 'always', fits: () => true, then: 'giveUp' }],
};

export function classOf({ kind, repeatable }: FailedAttempt['failure']): FailureClass {
	if (kind === 'rateLimited') return 'rateLimited';
	return repeatable ? 'passing' : 'final';
}

export const ruleFor = (failed: FailedAttempt): RetryRule =>
	RETRY_RULES[classOf(failed.failure)].find((rule) => rule.fits(failed))!;

export function stepAfter(failed: FailedAttempt): NextStep {
	const { then } = ruleFor(failed);
	return then === 'sendAgain' ? { do: then, afterMs: failed.pauseMs } : { do: then };
}

export interface Backoff {
	/** The first back-off; each one after it is twice as long. */
	firstMs: number;
	longestMs: number;
	/** From 0 to 1, for the jitter. */
	random: () => number;
}

export interface FailureForPause extends Pick<FailedAttempt, 'failure' | 'attempt'> {
	/** What the service named; null when it named nothing. */
	retryAfterMs: number | null;
	/** Refusals for the rate with nothing let through in between, this one included. */
	refusalsInARow: number;
}

export interface Pause {
	ms: number;
	/** Everybody who calls the service waits, or only this request. */
	forAll: boolean;
}

/** How long to wait after a failure, and who waits. */
export function pauseAfter(
	{ failure, attempt, retryAfterMs, refusalsInARow }: FailureForPause,
	{ firstMs, longestMs, random }: Backoff,
): Pause {
	const doubled = (times: number, jitter: number) =>
		Math.min(longestMs, firstMs * 2 ** times * jitter);
	switch (classOf(failure)) {
		case 'final':
			return { ms: 0, forAll: false };
		case 'passing':
			return retryAfterMs === null
				? { ms: doubled(attempt - 1, 0.5 + random() / 2), forAll: false }
				: { ms: retryAfterMs, forAll: true };
		case 'rateLimited': {
			// Most services count requests by the second: after less than that the next is refused too.
			const refusedAgain = (times: number) => doubled(times, 1 + random() / 40);
			if (retryAfterMs === null) return { ms: refusedAgain(refusalsInARow), forAll: true };
			// When the named time did not help, twice in a row, the back-off counts as well.
			const least = refusalsInARow > 2 ? refusedAgain(refusalsInARow - 2) : 0;
			return { ms: Math.max(retryAfterMs, least), forAll: true };
		}
	}
}

/**
 * The header `Retry-After` in milliseconds: a number of seconds, or an HTTP date (RFC 9110, 10.2.3).
 * Null when it is absent or cannot be read.
 */
export function parseRetryAfter(header: unknown, now: number): number | null {
	if (typeof header !== 'string' && typeof header !== 'number') return null;
	const text = String(header).trim();
	if (/^\d+(\.\d+)?$/.test(text)) return Math.round(Number(text) * 1000);
	const at = /[a-z]/i.test(text) ? Date.parse(text) : NaN;
	return Number.isNaN(at) ? null : Math.max(0, at - now);
}
