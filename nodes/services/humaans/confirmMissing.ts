import { linkOf, stateOf } from '../../core/account/link';
import { maybeSameHuman, namesOfAccount, namesOfPerson } from '../../core/person/names';
import { holdersOf, sharersAmong, worksHere } from '../../core/person/sharing';
import type { Account, Person, Subject } from '../../core/subject';
import type { HumaansClient } from './client';
import { readByIds } from './readByIds';
import { readEverybody, type ReadOptions } from './readEverybody';

const isMissing = ({ person, personId, problem }: Subject): boolean =>
	person === undefined && Boolean(personId) && !problem;

/** The subjects, with what Humaans says by ID about those whose person is missing. */
async function withAnswers(
	client: HumaansClient,
	subjects: readonly Subject[],
	options: ReadOptions,
): Promise<Subject[]> {
	const missing = subjects.filter(isMissing);
	if (missing.length === 0) return [...subjects];
	const ids = missing.map(({ personId }) => personId!);
	const answers = await readByIds(client, ids, {
		...options,
		oneByOneUpTo: Infinity,
		othersWereRead: subjects.length > missing.length,
	});
	const answerTo = new Map(missing.map((subject, index) => [subject, answers[index]!]));
	return subjects.map((subject) => ({ ...subject, ...answerTo.get(subject) }));
}

/**
 * Who has the account's work email now, and can be the same human by their name: a record that was
 * made anew. Somebody else with that address is no reason to leave a leaver's account open.
 */
function ownersOf(account: Account, people: readonly Person[], apartFrom?: string): string[] {
	const names = namesOfAccount(account);
	return holdersOf(people, account.email, apartFrom)
		.filter((person) => worksHere(person) && maybeSameHuman(namesOfPerson(person), names))
		.map(({ id }) => id);
}

/**
 * Somebody who was read alone and has no account yet that is theirs, or one that was never activated:
 * the next decision could take one over, make one, or invite. Humaans' filter may be exact, so it
 * hides who has their work email, or the address of the invite, in other letters.
 */
const needsSharers = ({ person, match, account }: Subject): boolean =>
	person?.readAlone === true &&
	Boolean(person.email) &&
	match?.certain === true &&
	(!account || linkOf(account) === null || stateOf(account) === 'STAGED');

/** @param people Everybody */
function withSharersAmong(subject: Subject, people: readonly Person[]): Subject {
	const person = { ...subject.person! };
	delete person.sameNameAndEmailAs;
	delete person.hasWorkEmailOfLeavers;
	delete person.personalEmailIsWorkEmailOf;
	delete person.sameNameAs;
	delete person.personalEmailIsOfCompany;
	return { ...subject, person: { ...person, ...sharersAmong(people, person) } };
}

/**
 * Asks Humaans by ID about subjects whose person is missing from the read, who has the work email
 * of an account whose person is gone, and who shares the work email of somebody who was read alone
 * and would get an account. The others pass as they are.
 */
export async function confirmMissing(
	client: HumaansClient,
	subjects: readonly Subject[],
	options: ReadOptions,
): Promise<Subject[]> {
	const known = await withAnswers(client, subjects, options);
	// Somebody missing from a run that holds everybody needs no owner: Match has seen who claims the
	// account.
	const needsOwner = (subject: Subject, index: number): boolean =>
		subject.person === null &&
		Boolean(subject.account?.email) &&
		stateOf(subject.account!) !== 'SUSPENDED' &&
		(subjects[index]!.person === null || subject.part !== undefined);
	if (!known.some((subject, index) => needsOwner(subject, index) || needsSharers(subject)))
		return known;
	// A token that does not see everybody may not see the heir.
	const { people, full } = await readEverybody(client, { ...options, include: [] });
	return known.map((subject, index) => {
		if (needsSharers(subject)) return withSharersAmong(subject, people);
		if (!needsOwner(subject, index)) return subject;
		const heirs = ownersOf(subject.account!, people, subject.personId);
		const accountEmailOf = [...new Set([...(subject.accountEmailOf ?? []), ...heirs])];
		return { ...subject, accountEmailOf, complete: full && subject.complete === true };
	});
}
