import { attempt } from '../http/failure';
import { ATTEMPTS } from '../http/requester';

/**
 * Sends a write that must not be repeated blindly. When no good answer came, `settled` reads
 * whether it was applied: its answer ends the matter; `undefined` means it surely was not, and it
 * is sent again. However it goes, it is sent at most ATTEMPTS times in all.
 */
export async function sendOnce<T>(
	send: (attempts: number) => Promise<T>,
	settled: () => Promise<T | undefined>,
): Promise<T> {
	for (let left = ATTEMPTS; ; ) {
		const sent = await attempt(send(left));
		if (sent.ok) return sent.value;
		if (!sent.failure.uncertain) throw sent.failure;
		left -= Math.max(1, sent.failure.attempts);
		const result = await settled();
		if (result !== undefined) return result;
		if (left <= 0) throw sent.failure;
	}
}
