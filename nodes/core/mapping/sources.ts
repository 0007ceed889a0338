import type { AddressEntry, Person, SlotValue } from '../subject';
import { onOneLine } from '../text';
import { countryCodeOf } from './countries';

/**
 * What a field yields for one person: a value, `null` (explicitly empty) or `undefined` (unknown,
 * never touches JumpCloud).
 */
export type SourceValue = SlotValue | null | undefined;
export type TextValue = string | null | undefined;

/**
 * One line, without invisible characters: line breaks become ", ", runs of white space one space.
 * What is neither text nor number is unknown.
 */
export function oneLine(value: unknown): TextValue {
	if (value === null) return null;
	if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
	if (typeof value !== 'string') return undefined;
	return onOneLine(value) || null;
}

/**
 * Several values as one line, in the order of the alphabet: the order in which Humaans gives them
 * never causes a write.
 */
export function joined(values: readonly unknown[]): TextValue {
	const lines = values.map(oneLine).filter((line): line is string => typeof line === 'string');
	return lines.length === 0 ? null : [...new Set(lines)].sort().join(', ');
}

/**
 * The first name under which Humaans has such a custom field, in any case; several values are
 * joined.
 */
export function customField(person: Person, ...names: string[]): TextValue {
	if (!person.customFields) return undefined;
	const wanted = names.map((name) => name.toLowerCase());
	for (const [name, value] of Object.entries(person.customFields)) {
		if (wanted.includes(name.trim().toLowerCase()))
			return Array.isArray(value) ? joined(value) : oneLine(value);
	}
	return undefined;
}

/** The number as it is kept; the formatted one only where the token cannot read the other. */
export const phone = (number: TextValue, formatted: TextValue): TextValue =>
	oneLine(number === undefined ? formatted : number);

/**
 * The country as a code; `undefined` when Humaans names one that is not known, so that nothing is
 * guessed.
 */
function country(person: Person): TextValue {
	const given = oneLine(person.countryCode) ?? oneLine(person.country);
	return typeof given === 'string' ? countryCodeOf(given) : given;
}

/** A sentence when the country of an address has no ISO code. */
export function countryProblem(person: Person): string | null {
	const given = oneLine(person.countryCode) ?? oneLine(person.country);
	return typeof given === 'string' && countryCodeOf(given) === undefined
		? 'The country in Humaans is neither an ISO code nor a country name; it is left as it is.'
		: null;
}

type AddressPart = keyof Omit<AddressEntry, 'type'>;

/**
 * The home address. A part that is empty in Humaans is "", one that is unknown is absent and keeps
 * what JumpCloud has. A country alone is where somebody lives by default, not an address.
 */
export function fullAddress(person: Person): SourceValue {
	const local: ReadonlyArray<[AddressPart, TextValue]> = [
		['streetAddress', oneLine(person.address)],
		['locality', oneLine(person.city)],
		['region', oneLine(person.state)],
		['postalCode', oneLine(person.postcode)],
	];
	if (local.every(([, value]) => typeof value !== 'string'))
		return local.some(([, value]) => value === undefined) ? undefined : null;
	const address: Partial<Record<AddressPart, string>> = {};
	for (const [part, value] of local) if (value !== undefined) address[part] = value ?? '';
	const land = country(person);
	if (land !== undefined) address.country = land ?? '';
	return address;
}
