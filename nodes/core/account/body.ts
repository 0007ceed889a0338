import type { Account, AddressEntry, PhoneEntry, SlotValue } from '../subject';
import { withAttributes } from './link';
import {
	WRITTEN_PARTS,
	filledAddress,
	isWritable,
	parseSlot,
	sameSlotValue,
	textOrNull,
} from './slots';

/** The body of a POST or PUT. */
export type AccountBody = Record<string, unknown>;

const ARRAYS: readonly string[] = ['attributes', 'phoneNumbers', 'addresses'];

/** JumpCloud replaces arrays whole, so such a body holds only for the account it was made from. */
export const holdsArrays = (body: AccountBody): boolean => ARRAYS.some((name) => name in body);

/** A value for one entry of an array; `current` is what the account holds there. */
export interface EntryChange<T> {
	type: string;
	value: T | null;
	current: SlotValue | null;
}

/**
 * The entries with the one of our type set or removed. Others stay, in their order, without the
 * API's `id`: other types, and of several of one type all but the one whose value is `current`.
 */
function withEntry<E extends { type: string }>(
	entries: readonly E[],
	ours: E | null,
	isOurs: (entry: E) => boolean,
): E[] {
	const at = entries.findIndex(isOurs);
	if (at < 0) return ours === null ? [...entries] : [...entries, ours];
	return entries.flatMap((entry, index) => (index !== at ? [entry] : ours === null ? [] : [ours]));
}

function withPhone(
	entries: readonly PhoneEntry[],
	{ type, value, current }: EntryChange<string>,
): PhoneEntry[] {
	const plain = entries.map((entry) => ({ type: entry.type, number: entry.number }));
	const isOurs = (entry: PhoneEntry): boolean =>
		entry.type === type && textOrNull(entry.number) === current;
	return withEntry(plain, value === null ? null : { type, number: value }, isOurs);
}

/** Parts that are empty are left out: JumpCloud must not be sent null inside an address. */
function withoutEmpties(entry: AddressEntry): AddressEntry {
	const kept: AddressEntry = { type: entry.type };
	for (const part of ['poBox', 'extendedAddress', ...WRITTEN_PARTS] as const) {
		const text = textOrNull(entry[part]);
		if (text !== null) kept[part] = text;
	}
	return kept;
}

function withAddress(
	entries: readonly AddressEntry[],
	{ type, value, current }: EntryChange<Omit<AddressEntry, 'type'>>,
): AddressEntry[] {
	const plain = entries.map(withoutEmpties);
	const isOurs = (entry: AddressEntry): boolean =>
		entry.type === type && sameSlotValue('addresses', filledAddress(entry), current);
	const { poBox, extendedAddress } = plain.find(isOurs) ?? {};
	const ours = value === null ? null : withoutEmpties({ type, poBox, extendedAddress, ...value });
	return withEntry(plain, ours, isOurs);
}

/** A value for a slot, and what the account holds there now. */
export interface SlotChange {
	value: SlotValue | null;
	current: SlotValue | null;
}

/**
 * The body of a PUT (or POST, with an empty account) that brings the slots to these values. Arrays
 * come whole, merged with what the account holds, because JumpCloud replaces them whole. An emptied
 * text is "", an emptied manager is null (JumpCloud's own client).
 */
export function bodyFor(
	account: Partial<Account>,
	values: ReadonlyMap<string, SlotChange>,
): AccountBody {
	const body: AccountBody = {};
	const custom: Record<string, string | null> = {};
	let phones: PhoneEntry[] | null = null;
	let addresses: AddressEntry[] | null = null;
	for (const [name, { value, current }] of values) {
		if (!isWritable(name)) continue;
		const { root, key } = parseSlot(name);
		if (root === 'phoneNumbers') {
			const change = { type: key!, value: value as string | null, current };
			body[root] = phones = withPhone(phones ?? account.phoneNumbers ?? [], change);
		} else if (root === 'addresses') {
			const change = { type: key!, value: value as Omit<AddressEntry, 'type'> | null, current };
			body[root] = addresses = withAddress(addresses ?? account.addresses ?? [], change);
		} else if (root === 'attributes') {
			custom[key!] = value as string | null;
		} else {
			body[root] = value ?? (root === 'manager' ? null : '');
		}
	}
	if (Object.keys(custom).length > 0) body.attributes = withAttributes(account, custom);
	return body;
}
