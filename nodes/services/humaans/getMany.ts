import { PERSON_STATUSES } from '../../core/person/personRow';
import type { PersonStatus, Subject } from '../../core/subject';
import { CannotRead } from './cannotRead';
import type { HumaansClient } from './client';
import { readEverybody, type ReadOptions } from './readEverybody';

/**
 * Everybody in these statuses, one subject each. A row that nobody can read is a subject with a
 * problem.
 * @param asOf Job roles as of this day (`YYYY-MM-DD`). @default today
 */
export async function getManyPeople(
	client: HumaansClient,
	statuses: readonly PersonStatus[],
	options: ReadOptions,
	asOf?: string,
): Promise<Subject[]> {
	const read = await readEverybody(client, options, statuses, asOf);
	if (statuses.length === PERSON_STATUSES.length && read.people.length === 0)
		throw new CannotRead(
			'Humaans returned no people at all, so nothing was done.',
			'Check the access token and the company it belongs to.',
		);
	const { complete, readAt, peopleRead } = read;
	const facts = { complete, readAt, peopleRead };
	return [
		...read.people.map((person): Subject => ({ personId: person.id, person, ...facts })),
		...read.unreadable.map(
			({ id, problem }): Subject => ({
				...(id === null ? {} : { personId: id }),
				problem,
				...facts,
			}),
		),
	];
}
