/**
 * What the panel asks JumpCloud while somebody fills it in, and what the API key credential sends.
 */
import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { JumpCloudApi } from '../../credentials/JumpCloudApi.credentials';
import { JumpCloudUser } from '../../nodes/JumpCloudUser/JumpCloudUser.node';
import { startSandbox, type Sandbox } from '../sandbox';
import { httpSend } from '../harness/jumpCloudOverHttp';

const { searchGroups, searchUsers } = new JumpCloudUser().methods.listSearch;
let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ people: 300, accounts: true });
});
afterAll(async () => await sandbox.stop());
beforeEach(() => sandbox.clearLog());
afterEach(() => expect(sandbox.violations).toEqual([]));

const used: string[] = [];
const panel = (authentication = 'apiKey') =>
	({
		getNode: () => ({ name: 'Users', type: 't' }),
		getNodeParameter: () => authentication,
		getCredentials: async (type: string) => {
			used.push(type);
			return { region: 'custom', baseUrl: sandbox.jumpCloud.baseUrl };
		},
		helpers: {
			httpRequestWithAuthentication: async (
				_type: string,
				options: { method: 'GET'; url: string; qs: Record<string, string>; body: unknown },
			) => {
				const { status, ...answer } = await httpSend(sandbox.jumpCloud.baseUrl, {
					'x-api-key': sandbox.jumpCloud.apiKey,
				})({
					method: options.method,
					path: new URL(options.url).pathname,
					query: options.qs,
					body: options.body,
					timeoutMs: 1000,
				});
				return { statusCode: status, ...answer };
			},
		},
	}) as unknown as ILoadOptionsFunctions;

it('users: a page a call, until there is no next', async () => {
	const seen: string[] = [];
	let token: string | undefined;
	let calls = 0;
	do {
		const page = await searchUsers.call(panel(), '', token);
		seen.push(...page.results.map((result) => String(result.value)));
		token = page.paginationToken as string | undefined;
		calls++;
	} while (token);
	expect(new Set(seen).size).toBe(sandbox.jumpCloud.accounts.length);
	expect([calls, sandbox.log.length]).toEqual([
		Math.ceil(seen.length / 100),
		Math.ceil(seen.length / 100),
	]);
});

it('users: letters are looked for by JumpCloud, in one call', async () => {
	const account = sandbox.jumpCloud.accounts[200]!;
	const { results } = await searchUsers.call(panel(), account.email.toUpperCase());
	expect(results).toEqual([{ name: `${account.username} (${account.email})`, value: account._id }]);
	expect(sandbox.log).toHaveLength(1);
});

it('groups: all, and by letters', async () => {
	expect((await searchGroups.call(panel())).results.map((result) => result.name)).toEqual([
		'Engineering',
		'Finance',
		'People',
		'Sales',
	]);
	expect((await searchGroups.call(panel(), 'ENG')).results).toHaveLength(1);
	expect(sandbox.log[1]!.query.filter).toBe('name:search:ENG');
});

it('what goes wrong is said in the list, in our words', async () => {
	sandbox.faults.add({ service: 'jumpCloud', kind: '403', times: Infinity });
	await expect(searchUsers.call(panel())).rejects.toMatchObject({
		name: 'NodeApiError',
		message: 'JumpCloud does not let this API key do that (403).',
	});
	sandbox.faults.clear();
});

it('the chosen authentication decides which credential is used', async () => {
	used.length = 0;
	await searchGroups.call(panel('apiKey'));
	await searchGroups.call(panel('serviceAccount'));
	expect(used).toEqual(['jumpCloudApi', 'jumpCloudServiceAccountApi']);
});

it('the key is a header, and the organization only when it is given', async () => {
	const type = new JumpCloudApi();
	const headers = async (orgId?: string) =>
		(
			await type.authenticate(
				{ apiKey: 'k', ...(orgId === undefined ? {} : { orgId }) },
				{ url: '', headers: { a: 'b' } },
			)
		).headers;
	expect(await headers()).toEqual({ a: 'b', 'x-api-key': 'k' });
	expect(await headers('  ')).toEqual({ a: 'b', 'x-api-key': 'k' });
	expect(await headers('5a2dbc0fe0a1b2c3d4e5f607')).toEqual({
		a: 'b',
		'x-api-key': 'k',
		'x-org-id': '5a2dbc0fe0a1b2c3d4e5f607',
	});
});
