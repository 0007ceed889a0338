/** Stands for every key: such work runs when no other does. */
export const EVERY_KEY: unique symbol = Symbol('every key');
export type QueueKey = string | typeof EVERY_KEY;

interface QueuedJob {
	begun: boolean;
	/** Never rejects. */
	ended: Promise<void>;
}

/**
 * Work with the same key runs one after another, in the order in which it came. Work with different
 * keys runs side by side. Work that fails does not hold up what comes after it.
 */
export class KeyedQueue {
	/** The last job of each key that has not ended: it ends after all jobs of the key before it. */
	private readonly last = new Map<QueueKey, QueuedJob>();

	/** Whether work with this very key waits or runs. */
	has(key: QueueKey): boolean {
		return this.last.has(key);
	}

	/** Whether work with this key, or with every key, waits and has not begun. */
	hasWaiting(key: QueueKey): boolean {
		return this.before(key).some(({ begun }) => !begun);
	}

	async run<T>(key: QueueKey, work: () => Promise<T>): Promise<T> {
		const before = key === EVERY_KEY ? [...this.last.values()] : this.before(key);
		let end = () => {};
		const job = { begun: false, ended: new Promise<void>((resolve) => (end = resolve)) };
		this.last.set(key, job);
		try {
			await Promise.all(before.map(({ ended }) => ended));
			job.begun = true;
			return await work();
		} finally {
			if (this.last.get(key) === job) this.last.delete(key);
			end();
		}
	}

	private before(key: QueueKey): QueuedJob[] {
		return [this.last.get(key), this.last.get(EVERY_KEY)].filter((job) => job !== undefined);
	}
}
