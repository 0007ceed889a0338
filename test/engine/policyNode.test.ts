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
import {
	apply,
	loadTemplate,
	nodeOf,
	runTemplate,
	setParameters,
	type Template,
} from '../harness/engine';
import { caseOf, setClock, withSandbox } from '../harness/fixedClock';
import { rowsOf } from '../harness/outcomes';
import { decidedIn, decidedTo, offboardSome } from './decided';

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
it('has nine outputs by default, in the order of the actions; fewer or one more by its settings', () => {
	const labels = ACTIONS.map(({ label }) => label);
	expect(outputNames({})).toEqual(labels);
	const ofTemplate = (file: string) =>
		outputNames(nodeOf(loadTemplate(file), 'Decide').parameters as IDataObject);
	expect(ofTemplate('full-lifecycle')).toEqual(labels);
	expect(ofTemplate('deprovisioning')).toEqual([
		'Wait Until Due',
		'Suspend',
		'Delete',
		'Needs Review',
		'No Action',
	]);
	expect(ofTemplate('reconcile')).toEqual([...labels, 'Summary']);
	expect(outputNames({ options: { summaryItem: true } })).toEqual([...labels, 'Summary']);
	expect(
		outputNames({ options: { hideUnusedOutputs: true, actionsAllowed: ['create', 'update'] } }),
	).toEqual(['Create', 'Update', 'Needs Review', 'No Action']);
});

it('S15: with outputs hidden, everybody goes out once, at the output that is there', async () =>
	await withSandbox(async (sandbox) => {
		const template = reconcile({
			activationTrigger: 'never',
			options: { hideUnusedOutputs: true, actionsAllowed: ['create', 'reactivate'] },
		});
		template.connections.Decide = { main: [] };
		const run = await runTemplate(template, sandbox);
		const ids = ['create', 'waitUntilDue', 'reactivate', 'needsReview', 'noAction'];
		const outputs = ids.map((_, output) => run.subjects('Decide', output));
		outputs.forEach((subjects, output) => {
			const actions = new Set(subjects.map(({ decision }) => decision!.action));
			expect([...actions].filter((action) => action !== ids[output])).toEqual([]);
		});
		const people = outputs.flat().map(({ personId }) => personId);
		expect(outputs[0]!.length).toBeGreaterThan(20);
		expect(people).toHaveLength(run.items('Ask About Missing People').length);
		expect(new Set(people).size).toBe(people.length);
	}));

it('a leaver at an output that is connected to nothing is at Needs Review', async () =>
	await withSandbox(async (sandbox) => {
		const [leaver] = offboardSome(sandbox, 1);
		const template = reconcile();
		const place = ACTIONS.findIndex(({ id }) => id === 'deprovision');
		template.connections.Decide!.main![place] = [];
		const run = await runTemplate(template, sandbox);
		expect(run.error).toBeUndefined();
		expect(run.decisionsOf(leaver!)[0]).toMatchObject({
			...{ action: 'needsReview', code: 'output.notConnected', blockedAction: 'deprovision' },
		});
		expect(rowsOf(run, 'Needs Review').map(({ Why }) => Why)).toContainEqual(
			expect.stringContaining('the output Suspend is connected to nothing'),
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
			...{ done: { create: expect.any(Number), deprovision: 2 }, would: {}, plans: [] },
			nextDueAt: expect.stringMatching(/^2026-11-/),
		});
		expect(item!.json.message).toMatch(
			/^Created \d+, .*suspended 2\. .*Next due: \d+ November 2026 at /,
		);
		expect(run.run.data.resultData.runData.Decide!.at(-1)!.hints).toEqual([
			expect.objectContaining({
				message: expect.stringContaining(item!.json.message as string),
				type: 'info',
			}),
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
		const created = decidedTo(run, 'create');
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
	'(({ person }) => person.department)($json)',
	'$jmespath($json, "person.department")',
	'$json.desired.attributes.department',
	'$input.item.json.person.department',
])(
	'S7: scope by a field that was not read (%s): nobody is suspended for it',
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
			const unknown = decidedIn(run).filter(({ decision }) => decision.code === 'scope.unknown');
			expect(unknown.length).toBeGreaterThan(0);
			for (const { person, decision } of unknown) {
				expect(person!.department).toBeUndefined();
				expect(decision.reason).toMatch(
					/department was not read\.|does not name the field it looks at/,
				);
			}
			const left = decidedIn(run).filter(({ decision }) => decision.code === 'scope.left');
			for (const { person } of left) expect(person!.department).toBeDefined();
			expect(decidedIn(run).filter(({ decision }) => decision.code === 'inStep')).toEqual([]);
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
		const asOf = reconcile({ options: { evaluateAsOf: '2026-11-24T12:00:00' } });
		const run = await runTemplate(asOf, sandbox, { staticData });
		expect(run.decisionsOf(hire)[0]).toMatchObject({
			action: 'activate',
			code: 'activation.due',
			evaluatedAsOf: expect.stringMatching(/^2026-11-24T/),
		});
		expect(JSON.stringify(run.run.data.resultData)).toContain(
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
				code: 'leaver.sameHuman',
			});
			expect(run.decisionsOf(anew)[0]).toMatchObject({
				action: 'needsReview',
				code: 'create.emailTaken',
			});
			expect(sandbox.admin.account(accountId)).toMatchObject({ state: 'ACTIVATED' });
		}),
);

it('a held plan goes through once its id is typed into Approved Plan, and only it', async () =>
	await withSandbox(async (sandbox) => {
		const id = 'held plan';
		// Of two records of one human the account is not touched.
		const shared = caseOf(sandbox, 'contractor becomes employee: two people, one email').accountId;
		const people = offboardSome(sandbox, 8, shared);
		const held = await runTemplate(reconcile(), sandbox, { id });
		for (const person of people)
			expect(held.decisionsOf(person)[0]!.code).toBe('limit.deprovisioning');
		const { plan } = held.decisionsOf(people[0]!)[0]!;
		expect(plan).toMatch(/^[0-9a-f]{10}-[0-9a-z]{5}$/);
		expect(held.decisionsOf(people[0]!)[0]!.reason).toContain(
			`Plan ${plan} waits: approve it with the form`,
		);
		expect(
			held.run.data.resultData.runData
				.Decide!.flatMap((run) => run.hints ?? [])
				.some((hint) => hint.type === 'warning' && hint.message.includes(plan!)),
		).toBe(true);
		const suspended = () =>
			people.filter((person) => sandbox.admin.accountByHumaansId(person)!.state === 'SUSPENDED');
		expect(suspended()).toEqual([]);

		setClock('2026-11-23T13:00:00.000Z');
		const [late] = offboardSome(sandbox, 1, shared);
		const approved = (approvedPlan: string) => reconcile({ options: { approvedPlan } });
		const changed = await runTemplate(approved(plan!), sandbox, { id });
		expect(suspended()).toEqual([]);
		const next = changed.decisionsOf(late!)[0]!.plan!;
		expect(next).not.toBe(plan);

		setClock('2026-11-23T14:00:00.000Z');
		const run = await runTemplate(approved(next), sandbox, { id });
		expect(run.error).toBeUndefined();
		for (const person of [...people, late!])
			expect(sandbox.admin.accountByHumaansId(person)).toMatchObject({ state: 'SUSPENDED' });
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
		expect(run.error!.description).toBe('Choose one of: review, apply.');
		expect(sandbox.writes()).toEqual([]);
	}));

it("nothing is written into n8n's static data: n8n would write over what Humaans Trigger remembers there", async () =>
	await withSandbox(async (sandbox) => {
		const remembered = { 'node:When People Change': { memory: { ids: 'x' } } };
		const staticData = structuredClone(remembered);
		const run = await runTemplate(reconcile(), sandbox, { staticData });
		expect(decidedTo(run, 'deprovision').length).toBeGreaterThan(0);
		expect(JSON.parse(JSON.stringify(staticData))).toEqual(remembered);
	}));

it('S8: a setting that differs between people stops the run, before anything is decided', async () =>
	await withSandbox(async (sandbox) => {
		const pilot = "={{ $json.person?.department === 'Engineering' ? 'apply' : 'review' }}";
		const run = await runTemplate(reconcile({ mode: pilot }), sandbox);
		expect(run.error!.message).toBe('The setting Mode cannot be used, so nothing was decided.');
		expect(run.error!.description).toContain('gives different values for different people');
		const same = await runTemplate(
			reconcile({ mode: "={{ $json.personId ? 'apply' : 'apply' }}", deprovisionWhen: [] }),
			sandbox,
		);
		expect(same.error).toBeUndefined();
		expect(decidedTo(same, 'create').length).toBeGreaterThan(20);
	}));

it('S8: Evaluate As Of by $now is one moment for all', async () =>
	await withSandbox(async (sandbox) => {
		const evaluateAsOf = '={{ $now.plus({ days: 7 }) }}';
		const run = await runTemplate(reconcile({ options: { evaluateAsOf } }), sandbox);
		expect(run.error).toBeUndefined();
		expect(new Set(decidedIn(run).map(({ decision }) => decision.evaluatedAsOf)).size).toBe(1);
		expect(sandbox.writes()).toEqual([]);
	}));

it('W3: without Match the run fails with a sentence, and nobody is decided on', async () =>
	await withSandbox(async (sandbox) => {
		const template = reconcile();
		const [mapper, decide] = ['What JumpCloud Should Hold', 'Decide'];
		template.connections[mapper] = { main: [[{ node: decide, type: 'main', index: 0 }]] } as never;
		const run = await runTemplate(template, sandbox);
		expect(run.error!.message).toBe('No account was looked for, so nothing was decided.');
		expect(sandbox.writes()).toEqual([]);
	}));

it('on an error that lets the workflow go on, nobody goes on as if they were to be created', async () =>
	await withSandbox(async (sandbox) => {
		const template = reconcile({ options: { evaluateAsOf: 'soon' } });
		nodeOf(template, 'Decide').onError = 'continueRegularOutput';
		const run = await runTemplate(template, sandbox);
		expect(run.items('Apply the Decision')).toEqual([]);
		const rows = run.items('Needs Review').map(({ json }) => json.Why);
		expect(rows.length).toBeGreaterThan(100);
		expect(new Set(rows)).toEqual(
			new Set([
				'The setting Evaluate As Of cannot be used, so nothing was decided. Give a date and time, ' +
					'for example 2026-12-01T09:00:00.',
			]),
		);
		expect(sandbox.writes()).toEqual([]);
	}));
