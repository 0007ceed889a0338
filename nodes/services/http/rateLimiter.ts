import { perAddress } from './perAddress';

/**
 * Limits are counted by the second, or by more: what was let through in so many milliseconds tells
 * the rate.
 */
const WINDOW_MS = 1000;
/** Below the rate that was seen: answers do not come in as evenly as requests go out. */
const MARGIN = 1.05;
/** Fewer than these in a window are no rate, but a refusal for another reason. */
const LEAST_SEEN = 3;
/**
 * After so many requests that were let through in so many windows it is tried whether less of a
 * pause does: half of it at first, …
 */
const QUICK = { requests: 5, windows: 1.5, factor: 0.5 };
/** … and a little less once a second refusal has confirmed the rate. */
const SLOW = { requests: 100, windows: 20, factor: 0.97 };
/** What a pause grows by that turned out too short: a confirmed one a little. */
const SLOWER = { confirmed: 1.08, guessed: 1.5 };
const LONGEST_PAUSE_MS = 1000;
/** A pause shorter than this is none, in milliseconds. */
const SHORTEST_PAUSE_MS = 4;
/** A rate that nobody used for so long is forgotten, in milliseconds. */
const FORGOTTEN_AFTER_MS = 600_000;
/** A refusal so long ago, and what it held up, say nothing about now, in milliseconds. */
const REFUSAL_COUNTS_MS = 60_000;
/**
 * A service cannot hold everybody back for longer, whatever it (or a proxy before it) says, in
 * milliseconds.
 */
const LONGEST_HOLD_MS = 900_000;

/**
 * The pace at which a service takes requests, for everybody who calls it. A refusal (429) holds
 * back all requests, those that wait in the queue too. What was let through before it tells the
 * rate; from then on requests go out one by one at a little less than that, and now and then a
 * little faster, to see whether the service takes more. All times are milliseconds of the monotonic
 * clock.
 */
export class Pace {
	private heldUntil = 0;
	/** Between two requests; 0 as long as nothing was refused. */
	private pauseMs = 0;
	/** The pause before it was last made shorter, with which nothing was refused; or 0. */
	private workedMs = 0;
	private changedAt = 0;
	private confirmed = false;
	/** When the next request may go out, as far as the pause goes. */
	private freeAt = 0;
	private usedAt = 0;
	/** When the requests of the last window went out that were let through. */
	private served: number[] = [];
	private servedSince = 0;
	/**
	 * When the first of the last refusals was sent, and when it was known: what went out in between
	 * belongs to them.
	 */
	private refusedSentAt = -1;
	private refusedAt = -1;
	/** A refusal from which nothing was learned yet. */
	private lesson = false;
	private inARow = 0;
	private refusedSince: number | null = null;

	constructor(private readonly windowMs = WINDOW_MS) {}

	/** When the next request may be sent. */
	get next(): number {
		return Math.max(this.heldUntil, this.freeAt);
	}

	/**
	 * When a request that was refused may be sent again: after two others, so that one which is
	 * always refused does not stop everybody.
	 */
	get later(): number {
		return this.next + 2 * this.pauseMs;
	}

	/** A request is sent now; `next` has come. */
	take(now: number): void {
		this.learn(now);
		if (now - this.usedAt > FORGOTTEN_AFTER_MS) this.set(0, false, now);
		this.usedAt = now;
		// A timer that woke late is made up for, a little.
		this.freeAt = Math.max(this.freeAt, now - this.pauseMs / 10) + this.pauseMs;
	}

	/** A request was let through, whatever came of it. */
	letThrough(sentAt: number): void {
		this.served.push(sentAt);
		while (this.served[0]! < sentAt - 2 * this.windowMs) this.served.shift();
		if (sentAt < this.refusedSentAt) return;
		this.startAnew();
		const { requests, windows, factor } = this.confirmed ? SLOW : QUICK;
		if (++this.servedSince < requests || sentAt - this.changedAt < windows * this.windowMs) return;
		const worked = this.pauseMs;
		this.set(worked * factor < SHORTEST_PAUSE_MS ? 0 : worked * factor, this.confirmed, sentAt);
		this.workedMs = worked;
	}

	/**
	 * A request was refused for its rate. @returns how many times in a row, those that were under way
	 * together counting once
	 */
	refused(sentAt: number, now: number): number {
		// Nothing goes out between a refusal and the end of what it holds up.
		if (sentAt > this.refusedAt) {
			if (sentAt - Math.max(this.refusedAt, this.heldUntil) > REFUSAL_COUNTS_MS) this.startAnew();
			this.refusedSentAt = sentAt;
			this.refusedAt = now;
			this.refusedSince ??= now;
			this.inARow++;
			// Refused again with nothing let through: it is not the pace.
			if (this.inARow === 1) this.lesson = true;
		}
		return this.inARow;
	}

	/** Nobody sends for so long. */
	hold(now: number, ms: number): void {
		this.heldUntil = Math.max(this.heldUntil, now + Math.min(ms, LONGEST_HOLD_MS));
	}

	/** Whether everything was refused for so long that there is no point in going on. */
	isHopeless(now: number, patienceMs: number): boolean {
		return this.refusedSince !== null && now - this.refusedSince >= patienceMs;
	}

	/**
	 * When requests go out again: by then it is known which of those before the refusal were let
	 * through.
	 */
	private learn(now: number): void {
		if (!this.lesson) return;
		this.lesson = false;
		const slower = this.confirmed ? SLOWER.confirmed : SLOWER.guessed;
		if (this.workedMs > 0)
			return this.set(this.confirmed ? this.workedMs * slower : this.workedMs, true, now);
		if (this.pauseMs > 0) return this.set(this.pauseMs * slower, this.confirmed, now);
		const seen = this.mostInAWindow();
		if (seen >= LEAST_SEEN) this.set((this.windowMs * MARGIN) / seen, false, now);
	}

	/** Of those let through lately. */
	private mostInAWindow(): number {
		const times = [...this.served].sort((a, b) => a - b);
		let from = 0;
		return times.reduce((most, at, index) => {
			while (times[from]! <= at - this.windowMs) from++;
			return Math.max(most, index - from + 1);
		}, 0);
	}

	/** The next refusal is the first in a row. */
	private startAnew(): void {
		this.inARow = 0;
		this.refusedSince = null;
	}

	private set(pauseMs: number, confirmed: boolean, now: number): void {
		this.pauseMs = Math.min(pauseMs, LONGEST_PAUSE_MS);
		this.confirmed = confirmed;
		this.workedMs = 0;
		this.changedAt = now;
		this.servedSince = 0;
	}
}

/** The pace of one service address, shared by all nodes and executions of this process. */
export const paceOf = perAddress(() => new Pace());
