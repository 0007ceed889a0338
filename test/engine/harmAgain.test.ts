/** Found by a tester who tried to do harm: each fault as it was done. */
import { apply, loadTemplate } from '../harness/engine';
import { company } from './smallCompany';
import { triggered } from './triggered';
import { ask } from './onDemandForm';

describe('a value handed on in one run is not lost', () => {
	it.each([
		['employeeId', 'employeeIdentifier', 'E2', 'E3'],
		['email', 'email', 'ana2@acme.example', 'married@acme.example'],
		['personalEmail', 'alternateEmail', 'ana2@mail.example', 'new@mail.example'],
	] as const)(
		'%s',
		async (field, slot, handed, fresh) =>
			await company(async ({ sandbox, reconcile, hire, account }) => {
				const ana = hire();
				const bob = hire();
				await reconcile();
				sandbox.admin.change(ana, { [field]: handed });
				sandbox.admin.change(bob, { [field]: fresh });
				for (let run = 0; run < 5; run++) await reconcile();
				expect(account(bob)[slot]).toBe(fresh);
				expect(account(ana)[slot]).toBe(handed);
			}),
	);

	it('nor when the look-up of the holder fails', async () => {
		let [armed, refused] = [false, false];
		await company(
			async ({ sandbox, reconcile, hire, account }) => {
				const ana = hire();
				const other = hire();
				await reconcile();
				sandbox.admin.setAccount(account(other)._id, { employeeIdentifier: 'E-7' });
				sandbox.admin.change(other, { employeeId: null });
				sandbox.admin.change(ana, { employeeId: 'E-7' });
				armed = true;
				await reconcile();
				armed = false;
				sandbox.admin.setAccount(account(other)._id, { employeeIdentifier: 'E-8' });
				for (let run = 0; run < 3; run++) await reconcile();
				expect(account(ana).employeeIdentifier).toBe('E-7');
			},
			{
				intercept: ({ service, method, path }) => {
					if (!armed || service !== 'jumpCloud') return undefined;
					if (method === 'PUT') refused = true;
					return refused && path.includes('search') ? { kind: '503-html' } : undefined;
				},
			},
		);
	});
});

describe('a value that is let go does not overwrite what somebody typed', () => {
	it.each(['onCreate', 'fillEmpty'])(
		'%s',
		async (syncRule) =>
			await company(async ({ sandbox, reconcile, hire, account }) => {
				const other = hire();
				await reconcile({ syncRule });
				sandbox.admin.setAccount(account(other)._id, { employeeIdentifier: 'E-7' });
				const ana = hire({ employeeId: 'E-7' });
				await reconcile({ syncRule });
				sandbox.admin.setAccount(account(ana)._id, { employeeIdentifier: 'TYPED-BY-IT' });
				sandbox.admin.setAccount(account(other)._id, { employeeIdentifier: 'E-8' });
				await reconcile({ syncRule });
				expect(account(ana).employeeIdentifier).toBe('TYPED-BY-IT');
			}),
	);

	it('nor is a sign-in changed to an address that was only made from the name', async () =>
		await company(async ({ sandbox, reconcile, hire, account }) => {
			const options = {
				missingWorkEmail: 'pattern',
				workEmailDomain: 'acme.example',
				workEmailPattern: '{first}.{last}',
			};
			const ana = hire({ firstName: 'Ana', lastName: 'Silva', email: 'ana.s@acme.example' });
			const other = hire();
			await reconcile({ options });
			sandbox.admin.setAccount(account(other)._id, { alternateEmail: 'ana.silva@acme.example' });
			sandbox.admin.change(other, { personalEmail: null });
			sandbox.admin.change(ana, { email: 'ana.silva@acme.example' });
			await reconcile({ options });
			sandbox.admin.change(ana, { email: null });
			sandbox.admin.setAccount(account(other)._id, { alternateEmail: '' });
			await reconcile({ options });
			expect(account(ana).email).toBe('ana.s@acme.example');
		}));
});

it('what is free is not said to be held; Reconcile writes it', async () =>
	await company(async ({ sandbox, reconcile, hire, account }) => {
		const ana = hire();
		const other = hire();
		await reconcile();
		sandbox.admin.setAccount(account(other)._id, { employeeIdentifier: 'E-7' });
		sandbox.admin.change(other, { employeeId: 'E-7' });
		sandbox.admin.change(ana, { employeeId: 'E-7' });
		await reconcile();
		sandbox.admin.change(other, { employeeId: 'E-8' });
		sandbox.admin.setAccount(account(other)._id, { employeeIdentifier: 'E-8' });
		const page = await ask(sandbox, 'ana1@acme.example', 'Apply');
		expect(page.text).toContain('A run over everybody tries again once no account has it.');
		await reconcile();
		expect(account(ana).employeeIdentifier).toBe('E-7');
	}));

it.each(['provisioning', 'sync-updates', 'full-lifecycle'])(
	'%s takes no account that is a leaver’s by the same address, as reconcile does not',
	async (template) =>
		await company(async ({ sandbox, reconcile, hire, account }) => {
			const bob = hire();
			await reconcile();
			const john = hire({ firstName: 'John', lastName: 'Smith', email: 'j.smith@acme.example' });
			const johns = sandbox.admin.addAccount({
				...structuredClone(sandbox.admin.account(account(bob)._id)!),
				...{ _id: 'e'.repeat(24), username: 'j.smith', email: 'j.smith@acme.example' },
				...{ firstname: 'John', lastname: 'Smith', activated: true },
				...{ alternateEmail: '', employeeIdentifier: '', attributes: [] },
			});
			sandbox.admin.offboard(john, '2026-10-20');
			const jane = hire({ firstName: 'Jane', lastName: 'Doe', email: 'j.smith@acme.example' });
			await triggered(apply(loadTemplate(template)), sandbox, [jane]);
			expect(sandbox.admin.account(johns._id)).toMatchObject({ firstname: 'John', attributes: [] });
		}),
);

describe('a leaver is cut off', () => {
	it('though somebody with an account of their own got the address, and has the same first name', async () =>
		await company(async ({ sandbox, reconcile, hire, account }) => {
			const old = hire({ firstName: 'Ana', lastName: 'Silva', email: 'office@acme.example' });
			const neu = hire({ firstName: 'Ana', lastName: 'Kern', email: 'ana.kern@acme.example' });
			await reconcile();
			sandbox.admin.offboard(old, '2026-11-20');
			sandbox.admin.change(neu, { email: 'office@acme.example' });
			await reconcile();
			expect(account(old).state).toBe('SUSPENDED');
		}));
});

describe('a value that was refused, changed to another in Humaans, and back is written', () => {
	it.each<[string, object]>([
		['to what the account holds', { employeeId: 'E1' }],
		['to nothing', { employeeId: null }],
	])(
		'%s',
		async (_what, meanwhile) =>
			await company(async ({ sandbox, reconcile, hire, account }) => {
				const ana = hire();
				await reconcile();
				sandbox.quirks.refusedValues = { employeeIdentifier: { values: ['E-7'], words: 'named' } };
				sandbox.admin.change(ana, { employeeId: 'E-7' });
				// Nobody has it, so it is tried once more.
				for (let run = 0; run < 2; run++) await reconcile();
				expect((await reconcile()).bodies).toEqual([]);
				sandbox.admin.change(ana, meanwhile);
				await reconcile();
				sandbox.quirks.refusedValues = {};
				sandbox.admin.change(ana, { employeeId: 'E-7' });
				await reconcile();
				expect(account(ana).employeeIdentifier).toBe('E-7');
			}),
	);
});

it('a refused value is tried again once the account has held it', async () =>
	await company(async ({ sandbox, reconcile, hire, account }) => {
		const ana = hire();
		await reconcile();
		sandbox.quirks.refusedValues = { department: { values: ['R&D'], words: 'named' } };
		sandbox.admin.change(ana, { department: 'R&D' });
		for (let run = 0; run < 2; run++) await reconcile();
		sandbox.quirks.refusedValues = {};
		sandbox.admin.setAccount(account(ana)._id, { department: 'R&D' });
		await reconcile();
		sandbox.admin.setAccount(account(ana)._id, { department: 'typed' });
		await reconcile();
		expect(account(ana).department).toBe('R&D');
	}));

it.each([
	['employeeId', 'employeeIdentifier', 'E-7', 'TYPED', 'E-8'],
	['personalEmail', 'alternateEmail', 'a@home.example', 'typed@home.example', 'b@home.example'],
])(
	'Only When Changed: what IT typed while the %s was taken stays when that is free again',
	async (field, slot, value, typed, freed) =>
		await company(async ({ sandbox, reconcile, hire, account }) => {
			const rule = { syncRule: 'whenChanged' };
			const other = hire();
			await reconcile(rule);
			sandbox.admin.setAccount(account(other)._id, { [slot]: value });
			const ana = hire({ [field]: value, firstName: 'Bo' });
			await reconcile(rule);
			expect(account(ana)[slot]).not.toBe(value);
			sandbox.admin.setAccount(account(ana)._id, { [slot]: typed });
			await reconcile(rule);
			sandbox.admin.setAccount(account(other)._id, { [slot]: freed });
			for (let run = 0; run < 2; run++) await reconcile(rule);
			expect(account(ana)[slot]).toBe(typed);
		}),
);
