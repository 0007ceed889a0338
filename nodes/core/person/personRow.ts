import { z } from 'zod';
import { cleanText, onOneLine } from '../text';
import { isCalendarDate } from '../time';
import type { Person } from '../subject';

/**
 * The texts of GET /people that this package reads. Tax, bank, pay and the calendar token are not
 * among them.
 */
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
/** The one of them that has lines by its nature. */
const FIELD_WITH_LINES = 'address';
const LIST_FIELDS = ['teams', 'workingDays'] as const;
const FLAG_FIELDS = ['isVerified', 'demo'] as const;
export const PERSON_STATUSES = ['active', 'newHire', 'offboarded'] as const;
const LONGEST_ID = 64;

/** Whether a text can be an ID of Humaans (24 letters and digits in the documentation). */
export const isUsableId = (text: string): boolean => /^[A-Za-z0-9_-]{1,64}$/.test(text);

/** The same schema for each of these fields. */
const each = <K extends string, S extends z.ZodTypeAny>(names: readonly K[], schema: S) =>
	Object.fromEntries(names.map((name) => [name, schema])) as Record<K, S>;

const textLike = z.union([z.string(), z.number(), z.null()]).optional();
/** On one line: a name with a line break would look like another line of a message. */
export const textField = textLike.transform((value) => trimmed(value));
/** With its line breaks. */
export const paragraphField = textLike.transform((value) => trimmed(value, cleanText));

/**
 * One row of GET /people. Everything but `id` and `status` may be absent: what a token may not read
 * is not there.
 */
export const personRow = z.object({
	id: z.string().trim().min(1).max(LONGEST_ID),
	status: z.enum(PERSON_STATUSES),
	...each(TEXT_FIELDS, textField),
	[FIELD_WITH_LINES]: paragraphField,
	...each(
		LIST_FIELDS,
		z
			.array(
				z.union([z.string(), z.object({ name: z.string().nullish(), day: z.string().nullish() })]),
			)
			.nullish()
			.transform(entryNames),
	),
	...each(FLAG_FIELDS, z.boolean().nullish()),
});

/** The text as people read it; an empty text is `null`. Absent stays absent. */
export function trimmed(
	value: string | number | null | undefined,
	clean: (text: string) => string = onOneLine,
): string | null | undefined {
	if (value === undefined || value === null) return value;
	return clean(typeof value === 'string' ? value : String(value)) || null;
}

function entryNames(
	list: ReadonlyArray<string | { name?: string | null; day?: string | null }> | null | undefined,
): string[] | undefined {
	return list
		? list
				.map((one) => onOneLine(typeof one === 'string' ? one : entryName(one)))
				.filter((text) => text !== '')
		: undefined;
}

const entryName = ({ name, day }: { name?: string | null; day?: string | null }): string =>
	name ?? day ?? '';

/** The texts as people read them, without those that are empty. */
export const cleanTexts = (texts: readonly string[]): string[] =>
	texts.map(cleanText).filter((text) => text !== '');

export const isText = (value: unknown): value is string | null =>
	typeof value === 'string' || value === null;
const isNamed = (entry: unknown): boolean =>
	typeof entry === 'string' ||
	(entry instanceof Object &&
		isText((entry as { name?: unknown }).name ?? null) &&
		isText((entry as { day?: unknown }).day ?? null) &&
		!Array.isArray(entry));

/**
 * A person from a row in which each value has its usual type: the same as `personRow` gives, at a
 * tenth of the cost. `undefined` for any other row; then the schema says what is wrong.
 */
function plainRow(row: Record<string, unknown>): Person | undefined {
	const { id, status } = row;
	if (typeof id !== 'string' || !PERSON_STATUSES.includes(status as never)) return undefined;
	const person: Person & Record<string, unknown> = {
		id: id.trim(),
		status: status as Person['status'],
	};
	if (person.id === '' || person.id.length > LONGEST_ID) return undefined;
	for (const field of TEXT_FIELDS) {
		const value = row[field];
		if (value === undefined) continue;
		if (!isText(value)) return undefined;
		person[field] = trimmed(value, field === FIELD_WITH_LINES ? cleanText : onOneLine);
	}
	for (const field of LIST_FIELDS) {
		const value = row[field];
		if (value === undefined || value === null) continue;
		if (!Array.isArray(value) || !value.every(isNamed)) return undefined;
		person[field] = entryNames(value);
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

/**
 * A row of GET /people as a person. What is wrong with a row is told by its ID and its fields,
 * never by its values.
 */
export function parsePersonRow(row: unknown): PersonParse {
	const plain =
		row !== null && typeof row === 'object' && !Array.isArray(row)
			? plainRow(row as Record<string, unknown>)
			: undefined;
	return plain ? { ok: true, person: withUsableDates(plain) } : bySchema(row);
}

/** The same, by the schema alone. */
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

/** A day with the time 00:00, in whatever zone, is that day (the documented form has no time). */
const MIDNIGHT = /^(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/** The day that a text names, `YYYY-MM-DD`; null when it names none for certain. */
export function dayOf(text: string | null | undefined): string | null {
	const day = MIDNIGHT.exec(text ?? '')?.[1] ?? '';
	return isCalendarDate(day) ? day : null;
}

/**
 * Dates become `YYYY-MM-DD`; one that nobody can use becomes `null` and is named. A date with
 * another time is one of those: which day it means depends on where the person is.
 */
function withUsableDates(person: Person): Person {
	const unusable: string[] = [];
	for (const field of DATE_FIELDS) {
		const value = person[field];
		if (typeof value !== 'string') continue;
		person[field] = dayOf(value);
		if (person[field] === null) unusable.push(field);
	}
	if (typeof person.countryCode === 'string') person.countryCode = person.countryCode.toUpperCase();
	if (unusable.length > 0) person.unusable = unusable;
	return person;
}
