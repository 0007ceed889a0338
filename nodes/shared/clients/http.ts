import pLimit from 'p-limit';
import { ServiceFailure, failureOf, isServiceFailure, type ServiceName } from './failure';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface HttpRequest {
	method: HttpMethod;
	/** Path below the service's base URL, e.g. `/systemusers`. */
	path: string;
	query?: Record<string, string | number>;
	body?: unknown;
	/**
	 * `safe`: may be repeated after any passing failure. `unsafe`: repeated only when the service surely did nothing (429); after
	 * that the caller settles what happened by reading.
	 */
	repeat: 'safe' | 'unsafe';
	/** What a good answer is; HTML or half a JSON text where an object is due is a failure. */
	expect: 'object' | 'array' | 'anything';
}

export interface HttpAnswer {
	status: number;
	headers: Record<string, unknown>;
	body: unknown;
}

/** One attempt: resolves with whatever status came; rejects only when no answer came. */
export type Send = (request: { method: HttpMethod; path: string; query: Record<string, string | number>; body: unknown; timeoutMs: number }) => Promise<HttpAnswer>;

export interface RequesterOptions {
	service: ServiceName;
	send: Send;
	/** Waits so many milliseconds; n8n's `sleep` in nodes. */
	sleep: (ms: number) => Promise<unknown>;
	/** Cancels: no new attempt begins once it is aborted. */
	signal?: AbortSignal;
	/** Requests under way at once. @default 5 */
	concurrency?: number;
	/** Attempts per request. @default 5 */
	attempts?: number;
	/** First back-off in milliseconds; doubles each time, with jitter. @default 500 */
	backoffMs?: number;
	/** Longest single wait in milliseconds. @default 30000 */
	ceilingMs?: number;
	/** All attempts of one request together, in milliseconds. @default 300000 */
	budgetMs?: number;
	/** One attempt, in milliseconds. @default 30000 */
	timeoutMs?: number;
	random?: () => number;
	now?: () => number;
}

export type Requester = (request: HttpRequest) => Promise<unknown>;

/** `Retry-After` in milliseconds: seconds or an HTTP date (RFC 9110). Null when absent or unreadable. */
export function retryAfterMs(value: unknown, now: number): number | null {
	if (typeof value !== 'string' && typeof value !== 'number') return null;
	const text = String(value).trim();
	if (/^\d+(\.\d+)?$/.test(text)) return Math.round(Number(text) * 1000);
	const at = Date.parse(text);
	return Number.isNaN(at) ? null : Math.max(0, at - now);
}

function networkFailure(service: ServiceName, error: unknown): ServiceFailure {
	const code = String((error as { code?: unknown; httpCode?: unknown; cause?: { code?: unknown } } | null)?.cause?.code ?? (error as { code?: unknown } | null)?.code ?? (error as { httpCode?: unknown } | null)?.httpCode ?? '');
	return new ServiceFailure(service, /ABORTED|TIMEDOUT|TIMEOUT/.test(code) ? 'timeout' : 'network', null);
}

function wrongShape(service: ServiceName, status: number, body: unknown, expect: HttpRequest['expect']): ServiceFailure | null {
	const good = expect === 'anything' ? !(typeof body === 'string' && /^\s*</.test(body)) : expect === 'array' ? Array.isArray(body) : typeof body === 'object' && body !== null && !Array.isArray(body);
	return good ? null : new ServiceFailure(service, 'notJson', status);
}

/**
 * The one retry layer of both clients. A limit on requests under way; `Retry-After` honoured and shared by all of them; otherwise
 * exponential back-off with jitter; a ceiling, a number of attempts and a time budget.
 */
export function createRequester(options: RequesterOptions): Requester {
	const { service, send, sleep, signal, concurrency = 5, attempts = 5, backoffMs = 500, ceilingMs = 30_000, budgetMs = 300_000, timeoutMs = 30_000, random = Math.random, now = Date.now } = options;
	const limit = pLimit(Math.max(1, concurrency));
	/** Nobody sends before this moment: one request's Retry-After holds for all. */
	let pausedUntil = 0;

	async function pause(): Promise<void> {
		const wait = pausedUntil - now();
		if (wait > 0) await sleep(wait);
	}

	async function once(request: HttpRequest): Promise<{ body: unknown } | { failure: ServiceFailure; afterMs: number | null }> {
		let answer: HttpAnswer;
		try {
			answer = await send({ method: request.method, path: request.path, query: request.query ?? {}, body: request.body, timeoutMs });
		} catch (error) {
			return { failure: isServiceFailure(error) ? error : networkFailure(service, error), afterMs: null };
		}
		const failure = failureOf(service, answer.status, answer.body) ?? wrongShape(service, answer.status, answer.body, request.expect);
		return failure ? { failure, afterMs: retryAfterMs(answer.headers['retry-after'], now()) } : { body: answer.body };
	}

	return async (request) =>
		await limit(async () => {
			const deadline = now() + budgetMs;
			for (let attempt = 1; ; attempt++) {
				await pause();
				if (signal?.aborted) throw new ServiceFailure(service, 'timeout', null, null, 'The execution was cancelled.');
				const result = await once(request);
				if ('body' in result) return result.body;
				const { failure, afterMs } = result;
				const mayRepeat = failure.repeatable && (request.repeat === 'safe' || !failure.uncertain);
				const backoff = Math.min(ceilingMs, backoffMs * 2 ** (attempt - 1)) * (0.5 + random() / 2);
				const wait = afterMs ?? backoff;
				if (!mayRepeat || attempt >= attempts || now() + wait > deadline) throw failure;
				if (failure.kind === 'rateLimited') pausedUntil = Math.max(pausedUntil, now() + wait);
				else await sleep(wait);
			}
		});
}
