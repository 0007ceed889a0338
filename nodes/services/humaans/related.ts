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
import { attempt, ServiceFailure, type Attempt } from '../http/failure';
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

interface ListOptions {
	include: readonly Include[];
	/** Ask only for what belongs to this person; Humaans may give more. */
	personId?: string;
	/** As in `Related`. */
	asOf?: string | undefined;
}

/**
 * The lists that were asked for, each read or with what went wrong: whether one is needed depends on
 * the people. `null`: not asked for.
 */
export interface Lists {
	roles: Attempt<Map<string, JobRole[]>> | null;
	locations: Attempt<Map<string, LocationRow>> | null;
	customValues: Attempt<CustomValues> | null;
}

/** They work at a location that has a row of its own. */
export const isPlaced = ({ locationId }: Person): boolean =>
	Boolean(locationId) && locationId !== 'remote';

async function readRoles(
	list: ListRows,
	{ personId, asOf }: ListOptions,
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

/** Beside the people, not after them: a list takes as long as its pages, one after the other. */
export async function readLists(
	from: { lists: ListRows; locations: ListRows },
	options: ListOptions,
): Promise<Lists> {
	const list = askingTwice(from.lists);
	const { include, personId } = options;
	const read = async <T>(what: Include, work: () => Promise<T>): Promise<Attempt<T> | null> =>
		include.includes(what) ? await attempt(work()) : null;
	const [roles, locations, customValues] = await Promise.all([
		read('jobRoles', async () => await readRoles(list, options)),
		read('locations', async () => await readLocations(askingTwice(from.locations))),
		read('customFields', async () => await readCustomValues(list, personId)),
	]);
	return { roles, locations, customValues };
}

/** @throws what went wrong with a list that somebody needs */
function neededFrom<T>(answer: Attempt<T> | null, isNeeded: boolean): T | null {
	if (answer === null || !isNeeded) return null;
	if (answer.ok) return answer.value;
	throw answer.failure;
}

/**
 * What was read about these people.
 * @throws ServiceFailure when a list that one of them needs could not be read
 */
export function relatedTo(
	people: readonly Person[],
	lists: Lists,
	clock: ReadClock,
	asOf?: string,
): Related {
	const { fixedZone } = clock;
	const now = clock.now();
	const isAnybody = people.length > 0;
	const days = new Map<string, string>();
	const today = (zone: string): string => {
		const day = days.get(zone) ?? localToday(now, zone);
		days.set(zone, day);
		return day;
	};
	return {
		roles: neededFrom(lists.roles, isAnybody),
		locations: neededFrom(lists.locations, people.some(isPlaced)),
		customValues: neededFrom(lists.customValues, isAnybody),
		people: new Map(people.map((person) => [person.id, person])),
		...{ today, fixedZone, asOf },
	};
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
