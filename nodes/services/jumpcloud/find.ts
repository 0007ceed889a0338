import { endsWith, SMALL_PAGE, type AccountQuery, type JumpCloudClient } from './client';
import { ATTRIBUTES } from '../../core/account/attributes';
import { isPersonId, linkOf, stateOf } from '../../core/account/link';
import type { Account } from '../../core/subject';
import { cleanText } from '../../core/text';
import { attempt } from '../http/failure';
import { Declined, type Written } from './guard';

/** Accounts that carry this link. Where JumpCloud cannot be asked for it, all are read. */
export async function accountsLinkedTo(client: JumpCloudClient, link: string): Promise<Account[]> {
	const found = await client.findByLink(link);
	if (found !== null && found.length > 0) return found;
	const all = await client.everyAccount();
	return all.accounts.filter((account) => linkOf(account) === link);
}

/**
 * The one account with this work email, or linked to the person with this Humaans ID.
 * @throws Declined when there is none, or more than one
 */
export async function accountByEmail(client: JumpCloudClient, typed: string): Promise<Account> {
	const wanted = cleanText(typed);
	const isLink = isPersonId(wanted);
	const same = wanted.toLowerCase();
	const found = isLink
		? await accountsLinkedTo(client, wanted)
		: (await client.find({ email: same })).filter(({ email }) => email.toLowerCase() === same);
	if (found.length > 1)
		throw new Declined(
			`Several JumpCloud accounts fit: ${found.map(({ username }) => username).join(', ')}.`,
			'Choose one of them by its email.',
		);
	if (found.length === 0)
		throw new Declined(
			isLink
				? 'No JumpCloud account is linked to the person with that Humaans ID.'
				: 'No JumpCloud account has that email.',
			isLink
				? 'Check the ID, or give the work email of the account.'
				: 'Check the address. JumpCloud may have an older one: the Humaans ID of the person finds the ' +
						'account that is linked to them.',
		);
	return found[0]!;
}

/**
 * Says which other accounts of the same person are open still, once one was cut off. Access never
 * hangs on it: where they cannot be looked for, that is said.
 */
export async function withOpenOnes(client: JumpCloudClient, written: Written): Promise<Written> {
	const { account } = written;
	const link = account === null ? null : linkOf(account);
	if (account === null || link === null) return written;
	const linked = await attempt(accountsLinkedTo(client, link));
	const open = linked.ok
		? linked.value.filter((one) => one._id !== account._id && stateOf(one) === 'ACTIVATED')
		: [];
	const names = open.map(({ username }) => username).join(', ');
	const warning = linked.ok
		? `Still open, and linked to the same person: ${names}. Cut off each by its own email.`
		: 'Whether the same person has another account could not be looked at.';
	if (linked.ok && open.length === 0) return written;
	const warnings = [...(written.outcome.warnings ?? []), warning];
	return { ...written, outcome: { ...written.outcome, warnings } };
}

export async function accountById(client: JumpCloudClient, id: string): Promise<Account> {
	const account = await client.get(id);
	if (!account)
		throw new Declined(
			'There is no JumpCloud account with that ID.',
			'Check the ID and the region in the credential.',
		);
	return account;
}

/**
 * Filters of Get Many; all of them must hold. Texts are compared exactly by JumpCloud, the domain
 * in any case.
 */
export interface AccountFilters {
	state?: string;
	department?: string;
	jobTitle?: string;
	location?: string;
	company?: string;
	costCenter?: string;
	employeeType?: string;
	emailDomain?: string;
	/** Letters that stand in the name, username or email. */
	search?: string;
	/** Whether the account carries the link of this package. */
	linked?: 'linked' | 'notLinked' | 'all';
}

const EXACT = [
	'state',
	...ATTRIBUTES.filter(({ filter }) => filter).map(({ slot }) => slot),
] as ReadonlyArray<keyof AccountFilters>;

function queryFor(filters: AccountFilters): AccountQuery {
	const and = EXACT.flatMap((field): Array<Record<string, unknown>> => {
		const value = filters[field]?.trim();
		return value ? [{ [field]: value }] : [];
	});
	const domain = cleanText(filters.emailDomain ?? '').replace(/^@/, '');
	if (domain) and.push({ email: endsWith(`@${domain}`) });
	const term = cleanText(filters.search ?? '');
	return { and, ...(term ? { term } : {}) };
}

/**
 * Accounts that pass the filters, at most `limit` (Infinity: all of them, and then an incomplete
 * list is a failure). JumpCloud cannot be asked for custom attributes, so the link is looked at
 * here.
 */
export async function accountsBy(
	client: JumpCloudClient,
	filters: AccountFilters,
	limit: number,
): Promise<Account[]> {
	const { linked = 'all' } = filters;
	const query = queryFor(filters);
	const isNarrowed = (query.and ?? []).length > 0 || query.term !== undefined;
	const passes = (account: Account): boolean =>
		linked === 'all' || (linkOf(account) !== null) === (linked === 'linked');
	if (limit === Infinity) {
		const all = isNarrowed ? client.searchAll(query) : client.everyAccount();
		const found = await all;
		return ('accounts' in found ? found.accounts : found).filter(passes);
	}
	const accounts = new Map<string, Account>();
	const size = linked === 'all' ? Math.min(limit, SMALL_PAGE) : SMALL_PAGE;
	for (let skip = 0; accounts.size < limit; ) {
		const { rows, total } = isNarrowed
			? await client.search(query, skip, size)
			: await client.page(skip, size);
		for (const { account } of rows) {
			if (account && passes(account)) accounts.set(account._id, account);
		}
		skip += rows.length;
		if (rows.length === 0 || skip >= total) break;
	}
	return [...accounts.values()].slice(0, limit);
}

const SIMPLE = [
	'_id',
	'username',
	'email',
	'firstname',
	'lastname',
	'state',
	'activated',
	'jobTitle',
	'department',
	'employeeIdentifier',
] as const;

/** The ten fields people look for first. */
export const simplifiedAccount = (account: Account): Record<string, unknown> =>
	Object.fromEntries(SIMPLE.map((field) => [field, account[field] ?? null]));
