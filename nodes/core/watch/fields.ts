import type { Person } from '../subject';

/**
 * What is watched of a person, by the name that `changedFields` gives it. The keys after the first
 * one belong to the same thing and have its name: a phone number and how it is written, or where
 * somebody works who works remotely. `status` is watched apart.
 */
const WATCHED: ReadonlyArray<readonly [keyof Person, ...Array<keyof Person>]> = [
	['firstName'],
	['middleName'],
	['lastName'],
	['preferredName'],
	['email'],
	['personalEmail'],
	['phoneNumber', 'formattedPhoneNumber'],
	['personalPhoneNumber', 'formattedPersonalPhoneNumber'],
	['address'],
	['city'],
	['state'],
	['postcode'],
	['country', 'countryCode'],
	[
		'location',
		'locationId',
		'remoteCity',
		'remoteRegionCode',
		'remoteCountryCode',
		'remoteTimezone',
	],
	['timezone'],
	['employmentStartDate'],
	['firstWorkingDay'],
	['employmentEndDate'],
	['lastWorkingDay'],
	['probationEndDate'],
	['leavingReason'],
	['contractType'],
	['employeeId'],
	['teams'],
	['workingDays'],
	['role'],
	['source', 'sourceId'],
	['isVerified'],
	['demo'],
	['jobTitle'],
	['department'],
	['manager'],
	['customFields'],
];

/** Names of the watched fields, in the order of a print. */
export const FIELD_NAMES: readonly string[] = WATCHED.map(([name]) => name);

/**
 * Fields of the job role. A person without a role has none of them: then they are empty, and not
 * unknown.
 */
export const ROLE_FIELDS: readonly string[] = ['jobTitle', 'department', 'manager'];

/** Custom fields without a single one are as good as none that were read. */
const isAbsent = (value: unknown): boolean =>
	value === undefined ||
	(typeof value === 'object' &&
		value !== null &&
		!Array.isArray(value) &&
		Object.keys(value).length === 0);

/**
 * Whether this read could see a field, for each watched field: one that nobody has is one that the
 * token may not read.
 */
export const readableFields = (people: readonly Person[]): boolean[] =>
	WATCHED.map(
		(keys) =>
			ROLE_FIELDS.includes(keys[0]) ||
			people.some((person) => keys.some((key) => !isAbsent(person[key]))),
	);

/** Stands between the parts of a value: a character that no value has. */
const BETWEEN = '\u001f';
/** Stands for a value that Humaans gave and nobody can use: it is not empty. */
const UNUSABLE_TEXT = '\u0000';

const listText = (list: readonly string[]): string => [...list].sort().join(BETWEEN);

/** Parts by name, in any order; a part without a value is left out. */
const partsText = (parts: object): string =>
	listText(
		Object.entries(parts)
			.map(([name, part]) => [name, Array.isArray(part) ? listText(part) : (part ?? '')])
			.filter(([, part]) => part !== '')
			.map(([name, part]) => `${name}=${part}`),
	);

/**
 * One value as text, empty when there is none. The order of a list makes no difference. Of a
 * manager the ID counts and the name does not.
 */
function valueText(person: Person, key: keyof Person): string {
	const value = person[key];
	if (value === undefined || value === null)
		return person.unusable?.includes(key) ? UNUSABLE_TEXT : '';
	if (Array.isArray(value)) return listText(value);
	if (key === 'manager') return person.manager?.id ?? '';
	return typeof value === 'object' ? partsText(value) : String(value);
}

/** Each watched field as text, in the order of `FIELD_NAMES`; empty when the person has none. */
export const fieldTexts = (person: Person): string[] =>
	WATCHED.map((keys) => {
		const texts = keys.map((key) => valueText(person, key));
		return texts.every((text) => text === '') ? '' : texts.join(BETWEEN);
	});
