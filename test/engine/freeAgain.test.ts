/** S12 over several reconcile runs: JumpCloud refuses a value, because another account has it. */
import { company } from './smallCompany';

describe('a value that another account has is left off, and written once that account lets it go', () => {
	it.each<[string, object, object, object, string]>([
		[
			'employee ID',
			{ employeeId: 'E-7' },
			{ employeeIdentifier: 'E-7' },
			{ employeeIdentifier: 'E-8' },
			'Employee ID',
		],
		[
			'personal email',
			{ personalEmail: 'shared@home.example' },
			{ alternateEmail: 'shared@home.example' },
			{ alternateEmail: 'own@home.example' },
			'Personal Email',
		],
	])(
		'%s',
		async (_what, change, held, freed, label) =>
			await company(async ({ sandbox, reconcile, hire, account }) => {
				const ana = hire();
				const other = hire();
				await reconcile();
				sandbox.admin.setAccount(account(other)._id, held);
				sandbox.admin.change(ana, { ...change, department: 'Legal' });
				// The other account is not Humaans' to change, so that it keeps what it has.
				sandbox.admin.change(other, { ...change });
				await reconcile();
				expect(account(ana).department).toBe('Legal');
				expect(account(ana)).not.toMatchObject(held);
				// While it is held, nothing is sent again, and the run says why.
				const waiting = await reconcile();
				expect(waiting.bodies).toEqual([]);
				expect(waiting.run.decisionsOf(ana)[0]!.warnings).toContain(
					`JumpCloud refused the ${label} of this person, as it does while another account has it, so ` +
						'it is left off. A run over everybody tries again once no account has it.',
				);
				sandbox.admin.change(other, {
					employeeId: 'E-8',
					personalEmail: 'own@home.example',
				});
				sandbox.admin.setAccount(account(other)._id, freed);
				await reconcile();
				await reconcile();
				expect(account(ana)).toMatchObject(held);
				expect((await reconcile()).bodies).toEqual([]);
			}),
	);

	it('a work email that an account of nobody has', async () =>
		await company(async ({ sandbox, reconcile, hire, account }) => {
			const ana = hire();
			await reconcile();
			const nobodys = sandbox.admin.addAccount({
				...structuredClone(sandbox.jumpCloud.accounts[0]!),
				_id: 'f'.repeat(24),
				username: 'shared-mailbox',
				email: 'ana.silva@acme.example',
				alternateEmail: '',
				employeeIdentifier: '',
				attributes: [],
			});
			sandbox.admin.change(ana, { email: 'ana.silva@acme.example' });
			await reconcile();
			await reconcile();
			expect(account(ana).email).toBe('ana1@acme.example');
			sandbox.admin.setAccount(nobodys._id, { email: 'mailbox@acme.example' });
			await reconcile();
			expect(account(ana).email).toBe('ana.silva@acme.example');
			expect((await reconcile()).bodies).toEqual([]);
		}));
});
