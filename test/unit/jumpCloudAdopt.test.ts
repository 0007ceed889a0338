/**
 * Create with "When the Account Exists Already: Adopt It": whose account is taken, and whose never.
 */
import { createAccount } from '../../nodes/services/jumpcloud/create';
import { createTyped } from '../../nodes/services/jumpcloud/typed';
import type { Account, Desired, Person, Subject } from '../../nodes/core/subject';
import type { Sandbox, WorldState } from '../sandbox';
import { clientFor } from '../harness/jumpCloudOverHttp';
import { personIdOf } from '../harness/personIds';
import { ids, smallSandbox } from '../harness/jumpCloudScenarios';

let sandbox: Sandbox;
let start: WorldState;
beforeAll(async () => {
	sandbox = await smallSandbox();
	start = sandbox.snapshot();
});
beforeEach(() => {
	sandbox.restore(start);
	sandbox.clearLog();
});
afterEach(() => expect(sandbox.violations).toEqual([]));
afterAll(async () => await sandbox.stop());

const NOBODY: ReadonlySet<string> = new Set();
const person = (patch: Partial<Person> = {}): Person => ({
	id: personIdOf('foreign'),
	status: 'active',
	firstName: 'Foreign',
	lastName: 'Test',
	email: 'Foreign@ACME.example',
	...patch,
});
const wanted = (patch: Desired['attributes'] = {}): Desired => ({
	attributes: { email: 'foreign@acme.example', department: 'Finance', ...patch },
	rules: {},
	usernames: ['foreign', 'foreign2'],
	clearEmpty: true,
	problems: [],
});
const adopt = async (subject: Partial<Subject>, names = NOBODY) =>
	await createAccount(
		clientFor(sandbox),
		{ personId: personIdOf('foreign'), person: person(), desired: wanted(), ...subject },
		{ onConflict: 'adopt', protectedAccounts: names },
	);
const setForeign = (patch: Partial<Account>) =>
	sandbox.admin.setAccount(ids.foreign, patch as never);

describe('a person’s', () => {
	it('own account, with their work email in any case, is adopted', async () =>
		expect(await adopt({})).toMatchObject({
			account: { _id: ids.foreign, department: 'Finance' },
			outcome: { action: 'create', status: 'adopted' },
		}));
	it('own account is adopted where somebody else was looked for and not found', async () =>
		expect(
			await adopt({ person: person({ sharesWorkEmailWith: [] }) }, new Set(['nora'])),
		).toMatchObject({ outcome: { status: 'adopted' } }));
});

const MISTYPED = {
	person: person({ id: personIdOf('new'), email: 'new@acme.example', employeeId: 'E-foreign' }),
	personId: personIdOf('new'),
	desired: wanted({ email: 'new@acme.example', employeeIdentifier: 'E-foreign' }),
};
const MADE_UP = {
	person: person({ id: personIdOf('namesake'), email: null }),
	personId: personIdOf('namesake'),
};

it.each<
	[
		string,
		Partial<Subject>,
		{ holder?: Partial<Account>; other?: Partial<Account>; names?: ReadonlySet<string> }?,
	]
>([
	['a namesake’s, whose email was made from the name', MADE_UP],
	['that of whoever has the mapped email', { person: person({ email: 'other@acme.example' }) }],
	[
		'that of whoever has the work email as personal email',
		{},
		{ holder: { email: 'else@acme.example', alternateEmail: 'foreign@acme.example' } },
	],
	['when nobody knows the person', { person: undefined }],
	[
		'when somebody else has the same work email in Humaans',
		{ person: person({ sharesWorkEmailWith: [personIdOf('twin')] }) },
	],
	['an administrator’s', {}, { holder: { admin: '5a2dbc0fe0a1b2c3d4e5f6aa' } }],
	['a protected one, by its username', {}, { names: new Set(['foreign']) }],
	['a protected one, by its id', {}, { names: new Set([ids.foreign]) }],
	['one that somebody suspended', {}, { holder: { state: 'SUSPENDED', suspended: true } }],
	[
		'somebody’s that is linked',
		{},
		{ holder: { attributes: [{ name: 'humaansId', value: personIdOf('else') }] } },
	],
	['one that somebody staged', {}, { holder: { state: 'STAGED' } }],
	['one of two that are in the way', {}, { other: { alternateEmail: 'foreign@acme.example' } }],
])('never %s', async (_whose, subject, { holder = {}, other, names } = {}) => {
	setForeign(holder);
	if (other) sandbox.admin.setAccount(ids.admin, other as never);
	const holders = other ? `${ids.foreign}, ${ids.admin}` : ids.foreign;
	const before = structuredClone(sandbox.admin.account(ids.foreign));
	await expect(adopt(subject, names)).rejects.toMatchObject({
		name: 'Declined',
		message: `The JumpCloud account ${holders} has the same work email, so none was created.`,
	});
	expect(sandbox.admin.account(ids.foreign)).toEqual(before);
	expect(sandbox.writes().map((entry) => entry.method)).toEqual(['POST']);
});

it.each<[string, Partial<Account>]>([
	['a colleague', {}],
	['an administrator', { admin: '5a2dbc0fe0a1b2c3d4e5f6aa' }],
	['somebody suspended', { state: 'SUSPENDED', suspended: true }],
])(
	'S2: an employee ID that %s has is left off and named; the account is not touched',
	async (_who, holder) => {
		setForeign(holder);
		const before = structuredClone(sandbox.admin.account(ids.foreign));
		const reason = 'The account foreign has the employee ID already, so it was left off.';
		const { account, outcome } = await adopt(MISTYPED);
		expect(account).toMatchObject({ email: 'new@acme.example' });
		expect(account!.employeeIdentifier ?? '').toBe('');
		expect(outcome).toMatchObject({
			action: 'create',
			status: 'partly',
			refused: [{ attribute: 'employeeIdentifier', reason }],
			warnings: [reason],
		});
		expect(sandbox.admin.account(ids.foreign)).toEqual(before);
	},
);

describe('typed values', () => {
	const typed = async (names = NOBODY) =>
		await createTyped(
			clientFor(sandbox),
			{ email: 'Foreign@acme.example', username: 'new.name', values: new Map() },
			'adopt',
			names,
		);
	it('give the account with that email, unchanged', async () =>
		expect(await typed()).toMatchObject({
			account: { _id: ids.foreign, username: 'foreign' },
			outcome: { status: 'unchanged' },
		}));
	it('never an administrator’s, nor a protected one', async () => {
		await expect(typed(new Set(['foreign@acme.example']))).rejects.toMatchObject({
			name: 'Declined',
		});
		setForeign({ admin: '5a2dbc0fe0a1b2c3d4e5f6aa' });
		await expect(typed()).rejects.toMatchObject({
			message: `The JumpCloud account ${ids.foreign} has the same work email, so none was created.`,
		});
	});
	afterEach(() => expect(sandbox.writes()).toEqual([]));
});
