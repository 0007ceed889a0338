/**
 * The time of a chaos run: the calendar stands still until it is set, and waits pass so many times
 * faster than in life.
 */
const SPEED = 250;
/** Shorter waits are the engine's own. */
const SHORTEST_MS = 20;
/**
 * Longer ones wait for an answer that may never come: a busy machine must not look like a dead
 * service.
 */
const LONGEST_MS = 30_000;

const RealDate = Date;
const realTimeout = globalThis.setTimeout;
const realNow = performance.now.bind(performance);

let at = 0;

class SetDate extends RealDate {
	constructor(...given: unknown[]) {
		super(...((given.length === 0 ? [at] : given) as [number]));
	}

	static override now(): number {
		return at;
	}

	static override [Symbol.hasInstance](value: unknown): boolean {
		return value instanceof RealDate;
	}
}

export const clock = {
	/** Milliseconds since 1970. */
	get now(): number {
		return at;
	},
	set now(value: number) {
		at = value;
	},
	install(): void {
		globalThis.Date = SetDate as DateConstructor;
		const quick = (work: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
			realTimeout(work, ms >= SHORTEST_MS && ms < LONGEST_MS ? ms / SPEED : ms, ...args);
		globalThis.setTimeout = quick as typeof setTimeout;
		performance.now = () => realNow() * SPEED;
	},
	uninstall(): void {
		globalThis.Date = RealDate;
		globalThis.setTimeout = realTimeout;
		performance.now = realNow;
	},
	/** Milliseconds of life. */
	stopwatch: (): number => realNow(),
};

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const iso = (ms: number): string => new RealDate(ms).toISOString();
/** `YYYY-MM-DD` so many days from a day. */
export const dayAfter = (day: string, days: number): string =>
	iso(RealDate.parse(`${day}T00:00:00Z`) + days * DAY).slice(0, 10);
