/**
 * Records and humans are not one to one: a successor is written into a record, or a human has two.
 */
import type { IDataObject } from 'n8n-workflow';
import { apply, loadTemplate, runTemplate } from '../harness/engine';
import { company } from './smallCompany';
import { triggered } from './triggered';

describe('a leaver’s account is not opened for somebody else who was written into their record', () => {
	const ana = { firstName: 'Ana', lastName: 'Silva', email: 'ana.silva@acme.example' };
	const bruno = {
		...{ firstName: 'Bruno', lastName: 'Costa', email: 'bruno.costa@acme.example' },
		...{ personalEmail: 'bruno@home.example', employeeId: 'E99' },
	};
	const back = {
		...{ status: 'active' as const, employmentStartDate: '2026-11-23' },
		...{ employmentEndDate: null, lastWorkingDay: null },
	};
	/** Leaves, is suspended, and is in Humaans again as `after`: the state of the account then. */
	async function stateAfter(
		before: object,
		after: object,
		onAccount: object = {},
	): Promise<unknown> {
		let state: unknown;
		await company(async ({ sandbox, reconcile, hire, account }) => {
			const id = hire({ ...ana, ...before });
			hire();
			await reconcile();
			sandbox.admin.setPassword(account(id)._id);
			sandbox.admin.offboard(id, '2026-11-20');
			await reconcile();
			expect(account(id).state).toBe('SUSPENDED');
			sandbox.admin.setAccount(account(id)._id, onAccount);
			sandbox.admin.change(id, { ...after, ...back });
			await reconcile();
			state = account(id).state;
		});
		return state;
	}

	it.each<[string, object, object, object]>([
		['everything is another’s', {}, bruno, {}],
		[
			'the personal email is a placeholder, or a family’s',
			{ personalEmail: 'none@none.example' },
			{ ...bruno, personalEmail: 'none@none.example' },
			{},
		],
		['the account has no name', {}, bruno, { firstname: '', lastname: '' }],
		['only the first name is the same', {}, { ...bruno, firstName: 'Ana' }, {}],
		['only the last name is the same', {}, { ...bruno, lastName: 'Silva' }, {}],
		[
			'the work email is that of a post',
			{ email: 'office@acme.example' },
			{ ...bruno, email: 'office@acme.example' },
			{},
		],
	])('%s', async (_what, before, after, onAccount) => {
		expect(await stateAfter(before, after, onAccount)).toBe('SUSPENDED');
	});

	it.each<[string, object, object]>([
		[
			'the same personal email, married',
			{ ...bruno, firstName: 'Ana', personalEmail: 'ana1@mail.example' },
			{},
		],
		['the same work email, married', { ...bruno, firstName: 'Ana', email: ana.email }, {}],
		['the same names', { ...bruno, firstName: 'Ana', lastName: 'Silva' }, {}],
		['the same employee ID and first name', { ...bruno, firstName: 'Ana', employeeId: 'E1' }, {}],
		[
			'the same employee ID, and no name to say otherwise',
			{ ...bruno, employeeId: 'E1' },
			{ firstname: '', lastname: '' },
		],
	])('it is theirs: %s', async (_what, after, onAccount) => {
		expect(await stateAfter({}, after, onAccount)).toBe('ACTIVATED');
	});
});

describe('whose names only the mapping or the spelling changes is let in again', () => {
	const mapped = (firstname: string, lastname: string) => ({
		options: {
			customMappings: {
				mapping: [
					{ target: 'firstname', value: firstname, rule: 'default' },
					{ target: 'lastname', value: lastname, rule: 'default' },
				],
			},
		},
	});
	const TURNED = mapped('={{ $json.person.lastName }}', '={{ $json.person.firstName }}');
	const PSEUDONYM = mapped('=User', '={{ $json.person.id.slice(0, 6) }}');
	it.each<[string, object, object, IDataObject]>([
		['names in each other’s place, by mapping', {}, {}, TURNED],
		[
			'names in each other’s place, corrected',
			{ firstName: 'Wang', lastName: 'Wei' },
			{ firstName: 'Wei', lastName: 'Wang' },
			{},
		],
		['pseudonyms, by mapping', {}, {}, PSEUDONYM],
		[
			'ü is written ue',
			{ firstName: 'Jörg', lastName: 'Müller' },
			{ firstName: 'Joerg', lastName: 'Mueller' },
			{},
		],
	])(
		'%s',
		async (_what, before, after, mapper) =>
			await company(async ({ sandbox, reconcile, hire, account }) => {
				const id = hire({ personalEmail: null, ...before });
				hire();
				await reconcile(mapper);
				sandbox.admin.offboard(id, '2026-11-20');
				await reconcile(mapper);
				expect(account(id).state).toBe('SUSPENDED');
				sandbox.admin.change(id, {
					...after,
					...{ status: 'active', employmentEndDate: null, lastWorkingDay: null },
				});
				await reconcile(mapper);
				expect(account(id).state).toBe('ACTIVATED');
			}),
	);
});

describe('a successor is written into a record whose account is in use', () => {
	const bruno = {
		...{ firstName: 'Bruno', lastName: 'Costa', email: 'bruno.costa@acme.example' },
		...{ personalEmail: 'bruno@home.example', employeeId: 'E99' },
	};
	it.each<[string, object]>([
		['of somebody who works here', {}],
		['of a leaver, before a run has seen that', { employmentStartDate: '2026-11-23' }],
	])(
		'%s: it stays as it is, and is a question',
		async (_what, more) =>
			await company(async ({ sandbox, reconcile, hire, account }) => {
				const id = hire();
				hire();
				await reconcile();
				sandbox.admin.setPassword(account(id)._id);
				sandbox.admin.change(id, { ...bruno, ...more });
				const { run, bodies } = await reconcile();
				expect(run.decisionsOf(id)[0]!.code).toBe('account.anotherPerson');
				expect(bodies).toEqual([]);
				expect(account(id).firstname).toBe('Ana');
			}),
	);

	it('a staged account, of which nobody has a password, becomes theirs', async () =>
		await company(async ({ sandbox, reconcile, hire, account }) => {
			const id = hire({ status: 'newHire', employmentStartDate: '2026-12-01' });
			hire();
			await reconcile();
			sandbox.admin.change(id, bruno);
			await reconcile();
			expect(account(id).firstname).toBe('Bruno');
		}));
});

describe('a human with two records is not cut off for the old one', () => {
	const ANA = { firstName: 'Ana', lastName: 'Silva', email: 'ana.silva@acme.example' };
	const NEW = { ...ANA, personalEmail: null, employeeId: 'E50' };
	const MOVED: Array<[string, { email: string | null }]> = [
		['emptied on the old record', { email: null }],
		['another on the old record', { email: 'ana.silva.old@acme.example' }],
	];
	it.each(MOVED)(
		'the work email is %s',
		async (_what, change) =>
			await company(async ({ sandbox, reconcile, hire, account }) => {
				const old = hire(ANA);
				hire();
				await reconcile();
				sandbox.admin.offboard(old, '2026-11-20');
				sandbox.admin.change(old, change);
				hire(NEW);
				const { run } = await reconcile();
				expect(account(old).state).toBe('ACTIVATED');
				expect(run.decisionsOf(old)[0]!.code).toBe('leaver.sameHuman');
			}),
	);

	it('nor is their account deleted', async () =>
		await company(async ({ sandbox, reconcile, hire, account }) => {
			const old = hire(ANA);
			hire();
			await reconcile();
			sandbox.admin.offboard(old, '2026-11-20');
			sandbox.admin.change(old, { email: null });
			hire(NEW);
			const template = apply(loadTemplate('reconcile'), { deprovisionHow: 'delete' });
			expect((await runTemplate(template, sandbox)).error).toBeUndefined();
			expect(account(old).state).toBe('ACTIVATED');
		}));

	it.each(['deprovisioning', 'full-lifecycle'])(
		'by %s either',
		async (file) =>
			await company(async ({ sandbox, hire, reconcile, account }) => {
				const old = hire(ANA);
				hire();
				await reconcile();
				sandbox.admin.offboard(old, '2026-11-20');
				sandbox.admin.change(old, { email: null });
				hire(NEW);
				await triggered(apply(loadTemplate(file)), sandbox, [old], 'offboarded');
				expect(account(old).state).toBe('ACTIVATED');
			}),
	);

	it('a namesake with another email keeps nobody’s account open', async () =>
		await company(async ({ sandbox, hire, reconcile, account }) => {
			const old = hire(ANA);
			hire({ ...NEW, email: 'ana.silva2@acme.example' });
			await reconcile();
			sandbox.admin.offboard(old, '2026-11-20');
			sandbox.admin.change(old, { email: null });
			await triggered(apply(loadTemplate('deprovisioning')), sandbox, [old], 'offboarded');
			expect(account(old).state).toBe('SUSPENDED');
		}));

	it.each(['deprovisioning', 'full-lifecycle', 'reconcile'])(
		'a namesake who gets the address and has an account of her own keeps none open: %s',
		async (file) =>
			await company(async ({ sandbox, hire, reconcile, account }) => {
				const old = hire(ANA);
				const namesake = hire({ ...NEW, email: 'ana.silva2@acme.example' });
				await reconcile();
				sandbox.admin.offboard(old, '2026-11-20');
				sandbox.admin.change(old, { email: null });
				sandbox.admin.change(namesake, { email: ANA.email });
				if (file === 'reconcile') await reconcile();
				else await triggered(apply(loadTemplate(file)), sandbox, [old], 'offboarded');
				expect(account(old).state).toBe('SUSPENDED');
			}),
	);

	it.each([
		['first', { firstName: 'Ana', lastName: 'Costa' }],
		['last', { firstName: 'Bo', lastName: 'Silva' }],
	])(
		'nor does a successor who gets the address of a post and has the %s name in common',
		async (_what, names) =>
			await company(async ({ sandbox, hire, reconcile, account }) => {
				const old = hire({ ...ANA, email: 'sales@acme.example' });
				hire();
				await reconcile();
				sandbox.admin.offboard(old, '2026-11-20');
				sandbox.admin.change(old, { email: null });
				hire({ ...names, email: 'sales@acme.example' });
				await reconcile();
				expect(account(old).state).toBe('SUSPENDED');
			}),
	);
});

it.each([
	[
		'another script',
		{ firstName: 'Александр', lastName: 'Чайковский' },
		{ firstname: 'Sasha', lastname: 'Tchaikovsky' },
	],
	[
		'a nickname and a marriage',
		{ firstName: 'Elizabeth', lastName: 'Jones' },
		{ firstname: 'Liz', lastname: 'Taylor' },
	],
])(
	'emails and employee ID agree: back in, whatever the names: %s',
	async (_what, names, onAccount) =>
		await company(async ({ sandbox, reconcile, hire, account }) => {
			const fields = ['workEmail', 'personalEmail', 'employeeId'];
			const id = hire(names);
			hire();
			await reconcile({ fields });
			sandbox.admin.setAccount(account(id)._id, onAccount);
			sandbox.admin.offboard(id, '2026-11-20');
			await reconcile({ fields });
			expect(account(id).state).toBe('SUSPENDED');
			sandbox.admin.change(id, {
				...{ status: 'active', employmentEndDate: null, lastWorkingDay: null },
			});
			await reconcile({ fields });
			expect(account(id).state).toBe('ACTIVATED');
		}),
);
