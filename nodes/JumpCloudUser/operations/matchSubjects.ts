import type { JumpCloudClient } from '../../shared/clients/jumpcloud';
import type { Account, Subject } from '../../shared/subject';
import { linkOf } from '../../shared/link';
import { indexAccounts, matchAll, unclaimed, type AccountIndex, type MatchSettings } from '../match';

export interface MatchOptions extends MatchSettings {
	/** Also emit linked accounts whose person is not among the subjects. Only for a complete read of all people. */
	emitMissing: boolean;
}

export interface MatchResult {
	/** The subjects with `account` and `match`, in order. */
	subjects: Subject[];
	/** Linked accounts whose person is not among them; whether they are gone is for Humaans to say. */
	missing: Subject[];
	/** Said to the user when something was not done. */
	notice: string | null;
}

/** So many people are looked up one by one; for more, one sweep of all accounts costs fewer calls. */
export const SEARCH_UP_TO = 3;

/**
 * Finds each subject's account. A few people are searched for, and a hit that carries their link is believed; anything else is
 * believed only after all accounts were read: absence, an adoption, a claim. An incomplete sweep is a failure, never an answer.
 */
export async function matchSubjects(client: JumpCloudClient, subjects: readonly Subject[], options: MatchOptions): Promise<MatchResult> {
	if (subjects.length === 0) return { subjects: [], missing: [], notice: null };
	const hits = options.emitMissing || subjects.length > SEARCH_UP_TO ? null : await searchFor(client, subjects);
	if (hits) {
		const index = indexAccounts(hits);
		const matched = matchAll(subjects, index, options);
		return { subjects: subjects.map((subject, at) => ({ ...subject, ...matched[at] })), missing: [], notice: null };
	}
	const index = indexAccounts(await client.everyAccount());
	const matched = matchAll(subjects, index, options);
	const withAccounts = subjects.map((subject, at) => {
		const { account, match } = matched[at]!;
		return { ...subject, account, match: { ...match, linkedAccounts: index.linked, ...managerOf(subject, index) } };
	});
	const { missing, notice } = options.emitMissing ? missingOf(subjects, index) : { missing: [], notice: null };
	return { subjects: withAccounts, missing, notice };
}

/** All hits when every subject's linked account was found and a manager needs no look-up; null when a sweep is due. */
async function searchFor(client: JumpCloudClient, subjects: readonly Subject[]): Promise<Account[] | null> {
	const hits = new Map<string, Account>();
	for (const subject of subjects) {
		const { person } = subject;
		if (!person || typeof subject.desired?.attributes.manager === 'string') return null;
		const found = await client.find({ employeeIdentifier: person.employeeId, email: person.email });
		if (!found.some((account) => linkOf(account) === subject.personId)) return null;
		for (const account of found) hits.set(account._id, account);
	}
	return [...hits.values()];
}

/** The manager is known by Humaans id; JumpCloud wants the id of their account. */
function managerOf(subject: Subject, index: AccountIndex): { managerAccountId?: string | null } {
	const manager = subject.desired?.attributes.manager;
	if (typeof manager !== 'string') return {};
	const accounts = index.byLink.get(manager) ?? [];
	return { managerAccountId: accounts.length === 1 ? accounts[0]!._id : null };
}

function missingOf(subjects: readonly Subject[], index: AccountIndex): Pick<MatchResult, 'missing' | 'notice'> {
	const ids = new Set(subjects.flatMap((subject) => (subject.personId ? [subject.personId] : [])));
	const accounts = unclaimed(index, ids);
	if (accounts.length === 0) return { missing: [], notice: null };
	if (!subjects.every((subject) => subject.complete === true)) {
		return { missing: [], notice: `${accounts.length} linked accounts have no person in this run. They were left out, because the people were not read completely.` };
	}
	const missing = [...new Set(accounts.map((account) => linkOf(account)!))].map((personId): Subject => {
		const own = index.byLink.get(personId)!;
		const candidates = own.map((account) => ({ id: account._id, username: account.username, linkedTo: personId, by: ['link' as const] }));
		const linkedAccounts = index.linked;
		if (own.length > 1) return { personId, account: null, match: { by: null, certain: false, candidates, conflict: 'twoCandidates', linkedAccounts } };
		return { personId, account: own[0]!, match: { by: 'link', certain: true, candidates, linkedAccounts } };
	});
	return { missing, notice: null };
}
