import { customFieldRow, customValueRow, locationOf, locationRow, parseJobRole, roleInForce, type JobRole, type LocationRow } from '../person';
import type { Person } from '../subject';
import { localToday, zoneOf } from '../time';
import type { ListRows } from './humaansLists';

export type Include = 'jobRoles' | 'locations' | 'customFields';

type CustomFields = Record<string, string | string[] | null>;

/** What stands around people: read once, used for each of them. */
export interface Around {
	roles: Map<string, JobRole[]> | null;
	locations: Map<string, LocationRow> | null;
	customFields: Map<string, CustomFields> | null;
	names: Map<string, Person>;
	/** The date in a zone, worked out once for all who live there. */
	today: (zone: string) => string;
	fixedZone: string;
	/** Job roles as of this day (`YYYY-MM-DD`), not as of today. */
	asOf: string | undefined;
}

export interface AroundOptions {
	include: readonly Include[];
	people: readonly Person[];
	now: Date;
	/** For people without a zone of their own (IANA). */
	fixedZone: string;
	/** Ask only for what belongs to this person; Humaans may give more. */
	personId?: string;
	asOf?: string;
}

export async function customFieldNames(list: ListRows): Promise<Array<{ id: string; name: string }>> {
	return (await list('/custom-fields')).flatMap(({ data }) => {
		const parsed = customFieldRow.safeParse(data);
		return parsed.success ? [parsed.data] : [];
	});
}

async function rolesOf(list: ListRows, { personId, asOf }: AroundOptions): Promise<Map<string, JobRole[]>> {
	const rows = await list('/job-roles', { ...(personId ? { personId } : {}), ...(asOf ? { $asOf: asOf } : {}) });
	const roles = new Map<string, JobRole[]>();
	for (const { data } of rows) {
		const role = parseJobRole(data);
		if (!role) continue;
		const list = roles.get(role.personId);
		if (list) list.push(role);
		else roles.set(role.personId, [role]);
	}
	return roles;
}

async function locationsOf(list: ListRows): Promise<Map<string, LocationRow>> {
	const rows = (await list('/locations')).flatMap(({ data }) => {
		const parsed = locationRow.safeParse(data);
		return parsed.success ? [parsed.data] : [];
	});
	return new Map(rows.map((row) => [row.id, row]));
}

async function customFieldsOf(list: ListRows, { personId }: AroundOptions): Promise<Map<string, CustomFields>> {
	const [fields, rows] = await Promise.all([customFieldNames(list), list('/custom-values', personId ? { personId } : {})]);
	const names = new Map(fields.map((field) => [field.id, field.name]));
	const values = new Map<string, CustomFields>();
	for (const { data } of rows) {
		const parsed = customValueRow.safeParse(data);
		const name = parsed.success ? names.get(parsed.data.customFieldId) : undefined;
		if (!parsed.success || name === undefined) continue;
		const of = values.get(parsed.data.personId) ?? {};
		of[name] = parsed.data.value ?? null;
		values.set(parsed.data.personId, of);
	}
	return values;
}

/** An empty list where rows are due is asked for once more: taken for the truth, it would look like a change of everybody. */
const askingTwice =
	(list: ListRows): ListRows =>
	async (path, filter) => {
		const rows = await list(path, filter);
		return rows.length > 0 ? rows : await list(path, filter);
	};

/** What was asked for around these people; nothing is read that none of them needs. */
export async function readAround(listOnce: ListRows, options: AroundOptions): Promise<Around> {
	const list = askingTwice(listOnce);
	const { include, people, now, fixedZone, asOf } = options;
	const placed = people.some((person) => person.locationId && person.locationId !== 'remote');
	const wants = (what: Include) => include.includes(what) && people.length > 0;
	const [roles, locations, customFields] = await Promise.all([
		wants('jobRoles') ? rolesOf(list, options) : null,
		wants('locations') && placed ? locationsOf(list) : null,
		wants('customFields') ? customFieldsOf(list, options) : null,
	]);
	const days = new Map<string, string>();
	const today = (zone: string): string => {
		const day = days.get(zone) ?? localToday(now, zone);
		days.set(zone, day);
		return day;
	};
	return { roles, locations, customFields, names: new Map(people.map((person) => [person.id, person])), today, fixedZone, asOf };
}

/** Puts the role, location and custom fields that were read into a person, who is changed: a copy of each of 10,000 costs a tenth of a poll. */
export function withAround(person: Person, around: Around): Person {
	const location = locationOf(person, around.locations);
	if (location !== undefined) person.location = location;
	const role = roleOf(person, around);
	if (role) {
		if (role.jobTitle !== undefined) person.jobTitle = role.jobTitle;
		if (role.department !== undefined) person.department = role.department;
		if (role.reportingTo !== undefined) person.manager = managerOf(role.reportingTo, around.names);
	}
	if (around.customFields) person.customFields = around.customFields.get(person.id) ?? {};
	return person;
}

function roleOf(person: Person, { roles, today, fixedZone, asOf }: Around): JobRole | undefined {
	const own = roles?.get(person.id);
	if (!own) return undefined;
	// Humaans may give all roles, or those of the day: only what had begun counts, so that both are the same.
	if (asOf !== undefined) return roleInForce(own.filter((role) => (role.effectiveDate ?? '').slice(0, 10) <= asOf), asOf);
	return roleInForce(own, today(zoneOf(person, fixedZone).zone));
}

function managerOf(id: string | null, names: Around['names']): Person['manager'] {
	if (id === null) return null;
	const manager = names.get(id);
	const name = manager ? [manager.firstName, manager.lastName].filter(Boolean).join(' ') : null;
	return { id, name, email: manager?.email ?? null };
}
