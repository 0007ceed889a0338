import { isInBatch, type Batch } from './batch';
import type { Person } from '../subject';

/** Which people to hand on; an empty choice lets everybody through. */
export interface Choice {
	/** Names of departments, in any case. */
	departments: readonly string[];
	/** IDs or names of locations, in any case; `remote` too. */
	locations: readonly string[];
	/** Changed at this moment or later (UTC); people without a time of change are in. */
	updatedSince: Date | null;
}

/** "Sales, Product" as names. */
export const namesIn = (text: string): string[] =>
	text
		.split(',')
		.map((name) => name.trim())
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
 * Of all subjects those of a batch. A row that names nobody is in the first one: somebody must see
 * it.
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

/** A person in ten flat fields. */
export function simplified(person: Person): Record<string, string | null> {
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
