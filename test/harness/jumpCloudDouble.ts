/**
 * JumpCloud's users in a few lines, below the real client: what it refuses, keeps in another form or
 * ignores is for a test to say, and somebody else can act between any two requests.
 */
import { createRequester, type HttpAnswer, type Send } from '../../nodes/services/http/requester';
import { RateLimiter } from '../../nodes/services/http/rateLimiter';
import { JumpCloudClient } from '../../nodes/services/jumpcloud/client';
import { Tenant } from '../../nodes/services/jumpcloud/tenant';
import type { AccountBody } from '../../nodes/core/account/body';
import type { Account } from '../../nodes/core/subject';

export type Asked = Omit<Parameters<Send>[0], 'timeoutMs'>;
type Row = Record<string, unknown>;

/** `lost`: done, and the answer is cut off. `cut`: nothing is done. */
export type Interference = HttpAnswer | 'lost' | 'cut' | undefined | void;

const answer = (status: number, body: unknown = {}): HttpAnswer => ({ status, headers: {}, body });
export const refusal = (message: string): HttpAnswer => answer(400, { message });
export const tooMany = (): HttpAnswer => answer(429, { message: 'Too many requests' });

export class JumpCloudDouble {
	readonly accounts = new Map<string, Row>();
	/** Every request, in order. */
	readonly asked: Asked[] = [];
	/** Why a body is refused; null: it is taken. */
	refuses: (body: AccountBody, before: Row | null) => string | null = () => null;
	/** What is kept of a body. */
	keeps: (body: AccountBody) => AccountBody = (body) => body;
	/** What somebody else does, or answers, before a request. */
	before: (asked: Asked, place: number) => Interference = () => undefined;
	/** `POST …/state/suspend` is there. */
	hasSuspendVerb = true;

	constructor(...accounts: Account[]) {
		for (const account of accounts) this.accounts.set(account._id, structuredClone(account));
	}

	account(id: string): Account {
		return this.accounts.get(id) as unknown as Account;
	}

	/** Requests that are no reads, as `METHOD /path`. */
	get writes(): Asked[] {
		return this.asked.filter(({ method, path }) => method !== 'GET' && !path.includes('/search/'));
	}

	client(tenant = new Tenant()): JumpCloudClient {
		const requester = createRequester({
			service: 'JumpCloud',
			send: this.send,
			sleep: async () => await new Promise((done) => setImmediate(done)),
			rateLimiter: new RateLimiter(1),
			...{ backoffMs: 1, ceilingMs: 2, patienceMs: 60_000 },
		});
		return new JumpCloudClient(requester, tenant);
	}

	private readonly send: Send = async ({ timeoutMs: _, ...asked }) => {
		this.asked.push(structuredClone(asked));
		const other = this.before(asked, this.asked.length - 1);
		if (other === 'cut') throw new Error('socket hang up');
		if (typeof other === 'object') return other;
		const given = structuredClone(this.handle(asked));
		if (other === 'lost') throw new Error('socket hang up');
		return given;
	};

	private handle({ method, path, query, body }: Asked): HttpAnswer {
		if (path === '/api/search/systemusers') return this.search(body as Row);
		if (path === '/api/systemusers') {
			return method === 'POST' ? this.create(body as AccountBody) : this.listing(query.filter);
		}
		const [, id = '', verb] = /^\/api\/systemusers\/([^/]+)(\/.*)?$/.exec(path) ?? [];
		const account = this.accounts.get(id);
		if (!account) return answer(404, { message: 'Not Found' });
		if (verb === '/state/activate') {
			if (account.state !== 'STAGED') return refusal('The user is not staged.');
			Object.assign(account, this.keeps({ state: 'ACTIVATED' }));
			return answer(200);
		}
		if (verb === '/state/suspend') {
			if (!this.hasSuspendVerb) return answer(404, '<html>Cannot POST</html>');
			Object.assign(account, { state: 'SUSPENDED', suspended: true });
			return answer(200);
		}
		if (method === 'DELETE') this.accounts.delete(id);
		if (method !== 'PUT') return answer(200, account);
		const why = this.refuses(body as AccountBody, account);
		if (why !== null) return refusal(why);
		Object.assign(account, this.keeps(body as AccountBody));
		return answer(200, account);
	}

	private create(body: AccountBody): HttpAnswer {
		const why = this.refuses(body, null);
		if (why !== null) return refusal(why);
		const account = { _id: `new${this.accounts.size}`, ...this.keeps(body) };
		this.accounts.set(account._id, account);
		return answer(200, account);
	}

	/** @param filter on custom attributes: all that the client asks for */
	private listing(filter?: string | number): HttpAnswer {
		const value = filter && String(filter).replace('attributes.value:$eq:', '');
		const results = [...this.accounts.values()].filter(
			({ attributes }) =>
				value === undefined ||
				(attributes as Row[] | undefined)?.some((one) => one.value === value),
		);
		return answer(200, { totalCount: results.length, results });
	}

	/** Only the conditions that the client's look-ups have; without any it is the whole list. */
	private search({ filter }: Row): HttpAnswer {
		if (filter === undefined) return this.listing();
		const { or = [] } = filter as { or?: Row[] };
		const fits = (account: Row): boolean =>
			or.some((condition) =>
				Object.entries(condition).every(([name, wanted]) => {
					const pattern = (wanted as { $regex?: string }).$regex;
					const held = String(account[name] ?? '');
					if (pattern === undefined) return held === wanted;
					return new RegExp(pattern.replace('(?i)', ''), 'i').test(held);
				}),
			);
		const results = [...this.accounts.values()].filter(fits);
		return answer(200, { totalCount: results.length, results });
	}
}
