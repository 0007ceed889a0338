import { linkOf, stateOf } from '../account/link';
import type { ActionId } from '../actions';
import { stampOf } from '../account/stamp';
import { dateOf, lastDayOf } from '../person/lastDay';
import { sameEmail } from '../email';
import { maybeSameHuman, namesAgree, namesOfAccount, namesOfPerson } from '../person/names';
import type { Account, Person } from '../subject';
import { dateWords, endOfLocalDay, inZone, plusDays, zoneOf } from '../time';
import type { DecisionCode } from './codes';
import { nameOfAccount } from './preconditions';
import { protectionOf } from './protection';
import { inRunWithEmail } from './run';
import type { PolicySettings } from './settings';
import { nothing, personOf, review, waiting, type Case, type Verdict } from './verdict';

/** Why an account is to be suspended. */
export interface Cause {
	code: DecisionCode;
	reason: string;
	/** When it is not the setting that says how. */
	how?: PolicySettings['deprovisionHow'];
}

/**
 * How somebody stands, by their status, their last day and what *Deprovision When* holds:
 *
 *   status ╲ last day            none     over   to come                 not a date
 *   gone ("deleted" chosen)      left     left   left                    left
 *   offboarded (chosen)          left     left   ends (or as the         left
 *                                                option says)
 *   offboarded (only last day)   unclear  left   ends                    unclear
 *   active, new hire (last day)  stays    left   ends                    unclear
 *   any other                    stays, or "not chosen" for who has left
 */
export type Leaving =
	| { kind: 'stays' }
	| { kind: 'left'; cause: Cause }
	| { kind: 'ends'; at: Date; cause: Cause; offboarded: boolean }
	| { kind: 'said'; verdict: Verdict };

const STAYS: Leaving = { kind: 'stays' };
const left = (code: DecisionCode, reason: string): Leaving => ({
	kind: 'left',
	cause: { code, reason },
});
const said = (verdict: Verdict): Leaving => ({ kind: 'said', verdict });
const NOT_CHOSEN = said(
	nothing('leaver.notChosen', 'The person has left; Deprovision When does not include that.'),
);

interface LastDayFacts {
	/** "The last day, 20 November 2026, ended on 21 November 2026 at 00:00, Lisbon time." */
	end: { at: Date; isOver: boolean; date: string; words: string } | null;
	/** Humaans gives something that is no day of the calendar. */
	isUnusable: boolean;
	isDoubtful: boolean;
}

function lastDayFacts(person: Person, { settings, now, clock = now }: Case): LastDayFacts {
	const day = lastDayOf(person);
	if (day === null || day === 'unusable') {
		return { end: null, isUnusable: day === 'unusable', isDoubtful: false };
	}
	const { zone } = zoneOf(person, settings.fixedZone);
	const at = endOfLocalDay(day.date, zone);
	const isOver = at <= now;
	const ends = isOver && at <= clock ? 'ended' : 'ends';
	const words = `The last day, ${dateWords(day.date)}, ${ends} on ${inZone(at, zone)}.`;
	return {
		end: { at, isOver, date: day.date, words },
		isUnusable: false,
		isDoubtful: day.doubtful,
	};
}

const UNUSABLE = 'in Humaans is not a date, so it cannot be said when the last day ends.';
const unusable = (what: string): Leaving =>
	said(review('person.unusableEndDate', `The ${what} ${UNUSABLE}`));

/** A last day so far ahead, of somebody who is offboarded already, is rather a slip of the pen. */
const isFarOff = (at: Date, { subject, now }: Case): boolean =>
	at > plusDays(now, 366) && Boolean(subject.account) && stateOf(subject.account!) !== 'SUSPENDED';

function offboarded(facts: Case): Leaving {
	const { settings, subject } = facts;
	const when = settings.deprovisionWhen;
	const { end, isUnusable } = lastDayFacts(personOf(facts), facts);
	if (when.includes('offboarded')) {
		if (!end) return left('leaver.offboarded', 'The person is offboarded in Humaans.');
		const reason = `The person is offboarded in Humaans. ${end.words}`;
		if (end.isOver || settings.lastDayToCome === 'deprovision') {
			return left('leaver.offboarded', reason);
		}
		const cause: Cause = { code: 'leaver.offboarded', reason };
		if (settings.lastDayToCome === 'wait' && isFarOff(end.at, facts)) {
			return said(
				review(
					'leaver.doubtfulLastDay',
					`${reason} That is more than a year away, and their account stays open until then. ` +
						'Correct the last day in Humaans, or cut them off.',
					'deprovision',
				),
			);
		}
		if (settings.lastDayToCome === 'wait') {
			return { kind: 'ends', at: end.at, cause, offboarded: true };
		}
		return { kind: 'left', cause: { ...cause, code: 'leaver.lastDayAhead', how: 'review' } };
	}
	if (!when.includes('lastDay')) return NOT_CHOSEN;
	if (end?.isOver) return left('leaver.lastDay', end.words);
	if (end) {
		const cause: Cause = { code: 'leaver.lastDay', reason: end.words };
		return { kind: 'ends', at: end.at, cause, offboarded: true };
	}
	if (isUnusable) return unusable('employment end date');
	const { account } = subject;
	if (!account || stateOf(account) === 'SUSPENDED') return NOT_CHOSEN;
	return said(
		review(
			'leaver.noLastDay',
			'The person is offboarded in Humaans without an employment end date, so it cannot be said ' +
				'when their last day ends.',
			'deprovision',
		),
	);
}

function byLastDay(facts: Case): Leaving {
	const person = personOf(facts);
	const { end, isUnusable, isDoubtful } = lastDayFacts(person, facts);
	if (isUnusable) return unusable('employment end date');
	if (!end) return STAYS;
	if (!end.isOver) {
		if (dateOf(person, 'lastWorkingDay') === 'unusable') return unusable('last working day');
		const cause: Cause = { code: 'leaver.lastDay', reason: end.words };
		return { kind: 'ends', at: end.at, cause, offboarded: false };
	}
	if (!isDoubtful) return left('leaver.lastDay', end.words);
	const reason =
		end.date === person.employmentStartDate
			? `The employment in Humaans ends on the day it begins (${dateWords(end.date)}), while the person ` +
				`counts as ${person.status}.`
			: `The employment in Humaans ended on ${dateWords(end.date)}, while the person counts as ` +
				`${person.status}; it has no usable start date, so that may be an earlier employment.`;
	return said(review('leaver.doubtfulLastDay', reason, 'deprovision'));
}

export function leavingOf(facts: Case): Leaving {
	const { person } = facts.subject;
	const when = facts.settings.deprovisionWhen;
	if (person === null) {
		const reason = 'Humaans no longer has this person, and said so when asked by ID.';
		return when.includes('deleted') ? left('leaver.deleted', reason) : NOT_CHOSEN;
	}
	if (personOf(facts).status === 'offboarded') return offboarded(facts);
	return when.includes('lastDay') ? byLastDay(facts) : STAYS;
}

/**
 * Two records of one human: a contractor becomes an employee, or a record is made anew. Their
 * account must not be taken down for the old record. Only the same work email, in Humaans or on the
 * account, together with the same name says so: an email alone is typed by people, and keeps
 * nobody's access open. Whoever has a linked account of their own does not need this one.
 */
function sameHuman({ subject, run }: Case, account: Account): string[] {
	const { person, personId, accountEmailOf, match } = subject;
	const names = person ? namesOfPerson(person) : namesOfAccount(account);
	const same = inRunWithEmail(run, person ? person.email : account.email).filter((other) =>
		maybeSameHuman(names, namesOfPerson(other)),
	);
	// Humaans may have given the email of the account to the new record. To a successor as well: then
	// both names must agree.
	const moved = inRunWithEmail(run, account.email).filter((other) =>
		namesAgree(names, namesOfPerson(other)),
	);
	const twins = Object.entries(person?.sameNameAs ?? {}).flatMap(([id, email]) =>
		sameEmail(email, account.email) ? [id] : [],
	);
	const known = person ? person.sameNameAndEmailAs : accountEmailOf;
	const ids = [...(known ?? []), ...twins, ...[...same, ...moved].map(({ id }) => id)];
	const hasOwn = (id: string): boolean =>
		run?.withAccount?.has(id) === true || match?.namesakesWithAccount?.includes(id) === true;
	return [...new Set(ids)].filter((id) => id !== personId && !hasOwn(id));
}

/**
 * Nothing to suspend; but an open account with their work email that nobody else has in Humaans can
 * be theirs, linked to an earlier record of them.
 */
function withoutAccount({ subject }: Case, cause: Cause): Verdict {
	const { match, person } = subject;
	const isOthers = (person?.sharesWorkEmailWith ?? []).length > 0;
	const open = (match?.emailHeldBy ?? []).filter(
		({ by, state }) => by.includes('email') && state === 'ACTIVATED',
	);
	if (isOthers || open.length === 0) {
		const none = 'There is no account to suspend, and none is created.';
		return nothing('leaver.noAccount', `${cause.reason} ${none}`);
	}
	return review(
		'leaver.openAccount',
		`${cause.reason} No account is linked to them, but ${open.map(nameOfAccount).join(', ')} has ` +
			'their work email and is open. If it is theirs, suspend it in JumpCloud, or by Cut Off.',
		'deprovision',
	);
}

/** The account of somebody who has left: suspend, delete, or say why not. Null for who stays. */
export function leaverRule(facts: Case): Verdict | null {
	const leaving = leavingOf(facts);
	if (leaving.kind === 'said') return leaving.verdict;
	if (leaving.kind === 'stays' || (leaving.kind === 'ends' && !leaving.offboarded)) return null;
	const { cause } = leaving;
	const account = facts.subject.account ?? null;
	if (account === null) return withoutAccount(facts, cause);
	const verdict = deprovision(facts, account, cause);
	const others = sameHuman(facts, account);
	// Who has no access loses nothing more but by a deletion.
	const takesAway = stateOf(account) !== 'SUSPENDED' || verdict.action === 'delete';
	if (others.length > 0 && takesAway) {
		return review(
			'leaver.sameHuman',
			`${cause.reason} Somebody who can be the same human works here, or will, and has the same work email ` +
				`(Humaans ID ${others.join(', ')}), so the account ${account.username} is not touched. If both ` +
				'are one person, set the account’s custom attribute humaansId to that ID.',
			verdict.action === 'delete' ? 'delete' : 'deprovision',
		);
	}
	return leaving.kind === 'ends' ? untilItEnds(verdict, leaving) : verdict;
}

const STILL_OPEN =
	'Humaans has this person as offboarded, and their account stays open until then. Cut them off by ' +
	'hand if it must end at once.';

function untilItEnds(verdict: Verdict, { at, offboarded }: Leaving & { kind: 'ends' }): Verdict {
	if (verdict.action !== 'deprovision' && verdict.action !== 'delete') return verdict;
	const warnings = offboarded ? [STILL_OPEN] : [];
	return waiting('leaver.lastDayAhead', verdict.reason, at, verdict.action, warnings);
}

/** Somebody who works here until a day that is known: nothing else is to be done before it. */
export function lastDayRule(facts: Case): Verdict | null {
	const leaving = leavingOf(facts);
	const { account } = facts.subject;
	if (leaving.kind !== 'ends' || !account) return null;
	const verdict = untilItEnds(deprovision(facts, account, leaving.cause), leaving);
	return verdict.action === 'waitUntilDue' ? verdict : null;
}

/** When the last day of somebody who still works here ends, when that makes them a leaver. */
export function leavesAt(facts: Case): Date | null {
	if (!facts.subject.person) return null;
	const leaving = leavingOf(facts);
	return leaving.kind === 'ends' ? leaving.at : null;
}

const OPENS: readonly ActionId[] = ['create', 'activate', 'reactivate'];

/**
 * Nobody is let in after their employment ended, whatever their status: `Deprovision When` may leave
 * last days aside, so nothing would take the access away again.
 */
export function notAfterTheEnd(facts: Case, verdict: Verdict): Verdict {
	if (!OPENS.includes(verdict.action)) return verdict;
	const { end, isDoubtful } = lastDayFacts(personOf(facts), facts);
	if (!end?.isOver || isDoubtful) return verdict;
	const { status } = personOf(facts);
	const counts = status === 'newHire' ? 'a new hire' : status;
	return review(
		'joiner.ended',
		`${end.words} Humaans still has the person as ${counts}, so they get no access. Correct the ` +
			'employment end date in Humaans, or offboard them there.',
		verdict.action,
	);
}

/** What holds for an account that is suspended already. */
function suspendedAlready(facts: Case, account: Account, cause: Cause): Verdict | null {
	const { settings, now } = facts;
	const how = cause.how ?? settings.deprovisionHow;
	const stamp = stampOf(account);
	if (how !== 'delete' && how !== 'suspendThenDelete') {
		return nothing('leaver.suspended', `${cause.reason} The account is suspended already.`);
	}
	if (stamp === null) {
		return review(
			'leaver.suspendedByOthers',
			`${cause.reason} The account was suspended by somebody else, so it is not deleted.`,
			'delete',
		);
	}
	// Suspended for another reason: that they left is written on the account first.
	if (how === 'delete' || stamp.reason !== 'leaving') return null;
	const due = plusDays(stamp.since, settings.deleteAfterDays);
	if (due <= now) return null;
	const when = `The account is suspended and will be deleted after ${inZone(due, 'UTC')}.`;
	return nothing('leaver.deleteLater', `${cause.reason} ${when}`, due);
}

/** Suspend or delete an account, unless a rule that no setting may break forbids it. */
export function deprovision(facts: Case, account: Account, cause: Cause): Verdict {
	const { subject, settings } = facts;
	const isSuspended = stateOf(account) === 'SUSPENDED';
	if (linkOf(account) !== subject.personId) {
		if (isSuspended) {
			const words = 'The account was suspended by hand already.';
			return nothing('leaver.suspended', `${cause.reason} ${words}`);
		}
		return review(
			'leaver.notLinked',
			`${cause.reason} The account ${account.username} was not created or adopted by this package, so ` +
				'it is left alone. If it is theirs, suspend it by hand in JumpCloud.',
			'deprovision',
		);
	}
	const already = isSuspended ? suspendedAlready(facts, account, cause) : null;
	if (already) return already;
	const how = cause.how ?? settings.deprovisionHow;
	const wasLeaving = isSuspended && stampOf(account)?.reason === 'leaving';
	const deletes = how === 'delete' || (wasLeaving && how === 'suspendThenDelete');
	const action = deletes ? 'delete' : 'deprovision';
	const countsAnew = isSuspended && !deletes ? ' The days until deletion count from now.' : '';
	const reason = `${cause.reason}${countsAnew}`;
	const protection = protectionOf(account, settings);
	if (protection) {
		return review(
			protection.code,
			`${reason} ${protection.reason} It is never suspended or deleted here.`,
			action,
		);
	}
	if (subject.complete !== true) {
		const words = 'The read could not see everybody, so nobody is suspended or deleted.';
		return review('read.incomplete', `${reason} ${words}`, action);
	}
	if (how === 'review') {
		return review(cause.code, `${reason} Somebody decides about the account.`, 'deprovision');
	}
	return { action, code: cause.code, reason };
}
