/** Who is due for a reminder of the invite: every rule, and every step of the count. */
import { INVITE, NOT_REMINDED } from '../../nodes/core/account/link';
import type { Account, Person } from '../../nodes/core/subject';
import {
	activationMailedAt,
	activationRecord,
	inviteRecord,
	parseInviteRecord,
	reminderFor,
	type ReminderSettings,
} from '../../nodes/core/policy/reminder';

const NOW = new Date('2026-11-24T09:00:00.000Z');
const SETTINGS: ReminderSettings = { mode: 'apply', firstAfterDays: 3, daysBetween: 4, atMost: 2 };
const ago = (days: number, seconds = 0) =>
	new Date(NOW.getTime() - days * 86_400_000 - seconds * 1000);

const account = (record: string | null, extra: Partial<Account> = {}): Account => ({
	_id: 'a1',
	username: 'zoe',
	email: 'zoe@acme.example',
	state: 'ACTIVATED',
	suspended: false,
	activated: false,
	admin: null,
	attributes: [
		{ name: 'humaansId', value: 'p1' },
		...(record === null ? [] : [{ name: INVITE, value: record }]),
	],
	...extra,
});
const PERSON: Person = {
	id: 'p1',
	email: 'zoe@acme.example',
	status: 'active',
	employmentStartDate: '2026-11-01',
	timezone: 'UTC',
};
const verdict = (
	one: Account | null,
	person: Person | null | undefined = PERSON,
	more: {
		isProtected?: boolean;
		isSomebodyElses?: boolean;
		personId?: string;
		settings?: Partial<ReminderSettings>;
		now?: Date;
	} = {},
) =>
	reminderFor(
		{
			account: one,
			personId: more.personId ?? 'p1',
			person,
			isProtected: more.isProtected ?? false,
			isSomebodyElses: more.isSomebodyElses,
		},
		{ ...SETTINGS, ...more.settings },
		more.now ?? NOW,
	);
/** Due by its count, whatever else holds. */
const DUE = inviteRecord(0, ago(10));

describe('the count', () => {
	it.each([
		['begins when an active account without a password is first seen', NOT_REMINDED, 'begin', 0],
		['waits before the first reminder', inviteRecord(0, ago(2)), 'waiting', 0],
		['the first is due after three days', inviteRecord(0, ago(3)), 'due', 0],
		['a daily run that is an hour early loses no day', inviteRecord(0, ago(3, -3599)), 'due', 0],
		['two hours early is too early', inviteRecord(0, ago(3, -7200)), 'waiting', 0],
		['waits before the second', inviteRecord(1, ago(3), 'ab12cd34'), 'waiting', 1],
		['the second is due after four more', inviteRecord(1, ago(4), 'ab12cd34'), 'due', 1],
		['the last one gets its time too', inviteRecord(2, ago(3), 'ab12cd34'), 'waiting', 2],
		['then a person takes over', inviteRecord(2, ago(4), 'ab12cd34'), 'handOver', 2],
		['more than the most, after the setting was lowered', inviteRecord(5, ago(4)), 'handOver', 5],
		['a time that lies ahead waits', inviteRecord(1, ago(-3)), 'waiting', 1],
		['a count changed by hand is for a person', 'two', 'handOver', 0],
		['a count without a time is for a person', '1', 'handOver', 0],
		['a time that is none is for a person', '1 yesterday', 'handOver', 0],
	])('%s', (_what, record, state, sent) =>
		expect(verdict(account(record))).toMatchObject({
			state,
			sent,
			reason: expect.stringMatching(/\w\.$/),
		}),
	);

	it('none at most: a person takes over at once when the first would be due', () => {
		expect(
			verdict(account(inviteRecord(0, ago(3))), PERSON, { settings: { atMost: 0 } }).state,
		).toBe('handOver');
		expect(
			verdict(account(inviteRecord(0, ago(1))), PERSON, { settings: { atMost: 0 } }).state,
		).toBe('waiting');
	});

	it('due at the very moment, and one second before it is not', () => {
		const at = new Date(NOW.getTime() - 3 * 86_400_000 + 3_600_000);
		expect(verdict(account(inviteRecord(0, at))).state).toBe('due');
		expect(verdict(account(inviteRecord(0, new Date(at.getTime() + 1000)))).state).toBe('waiting');
	});

	it('is written as a number, a time and the mark of a run', () => {
		expect(inviteRecord(2, NOW)).toBe('2 2026-11-24T09:00:00.000Z');
		expect(inviteRecord(2, NOW, 'ab12cd34')).toBe('2 2026-11-24T09:00:00.000Z ab12cd34');
		expect(activationRecord(NOW)).toBe('0 2026-11-24T09:00:00.000Z activation');
	});
	it('is read as it is written', () => {
		expect(parseInviteRecord('12 2026-11-24T09:00:00.000Z')).toEqual({ sent: 12, since: NOW });
		expect(parseInviteRecord(inviteRecord(3, NOW, '0a1b2c3d'))).toEqual({ sent: 3, since: NOW });
		expect(parseInviteRecord(NOT_REMINDED)).toEqual({ sent: 0, since: null });
		for (const text of ['', '-1', '1 2 3 4', '1.5 2026-11-24', '0 ', 'NaN'])
			expect(parseInviteRecord(text)).toBeNull();
	});
});

describe('a mail of an activation that JumpCloud did not carry out', () => {
	it.each<[string, string | null, Date | null]>([
		['is known by its record', activationRecord(NOW), NOW],
		['is not that of a reminder', inviteRecord(1, NOW, 'ab12cd34'), null],
		['is not that of a run whose mark begins so', inviteRecord(1, NOW, 'activation2'), null],
		['is not a record that goes on after it', `${activationRecord(NOW)} again`, null],
		['is not there without a record', null, null],
		['is not there as long as nobody was mailed', NOT_REMINDED, null],
		['is not known when the record is none of ours', 'some activation', null],
		['is not known when its time is none', '0 yesterday activation', null],
	])('%s', (_what, record, at) => expect(activationMailedAt(account(record))).toEqual(at));
});

describe('what a person reads', () => {
	const reasonOf = (...facts: Parameters<typeof verdict>) => verdict(...facts).reason;
	it.each<[string, Parameters<typeof verdict>, string]>([
		[
			'changed by hand',
			[account('two')],
			'Nobody can tell how many reminders were sent: the attribute humaansInvite was changed by ' +
				'hand. Set it to 0 to begin anew.',
		],
		[
			'first seen',
			[account(NOT_REMINDED)],
			'Active and without a password: the days count from now on.',
		],
		[
			'waiting',
			[account(inviteRecord(1, ago(1), 'ab12cd34'))],
			'1 of 2 reminders sent; not before 2026-11-27T08:00 UTC again.',
		],
		['the first is due', [account(DUE)], 'Reminder 1 of 2 is due.'],
		['the second is due', [account(inviteRecord(1, ago(10)))], 'Reminder 2 of 2 is due.'],
		[
			'handed over',
			[account(inviteRecord(2, ago(5), 'ab12cd34'))],
			'2 of 2 reminders sent, the last on 2026-11-19, and there is still no password. Talk to ' +
				'the person, or send the mail to another address in JumpCloud.',
		],
		['staged', [account(DUE, { state: 'STAGED' })], 'The account is staged.'],
		['suspended', [account(DUE, { suspended: true })], 'The account is suspended.'],
	])('%s', (_what, facts, reason) => expect(reasonOf(...facts)).toBe(reason));
});

describe('never mailed, although the count says due', () => {
	it.each<[string, Account | null, (Person | null)?, object?]>([
		['no account', null],
		['linked to somebody else', account(DUE), PERSON, { personId: 'p2' }],
		['the email of somebody else', account(DUE), PERSON, { isSomebodyElses: true }],
		['suspended', account(DUE, { state: 'SUSPENDED', suspended: true })],
		['suspended by the flag alone', account(DUE, { suspended: true })],
		['staged', account(DUE, { state: 'STAGED' })],
		['has a password', account(DUE, { activated: true })],
		['not known whether there is a password', account(DUE, { activated: undefined })],
		['deleted in Humaans', account(DUE), null],
		['a new hire', account(DUE), { ...PERSON, status: 'newHire' }],
		['offboarded', account(DUE), { ...PERSON, status: 'offboarded' }],
		['starts tomorrow', account(DUE), { ...PERSON, employmentStartDate: '2026-11-25' }],
		[
			'starts today, but not yet where they are',
			account(DUE),
			{ ...PERSON, employmentStartDate: '2026-11-24', timezone: 'Pacific/Honolulu' },
		],
		['start date not known', account(DUE), { ...PERSON, employmentStartDate: null }],
		[
			'last day was yesterday',
			account(DUE),
			{ ...PERSON, lastWorkingDay: '2026-11-23', employmentEndDate: '2026-11-23' },
		],
		[
			'last day was yesterday, employed until the end of the month',
			account(DUE),
			{ ...PERSON, lastWorkingDay: '2026-11-23', employmentEndDate: '2026-11-30' },
		],
		[
			'employed until yesterday, last working day not given',
			account(DUE),
			{ ...PERSON, employmentEndDate: '2026-11-23' },
		],
		[
			'employed for one day, or nobody filled in the end yet',
			account(DUE),
			{ ...PERSON, employmentEndDate: '2026-11-01' },
		],
		['the employment end is no date', account(DUE), { ...PERSON, employmentEndDate: '2026-13-31' }],
		['an administrator', account(DUE, { admin: '5a2d' })],
		['protected', account(DUE), PERSON, { isProtected: true }],
		[
			'password kept by another directory',
			account(DUE, { restrictedFields: [{ field: 'password', type: 'active_directory' }] }),
		],
		[
			'password and name kept by another directory',
			account(DUE, {
				restrictedFields: [
					{ field: 'username', type: 'active_directory' },
					{ field: 'password', type: 'active_directory' },
				],
			}),
		],
		[
			'signs in by another directory',
			account(DUE, { delegatedAuthority: { name: 'ActiveDirectory' } }),
		],
		['activated by somebody else', account(null)],
	])('%s', (_what, one, person = PERSON, more = {}) =>
		expect(verdict(one, person, more)).toMatchObject({
			state: 'notNeeded',
			reason: expect.stringMatching(/\w\.$/),
		}),
	);

	it('another directory that keeps the name alone is no reason', () => {
		const restrictedFields = [{ field: 'username', type: 'active_directory' }];
		expect(verdict(account(DUE, { restrictedFields })).state).toBe('due');
	});
	it('and it is due with none of these', () => {
		expect(verdict(account(DUE)).state).toBe('due');
		expect(verdict(account(DUE), { ...PERSON, lastWorkingDay: '2026-11-24' }).state).toBe('due');
		expect(verdict(account(DUE), { ...PERSON, employmentStartDate: '2026-11-24' }).state).toBe(
			'due',
		);
	});

	it.each<[string, Partial<Person>]>([
		[
			'equal to the start, as Humaans gives people who have just begun',
			{ lastWorkingDay: '2026-11-01' },
		],
		['without an employment end', { lastWorkingDay: '2026-11-20' }],
		['of an earlier employment', { lastWorkingDay: '2025-03-31', employmentEndDate: '2025-03-31' }],
		[
			'equal to the start, employed until next month',
			{ lastWorkingDay: '2026-11-01', employmentEndDate: '2026-12-31' },
		],
		['today', { lastWorkingDay: '2026-11-24', employmentEndDate: '2026-11-30' }],
	])('and with a last working day %s', (_what, dates) =>
		expect(verdict(account(DUE), { ...PERSON, ...dates }).state).toBe('due'),
	);
});

it(
	'over a hundred daily runs at any minute: never more than the most, never closer than the ' +
		'days between, and a person at the end',
	() => {
		for (const [firstAfterDays, daysBetween, atMost] of [
			[1, 1, 3],
			[3, 4, 2],
			[7, 2, 0],
			[2, 10, 5],
		] as const) {
			let record: string = NOT_REMINDED;
			const mails: number[] = [];
			let handedOver = 0;
			for (let run = 0; run < 100; run++) {
				const now = new Date(NOW.getTime() + run * 86_400_000 + (run % 7) * 60_000);
				const { state, sent } = verdict(account(record), PERSON, {
					settings: { firstAfterDays, daysBetween, atMost },
					now,
				});
				if (state === 'begin') record = inviteRecord(0, now);
				if (state === 'due') {
					expect(handedOver).toBe(0);
					mails.push(now.getTime());
					record = inviteRecord(sent + 1, now, 'mark');
				}
				if (state === 'handOver') handedOver++;
			}
			expect(mails).toHaveLength(atMost);
			expect(handedOver).toBeGreaterThan(20);
			mails
				.slice(1)
				.forEach((at, index) =>
					expect(at - mails[index]!).toBeGreaterThanOrEqual(daysBetween * 86_400_000 - 3_600_000),
				);
		}
	},
);

it('another email than in Humaans, such as one that was mapped: reminded', () =>
	expect(verdict(account(DUE), { ...PERSON, email: 'z@acme.example' }).state).toBe('due'));

it.each<[string, string | null, boolean]>([
	['the same, in other letters', 'Zoe@Home.example', true],
	['another one', 'zoe.new@home.example', false],
	['taken back', null, false],
])('the personal email in Humaans is %s', (_what, personalEmail, isReminded) => {
	const { state, reason } = verdict(account(DUE, { alternateEmail: 'zoe@home.example' }), {
		...PERSON,
		personalEmail,
	});
	expect(state).toBe(isReminded ? 'due' : 'handOver');
	if (!isReminded) expect(reason).toContain('could reach somebody else');
});
