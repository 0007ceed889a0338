import { DEPROVISIONED_AT, customAttribute, linkOf, stateOf } from '../account/link';
import { endOfLocalDay, inZone, localToday, plusDays, zoneOf } from '../time';
import type { Account } from '../subject';
import { dateOf, lastDayOf } from '../person/lastDay';
import { protectionOf } from './protection';
import type { PolicySettings } from './settings';
import { nothing, personOf, review, type Case, type Verdict } from './verdict';

/** When this package suspended the account, or null when it did not. */
export function deprovisionedAt(account: Account): Date | null {
	const text = customAttribute(account, DEPROVISIONED_AT);
	const at = text === null ? NaN : Date.parse(text);
	return Number.isNaN(at) ? null : new Date(at);
}

interface Leaving {
	code: string;
	reason: string;
	/** When it is not the setting that says how. */
	how?: PolicySettings['deprovisionHow'];
}

/** When the last day of somebody who is still here ends, when that makes them a leaver; or null. */
export function leavesAt(facts: Case): Date | null {
	const { subject, settings, now } = facts;
	if (!subject.person || !settings.deprovisionWhen.includes('lastDay')) return null;
	const day = lastDayOf(subject.person);
	if (day === null || day === 'unusable') return null;
	const end = endOfLocalDay(day.date, zoneOf(subject.person, settings.fixedZone).zone);
	return end > now ? end : null;
}

/**
 * Why somebody counts as a leaver; or what else is to be said about their leaving; or null for
 * somebody who stays.
 */
function leaving(facts: Case): Leaving | Verdict | null {
	const { subject, settings } = facts;
	const { deprovisionWhen } = settings;
	if (subject.person === null) {
		return deprovisionWhen.includes('deleted')
			? {
					code: 'leaver.deleted',
					reason: 'Humaans no longer has this person, and said so when asked by ID.',
				}
			: notChosen;
	}
	return personOf(facts).status === 'offboarded'
		? offboarded(facts)
		: deprovisionWhen.includes('lastDay')
			? byLastDay(facts)
			: null;
}

const notChosen: Verdict = nothing(
	'leaver.notChosen',
	'The person has left; Deprovision When does not include that.',
);

function offboarded(facts: Case): Leaving | Verdict {
	const { settings, subject, now } = facts;
	const { deprovisionWhen, fixedZone } = settings;
	const person = personOf(facts);
	const day = lastDayOf(person);
	const end = leavesAt(facts);
	if (deprovisionWhen.includes('offboarded')) {
		if (day === null || day === 'unusable')
			return { code: 'leaver.offboarded', reason: 'The person is offboarded in Humaans.' };
		// Humaans changes the status by its own calendar; where the person is, the day may not be over.
		// One further off is no reason to wait.
		const { zone } = zoneOf(person, fixedZone);
		if (end !== null && localToday(now, zone) === day.date) return lastDayAhead(end, zone);
		const ahead = day.date > localToday(now, zone) ? ', which is yet to come' : '';
		return {
			code: 'leaver.offboarded',
			reason: `The person is offboarded in Humaans (last day ${day.date}${ahead}).`,
		};
	}
	if (!deprovisionWhen.includes('lastDay')) return notChosen;
	if (day === null && subject.account && stateOf(subject.account) !== 'SUSPENDED') {
		return review(
			'leaver.noLastDay',
			'The person is offboarded in Humaans without an employment end date, so it cannot be ' +
				'said when their last day ends.',
			'deprovision',
		);
	}
	return byLastDay(facts) ?? (end ? lastDayAhead(end, zoneOf(person, fixedZone).zone) : notChosen);
}

const lastDayAhead = (end: Date, zone: string): Verdict =>
	nothing(
		'leaver.lastDayAhead',
		`The person is offboarded in Humaans; their last day ends at ${inZone(end, zone)}.`,
		end,
	);

function byLastDay(facts: Case): Leaving | Verdict | null {
	const person = personOf(facts);
	const day = lastDayOf(person);
	if (day === null) return null;
	if (day === 'unusable')
		return review(
			'person.unusableEndDate',
			'The employment end date in Humaans is not a date, so it cannot be said when the last day ends.',
		);
	if (leavesAt(facts) !== null) {
		return dateOf(person, 'lastWorkingDay') === 'unusable'
			? review(
					'person.unusableEndDate',
					'The last working day in Humaans is not a date, so it cannot be said when the last day ends.',
				)
			: null;
	}
	const { zone } = zoneOf(person, facts.settings.fixedZone);
	if (day.doubtful && person.status !== 'offboarded') {
		const reason =
			day.date === person.employmentStartDate
				? `The employment in Humaans ends on the day it begins (${day.date}), while the person ` +
					`counts as ${person.status}.`
				: `The employment in Humaans ended on ${day.date}, while the person counts as ` +
					`${person.status}; it has no usable start date, so that may be an earlier employment.`;
		return review('leaver.doubtfulLastDay', reason, 'deprovision');
	}
	return {
		code: 'leaver.lastDay',
		reason: `The last day, ${day.date}, ended at ${inZone(endOfLocalDay(day.date, zone), zone)}.`,
	};
}

/**
 * The account of somebody who has left: suspend, delete, or say why not. Null when the person has
 * not left.
 */
export function leaverRule(facts: Case): Verdict | null {
	const why = leaving(facts);
	if (why === null || 'action' in why) return why;
	const account = facts.subject.account ?? null;
	if (account === null)
		return nothing(
			'leaver.noAccount',
			`${why.reason} There is no account to disable, and none is created.`,
		);
	return disable(facts, account, why);
}

/** Suspend or delete an account, unless one of the rules that no setting may break forbids it. */
export function disable(facts: Case, account: Account, why: Leaving): Verdict {
	const { subject, settings, now } = facts;
	const suspended = stateOf(account) === 'SUSPENDED';
	if (linkOf(account) !== subject.personId) {
		if (suspended)
			return nothing(
				'leaver.suspendedByOthers',
				`${why.reason} The account is suspended already, not by this package.`,
			);
		return review(
			'leaver.notLinked',
			`${why.reason} The account ${account.username} was not created or adopted by this ` +
				'package, so it is not disabled.',
			'deprovision',
		);
	}
	const stamp = deprovisionedAt(account);
	const how = why.how ?? settings.deprovisionHow;
	const deletes = how === 'delete' || (suspended && how === 'suspendThenDelete');
	if (suspended && !deletes)
		return nothing('leaver.suspended', `${why.reason} The account is suspended already.`);
	if (suspended && stamp === null)
		return review(
			'leaver.suspendedByOthers',
			`${why.reason} The account was suspended by somebody else, so it is not deleted.`,
			'delete',
		);
	if (suspended && how === 'suspendThenDelete') {
		const due = plusDays(stamp!, settings.deleteAfterDays);
		if (due > now)
			return nothing(
				'leaver.deleteLater',
				`${why.reason} The account is suspended and will be deleted after ${inZone(due, 'UTC')}.`,
				due,
			);
	}
	const action = deletes ? 'delete' : 'deprovision';
	const protection = protectionOf(account, settings);
	if (protection) return review(protection.code, `${why.reason} ${protection.reason}`, action);
	if (subject.complete !== true)
		return review(
			'read.incomplete',
			`${why.reason} The read could not see everybody, so nobody is disabled.`,
			action,
		);
	if (how === 'review')
		return review(why.code, `${why.reason} Deprovision How is set to review.`, 'deprovision');
	return { action, code: why.code, reason: why.reason };
}
