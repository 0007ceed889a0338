import { DEPROVISIONED_AT, customAttribute, isAdministrator, linkOf, stateOf } from '../shared/link';
import { endOfLocalDay, inZone, plusDays, zoneOf } from '../shared/time';
import type { Account, Person } from '../shared/subject';
import type { PolicySettings } from './settings';
import { nothing, review, type Case, type Verdict } from './verdict';

/** True when the account is on the list of protected accounts, by id, username or e-mail. */
export const isProtected = (account: Account, settings: PolicySettings): boolean =>
	[account._id, account.username, account.email].some((name) => typeof name === 'string' && settings.protectedAccounts.has(name.toLowerCase()));

/** When this package suspended the account, or null when it did not. */
export function deprovisionedAt(account: Account): Date | null {
	const text = customAttribute(account, DEPROVISIONED_AT);
	const at = text === null ? NaN : Date.parse(text);
	return Number.isNaN(at) ? null : new Date(at);
}

/**
 * The last day of employment that is to be believed: the earlier of last working day and employment end. A last working day alone
 * proves nothing (Humaans gives one to people who have just begun), nor does an end before the present employment began.
 */
export function lastDayOf(person: Person): string | null {
	const end = person.employmentEndDate;
	if (!end) return null;
	const last = person.lastWorkingDay && person.lastWorkingDay < end ? person.lastWorkingDay : end;
	return person.employmentStartDate && last <= person.employmentStartDate ? null : last;
}

/** Why somebody counts as a leaver, or null. */
function leaving(facts: Case): { code: string; reason: string } | null {
	const { subject, settings, now } = facts;
	const { deprovisionWhen, fixedZone } = settings;
	if (subject.person === null) {
		return deprovisionWhen.includes('deleted') ? { code: 'leaver.deleted', reason: 'Humaans no longer has this person, and said so when asked by ID.' } : null;
	}
	const person = subject.person!;
	if (person.status === 'offboarded' && deprovisionWhen.includes('offboarded')) {
		const day = lastDayOf(person);
		return { code: 'leaver.offboarded', reason: `The person is offboarded in Humaans${day ? ` (last day ${day})` : ''}.` };
	}
	const day = deprovisionWhen.includes('lastDay') ? lastDayOf(person) : null;
	if (day === null) return null;
	const { zone } = zoneOf(person, fixedZone);
	const end = endOfLocalDay(day, zone);
	return end <= now ? { code: 'leaver.lastDay', reason: `The last day, ${day}, ended at ${inZone(end, zone)}.` } : null;
}

/** Somebody whom Humaans calls gone or offboarded although the settings do not act on it. */
const hasLeft = (facts: Case): boolean => facts.subject.person === null || facts.subject.person?.status === 'offboarded';

/** The account of somebody who has left: suspend, delete, or say why not. Null when the person has not left. */
export function leaverRule(facts: Case): Verdict | null {
	const why = leaving(facts);
	const account = facts.subject.account ?? null;
	if (why === null) {
		return hasLeft(facts) ? nothing('leaver.notChosen', 'The person has left; Deprovision When does not include that.') : null;
	}
	if (account === null) return nothing('leaver.noAccount', `${why.reason} There is no account to disable, and none is created.`);
	return disable(facts, account, why);
}

/** Suspend or delete an account, unless one of the rules that no setting may break forbids it. */
export function disable(facts: Case, account: Account, why: { code: string; reason: string }): Verdict {
	const { subject, settings, now } = facts;
	const suspended = stateOf(account) === 'SUSPENDED';
	if (linkOf(account) !== subject.personId || subject.personId === undefined) {
		if (suspended) return nothing('leaver.suspendedByOthers', `${why.reason} The account is suspended already, not by this package.`);
		return review('leaver.notLinked', `${why.reason} The account ${account.username} was not created or adopted by this package, so it is not disabled.`, 'deprovision');
	}
	const stamp = deprovisionedAt(account);
	const how = settings.deprovisionHow;
	if (suspended && how !== 'delete') {
		const due = how === 'suspendThenDelete' && stamp !== null ? plusDays(stamp, settings.deleteAfterDays) : null;
		if (due === null) return nothing('leaver.suspended', `${why.reason} The account is suspended already.`);
		if (due > now) return nothing('leaver.deleteLater', `${why.reason} The account is suspended and will be deleted after ${due.toISOString().slice(0, 10)}.`);
	}
	const action = how === 'delete' || (suspended && how === 'suspendThenDelete') ? 'delete' : 'deprovision';
	if (suspended && action === 'delete' && stamp === null) {
		return review('leaver.suspendedByOthers', `${why.reason} The account was suspended by somebody else, so it is not deleted.`, 'delete');
	}
	if (isAdministrator(account)) return review('account.administrator', `${why.reason} The account is a JumpCloud administrator and is never disabled here.`, action);
	if (isProtected(account, settings)) return review('account.protected', `${why.reason} The account is on the list of protected accounts.`, action);
	if (subject.complete !== true) return review('read.incomplete', `${why.reason} The read could not see everybody, so nobody is disabled.`, action);
	if (how === 'review') return review(why.code, `${why.reason} Deprovision How is set to review.`, 'deprovision');
	return { action, code: why.code, reason: why.reason };
}
