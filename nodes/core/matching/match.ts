import { linkOf } from '../account/link';
import type { Account, AccountName, Match, MatchKey, Subject } from '../subject';

export interface MatchSettings {
	/** Accounts of the same employee ID or work e-mail are accepted; the link always is. */
	by: ReadonlyArray<Exclude<MatchKey, 'link'>>;
}

/** All accounts, found by link, employee ID and e-mail in one step each. */
export interface AccountIndex {
	byId: Map<string, Account>;
	byLink: Map<string, Account[]>;
	byEmployeeIdentifier: Map<string, Account[]>;
	byEmail: Map<string, Account[]>;
	linked: number;
}

function add(map: Map<string, Account[]>, key: string | null | undefined, account: Account): void {
	const text = key?.trim();
	if (!text) return;
	const list = map.get(text);
	if (list) list.push(account);
	else map.set(text, [account]);
}

export function indexAccounts(accounts: readonly Account[]): AccountIndex {
	const index: AccountIndex = {
		byId: new Map(),
		byLink: new Map(),
		byEmployeeIdentifier: new Map(),
		byEmail: new Map(),
		linked: 0,
	};
	for (const account of accounts) {
		index.byId.set(account._id, account);
		const link = linkOf(account);
		if (link) index.linked++;
		add(index.byLink, link, account);
		add(index.byEmployeeIdentifier, account.employeeIdentifier, account);
		add(index.byEmail, account.email?.toLowerCase(), account);
	}
	return index;
}

const lookUp = (map: Map<string, Account[]>, key: string | null | undefined): Account[] =>
	key?.trim() ? (map.get(key.trim()) ?? []) : [];

interface Claim {
	account: Account;
	by: MatchKey[];
}

/**
 * The accounts that could be this person's: the linked ones, or else those with the same employee
 * ID or e-mail.
 */
function claimsOf(subject: Subject, index: AccountIndex, settings: MatchSettings): Claim[] {
	const linked = lookUp(index.byLink, subject.personId);
	if (linked.length > 0) return linked.map((account) => ({ account, by: ['link'] }));
	const claims = new Map<string, Claim>();
	const claim = (account: Account, by: MatchKey) => {
		const known = claims.get(account._id);
		if (known) known.by.push(by);
		else claims.set(account._id, { account, by: [by] });
	};
	const { person } = subject;
	if (settings.by.includes('employeeIdentifier'))
		for (const account of lookUp(index.byEmployeeIdentifier, person?.employeeId))
			claim(account, 'employeeIdentifier');
	if (settings.by.includes('email'))
		for (const account of lookUp(index.byEmail, person?.email?.toLowerCase()))
			claim(account, 'email');
	return [...claims.values()];
}

const nameOf = ({ account, by }: Claim): AccountName => ({
	id: account._id,
	username: account.username,
	linkedTo: linkOf(account),
	by,
});

/** Somebody who has left claims nothing but the account that is linked to them. */
const claimsForReal = (subject: Subject, claim: Claim): boolean =>
	claim.by.includes('link') ||
	(subject.person !== null && subject.person?.status !== 'offboarded') ||
	linkOf(claim.account) === null;

export interface Matched {
	account: Account | null;
	match: Match;
}

/**
 * Who has which account. Pure; `accounts` must be all accounts, or all that could fit these
 * subjects. A person with two candidates and an account with two claimants are never matched, but
 * named.
 */
export function matchAll(
	subjects: readonly Subject[],
	index: AccountIndex,
	settings: MatchSettings,
): Matched[] {
	const claims = subjects.map((subject) =>
		claimsOf(subject, index, settings).filter((claim) => claimsForReal(subject, claim)),
	);
	// Nearly every account has one claimant: a set is made only for those that have more.
	const first = new Map<string, string>();
	const claimants = new Map<string, Set<string>>();
	claims.forEach((list, at) => {
		const claimant = subjects[at]!.personId ?? `item ${at}`;
		for (const { account } of list) {
			const known = first.get(account._id);
			if (known === undefined) first.set(account._id, claimant);
			else if (known !== claimant)
				claimants.set(account._id, (claimants.get(account._id) ?? new Set([known])).add(claimant));
		}
	});
	return claims.map((list, at) => verdictOf(subjects[at]!, list, claimants));
}

function verdictOf(
	subject: Subject,
	claims: Claim[],
	claimants: ReadonlyMap<string, ReadonlySet<string>>,
): Matched {
	const candidates = claims.map(nameOf);
	const uncertain = (
		conflict: NonNullable<Match['conflict']>,
		extra: Partial<Match> = {},
	): Matched => ({
		account: null,
		match: { by: null, certain: false, candidates, conflict, ...extra },
	});
	if (claims.length === 0) return { account: null, match: { by: null, certain: true, candidates } };
	if (claims.length > 1) return uncertain('twoCandidates');
	const { account, by } = claims[0]!;
	const others = claimants.get(account._id);
	if (others) return uncertain('twoClaimants', { claimants: [...others].sort() });
	const link = linkOf(account);
	if (link !== null && link !== subject.personId) return uncertain('linkedToAnother');
	return { account, match: { by: by[0]!, certain: true, candidates } };
}

/** Linked accounts that none of these people claims: their person may be gone from Humaans. */
export function unclaimed(index: AccountIndex, personIds: ReadonlySet<string>): Account[] {
	return [...index.byLink]
		.filter(([link]) => !personIds.has(link))
		.flatMap(([, accounts]) => accounts);
}
