/** Reads the accounts that some people can have, by the fewest calls. */
import { ACCOUNT_FIELDS } from '../../core/account/accountFields';
import { linkOf } from '../../core/account/link';
import type { Account, Subject } from '../../core/subject';
import { pagesIn } from '../http/pages';
import type { AccountKeys, JumpCloudClient } from './client';
import type { AllAccounts } from './listedAccounts';

/** So few people are searched for at once, without asking first how many accounts there are. */
export const SEARCH_UP_TO = 3;
const SIDE_BY_SIDE = 5;

/** Whom one hit must be linked to, and what else they can be looked up by; null: by nothing. */
interface LookUp {
	link: string;
	keys: AccountKeys | null;
}

/**
 * What is to be read:
 *
 *   everything      somebody may have left, or absence must be proven, or somebody is not known
 *   a few look-ups  so few people that nothing is cheaper
 *   the cheaper     more people: the first page of all accounts tells what a sweep would cost
 *
 * Somebody is looked up by their link, and by what else is known of them where that finds nothing
 * and JumpCloud has not shown yet that it can be asked for links. A hit that carries the person's
 * link is believed. When one is missing, everything is read.
 */
export type ReadingPlan =
	| { kind: 'everything' }
	| { kind: 'lookUps' | 'cheaper'; lookUps: readonly LookUp[] };

/** A look-up for each person and each manager; null when one of them is not known. */
function lookUpsFor(subjects: readonly Subject[]): LookUp[] | null {
	const lookUps = new Map<string, LookUp>();
	for (const { personId, person, desired } of subjects) {
		if (!person || !personId) return null;
		const { employeeId, email, manager: boss } = person;
		const keys = employeeId || email ? { employeeIdentifier: employeeId, email } : null;
		lookUps.set(personId, { keys, link: personId });
		const manager = desired?.attributes.manager;
		if (typeof manager !== 'string' || lookUps.has(manager)) continue;
		const isNamed = boss?.id === manager && Boolean(boss.email);
		lookUps.set(manager, { keys: isNamed ? { email: boss.email } : null, link: manager });
	}
	return [...lookUps.values()];
}

/** @param needsAll whether something is to be concluded from what is not there */
export function planReading(subjects: readonly Subject[], needsAll: boolean): ReadingPlan {
	const lookUps = needsAll ? null : lookUpsFor(subjects);
	if (lookUps === null) return { kind: 'everything' };
	return { kind: lookUps.length <= SEARCH_UP_TO ? 'lookUps' : 'cheaper', lookUps };
}

/** Like Promise.all, but nothing is under way any more when it fails. */
async function allOf<T>(work: Array<Promise<T>>): Promise<T[]> {
	await Promise.allSettled(work);
	return await Promise.all(work);
}

/** Accounts of which one carries the link, or null. */
async function lookUpOne(
	client: JumpCloudClient,
	{ link, keys }: LookUp,
): Promise<Account[] | null> {
	const { tenant } = client;
	const linked = await client.findByLink(link);
	if (linked !== null && linked.length > 0) return linked;
	if (keys === null || tenant.linkFilter === 'works') return null;
	const found = await client.find(keys);
	if (!found.some((account) => linkOf(account) === link)) return null;
	// It has the link, and a filter on the link did not find it.
	tenant.linkFilter = 'useless';
	return found;
}

/** All hits when each look-up found an account with the link; null when everything is to be read. */
async function lookUp(
	client: JumpCloudClient,
	lookUps: readonly LookUp[],
): Promise<Account[] | null> {
	const hits = new Map<string, Account>();
	for (let at = 0; at < lookUps.length; at += SIDE_BY_SIDE) {
		const some = lookUps.slice(at, at + SIDE_BY_SIDE);
		const found = await allOf(some.map(async (one) => await lookUpOne(client, one)));
		for (const accounts of found) {
			if (accounts === null) return null;
			for (const account of accounts) hits.set(account._id, account);
		}
	}
	return [...hits.values()];
}

export interface AccountsRead extends AllAccounts {
	/** All accounts there are; otherwise those that fit. */
	isAll: boolean;
}

const someOf = (accounts: Account[]): AccountsRead => ({ accounts, unreadable: 0, isAll: false });

/** Carries a plan out. An incomplete sweep is a failure, never an answer. */
export async function readAccounts(
	client: JumpCloudClient,
	plan: ReadingPlan,
): Promise<AccountsRead> {
	if (plan.kind === 'lookUps') {
		const hits = await lookUp(client, plan.lookUps);
		if (hits) return someOf(hits);
	}
	const first = await client.firstPage(ACCOUNT_FIELDS);
	const pagesLeft = pagesIn(first.total, first.rows.length) - 1;
	if (plan.kind === 'cheaper' && plan.lookUps.length < pagesLeft) {
		const hits = await lookUp(client, plan.lookUps);
		if (hits) return someOf(hits);
	}
	const all = await client.sweepAccounts(first);
	// Nothing looks so much like "nobody is left" as an answer that lost its rows.
	return {
		...(all.accounts.length > 0 ? all : await client.everyAccount(ACCOUNT_FIELDS)),
		isAll: true,
	};
}
