/** One service, another key, only reads, a mail or none: what is asked, and what is not. */
import { jumpCloudOrigin, jumpCloudTokenUrl } from '../../nodes/services/jumpcloud/regions';
import { setBackBeforeEach } from '../harness/oneSandbox';
import type { Sandbox } from '../sandbox';
import {
	CHECK,
	differing,
	keysOf,
	liveCheck,
	readTable,
	resultsIn,
	type Environment,
} from './liveCheckProcess';
import { secretsOf, startTenant } from './tenant';

const WITH_ACCOUNT = ['--with-test-account', CHECK];
const table = readTable();
let sandbox: Sandbox;
let keys: Environment;
setBackBeforeEach(startTenant, (started) => {
	sandbox = started;
	keys = keysOf(sandbox);
});

it('looks at Humaans alone', async () => {
	const { code, stdout, report } = await liveCheck({ ...keys, JUMPCLOUD_API_KEY: '' });
	expect(stdout).toContain('No key for JumpCloud is set: only the other service is looked at.');
	expect(code).toBe(0);
	expect(sandbox.log.filter(({ service }) => service === 'jumpCloud')).toEqual([]);
	const rows = table.assumptions.filter(({ service }) => service === 'Humaans');
	expect(Object.keys(resultsIn(report, table)).sort()).toEqual(rows.map(({ id }) => id).sort());
});

it('looks at JumpCloud alone, with a service account', async () => {
	const { clientId, clientSecret } = sandbox.jumpCloud.serviceAccount;
	const env = {
		JUMPCLOUD_BASE_URL: sandbox.jumpCloud.baseUrl,
		JUMPCLOUD_CLIENT_ID: clientId,
		JUMPCLOUD_CLIENT_SECRET: clientSecret,
	};
	const { code, report, stderr } = await liveCheck(env, WITH_ACCOUNT);
	expect(stderr).toBe('');
	expect(differing(report, table)).toEqual([]);
	expect(code).toBe(0);
	expect(secretsOf(sandbox).filter((secret) => report.includes(secret))).toEqual([]);
});

it('only reads, and mails nobody, when nothing more is asked for', async () => {
	const { code, report } = await liveCheck(keys);
	expect(code).toBe(0);
	expect(sandbox.writes()).toEqual([]);
	expect(
		sandbox.log.filter(({ service, method }) => service === 'humaans' && method !== 'GET'),
	).toEqual([]);
	const reads = table.assumptions.filter(({ needs }) => needs === 'read').map(({ id }) => id);
	const results = resultsIn(report, table);
	expect(Object.keys(results).sort()).toEqual(reads.sort());
	expect(report).toContain('27 not looked at: it needs --with-test-account.');
	expect(report).toContain('3 not looked at: it needs --mail-to.');
});

it('mails nobody without --mail-to, and never sets a password', async () => {
	await liveCheck(keys, WITH_ACCOUNT);
	expect(sandbox.outbox).toEqual([]);
	expect(sandbox.log.filter(({ path }) => path.endsWith('/state/activate'))).toEqual([]);
	expect(sandbox.violations.filter(({ message }) => message.includes('password'))).toEqual([]);
});

it('asks for nothing outside the API, but for what it provokes', async () => {
	await liveCheck(keys, [...WITH_ACCOUNT, '--mail-to', 'me@home.example']);
	const messages = new Set(sandbox.violations.map(({ kind, message }) => `${kind}: ${message}`));
	expect([...messages].sort()).toEqual([
		'contract: body.jobTitle: null is not allowed',
		'rule: state and suspended are not sent together',
	]);
});

it('tells a token that sees a part from one that sees all', async () => {
	const maker = sandbox.humaans.people[0]!.id;
	sandbox.humaans.setToken(['public:read'], maker, 'HR of Berlin');
	const { code, report } = await liveCheck({ ...keys, JUMPCLOUD_API_KEY: '' });
	const results = resultsIn(report, table);
	expect(results.tokenScope).toMatchObject({ kind: 'differs', seen: 'it has not' });
	expect(results.tokenRole).toMatchObject({ kind: 'differs', seen: 'another role' });
	expect(results.tokenView).toMatchObject({ kind: 'differs', seen: 'one person' });
	expect(report).not.toContain('Berlin');
	expect(code).toBe(1);
});

it('knows the same regions as the nodes', () => {
	for (const [region, { console, token }] of Object.entries(table.regions)) {
		expect(console).toBe(jumpCloudOrigin({ region }));
		expect(token).toBe(jumpCloudTokenUrl({ region }));
	}
});
