/** What the table of docs/behaviour.md does not show: edges, warnings, several facts at once. */
import { fieldsRule, planOf } from '../../nodes/core/policy/drift';
import { lastDayOf } from '../../nodes/core/person/lastDay';
import { deprovisionedAt, leavesAt } from '../../nodes/core/policy/leaver';
import { protectionOf } from '../../nodes/core/policy/protection';
import type { MatchKey, Person } from '../../nodes/core/subject';
import {
	ID,
	LINKED,
	NOW,
	OTHER_ID,
	account,
	apply,
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
const none = { account: null, match: matched({ by: null }) };
const left = person({ status: 'offboarded' });

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
			'noAction inStep',
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
		).toBe('noAction inStep');
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
		expect(verdict(honolulu, LAST_DAY, early)).toBe('noAction leaver.lastDayAhead');
		expect(verdict(honolulu, {}, early)).toBe('deprovision leaver.offboarded');
		expect(verdict(honolulu, LAST_DAY)).toBe('deprovision leaver.offboarded');
		expect(decideOne(honolulu).reason).toBe(
			'The person is offboarded in Humaans (last day 2026-11-22).',
		);
		expect(decideOne(honolulu, {}, early).reason).toBe(
			'The person is offboarded in Humaans (last day 2026-11-22).',
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
				'The employment in Humaans ended on 2023-06-30, while the person counts as active; ' +
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

describe('disabling', () => {
	it('nothing without a person ID, even when the account has no link either', () =>
		expect(
			verdict({ personId: undefined, person: null, account: account({ attributes: [] }) }),
		).toBe('needsReview person.noId'));
	it('deletion comes due to the moment', () => {
		const old = {
			person: left,
			account: suspended({ attributes: stamped('2026-10-24T12:00:00.000Z') }),
		};
		const how = { deprovisionHow: 'suspendThenDelete', deleteAfterDays: 30 } as const;
		expect(verdict(old, how)).toBe('delete leaver.offboarded');
		expect(decideOne(old, how, { now: new Date(NOW.getTime() - 1) })).toMatchObject({
			code: 'leaver.deleteLater',
			dueAt: '2026-11-23T12:00:00.000Z',
		});
	});
	it('"delete" deletes what we suspended, not what others did', () => {
		expect(verdict({ person: left, account: suspended() }, { deprovisionHow: 'delete' })).toBe(
			'delete leaver.offboarded',
		);
		expect(
			decideOne(
				{ person: left, account: suspended({ attributes: LINKED }) },
				{ deprovisionHow: 'delete' },
			),
		).toMatchObject({ code: 'leaver.suspendedByOthers', blockedAction: 'delete' });
		expect(verdict({ person: left, account: suspended({ attributes: LINKED }) })).toBe(
			'noAction leaver.suspended',
		);
		expect(verdict({ person: left, account: suspended() }, { deprovisionHow: 'review' })).toBe(
			'noAction leaver.suspended',
		);
	});
	it('an unreadable stamp is not ours', () => {
		expect(deprovisionedAt(suspended({ attributes: stamped('some day') }))).toBeNull();
		expect(verdict({ account: suspended({ attributes: stamped('some day') }) })).toBe(
			'needsReview account.suspendedByOthers',
		);
	});
	it('names what was held back', () => {
		const held = (patch: object, set = {}) =>
			decideOne({ person: left, ...patch }, set).blockedAction;
		expect(held({ account: account({ attributes: [] }), match: matched({ by: 'email' }) })).toBe(
			'deprovision',
		);
		expect(held({ account: account({ admin: { id: 'a' } }) })).toBe('deprovision');
		expect(held({ account: account({ admin: { id: 'a' } }) }, { deprovisionHow: 'delete' })).toBe(
			'delete',
		);
		expect(held({ complete: false })).toBe('deprovision');
		expect(held({ complete: undefined })).toBe('deprovision');
		expect(held({}, { deprovisionHow: 'review' })).toBe('deprovision');
		expect(decideOne({ person: left }, { deprovisionWhen: ['lastDay'] }).blockedAction).toBe(
			'deprovision',
		);
	});
	it.each<[string, object, object, string | undefined]>([
		['id', {}, { protectedAccounts: new Set(['account1']) }, 'account.protected'],
		[
			'e-mail in any case',
			{ email: 'Ana.Silva@acme.example' },
			{ protectedAccounts: new Set(['ana.silva@acme.example']) },
			'account.protected',
		],
		['username of the key’s owner', {}, { apiKeyOwner: 'ana.silva' }, 'account.apiKeyOwner'],
		[
			'somebody else',
			{},
			{
				protectedAccounts: new Set(['other']),
				apiKeyOwner: 'other',
				protectedAttribute: 'breakGlass',
			},
			undefined,
		],
		[
			'an empty protecting attribute',
			{ attributes: [{ name: 'breakGlass', value: ' ' }] },
			{ protectedAttribute: 'breakGlass' },
			undefined,
		],
		[
			'an account without an e-mail',
			{ email: undefined as never },
			{ apiKeyOwner: 'x' },
			undefined,
		],
		['administrator false', { admin: false }, {}, undefined],
	])('protection: %s', (_what, patch, set, code) =>
		expect(protectionOf(account(patch), settings(set))?.code).toBe(code),
	);
});

describe('who comes back', () => {
	it('waits at most two days for a start when Humaans counts them as active', () => {
		const back = (employmentStartDate: string) =>
			verdict({ person: person({ employmentStartDate, timezone: 'UTC' }), account: suspended() });
		expect(back('2026-11-25')).toBe('waitUntilStart rehire.notYet');
		expect(back('2026-11-26')).toBe('reactivate rehire.back');
		expect(back('2026-11-23')).toBe('reactivate rehire.back');
		expect(
			verdict(
				{
					person: person({ employmentStartDate: '2026-11-25', timezone: 'UTC' }),
					account: suspended(),
				},
				{},
				{ now: new Date('2026-11-23T00:00:00.000Z') },
			),
		).toBe('waitUntilStart rehire.notYet');
		expect(
			verdict(
				{
					person: person({ employmentStartDate: '2026-11-23', timezone: 'UTC', status: 'newHire' }),
					account: suspended(),
				},
				{},
				{ now: new Date('2026-11-23T00:00:00.000Z') },
			),
		).toBe('reactivate rehire.back');
	});
	it('warns about an unknown zone, names what is held', () => {
		expect(
			decideOne({
				person: person({
					status: 'newHire',
					employmentStartDate: '2026-12-01',
					timezone: 'Mars/Olympus',
				}),
				account: suspended(),
			}).warnings,
		).toHaveLength(1);
		expect(
			decideOne({
				person: person({ status: 'newHire', employmentStartDate: null }),
				account: suspended(),
			}).blockedAction,
		).toBe('reactivate');
		for (const set of [{ rehire: 'review' }] as const)
			expect(decideOne({ account: suspended() }, set).blockedAction).toBe('reactivate');
		expect(decideOne({ account: suspended({ attributes: LINKED }) }).blockedAction).toBe(
			'reactivate',
		);
		expect(
			decideOne({ account: suspended({ activated: false }) }, { activationTrigger: 'never' })
				.blockedAction,
		).toBe('reactivate');
		expect(
			decideOne({ account: suspended({ attributes: [] }), match: matched({ by: 'email' }) })
				.blockedAction,
		).toBe('update');
		expect(decideOne({ account: suspended() }).warnings).toEqual([]);
		expect(verdict({ account: suspended() }, { activationTrigger: 'never' })).toBe(
			'reactivate rehire.back',
		);
		// Nobody gets access back months before they return, because activation is for people to do.
		expect(
			verdict(
				{
					account: suspended(),
					person: person({ status: 'newHire', employmentStartDate: '2027-03-01' }),
				},
				{ activationTrigger: 'never' },
			),
		).toBe('waitUntilStart rehire.notYet');
		expect(
			verdict(
				{ account: suspended(), person: person({ status: 'newHire', employmentStartDate: null }) },
				{ activationTrigger: 'never' },
			),
		).toBe('needsReview person.noStartDate');
		expect(
			verdict(
				{
					account: suspended(),
					person: person({ status: 'newHire', employmentStartDate: '2027-03-01' }),
				},
				{ activationTrigger: 'immediately' },
			),
		).toBe('reactivate rehire.back');
	});
	it('the stamp goes when the account is in use again, so that an administrator’s later suspension is theirs', () => {
		const reopened = subject({
			account: account({ attributes: stamped('2026-11-01T09:00:00.000Z') }),
		});
		const decision = decideOne(reopened);
		expect(decision.changes).toEqual([
			{
				attribute: 'humaansDeprovisionedAt',
				from: '2026-11-01T09:00:00.000Z',
				to: null,
				rule: 'always',
				why: 'the account is in use again',
			},
		]);
		const cleaned = apply(reopened, decision, NOW);
		expect(cleaned.account!.attributes!.map(({ name }) => name)).not.toContain(
			'humaansDeprovisionedAt',
		);
		const { outcome: _outcome, decision: _decision, ...fresh } = cleaned;
		expect(verdict(fresh)).toBe('noAction inStep');
		expect(
			verdict({ ...fresh, account: { ...fresh.account!, state: 'SUSPENDED', suspended: true } }),
		).toBe('needsReview account.suspendedByOthers');
	});
});

describe('joiners', () => {
	it.each<[string, object, object, Array<[string, string | null]>]>([
		[
			'personal, then work',
			{},
			{},
			[
				['personal', 'ana@mail.example'],
				['work', 'ana.silva@acme.example'],
			],
		],
		['personal', {}, { inviteTo: 'personal' }, [['personal', 'ana@mail.example']]],
		['work', {}, { inviteTo: 'work' }, [['work', 'ana.silva@acme.example']]],
		['none', {}, { sendInvite: false }, []],
		[
			'no personal e-mail',
			{ personalEmail: null },
			{},
			[
				['personal', null],
				['work', 'ana.silva@acme.example'],
			],
		],
		[
			'a work e-mail that only the account has',
			{ email: null },
			{ inviteTo: 'work' },
			[['work', 'ana.silva@acme.example']],
		],
	])('invite: %s', (_what, patch, set, expected) =>
		expect(
			decideOne({ person: person(patch), account: staged() }, set).invite!.recipients.map(
				({ kind, address }) => [kind, address],
			),
		).toEqual(expected),
	);
	it('lead days end at a local midnight, across a change of the clock', () => {
		const hire = {
			...none,
			person: person({
				status: 'newHire',
				employmentStartDate: '2026-04-05',
				timezone: 'Europe/Lisbon',
			}),
			readAt: undefined,
		};
		const at = (iso: string) => verdict(hire, { createDaysBefore: 14 }, { now: new Date(iso) });
		expect(at('2026-03-21T23:59:59.999Z')).toBe('noAction create.notYet');
		expect(at('2026-03-22T00:00:00.000Z')).toBe('create joiner.noAccount');
		expect(
			decideOne(hire, { createDaysBefore: 0 }, { now: new Date('2026-04-01T00:00:00.000Z') }).dueAt,
		).toBe('2026-04-04T23:00:00.000Z');
	});
	it('lead days need a date even when activation does not', () => {
		expect(
			decideOne(
				{ ...none, person: person({ employmentStartDate: null }) },
				{ activationTrigger: 'immediately', createDaysBefore: 3 },
			),
		).toMatchObject({ code: 'person.noStartDate', blockedAction: 'create' });
		expect(
			verdict(
				{ ...none, person: person({ employmentStartDate: null }) },
				{ activationTrigger: 'never' },
			),
		).toBe('create joiner.noAccount');
	});
	it('a name in part is a name', () => {
		expect(verdict({ ...none, person: person({ firstName: null }) })).toBe(
			'create joiner.noAccount',
		);
		expect(verdict({ ...none, person: person({ lastName: null }) })).toBe(
			'create joiner.noAccount',
		);
	});
	it('carries warnings and names what is held', () => {
		const problem = { field: 'phone', message: 'The phone number is none.' };
		expect(
			decideOne({
				...none,
				person: person({ timezone: 'Mars/Olympus' }),
				desired: desired({}, { problems: [problem] }),
			}).warnings,
		).toEqual([problem.message, expect.stringContaining('Mars/Olympus')]);
		for (const patch of [
			{ desired: desired({ email: null }) },
			{ desired: undefined },
			{ person: person({ firstName: null, lastName: null }) },
			{ person: person({ sharesWorkEmailWith: [OTHER_ID] }) },
			{ person: person({ employmentStartDate: null }) },
			{ desired: desired({}, { problems: [{ ...problem, blocking: true }] }) },
		]) {
			expect(decideOne({ ...none, ...patch }).blockedAction).toBe('create');
		}
		expect(
			decideOne({ account: staged(), person: person({ employmentStartDate: null }) }).blockedAction,
		).toBe('activate');
		expect(verdict({ ...none, person: person({ sharesWorkEmailWith: [] }) })).toBe(
			'create joiner.noAccount',
		);
	});
	it('an impossible date never counts as past', () =>
		expect(
			verdict({ account: staged(), person: person({ employmentStartDate: '2026-02-30' }) }),
		).toBe('needsReview person.noStartDate'));
	it('due to the moment', () => {
		const hire = {
			account: staged(),
			person: person({ employmentStartDate: '2026-11-23', timezone: 'UTC' }),
			readAt: undefined,
		};
		expect(verdict(hire, { activationHour: 12 })).toBe('activate activation.due');
		expect(decideOne(hire, { activationHour: 12, activationMinute: 1 })).toMatchObject({
			action: 'waitUntilStart',
			activateAt: '2026-11-23T12:01:00.000Z',
			dueAt: '2026-11-23T12:01:00.000Z',
		});
		expect(decideOne(hire, { activationHour: 12 })).toMatchObject({
			activateAt: '2026-11-23T12:00:00.000Z',
		});
		expect(decideOne(hire, { activationHour: 12 })).not.toHaveProperty('dueAt');
	});
});

describe('fields', () => {
	const problem = { field: 'phone', message: 'The phone number is none.' };
	const legal = desired({ department: 'Legal' }, { problems: [problem] });
	it('an update carries its changes and every warning, once', () => {
		expect(decideOne({ desired: legal }).changes).toEqual([
			expect.objectContaining({ attribute: 'department', from: 'Sales', to: 'Legal' }),
		]);
		expect(decideOne({ desired: legal }).warnings).toEqual([problem.message]);
		const restricted = account({ firstname: 'Anna', restrictedFields: [{ field: 'department' }] });
		expect(
			decideOne({
				desired: desired({ department: 'Legal' }, { problems: [problem, problem] }),
				account: restricted,
			}).warnings,
		).toEqual([
			'department is managed by another directory in JumpCloud and is left alone.',
			problem.message,
		]);
		expect(
			decideOne(
				{
					account: account({ attributes: [] }),
					match: matched({ by: 'email' }),
					desired: desired({}, { problems: [problem] }),
				},
				{ existingAccounts: 'review' },
			),
		).toMatchObject({ warnings: [problem.message], blockedAction: 'update' });
		expect(
			decideOne({
				account: account({ attributes: [] }),
				match: matched({ by: 'email' }),
				desired: desired({}, { problems: [problem] }),
			}),
		).toMatchObject({ code: 'adopt', warnings: [problem.message] });
	});
	it('staged accounts are brought into step before they are activated, with updates off right away', () => {
		expect(verdict({ account: staged(), desired: legal })).toBe('update drift');
		expect(verdict({ account: staged(), desired: legal }, { actionsAllowed: ['activate'] })).toBe(
			'activate activation.due',
		);
		expect(
			verdict(
				{ account: staged({ attributes: [] }), match: matched({ by: 'email' }) },
				{ actionsAllowed: ['activate'] },
			),
		).toBe('noAction action.notAllowed');
	});
	it('with updates off it says what stays out of step', () =>
		expect(decideOne({ desired: legal }, { actionsAllowed: ['activate'] })).toMatchObject({
			action: 'noAction',
			code: 'action.notAllowed',
			blockedAction: 'update',
			reason: 'Not among the Actions Allowed. Out of step with Humaans: department.',
		}));
	it('a staged account keeps the warnings of both', () =>
		expect(
			decideOne({
				account: staged({ restrictedFields: [{ field: 'department' }] }),
				desired: legal,
				person: person({ timezone: 'Mars/Olympus' }),
			}).warnings,
		).toEqual([expect.stringContaining('Mars/Olympus'), expect.stringContaining('department')]));
	it('the manager of the match is who is written', () => {
		const facts = {
			subject: subject({
				desired: desired({ manager: OTHER_ID }),
				match: matched({ managerAccountId: 'boss' }),
			}),
			settings: settings(),
			now: NOW,
			inScope: true,
		};
		expect(planOf(facts).changes).toEqual([
			expect.objectContaining({ attribute: 'manager', to: 'boss' }),
		]);
		expect(planOf(facts)).toBe(planOf(facts));
		expect(fieldsRule({ ...facts, subject: subject() })).toBeNull();
		expect(planOf({ ...facts, subject: subject({ account: null }) }).changes).toEqual([]);
		expect(planOf({ ...facts, subject: subject({ desired: undefined }) }).warnings).toEqual([]);
	});
	it('a decision counts its steps', () => {
		expect(decideOne().step).toBe(1);
		expect(decideOne({ decision: { ...decideOne(), step: 4 } }).step).toBe(5);
		expect(verdict({ decision: { ...decideOne(), step: 5 } })).toBe('noAction inStep');
		expect(decideOne().decidedAt).toBe(NOW.toISOString());
	});
	it('another write than just before goes on', () =>
		expect(
			verdict({
				desired: legal,
				outcome: { action: 'reactivate', status: 'applied', attempts: [], warnings: [] },
			}),
		).toBe('update drift'));
});

describe('who and which', () => {
	it('a reading of exactly 24 hours is fresh', () => {
		expect(verdict({ readAt: '2026-11-22T12:00:00.000Z' })).toBe('noAction inStep');
		expect(decideOne({ readAt: '2026-11-22T11:59:59.999Z' }).reason).toBe(
			'The person was read 24 hours ago. Read them again before deciding.',
		);
		expect(verdict({ readAt: undefined })).toBe('noAction inStep');
		expect(
			verdict(
				{ readAt: '2026-11-20T12:00:00.000Z' },
				{},
				{ clock: new Date('2026-11-20T13:00:00.000Z') },
			),
		).toBe('noAction inStep');
	});
	it('claimants and candidates are named', () => {
		const conflict = (patch: object) =>
			decideOne({ account: null, match: matched({ certain: false, ...patch }) }).reason;
		const two = [
			{ id: 'a', username: 'a', linkedTo: 'x', by: [] },
			{ id: 'b', username: 'b', linkedTo: 'y', by: [] },
		];
		expect(conflict({ conflict: 'twoClaimants', candidates: two })).toBe(
			'Several people claim the account a, b: . Two people never share an account.',
		);
		expect(conflict({ conflict: 'linkedToAnother', candidates: two })).toContain(
			'another one (x, y)',
		);
	});
	it('several sharers are all named; none is none', () => {
		expect(decideOne({ person: person({ sharesWorkEmailWith: ['a', 'b'] }) }).reason).toContain(
			'(a, b)',
		);
		expect(
			decideOne({ ...none, person: person({ sharesWorkEmailWith: ['a', 'b'] }) }).reason,
		).toContain('(a, b)');
		expect(verdict({ person: person({ sharesWorkEmailWith: [] }) })).toBe('noAction inStep');
		expect(ID).not.toBe(OTHER_ID);
	});
	it('an employee ID that several people have matters where the account is found by it alone', () => {
		const shared = person({ sharesEmployeeIdWith: ['a', 'b'] });
		const by = (key: 'employeeIdentifier' | 'email', patch: object = {}) => ({
			account: account({ attributes: [] }),
			match: matched({ by: key }),
			person: shared,
			...patch,
		});
		expect(decideOne(by('employeeIdentifier')).reason).toContain('(a, b)');
		expect(verdict(by('employeeIdentifier'))).toBe('needsReview match.twoClaimants');
		expect(
			verdict(by('employeeIdentifier', { person: person({ sharesEmployeeIdWith: [] }) })),
		).toBe('update adopt');
		expect(verdict(by('email'))).toBe('update adopt');
		expect(verdict(by('employeeIdentifier', { account: account() }))).toBe('noAction inStep');
		expect(verdict(by('employeeIdentifier', { person: null }))).toBe(
			'needsReview leaver.notLinked',
		);
	});
	it('by an employee ID alone nothing is adopted when only this person was read: it could be another one’s too', () => {
		const alone = person({ sharesWorkEmailWith: [], readAlone: true });
		const found = (keys: MatchKey[], patch: object = {}) => ({
			account: account({ attributes: [] }),
			person: alone,
			...patch,
			match: matched({
				by: keys[0]!,
				candidates: [
					{ id: 'other', username: 'b', linkedTo: null, by: ['email'] },
					{ id: account()._id, username: 'ana.silva', linkedTo: null, by: keys },
				],
			}),
		});
		expect(decideOne(found(['employeeIdentifier']))).toMatchObject({
			action: 'needsReview',
			code: 'adopt.notSure',
			reason:
				'The account ana.silva has the same employee ID and another e-mail, and only this ' +
				'person was read: somebody else could have that ID too. Run a workflow that reads ' +
				'everybody, such as Reconcile.',
		});
		expect(verdict(found(['employeeIdentifier', 'email']))).toBe('update adopt');
		expect(verdict(found(['email']))).toBe('update adopt');
		expect(verdict(found(['employeeIdentifier'], { account: account() }))).toBe('noAction inStep');
		expect(verdict(found(['employeeIdentifier'], { person: person() }))).toBe('update adopt');
		expect(verdict(found(['employeeIdentifier'], { person: null }))).toBe(
			'needsReview leaver.notLinked',
		);
	});
	it('scope: an item without an account says nothing of one', () => {
		expect(
			verdict(
				{ account: undefined, match: matched({ by: null }) },
				{ outOfScope: 'suspend' },
				{ inScope: false },
			),
		).toBe('noAction scope.out');
		expect(
			verdict({ person: person({ demo: true }) }, { outOfScope: 'suspend' }, { inScope: false }),
		).toBe('noAction scope.demo');
		expect(
			verdict(
				{ account: staged(), match: matched({ linkedAccounts: 50 }) },
				{ outOfScope: 'suspend' },
				{ inScope: false },
			),
		).toBe('deprovision scope.left');
		// How many others were suspended lately is known only where all accounts were read.
		expect(verdict({ account: staged() }, { outOfScope: 'suspend' }, { inScope: false })).toBe(
			'needsReview scope.notCounted',
		);
		expect(verdict({ account: suspended() }, { outOfScope: 'suspend' }, { inScope: false })).toBe(
			'noAction leaver.suspended',
		);
		expect(verdict({ account: undefined, match: matched({ by: null }), person: left })).toBe(
			'noAction leaver.noAccount',
		);
	});
});

describe('actions that are not allowed', () => {
	it('are not waited for', () => {
		const soon = person({ status: 'newHire', employmentStartDate: '2026-12-01' });
		expect(
			decideOne(
				{ person: soon, account: staged() },
				{ actionsAllowed: ['create', 'update', 'reactivate'] },
			),
		).toMatchObject({
			action: 'noAction',
			code: 'action.notAllowed',
			blockedAction: 'activate',
			reason: expect.stringContaining('The account is due at 2026-12-01'),
		});
		expect(
			decideOne({ person: soon, account: suspended() }, { actionsAllowed: ['activate'] }),
		).toMatchObject({ action: 'noAction', code: 'action.notAllowed', blockedAction: 'reactivate' });
		expect(verdict({ person: soon, account: staged() }, { actionsAllowed: ['activate'] })).toBe(
			'waitUntilStart activation.notYet',
		);
		expect(
			verdict({ person: soon, account: suspended() }, { actionsAllowed: ['reactivate'] }),
		).toBe('waitUntilStart rehire.notYet');
	});
});

describe('review everything', () => {
	it('leaves reviews and "nothing" as they are', () => {
		expect(decideOne({ match: undefined }, { mode: 'review' })).toMatchObject({
			action: 'needsReview',
			code: 'match.missing',
		});
		expect(decideOne({}, { mode: 'review' })).toMatchObject({ action: 'noAction', code: 'inStep' });
		expect(decideOne({}, { mode: 'review' })).not.toHaveProperty('blockedAction');
	});
	it('shows the changes it holds', () =>
		expect(
			decideOne(
				{ desired: desired({ department: 'Legal', firstname: 'Anna' }) },
				{ mode: 'review' },
			),
		).toMatchObject({
			changes: [{ attribute: 'firstname' }, { attribute: 'department' }],
			reason: expect.stringContaining('Out of step with Humaans: firstname, department.'),
		}));
});

describe('when it is looked at again', () => {
	const both = {
		account: staged(),
		person: person({
			status: 'newHire',
			employmentStartDate: '2026-12-01',
			employmentEndDate: '2026-12-31',
		}),
	};
	it('at whichever comes first', () => {
		expect(decideOne(both, LAST_DAY).dueAt).toBe('2026-12-01T00:00:00.000Z');
		expect(decideOne({ ...both, account: account() }, LAST_DAY).dueAt).toBe(
			'2027-01-01T00:00:00.000Z',
		);
		expect(
			decideOne(
				{
					person: person({ employmentStartDate: null, employmentEndDate: '2026-11-25' }),
					account: staged(),
				},
				{ ...LAST_DAY, activationTrigger: 'immediately' },
			).dueAt,
		).toBe('2026-11-26T00:00:00.000Z');
		expect(
			decideOne(
				{ ...both, person: { ...both.person, employmentStartDate: '2026-11-10' } },
				LAST_DAY,
			),
		).toMatchObject({
			action: 'activate',
			activateAt: '2026-11-10T00:00:00.000Z',
			dueAt: '2027-01-01T00:00:00.000Z',
		});
		expect(
			decideOne(
				{
					account: null,
					match: matched({ by: null }),
					person: person({
						status: 'newHire',
						employmentStartDate: '2027-03-01',
						employmentEndDate: '2027-03-02',
					}),
				},
				{ ...LAST_DAY, createDaysBefore: 1 },
			).dueAt,
		).toBe('2027-02-28T00:00:00.000Z');
		expect(
			decideOne(
				{
					person: person({ status: 'offboarded', employmentEndDate: '2026-11-30' }),
					account: suspended(),
				},
				{ ...LAST_DAY, deprovisionHow: 'suspendThenDelete', deleteAfterDays: 60 },
			).dueAt,
		).toBe('2026-12-01T00:00:00.000Z');
	});
	it('never when time alone changes nothing', () =>
		expect(decideOne()).not.toHaveProperty('dueAt'));
	it('two decisions of different times say so', () =>
		expect([
			decideOne({ readAt: undefined }, {}, { now: new Date(1) }).decidedAt,
			decideOne().decidedAt,
		]).toEqual(['1970-01-01T00:00:00.001Z', NOW.toISOString()]));
});
