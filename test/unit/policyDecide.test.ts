/** What Mode, Actions Allowed and the clock leave of a decision. */
import type { OutcomeStatus } from '../../nodes/core/subject';
import {
	NOW,
	account,
	decideOne,
	desired,
	matched,
	person,
	staged,
	suspended,
	verdict,
} from './policyWorld';

const LAST_DAY = { deprovisionWhen: ['offboarded', 'deleted', 'lastDay'] as const };

describe('the reading', () => {
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
});

describe('writes that follow one another', () => {
	const legal = desired({ department: 'Legal' });
	const after = (status: OutcomeStatus, action = 'update') => ({
		desired: legal,
		outcome: { action, status, attempts: [], warnings: [] },
	});
	it('the same write as just before is not repeated for ever', () => {
		for (const status of ['applied', 'unchanged', 'partly', 'adopted'] as const)
			expect(decideOne(after(status))).toMatchObject({
				...{ action: 'needsReview', code: 'loop.noEffect', blockedAction: 'update' },
				reason: expect.stringMatching(
					/^JumpCloud accepted this write and did not show its effect\. It would/,
				),
			});
		expect(verdict(after('applied', 'reactivate'))).toBe('update drift');
	});
	it('an update of other values than those just written is another write', () => {
		const before = decideOne({ desired: legal });
		const next = desired({ department: 'Legal', jobTitle: 'Counsel' });
		const written = { ...after('applied'), decision: before };
		expect(decideOne({ ...written, desired: next }).code).toBe('loop.noEffect');
		const done = { account: account({ department: 'Legal' }), desired: next };
		expect(verdict({ ...written, ...done })).toBe('update drift');
	});
	it('S1: one that was not made, because the account had changed, is decided anew', () =>
		expect(verdict(after('outdated'))).toBe('update drift'));
	it('a write that failed is not tried again in the same run, and says why', () => {
		const failure = { message: 'JumpCloud refused it.', todo: 'Look at the account.' };
		const decision = decideOne({ desired: legal });
		const failed = (patch: object) =>
			decideOne({
				...{ ...after('failed'), decision, readAt: undefined },
				...{ outcome: { ...after('failed').outcome, ...patch } },
			});
		expect(failed({ failure })).toMatchObject({
			...{ action: 'needsReview', code: 'write.failed', blockedAction: 'update', step: 2 },
			reason: 'JumpCloud refused it. Look at the account.',
		});
		expect(failed({}).reason).toBe('The write failed.');
		expect(failed({ failure: { ...failure, todo: '' } }).reason).toBe('JumpCloud refused it.');
		expect(failed({ status: 'applied' }).code).toBe('loop.noEffect');
		expect(decideOne({ ...after('failed'), decision: undefined }).code).toBe('loop.noEffect');
	});
	it('six decisions are the most', () => {
		const after = (step: number) => verdict({ desired: legal, decision: { ...decideOne(), step } });
		expect(after(5)).toBe('update drift');
		expect(after(6)).toBe('needsReview loop.noEffect');
		expect(after(7)).toBe('needsReview loop.noEffect');
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
			reason: expect.stringContaining('The account is to be activated on 1 December 2026'),
		});
		expect(
			decideOne({ person: soon, account: suspended() }, { actionsAllowed: ['activate'] }),
		).toMatchObject({ action: 'noAction', code: 'action.notAllowed', blockedAction: 'reactivate' });
		expect(verdict({ person: soon, account: staged() }, { actionsAllowed: ['activate'] })).toBe(
			'waitUntilDue activation.notYet',
		);
		expect(
			verdict({ person: soon, account: suspended() }, { actionsAllowed: ['reactivate'] }),
		).toBe('waitUntilDue rehire.notYet');
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
			reason: expect.stringContaining('Out of step with Humaans: First Name, Department.'),
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
