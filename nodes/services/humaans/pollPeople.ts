import type { Subject } from '../../core/subject';
import {
	compareGone,
	comparePerson,
	compareUnreadable,
	unreadableSubject,
	type Compared,
	type News,
} from '../../core/watch/compare';
import { readableFields, ROLE_FIELDS } from '../../core/watch/fields';
import { usableMemory, type TriggerMemory } from '../../core/watch/memory';
import { anybodyHas, heirsOf, type Print } from '../../core/watch/print';
import { formatSnapshot, parseSnapshot } from '../../core/watch/snapshot';
import { CannotRead } from './cannotRead';
import type { HumaansClient } from './client';
import { confirmGone } from './confirmGone';
import { readEverybody, type Reading, type ReadOptions } from './readEverybody';

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
	/** The very object that was handed in when there is nothing new to remember. */
	memory: TriggerMemory;
}

/** The subjects to hand on: of people to whom a chosen event happened. */
export const chosenSubjects = (
	news: readonly News[],
	{ triggerOn }: Pick<PollOptions, 'triggerOn'>,
): Subject[] =>
	news
		.filter(({ events }) => events.some((event) => triggerOn.includes(event)))
		.map(({ subject }) => subject);

/** Everybody, for the trigger: that there is nobody at all is no answer. */
export async function readCompany(client: HumaansClient, options: ReadOptions): Promise<Reading> {
	const read = await readEverybody(client, options);
	if (read.people.length > 0) return read;
	throw new CannotRead(
		'Humaans returned no people that can be read, so nothing was concluded.',
		'Check the access token and the company it belongs to.',
	);
}

/** What comes of a poll: what to remember of whom, and what happened. */
class PollOutcome {
	readonly after = new Map<string, Print>();
	readonly news: News[] = [];

	add(id: string, { print, news }: Compared): void {
		if (print) this.after.set(id, print);
		if (news) this.news.push(news);
	}
}

/** Compares the people and the rows that were read. */
function compareEverybody(
	read: Reading,
	known: TriggerMemory | undefined,
	before: ReadonlyMap<string, Print>,
): PollOutcome {
	const outcome = new PollOutcome();
	const readable = readableFields(read.people);
	for (const person of read.people) {
		const print = before.get(person.id);
		outcome.add(person.id, comparePerson(person, print, readable, read, known?.readAt));
	}
	// Rows without an ID cannot be told apart: only how many there are says whether one is new.
	let untold = read.nameless - (known?.nameless ?? 0);
	for (const { id, problem } of read.unreadable) {
		if (id !== null) outcome.add(id, compareUnreadable(id, problem, before.get(id), read));
		else if (untold-- > 0)
			outcome.news.push({ events: ['changed'], subject: unreadableSubject(null, problem, read) });
	}
	return outcome;
}

/** The same but for the time of the read: then n8n need not write it again. */
const sameMemory = (a: TriggerMemory, b: TriggerMemory): boolean =>
	(Object.keys(b) as Array<keyof TriggerMemory>).every(
		(key) => key === 'readAt' || a[key] === b[key],
	);

/**
 * One poll: reads everybody, compares them with what is remembered, and gives what happened and
 * what to remember. It changes nothing itself; a read that fails or is incomplete throws. A first
 * poll remembers everybody, and so does one that finds another company.
 */
export async function pollPeople(
	client: HumaansClient,
	memory: TriggerMemory | undefined,
	options: PollOptions,
): Promise<PollResult> {
	const read = await readCompany(client, options);
	const usable = usableMemory(memory);
	const company =
		read.people.find((person) => person.companyId)?.companyId ?? usable?.company ?? null;
	const known =
		usable && (usable.company === null || usable.company === company) ? usable : undefined;
	const before = known ? parseSnapshot(known) : new Map<string, Print>();
	const outcome = compareEverybody(read, known, before);
	const { after, news } = outcome;

	// Somebody may lose their job role; that all of them do at once is an answer that lost its rows.
	if (anybodyHas(ROLE_FIELDS, before.values()) && !anybodyHas(ROLE_FIELDS, after.values()))
		throw new CannotRead(
			'Humaans named no job roles at all, although there were some, so nothing was concluded.',
			'The next poll reads everybody anew. If it stays so, check what the access token may read.',
		);

	// Whoever was known and not read is gone only when Humaans says so by ID to a token that sees
	// everybody.
	const missing = [...before.keys()].filter((id) => !after.has(id)).sort();
	const { gone, askedUpTo } = await confirmGone(
		client,
		read.full ? missing : [],
		known?.askedUpTo ?? '',
		() => options.now().getTime() < options.deadline,
	);
	for (const id of missing) {
		const print = before.get(id)!;
		const isGone = gone.has(id);
		outcome.add(
			id,
			isGone ? compareGone(id, read.readAt, heirsOf(print, after)) : { print, news: null },
		);
	}

	const fresh: TriggerMemory = {
		version: 2,
		readAt: read.readAt,
		company,
		nameless: read.nameless,
		askedUpTo,
		...formatSnapshot(after),
	};
	return {
		subjects: known || options.firstActivation === 'emit' ? chosenSubjects(news, options) : [],
		memory: known && sameMemory(known, fresh) ? known : fresh,
	};
}
