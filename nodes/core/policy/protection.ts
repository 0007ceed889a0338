import {
	PROTECTED_AS,
	attributeInAnyLetters,
	customAttribute,
	isAdministrator,
} from '../account/link';
import type { Account } from '../subject';
import type { DecisionCode } from './codes';
import type { PolicySettings } from './settings';

/** Why an account is never suspended or deleted here. */
export interface Protection {
	code: DecisionCode & `account.${string}`;
	reason: string;
}

const lower = (text: string | null | undefined): string | null => text?.toLowerCase() ?? null;

/**
 * The name under which an account is on a list of names (in lower case), or null. An email or
 * username can change: what it was called when this package first saw it on the list stands on the
 * account, and counts as long as it stays on the list.
 */
export function listedAs(account: Account, list: ReadonlySet<string>): string | null {
	const names = [
		account._id,
		customAttribute(account, PROTECTED_AS),
		account.username,
		account.email,
	];
	return names.map(lower).find((name) => name !== null && list.has(name)) ?? null;
}

/** Whether this custom attribute protects the account: it has a value, whatever the letters of its name. */
export const isMarked = (account: Account, attribute: string | null): boolean =>
	attribute !== null && attributeInAnyLetters(account, attribute) !== null;

const ownerOf = ({ apiKeyOwner }: PolicySettings): ReadonlySet<string> =>
	new Set(apiKeyOwner === null ? [] : [apiKeyOwner.toLowerCase()]);

/** Why the account is never suspended or deleted here, or null. */
export function protectionOf(account: Account, settings: PolicySettings): Protection | null {
	const { protectedAccounts, protectedAttribute } = settings;
	if (isAdministrator(account)) {
		return { code: 'account.administrator', reason: 'The account is a JumpCloud administrator’s.' };
	}
	if (listedAs(account, ownerOf(settings)) !== null) {
		return {
			code: 'account.apiKeyOwner',
			reason: 'The account belongs to the owner of the API key that is used here.',
		};
	}
	if (listedAs(account, protectedAccounts) !== null) {
		return {
			code: 'account.protected',
			reason: 'The account is on the list of protected accounts.',
		};
	}
	if (isMarked(account, protectedAttribute)) {
		const reason = `The account carries the attribute ${protectedAttribute}, which protects it.`;
		return { code: 'account.protected', reason };
	}
	return null;
}

/**
 * What is to stand on the account of the name under which it is protected; undefined when nothing
 * needs to (the list has its ID, which never changes). A name that is on no list any more stays
 * there: it protects nobody, and the list of another workflow may have it.
 */
export function protectedAsOf(account: Account, settings: PolicySettings): string | undefined {
	const name = listedAs(account, new Set([...settings.protectedAccounts, ...ownerOf(settings)]));
	return name === null || name === account._id.toLowerCase() ? undefined : name;
}
