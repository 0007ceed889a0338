import { clientOf, type Client, type Json } from './client';
import { startSandbox, type Quirks, type Sandbox } from '.';

let sandbox: Sandbox;
let client: Client;
let start: ReturnType<Sandbox['snapshot']>;
beforeAll(async () => {
	sandbox = await startSandbox({ people: 20, accounts: true });
	client = clientOf(sandbox);
	start = sandbox.snapshot();
});
afterAll(() => sandbox.stop());
beforeEach(() => {
	sandbox.restore(start);
	sandbox.clearLog();
});

/** Sets quirks for one test. */
const withQuirks = async (quirks: Partial<Quirks>, run: () => Promise<void>): Promise<void> => {
	const before = { ...sandbox.quirks };
	Object.assign(sandbox.quirks, quirks);
	try {
		await run();
	} finally {
		Object.assign(sandbox.quirks, before);
	}
};
const staged = {
	username: 'zoe.new',
	email: 'zoe.new@big.example',
	state: 'STAGED',
	suspended: false,
};
const create = async (more: object = {}): Promise<Json> =>
	(await client.jumpCloud('POST', '/systemusers', { ...staged, ...more })).body;

describe('list and search', () => {
	it('gives ten by default, with _id and id, and the total', async () => {
		const { body } = await client.jumpCloud('GET', '/systemusers');
		expect(body.results).toHaveLength(10);
		expect(body.totalCount).toBe(sandbox.jumpCloud.accounts.length);
		expect(body.results[0].id).toBe(body.results[0]._id);
	});

	it('pages in the order of _id without a gap', async () => {
		const ids: string[] = [];
		for (let skip = 0; ; skip += 4) {
			const { body } = await client.jumpCloud(
				'GET',
				`/systemusers?limit=4&skip=${skip}&sort=_id&fields=email`,
			);
			ids.push(...body.results.map((row: { _id: string }) => row._id));
			if (body.results.length < 4) break;
		}
		expect(ids).toEqual(sandbox.jumpCloud.accounts.map((account) => account._id).sort());
		expect(sandbox.violations).toEqual([]);
	});

	it('refuses more than 100 a page unless largePages', async () => {
		expect((await client.jumpCloud('GET', '/systemusers?limit=101')).status).toBe(400);
		await withQuirks({ largePages: true }, async () =>
			expect((await client.jumpCloud('GET', '/systemusers?limit=1000')).status).toBe(200),
		);
	});

	it('keeps only the asked fields and the id', async () => {
		const { body } = await client.jumpCloud('GET', '/systemusers?limit=1&fields=email%20username');
		expect(Object.keys(body.results[0]).sort()).toEqual(['_id', 'email', 'id', 'username']);
	});

	it('compares $eq with regard to case, and (?i) without', async () => {
		const { email } = sandbox.jumpCloud.accounts[0]!;
		const find = async (value: string) =>
			(await client.jumpCloud('GET', `/systemusers?filter=email:$eq:${value}&sort=_id&limit=2`))
				.body.totalCount;
		expect([await find(email), await find(email.toUpperCase())]).toEqual([1, 0]);
		const search = {
			filter: {
				and: [{ email: { $regex: `(?i)(^${email.toUpperCase().replaceAll('.', '\\.')}$)` } }],
			},
			limit: 2,
			skip: 0,
			sort: '_id',
		};
		expect((await client.jumpCloud('POST', '/search/systemusers', search)).body.totalCount).toBe(1);
	});

	it('joins filter[0] by AND and filter[or][0] by OR', async () => {
		const [first, second] = sandbox.jumpCloud.accounts;
		const total = async (query: string) =>
			(await client.jumpCloud('GET', `/systemusers?${query}&sort=_id`)).body.totalCount;
		const [one, two] = [`email:$eq:${first!.email}`, `email:$eq:${second!.email}`];
		expect(await total(`filter[0]=${one}&filter[1]=${two}`)).toBe(0);
		expect(await total(`filter[or][0]=${one}&filter[or][1]=${two}`)).toBe(2);
	});

	it.each([
		[{ or: [{ employeeIdentifier: 'G000000' }, { email: 'nobody@big.example' }] }, 1],
		[{ and: [{ employeeIdentifier: 'G000000' }, { email: 'nobody@big.example' }] }, 0],
		[[{ employeeIdentifier: 'G000000' }], 1],
		[['employeeIdentifier:$eq:G000000'], 1],
		[
			{
				and: [
					{ employeeIdentifier: { $gte: 'G000000' } },
					{ employeeIdentifier: { $lt: 'G000001' } },
				],
			},
			1,
		],
	])('understands the body filter %j', async (filter, total) => {
		const { body } = await client.jumpCloud('POST', '/search/systemusers', {
			filter,
			limit: 100,
			sort: '_id',
		});
		expect(body.totalCount).toBe(total);
	});

	it('searches text in parts of the named fields, and joins memberof', async () => {
		const { email } = sandbox.jumpCloud.accounts[0]!;
		const body = {
			searchFilter: { searchTerm: [email.slice(0, -6).toUpperCase()], fields: ['email'] },
			sort: '_id',
		};
		const found = (await client.jumpCloud('POST', '/search/systemusers', body)).body.results;
		expect(found).toEqual([expect.objectContaining({ email, memberof: [] })]);
		expect(found[0]).not.toHaveProperty('delegatedAuthority');
	});

	it('finds nothing by custom attribute unless the quirk says so', async () => {
		const path = `/systemusers?filter=attributes.value:$eq:${sandbox.humaans.people[0]!.id}&sort=_id`;
		expect((await client.jumpCloud('GET', path)).body.totalCount).toBe(0);
		await withQuirks({ customAttributeFilter: 'works' }, async () =>
			expect((await client.jumpCloud('GET', path)).body.totalCount).toBe(1),
		);
		await withQuirks({ customAttributeFilter: '400' }, async () =>
			expect((await client.jumpCloud('GET', path)).status).toBe(400),
		);
	});

	it('shows a new account late under searchLagMs, by id at once', async () => {
		await withQuirks({ searchLagMs: 60_000 }, async () => {
			const { _id } = await create();
			expect(
				(await client.jumpCloud('GET', `/systemusers?filter=email:$eq:${staged.email}&sort=_id`))
					.body.totalCount,
			).toBe(0);
			expect((await client.jumpCloud('GET', `/systemusers/${_id}`)).status).toBe(200);
		});
	});
});

describe('create, update, delete', () => {
	it('creates with 200 and without a mail when STAGED', async () => {
		const reply = await client.jumpCloud('POST', '/systemusers', {
			...staged,
			phoneNumbers: [{ type: 'work', number: '1' }],
		});
		expect(reply).toMatchObject({
			status: 200,
			body: {
				state: 'STAGED',
				suspended: false,
				activated: false,
				phoneNumbers: [{ id: expect.any(String) }],
			},
		});
		expect(sandbox.outbox).toEqual([]);
	});

	it('mails at once when ACTIVATED without a password', async () => {
		await create({ state: 'ACTIVATED', alternateEmail: 'zoe@home.example' });
		expect(sandbox.outbox).toEqual([
			expect.objectContaining({ to: staged.email, kind: 'activation' }),
		]);
	});

	it.each([
		['email', { email: 'TAKEN@big.example' }],
		['email', { email: 'own@home.example' }],
		['alternateEmail', { alternateEmail: 'taken@BIG.example' }],
		['alternateEmail', { alternateEmail: 'Own@home.example' }],
		['username', { username: 'TAKEN' }],
		['employeeIdentifier', { employeeIdentifier: 'E-7' }],
	])('refuses a taken %s: %j', async (field, patch) => {
		await create({
			username: 'taken',
			email: 'taken@big.example',
			alternateEmail: 'own@home.example',
			employeeIdentifier: 'E-7',
		});
		const reply = await client.jumpCloud('POST', '/systemusers', { ...staged, ...patch });
		expect(reply).toMatchObject({
			status: 400,
			body: { message: `User already exists: ${field} is already taken` },
		});
		const other = await create();
		expect((await client.jumpCloud('PUT', `/systemusers/${other._id}`, patch)).status).toBe(400);
	});

	it('lets two accounts have no employee identifier, and one keep its own values', async () => {
		const first = await create();
		const second = await create({ username: 'zoe2', email: 'zoe2@big.example' });
		expect(second._id).toBeDefined();
		expect(
			(
				await client.jumpCloud('PUT', `/systemusers/${first._id}`, {
					email: staged.email,
					username: staged.username,
				})
			).status,
		).toBe(200);
	});

	it('refuses what another organisation holds, found by nobody', async () => {
		await withQuirks(
			{ takenElsewhere: ['Zoe.New@big.example'], duplicateStatus: 409, duplicateMessage: 'vague' },
			async () => {
				expect(await client.jumpCloud('POST', '/systemusers', staged)).toMatchObject({
					status: 409,
					body: { message: 'Bad Request' },
				});
			},
		);
		await withQuirks(
			{ takenElsewhere: ['zoe@home.example'], duplicateMessage: 'details' },
			async () => {
				const reply = await client.jumpCloud('POST', '/systemusers', {
					...staged,
					alternateEmail: 'zoe@home.example',
				});
				expect(reply.body.details[0].fieldViolationsList).toEqual([
					{ field: 'alternateEmail', description: 'must be unique' },
				]);
			},
		);
	});

	it('updates only what is sent, arrays whole', async () => {
		const { _id } = await create({ department: 'Sales', attributes: [{ name: 'a', value: '1' }] });
		const { body } = await client.jumpCloud('PUT', `/systemusers/${_id}`, {
			attributes: [{ name: 'b', value: '2' }],
		});
		expect(body).toMatchObject({ department: 'Sales', attributes: [{ name: 'b', value: '2' }] });
	});

	it('moves state and suspended together, refuses a conflict and STAGED', async () => {
		const { _id } = await create();
		const put = async (body: object) =>
			(await client.jumpCloud('PUT', `/systemusers/${_id}`, body)).status;
		expect(await put({ state: 'SUSPENDED', suspended: true })).toBe(200);
		expect(sandbox.admin.account(_id)).toMatchObject({ state: 'SUSPENDED', suspended: true });
		expect(await put({ state: 'ACTIVATED', suspended: true })).toBe(400);
		expect(await put({ state: 'STAGED', suspended: false })).toBe(400);
		expect(await put({ state: 'ACTIVATED', suspended: false })).toBe(200);
		expect(sandbox.outbox).toEqual([]);
	});

	it.each([
		['', 'emptyStringClears', 'department'],
		['', 'emptyUniqueClears', 'alternateEmail'],
		[null, 'nullClearsStrings', 'department'],
	] as const)('clears with %j as %s says', async (value, quirk, field) => {
		const { _id } = await create({ department: 'Sales', alternateEmail: 'zoe@home.example' });
		const put = () => client.jumpCloud('PUT', `/systemusers/${_id}`, { [field]: value });
		await withQuirks({ [quirk]: '400' }, async () => expect((await put()).status).toBe(400));
		await withQuirks({ [quirk]: 'ignored' }, async () =>
			expect((await put()).body[field]).not.toBe(''),
		);
		await withQuirks({ [quirk]: 'clears' }, async () => expect((await put()).body[field]).toBe(''));
	});

	it('clears the manager with null, and knows only its own users', async () => {
		const boss = await create();
		const { _id } = await create({ username: 'r', email: 'r@big.example', manager: boss._id });
		expect(
			(await client.jumpCloud('PUT', `/systemusers/${_id}`, { manager: 'f'.repeat(24) })).status,
		).toBe(400);
		expect(
			(await client.jumpCloud('PUT', `/systemusers/${_id}`, { manager: null })).body.manager,
		).toBeNull();
	});

	it('treats fields of another directory as the quirk says', async () => {
		const { _id } = await create({ department: 'Sales' });
		sandbox.admin.setAccount(_id, {
			restrictedFields: [{ field: 'department', type: 'active_directory' }],
		});
		const put = () =>
			client.jumpCloud('PUT', `/systemusers/${_id}`, { department: 'IT', jobTitle: 'x' });
		expect((await put()).status).toBe(400);
		await withQuirks({ restrictedFieldWrites: 'ignored' }, async () =>
			expect((await put()).body).toMatchObject({ department: 'Sales', jobTitle: 'x' }),
		);
	});

	it('deletes, cascades, and refuses to orphan reports', async () => {
		const boss = await create();
		const report = await create({ username: 'r', email: 'r@big.example', manager: boss._id });
		expect((await client.jumpCloud('DELETE', `/systemusers/${boss._id}`)).status).toBe(409);
		expect(
			(await client.jumpCloud('DELETE', `/systemusers/${boss._id}?cascade_manager=null`)).status,
		).toBe(200);
		expect(sandbox.admin.account(report._id)?.manager).toBeNull();
		expect(
			(await client.jumpCloud('DELETE', `/systemusers/${boss._id}?cascade_manager=null`)).status,
		).toBe(404);
	});

	it('refuses usernames and addresses that are none', async () => {
		for (const patch of [
			{ username: '1zoe' },
			{ username: 'zoe new' },
			{ username: 'z'.repeat(31) },
			{ email: 'zoe' },
			{ alternateEmail: 'zoe@home' },
		]) {
			expect((await client.jumpCloud('POST', '/systemusers', { ...staged, ...patch })).status).toBe(
				400,
			);
		}
	});
});

describe('groups, organisation and keys', () => {
	it('adds once, refuses twice, removes once', async () => {
		const { id } = sandbox.jumpCloud.groups[0]!;
		const user = sandbox.jumpCloud.accounts[0]!._id;
		const post = async (op: string) =>
			client.jumpCloud('POST', `/v2/usergroups/${id}/members`, { op, type: 'user', id: user });
		expect((await post('add')).status).toBe(204);
		expect(await post('add')).toMatchObject({ status: 409, body: { message: 'Already Exists' } });
		expect((await client.jumpCloud('GET', `/v2/usergroups/${id}/members`)).body).toEqual([
			expect.objectContaining({ to: { id: user, type: 'user', attributes: null } }),
		]);
		expect(
			(await client.jumpCloud('GET', `/v2/users/${user}/memberof`)).body.map(
				(row: { id: string }) => row.id,
			),
		).toEqual([id]);
		expect([(await post('remove')).status, (await post('remove')).status]).toEqual([204, 404]);
	});

	it('lists groups as a bare array and finds one by its exact name', async () => {
		expect(
			(await client.jumpCloud('GET', '/v2/usergroups?limit=100&skip=0&sort=name')).body.map(
				(row: { name: string }) => row.name,
			),
		).toEqual(['Engineering', 'Finance', 'People', 'Sales']);
		const named = async (name: string) =>
			(await client.jumpCloud('GET', `/v2/usergroups?filter=name:eq:${name}`)).body.length;
		expect([await named('Sales'), await named('sales')]).toEqual([1, 0]);
	});

	it('answers 401 to a wrong key, 400 and 404 to a wrong organisation', async () => {
		const get = async (headers: Record<string, string>) =>
			(await client.jumpCloud('GET', '/systemusers?limit=1', undefined, headers)).status;
		expect(await get({ 'x-api-key': 'wrong' })).toBe(401);
		expect(await get({ 'x-org-id': 'none' })).toBe(400);
		expect(await get({ 'x-org-id': 'f'.repeat(24) })).toBe(404);
		expect(await get({ 'x-org-id': sandbox.jumpCloud.orgId })).toBe(200);
	});

	it('shows the organisation and its default state', async () => {
		const { body } = await client.jumpCloud('GET', '/organizations?limit=1');
		const one = await client.jumpCloud('GET', `/organizations/${body.results[0]._id}`);
		expect(one.body.settings.newSystemUserStateDefaults.manualEntry).toBe('ACTIVATED');
		await withQuirks({ organizationsForbidden: true }, async () =>
			expect((await client.jumpCloud('GET', '/organizations')).status).toBe(403),
		);
	});

	it('refuses what exceeds its rate', async () => {
		await withQuirks(
			{ jumpCloudRateLimit: { requests: 1, perMs: 60_000, retryAfterSeconds: 7 } },
			async () => {
				await client.jumpCloud('GET', '/systemusers?limit=1');
				const second = await client.jumpCloud('GET', '/systemusers?limit=1');
				expect([second.status, second.headers.get('retry-after')]).toEqual([429, '7']);
			},
		);
	});
});
