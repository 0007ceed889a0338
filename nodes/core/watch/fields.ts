import type { Person } from '../subject';

/**
 * What is watched of a person, by the name that `changedFields` gives it. Keys after the first
 * belong to the same thing and are told by its name: a phone number and how it is written, the
 * place of work of somebody remote. `status` is watched apart.
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

/** Names of the watched fields, in the order of a print's hashes. */
export const FIELD_NAMES: readonly string[] = WATCHED.map(([name]) => name);

/**
 * Fields of the job role: a person without a role has none of them, and that is knowledge, not a
 * lack of it.
 */
export const ROLE_FIELDS: readonly string[] = ['jobTitle', 'department', 'manager'];

/** Stands for "not readable": never the hash of a value, and never a change. */
export const UNKNOWN = 0;

/** One person as hashes: no value of theirs can be read from it. */
export interface Print {
	/** Place in `PRINT_STATUSES`; 0 for somebody whose row could not be read so far. */
	status: number;
	/** 16 bits over all hashes in full: tells of a change that the short hashes miss. */
	digest: number;
	/** One 32-bit number a watched field; only the upper bits are kept from poll to poll. */
	hashes: readonly number[];
	/** The row cannot be read at present, and that has been told. */
	unreadable: boolean;
}

export const PRINT_STATUSES = ['neverRead', 'newHire', 'active', 'offboarded'] as const;
export const NEVER_READ: Print = {
	status: 0,
	digest: 0,
	hashes: FIELD_NAMES.map(() => UNKNOWN),
	unreadable: true,
};

/** Upper bits that are never all 0 in the hash of a value: the shortest hash that is kept. */
export const SHORTEST = 6;
const LOWEST_HASH = 2 ** (32 - SHORTEST);

/**
 * FNV-1a with Murmur3's last mixing: quick, and spread evenly over the upper bits. Not a secret,
 * not a signature.
 */
function hashOf(text: string): number {
	let hash = 0x811c9dc5;
	for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
	const mixed = mix(hash);
	return mixed < LOWEST_HASH ? mixed + LOWEST_HASH : mixed;
}

function mix(hash: number): number {
	let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
	mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
	return (mixed ^ (mixed >>> 16)) >>> 0;
}

const EMPTY_HASH = hashOf('');
const BETWEEN = '\u001f';

/**
 * One text for one value. Lists in any order are the same, a part without a value is as good as
 * none; of a manager only who it is counts, not how they are called.
 */
function textOf(person: Person, key: keyof Person): string {
	const value = person[key];
	if (value === undefined || value === null) return person.unusable?.includes(key) ? '\u0000' : '';
	if (Array.isArray(value)) return [...value].sort().join(BETWEEN);
	if (key === 'manager') return person.manager?.id ?? '';
	if (typeof value === 'object') {
		const parts = Object.entries(value).map(([name, part]) => [
			name,
			Array.isArray(part) ? [...part].sort().join(BETWEEN) : (part ?? ''),
		]);
		const filled = parts.filter(([, part]) => part !== '').map(([name, part]) => `${name}=${part}`);
		return filled.sort().join(BETWEEN);
	}
	return String(value);
}

const hasNone = (value: unknown): boolean =>
	value === undefined ||
	(typeof value === 'object' &&
		value !== null &&
		!Array.isArray(value) &&
		Object.keys(value).length === 0);

/**
 * Per watched field: whether this read could see it. A field that nobody has is one the token may
 * not read.
 */
export function seenFields(people: readonly Person[]): boolean[] {
	return WATCHED.map(
		(keys) =>
			ROLE_FIELDS.includes(keys[0]) ||
			people.some((person) => keys.some((key) => !hasNone(person[key]))),
	);
}

/** The same of an earlier read, by what was kept of it. */
export function seenInPrints(prints: Iterable<Print>): boolean[] {
	const seen = WATCHED.map(() => false);
	let unseen = seen.length;
	for (const { hashes } of prints) {
		if (unseen === 0) break;
		hashes.forEach((hash, field) => {
			if (hash === UNKNOWN || seen[field]) return;
			seen[field] = true;
			unseen--;
		});
	}
	return seen;
}

/**
 * Whether one of these people has anything in one of these fields. @param width Upper bits of a
 * hash that count.
 */
export function anybodyHas(
	fields: readonly string[],
	prints: Iterable<Print>,
	width: number,
): boolean {
	const places = fields.map((name) => FIELD_NAMES.indexOf(name));
	const empty = EMPTY_HASH >>> (32 - width);
	for (const { hashes } of prints)
		if (
			places.some((field) => hashes[field] !== UNKNOWN && hashes[field]! >>> (32 - width) !== empty)
		)
			return true;
	return false;
}

export function printOf(person: Person, seen: readonly boolean[]): Print {
	let digest = 0;
	const hashes = WATCHED.map((keys, field) => {
		if (!seen[field]) return UNKNOWN;
		const text =
			keys.length === 1
				? textOf(person, keys[0])
				: keys.map((key) => textOf(person, key)).join(BETWEEN);
		return text === '' ? EMPTY_HASH : hashOf(text);
	});
	for (const hash of hashes) digest = mix(Math.imul(digest, 31) + hash);
	return {
		status: PRINT_STATUSES.indexOf(person.status),
		digest: digest >>> 16,
		hashes,
		unreadable: false,
	};
}
