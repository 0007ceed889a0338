import { stateOf } from '../../core/account/link';
import { sameEmail } from '../../core/email';
import { inRunWithEmail, runFacts } from '../../core/policy/run';
import type { RunFacts } from '../../core/policy/verdict';
import { stampOf } from '../../core/account/stamp';
import { indexAccounts, type AccountIndex } from '../../core/matching/accountIndex';
import { freeAgainFor } from '../../core/matching/freeAgain';
import { matchAll, type MatchSettings } from '../../core/matching/match';
import {
	companiesOf,
	isAllOfAnotherCompany,
	missingOf,
	partOf,
	type Missing,
} from '../../core/matching/missing';
import { ofNobody } from '../../core/matching/ofNobody';
import type { Account, Match, Subject } from '../../core/subject';
import { plusDays } from '../../core/time';
import type { JumpCloudClient } from './client';
import { Declined } from './guard';
import { planReading, readAccounts, type AccountsRead } from './readAccounts';

export { SEARCH_UP_TO } from './readAccounts';

export interface MatchOptions extends MatchSettings {
	/**
	 * Also emit linked accounts whose person is not among the subjects. Only for a complete read of
	 * all people, or of a batch of them.
	 */
	emitMissing: boolean;
	/**
	 * Also emit the accounts that no subject holds, without a person. Only for a complete read of all
	 * people. @default false
	 */
	emitOfNobody?: boolean;
	/** Another Humaans company has accounts in this JumpCloud organization too. @default false */
	severalCompanies?: boolean;
	/** @default the clock */
	now?: Date;
}

export interface MatchResult {
	/** The subjects with `account` and `match`, in order. */
	subjects: Subject[];
	/** Linked accounts whose person is not among them; whether they are gone is for Humaans to say. */
	missing: Subject[];
	/** Accounts that nobody has for certain. */
	ofNobody: Subject[];
	/** Said to the user when something was not done. */
	notice: string | null;
}

/** How far back `suspendedLately` goes, in milliseconds: the policy's window and more. */
const LATELY_MS = 48 * 3_600_000;

/**
 * Somebody whose account may be suspended. How many others were lately, by whatever workflow, only
 * the accounts themselves say.
 */
function mayHaveLeft({ person }: Subject, now: Date): boolean {
	if (!person || person.status === 'offboarded') return true;
	const tomorrow = plusDays(now, 1).toISOString().slice(0, 10);
	const days = [person.employmentEndDate, person.lastWorkingDay];
	return Boolean(person.employmentEndDate) && days.some((day) => day && day <= tomorrow);
}

/**
 * Account id → when this package suspended it, lately. With everybody in the run most of those
 * accounts come along themselves.
 */
function suspendedLately(
	subjects: readonly Subject[],
	index: AccountIndex,
	{ emitMissing }: MatchOptions,
	now: Date,
): Record<string, string> {
	const isEverybody = emitMissing && partOf(subjects) === undefined;
	const inRun = new Set(isEverybody ? subjects.map(({ account }) => account?._id) : []);
	const lately: Record<string, string> = {};
	for (const account of [...index.byLink.values()].flat()) {
		const stamp = stampOf(account);
		if (!stamp || now.getTime() - stamp.at.getTime() >= LATELY_MS || inRun.has(account._id))
			continue;
		lately[account._id] = stamp.at.toISOString();
	}
	return lately;
}

/**
 * The manager is known by Humaans id; JumpCloud wants the id of their account. A suspended account
 * says nothing by itself: the manager has left when Humaans says so in this run.
 */
function managerAccountOf(
	{ desired }: Subject,
	index: AccountIndex,
	people: ReadonlyMap<string, Subject>,
): Pick<Match, 'managerAccountId'> {
	const manager = desired?.attributes.manager;
	if (typeof manager !== 'string') return {};
	const accounts = index.byLink.get(manager) ?? [];
	const [account] = accounts;
	if (!account || accounts.length > 1) return {};
	if (stateOf(account) !== 'SUSPENDED') return { managerAccountId: account._id };
	const person = people.get(manager)?.person;
	const hasLeft = person === null || person?.status === 'offboarded';
	return hasLeft ? { managerAccountId: null } : {};
}

function emailOf(
	{ person }: Subject,
	account: Account | null,
	run: RunFacts,
): Pick<Match, 'emailIsNobodyElses' | 'emailIsOf'> {
	if (!person || !account?.email || sameEmail(account.email, person.email)) return {};
	const holders = inRunWithEmail(run, account.email).filter(({ id }) => id !== person.id);
	if (holders.length > 0) return { emailIsOf: holders.slice(0, 10).map(({ id }) => id) };
	return run.holdsEverybody ? { emailIsNobodyElses: true } : {};
}

/** Whoever has an account of their own does not need that of a namesake who has left. */
function namesakesOf(
	{ person }: Subject,
	{ byLink }: AccountIndex,
): Pick<Match, 'namesakesWithAccount'> {
	const { sameNameAs = {}, sameNameAndEmailAs = [] } = person ?? {};
	const ids = [...Object.keys(sameNameAs), ...sameNameAndEmailAs].filter((id) => byLink.has(id));
	return ids.length > 0 ? { namesakesWithAccount: ids } : {};
}

function matched(
	subjects: readonly Subject[],
	index: AccountIndex,
	options: MatchOptions,
	{ isAll, readAt }: { isAll: boolean; readAt: string },
): Subject[] {
	const people = new Map(subjects.map((subject) => [subject.personId ?? '', subject]));
	const verdicts = matchAll(subjects, index, options);
	const run = runFacts(subjects);
	return subjects.map((subject, place) => {
		const { person } = subject;
		const { account, match } = verdicts[place]!;
		const counted = isAll ? { accountsInUse: index.inUse } : {};
		const manager = managerAccountOf(subject, index, people);
		const freeAgain = isAll && account ? freeAgainFor(account, subject.desired, index) : [];
		const free = freeAgain.length > 0 ? { freeAgain } : {};
		const twins = isAll && person?.status === 'offboarded' ? namesakesOf(subject, index) : {};
		const more = { ...counted, ...manager, ...free, ...emailOf(subject, account, run), ...twins };
		return { ...subject, account, match: { ...match, ...more, readAt } };
	});
}

/** Beside everybody who may have left, and beside the first one, whoever that is. */
function withSuspendedLately(
	subjects: readonly Subject[],
	lately: Record<string, string>,
	now: Date,
): Subject[] {
	if (Object.keys(lately).length === 0) return [...subjects];
	return subjects.map((subject, place) =>
		place === 0 || mayHaveLeft(subject, now)
			? { ...subject, match: { ...subject.match!, suspendedLately: lately } }
			: subject,
	);
}

const withAccountsRead = (subject: Subject, accountsRead: number): Subject => ({
	...subject,
	match: { ...subject.match!, accountsRead },
});

const unreadableNotice = ({ unreadable }: AccountsRead): string[] =>
	unreadable === 0 ? [] : [`${unreadable} rows of JumpCloud have no ID and were left out.`];

/**
 * Finds each subject's account. A hit that carries the person's link is believed; anything else is
 * believed only after all accounts were read: absence, an adoption, a claim, and how many were
 * suspended lately.
 * @throws Declined when all linked accounts are of another Humaans company
 */
export async function matchSubjects(
	client: JumpCloudClient,
	subjects: readonly Subject[],
	options: MatchOptions,
): Promise<MatchResult> {
	if (subjects.length === 0) return { subjects: [], missing: [], ofNobody: [], notice: null };
	const { emitMissing, emitOfNobody = false, severalCompanies = false } = options;
	const { now = new Date() } = options;
	const needsAll =
		emitMissing || emitOfNobody || subjects.some((subject) => mayHaveLeft(subject, now));
	const readAt = now.toISOString();
	const read = await readAccounts(client, planReading(subjects, needsAll));
	const companies = companiesOf(subjects);
	const index = indexAccounts(read.accounts, companies);
	if (read.isAll && !severalCompanies && isAllOfAnotherCompany(subjects, index)) {
		throw new Declined(
			'All linked accounts in JumpCloud are of another Humaans company than the people in this ' +
				'run, so nothing was concluded.',
			'Check the access token of Humaans. If two Humaans companies share this JumpCloud ' +
				'organization, switch on "Several Humaans Companies" in the options of Match.',
		);
	}
	const found = matched(subjects, index, options, { isAll: read.isAll, readAt });
	const missing: Missing = emitMissing
		? missingOf(subjects, index, { companies, isShared: severalCompanies })
		: { subjects: [], notices: [] };
	const others: Missing = emitOfNobody
		? ofNobody(found, missing.subjects, index, { withMissing: emitMissing })
		: { subjects: [], notices: [] };
	const notices = [...missing.notices, ...others.notices, ...unreadableNotice(read)];
	const lately = read.isAll ? suspendedLately(found, index, options, now) : {};
	const total = read.accounts.length + read.unreadable;
	const counted = (some: readonly Subject[]): Subject[] =>
		emitOfNobody ? some.map((subject) => withAccountsRead(subject, total)) : [...some];
	return {
		subjects: counted(withSuspendedLately(found, lately, now)),
		missing: counted(missing.subjects),
		ofNobody: counted(others.subjects),
		notice: notices.length > 0 ? notices.join(' ') : null,
	};
}
