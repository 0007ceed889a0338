import { sameEmail } from '../email';
import { lastDayOf } from '../person/lastDay';
import { INVITE, customAttribute, isAdministrator, linkOf, stateOf } from '../account/link';
import type { Account, Person } from '../subject';
import { DAY_MS, localToday, zoneOf } from '../time';

export interface ReminderSettings {
	/** `review`: say what would be sent, write nothing. */
	mode: 'apply' | 'review';
	/**
	 * Days from the first run that saw the active account without a password to the first reminder.
	 */
	firstAfterDays: number;
	/** Days from one reminder to the next, and from the last one until a person takes over. */
	daysBetween: number;
	/** Reminders a person gets at most. */
	atMost: number;
}

/**
 * What `humaansInvite` holds: `<reminders> [<time of the last one, or of the first look> [<mark of
 * the run that sent it>]]`. "0" is written when the account is created here, or linked while it is
 * staged: an account without it was activated by somebody else.
 */
export interface InviteRecord {
	sent: number;
	/** Null as long as no run has seen the account active. */
	since: Date | null;
}

export const inviteRecord = (sent: number, since: Date, mark = ''): string =>
	`${sent} ${since.toISOString()}${mark ? ` ${mark}` : ''}`;

/** What the record is while JumpCloud has accepted an activation with a mail and not carried it out. */
export const activationRecord = (at: Date): string => inviteRecord(0, at, 'activation');

/** When a mail went out with an activation that JumpCloud did not carry out; null: none did. */
export function activationMailedAt(account: Account): Date | null {
	const text = customAttribute(account, INVITE) ?? '';
	return / activation$/.test(text) ? (parseInviteRecord(text)?.since ?? null) : null;
}

/** Null when the text is none of ours. */
export function parseInviteRecord(text: string): InviteRecord | null {
	const [, sent, time] = /^(\d{1,4})(?: (\S+)(?: \w+)?)?$/.exec(text) ?? [];
	if (time === undefined) return sent === '0' ? { sent: 0, since: null } : null;
	const since = new Date(time);
	return Number.isNaN(since.getTime()) ? null : { sent: Number(sent), since };
}

export type ReminderVerdict =
	| { state: 'notNeeded' | 'begin' | 'handOver'; reason: string; sent: number }
	| { state: 'waiting' | 'due'; reason: string; sent: number; dueAt: string };

/** A daily run may come so much early without losing a day, in milliseconds. */
const EARLY_MS = 3_600_000;

const passwordIsElsewhere = (account: Account): boolean =>
	Boolean(account.delegatedAuthority) ||
	account.restrictedFields?.some(({ field }) => field === 'password') === true;

interface ReminderFacts {
	account: Account | null;
	personId?: string;
	person?: Person | null;
	isProtected: boolean;
	/** Somebody else has the account's email as work email (Match). */
	isSomebodyElses?: boolean;
}

/** Why nobody is reminded here, or null. Whatever is not known for sure is a reason. */
function whyNot(
	account: Account | null,
	personId: string | undefined,
	person: Person | null | undefined,
	{ isProtected, isSomebodyElses = false }: Pick<ReminderFacts, 'isProtected' | 'isSomebodyElses'>,
	now: Date,
): string | null {
	if (!account) return 'No account is linked to this person.';
	if (!personId || linkOf(account) !== personId) return 'The account is not linked to this person.';
	if (stateOf(account) !== 'ACTIVATED') return `The account is ${stateOf(account).toLowerCase()}.`;
	if (account.activated !== false) return 'The person has a password.';
	if (!person || person.status !== 'active')
		return 'The person does not work here, as far as is known.';
	const today = localToday(now, zoneOf(person, 'UTC').zone);
	if (!person.employmentStartDate || person.employmentStartDate > today)
		return 'The person has not started yet.';
	const last = lastDayOf(person);
	if (last === 'unusable')
		return 'It is not known when the last working day is: the employment end in Humaans is not a date.';
	if (last !== null && last.date < today) return 'The last working day is over.';
	// JumpCloud mails to the account's own email.
	if (isSomebodyElses) return 'Humaans has the email of the account for somebody else.';
	if (isAdministrator(account) || isProtected) return 'The account is protected.';
	if (passwordIsElsewhere(account)) return 'The password is kept by another directory.';
	if (customAttribute(account, INVITE) === null)
		return 'The account was not activated by this package.';
	return null;
}

/** Whether this person is due for a reminder of the invite. Pure. */
export function reminderFor(
	facts: ReminderFacts,
	settings: ReminderSettings,
	now: Date,
): ReminderVerdict {
	const { account, personId, person } = facts;
	const { firstAfterDays, daysBetween, atMost } = settings;
	const not = whyNot(account, personId, person, facts, now);
	if (not !== null) return { state: 'notNeeded', reason: not, sent: 0 };
	const record = parseInviteRecord(customAttribute(account!, INVITE)!);
	if (record === null)
		return {
			state: 'handOver',
			reason:
				`Nobody can tell how many reminders were sent: the attribute ${INVITE} was changed by ` +
				'hand. Set it to 0 to begin anew.',
			sent: 0,
		};
	const { sent, since } = record;
	const { alternateEmail } = account!;
	// JumpCloud does not say to which of its two addresses it mails.
	if (alternateEmail && !sameEmail(alternateEmail, person!.personalEmail))
		return {
			state: 'handOver',
			reason:
				'The personal email of the account is not the one in Humaans, so the mail could reach ' +
				'somebody else. Correct it in JumpCloud.',
			sent,
		};
	if (since === null)
		return {
			state: 'begin',
			reason: 'Active and without a password: the days count from now on.',
			sent,
		};
	const dueAt = new Date(
		since.getTime() + (sent === 0 ? firstAfterDays : daysBetween) * DAY_MS - EARLY_MS,
	);
	const has = `${sent} of ${atMost} reminders sent`;
	if (now < dueAt)
		return {
			state: 'waiting',
			reason: `${has}; not before ${dueAt.toISOString().slice(0, 16)} UTC again.`,
			sent,
			dueAt: dueAt.toISOString(),
		};
	if (sent >= atMost)
		return {
			state: 'handOver',
			reason:
				`${has}, the last on ${since.toISOString().slice(0, 10)}, and there is still no ` +
				'password. Talk to the person, or send the mail to another address in JumpCloud.',
			sent,
		};
	return {
		state: 'due',
		reason: `Reminder ${sent + 1} of ${atMost} is due.`,
		sent,
		dueAt: dueAt.toISOString(),
	};
}
