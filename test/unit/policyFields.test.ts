/** Accounts that are out of step, and writes that follow one another. */
import { driftRule, planOf } from '../../nodes/core/policy/drift';
import {
	NOW,
	OTHER_ID,
	account,
	decideOne,
	desired,
	foundBy,
	matched,
	person,
	settings,
	staged,
	subject,
	verdict,
} from './policyWorld';

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
			'The Department is managed by another directory in JumpCloud and is left alone.',
			problem.message,
		]);
		expect(
			decideOne(
				{
					account: account({ attributes: [] }),
					match: foundBy('email'),
					desired: desired({}, { problems: [problem] }),
				},
				{ existingAccounts: 'review' },
			),
		).toMatchObject({ warnings: [problem.message], blockedAction: 'update' });
		expect(
			decideOne({
				account: account({ attributes: [] }),
				match: foundBy('email'),
				desired: desired({}, { problems: [problem] }),
			}),
		).toMatchObject({ code: 'adopt', warnings: [problem.message] });
	});
	it('an adoption comes before an activation, also where only one of them is allowed', () => {
		const found = { account: account({ attributes: [] }), match: foundBy('email') };
		expect(verdict(found, { actionsAllowed: ['activate'] })).toBe('noAction action.notAllowed');
		expect(
			verdict(
				{ account: staged({ attributes: [] }), match: foundBy('email') },
				{ actionsAllowed: ['activate'] },
			),
		).toBe('noAction action.notAllowed');
	});
	it('with updates off it says what stays out of step', () =>
		expect(decideOne({ desired: legal }, { actionsAllowed: ['activate'] })).toMatchObject({
			action: 'noAction',
			code: 'action.notAllowed',
			blockedAction: 'update',
			reason: 'Not among the Actions Allowed. Out of step with Humaans: Department.',
		}));
	it('a staged account keeps the warnings of both', () =>
		expect(
			decideOne({
				account: staged({ restrictedFields: [{ field: 'department' }] }),
				desired: legal,
				person: person({ timezone: 'Mars/Olympus' }),
			}).warnings,
		).toEqual([
			expect.stringContaining('Mars/Olympus'),
			expect.stringContaining('Department'),
			problem.message,
		]));
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
		expect(driftRule({ ...facts, subject: subject() })).toBeNull();
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
