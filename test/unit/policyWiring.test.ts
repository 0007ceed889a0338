/** A step before the policy that is missing, or failed and let its items pass, is said once. */
import { MissingStep, requireSteps } from '../../nodes/core/policy/wiring';
import { WRITE_ACTIONS, type WriteActionId } from '../../nodes/core/actions';
import type { Subject } from '../../nodes/core/subject';
import { execute } from './policyContext';
import { another, leaver } from './policyWorld';

const steps = (subjects: Subject[], actionsAllowed: readonly WriteActionId[] = WRITE_ACTIONS) =>
	requireSteps(subjects, { actionsAllowed });
const without = (one: Subject, ...keys: Array<keyof Subject>): Subject =>
	Object.fromEntries(
		Object.entries(one).filter(([key]) => !keys.includes(key as keyof Subject)),
	) as Subject;
const unmatched = (index: number) => without(another(index), 'match', 'account');
const unmapped = (index: number) => without(another(index), 'desired');
const unreadable: Subject = { personId: 'x', problem: 'Broken.' };
const NO_MATCH = expect.objectContaining({
	name: 'MissingStep',
	message: 'No account was looked for, so nothing was decided.',
	todo: expect.stringContaining('JumpCloud User: Match missing?'),
});
const NO_DESIRED = expect.objectContaining({
	name: 'MissingStep',
	message: 'Nobody has been told what their account should hold, so nothing was decided.',
	todo: expect.stringContaining('Put Field Mapper before JumpCloud User: Match'),
});

describe('W3: nobody in the run has a match', () => {
	it('W3: the run fails and says so', () => {
		expect(() => steps([unmatched(1), unmatched(2)])).toThrow(NO_MATCH);
		expect(() => steps([unmatched(1), unreadable])).toThrow(NO_MATCH);
		expect(() => steps([unmatched(1)], [])).toThrow(NO_MATCH);
		expect(() => steps([without({ ...leaver(1), person: null }, 'match')])).toThrow(NO_MATCH);
	});
	it('W3: one who has is enough: the others are each for a person', () => {
		expect(() => steps([unmatched(1), another(2)])).not.toThrow();
		expect(() => steps([])).not.toThrow();
	});
	it('W3: who could not be read has passed no step and proves nothing', () => {
		expect(() => steps([unreadable])).not.toThrow();
		expect(() => steps([{ ...unmatched(1), problem: 'Broken.' }])).not.toThrow();
		expect(() => steps([without(unmatched(1), 'person')])).not.toThrow();
		expect(() => steps([unmatched(1), { ...another(2), problem: 'Broken.' }])).toThrow(NO_MATCH);
	});
});

describe('W3: nobody who works here has been through Field Mapper', () => {
	it('W3: the run fails and says so, where fields are written', () => {
		expect(() => steps([unmapped(1), unmapped(2)])).toThrow(NO_DESIRED);
		expect(() => steps([unmapped(1), unmapped(2)], ['create'])).toThrow(NO_DESIRED);
		expect(() => steps([unmapped(1), unmapped(2)], ['update'])).toThrow(NO_DESIRED);
		expect(() => steps([unmapped(1), leaver(2)])).toThrow(NO_DESIRED);
	});
	it('W3: not where none are written, nor for leavers, who need none', () => {
		const others = WRITE_ACTIONS.filter((action) => action !== 'create' && action !== 'update');
		expect(() => steps([unmapped(1)], others)).not.toThrow();
		expect(() => steps([without(leaver(1), 'desired')])).not.toThrow();
		expect(() => steps([without({ ...another(1), person: null }, 'desired')])).not.toThrow();
	});
	it('W3: one who has is enough', () =>
		expect(() => steps([unmapped(1), another(2)])).not.toThrow());
});

it('W3: the node fails with the sentence, and what to do is its description', async () => {
	const run = execute({ subjects: [unmatched(1), unmatched(2)] });
	await expect(run).rejects.toMatchObject({
		message: 'No account was looked for, so nothing was decided.',
		description: expect.stringContaining('Did the node before this one fail'),
	});
	expect(new MissingStep('a', 'b')).toBeInstanceOf(Error);
});
