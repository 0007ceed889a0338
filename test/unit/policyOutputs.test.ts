/** Which outputs follow from the settings. */
import { ProvisioningPolicy } from '../../nodes/ProvisioningPolicy/ProvisioningPolicy.node';
import {
	OUTPUTS,
	placeOf,
	shownOutputs,
	type Output,
	type OutputParameters,
} from '../../nodes/ProvisioningPolicy/outputs';
import { ACTIONS, WRITE_ACTIONS, type WriteActionId } from '../../nodes/core/actions';
import { execute } from './policyContext';
import { person, stamped, subject, suspended } from './policyWorld';

describe('outputs', () => {
	const ids = (options: OutputParameters['options'] = {}) =>
		shownOutputs({ options }, OUTPUTS).map(({ id }) => id);
	const nine = ACTIONS.map(({ id }) => id);

	it('are nine by default, whatever is allowed, and a tenth for the summary', () => {
		expect(shownOutputs({}, OUTPUTS).map(({ id }) => id)).toEqual(nine);
		expect(ids()).toEqual(nine);
		expect(ids({ actionsAllowed: [] })).toEqual(nine);
		expect(ids({ hideUnusedOutputs: false, actionsAllowed: ['update'] })).toEqual(nine);
		expect(ids({ summaryItem: true })).toEqual([...nine, 'summary']);
		expect(OUTPUTS.map(({ label }) => label)).toEqual([
			...ACTIONS.map(({ label }) => label),
			'Summary',
		]);
	});
	it('hidden, with every action allowed, are still nine', () => {
		expect(ids({ hideUnusedOutputs: true })).toEqual(nine);
		expect(ids({ hideUnusedOutputs: true, actionsAllowed: null })).toEqual(nine);
		expect(ids({ hideUnusedOutputs: true, actionsAllowed: [...WRITE_ACTIONS] })).toEqual(nine);
		expect(ids({ hideUnusedOutputs: true, summaryItem: true })).toEqual([...nine, 'summary']);
	});
	it.each<[readonly WriteActionId[], string[]]>([
		[[], []],
		[['update'], ['update']],
		[
			['create', 'update'],
			['create', 'update'],
		],
		[
			['create', 'deprovision'],
			['create', 'waitUntilDue', 'deprovision'],
		],
		[['activate'], ['activate', 'waitUntilDue']],
		[['reactivate'], ['waitUntilDue', 'reactivate']],
		[['delete'], ['waitUntilDue', 'delete']],
	])(
		'hidden, with only %j allowed: %j, beside those for people and for nothing',
		(allowed, shown) =>
			expect(ids({ hideUnusedOutputs: true, actionsAllowed: allowed })).toEqual([
				...shown,
				'needsReview',
				'noAction',
			]),
	);
	it('the expression stands by itself', () => {
		const { outputs } = new ProvisioningPolicy().description;
		const source = String(outputs).replace(/^=\{\{|\}\}$/g, '');
		expect(source).not.toContain('}}');
	});
});

describe('S15: nobody falls off because an output is hidden', () => {
	const shown = (...ids: Array<Output['id']>) => OUTPUTS.filter(({ id }) => ids.includes(id));
	it('S15: an item leaves at its output', () => {
		OUTPUTS.forEach(({ id }, place) => expect(placeOf(id, OUTPUTS)).toBe(place));
		expect(placeOf('noAction', shown('needsReview', 'noAction'))).toBe(1);
	});
	it('S15: who would wait is told at No Action, a write goes to a person', () => {
		const few = shown('create', 'needsReview', 'noAction');
		expect(placeOf('waitUntilDue', few)).toBe(2);
		for (const id of ['activate', 'update', 'reactivate', 'deprovision', 'delete'] as const)
			expect(placeOf(id, few)).toBe(1);
	});
	it('S15: a summary that is not asked for is nowhere', () =>
		expect(placeOf('summary', shown('needsReview', 'noAction'))).toBe(-1));
	it('S15: Never, comes back later, was suspended by this package: there is an output for the wait', async () => {
		const back = subject({
			person: person({ status: 'newHire', employmentStartDate: '2099-12-01' }),
			account: suspended({ attributes: stamped('2026-11-01T09:00:00.000Z returned') }),
			readAt: undefined,
		});
		const parameters = {
			...{ mode: 'apply', activationTrigger: 'never' },
			'options.hideUnusedOutputs': true,
		};
		const outputs = await execute({ subjects: [back], parameters });
		const ids = shownOutputs({ options: { hideUnusedOutputs: true } }, OUTPUTS).map(({ id }) => id);
		expect(outputs.map((items) => items.length)).toEqual(
			ids.map((id) => (id === 'waitUntilDue' ? 1 : 0)),
		);
	});
	it('without items every output is empty', async () => {
		expect(await execute({ subjects: [] })).toEqual(Array(9).fill([]));
		const parameters = { 'options.summaryItem': true };
		expect(await execute({ subjects: [], parameters })).toEqual(Array(10).fill([]));
	});
});
