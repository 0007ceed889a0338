import { isPersonId } from '../../core/account/link';
import { parsePersonRow } from '../../core/person/person';
import { isUsableId } from '../../core/person/personRow';
import { withSharers } from '../../core/person/sharing';
import type { Person, PersonStatus } from '../../core/subject';
import { attempt } from '../http/failure';
import type { Requester } from '../http/requester';
import { listCustomFields, type CustomField } from './customFields';
import { allOrNothing, listRows, rowId, type ListRows } from './lists';
import { parsedPerson, readPeople, type PersonRead, type PersonRows } from './people';
import { readRelated, withRelated, type ReadClock, type Include } from './related';
import { noId } from './cannotRead';
import { createWebhook, deleteWebhook, listWebhooks, type RegisteredWebhook } from './webhooks';

/**
 * The calls of the Humaans API this package makes. People are only read, and every read may be
 * repeated.
 */
export class HumaansClient {
	private readonly list: ListRows;
	/** ID of the person the token belongs to, once the token was asked about. */
	private maker: string | null = null;
	/** Humaans id of the company the token belongs to, once its maker was read; null: not known. */
	company: string | null = null;

	constructor(
		private readonly request: Requester,
		private readonly clock: ReadClock,
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
	 * Permission role of whoever made the token, which was asked about before; null: nobody can tell.
	 * A token shows no more than they may see, whatever its scopes (Humaans' help on API access
	 * tokens).
	 * @param people Who was read already
	 */
	async makerRole(people: readonly Person[] = []): Promise<string | null> {
		const maker = people.find(({ id }) => id === this.maker);
		if (maker) {
			this.company = maker.companyId ?? null;
			return maker.role ?? null;
		}
		const id = this.maker;
		if (id !== null && !isUsableId(id)) return null;
		const answer = await attempt(this.get(id === null ? '/me' : `/people/${id}`));
		if (answer.ok) {
			if (id !== null && rowId(answer.value) !== id) return null;
			this.company = textIn(answer.value, 'companyId');
			return textIn(answer.value, 'role');
		}
		if (answer.failure.kind === 'notFound' || answer.failure.kind === 'notAllowed') return null;
		throw answer.failure;
	}

	/**
	 * Everybody in these statuses, with what was asked for about them; fails when any list is
	 * incomplete.
	 * @param asOf Job roles as of this day (`YYYY-MM-DD`). @default today where the person is
	 */
	async people(
		statuses: readonly PersonStatus[],
		include: readonly Include[],
		asOf?: string,
	): Promise<PersonRows> {
		const rows = await readPeople(this.request, statuses, async (id) => await this.personRow(id));
		const list = listRows(allOrNothing(this.request));
		const { people, unreadable } = rows;
		const related = await readRelated(list, { include, people, asOf, clock: this.clock });
		const whole = people.map((person) => withRelated(person, related));
		return { people: withSharers(whole), unreadable };
	}

	/** The people whom Humaans' own filter finds, with nothing else about them. */
	async peopleWith(filter: Record<string, string>): Promise<Person[]> {
		const rows = await this.list('/people', filter);
		return rows.flatMap(({ data }) => {
			const parsed = parsePersonRow(data);
			return parsed.ok ? [parsed.person] : [];
		});
	}

	/**
	 * One person as they are now. `missing` is a 404; a 403 is a failure, because it proves nothing.
	 */
	async person(id: string, include: readonly Include[]): Promise<PersonRead> {
		const read = await this.personRow(id);
		if (!('found' in read)) return read;
		const options = { include, people: [read.found], personId: id, clock: this.clock };
		return { found: withRelated(read.found, await readRelated(this.list, options)) };
	}

	private async personRow(id: string): Promise<PersonRead> {
		if (!isPersonId(id)) return unreadable(id, noId().message);
		const answer = await attempt(this.get(`/people/${id}`));
		if (!answer.ok) {
			if (answer.failure.kind === 'notFound') return { missing: true };
			throw answer.failure;
		}
		const read = parsedPerson(answer.value, id);
		if ('found' in read && read.found.id !== id)
			return unreadable(id, 'Humaans returned another person than the one who was asked for.');
		return read;
	}

	async customFields(): Promise<CustomField[]> {
		return await listCustomFields(this.list);
	}

	/** Webhooks of the company; needs `WEBHOOKS_SCOPE`. */
	async webhooks(): Promise<RegisteredWebhook[]> {
		return await listWebhooks(this.list);
	}

	async createWebhook(url: string, secret: string | null): Promise<RegisteredWebhook> {
		return await createWebhook(this.request, url, secret);
	}

	async deleteWebhook(id: string): Promise<void> {
		await deleteWebhook(this.request, id);
	}

	private async get(path: string): Promise<unknown> {
		return await this.request({ method: 'GET', path, repeat: 'safe', expect: 'object' });
	}
}

const unreadable = (id: string, problem: string): PersonRead => ({ unreadable: { id, problem } });

/** The permission role in a row, also where the rest of the row cannot be read. */
function textIn(row: unknown, name: 'role' | 'companyId'): string | null {
	const value = (row as Record<string, unknown>)[name];
	return typeof value === 'string' && value !== '' ? value : null;
}
