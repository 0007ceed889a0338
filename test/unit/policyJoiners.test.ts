/** Who gets an account, and when it is activated. */
import type { PolicySettings } from '../../nodes/core/policy/settings';
import type { RunFacts } from '../../nodes/core/policy/verdict';
import type { Person, Subject } from '../../nodes/core/subject';
import {
	EMAIL,
	OTHER_ID,
	account,
	another,
	decideAll,
	decideOne,
	desired,
	matched,
	named,
	person,
	staged,
	subject,
	verdict,
} from './policyWorld';

const none = { account: null, match: matched({ by: null }) };

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
			'no personal email',
			{ personalEmail: null },
			{},
			[
				['personal', null],
				['work', 'ana.silva@acme.example'],
			],
		],
		[
			'a work email that only the account has',
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
			action: 'waitUntilDue',
			dueAt: '2026-11-23T12:01:00.000Z',
		});
		// What has come is not waited for.
		expect(decideOne(hire, { activationHour: 12 })).not.toHaveProperty('dueAt');
	});
});

describe('Immediately means: as soon as the person is an active member', () => {
	const immediately = { activationTrigger: 'immediately' } as const;
	const stagedFor = (patch: Partial<Person>, set: Partial<PolicySettings> = {}) =>
		decideOne({ account: staged(), person: person(patch) }, { ...immediately, ...set });
	const december = { employmentStartDate: '2026-12-01' };

	it('an active person is activated whatever their start date, with the invite', () => {
		for (const employmentStartDate of ['2024-01-15', '2026-12-01', null, '2026-02-30'])
			expect(stagedFor({ employmentStartDate })).toMatchObject({
				...{ action: 'activate', code: 'activation.immediately' },
				invite: { recipients: [{ kind: 'personal' }, { kind: 'work' }] },
			});
	});
	it('a new hire gets a staged account and waits for their day', () => {
		const hire = { ...december, status: 'newHire' } as const;
		expect(verdict({ ...none, person: person(hire) }, immediately)).toBe('create joiner.noAccount');
		expect(stagedFor(hire)).toMatchObject({
			...{ action: 'waitUntilDue', code: 'activation.notActive' },
			dueAt: '2026-12-01T00:00:00.000Z',
			reason:
				'The person has not started yet; the account is to be activated on 1 December 2026 at 00:00, Lisbon time.',
		});
		expect(stagedFor({ ...hire, employmentStartDate: '2026-11-23' })).toMatchObject({
			...{ action: 'activate', code: 'activation.due' },
		});
	});
	it('one without a start date waits until Humaans has them as active', () => {
		expect(stagedFor({ status: 'newHire', employmentStartDate: null })).toMatchObject({
			...{ action: 'noAction', code: 'activation.notActive' },
			reason: 'The account is activated as soon as Humaans has the person as active.',
		});
		const undated = { ...none, person: person({ status: 'newHire', employmentStartDate: null }) };
		expect(verdict(undated, immediately)).toBe('create joiner.noAccount');
	});
	it('Activate New Hires Too is the old way, and only with Immediately', () => {
		const hire = { ...december, status: 'newHire' } as const;
		expect(stagedFor(hire, { activateNewHires: true })).toMatchObject({
			action: 'activate',
			code: 'activation.immediately',
		});
		expect(
			stagedFor(hire, { activateNewHires: true, activationTrigger: 'onStartDate' }),
		).toMatchObject({ action: 'waitUntilDue', code: 'activation.notYet' });
		expect(stagedFor(hire, { activateNewHires: true, activationTrigger: 'never' })).toMatchObject({
			action: 'noAction',
			code: 'activation.manual',
		});
	});
});

describe('F2: access before profile', () => {
	const legal = desired({ department: 'Legal' });
	it('F2: a due activation waits for no field', () => {
		expect(verdict({ account: staged(), desired: legal })).toBe('activate activation.due');
		expect(verdict({ account: staged(), desired: undefined })).toBe('activate activation.due');
		expect(
			verdict({ account: staged(), desired: legal }, { activationTrigger: 'immediately' }),
		).toBe('activate activation.immediately');
	});
	it('F2: without Field Mapper there is nothing to warn of', () =>
		expect(decideOne({ account: staged(), desired: undefined })).toMatchObject({
			...{ action: 'activate', code: 'activation.due', warnings: [] },
		}));
	it('F2: nor for an update that had no effect just before', () =>
		expect(
			verdict({
				account: staged(),
				desired: legal,
				outcome: { action: 'update', status: 'applied', attempts: [], warnings: [] },
			}),
		).toBe('activate activation.due'));
	it('until the day fields are brought into step, and where nobody is activated', () => {
		const hire = { person: person({ employmentStartDate: '2026-12-01' }), account: staged() };
		expect(verdict({ ...hire, desired: legal })).toBe('update drift');
		const now = { account: staged(), desired: legal };
		expect(verdict(now, { activationTrigger: 'never' })).toBe('update drift');
		expect(verdict(now, { actionsAllowed: ['update'] })).toBe('update drift');
		expect(verdict(now, { actionsAllowed: ['activate'] })).toBe('activate activation.due');
	});
});

describe('S4: a work email that was made or mapped', () => {
	const wanted = (patch: Partial<Subject> = {}): Subject =>
		subject({ ...none, person: person({ email: null }), ...patch });
	const everybody = (...subjects: Subject[]) =>
		decideAll(subjects.map((one) => ({ ...one, peopleRead: subjects.length })));
	const colleague = (patch: Partial<Person> = {}, more: Partial<Subject> = {}) =>
		another(2, { person: { ...another(2).person!, email: EMAIL, ...patch }, ...more });
	const shared = {
		...{ action: 'needsReview', code: 'person.sharedWorkEmail', blockedAction: 'create' },
		reason: expect.stringContaining(`has the same work email (${another(2).personId})`),
	};

	it('S4: that of a colleague is given to nobody, whether they have an account or start later', () => {
		expect(everybody(wanted(), colleague()).decisions[0]).toMatchObject(shared);
		expect(everybody(wanted(), colleague({ status: 'newHire' }, none)).decisions[0]).toMatchObject(
			shared,
		);
		expect(
			everybody(wanted(), colleague({ email: EMAIL.toUpperCase() })).decisions[0],
		).toMatchObject(shared);
		const { decisions } = decideAll(
			[wanted(), colleague({}, none)].map((one) => ({ ...one, peopleRead: 2 })),
			{},
			{ inScope: [true, false] },
		);
		expect(decisions.map(({ code }) => code)).toEqual(['person.sharedWorkEmail', 'scope.out']);
	});
	it('S4: of somebody who has left it is free', () =>
		expect(everybody(wanted(), colleague({ status: 'offboarded' })).decisions[0]!.code).toBe(
			'joiner.noAccount',
		));
	it('S4: without everybody in the run nobody knows whose it is', () => {
		const held = { action: 'needsReview', code: 'create.notSure', blockedAction: 'create' };
		expect(decideAll([wanted(), another(2)]).decisions[0]).toMatchObject(held);
		const read = (peopleRead: number, patch: Partial<Subject> = {}) =>
			decideAll([wanted({ peopleRead }), another(2, { peopleRead, ...patch })]).decisions[0]!.code;
		expect(read(2)).toBe('joiner.noAccount');
		expect(read(3)).toBe('create.notSure');
		expect(read(2, { part: '1/2' })).toBe('create.notSure');
		expect(read(2, { complete: false })).toBe('create.notSure');
		expect(read(2, { personId: wanted().personId, person: wanted().person })).toBe(
			'create.notSure',
		);
		// Somebody whose row could not be read is there, and their address is not known.
		expect(read(2, { person: undefined, problem: 'Broken.' })).toBe('joiner.noAccount');
		expect(read(2, { person: undefined })).toBe('create.notSure');
	});
	it('S4: their own work email needs no such proof', () => {
		expect(verdict(none)).toBe('create joiner.noAccount');
		expect(verdict({ ...none, desired: desired({ email: EMAIL.toUpperCase() }) })).toBe(
			'create joiner.noAccount',
		);
	});
	it('S4: two newcomers for whom the same one was made: neither gets it', () => {
		const second = another(2, {
			...{ ...none, desired: desired() },
			person: { ...another(2).person!, email: null },
		});
		expect(everybody(wanted(), second).decisions.map(({ code }) => code)).toEqual([
			'person.sharedWorkEmail',
			'person.sharedWorkEmail',
		]);
	});
	it('S4: a linked account does not get it either, and the rest is written', () => {
		const has = account({ email: 'old@acme.example', department: 'Legal' });
		const run = (holdsEverybody: boolean, holders: Person[]): { run: RunFacts } => ({
			run: { holdsEverybody, workEmails: new Map([[EMAIL, holders]]) },
		});
		const linked = { account: has, person: person({ email: null }) };
		const changesIn = (facts: object) => {
			const { changes, warnings } = decideOne(linked, {}, facts);
			return [changes.map(({ attribute }) => attribute), warnings.length];
		};
		expect(changesIn(run(true, []))).toEqual([['email', 'department'], 0]);
		expect(changesIn(run(true, [person()]))).toEqual([['email', 'department'], 0]);
		expect(changesIn(run(true, [person({ id: OTHER_ID })]))).toEqual([['department'], 1]);
		expect(changesIn(run(false, []))).toEqual([['department'], 1]);
		expect(changesIn({})).toEqual([['department'], 1]);
	});
	it('S4: a newcomer who has a colleague’s email on their account is suspended when they leave', () => {
		const gone = subject({ person: person({ email: null, status: 'offboarded' }) });
		const blocked = colleague(
			{ firstName: 'Carla', lastName: 'Neu', preferredName: null },
			{ ...none, match: matched({ by: null, emailHeldBy: [named([])] }) },
		);
		expect(decideAll([gone, blocked]).decisions.map(({ code }) => code)).toEqual([
			'leaver.offboarded',
			'create.emailTaken',
		]);
	});
});
