import { isOfAnotherCompany, isPersonId, linkOf, stateOf } from '../account/link';
import { onOneLine } from '../text';
import type { Account } from '../subject';

/** All accounts, found by link, employee ID and email in one step each. */
export interface AccountIndex {
	byId: ReadonlyMap<string, Account>;
	/** Linked to people of this company. */
	byLink: ReadonlyMap<string, readonly Account[]>;
	byEmployeeIdentifier: ReadonlyMap<string, readonly Account[]>;
	byEmail: ReadonlyMap<string, readonly Account[]>;
	/** By the personal email that JumpCloud holds. */
	byAlternateEmail: ReadonlyMap<string, readonly Account[]>;
	/** Linked accounts of this company that are not suspended. */
	inUse: number;
	/** Accounts that are linked to people of another Humaans company. */
	ofAnotherCompany: number;
	/** Accounts whose link can be no Humaans id: somebody typed it. */
	oddLinks: number;
}

export const keyOf = (text: unknown): string => (typeof text === 'string' ? onOneLine(text) : '');
export const emailKey = (text: unknown): string => keyOf(text).toLowerCase();

function addTo(map: Map<string, Account[]>, key: string, account: Account): void {
	if (key === '') return;
	const list = map.get(key);
	if (list) list.push(account);
	else map.set(key, [account]);
}

const NO_COMPANY: ReadonlySet<string> = new Set();

/** @param companies Humaans ids of the companies of the run. @default all accounts are taken for theirs */
export function indexAccounts(
	accounts: readonly Account[],
	companies: ReadonlySet<string> = NO_COMPANY,
): AccountIndex {
	const byId = new Map<string, Account>();
	const [byLink, byEmployeeIdentifier, byEmail, byAlternateEmail] = [
		new Map<string, Account[]>(),
		new Map<string, Account[]>(),
		new Map<string, Account[]>(),
		new Map<string, Account[]>(),
	];
	let [inUse, ofAnotherCompany, oddLinks] = [0, 0, 0];
	for (const account of accounts) {
		byId.set(account._id, account);
		const link = linkOf(account);
		if (isOfAnotherCompany(account, companies)) ofAnotherCompany++;
		else if (link !== null && isPersonId(link)) {
			addTo(byLink, link, account);
			if (stateOf(account) !== 'SUSPENDED') inUse++;
		} else if (link !== null) oddLinks++;
		addTo(byEmployeeIdentifier, keyOf(account.employeeIdentifier), account);
		addTo(byEmail, emailKey(account.email), account);
		addTo(byAlternateEmail, emailKey(account.alternateEmail), account);
	}
	const counts = { inUse, ofAnotherCompany, oddLinks };
	return { byId, byLink, byEmployeeIdentifier, byEmail, byAlternateEmail, ...counts };
}

const NO_ACCOUNTS: readonly Account[] = [];
export const accountsWithId = (index: AccountIndex, id: unknown): readonly Account[] =>
	index.byEmployeeIdentifier.get(keyOf(id)) ?? NO_ACCOUNTS;
export const accountsWithEmail = (index: AccountIndex, email: unknown): readonly Account[] =>
	index.byEmail.get(emailKey(email)) ?? NO_ACCOUNTS;

/** Accounts that hold an address, as their email or as the personal email. */
export function holdersOfEmail(index: AccountIndex, email: unknown): readonly Account[] {
	const key = emailKey(email);
	const alternate = index.byAlternateEmail.get(key) ?? NO_ACCOUNTS;
	return [...new Set([...(index.byEmail.get(key) ?? NO_ACCOUNTS), ...alternate])];
}
