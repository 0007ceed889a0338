import type { Account } from '../../core/subject';
import type { AccountBody } from '../../core/account/slots';
import { attempt, ServiceFailure } from '../http/failure';
import type { HttpRequest, Requester } from '../http/requester';
import { sweep, type Page } from '../http/pages';

export interface UserGroup {
	id: string;
	name: string;
	type?: string;
	description?: string;
}

/**
 * Unique values by which an account can be looked up; each is compared exactly, e-mails and
 * usernames in any case.
 */
export interface AccountKeys {
	employeeIdentifier?: string | null;
	email?: string | null;
	username?: string | null;
	alternateEmail?: string | null;
}

/**
 * What `POST /search/systemusers` takes: all conditions hold, and any term stands somewhere in any
 * of the fields.
 */
export interface AccountQuery {
	and?: Array<Record<string, unknown>>;
	or?: Array<Record<string, unknown>>;
	term?: string;
}

/** Asked for first; a server that takes no more than 100 says so with a 400. */
const LARGE_PAGE = 1000;
export const PAGE = 100;
/** Where a search for a few letters looks. */
const SEARCHED = ['username', 'email', 'firstname', 'lastname'];

const escapeRegex = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
const anyCase = (text: string) => ({ $regex: `(?i)(^${escapeRegex(text)}$)` });
/** Condition: the text ends so, in any case. */
export const endsWith = (text: string) => ({ $regex: `(?i)(${escapeRegex(text)}$)` });

/**
 * The calls of the JumpCloud Directory API this package makes, one method a call. Reads and
 * idempotent writes are repeated, others never.
 */
export class JumpCloudClient {
	constructor(private readonly request: Requester) {}

	/**
	 * All accounts, or a failure: an incomplete list is never returned. Asks for 1,000 a page and
	 * falls back to 100. An empty list is asked for once more: nothing looks so much like "nobody is
	 * left" as an answer that lost its rows.
	 */
	async everyAccount(): Promise<Account[]> {
		const accounts = await this.sweepAccounts(await this.firstPage());
		return accounts.length > 0 ? accounts : await this.sweepAccounts(await this.firstPage());
	}

	/**
	 * The first page of all accounts: it tells the total, and with `sweepAccounts` it need not be
	 * read again.
	 */
	async firstPage(): Promise<Page<Account> & { pageSize: number }> {
		const large = await attempt(this.page(0, LARGE_PAGE));
		if (large.ok) return { ...large.value, pageSize: LARGE_PAGE };
		if (large.failure.kind === 'refused') return { ...(await this.page(0, PAGE)), pageSize: PAGE };
		throw large.failure;
	}

	/** The rest of a sweep that was begun. */
	async sweepAccounts(first: Page<Account> & { pageSize: number }): Promise<Account[]> {
		const fetch = async (skip: number, limit: number) => await this.page(skip, limit);
		return await sweep<Account>({
			service: 'JumpCloud',
			pageSize: first.pageSize,
			first,
			idOf: (row) => row._id,
			fetch,
		});
	}

	/** One page in the order of `_id`. */
	async page(
		skip: number,
		limit: number,
		query: Record<string, string | number> = {},
	): Promise<Page<Account>> {
		return this.pageOf(
			await this.request({
				method: 'GET',
				path: '/api/systemusers',
				query: { limit, skip, sort: '_id', ...query },
				repeat: 'safe',
				expect: 'object',
			}),
		);
	}

	/** One page of a search, in the order of `_id`. */
	async search({ and, or, term }: AccountQuery, skip = 0, limit = PAGE): Promise<Page<Account>> {
		const filter = and?.length ? { filter: { and } } : or?.length ? { filter: { or } } : {};
		const body = {
			...filter,
			...(term ? { searchFilter: { searchTerm: term, fields: SEARCHED } } : {}),
			limit,
			skip,
			sort: '_id',
		};
		return this.pageOf(
			await this.request({
				method: 'POST',
				path: '/api/search/systemusers',
				body,
				repeat: 'safe',
				expect: 'object',
				reads: true,
			}),
		);
	}

	/** Accounts that hold one of these values. An answer that is not the whole list is a failure. */
	async find(keys: AccountKeys): Promise<Account[]> {
		const or: Array<Record<string, unknown>> = [];
		if (keys.employeeIdentifier) or.push({ employeeIdentifier: keys.employeeIdentifier });
		if (keys.email) or.push({ email: anyCase(keys.email) });
		if (keys.username) or.push({ username: anyCase(keys.username) });
		if (keys.alternateEmail)
			or.push(
				{ alternateEmail: anyCase(keys.alternateEmail) },
				{ email: anyCase(keys.alternateEmail) },
			);
		if (or.length === 0) return [];
		return await sweep<Account>({
			service: 'JumpCloud',
			pageSize: PAGE,
			idOf: (row) => row._id,
			fetch: async (skip, limit) => await this.search({ or }, skip, limit),
		});
	}

	/** The account, or null when there is none with this id. */
	async get(id: string): Promise<Account | null> {
		return (await this.orNull({
			method: 'GET',
			path: this.user(id),
			repeat: 'safe',
			expect: 'object',
		})) as Account | null;
	}

	/**
	 * Not repeatable: after an uncertain failure the caller reads before it sends again, with the
	 * attempts that are left.
	 */
	async create(body: AccountBody, attempts?: number): Promise<Account> {
		return (await this.request({
			method: 'POST',
			path: '/api/systemusers',
			body,
			repeat: 'unsafe',
			expect: 'object',
			attempts,
		})) as Account;
	}

	/** Partial: only the keys sent change; arrays are replaced whole. */
	async update(id: string, body: AccountBody): Promise<Account> {
		return (await this.request({
			method: 'PUT',
			path: this.user(id),
			body,
			repeat: 'safe',
			expect: 'object',
		})) as Account;
	}

	/** STAGED → ACTIVATED with a mail to one address, or none. Not repeatable. */
	async activate(id: string, email: string | false, attempts?: number): Promise<void> {
		await this.request({
			method: 'POST',
			path: `${this.user(id)}/state/activate`,
			body: { email },
			repeat: 'unsafe',
			expect: 'anything',
			attempts,
		});
	}

	/** Activation or password mail once more, to the address JumpCloud chooses. Not repeatable. */
	async resendInvite(id: string): Promise<void> {
		await this.request({
			method: 'POST',
			path: '/api/systemusers/reactivate',
			body: { isSelectAll: false, models: [{ _id: id }] },
			repeat: 'unsafe',
			expect: 'anything',
		});
	}

	/**
	 * Permanent. Reports of the account lose it as their manager. An account that is gone already is
	 * fine.
	 */
	async remove(id: string): Promise<void> {
		await this.orNull({
			method: 'DELETE',
			path: this.user(id),
			query: { cascade_manager: 'null' },
			repeat: 'safe',
			expect: 'anything',
		});
	}

	async groups(skip = 0, limit = PAGE, filter?: string): Promise<UserGroup[]> {
		const query = { limit, skip, sort: 'name', ...(filter ? { filter } : {}) };
		return (await this.request({
			method: 'GET',
			path: '/api/v2/usergroups',
			query,
			repeat: 'safe',
			expect: 'array',
		})) as UserGroup[];
	}

	/** The group, or null when there is none with this id. */
	async group(id: string): Promise<UserGroup | null> {
		return (await this.orNull({
			method: 'GET',
			path: `/api/v2/usergroups/${encodeURIComponent(id)}`,
			repeat: 'safe',
			expect: 'object',
		})) as UserGroup | null;
	}

	/**
	 * `same`: it was so already. A 404 is for the caller to tell apart: not a member, no such group,
	 * no such account.
	 */
	async member(
		groupId: string,
		userId: string,
		op: 'add' | 'remove',
	): Promise<'changed' | 'same' | 'notFound'> {
		const path = `/api/v2/usergroups/${encodeURIComponent(groupId)}/members`;
		const answer = await attempt(
			this.request({
				method: 'POST',
				path,
				body: { op, type: 'user', id: userId },
				repeat: 'safe',
				expect: 'anything',
			}),
		);
		if (answer.ok) return 'changed';
		if (answer.failure.kind === 'notFound') return 'notFound';
		if (answer.failure.kind === 'duplicate' && op === 'add') return 'same';
		throw answer.failure;
	}

	private readonly user = (id: string): string => `/api/systemusers/${encodeURIComponent(id)}`;

	private async orNull(request: HttpRequest): Promise<unknown> {
		const answer = await attempt(this.request(request));
		if (answer.ok) return answer.value;
		if (answer.failure.kind === 'notFound') return null;
		throw answer.failure;
	}

	private pageOf(body: unknown): Page<Account> {
		const { totalCount, results } = body as { totalCount?: unknown; results?: unknown };
		if (typeof totalCount !== 'number' || !Array.isArray(results))
			throw new ServiceFailure('JumpCloud', 'incomplete', null);
		return {
			total: totalCount,
			rows: (results as Account[]).filter((row) => typeof row?._id === 'string'),
		};
	}
}
