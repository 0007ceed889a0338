/** A company of those whom a test hires, reconciled as often as it likes. */
import { failuresIn } from './decided';
import type { IDataObject } from 'n8n-workflow';
import type { Account } from '../../nodes/core/subject';
import type { Sandbox } from '../sandbox';
import { apply, loadTemplate, runTemplate, setParameters, type Finished } from '../harness/engine';
import { withSandbox } from '../harness/fixedClock';

export const MAPPER = 'What JumpCloud Should Hold';
const READ = 'Read Everybody';

interface Company {
	sandbox: Sandbox;
	/**
	 * Reconciles with these settings of Field Mapper; answers the bodies written, apart from the
	 * activation.
	 */
	reconcile: (
		mapper?: IDataObject,
		read?: IDataObject,
	) => Promise<{ run: Finished; bodies: Record<string, unknown>[] }>;
	hire: (patch?: Parameters<Sandbox['admin']['hire']>[0]) => string;
	account: (personId: string) => Account;
}

const SCOPES = ['public:read', 'private:read'];

/** A company of nobody but a former owner, who made the token: to hire into. */
export async function company(
	use: (company: Company) => Promise<void>,
	options: Parameters<typeof withSandbox>[1] = {},
): Promise<void> {
	await withSandbox(async (sandbox) => {
		for (const person of [...sandbox.humaans.people]) sandbox.admin.remove(person.id);
		for (const account of [...sandbox.jumpCloud.accounts]) sandbox.admin.removeAccount(account._id);
		const owner = sandbox.admin.hire({ role: 'owner', status: 'offboarded', email: null });
		sandbox.humaans.setToken(SCOPES, owner.id);
		let number = 0;
		await use({
			sandbox,
			hire: (patch) => {
				number++;
				return sandbox.admin.hire({
					firstName: 'Ana',
					lastName: `Silva${number}`,
					email: `ana${number}@acme.example`,
					personalEmail: `ana${number}@mail.example`,
					employeeId: `E${number}`,
					employmentStartDate: '2024-01-08',
					status: 'active',
					jobTitle: 'Engineer',
					department: 'Sales',
					...patch,
				}).id;
			},
			account: (personId) => sandbox.admin.accountByHumaansId(personId) as unknown as Account,
			reconcile: async (mapper = {}, read = {}) => {
				sandbox.clearLog();
				const template = setParameters(apply(loadTemplate('reconcile')), MAPPER, mapper);
				setParameters(template, READ, read);
				const run = await runTemplate(template, sandbox);
				expect(run.error).toBeUndefined();
				expect(failuresIn(run)).toEqual([]);
				const bodies = sandbox
					.writes()
					.filter(({ path }) => !path.endsWith('/state/activate'))
					.map(({ body }) => body as Record<string, unknown>);
				return { run, bodies };
			},
		});
		expect(sandbox.violations).toEqual([]);
	}, options);
}
