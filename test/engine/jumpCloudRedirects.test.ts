/**
 * S14: a key, a token or a client secret never goes to where a redirect points. Through n8n's own
 * request helper, and in the tests of the credential dialog.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ICredentialDataDecryptedObject, ICredentialTestFunctions } from 'n8n-workflow';
import { JumpCloudApi } from '../../credentials/JumpCloudApi.credentials';
import { JumpCloudServiceAccountApi } from '../../credentials/JumpCloudServiceAccountApi.credentials';
import {
	jumpCloudApiTest,
	jumpCloudServiceAccountApiTest,
} from '../../nodes/n8n/jumpCloudCredentialTest';
import {
	jumpCloudClient,
	JUMPCLOUD_CREDENTIAL,
	SERVICE_ACCOUNT_CREDENTIAL,
} from '../../nodes/n8n/transport';
import { n8nContext } from './n8nRequestHelper';

const STATUSES = [301, 302, 303, 307, 308];
/** How the first server answers: it redirects, but for the token when that is to be given. */
let redirect = { status: 302, location: '' };
let givesToken = false;
/** What came to the other origin. */
const elsewhere: IncomingMessage[] = [];
const servers: Server[] = [];

async function serve(answer: Parameters<typeof createServer>[1]): Promise<string> {
	const server = createServer(answer!);
	servers.push(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
let home: string;
let other: string;
beforeAll(async () => {
	other = await serve((request, response) => {
		elsewhere.push(request);
		response.writeHead(200, { 'content-type': 'application/json' });
		response.end(JSON.stringify({ totalCount: 0, results: [], access_token: 'theirs' }));
	});
	home = await serve((request, response) => {
		if (givesToken && request.url === '/oauth2/token') {
			response.writeHead(200, { 'content-type': 'application/json' });
			return void response.end(JSON.stringify({ access_token: 'ours' }));
		}
		response.writeHead(redirect.status, { location: redirect.location }).end();
	});
});
afterAll(() => {
	for (const server of servers) {
		server.closeAllConnections();
		server.close();
	}
});
beforeEach(() => {
	elsewhere.length = 0;
	givesToken = false;
});
afterEach(() => expect(elsewhere.map(({ url, headers }) => [url, headers])).toEqual([]));

const apiKey = (): ICredentialDataDecryptedObject => ({
	...{ apiKey: 'secret-key', region: 'custom', baseUrl: home, orgId: '5a2dbc0fe0a1b2c3d4e5f607' },
});
const serviceAccount = (): ICredentialDataDecryptedObject => ({
	...{ accessToken: '', clientId: 'id', clientSecret: 'secret', region: 'custom' },
	...{ baseUrl: home, tokenUrl: `${home}/oauth2/token`, orgId: '' },
});
const clientWithKey = async () =>
	await jumpCloudClient(n8nContext(new JumpCloudApi(), apiKey()), {}, JUMPCLOUD_CREDENTIAL);
const clientWithToken = async () => {
	const context = n8nContext(new JumpCloudServiceAccountApi(), serviceAccount());
	return await jumpCloudClient(context, {}, SERVICE_ACCOUNT_CREDENTIAL);
};
const inDialog = async (
	test: typeof jumpCloudApiTest,
	type: string,
	data: ICredentialDataDecryptedObject,
) => await test.call({} as ICredentialTestFunctions, { id: '1', name: 'c', type, data });

describe.each(STATUSES)('S14: a %i to another origin', (status) => {
	beforeEach(() => (redirect = { status, location: `${other}/api/systemusers` }));

	it('is not followed with an API key, for a read or a write', async () => {
		const client = await clientWithKey();
		const refused = { kind: 'redirected', message: expect.stringContaining('not followed') };
		await expect(client.get('a')).rejects.toMatchObject(refused);
		await expect(client.update('a', { jobTitle: 'x' })).rejects.toMatchObject(refused);
		await expect(client.create({ username: 'x' })).rejects.toMatchObject(refused);
		await expect(client.remove('a')).rejects.toMatchObject(refused);
	});
	it('is not followed when a service account gets its token', async () => {
		const client = await clientWithToken();
		await expect(client.get('a')).rejects.toMatchObject({ kind: 'redirected' });
	});
	it('is not followed with the token of a service account', async () => {
		givesToken = true;
		const client = await clientWithToken();
		await expect(client.get('a')).rejects.toMatchObject({ kind: 'redirected' });
	});
	it('is said, and not followed, by the tests in the dialog', async () => {
		const failed = { status: 'Error', message: expect.stringContaining('redirect') };
		expect(await inDialog(jumpCloudApiTest, 'jumpCloudApi', apiKey())).toMatchObject(failed);
		const test = jumpCloudServiceAccountApiTest;
		const type = 'jumpCloudServiceAccountApi';
		expect(await inDialog(test, type, serviceAccount())).toMatchObject(failed);
		givesToken = true;
		expect(await inDialog(test, type, serviceAccount())).toMatchObject(failed);
	});
});

it('a redirect to JumpCloud’s sign-in page says that the key did not arrive', async () => {
	redirect = { status: 302, location: '/login?error=unauthorized' };
	const client = await clientWithKey();
	await expect(client.get('a')).rejects.toMatchObject({ kind: 'signInPage' });
	expect(await inDialog(jumpCloudApiTest, 'jumpCloudApi', apiKey())).toMatchObject({
		message: expect.stringContaining('sign-in page'),
	});
});
