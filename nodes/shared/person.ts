import { z } from 'zod';
import { isCalendarDate } from './time';
import type { Person, PersonLocation, PersonStatus } from './subject';

/** Trims every kind of white space at the ends (no-break space too); an empty text is `null`. Absent stays absent. */
const text = z
	.union([z.string(), z.number(), z.null()])
	.optional()
	.transform((value) => {
		if (value === undefined || value === null) return value;
		const trimmed = String(value).trim();
		return trimmed === '' ? null : trimmed;
	});

const flag = z.boolean().nullish();
const names = z
	.array(z.union([z.string(), z.object({ name: z.string().nullish(), day: z.string().nullish() })]))
	.nullish()
	.transform((list) => list?.map((entry) => (typeof entry === 'string' ? entry : (entry.name ?? entry.day ?? ''))).filter((name) => name !== ''));

/**
 * One row of GET /people. Only the fields named here leave the edge: tax, bank, feed token and pay never enter the workflow.
 * Everything but `id` and `status` may be absent: what a token may not read is not there.
 */
const personRow = z.object({
	id: z.string().trim().min(1).max(64),
	status: z.enum(['active', 'newHire', 'offboarded']),
	companyId: text,
	firstName: text,
	middleName: text,
	lastName: text,
	preferredName: text,
	email: text,
	personalEmail: text,
	locationId: text,
	remoteCity: text,
	remoteRegionCode: text,
	remoteCountryCode: text,
	remoteTimezone: text,
	phoneNumber: text,
	formattedPhoneNumber: text,
	personalPhoneNumber: text,
	formattedPersonalPhoneNumber: text,
	address: text,
	city: text,
	state: text,
	postcode: text,
	countryCode: text,
	country: text,
	employmentStartDate: text,
	firstWorkingDay: text,
	employmentEndDate: text,
	lastWorkingDay: text,
	probationEndDate: text,
	leavingReason: text,
	contractType: text,
	employeeId: text,
	teams: names,
	workingDays: names,
	isVerified: flag,
	role: text,
	source: text,
	sourceId: text,
	timezone: text,
	demo: flag,
	createdAt: text,
	updatedAt: text,
});

const DATE_FIELDS = ['employmentStartDate', 'firstWorkingDay', 'employmentEndDate', 'lastWorkingDay', 'probationEndDate'] as const;

export const jobRoleRow = z.object({
	id: text,
	personId: z.string().min(1),
	jobTitle: text,
	department: text,
	reportingTo: text,
	effectiveDate: text,
	endDate: text,
});
export type JobRole = z.infer<typeof jobRoleRow>;

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

export type PersonParse = { ok: true; person: Person } | { ok: false; id: string | null; problem: string };

/** A row that cannot be read is named by its id and its fields, never by its values. */
export function parsePersonRow(row: unknown): PersonParse {
	const parsed = personRow.safeParse(row);
	if (!parsed.success) {
		const id = (row as { id?: unknown } | null)?.id;
		const fields = [...new Set(parsed.error.issues.map((issue) => issue.path.join('.') || 'the row itself'))].join(', ');
		return {
			ok: false,
			id: typeof id === 'string' && id.trim() !== '' ? id.trim() : null,
			problem: `Humaans returned a person this package cannot read (check: ${fields}).`,
		};
	}
	const person: Person = withoutUndefined(parsed.data);
	const unusable: string[] = [];
	for (const field of DATE_FIELDS) {
		const value = person[field];
		if (typeof value !== 'string') continue;
		const day = value.slice(0, 10);
		if (isCalendarDate(day)) person[field] = day;
		else {
			person[field] = null;
			unusable.push(field);
		}
	}
	if (typeof person.countryCode === 'string') person.countryCode = person.countryCode.toUpperCase();
	if (unusable.length > 0) person.unusable = unusable;
	return { ok: true, person };
}

function withoutUndefined<T extends { id: string; status: PersonStatus }>(row: T): Person {
	return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as unknown as Person;
}

/** The place a person works at; `remote` people are their own location. */
export function locationOf(person: Person, locations: ReadonlyMap<string, LocationRow> | null): PersonLocation | null | undefined {
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
	return { id: row.id, name: row.label ?? row.displayName ?? null, city: row.city ?? null, country: row.country ?? null, timezone: row.timezone ?? null };
}

/**
 * The job role in force on `today` (`YYYY-MM-DD` in the person's zone): the latest that has begun. Somebody who has not begun
 * any (a new hire) has their first one. The order of the rows never matters.
 */
export function roleInForce(roles: readonly JobRole[], today: string): JobRole | undefined {
	const dated = roles.filter((role) => typeof role.effectiveDate === 'string');
	const order = (a: JobRole, b: JobRole) => compareText(a.effectiveDate!, b.effectiveDate!) || compareText(a.id ?? '', b.id ?? '');
	const begun = dated.filter((role) => role.effectiveDate!.slice(0, 10) <= today).sort(order);
	return begun.at(-1) ?? dated.sort(order)[0] ?? roles[0];
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Ids of the other, not offboarded people with the same work e-mail, for each person who has any. */
export function sharedWorkEmails(people: readonly Person[]): Map<string, string[]> {
	const byEmail = new Map<string, Person[]>();
	for (const person of people) {
		const email = person.email?.toLowerCase();
		if (!email) continue;
		const group = byEmail.get(email);
		if (group) group.push(person);
		else byEmail.set(email, [person]);
	}
	const shared = new Map<string, string[]>();
	for (const group of byEmail.values()) {
		if (group.length < 2) continue;
		for (const person of group) {
			shared.set(
				person.id,
				group.filter((other) => other.id !== person.id && other.status !== 'offboarded').map((other) => other.id),
			);
		}
	}
	return shared;
}
