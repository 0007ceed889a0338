import { attempt } from '../http/failure';
import type { HumaansClient } from './client';

/** People asked for by themselves in one poll at most. */
export const ASKED_A_POLL = 50;
const AT_ONCE = 10;

export interface Confirmed {
	/** Ids for which Humaans answered that there is nobody. */
	gone: Set<string>;
	/** Where the next poll goes on when there were more than one poll may ask for; else ''. */
	askedUpTo: string;
}

/**
 * Asks for each of the missing by ID: only that Humaans does not have them counts. Whoever is
 * found, or cannot be asked for, is left for another poll. With too many to ask for, every poll
 * goes on where the one before ended, so that nobody is passed over for ever.
 * @param inTime Whether there is time to ask on. The first are asked for whatever the time: where
 *   reading everybody takes all of it, each poll tells some.
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
