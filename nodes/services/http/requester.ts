import { ServiceFailure, failureOf, isServiceFailure, type ServiceName } from './failure';
import { Outage } from './circuitBreaker';
import { Pace } from './rateLimiter';
import { shares } from './concurrency';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface HttpRequest {
	method: HttpMethod;
	/** Path below the service's base URL, e.g. `/systemusers`. */
	path: string;
	query?: Record<string, string | number>;
	body?: unknown;
	/**
	 * `safe`: may be repeated after any passing failure. `unsafe`: repeated only when the service
	 * surely did nothing (429); after that the caller settles what happened by reading.
	 */
	repeat: 'safe' | 'unsafe';
	/** What a good answer is; HTML or half a JSON text where an object is due is a failure. */
	expect: 'object' | 'array' | 'anything';
	/** Fewer attempts than usual: what is left of them. */
	attempts?: number;
	/** A POST that only reads. @default everything but GET writes */
	reads?: boolean;
}

export interface HttpAnswer {
	status: number;
	headers: Record<string, unknown>;
	body: unknown;
}

/** One attempt: resolves with whatever status came; rejects only when no answer came. */
export type Send = (request: {
	method: HttpMethod;
	path: string;
	query: Record<string, string | number>;
	body: unknown;
	timeoutMs: number;
}) => Promise<HttpAnswer>;

export interface RequesterOptions {
	service: ServiceName;
	send: Send;
	/** Waits so many milliseconds; n8n's `sleep` in nodes. */
	sleep: (ms: number) => Promise<unknown>;
	/** Cancels: nothing is sent and no wait goes on once it is aborted. */
	signal?: AbortSignal;
	/** Requests under way at once. @default 5 */
	concurrency?: number;
	/**
	 * Attempts per request; those that the service refused for its rate do not count. @default
	 * ATTEMPTS
	 */
	attempts?: number;
	/**
	 * First back-off in milliseconds; doubles each time, with jitter. A service that limits requests
	 * without a time gets twice as long. @default 500
	 */
	backoffMs?: number;
	/**
	 * A service that lets nothing through for so long is given up, in milliseconds: some limits are
	 * counted by the minute. @default 90000
	 */
	patienceMs?: number;
	/**
	 * A service that gives nobody a good answer for so long is down, in milliseconds: requests then
	 * fail at once, but for one that looks now and then. @default 90000
	 */
	outageMs?: number;
	/** Longest back-off in milliseconds. @default 30000 */
	ceilingMs?: number;
	/** All attempts of one request together, waits included, in milliseconds. @default 300000 */
	budgetMs?: number;
	/** One attempt, in milliseconds. @default 30000 */
	timeoutMs?: number;
	/** Shared with others who call the same service. @default one of its own */
	pace?: Pace;
	/** Shared with others who call the same service. @default one of its own */
	outage?: Outage;
	random?: () => number;
	/** Wall clock, for dates in headers. */
	now?: () => number;
	/** Monotonic clock, for waits. */
	elapsed?: () => number;
}

export type Requester = (request: HttpRequest) => Promise<unknown>;

export const ATTEMPTS = 5;
/**
 * A request that is refused for the rate so often is one that the service limits by itself: waiting
 * on would hold up all others.
 */
const MOST_REFUSALS = 12;

/**
 * `Retry-After` in milliseconds: seconds or an HTTP date (RFC 9110). Null when absent or
 * unreadable.
 */
export function retryAfterMs(value: unknown, now: number): number | null {
	if (typeof value !== 'string' && typeof value !== 'number') return null;
	const text = String(value).trim();
	if (/^\d+(\.\d+)?$/.test(text)) return Math.round(Number(text) * 1000);
	const at = /[a-z]/i.test(text) ? Date.parse(text) : NaN;
	return Number.isNaN(at) ? null : Math.max(0, at - now);
}

function networkFailure(service: ServiceName, error: unknown): ServiceFailure {
	const code = String(
		(error as { code?: unknown; httpCode?: unknown; cause?: { code?: unknown } } | null)?.cause
			?.code ??
			(error as { code?: unknown } | null)?.code ??
			(error as { httpCode?: unknown } | null)?.httpCode ??
			'',
	);
	return new ServiceFailure(
		service,
		/ABORTED|TIMEDOUT|TIMEOUT/.test(code) ? 'timeout' : 'network',
		null,
	);
}

function wrongShape(
	service: ServiceName,
	status: number,
	body: unknown,
	expect: HttpRequest['expect'],
): ServiceFailure | null {
	const good =
		expect === 'anything'
			? !(typeof body === 'string' && /^\s*</.test(body))
			: expect === 'array'
				? Array.isArray(body)
				: typeof body === 'object' && body !== null && !Array.isArray(body);
	return good ? null : new ServiceFailure(service, 'notJson', status);
}

/** Settles when the signal aborts; never for a signal that does not. */
const aborted = async (signal: AbortSignal): Promise<void> =>
	await new Promise((resolve) => {
		if (signal.aborted) resolve();
		else signal.addEventListener('abort', () => resolve(), { once: true });
	});

/**
 * The one retry layer of both clients. A limit on requests under way with shares for reads and
 * writes; the pace that the service allows, `Retry-After` honoured, both shared by all of them;
 * otherwise exponential back-off with jitter; a ceiling, a number of attempts and a time budget.
 */
export function createRequester(options: RequesterOptions): Requester {
	const {
		service,
		send,
		sleep,
		signal,
		concurrency = 5,
		attempts = ATTEMPTS,
		backoffMs = 500,
		ceilingMs = 30_000,
		patienceMs = 90_000,
		outageMs = 90_000,
		budgetMs = 300_000,
		timeoutMs = 30_000,
	} = options;
	const {
		pace = new Pace(),
		outage = new Outage(),
		random = Math.random,
		now = Date.now,
		elapsed = () => performance.now(),
	} = options;
	const slots = shares(concurrency);
	const cancelled = signal ? aborted(signal) : null;

	/** Waits, but not beyond a cancellation. */
	async function wait(ms: number): Promise<void> {
		await (cancelled ? Promise.race([sleep(ms), cancelled]) : sleep(ms));
	}

	/**
	 * Until it is this request's turn; fails at once when that is beyond the budget, or the service
	 * lets nothing through.
	 */
	async function turn(deadline: number): Promise<void> {
		for (;;) {
			if (signal?.aborted) throw new ServiceFailure(service, 'cancelled', null);
			const ahead = pace.next - elapsed();
			if (ahead <= 0) return pace.take(elapsed());
			if (elapsed() + ahead > deadline || pace.isHopeless(elapsed(), patienceMs))
				throw new ServiceFailure(service, 'rateLimited', 429);
			await wait(ahead);
		}
	}

	async function once(
		request: HttpRequest,
	): Promise<{ body: unknown } | { failure: ServiceFailure; afterMs: number | null }> {
		let answer: HttpAnswer;
		try {
			answer = await send({
				method: request.method,
				path: request.path,
				query: request.query ?? {},
				body: request.body,
				timeoutMs,
			});
		} catch (error) {
			if (signal?.aborted)
				return { failure: new ServiceFailure(service, 'cancelled', null), afterMs: null };
			return {
				failure: isServiceFailure(error) ? error : networkFailure(service, error),
				afterMs: null,
			};
		}
		const failure =
			failureOf(service, answer.status, answer.body) ??
			wrongShape(service, answer.status, answer.body, request.expect);
		return failure
			? { failure, afterMs: retryAfterMs(answer.headers['retry-after'], now()) }
			: { body: answer.body };
	}

	/**
	 * While the service is down one request looks whether it is back, and the others wait for what it
	 * sees. Fails when it is not.
	 */
	async function lookIfDown(): Promise<((knownAt: number) => void) | null> {
		while (outage.isDown(elapsed(), outageMs)) {
			if (outage.looking === null) {
				const known = outage.look(elapsed());
				if (known) return known;
				throw new ServiceFailure(service, 'down', null);
			}
			await (cancelled ? Promise.race([outage.looking, cancelled]) : outage.looking);
			if (signal?.aborted) throw new ServiceFailure(service, 'cancelled', null);
		}
		return null;
	}

	/**
	 * Refused for the rate: nobody sends for a while, and this request is sent again. Throws when
	 * there is no point in that.
	 */
	function heed(
		failure: ServiceFailure,
		afterMs: number | null,
		sentAt: number,
		deadline: number,
	): void {
		const inARow = pace.refused(sentAt, elapsed());
		const backoff = (doublings: number) =>
			Math.min(ceilingMs, backoffMs * 2 ** doublings * (1 + random() / 40));
		// Limits are mostly counted by the second: after a shorter pause the next request is refused
		// too. A time that was named and does not help is not all there is to wait for.
		pace.hold(
			elapsed(),
			afterMs === null ? backoff(inARow) : Math.max(afterMs, inARow > 2 ? backoff(inARow - 2) : 0),
		);
		if (pace.isHopeless(elapsed(), patienceMs) || pace.next > deadline) throw failure;
	}

	async function all(request: HttpRequest): Promise<unknown> {
		const deadline = elapsed() + budgetMs;
		const most = Math.min(attempts, request.attempts ?? attempts);
		let refusals = 0;
		for (let attempt = 1; ; ) {
			await turn(deadline);
			const sentAt = elapsed();
			const result = await once(request);
			if ('body' in result) {
				pace.letThrough(sentAt);
				outage.answered();
				return result.body;
			}
			const { failure, afterMs } = result;
			failure.attempts = attempt;
			if (failure.kind === 'rateLimited') {
				heed(failure, afterMs, sentAt, deadline);
				if (++refusals >= MOST_REFUSALS) throw failure;
				await wait(pace.later - elapsed());
				continue;
			}
			if (failure.status !== null) pace.letThrough(sentAt);
			if (failure.uncertain) outage.failed(elapsed());
			else outage.answered();
			const mayRepeat = failure.repeatable && (request.repeat === 'safe' || !failure.uncertain);
			const pause =
				afterMs ?? Math.min(ceilingMs, backoffMs * 2 ** (attempt - 1) * (0.5 + random() / 2));
			// A service that names a time means everybody; a passing failure only this request.
			if (afterMs !== null && failure.repeatable) pace.hold(elapsed(), pause);
			if (
				!mayRepeat ||
				attempt >= most ||
				elapsed() + pause > deadline ||
				outage.isDown(elapsed(), outageMs)
			)
				throw failure;
			if (pace.next < elapsed() + pause) await wait(pause);
			attempt++;
		}
	}

	async function inTurn(request: HttpRequest): Promise<unknown> {
		const known = await lookIfDown();
		try {
			return await all(request);
		} finally {
			known?.(elapsed());
		}
	}

	return async (request) =>
		await slots[request.method === 'GET' || request.reads ? 'read' : 'write'](
			async () => await inTurn(request),
		);
}
