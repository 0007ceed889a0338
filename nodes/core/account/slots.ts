import type { Account, AddressEntry, PhoneEntry, SlotValue } from '../subject';
import { customAttribute, isOwnAttribute, withAttributes } from './link';
import { sameEmail } from '../email';

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

/**
 * Attributes this package may write. A password, a state, a right or a username is never among
 * them, whatever an item says.
 */
const WRITABLE = new Set([
	'firstname',
	'middlename',
	'lastname',
	'displayname',
	'email',
	'alternateEmail',
	'jobTitle',
	'department',
	'company',
	'costCenter',
	'employeeType',
	'employeeIdentifier',
	'location',
	'description',
	'managedAppleId',
	'manager',
]);
/** Arrays this package may write one entry of, by type or name. */
const WRITABLE_ARRAYS = new Set(['phoneNumbers', 'addresses', 'attributes']);

export function isWritable(name: string): boolean {
	const { root, key } = parseSlot(name);
	return key === null ? WRITABLE.has(root) : WRITABLE_ARRAYS.has(root) && key !== '';
}

/**
 * What a mapping may write: all of that but the attributes in which this package keeps its own
 * notes.
 */
export function isMappable(name: string): boolean {
	const { root, key } = parseSlot(name);
	return isWritable(name) && !(root === 'attributes' && isOwnAttribute(key!));
}

/** Never emptied, whatever the settings: an account without them is no account. */
export const NEVER_EMPTIED: ReadonlySet<string> = new Set([
	'firstname',
	'lastname',
	'email',
	'username',
]);

const EMAIL_SLOTS = new Set(['email', 'alternateEmail']);
const ADDRESS_PARTS = ['streetAddress', 'locality', 'region', 'postalCode', 'country'] as const;

/**
 * Known parts of an address over those it does not speak of; what is empty in the end is left out.
 */
export function addressOver(
	wanted: Omit<AddressEntry, 'type'>,
	current: SlotValue | null,
): SlotValue | null {
	return addressOf({ type: '', ...(typeof current === 'object' ? current : {}), ...wanted });
}

const textOrNull = (value: unknown): string | null =>
	typeof value === 'string' && value.trim() !== '' ? value.trim() : null;

function addressOf(entry: AddressEntry): SlotValue | null {
	let address: Record<string, string> | null = null;
	for (const part of ADDRESS_PARTS) {
		const text = textOrNull(entry[part]);
		if (text !== null) (address ??= {})[part] = text;
	}
	return address;
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
	const { root, key } = parseSlot(name);
	if (root === 'phoneNumbers')
		return chosen(name, account.phoneNumbers, key, (entry) => textOrNull(entry.number), wanted);
	if (root === 'addresses') return chosen(name, account.addresses, key, addressOf, wanted);
	if (root === 'attributes') return customAttribute(account, key ?? '');
	return textOrNull(account[root]);
}

function chosen<T extends { type: string }>(
	name: string,
	entries: readonly T[] | undefined,
	type: string | null,
	valueOf: (entry: T) => SlotValue | null,
	wanted: SlotValue | null,
): SlotValue | null {
	let first: SlotValue | null = null;
	for (const entry of entries ?? []) {
		const value = entry.type === type ? valueOf(entry) : null;
		if (value === null) continue;
		const full =
			typeof wanted === 'string' || wanted === null ? wanted : addressOver(wanted, value);
		if (sameSlotValue(name, value, full)) return value;
		first ??= value;
	}
	return first;
}

/** Equal for JumpCloud: e-mails in any case, addresses part by part. */
export function sameSlotValue(name: string, a: SlotValue | null, b: SlotValue | null): boolean {
	if (a === null || b === null) return a === b;
	if (typeof a === 'string' && typeof b === 'string')
		return EMAIL_SLOTS.has(name) ? sameEmail(a, b) : a === b;
	return slotText(name, a) === slotText(name, b);
}

/** One text for one value, the same for values that `sameSlotValue` calls equal. */
export function slotText(name: string, value: SlotValue): string {
	if (typeof value === 'string') return EMAIL_SLOTS.has(name) ? value.toLowerCase() : value;
	let text = '';
	for (const part of ADDRESS_PARTS) text += `${value[part] ?? ''}\u001f`;
	return text;
}

/** Sub-fields that are empty are left out: JumpCloud must not be sent null inside an address. */
function withoutEmpties(entry: AddressEntry): AddressEntry {
	const { type } = entry;
	const parts = (['poBox', 'extendedAddress', ...ADDRESS_PARTS] as const).map(
		(part) => [part, textOrNull(entry[part])] as const,
	);
	return { type, ...Object.fromEntries(parts.filter(([, value]) => value !== null)) };
}

/**
 * The array with the first entry of our type set, or all of them removed; other entries are kept,
 * in order, without the API's `id`.
 */
function mergePhones(
	entries: readonly PhoneEntry[],
	type: string,
	number: string | null,
): PhoneEntry[] {
	const at = entries.findIndex((entry) => entry.type === type);
	const rest = entries.map((entry) => ({ type: entry.type, number: entry.number }));
	if (number === null) return rest.filter((entry) => entry.type !== type);
	if (at < 0) return [...rest, { type, number }];
	return rest.map((entry, index) => (index === at ? { type, number } : entry));
}

function mergeAddresses(
	entries: readonly AddressEntry[],
	type: string,
	address: Omit<AddressEntry, 'type'> | null,
): AddressEntry[] {
	const at = entries.findIndex((entry) => entry.type === type);
	const rest = entries.map(withoutEmpties);
	const theirs =
		at < 0 ? {} : { poBox: rest[at]!.poBox, extendedAddress: rest[at]!.extendedAddress };
	const ours = address === null ? null : withoutEmpties({ type, ...theirs, ...address });
	if (ours === null) return rest.filter((entry) => entry.type !== type);
	if (at < 0) return [...rest, ours];
	return rest.map((entry, index) => (index === at ? ours : entry));
}

export type AccountBody = Record<string, unknown>;

/**
 * The body of a PUT (or POST, with an empty account) that brings the slots to these values. Arrays
 * come whole, merged with what the account holds already, because JumpCloud replaces them whole. An
 * emptied text is "", an emptied manager is null (JumpCloud's own client).
 */
export function bodyFor(
	account: Partial<Account>,
	values: ReadonlyMap<string, SlotValue | null>,
): AccountBody {
	const body: AccountBody = {};
	const custom: Record<string, string | null> = {};
	for (const [name, value] of values) {
		if (!isWritable(name)) continue;
		const { root, key } = parseSlot(name);
		if (root === 'phoneNumbers') {
			body.phoneNumbers = mergePhones(
				(body.phoneNumbers as PhoneEntry[] | undefined) ?? account.phoneNumbers ?? [],
				key!,
				value as string | null,
			);
		} else if (root === 'addresses') {
			const address = value as Omit<AddressEntry, 'type'> | null;
			body.addresses = mergeAddresses(
				(body.addresses as AddressEntry[] | undefined) ?? account.addresses ?? [],
				key!,
				address,
			);
		} else if (root === 'attributes') {
			custom[key!] = value as string | null;
		} else {
			body[root] = value ?? (root === 'manager' ? null : '');
		}
	}
	if (Object.keys(custom).length > 0) body.attributes = withAttributes(account, custom);
	return body;
}
