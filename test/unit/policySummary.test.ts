/** What a run came to, over all its passes, in one item ready for a message. */
import { addPass, isFinished, newTotals, summaryOf } from '../../nodes/core/policy/summary';
import { rowOf, weightOf } from '../../nodes/core/policy/row';
import type { PolicySettings } from '../../nodes/core/policy/settings';
import type { Decision, Outcome, Subject } from '../../nodes/core/subject';
import {
	NOW,
	account,
	another,
	apply,
	decideAll,
	desired,
	foundBy,
	leaver,
	matched,
	person,
	staged,
	subject,
} from './policyWorld';

const none = { account: null, match: matched({ by: null }) };
const leavers = (count: number) => Array.from({ length: count }, (_, index) => leaver(index));
const hire = (index: number, employmentStartDate: string): Subject => {
	const one = another(index, { account: staged({ ...another(index).account!, state: 'STAGED' }) });
	return { ...one, person: { ...one.person!, status: 'newHire', employmentStartDate } };
};
const failed = { status: 'failed', failure: { message: 'JumpCloud refused it.', todo: 'Look.' } };

/** A run in which each write does what it says, unless something else is said of it. */
function run(
	subjects: Subject[],
	set: Partial<PolicySettings> = {},
	outcomeOf: (place: number) => Partial<Outcome> = () => ({}),
) {
	const totals = newTotals();
	let coming = subjects;
	while (coming.length > 0) {
		const result = decideAll(coming, set);
		addPass(totals, coming, result, true);
		coming = result.decisions.flatMap((decision, place) => {
			if (['needsReview', 'noAction', 'waitUntilDue'].includes(decision.action)) return [];
			const after = apply(coming[place]!, decision, NOW);
			const outcome = { ...after.outcome!, ...outcomeOf(place) } as Outcome;
			return [{ ...after, outcome }];
		});
	}
	expect(isFinished(totals)).toBe(true);
	return summaryOf(totals);
}

describe('summary of a run', () => {
	it('counts what was done over all passes, each person once', () => {
		const summary = run([
			another(1, none),
			another(2, { desired: desired({ email: 'p2@acme.example', department: 'Legal' }) }),
			another(3),
			leaver(4),
			subject({ account: account({ attributes: [] }), match: foundBy('email') }),
		]);
		expect(summary).toMatchObject({
			people: 5,
			done: { create: 1, activate: 1, update: 2, deprovision: 1 },
			...{ would: {}, adopted: 1, invited: 0, failed: 0, needDecision: 0, review: {}, waiting: 0 },
			...{ nextDueAt: null, plans: [] },
			message: 'Created 1, activated 1, updated 2 (1 of them adopted), suspended 1.',
		});
	});
	it('counts invites, and what was held for a person or failed', () => {
		const summary = run(
			[another(1, { account: staged({ ...another(1).account!, state: 'STAGED' }) })],
			{},
			() => ({ invitedTo: 'personal' }),
		);
		expect(summary).toMatchObject({ done: { activate: 1 }, invited: 1 });
		expect(summary.message).toBe('Activated 1 (1 of them invited).');
		const bad = run([leaver(1), another(2, { match: undefined })], {}, () => failed as never);
		expect(bad).toMatchObject({
			...{ done: {}, failed: 1, needDecision: 1 },
			review: { 'write.failed': 1, 'match.missing': 1 },
			message:
				'2 people looked at, nothing to change. 1 write failed. 1 person needs your decision.',
		});
	});
	it('a write that changed nothing, or was not made, is not counted', () => {
		for (const status of ['unchanged', 'outdated'] as const) {
			const totals = newTotals();
			const one = leaver(1);
			const [decision] = decideAll([one]).decisions;
			const outcome = { action: 'deprovision', status, attempts: [], warnings: [] };
			const back = { ...one, decision: decision!, outcome };
			addPass(totals, [back], decideAll([another(1)]), true);
			expect(summaryOf(totals).done).toEqual({});
		}
	});
	it('Review Everything says what would be done', () => {
		const summary = run(
			[
				another(1, none),
				another(2, none),
				another(3),
				subject({ account: account({ attributes: [] }), match: foundBy('email') }),
			],
			{ mode: 'review' },
		);
		expect(summary).toMatchObject({
			...{ done: {}, would: { create: 2, update: 1 }, needDecision: 0 },
			review: { 'mode.review': 3 },
			message: 'Review only, nothing changed. Would create 2, update 1 (1 of them adopted).',
		});
	});
	it('names the plans that a limit held, and when something is due next', () => {
		const summary = run([...leavers(4), hire(8, '2026-12-05'), hire(9, '2026-12-01')]);
		expect(summary).toMatchObject({
			...{ people: 6, needDecision: 4, waiting: 2, nextDueAt: '2026-12-01T00:00:00.000Z' },
			plans: [expect.objectContaining({ code: 'limit.deprovisioning', actions: 4 })],
		});
		expect(summary.message).toBe(
			'6 people looked at, nothing to change. 4 people need your decision. ' +
				`${summary.plans[0]!.sentence} 2 people wait for a day to come. ` +
				'Next due: 1 Dec 2026, 00:00 UTC.',
		);
	});
	it('a double is counted once, an item without a person each time', () => {
		expect(run([another(1), another(1)]).people).toBe(1);
		expect(run([{ problem: 'Broken.' }, { problem: 'Broken.' }]).people).toBe(2);
	});
	it('of one, of none, and as of another time', () => {
		expect(run([another(1)]).message).toBe('1 person looked at, nothing to change.');
		expect(summaryOf(newTotals()).message).toBe('0 people looked at, nothing to change.');
		expect(summaryOf(newTotals())).not.toHaveProperty('evaluatedAsOf');
		const totals = newTotals(NOW);
		addPass(totals, [another(1)], decideAll([another(1)]), true);
		expect(summaryOf(totals)).toMatchObject({
			evaluatedAsOf: NOW.toISOString(),
			message:
				'As of 23 Nov 2026, 12:00 UTC; nothing is written. 1 person looked at, nothing to change.',
		});
	});
	it('is finished when nobody’s write is under way, or none come back', () => {
		const pass = (comesBack: boolean) => {
			const totals = newTotals();
			addPass(totals, [leaver(1)], decideAll([leaver(1)]), comesBack);
			return isFinished(totals);
		};
		expect([pass(true), pass(false)]).toEqual([false, true]);
	});
});

describe('a decision as a row of a table', () => {
	const rowFor = (patch: Partial<Subject>, set: Partial<PolicySettings> = {}) =>
		decideAll([subject(patch)], set).decisions[0]!.row!;
	it('says who, what, why and what would change', () => {
		expect(
			rowFor({ desired: desired({ department: 'Legal', jobTitle: 'Boss' }) }, { mode: 'review' }),
		).toEqual({
			...{ Person: 'Ana Silva', 'Would Do': 'Update' },
			Why: 'Out of step with Humaans: Department, Job Title.',
			Changes: 'Department: Sales → Legal; Job Title: – → Boss',
			...{ 'Work Email': 'ana.silva@acme.example', Account: 'ana.silva (active)' },
		});
		expect(rowFor({ account: account({ attributes: [] }), match: foundBy('email') })).toMatchObject(
			{
				...{ 'Would Do': 'Adopt', Changes: '' },
			},
		);
		expect(rowFor({ match: undefined })).toMatchObject({ 'Would Do': 'You decide' });
		expect(rowFor({ ...none, person: person({ email: null }) })).toMatchObject({
			...{ 'Work Email': 'ana.silva@acme.example', Account: '' },
		});
	});
	it('names five changes and counts the others', () => {
		const many = { company: 'a', costCenter: 'b', description: 'c', employeeType: 'd' };
		const { Changes } = rowFor({
			desired: desired({ ...many, jobTitle: 'e', location: 'f', department: 'g' }),
		});
		expect(Changes.split('; ')).toHaveLength(6);
		expect(Changes).toMatch(/; and 2 more$/);
	});
	it('of an item that nobody can make sense of, or that no rule looked at, there is a row too', () => {
		const bad = subject({ account: account({ attributes: [null] as never }) });
		const odd = subject({ person: null, desired: {} as never });
		const { decisions } = decideAll([another(1), bad, { ...odd, personId: 'x' }]);
		expect(decisions.map(({ code, row }) => [code, row!['Would Do']])).toEqual([
			['inStep', 'Nothing'],
			['item.unusable', 'You decide'],
			['match.linkedToAnother', 'You decide'],
		]);
		const explained = decideAll([another(1), odd], { explain: true }).decisions;
		expect(explained.map(({ code }) => code)).toEqual(['inStep', 'leaver.deleted']);
	});
	it('who would lose access comes first, then questions, then changes', () => {
		const weights = (patch: Partial<Decision>) =>
			weightOf({ ...decideAll([subject()]).decisions[0]!, ...patch });
		expect(weights({ blockedAction: 'deprovision', code: 'mode.review' })).toBe(0);
		expect(weights({ action: 'delete' })).toBe(0);
		expect(weights({ action: 'needsReview', code: 'match.missing' })).toBe(1);
		expect(weights({ blockedAction: 'update', code: 'limit.email' })).toBe(1);
		expect(weights({ blockedAction: 'update', code: 'mode.review' })).toBe(2);
		expect(rowOf(subject(), decideAll([subject()]).decisions[0]!)).toMatchObject({
			'Would Do': 'Nothing',
		});
	});
});
