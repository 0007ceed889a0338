import { PERSON_STATUSES } from '../../core/person/personRow';
import type { PersonStatus } from '../../core/subject';
import type { HumaansClient } from './client';
import { hasFullScope, seesEverybody, type ViewOptions } from './fullView';
import type { PersonRows } from './people';
import type { Include } from './related';

export interface ReadOptions extends ViewOptions {
	include: readonly Include[];
	now: () => Date;
}

export interface Reading extends PersonRows {
	/** The token sees everybody. */
	full: boolean;
	/** Rows without an ID: they cannot be told apart. */
	nameless: number;
	/** How many people there are in these statuses, also those nobody can read. */
	peopleRead: number;
	/** Whoever is not in it is not there, or must be asked for by ID. */
	complete: boolean;
	/** UTC. */
	readAt: string;
}

/**
 * Everybody in these statuses, or a clear reason why not.
 * @param asOf Job roles as of this day (`YYYY-MM-DD`). @default today where the person is
 */
export async function readEverybody(
	client: HumaansClient,
	options: ReadOptions,
	statuses: readonly PersonStatus[] = PERSON_STATUSES,
	asOf?: string,
): Promise<Reading> {
	const fullScope = await hasFullScope(client, options);
	const readAt = options.now().toISOString();
	const read = await client.people(statuses, options.include, asOf);
	const full = await seesEverybody(client, fullScope, read.people, options);
	// A row without an ID could be anybody: then nobody can be said to be missing. And on a day that is
	// not today people are not as they are now.
	const nameless = read.unreadable.filter(({ id }) => id === null).length;
	const ofNow = statuses.length === PERSON_STATUSES.length && asOf === undefined;
	const peopleRead = read.people.length + read.unreadable.length;
	return { ...read, full, nameless, peopleRead, complete: full && ofNow && nameless === 0, readAt };
}
