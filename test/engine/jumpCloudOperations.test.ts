/**
 * Each operation of JumpCloud User on n8n's engine: exactly what it asks of JumpCloud, and what
 * comes out.
 */
import type { IDataObject, INode } from 'n8n-workflow';
import type { LoggedRequest, Sandbox } from '../sandbox';
import { ids, smallSandbox } from '../unit/jumpCloudScenarios';
import { runTemplate, type Finished, type Template } from './engine';

let sandbox: Sandbox;
let state: ReturnType<Sandbox['snapshot']>;
beforeAll(async () => {
	sandbox = await smallSandbox();
	state = sandbox.snapshot();
});
beforeEach(() => {
	sandbox.restore(state);
	sandbox.clearLog();
	sandbox.faults.clear();
});
afterEach(() => expect(sandbox.violations).toEqual([]));
afterAll(async () => await sandbox.stop());

const TYPE = 'n8n-nodes-humaans-jumpcloud.jumpCloudUser';
async function run(
	parameters: IDataObject,
	items: object[] = [{}],
	settings: Partial<INode> = {},
): Promise<Finished> {
	const node: INode = {
		id: '2',
		name: 'Users',
		type: TYPE,
		typeVersion: 1,
		position: [0, 0],
		parameters: { resource: 'user', ...parameters },
		credentials: { jumpCloudApi: { id: '2', name: 'JumpCloud' } },
		...settings,
	};
	const start: INode = {
		id: '1',
		name: 'Run Now',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const template: Template = {
		name: 'one',
		nodes: [start, node],
		connections: { 'Run Now': { main: [[{ node: 'Users', type: 'main', index: 0 }]] } },
	};
	return await runTemplate(template, sandbox, { items });
}
const out = (finished: Finished, output = 0): IDataObject[] => {
	if (finished.error) throw finished.error;
	return finished.items('Users', output).map((item) => item.json);
};
const asked = () =>
	sandbox.log.map(({ method, path, query, body }: LoggedRequest) => [
		`${method} ${path}${Object.entries(query)
			.map(([key, value]) => ` ${key}=${String(value)}`)
			.join('')}`,
		...(body === undefined ? [] : [body]),
	]);

const user = (value: string, mode = 'id') => ({ __rl: true, mode, value });
const group = (value: string, mode = 'id') => ({ __rl: true, mode, value });
const chosen = (operation: string, id: string, more: IDataObject = {}): IDataObject => ({
	operation,
	userFrom: 'values',
	user: user(id),
	...more,
});
const decided = (action: string, more: object = {}) => ({
	action,
	code: 'x',
	reason: 'x',
	changes: [],
	warnings: [],
	step: 1,
	decidedAt: new Date().toISOString(),
	...more,
});
const subject = (name: string, id: string, action: string, more: object = {}) => ({
	personId: `person-${name}`,
	person: {
		id: `person-${name}`,
		status: 'active',
		email: `${name}@acme.example`,
		personalEmail: `${name}@home.example`,
		employeeId: `E-${name}`,
	},
	account: { _id: id },
	decision: decided(action),
	...more,
});
const desired = {
	attributes: { email: 'zoe@acme.example', firstname: 'Zoe', department: 'Sales' },
	rules: {},
	usernames: ['zoe', 'zoe2'],
	clearEmpty: true,
	problems: [],
};
const byId = (id: string, name: string) => ({
	filter: { or: [{ employeeIdentifier: id }, { email: { $regex: name } }] },
	limit: 100,
	skip: 0,
	sort: '_id',
});

describe('on the incoming subject', () => {
	it('create: one request, staged and linked', async () => {
		const [item] = out(
			await run({ operation: 'create' }, [subject('zoe', '', 'create', { desired })]),
		);
		const attributes = [
			{ name: 'humaansId', value: 'person-zoe' },
			{ name: 'humaansSync', value: expect.any(String) },
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
			personId: 'person-zoe',
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
			message: 'Another JumpCloud account has the same work e-mail, so none was created.',
		});
		const [item] = out(
			await run({ operation: 'create', options: { onConflict: 'adopt' } }, [foreign]),
		);
		expect(item).toMatchObject({
			outcome: { action: 'create', status: 'adopted' },
			account: {
				_id: ids.foreign,
				attributes: expect.arrayContaining([{ name: 'humaansId', value: 'person-foreign' }]),
			},
		});
		expect(sandbox.jumpCloud.accounts).toHaveLength(7);
	});

	it('create: a colleague’s account is never adopted for a mistyped employee ID, nor a protected one', async () => {
		const adopting = async (who: object, options: IDataObject = {}) =>
			(await run({ operation: 'create', options: { onConflict: 'adopt', ...options } }, [who]))
				.error!.message;
		const mistyped = subject('new', '', 'create', {
			desired: {
				...desired,
				attributes: { email: 'new@acme.example', employeeIdentifier: 'E-foreign' },
			},
		});
		expect(await adopting(mistyped)).toBe(
			'Another JumpCloud account has the same employee ID, so none was created.',
		);
		const foreign = subject('foreign', '', 'create', {
			desired: { ...desired, attributes: { email: 'foreign@acme.example' } },
		});
		expect(await adopting(foreign, { protectedAccounts: 'x, Foreign' })).toBe(
			'Another JumpCloud account has the same work e-mail, so none was created.',
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
		).toContain('same work e-mail');
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

	it('update: read, and only what differs is sent, arrays whole', async () => {
		const wanted = {
			...desired,
			attributes: { department: 'Finance', jobTitle: 'Engineer', 'phoneNumbers.work': '+44 1' },
		};
		out(
			await run({ operation: 'update' }, [
				subject('nora', ids.nora, 'update', { desired: wanted }),
			]),
		);
		const attributes = [
			{ name: 'badge', value: 'B-7' },
			{ name: 'humaansId', value: 'person-nora' },
			{ name: 'humaansSync', value: expect.any(String) },
		];
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
					attributes,
				},
			],
		]);
	});

	it('suspend: state and suspended together, stamped; reactivate takes both back', async () => {
		const [gone] = out(
			await run({ operation: 'suspend' }, [subject('nora', ids.nora, 'deprovision')]),
		);
		const attributes = [
			{ name: 'badge', value: 'B-7' },
			{ name: 'humaansId', value: 'person-nora' },
		];
		const stamped = [
			...attributes,
			{ name: 'humaansDeprovisionedAt', value: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) },
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
				).toMatch(/policy/);
			}
			expect(asked()).toEqual([]);
		},
	);
});

describe('on a user chosen in the node', () => {
	it('get by ID, by e-mail in any case, simplified or raw', async () => {
		const [simple] = out(await run(chosen('get', ids.nora)));
		expect(simple).toEqual({
			_id: ids.nora,
			username: 'nora',
			email: 'nora@acme.example',
			firstname: 'nora',
			lastname: 'Test',
			state: 'ACTIVATED',
			activated: true,
			jobTitle: 'Engineer',
			department: 'Sales',
			employeeIdentifier: 'E-nora',
		});
		const [raw] = out(
			await run({
				...chosen('get', ids.nora),
				user: user('NORA@acme.example', 'email'),
				simplify: false,
			}),
		);
		expect(raw).toMatchObject({
			_id: ids.nora,
			attributes: expect.any(Array),
			manager: ids.chosen,
		});
		expect(asked()).toEqual([
			[`GET /api/systemusers/${ids.nora}`],
			[
				'POST /api/search/systemusers',
				{
					filter: { or: [{ email: { $regex: '(?i)(^nora@acme\\.example$)' } }] },
					limit: 100,
					skip: 0,
					sort: '_id',
				},
			],
			[`GET /api/systemusers/${ids.nora}`],
		]);
	});

	it('create: looked up, then staged, without a link', async () => {
		const additionalFields = {
			department: 'Sales',
			jobTitle: '',
			phoneNumbers: { entry: [{ type: 'mobile', number: '+44 7' }] },
			attributes: { entry: [{ name: 'badge', value: 'B1' }] },
			addresses: { entry: [{ type: 'work', locality: 'Berlin', country: '' }] },
		};
		const [item] = out(
			await run({
				operation: 'create',
				userFrom: 'values',
				email: 'zoe@acme.example',
				username: 'zoe',
				additionalFields,
			}),
		);
		expect(asked()).toEqual([
			[
				'POST /api/search/systemusers',
				{
					filter: {
						or: [
							{ email: { $regex: '(?i)(^zoe@acme\\.example$)' } },
							{ username: { $regex: '(?i)(^zoe$)' } },
						],
					},
					limit: 100,
					skip: 0,
					sort: '_id',
				},
			],
			[
				'POST /api/systemusers',
				{
					username: 'zoe',
					email: 'zoe@acme.example',
					state: 'STAGED',
					suspended: false,
					department: 'Sales',
					phoneNumbers: [{ type: 'mobile', number: '+44 7' }],
					addresses: [{ type: 'work', locality: 'Berlin' }],
					attributes: [{ name: 'badge', value: 'B1' }],
				},
			],
		]);
		expect(item).toMatchObject({
			account: { state: 'STAGED' },
			outcome: { action: 'create', status: 'applied' },
		});
		expect(sandbox.outbox).toEqual([]);
	});

	it.each([
		[{ email: 'zoe', username: 'zoe' }, 'The e-mail is not an e-mail address.'],
		[{ email: 'zoe@acme.example', username: '1 zoe' }, 'JumpCloud does not take that username.'],
		[
			{ email: 'nora@ACME.example', username: 'zoe' },
			'Another JumpCloud account has the same work e-mail, so none was created.',
		],
		[
			{ email: 'zoe@acme.example', username: 'Nora' },
			'Another JumpCloud account has the same username, so none was created.',
		],
		[
			{
				email: 'zoe@acme.example',
				username: 'zoe',
				additionalFields: { alternateEmail: 'nora@home.example' },
			},
			'Another JumpCloud account has the same personal e-mail, so none was created.',
		],
		[
			{
				email: 'zoe@acme.example',
				username: 'zoe',
				additionalFields: { attributes: { entry: [{ name: 'humaansId', value: 'x' }] } },
			},
			'The custom attribute humaansId is kept by this package and cannot be typed in.',
		],
		[
			{
				email: 'zoe@acme.example',
				username: 'zoe',
				additionalFields: { attributes: { entry: [{ name: 'my badge', value: 'x' }] } },
			},
			'The name of a custom attribute may hold letters and digits only, at most 31.',
		],
	])('create declines %j', async (parameters, message) => {
		expect(
			(await run({ operation: 'create', userFrom: 'values', ...parameters } as IDataObject)).error!
				.message,
		).toBe(message);
		expect(sandbox.writes()).toEqual([]);
	});

	it('update: typed fields over what is there; nothing when nothing differs', async () => {
		const updateFields = {
			department: '',
			jobTitle: 'Chief',
			phoneNumbers: { entry: [{ type: 'home', number: '+44 3' }] },
		};
		out(await run(chosen('update', ids.foreign, { updateFields })));
		expect(asked()).toEqual([
			[`GET /api/systemusers/${ids.foreign}`],
			[
				`PUT /api/systemusers/${ids.foreign}`,
				{
					department: '',
					jobTitle: 'Chief',
					phoneNumbers: [
						{ type: 'work_fax', number: '+1 9' },
						{ type: 'home', number: '+44 3' },
					],
				},
			],
		]);
		sandbox.clearLog();
		const [again] = out(await run(chosen('update', ids.foreign, { updateFields })));
		expect(asked()).toEqual([[`GET /api/systemusers/${ids.foreign}`]]);
		expect(again).toMatchObject({
			account: { jobTitle: 'Chief' },
			outcome: { action: 'update', status: 'unchanged' },
		});
	});

	it.each(['humaansId', 'humaansSync', 'humaansDeprovisionedAt', 'humaansInvite'])(
		'update never takes %s',
		async (name) => {
			expect(
				(
					await run(
						chosen('update', ids.foreign, {
							updateFields: { attributes: { entry: [{ name, value: 'x' }] } },
						}),
					)
				).error!.message,
			).toContain('cannot be typed in');
			expect(asked()).toEqual([]);
		},
	);

	it('update never empties the work e-mail', async () => {
		expect(
			(await run(chosen('update', ids.foreign, { updateFields: { email: '' } }))).error!.message,
		).toBe('Names and the work e-mail cannot be emptied.');
	});

	it.each([
		['none', {}, false],
		['work', {}, 'staged@acme.example'],
		['personalThenWork', {}, 'staged@home.example'],
		['other', { inviteEmail: 'elsewhere@home.example' }, 'elsewhere@home.example'],
	])('activate, invite to %s', async (sendTo, more, email) => {
		out(await run(chosen('activate', ids.staged, { sendTo, ...more })));
		expect(asked()[1]).toEqual([`POST /api/systemusers/${ids.staged}/state/activate`, { email }]);
	});

	it('resend invite', async () => {
		const [item] = out(await run(chosen('resendInvite', ids.chosen)));
		expect(asked()).toEqual([
			[`GET /api/systemusers/${ids.chosen}`],
			['POST /api/systemusers/reactivate', { isSelectAll: false, models: [{ _id: ids.chosen }] }],
		]);
		expect(item).toMatchObject({ outcome: { action: 'resendInvite', status: 'applied' } });
		expect((await run(chosen('resendInvite', ids.staged))).error!.message).toBe(
			'The account is not active, so there is no invite to send again.',
		);
	});

	it('suspend and delete: a linked account', async () => {
		expect(out(await run(chosen('suspend', ids.nora)))[0]).toMatchObject({
			account: { state: 'SUSPENDED', suspended: true },
			outcome: { status: 'applied' },
		});
		expect(out(await run(chosen('suspend', ids.nora)))[0]).toMatchObject({
			outcome: { status: 'unchanged' },
		});
		expect(out(await run(chosen('delete', ids.chosen)))[0]).toEqual({
			account: null,
			deleted: true,
			outcome: { action: 'delete', status: 'applied', attempts: [], warnings: [] },
		});
		expect(out(await run(chosen('delete', ids.chosen)))[0]).toMatchObject({
			outcome: { status: 'unchanged' },
		});
	});

	it.each([
		[
			'suspend',
			ids.foreign,
			{},
			'The account does not carry the link of this package, so it is not disabled.',
		],
		[
			'delete',
			ids.foreign,
			{},
			'The account does not carry the link of this package, so it is not deleted.',
		],
		[
			'suspend',
			ids.admin,
			{},
			'The account belongs to a JumpCloud administrator, so it is not disabled.',
		],
		[
			'delete',
			ids.admin,
			{},
			'The account belongs to a JumpCloud administrator, so it is not deleted.',
		],
		[
			'suspend',
			ids.nora,
			{ options: { protectedAccounts: 'x, NORA@acme.example' } },
			'The account is on the list of protected accounts, so it is not disabled.',
		],
		[
			'delete',
			ids.nora,
			{ options: { protectedAccounts: 'nora' } },
			'The account is on the list of protected accounts, so it is not deleted.',
		],
		[
			'update',
			'000000000000000000000000',
			{ updateFields: { department: 'x' } },
			'There is no JumpCloud account with that ID.',
		],
		['get', '000000000000000000000000', {}, 'There is no JumpCloud account with that ID.'],
	])('%s of %s is declined', async (operation, id, more, message) => {
		const finished = await run(chosen(operation, id, more));
		expect(finished.error).toMatchObject({ message, description: expect.stringMatching(/\w/) });
		expect(sandbox.writes()).toEqual([]);
	});

	it('reactivate: somebody’s own decision, whoever suspended it', async () => {
		sandbox.admin.setAccount(ids.foreign, { state: 'SUSPENDED', suspended: true } as never);
		sandbox.clearLog();
		out(await run(chosen('reactivate', ids.foreign)));
		expect(asked()).toEqual([
			[`GET /api/systemusers/${ids.foreign}`],
			[`PUT /api/systemusers/${ids.foreign}`, { state: 'ACTIVATED', suspended: false }],
		]);
	});

	it('nobody chosen by an expression', async () =>
		expect(
			(await run({ operation: 'get', userFrom: 'values', user: user('={{ "" }}') })).error!.message,
		).toBe('No user is chosen.'));
});

describe('groups', () => {
	const add = (more: IDataObject = {}) =>
		chosen('addToGroup', ids.nora, { group: group('Engineering', 'name'), ...more });

	it('by exact name, looked up once for all items', async () => {
		const items = out(await run(add(), [{}, {}, {}]));
		expect(asked()[0]).toEqual([
			'GET /api/v2/usergroups limit=100 skip=0 sort=name filter=name:eq:Engineering',
		]);
		expect(asked()).toHaveLength(4);
		expect(asked()[1]).toEqual([
			`POST /api/v2/usergroups/${ids.group}/members`,
			{ op: 'add', type: 'user', id: ids.nora },
		]);
		expect(items.map((item) => (item.outcome as IDataObject).status).sort()).toEqual([
			'applied',
			'unchanged',
			'unchanged',
		]);
	});

	it('already a member and not a member are fine', async () => {
		out(await run(add()));
		expect(out(await run(add({ group: group(ids.group) })))[0]).toMatchObject({
			outcome: { action: 'addToGroup', status: 'unchanged' },
		});
		const remove = { ...add({ group: group(ids.group) }), operation: 'removeFromGroup' };
		expect(out(await run(remove))[0]).toMatchObject({
			outcome: { action: 'removeFromGroup', status: 'applied' },
		});
		expect(out(await run(remove))[0]).toMatchObject({ outcome: { status: 'unchanged' } });
	});

	it.each([
		[{ group: group('engineering', 'name') }, 'No JumpCloud group has that name.'],
		[{ group: group('222222222222222222222222') }, 'There is no JumpCloud group with that ID.'],
		[
			{ user: user('000000000000000000000000'), group: group(ids.group) },
			'There is no JumpCloud account with that ID.',
		],
	])('declines %j', async (more, message) =>
		expect((await run(add(more as IDataObject))).error!.message).toBe(message),
	);

	it('removing from a group that is not there is not success', async () =>
		expect(
			(
				await run({
					...add({ group: group('222222222222222222222222') }),
					operation: 'removeFromGroup',
				})
			).error!.message,
		).toBe('There is no JumpCloud group with that ID.'));

	it('of the incoming subject', async () => {
		const [item] = out(
			await run({ operation: 'addToGroup', group: group(ids.group) }, [
				subject('nora', ids.nora, 'noAction'),
			]),
		);
		expect(item).toMatchObject({
			personId: 'person-nora',
			account: { _id: ids.nora },
			outcome: { status: 'applied' },
		});
	});
});

describe('get many', () => {
	const search = (and: object[], more: object = {}) => [
		'POST /api/search/systemusers',
		{
			...(and.length ? { filter: { and } } : {}),
			...more,
			limit: expect.any(Number),
			skip: 0,
			sort: '_id',
		},
	];
	it.each<[IDataObject, unknown, string[]]>([
		[{ limit: 2 }, ['GET /api/systemusers limit=2 skip=0 sort=_id'], ['ada', 'nora']],
		[{ filters: { state: 'STAGED' } }, search([{ state: 'STAGED' }]), ['staged']],
		[
			{ filters: { department: 'Sales', emailDomain: '@ACME.example', search: 'NOR' } },
			search([{ department: 'Sales' }, { email: { $regex: '(?i)(@ACME\\.example$)' } }], {
				searchFilter: { searchTerm: 'NOR', fields: ['username', 'email', 'firstname', 'lastname'] },
			}),
			['nora'],
		],
		[
			{ filters: { search: 'chosen@' } },
			search([], {
				searchFilter: {
					searchTerm: 'chosen@',
					fields: ['username', 'email', 'firstname', 'lastname'],
				},
			}),
			['chosen'],
		],
		[
			{ filters: { linked: 'notLinked' } },
			['GET /api/systemusers limit=100 skip=0 sort=_id'],
			['ada', 'foreign'],
		],
	])('%j', async (parameters, request, names) => {
		const items = out(await run({ operation: 'getMany', ...parameters }));
		expect(asked()).toEqual([request]);
		expect(items.map((item) => item.username)).toEqual(
			expect.arrayContaining(parameters.limit ? [] : names),
		);
		expect(items).toHaveLength(names.length);
		expect(Object.keys(items[0]!)).toHaveLength(10);
	});

	it('all of them, raw', async () => {
		const items = out(await run({ operation: 'getMany', returnAll: true, simplify: false }));
		expect(asked().map(([line]) => line)).toEqual([
			'GET /api/systemusers limit=1000 skip=0 sort=_id',
			'GET /api/systemusers limit=100 skip=0 sort=_id',
		]);
		expect(items).toHaveLength(7);
		expect(items[0]).toHaveProperty('attributes');
	});

	it('an item each, linked to the item that asked', async () => {
		const finished = await run(
			{ operation: 'getMany', limit: 1, filters: { search: '={{ $json.who }}' } },
			[{ who: 'nora' }, { who: 'chosen' }],
		);
		expect(finished.items('Users').map((item) => [item.json.username, item.pairedItem])).toEqual([
			['nora', { item: 0 }],
			['chosen', { item: 1 }],
		]);
	});
});

describe('match', () => {
	it('few people by search, the whole list when one of them is not found by link', async () => {
		const nora = subject('nora', '', 'x', { account: undefined });
		const [item] = out(await run({ operation: 'match' }, [nora]));
		expect(asked()).toEqual([
			['POST /api/search/systemusers', byId('E-nora', '(?i)(^nora@acme\\.example$)')],
		]);
		expect(item).toMatchObject({
			account: { _id: ids.nora },
			match: { by: 'link', certain: true },
		});
		sandbox.clearLog();
		const items = out(await run({ operation: 'match' }, [nora, subject('zoe', '', 'x')]));
		expect(asked().map(([line]) => line)).toEqual([
			'POST /api/search/systemusers',
			'POST /api/search/systemusers',
			'GET /api/systemusers limit=1000 skip=0 sort=_id',
			'GET /api/systemusers limit=100 skip=0 sort=_id',
		]);
		expect(items.map((one) => (one.match as IDataObject).by)).toEqual(['link', null]);
	});

	it.each([
		[['employeeIdentifier', 'email'], 'employeeIdentifier'],
		[['employeeIdentifier'], 'employeeIdentifier'],
		[['email'], 'email'],
		[[], null],
	])('by %j', async (matchBy, by) => {
		const [item] = out(
			await run({ operation: 'match', matchBy }, [
				{
					personId: 'new',
					person: {
						id: 'new',
						status: 'active',
						employeeId: 'E-foreign',
						email: 'Foreign@acme.example',
					},
				},
			]),
		);
		expect(item!.match).toMatchObject({ by, certain: true });
	});
});

describe('items', () => {
	it('one bad item goes to the error output, the others on, all linked', async () => {
		const finished = await run(
			{ operation: 'get', userFrom: 'values', user: user('={{ $json.id }}') },
			[{ id: ids.nora }, { id: '000000000000000000000000' }, { id: ids.chosen }],
			{ onError: 'continueErrorOutput' },
		);
		expect(finished.items('Users').map((item) => [item.json.username, item.pairedItem])).toEqual([
			['nora', { item: 0 }],
			['chosen', { item: 2 }],
		]);
		expect(finished.items('Users', 1).map((item) => [item.json.error, item.pairedItem])).toEqual([
			['There is no JumpCloud account with that ID.', { item: 1 }],
		]);
	});

	it('continue: an item in, an item out', async () => {
		const finished = await run(
			{ operation: 'get', userFrom: 'values', user: user('={{ $json.id }}') },
			[{ id: '000000000000000000000000' }, { id: ids.nora }],
			{ onError: 'continueRegularOutput' },
		);
		expect(finished.items('Users').map((item) => item.json.error ?? item.json.username)).toEqual([
			'There is no JumpCloud account with that ID.',
			'nora',
		]);
	});

	it('match that cannot read everybody gives every item to the error output', async () => {
		sandbox.faults.add({ service: 'jumpCloud', kind: '403', times: Infinity });
		const finished = await run(
			{ operation: 'match' },
			[subject('zoe', '', 'x'), subject('nora', '', 'x')],
			{ onError: 'continueErrorOutput' },
		);
		expect(finished.items('Users')).toEqual([]);
		expect(finished.items('Users', 1).map((item) => [item.json.error, item.pairedItem])).toEqual(
			[0, 1].map((item) => ['JumpCloud does not let this API key do that (403).', { item }]),
		);
	});
});

describe('through n8n’s own request helper', () => {
	it.each([
		'429',
		'500-html',
		'503-html',
		'html-200',
		'cut',
		'cut-mid-body',
		'lost-answer',
		'500-after-apply',
		'truncated-json',
	] as const)('%s while creating: one account, and the item goes on', async (kind) => {
		sandbox.faults.add({ service: 'jumpCloud', method: 'POST', path: /systemusers$/, kind });
		const [item] = out(
			await run({ operation: 'create' }, [subject('zoe', '', 'create', { desired })]),
		);
		expect(item).toMatchObject({
			account: { username: 'zoe', state: 'STAGED' },
			outcome: { status: 'applied' },
		});
		expect(sandbox.jumpCloud.accounts).toHaveLength(8);
	});

	it('an attempt may be given less time', async () => {
		sandbox.faults.add({ service: 'jumpCloud', method: 'GET', kind: 'slow', delayMs: 1_500 });
		out(await run(chosen('get', ids.nora, { options: { requestTimeout: 1 } })));
		expect(sandbox.log).toHaveLength(2);
	});

	it('the longest wait ends the attempts', async () => {
		sandbox.faults.add({
			service: 'jumpCloud',
			kind: '429-retry-after-seconds',
			retryAfterSeconds: 9,
			times: Infinity,
		});
		const finished = await run(chosen('get', ids.nora, { options: { longestWait: 2 } }));
		expect(finished.error!.message).toBe('JumpCloud is limiting the number of requests (429).');
		expect(sandbox.log).toHaveLength(1);
	});
});
