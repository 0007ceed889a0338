import { readOne, refuseMember } from './readPeople';
import type { Person, Subject } from '../../core/subject';
import { changeOf, type PersonEvent } from '../../core/watch/events';
import {
	anybodyHas,
	NEVER_READ,
	printOf,
	ROLE_FIELDS,
	seenFields,
	seenInPrints,
	type Print,
} from '../../core/watch/fields';
import { packSnapshot, unpackSnapshot } from '../../core/watch/snapshot';
import type { Memory, PollOptions, PollResult } from './pollPeople';
import { includeOf, seesEnough, subjectFor, type PeopleClient } from './readForTrigger';

/** One person on the way from what was known to what is. */
interface Reread {
	known: Memory;
	before: ReadonlyMap<string, Print>;
	width: number;
	/** The token sees everybody. */
	full: boolean;
	readAt: string;
}

interface News {
	/** What to remember; null: nobody. */
	print: Print | null;
	events: readonly PersonEvent[];
	subject: Subject;
}

function found(person: Person, { known, before, width, full, readAt }: Reread): News {
	const one = seenFields([person]);
	const print = printOf(
		person,
		seenInPrints(before.values()).map((seen, field) => seen || one[field]!),
	);
	const change = changeOf(before.get(person.id), print, width);
	return {
		print,
		events: change.events,
		subject: subjectFor(person, change, { complete: full, readAt }, known.readAt),
	};
}

function unreadable(personId: string, problem: string, { before, full, readAt }: Reread): News {
	const print = before.get(personId);
	const subject: Subject = {
		personId,
		event: 'changed',
		changedFields: [],
		occurredAt: readAt,
		problem,
		complete: full,
		readAt,
	};
	return {
		print: { ...(print ?? NEVER_READ), unreadable: true },
		events: print?.unreadable ? [] : ['changed'],
		subject,
	};
}

const gone = (personId: string, { readAt }: Reread): News => ({
	print: null,
	events: ['deleted'],
	subject: {
		personId,
		event: 'deleted',
		changedFields: [],
		occurredAt: readAt,
		person: null,
		complete: true,
		readAt,
	},
});

const samePrint = (a: Print | undefined, b: Print | null, width: number): boolean =>
	a !== undefined &&
	b !== null &&
	a.status === b.status &&
	a.digest === b.digest &&
	a.unreadable === b.unreadable &&
	a.hashes.every((hash, field) => hash >>> (32 - width) === b.hashes[field]! >>> (32 - width));

/**
 * Compares a person who was read with what is remembered; null when the ID is not one of a person
 * who is or was there.
 */
export type CompareWith = (known: Memory) => PollResult | null;

/**
 * One person, because a webhook named them: read by ID, to be compared with what is remembered, as
 * a poll would. What is remembered is handed in afterwards, because other people are read
 * meanwhile. Null means that only a poll can tell what happened.
 */
export async function rereadPerson(
	client: PeopleClient,
	id: string,
	options: PollOptions,
	now: () => Date,
): Promise<CompareWith> {
	const readAt = now().toISOString();
	const [byScope, read] = await Promise.all([
		seesEnough(client, options),
		readOne(client, id, includeOf(options)),
	]);
	const full =
		byScope &&
		('missing' in read && (await client.belongsToMember()) ? refuseMember(options) : true);
	return (known) => {
		const { people: before, width } = unpackSnapshot(known);
		const at: Reread = { known, before, width, full, readAt };
		if ('missing' in read && !before.has(id)) return null;
		if (
			'found' in read &&
			known.company !== null &&
			read.found.companyId &&
			read.found.companyId !== known.company
		)
			return null;
		// Only a token that sees everybody can say that somebody is gone.
		if ('missing' in read && !full) return { subjects: [], memory: known };

		// No job role or custom value where there was one: the lists of everybody show whether that is
		// so, or whether an answer lost its rows.
		const old = before.get(id);
		const lost = (fields: readonly string[], fresh: Print) =>
			old !== undefined && anybodyHas(fields, [old], width) && !anybodyHas(fields, [fresh], width);

		const news =
			'found' in read
				? found(read.found, at)
				: 'unreadable' in read
					? unreadable(id, read.unreadable.problem, at)
					: gone(id, at);
		if ('found' in read && (lost(ROLE_FIELDS, news.print!) || lost(['customFields'], news.print!)))
			return null;
		const subjects = news.events.some((event) => options.triggerOn.includes(event))
			? [news.subject]
			: [];
		if (samePrint(before.get(id), news.print, width)) return { subjects, memory: known };
		const after = new Map(before);
		if (news.print) after.set(id, news.print);
		else after.delete(id);
		return { subjects, memory: { ...known, ...packSnapshot(after, width) } };
	};
}
