/** A step before the policy that is missing, or failed and let its items pass, is said once. */
import { MissingStep, requireSteps } from '../../nodes/core/policy/wiring';
import { ACTIONS, WRITE_ACTIONS, type WriteActionId } from '../../nodes/core/actions';
import type { Decision, Subject } from '../../nodes/core/subject';
import { execute, type PolicyContext } from './policyContext';
import { another, decideAll, leaver } from './policyWorld';

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

describe('a write at an output that is connected to nothing', () => {
	const ALL = ACTIONS.map((_, place) => place);
	const PLACE = Object.fromEntries(ACTIONS.map(({ id }, place) => [id, place]));
	const placesOf = async (context: Partial<PolicyContext>) => {
		const parameters = { mode: 'apply', ...context.parameters };
		const subjects = [{ ...leaver(1), readAt: undefined }];
		const outputs = await execute({ subjects, ...context, parameters });
		return outputs.flatMap((items, place) =>
			items.map(({ json }) => [place, (json.decision as unknown as Decision).code]),
		);
	};
	const asDecided = [[PLACE.deprovision, 'leaver.offboarded']];
	const without = (...places: Array<number | undefined>) =>
		ALL.filter((place) => !places.includes(place));

	it('goes to Needs Review, and says what would be done and what to connect', () => {
		const { decisions, memory } = decideAll(
			[leaver(1)],
			{ explain: true },
			{ deadEnds: new Set(['deprovision']) },
		);
		expect(decisions[0]).toMatchObject({
			...{ action: 'needsReview', code: 'output.notConnected', blockedAction: 'deprovision' },
			reason: expect.stringContaining(
				'Nothing was done, because the output Suspend is connected to nothing. Connect the ' +
					'output Suspend of Provisioning Policy to JumpCloud User: Apply Decision, or take ' +
					'Suspend out of the Actions Allowed. It would suspend the account: ',
			),
			rows: [{ Action: 'You decide (Suspend)' }],
			trace: expect.arrayContaining([{ rule: 'outputs', code: 'output.notConnected' }]),
		});
		expect(decisions[0]).not.toHaveProperty('basis');
		// It was not let through, so it uses up no limit.
		expect(memory.letThrough['limit.deprovisioning']).toEqual({});
	});
	it('whoever is at another output, or waits, is not touched', () => {
		const { decisions } = decideAll([leaver(1)], {}, { deadEnds: new Set(['create', 'delete']) });
		expect(decisions[0]!.action).toBe('deprovision');
	});
	it('the run fails where Needs Review is connected to nothing either', async () => {
		const connected = without(PLACE.deprovision, PLACE.needsReview);
		await expect(placesOf({ connected })).rejects.toMatchObject({
			message:
				'The output Suspend is connected to nothing, and somebody is at it, so nothing was done.',
			description: expect.stringContaining('Connect Needs Review too'),
		});
		expect(await placesOf({ connected: without(PLACE.needsReview) })).toEqual(asDecided);
	});
	it('the node sees what is connected, by the outputs it shows', async () => {
		expect(await placesOf({ connected: ALL })).toEqual(asDecided);
		expect(await placesOf({ connected: without(PLACE.deprovision) })).toEqual([
			[PLACE.needsReview, 'output.notConnected'],
		]);
		const parameters = {
			...{ 'options.hideUnusedOutputs': true, 'options.actionsAllowed': ['deprovision'] },
		};
		// Wait Until Due, Deprovision, Needs Review, No Action
		const hidden = async (...connected: number[]) => await placesOf({ parameters, connected });
		expect(await hidden(0, 1, 2, 3)).toEqual([[1, 'leaver.offboarded']]);
		expect(await hidden(0, 2, 3)).toEqual([[2, 'output.notConnected']]);
	});
	it('alone, or in a run that somebody ends at a step, everything is as decided', async () => {
		expect(await placesOf({ connected: [] })).toEqual(asDecided);
		for (const endsAt of ['Decide', 'Message Text', { nodeName: 'Decide' }])
			expect(await placesOf({ connected: [PLACE.needsReview!], endsAt })).toEqual(asDecided);
	});
});
