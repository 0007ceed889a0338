import { z } from 'zod';
import { isCalendarDate } from '../time';
import type { Person } from '../subject';

/** Every text of GET /people that may enter; tax, bank, feed token and pay are not among them. */
const TEXT_FIELDS = [
	'companyId',
	'firstName',
	'middleName',
	'lastName',
	'preferredName',
	'email',
	'personalEmail',
	'locationId',
	'remoteCity',
	'remoteRegionCode',
	'remoteCountryCode',
	'remoteTimezone',
	'phoneNumber',
	'formattedPhoneNumber',
	'personalPhoneNumber',
	'formattedPersonalPhoneNumber',
	'address',
	'city',
	'state',
	'postcode',
	'countryCode',
	'country',
	'employmentStartDate',
	'firstWorkingDay',
	'employmentEndDate',
	'lastWorkingDay',
	'probationEndDate',
	'leavingReason',
	'contractType',
	'employeeId',
	'role',
	'source',
	'sourceId',
	'timezone',
	'createdAt',
	'updatedAt',
] as const;
const LIST_FIELDS = ['teams', 'workingDays'] as const;
const FLAG_FIELDS = ['isVerified', 'demo'] as const;
const STATUS = ['active', 'newHire', 'offboarded'] as const;
const LONGEST_ID = 64;

/** One schema for every field of a kind. */
const each = <K extends string, S extends z.ZodTypeAny>(names: readonly K[], schema: S) =>
	Object.fromEntries(names.map((name) => [name, schema])) as Record<K, S>;

export const text = z.union([z.string(), z.number(), z.null()]).optional().transform(textOf);

/**
 * One row of GET /people, and the verdict on it. Everything but `id` and `status` may be absent:
 * what a token may not read is not there.
 */
export const personRow = z.object({
	id: z.string().trim().min(1).max(LONGEST_ID),
	status: z.enum(STATUS),
	...each(TEXT_FIELDS, text),
	...each(
		LIST_FIELDS,
		z
			.array(
				z.union([z.string(), z.object({ name: z.string().nullish(), day: z.string().nullish() })]),
			)
			.nullish()
			.transform(namesOf),
	),
	...each(FLAG_FIELDS, z.boolean().nullish()),
});

/**
 * Trims every kind of white space at the ends (no-break space too); an empty text is `null`. Absent
 * stays absent.
 */
export function textOf(value: string | number | null | undefined): string | null | undefined {
	if (value === undefined || value === null) return value;
	return (typeof value === 'string' ? value : String(value)).trim() || null;
}

function namesOf(
	list: ReadonlyArray<string | { name?: string | null; day?: string | null }> | null | undefined,
): string[] | undefined {
	return list
		?.map((entry) => (typeof entry === 'string' ? entry : (entry.name ?? entry.day ?? '')))
		.filter((name) => name !== '');
}

export const isText = (value: unknown): value is string | null =>
	typeof value === 'string' || value === null;
const isNamed = (entry: unknown): boolean =>
	typeof entry === 'string' ||
	(entry instanceof Object &&
		isText((entry as { name?: unknown }).name ?? null) &&
		isText((entry as { day?: unknown }).day ?? null) &&
		!Array.isArray(entry));

/**
 * The same as `personRow` gives for a row in which every value is of its plain kind, at a tenth of
 * its cost; undefined for any other row, whatever is the matter: that is for the schema to say.
 */
function plainRow(row: Record<string, unknown>): Person | undefined {
	const { id, status } = row;
	if (typeof id !== 'string' || !STATUS.includes(status as never)) return undefined;
	const person: Person & Record<string, unknown> = {
		id: id.trim(),
		status: status as Person['status'],
	};
	if (person.id === '' || person.id.length > LONGEST_ID) return undefined;
	for (const field of TEXT_FIELDS) {
		const value = row[field];
		if (value === undefined) continue;
		if (!isText(value)) return undefined;
		person[field] = textOf(value);
	}
	for (const field of LIST_FIELDS) {
		const value = row[field];
		if (value === undefined || value === null) continue;
		if (!Array.isArray(value) || !value.every(isNamed)) return undefined;
		person[field] = namesOf(value);
	}
	for (const field of FLAG_FIELDS) {
		const value = row[field];
		if (value === undefined) continue;
		if (value !== null && typeof value !== 'boolean') return undefined;
		person[field] = value;
	}
	return person;
}

export type PersonParse =
	| { ok: true; person: Person }
	| { ok: false; id: string | null; problem: string };

/** A row that cannot be read is named by its id and its fields, never by its values. */
export function parsePersonRow(row: unknown): PersonParse {
	const plain =
		row !== null && typeof row === 'object' && !Array.isArray(row)
			? plainRow(row as Record<string, unknown>)
			: undefined;
	return plain ? { ok: true, person: withUsableDates(plain) } : bySchema(row);
}

/** By the schema alone. */
export function bySchema(row: unknown): PersonParse {
	const parsed = personRow.safeParse(row);
	if (parsed.success) return { ok: true, person: withUsableDates(withoutUndefined(parsed.data)) };
	const id = (row as { id?: unknown } | null)?.id;
	const fields = [
		...new Set(parsed.error.issues.map((issue) => issue.path.join('.') || 'the row itself')),
	].join(', ');
	return {
		ok: false,
		id: typeof id === 'string' && id.trim() !== '' ? id.trim() : null,
		problem: `Humaans returned a person this package cannot read (check: ${fields}).`,
	};
}

const withoutUndefined = (row: z.infer<typeof personRow>): Person =>
	Object.fromEntries(
		Object.entries(row).filter(([, value]) => value !== undefined),
	) as unknown as Person;

const DATE_FIELDS = [
	'employmentStartDate',
	'firstWorkingDay',
	'employmentEndDate',
	'lastWorkingDay',
	'probationEndDate',
] as const;

/** Dates become `YYYY-MM-DD`; one that nobody can use becomes `null` and is named. */
function withUsableDates(person: Person): Person {
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
	return person;
}
