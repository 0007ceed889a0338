import { z } from 'zod';
import { sameEmail } from '../email';
import { isText, text, textOf } from './personRow';
import type { Person, PersonLocation } from '../subject';

export { parsePersonRow, type PersonParse } from './personRow';

const jobRoleRow = z.object({
	id: text,
	personId: z.string().min(1),
	jobTitle: text,
	department: text,
	reportingTo: text,
	effectiveDate: text,
	endDate: text,
});
export type JobRole = z.infer<typeof jobRoleRow>;

/** A row of GET /job-roles; undefined for one nobody can read. */
export function parseJobRole(row: unknown): JobRole | undefined {
	const quick =
		row !== null && typeof row === 'object'
			? plainJobRole(row as Record<string, unknown>)
			: undefined;
	return quick ?? jobRoleRow.safeParse(row).data;
}

/**
 * The same for a row of plain texts, without the cost of the schema: there are as many as people,
 * or more.
 */
function plainJobRole({
	id,
	personId,
	jobTitle,
	department,
	reportingTo,
	effectiveDate,
	endDate,
}: Record<string, unknown>): JobRole | undefined {
	const texts = [id, jobTitle, department, reportingTo, effectiveDate, endDate];
	if (
		typeof personId !== 'string' ||
		personId === '' ||
		!texts.every((value) => value === undefined || isText(value))
	)
		return undefined;
	const [ownId, title, dept, manager, from, to] = texts.map((value) =>
		textOf(value as string | null | undefined),
	);
	return {
		id: ownId,
		personId,
		jobTitle: title,
		department: dept,
		reportingTo: manager,
		effectiveDate: from,
		endDate: to,
	};
}

export const locationRow = z.object({
	id: z.string().min(1),
	label: text,
	city: text,
	country: text,
	timezone: text,
	displayName: text,
});
export type LocationRow = z.infer<typeof locationRow>;

export const customFieldRow = z.object({ id: z.string().min(1), name: z.string().min(1) });
export const customValueRow = z.object({
	personId: z.string().min(1),
	customFieldId: z.string().min(1),
	value: z.union([z.string(), z.array(z.string()), z.null()]).optional(),
});

/** The place a person works at; `remote` people are their own location. */
export function locationOf(
	person: Person,
	locations: ReadonlyMap<string, LocationRow> | null,
): PersonLocation | null | undefined {
	if (person.locationId === undefined) return undefined;
	if (person.locationId === null) return null;
	if (person.locationId === 'remote') {
		return {
			id: 'remote',
			name: 'Remote',
			city: person.remoteCity ?? null,
			country: person.remoteCountryCode ?? null,
			timezone: person.remoteTimezone ?? null,
		};
	}
	const row = locations?.get(person.locationId);
	if (!row) return undefined;
	return {
		id: row.id,
		name: row.label ?? row.displayName ?? null,
		city: row.city ?? null,
		country: row.country ?? null,
		timezone: row.timezone ?? null,
	};
}

/**
 * The job role in force on `today` (`YYYY-MM-DD` in the person's zone): the latest that has begun.
 * Somebody who has not begun any (a new hire) has their first one. The order of the rows never
 * matters.
 */
export function roleInForce(roles: readonly JobRole[], today: string): JobRole | undefined {
	const dated = roles.filter((role) => typeof role.effectiveDate === 'string');
	const order = (a: JobRole, b: JobRole) =>
		compareText(a.effectiveDate!, b.effectiveDate!) || compareText(a.id ?? '', b.id ?? '');
	const begun = dated.filter((role) => role.effectiveDate!.slice(0, 10) <= today).sort(order);
	return begun.at(-1) ?? dated.sort(order)[0] ?? roles[0];
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Ids of people, not offboarded and not this one, who have this work e-mail, in any case. */
export const holdersOf = (people: readonly Person[], email: string, apartFrom: string): string[] =>
	people
		.filter(
			(person) =>
				person.id !== apartFrom && person.status !== 'offboarded' && sameEmail(person.email, email),
		)
		.map(({ id }) => id);

/** Ids of the other, not offboarded people with the same value, for each person who shares one. */
export function sharing(
	people: readonly Person[],
	valueOf: (person: Person) => string | null | undefined,
): Map<string, string[]> {
	const groups = new Map<string, Person[]>();
	for (const person of people) {
		const value = valueOf(person);
		if (!value) continue;
		const group = groups.get(value);
		if (group) group.push(person);
		else groups.set(value, [person]);
	}
	const shared = new Map<string, string[]>();
	for (const group of groups.values()) {
		if (group.length < 2) continue;
		for (const person of group) {
			shared.set(
				person.id,
				group
					.filter((other) => other.id !== person.id && other.status !== 'offboarded')
					.map((other) => other.id),
			);
		}
	}
	return shared;
}
