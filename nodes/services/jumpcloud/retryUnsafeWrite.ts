import { attempt } from '../http/failure';
import { ATTEMPTS } from '../http/retry';

/**
 * Repeats a write that must not be done twice. When no clear answer came, it reads whether the
 * write was done; only when it was not, the write is sent again. It is sent at most ATTEMPTS times
 * in all, those that `send` makes by itself included.
 * @param send Sends the write, in at most so many attempts
 * @param readResult What the write would have given, or undefined when it surely was not done
 */
export async function retryUnsafeWrite<T>(
	send: (attempts: number) => Promise<T>,
	readResult: () => Promise<T | undefined>,
): Promise<T> {
	let attemptsLeft = ATTEMPTS;
	for (;;) {
		const sent = await attempt(send(attemptsLeft));
		if (sent.ok) return sent.value;
		const { failure } = sent;
		if (!failure.uncertain) throw failure;
		const result = await readResult();
		if (result !== undefined) return result;
		attemptsLeft -= Math.max(1, failure.attempts);
		if (attemptsLeft <= 0) throw failure;
	}
}
