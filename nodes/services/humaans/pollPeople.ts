import { CannotRead } from './readPeople';
import type { Subject } from '../../core/subject';
import { changeOf, type PersonEvent } from '../../core/watch/events';
import {
	anybodyHas,
	NEVER_READ,
	printOf,
	ROLE_FIELDS,
	seenFields,
	type Print,
} from '../../core/watch/fields';
import {
	EMPTY_SNAPSHOT,
	packSnapshot,
	unpackSnapshot,
	type PackedSnapshot,
	type Snapshot,
} from '../../core/watch/snapshot';
import { confirmGone } from './confirmGone';
import {
	readPeople,
	subjectFor,
	type PeopleClient,
	type Reading,
	type ReadOptions,
} from './readForTrigger';

/** What the trigger remembers between polls; kept as it is in the node's static data. */
export interface Memory extends PackedSnapshot {
	version: 1;
	/** When the people were read that this memory is about (UTC). */
	readAt: string;
	/** Humaans id of the company, to notice a token of another one. */
	company: string | null;
	/** Rows without an id in that read. */
	nameless: number;
	/**
	 * The last id that was asked for by itself, when there were more to ask for than one poll may;
	 * else ''.
	 */
	askedUpTo: string;
}

export interface PollOptions extends ReadOptions {
	/** Events that let a person through. */
	triggerOn: readonly string[];
	firstActivation: 'skip' | 'emit';
	/**
	 * Milliseconds since 1970 after which nobody but the first ten is asked for by ID; the rest waits
	 * for the next poll.
	 */
	deadline: number;
}

export interface PollResult {
	/** One subject a person to whom a chosen event happened. */
	subjects: Subject[];
	/** The very object that was handed in when nothing is to be remembered anew. */
	memory: Memory;
}

/** A poll on its way: what was known, what was read, and what comes of it. */
interface Comparison {
	known: Memory | undefined;
	before: Snapshot;
	read: Reading;
	after: Map<string, Print>;
	tell: (events: readonly PersonEvent[], subject: Subject) => void;
}

/** People who were read. */
function comparePeople({ known, before, read, after, tell }: Comparison): void {
	const seen = seenFields(read.people);
	for (const person of read.people) {
		const print = printOf(person, seen);
		after.set(person.id, print);
		const change = changeOf(before.people.get(person.id), print, before.width);
		if (change.events.length > 0)
			tell(change.events, subjectFor(person, change, read, known?.readAt));
	}
}

/** Rows nobody could read: what was known of them stays, and each is told once. */
function compareUnreadable({ known, before, read, after, tell }: Comparison): void {
	const { complete, readAt } = read;
	let untold = read.nameless - (known?.nameless ?? 0);
	for (const { id, problem } of read.unreadable) {
		const subject: Subject = {
			event: 'changed',
			changedFields: [],
			occurredAt: readAt,
			problem,
			complete,
			readAt,
		};
		if (id === null) {
			if (untold-- > 0) tell(['changed'], subject);
			continue;
		}
		const print = before.people.get(id);
		after.set(id, { ...(print ?? NEVER_READ), unreadable: true });
		if (!print?.unreadable) tell(['changed'], { personId: id, ...subject });
	}
}

/**
 * People who were known and not read: gone only when Humaans says so by ID to a token that sees
 * everybody.
 */
async function compareMissing(
	client: PeopleClient,
	{ known, before, read, after, tell }: Comparison,
	inTime: () => boolean,
): Promise<string> {
	const missing = [...before.people.keys()].filter((id) => !after.has(id));
	const { gone, askedUpTo } = await confirmGone(
		client,
		read.full ? missing : [],
		known?.askedUpTo ?? '',
		inTime,
	);
	const { readAt } = read;
	for (const id of missing) {
		if (!gone.has(id)) after.set(id, before.people.get(id)!);
		else
			tell(['deleted'], {
				personId: id,
				event: 'deleted',
				changedFields: [],
				occurredAt: readAt,
				person: null,
				complete: true,
				readAt,
			});
	}
	return askedUpTo;
}

/** Equal but for the time of the read: then n8n need not write it again. */
const sameMemory = (a: Memory, b: Memory): boolean =>
	(Object.keys(b) as Array<keyof Memory>).every((key) => key === 'readAt' || a[key] === b[key]);

/**
 * One poll: reads everybody, compares them with what is remembered and says what happened and what
 * to remember. Changes nothing itself; a read that fails or is incomplete throws. A first poll, and
 * one that finds another company, remembers everybody.
 */
export async function pollPeople(
	client: PeopleClient,
	memory: Memory | undefined,
	options: PollOptions,
	now: () => Date,
): Promise<PollResult> {
	const read = await readPeople(client, options, now);
	const company =
		read.people.find((person) => person.companyId)?.companyId ?? memory?.company ?? null;
	const known =
		memory?.version === 1 && (memory.company === null || memory.company === company)
			? memory
			: undefined;
	const before = known ? unpackSnapshot(known) : EMPTY_SNAPSHOT;
	const after = new Map<string, Print>();
	const subjects: Subject[] = [];
	const silent = !known && options.firstActivation === 'skip';
	const comparison: Comparison = {
		known,
		before,
		read,
		after,
		tell: (events, subject) => {
			if (!silent && events.some((event) => options.triggerOn.includes(event)))
				subjects.push(subject);
		},
	};
	comparePeople(comparison);
	compareUnreadable(comparison);
	// Somebody may lose their job role; that all of them do at once is an answer that lost its rows.
	if (
		anybodyHas(ROLE_FIELDS, before.people.values(), before.width) &&
		!anybodyHas(ROLE_FIELDS, after.values(), before.width)
	) {
		throw new CannotRead(
			'Humaans named no job roles at all, although there were some, so nothing was concluded.',
			'The next poll reads everybody anew. If it stays so, check what the access token may read.',
		);
	}
	const askedUpTo = await compareMissing(
		client,
		comparison,
		() => now().getTime() < options.deadline,
	);

	// Prints taken over from the former snapshot hold no more bits than it kept.
	const takenOver = [...after].some(
		([id, print]) => print.unreadable || print === before.people.get(id),
	);
	const packed = packSnapshot(after, takenOver ? before.width : undefined);
	const fresh: Memory = {
		version: 1,
		readAt: read.readAt,
		company,
		nameless: read.nameless,
		askedUpTo,
		...packed,
	};
	return { subjects, memory: known && sameMemory(known, fresh) ? known : fresh };
}
