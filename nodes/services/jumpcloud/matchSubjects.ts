import type { AccountKeys, JumpCloudClient } from './client';
import { pagesIn } from '../http/pages';
import type { Account, Subject } from '../../core/subject';
import { DEPROVISIONED_AT, customAttribute, linkOf, stateOf } from '../../core/account/link';
import { isInBatch, parseBatch, SOME } from '../../core/person/batch';
import {
	indexAccounts,
	matchAll,
	unclaimed,
	type AccountIndex,
	type MatchSettings,
} from '../../core/matching/match';

export interface MatchOptions extends MatchSettings {
	/**
	 * Also emit linked accounts whose person is not among the subjects. Only for a complete read of
	 * all people, or of a batch of them.
	 */
	emitMissing: boolean;
	/** @default the clock */
	now?: Date;
}

export interface MatchResult {
	/** The subjects with `account` and `match`, in order. */
	subjects: Subject[];
	/**
	 * Linked accounts whose person is not among them; whether they are gone is for Humaans to say.
	 */
	missing: Subject[];
	/** Said to the user when something was not done. */
	notice: string | null;
}

/** So few people are searched for at once, without asking first how many accounts there are. */
export const SEARCH_UP_TO = 3;
const SIDE_BY_SIDE = 5;

/**
 * How far back `suspendedLately` goes, in milliseconds: the window of the policy's limit and more.
 */
const LATELY_MS = 48 * 3_600_000;
const DAY_MS = 24 * 3_600_000;

/**
 * Somebody whose account may be disabled. How many others were lately, by whatever workflow, only
 * the accounts themselves say.
 */
function mayHaveLeft({ person }: Subject, now: Date): boolean {
	if (!person) return true;
	const tomorrow = new Date(now.getTime() + DAY_MS).toISOString().slice(0, 10);
	return (
		person.status === 'offboarded' ||
		(Boolean(person.employmentEndDate) &&
			[person.employmentEndDate, person.lastWorkingDay].some((day) => day && day <= tomorrow))
	);
}

/**
 * Finds each subject's account by the fewest calls. Few people are searched for, one call each; for
 * more, the first page of all accounts tells what a sweep would cost. A hit that carries the
 * person's link is believed; anything else is believed only after all accounts were read: absence,
 * an adoption, a claim, and how many were suspended lately. An incomplete sweep is a failure, never
 * an answer.
 */
export async function matchSubjects(
	client: JumpCloudClient,
	subjects: readonly Subject[],
	options: MatchOptions,
): Promise<MatchResult> {
	if (subjects.length === 0) return { subjects: [], missing: [], notice: null };
	const now = options.now ?? new Date();
	const searches =
		options.emitMissing || subjects.some((subject) => mayHaveLeft(subject, now))
			? null
			: searchesFor(subjects);
	if (searches && searches.length <= SEARCH_UP_TO) {
		const hits = await searchFor(client, searches);
		if (hits) return matched(subjects, indexAccounts(hits), options, false);
	}
	const first = await client.firstPage();
	const pagesLeft = pagesIn(first.total, first.rows.length) - 1;
	if (searches && searches.length > SEARCH_UP_TO && searches.length < pagesLeft) {
		const hits = await searchFor(client, searches);
		if (hits) return matched(subjects, indexAccounts(hits), options, false);
	}
	const accounts = await client.sweepAccounts(first);
	const everybody = accounts.length > 0 ? accounts : await client.everyAccount();
	return withSuspendedLately(
		matched(subjects, indexAccounts(everybody), options, true),
		suspendedLately(everybody, now),
		options,
		now,
	);
}

/**
 * Says beside everybody who may have left how many others were suspended lately, and beside the
 * first one, whoever that is: the policy can take people out for other reasons. With everybody in
 * the run most of those accounts come along themselves.
 */
function withSuspendedLately(
	result: MatchResult,
	all: Record<string, string>,
	{ emitMissing }: MatchOptions,
	now: Date,
): MatchResult {
	const { subjects } = result;
	const inRun = new Set(
		emitMissing && partOf(subjects) === undefined
			? subjects.map(({ account }) => account?._id)
			: [],
	);
	const lately = Object.fromEntries(Object.entries(all).filter(([id]) => !inRun.has(id)));
	if (Object.keys(lately).length === 0) return result;
	return {
		...result,
		subjects: subjects.map((subject, at) =>
			at === 0 || mayHaveLeft(subject, now)
				? { ...subject, match: { ...subject.match!, suspendedLately: lately } }
				: subject,
		),
	};
}

/** Account id → when this package suspended it. */
function suspendedLately(accounts: readonly Account[], now: Date): Record<string, string> {
	const since = now.getTime() - LATELY_MS;
	return Object.fromEntries(
		accounts.flatMap((account) => {
			const stamp = customAttribute(account, DEPROVISIONED_AT);
			return stamp !== null && linkOf(account) !== null && Date.parse(stamp) > since
				? [[account._id, stamp]]
				: [];
		}),
	);
}

function matched(
	subjects: readonly Subject[],
	index: AccountIndex,
	options: MatchOptions,
	everybody: boolean,
): MatchResult {
	const verdicts = matchAll(subjects, index, options);
	const withAccounts = subjects.map((subject, at) => {
		const { account, match } = verdicts[at]!;
		return {
			...subject,
			account,
			match: {
				...match,
				...(everybody ? { linkedAccounts: index.linked } : {}),
				...managerOf(subject, index),
			},
		};
	});
	const { missing, notice } = options.emitMissing
		? missingOf(subjects, index)
		: { missing: [], notice: null };
	return { subjects: withAccounts, missing, notice };
}

/** One look-up, and the link that one of its hits must carry. */
interface Search {
	keys: AccountKeys;
	link: string;
}

/**
 * A search for each person and each manager, or null when one of them has nothing to be searched
 * by.
 */
function searchesFor(subjects: readonly Subject[]): Search[] | null {
	const searches = new Map<string, Search>();
	for (const { personId, person, desired } of subjects) {
		if (!person || !personId || !(person.employeeId || person.email)) return null;
		searches.set(personId, {
			keys: { employeeIdentifier: person.employeeId, email: person.email },
			link: personId,
		});
		const manager = desired?.attributes.manager;
		if (typeof manager !== 'string' || searches.has(manager)) continue;
		if (person.manager?.id !== manager || !person.manager.email) return null;
		searches.set(manager, { keys: { email: person.manager.email }, link: manager });
	}
	return [...searches.values()];
}

/** Like Promise.all, but nothing is under way any more when it fails. */
async function allOf<T>(work: Array<Promise<T>>): Promise<T[]> {
	await Promise.allSettled(work);
	return await Promise.all(work);
}

/** All hits when each search found an account with the link; null when a sweep is due. */
async function searchFor(
	client: JumpCloudClient,
	searches: readonly Search[],
): Promise<Account[] | null> {
	const hits = new Map<string, Account>();
	for (let at = 0; at < searches.length; at += SIDE_BY_SIDE) {
		const some = searches.slice(at, at + SIDE_BY_SIDE);
		const found = await allOf(some.map(async ({ keys }) => await client.find(keys)));
		if (!some.every(({ link }, index) => found[index]!.some((account) => linkOf(account) === link)))
			return null;
		for (const account of found.flat()) hits.set(account._id, account);
	}
	return [...hits.values()];
}

/**
 * The manager is known by Humaans id; JumpCloud wants the id of their account. One whose account is
 * suspended has left.
 */
function managerOf(subject: Subject, index: AccountIndex): { managerAccountId?: string | null } {
	const manager = subject.desired?.attributes.manager;
	if (typeof manager !== 'string') return {};
	const accounts = index.byLink.get(manager) ?? [];
	const [account] = accounts;
	if (!account || accounts.length > 1) return {};
	return { managerAccountId: stateOf(account) === 'SUSPENDED' ? null : account._id };
}

/** The part that all subjects are of; undefined when they are everybody. */
function partOf(subjects: readonly Subject[]): string | undefined {
	const [part, ...others] = new Set(subjects.map((subject) => subject.part));
	return others.length > 0 ? SOME : part;
}

function missingOf(
	subjects: readonly Subject[],
	index: AccountIndex,
): Pick<MatchResult, 'missing' | 'notice'> {
	const ids = new Set(subjects.flatMap((subject) => (subject.personId ? [subject.personId] : [])));
	const part = partOf(subjects);
	const batch = part === undefined ? null : parseBatch(part);
	const accounts = unclaimed(index, ids).filter(
		(account) => batch === null || isInBatch(linkOf(account)!, batch),
	);
	if (accounts.length === 0) return { missing: [], notice: null };
	const leftOut = (why: string) => ({
		missing: [],
		notice: `${accounts.length} linked accounts have no person in this run. They were left out, because ${why}.`,
	});
	if (!subjects.every((subject) => subject.complete === true))
		return leftOut('the people were not read completely');
	if (part !== undefined && batch === null) return leftOut('only some people are in it');
	const missing = [...new Set(accounts.map((account) => linkOf(account)!))].map(
		(personId): Subject => {
			const own = index.byLink.get(personId)!;
			const candidates = own.map((account) => ({
				id: account._id,
				username: account.username,
				linkedTo: personId,
				by: ['link' as const],
			}));
			const linkedAccounts = index.linked;
			if (own.length > 1)
				return {
					personId,
					account: null,
					match: {
						by: null,
						certain: false,
						candidates,
						conflict: 'twoCandidates',
						linkedAccounts,
					},
				};
			return {
				personId,
				account: own[0]!,
				match: { by: 'link', certain: true, candidates, linkedAccounts },
			};
		},
	);
	return { missing, notice: null };
}
