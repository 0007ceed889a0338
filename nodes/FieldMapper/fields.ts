import { isEmail } from '../shared/email';
import type { AddressEntry, Person, SlotValue } from '../shared/subject';

/** What a field yields for one person: a value, `null` (explicitly empty) or `undefined` (unknown, never touches JumpCloud). */
export type SourceValue = SlotValue | null | undefined;

export interface SyncField {
	/** Stable id: the value stored in a workflow. */
	id: string;
	/** What the admin ticks. */
	label: string;
	/** Where the value comes from, in words for the docs. */
	source: string;
	/** Slot in JumpCloud: an attribute, `phoneNumbers.<type>`, `addresses.<type>` or `attributes.<name>`. */
	slot: string;
	/** Ticked in a new node. */
	default: boolean;
	/** Longest value JumpCloud takes, in characters (jumpcloud-v1 swagger; employeeIdentifier 256). */
	limit: number;
	/** False: an empty value in Humaans never empties JumpCloud, whatever the settings. */
	clearable: boolean;
	read: (person: Person) => SourceValue;
	/** A sentence when the value cannot be used. */
	check?: (value: string) => string | null;
}

const LONG = 1024;

/** One line: line breaks become ", ", runs of white space one space. */
export function oneLine(text: string | null | undefined): string | null | undefined {
	if (text === undefined || text === null) return text;
	const line = text
		.split(/\s*[\r\n\u2028\u2029]+\s*/)
		.map((part) => part.replace(/[\s\u00a0]+/g, ' ').trim())
		.filter((part) => part !== '')
		.join(', ');
	return line === '' ? null : line;
}

function fullAddress(person: Person): SourceValue {
	const parts: Array<[keyof Omit<AddressEntry, 'type'>, string | null | undefined]> = [
		['streetAddress', oneLine(person.address)],
		['locality', oneLine(person.city)],
		['region', oneLine(person.state)],
		['postalCode', oneLine(person.postcode)],
		['country', oneLine(person.countryCode ?? person.country)],
	];
	if (parts.every(([, value]) => value === undefined)) return undefined;
	const known = parts.filter((part): part is [keyof Omit<AddressEntry, 'type'>, string] => typeof part[1] === 'string');
	// A country alone is where somebody lives by default, not an address.
	if (known.every(([key]) => key === 'country')) return null;
	return Object.fromEntries(known);
}

/** The number as it is kept; the formatted one only where the token cannot read the other. */
const phone = (number: string | null | undefined, formatted: string | null | undefined): SourceValue => oneLine(number === undefined ? formatted : number);

const emailCheck = (what: string) => (value: string) => (isEmail(value) ? null : `The ${what} in Humaans is not a valid e-mail address.`);

/**
 * The one table of fields: what can be ticked in Field Mapper, where it goes, how long it may be and whether it may be cleared.
 * The UI, the mapping, the docs and the tests read it; a new field is a new row.
 */
export const FIELDS: readonly SyncField[] = [
	{ id: 'firstName', label: 'First Name', source: 'firstName', slot: 'firstname', default: true, limit: LONG, clearable: false, read: (p) => oneLine(p.firstName) },
	{ id: 'lastName', label: 'Last Name', source: 'lastName', slot: 'lastname', default: true, limit: LONG, clearable: false, read: (p) => oneLine(p.lastName) },
	{ id: 'workEmail', label: 'Work Email', source: 'email', slot: 'email', default: true, limit: LONG, clearable: false, read: (p) => p.email, check: emailCheck('work e-mail') },
	{ id: 'personalEmail', label: 'Personal Email', source: 'personalEmail', slot: 'alternateEmail', default: true, limit: LONG, clearable: true, read: (p) => p.personalEmail, check: emailCheck('personal e-mail') },
	{ id: 'jobTitle', label: 'Job Title', source: 'job role in force: jobTitle', slot: 'jobTitle', default: true, limit: LONG, clearable: true, read: (p) => oneLine(p.jobTitle) },
	{ id: 'department', label: 'Department', source: 'job role in force: department', slot: 'department', default: true, limit: LONG, clearable: true, read: (p) => oneLine(p.department) },
	{ id: 'employeeId', label: 'Employee ID', source: 'employeeId', slot: 'employeeIdentifier', default: true, limit: 256, clearable: true, read: (p) => oneLine(p.employeeId) },
	{ id: 'phoneNumber', label: 'Phone Number', source: 'phoneNumber', slot: 'phoneNumbers.work', default: true, limit: LONG, clearable: true, read: (p) => phone(p.phoneNumber, p.formattedPhoneNumber) },
	{ id: 'personalPhoneNumber', label: 'Personal Phone Number', source: 'personalPhoneNumber', slot: 'phoneNumbers.mobile', default: true, limit: LONG, clearable: true, read: (p) => phone(p.personalPhoneNumber, p.formattedPersonalPhoneNumber) },
	{ id: 'fullAddress', label: 'Full Address', source: 'address, city, state, postcode, countryCode', slot: 'addresses.home', default: true, limit: LONG, clearable: true, read: fullAddress },
	{ id: 'companyName', label: 'Company', source: 'customFields.Company', slot: 'company', default: false, limit: LONG, clearable: true, read: (p) => customField(p, 'Company') },
	{ id: 'costCentre', label: 'Cost Centre', source: 'customFields["Cost centre"]', slot: 'costCenter', default: false, limit: LONG, clearable: true, read: (p) => customField(p, 'Cost centre') },
	{ id: 'displayName', label: 'Display Name', source: 'preferredName', slot: 'displayname', default: false, limit: LONG, clearable: true, read: (p) => oneLine(p.preferredName) },
	{ id: 'employeeType', label: 'Employee Type', source: 'contractType', slot: 'employeeType', default: false, limit: LONG, clearable: true, read: (p) => oneLine(p.contractType) },
	{ id: 'location', label: 'Location', source: 'location.name', slot: 'location', default: false, limit: LONG, clearable: true, read: (p) => (p.location === undefined ? undefined : oneLine(p.location?.name ?? null)) },
	{ id: 'manager', label: 'Manager', source: 'job role in force: reportingTo', slot: 'manager', default: false, limit: LONG, clearable: true, read: (p) => (p.manager === undefined ? undefined : (p.manager?.id ?? null)) },
	{ id: 'middleName', label: 'Middle Name', source: 'middleName', slot: 'middlename', default: false, limit: LONG, clearable: true, read: (p) => oneLine(p.middleName) },
	{ id: 'startDate', label: 'Start Date', source: 'employmentStartDate', slot: 'attributes.startDate', default: false, limit: LONG, clearable: true, read: (p) => p.employmentStartDate },
];

/** A Humaans custom field by its name, in any case; several values are joined by ", ". */
export function customField(person: Person, name: string): string | null | undefined {
	if (person.customFields === undefined) return undefined;
	const entry = Object.entries(person.customFields).find(([key]) => key.toLowerCase() === name.toLowerCase());
	if (!entry) return undefined;
	return oneLine(Array.isArray(entry[1]) ? entry[1].join(', ') : entry[1]);
}

export const DEFAULT_FIELD_IDS: readonly string[] = FIELDS.filter((field) => field.default).map((field) => field.id);
export const fieldById = (id: string): SyncField | undefined => FIELDS.find((field) => field.id === id);
/** Slots that are never emptied, whatever Humaans says. */
export const NEVER_CLEARED: readonly string[] = [...FIELDS.filter((field) => !field.clearable).map((field) => field.slot), 'username'];
