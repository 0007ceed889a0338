import { failureOf, failureOfBody, failureOfNoAnswer, type ExpectedBody } from './answer';
import { CircuitBreaker } from './circuitBreaker';
import { concurrencyLimit } from './concurrency';
import { isServiceFailure, ServiceFailure, type ServiceName } from './failure';
import { RateLimiter } from './rateLimiter';
import {
	ATTEMPTS,
	parseRetryAfter,
	pauseAfter,
	stepAfter,
	type Backoff,
	type FailedAttempt,
	type NextStep,
	type RepeatKind,
} from './retry';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface HttpRequest {
	method: HttpMethod;
	/** Path below the service's base URL, e.g. `/systemusers`. */
	path: string;
	query?: Record<string, string | number>;
	body?: unknown;
	/**
	 * `safe`: sending it twice does no harm. `unsafe`: it is sent again only when the service surely
	 * did nothing (429). `asRead`: never sent again from here. `retry.ts` has the table.
	 */
	repeat: RepeatKind;
	/** What the body of a good answer is; any other body is a failure. */
	expect: ExpectedBody;
	/** Fewer attempts than usual: what is left of them. */
	attempts?: number;
	/** A POST that only reads. @default only a GET reads */
	reads?: boolean;
}

export interface HttpAnswer {
	status: number;
	headers: Record<string, unknown>;
	body: unknown;
}

/** One attempt: resolves with any status, and rejects only when no answer came. */
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
	/** Once it is aborted nothing is sent, and no wait goes on. */
	signal?: AbortSignal;
	/** Requests under way at once. @default 5 */
	concurrency?: number;
	/** Attempts of one request in all. @default ATTEMPTS */
	attempts?: number;
	/** First back-off in milliseconds. @default 500 */
	backoffMs?: number;
	/** Longest back-off in milliseconds. @default 30000 */
	ceilingMs?: number;
	/**
	 * A service that lets nothing through for so long is given up, in milliseconds. Some services
	 * count requests by the minute. @default 90000
	 */
	patienceMs?: number;
	/** Time budget of one request: all attempts and waits, in milliseconds. @default 300000 */
	budgetMs?: number;
	/** Longest time of one attempt, in milliseconds. @default 30000 */
	timeoutMs?: number;
	/** Shared by all who call the service. @default one of its own */
	rateLimiter?: RateLimiter;
	/** Shared by all who call the service. @default one of its own */
	circuitBreaker?: CircuitBreaker;
	random?: () => number;
	/** Wall clock, for dates in headers. */
	now?: () => number;
	/** Monotonic clock in milliseconds, for waits. */
	elapsed?: () => number;
}

/** Resolves with the body of a good answer. @throws ServiceFailure */
export type Requester = (request: HttpRequest) => Promise<unknown>;

type Result =
	| { ok: true; body: unknown }
	| { ok: false; failure: ServiceFailure; retryAfterMs: number | null };

function withDefaults({
	service,
	send,
	sleep,
	signal,
	concurrency = 5,
	attempts = ATTEMPTS,
	backoffMs = 500,
	ceilingMs = 30_000,
	patienceMs = 90_000,
	budgetMs = 300_000,
	timeoutMs = 30_000,
	rateLimiter = new RateLimiter(),
	circuitBreaker = new CircuitBreaker(),
	random = Math.random,
	now = Date.now,
	elapsed = () => performance.now(),
}: RequesterOptions) {
	const limits = { concurrency, attempts, patienceMs, budgetMs, timeoutMs };
	const backoff: Backoff = { firstMs: backoffMs, longestMs: ceilingMs, random };
	return {
		service,
		send,
		sleep,
		signal,
		...limits,
		backoff,
		rateLimiter,
		circuitBreaker,
		now,
		elapsed,
	};
}

/** Settles when the signal is aborted. */
const abortOf = async (signal: AbortSignal): Promise<void> =>
	await new Promise((resolve) => {
		if (signal.aborted) resolve();
		else signal.addEventListener('abort', () => resolve(), { once: true });
	});

/** Sends requests, and carries out what `retry.ts` decides. */
class RequestSender {
	private readonly aborted: Promise<void> | null;

	constructor(private readonly options: ReturnType<typeof withDefaults>) {
		this.aborted = options.signal ? abortOf(options.signal) : null;
	}

	async send(request: HttpRequest): Promise<unknown> {
		const probeEnded = await this.passCircuitBreaker();
		try {
			return await this.sendUntilDone(request);
		} finally {
			probeEnded?.(this.options.elapsed());
		}
	}

	/**
	 * Fails while the service is down. When this request is the probe, gives what is to be called when
	 * the request is done.
	 */
	private async passCircuitBreaker(): Promise<((now: number) => void) | null> {
		for (;;) {
			const admission = this.options.circuitBreaker.admit(this.options.elapsed());
			switch (admission.go) {
				case 'send':
					return null;
				case 'probe':
					return admission.ended;
				case 'fail':
					throw this.failure('down');
				case 'wait':
					await this.unlessAborted(admission.probe);
					this.throwIfCancelled();
			}
		}
	}

	private async sendUntilDone(request: HttpRequest): Promise<unknown> {
		const { rateLimiter, elapsed, budgetMs } = this.options;
		const progress = { attempt: 1, refusals: 0, deadline: elapsed() + budgetMs };
		for (;;) {
			await this.passRateLimiter(progress.deadline);
			const sentAt = elapsed();
			const result = await this.sendOnce(request);
			this.learn(result, sentAt);
			if (result.ok) return result.body;

			const { failure } = result;
			failure.attempts = progress.attempt;
			if (failure.kind === 'rateLimited') progress.refusals++;
			const step = this.nextStep(request, result, progress);
			switch (step.do) {
				case 'giveUp':
					throw failure;
				case 'awaitRateLimiter':
					await this.wait(Math.max(0, rateLimiter.retryAt - elapsed()));
					break;
				case 'sendAgain':
					// Every attempt passes the rate limiter, so a longer wait is waited for there.
					if (rateLimiter.nextAt < elapsed() + step.afterMs) await this.wait(step.afterMs);
					progress.attempt++;
			}
		}
	}

	/** What `retry.ts` decides. When everybody has to wait, the rate limiter is told. */
	private nextStep(
		request: HttpRequest,
		{ failure, retryAfterMs }: Extract<Result, { ok: false }>,
		progress: Pick<FailedAttempt, 'attempt' | 'refusals' | 'deadline'>,
	): NextStep {
		const { rateLimiter, circuitBreaker, elapsed, attempts, patienceMs, backoff } = this.options;
		const { attempt } = progress;
		const { refusalsInARow } = rateLimiter;
		const pause = pauseAfter({ failure, attempt, retryAfterMs, refusalsInARow }, backoff);
		const now = elapsed();
		if (pause.forAll) rateLimiter.hold(now, pause.ms);
		return stepAfter({
			...progress,
			failure,
			repeat: request.repeat,
			attempts: Math.min(attempts, request.attempts ?? attempts),
			now,
			pauseMs: pause.ms,
			nextAt: rateLimiter.nextAt,
			nothingGetsThrough: rateLimiter.letsNothingThrough(now, patienceMs),
			serviceIsDown: circuitBreaker.state(now) !== 'closed',
		});
	}

	/**
	 * Waits until the rate limiter lets this request go. Fails at once when that is after the time
	 * budget, or when the service lets nothing through.
	 */
	private async passRateLimiter(deadline: number): Promise<void> {
		const { rateLimiter, elapsed, patienceMs } = this.options;
		for (;;) {
			this.throwIfCancelled();
			const now = elapsed();
			const { nextAt } = rateLimiter;
			if (nextAt <= now) return rateLimiter.onSend(now);
			if (nextAt > deadline || rateLimiter.letsNothingThrough(now, patienceMs))
				throw this.failure('rateLimited', 429);
			await this.wait(nextAt - now);
		}
	}

	private async sendOnce(request: HttpRequest): Promise<Result> {
		const { service, send, timeoutMs, now } = this.options;
		const { method, path, query = {}, body, expect } = request;
		let answer: HttpAnswer;
		try {
			answer = await send({ method, path, query, body, timeoutMs });
		} catch (error) {
			return { ok: false, failure: this.failureOfError(error), retryAfterMs: null };
		}
		const failure =
			failureOf(service, answer.status, answer.body, answer.headers) ??
			failureOfBody(service, answer.status, answer.body, expect);
		return failure
			? { ok: false, failure, retryAfterMs: parseRetryAfter(answer.headers['retry-after'], now()) }
			: { ok: true, body: answer.body };
	}

	private failureOfError(error: unknown): ServiceFailure {
		const { service, signal } = this.options;
		if (signal?.aborted) return this.failure('cancelled');
		return isServiceFailure(error) ? error : failureOfNoAnswer(service, error);
	}

	/** Tells rate limiter and circuit breaker how an attempt ended. */
	private learn(result: Result, sentAt: number): void {
		const { rateLimiter, circuitBreaker, elapsed } = this.options;
		const failure = result.ok ? null : result.failure;
		// A request that was cancelled says nothing about the service.
		if (failure?.kind === 'cancelled') return;
		if (failure?.kind === 'rateLimited') return rateLimiter.onRefused(sentAt, elapsed());
		if (failure === null || failure.status !== null) rateLimiter.onLetThrough(sentAt);
		if (failure?.uncertain) circuitBreaker.onFailure(elapsed());
		else circuitBreaker.onGoodAnswer();
	}

	private async wait(ms: number): Promise<void> {
		await this.unlessAborted(this.options.sleep(ms));
	}

	private async unlessAborted(work: Promise<unknown>): Promise<void> {
		await (this.aborted ? Promise.race([work, this.aborted]) : work);
	}

	private throwIfCancelled(): void {
		if (this.options.signal?.aborted) throw this.failure('cancelled');
	}

	private failure(kind: 'cancelled' | 'down' | 'rateLimited', status: number | null = null) {
		return new ServiceFailure(this.options.service, kind, status);
	}
}

/**
 * What both clients send their requests through: at most so many at once (`concurrency.ts`), as fast
 * as the service takes them (`rateLimiter.ts`), not while it is down (`circuitBreaker.ts`), and
 * again after a failure where that does no harm (`retry.ts`).
 */
export function createRequester(options: RequesterOptions): Requester {
	const settings = withDefaults(options);
	const sender = new RequestSender(settings);
	const limit = concurrencyLimit(settings.concurrency);
	return async (request) => {
		const share = request.method === 'GET' || request.reads ? limit.read : limit.write;
		return await share(async () => await sender.send(request));
	};
}
