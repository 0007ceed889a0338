import type { Account, Change, CustomAttribute } from '../subject';
import { cleanText } from '../text';

/**
 * The custom attributes this package keeps on an account. JumpCloud allows letters and digits only,
 * under 32 characters (JumpCloud, "Create custom user attributes").
 */
export const LINK = 'humaansId';
/** Humaans id of the company that the linked person is of. */
export const COMPANY = 'humaansCompany';
/** What must be remembered of single values; see record.ts. */
export const SYNC_RECORD = 'humaansSync';
/** When this package suspended the account, and why; see stamp.ts. */
export const DEPROVISIONED_AT = 'humaansDeprovisionedAt';
/**
 * On accounts that this package activates: how many reminders of the invite were sent, and when; see
 * policy/reminder.ts.
 */
export const INVITE = 'humaansInvite';
/** The name under which the account was on the list of protected accounts; see policy/protection.ts. */
export const PROTECTED_AS = 'humaansProtectedAs';
const OWN_ATTRIBUTES: readonly string[] = [
	LINK,
	COMPANY,
	SYNC_RECORD,
	DEPROVISIONED_AT,
	INVITE,
	PROTECTED_AS,
];

const OWN_IN_LOWER: ReadonlySet<string> = new Set(OWN_ATTRIBUTES.map((name) => name.toLowerCase()));

/** `humaansInvite` of an account before anybody was reminded. */
export const NOT_REMINDED = '0';

/** Whether JumpCloud would tell "humaansid" from "humaansId" is not documented: both are ours. */
export const isOwnAttribute = (name: string): boolean => OWN_IN_LOWER.has(name.toLowerCase());

/** Longest value of a custom attribute, in characters. */
export const MAX_ATTRIBUTE_VALUE = 1024;

/** Whether two names are one in other letters. The length first: most names differ in it. */
const isInOtherLetters = (one: string, other: string | undefined): boolean =>
	one.length === other?.length && one.toLowerCase() === other.toLowerCase();

/** The same attribute: one of ours in any letters, because people type it by hand. */
const isSameAttribute = (one: string, other: string | undefined): boolean =>
	one === other || (isInOtherLetters(one, other) && isOwnAttribute(one));

const textOf = (attribute: CustomAttribute | undefined): string | null => {
	const value = attribute?.value;
	return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
};

/** The value of a custom attribute of which somebody typed the name, in any letters; null as below. */
export const attributeInAnyLetters = (
	{ attributes }: Pick<Account, 'attributes'>,
	name: string,
): string | null =>
	textOf(attributes?.find((one) => isInOtherLetters(name, one?.name) && textOf(one) !== null));

/** The value of a custom attribute; null when it is empty or not there. One of ours: in any letters. */
export function customAttribute(account: Pick<Account, 'attributes'>, name: string): string | null {
	const exact = account.attributes?.find((attribute) => attribute?.name === name);
	if (exact) return textOf(exact);
	return isOwnAttribute(name) ? attributeInAnyLetters(account, name) : null;
}

/** The Humaans id the account is linked to, or null. Whoever pastes one may paste hidden letters. */
export const linkOf = (account: Pick<Account, 'attributes'>): string | null =>
	cleanText(customAttribute(account, LINK) ?? '') || null;

/** Whether these changes adopt the account: link one that is linked to nobody. */
export const isAdoption = (changes: readonly Change[]): boolean =>
	changes.some(({ attribute, from }) => attribute === LINK && from === null);

/**
 * Whether a link can be a Humaans id (24 letters and digits in the documentation). Anything else was
 * typed by somebody, and says nothing about who is in Humaans.
 */
export const isPersonId = (link: string): boolean => /^[A-Za-z0-9]{20,32}$/.test(link);

/**
 * Whether the account is linked to somebody of another Humaans company than these.
 * @param companies Humaans ids; none: not known, and then no account is of another one
 */
export function isOfAnotherCompany(
	account: Pick<Account, 'attributes'>,
	companies: ReadonlySet<string>,
): boolean {
	const own = customAttribute(account, COMPANY);
	return companies.size > 0 && linkOf(account) !== null && own !== null && !companies.has(own);
}

/**
 * A value as JumpCloud takes it back. The schema says text; what is none comes back as null or a
 * number now and then, and the official client leaves out what is empty.
 */
function sendable(value: unknown): string | null {
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	return typeof value === 'string' ? value : null;
}

/**
 * The whole `attributes` array with some values set (string) or removed (null). JumpCloud replaces
 * arrays whole, so what is not ours is carried over, in its order, without the `id` the API adds.
 */
export function withAttributes(
	account: Pick<Account, 'attributes'>,
	values: Readonly<Record<string, string | null>>,
): CustomAttribute[] {
	const merged: CustomAttribute[] = [];
	const names = Object.keys(values);
	for (const attribute of account.attributes ?? []) {
		const value = sendable(attribute?.value);
		if (value !== null && !names.some((name) => isSameAttribute(name, attribute.name))) {
			merged.push({ name: attribute.name, value });
		}
	}
	for (const [name, value] of Object.entries(values)) {
		if (value !== null) merged.push({ name, value });
	}
	return merged;
}

export type AccountState = 'STAGED' | 'ACTIVATED' | 'SUSPENDED';

/** JumpCloud state of an account; `suspended` alone is enough, older rows may lack `state`. */
export function stateOf(account: Pick<Account, 'state' | 'suspended'>): AccountState {
	if (account.suspended === true || account.state === 'SUSPENDED') return 'SUSPENDED';
	return account.state === 'STAGED' ? 'STAGED' : 'ACTIVATED';
}

/** True when the account belongs to a JumpCloud administrator: never suspended, never deleted. */
export const isAdministrator = (account: Pick<Account, 'admin'>): boolean =>
	account.admin !== null && account.admin !== undefined && account.admin !== false;
