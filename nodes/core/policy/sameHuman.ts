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

const hasSameEmail = (facts: Case): boolean =>
	sameEmail(facts.subject.account!.email, personOf(facts).email);

/** How many of the values by which people are known, apart from the work email, are the same. */
function ownValuesInCommon(facts: Case): number {
	const person = personOf(facts);
	const { alternateEmail, employeeIdentifier } = facts.subject.account!;
	return [
		sameEmail(alternateEmail, person.personalEmail),
		Boolean(employeeIdentifier) && employeeIdentifier === person.employeeId,
	].filter(Boolean).length;
}

/** How many of these can be compared: both sides have one. */
function ownValuesKnown(facts: Case): number {
	const person = personOf(facts);
	const { alternateEmail, employeeIdentifier } = facts.subject.account!;
	return [
		Boolean(alternateEmail && person.personalEmail),
		Boolean(employeeIdentifier && person.employeeId),
	].filter(Boolean).length;
}

/** How many of the values by which people are known are the same. */
const valuesInCommon = (facts: Case): number =>
	ownValuesInCommon(facts) + (hasSameEmail(facts) ? 1 : 0);

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

/**
 * Nothing by which people are known says that the account is this person's. A work email alone can be
 * that of a post, such as office@: it counts only where there is nothing else to compare.
 */
function isOfAnotherHuman(facts: Case): boolean {
	if (ownValuesInCommon(facts) > 0 || hasMappedNames(facts)) return false;
	if (hasSameEmail(facts) && ownValuesKnown(facts) === 0) return false;
	const known = namesOfAccount(facts.subject.account!);
	return !maybeSameHuman(namesOfPerson(personOf(facts)), known);
}

/** An account in use of which nothing but perhaps the work email is this person's. */
export function anotherHumanRule(facts: Case): Verdict | null {
	const account = facts.subject.account!;
	if (stateOf(account) !== 'ACTIVATED' || !isOfAnotherHuman(facts)) return null;
	const others = hasSameEmail(facts)
		? 'only the work email is the same: name, personal email and employee ID'
		: 'its name, both emails and the employee ID';
	const reason =
		`The account ${account.username} is linked to this person, and ${others} are others than those ` +
		'in Humaans. It can be the account of somebody who was in this record before, and who knows its ' +
		'password. If it is theirs, give it their name by hand. ' +
		IF_NOT_THEIRS;
	return review('account.anotherPerson', reason, 'update');
}

/** Why an account that is linked to nobody is not adopted for its work email, or null. */
export function adoptsAnother(facts: Case): Verdict | null {
	if (!hasSameEmail(facts) || !isOfAnotherHuman(facts)) return null;
	const { account } = facts.subject;
	const reason =
		`The account ${account!.username} has the same work email and nothing else: name, personal email ` +
		'and employee ID are others than those in Humaans. It can be somebody else’s, who knows its ' +
		'password, so it is not adopted. If it is theirs, give it their name in JumpCloud. If not, give ' +
		'it another email.';
	return review('adopt.anotherPerson', reason, 'update');
}
