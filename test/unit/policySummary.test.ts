/** What a run came to, over all its passes, in one item ready for a message. */
import { WRITE_ACTIONS } from '../../nodes/core/actions';
import { addPass, isFinished, newTotals, summaryOf } from '../../nodes/core/policy/summary';
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
			...{ done: {}, would: { create: 2, activate: 2, update: 1 }, needDecision: 0 },
			review: { 'mode.review': 3 },
			message:
				'Review only, nothing changed. Would create 2, activate 2 (2 of them invited), ' +
				'update 1 (1 of them adopted).',
		});
	});
	it('Review Everything counts who would wait after the write, and names the day', () => {
		const one = another(1, none);
		const later = {
			...one,
			person: { ...one.person!, status: 'newHire' as const, employmentStartDate: '2026-12-01' },
		};
		expect(run([later], { mode: 'review' })).toMatchObject({
			...{ would: { create: 1 }, waiting: 1, nextDueAt: '2026-12-01T00:00:00.000Z' },
		});
	});
	it('names the plans that a limit held, and when something is due next', () => {
		const summary = run([...leavers(4), hire(8, '2026-12-05'), hire(9, '2026-12-01')]);
		expect(summary).toMatchObject({
			...{ people: 6, needDecision: 4, waiting: 2, nextDueAt: '2026-12-01T00:00:00.000Z' },
			plans: [expect.objectContaining({ code: 'limit.deprovisioning', actions: 4 })],
		});
		expect(summary.message).toBe(
			'6 people looked at, nothing was changed. ' +
				`${summary.plans[0]!.sentence} 4 people need your decision. 2 people wait for a day to come. ` +
				'Next due: 1 December 2026 at 00:00 UTC.',
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
				'As of 23 November 2026 at 12:00 UTC; nothing is written. 1 person looked at, nothing to change.',
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

describe('what a write came to', () => {
	const inStep = decideAll([another(1)]).decisions[0]!;
	/** The summary of a pass into which one person comes back from a write. */
	const after = (
		decision: Partial<Decision> | undefined,
		outcome: Partial<Outcome> | undefined,
	) => {
		const back = {
			...another(1),
			...(decision ? { decision: { ...inStep, ...decision } } : {}),
			...(outcome
				? {
						outcome: {
							...{ action: 'update', status: 'applied', attempts: [], warnings: [] },
							...outcome,
						} as Outcome,
					}
				: {}),
		};
		const totals = newTotals();
		addPass(totals, [back], { decisions: [inStep], plans: [] }, true);
		return summaryOf(totals);
	};
	const change = (attribute: string, from: string | null) => ({
		changes: [{ attribute, from, to: 'new', rule: 'always' as const, why: '' }],
	});

	it.each(['applied', 'adopted', 'partly'] as const)('%s: it is counted', (status) =>
		expect(after({ action: 'update' }, { status }).done).toEqual({ update: 1 }),
	);
	it('a decision without an outcome, or an outcome without its decision, is none', () => {
		expect(after({ action: 'update' }, undefined).done).toEqual({});
		expect(after(undefined, { status: 'applied' }).done).toEqual({});
		expect(after({ action: 'noAction' }, { status: 'applied' }).done).toEqual({});
	});
	it.each([
		['personal', 1],
		['work', 1],
		['none', 0],
		[undefined, 0],
	] as const)('an activation with an invite to %s: %s invited', (invitedTo, invited) =>
		expect(after({ action: 'activate' }, { invitedTo })).toMatchObject({
			done: { activate: 1 },
			invited,
		}),
	);
	it('only a first link is an adoption: not a new one, nor another field that was empty', () => {
		const adopted = (attribute: string, from: string | null) =>
			after({ action: 'update', ...change(attribute, from) }, { status: 'applied' }).adopted;
		expect(adopted('humaansId', null)).toBe(1);
		expect(adopted('humaansId', 'somebodyElse')).toBe(0);
		expect(adopted('jobTitle', null)).toBe(0);
		expect(adopted('jobTitle', 'Boss')).toBe(0);
	});
});

describe('what is left at the end of a run', () => {
	const inStep = decideAll([another(1)]).decisions[0]!;
	/** The summary of a pass over as many people as there are decisions. */
	const summaryFor = (...decisions: Array<Partial<Decision>>) => {
		const totals = newTotals();
		const subjects = decisions.map((_, index) => another(index));
		const pass = { decisions: decisions.map((one) => ({ ...inStep, ...one })), plans: [] };
		addPass(totals, subjects, pass, true);
		return summaryOf(totals);
	};
	const heldWrite = (blockedAction: Decision['blockedAction']): Partial<Decision> => ({
		...{ action: 'needsReview', code: 'mode.review', blockedAction },
	});

	it('Review Everything: each write has its word', () => {
		expect(summaryFor(...WRITE_ACTIONS.map(heldWrite)).message).toBe(
			'Review only, nothing changed. ' +
				'Would create 1, activate 1, update 1, reactivate 1, suspend 1, delete 1.',
		);
	});
	it('writes that were made have theirs', () => {
		const totals = newTotals();
		const actions = ['reactivate', 'deprovision', 'delete'] as const;
		const outcome = { action: '', status: 'applied', attempts: [], warnings: [] } as Outcome;
		const subjects = actions.map((action, index) =>
			another(index, { decision: { ...inStep, action }, outcome }),
		);
		addPass(totals, subjects, { decisions: actions.map(() => inStep), plans: [] }, true);
		expect(summaryOf(totals).message).toBe('Reactivated 1, suspended 1, deleted 1.');
	});
	it('each of them is a row, with what came of it, as the account is now', () => {
		const hire = another(1, { account: staged({ ...another(1).account!, state: 'STAGED' }) });
		const { written } = run(
			[hire, subject({ account: account({ attributes: [] }), match: foundBy('email') }), leaver(4)],
			{},
			(place) => (place === 0 ? { invitedTo: 'work' } : {}),
		);
		expect(written.map(({ Person, Action, Result }) => [Person, Action, Result])).toEqual([
			...[
				[written[0]!.Person, 'Activated, invited', expect.stringContaining('The invite was sent')],
			],
			...[['Ana Silva', 'Adopted', 'Done.']],
			...[[written[2]!.Person, 'Suspended', 'Done.']],
		]);
		expect(written[2]).toMatchObject({
			Why: expect.stringContaining('offboarded'),
			Account: expect.stringContaining('(suspended)'),
		});
		expect(Object.keys(written[0]!)).toEqual([
			...['Person', 'Action', 'Why', 'Changes', 'Result', 'Work Email', 'Account', 'Humaans ID'],
		]);
	});
	it('a write that failed is no row', () => {
		expect(run([leaver(1)], {}, () => failed as never).written).toEqual([]);
	});
	it('only what is at Needs Review is reviewed', () => {
		expect(summaryFor({}, {}).review).toEqual({});
		expect(summaryFor({}, { action: 'needsReview', code: 'match.missing' }).review).toEqual({
			'match.missing': 1,
		});
	});
	it('one of a kind and several of it are said as people say them', () => {
		const failed = { action: 'needsReview', code: 'write.failed' } as const;
		const open = { action: 'needsReview', code: 'match.missing' } as const;
		const waits = { action: 'waitUntilDue', code: 'activation.notYet' } as const;
		expect(summaryFor(failed, open, waits).message).toBe(
			'3 people looked at, nothing to change. 1 write failed. 1 person needs your decision. ' +
				'1 person waits for a day to come.',
		);
		expect(summaryFor(failed, failed, open, open, waits, waits).message).toBe(
			'6 people looked at, nothing to change. 2 writes failed. 2 people need your decision. ' +
				'2 people wait for a day to come.',
		);
	});
	it('a wait that Review Everything did not begin is a wait', () =>
		expect(summaryFor({ action: 'noAction', blockedAction: 'waitUntilDue' }).waiting).toBe(1));
	it('next due is the earliest of all, whoever comes first', () => {
		const due = (...days: string[]) =>
			summaryFor(...days.map((day) => ({ dueAt: `${day}T00:00:00.000Z` }))).nextDueAt;
		expect(due('2026-12-01', '2026-12-05')).toBe('2026-12-01T00:00:00.000Z');
		expect(due('2026-12-05', '2026-12-01', '2026-12-03')).toBe('2026-12-01T00:00:00.000Z');
	});
	it('a second item about somebody changes nothing: their write is still under way', () => {
		const one = leaver(1);
		const totals = newTotals();
		const result = decideAll([one, one]);
		addPass(totals, [one, one], result, true);
		expect(result.decisions.map(({ code }) => code)).toEqual(['leaver.offboarded', 'person.twice']);
		expect(isFinished(totals)).toBe(false);
		expect(totals.ends.get(one.personId!)!.code).toBe('leaver.offboarded');
	});
	it('passes are counted', () => {
		const totals = newTotals();
		for (const passes of [1, 2, 3]) {
			addPass(totals, [another(1)], decideAll([another(1)]), true);
			expect(totals.passes).toBe(passes);
		}
	});
});
