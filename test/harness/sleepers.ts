/** Executions that sleep until somebody is due, and what comes of them when time goes on. */
import type { Finished } from './engine';
import { setClock } from './fixedClock';

export class Sleepers {
	/** All executions so far, in order. */
	readonly all: Finished[] = [];
	private asleep: Finished[] = [];

	constructor(...runs: Finished[]) {
		for (const run of runs) this.add(run);
	}

	private add(run: Finished): void {
		this.all.push(...run.family);
		this.asleep.push(...run.family.filter(({ waitTill }) => waitTill));
	}

	get count(): number {
		return this.asleep.length;
	}

	/** When the first of them wakes (UTC). */
	get next(): string | undefined {
		return this.asleep.map(({ waitTill }) => waitTill!.toISOString()).sort()[0];
	}

	/**
	 * Wakes those that are due first, at their time or at a later one, one after the other.
	 * @returns the executions that came of it
	 */
	async wake(at = this.next!): Promise<Finished[]> {
		setClock(at);
		const due = this.asleep.filter(({ waitTill }) => waitTill!.toISOString() <= at);
		this.asleep = this.asleep.filter((one) => !due.includes(one));
		const before = this.all.length;
		for (const sleeper of due) this.add(await sleeper.resume());
		return this.all.slice(before);
	}

	/** Wakes one after the other until nobody sleeps any more, or the clock would pass `until`. */
	async wakeAll(seen: () => void = () => {}, until = '9999'): Promise<void> {
		for (let wakes = 0; this.next !== undefined && this.next <= until; wakes++) {
			if (wakes > 200) throw new Error('They never stop to sleep.');
			await this.wake();
			seen();
		}
	}

	/** Items at a node, over all executions. */
	subjects(node: string, output = 0) {
		return this.all.flatMap((run) => run.subjects(node, output));
	}

	get errors(): string[] {
		return this.all.flatMap(({ error }) => (error ? [error.message] : []));
	}
}
