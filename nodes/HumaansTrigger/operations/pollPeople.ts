import { CannotRead } from '../../Humaans/operations/readPeople';

import { FULL_VIEW_SCOPE, STATUSES, type HumaansClient, type Include, type PeopleRead } from '../../shared/clients/humaans';
import type { Person, Subject } from '../../shared/subject';
import { changeOf, type PersonChange, type PersonEvent } from '../events';
import { NEVER_READ, printOf, ROLE_FIELDS, seenFields, type Print } from '../fields';
import { EMPTY_SNAPSHOT, packSnapshot, unpackSnapshot, type PackedSnapshot, type Snapshot } from '../snapshot';
import { confirmGone } from './confirmGone';

export type PeopleClient = Pick<HumaansClient, 'people' | 'person' | 'seesEverybody'>;

/** What the trigger remembers between polls; kept as it is in the node's static data. */
export interface Memory extends PackedSnapshot {
	version: 1;
	/** When the people were read that this memory is about (UTC). */
	readAt: string;
	/** Humaans id of the company, to notice a token of another one. */
	company: string | null;
	/** Rows without an id in that read; they cannot be told apart. */
	nameless: number;
	/** The last id that was asked for by itself, when there were more to ask for than one poll may; else ''. */
	askedUpTo: string;
}

export interface PollOptions {
	/** Events that let a person through. */
	triggerOn: readonly string[];
	firstActivation: 'skip' | 'emit';
	/** Go on with a token that cannot see new hires and leavers; nobody is then said to be deleted. */
	allowPartialView: boolean;
	includeCustomFields: boolean;
	/** Milliseconds since 1970 after which nobody else is asked for by ID; the rest waits for the next poll. */
	deadline: number;
}

export interface PollResult {
	/** One subject a person to whom a chosen event happened. */
	subjects: Subject[];
	/** The very object that was handed in when nothing is to be remembered anew. */
	memory: Memory;
}

interface Reading extends PeopleRead {
	/** The token sees everybody. */
	full: boolean;
	readAt: string;
}

/** Everybody, or a clear reason why not. */
async function readPeople(client: PeopleClient, options: PollOptions, now: () => Date): Promise<Reading> {
	const full = await client.seesEverybody();
	if (!full && !options.allowPartialView) {
		throw new CannotRead(
			`The Humaans access token cannot see new hires and leavers, because it lacks the scope ${FULL_VIEW_SCOPE}.`,
			`Give the token ${FULL_VIEW_SCOPE}, or switch on "Allow a Partial View": then nobody is ever reported as deleted.`,
		);
	}
	const readAt = now().toISOString();
	const include: Include[] = ['jobRoles', 'locations', ...(options.includeCustomFields ? (['customFields'] as const) : [])];
	const read = await client.people(STATUSES, include);
	if (read.people.length === 0) {
		throw new CannotRead('Humaans returned no people that can be read, so nothing was concluded.', 'Check the access token and the company it belongs to.');
	}
	return { ...read, full, readAt };
}

const namelessRows = (read: Reading): number => read.unreadable.filter((row) => row.id === null).length;

/** A row without an id could be anybody's: such a read does not show everybody. */
const isComplete = (read: Reading): boolean => read.full && namelessRows(read) === 0;

/**
 * When it happened, as far as Humaans tells: a job role takes effect by its date, so the time of the last edit says nothing about it.
 * @param since Time of the read before (UTC).
 */
function occurredAt(person: Person, { changedFields }: PersonChange, since: string, readAt: string): string {
	const byRoleAlone = changedFields.length > 0 && changedFields.every((field) => ROLE_FIELDS.includes(field));
	const edited = Date.parse(person.updatedAt ?? '');
	return !byRoleAlone && edited > Date.parse(since) && edited <= Date.parse(readAt) ? new Date(edited).toISOString() : readAt;
}

/** Rows nobody can read: what was known of them stays, and each is told once. */
function unreadableSubjects(read: Reading, before: Snapshot, after: Map<string, Print>, namelessBefore: number): Subject[] {
	const told = { event: 'changed', changedFields: [], occurredAt: read.readAt, complete: isComplete(read), readAt: read.readAt };
	let nameless = 0;
	return read.unreadable.flatMap(({ id, problem }): Subject[] => {
		if (id === null) return ++nameless > namelessBefore ? [{ ...told, problem }] : [];
		const known = before.people.get(id);
		after.set(id, { ...(known ?? NEVER_READ), unreadable: true });
		return known?.unreadable ? [] : [{ personId: id, ...told, problem }];
	});
}

/** The first of the newest people, as the trigger would hand them on; for building a workflow on real data. Nothing is remembered. */
export async function newestPeople(client: PeopleClient, options: PollOptions, now: () => Date, count: number): Promise<Subject[]> {
	const read = await readPeople(client, options, now);
	const newest = [...read.people].sort((a, b) => (b.createdAt ?? '').localeCompare(a.createdAt ?? '') || a.id.localeCompare(b.id));
	return newest.slice(0, count).map((person) => ({
		personId: person.id,
		event: 'created',
		changedFields: [],
		occurredAt: occurredAt(person, { events: ['created'], changedFields: [] }, '1970-01-01', read.readAt),
		person,
		complete: isComplete(read),
		readAt: read.readAt,
	}));
}

/**
 * One poll: reads everybody, compares them with what is remembered and says what happened and what to remember. Changes nothing itself; a
 * read that fails or is incomplete throws. A first poll, and one that finds another company, remembers everybody.
 */
export async function pollPeople(client: PeopleClient, memory: Memory | undefined, options: PollOptions, now: () => Date): Promise<PollResult> {
	const read = await readPeople(client, options, now);
	const { people, readAt } = read;
	const company = people.find((person) => person.companyId)?.companyId ?? null;
	const known = memory?.version === 1 && (company === null || memory.company === null || memory.company === company) ? memory : undefined;
	const before = known ? unpackSnapshot(known) : EMPTY_SNAPSHOT;
	const after = new Map<string, Print>();
	const subjects: Subject[] = [];
	const lets = (events: readonly PersonEvent[]): boolean => events.some((event) => options.triggerOn.includes(event));

	const seen = seenFields(people);
	for (const person of people) {
		const print = printOf(person, seen);
		after.set(person.id, print);
		const change = changeOf(before.people.get(person.id), print, before.width);
		if (!lets(change.events)) continue;
		const when = occurredAt(person, change, known?.readAt ?? '1970-01-01', readAt);
		subjects.push({ personId: person.id, event: change.events[0], changedFields: change.changedFields, occurredAt: when, person, complete: isComplete(read), readAt });
	}
	const problems = unreadableSubjects(read, before, after, known?.nameless ?? 0);
	if (lets(['changed'])) subjects.push(...problems);

	const missing = [...before.people.keys()].filter((id) => !after.has(id));
	const asked = read.full ? await confirmGone(client, missing, known?.askedUpTo ?? '', () => now().getTime() < options.deadline) : { gone: new Set<string>(), askedUpTo: '' };
	for (const id of missing) {
		if (!asked.gone.has(id)) after.set(id, before.people.get(id)!);
		else if (lets(['deleted'])) subjects.push({ personId: id, event: 'deleted', changedFields: [], occurredAt: readAt, person: null, complete: true, readAt });
	}

	const carried = [...after].some(([id, print]) => print === before.people.get(id) || print.unreadable);
	const packed = packSnapshot(after, carried ? before.width : undefined);
	const fresh: Memory = { version: 1, readAt, company: company ?? known?.company ?? null, nameless: namelessRows(read), askedUpTo: asked.askedUpTo, ...packed };
	const silent = !known && options.firstActivation === 'skip';
	return { subjects: silent ? [] : subjects, memory: known && sameMemory(known, fresh) ? known : fresh };
}

/** Equal but for the time of the read: then n8n need not write it again. */
function sameMemory(a: Memory, b: Memory): boolean {
	return (Object.keys(b) as Array<keyof Memory>).every((key) => key === 'readAt' || a[key] === b[key]);
}

