/** Every account: whose it is, what state it is in, and why it has what it has. */
import { isAdministrator, stateOf } from '../account/link';
import { stampOf } from '../account/stamp';
import { isWriteAction } from '../actions';
import { lastDayOf } from '../person/lastDay';
import { actionWords, nameOf, stateWords } from '../policy/explain/words';
import { protectionOf } from '../policy/protection';
import type { PolicySettings } from '../policy/settings';
import type { Account, Decision, Subject } from '../subject';
import { DAY_MS, endOfLocalDay, zoneOf } from '../time';
import type { ReviewPart, Reviewed } from './reviewed';

/** A suspended account is still paid for: from so many days on it is one to look at. */
const SUSPENDED_DAYS = 90;

const TWO: readonly string[] = [
	...['match.twoClaimants', 'match.twoCandidates', 'match.linkedToAnother', 'match.uncertain'],
	...['person.sharedWorkEmail', 'leaver.sameHuman'],
];

/** The one day of a person that is to be believed, or null. */
export function lastDayText({ person }: Subject): string | null {
	const day = person ? lastDayOf(person) : null;
	return day === null || day === 'unusable' ? null : day.date;
}

/** Humaans says so, or the last day is over where they are. */
export function hasLeft({ person }: Subject, settings: PolicySettings, now: Date): boolean {
	if (person === null) return true;
	if (!person) return false;
	const day = lastDayOf(person);
	if (day === null || day === 'unusable') return person.status === 'offboarded';
	const isOver = endOfLocalDay(day.date, zoneOf(person, settings.fixedZone).zone) <= now;
	return isOver && (person.status === 'offboarded' || !day.doubtful);
}

interface AccountFacts {
	subject: Subject;
	account: Account;
	decision: Decision;
	settings: PolicySettings;
	now: Date;
	/** Of an account of nobody: the people whom it fits. Undefined: somebody who is not in the run. */
	owners: ReadonlyArray<Subject | undefined>;
	/** The review is for now: the ID of a plan that is held can be approved. */
	isNow: boolean;
}

const isSuspendedLong = ({ account, now }: AccountFacts): boolean => {
	const stamp = stateOf(account) === 'SUSPENDED' ? stampOf(account) : null;
	return stamp !== null && now.getTime() - stamp.at.getTime() > SUSPENDED_DAYS * DAY_MS;
};
/** Of an account of nobody: Humaans ids of those who claim it, and of those whom it fits. */
export const ownerIds = ({ match }: Subject): string[] =>
	match?.ofNobody ? [...(match.claimants ?? []), ...(match.fits ?? [])] : [];
const isOfTwo = ({ owners, subject: { match }, decision }: AccountFacts): boolean =>
	owners.length > 0 || (match?.claimants ?? []).length > 0 || TWO.includes(decision.code);
/** Whose account it is, or everybody whose it can be. */
const isOfLeaver = ({ subject, owners, settings, now }: AccountFacts): boolean =>
	owners.length > 0
		? owners.every((owner) => owner !== undefined && hasLeft(owner, settings, now))
		: hasLeft(subject, settings, now);

/** The classes in the order in which people look at them; an account stands in its first one. */
const CLASSES: ReadonlyArray<{ name: string; has: (facts: AccountFacts) => boolean }> = [
	{
		name: 'Left and still active',
		has: (facts) => stateOf(facts.account) === 'ACTIVATED' && isOfLeaver(facts),
	},
	{
		name: 'Of nobody',
		has: ({ subject: { match }, owners }) => match?.ofNobody === true && owners.length === 0,
	},
	{ name: 'Two people or two accounts', has: isOfTwo },
	{ name: `Suspended for over ${SUSPENDED_DAYS} days (billed)`, has: isSuspendedLong },
	{ name: 'Administrators', has: ({ account }) => isAdministrator(account) },
	{
		name: 'Protected',
		has: ({ account, settings }) =>
			!isAdministrator(account) && protectionOf(account, settings) !== null,
	},
	{ name: 'Held by a limit', has: ({ decision }) => decision.plan !== undefined },
	{ name: 'Questions for you', has: ({ decision }) => decision.action === 'needsReview' },
];
const OTHERS = 'All other accounts';

function passwordOf({ activated, restrictedFields }: Account): string {
	if (restrictedFields?.some(({ field }) => field === 'password')) return 'in another directory';
	return activated === undefined ? 'not known' : activated ? 'set' : 'not set';
}

export function personWords(subject: Subject): string {
	if (subject.match?.ofNobody) return '(nobody)';
	return subject.person === null ? `${nameOf(subject)} (deleted in Humaans)` : nameOf(subject);
}

/** What the rules would do, or hold for a person; '' for nothing. */
function todoOf({ action, blockedAction = action, plan, changes }: Decision): string {
	if (!isWriteAction(blockedAction)) return '';
	const words = actionWords({ action: blockedAction, changes });
	if (action === blockedAction) return `To do: ${words}. `;
	if (plan !== undefined) return `Held by a limit: ${words}. `;
	return action === 'needsReview' ? `You decide (${words}). ` : '';
}

/** Of an account of nobody: whom it fits. */
function ownerWords({ subject, owners }: AccountFacts): string {
	const names = owners.flatMap((owner) => (owner ? personWords(owner) : []));
	return names.length > 0 ? `(not certain: ${names.join(', ')})` : personWords(subject);
}

/** Why the account has what it has, or what is to be done about it and why. */
export const whyOf = (decision: Decision): string =>
	`${todoOf(decision)}${decision.because ?? decision.reason}`;

const ACCOUNT_COLUMNS = [
	...['Class', 'Also', 'Account', 'Account Email', 'Person', 'Work Email', 'State'],
	...['Administrator', 'Password', 'Last Day', 'Why', 'Plan', 'Humaans ID', 'JumpCloud ID'],
];
const ACCOUNT_ON_PAGE = [
	'Account',
	'Person',
	'State',
	'Administrator',
	'Password',
	'Last Day',
	'Why',
];

function accountRow(facts: AccountFacts): Record<string, string> {
	const { subject, account, decision, isNow } = facts;
	const [first = OTHERS, ...also] = CLASSES.filter(({ has }) => has(facts)).map(({ name }) => name);
	return {
		...{ Class: first, Also: also.join(', ') },
		...{ Account: account.username, 'Account Email': account.email },
		...{ Person: ownerWords(facts), 'Work Email': subject.person?.email ?? '' },
		...{ State: stateWords(account), Administrator: isAdministrator(account) ? 'yes' : '' },
		...{ Password: passwordOf(account), 'Last Day': lastDayText(subject) ?? '' },
		...{ Why: whyOf(decision), Plan: (isNow && decision.plan) || '' },
		...{ 'Humaans ID': subject.personId ?? '', 'JumpCloud ID': account._id },
	};
}

export const peopleById = (subjects: readonly Subject[]): ReadonlyMap<string, Subject> =>
	new Map(subjects.flatMap((one) => (one.personId === undefined ? [] : [[one.personId, one]])));

const countOf = (count: number, what: string): string =>
	`${count} ${what}${count === 1 ? '' : 's'}`;

/** @param now the day that the review is for */
export function reviewAccounts({
	subjects,
	decisions,
	settings,
	now,
	clock,
}: Reviewed): ReviewPart {
	const isNow = now === clock;
	const people = peopleById(subjects);
	const rows = subjects.flatMap((subject, place) => {
		const { account } = subject;
		if (!account) return [];
		const owners = ownerIds(subject).map((id) => people.get(id));
		const decision = decisions[place]!;
		return [accountRow({ subject, account, owners, decision, settings, now, isNow })];
	});
	const order = [...CLASSES.map(({ name }) => name), OTHERS];
	const groups = order.map((name) => ({ name, rows: rows.filter((row) => row.Class === name) }));
	const filled = groups.filter((group) => group.rows.length > 0);
	// Most of them stand in an earlier class.
	const held = subjects.filter(
		({ account }, place) => account && decisions[place]!.plan !== undefined,
	).length;
	const unknown = subjects.filter(
		({ account }) => account && stateOf(account) === 'SUSPENDED' && stampOf(account) === null,
	);
	return {
		notes: [
			`${countOf(rows.length, 'account')}${filled.length > 0 ? ': ' : ''}` +
				`${filled.map((group) => `${group.name.toLowerCase()} ${group.rows.length}`).join(', ')}.`,
			...(held > 0 ? [`A limit holds ${held} of these accounts; Why says which.`] : []),
			...(unknown.length > 0
				? [
						`${countOf(unknown.length, 'account')} suspended by hand or with Cut off: since when is not known.`,
					]
				: []),
		],
		groups: filled,
		columns: ACCOUNT_COLUMNS,
		onPage: ACCOUNT_ON_PAGE,
	};
}
