import type { Answer } from './http';

/**
 * So many requests within so many milliseconds; what exceeds them is refused, with Retry-After in
 * whole seconds when given.
 */
export interface RateLimit {
	requests: number;
	perMs: number;
	retryAfterSeconds?: number;
}

export class RateLimiter {
	private served: number[] = [];

	/**
	 * @param clock Milliseconds. @default real time, not the sandbox's clock: pacing is measured in
	 *   it
	 */
	constructor(
		private readonly refuse: (status: number, message: string) => Answer,
		private readonly clock: () => number = () => performance.now(),
	) {}

	/** A 429 when this request is one too many. */
	answer(limit: RateLimit | null): Answer | undefined {
		if (!limit) return undefined;
		const now = this.clock();
		this.served = this.served.filter((at) => at > now - limit.perMs);
		if (this.served.length >= limit.requests) {
			const headers =
				limit.retryAfterSeconds === undefined
					? undefined
					: { 'retry-after': String(limit.retryAfterSeconds) };
			return { ...this.refuse(429, 'Too many requests'), ...(headers ? { headers } : {}) };
		}
		this.served.push(now);
		return undefined;
	}
}
