import { CannotRead, refuseMember } from './readPeople';
import {
	FULL_VIEW_SCOPE,
	STATUSES,
	type HumaansClient,
	type Include,
	type PeopleRead,
} from './client';
import type { Person, Subject } from '../../core/subject';
import type { PersonChange } from '../../core/watch/events';
import { ROLE_FIELDS } from '../../core/watch/fields';

export type PeopleClient = Pick<
	HumaansClient,
	'people' | 'person' | 'sharersOf' | 'seesEverybody' | 'belongsToMember'
>;

export interface ReadOptions {
	/**
	 * Go on with a token that cannot see new hires and leavers; nobody is then said to be deleted.
	 */
	allowPartialView: boolean;
	includeCustomFields: boolean;
}

export interface Reading extends PeopleRead {
	/** The token sees everybody. */
	full: boolean;
	/** Rows without an id: they cannot be told apart. */
	nameless: number;
	/** Everybody is in it: a row without an id could be anybody's. */
	complete: boolean;
	/** UTC. */
	readAt: string;
}

export const includeOf = ({ includeCustomFields }: ReadOptions): Include[] =>
	includeCustomFields ? ['jobRoles', 'locations', 'customFields'] : ['jobRoles', 'locations'];

/** Whether the token sees everybody; one that does not is refused, unless that is allowed. */
export async function seesEnough(client: PeopleClient, options: ReadOptions): Promise<boolean> {
	const full = await client.seesEverybody();
	if (!full && !options.allowPartialView) {
		throw new CannotRead(
			`The Humaans access token cannot see new hires and leavers, because it lacks the scope ${FULL_VIEW_SCOPE}.`,
			`Give the token ${FULL_VIEW_SCOPE}, or switch on "Allow a Partial View": then nobody ` +
				'is ever reported as deleted.',
		);
	}
	return full;
}

/** Everybody, or a clear reason why not. */
export async function readPeople(
	client: PeopleClient,
	options: ReadOptions,
	now: () => Date,
): Promise<Reading> {
	const byScope = await seesEnough(client, options);
	const readAt = now().toISOString();
	const read = await client.people(STATUSES, includeOf(options));
	const full = byScope && (read.ofMember ? refuseMember(options) : true);
	if (read.people.length === 0) {
		throw new CannotRead(
			'Humaans returned no people that can be read, so nothing was concluded.',
			'Check the access token and the company it belongs to.',
		);
	}
	const nameless = read.unreadable.filter((row) => row.id === null).length;
	return { ...read, full, nameless, complete: full && nameless === 0, readAt };
}

/**
 * When it happened, as far as Humaans tells: a job role takes effect by its date, so the time of
 * the last edit says nothing about it.
 * @param since Time of an earlier read that did not show it yet (UTC), if there was one.
 */
function occurredAt(
	person: Person,
	changedFields: readonly string[],
	since: string | undefined,
	readAt: string,
): string {
	const byRoleAlone =
		changedFields.length > 0 && changedFields.every((field) => ROLE_FIELDS.includes(field));
	const edited = Date.parse(person.updatedAt ?? '');
	const inBetween =
		edited <= Date.parse(readAt) && (since === undefined || edited > Date.parse(since));
	return inBetween && !byRoleAlone ? new Date(edited).toISOString() : readAt;
}

export function subjectFor(
	person: Person,
	{ events, changedFields }: PersonChange,
	{ complete, readAt }: Pick<Reading, 'complete' | 'readAt'>,
	since?: string,
): Subject {
	const happened = {
		event: events[0],
		changedFields,
		occurredAt: occurredAt(person, changedFields, since, readAt),
	};
	return { personId: person.id, ...happened, person, complete, readAt };
}

/**
 * The newest people, as the trigger would hand them on: for building a workflow on real data.
 * Nothing is remembered.
 */
export async function newestPeople(
	client: PeopleClient,
	options: ReadOptions,
	now: () => Date,
	count: number,
): Promise<Subject[]> {
	const read = await readPeople(client, options, now);
	const newest = [...read.people].sort(
		(a, b) => (b.createdAt ?? '').localeCompare(a.createdAt ?? '') || a.id.localeCompare(b.id),
	);
	return newest
		.slice(0, count)
		.map((person) => subjectFor(person, { events: ['created'], changedFields: [] }, read));
}
