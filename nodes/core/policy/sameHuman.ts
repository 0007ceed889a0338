/**
 * HR can write a successor into somebody's record. The account that is linked to the record then
 * belongs to another human, who knows its password.
 */
import { stateOf } from '../account/link';
import { sameEmail } from '../email';
import { maybeSameHuman, namesAgree, namesOfAccount, namesOfPerson } from '../person/names';
import { personOf, review, type Case, type Verdict } from './verdict';

export const IF_NOT_THEIRS =
	'If not, take the custom attribute humaansId off it, and give it another email and employee ID: ' +
	'then this person gets an account of their own.';

/** How many of the values by which people are known are the same. */
function valuesInCommon(facts: Case): number {
	const person = personOf(facts);
	const account = facts.subject.account!;
	const { employeeIdentifier } = account;
	return [
		sameEmail(account.email, person.email),
		sameEmail(account.alternateEmail, person.personalEmail),
		Boolean(employeeIdentifier) && employeeIdentifier === person.employeeId,
	].filter(Boolean).length;
}

/** The account has the names that Field Mapper makes of those in Humaans. */
function hasMappedNames({ subject }: Case): boolean {
	const { account, desired } = subject;
	const names = (['firstname', 'lastname'] as const).flatMap((slot) => {
		const wanted = desired?.attributes[slot];
		return typeof wanted === 'string' ? [wanted === account![slot]] : [];
	});
	return names.length === 2 && names.every(Boolean);
}

/**
 * Whether the account is surely this person's: by both names, by two values, or by one together with
 * names that may be one human's. A name alone is shared by many, and a value alone can be that of a
 * post, a placeholder, or a family's.
 */
export function isSameHuman(facts: Case): boolean {
	const names = namesOfPerson(personOf(facts));
	const known = namesOfAccount(facts.subject.account!);
	if (namesAgree(names, known)) return true;
	const inCommon = valuesInCommon(facts);
	if (inCommon > 1) return true;
	return inCommon === 1 && (maybeSameHuman(names, known) || hasMappedNames(facts));
}

/** An account in use of which nothing is this person's. */
export function anotherHumanRule(facts: Case): Verdict | null {
	const account = facts.subject.account!;
	if (stateOf(account) !== 'ACTIVATED' || valuesInCommon(facts) > 0 || hasMappedNames(facts))
		return null;
	if (maybeSameHuman(namesOfPerson(personOf(facts)), namesOfAccount(account))) return null;
	const reason =
		`The account ${account.username} is linked to this person, and its name, both emails and the ` +
		'employee ID are others than those in Humaans. It can be the account of somebody who was in ' +
		'this record before, and who knows its password. If it is theirs, give it their name by hand. ' +
		IF_NOT_THEIRS;
	return review('account.anotherPerson', reason, 'update');
}
