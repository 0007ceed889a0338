/** What the check cannot work with: one sentence, what to do next, 2 as the exit code, nothing done. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setBackBeforeEach } from '../harness/oneSandbox';
import type { Account, Fault, Sandbox } from '../sandbox';
import {
	CHECK,
	differing,
	keysOf,
	liveCheck,
	readTable,
	type Environment,
} from './liveCheckProcess';
import { startTenant } from './tenant';

const WITH_ACCOUNT = ['--with-test-account', CHECK];
const table = readTable();
let sandbox: Sandbox;
let start: ReturnType<Sandbox['snapshot']>;
let keys: Environment;
setBackBeforeEach(startTenant, (begun, itsStart) => {
	[sandbox, start] = [begun, itsStart];
	keys = keysOf(sandbox);
});
beforeEach(() => sandbox.faults.clear());

/** It ends with 2, says this, says what to do, and leaves nothing behind. */
async function refuses(
	env: Environment,
	args: readonly string[],
	what: RegExp,
	todo: RegExp,
): Promise<void> {
	const accounts = sandbox.jumpCloud.accounts.length;
	const ended = await liveCheck(env, args);
	const [sentence = '', next = '', ...more] = ended.stderr.trim().split('\n');
	expect(sentence).toMatch(what);
	expect(next).toMatch(todo);
	expect(more).toEqual([]);
	expect(ended.code).toBe(2);
	expect(ended.report).toBe('');
	expect(sandbox.jumpCloud.accounts).toHaveLength(accounts);
	expect(sandbox.jumpCloud.groups).toHaveLength(4);
	expect(sandbox.outbox).toEqual([]);
	const said = ended.stdout + ended.stderr;
	for (const key of [sandbox.humaans.token, sandbox.jumpCloud.apiKey, 'sandbox-client-secret'])
		expect(said).not.toContain(key);
}

describe('before anything is asked', () => {
	afterEach(() => expect(sandbox.log).toEqual([]));

	it.each<[what: string, env: Environment, args: string[], says: RegExp, todo: RegExp]>([
		['no key', {}, [], /There is no key/, /Set both/],
		[
			'a test account without a key for JumpCloud',
			{ HUMAANS_ACCESS_TOKEN: 'x' },
			WITH_ACCOUNT,
			/JUMPCLOUD_API_KEY is not set/,
			/leave --with-test-account away/,
		],
		[
			'a mail without a test account',
			{ JUMPCLOUD_API_KEY: 'x' },
			['--mail-to', 'a@b.example'],
			/--mail-to/,
			/Add --with-test-account/,
		],
		[
			'an address that is none',
			{ JUMPCLOUD_API_KEY: 'x' },
			['--with-test-account', 'you'],
			/needs an email address/,
			/Known: npm run live-check/,
		],
		[
			'an option that is none',
			{ JUMPCLOUD_API_KEY: 'x' },
			['--with-test-acount', CHECK],
			/option --with-test-acount is unknown/,
			/Known: npm run live-check/,
		],
		[
			'a key on the command line',
			{},
			['sandbox-jumpcloud-key'],
			/Something there is no option/,
			/Known: npm run live-check/,
		],
		[
			'an option without its value',
			{ JUMPCLOUD_API_KEY: 'x' },
			['--with-test-account'],
			/option --with-test-account is unknown or lacks its value/,
			/Known: npm run live-check/,
		],
		[
			'a region that is none',
			{ JUMPCLOUD_API_KEY: 'x', JUMPCLOUD_REGION: 'mars' },
			[],
			/JUMPCLOUD_REGION/,
			/us, eu or in/,
		],
		['half a service account', { JUMPCLOUD_CLIENT_ID: 'x' }, [], /needs both/, /Set both/],
		[
			'http to another machine',
			{ HUMAANS_ACCESS_TOKEN: 'x', HUMAANS_BASE_URL: 'http://humaans.example/api' },
			[],
			/HUMAANS_BASE_URL is no address/,
			/https/,
		],
		[
			'http to a name that only looks like this machine',
			{ JUMPCLOUD_API_KEY: 'x', JUMPCLOUD_BASE_URL: 'http://127.0.0.1.evil.example' },
			[],
			/JUMPCLOUD_BASE_URL is no address/,
			/https/,
		],
		[
			'a token address on another machine',
			{
				JUMPCLOUD_CLIENT_ID: 'x',
				JUMPCLOUD_CLIENT_SECRET: 'y',
				JUMPCLOUD_TOKEN_URL: 'http://evil.example',
			},
			[],
			/JUMPCLOUD_TOKEN_URL is no address/,
			/https/,
		],
	])('%s', async (_what, env, args, says, todo) => await refuses(env, args, says, todo));
});

describe('keys that do not work', () => {
	it.each<[what: string, change: Environment, says: RegExp, todo: RegExp]>([
		[
			'a wrong token of Humaans',
			{ HUMAANS_ACCESS_TOKEN: 'wrong' },
			/Humaans did not accept the access token \(401\)/,
			/HUMAANS_ACCESS_TOKEN/,
		],
		[
			'a wrong key, or one of another region',
			{ JUMPCLOUD_API_KEY: 'wrong' },
			/JumpCloud did not accept the API key \(401/,
			/JUMPCLOUD_REGION.*own region/,
		],
		[
			'a wrong service account',
			{
				JUMPCLOUD_API_KEY: '',
				JUMPCLOUD_CLIENT_ID: 'sandbox-client-id',
				JUMPCLOUD_CLIENT_SECRET: 'wrong',
			},
			/did not accept the service account \(401\)/,
			/JUMPCLOUD_CLIENT_ID/,
		],
		[
			'another organization',
			{ JUMPCLOUD_ORG_ID: 'f'.repeat(24) },
			/did not accept the request \(404\)/,
			/JUMPCLOUD_ORG_ID/,
		],
		[
			'nobody at the address',
			{ HUMAANS_BASE_URL: 'http://127.0.0.1:1/api' },
			/connection to Humaans was cut/,
			/Check the network/,
		],
	])(
		'%s',
		async (_what, change, says, todo) =>
			await refuses({ ...keys, ...change }, WITH_ACCOUNT, says, todo),
	);

	it('a role that may not read users', async () => {
		sandbox.faults.add({ service: 'jumpCloud', method: 'GET', kind: '403', times: 9 });
		await refuses(keys, [], /role may not read users \(403\)/, /role/);
	});

	it('a role that may only read', async () => {
		sandbox.faults.add({
			service: 'jumpCloud',
			method: 'POST',
			path: /systemusers$/,
			kind: '403',
			skip: 1,
			times: 9,
		});
		await refuses(
			keys,
			WITH_ACCOUNT,
			/may read users and not make any \(403\)/,
			/leave --with-test-account away/,
		);
	});
});

describe('the address of the test account', () => {
	const existing = { username: 'somebody', state: 'STAGED', suspended: false } as const;
	const add = (values: Partial<Account>): void => {
		const [account] = sandbox.jumpCloud.accounts;
		sandbox.admin.addAccount({
			...account!,
			...existing,
			_id: 'a'.repeat(24),
			id: 'a'.repeat(24),
			...values,
		});
	};

	it.each([
		[
			'work email in other letters',
			{ email: CHECK.toUpperCase() },
			/Use an address that no account has/,
		],
		['personal email', { alternateEmail: CHECK }, /Use an address that no account has/],
		[
			'work email of what an earlier check left behind',
			{ email: CHECK, username: 'live-check-0a1b2c3d' },
			/An earlier check left it behind/,
		],
	])('is the %s of somebody', async (_what, values, todo) => {
		add(values);
		await refuses(keys, WITH_ACCOUNT, /exists already \(a{24}\), so nothing was done/, todo);
		expect(sandbox.writes()).toEqual([]);
	});

	it('is held in another organization, where nobody can see it', async () => {
		sandbox.quirks.takenElsewhere = [CHECK];
		await refuses(
			keys,
			WITH_ACCOUNT,
			/did not make the test account \(400\)/,
			/in use in another organization/,
		);
		sandbox.quirks.takenElsewhere = [];
	});
});

describe('answers that are none', () => {
	const both = ['humaans', 'jumpCloud'] as const;
	it.each(both)('a web page at the first call of %s', async (service) => {
		sandbox.faults.add({ service, kind: 'html-200' });
		await refuses(keys, [], /answered with a web page instead of JSON \(200\)/, /proxy/);
	});

	it('a web page in the middle, with an account there', async () => {
		sandbox.faults.add({
			service: 'jumpCloud',
			method: 'PUT',
			kind: 'html-200',
			skip: 3,
			times: 9,
		});
		await refuses(keys, WITH_ACCOUNT, /JumpCloud answered with a web page/, /proxy/);
	});

	it('a service that is down', async () => {
		sandbox.faults.add({ service: 'humaans', kind: '503-html', times: 99 });
		await refuses(keys, [], /does not answer like Humaans \(503\)/, /later/);
	});

	it.each(both)('a connection to %s that is cut again and again', async (service) => {
		sandbox.faults.add({ service, kind: 'cut', skip: 5, times: 99 });
		await refuses(keys, [], /was cut/, /Check the network/);
	});

	it('halves of answers', async () => {
		sandbox.faults.add({ service: 'humaans', kind: 'truncated-json', skip: 2, times: 99 });
		await refuses(keys, [], /was cut/, /Check the network/);
	});
});

describe('what passes', () => {
	const passing: Array<[Fault['kind'], Partial<Fault>]> = [
		['cut', { times: 2 }],
		['cut-mid-body', {}],
		['truncated-json', {}],
		['503-html', { times: 2 }],
	];
	it.each(passing)('%s, and then an answer', async (kind, more) => {
		for (const service of ['humaans', 'jumpCloud'] as const)
			sandbox.faults.add({ service, method: 'GET', kind, skip: 8, ...more });
		const { code, report } = await liveCheck(keys, WITH_ACCOUNT);
		expect(differing(report, table)).toEqual([]);
		expect(code).toBe(0);
	});

	it.each(['429', '429-retry-after-seconds', '429-retry-after-date'] as const)(
		'%s: it waits, also with a creation, and says so',
		async (kind) => {
			const wait = { kind, retryAfterSeconds: 0.2 };
			sandbox.faults.add({ service: 'humaans', ...wait, skip: 4 });
			sandbox.faults.add({
				service: 'jumpCloud',
				method: 'POST',
				path: /systemusers$/,
				skip: 1,
				...wait,
				times: 2,
			});
			const { code, report } = await liveCheck(keys, WITH_ACCOUNT);
			expect(differing(report, table).sort()).toEqual(['humaansPace', 'jumpCloudPace']);
			expect(code).toBe(1);
			expect(sandbox.jumpCloud.accounts).toHaveLength(start.accounts.length);
		},
	);

	it('a limit that lasts', async () => {
		sandbox.faults.add({
			service: 'humaans',
			kind: '429-retry-after-seconds',
			retryAfterSeconds: 900,
		});
		await refuses(keys, [], /limiting the number of requests \(429\)/, /later/);
	});
});

describe('redirects', () => {
	let elsewhere: Server;
	const seen: string[] = [];
	const address = (server: Server): string =>
		`http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const listening = async (server: Server): Promise<Server> =>
		await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
	beforeAll(async () => {
		elsewhere = await listening(
			createServer((request, response) => {
				seen.push(String(request.url));
				response.end('{}');
			}),
		);
	});
	afterAll(() => void elsewhere.close());

	it.each([
		['/login', /sign-in page \(302\): the key did not arrive/],
		['/elsewhere', /redirect \(302\), which is not followed/],
	])('to %s of another address are not followed', async (path, says) => {
		const location = address(elsewhere) + path;
		const redirecting = await listening(
			createServer((_request, response) => response.writeHead(302, { location }).end()),
		);
		await refuses({ ...keys, JUMPCLOUD_BASE_URL: address(redirecting) }, [], says, /Check the/);
		redirecting.close();
		expect(seen).toEqual([]);
	});
});
