import { endsWith, SMALL_PAGE, type AccountQuery, type JumpCloudClient } from './client';
import { ATTRIBUTES } from '../../core/account/attributes';
import { linkOf } from '../../core/account/link';
import type { Account } from '../../core/subject';
import { cleanText } from '../../core/text';
import { Declined } from './guard';

/** The one account with this work email. @throws Declined when there is none */
export async function accountByEmail(client: JumpCloudClient, email: string): Promise<Account> {
	const wanted = cleanText(email).toLowerCase();
	const found = (await client.find({ email: wanted })).filter(
		(account) => account.email.toLowerCase() === wanted,
	);
	if (found.length !== 1)
		throw new Declined(
			'No JumpCloud account has that email.',
			'Check the address, or choose the user from the list.',
		);
	return found[0]!;
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
