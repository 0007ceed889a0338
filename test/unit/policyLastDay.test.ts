/** Which day is somebody’s last, and when it is over. */
import { lastDayOf } from '../../nodes/core/person/lastDay';
import { leavesAt } from '../../nodes/core/policy/leaver';
import type { PolicySettings } from '../../nodes/core/policy/settings';
import type { Person } from '../../nodes/core/subject';
import {
	NOW,
	account,
	decideOne,
	desired,
	matched,
	person,
	settings,
	staged,
	stamped,
	subject,
	suspended,
	verdict,
} from './policyWorld';

const LAST_DAY = { deprovisionWhen: ['offboarded', 'deleted', 'lastDay'] as const };

describe('the last day', () => {
	it.each<[string, Partial<Person>, ReturnType<typeof lastDayOf>]>([
		['none', {}, null],
		['the end', { employmentEndDate: '2026-11-20' }, { date: '2026-11-20', doubtful: false }],
		[
			'the earlier of both',
			{ employmentEndDate: '2026-11-20', lastWorkingDay: '2026-11-10' },
			{ date: '2026-11-10', doubtful: false },
		],
		[
			'never a later last working day',
			{ employmentEndDate: '2026-11-20', lastWorkingDay: '2026-11-25' },
			{ date: '2026-11-20', doubtful: false },
		],
		[
			'both the same',
			{ employmentEndDate: '2026-11-20', lastWorkingDay: '2026-11-20' },
			{ date: '2026-11-20', doubtful: false },
		],
		[
			'no last working day on the start',
			{ employmentEndDate: '2026-11-20', lastWorkingDay: '2024-01-15' },
			{ date: '2026-11-20', doubtful: false },
		],
		[
			'the day after the start',
			{ employmentEndDate: '2026-11-20', lastWorkingDay: '2024-01-16' },
			{ date: '2024-01-16', doubtful: false },
		],
		[
			'no last working day before the start',
			{ employmentEndDate: '2026-11-20', lastWorkingDay: '2023-05-05' },
			{ date: '2026-11-20', doubtful: false },
		],
		[
			'the last working day of somebody offboarded without an end, and nobody doubts it',
			{ status: 'offboarded', lastWorkingDay: '2026-11-10' },
			{ date: '2026-11-10', doubtful: false },
		],
		[
			'none where that is the day they began',
			{ status: 'offboarded', lastWorkingDay: '2024-01-15' },
			null,
		],
		['no end before the start', { employmentEndDate: '2024-01-14' }, null],
		[
			'the end on the start, in doubt',
			{ employmentEndDate: '2024-01-15' },
			{ date: '2024-01-15', doubtful: true },
		],
		[
			'without a start date',
			{ employmentEndDate: '2026-11-20', lastWorkingDay: '2026-11-10', employmentStartDate: null },
			{ date: '2026-11-10', doubtful: true },
		],
		[
			'with an impossible start date',
			{ employmentEndDate: '2026-11-20', employmentStartDate: '2026-02-30' },
			{ date: '2026-11-20', doubtful: true },
		],
		['an impossible end', { employmentEndDate: '2026-02-30' }, 'unusable'],
		[
			'an end that Humaans gave and nobody can use',
			{ employmentEndDate: null, unusable: ['employmentEndDate'] },
			'unusable',
		],
		[
			'an impossible last working day',
			{ employmentEndDate: '2026-11-20', lastWorkingDay: '2026-02-30' },
			{ date: '2026-11-20', doubtful: false },
		],
	])('is %s', (_what, patch, expected) => expect(lastDayOf(person(patch))).toEqual(expected));

	it('ends at local midnight and not a moment before', () => {
		const honolulu = {
			person: person({ employmentEndDate: '2026-11-22', timezone: 'Pacific/Honolulu' }),
		};
		expect(verdict(honolulu, LAST_DAY, { now: new Date('2026-11-23T09:59:59.999Z') })).toBe(
			'waitUntilDue leaver.lastDayAhead',
		);
		expect(verdict(honolulu, LAST_DAY, { now: new Date('2026-11-23T10:00:00.000Z') })).toBe(
			'deprovision leaver.lastDay',
		);
		expect(
			verdict(
				{ person: person({ employmentEndDate: '2026-11-22', timezone: null }) },
				{ ...LAST_DAY, fixedZone: 'Pacific/Honolulu' },
				{ now: new Date('2026-11-23T09:59:59.999Z') },
			),
		).toBe('waitUntilDue leaver.lastDayAhead');
	});
	it('of somebody offboarded early by the calendar of Humaans: their day is not over in Honolulu', () => {
		const honolulu = {
			person: person({
				status: 'offboarded',
				employmentEndDate: '2026-11-22',
				timezone: 'Pacific/Honolulu',
			}),
		};
		const early = { now: new Date('2026-11-23T09:00:00.000Z') };
		const waits = 'waitUntilDue leaver.lastDayAhead';
		expect(verdict(honolulu, LAST_DAY, early)).toBe(waits);
		expect(verdict(honolulu, {}, early)).toBe(waits);
		expect(verdict(honolulu, { lastDayToCome: 'deprovision' }, early)).toBe(
			'deprovision leaver.offboarded',
		);
		expect(verdict(honolulu, LAST_DAY)).toBe('deprovision leaver.offboarded');
		expect(decideOne(honolulu).reason).toBe(
			'The person is offboarded in Humaans. The last day, 22 November 2026, ended on ' +
				'23 November 2026 at 00:00, Honolulu time.',
		);
		expect(decideOne(honolulu, {}, early).reason).toBe(
			'The person is offboarded in Humaans. The last day, 22 November 2026, ends on ' +
				'23 November 2026 at 00:00, Honolulu time.',
		);
		expect(
			decideOne({ person: person({ status: 'offboarded', unusable: ['employmentEndDate'] }) })
				.reason,
		).toBe('The person is offboarded in Humaans.');
		expect(verdict(honolulu, { deprovisionWhen: ['lastDay'] })).toBe('deprovision leaver.lastDay');
	});
	it('of a one-day employment counts once Humaans says offboarded', () => {
		const oneDay = { employmentStartDate: '2026-11-20', employmentEndDate: '2026-11-20' };
		expect(
			verdict(
				{ person: person({ ...oneDay, status: 'offboarded' }) },
				{ deprovisionWhen: ['lastDay'] },
			),
		).toBe('deprovision leaver.lastDay');
		expect(decideOne({ person: person(oneDay) }, LAST_DAY)).toMatchObject({
			code: 'leaver.doubtfulLastDay',
			blockedAction: 'deprovision',
		});
	});
	it('may be of an earlier employment when nobody knows when this one began', () => {
		const back = (patch: Partial<Person>, set: object = LAST_DAY) =>
			decideOne(
				{
					person: person({ employmentStartDate: null, employmentEndDate: '2023-06-30', ...patch }),
				},
				set,
			);
		expect(back({})).toMatchObject({
			action: 'needsReview',
			code: 'leaver.doubtfulLastDay',
			blockedAction: 'deprovision',
			reason:
				'The employment in Humaans ended on 30 June 2023, while the person counts as active; ' +
				'it has no usable start date, so that may be an earlier employment.',
		});
		expect(back({ status: 'newHire', unusable: ['employmentStartDate'] })).toMatchObject({
			action: 'needsReview',
			code: 'leaver.doubtfulLastDay',
		});
		for (const set of [LAST_DAY, {}, { deprovisionWhen: ['lastDay'] }])
			expect(back({ status: 'offboarded' }, set).action).toBe('deprovision');
	});
	it('an impossible last working day is for a person until the employment has ended', () => {
		const leaving = (employmentEndDate: string, set: object = LAST_DAY) =>
			verdict(
				{
					person: person({ employmentEndDate, lastWorkingDay: null, unusable: ['lastWorkingDay'] }),
				},
				set,
			);
		expect(leaving('2026-12-31')).toBe('needsReview person.unusableEndDate');
		expect(leaving('2026-11-20')).toBe('deprovision leaver.lastDay');
		expect(leaving('2026-12-31', {})).toBe('noAction inStep');
	});
	it('is looked for only when it is chosen, and only of people who are there', () => {
		const facts = {
			subject: subject({ person: person({ employmentEndDate: '2026-12-31' }) }),
			settings: settings(LAST_DAY),
			now: NOW,
			inScope: true,
		};
		expect(leavesAt(facts)!.toISOString()).toBe('2027-01-01T00:00:00.000Z');
		expect(leavesAt({ ...facts, settings: settings() })).toBeNull();
		expect(leavesAt({ ...facts, subject: subject({ person: null }) })).toBeNull();
		expect(
			leavesAt({
				...facts,
				subject: subject({ person: person({ unusable: ['employmentEndDate'] }) }),
			}),
		).toBeNull();
		expect(leavesAt({ ...facts, now: new Date('2027-01-01T00:00:00.000Z') })).toBeNull();
	});
});

describe('offboarded, the last day to come', () => {
	const goes = person({ status: 'offboarded', employmentEndDate: '2026-12-31' });
	const END = '2027-01-01T00:00:00.000Z';
	const atTheEnd = { now: new Date(END), clock: NOW };

	it('the account stays open, that is said, and the end is waited for', () =>
		expect(decideOne({ person: goes })).toMatchObject({
			...{ action: 'waitUntilDue', code: 'leaver.lastDayAhead', dueAt: END },
			reason:
				'The person is offboarded in Humaans. The last day, 31 December 2026, ends on ' +
				'1 January 2027 at 00:00, Lisbon time.',
			warnings: [
				'Humaans has this person as offboarded, and their account stays open until then. Cut them ' +
					'off by hand if it must end at once.',
			],
		}));
	it('then it is disabled, to the moment', () => {
		expect(verdict({ person: goes }, {}, atTheEnd)).toBe('deprovision leaver.offboarded');
		const before = { now: new Date(Date.parse(END) - 1), clock: NOW };
		expect(verdict({ person: goes }, {}, before)).toBe('waitUntilDue leaver.lastDayAhead');
	});
	it.each<[string, Partial<PolicySettings>, string, string | undefined]>([
		['Wait', { lastDayToCome: 'wait' }, 'waitUntilDue leaver.lastDayAhead', undefined],
		[
			'Deprovision at Once',
			{ lastDayToCome: 'deprovision' },
			'deprovision leaver.offboarded',
			undefined,
		],
		['Review', { lastDayToCome: 'review' }, 'needsReview leaver.lastDayAhead', 'deprovision'],
		[
			'Deprovision at Once, Delete',
			{ lastDayToCome: 'deprovision', deprovisionHow: 'delete' },
			'delete leaver.offboarded',
			undefined,
		],
		[
			'Review, Delete',
			{ lastDayToCome: 'review', deprovisionHow: 'delete' },
			'needsReview leaver.lastDayAhead',
			'deprovision',
		],
		[
			'Wait, Review',
			{ lastDayToCome: 'wait', deprovisionHow: 'review' },
			'needsReview leaver.offboarded',
			'deprovision',
		],
	])('%s', (_what, set, expected, blockedAction) => {
		expect(verdict({ person: goes }, set)).toBe(expected);
		expect(decideOne({ person: goes }, set).blockedAction).toBe(blockedAction);
	});
	it('a last day that is over makes no difference between them', () => {
		const gone = person({ status: 'offboarded', employmentEndDate: '2026-11-22' });
		for (const lastDayToCome of ['wait', 'deprovision', 'review'] as const)
			expect(verdict({ person: gone }, { lastDayToCome })).toBe('deprovision leaver.offboarded');
	});
	it('nor does none, or one that is not a date', () => {
		for (const patch of [{}, { unusable: ['employmentEndDate'] }])
			for (const lastDayToCome of ['wait', 'deprovision', 'review'] as const)
				expect(
					verdict({ person: person({ status: 'offboarded', ...patch }) }, { lastDayToCome }),
				).toBe('deprovision leaver.offboarded');
	});
	it('who is protected is for a person at once; who could not be read completely too', () => {
		expect(verdict({ person: goes, account: account({ admin: true }) })).toBe(
			'needsReview account.administrator',
		);
		expect(verdict({ person: goes, complete: false })).toBe('needsReview read.incomplete');
	});
	it('a wait for a deletion that is due earlier ends with the last day', () => {
		const facts = {
			person: goes,
			account: suspended({ attributes: stamped('2026-10-01T09:00:00.000Z leaving') }),
		};
		expect(verdict(facts, { deprovisionHow: 'suspendThenDelete' })).toBe(
			'waitUntilDue leaver.lastDayAhead',
		);
		expect(verdict(facts)).toBe('noAction leaver.suspended');
	});
	it('nobody waits where disabling is not allowed, or in Review Everything', () => {
		const allowed = (actionsAllowed: PolicySettings['actionsAllowed'], set = {}) =>
			decideOne({ person: goes }, { actionsAllowed, ...set });
		expect(allowed(['update', 'delete'])).toMatchObject({
			action: 'noAction',
			code: 'action.notAllowed',
			blockedAction: 'deprovision',
			dueAt: END,
		});
		expect(allowed(['deprovision'], { deprovisionHow: 'delete' })).toMatchObject({
			code: 'action.notAllowed',
			blockedAction: 'delete',
		});
		expect(allowed(['deprovision']).action).toBe('waitUntilDue');
		expect(allowed(['delete'], { deprovisionHow: 'delete' }).action).toBe('waitUntilDue');
		expect(decideOne({ person: goes }, { mode: 'review' })).toMatchObject({
			...{ action: 'noAction', code: 'leaver.lastDayAhead', blockedAction: 'waitUntilDue' },
			dueAt: END,
		});
	});
	it('active, with End of the Last Working Day: nothing else is left to do, and no warning', () => {
		const active = person({ employmentEndDate: '2026-12-31' });
		expect(decideOne({ person: active }, LAST_DAY)).toMatchObject({
			...{ action: 'waitUntilDue', code: 'leaver.lastDayAhead', dueAt: END, warnings: [] },
			reason: 'The last day, 31 December 2026, ends on 1 January 2027 at 00:00, Lisbon time.',
		});
		expect(verdict({ person: active, desired: desired({ department: 'Legal' }) }, LAST_DAY)).toBe(
			'update drift',
		);
		expect(verdict({ person: active, account: staged() }, LAST_DAY)).toBe(
			'activate activation.due',
		);
		expect(verdict({ person: active, account: account({ admin: true }) }, LAST_DAY)).toBe(
			'noAction inStep',
		);
		expect(verdict({ person: active, complete: false }, LAST_DAY)).toBe('noAction inStep');
		const none = { account: null, match: matched({ by: null }) };
		expect(verdict({ ...none, person: active }, LAST_DAY)).toBe('create joiner.noAccount');
		expect(verdict({ ...none, person: goes })).toBe('noAction leaver.noAccount');
	});
});
