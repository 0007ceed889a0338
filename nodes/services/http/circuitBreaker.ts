import { perAddress } from './perAddress';

/** A failure so long ago says nothing about now, in milliseconds. */
const FAILURE_COUNTS_MS = 60_000;
/** While a service is down, one request so often looks whether it is back, in milliseconds. */
const LOOK_AGAIN_MS = 10_000;

/**
 * Whether a service is down, for everybody who calls it: when it gives nobody a good answer for
 * long, waiting for each request anew would take hours. All times are milliseconds of the monotonic
 * clock.
 */
export class Outage {
	/** The first and the last of the failures in a row, over all requests. */
	private failingSince: number | null = null;
	private failedAt = 0;
	private lookedAt = -LOOK_AGAIN_MS;
	/** Resolves when the request that looks whether a service is back knows. */
	looking: Promise<void> | null = null;

	/** A good answer, or one that only says no. */
	answered(): void {
		this.failingSince = null;
	}

	/** No answer, or one that makes no sense. */
	failed(now: number): void {
		if (now - this.failedAt > FAILURE_COUNTS_MS) this.failingSince = null;
		this.failingSince ??= now;
		this.failedAt = now;
	}

	/**
	 * Whether nothing but failures came for so long, whoever asked for whatever: then waiting for
	 * each request anew would take hours.
	 */
	isDown(now: number, outageMs: number): boolean {
		return (
			this.failingSince !== null &&
			now - this.failingSince >= outageMs &&
			now - this.failedAt <= FAILURE_COUNTS_MS
		);
	}

	/**
	 * For one request to look whether a service that was down is back: to be called when it knows.
	 * Null when somebody looked a moment ago.
	 */
	look(now: number): ((knownAt: number) => void) | null {
		if (now - this.lookedAt < LOOK_AGAIN_MS) return null;
		let known = () => {};
		this.looking = new Promise((resolve) => (known = resolve));
		return (knownAt) => {
			this.lookedAt = knownAt;
			this.looking = null;
			known();
		};
	}
}

/** The outage of one service address, shared by all nodes and executions of this process. */
export const outageOf = perAddress(() => new Outage());
