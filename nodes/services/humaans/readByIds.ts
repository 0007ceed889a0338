import { isPersonId } from '../../core/account/link';
import { PERSON_STATUSES } from '../../core/person/personRow';
import type { Person, Subject } from '../../core/subject';
import { attempt } from '../http/failure';
import { noId } from './cannotRead';
import type { HumaansClient } from './client';
import { hasFullScope, seesEverybody } from './fullView';
import { readOrProblem, type PersonRead } from './people';
import { readAlone } from './readAlone';
import type { ReadOptions } from './readEverybody';

interface Answered {
	complete: boolean;
	readAt: string;
	/** Humaans id of the company that was asked; absent = not known. */
	companyAsked?: string;
}

function subjectOfRead(personId: string, read: PersonRead, answered: Answered): Subject {
	const { complete, readAt } = answered;
	const facts = { complete, readAt };
	if ('found' in read) return { personId: read.found.id, person: read.found, ...facts };
	if ('unreadable' in read) return { personId, problem: read.unreadable.problem, ...facts };
	// Only a token that sees everybody can say that somebody is gone.
	return complete ? { personId, person: null, ...answered } : { personId, ...facts };
}

async function readEach(
	ids: readonly string[],
	read: (id: string) => Promise<PersonRead>,
	othersWereRead: boolean,
): Promise<PersonRead[]> {
	const answers = await Promise.all(ids.map(async (id) => await attempt(read(id))));
	const [first] = answers;
	if (first && !first.ok && !othersWereRead && !answers.some(({ ok }) => ok)) throw first.failure;
	return answers.map((answer, index) => readOrProblem(ids[index]!, answer));
}

/** More people than this are read with everybody: that costs fewer calls than one by one. */
const FEW = 5;

export interface ReadByIdsOptions extends ReadOptions {
	/** For more people than this everybody is read first. */
	oneByOneUpTo?: number;
	/**
	 * Others of the run were read, so that a failure is about somebody. Otherwise, when all reads
	 * fail, it is not, and the first failure is thrown.
	 */
	othersWereRead?: boolean;
}

/**
 * These people as they are now, one subject each, in order. Somebody whose read fails counts as
 * unreadable and never stops the others.
 */
export async function readByIds(
	client: HumaansClient,
	ids: readonly string[],
	options: ReadByIdsOptions,
): Promise<Subject[]> {
	const { oneByOneUpTo = FEW, othersWereRead = false } = options;
	const readAt = options.now().toISOString();
	// Nothing is asked where nothing can be answered.
	if (!ids.some(isPersonId))
		return ids.map((personId) => ({ personId, problem: noId().message, complete: false, readAt }));
	const fullScope = await hasFullScope(client, options);
	const known = new Map<string, Person>();
	if (new Set(ids).size > oneByOneUpTo)
		for (const person of (await client.people(PERSON_STATUSES, options.include)).people)
			known.set(person.id, person);
	const read = async (id: string): Promise<PersonRead> => {
		const person = known.get(id);
		return person ? { found: person } : await readAlone(client, id, options.include);
	};
	const reads = await readEach(ids, read, othersWereRead);
	const people = [...known.values(), ...reads.flatMap((one) => ('found' in one ? one.found : []))];
	const full = await seesEverybody(client, fullScope, people, options);
	const company = client.company === null ? {} : { companyAsked: client.company };
	const answered = { complete: full, readAt, ...company };
	return ids.map((id, index) => subjectOfRead(id, reads[index]!, answered));
}
