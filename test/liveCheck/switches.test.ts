/**
 * The table of assumptions names every switch of the sandbox or says why no look can see it; and
 * with a switch turned, exactly the rows that name it are not as expected.
 */
import { setBackBeforeEach } from '../harness/oneSandbox';
import { DEFAULT_QUIRKS, SWITCHES, type Quirks, type Sandbox } from '../sandbox';
import { CHECK, differing, keysOf, liveCheck, readTable, resultsIn } from './liveCheckProcess';
import { letSomebodyLeave, secretsOf, startTenant } from './tenant';
import { sampled } from '../harness/sample';

/** The switch `refusedInviteAddresses` refuses it. */
const MAIL_TO = 'refused@home.example';
const ARGS = ['--with-test-account', CHECK, '--mail-to', MAIL_TO];

const table = readTable();
let sandbox: Sandbox;
setBackBeforeEach(startTenant, (begun) => (sandbox = begun));
beforeEach(() => {
	Object.assign(sandbox.quirks, structuredClone(DEFAULT_QUIRKS));
});

async function check(quirks: Partial<Quirks>) {
	Object.assign(sandbox.quirks, quirks);
	letSomebodyLeave(sandbox);
	const accounts = sandbox.jumpCloud.accounts.map(({ _id }) => _id);
	const groups = sandbox.jumpCloud.groups.map(({ id }) => id);
	const ended = await liveCheck(keysOf(sandbox), ARGS);
	// Whatever the tenant is like: nothing is left, nobody is named, one mail at most.
	expect(sandbox.jumpCloud.accounts.map(({ _id }) => _id)).toEqual(accounts);
	expect(sandbox.jumpCloud.groups.map(({ id }) => id)).toEqual(groups);
	const shown = ended.report + ended.stdout;
	expect(secretsOf(sandbox).filter((secret) => shown.includes(secret))).toEqual([]);
	expect(sandbox.outbox.length).toBeLessThanOrEqual(1);
	expect(sandbox.outbox.filter(({ to }) => to !== MAIL_TO)).toEqual([]);
	return ended;
}

/** A rate that any machine exceeds: the example of the table is for a quick one. */
const asTurned = (value: unknown): unknown =>
	value !== null && typeof value === 'object' && 'perMs' in value
		? { ...value, perMs: 2000 }
		: value;

interface Turned {
	name: keyof Quirks;
	value: unknown;
	shown: string;
}
const turned: Turned[] = Object.entries(SWITCHES).flatMap(([name, { others }]) =>
	(others as readonly unknown[]).map((value) => ({
		name: name as keyof Quirks,
		value: asTurned(value),
		shown: JSON.stringify(value),
	})),
);

it('names every switch in a row, or in the list of what cannot be seen, and no other', () => {
	const inRows = new Set(table.assumptions.flatMap(({ switches }) => switches));
	const named = [...inRows, ...Object.keys(table.unseen)];
	expect([...named].sort()).toEqual(Object.keys(SWITCHES).sort());
});

it('has each id and each sentence once, and says why a switch cannot be seen', () => {
	for (const key of ['id', 'says'] as const) {
		const values = table.assumptions.map((row) => row[key]);
		expect(values.filter((value, at) => values.indexOf(value) !== at)).toEqual([]);
	}
	for (const why of Object.values(table.unseen)) expect(why.length).toBeGreaterThan(15);
});

it('sees everything as expected with the defaults', async () => {
	const { code, report, stderr } = await check({});
	const results = resultsIn(report, table);
	expect(stderr).toBe('');
	expect(Object.entries(results).filter(([, { kind }]) => kind !== 'asExpected')).toEqual([]);
	expect(Object.keys(results).sort()).toEqual(table.assumptions.map(({ id }) => id).sort());
	expect(code).toBe(0);
	expect(sandbox.outbox).toMatchObject([{ to: MAIL_TO, kind: 'activation' }]);
});

const isSeen = ({ name }: Turned): boolean => !(name in table.unseen);

describe('with a switch turned, the rows that name it are not as expected, and no others', () => {
	it.each(sampled(turned.filter(isSeen), 3, 'seen'))('$name: $shown', async ({ name, value }) => {
		const { code, report } = await check({ [name]: value } as Partial<Quirks>);
		const expected = table.assumptions.filter(({ switches }) => switches.includes(name));
		expect(differing(report, table).sort()).toEqual(expected.map(({ id }) => id).sort());
		expect(code).toBe(1);
	});
});

const unseen = Object.keys(table.unseen).map(
	(name) => [name, turned.filter((one) => one.name === name)] as const,
);
const rounds = Array.from({ length: Math.max(...unseen.map(([, { length }]) => length)) });

it.each(
	sampled(
		rounds.map((_, at) => at),
		1,
	),
)('nothing sees the others: their values, round %i', async (at) => {
	const quirks = unseen.map(([name, values]) => [name, values[at % values.length]!.value]);
	const { code, report } = await check(Object.fromEntries(quirks) as Partial<Quirks>);
	expect(differing(report, table)).toEqual([]);
	expect(code).toBe(0);
});
