import { oneSandbox } from '../harness/oneSandbox';
import type { Client } from './client';
import type { Sandbox } from '.';

let sandbox: Sandbox;
let client: Client;
const { withQuirks } = oneSandbox(
	{ people: 20, accounts: true },
	(one) => ({ sandbox, client } = one),
);

describe('groups, organization and keys', () => {
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

	it('makes a group by name once, and deletes it with its members', async () => {
		const make = async (name: string) => await client.jumpCloud('POST', '/v2/usergroups', { name });
		const made = await make('Night Shift');
		expect(made).toMatchObject({ status: 201, body: { name: 'Night Shift', type: 'user_group' } });
		expect((await make('Night Shift')).status).toBe(409);
		const { id } = made.body;
		const user = sandbox.jumpCloud.accounts[0]!._id;
		const member = { op: 'add', type: 'user', id: user };
		expect((await client.jumpCloud('POST', `/v2/usergroups/${id}/members`, member)).status).toBe(
			204,
		);
		expect((await client.jumpCloud('DELETE', `/v2/usergroups/${id}`)).status).toBe(200);
		expect((await client.jumpCloud('DELETE', `/v2/usergroups/${id}`)).status).toBe(404);
		expect((await client.jumpCloud('GET', `/v2/users/${user}/memberof`)).body).toEqual([]);
		expect(sandbox.violations).toEqual([]);
	});

	it('takes a service account: ID and secret for a token, and the token instead of the key', async () => {
		const { baseUrl, serviceAccount } = sandbox.jumpCloud;
		const { clientId, clientSecret, tokenUrl } = serviceAccount;
		const token = async (secret: string) =>
			await fetch(tokenUrl, {
				method: 'POST',
				headers: {
					authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`,
					'content-type': 'application/x-www-form-urlencoded',
				},
				body: 'grant_type=client_credentials&scope=api',
			});
		expect((await token('wrong')).status).toBe(401);
		const { access_token } = (await (await token(clientSecret)).json()) as { access_token: string };
		const ask = async (authorization: string) =>
			await fetch(`${baseUrl}/api/systemusers?limit=1`, { headers: { authorization } });
		expect((await ask(`Bearer ${access_token}`)).status).toBe(200);
		expect((await ask('Bearer wrong')).status).toBe(401);
		expect(sandbox.violations).toEqual([]);
		expect(JSON.stringify(sandbox.log)).not.toContain(access_token);
	});

	it('answers 401 to a wrong key, 400 and 404 to a wrong organization', async () => {
		const get = async (headers: Record<string, string>) =>
			await client.jumpCloud('GET', '/systemusers?limit=1', undefined, headers);
		expect(await get({ 'x-api-key': 'wrong' })).toMatchObject({
			status: 401,
			body: { error: 'Unauthorized', message: 'Unauthorized: api key user not found' },
		});
		expect((await get({ 'x-org-id': 'none' })).status).toBe(400);
		expect((await get({ 'x-org-id': 'f'.repeat(24) })).status).toBe(404);
		expect((await get({ 'x-org-id': sandbox.jumpCloud.orgId })).status).toBe(200);
	});

	it('sends a request without a key to the sign-in page, which is no part of the API', async () => {
		const { baseUrl } = sandbox.jumpCloud;
		const ask = async (redirect: 'manual' | 'follow') =>
			await fetch(`${baseUrl}/api/systemusers`, { redirect });
		const reply = await ask('manual');
		expect([reply.status, reply.headers.get('location')]).toEqual([302, '/login']);
		expect(sandbox.violations).toEqual([]);
		const followed = await ask('follow');
		expect([followed.status, followed.url]).toEqual([200, `${baseUrl}/login`]);
		expect(followed.headers.get('content-type')).toContain('text/html');
		expect(sandbox.violations).toMatchObject([{ path: '/login', kind: 'contract' }]);
		await withQuirks({ withoutKey: 401 }, async () =>
			expect((await ask('manual')).status).toBe(401),
		);
	});

	it.each(['html', 'json', 'text'] as const)(
		'hides behind a gateway that answers 404 in %s, for one path',
		async (body) => {
			const { _id } = sandbox.jumpCloud.accounts[0]!;
			await withQuirks({ foreignNotFound: { path: `/systemusers/${_id}`, body } }, async () => {
				for (const method of ['GET', 'DELETE']) {
					const reply = await client.jumpCloud(method, `/systemusers/${_id}?cascade_manager=null`);
					expect(reply.status).toBe(404);
					expect(JSON.stringify(reply.body)).not.toContain('"message":"Not Found"');
					const type = reply.headers.get('content-type');
					expect(type).toContain({ html: 'text/html', json: '/json', text: 'text/plain' }[body]);
				}
				expect((await client.jumpCloud('GET', '/systemusers?limit=1')).status).toBe(200);
			});
			expect((await client.jumpCloud('GET', `/systemusers/${_id}`)).status).toBe(200);
			expect(await client.jumpCloud('GET', `/systemusers/${'f'.repeat(24)}`)).toMatchObject({
				status: 404,
				body: { message: 'Not Found' },
			});
		},
	);

	it('takes nobody by hand into a group that a rule fills, unless dynamicGroupAdd', async () => {
		const group = sandbox.jumpCloud.groups[0]!;
		group.membershipMethod = 'DYNAMIC_AUTOMATED';
		const add = async () =>
			(
				await client.jumpCloud('POST', `/v2/usergroups/${group.id}/members`, {
					...{ op: 'add', type: 'user', id: sandbox.jumpCloud.accounts[0]!._id },
				})
			).status;
		expect(await add()).toBe(400);
		await withQuirks({ dynamicGroupAdd: 204 }, async () => expect(await add()).toBe(204));
	});

	it('shows the organization and its default state', async () => {
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
