import {
	customFieldRow,
	customValueRow,
	locationOf,
	locationRow,
	parseJobRole,
	roleInForce,
	type JobRole,
	type LocationRow,
} from '../../core/person/person';
import type { Person } from '../../core/subject';
import { localToday, zoneOf } from '../../core/time';
import { ServiceFailure } from '../http/failure';
import type { ListRows } from './lists';

export type Include = 'jobRoles' | 'locations' | 'customFields';

/** What stands around people: read once, used for each of them. */
export interface Around {
	roles: Map<string, JobRole[]> | null;
	locations: Map<string, LocationRow> | null;
	customFields: CustomFieldsRead | null;
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

export async function customFieldNames(
	list: ListRows,
): Promise<Array<{ id: string; name: string }>> {
	return (await list('/custom-fields')).flatMap(({ data }) => {
		const parsed = customFieldRow.safeParse(data);
		return parsed.success ? [parsed.data] : [];
	});
}

async function rolesOf(
	list: ListRows,
	{ personId, asOf }: AroundOptions,
): Promise<Map<string, JobRole[]>> {
	const rows = await list('/job-roles', {
		...(personId ? { personId } : {}),
		...(asOf ? { $asOf: asOf } : {}),
	});
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

/** For people who work somewhere: then no location at all cannot be true. */
async function locationsOf(list: ListRows): Promise<Map<string, LocationRow>> {
	const listed = await list('/locations');
	if (listed.length === 0)
		throw new ServiceFailure(
			'Humaans',
			'incomplete',
			null,
			null,
			'People work at locations, and it named none.',
		);
	const rows = listed.flatMap(({ data }) => {
		const parsed = locationRow.safeParse(data);
		return parsed.success ? [parsed.data] : [];
	});
	return new Map(rows.map((row) => [row.id, row]));
}

/** By name: a value, null where there is surely none, undefined where that is not known. */
type CustomFields = Record<string, string | string[] | null | undefined>;

interface CustomFieldsRead {
	of: Map<string, CustomFields>;
	/** What stands for a field without a value. */
	empty: CustomFields;
}

/**
 * A field without a value is empty, and a value that nobody can read is unknown. When there are no
 * values at all, nothing is known to be empty: the list may be one that the token cannot see.
 */
async function customFieldsOf(
	list: ListRows,
	{ personId }: AroundOptions,
): Promise<CustomFieldsRead> {
	const [fields, rows] = await Promise.all([
		customFieldNames(list),
		list('/custom-values', personId ? { personId } : {}),
	]);
	const names = new Map<unknown, string>(fields.map((field) => [field.id, field.name]));
	const empty: CustomFields =
		rows.length > 0 ? Object.fromEntries(fields.map(({ name }) => [name, null])) : {};
	const of = new Map<string, CustomFields>();
	for (const { data } of rows) {
		const { personId: owner, customFieldId } = (data ?? {}) as Record<string, unknown>;
		const name = names.get(customFieldId);
		if (name === undefined) continue;
		if (typeof owner !== 'string' || owner === '') {
			// It could be anybody's.
			delete empty[name];
			continue;
		}
		const parsed = customValueRow.safeParse(data);
		const own = of.get(owner) ?? {};
		own[name] = parsed.success ? (parsed.data.value ?? null) : undefined;
		of.set(owner, own);
	}
	return { of, empty };
}

function customFieldsFor(
	id: string,
	{ of, empty }: CustomFieldsRead,
): NonNullable<Person['customFields']> {
	const fields: NonNullable<Person['customFields']> = {};
	for (const [name, value] of Object.entries({ ...empty, ...of.get(id) }))
		if (value !== undefined) fields[name] = value;
	return fields;
}

/**
 * An empty list where rows are due is asked for once more: taken for the truth, it would look like
 * a change of everybody.
 */
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
	return {
		roles,
		locations,
		customFields,
		names: new Map(people.map((person) => [person.id, person])),
		today,
		fixedZone,
		asOf,
	};
}

/**
 * Puts the role, location and custom fields that were read into a person, who is changed: a copy of
 * each of 10,000 costs a tenth of a poll.
 */
export function withAround(person: Person, around: Around): Person {
	const location = locationOf(person, around.locations);
	if (location !== undefined) person.location = location;
	const role = roleOf(person, around);
	if (role) {
		if (role.jobTitle !== undefined) person.jobTitle = role.jobTitle;
		if (role.department !== undefined) person.department = role.department;
		if (role.reportingTo !== undefined) person.manager = managerOf(role.reportingTo, around.names);
	}
	if (around.customFields) person.customFields = customFieldsFor(person.id, around.customFields);
	return person;
}

function roleOf(person: Person, { roles, today, fixedZone, asOf }: Around): JobRole | undefined {
	const own = roles?.get(person.id);
	if (!own) return undefined;
	// Humaans may give all roles, or those of the day: only what had begun counts, so that both are
	// the same.
	if (asOf !== undefined)
		return roleInForce(
			own.filter((role) => (role.effectiveDate ?? '').slice(0, 10) <= asOf),
			asOf,
		);
	return roleInForce(own, today(zoneOf(person, fixedZone).zone));
}

function managerOf(id: string | null, names: Around['names']): Person['manager'] {
	if (id === null) return null;
	const manager = names.get(id);
	const name = manager ? [manager.firstName, manager.lastName].filter(Boolean).join(' ') : null;
	return { id, name, email: manager?.email ?? null };
}
