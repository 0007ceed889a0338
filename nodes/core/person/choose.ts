import { isInBatch, type Batch } from './batch';
import { cleanText } from '../text';
import type { Person } from '../subject';

/** Which people to hand on. An empty choice lets everybody through. */
export interface Choice {
	/** Names of departments. Capital letters make no difference. */
	departments: readonly string[];
	/** IDs or names of locations, or `remote`. Capital letters make no difference. */
	locations: readonly string[];
	/**
	 * Only people who were changed at this moment or later (UTC), or whose last change has no time.
	 */
	updatedSince: Date | null;
}

/** The names in a text such as "Sales, Product". */
export const namesIn = (text: string): string[] =>
	text
		.split(',')
		.map(cleanText)
		.filter((name) => name !== '');

const isOneOf = (wanted: readonly string[], ...values: Array<string | null | undefined>): boolean =>
	wanted.length === 0 ||
	values.some(
		(value) => value && wanted.some((name) => name.toLowerCase() === value.trim().toLowerCase()),
	);

/** Whether the person is among the chosen ones. */
export function isChosen(
	person: Person,
	{ departments, locations, updatedSince }: Choice,
): boolean {
	if (!isOneOf(departments, person.department)) return false;
	if (!isOneOf(locations, person.locationId, person.location?.name, person.location?.city))
		return false;
	const changed = Date.parse(person.updatedAt ?? '');
	return updatedSince === null || Number.isNaN(changed) || changed >= updatedSince.getTime();
}

/**
 * The subjects that belong to a batch. A row without a person ID belongs to the first batch, so
 * that somebody sees it.
 */
export const ofBatch = <T extends { personId?: string | undefined }>(
	subjects: readonly T[],
	batch: Batch,
): T[] =>
	subjects.filter(({ personId }) =>
		personId === undefined ? batch.number === 1 : isInBatch(personId, batch),
	);

export const choosesAll = ({ departments, locations, updatedSince }: Choice): boolean =>
	departments.length === 0 && locations.length === 0 && updatedSince === null;

/** The ten most used fields of a person. */
export function simplifiedPerson(person: Person): Record<string, string | null> {
	const name = [person.preferredName ?? person.firstName, person.lastName]
		.filter(Boolean)
		.join(' ');
	return {
		id: person.id,
		name: name === '' ? null : name,
		email: person.email ?? null,
		status: person.status,
		employmentStartDate: person.employmentStartDate ?? null,
		lastWorkingDay: person.lastWorkingDay ?? null,
		jobTitle: person.jobTitle ?? null,
		department: person.department ?? null,
		manager: person.manager?.name ?? person.manager?.id ?? null,
		location: person.location?.name ?? null,
	};
}
