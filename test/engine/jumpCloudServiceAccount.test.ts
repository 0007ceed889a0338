/**
 * OAuth service accounts: a token by client credentials, renewed by n8n's own helper when it is
 * refused.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ICredentialDataDecryptedObject, ICredentialTestFunctions } from 'n8n-workflow';
import { JumpCloudServiceAccountApi } from '../../credentials/JumpCloudServiceAccountApi.credentials';
import { jumpCloudServiceAccountApiTest } from '../../nodes/n8n/jumpCloudCredentialTest';
import { jumpCloudOrigin, jumpCloudTokenUrl } from '../../nodes/services/jumpcloud/regions';
import { jumpCloudClient, SERVICE_ACCOUNT_CREDENTIAL } from '../../nodes/n8n/transport';
import type { Sandbox } from '../sandbox';
import { ids, smallSandbox } from '../harness/jumpCloudScenarios';
import { n8nContext } from './n8nRequestHelper';

const type = new JumpCloudServiceAccountApi();
let sandbox: Sandbox;
let server: Server;
let origin: string;
/** What the token endpoint was asked, and the token it gave last. */
const tokens: Array<{ authorization: unknown; body: string }> = [];
let valid = '';
let tokenAnswer: { status: number; body: object } | null = null;

beforeAll(async () => {
	sandbox = await smallSandbox();
	/** Takes Bearer tokens where the sandbox takes a key. */
	server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const body = Buffer.concat(chunks).toString();
			const reply = (status: number, answer: object) =>
				response
					.writeHead(status, { 'content-type': 'application/json' })
					.end(JSON.stringify(answer));
			if (request.url === '/oauth2/token') {
				tokens.push({ authorization: request.headers.authorization, body });
				if (tokenAnswer) return void reply(tokenAnswer.status, tokenAnswer.body);
				if (
					request.headers.authorization !== `Basic ${Buffer.from('id:secret').toString('base64')}`
				)
					return void reply(401, { error: 'invalid_client' });
				valid = `token-${tokens.length}`;
				return void reply(200, { access_token: valid, expires_in: 3600 });
			}
			if (request.headers.authorization !== `Bearer ${valid}`)
				return void reply(401, { message: 'Unauthorized' });
			const headers = {
				'x-api-key': sandbox.jumpCloud.apiKey,
				'content-type': 'application/json',
				...(request.headers['x-org-id'] ? { 'x-org-id': String(request.headers['x-org-id']) } : {}),
			};
			void fetch(`${sandbox.jumpCloud.baseUrl}${request.url}`, {
				method: request.method,
				headers,
				...(body ? { body } : {}),
			}).then(async (answer) => reply(answer.status, (await answer.json()) as object));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
	server.closeAllConnections();
	server.close();
	await sandbox.stop();
});
beforeEach(() => {
	tokens.length = 0;
	valid = '';
	tokenAnswer = null;
});

const credential = (extra: object = {}): ICredentialDataDecryptedObject => ({
	accessToken: '',
	clientId: 'id',
	clientSecret: 'secret',
	region: 'custom',
	baseUrl: origin,
	tokenUrl: `${origin}/oauth2/token`,
	orgId: '',
	...extra,
});

const contextFor = (data: ICredentialDataDecryptedObject) => n8nContext(type, data);
const clientOf = async (data: ICredentialDataDecryptedObject) =>
	await jumpCloudClient(contextFor(data), {}, SERVICE_ACCOUNT_CREDENTIAL);

it('gets a token by client credentials in the header, and uses it', async () => {
	const client = await clientOf(credential());
	expect((await client.get(ids.nora))!.username).toBe('nora');
	expect((await client.get(ids.chosen))!.username).toBe('chosen');
	expect(tokens).toEqual([
		{
			authorization: `Basic ${Buffer.from('id:secret').toString('base64')}`,
			body: 'grant_type=client_credentials&scope=api',
		},
	]);
});

it('renews a token that is refused, and the request goes on', async () => {
	const data = credential({ accessToken: 'expired' });
	expect((await (await clientOf(data)).get(ids.nora))!.username).toBe('nora');
	expect(tokens).toHaveLength(1);
	expect(data.accessToken).toBe(valid);
});

it.each([
	['a wrong secret', { clientSecret: 'wrong' }, null],
	['a wrong secret, answered with 400', {}, { status: 400, body: { error: 'invalid_client' } }],
])('%s is said so', async (_what, extra, answer) => {
	tokenAnswer = answer;
	await expect((await clientOf(credential(extra))).get(ids.nora)).rejects.toMatchObject({
		kind: 'wrongServiceAccount',
		message: 'JumpCloud did not accept the service account (401).',
	});
});

it('the organization is sent only when given', async () => {
	const sent = async (orgId: string) =>
		(
			await type.authenticate(credential({ orgId, accessToken: 't' }), {
				url: '',
				headers: { a: 'b' },
			})
		).headers;
	expect(await sent(' ')).toEqual({ a: 'b', Authorization: 'Bearer t' });
	expect(await sent('5a2dbc0fe0a1b2c3d4e5f607')).toEqual({
		a: 'b',
		Authorization: 'Bearer t',
		'x-org-id': '5a2dbc0fe0a1b2c3d4e5f607',
	});
});

it('n8n sees a hidden property that expires, and what is secret is masked', () => {
	expect(type.properties.filter((property) => property.typeOptions?.expirable)).toEqual([
		expect.objectContaining({ name: 'accessToken', type: 'hidden', default: '' }),
	]);
	expect(
		type.properties
			.filter((property) => property.typeOptions?.password)
			.map((property) => property.name),
	).toEqual(['accessToken', 'clientSecret']);
});

it.each([
	['us', 'https://console.jumpcloud.com', 'https://admin-oauth.id.jumpcloud.com/oauth2/token'],
	[
		'eu',
		'https://console.eu.jumpcloud.com',
		'https://admin-oauth.id.eu.jumpcloud.com/oauth2/token',
	],
	[
		'in',
		'https://console.in.jumpcloud.com',
		'https://admin-oauth.id.in.jumpcloud.com/oauth2/token',
	],
])('region %s', (region, console, token) =>
	expect([jumpCloudOrigin({ region }), jumpCloudTokenUrl({ region })]).toEqual([console, token]),
);

it.each(['http://127.0.0.1:9/', 'http://127.0.0.1:9/api', 'http://127.0.0.1:9/api/v2/'])(
	'custom base URL %s',
	(baseUrl) => expect(jumpCloudOrigin({ region: 'custom', baseUrl })).toBe('http://127.0.0.1:9'),
);

describe('"Test" in the credential dialog', () => {
	const test = async (extra: object = {}) =>
		await jumpCloudServiceAccountApiTest.call({} as ICredentialTestFunctions, {
			id: '1',
			name: 'c',
			type: type.name,
			data: credential(extra),
		});
	it('works', async () =>
		expect(await test()).toEqual({
			status: 'OK',
			message: 'The service account works and may read users.',
		}));
	it('a wrong secret', async () =>
		expect(await test({ clientSecret: 'wrong' })).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('did not accept the service account'),
		}));
	it('a wrong token address', async () =>
		expect(await test({ tokenUrl: 'http://127.0.0.1:1/x' })).toMatchObject({
			message: expect.stringContaining('cannot be reached'),
		}));
	it('a token address that gives none', async () => {
		tokenAnswer = { status: 200, body: {} };
		expect(await test()).toMatchObject({
			message: expect.stringContaining('does not give tokens'),
		});
	});
	it('a role that may not read users', async () => {
		sandbox.faults.add({ service: 'jumpCloud', kind: '403' });
		expect(await test()).toMatchObject({
			message: expect.stringContaining('role may not read users'),
		});
		sandbox.faults.clear();
	});
});
