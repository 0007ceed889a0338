import type { Account } from '../subject';
import type { AccountBody } from '../slots';
import { attempt, ServiceFailure } from './failure';
import type { Requester } from './http';
import { sweep, type Page } from './pages';

export interface UserGroup {
	id: string;
	name: string;
	type?: string;
	description?: string;
}

/** Unique values by which an account can be looked up; each is compared exactly, e-mails and usernames in any case. */
export interface AccountKeys {
	employeeIdentifier?: string | null;
	email?: string | null;
	username?: string | null;
	alternateEmail?: string | null;
}

/** Asked for first; a server that takes no more than 100 says so with a 400. */
const LARGE_PAGE = 1000;
const PAGE = 100;

const escapeRegex = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
const anyCase = (text: string) => ({ $regex: `(?i)(^${escapeRegex(text)}$)` });

/** The calls of the JumpCloud Directory API this package makes, one method a call. Reads and idempotent writes are repeated, others never. */
export class JumpCloudClient {
	constructor(private readonly request: Requester) {}

	/** All accounts, or a failure: an incomplete list is never returned. Asks for 1,000 a page and falls back to 100. */
	async everyAccount(): Promise<Account[]> {
		const read = async (pageSize: number) =>
			await sweep<Account>({ service: 'JumpCloud', pageSize, idOf: (row) => row._id, fetch: async (skip, limit) => await this.page(skip, limit) });
		const large = await attempt(read(LARGE_PAGE));
		if (large.ok) return large.value;
		if (large.failure.kind === 'refused') return await read(PAGE);
		throw large.failure;
	}

	/** One page in the order of `_id`. */
	async page(skip: number, limit: number, query: Record<string, string | number> = {}): Promise<Page<Account>> {
		return this.pageOf(await this.request({ method: 'GET', path: '/api/systemusers', query: { limit, skip, sort: '_id', ...query }, repeat: 'safe', expect: 'object' }));
	}

	/** Accounts that hold one of these values. An answer that is not the whole list is a failure. */
	async find(keys: AccountKeys): Promise<Account[]> {
		const or: Array<Record<string, unknown>> = [];
		if (keys.employeeIdentifier) or.push({ employeeIdentifier: keys.employeeIdentifier });
		if (keys.email) or.push({ email: anyCase(keys.email) });
		if (keys.username) or.push({ username: anyCase(keys.username) });
		if (keys.alternateEmail) or.push({ alternateEmail: anyCase(keys.alternateEmail) }, { email: anyCase(keys.alternateEmail) });
		if (or.length === 0) return [];
		const body = { filter: { or }, limit: PAGE, skip: 0, sort: '_id' };
		const page = this.pageOf(await this.request({ method: 'POST', path: '/api/search/systemusers', body, repeat: 'safe', expect: 'object' }));
		if (page.rows.length < page.total) throw new ServiceFailure('JumpCloud', 'incomplete', null);
		return page.rows;
	}

	/** The account, or null when there is none with this id. */
	async get(id: string): Promise<Account | null> {
		const answer = await attempt(this.request({ method: 'GET', path: this.user(id), repeat: 'safe', expect: 'object' }));
		if (answer.ok) return answer.value as Account;
		if (answer.failure.kind === 'notFound') return null;
		throw answer.failure;
	}

	/** Not repeatable: after an uncertain failure the caller reads before it sends again. */
	async create(body: AccountBody): Promise<Account> {
		return (await this.request({ method: 'POST', path: '/api/systemusers', body, repeat: 'unsafe', expect: 'object' })) as Account;
	}

	/** Partial: only the keys sent change; arrays are replaced whole. */
	async update(id: string, body: AccountBody): Promise<Account> {
		return (await this.request({ method: 'PUT', path: this.user(id), body, repeat: 'safe', expect: 'object' })) as Account;
	}

	/** STAGED → ACTIVATED with a mail to one address, or none. Not repeatable. */
	async activate(id: string, email: string | false): Promise<void> {
		await this.request({ method: 'POST', path: `${this.user(id)}/state/activate`, body: { email }, repeat: 'unsafe', expect: 'anything' });
	}

	/** Activation or password mail once more, to the address JumpCloud chooses. Not repeatable. */
	async resendInvite(id: string): Promise<void> {
		await this.request({ method: 'POST', path: '/api/systemusers/reactivate', body: { isSelectAll: false, models: [{ _id: id }] }, repeat: 'unsafe', expect: 'anything' });
	}

	/** Permanent. Reports of the account lose it as their manager. An account that is gone already is fine. */
	async remove(id: string): Promise<void> {
		const answer = await attempt(this.request({ method: 'DELETE', path: this.user(id), query: { cascade_manager: 'null' }, repeat: 'safe', expect: 'anything' }));
		if (!answer.ok && answer.failure.kind !== 'notFound') throw answer.failure;
	}

	async groups(skip = 0, limit = PAGE, filter?: string): Promise<UserGroup[]> {
		const query = { limit, skip, sort: 'name', ...(filter ? { filter } : {}) };
		return (await this.request({ method: 'GET', path: '/api/v2/usergroups', query, repeat: 'safe', expect: 'array' })) as UserGroup[];
	}

	/** Being in the group already, or not being in it, is fine: true when the call changed something. */
	async member(groupId: string, userId: string, op: 'add' | 'remove'): Promise<boolean> {
		const path = `/api/v2/usergroups/${encodeURIComponent(groupId)}/members`;
		const answer = await attempt(this.request({ method: 'POST', path, body: { op, type: 'user', id: userId }, repeat: 'safe', expect: 'anything' }));
		if (answer.ok) return true;
		if (answer.failure.kind === (op === 'add' ? 'duplicate' : 'notFound')) return false;
		throw answer.failure;
	}

	private readonly user = (id: string): string => `/api/systemusers/${encodeURIComponent(id)}`;

	private pageOf(body: unknown): Page<Account> {
		const { totalCount, results } = body as { totalCount?: unknown; results?: unknown };
		if (typeof totalCount !== 'number' || !Array.isArray(results)) throw new ServiceFailure('JumpCloud', 'incomplete', null);
		return { total: totalCount, rows: (results as Account[]).filter((row) => typeof row?._id === 'string') };
	}
}
