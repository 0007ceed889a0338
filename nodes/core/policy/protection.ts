import { customAttribute, isAdministrator } from '../account/link';
import type { Account } from '../subject';
import type { PolicySettings } from './settings';

const namesOf = (account: Account): string[] =>
	[account._id, account.username, account.email]
		.filter((name) => typeof name === 'string')
		.map((name) => name.toLowerCase());

/** Why an account is never disabled or deleted here, or null. */
export function protectionOf(
	account: Account,
	settings: PolicySettings,
): { code: string; reason: string } | null {
	const { apiKeyOwner, protectedAccounts, protectedAttribute } = settings;
	if (isAdministrator(account))
		return {
			code: 'account.administrator',
			reason: 'The account is a JumpCloud administrator and is never disabled here.',
		};
	const names = namesOf(account);
	if (names.some((name) => name === apiKeyOwner))
		return {
			code: 'account.apiKeyOwner',
			reason:
				'The account belongs to the owner of the API key that is used here, so it is never disabled here.',
		};
	if (names.some((name) => protectedAccounts.has(name)))
		return {
			code: 'account.protected',
			reason: 'The account is on the list of protected accounts.',
		};
	if (protectedAttribute !== null && customAttribute(account, protectedAttribute) !== null) {
		return {
			code: 'account.protected',
			reason: `The account carries the attribute ${protectedAttribute}, which protects it.`,
		};
	}
	return null;
}
