import { ACCOUNT_FIELDS } from '../../core/account/accountFields';
import { linkOf } from '../../core/account/link';
import type { Account } from '../../core/subject';
import { parseAccountRow } from '../../core/account/accountRow';
import { holdsArrays, type AccountBody } from '../../core/account/body';
import { REQUESTS_AT_ONCE } from '../http/concurrency';
import { attempt, ServiceFailure } from '../http/failure';
import type { HttpRequest, Requester } from '../http/requester';
import { sweep, type Page } from '../http/pages';
import {
	accountsIn,
	readable,
	REFUSES_A_WAY,
	showsAccounts,
	type AllAccounts,
	type ListedAccount,
} from './listedAccounts';
import { LISTING_WAYS, Tenant, type ListingWay } from './tenant';

export interface UserGroup {
	id: string;
	name: string;
	type?: string;
	description?: string;
}

/**
 * Unique values by which an account can be looked up; each is compared exactly, emails and
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
	/** Names of the fields that rows hold. @default all */
	fields?: readonly string[];
}

/** The first page of all accounts, and how the others are to be asked for. */
export interface FirstPage extends Page<ListedAccount> {
	way: ListingWay;
	/** Named fields of the rows; absent: all. */
	fields?: readonly string[];
}

/** Rows that every server gives. */
export const SMALL_PAGE = 100;
/** Where a search for a few letters looks. */
const SEARCHED = ['username', 'email', 'firstname', 'lastname'];

const escapeRegex = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
const anyCase = (text: string) => ({ $regex: `(?i)(^${escapeRegex(text)}$)` });
/** Condition: the text ends so, in any case. */
export const endsWith = (text: string) => ({ $regex: `(?i)(${escapeRegex(text)}$)` });

/**
 * The calls of the JumpCloud Directory API that this package makes, one method a call. Reads and
 * writes that may be done twice are repeated; the others are marked as not repeatable.
 */
export class JumpCloudClient {
	/** @param tenant what is known about JumpCloud at this address. @default nothing */
	constructor(
		private readonly request: Requester,
		readonly tenant = new Tenant(),
	) {}

	/**
	 * All accounts, or a failure: an incomplete list is never returned. An empty list is asked for once
	 * more, because an answer that lost its rows looks the same as one that says there are none.
	 * @param fields of each account. @default all
	 */
	async everyAccount(fields?: readonly string[]): Promise<AllAccounts> {
		const all = await this.sweepAccounts(await this.firstPage(fields));
		return all.accounts.length > 0 ? all : await this.sweepAccounts(await this.firstPage(fields));
	}

	/**
	 * The first page of all accounts: it tells the total, and with `sweepAccounts` it need not be
	 * read again. Asks for 1,000 by a search, then for 100, then by GET, until one is not refused; the
	 * next time it begins with that one.
	 * @param fields of each account. @default all
	 */
	async firstPage(fields?: readonly string[]): Promise<FirstPage> {
		for (let place = this.tenant.listing; ; place++) {
			const way = LISTING_WAYS[place]!;
			const isLast = place === LISTING_WAYS.length - 1;
			const first = await attempt(this.pageBy({ way, fields }, 0));
			if (!first.ok && (isLast || !REFUSES_A_WAY.includes(first.failure.kind))) throw first.failure;
			if (!first.ok || !(isLast || showsAccounts(first.value.rows))) continue;
			this.tenant.listing = place;
			return { ...first.value, way, fields };
		}
	}

	/** The rest of a sweep that was begun. */
	async sweepAccounts(first: FirstPage): Promise<AllAccounts> {
		const rows = await sweep<ListedAccount>({
			service: 'JumpCloud',
			pageSize: first.way.size,
			atOnce: REQUESTS_AT_ONCE - 1,
			first,
			idOf: ({ key }) => key,
			fetch: async (skip) => await this.pageBy(first, skip),
		});
		const accounts = readable(rows);
		return { accounts, unreadable: rows.length - accounts.length };
	}

	/** GET is what is asked when nothing else works, so it is asked for nothing special. */
	private async pageBy(
		{ way: { by, size }, fields }: Pick<FirstPage, 'way' | 'fields'>,
		skip: number,
	): Promise<Page<ListedAccount>> {
		return by === 'list' ? await this.page(skip, size) : await this.search({ fields }, skip, size);
	}

	/** One page in the order of `_id`. */
	async page(
		skip: number,
		limit: number,
		query: Record<string, string | number> = {},
	): Promise<Page<ListedAccount>> {
		const answer = await this.request({
			method: 'GET',
			path: '/api/systemusers',
			query: { limit, skip, sort: '_id', ...query },
			repeat: 'safe',
			expect: 'object',
		});
		return accountsIn(answer, skip);
	}

	/** One page of a search, in the order of `_id`. */
	async search(
		{ and, or, term, fields }: AccountQuery,
		skip = 0,
		limit = SMALL_PAGE,
	): Promise<Page<ListedAccount>> {
		const filter = and?.length ? { filter: { and } } : or?.length ? { filter: { or } } : {};
		// Which of the two places counts is not documented; JumpCloud's own client sends both.
		const query = { limit, skip, sort: '_id' };
		const body = {
			...filter,
			...(term ? { searchFilter: { searchTerm: term, fields: SEARCHED } } : {}),
			...(fields ? { fields: fields.join(' ') } : {}),
			...query,
		};
		const answer = await this.request({
			method: 'POST',
			path: '/api/search/systemusers',
			query,
			body,
			repeat: 'safe',
			expect: 'object',
			reads: true,
		});
		return accountsIn(answer, skip);
	}

	/**
	 * Accounts that hold one of these values; an address also as their personal email. An answer that
	 * is not the whole list is a failure.
	 */
	async find(keys: AccountKeys): Promise<Account[]> {
		const or: Array<Record<string, unknown>> = [];
		if (keys.employeeIdentifier) or.push({ employeeIdentifier: keys.employeeIdentifier });
		if (keys.username) or.push({ username: anyCase(keys.username) });
		const addresses = [keys.email, keys.alternateEmail].filter((address) => Boolean(address));
		for (const address of new Set(addresses as string[])) {
			or.push({ email: anyCase(address) }, { alternateEmail: anyCase(address) });
		}
		return or.length === 0 ? [] : await this.searchAll({ or });
	}

	/**
	 * Accounts that carry a link, as far as JumpCloud can be asked for custom attributes; null: it
	 * cannot. That there are none proves nothing.
	 */
	async findByLink(link: string): Promise<Account[] | null> {
		if (this.tenant.linkFilter === 'useless') return null;
		const filter = `attributes.value:$eq:${link}`;
		const query = { filter, fields: ACCOUNT_FIELDS.join(' ') };
		const answer = await attempt(this.page(0, SMALL_PAGE, query));
		if (!answer.ok && !REFUSES_A_WAY.includes(answer.failure.kind)) throw answer.failure;
		const rows = answer.ok ? answer.value.rows : [];
		const found = readable(rows).filter((account) => linkOf(account) === link);
		// Nobody is in the list who was not asked for, but for those who have the value elsewhere.
		const isWhole = answer.ok && answer.value.total === rows.length && rows.length < SMALL_PAGE;
		const isNarrowed = isWhole && showsAccounts(rows);
		if (!isNarrowed) this.tenant.linkFilter = 'useless';
		else if (found.length > 0) this.tenant.linkFilter = 'works';
		return isNarrowed ? found : null;
	}

	/** All accounts that a search finds, or a failure. */
	async searchAll(query: AccountQuery): Promise<Account[]> {
		const rows = await sweep<ListedAccount>({
			service: 'JumpCloud',
			pageSize: SMALL_PAGE,
			idOf: ({ key }) => key,
			fetch: async (skip, limit) => await this.search(query, skip, limit),
		});
		return readable(rows);
	}

	/** The account, or null when there is none with this id. */
	async get(id: string): Promise<Account | null> {
		const row = await this.orNull({
			method: 'GET',
			path: this.user(id),
			repeat: 'safe',
			expect: 'object',
		});
		return row === null ? null : this.accountOf(row);
	}

	/**
	 * Not repeatable: after an uncertain failure the caller reads before it sends again, with the
	 * attempts that are left.
	 */
	async create(body: AccountBody, attempts?: number): Promise<Account> {
		return await this.whole(
			await this.request({
				method: 'POST',
				path: '/api/systemusers',
				body,
				repeat: 'unsafe',
				expect: 'object',
				attempts,
			}),
		);
	}

	/**
	 * Partial: only the keys sent change. Arrays are replaced whole and a state is set whatever it
	 * was, so a body with one of them holds only for the account as it was just read.
	 */
	async update(id: string, body: AccountBody): Promise<Account> {
		const isAsRead = holdsArrays(body) || 'state' in body || 'email' in body;
		return await this.whole(
			await this.request({
				method: 'PUT',
				path: this.user(id),
				body,
				repeat: isAsRead ? 'asRead' : 'safe',
				expect: 'object',
			}),
		);
	}

	/** STAGED → ACTIVATED with a mail to one address, or none. Not repeatable. */
	async activate(id: string, email: string | false): Promise<void> {
		await this.request({
			method: 'POST',
			path: `${this.user(id)}/state/activate`,
			body: { email },
			repeat: 'asRead',
			expect: 'anything',
		});
	}

	/** → SUSPENDED, by JumpCloud's verb for it (no body). Not every tenant need have it. */
	async suspend(id: string): Promise<void> {
		await this.request({
			method: 'POST',
			path: `${this.user(id)}/state/suspend`,
			repeat: 'asRead',
			expect: 'anything',
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
			repeat: 'asRead',
			expect: 'anything',
		});
	}

	async groups(skip = 0, limit = SMALL_PAGE, filter?: string): Promise<UserGroup[]> {
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
	 * `same`: it was so already. `notFound` (404) has several meanings, and the caller finds out
	 * which: not a member, no such group, no such account.
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

	/** The answer to a write; one that says nothing of link or state is no account to go on with. */
	private async whole(row: unknown): Promise<Account> {
		const answered = this.accountOf(row);
		const isWhole = 'attributes' in answered && ('state' in answered || 'suspended' in answered);
		return isWhole ? answered : ((await this.get(answered._id)) ?? answered);
	}

	private accountOf(row: unknown): Account {
		const account = parseAccountRow(row);
		if (!account) throw new ServiceFailure('JumpCloud', 'notJson', null);
		return account;
	}
}
