import { isEmail } from '../email';
import { isOwnAttribute } from '../account/link';
import { parseSlot } from '../account/slots';
import type { AddressEntry } from '../subject';
import { countryCodeOf } from './countries';
import { joined, oneLine, type SourceValue } from './sources';

export interface CustomTarget {
	/** What the admin picks. */
	label: string;
	/** Longest value JumpCloud takes, in characters. */
	limit: number;
	email?: boolean;
}

const LONG = 1024;

/**
 * JumpCloud attributes a custom mapping may write, by slot; passwords, states, usernames and rights
 * are not among them.
 */
export const CUSTOM_TARGETS: ReadonlyMap<string, CustomTarget> = new Map([
	['addresses.home', { label: 'Address, Home', limit: LONG }],
	['addresses.work', { label: 'Address, Work', limit: LONG }],
	['company', { label: 'Company', limit: LONG }],
	['email', { label: 'Company Email', limit: LONG, email: true }],
	['costCenter', { label: 'Cost Center', limit: LONG }],
	['department', { label: 'Department', limit: LONG }],
	['description', { label: 'Description', limit: LONG }],
	['displayname', { label: 'Display Name', limit: LONG }],
	['employeeIdentifier', { label: 'Employee ID', limit: 256 }],
	['employeeType', { label: 'Employee Type', limit: LONG }],
	['firstname', { label: 'First Name', limit: LONG }],
	['jobTitle', { label: 'Job Title', limit: LONG }],
	['lastname', { label: 'Last Name', limit: LONG }],
	['location', { label: 'Location', limit: LONG }],
	['managedAppleId', { label: 'Managed Apple ID', limit: LONG }],
	['manager', { label: 'Manager (Humaans Person ID)', limit: LONG }],
	['middlename', { label: 'Middle Name', limit: LONG }],
	['alternateEmail', { label: 'Personal Email', limit: LONG, email: true }],
	['phoneNumbers.home', { label: 'Phone, Home', limit: LONG }],
	['phoneNumbers.mobile', { label: 'Phone, Mobile', limit: LONG }],
	['phoneNumbers.work', { label: 'Phone, Work', limit: LONG }],
	['phoneNumbers.work_fax', { label: 'Phone, Work Fax', limit: LONG }],
	['phoneNumbers.work_mobile', { label: 'Phone, Work Mobile', limit: LONG }],
]);

const CUSTOM_ATTRIBUTE: CustomTarget = { label: 'Custom Attribute', limit: LONG };

/** JumpCloud, "Create custom user attributes": letters and digits only, under 32 characters. */
const isCustomAttributeName = (name: string): boolean => /^[A-Za-z0-9]{1,31}$/.test(name);

/** Where a custom mapping may write, or a sentence that says why not. */
export function customTarget(slot: string): CustomTarget | string {
	const { root, key } = parseSlot(slot);
	if (root !== 'attributes' || key === null)
		return (
			CUSTOM_TARGETS.get(slot) ?? `"${slot}" cannot be mapped. Choose an attribute from the list.`
		);
	if (key === '') return 'A custom mapping has no attribute name.';
	if (!isCustomAttributeName(key))
		return `"${key}" is not a custom attribute name: JumpCloud takes letters and digits only, under 32 characters.`;
	if (isOwnAttribute(key)) return `"${key}" is kept by this package and cannot be mapped.`;
	if (/passw(or)?d/i.test(key)) return 'Passwords cannot be mapped: JumpCloud controls them.';
	return CUSTOM_ATTRIBUTE;
}

export type Yielded = { value: SourceValue } | { problem: string };

const ADDRESS_PARTS = ['streetAddress', 'locality', 'region', 'postalCode'] as const;

/**
 * An address is given as one line, which is the street, or as an object with JumpCloud's own names
 * of its parts.
 */
function address(value: unknown): Yielded {
	if (typeof value !== 'object' || value === null) {
		const street = oneLine(value);
		return { value: typeof street === 'string' ? { streetAddress: street } : street };
	}
	const given = value as Record<string, unknown>;
	const parts: Array<[keyof Omit<AddressEntry, 'type'>, string]> = [];
	for (const part of ADDRESS_PARTS) {
		const text = oneLine(given[part]);
		if (text !== undefined) parts.push([part, text ?? '']);
	}
	const land = oneLine(given.country);
	const code = typeof land === 'string' ? countryCodeOf(land) : land;
	if (code !== undefined) parts.push(['country', code ?? '']);
	if (parts.length === 0)
		return {
			problem:
				'An address takes a text, or an object with streetAddress, locality, region, postalCode and country.',
		};
	return { value: parts.every(([, text]) => text === '') ? null : Object.fromEntries(parts) };
}

function plain(value: unknown): Yielded {
	if (Array.isArray(value))
		return value.some((entry) => typeof entry === 'object' && entry !== null)
			? { problem: OBJECT }
			: { value: joined(value) };
	if (typeof value === 'boolean') return { value: String(value) };
	if (typeof value === 'object' && value !== null) {
		// Dates of n8n expressions: Luxon's and the language's own.
		const date = value as { toISO?: () => string | null; toISOString?: () => string };
		const iso =
			date.toISO?.() ??
			(value instanceof Date && !Number.isNaN(value.getTime()) ? date.toISOString?.() : undefined);
		return typeof iso === 'string' ? { value: iso } : { problem: OBJECT };
	}
	return { value: oneLine(value) };
}

const OBJECT = 'The expression yields an object, not a text. Choose one of its values.';

/** What a custom mapping's expression yielded, as a value for its slot. */
export function customValue(slot: string, value: unknown): Yielded {
	if (parseSlot(slot).root === 'addresses') return address(value);
	const yielded = plain(value);
	if (
		'value' in yielded &&
		typeof yielded.value === 'string' &&
		CUSTOM_TARGETS.get(slot)?.email &&
		!isEmail(yielded.value)
	) {
		return { problem: 'The expression does not yield a valid e-mail address.' };
	}
	return yielded;
}
