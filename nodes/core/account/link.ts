import type { Account, CustomAttribute } from '../subject';

/**
 * The custom attributes this package keeps on an account. JumpCloud allows letters and digits only,
 * under 32 characters (JumpCloud, "Create custom user attributes").
 */
export const LINK = 'humaansId';
export const SYNC_RECORD = 'humaansSync';
export const DEPROVISIONED_AT = 'humaansDeprovisionedAt';
/**
 * On accounts that this package activates: how many reminders of the invite were sent, and when;
 * see JumpCloudUser/reminder.ts.
 */
export const INVITE = 'humaansInvite';
const OWN_ATTRIBUTES: readonly string[] = [LINK, SYNC_RECORD, DEPROVISIONED_AT, INVITE];

/** `humaansInvite` of an account before anybody was reminded. */
export const NOT_REMINDED = '0';

/**
 * Whether JumpCloud would tell "humaansid" from "humaansId" is not documented: neither is anybody
 * else's.
 */
export const isOwnAttribute = (name: string): boolean =>
	OWN_ATTRIBUTES.some((own) => own.toLowerCase() === name.toLowerCase());

export const MAX_ATTRIBUTE_VALUE = 1024;

export function customAttribute(account: Pick<Account, 'attributes'>, name: string): string | null {
	const value = account.attributes?.find((attribute) => attribute.name === name)?.value;
	return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** The Humaans id the account is linked to, or null. */
export const linkOf = (account: Pick<Account, 'attributes'>): string | null =>
	customAttribute(account, LINK);

/**
 * The whole `attributes` array with some values set (string) or removed (null). JumpCloud replaces
 * arrays whole, so what is not ours is carried over, in its order, without the `id` the API adds.
 */
export function withAttributes(
	account: Pick<Account, 'attributes'>,
	values: Record<string, string | null>,
): CustomAttribute[] {
	const kept = (account.attributes ?? [])
		.filter((attribute) => !Object.hasOwn(values, attribute.name))
		.map(({ name, value }) => ({ name, value }));
	const set = Object.entries(values)
		.filter((entry): entry is [string, string] => entry[1] !== null)
		.map(([name, value]) => ({ name, value }));
	return [...kept, ...set];
}

/** JumpCloud state of an account; `suspended` alone is enough, older rows may lack `state`. */
export function stateOf(account: Account): 'STAGED' | 'ACTIVATED' | 'SUSPENDED' {
	if (account.suspended === true || account.state === 'SUSPENDED') return 'SUSPENDED';
	return account.state === 'STAGED' ? 'STAGED' : 'ACTIVATED';
}

/** True when the account belongs to a JumpCloud administrator: never disabled, never deleted. */
export const isAdministrator = (account: Account): boolean =>
	account.admin !== null && account.admin !== undefined && account.admin !== false;
