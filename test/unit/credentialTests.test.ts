/**
 * "Test" in the credential dialog, against the sandbox: a wrong key and a missing scope read
 * differently.
 */
import type { ICredentialTestFunctions } from 'n8n-workflow';
import { humaansApiTest } from '../../nodes/n8n/humaansCredentialTest';
import { jumpCloudApiTest } from '../../nodes/n8n/jumpCloudCredentialTest';
import { startSandbox, type Sandbox } from '../sandbox';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.stop());
afterEach(() => sandbox.faults.clear());

const humaans = async (data: object = {}) =>
	await humaansApiTest.call({} as ICredentialTestFunctions, {
		id: '1',
		name: 'c',
		type: 'humaansApi',
		data: { accessToken: sandbox.humaans.token, baseUrl: sandbox.humaans.baseUrl, ...data },
	});
const jumpCloud = async (data: object = {}) =>
	await jumpCloudApiTest.call({} as ICredentialTestFunctions, {
		id: '1',
		name: 'c',
		type: 'jumpCloudApi',
		data: {
			apiKey: sandbox.jumpCloud.apiKey,
			region: 'custom',
			baseUrl: sandbox.jumpCloud.baseUrl,
			orgId: '',
			...data,
		},
	});

it('both work', async () => {
	expect(await humaans()).toMatchObject({ status: 'OK' });
	expect(await jumpCloud()).toMatchObject({ status: 'OK' });
});

it('a wrong key', async () => {
	expect(await humaans({ accessToken: 'wrong' })).toMatchObject({
		status: 'Error',
		message: expect.stringContaining('did not accept the access token'),
	});
	expect(await jumpCloud({ apiKey: 'wrong' })).toMatchObject({
		status: 'Error',
		message: expect.stringContaining('did not accept the API key'),
	});
});

it('a missing scope or role', async () => {
	sandbox.humaans.setToken(['public:read']);
	expect(await humaans()).toMatchObject({
		status: 'Error',
		message: expect.stringContaining('private:read'),
	});
	sandbox.humaans.setToken(['public:read', 'private:read']);
	sandbox.faults.add({ service: 'jumpCloud', kind: '403' });
	expect(await jumpCloud()).toMatchObject({
		status: 'Error',
		message: expect.stringContaining('role'),
	});
});

it('the wrong address', async () => {
	for (const kind of ['html-200', '500-html'] as const) {
		sandbox.faults.add({ kind, times: 2 });
		expect(await humaans()).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('base URL'),
		});
		expect(await jumpCloud()).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('base URL'),
		});
	}
	expect(await humaans({ baseUrl: 'http://127.0.0.1:1/api' })).toMatchObject({
		message: expect.stringContaining('cannot be reached'),
	});
});

it('the organisation is sent only when given', async () => {
	expect(await jumpCloud({ orgId: 'nonsense' })).toMatchObject({
		status: 'Error',
		message: expect.stringContaining('Organization ID'),
	});
});
