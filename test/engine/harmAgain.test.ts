/** Found by a tester who tried to do harm: each fault as it was done. */
import { apply, loadTemplate } from '../harness/engine';
import { setClock } from '../harness/fixedClock';
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

describe('the invite does not go to an address that is another account’s', () => {
	it('the work email of a colleague who is created in the same run', async () =>
		await company(async ({ sandbox, reconcile, hire, account }) => {
			hire({ email: 'ana@agency.example', personalEmail: 'boss@acme-group.example' });
			const boss = hire({ email: 'boss@acme-group.example', personalEmail: null });
			await reconcile();
			expect(sandbox.outbox.map(({ to }) => to)).toEqual([
				'ana@agency.example',
				'boss@acme-group.example',
			]);
			expect(account(boss).email).toBe('boss@acme-group.example');
		}));

	it('nor of one without an account, where the trigger names only the joiner', async () =>
		await company(async ({ sandbox, hire }) => {
			hire({ email: 'boss@acme-group.example', status: 'newHire', personalEmail: null });
			const ana = hire({ email: 'ana@agency.example', personalEmail: 'Boss@acme-group.example' });
			await triggered(apply(loadTemplate('provisioning')), sandbox, [ana]);
			expect(sandbox.outbox.map(({ to }) => to)).toEqual(['ana@agency.example']);
		}));

	it('nor where the account has it from before', async () =>
		await company(async ({ sandbox, reconcile, hire, account }) => {
			const ana = hire({ status: 'newHire', employmentStartDate: '2026-11-25' });
			hire();
			await reconcile();
			sandbox.admin.setAccount(account(ana)._id, { alternateEmail: 'boss@acme-group.example' });
			sandbox.admin.change(ana, { personalEmail: 'boss@acme-group.example' });
			hire({ email: 'boss@acme-group.example', status: 'newHire' });
			setClock('2026-11-25T12:00:00.000Z');
			await reconcile();
			expect(sandbox.outbox.map(({ to }) => to)).not.toContain('boss@acme-group.example');
		}));

	it('a colleague’s personal email that was typed by mistake', async () =>
		await company(async ({ sandbox, reconcile, hire }) => {
			hire({ firstName: 'Bo', lastName: 'Berg', personalEmail: 'bo@home.example' });
			await reconcile();
			const before = sandbox.outbox.length;
			hire({ firstName: 'Ana', lastName: 'Silva', personalEmail: 'bo@home.example' });
			await reconcile();
			expect(sandbox.outbox.slice(before).map(({ to }) => to)).toEqual(['ana2@acme.example']);
		}));

	it('the personal email of somebody who was here before under the same name is theirs', async () =>
		await company(async ({ sandbox, reconcile, hire, account }) => {
			const old = hire({ firstName: 'Ana', lastName: 'Silva', personalEmail: 'ana@home.example' });
			hire();
			await reconcile();
			sandbox.admin.offboard(old, '2026-11-20');
			await reconcile();
			expect(account(old).state).toBe('SUSPENDED');
			const before = sandbox.outbox.length;
			hire({ firstName: 'Ana', lastName: 'Silva', personalEmail: 'ana@home.example' });
			await reconcile();
			expect(sandbox.outbox.slice(before).map(({ to }) => to)).toEqual(['ana@home.example']);
		}));

	it('a colleague’s work email of the company’s second domain', async () =>
		await company(async ({ sandbox, reconcile, hire }) => {
			hire({ email: 'boss@acme-group.example' });
			await reconcile();
			const before = sandbox.outbox.length;
			hire({ personalEmail: 'boss@acme-group.example' });
			await reconcile();
			expect(sandbox.outbox.slice(before).map(({ to }) => to)).toEqual(['ana2@acme.example']);
		}));

	it('a contractor of an agency, with an address of the company as the personal email', async () =>
		await company(async ({ sandbox, reconcile, hire }) => {
			hire({ email: 'boss@acme.example' });
			await reconcile();
			const before = sandbox.outbox.length;
			hire({ email: 'ana@agency.example', personalEmail: 'boss@acme.example' });
			await reconcile();
			expect(sandbox.outbox.slice(before).map(({ to }) => to)).toEqual(['ana@agency.example']);
		}));

	it('nor to one of the own domain, of somebody whose work email Humaans does not have any more', async () =>
		await company(async ({ sandbox, reconcile, hire }) => {
			const ana = hire({ status: 'newHire', employmentStartDate: '2026-11-25' });
			hire();
			await reconcile();
			sandbox.admin.change(ana, { email: null, personalEmail: 'carla.neu@acme.example' });
			setClock('2026-11-25T12:00:00.000Z');
			await reconcile();
			expect(sandbox.outbox.map(({ to }) => to)).not.toContain('carla.neu@acme.example');
		}));
});

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
		['the same personal email', { ...bruno, personalEmail: 'ana1@mail.example' }, {}],
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
