import type { Account, AddressEntry, SlotValue } from '../subject';
import { attributeOf } from './attributes';
import { customAttribute, isOwnAttribute } from './link';

/**
 * A slot is one place for one value on an account: an attribute (`jobTitle`), an entry of an array
 * (`phoneNumbers.work`, `addresses.home`) or a custom attribute (`attributes.startDate`).
 */
export interface Slot {
	root: string;
	key: string | null;
}

const parsed = new Map<string, Slot>();

export function parseSlot(slot: string): Slot {
	const known = parsed.get(slot);
	if (known) return known;
	const dot = slot.indexOf('.');
	const made =
		dot < 0 ? { root: slot, key: null } : { root: slot.slice(0, dot), key: slot.slice(dot + 1) };
	parsed.set(slot, made);
	return made;
}

/** What this package may write: the rows of `ATTRIBUTES`, and custom attributes. */
export function isWritable(slot: string): boolean {
	const { root, key } = parseSlot(slot);
	return attributeOf(slot) !== undefined || (root === 'attributes' && Boolean(key));
}

/** What a mapping may write: all of that but the attributes this package keeps for itself. */
export function isMappable(slot: string): boolean {
	const { root, key } = parseSlot(slot);
	return isWritable(slot) && !(root === 'attributes' && isOwnAttribute(key!));
}

/** By these somebody is known, signs in or gets mail: they are unique in JumpCloud. */
export const UNIQUE_SLOTS = ['email', 'alternateEmail', 'employeeIdentifier'] as const;

export const isNeverEmptied = (slot: string): boolean =>
	slot === 'username' || attributeOf(slot)?.neverEmptied === true;

const isEmailSlot = (slot: string): boolean => slot === 'email' || slot === 'alternateEmail';

/** The parts of an address that this package writes; a post box and an extension stay as they are. */
export const WRITTEN_PARTS = [
	'streetAddress',
	'locality',
	'region',
	'postalCode',
	'country',
] as const;

type Address = Omit<AddressEntry, 'type'>;

export const textOrNull = (value: unknown): string | null =>
	typeof value === 'string' && value.trim() !== '' ? value.trim() : null;

/** The filled parts of an address, or null when there are none. */
export function filledAddress(address: Address): SlotValue | null {
	let filled: Record<string, string> | null = null;
	for (const part of WRITTEN_PARTS) {
		const text = textOrNull(address[part]);
		if (text !== null) (filled ??= {})[part] = text;
	}
	return filled;
}

/**
 * Known parts of an address over those it does not speak of; what is empty in the end is left out.
 */
export const addressOver = (wanted: Address, current: SlotValue | null): SlotValue | null =>
	filledAddress({ ...(typeof current === 'object' ? current : {}), ...wanted });

/** The values of an array's entries of one type, in their order; empty ones are left out. */
function valuesIn(account: Account, { root, key }: Slot): SlotValue[] {
	if (root === 'phoneNumbers') {
		const ofType = (account.phoneNumbers ?? []).filter((entry) => entry?.type === key);
		return ofType.map((entry) => textOrNull(entry.number)).filter((number) => number !== null);
	}
	const ofType = (account.addresses ?? []).filter((entry) => entry?.type === key);
	return ofType.map(filledAddress).filter((address) => address !== null);
}

/**
 * What the account holds in a slot, or null when it is empty. Of several entries of one type it is
 * the one that agrees with `wanted`, so that their order never causes a write; the first, when none
 * does.
 */
export function readSlot(
	account: Account,
	name: string,
	wanted: SlotValue | null = null,
): SlotValue | null {
	const slot = parseSlot(name);
	if (slot.root === 'attributes') return customAttribute(account, slot.key ?? '');
	if (slot.root !== 'phoneNumbers' && slot.root !== 'addresses') {
		return textOrNull(account[slot.root]);
	}
	const values = valuesIn(account, slot);
	const agrees = (value: SlotValue): boolean =>
		sameSlotValue(
			name,
			value,
			typeof wanted === 'object' && wanted ? addressOver(wanted, value) : wanted,
		);
	return values.find(agrees) ?? values[0] ?? null;
}

/** Equal for JumpCloud: emails in any case, addresses part by part. */
export function sameSlotValue(name: string, a: SlotValue | null, b: SlotValue | null): boolean {
	if (a === null || b === null) return a === b;
	return slotText(name, a) === slotText(name, b);
}

/** One text for one value, the same for values that `sameSlotValue` calls equal. */
export function slotText(name: string, value: SlotValue): string {
	if (typeof value === 'string') return isEmailSlot(name) ? value.toLowerCase() : value;
	let text = '';
	for (const part of WRITTEN_PARTS) text += `${value[part] ?? ''}\u001f`;
	return text;
}
