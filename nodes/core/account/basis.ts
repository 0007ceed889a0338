import type { Account, Basis } from '../subject';
import {
	DEPROVISIONED_AT,
	attributeInAnyLetters,
	customAttribute,
	isAdministrator,
	linkOf,
	stateOf,
} from './link';

/**
 * What a decision about an account rests on. A write reads the account, and does nothing when one
 * of these differs: then the person is decided anew.
 * @param protectedAttribute name of the custom attribute that protects accounts, or null
 */
export function basisOf(account: Account | null, protectedAttribute: string | null): Basis {
	if (account === null) return { accountId: null };
	return {
		accountId: account._id,
		link: linkOf(account),
		state: stateOf(account),
		stamp: customAttribute(account, DEPROVISIONED_AT),
		administrator: isAdministrator(account),
		username: account.username,
		email: account.email,
		...(protectedAttribute === null
			? {}
			: { protection: [protectedAttribute, attributeInAnyLetters(account, protectedAttribute)] }),
	};
}

/** How differences are called that a change of the state makes by itself. */
export const STATE = 'state';
export const STAMP = 'suspension by this package';

const BASIS_PARTS: ReadonlyArray<[keyof Basis, string]> = [
	['accountId', 'ID'],
	['link', 'link to Humaans'],
	['state', STATE],
	['stamp', STAMP],
	['administrator', 'administrator role'],
	['username', 'username'],
	['email', 'work email'],
	['protection', 'protecting attribute'],
];

/** What differs on the account from what the decision rests on, in words; empty when it fits. */
export function differencesFrom(basis: Basis, account: Account | null): string[] {
	const now = basisOf(account, basis.protection?.[0] ?? null);
	return BASIS_PARTS.flatMap(([part, words]) =>
		JSON.stringify(now[part]) === JSON.stringify(basis[part]) ? [] : [words],
	);
}
