/**
 * All accounts, whatever way of listing them JumpCloud takes: everybody exactly once, or a failure;
 * and a way that is refused is not tried again.
 */
import { ACCOUNT_FIELDS } from '../../nodes/core/account/accountFields';
import { Tenant } from '../../nodes/services/jumpcloud/tenant';
import { startSandbox, type Sandbox } from '../sandbox';
import { SWITCHES, type Quirks } from '../sandbox/quirks';
import { clientFor } from '../harness/jumpCloudOverHttp';
import { JumpCloudDouble } from '../harness/jumpCloudDouble';
import { linkedTo } from './syncWorld';

let sandbox: Sandbox;
/** More than two pages of 100. */
beforeAll(async () => {
	sandbox = await startSandbox({ people: 250, accounts: true, seed: 6 });
});
afterAll(async () => await sandbox.stop());
beforeEach(() => {
	sandbox.clearLog();
	for (const name of LIST_SWITCHES) turn(name, SWITCHES[name].default);
});
afterEach(() => expect(sandbox.violations).toEqual([]));

const LIST_SWITCHES = [
	...(['searchPageLimit', 'searchOverLimit', 'getPageLimit', 'getOverLimit'] as const),
	...(['jumpCloudPageLimit', 'searchPageFrom', 'searchFieldsIgnored'] as const),
];
type ListSwitch = (typeof LIST_SWITCHES)[number];

const turn = (name: ListSwitch, value: unknown): void =>
	void Object.assign(sandbox.quirks, { [name]: value } as Partial<Quirks>);
const everyId = () => sandbox.jumpCloud.accounts.map(({ _id }) => _id).sort();
const readAll = async (tenant = new Tenant()) => {
	const { accounts } = await clientFor(sandbox, {}, tenant).everyAccount(ACCOUNT_FIELDS);
	return accounts.map(({ _id }) => _id).sort();
};
const calls = () =>
	sandbox.log.map(({ method, path, query, body }) => {
		const { limit, skip } = (method === 'POST' ? body : query) as Record<string, unknown>;
		return `${method} ${path.replace('/api/', '')} ${String(limit)}@${String(skip)}`;
	});

it('asks for 1,000 by a search, with the fields that are read and with the page in both places', async () => {
	const accounts = await clientFor(sandbox).everyAccount(ACCOUNT_FIELDS);
	expect(accounts.accounts.map(({ _id }) => _id)).toEqual(everyId());
	expect(sandbox.log.map(({ method, path, query, body }) => [method, path, query, body])).toEqual([
		[
			...['POST', '/api/search/systemusers', { limit: '1000', skip: '0', sort: '_id' }],
			{ fields: ACCOUNT_FIELDS.join(' '), limit: 1000, skip: 0, sort: '_id' },
		],
	]);
	const [first] = accounts.accounts;
	expect(Object.keys(first!).filter((name) => !ACCOUNT_FIELDS.includes(name))).toEqual([]);
});

it('a way that is refused is not tried again in this process', async () => {
	const tenant = new Tenant();
	turn('searchPageLimit', 100);
	expect(await readAll(tenant)).toEqual(everyId());
	const [first, ...others] = calls();
	expect(first).toBe('POST search/systemusers 1000@0');
	expect(others.sort()).toEqual([
		...['POST search/systemusers 100@0', 'POST search/systemusers 100@198'],
		'POST search/systemusers 100@99',
	]);
	sandbox.clearLog();
	expect(await readAll(tenant)).toEqual(everyId());
	expect(calls().sort()).toEqual(others);
});

it.each([400, 403, 404])('where the search answers %i, GET is asked for 100', async (status) => {
	const tenant = new Tenant();
	const double = new JumpCloudDouble(linkedTo('a', 'x'), linkedTo('b', 'y'));
	double.before = ({ path }) =>
		path.includes('/search/') ? { status, headers: {}, body: { message: 'Not Found' } } : undefined;
	const client = double.client(tenant);
	expect((await client.everyAccount(ACCOUNT_FIELDS)).accounts).toHaveLength(2);
	const gets = () => double.asked.filter(({ method }) => method === 'GET');
	expect(gets().map(({ query }) => query)).toEqual([{ limit: 100, skip: 0, sort: '_id' }]);
	double.asked.length = 0;
	await client.everyAccount(ACCOUNT_FIELDS);
	expect(double.asked).toHaveLength(1);
});

it('rows that show no links or no states are not believed: GET is asked', async () => {
	for (const shown of [
		['_id', 'username'],
		['_id', 'attributes'],
		['_id', 'state'],
	]) {
		const double = new JumpCloudDouble(linkedTo('a', 'x'));
		double.before = ({ path }) => {
			if (!path.includes('/search/')) return undefined;
			const account = double.account('a');
			const row = Object.fromEntries(shown.map((name) => [name, account[name]]));
			return { status: 200, headers: {}, body: { totalCount: 1, results: [row] } };
		};
		const { accounts } = await double.client().everyAccount(ACCOUNT_FIELDS);
		expect(accounts).toEqual([double.account('a')]);
	}
});

it('a failure of the service itself is no reason to ask in another way', async () => {
	sandbox.faults.add({ service: 'jumpCloud', kind: '401', times: Infinity });
	await expect(readAll()).rejects.toMatchObject({ kind: 'wrongKey' });
	sandbox.faults.clear();
	expect(calls()).toHaveLength(1);
});

it('a search that ignores where a page begins is a failure, and never a short list', async () => {
	const client = clientFor(sandbox);
	turn('searchPageLimit', 100);
	const search = client.search.bind(client);
	client.search = async (query, _skip, limit) => await search(query, 0, limit);
	await expect(client.everyAccount(ACCOUNT_FIELDS)).rejects.toMatchObject({ kind: 'incomplete' });
});

describe('everybody exactly once', () => {
	const turns = LIST_SWITCHES.flatMap((name) =>
		SWITCHES[name].others.map((other): [ListSwitch, unknown] => [name, other]),
	);
	it.each(turns)('%s: %s', async (name, value) => {
		turn(name, value);
		expect(await readAll()).toEqual(everyId());
	});
	/** A page of 100 by search, so that several are read, and every other switch with it. */
	it.each(turns)('pages of 100, and %s: %s', async (name, value) => {
		turn('searchPageLimit', 100);
		turn(name, value);
		expect(await readAll()).toEqual(everyId());
	});
});
