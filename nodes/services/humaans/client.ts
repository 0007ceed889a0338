import { sameEmail } from '../../core/email';
import { holdersOf, parsePersonRow, sharing } from '../../core/person/person';
import type { Person, PersonStatus } from '../../core/subject';
import { attempt, ServiceFailure } from '../http/failure';
import type { Requester } from '../http/requester';
import {
	customFieldNames,
	readAround,
	withAround,
	type Around,
	type AroundOptions,
	type Include,
} from './related';
import { allOrNothing, idOf, listRows, type ListRows } from './lists';

export type { Include } from './related';

export const STATUSES: readonly PersonStatus[] = ['active', 'newHire', 'offboarded'];

/** Without this scope new hires and leavers are invisible, so nobody can be said to be gone. */
export const FULL_VIEW_SCOPE = 'private:read';
/** With this scope webhooks can be registered and removed. */
export const WEBHOOKS_SCOPE = 'webhooks:manage';

export interface UnreadablePerson {
	id: string | null;
	problem: string;
}

export interface PeopleRead {
	people: Person[];
	/** Rows nobody could read, named by id; the others go on. */
	unreadable: UnreadablePerson[];
	/** The token belongs to an ordinary member, so others may be hidden from it. */
	ofMember: boolean;
}

export type PersonRead = { found: Person } | { unreadable: UnreadablePerson } | { missing: true };

export interface RegisteredWebhook {
	id: string;
	url: string;
	/** What Humaans signs with, when it says so. */
	secret: string | null;
}

/** Permission role in Humaans of somebody who is neither owner nor administrator. */
const MEMBER_ROLE = 'user';

/**
 * The calls of the Humaans API this package makes. People are only read, and every read may be
 * repeated.
 */
export class HumaansClient {
	private readonly list: ListRows;
	/** Id of the person the token belongs to, once the token was asked about. */
	private maker: string | null = null;

	constructor(
		private readonly request: Requester,
		private readonly clock: { now: () => Date; fixedZone: string },
	) {
		this.list = listRows(request);
	}

	/** Scopes of the token. */
	async scopes(): Promise<string[]> {
		const info = (await this.get('/token-info')) as { scopes?: unknown; personId?: unknown };
		this.maker = typeof info.personId === 'string' && info.personId ? info.personId : null;
		return Array.isArray(info.scopes)
			? info.scopes.filter((scope): scope is string => typeof scope === 'string')
			: [];
	}

	/**
	 * True when the token's scopes show everybody: only then is a missing person a sign of anything.
	 */
	async seesEverybody(): Promise<boolean> {
		return (await this.scopes()).includes(FULL_VIEW_SCOPE);
	}

	/**
	 * True when the token, asked about before, belongs to an ordinary member: whatever its scopes, it
	 * shows no more than that member may see (Humaans' help on API access tokens), and a 404 proves
	 * nothing.
	 */
	async belongsToMember(): Promise<boolean> {
		if (this.maker === null) return false;
		const read = await this.person(this.maker, []);
		return 'found' in read && read.found.role === MEMBER_ROLE;
	}

	/**
	 * Everybody in these statuses with what was asked for around them; fails when any list is
	 * incomplete.
	 * @param asOf Job roles as of this day (`YYYY-MM-DD`). @default today where the person is
	 */
	async people(
		statuses: readonly PersonStatus[],
		include: readonly Include[],
		asOf?: string,
	): Promise<PeopleRead> {
		const list = listRows(allOrNothing(this.request));
		const lists = await Promise.all(
			statuses.map(async (status) => ({ status, rows: await list('/people', { status }) })),
		);
		const active = lists.find(({ status }) => status === 'active');
		// Whoever made the token is active, so an empty list is a lost one; and it would hide who
		// shares a work e-mail with somebody who left.
		if (active?.rows.length === 0 && lists.some(({ rows }) => rows.length > 0))
			throw new ServiceFailure(
				'Humaans',
				'incomplete',
				null,
				null,
				'It named nobody who is active.',
			);
		const rows = new Map<string, unknown>();
		for (const { status, rows: some } of lists)
			for (const { key, data } of some)
				rows.set(idOf(data) === null ? `${status} ${key}` : key, data);
		const people: Person[] = [];
		const unreadable: UnreadablePerson[] = [];
		for (const row of rows.values()) {
			const parsed = parsePersonRow(row);
			if (!parsed.ok) unreadable.push({ id: parsed.id, problem: parsed.problem });
			// The server may ignore the filter: the status is checked here too.
			else if (statuses.includes(parsed.person.status)) people.push(parsed.person);
		}
		const around = await this.around({ include, people, ...(asOf ? { asOf } : {}) }, list);
		const emails = sharing(people, (person) => person.email?.toLowerCase());
		const employeeIds = sharing(people, (person) => person.employeeId);
		for (const person of people) {
			withAround(person, around).sharesWorkEmailWith = emails.get(person.id) ?? [];
			const others = employeeIds.get(person.id);
			if (others?.length) person.sharesEmployeeIdWith = others;
		}
		const ofMember = people.some(
			(person) => person.id === this.maker && person.role === MEMBER_ROLE,
		);
		return { people, unreadable, ofMember };
	}

	/**
	 * One person as they are now. `missing` is a 404; a 403 is a failure, because it proves nothing.
	 */
	async person(id: string, include: readonly Include[]): Promise<PersonRead> {
		const answer = await attempt(this.get(`/people/${encodeURIComponent(id)}`));
		if (!answer.ok) {
			if (answer.failure.kind === 'notFound') return { missing: true };
			throw answer.failure;
		}
		const parsed = parsePersonRow(answer.value);
		if (!parsed.ok) return { unreadable: { id, problem: parsed.problem } };
		return {
			found: withAround(
				parsed.person,
				await this.around({ include, people: [parsed.person], personId: id }),
			),
		};
	}

	/**
	 * Everybody with this work e-mail, in any case. Humaans' filter is not relied on: when it is
	 * refused, or does not find somebody who is known to be there, everybody is read.
	 */
	async byWorkEmail(email: string, knownId?: string): Promise<Person[]> {
		const has = (person: Person) => sameEmail(person.email, email);
		const asked = [...new Set([email.trim(), email.trim().toLowerCase()])].flatMap((form) =>
			STATUSES.map((status) => ({ email: form, status })),
		);
		const answer = await attempt(
			Promise.all(asked.map(async (filter) => await this.list('/people', filter))),
		);
		if (!answer.ok && answer.failure.kind !== 'refused') throw answer.failure;
		const found = new Map<string, Person>();
		for (const { data } of answer.ok ? answer.value.flat() : []) {
			const parsed = parsePersonRow(data);
			if (parsed.ok && has(parsed.person)) found.set(parsed.person.id, parsed.person);
		}
		if (knownId === undefined ? found.size > 0 : found.has(knownId)) return [...found.values()];
		return (await this.people(STATUSES, [])).people.filter(has);
	}

	/**
	 * Ids of other people, not offboarded, with the same work e-mail. Of somebody who has left
	 * everybody is read: a filter may be exact about the case, and an account would be taken from
	 * whoever works with it now.
	 */
	async sharersOf({ id, email, status }: Person): Promise<string[]> {
		if (!email) return [];
		return holdersOf(
			status === 'offboarded'
				? (await this.people(STATUSES, [])).people
				: await this.byWorkEmail(email, id),
			email,
			id,
		);
	}

	async customFieldNames(): Promise<Array<{ id: string; name: string }>> {
		return await customFieldNames(this.list);
	}

	/** Webhooks of the company; needs `WEBHOOKS_SCOPE`. */
	async webhooks(): Promise<RegisteredWebhook[]> {
		return (await this.list('/webhooks')).flatMap(({ data }) => webhookOf(data) ?? []);
	}

	/** Not repeated when the answer is lost: the caller looks at `webhooks` first the next time. */
	async createWebhook(url: string, secret: string): Promise<RegisteredWebhook> {
		const made = webhookOf(
			await this.request({
				method: 'POST',
				path: '/webhooks',
				body: { url, secret },
				repeat: 'unsafe',
				expect: 'object',
			}),
		);
		if (!made) throw new ServiceFailure('Humaans', 'notJson', null);
		return made;
	}

	/** Also when it is gone already. */
	async deleteWebhook(id: string): Promise<void> {
		const path = `/webhooks/${encodeURIComponent(id)}`;
		const answer = await attempt(
			this.request({ method: 'DELETE', path, repeat: 'safe', expect: 'anything' }),
		);
		if (!answer.ok && answer.failure.kind !== 'notFound') throw answer.failure;
	}

	private async around(
		options: Omit<AroundOptions, 'now' | 'fixedZone'>,
		list: ListRows = this.list,
	): Promise<Around> {
		return await readAround(list, {
			...options,
			now: this.clock.now(),
			fixedZone: this.clock.fixedZone,
		});
	}

	private async get(path: string): Promise<unknown> {
		return await this.request({ method: 'GET', path, repeat: 'safe', expect: 'object' });
	}
}

function webhookOf(data: unknown): RegisteredWebhook | null {
	const { url, secret } = (data ?? {}) as { url?: unknown; secret?: unknown };
	const id = idOf(data);
	return id === null
		? null
		: {
				id,
				url: typeof url === 'string' ? url : '',
				secret: typeof secret === 'string' && secret !== '' ? secret : null,
			};
}
