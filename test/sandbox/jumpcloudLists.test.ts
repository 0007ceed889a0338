import { oneSandbox, staged } from '../harness/oneSandbox';
import type { Client } from './client';
import type { Sandbox } from '.';

let sandbox: Sandbox;
let client: Client;
const { withQuirks, create } = oneSandbox(
	{ people: 20, accounts: true },
	(one) => ({ sandbox, client } = one),
);

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

	it('keeps totalCount beyond the end', async () => {
		const total = sandbox.jumpCloud.accounts.length;
		const get = await client.jumpCloud('GET', '/systemusers?limit=10&skip=500&sort=_id');
		const search = await client.jumpCloud('POST', '/search/systemusers', {
			...{ limit: 10, skip: 500, sort: '_id' },
		});
		for (const { body } of [get, search]) expect(body).toEqual({ totalCount: total, results: [] });
	});

	it('serves 100 a page on GET and 1000 on search, and what exceeds it as the switches say', async () => {
		const get = (limit: number) => client.jumpCloud('GET', `/systemusers?limit=${limit}`);
		const search = (limit: number) => client.jumpCloud('POST', '/search/systemusers', { limit });
		expect([(await get(100)).status, (await search(1000)).status]).toEqual([200, 200]);
		expect(await get(101)).toMatchObject({
			status: 400,
			body: { message: 'Bad Request: request parameter "limit" exceeds maximum value of 100' },
		});
		expect((await search(1001)).status).toBe(400);
		await withQuirks({ getPageLimit: 1000 }, async () =>
			expect([(await get(1000)).status, (await get(1001)).status]).toEqual([200, 400]),
		);
		await withQuirks({ searchPageLimit: 100 }, async () =>
			expect([(await search(100)).status, (await search(101)).status]).toEqual([200, 400]),
		);
		await withQuirks({ getPageLimit: 4, getOverLimit: 'clamp' }, async () => {
			expect((await get(1000)).body.results).toHaveLength(4);
			expect((await search(1000)).body.results.length).toBeGreaterThan(4);
		});
		await withQuirks({ searchPageLimit: 4, searchOverLimit: 'clamp' }, async () => {
			expect((await search(1000)).body.results).toHaveLength(4);
			expect((await get(100)).body.results.length).toBeGreaterThan(4);
		});
		await withQuirks({ jumpCloudPageLimit: 3 }, async () => {
			expect((await get(100)).body.results).toHaveLength(3);
			expect((await search(1000)).body.results).toHaveLength(3);
		});
	});

	it('takes limit, skip and sort of a search from body or query, or as searchPageFrom says', async () => {
		const inOrder = sandbox.jumpCloud.accounts.map(({ _id }) => _id).sort();
		const ids = async (query: string, body: object) =>
			(await client.jumpCloud('POST', `/search/systemusers${query}`, body)).body.results.map(
				(row: { _id: string }) => row._id,
			);
		const page = { limit: 3, skip: 2, sort: '_id' };
		const query = '?limit=3&skip=2&sort=_id';
		const asked = inOrder.slice(2, 5);
		expect(await ids('', page)).toEqual(asked);
		expect(await ids(query, {})).toEqual(asked);
		// As the official PowerShell module does.
		expect(await ids(query, page)).toEqual(asked);
		await withQuirks({ searchPageFrom: 'body' }, async () => {
			expect(await ids('', page)).toEqual(asked);
			expect(await ids(query, {})).toHaveLength(10);
		});
		await withQuirks({ searchPageFrom: 'query' }, async () => {
			expect(await ids(query, {})).toEqual(asked);
			expect(await ids('', page)).toHaveLength(10);
		});
	});

	it('keeps only the asked fields and _id, unless searchFieldsIgnored', async () => {
		const keys = async (method: string, path: string, body?: object) => {
			const reply = await client.jumpCloud(method, path, body);
			return Object.keys(reply.body.results?.[0] ?? reply.body).sort();
		};
		const wanted = ['_id', 'email', 'username'];
		const { _id } = sandbox.jumpCloud.accounts[0]!;
		const query = 'fields=email%20username';
		expect(await keys('GET', `/systemusers?limit=1&${query}`)).toEqual(wanted);
		expect(await keys('GET', `/systemusers/${_id}?${query}`)).toEqual(wanted);
		const search = () =>
			keys('POST', '/search/systemusers', { fields: 'email username nothing', limit: 1 });
		expect(await search()).toEqual(wanted);
		expect(await keys('POST', `/search/systemusers?${query}`, {})).toEqual(wanted);
		expect(await keys('POST', '/search/systemusers', { fields: 'memberof' })).toEqual([
			'_id',
			'memberof',
		]);
		await withQuirks({ searchFieldsIgnored: true }, async () => {
			expect((await search()).length).toBeGreaterThan(30);
			expect(await keys('GET', `/systemusers?limit=1&${query}`)).toEqual(wanted);
		});
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

	it.each(['$eq', 'eq'])(
		'finds by custom attribute with %s, or as customAttributeFilter says',
		async (operator) => {
			const account = sandbox.jumpCloud.accounts[0]!;
			const link = account.attributes[0]!.value;
			const find = (query: string) =>
				client.jumpCloud('GET', `/systemusers?filter=${query}&sort=_id&limit=50`);
			const byLink = () => find(`attributes.value:${operator}:${link}`);
			const { body } = await byLink();
			expect([body.totalCount, body.results[0]._id]).toEqual([1, account._id]);
			expect((await find(`attributes.value:${operator}:nobody`)).body.totalCount).toBe(0);
			await withQuirks({ customAttributeFilter: 'nothing' }, async () =>
				expect((await byLink()).body.totalCount).toBe(0),
			);
			await withQuirks({ customAttributeFilter: '400' }, async () =>
				expect((await byLink()).status).toBe(400),
			);
			await withQuirks({ customAttributeFilter: 'everything' }, async () =>
				expect((await byLink()).body.totalCount).toBe(sandbox.jumpCloud.accounts.length),
			);
			expect(sandbox.violations).toEqual([]);
		},
	);

	it('finds by custom attribute in a search too', async () => {
		const link = sandbox.jumpCloud.accounts[0]!.attributes[0]!.value;
		const filter = { and: [{ 'attributes.value': link }] };
		const search = () => client.jumpCloud('POST', '/search/systemusers', { filter, sort: '_id' });
		expect((await search()).body.totalCount).toBe(1);
		await withQuirks({ customAttributeFilter: 'nothing' }, async () =>
			expect((await search()).body.totalCount).toBe(0),
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
