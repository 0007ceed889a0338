import { stateOf } from '../shared/link';
import { inZone, localMoment, plusDays, zoneOf } from '../shared/time';
import type { Account, Decision } from '../shared/subject';
import { deprovisionedAt } from './leaver';
import type { PolicySettings } from './settings';
import { nothing, personOf, review, type Case, type Verdict } from './verdict';

/** When the account is due to be activated, or why that cannot be said. */
function activationDue(facts: Case): { at: Date; zone: string; warnings: string[] } | { problem: Verdict } {
	const person = personOf(facts);
	const { activationHour, activationMinute, fixedZone } = facts.settings;
	const date = person.employmentStartDate;
	if (!date) {
		const what = person.unusable?.includes('employmentStartDate') ? 'The employment start date in Humaans is not a date' : 'Humaans has no employment start date';
		return { problem: review('person.noStartDate', `${what}, so it cannot be said when the account is due.`, 'activate') };
	}
	const { zone, warning } = zoneOf(person, fixedZone);
	return { at: localMoment(date, zone, activationHour, activationMinute), zone, warnings: warning ? [warning] : [] };
}

export function inviteFor(facts: Case): NonNullable<Decision['invite']> {
	const { sendInvite, inviteTo } = facts.settings;
	const person = personOf(facts);
	if (!sendInvite) return { recipients: [] };
	const personal = { kind: 'personal' as const, address: person.personalEmail ?? null };
	const work = { kind: 'work' as const, address: person.email ?? facts.subject.account?.email ?? null };
	return { recipients: inviteTo === 'work' ? [work] : inviteTo === 'personal' ? [personal] : [personal, work] };
}

/** Nobody to create for, or not yet. */
export function createRule(facts: Case): Verdict {
	const person = personOf(facts);
	const { settings, now, subject } = facts;
	const blocking = subject.desired?.problems.find((problem) => problem.blocking);
	if (blocking) return review('person.unusableField', `The account cannot be created. ${blocking.message}`, 'create');
	if (!subject.desired?.attributes.email) return review('person.noWorkEmail', 'The account cannot be created: Humaans has no work e-mail for this person yet.', 'create');
	if (!person.firstName && !person.lastName) return review('person.noName', 'The account cannot be created: Humaans has no name for this person.', 'create');
	if (person.sharesWorkEmailWith?.length) {
		return review('person.sharedWorkEmail', `Another person in Humaans has the same work e-mail (${person.sharesWorkEmailWith.join(', ')}); two people never share an account.`, 'create');
	}
	const warnings = (subject.desired?.problems ?? []).map((problem) => problem.message);
	const needsDate = settings.createDaysBefore !== null || settings.activationTrigger === 'onStartDate';
	if (needsDate) {
		const due = activationDue(facts);
		if ('problem' in due) return { ...due.problem, blockedAction: 'create' };
		warnings.push(...due.warnings);
		const from = settings.createDaysBefore === null ? null : plusDays(due.at, -settings.createDaysBefore);
		if (from !== null && from > now) {
			return nothing('create.notYet', `The person starts at ${inZone(due.at, due.zone)}; the account is created ${settings.createDaysBefore} days before that.`);
		}
	}
	return { action: 'create', code: 'joiner.noAccount', reason: 'The person has no JumpCloud account.', warnings };
}

/** A STAGED account: activate, wait, or leave it to a person. */
export function stagedRule(facts: Case): Verdict {
	const { settings, now } = facts;
	const invite = inviteFor(facts);
	if (settings.activationTrigger === 'never') return nothing('activation.manual', 'The account is staged; activation is set to manual.');
	if (settings.activationTrigger === 'immediately') {
		return { action: 'activate', code: 'activation.immediately', reason: 'The account is staged and activation is set to Immediately.', invite };
	}
	const due = activationDue(facts);
	if ('problem' in due) return due.problem;
	const { at, zone, warnings } = due;
	if (at > now) {
		return { action: 'waitUntilStart', code: 'activation.notYet', reason: `The account is due at ${inZone(at, zone)}.`, activateAt: at.toISOString(), warnings };
	}
	return { action: 'activate', code: 'activation.due', reason: `The account was due at ${inZone(at, zone)}.`, activateAt: at.toISOString(), invite, warnings };
}

/** A SUSPENDED account of somebody who works here: only what this package did is undone. */
export function suspendedRule(facts: Case, account: Account, settings: PolicySettings): Verdict {
	const stamp = deprovisionedAt(account);
	if (stamp === null) return review('account.suspendedByOthers', 'The account is suspended, but not by this package; somebody had a reason.', 'reactivate');
	const day = stamp.toISOString().slice(0, 10);
	if (settings.rehire === 'review') return review('rehire.review', `The person is back; this package suspended the account on ${day}.`, 'reactivate');
	if (settings.activationTrigger === 'onStartDate' && personOf(facts).status === 'newHire') {
		const due = activationDue(facts);
		if ('problem' in due) return { ...due.problem, blockedAction: 'reactivate' };
		if (due.at > facts.now) {
			return { action: 'waitUntilStart', code: 'rehire.notYet', reason: `The person comes back at ${inZone(due.at, due.zone)}.`, activateAt: due.at.toISOString(), warnings: due.warnings };
		}
	}
	return { action: 'reactivate', code: 'rehire.back', reason: `The person is back; this package suspended the account on ${day}.` };
}

export const isSuspended = (account: Account): boolean => stateOf(account) === 'SUSPENDED';
