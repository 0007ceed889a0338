import { z } from 'zod';
import { cleanText } from '../text';
import { cleanTexts, dayOf, isText, paragraphField, textField, trimmed } from './personRow';
import type { Person, PersonLocation } from '../subject';

export { parsePersonRow, type PersonParse } from './personRow';

const jobRoleRow = z.object({
	id: textField,
	personId: z.string().min(1),
	jobTitle: textField,
	department: textField,
	reportingTo: textField,
	effectiveDate: textField,
	endDate: textField,
});
export type JobRole = z.infer<typeof jobRoleRow>;

/** A row of GET /job-roles; `undefined` when it cannot be read. */
export function parseJobRole(row: unknown): JobRole | undefined {
	const quick =
		row !== null && typeof row === 'object'
			? plainJobRole(row as Record<string, unknown>)
			: undefined;
	return quick ?? jobRoleRow.safeParse(row).data;
}

/**
 * The same for a row of plain texts, without the cost of the schema. There is at least one row a
 * person, so this counts.
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
		trimmed(value as string | null | undefined),
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
	label: textField,
	city: textField,
	country: textField,
	timezone: textField,
	displayName: textField,
});
export type LocationRow = z.infer<typeof locationRow>;

export const customFieldRow = z.object({
	id: z.string().min(1),
	name: z.string().transform(cleanText).pipe(z.string().min(1)),
});
export const customValueRow = z.object({
	personId: z.string().min(1),
	customFieldId: z.string().min(1),
	value: z.union([paragraphField, z.array(z.string()).transform(cleanTexts)]),
});

/** The place where a person works. Of somebody remote it is what their own row says. */
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
 * The job role in force on `today` (`YYYY-MM-DD` in the person's zone): the latest that has begun
 * and not ended. Somebody who has not begun any (a new hire) has their first one. The order of the
 * rows never matters: of several without a date that can be used none is chosen.
 */
export function roleInForce(roles: readonly JobRole[], today: string): JobRole | undefined {
	const dated = roles.flatMap((role) => {
		const from = dayOf(role.effectiveDate);
		return from === null ? [] : { role, from };
	});
	const inOrder = dated.sort(
		(a, b) => compareText(a.from, b.from) || compareText(contentOf(a.role), contentOf(b.role)),
	);
	const begun = inOrder.filter(({ from }) => from <= today);
	if (begun.length > 0)
		return begun.filter(({ role }) => (dayOf(role.endDate) ?? today) >= today).at(-1)?.role;
	return inOrder[0]?.role ?? (roles.length === 1 ? roles[0] : undefined);
}

const contentOf = (role: JobRole): string =>
	JSON.stringify([role.id, role.jobTitle, role.department, role.reportingTo, role.endDate]);
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
