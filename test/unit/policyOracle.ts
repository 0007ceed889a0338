/**
 * What the design says of a case, in words of its own: dates as texts, no calendar, none of the
 * policy's code.
 */
import type { Decision, Person, Subject } from '../../nodes/core/subject';
import { ENDS, STARTS, TODAY, type Setting } from './policyStates';

export interface Facts {
	subject: Subject;
	setting: Setting;
	decision: Decision;
}

const usable = (date: string | null | undefined): string | null =>
	!date || date === STARTS.impossible || date === ENDS.impossible ? null : date;

/** The last day to be believed. */
export function lastDay(person: Person): string | null {
	const [start, end, last] = [
		usable(person.employmentStartDate),
		usable(person.employmentEndDate),
		usable(person.lastWorkingDay),
	];
	if (!end || (start && end < start)) return null;
	return last && last < end && (!start || last > start) ? last : end;
}
export const endIsImpossible = (person: Person): boolean =>
	person.employmentEndDate === ENDS.impossible;
export const begun = (person: Person): boolean | null =>
	usable(person.employmentStartDate) ? person.employmentStartDate! <= TODAY : null;

/** Somebody who must lose their access, beyond doubt; the chosen events say so. */
export function isLeaver({ subject: { person }, setting: { settings } }: Facts): boolean {
	const when = settings.deprovisionWhen;
	if (person === undefined) return false;
	if (person === null) return when.includes('deleted');
	const last = lastDay(person);
	if (person.status === 'offboarded' && when.includes('offboarded'))
		return !(when.includes('lastDay') && last === TODAY);
	const start = usable(person.employmentStartDate);
	const doubtful =
		last !== null && (start === null || last === start) && person.status !== 'offboarded';
	return when.includes('lastDay') && last !== null && last < TODAY && !doubtful;
}

export const has = (subject: Subject, name: string): boolean =>
	Boolean(subject.account?.attributes?.some((attribute) => attribute.name === name));
export const isOurs = ({ account, personId }: Subject): boolean =>
	account?.attributes?.find(({ name }) => name === 'humaansId')?.value === personId;
export const disables = ({ action }: Decision): boolean =>
	action === 'deprovision' || action === 'delete';
export const isSheltered = ({ subject: { account }, setting: { settings } }: Facts): boolean =>
	Boolean(account?.admin) ||
	settings.protectedAccounts.has(account?.username ?? '') ||
	settings.protectedAttribute !== null;
const mayDo = ({ setting: { settings } }: Facts, action: Decision['action']): boolean =>
	(settings.actionsAllowed as readonly string[]).includes(action);

/**
 * The rules: each says what it is about (`when`) and what must hold then. Each must meet cases of
 * its own.
 */
export const RULES: ReadonlyArray<{
	rule: string;
	when: (facts: Facts) => boolean;
	holds: (facts: Facts) => boolean;
}> = [
	{
		rule: 'every decision has a stable code and a sentence',
		when: () => true,
		holds: ({ decision }) =>
			/^[a-zA-Z]+(\.[a-zA-Z]+)?$/.test(decision.code) && /^[A-Z].*[.)]$/s.test(decision.reason),
	},
	{
		rule: 'an unreadable or unconfirmed person is for a person',
		when: ({ subject }) => subject.person === undefined,
		holds: ({ decision }) => decision.action === 'needsReview',
	},
	{
		rule: 'two candidates, two claimants, another one’s account: for a person',
		when: ({ subject }) => subject.match!.conflict !== undefined && subject.person !== undefined,
		holds: ({ decision }) => decision.action === 'needsReview',
	},
	{
		rule: 'nothing is done to an account of somebody else',
		when: ({ subject }) => has(subject, 'humaansId') && !isOurs(subject),
		holds: ({ decision }) => decision.action === 'needsReview',
	},
	{
		rule: 'nothing is done to an account whose work e-mail two people have',
		when: ({ subject }) => Boolean(subject.account && subject.person?.sharesWorkEmailWith?.length),
		holds: ({ decision }) => decision.action === 'needsReview',
	},
	{
		rule: 'no account is adopted by an employee ID that two people have',
		when: ({ subject }) =>
			Boolean(subject.account && subject.person?.sharesEmployeeIdWith) &&
			subject.match!.by === 'employeeIdentifier',
		holds: ({ decision }) => decision.action === 'needsReview',
	},
	{
		rule: 'no account is adopted by an employee ID when nobody else was read',
		when: ({ subject }) =>
			Boolean(subject.account && subject.person?.readAlone) &&
			subject.match!.by === 'employeeIdentifier',
		holds: ({ decision }) =>
			decision.action === 'needsReview' ||
			(decision.action === 'noAction' && decision.blockedAction !== null),
	},
	{
		rule: 'disabling needs the link',
		when: ({ decision }) => disables(decision),
		holds: ({ subject }) => isOurs(subject),
	},
	{
		rule: 'disabling spares administrators and protected accounts',
		when: isSheltered,
		holds: ({ decision }) => !disables(decision),
	},
	{
		rule: 'disabling needs a complete read',
		when: ({ setting }) => !setting.complete,
		holds: ({ decision }) => !disables(decision),
	},
	{
		rule: 'only leavers and, when chosen, those out of scope are disabled',
		when: ({ decision }) => disables(decision),
		holds: (facts) =>
			isLeaver(facts) ||
			(facts.decision.action === 'deprovision' &&
				facts.setting.inScope === false &&
				facts.setting.settings.outOfScope === 'suspend'),
	},
	{
		rule: 'a postponed or unclear start never disables',
		when: ({ subject, setting }) =>
			Boolean(subject.person) &&
			subject.person!.status !== 'offboarded' &&
			begun(subject.person!) !== true &&
			!usable(subject.person!.employmentEndDate) &&
			setting.inScope === true,
		holds: ({ decision }) => !disables(decision),
	},
	{
		rule: 'a leaver with our account loses access',
		when: (facts) =>
			isLeaver(facts) &&
			isOurs(facts.subject) &&
			!facts.subject.account!.suspended &&
			!facts.subject.person?.sharesWorkEmailWith?.length &&
			!isSheltered(facts) &&
			facts.setting.complete &&
			facts.setting.settings.mode === 'apply',
		holds: ({ decision, setting: { settings } }) =>
			settings.deprovisionHow === 'review'
				? decision.action === 'needsReview'
				: decision.action === (settings.deprovisionHow === 'delete' ? 'delete' : 'deprovision'),
	},
	{
		rule: 'deletion is chosen, and of a suspended account after our own stamp and its days',
		when: ({ decision }) => decision.action === 'delete',
		holds: ({ subject, setting: { settings } }) =>
			(settings.deprovisionHow === 'delete' &&
				(!subject.account!.suspended || has(subject, 'humaansDeprovisionedAt'))) ||
			(settings.deprovisionHow === 'suspendThenDelete' &&
				Boolean(subject.account!.suspended) &&
				has(subject, 'humaansDeprovisionedAt') &&
				JSON.stringify(subject.account).includes('2026-01-01')),
	},
	{
		rule: 'nobody who has left gets an account, access or changes',
		when: ({ subject }) => subject.person === null || subject.person?.status === 'offboarded',
		holds: ({ decision }) =>
			!['create', 'activate', 'update', 'reactivate', 'waitUntilStart'].includes(decision.action),
	},
	{
		rule: 'a creation needs proven absence, a work e-mail of one’s own, and scope',
		when: ({ decision }) => decision.action === 'create',
		holds: ({ subject, setting }) =>
			subject.account === null &&
			subject.match!.certain &&
			Boolean(subject.person?.email) &&
			!subject.person?.sharesWorkEmailWith?.length &&
			setting.inScope === true,
	},
	{
		rule: 'under "start date" nobody is created without a usable one',
		when: ({ decision, setting }) =>
			decision.action === 'create' && setting.settings.activationTrigger === 'onStartDate',
		holds: ({ subject }) => begun(subject.person!) !== null,
	},
	{
		rule: 'activation is of staged, linked accounts only, never when it is manual, on time',
		when: ({ decision }) => decision.action === 'activate',
		holds: ({ subject, setting: { settings } }) =>
			subject.account?.state === 'STAGED' &&
			isOurs(subject) &&
			settings.activationTrigger !== 'never' &&
			(settings.activationTrigger === 'immediately' || begun(subject.person!) === true),
	},
	{
		rule: 'an invite goes along with an activation and only then',
		when: () => true,
		holds: ({ decision, setting: { settings } }) =>
			decision.action === 'activate'
				? decision.invite!.recipients.length > 0 === settings.sendInvite
				: decision.invite === undefined || decision.action === 'needsReview',
	},
	{
		rule: 'who waits has a start to come and nothing to lose',
		when: ({ decision }) => decision.action === 'waitUntilStart',
		holds: ({ subject, decision }) =>
			begun(subject.person!) === false &&
			decision.activateAt! > decision.decidedAt &&
			subject.account!.state !== 'ACTIVATED',
	},
	{
		rule: 'a reactivation undoes only what this package did',
		when: ({ decision }) => decision.action === 'reactivate',
		holds: ({ subject, setting: { settings } }) =>
			isOurs(subject) &&
			has(subject, 'humaansDeprovisionedAt') &&
			subject.account!.suspended === true &&
			settings.rehire === 'reactivate',
	},
	{
		rule: 'an account suspended by others stays so',
		when: ({ subject }) =>
			Boolean(subject.account?.suspended) && !has(subject, 'humaansDeprovisionedAt'),
		holds: ({ decision }) => ['needsReview', 'noAction'].includes(decision.action),
	},
	{
		rule: 'an update changes something, and links an account that is not linked',
		when: ({ decision }) => decision.action === 'update',
		holds: ({ decision, subject, setting: { settings } }) =>
			decision.changes.length > 0 &&
			(isOurs(subject) ||
				(settings.existingAccounts === 'adopt' &&
					decision.changes.some(({ attribute }) => attribute === 'humaansId'))),
	},
	{
		rule: 'out of scope and left alone: nothing',
		when: (facts) =>
			facts.setting.inScope === false &&
			facts.setting.settings.outOfScope === 'leave' &&
			Boolean(facts.subject.person) &&
			!isLeaver(facts),
		holds: ({ decision }) => ['noAction', 'needsReview'].includes(decision.action),
	},
	{
		rule: 'scope that cannot be said: nothing is done to people who stay',
		when: (facts) => typeof facts.setting.inScope === 'object' && !isLeaver(facts),
		holds: ({ decision }) => ['noAction', 'needsReview'].includes(decision.action),
	},
	{
		rule: 'an impossible last day that counts is for a person',
		when: (facts) =>
			Boolean(facts.subject.person) &&
			endIsImpossible(facts.subject.person!) &&
			facts.subject.person!.status !== 'offboarded' &&
			facts.setting.settings.deprovisionWhen.includes('lastDay'),
		holds: ({ decision }) => decision.action === 'needsReview',
	},
	{
		rule: '"review everything" does nothing',
		when: ({ setting }) => setting.settings.mode === 'review',
		holds: ({ decision }) => ['noAction', 'needsReview'].includes(decision.action),
	},
	{
		rule: 'only allowed actions',
		when: () => true,
		holds: (facts) =>
			['noAction', 'needsReview', 'waitUntilStart'].includes(facts.decision.action) ||
			mayDo(facts, facts.decision.action),
	},
	{
		rule: 'nobody waits for an action that is not allowed',
		when: ({ decision }) => decision.action === 'waitUntilStart',
		holds: (facts) => mayDo(facts, facts.subject.account!.suspended ? 'reactivate' : 'activate'),
	},
	{
		rule: 'somebody who works here is never disabled for the end of an employment of which nobody knows the start',
		when: ({ subject, setting }) =>
			Boolean(subject.person) &&
			subject.person!.status !== 'offboarded' &&
			begun(subject.person!) === null &&
			setting.inScope === true,
		holds: ({ decision }) => !disables(decision),
	},
	{
		rule: 'what is held names what would be done',
		when: ({ decision }) =>
			decision.code === 'mode.review' || decision.code === 'action.notAllowed',
		holds: ({ decision }) => decision.blockedAction !== undefined,
	},
];
