import pLimit from 'p-limit';

/**
 * Requests of a node under way at once, where nobody says how many. More would not be faster where a service
 * limits its rate, because the rate limiter then learns how fast they may go; and when that limit
 * is met first, no more than these are refused together. Half of them writes: 1,000 joiners at
 * 100 ms a request take less than a minute.
 */
export const REQUESTS_AT_ONCE = 10;

/** Does the work when it has a place, and frees the place afterwards. */
type RunLimited = <T>(work: () => Promise<T>) => Promise<T>;

export interface ConcurrencyLimit {
	read: RunLimited;
	write: RunLimited;
}

/**
 * Limits how many requests are under way at once. Reads and writes have a share each: reads leave
 * one place free, and writes take at most half of the places. So a long list never keeps a write
 * waiting, and many writes never keep waiting the reads that check them. With one place there is
 * nothing to share.
 */
export function concurrencyLimit(concurrency: number): ConcurrencyLimit {
	const places = Math.max(1, Math.floor(concurrency));
	const all = pLimit(places);
	const share = (most: number): RunLimited => {
		const some = pLimit(most);
		return async (work) => await some(async () => await all(work));
	};
	if (places === 1) {
		const only: RunLimited = async (work) => await all(work);
		return { read: only, write: only };
	}
	return { read: share(places - 1), write: share(Math.ceil(places / 2)) };
}
