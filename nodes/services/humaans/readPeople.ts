import { attempt } from '../http/failure';
import {
	FULL_VIEW_SCOPE,
	STATUSES,
	type HumaansClient,
	type Include,
	type PersonRead,
} from './client';
import { stateOf } from '../../core/account/link';
import { holdersOf } from '../../core/person/person';
import type { Person, PersonStatus, Subject } from '../../core/subject';

/**
 * Something a person must put right before people can be read; the message is the whole
 * explanation.
 */
export class CannotRead extends Error {
	override readonly name = 'CannotRead';

	constructor(
		message: string,
		readonly todo: string,
	) {
		super(message);
	}
}

/** More people than this are read with everybody: that costs fewer calls than one by one. */
const ONE_BY_ONE_UP_TO = 5;

export interface ReadOptions {
	include: readonly Include[];
	/**
	 * Go on with a token that cannot see new hires and leavers; nobody is disabled on such a read.
	 */
	allowPartialView: boolean;
	now: () => Date;
}

/** Whether the token sees everybody; stops when it does not, unless that is allowed. */
async function fullView(client: HumaansClient, options: ReadOptions): Promise<boolean> {
	const full = await client.seesEverybody();
	if (!full && !options.allowPartialView) {
		throw new CannotRead(
			`The Humaans access token lacks the scope ${FULL_VIEW_SCOPE}, so new hires, leavers ` +
				'and private fields are invisible.',
			`Make a token with ${FULL_VIEW_SCOPE} in Humaans, or switch on "Allow a Partial View": ` +
				'then nobody is ever disabled.',
		);
	}
	return full;
}

/** A token of an ordinary member is as good as one without the scope. */
export function refuseMember(options: { allowPartialView: boolean }): false {
	if (options.allowPartialView) return false;
	throw new CannotRead(
		'The Humaans access token belongs to an ordinary member, who does not see everybody.',
		'Let an owner or administrator of Humaans make the token, or switch on "Allow a Partial ' +
			'View": then nobody is ever disabled.',
	);
}

const subjectFor = (person: Person, complete: boolean, readAt: string): Subject => ({
	personId: person.id,
	person,
	complete,
	readAt,
});

/**
 * Everybody in these statuses, one subject each; rows nobody could read come as subjects with a
 * problem.
 * @param asOf Job roles as of this day (`YYYY-MM-DD`). @default today
 */
export async function readEverybody(
	client: HumaansClient,
	statuses: readonly PersonStatus[],
	options: ReadOptions,
	asOf?: string,
): Promise<Subject[]> {
	const byScope = await fullView(client, options);
	const readAt = options.now().toISOString();
	const { people, unreadable, ofMember } = await client.people(statuses, options.include, asOf);
	const full = byScope && (ofMember ? refuseMember(options) : true);
	const everybody = statuses.length === STATUSES.length;
	if (everybody && people.length === 0) {
		throw new CannotRead(
			'Humaans returned no people at all, so nothing was done.',
			'Check the access token and the company it belongs to.',
		);
	}
	// A row without an id could be anybody: then nobody can be said to be missing. A day that is not
	// today is not how people are.
	const complete =
		full && everybody && asOf === undefined && unreadable.every((row) => row.id !== null);
	return [
		...people.map((person) => subjectFor(person, complete, readAt)),
		...unreadable.map(
			({ id, problem }): Subject => ({
				...(id ? { personId: id } : {}),
				problem,
				complete,
				readAt,
			}),
		),
	];
}

function subjectOfRead(personId: string, read: PersonRead, full: boolean, readAt: string): Subject {
	if ('found' in read) return subjectFor(read.found, full, readAt);
	if ('unreadable' in read)
		return { personId, problem: read.unreadable.problem, complete: full, readAt };
	// Only a token that sees everybody can say that somebody is gone.
	return full
		? { personId, person: null, complete: true, readAt }
		: { personId, complete: false, readAt };
}

/** Whether a 404 means that there is nobody: asked once, and only when there was one. */
const believes404 = async (
	client: Pick<HumaansClient, 'belongsToMember'>,
	full: boolean,
	reads: readonly PersonRead[],
	options: ReadOptions,
): Promise<boolean> =>
	full && reads.some((read) => 'missing' in read) && (await client.belongsToMember())
		? refuseMember(options)
		: full;

/**
 * One person by ID, and who else has their work e-mail: an account that two records share must not
 * be disabled for the old one, nor made or taken over for the new one.
 */
export async function readOne(
	client: Pick<HumaansClient, 'person' | 'sharersOf'>,
	id: string,
	include: readonly Include[],
): Promise<PersonRead> {
	const read = await client.person(id, include);
	if (!('found' in read)) return read;
	return {
		found: {
			...read.found,
			sharesWorkEmailWith: await client.sharersOf(read.found),
			readAlone: true,
		},
	};
}

/**
 * People one by one. Somebody whose read fails is unreadable and never stops the others; when all
 * fail it is not about somebody.
 */
async function readEach(
	ids: readonly string[],
	read: (id: string) => Promise<PersonRead>,
): Promise<PersonRead[]> {
	const answers = await Promise.all(ids.map(async (id) => await attempt(read(id))));
	const [first] = answers;
	if (first && !first.ok && !answers.some(({ ok }) => ok)) throw first.failure;
	return answers.map((answer, index) =>
		answer.ok ? answer.value : { unreadable: { id: ids[index]!, problem: answer.failure.message } },
	);
}

/** The same people as they are now, in order: one by one when few, with everybody when many. */
export async function readAgain(
	client: HumaansClient,
	ids: readonly string[],
	options: ReadOptions,
): Promise<Subject[]> {
	const full = await fullView(client, options);
	const readAt = options.now().toISOString();
	const known = new Map<string, Person>();
	if (new Set(ids).size > ONE_BY_ONE_UP_TO) {
		for (const person of (await client.people(STATUSES, options.include)).people)
			known.set(person.id, person);
	}
	const reads = await readEach(ids, async (id) => {
		const person = known.get(id);
		return person ? { found: person } : await readOne(client, id, options.include);
	});
	const sees = await believes404(client, full, reads, options);
	return ids.map((id, index) => subjectOfRead(id, reads[index]!, sees, readAt));
}

/**
 * Asks Humaans by ID about subjects whose person is missing from the read, and who has the work
 * e-mail of an account whose person is gone: it is theirs now. The others pass as they are.
 */
export async function confirmMissing(
	client: HumaansClient,
	subjects: readonly Subject[],
	options: ReadOptions,
): Promise<Subject[]> {
	const isMissing = (subject: Subject) =>
		subject.person === undefined &&
		subject.personId !== undefined &&
		subject.personId !== '' &&
		!subject.problem;
	const missing = subjects.filter(isMissing);
	const known =
		missing.length === 0 ? [...subjects] : await withAnswers(client, subjects, missing, options);
	// With everybody in the run Match has seen who claims which account.
	const leaves = (subject: Subject, index: number) =>
		subject.person === null &&
		subject.account?.email &&
		stateOf(subject.account) !== 'SUSPENDED' &&
		(subjects[index]!.person === null || subject.part !== undefined);
	if (!known.some(leaves)) return known;
	const { people } = await client.people(STATUSES, []);
	return known.map((subject, index) =>
		leaves(subject, index)
			? {
					...subject,
					accountEmailOf: holdersOf(people, subject.account!.email, subject.personId ?? ''),
				}
			: subject,
	);
}

async function withAnswers(
	client: HumaansClient,
	subjects: readonly Subject[],
	missing: readonly Subject[],
	options: ReadOptions,
): Promise<Subject[]> {
	const full = await fullView(client, options);
	const readAt = options.now().toISOString();
	const reads = await readEach(
		missing.map(({ personId }) => personId!),
		async (id) => await readOne(client, id, options.include),
	);
	const sees = await believes404(client, full, reads, options);
	const asked = new Map(
		missing.map((subject, index) => [
			subject,
			subjectOfRead(subject.personId!, reads[index]!, sees, readAt),
		]),
	);
	return subjects.map((subject) => ({ ...subject, ...asked.get(subject) }));
}
