import fc from 'fast-check';
import { EVERY_KEY, KeyedQueue, type QueueKey } from '../../nodes/services/keyedQueue';

/** Work that goes on until it is ended by the test. */
function job() {
	let end = () => {};
	let begin = () => {};
	const begun = new Promise<void>((resolve) => (begin = resolve));
	const ended = new Promise<void>((resolve) => (end = resolve));
	const state = { running: false };
	const work = async () => {
		state.running = true;
		begin();
		await ended;
		state.running = false;
	};
	return { state, work, begun, end };
}

const settle = async () => await new Promise((resolve) => setImmediate(resolve));

test('work of one key waits for the work before it, work of another key does not', async () => {
	const queue = new KeyedQueue();
	const [first, second, other] = [job(), job(), job()];
	const all = [queue.run('a', first.work), queue.run('a', second.work), queue.run('b', other.work)];
	await settle();
	expect([first, second, other].map(({ state }) => state.running)).toEqual([true, false, true]);
	expect([queue.has('a'), queue.hasWaiting('a')]).toEqual([true, true]);
	expect([queue.has('b'), queue.hasWaiting('b')]).toEqual([true, false]);
	first.end();
	await second.begun;
	expect(queue.hasWaiting('a')).toBe(false);
	second.end();
	other.end();
	await Promise.all(all);
	expect([queue.has('a'), queue.has('b')]).toEqual([false, false]);
});

test('work of every key waits for all of it, and all that comes later waits for it', async () => {
	const queue = new KeyedQueue();
	const [first, every, later] = [job(), job(), job()];
	const all = [
		queue.run('a', first.work),
		queue.run(EVERY_KEY, every.work),
		queue.run('b', later.work),
	];
	await settle();
	expect([first, every, later].map(({ state }) => state.running)).toEqual([true, false, false]);
	// It covers people nobody has asked for yet.
	expect([queue.has(EVERY_KEY), queue.hasWaiting('c'), queue.has('c')]).toEqual([
		true,
		true,
		false,
	]);
	first.end();
	await every.begun;
	expect([queue.hasWaiting('c'), queue.hasWaiting(EVERY_KEY)]).toEqual([false, false]);
	await settle();
	expect(later.state.running).toBe(false);
	every.end();
	await later.begun;
	later.end();
	await Promise.all(all);
});

test('what it gives, and how it fails, is handed on; a failure holds nobody up', async () => {
	const queue = new KeyedQueue();
	const failed = queue.run('a', async () => await Promise.reject(new Error('no')));
	const worked = queue.run('a', async () => 7);
	await expect(failed).rejects.toThrow('no');
	expect(await worked).toBe(7);
	expect(queue.has('a')).toBe(false);
});

test('whatever comes when: in order within a key, never two at once that exclude each other', async () => {
	const key = fc.constantFrom<QueueKey>('a', 'b', 'c', EVERY_KEY);
	const step = fc.record({ key, pauses: fc.nat({ max: 5 }), before: fc.nat({ max: 3 }) });
	await fc.assert(
		fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
			const queue = new KeyedQueue();
			const running = new Set<{ key: QueueKey }>();
			const order = new Map<QueueKey, number[]>();
			const all: Array<Promise<void>> = [];
			for (const [index, one] of steps.entries()) {
				for (let pause = 0; pause < one.before; pause++) await Promise.resolve();
				all.push(
					queue.run(one.key, async () => {
						for (const other of running)
							expect(
								other.key !== one.key && other.key !== EVERY_KEY && one.key !== EVERY_KEY,
							).toBe(true);
						running.add(one);
						order.set(one.key, [...(order.get(one.key) ?? []), index]);
						for (let pause = 0; pause < one.pauses; pause++) await Promise.resolve();
						running.delete(one);
					}),
				);
			}
			await Promise.all(all);
			expect([...order.values()].flat()).toHaveLength(steps.length);
			for (const own of order.values()) expect(own).toEqual([...own].sort((a, b) => a - b));
			for (const one of steps) expect(queue.has(one.key)).toBe(false);
		}),
		{ seed: 7 },
	);
});
