/**
 * The attributes of a JumpCloud account that this package may write, one row each. Panels, mapping,
 * writes, documents and tests read this table; a password, a state, a right or a username is never
 * in it. Limits are those of JumpCloud's swagger file (v1), in characters.
 */
export interface AccountAttribute {
	/** Where the value stands; see slots.ts. */
	slot: string;
	/** What people see, everywhere. */
	label: string;
	kind: 'text' | 'email' | 'manager' | 'phone' | 'address';
	/** Longest value; of an address, its longest part. */
	limit: number;
	/** Whatever the settings: an account without it is no account. */
	neverEmptied: boolean;
	/** Another directory may own it (swagger v1, `restrictedFields.field`). */
	ownedElsewhere: boolean;
	/** Accounts can be filtered by its exact value. */
	filter: boolean;
}

export const LONGEST_TEXT = 1024;

function textAttribute(
	slot: string,
	label: string,
	differs: Partial<AccountAttribute> = {},
): AccountAttribute {
	const rest = { limit: LONGEST_TEXT, neverEmptied: false, ownedElsewhere: true, filter: false };
	return { slot, label, kind: 'text', ...rest, ...differs };
}
const phoneAttribute = (type: string, label: string) =>
	textAttribute(`phoneNumbers.${type}`, label, { kind: 'phone' });
const address = (type: string, label: string) =>
	textAttribute(`addresses.${type}`, label, { kind: 'address' });

/** In the order of their labels. */
export const ATTRIBUTES: readonly AccountAttribute[] = [
	textAttribute('company', 'Company', { filter: true }),
	textAttribute('costCenter', 'Cost Center', { filter: true }),
	textAttribute('department', 'Department', { filter: true }),
	textAttribute('description', 'Description'),
	textAttribute('displayname', 'Display Name'),
	textAttribute('employeeIdentifier', 'Employee ID', { limit: 256 }),
	textAttribute('employeeType', 'Employee Type', { filter: true }),
	textAttribute('firstname', 'First Name', { neverEmptied: true }),
	address('home', 'Full Address'),
	phoneAttribute('home', 'Home Phone Number'),
	textAttribute('jobTitle', 'Job Title', { filter: true }),
	textAttribute('lastname', 'Last Name', { neverEmptied: true }),
	textAttribute('location', 'Location', { filter: true }),
	textAttribute('managedAppleId', 'Managed Apple ID', { ownedElsewhere: false }),
	textAttribute('manager', 'Manager', { kind: 'manager', ownedElsewhere: false }),
	textAttribute('middlename', 'Middle Name'),
	textAttribute('alternateEmail', 'Personal Email', { kind: 'email', ownedElsewhere: false }),
	phoneAttribute('mobile', 'Personal Phone Number'),
	phoneAttribute('work', 'Phone Number'),
	address('work', 'Work Address'),
	textAttribute('email', 'Work Email', { kind: 'email', neverEmptied: true }),
	phoneAttribute('work_fax', 'Work Fax Number'),
	phoneAttribute('work_mobile', 'Work Mobile Number'),
];

const BY_SLOT = new Map(ATTRIBUTES.map((attribute) => [attribute.slot, attribute]));

/** The row of a slot; undefined for a custom attribute, and for what this package never writes. */
export const attributeOf = (slot: string): AccountAttribute | undefined => BY_SLOT.get(slot);

/** The custom attributes this package keeps for itself; see link.ts. */
const OWN_LABELS: Readonly<Record<string, string>> = {
	humaansId: 'Link to Humaans',
	humaansCompany: 'Humaans Company',
	humaansSync: 'Notes of This Package',
	humaansDeprovisionedAt: 'Suspended by This Package',
	humaansInvite: 'Reminders of the Invite',
	humaansProtectedAs: 'Protected As',
};

/** The label of a slot; any other custom attribute is called by its own name. */
export function labelOf(slot: string): string {
	const name = slot.replace(/^attributes\./, '');
	return attributeOf(slot)?.label ?? OWN_LABELS[name] ?? name;
}

const hasRoot = (slot: string, root: string): boolean =>
	slot === root || slot.startsWith(`${root}.`);

/** `phoneNumbers` and such: arrays of which this package writes single entries. */
export const isArrayRoot = (root: string): boolean =>
	root === 'attributes' || ATTRIBUTES.some(({ slot }) => slot !== root && hasRoot(slot, root));

/** What another directory may own, by the names that `restrictedFields` uses. */
export const OWNED_ELSEWHERE: readonly string[] = [
	...new Set(
		ATTRIBUTES.filter(({ ownedElsewhere }) => ownedElsewhere).map(
			({ slot }) => slot.split('.')[0]!,
		),
	),
];
