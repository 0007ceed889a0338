/** Groups, Get Many and Match of JumpCloud User: what each asks of JumpCloud, and what comes out. */
import type { IDataObject } from 'n8n-workflow';
import { ids } from '../harness/jumpCloudScenarios';
import { personIdOf } from '../harness/personIds';
import type { Sandbox } from '../sandbox';
import { out, user, NOBODY, group, chosen, jumpCloudUserNode } from './jumpCloudUserNode';

let sandbox: Sandbox;
const { asked, run, subject } = jumpCloudUserNode((begun) => (sandbox = begun));

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
			{ user: user(NOBODY), group: group(ids.group) },
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
			personId: personIdOf('nora'),
			account: { _id: ids.nora },
			outcome: { status: 'applied' },
		});
	});
});

describe('get many', () => {
	const search = (and: object[], more: object = {}) => [
		expect.stringMatching(/^POST \/api\/search\/systemusers limit=\d+ skip=0 sort=_id$/),
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
			'POST /api/search/systemusers limit=1000 skip=0 sort=_id',
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
	it('few people by their links, the whole list when one of them is not found', async () => {
		const nora = subject('nora', '', 'x', { account: undefined });
		const [item] = out(await run({ operation: 'match' }, [nora]));
		const byLink = (name: string) =>
			expect.stringContaining(`filter=attributes.value:$eq:${personIdOf(name)} `);
		expect(asked()).toEqual([[byLink('nora')]]);
		expect(item).toMatchObject({
			account: { _id: ids.nora },
			match: { by: 'link', certain: true },
		});
		sandbox.clearLog();
		const items = out(await run({ operation: 'match' }, [nora, subject('zoe', '', 'x')]));
		expect(asked().map(([line]) => line)).toEqual([
			byLink('nora'),
			byLink('zoe'),
			'POST /api/search/systemusers limit=1000 skip=0 sort=_id',
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
