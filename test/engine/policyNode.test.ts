/**
 * Provisioning Policy on n8n's engine: its outputs, scope, Evaluate As Of, approval, explanation
 * and summary.
 */
import {
	NodeHelpers,
	Workflow,
	type IDataObject,
	type INode,
	type INodeType,
	type INodeTypes,
} from 'n8n-workflow';
import { ACTIONS } from '../../nodes/core/actions';
import type { Sandbox } from '../sandbox';
import { apply, loadTemplate, nodeOf, runTemplate, setParameters, type Template } from './engine';
import { caseOf, setClock, withSandbox } from './fixedClock';

const reconcile = (policy: IDataObject = {}): Template => apply(loadTemplate('reconcile'), policy);
const { ProvisioningPolicy } =
	require('../../dist/nodes/ProvisioningPolicy/ProvisioningPolicy.node.js') as {
		ProvisioningPolicy: new () => INodeType;
	};

/** The names of the outputs as the editor and the engine work them out. */
function outputNames(parameters: IDataObject): string[] {
	const type = new ProvisioningPolicy();
	const node = {
		id: '1',
		name: 'Decide',
		type: 'policy',
		typeVersion: 1,
		position: [0, 0],
		parameters,
	} as INode;
	const nodeTypes = {
		getByName: () => type,
		getByNameAndVersion: () => type,
		getKnownTypes: () => ({}),
	} as unknown as INodeTypes;
	const workflow = new Workflow({
		id: 'w',
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes,
	});
	return NodeHelpers.getNodeOutputs(workflow, workflow.getNode('Decide')!, type.description).map(
		(output) => (typeof output === 'string' ? output : output.displayName!),
	);
}

const filter = (leftValue: string, operator: IDataObject, rightValue: unknown): IDataObject => ({
	options: { caseSensitive: false, leftValue: '', typeValidation: 'loose', version: 2 },
	combinator: 'and',
	conditions: [{ id: '1', leftValue, rightValue, operator } as IDataObject],
});
const offboard = (sandbox: Sandbox, howMany: number): string[] => {
	const people = sandbox.admin
		.linked()
		.filter((account) => account.state === 'ACTIVATED' && !account.admin)
		.slice(0, howMany)
		.map((account) => account.attributes.find(({ name }) => name === 'humaansId')!.value);
	for (const id of people) sandbox.admin.offboard(id);
	return people;
};

it('has nine outputs by default, in the order of the actions; fewer or one more by its settings', () => {
	const labels = ACTIONS.map(({ label }) => label);
	expect(outputNames({})).toEqual(labels);
	for (const file of ['full-lifecycle', 'deprovisioning'])
		expect(outputNames(nodeOf(loadTemplate(file), 'Decide').parameters as IDataObject)).toEqual(
			labels,
		);
	expect(
		outputNames(nodeOf(loadTemplate('reconcile'), 'Decide').parameters as IDataObject),
	).toEqual([...labels, 'Summary']);
	expect(outputNames({ options: { summaryItem: true } })).toEqual([...labels, 'Summary']);
	expect(
		outputNames({
			activationTrigger: 'never',
			options: { hideUnusedOutputs: true, actionsAllowed: ['create', 'update'] },
		}),
	).toEqual(['Create', 'Update', 'Needs Review', 'No Action']);
});

it('with outputs hidden, items go to the outputs that are there', async () =>
	await withSandbox(async (sandbox) => {
		const template = reconcile({
			activationTrigger: 'never',
			options: { hideUnusedOutputs: true, actionsAllowed: ['create'] },
		});
		template.connections.Decide = { main: [] };
		const run = await runTemplate(template, sandbox);
		expect(new Set(run.subjects('Decide', 0).map((subject) => subject.decision!.action))).toEqual(
			new Set(['create']),
		);
		expect(new Set(run.subjects('Decide', 1).map((subject) => subject.decision!.action))).toEqual(
			new Set(['needsReview']),
		);
		expect(new Set(run.subjects('Decide', 2).map((subject) => subject.decision!.action))).toEqual(
			new Set(['noAction']),
		);
	}));

it('summary: one item a run, ready for a message; the same as a hint', async () =>
	await withSandbox(async (sandbox) => {
		const run = await runTemplate(apply(loadTemplate('reconcile')), sandbox);
		// Everybody who was written to was decided on again, and counted once.
		expect(run.run.data.resultData.runData.Decide!.length).toBeGreaterThan(2);
		const [item, ...more] = run.items('Summary of the Run');
		expect(more).toEqual([]);
		expect(item!.json).toMatchObject({
			counts: { create: expect.any(Number), deprovision: 2 },
			nextDueAt: null,
			plans: [],
		});
		expect(item!.json.message).toMatch(/^\d+ people: \d+ Create, .*\d+ No Action\.$/);
		expect(run.run.data.resultData.runData.Decide![0]!.hints).toEqual([
			expect.objectContaining({ message: item!.json.message, type: 'info' }),
		]);
	}));

it('scope by a date of the person: others are left alone', async () =>
	await withSandbox(async (sandbox) => {
		const run = await runTemplate(
			reconcile({
				limitScope: true,
				peopleInScope: filter(
					'={{ $json.person.employmentStartDate }}',
					{ type: 'dateTime', operation: 'after' },
					'2026-11-20',
				),
			}),
			sandbox,
		);
		expect(run.error).toBeUndefined();
		const created = run.subjects('Create Staged Account');
		expect(created.length).toBeGreaterThan(0);
		expect(created.every((subject) => subject.person!.employmentStartDate! > '2026-11-20')).toBe(
			true,
		);
		expect(run.decisionsOf(caseOf(sandbox, 'active, no account').personId)[0]).toMatchObject({
			action: 'noAction',
			code: 'scope.out',
		});
		expect(run.decisionsOf(caseOf(sandbox, 'offboarded, linked account').personId)[0]!.action).toBe(
			'deprovision',
		);
	}));

it.each([
	'$json.person.department',
	'$json["person"]["department"]',
	'(({ department }) => department)($json.person)',
])(
	'scope by a field that was not read (%s): nobody is suspended for it',
	async (expression) =>
		await withSandbox(async (sandbox) => {
			const template = reconcile({
				deprovisioningLimit: 1000,
				deprovisionWhen: [],
				limitScope: true,
				peopleInScope: filter(
					`={{ ${expression} }}`,
					{ type: 'string', operation: 'equals' },
					'Sales',
				),
				options: { outOfScope: 'suspend' },
			});
			setParameters(template, 'Read Everybody', { options: { include: [] } });
			const run = await runTemplate(template, sandbox);
			const unknown = run
				.subjects('Needs a Person')
				.filter((subject) => subject.decision!.code === 'scope.unknown');
			expect(unknown.length).toBeGreaterThan(0);
			for (const { person, decision } of unknown) {
				expect(person!.department).toBeUndefined();
				expect(decision!.reason).toMatch(
					/department was not read\.|does not name the field it looks at/,
				);
			}
			for (const { person } of run.subjects('Suspend Account'))
				expect(person!.department).toBeDefined();
		}),
);

it('a text where Only Some People is to be on or off takes nobody in: the run fails and says so', async () =>
	await withSandbox(async (sandbox) => {
		const run = await runTemplate(
			reconcile({
				limitScope: '={{ "true" }}' as never,
				peopleInScope: filter(
					'={{ $json.person.department }}',
					{ type: 'string', operation: 'equals' },
					'Nowhere',
				),
			}),
			sandbox,
		);
		expect(JSON.stringify(run.error?.message)).toContain('Only Some People');
		expect(sandbox.writes()).toEqual([]);
	}));

it('Evaluate As Of shows the day, marks every decision and writes nothing', async () =>
	await withSandbox(async (sandbox) => {
		const hire = caseOf(sandbox, 'starts tomorrow, Tokyo').personId;
		await runTemplate(reconcile(), sandbox);
		sandbox.clearLog();
		const staticData = {};
		const run = await runTemplate(
			apply(loadTemplate('full-lifecycle'), { options: { evaluateAsOf: '2026-11-24T12:00:00' } }),
			sandbox,
			{ staticData },
		);
		expect(run.error).toBeUndefined();
		expect(run.status).toBe('success');
		expect(run.decisionsOf(hire)[0]).toMatchObject({
			action: 'activate',
			code: 'activation.due',
			evaluatedAsOf: expect.stringMatching(/^2026-11-24T/),
		});
		expect(run.items('Failed Writes').map((item) => item.json.error)).toContain(
			'The decision was made for another time (Evaluate As Of), so nothing is written.',
		);
		expect(sandbox.writes()).toEqual([]);
		expect(staticData).toEqual({});
	}));

it(
	'a record deleted and made anew in Humaans: the account of somebody who works here is not ' +
		'disabled for the old one',
	async () =>
		await withSandbox(async (sandbox) => {
			const { personId, accountId } = caseOf(sandbox, 'department edited by hand in JumpCloud');
			const { email, firstName, lastName } = sandbox.humaans.people.find(
				({ id }) => id === personId,
			)!;
			sandbox.admin.remove(personId);
			const anew = sandbox.admin.hire({
				email,
				firstName,
				lastName,
				status: 'active',
				employmentStartDate: '2024-01-15',
			}).id;
			const run = await runTemplate(reconcile(), sandbox);
			expect(run.error).toBeUndefined();
			expect(run.decisionsOf(personId)[0]).toMatchObject({
				action: 'needsReview',
				code: 'match.twoClaimants',
			});
			expect(run.decisionsOf(anew)[0]).toMatchObject({
				action: 'needsReview',
				code: 'match.linkedToAnother',
			});
			expect(sandbox.admin.account(accountId)).toMatchObject({ state: 'ACTIVATED' });
		}),
);

it('a held plan goes through once its id is typed into Approved Plan, and only it', async () =>
	await withSandbox(async (sandbox) => {
		const id = 'held plan';
		const offboarded = offboard(sandbox, 8);
		const held = await runTemplate(reconcile(), sandbox, { id });
		// One of them shares an account with another record, which is held for that.
		const people = offboarded.filter(
			(id) => held.decisionsOf(id)[0]!.code === 'limit.deprovisioning',
		);
		expect(people.length).toBeGreaterThan(5);
		const { plan } = held.decisionsOf(people[0]!)[0]!;
		expect(plan).toMatch(/^[0-9a-f]{10}-[0-9a-z]{5}$/);
		expect(held.decisionsOf(people[0]!)[0]!.reason).toContain(`type ${plan} into Approved Plan`);
		expect(
			held.run.data.resultData.runData
				.Decide!.flatMap((run) => run.hints ?? [])
				.some((hint) => hint.type === 'warning' && hint.message.includes(plan!)),
		).toBe(true);
		expect(held.items('Suspend Account')).toEqual([]);

		setClock('2026-11-23T13:00:00.000Z');
		const [late] = offboard(sandbox, 1);
		const changed = await runTemplate(reconcile({ options: { approvedPlan: plan } }), sandbox, {
			id,
		});
		expect(changed.items('Suspend Account')).toEqual([]);
		const next = changed.decisionsOf(late!)[0]!.plan!;
		expect(next).not.toBe(plan);

		setClock('2026-11-23T14:00:00.000Z');
		const run = await runTemplate(reconcile({ options: { approvedPlan: next } }), sandbox, { id });
		expect(run.error).toBeUndefined();
		for (const id of [...people, late!])
			expect(sandbox.admin.accountByHumaansId(id)).toMatchObject({ state: 'SUSPENDED' });
	}));

it('Explain names the rules that were tried', async () =>
	await withSandbox(async (sandbox) => {
		const run = await runTemplate(reconcile({ options: { explain: true } }), sandbox);
		expect(
			run.decisionsOf(caseOf(sandbox, 'offboarded, linked account').personId)[0]!.trace,
		).toContainEqual({ rule: 'leavers', code: 'leaver.offboarded' });
	}));

it('a setting that is none of the choices stops the run before anything is decided', async () =>
	await withSandbox(async (sandbox) => {
		const run = await runTemplate(reconcile({ mode: '={{ "aply" }}' }), sandbox);
		expect(run.error!.message).toBe('The setting Mode cannot be used, so nothing was decided.');
		expect(run.error!.description).toBe('Choose one of: apply, review.');
		expect(sandbox.writes()).toEqual([]);
	}));

it("nothing is written into n8n's static data: n8n would write over what Humaans Trigger remembers there", async () =>
	await withSandbox(async (sandbox) => {
		const remembered = { 'node:When People Change': { memory: { ids: 'x' } } };
		const staticData = structuredClone(remembered);
		const run = await runTemplate(reconcile(), sandbox, { staticData });
		expect(run.items('Suspend Account').length).toBeGreaterThan(0);
		expect(JSON.parse(JSON.stringify(staticData))).toEqual(remembered);
	}));
