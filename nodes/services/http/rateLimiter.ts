import { oneForEachAddress } from './perAddress';

/** The rate is what was let through in one window: services count by the second, or longer. */
const WINDOW_MS = 1000;
/** How much slower than the rate that was seen: answers come in less evenly than requests go out. */
const FIRST_PAUSE_FACTOR = 1.05;
/** Fewer requests than this in a window are no rate: the refusal had another reason. */
const LEAST_SEEN = 3;

/** When a shorter pause is tried, and how much shorter; how much longer a pause gets that failed. */
const GUESSED = { requests: 5, windows: 1.5, shorter: 0.5, longer: 1.5 };
const CONFIRMED = { requests: 100, windows: 20, shorter: 0.97, longer: 1.08 };

const LONGEST_PAUSE_MS = 1000;
/** A pause that would be shorter than this is left out. */
const SHORTEST_PAUSE_MS = 4;
/** A rate that nobody used for so long is forgotten. */
const FORGOTTEN_AFTER_MS = 600_000;
/** So long after a refusal and its hold, the next refusal counts as a first one. */
const REFUSAL_COUNTS_MS = 60_000;
/** No service can hold requests back for longer, whatever its answers say. */
const LONGEST_HOLD_MS = 900_000;

/** How fast requests may go out. Between two of them there is a pause. */
export type Phase =
	| { name: 'unlimited'; pauseMs: 0; provenMs: null }
	| {
			name: 'guessed' | 'confirmed';
			pauseMs: number;
			/** The longer pause before this one, which caused no refusal; null when there was none. */
			provenMs: number | null;
	  };

export const UNLIMITED: Phase = { name: 'unlimited', pauseMs: 0, provenMs: null };

const limited = (
	name: 'guessed' | 'confirmed',
	pauseMs: number,
	provenMs: number | null = null,
): Phase => ({ name, pauseMs: Math.min(pauseMs, LONGEST_PAUSE_MS), provenMs });

const tuningOf = (phase: Phase) => (phase.name === 'confirmed' ? CONFIRMED : GUESSED);

/** The phase after a refusal. @param seen most requests that were let through in one window */
export function phaseAfterRefusal(phase: Phase, seen: number, windowMs = WINDOW_MS): Phase {
	if (phase.name === 'unlimited')
		return seen < LEAST_SEEN
			? UNLIMITED
			: limited('guessed', (windowMs * FIRST_PAUSE_FACTOR) / seen);
	if (phase.provenMs === null) return limited(phase.name, phase.pauseMs * tuningOf(phase).longer);
	return limited(
		'confirmed',
		phase.name === 'confirmed' ? phase.provenMs * CONFIRMED.longer : phase.provenMs,
	);
}

/** The phase after this one caused no refusal for long enough. */
export function phaseAfterSuccess(phase: Phase): Phase {
	if (phase.name === 'unlimited' || phase.pauseMs === 0) return UNLIMITED;
	const pauseMs = phase.pauseMs * tuningOf(phase).shorter;
	return limited(phase.name, pauseMs < SHORTEST_PAUSE_MS ? 0 : pauseMs, phase.pauseMs);
}

/**
 * Learns how many requests a service takes, for everybody who calls it. A refusal (429) holds back
 * all requests, also those that have not been sent yet. Then they go out with a pause in between:
 *
 *     phase      pause        after a refusal                       after no refusal for a while
 *     unlimited  none         guessed: a little slower than what    (no change)
 *                             was let through in the last window;
 *                             unlimited, when that is under 3
 *     guessed    first guess  guessed: the pause times 1.5          guessed: half the pause
 *                shortened    confirmed: the pause before it        guessed: half the pause
 *     confirmed  first        confirmed: the pause times 1.08       confirmed: 3 % less
 *                shortened    confirmed: the pause before it,       confirmed: 3 % less
 *                             times 1.08
 *
 * Every phase is `unlimited` again when nobody used it for 10 minutes, or when it was shortened to
 * no pause at all and that caused no refusal. All times are milliseconds of a monotonic clock.
 */
export class RateLimiter {
	private phase: Phase = UNLIMITED;
	/** Since when the phase is as it is, and how many requests it let through. */
	private phaseSince = 0;
	private letThroughInPhase = 0;
	/** When the requests of the last two windows were sent that the service let through. */
	private letThroughAt: number[] = [];

	/** Nobody sends before this: a refusal, or a time that the service named. */
	private heldUntil = 0;
	/** Nobody sends before this: the pause after the last request. */
	private pausedUntil = 0;
	private lastSentAt = 0;

	/** Refusals in a row with nothing let through in between, and since when. */
	private inARow = 0;
	private refusingSince: number | null = null;
	/**
	 * The last refusal that counted: when it was sent, and when the answer came. Whatever was sent in
	 * between was under way with it, and is not counted again.
	 */
	private refusal = { sentAt: -1, answeredAt: -1 };
	/** The phase has yet to change because of it. */
	private refusalIsNew = false;

	constructor(private readonly windowMs = WINDOW_MS) {}

	/** When the next request may be sent. */
	get nextAt(): number {
		return Math.max(this.heldUntil, this.pausedUntil);
	}

	/**
	 * When a request that was refused may be sent again: it lets two others go first, so that one
	 * request that is always refused does not stop everybody.
	 */
	get retryAt(): number {
		return this.nextAt + 2 * this.phase.pauseMs;
	}

	/** Refusals in a row with nothing let through; those that were under way together count once. */
	get refusalsInARow(): number {
		return this.inARow;
	}

	/** To be called when a request is sent, not before `nextAt`. */
	onSend(now: number): void {
		// Only now is it known which requests before the refusal were let through.
		if (this.refusalIsNew) {
			this.refusalIsNew = false;
			this.enter(phaseAfterRefusal(this.phase, this.mostInAWindow(), this.windowMs), now);
		}
		if (now - this.lastSentAt > FORGOTTEN_AFTER_MS) this.enter(UNLIMITED, now);
		this.lastSentAt = now;
		const { pauseMs } = this.phase;
		// A timer that woke up late is made up for by up to a tenth of the pause.
		this.pausedUntil = Math.max(this.pausedUntil, now - pauseMs / 10) + pauseMs;
	}

	/** To be called when the service let a request through, whatever the answer was. */
	onLetThrough(sentAt: number): void {
		this.letThroughAt.push(sentAt);
		while (this.letThroughAt[0]! < sentAt - 2 * this.windowMs) this.letThroughAt.shift();
		// It was sent before the refusal, so it says nothing about what came after.
		if (sentAt < this.refusal.sentAt) return;
		this.endRow();
		this.letThroughInPhase++;
		const { requests, windows } = tuningOf(this.phase);
		const longEnough = sentAt - this.phaseSince >= windows * this.windowMs;
		if (this.letThroughInPhase >= requests && longEnough)
			this.enter(phaseAfterSuccess(this.phase), sentAt);
	}

	/** To be called when the service refused a request for its rate. */
	onRefused(sentAt: number, now: number): void {
		const { answeredAt } = this.refusal;
		// Nothing is sent between a refusal and the end of its hold.
		if (sentAt <= answeredAt) return;
		if (sentAt - Math.max(answeredAt, this.heldUntil) > REFUSAL_COUNTS_MS) this.endRow();
		this.refusal = { sentAt, answeredAt: now };
		this.refusingSince ??= now;
		this.inARow++;
		// Refused again with nothing let through in between: the pause is not the reason.
		if (this.inARow === 1) this.refusalIsNew = true;
	}

	/** Nobody sends for so long. */
	hold(now: number, ms: number): void {
		this.heldUntil = Math.max(this.heldUntil, now + Math.min(ms, LONGEST_HOLD_MS));
	}

	/** Whether the service has let nothing through for so long. */
	letsNothingThrough(now: number, forMs: number): boolean {
		return this.refusingSince !== null && now - this.refusingSince >= forMs;
	}

	private endRow(): void {
		this.inARow = 0;
		this.refusingSince = null;
	}

	private enter(phase: Phase, now: number): void {
		this.phase = phase;
		this.phaseSince = now;
		this.letThroughInPhase = 0;
	}

	/** The most requests that were let through within one window. */
	private mostInAWindow(): number {
		const times = [...this.letThroughAt].sort((a, b) => a - b);
		let first = 0;
		let most = 0;
		times.forEach((at, index) => {
			while (times[first]! <= at - this.windowMs) first++;
			most = Math.max(most, index - first + 1);
		});
		return most;
	}
}

/** One rate limiter a service address, shared by all nodes and executions of this process. */
export const rateLimiterFor = oneForEachAddress(() => new RateLimiter());
