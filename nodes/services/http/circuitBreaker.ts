import { oneForEachAddress } from './perAddress';

/** Nothing but failures for so long, and the service is down. */
const OPENS_AFTER_MS = 90_000;
/** A failure that is older says nothing about now. */
const FAILURE_COUNTS_MS = 60_000;
/** While the service is down, one request looks again this often. */
const PROBE_EVERY_MS = 10_000;

/** What becomes of a request that wants to be sent. */
export type Admission =
	| { go: 'send' }
	/** It is the probe; `ended` is to be called when it is done, however it went. */
	| { go: 'probe'; ended: (now: number) => void }
	/** It waits until the probe is done, and asks again. */
	| { go: 'wait'; probe: Promise<void> }
	| { go: 'fail' };

/**
 * Notices that a service is down, for everybody who calls it. A run of a thousand people would
 * otherwise wait for each request until its attempts are used up.
 *
 *     state      when                                          a request
 *     closed     a good answer came since the last failure,    is sent
 *                or the last failure is over a minute old
 *     open       nothing but failures for 90 seconds           fails at once
 *     half-open  as open, and the last probe ended 10 seconds  is the probe, when it is the first;
 *                ago, or one is under way                      the others wait for what it sees
 *
 * A failure here is no answer, or one that makes no sense. An answer that says no is a good one.
 * All times are milliseconds of a monotonic clock.
 */
export class CircuitBreaker {
	/** The first and the last of the failures since the last good answer. */
	private failingSince: number | null = null;
	private lastFailureAt = 0;
	private probe: Promise<void> | null = null;
	private probedAt = -PROBE_EVERY_MS;

	constructor(private readonly opensAfterMs = OPENS_AFTER_MS) {}

	state(now: number): 'closed' | 'open' | 'halfOpen' {
		const isDown =
			this.failingSince !== null &&
			now - this.failingSince >= this.opensAfterMs &&
			now - this.lastFailureAt <= FAILURE_COUNTS_MS;
		if (!isDown) return 'closed';
		return this.probe !== null || now - this.probedAt >= PROBE_EVERY_MS ? 'halfOpen' : 'open';
	}

	admit(now: number): Admission {
		switch (this.state(now)) {
			case 'closed':
				return { go: 'send' };
			case 'open':
				return { go: 'fail' };
			case 'halfOpen':
				return this.probe === null
					? { go: 'probe', ended: this.startProbe() }
					: { go: 'wait', probe: this.probe };
		}
	}

	onGoodAnswer(): void {
		this.failingSince = null;
	}

	onFailure(now: number): void {
		if (now - this.lastFailureAt > FAILURE_COUNTS_MS) this.failingSince = null;
		this.failingSince ??= now;
		this.lastFailureAt = now;
	}

	private startProbe(): (now: number) => void {
		let wakeOthers = () => {};
		this.probe = new Promise((resolve) => (wakeOthers = resolve));
		return (now) => {
			this.probedAt = now;
			this.probe = null;
			wakeOthers();
		};
	}
}

/** One circuit breaker a service address, shared by all nodes and executions of this process. */
export const circuitBreakerFor = oneForEachAddress(() => new CircuitBreaker());
