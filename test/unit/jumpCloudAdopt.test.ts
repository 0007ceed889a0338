/**
 * Create with "When the Account Exists Already: Adopt It": whose account is taken, and whose never.
 */
import { createAccount } from '../../nodes/services/jumpcloud/create';
import { createTyped } from '../../nodes/services/jumpcloud/typed';
import type { Account, Desired, Person, Subject } from '../../nodes/core/subject';
import type { Sandbox, WorldState } from '../sandbox';
import { clientFor } from './jumpCloudHarness';
import { ids, smallSandbox } from './jumpCloudScenarios';

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
	id: 'person-foreign',
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
		{ personId: 'person-foreign', person: person(), desired: wanted(), ...subject },
		'adopt',
		names,
	);
const setForeign = (patch: Partial<Account>) =>
	sandbox.admin.setAccount(ids.foreign, patch as never);

describe('a person’s', () => {
	it('own account, with their work e-mail in any case, is adopted', async () =>
		expect(await adopt({})).toMatchObject({
			account: { _id: ids.foreign, department: 'Finance' },
			outcome: { action: 'create', status: 'adopted' },
		}));
	it('own account is adopted where somebody else was looked for and not found', async () =>
		expect(
			await adopt({ person: person({ sharesWorkEmailWith: [] }) }, new Set(['nora'])),
		).toMatchObject({ outcome: { status: 'adopted' } }));
	it('own account gets the e-mail that is mapped, when it stands in the way by the employee ID', async () =>
		expect(
			await adopt({
				desired: wanted({ email: 'f@corp.example', employeeIdentifier: 'E-foreign' }),
			}),
		).toMatchObject({
			account: { _id: ids.foreign, email: 'f@corp.example' },
			outcome: { status: 'adopted' },
		}));
});

const MISTYPED = {
	person: person({ id: 'person-new', email: 'new@acme.example', employeeId: 'E-foreign' }),
	personId: 'person-new',
	desired: wanted({ email: 'new@acme.example', employeeIdentifier: 'E-foreign' }),
};
const MADE_UP = {
	person: person({ id: 'person-namesake', email: null }),
	personId: 'person-namesake',
};

it.each<
	[string, string, Partial<Subject>, { holder?: Partial<Account>; names?: ReadonlySet<string> }?]
>([
	['a colleague’s, whose employee ID was mistyped', 'employee ID', MISTYPED],
	[
		'an administrator’s, whose employee ID was mistyped',
		'employee ID',
		MISTYPED,
		{ holder: { admin: '5a2dbc0fe0a1b2c3d4e5f6aa' } },
	],
	['a namesake’s, whose e-mail was made from the name', 'work e-mail', MADE_UP],
	[
		'that of whoever has the mapped e-mail',
		'work e-mail',
		{ person: person({ email: 'other@acme.example' }) },
	],
	[
		'that of whoever has the work e-mail as personal e-mail',
		'work e-mail',
		{},
		{ holder: { email: 'else@acme.example', alternateEmail: 'foreign@acme.example' } },
	],
	['when nobody knows the person', 'work e-mail', { person: undefined }],
	[
		'when somebody else has the same work e-mail in Humaans',
		'work e-mail',
		{ person: person({ sharesWorkEmailWith: ['person-twin'] }) },
	],
	['an administrator’s', 'work e-mail', {}, { holder: { admin: '5a2dbc0fe0a1b2c3d4e5f6aa' } }],
	['a protected one, by its username', 'work e-mail', {}, { names: new Set(['foreign']) }],
	['a protected one, by its id', 'work e-mail', {}, { names: new Set([ids.foreign]) }],
	[
		'one that somebody suspended',
		'work e-mail',
		{},
		{ holder: { state: 'SUSPENDED', suspended: true } },
	],
	[
		'somebody’s that is linked',
		'work e-mail',
		{},
		{ holder: { attributes: [{ name: 'humaansId', value: 'person-else' }] } },
	],
	[
		'one of two that are in the way',
		'work e-mail',
		{ desired: wanted({ employeeIdentifier: 'E-ada' }) },
	],
])('never %s', async (_whose, what, subject, { holder = {}, names } = {}) => {
	setForeign(holder);
	const before = structuredClone(sandbox.admin.account(ids.foreign));
	await expect(adopt(subject, names)).rejects.toMatchObject({
		name: 'Declined',
		message: `Another JumpCloud account has the same ${what}, so none was created.`,
	});
	expect(sandbox.admin.account(ids.foreign)).toEqual(before);
	expect(sandbox.writes().map((entry) => entry.method)).toEqual(['POST']);
});

describe('typed values', () => {
	const typed = async (names = NOBODY) =>
		await createTyped(
			clientFor(sandbox),
			{ email: 'Foreign@acme.example', username: 'new.name', values: new Map() },
			'adopt',
			names,
		);
	it('give the account with that e-mail, unchanged', async () =>
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
			message: 'Another JumpCloud account has the same work e-mail, so none was created.',
		});
	});
	afterEach(() => expect(sandbox.writes()).toEqual([]));
});
