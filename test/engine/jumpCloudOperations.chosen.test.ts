/**
 * On a user chosen in the node: what each operation of JumpCloud User asks of JumpCloud, and what
 * comes out.
 */
import type { IDataObject } from 'n8n-workflow';
import { ids } from '../harness/jumpCloudScenarios';
import type { Sandbox } from '../sandbox';
import {
	out,
	user,
	NOBODY,
	chosen,
	holdersOf,
	searchFor,
	jumpCloudUserNode,
} from './jumpCloudUserNode';

let sandbox: Sandbox;
const { asked, run } = jumpCloudUserNode((begun) => (sandbox = begun));

describe('on a user chosen in the node', () => {
	it('get by ID, by email in any case, simplified or raw', async () => {
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
			searchFor(...holdersOf('nora@acme.example')),
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
			searchFor({ username: { $regex: '(?i)(^zoe$)' } }, ...holdersOf('zoe@acme.example')),
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
		[{ email: 'zoe', username: 'zoe' }, 'The email is not an email address.'],
		[{ email: 'zoe@acme.example', username: '1 zoe' }, 'JumpCloud does not take that username.'],
		[
			{ email: 'nora@ACME.example', username: 'zoe' },
			`The JumpCloud account ${ids.nora} has the same work email, so none was created.`,
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
			`The JumpCloud account ${ids.nora} has the same personal email, so none was created.`,
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

	it.each([
		'humaansId',
		'humaansCompany',
		'humaansSync',
		'humaansDeprovisionedAt',
		'humaansInvite',
		'humaansProtectedAs',
	])('update never takes %s', async (name) => {
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
	});

	it('update never empties the work email', async () => {
		expect(
			(await run(chosen('update', ids.foreign, { updateFields: { email: '' } }))).error!.message,
		).toBe('Names and the work email cannot be emptied.');
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
			'The account does not carry the link of this package, so it is not suspended.',
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
			'The account belongs to a JumpCloud administrator, so it is not suspended.',
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
			'The account is on the list of protected accounts, so it is not suspended.',
		],
		[
			'delete',
			ids.nora,
			{ options: { protectedAccounts: 'nora' } },
			'The account is on the list of protected accounts, so it is not deleted.',
		],
		[
			'update',
			NOBODY,
			{ updateFields: { department: 'x' } },
			'There is no JumpCloud account with that ID.',
		],
		['get', NOBODY, {}, 'There is no JumpCloud account with that ID.'],
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
