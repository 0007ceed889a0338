import { randomUUID } from 'node:crypto';
import pLimit from 'p-limit';
import { attempt } from '../http/failure';
import type { JumpCloudClient } from './client';
import { INVITE, customAttribute, withAttributes } from '../../core/account/link';
import type { Reminder, ReminderState } from '../../core/decision';
import type { Account, Subject } from '../../core/subject';
import {
	inviteRecord,
	reminderFor,
	type ReminderSettings,
	type ReminderVerdict,
} from '../../core/policy/reminder';
import { conditionalWrite, inTurn } from './conditionalWrite';
import { accountById } from './find';
import { Declined, isProtected, outcome, type ProtectedAccounts, type Written } from './guard';

/**
 * How long a claim has to stand unchanged before the mail is sent; also the longest time from
 * reading an account to writing the claim on it. Milliseconds.
 */
export const CLAIM_STANDS_MS = 2_000;

/** Only a few claims at once, so that none waits long between its reading and its writing. */
const claims = pLimit(4);

const LABELS: Readonly<Record<ReminderState, string>> = {
	notNeeded: 'Not needed',
	begun: 'The days count from now on',
	wouldBegin: 'The days would begin to count',
	waiting: 'Waits for its day',
	wouldSend: 'Would be sent',
	sent: 'Sent',
	handOver: 'For you',
};

const done = (account: Account | null, reminder: Omit<Reminder, 'label'>): Written => ({
	account,
	outcome: {
		...outcome('resendInvite', reminder.state === 'sent' ? 'applied' : 'unchanged'),
		reminder: { ...reminder, label: LABELS[reminder.state] },
	},
});

const NOT_BEGUN = 'Active and without a password: in Apply the days begin to count.';

/** What there is to say of a reminder that is not sent. */
function told(
	{ state, ...rest }: ReminderVerdict,
	mode: ReminderSettings['mode'],
): Omit<Reminder, 'label'> {
	if (state === 'begin' && mode === 'review')
		return { ...rest, state: 'wouldBegin', reason: NOT_BEGUN };
	return { ...rest, state: state === 'due' ? 'wouldSend' : state === 'begin' ? 'begun' : state };
}

/** What time it is, and how to wait (milliseconds). */
export interface Clock {
	now: () => Date;
	sleep: (ms: number) => Promise<unknown>;
}

/** A reminder that was counted on the account, and is not sent yet. */
interface ClaimedReminder {
	before: string | null;
	record: string;
	sent: number;
}

/**
 * Reminds somebody who was invited by this package and has no password yet. `reminder.ts` says when
 * and how often.
 *
 * There are never more mails than *Max Reminders*: a reminder is counted on the account before
 * the mail is sent. After a crash in between, or when no clear answer comes, one mail is missing.
 * The count is taken back only when JumpCloud surely refused the mail.
 *
 * Two runs at once send one mail. In one process they work one after the other. In two processes
 * (queue mode) each run writes a mark of its own on the account, waits `CLAIM_STANDS_MS`, and sends
 * only when its mark still stands. A run that took longer than that from reading to writing sends
 * nothing. So of two runs that both read before the other wrote, the later mark wins.
 */
export async function remind(
	client: JumpCloudClient,
	subject: Subject,
	settings: ReminderSettings,
	protectedAccounts: ProtectedAccounts,
	clock: Clock,
): Promise<Written> {
	const { personId, person } = subject;
	const verdictOn = (account: Account | null) =>
		reminderFor(
			{
				account,
				personId,
				person,
				isProtected: account !== null && isProtected(account, protectedAccounts),
				isSomebodyElses: (subject.match?.emailIsOf ?? []).length > 0,
			},
			settings,
			clock.now(),
		);

	// Most people are done with what Match read; an account is read anew only before something is
	// written.
	const matched = subject.account ?? null;
	const first = verdictOn(matched);
	if (
		matched === null ||
		settings.mode === 'review' ||
		(first.state !== 'begin' && first.state !== 'due')
	)
		return done(matched, told(first, settings.mode));

	return await inTurn(matched._id, async () => {
		const claimed = await claims(async () => await claim(client, matched._id, verdictOn, clock));
		return 'outcome' in claimed
			? claimed
			: await send(client, matched._id, claimed, verdictOn, clock);
	});
}

/** Counts a reminder on the account as it is now; or what there is to say instead. */
async function claim(
	client: JumpCloudClient,
	id: string,
	verdictOn: (account: Account) => ReminderVerdict,
	clock: Clock,
): Promise<Written | ClaimedReminder> {
	const target = { accountId: id, personId: null, basis: null };
	const counted = async (account: Account): Promise<Written | ClaimedReminder> => {
		const begun = performance.now();
		const verdict = verdictOn(account);
		if (verdict.state !== 'begin' && verdict.state !== 'due')
			return done(account, told(verdict, 'apply'));
		const write = async (record: string) =>
			await client.update(account._id, {
				attributes: withAttributes(account, { [INVITE]: record }),
			});
		if (verdict.state === 'begin') {
			return done(await write(inviteRecord(0, clock.now())), told(verdict, 'apply'));
		}
		const sent = verdict.sent + 1;
		const record = inviteRecord(sent, clock.now(), randomUUID().slice(0, 8));
		await write(record);
		if (performance.now() - begun > CLAIM_STANDS_MS) {
			throw new Declined(
				'JumpCloud answered so slowly that another run may be at the same reminder, so it was ' +
					'counted and not sent.',
				'Nothing to do: the next one is sent in its time.',
			);
		}
		return { before: customAttribute(account, INVITE), record, sent };
	};
	const result = await conditionalWrite(client, target, counted);
	if (result.kind === 'done') return result.value;
	throw new Declined(
		'The account no longer exists in JumpCloud.',
		'Run again: Match sees that it is gone.',
	);
}

async function send(
	client: JumpCloudClient,
	id: string,
	{ before, record, sent }: ClaimedReminder,
	verdictOn: (account: Account) => ReminderVerdict,
	clock: Clock,
): Promise<Written> {
	await clock.sleep(CLAIM_STANDS_MS);
	const account = await accountById(client, id);
	const { state, reason } = verdictOn(account);
	if (state === 'notNeeded') return done(account, { state, reason, sent });
	if (customAttribute(account, INVITE) !== record)
		return done(account, { state: 'waiting', reason: 'Another run is at this reminder.', sent });
	const mailed = await attempt(client.resendInvite(id));
	if (mailed.ok)
		return done(account, {
			state: 'sent',
			reason: `Reminder ${sent} was sent, to the address JumpCloud chose.`,
			sent,
		});
	if (mailed.failure.uncertain)
		throw new Declined(
			`It is not known whether the mail was sent, so it counts as sent: ${mailed.failure.message}`,
			'Nothing to do: the next one is sent in its time.',
		);
	// However this ends, the failure of the mail is what there is to say.
	await attempt(client.update(id, { attributes: withAttributes(account, { [INVITE]: before }) }));
	throw mailed.failure;
}
