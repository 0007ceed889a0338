import pLimit from 'p-limit';

type Slot = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Requests under way at once, with separate shares: writes hold at most half of the places and
 * reads leave one free, so a long list never keeps a write waiting, nor a burst of writes the reads
 * that settle them. With one place there is nothing to share.
 */
export function shares(concurrency: number): { read: Slot; write: Slot } {
	const places = Math.max(1, Math.floor(concurrency));
	const all = pLimit(places);
	if (places === 1)
		return { read: async (work) => await all(work), write: async (work) => await all(work) };
	const reads = pLimit(places - 1);
	const writes = pLimit(Math.ceil(places / 2));
	return {
		read: async (work) => await reads(async () => await all(work)),
		write: async (work) => await writes(async () => await all(work)),
	};
}
