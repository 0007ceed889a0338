import { localToday, zoneOf } from '../time';
import { customFieldRow, customValueRow, jobRoleRow, locationOf, locationRow, parsePersonRow, roleInForce, sharedWorkEmails, type JobRole, type LocationRow } from '../person';
import type { Person, PersonStatus } from '../subject';
import { attempt, ServiceFailure } from './failure';
import type { Requester } from './http';
import { sweep } from './pages';

export const STATUSES: readonly PersonStatus[] = ['active', 'newHire', 'offboarded'];
export type Include = 'jobRoles' | 'locations' | 'customFields';

/** Humaans API documentation: `$limit` at most 250. */
const PAGE = 250;
/** Without this scope new hires and leavers are invisible, so nobody can be said to be gone. */
export const FULL_VIEW_SCOPE = 'private:read';

export interface UnreadablePerson {
	id: string | null;
	problem: string;
}

export interface PeopleRead {
	people: Person[];
	/** Rows nobody could read, named by id; the others go on. */
	unreadable: UnreadablePerson[];
}

export type PersonRead = { found: Person } | { unreadable: UnreadablePerson } | { missing: true };

/** What stands around people: read once, used for each of them. */
interface Surroundings {
	roles: Map<string, JobRole[]> | null;
	locations: Map<string, LocationRow> | null;
	customFields: Map<string, Record<string, string | string[] | null>> | null;
	names: Map<string, Person>;
	now: Date;
	fixedZone: string;
}

interface Row {
	/** The row's id, or its place in the list when it has none. */
	key: string;
	data: unknown;
}

function keyOf(data: unknown): string | null {
	const id = (data as { id?: unknown } | null)?.id;
	return typeof id === 'string' && id !== '' ? id : null;
}

/** The calls of the Humaans API this package makes. Reads only; every one may be repeated. */
export class HumaansClient {
	constructor(
		private readonly request: Requester,
		private readonly clock: { now: () => Date; fixedZone: string },
	) {}

	/** Scopes of the token. */
	async scopes(): Promise<string[]> {
		const info = (await this.get('/token-info')) as { scopes?: unknown };
		return Array.isArray(info.scopes) ? info.scopes.filter((scope): scope is string => typeof scope === 'string') : [];
	}

	/** True when the token can see everybody: only then is a missing person a sign of anything. */
	async seesEverybody(): Promise<boolean> {
		return (await this.scopes()).includes(FULL_VIEW_SCOPE);
	}

	/** Everybody in these statuses with what was asked for around them; fails when any list is incomplete. */
	async people(statuses: readonly PersonStatus[], include: readonly Include[]): Promise<PeopleRead> {
		const rows = new Map<string, unknown>();
		const unreadable: UnreadablePerson[] = [];
		for (const status of statuses) {
			for (const { key, data } of await this.list('/people', { status })) rows.set(keyOf(data) === null ? `${status} ${key}` : key, data);
		}
		const people: Person[] = [];
		for (const row of rows.values()) {
			const parsed = parsePersonRow(row);
			if (!parsed.ok) unreadable.push({ id: parsed.id, problem: parsed.problem });
			// The server may ignore the filter: the status is checked here too.
			else if (statuses.includes(parsed.person.status)) people.push(parsed.person);
		}
		const around = await this.surroundings(include, people);
		const shared = sharedWorkEmails(people);
		return {
			people: people.map((person) => ({ ...this.assemble(person, around), sharesWorkEmailWith: shared.get(person.id) ?? [] })),
			unreadable,
		};
	}

	/** One person as they are now. `missing` is a 404; a 403 is a failure, because it proves nothing. */
	async person(id: string, include: readonly Include[]): Promise<PersonRead> {
		const answer = await attempt(this.get(`/people/${encodeURIComponent(id)}`));
		if (!answer.ok) {
			if (answer.failure.kind === 'notFound') return { missing: true };
			throw answer.failure;
		}
		const parsed = parsePersonRow(answer.value);
		if (!parsed.ok) return { unreadable: { id, problem: parsed.problem } };
		return { found: this.assemble(parsed.person, await this.surroundings(include, [parsed.person], id)) };
	}

	/** People with this work e-mail, in any case. The server's filter is not relied on. */
	async byWorkEmail(email: string): Promise<Person[]> {
		const wanted = email.trim().toLowerCase();
		const rows = await this.list('/people', { email: email.trim() });
		const matching = rows.flatMap(({ data }) => {
			const parsed = parsePersonRow(data);
			return parsed.ok && parsed.person.email?.toLowerCase() === wanted ? [parsed.person] : [];
		});
		if (matching.length > 0 || rows.length > 0) return matching;
		return (await this.people(STATUSES, [])).people.filter((person) => person.email?.toLowerCase() === wanted);
	}

	async customFieldNames(): Promise<Array<{ id: string; name: string }>> {
		return (await this.list('/custom-fields')).flatMap(({ data }) => {
			const parsed = customFieldRow.safeParse(data);
			return parsed.success ? [parsed.data] : [];
		});
	}

	/** All roles of everybody, for those who watch roles apart from people. */
	async jobRoles(personId?: string): Promise<JobRole[]> {
		const rows = await this.list('/job-roles', personId ? { personId } : {});
		return rows.flatMap(({ data }) => {
			const parsed = jobRoleRow.safeParse(data);
			return parsed.success && (!personId || parsed.data.personId === personId) ? [parsed.data] : [];
		});
	}

	private async surroundings(include: readonly Include[], people: readonly Person[], personId?: string): Promise<Surroundings> {
		const names = new Map(people.map((person) => [person.id, person]));
		let roles: Surroundings['roles'] = null;
		if (include.includes('jobRoles') && people.length > 0) {
			roles = new Map();
			for (const role of await this.jobRoles(personId)) {
				const list = roles.get(role.personId);
				if (list) list.push(role);
				else roles.set(role.personId, [role]);
			}
		}
		let locations: Surroundings['locations'] = null;
		if (include.includes('locations') && people.some((person) => person.locationId && person.locationId !== 'remote')) {
			locations = new Map();
			for (const { data } of await this.list('/locations')) {
				const parsed = locationRow.safeParse(data);
				if (parsed.success) locations.set(parsed.data.id, parsed.data);
			}
		}
		const customFields = include.includes('customFields') && people.length > 0 ? await this.customFields(personId) : null;
		return { roles, locations, customFields, names, now: this.clock.now(), fixedZone: this.clock.fixedZone };
	}

	private async customFields(personId?: string): Promise<NonNullable<Surroundings['customFields']>> {
		const names = new Map((await this.customFieldNames()).map((field) => [field.id, field.name]));
		const values: NonNullable<Surroundings['customFields']> = new Map();
		for (const { data } of await this.list('/custom-values', personId ? { personId } : {})) {
			const parsed = customValueRow.safeParse(data);
			const name = parsed.success ? names.get(parsed.data.customFieldId) : undefined;
			if (!parsed.success || name === undefined) continue;
			const of = values.get(parsed.data.personId) ?? {};
			of[name] = parsed.data.value ?? null;
			values.set(parsed.data.personId, of);
		}
		return values;
	}

	private assemble(person: Person, around: Surroundings): Person {
		const location = locationOf(person, around.locations);
		const placed: Person = location === undefined ? { ...person } : { ...person, location };
		const { zone } = zoneOf(placed, around.fixedZone);
		const role = around.roles ? roleInForce(around.roles.get(person.id) ?? [], localToday(around.now, zone)) : undefined;
		if (role) {
			if (role.jobTitle !== undefined) placed.jobTitle = role.jobTitle;
			if (role.department !== undefined) placed.department = role.department;
			if (role.reportingTo !== undefined) placed.manager = this.managerOf(role.reportingTo, around.names);
		}
		if (around.customFields) placed.customFields = around.customFields.get(person.id) ?? {};
		return placed;
	}

	private managerOf(id: string | null, names: Surroundings['names']): Person['manager'] {
		if (id === null) return null;
		const manager = names.get(id);
		const name = manager ? [manager.firstName, manager.lastName].filter(Boolean).join(' ') : null;
		return { id, name, email: manager?.email ?? null };
	}

	private async get(path: string): Promise<unknown> {
		return await this.request({ method: 'GET', path, repeat: 'safe', expect: 'object' });
	}

	/** A whole list, or a failure. A row without an id is known by its place, so that it is named and hides no other. */
	private async list(path: string, filter: Record<string, string> = {}): Promise<Row[]> {
		return await sweep<Row>({
			service: 'Humaans',
			pageSize: PAGE,
			idOf: (row) => row.key,
			fetch: async (skip, limit) => {
				const body = (await this.request({ method: 'GET', path, query: { ...filter, $limit: limit, $skip: skip }, repeat: 'safe', expect: 'object' })) as { total?: unknown; data?: unknown };
				if (typeof body.total !== 'number' || !Array.isArray(body.data)) throw new ServiceFailure('Humaans', 'incomplete', null);
				const rows = (body.data as unknown[]).map((data, index) => ({ key: keyOf(data) ?? `row ${skip + index + 1}`, data }));
				return { total: body.total, rows };
			},
		});
	}
}
