/**
 * "Test" in the credential dialog, against the sandbox: a wrong key and a missing scope read
 * differently.
 */
import type { ICredentialTestFunctions } from 'n8n-workflow';
import { humaansApiTest } from '../../nodes/n8n/humaansCredentialTest';
import { jumpCloudApiTest } from '../../nodes/n8n/jumpCloudCredentialTest';
import { startSandbox, type Sandbox } from '../sandbox';
import { redirecting, stopRedirecting } from '../harness/redirecting';

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

describe('rule 3: only the token of an owner or administrator shows everybody', () => {
	const SCOPES = ['public:read', 'private:read'] as const;
	const maker = (role: string, status = 'active') =>
		sandbox.humaans.people.find((person) => person.role === role && person.status === status)!;
	let owner: string;
	beforeAll(() => (owner = maker('owner').id));
	afterEach(() => sandbox.humaans.setToken([...SCOPES], owner));

	it.each([
		['owner', 'OK'],
		['admin', 'OK'],
		['user', 'neither owner nor administrator'],
		['manager', 'neither owner nor administrator'],
		['Admin (read only)', 'neither owner nor administrator'],
		[null, 'does not say who made'],
	])('made by somebody whose role is %j: %s', async (role, words) => {
		const person = maker('user');
		const before = person.role;
		person.role = role as string;
		sandbox.humaans.setToken([...SCOPES], person.id);
		const answer = await humaans();
		person.role = before;
		if (words === 'OK') expect(answer).toMatchObject({ status: 'OK' });
		else expect(answer).toMatchObject({ status: 'Error', message: expect.stringContaining(words) });
	});

	it('made by somebody who is not there any more', async () => {
		sandbox.humaans.setToken([...SCOPES], 'p00000000000000000000gone');
		expect(await humaans()).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('does not say who made'),
		});
	});

	it('Humaans fails when it is asked who made it', async () => {
		sandbox.faults.add({ service: 'humaans', kind: '503-html', skip: 1 });
		expect(await humaans()).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('status 503'),
		});
	});
});

describe('S14: no redirect is followed, so the key goes nowhere else', () => {
	afterEach(stopRedirecting);

	it.each([301, 302, 303, 307, 308])('%i', async (status) => {
		for (const same of [false, true]) {
			const hosts = await redirecting(status, { same });
			for (const answer of [
				await humaans({ baseUrl: `${hosts.origin}/api` }),
				await jumpCloud({ baseUrl: hosts.origin }),
			])
				expect(answer).toMatchObject({
					status: 'Error',
					message: expect.stringContaining('answered with a redirect, which is not followed'),
				});
			expect(hosts.asked).toHaveLength(2);
			expect(hosts.followed).toEqual([]);
		}
	});

	it('not even when it is asked who made the token', async () => {
		const token = { scopes: ['private:read'], personId: 'p1' };
		const hosts = await redirecting(302, {
			passes: (path) => (path.endsWith('/token-info') ? token : undefined),
		});
		expect(await humaans({ baseUrl: `${hosts.origin}/api` })).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('answered with a redirect'),
		});
		expect(hosts.asked.map(({ path }) => path)).toEqual(['/api/token-info', '/api/people/p1']);
		expect(hosts.followed).toEqual([]);
	});

	it('a sign-in page says that the key did not arrive', async () => {
		const hosts = await redirecting(302, { to: '/login?next=%2Fapi', same: true });
		expect(await humaans({ baseUrl: `${hosts.origin}/api` })).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('sign-in page'),
		});
		expect(hosts.followed).toEqual([]);
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

it('the organization is sent only when given', async () => {
	expect(await jumpCloud({ orgId: 'nonsense' })).toMatchObject({
		status: 'Error',
		message: expect.stringContaining('Organization ID'),
	});
});
