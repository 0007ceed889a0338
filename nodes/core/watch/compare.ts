/**
 * One person, held against what was remembered of them: what to remember now, and what to tell.
 * A poll and a webhook both compare here, so both tell the same.
 */
import type { Person, Subject } from '../subject';
import { changeOf, type PersonChange, type PersonEvent } from './events';
import { ROLE_FIELDS } from './fields';
import { NEVER_READ, printOf, type Print } from './print';

/** What counts of the read that the person comes from. */
export interface ReadFacts {
	/** Everybody is in the read, or could be. */
	complete: boolean;
	/** UTC. */
	readAt: string;
	/** How many people there are, where everybody was read. */
	peopleRead?: number;
}

const factsOf = ({ complete, readAt, peopleRead }: ReadFacts): Partial<Subject> => ({
	complete,
	readAt,
	...(peopleRead !== undefined && { peopleRead }),
});

export interface News {
	events: readonly PersonEvent[];
	subject: Subject;
}

export interface Compared {
	/** What to remember; `null`: nothing, the person is gone. */
	print: Print | null;
	/** `null`: nothing happened. */
	news: News | null;
}

/**
 * When it happened, as far as Humaans tells: the time of the last edit, if that lies between the
 * two reads. A job role takes effect on its date, so the last edit says nothing about it.
 * @param since Time of an earlier read that did not show the change yet (UTC), if there was one.
 */
function occurredAt(
	person: Person,
	changedFields: readonly string[],
	since: string | undefined,
	readAt: string,
): string {
	const onlyRole =
		changedFields.length > 0 && changedFields.every((name) => ROLE_FIELDS.includes(name));
	const edited = Date.parse(person.updatedAt ?? '');
	const inBetween =
		edited <= Date.parse(readAt) && (since === undefined || edited > Date.parse(since));
	return inBetween && !onlyRole ? new Date(edited).toISOString() : readAt;
}

/** The subject of somebody who was read. @param since As in `occurredAt`. */
export const changedSubject = (
	person: Person,
	{ events, changedFields }: PersonChange,
	read: ReadFacts,
	since?: string,
): Subject => ({
	personId: person.id,
	event: events[0],
	changedFields,
	occurredAt: occurredAt(person, changedFields, since, read.readAt),
	person,
	...factsOf(read),
});

/** The subject of a row that nobody can read. */
export const unreadableSubject = (
	personId: string | null,
	problem: string,
	read: ReadFacts,
): Subject => ({
	...(personId === null ? {} : { personId }),
	event: 'changed',
	changedFields: [],
	occurredAt: read.readAt,
	problem,
	...factsOf(read),
});

/**
 * Somebody who was read.
 * @param readable Whether the read could see a field, for each watched field.
 * @param since As in `occurredAt`.
 */
export function comparePerson(
	person: Person,
	before: Print | undefined,
	readable: readonly boolean[],
	read: ReadFacts,
	since?: string,
): Compared {
	const print = printOf(person, readable);
	const change = changeOf(before, print);
	if (change.events.length === 0) return { print, news: null };
	return {
		print,
		news: { events: change.events, subject: changedSubject(person, change, read, since) },
	};
}

/** Somebody whose row nobody can read: how they were is remembered on, and it is told once. */
export function compareUnreadable(
	personId: string,
	problem: string,
	before: Print | undefined,
	read: ReadFacts,
): Compared {
	return {
		print: { ...(before ?? NEVER_READ), unreadable: true },
		news: before?.unreadable
			? null
			: { events: ['changed'], subject: unreadableSubject(personId, problem, read) },
	};
}

/**
 * Somebody who was known, and of whom Humaans says by ID that they are gone.
 * @param heirs IDs of people who may be the same human, with the same work email
 */
export const compareGone = (
	personId: string,
	readAt: string,
	heirs: readonly string[],
): Compared => ({
	print: null,
	news: {
		events: ['deleted'],
		subject: {
			personId,
			event: 'deleted',
			changedFields: [],
			occurredAt: readAt,
			person: null,
			complete: true,
			readAt,
			accountEmailOf: [...heirs],
		},
	},
});
