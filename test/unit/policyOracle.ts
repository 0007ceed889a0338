/**
 * What the design says of a case. Each rule says what it is about (`when`) and what must hold then;
 * each must meet cases of its own.
 */
import {
	begun,
	disables,
	endIsImpossible,
	evidence,
	hasEnd,
	isLeaver,
	isLeavingLater,
	isLinked,
	isLongAgo,
	isOurs,
	isPlainCase,
	isSheltered,
	isSuspended,
	mayDo,
	stampReason,
	type Facts,
} from './policyFacts';

export interface OracleRule {
	rule: string;
	when: (facts: Facts) => boolean;
	holds: (facts: Facts) => boolean;
}

const rests = ({ decision }: Facts): boolean =>
	['noAction', 'needsReview'].includes(decision.action);
const forAPerson = ({ decision }: Facts): boolean => decision.action === 'needsReview';

/** Who it is, and whose account it is. */
const IDENTITY: readonly OracleRule[] = [
	{
		rule: 'an unreadable or unconfirmed person is for a person',
		when: ({ subject }) => subject.person === undefined,
		holds: forAPerson,
	},
	{
		rule: 'two candidates or two claimants: for a person',
		when: ({ subject }) => subject.match!.conflict !== undefined && subject.person !== undefined,
		holds: forAPerson,
	},
	{
		rule: 'nothing is done to an account of somebody else',
		when: ({ subject }) => isLinked(subject) && !isOurs(subject),
		holds: forAPerson,
	},
	{
		rule: 'an account that is not linked, and whose work email two people have: for a person',
		when: ({ subject }) =>
			Boolean(subject.account && subject.person?.sharesWorkEmailWith?.length) && !isLinked(subject),
		holds: forAPerson,
	},
	{
		rule: 'adoption is of an active account, with the work email, or the employee ID and the name',
		when: ({ decision, subject }) => decision.action === 'update' && !isLinked(subject),
		holds: (facts) => {
			const { subject, decision, setting } = facts;
			const by = evidence(subject);
			const byId =
				by.includes('employeeIdentifier') &&
				by.includes('name') &&
				!subject.person!.sharesEmployeeIdWith &&
				!subject.person!.readAlone;
			return (
				(by.includes('email') || byId) &&
				subject.account!.state === 'ACTIVATED' &&
				!isSheltered(facts) &&
				setting.settings.existingAccounts === 'adopt' &&
				decision.changes.some(({ attribute }) => attribute === 'humaansId')
			);
		},
	},
	{
		rule: 'an active account with the work email of one person alone is adopted',
		when: (facts) =>
			isPlainCase(facts) &&
			!isLinked(facts.subject) &&
			facts.subject.account?.state === 'ACTIVATED' &&
			evidence(facts.subject).includes('email') &&
			!facts.subject.person!.sharesWorkEmailWith?.length &&
			!isSheltered(facts) &&
			mayDo(facts, 'update') &&
			facts.setting.settings.existingAccounts === 'adopt',
		holds: ({ decision }) => decision.action === 'update',
	},
	{
		rule: 'the sign-in email of an administrator’s or protected account never changes',
		when: (facts) => facts.decision.action === 'update' && isSheltered(facts),
		holds: ({ decision }) => decision.changes.every(({ attribute }) => attribute !== 'email'),
	},
	{
		rule: 'an email that was made is given to nobody as long as somebody could have it',
		when: ({ decision }) => decision.action === 'create' || decision.action === 'update',
		holds: ({ decision, subject }) =>
			subject.desired!.attributes.email === subject.person!.email ||
			(decision.action === 'update' &&
				decision.changes.every(({ attribute }) => attribute !== 'email')),
	},
	{
		rule: 'a creation needs proven absence, a free work email of one’s own, and scope',
		when: ({ decision }) => decision.action === 'create',
		holds: ({ subject, setting }) =>
			subject.account === null &&
			subject.match!.certain &&
			!subject.match!.emailHeldBy &&
			Boolean(subject.person?.email) &&
			!subject.person?.sharesWorkEmailWith?.length &&
			setting.inScope === true,
	},
];

/** Who loses their account, and when. */
const LEAVING: readonly OracleRule[] = [
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
				facts.setting.settings.outOfScope === 'suspend' &&
				facts.subject.match!.accountsInUse !== undefined),
	},
	{
		rule: 'a postponed or unclear start never disables',
		when: ({ subject, setting }) =>
			Boolean(subject.person) &&
			subject.person!.status !== 'offboarded' &&
			begun(subject.person!) !== true &&
			!hasEnd(subject.person!) &&
			setting.inScope === true,
		holds: ({ decision }) => !disables(decision),
	},
	{
		rule: 'a leaver with our account loses access, whoever else has typed their email',
		when: (facts) =>
			isLeaver(facts) &&
			isOurs(facts.subject) &&
			!isSuspended(facts.subject) &&
			!facts.subject.person?.sameNameAndEmailAs &&
			!isSheltered(facts) &&
			facts.setting.complete &&
			facts.setting.settings.mode === 'apply',
		holds: ({ decision, setting: { settings } }) =>
			settings.deprovisionHow === 'review'
				? decision.action === 'needsReview'
				: decision.action === (settings.deprovisionHow === 'delete' ? 'delete' : 'deprovision'),
	},
	{
		rule: 'a leaver whose email somebody of the same name has: for a person',
		when: (facts) =>
			isLeaver(facts) &&
			isOurs(facts.subject) &&
			!isSuspended(facts.subject) &&
			Boolean(facts.subject.person?.sameNameAndEmailAs),
		holds: (facts) =>
			forAPerson(facts) || (facts.decision.code === 'action.notAllowed' && rests(facts)),
	},
	{
		rule: 'offboarded, the last day to come: the account stays open until then, and that is waited for',
		when: isLeavingLater,
		holds: (facts) =>
			!disables(facts.decision) &&
			(!isOurs(facts.subject) ||
				isSuspended(facts.subject) ||
				isSheltered(facts) ||
				Boolean(facts.subject.person?.sameNameAndEmailAs) ||
				!facts.setting.complete ||
				facts.setting.settings.mode === 'review' ||
				facts.setting.settings.deprovisionHow === 'review' ||
				!mayDo(
					facts,
					facts.setting.settings.deprovisionHow === 'delete' ? 'delete' : 'deprovision',
				) ||
				facts.decision.action === 'waitUntilDue'),
	},
	{
		rule: 'deletion is chosen, and of a suspended account its days after a suspension for leaving',
		when: ({ decision }) => decision.action === 'delete',
		holds: ({ subject, setting: { settings } }) =>
			(settings.deprovisionHow === 'delete' &&
				(!isSuspended(subject) || stampReason(subject) !== null)) ||
			(settings.deprovisionHow === 'suspendThenDelete' &&
				isSuspended(subject) &&
				stampReason(subject) === 'leaving' &&
				isLongAgo(subject)),
	},
	{
		rule: 'who is suspended for another reason than leaving is marked as a leaver before any deletion',
		when: (facts) =>
			isLeaver(facts) &&
			isOurs(facts.subject) &&
			isSuspended(facts.subject) &&
			['scope', 'returned'].includes(stampReason(facts.subject) ?? '') &&
			facts.setting.settings.deprovisionHow === 'suspendThenDelete' &&
			facts.setting.settings.mode === 'apply' &&
			facts.setting.complete &&
			!isSheltered(facts),
		holds: ({ decision }) => decision.action === 'deprovision',
	},
	{
		rule: 'nobody who has left gets an account, access or changes',
		when: ({ subject }) => subject.person === null || subject.person?.status === 'offboarded',
		holds: ({ decision }) =>
			!['create', 'activate', 'update', 'reactivate'].includes(decision.action),
	},
	{
		rule: 'an account suspended by others stays so',
		when: ({ subject }) => isSuspended(subject) && stampReason(subject) === null,
		holds: rests,
	},
	{
		rule: 'an impossible last day that counts is for a person',
		when: ({ subject: { person }, setting }) =>
			Boolean(person) &&
			endIsImpossible(person!) &&
			person!.status !== 'offboarded' &&
			setting.settings.deprovisionWhen.includes('lastDay'),
		holds: (facts) => rests(facts) || facts.decision.action === 'waitUntilDue',
	},
	{
		rule: 'nobody who works here is disabled for the end of an employment of which nobody knows the start',
		when: ({ subject, setting }) =>
			Boolean(subject.person) &&
			subject.person!.status !== 'offboarded' &&
			begun(subject.person!) === null &&
			setting.inScope === true,
		holds: ({ decision }) => !disables(decision),
	},
];

/** Who gets access, and when. */
const JOINING: readonly OracleRule[] = [
	{
		rule: 'under "start date" nobody is created without a usable one',
		when: ({ decision, setting }) =>
			decision.action === 'create' && setting.settings.activationTrigger === 'onStartDate',
		holds: ({ subject }) => begun(subject.person!) !== null,
	},
	{
		rule: 'activation is of staged, linked accounts, never when it is manual, and on time',
		when: ({ decision }) => decision.action === 'activate',
		holds: ({ subject, setting: { settings } }) =>
			subject.account?.state === 'STAGED' &&
			isOurs(subject) &&
			settings.activationTrigger !== 'never' &&
			(begun(subject.person!) === true ||
				(settings.activationTrigger === 'immediately' &&
					(subject.person!.status === 'active' || settings.activateNewHires))),
	},
	{
		rule: 'a due activation waits for no field',
		when: (facts) =>
			isPlainCase(facts) &&
			isOurs(facts.subject) &&
			facts.subject.account!.state === 'STAGED' &&
			begun(facts.subject.person!) === true &&
			facts.setting.settings.activationTrigger === 'onStartDate' &&
			mayDo(facts, 'activate'),
		holds: ({ decision }) => decision.action === 'activate',
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
		rule: 'who waits waits for a start or a last day to come',
		when: ({ decision }) => decision.action === 'waitUntilDue',
		holds: (facts) => {
			const { subject, decision } = facts;
			const isStart = begun(subject.person!) === false && subject.account!.state !== 'ACTIVATED';
			const isEnd =
				isLeavingLater(facts) ||
				(hasEnd(subject.person!) &&
					facts.setting.settings.deprovisionWhen.includes('lastDay') &&
					!isLeaver(facts));
			return isOurs(subject) && decision.dueAt! > decision.decidedAt && (isStart || isEnd);
		},
	},
	{
		rule: 'a reactivation undoes only what this package did',
		when: ({ decision }) => decision.action === 'reactivate',
		holds: ({ subject, setting: { settings } }) =>
			isOurs(subject) &&
			stampReason(subject) !== null &&
			isSuspended(subject) &&
			settings.rehire === 'reactivate',
	},
];

/** What the settings leave of it. */
const SETTINGS_RULES: readonly OracleRule[] = [
	{
		rule: 'every decision has a stable code and a sentence',
		when: () => true,
		holds: ({ decision }) =>
			/^[a-zA-Z]+(\.[a-zA-Z]+)?$/.test(decision.code) && /^[A-Z].*[.)]$/s.test(decision.reason),
	},
	{
		rule: 'an update changes something',
		when: ({ decision }) => decision.action === 'update',
		holds: ({ decision }) => decision.changes.length > 0,
	},
	{
		rule: 'out of scope and left alone: nothing',
		when: (facts) =>
			facts.setting.inScope === false &&
			facts.setting.settings.outOfScope === 'leave' &&
			Boolean(facts.subject.person) &&
			!isLeaver(facts) &&
			!isLeavingLater(facts),
		holds: rests,
	},
	{
		rule: 'scope that cannot be said: nothing is done to people who stay',
		when: (facts) =>
			typeof facts.setting.inScope === 'object' && !isLeaver(facts) && !isLeavingLater(facts),
		holds: rests,
	},
	{
		rule: '"review everything" does nothing',
		when: ({ setting }) => setting.settings.mode === 'review',
		holds: rests,
	},
	{
		rule: 'only allowed actions',
		when: () => true,
		holds: (facts) =>
			rests(facts) ||
			facts.decision.action === 'waitUntilDue' ||
			mayDo(facts, facts.decision.action),
	},
	{
		rule: 'nobody waits for an action that is not allowed',
		when: ({ decision }) => decision.action === 'waitUntilDue',
		holds: (facts) =>
			(['activate', 'reactivate', 'deprovision', 'delete'] as const).some((action) =>
				mayDo(facts, action),
			),
	},
	{
		rule: 'what is held names what would be done',
		when: ({ decision }) =>
			decision.code === 'mode.review' || decision.code === 'action.notAllowed',
		holds: ({ decision }) => decision.blockedAction !== undefined,
	},
];

export const RULES: readonly OracleRule[] = [
	...IDENTITY,
	...LEAVING,
	...JOINING,
	...SETTINGS_RULES,
];
