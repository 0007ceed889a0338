/**
 * Whose account is which. What speaks for an account being somebody's:
 *
 *   evidence             linked to this person   linked to nobody     linked to somebody else
 *   link                 theirs                  –                    –
 *   work email          –                       a claim              a note
 *   employee ID + name   –                       a claim              a note
 *   employee ID alone    –                       a weak claim         a note
 *
 * A link settles the matter: nothing else is looked at. Two claims of one person, or two people
 * with a claim on one account, are for a person to look at. A weak claim never keeps anybody else
 * from an account, and stands back where somebody has a better one. What becomes of a claim is for
 * the policy to say (policy/adopt.ts).
 */
import { linkOf, stateOf } from '../account/link';
import { sameEmail } from '../email';
import { namesAgree, namesOfAccount, namesOfPerson } from '../person/names';
import type { Account, AccountName, Evidence, Match, MatchKey, Subject } from '../subject';
import {
	accountsWithEmail,
	accountsWithId,
	holdersOfEmail,
	type AccountIndex,
} from './accountIndex';

export interface MatchSettings {
	/** Accounts of the same employee ID or work email are looked for; the link always is. */
	by: ReadonlyArray<Exclude<MatchKey, 'link'>>;
}

interface Claim {
	account: Account;
	by: Evidence[];
}

interface Claims {
	/** By link, work email, or employee ID and name. */
	strong: Claim[];
	/** By employee ID alone. */
	weak: Claim[];
	/** Accounts of somebody else that fit. */
	others: Claim[];
}

export function nameAccount(account: Account, by: Evidence[]): AccountName {
	const { _id, username, email, employeeIdentifier } = account;
	return {
		...{ id: _id, username, email, employeeIdentifier: employeeIdentifier ?? null },
		...{ state: stateOf(account), linkedTo: linkOf(account), by },
	};
}

/** The accounts that could be this person's. */
function claimsOf(
	{ personId, person }: Subject,
	index: AccountIndex,
	{ by }: MatchSettings,
): Claims {
	const linked = index.byLink.get(personId ?? '') ?? [];
	if (linked.length > 0 || !person) {
		const strong = linked.map((account): Claim => ({ account, by: ['link'] }));
		return { strong, weak: [], others: [] };
	}
	const found = new Map<Account, Evidence[]>();
	const add = (accounts: readonly Account[], evidence: Evidence): void => {
		for (const account of accounts) {
			found.set(account, [...(found.get(account) ?? []), evidence]);
		}
	};
	if (by.includes('employeeIdentifier')) {
		add(accountsWithId(index, person.employeeId), 'employeeIdentifier');
	}
	if (by.includes('email')) add(accountsWithEmail(index, person.email), 'email');
	const claims: Claims = { strong: [], weak: [], others: [] };
	for (const [account, evidence] of found) {
		const isSameName = namesAgree(namesOfPerson(person), namesOfAccount(account));
		const claim = { account, by: isSameName ? [...evidence, 'name' as const] : evidence };
		if (linkOf(account) !== null) claims.others.push(claim);
		else if (claim.by.includes('email') || isSameName) claims.strong.push(claim);
		else claims.weak.push(claim);
	}
	return claims;
}

/** Account id → everybody with such a claim on it. Nearly every account has one claimant. */
function claimantsOf(
	subjects: readonly Subject[],
	claims: readonly Claims[],
	kind: 'strong' | 'weak',
): ReadonlyMap<string, readonly string[]> {
	const claimants = new Map<string, string[]>();
	claims.forEach((own, place) => {
		const claimant = subjects[place]!.personId ?? `item ${place}`;
		for (const { account } of own[kind]) {
			const known = claimants.get(account._id);
			if (!known) claimants.set(account._id, [claimant]);
			else if (!known.includes(claimant)) known.push(claimant);
		}
	});
	return claimants;
}

export interface Matched {
	account: Account | null;
	match: Match;
}

/**
 * Who has which account. Pure; `index` must hold all accounts, or all that could fit these
 * subjects.
 */
export function matchAll(
	subjects: readonly Subject[],
	index: AccountIndex,
	settings: MatchSettings,
): Matched[] {
	const claims = subjects.map((subject) => claimsOf(subject, index, settings));
	const strong = claimantsOf(subjects, claims, 'strong');
	const weak = claimantsOf(subjects, claims, 'weak');
	return claims.map((own, place) => {
		const isOvertaken = ({ account }: Claim): boolean => strong.has(account._id);
		const standing = own.weak.filter((claim) => !isOvertaken(claim));
		const notes = [...own.others, ...own.weak.filter(isOvertaken)].map(noteOf);
		const isWeak = own.strong.length === 0;
		const deciding = isWeak ? standing : own.strong;
		const verdict = verdictOf(deciding, isWeak ? weak : strong);
		const emailHeldBy = verdict.account === null ? heldBy(subjects[place]!, index, deciding) : [];
		return {
			account: verdict.account,
			match: {
				...verdict.match,
				...(notes.length > 0 ? { notes } : {}),
				...(emailHeldBy.length > 0 ? { emailHeldBy } : {}),
			},
		};
	});
}

function verdictOf(
	claims: readonly Claim[],
	claimants: ReadonlyMap<string, readonly string[]>,
): Matched {
	const candidates = claims.map(({ account, by }) => nameAccount(account, by));
	const uncertain = (conflict: NonNullable<Match['conflict']>, extra: Partial<Match> = {}) => ({
		account: null,
		match: { by: null, certain: false, candidates, conflict, ...extra },
	});
	const [claim, ...others] = claims;
	if (!claim) return { account: null, match: { by: null, certain: true, candidates } };
	if (others.length > 0) return uncertain('twoCandidates');
	const people = claimants.get(claim.account._id) ?? [];
	if (people.length > 1) return uncertain('twoClaimants', { claimants: [...people].sort() });
	const by = claim.by.find((evidence): evidence is MatchKey => evidence !== 'name') ?? null;
	return { account: claim.account, match: { by, certain: true, candidates } };
}

/** A note about an account that fits in part and is somebody else's. */
function noteOf({ account, by }: Claim): string {
	const what = by.includes('email') ? 'work email' : 'employee ID';
	const link = linkOf(account);
	const whose = link === null ? 'fits another person better' : `is linked to ${link}`;
	return `The account ${account.username} has the same ${what} and ${whose}, so it is left alone.`;
}

/** Accounts that hold the address which a creation would use, whoever they are linked to. */
function heldBy(
	{ desired }: Subject,
	index: AccountIndex,
	candidates: readonly Claim[],
): AccountName[] {
	const email = desired?.attributes.email;
	if (typeof email !== 'string') return [];
	const known = new Set(candidates.map(({ account }) => account));
	const holders = holdersOfEmail(index, email).filter((account) => !known.has(account));
	return holders.map((account) =>
		nameAccount(account, sameEmail(account.email, email) ? ['email'] : []),
	);
}

/** Linked accounts of this company that none of these people has: they may be gone from Humaans. */
export const unclaimed = (index: AccountIndex, personIds: ReadonlySet<string>): Account[] =>
	[...index.byLink].filter(([link]) => !personIds.has(link)).flatMap(([, accounts]) => accounts);
