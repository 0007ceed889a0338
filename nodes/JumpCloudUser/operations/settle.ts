import { attempt } from '../../shared/clients/failure';

/** Rounds of "send, settle by reading, send again" before the last failure is reported. */
const ROUNDS = 4;

/**
 * Sends a write that must not be repeated blindly. When no good answer came, `settled` reads whether it was applied: its answer ends
 * the matter; `undefined` means it surely was not, and it is sent again.
 */
export async function sendOnce<T>(send: () => Promise<T>, settled: () => Promise<T | undefined>): Promise<T> {
	for (let round = 1; ; round++) {
		const sent = await attempt(send());
		if (sent.ok) return sent.value;
		if (!sent.failure.uncertain) throw sent.failure;
		const result = await settled();
		if (result !== undefined) return result;
		if (round >= ROUNDS) throw sent.failure;
	}
}
