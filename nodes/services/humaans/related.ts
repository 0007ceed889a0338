/** What belongs to people and stands in lists of its own: job roles, locations, custom fields. */
import {
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
import { customFieldsFor, readCustomValues, type CustomValues } from './customFields';
import { askingTwice, type ListRows } from './lists';

export type Include = 'jobRoles' | 'locations' | 'customFields';

/** Read once, used for each person. `null`: not read. */
export interface Related {
	/** By person ID. */
	roles: ReadonlyMap<string, JobRole[]> | null;
	/** By location ID. */
	locations: ReadonlyMap<string, LocationRow> | null;
	customValues: CustomValues | null;
	/** Everybody in the read by ID, to name managers. */
	people: ReadonlyMap<string, Person>;
	/** The date in a zone, worked out once for all who live there. */
	today: (zone: string) => string;
	/** As in `ReadClock`. */
	fixedZone: string;
	/** Job roles as of this day (`YYYY-MM-DD`), not as of today. */
	asOf: string | undefined;
}

/** What time it is, and the zone (IANA) of people who have none of their own. */
export interface ReadClock {
	now: () => Date;
	fixedZone: string;
}

export interface RelatedOptions {
	include: readonly Include[];
	people: readonly Person[];
	clock: ReadClock;
	/** Ask only for what belongs to this person; Humaans may give more. */
	personId?: string;
	/** As in `Related`. */
	asOf?: string | undefined;
}

async function readRoles(
	list: ListRows,
	{ personId, asOf }: RelatedOptions,
): Promise<Map<string, JobRole[]>> {
	const rows = await list('/job-roles', {
		...(personId ? { personId } : {}),
		...(asOf ? { $asOf: asOf } : {}),
	});
	const roles = new Map<string, JobRole[]>();
	for (const { data } of rows) {
		const role = parseJobRole(data);
		if (!role) continue;
		const own = roles.get(role.personId);
		if (own) own.push(role);
		else roles.set(role.personId, [role]);
	}
	return roles;
}

/** For people who work somewhere: then no location at all cannot be true. */
async function readLocations(list: ListRows): Promise<Map<string, LocationRow>> {
	const rows = await list('/locations');
	if (rows.length === 0)
		throw new ServiceFailure(
			'Humaans',
			'incomplete',
			null,
			null,
			'People work at locations, and it named none.',
		);
	const locations = rows.flatMap(({ data }) => locationRow.safeParse(data).data ?? []);
	return new Map(locations.map((location) => [location.id, location]));
}

/** What was asked for about these people; nothing is read that none of them needs. */
export async function readRelated(listOnce: ListRows, options: RelatedOptions): Promise<Related> {
	const list = askingTwice(listOnce);
	const { include, people, asOf } = options;
	const { fixedZone } = options.clock;
	const now = options.clock.now();
	const wants = (what: Include) => include.includes(what) && people.length > 0;
	const placed = people.some(({ locationId }) => locationId && locationId !== 'remote');
	const [roles, locations, customValues] = await Promise.all([
		wants('jobRoles') ? readRoles(list, options) : null,
		wants('locations') && placed ? readLocations(list) : null,
		wants('customFields') ? readCustomValues(list, options.personId) : null,
	]);
	const days = new Map<string, string>();
	const today = (zone: string): string => {
		const day = days.get(zone) ?? localToday(now, zone);
		days.set(zone, day);
		return day;
	};
	const byId = new Map(people.map((person) => [person.id, person]));
	return { roles, locations, customValues, people: byId, today, fixedZone, asOf };
}

/** @param person With their location, because it may tell their zone. */
function roleOf(person: Person, { roles, today, fixedZone, asOf }: Related): JobRole | undefined {
	const own = roles?.get(person.id);
	if (!own) return undefined;
	if (asOf === undefined) return roleInForce(own, today(zoneOf(person, fixedZone).zone));
	// Humaans may give all roles, or those of the day: only what had begun counts, so that both are
	// the same.
	const begun = own.filter(({ effectiveDate }) => (effectiveDate ?? '').slice(0, 10) <= asOf);
	return roleInForce(begun, asOf);
}

function managerFrom(id: string | null, people: Related['people']): Person['manager'] {
	if (id === null) return null;
	const manager = people.get(id);
	const name = manager ? [manager.firstName, manager.lastName].filter(Boolean).join(' ') : null;
	return { id, name, email: manager?.email ?? null };
}

/** The person together with the location, job role and custom fields that were read for them. */
export function withRelated(person: Person, related: Related): Person {
	const whole = { ...person };
	const location = locationOf(person, related.locations);
	if (location !== undefined) whole.location = location;
	const role = roleOf(whole, related);
	if (role?.jobTitle !== undefined) whole.jobTitle = role.jobTitle;
	if (role?.department !== undefined) whole.department = role.department;
	if (role?.reportingTo !== undefined)
		whole.manager = managerFrom(role.reportingTo, related.people);
	if (related.customValues) whole.customFields = customFieldsFor(person.id, related.customValues);
	return whole;
}
