/** Whoever gets the invite can set the password: it goes to an address that is surely the person's. */
import type { IDataObject } from 'n8n-workflow';
import { apply, loadTemplate, nodeOf, runTemplate } from '../harness/engine';
import { setClock } from '../harness/fixedClock';
import type { Sandbox } from '../sandbox';
import { ask } from './onDemandForm';
import { company } from './smallCompany';
import { triggered } from './triggered';

const mailedTo = ({ outbox }: Sandbox): string[] => outbox.map(({ to }) => to);
const START = { status: 'newHire' as const, employmentStartDate: '2026-11-25' };
const CARLA = { firstName: 'Carla', lastName: 'Neu', email: 'carla.neu@acme.example' };
/** Carla's address stood in the record of Ana, who starts tomorrow. */
const ANA = { ...START, email: CARLA.email, personalEmail: null };

describe('the invite does not go to an address that is, or can be, a colleague’s', () => {
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

	it('the personal email of a namesake who works here', async () =>
		await company(async ({ sandbox, reconcile, hire }) => {
			const john = { firstName: 'John', lastName: 'Smith', personalEmail: 'js@home.example' };
			hire(john);
			await reconcile();
			hire(john);
			await reconcile();
			expect(mailedTo(sandbox)).toEqual(['js@home.example', 'ana2@acme.example']);
		}));

	it('a colleague’s mailbox with a plus sign in the address', async () =>
		await company(async ({ sandbox, reconcile, hire }) => {
			hire({ email: 'boss@acme-group.example' });
			await reconcile();
			hire({ personalEmail: 'boss+ana@acme-group.example' });
			await reconcile();
			expect(mailedTo(sandbox).slice(1)).toEqual(['ana2@acme.example']);
		}));

	it('a second domain of the company, of somebody who is not in Humaans yet; they get an account', async () =>
		await company(async ({ sandbox, reconcile, hire, account }) => {
			for (let n = 0; n < 3; n++) hire({ email: `c${n}@acme-group.example` });
			await reconcile();
			const before = sandbox.outbox.length;
			hire({ email: 'ana@acme.example', personalEmail: 'carla.neu@acme-group.example' });
			await reconcile();
			expect(mailedTo(sandbox).slice(before)).toEqual(['ana@acme.example']);
			const carla = hire({ ...CARLA, email: 'carla.neu@acme-group.example', personalEmail: null });
			await reconcile();
			expect(account(carla).state).toBe('ACTIVATED');
		}));

	it.each([
		['freelancers work with a provider of mailboxes', 3, 'gmail.com'],
		['two founders work with it', 2, 'mail.example'],
	])(
		'a domain that is no company’s own: %s',
		async (_what, count, domain) =>
			await company(async ({ sandbox, reconcile, hire }) => {
				for (let n = 0; n < count; n++) hire({ email: `f${n}@${domain}`, personalEmail: null });
				hire({ personalEmail: `joiner@${domain}` });
				await reconcile();
				expect(mailedTo(sandbox)).toContain(`joiner@${domain}`);
			}),
	);

	it('a contractor’s address of then is their own, when they come back as an employee', async () =>
		await company(async ({ sandbox, reconcile, hire }) => {
			const ana = { firstName: 'Ana', lastName: 'Silva' };
			const old = hire({ ...ana, email: 'ana.silva@home.example', personalEmail: null });
			hire();
			await reconcile();
			sandbox.admin.offboard(old, '2026-11-20');
			await reconcile();
			const before = sandbox.outbox.length;
			hire({ ...ana, personalEmail: 'ana.silva@home.example' });
			await reconcile();
			expect(mailedTo(sandbox).slice(before)).toEqual(['ana.silva@home.example']);
		}));

	it('the work email of somebody offboarded whose last day is to come', async () =>
		await company(async ({ sandbox, reconcile, hire }) => {
			hire({ email: 'ana@agency.example', personalEmail: 'bo@acme-group.example' });
			hire({
				...{ firstName: 'Bo', lastName: 'Berg', email: 'bo@acme-group.example' },
				...{ status: 'offboarded', employmentEndDate: '2026-11-30', lastWorkingDay: '2026-11-30' },
			});
			await reconcile();
			expect(mailedTo(sandbox)).toEqual(['ana@agency.example']);
		}));

	it('on demand: a colleague without an account, in other capitals', async () =>
		await company(async ({ sandbox, reconcile, hire }) => {
			const ana = hire({ ...START, email: 'ana@agency.example', personalEmail: null });
			hire();
			await reconcile();
			hire({ email: 'Boss@acme-group.example', status: 'newHire', personalEmail: null });
			sandbox.admin.change(ana, { personalEmail: 'boss@acme-group.example' });
			setClock('2026-11-25T12:00:00.000Z');
			await ask(sandbox, 'ana@agency.example', 'Apply');
			expect(mailedTo(sandbox)).not.toContain('boss@acme-group.example');
		}));
});

describe('nor to the email of the account, when Humaans has it for a colleague', () => {
	it.each<[string, object, IDataObject]>([
		[
			'it was corrected, and the update may not be made',
			{ email: 'ana@acme.example' },
			{ syncRule: 'onCreate' },
		],
		['it was emptied', { email: null }, {}],
	])(
		'%s',
		async (_what, change, mapper) =>
			await company(async ({ sandbox, reconcile, hire, account }) => {
				const ana = hire(ANA);
				hire();
				await reconcile(mapper);
				sandbox.admin.change(ana, change);
				hire({ ...CARLA, status: 'newHire', personalEmail: null });
				setClock('2026-11-25T12:00:00.000Z');
				const { run } = await reconcile(mapper);
				expect(mailedTo(sandbox)).not.toContain(CARLA.email);
				expect(account(ana).state).toBe('STAGED');
				expect(run.decisionsOf(ana).at(-1)!.code).toBe('invite.noAddress');
			}),
	);

	it.each(['provisioning', 'start-date-activation'])(
		'%s; the right address is not free',
		async (file) =>
			await company(async ({ sandbox, reconcile, hire }) => {
				const ana = hire(ANA);
				hire();
				await reconcile();
				sandbox.quirks.takenElsewhere = ['ana@acme.example'];
				sandbox.admin.change(ana, { email: 'ana@acme.example' });
				hire({ ...CARLA, personalEmail: null });
				setClock('2026-11-25T12:00:00.000Z');
				await triggered(apply(loadTemplate(file)), sandbox, [ana]);
				expect(mailedTo(sandbox)).not.toContain(CARLA.email);
			}),
	);

	it('the right address is taken by a mailbox of nobody', async () =>
		await company(async ({ sandbox, reconcile, hire }) => {
			const ana = hire(ANA);
			hire();
			await reconcile();
			sandbox.admin.addAccount({
				...structuredClone(sandbox.jumpCloud.accounts[0]!),
				...{ _id: 'f'.repeat(24), username: 'box', email: 'ana@acme.example' },
				...{ alternateEmail: '', employeeIdentifier: '', attributes: [] },
			});
			sandbox.admin.change(ana, { email: 'ana@acme.example' });
			hire({ ...CARLA, status: 'newHire', personalEmail: null });
			setClock('2026-11-25T12:00:00.000Z');
			for (let run = 0; run < 2; run++) await reconcile();
			expect(mailedTo(sandbox)).not.toContain(CARLA.email);
		}));

	it.each(['reconcile', 'full-lifecycle'])(
		'an address that another directory gives is theirs: %s',
		async (file) =>
			await company(async ({ sandbox, reconcile, hire, account }) => {
				const ana = hire({ ...START, personalEmail: null });
				hire();
				await reconcile();
				const restrictedFields = [{ field: 'email', id: '1', type: 'ACTIVE_DIRECTORY' }];
				sandbox.admin.setAccount(account(ana)._id, { email: 'ana@ad.example', restrictedFields });
				setClock('2026-11-25T12:00:00.000Z');
				if (file === 'reconcile') await reconcile();
				else await triggered(apply(loadTemplate(file)), sandbox, [ana]);
				expect(mailedTo(sandbox)).toContain('ana@ad.example');
			}),
	);

	it('nor a reminder', async () =>
		await company(async ({ sandbox, reconcile, hire, account }) => {
			const ana = hire();
			hire();
			await reconcile();
			const mapped = hire();
			await reconcile();
			sandbox.admin.setAccount(account(ana)._id, { email: CARLA.email });
			hire(CARLA);
			sandbox.admin.setAccount(account(mapped)._id, { email: 'mapped@corp.example' });
			const before = sandbox.outbox.length;
			for (const day of ['26', '27', '29', '30']) {
				setClock(`2026-11-${day}T12:00:00.000Z`);
				const template = loadTemplate('invite-fallback');
				nodeOf(template, 'Remind Those Without a Password').parameters.mode = 'apply';
				expect((await runTemplate(template, sandbox)).error).toBeUndefined();
			}
			const sent = sandbox.outbox.slice(before).map(({ accountId }) => accountId);
			expect(sent).toContain(account(mapped)._id);
			expect(sent).not.toContain(account(ana)._id);
		}));
});

it('whose own address only JumpCloud has is invited there, when nobody else has it', async () =>
	await company(async ({ sandbox, reconcile, hire }) => {
		const ana = hire({ ...START, personalEmail: null });
		hire();
		await reconcile();
		sandbox.admin.change(ana, { email: null });
		setClock('2026-11-25T12:00:00.000Z');
		await reconcile();
		expect(mailedTo(sandbox)).toContain('ana1@acme.example');
	}));
