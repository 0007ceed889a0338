import { PlainError } from '../host/console.mjs';

/** Nothing can be looked at, or not go on: what happened, and what to do next. */
export class CannotLook extends PlainError {}

/** Somebody pressed Ctrl-C, or the process was asked to end. */
export class Stopped extends Error {}

/** Whether the check goes on. Cleaning up goes on in any case. */
export class Stop {
	#controller = new AbortController();
	/** From now on only what was made is deleted. */
	cleaning = false;

	/** Aborted when somebody asks to stop; reads end at once, writes end by themselves. */
	get signal() {
		return this.#controller.signal;
	}

	get isAsked() {
		return this.#controller.signal.aborted;
	}

	ask() {
		this.#controller.abort();
	}

	/** @throws {Stopped} */
	check() {
		if (this.isAsked && !this.cleaning) throw new Stopped();
	}
}
