import { isPersonId } from '../../core/account/link';
import {
	compareGone,
	comparePerson,
	compareUnreadable,
	type Compared,
} from '../../core/watch/compare';
import { readableFields, ROLE_FIELDS } from '../../core/watch/fields';
import type { TriggerMemory } from '../../core/watch/memory';
import { anybodyHas, heirsOf, knownFields, samePrint, type Print } from '../../core/watch/print';
import { formatSnapshot, parseSnapshot } from '../../core/watch/snapshot';
import type { HumaansClient } from './client';
import { hasFullScope, seesEverybody } from './fullView';
import type { PersonRead } from './people';
import { chosenSubjects, type PollOptions, type PollResult } from './pollPeople';
import { readAlone } from './readAlone';

/**
 * Compares a person who was read with what is remembered. `null`: only a poll can tell what
 * happened.
 */
export type CompareWith = (known: TriggerMemory) => PollResult | null;

/** What a read by ID tells, held against what was remembered. */
function compareOne(
	id: string,
	read: PersonRead,
	known: TriggerMemory,
	before: ReadonlyMap<string, Print>,
	facts: { complete: boolean; readAt: string },
): Compared {
	if ('missing' in read) return compareGone(id, facts.readAt, heirsOf(before.get(id)!, before));
	if ('unreadable' in read)
		return compareUnreadable(id, read.unreadable.problem, before.get(id), facts);
	// What one person has not is known to be empty where an earlier read of everybody saw the field.
	const own = readableFields([read.found]);
	const readable = knownFields(before.values()).map((seen, field) => seen || own[field]!);
	return comparePerson(read.found, before.get(id), readable, facts, known.readAt);
}

/**
 * Fields that stand in a list of their own. When somebody has none of them any more, the list of
 * everybody shows whether that is so or an answer lost its rows.
 */
const LISTED_APART = [ROLE_FIELDS, ['customFields']];

const lostAList = (before: Print, after: Print): boolean =>
	LISTED_APART.some((fields) => anybodyHas(fields, [before]) && !anybodyHas(fields, [after]));

/**
 * One person, because a webhook named them: read by ID, to be compared with what is remembered, as
 * a poll does it. What is remembered is handed in afterwards, because other people are read
 * meanwhile.
 */
export async function rereadPerson(
	client: HumaansClient,
	id: string,
	options: PollOptions,
): Promise<CompareWith> {
	if (!isPersonId(id)) return () => null;
	const readAt = options.now().toISOString();
	const [fullScope, read] = await Promise.all([
		hasFullScope(client, options),
		readAlone(client, id, options.include),
	]);
	const people = 'found' in read ? [read.found] : [];
	const full = await seesEverybody(client, fullScope, people, options);
	return (known) => {
		const before = parseSnapshot(known);
		const print = before.get(id);
		// The ID is not that of a person who is or was there.
		if ('missing' in read && !print) return null;
		// Only a token that sees everybody can say that somebody is gone.
		if ('missing' in read && !full) return { subjects: [], memory: known };
		const company = 'found' in read ? read.found.companyId : client.company;
		if (company && known.company !== null && company !== known.company) return null;

		const compared = compareOne(id, read, known, before, { complete: full, readAt });
		if ('found' in read && print && lostAList(print, compared.print!)) return null;
		const subjects = chosenSubjects(compared.news ? [compared.news] : [], options);
		if (print && compared.print && samePrint(print, compared.print))
			return { subjects, memory: known };
		if (compared.print) before.set(id, compared.print);
		else before.delete(id);
		return { subjects, memory: { ...known, ...formatSnapshot(before) } };
	};
}
