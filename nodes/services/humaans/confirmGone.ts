import { attempt } from '../http/failure';
import type { HumaansClient } from './client';

/** The most people that one poll asks for by ID. */
export const ASKED_A_POLL = 50;
const AT_ONCE = 10;

export interface Confirmed {
	/** IDs for which Humaans answered that there is nobody. */
	gone: Set<string>;
	/** The last ID that was asked for, when some are left for the next poll; else ''. */
	askedUpTo: string;
}

/**
 * Asks for each missing person by ID. Only the answer that there is nobody counts; whoever is
 * found, or cannot be asked for, is left for another poll. When there are too many, each poll goes
 * on where the one before ended, so that everybody has their turn.
 * @param inTime Whether there is time to go on. The first few are always asked for: otherwise a
 * poll that has no time left would never tell anything.
 */
export async function confirmGone(
	client: Pick<HumaansClient, 'person'>,
	missing: readonly string[],
	askedUpTo: string,
	inTime: () => boolean,
): Promise<Confirmed> {
	const sorted = [...missing].sort();
	const next = sorted.findIndex((id) => id > askedUpTo);
	const inTurn = next < 0 ? sorted : [...sorted.slice(next), ...sorted.slice(0, next)];
	const asked = inTurn.slice(0, ASKED_A_POLL);
	const gone = new Set<string>();
	let done = 0;
	while (done < asked.length && (done === 0 || inTime())) {
		const some = asked.slice(done, done + AT_ONCE);
		const answers = await Promise.all(some.map(async (id) => await attempt(client.person(id, []))));
		answers.forEach((answer, index) => {
			if (answer.ok && 'missing' in answer.value) gone.add(some[index]!);
		});
		done += some.length;
	}
	return { gone, askedUpTo: done > 0 && done < sorted.length ? asked[done - 1]! : '' };
}
