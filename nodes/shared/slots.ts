import type { Account, AddressEntry, PhoneEntry, SlotValue } from './subject';
import { customAttribute, withAttributes } from './link';
import { sameEmail } from './email';

/**
 * A slot is one place for one value on an account: an attribute (`jobTitle`), an entry of an array (`phoneNumbers.work`,
 * `addresses.home`) or a custom attribute (`attributes.startDate`).
 */
export interface Slot {
	root: string;
	key: string | null;
}

export function parseSlot(slot: string): Slot {
	const dot = slot.indexOf('.');
	return dot < 0 ? { root: slot, key: null } : { root: slot.slice(0, dot), key: slot.slice(dot + 1) };
}

const EMAIL_SLOTS = new Set(['email', 'alternateEmail']);
const ADDRESS_PARTS = ['streetAddress', 'locality', 'region', 'postalCode', 'country'] as const;

const textOrNull = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value.trim() : null);

function addressOf(entry: AddressEntry | undefined): SlotValue | null {
	if (!entry) return null;
	const parts = ADDRESS_PARTS.map((part) => [part, textOrNull(entry[part])] as const).filter(([, value]) => value !== null);
	return parts.length === 0 ? null : Object.fromEntries(parts);
}

/** What the account holds in a slot, or null when it is empty. */
export function readSlot(account: Account, name: string): SlotValue | null {
	const { root, key } = parseSlot(name);
	if (root === 'phoneNumbers') return textOrNull(account.phoneNumbers?.find((entry) => entry.type === key)?.number);
	if (root === 'addresses') return addressOf(account.addresses?.find((entry) => entry.type === key));
	if (root === 'attributes') return customAttribute(account, key ?? '');
	return textOrNull(account[root]);
}

/** Equal for JumpCloud: e-mails in any case, addresses part by part. */
export function sameSlotValue(name: string, a: SlotValue | null, b: SlotValue | null): boolean {
	if (a === null || b === null) return a === b;
	if (typeof a === 'string' && typeof b === 'string') return EMAIL_SLOTS.has(name) ? sameEmail(a, b) : a === b;
	return slotText(name, a) === slotText(name, b);
}

/** One text for one value, the same for values that `sameSlotValue` calls equal. */
export function slotText(name: string, value: SlotValue): string {
	if (typeof value === 'string') return EMAIL_SLOTS.has(name) ? value.toLowerCase() : value;
	return ADDRESS_PARTS.map((part) => value[part] ?? '').join('\u001f');
}

/** Sub-fields that are empty are left out: JumpCloud must not be sent null inside an address. */
function withoutEmpties(entry: AddressEntry): AddressEntry {
	const { type } = entry;
	const parts = (['poBox', 'extendedAddress', ...ADDRESS_PARTS] as const).map((part) => [part, textOrNull(entry[part])] as const);
	return { type, ...Object.fromEntries(parts.filter(([, value]) => value !== null)) };
}

/** The array with our entry of one type set or removed; entries of other types are kept, in order, without the API's `id`. */
function mergePhones(entries: readonly PhoneEntry[], type: string, number: string | null): PhoneEntry[] {
	const at = entries.findIndex((entry) => entry.type === type);
	const rest = entries.map((entry) => ({ type: entry.type, number: entry.number }));
	if (number === null) return rest.filter((_, index) => index !== at);
	if (at < 0) return [...rest, { type, number }];
	return rest.map((entry, index) => (index === at ? { type, number } : entry));
}

function mergeAddresses(entries: readonly AddressEntry[], type: string, address: Omit<AddressEntry, 'type'> | null): AddressEntry[] {
	const at = entries.findIndex((entry) => entry.type === type);
	const rest = entries.map(withoutEmpties);
	const theirs = at < 0 ? {} : { poBox: rest[at]!.poBox, extendedAddress: rest[at]!.extendedAddress };
	const ours = address === null ? null : withoutEmpties({ type, ...theirs, ...address });
	if (ours === null) return rest.filter((_, index) => index !== at);
	if (at < 0) return [...rest, ours];
	return rest.map((entry, index) => (index === at ? ours : entry));
}

export type AccountBody = Record<string, unknown>;

/**
 * The body of a PUT (or POST, with an empty account) that brings the slots to these values. Arrays come whole, merged with what the
 * account holds already, because JumpCloud replaces them whole. An emptied text is "", an emptied manager is null (JumpCloud's own client).
 */
export function bodyFor(account: Partial<Account>, values: ReadonlyMap<string, SlotValue | null>): AccountBody {
	const body: AccountBody = {};
	const custom: Record<string, string | null> = {};
	for (const [name, value] of values) {
		const { root, key } = parseSlot(name);
		if (root === 'phoneNumbers') {
			body.phoneNumbers = mergePhones((body.phoneNumbers as PhoneEntry[] | undefined) ?? account.phoneNumbers ?? [], key!, value as string | null);
		} else if (root === 'addresses') {
			const address = value as Omit<AddressEntry, 'type'> | null;
			body.addresses = mergeAddresses((body.addresses as AddressEntry[] | undefined) ?? account.addresses ?? [], key!, address);
		} else if (root === 'attributes') {
			custom[key!] = value as string | null;
		} else {
			body[root] = value ?? (root === 'manager' ? null : '');
		}
	}
	if (Object.keys(custom).length > 0) body.attributes = withAttributes(account, custom);
	return body;
}
