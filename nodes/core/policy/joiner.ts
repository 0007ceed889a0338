import { linkOf } from '../account/link';
import { calendarDays, inZone, localMoment, zoneOf } from '../time';
import type { Decision } from '../subject';
import { dateOf } from '../person/lastDay';
import { deprovisionedAt } from './leaver';
import { STATUS_AHEAD_MS } from './settings';
import { nothing, personOf, review, type Case, type Verdict } from './verdict';

interface Due {
	/** The start date, `YYYY-MM-DD`. */
	date: string;
	at: Date;
	zone: string;
	warnings: string[];
}

/** When the account is due to be activated, or why that cannot be said. */
function activationDue(facts: Case): Due | { problem: Verdict } {
	const person = personOf(facts);
	const { activationHour, activationMinute, fixedZone } = facts.settings;
	const date = dateOf(person, 'employmentStartDate');
	if (date === null || date === 'unusable') {
		const what =
			date === null
				? 'Humaans has no employment start date'
				: 'The employment start date in Humaans is not a date';
		return {
			problem: review(
				'person.noStartDate',
				`${what}, so it cannot be said when the account is due.`,
				'activate',
			),
		};
	}
	const { zone, warning } = zoneOf(person, fixedZone);
	return {
		date,
		at: localMoment(date, zone, activationHour, activationMinute),
		zone,
		warnings: warning ? [warning] : [],
	};
}

function inviteFor(facts: Case): NonNullable<Decision['invite']> {
	const { sendInvite, inviteTo } = facts.settings;
	const person = personOf(facts);
	if (!sendInvite) return { recipients: [] };
	const personal = { kind: 'personal' as const, address: person.personalEmail ?? null };
	const work = {
		kind: 'work' as const,
		address: person.email ?? facts.subject.account!.email ?? null,
	};
	return {
		recipients:
			inviteTo === 'work' ? [work] : inviteTo === 'personal' ? [personal] : [personal, work],
	};
}

/** Nobody to create for, or not yet. */
export function createRule(facts: Case): Verdict {
	const person = personOf(facts);
	const { settings, now, subject } = facts;
	const { desired } = subject;
	if (!desired)
		return review(
			'desired.missing',
			'Nobody said what the account should hold. Put Field Mapper before the policy.',
			'create',
		);
	const blocking = desired.problems.find((problem) => problem.blocking);
	if (blocking)
		return review(
			'person.unusableField',
			`The account cannot be created. ${blocking.message}`,
			'create',
		);
	if (!desired.attributes.email)
		return review(
			'person.noWorkEmail',
			'The account cannot be created: Humaans has no work e-mail for this person yet.',
			'create',
		);
	if (!person.firstName && !person.lastName)
		return review(
			'person.noName',
			'The account cannot be created: Humaans has no name for this person.',
			'create',
		);
	if (person.sharesWorkEmailWith?.length) {
		return review(
			'person.sharedWorkEmail',
			'Another person in Humaans has the same work e-mail ' +
				`(${person.sharesWorkEmailWith.join(', ')}); two people never share an account.`,
			'create',
		);
	}
	const warnings = desired.problems.map((problem) => problem.message);
	const days = settings.createDaysBefore;
	if (days !== null || settings.activationTrigger === 'onStartDate') {
		const due = activationDue(facts);
		if ('problem' in due) return { ...due.problem, blockedAction: 'create' };
		warnings.push(...due.warnings);
		if (days !== null) {
			const from = localMoment(calendarDays(due.date, -days), due.zone);
			if (from > now)
				return nothing(
					'create.notYet',
					`The person starts on ${due.date}; the account is created from ${inZone(from, due.zone)} on.`,
					from,
				);
		}
	}
	return {
		action: 'create',
		code: 'joiner.noAccount',
		reason: 'The person has no JumpCloud account.',
		warnings,
	};
}

/** A STAGED account: activate, wait, or leave it to a person. */
export function stagedRule(facts: Case): Verdict {
	const { settings, now } = facts;
	const invite = inviteFor(facts);
	if (settings.activationTrigger === 'never')
		return nothing('activation.manual', 'The account is staged; activation is set to manual.');
	if (settings.activationTrigger === 'immediately') {
		return {
			action: 'activate',
			code: 'activation.immediately',
			reason: 'The account is staged and activation is set to Immediately.',
			invite,
		};
	}
	const due = activationDue(facts);
	if ('problem' in due) return due.problem;
	const { at, zone, warnings } = due;
	if (at > now)
		return {
			action: 'waitUntilStart',
			code: 'activation.notYet',
			reason: `The account is due at ${inZone(at, zone)}.`,
			activateAt: at.toISOString(),
			warnings,
		};
	return {
		action: 'activate',
		code: 'activation.due',
		reason: `The account was due at ${inZone(at, zone)}.`,
		activateAt: at.toISOString(),
		invite,
		warnings,
	};
}

const NO_PASSWORD_YET =
	'The person has no password in JumpCloud yet, and a reactivation sends no mail: resend the invite.';

/** A SUSPENDED account of somebody who works here: only what this package did is undone. */
export function suspendedRule(facts: Case): Verdict {
	const { settings, subject, now } = facts;
	const { activationTrigger, rehire } = settings;
	const account = subject.account!;
	if (linkOf(account) === null)
		return review(
			'account.suspendedByOthers',
			`The account ${account.username} fits this person but is suspended, and not by this package.`,
			'update',
		);
	const stamp = deprovisionedAt(account);
	if (stamp === null)
		return review(
			'account.suspendedByOthers',
			'The account is suspended, but not by this package; somebody had a reason.',
			'reactivate',
		);
	const since = `this package suspended the account on ${stamp.toISOString().slice(0, 10)}`;
	if (rehire === 'review')
		return review('rehire.review', `The person is back; ${since}.`, 'reactivate');
	const fresh = account.activated === false;
	// A reactivation makes the account active for good: where activation is for people to do, so is
	// this.
	if (fresh && activationTrigger === 'never')
		return review(
			'rehire.neverActivated',
			`The person is back; ${since} before anybody signed in, and activation is set to manual.`,
			'reactivate',
		);
	if (activationTrigger !== 'immediately') {
		const due = activationDue(facts);
		const newHire = personOf(facts).status === 'newHire';
		if ('problem' in due) {
			if (newHire) return { ...due.problem, blockedAction: 'reactivate' };
		} else if (due.at > now && (newHire || due.at.getTime() - now.getTime() <= STATUS_AHEAD_MS)) {
			return {
				action: 'waitUntilStart',
				code: 'rehire.notYet',
				reason: `The person comes back at ${inZone(due.at, due.zone)}.`,
				activateAt: due.at.toISOString(),
				warnings: due.warnings,
			};
		}
	}
	return {
		action: 'reactivate',
		code: 'rehire.back',
		reason: `The person is back; ${since}.`,
		warnings: fresh ? [NO_PASSWORD_YET] : [],
	};
}
