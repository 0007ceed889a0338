/**
 * On the incoming subject, by the decision of the policy: what each operation of JumpCloud User
 * asks of JumpCloud, and what comes out.
 */
import type { Desired } from '../../nodes/core/subject';
import { ids } from '../harness/jumpCloudScenarios';
import { personIdOf } from '../harness/personIds';
import type { Sandbox } from '../sandbox';
import { out, decided, desired, jumpCloudUserNode } from './jumpCloudUserNode';

let sandbox: Sandbox;
const { asked, run, subject } = jumpCloudUserNode((begun) => (sandbox = begun));

describe('on the incoming subject', () => {
	it('create: one request, staged and linked', async () => {
		const [item] = out(
			await run({ operation: 'create' }, [subject('zoe', '', 'create', { desired })]),
		);
		const attributes = [
			{ name: 'humaansId', value: personIdOf('zoe') },
			{ name: 'humaansInvite', value: '0' },
		];
		expect(asked()).toEqual([
			[
				'POST /api/systemusers',
				{
					username: 'zoe',
					state: 'STAGED',
					suspended: false,
					email: 'zoe@acme.example',
					firstname: 'Zoe',
					department: 'Sales',
					attributes,
				},
			],
		]);
		expect(item).toMatchObject({
			personId: personIdOf('zoe'),
			desired,
			account: { state: 'STAGED', username: 'zoe' },
			outcome: { action: 'create', status: 'applied', attempts: [], warnings: [] },
		});
		expect(sandbox.outbox).toEqual([]);
	});

	it('create: an account that is there is adopted when that is chosen, and reported otherwise', async () => {
		const foreign = subject('foreign', '', 'create', {
			desired: { ...desired, attributes: { email: 'FOREIGN@acme.example', department: 'Sales' } },
		});
		const report = await run({ operation: 'create' }, [foreign]);
		expect(report.error).toMatchObject({
			message: `The JumpCloud account ${ids.foreign} has the same work email, so none was created.`,
		});
		const [item] = out(
			await run({ operation: 'create', options: { onConflict: 'adopt' } }, [foreign]),
		);
		expect(item).toMatchObject({
			outcome: { action: 'create', status: 'adopted' },
			account: {
				_id: ids.foreign,
				attributes: [expect.objectContaining({ name: 'humaansId', value: personIdOf('foreign') })],
			},
		});
		expect(sandbox.jumpCloud.accounts).toHaveLength(7);
	});

	it('S2: create: a colleague’s account is never adopted for a mistyped employee ID', async () => {
		const attributes = { email: 'new@acme.example', employeeIdentifier: 'E-foreign' };
		const mistyped = subject('new', '', 'create', { desired: { ...desired, attributes } });
		const [item] = out(
			await run({ operation: 'create', options: { onConflict: 'adopt' } }, [mistyped]),
		);
		const reason = 'The account foreign has the employee ID already, so it was left off.';
		expect(item).toMatchObject({
			account: { email: 'new@acme.example', employeeIdentifier: null },
			outcome: { status: 'partly', refused: [{ attribute: 'employeeIdentifier', reason }] },
		});
		expect(sandbox.admin.account(ids.foreign)).toMatchObject({
			email: 'foreign@acme.example',
			attributes: [],
		});
	});

	it('create: a protected account is never adopted', async () => {
		const foreign = subject('foreign', '', 'create', {
			desired: { ...desired, attributes: { email: 'foreign@acme.example' } },
		});
		const options = { onConflict: 'adopt', protectedAccounts: 'x, Foreign' };
		const finished = await run({ operation: 'create', options }, [foreign]);
		expect(finished.error!.message).toBe(
			`The JumpCloud account ${ids.foreign} has the same work email, so none was created.`,
		);
		expect(sandbox.admin.account(ids.foreign)).toMatchObject({
			email: 'foreign@acme.example',
			attributes: [],
		});
	});

	it('create: somebody else’s account is never adopted', async () => {
		const thief = subject('thief', '', 'create', {
			desired: { ...desired, attributes: { email: 'nora@acme.example' } },
		});
		expect(
			(await run({ operation: 'create', options: { onConflict: 'adopt' } }, [thief])).error!
				.message,
		).toContain('same work email');
		expect(sandbox.writes().map((entry) => entry.method)).toEqual(['POST']);
	});

	it('activate: read, activate with a mail, read', async () => {
		const invite = {
			recipients: [
				{ kind: 'personal', address: null },
				{ kind: 'work', address: 'staged@acme.example' },
			],
		};
		const [item] = out(
			await run({ operation: 'activate', sendTo: 'decision' }, [
				subject('staged', ids.staged, 'activate', { decision: decided('activate', { invite }) }),
			]),
		);
		expect(asked()).toEqual([
			[`GET /api/systemusers/${ids.staged}`],
			[`POST /api/systemusers/${ids.staged}/state/activate`, { email: 'staged@acme.example' }],
			[`GET /api/systemusers/${ids.staged}`],
		]);
		expect(item!.outcome).toEqual({
			action: 'activate',
			status: 'applied',
			invitedTo: 'work',
			attempts: [
				{ kind: 'personal', result: 'missing' },
				{ kind: 'work', result: 'sent' },
			],
			warnings: [],
		});
	});

	it.each([
		['none', false, []],
		['work', 'staged@acme.example', ['staged@acme.example']],
		['personalThenWork', 'staged@home.example', ['staged@home.example']],
	])('activate, invite to %s', async (sendTo, email, mails) => {
		out(await run({ operation: 'activate', sendTo }, [subject('staged', ids.staged, 'activate')]));
		expect(asked()[1]).toEqual([`POST /api/systemusers/${ids.staged}/state/activate`, { email }]);
		expect(sandbox.outbox.map((mail) => mail.to)).toEqual(mails);
	});

	it('activate: an active account is read and left alone', async () => {
		const [item] = out(
			await run({ operation: 'activate', sendTo: 'work' }, [subject('nora', ids.nora, 'activate')]),
		);
		expect(asked()).toEqual([[`GET /api/systemusers/${ids.nora}`]]);
		expect(item!.outcome).toMatchObject({ status: 'unchanged' });
	});

	it('update: what differs is sent; arrays come whole, right after they were read', async () => {
		const wanted: Desired = {
			...desired,
			attributes: { department: 'Finance', jobTitle: 'Engineer', 'phoneNumbers.work': '+44 1' },
		};
		out(
			await run({ operation: 'update' }, [
				subject('nora', ids.nora, 'update', { desired: wanted }),
			]),
		);
		expect(asked()).toEqual([
			[`GET /api/systemusers/${ids.nora}`],
			[
				`PUT /api/systemusers/${ids.nora}`,
				{
					department: 'Finance',
					phoneNumbers: [
						{ type: 'work_fax', number: '+1 9' },
						{ type: 'work', number: '+44 1' },
					],
				},
			],
		]);
	});

	it('update: only Only When Changed in Humaans needs a record', async () => {
		const attributes = { department: 'Finance' };
		const wanted: Desired = { ...desired, attributes, rules: { department: 'whenChanged' } };
		const item = subject('nora', ids.nora, 'update', { desired: wanted });
		out(await run({ operation: 'update' }, [item]));
		expect(asked()[1]).toEqual([
			`PUT /api/systemusers/${ids.nora}`,
			{
				attributes: [
					{ name: 'badge', value: 'B-7' },
					{ name: 'humaansId', value: personIdOf('nora') },
					{ name: 'humaansSync', value: expect.stringMatching(/^1 \S{11}$/) },
				],
			},
		]);
	});

	it('update: without arrays and without a new email one request is enough', async () => {
		const wanted: Desired = { ...desired, attributes: { department: 'Finance' } };
		const match = { by: 'link', certain: true, candidates: [] } as const;
		const item = subject('nora', ids.nora, 'update', {
			desired: wanted,
			match: { ...match, readAt: new Date().toISOString() },
		});
		out(await run({ operation: 'update' }, [item]));
		expect(asked()).toEqual([[`PUT /api/systemusers/${ids.nora}`, { department: 'Finance' }]]);
	});

	it('suspend: state and suspended together, stamped; reactivate takes both back', async () => {
		const [gone] = out(
			await run({ operation: 'suspend' }, [subject('nora', ids.nora, 'deprovision')]),
		);
		const attributes = [
			{ name: 'badge', value: 'B-7' },
			{ name: 'humaansId', value: personIdOf('nora') },
		];
		const stamped = [
			...attributes,
			{
				name: 'humaansDeprovisionedAt',
				value: expect.stringMatching(/^\d{4}-\d\d-\d\dT\S+Z leaving$/),
			},
		];
		expect(asked()).toEqual([
			[`GET /api/systemusers/${ids.nora}`],
			[
				`PUT /api/systemusers/${ids.nora}`,
				{ state: 'SUSPENDED', suspended: true, attributes: stamped },
			],
		]);
		expect(gone!.outcome).toMatchObject({ action: 'deprovision', status: 'applied' });
		sandbox.clearLog();
		out(await run({ operation: 'reactivate' }, [subject('nora', ids.nora, 'reactivate')]));
		expect(asked()).toEqual([
			[`GET /api/systemusers/${ids.nora}`],
			[`PUT /api/systemusers/${ids.nora}`, { state: 'ACTIVATED', suspended: false, attributes }],
		]);
	});

	it('delete: reports lose their manager', async () => {
		const [item] = out(
			await run({ operation: 'delete' }, [subject('chosen', ids.chosen, 'delete')]),
		);
		expect(asked()).toEqual([
			[`GET /api/systemusers/${ids.chosen}`],
			[`DELETE /api/systemusers/${ids.chosen} cascade_manager=null`],
		]);
		expect(item).toMatchObject({ account: null, outcome: { action: 'delete', status: 'applied' } });
		expect(sandbox.admin.account(ids.nora)!.manager).toBeNull();
	});

	it('S1: an account that changed since the decision goes on as it is, to be decided anew', async () => {
		const item = subject('nora', ids.nora, 'deprovision');
		sandbox.admin.setAccount(ids.nora, { email: 'nora.new@acme.example' });
		const [gone] = out(await run({ operation: 'suspend' }, [item]));
		expect(sandbox.writes()).toEqual([]);
		expect(gone).toMatchObject({
			personId: personIdOf('nora'),
			account: { email: 'nora.new@acme.example', state: 'ACTIVATED' },
			outcome: { action: 'deprovision', status: 'outdated' },
		});
		expect(gone).not.toHaveProperty('match');
	});

	it('S1: where the account is gone, nobody says that it is certain', async () => {
		const item = subject('nora', ids.nora, 'reactivate');
		sandbox.admin.removeAccount(ids.nora);
		const [gone] = out(await run({ operation: 'reactivate' }, [item]));
		expect(gone).toMatchObject({
			account: null,
			match: { by: null, certain: false },
			outcome: { status: 'outdated' },
		});
	});

	it('S1: a decision that does not say what it rests on is not acted on', async () => {
		const decision = decided('deprovision');
		const item = { ...subject('nora', ids.nora, 'deprovision'), decision };
		const finished = await run({ operation: 'suspend' }, [item]);
		expect(finished.error!.message).toBe('The decision does not say what it rests on.');
		expect(asked()).toEqual([]);
	});

	describe('apply', () => {
		it.each([
			['activate', 'staged', ids.staged, 'state/activate'],
			['deprovision', 'nora', ids.nora, 'PUT'],
			['reactivate', 'suspended', ids.suspended, 'PUT'],
			['delete', 'chosen', ids.chosen, 'DELETE'],
			['update', 'nora', ids.nora, 'PUT'],
			['create', 'zoe', '', 'POST'],
		])('does what the decision says: %s', async (action, name, id, request) => {
			const more = ['update', 'create'].includes(action) ? { desired } : {};
			const [item] = out(await run({ operation: 'apply' }, [subject(name, id, action, more)]));
			expect(item!.outcome).toMatchObject({ action, status: 'applied' });
			const [line] = sandbox.writes().map(({ method, path }) => `${method} ${path}`);
			expect(line).toContain(request);
		});
		it('each item by its own decision, in one run', async () => {
			const items = [
				subject('nora', ids.nora, 'deprovision'),
				subject('zoe', '', 'create', { desired }),
				subject('chosen', ids.chosen, 'delete'),
			];
			const done = out(await run({ operation: 'apply' }, items));
			expect(done.map(({ outcome }) => (outcome as { action: string }).action)).toEqual([
				...['deprovision', 'create', 'delete'],
			]);
		});
		it.each([
			['noAction', 'The decision is No Action, so there is nothing to write.'],
			['needsReview', 'The decision is Needs Review, so there is nothing to write.'],
			['waitUntilDue', 'The decision is Wait Until Due, so there is nothing to write.'],
		])('%s is nothing to write', async (action, message) => {
			const finished = await run({ operation: 'apply' }, [subject('nora', ids.nora, action)]);
			expect(finished.error!.message).toBe(message);
			expect(asked()).toEqual([]);
		});
		it('without a decision nothing is done', async () => {
			const item = subject('nora', ids.nora, 'x', { decision: undefined });
			const finished = await run({ operation: 'apply' }, [item]);
			expect(finished.error!.message).toBe('No policy decided about this person.');
		});
		it('S9: somebody who left the scope gets a stamp that says so', async () => {
			const item = subject('nora', ids.nora, 'deprovision');
			const decision = { ...item.decision, code: 'scope.left' };
			out(await run({ operation: 'apply' }, [{ ...item, decision }]));
			expect(sandbox.admin.account(ids.nora)!.attributes).toContainEqual({
				name: 'humaansDeprovisionedAt',
				value: expect.stringMatching(/^\S+Z scope$/),
			});
		});
	});

	it.each(['create', 'activate', 'update', 'suspend', 'reactivate', 'delete'])(
		'%s needs the decision of the policy for exactly that',
		async (operation) => {
			for (const decision of [
				undefined,
				decided('noAction'),
				decided(operation === 'update' ? 'create' : 'update', {
					decidedAt: '2020-01-01T00:00:00Z',
				}),
			]) {
				expect(
					(await run({ operation }, [subject('nora', ids.nora, 'x', { decision, desired })])).error!
						.message,
				).toMatch(
					/^No policy decided about this person\.$|^This person is at [A-Z][\w ]+, not at [A-Z]\w+\.$/,
				);
			}
			expect(asked()).toEqual([]);
		},
	);
});
