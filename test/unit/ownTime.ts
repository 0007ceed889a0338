/** Time that passes only when everybody waits for it. */
export class OwnTime {
	now = 0;
	private readonly waiting: Array<{ at: number; wake: () => void }> = [];

	sleep = async (ms: number): Promise<void> =>
		await new Promise((wake) => this.waiting.push({ at: this.now + ms, wake }));

	async until<T>(work: Promise<T>): Promise<T> {
		let ended = false;
		const end = () => (ended = true);
		work.then(end, end);
		for (;;) {
			await new Promise((resolve) => setImmediate(resolve));
			if (ended) return await work;
			this.waiting.sort((a, b) => a.at - b.at);
			const next = this.waiting.shift();
			if (!next) throw new Error('Nothing is waited for, and the work is not done.');
			this.now = next.at;
			next.wake();
		}
	}
}
