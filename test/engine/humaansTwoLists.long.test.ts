/**
 * S16, on n8n's engine: lists are read one after the other, and an offboarding that is taken back
 * meanwhile puts somebody into two of them. Their account stays as it is.
 */
import type { Sandbox } from '../sandbox';
import { apply, loadTemplate, runTemplate } from '../harness/engine';
import { caseOf, withSandbox } from '../harness/fixedClock';

it.each([
	['taken back', 'active', 'ACTIVATED'],
	['confirmed', 'offboarded', 'SUSPENDED'],
] as const)(
	'an offboarding that is %s while the lists are read: %s, and the account is %s',
	async (_what, status, state) => {
		let world: Sandbox | undefined;
		let personId = '';
		await withSandbox(
			async (sandbox) => {
				world = sandbox;
				const { accountId, ...person } = caseOf(sandbox, 'promotion in five days');
				personId = person.personId;
				expect(sandbox.admin.account(accountId)!.state).toBe('ACTIVATED');
				const run = await runTemplate(apply(loadTemplate('reconcile')), sandbox);
				expect(run.error).toBeUndefined();
				// Both lists named them, and so they were asked for by ID.
				const asked = sandbox.log.map(({ path, query }) => `${path} ${query.status ?? ''}`.trim());
				expect(asked).toEqual(
					expect.arrayContaining([
						'/api/people active',
						'/api/people offboarded',
						`/api/people/${personId}`,
					]),
				);
				expect(run.decisionsOf(personId).at(-1)!.code).toBe(
					status === 'active' ? 'inStep' : 'leaver.suspended',
				);
				expect(sandbox.admin.account(accountId)!.state).toBe(state);
			},
			{
				quirks: { statusAll: 'refused' },
				intercept: ({ service, path }) => {
					const row = world?.humaans.people.find(({ id }) => id === personId);
					if (service !== 'humaans' || !row) return undefined;
					const list = path.endsWith('/people') ? world!.log.at(-1)!.query.status : '';
					if (list === 'active') Object.assign(row, { status: 'active', employmentEndDate: null });
					else if (list === 'offboarded')
						Object.assign(row, { status: 'offboarded', employmentEndDate: '2026-11-20' });
					else if (path.endsWith(`/people/${personId}`))
						Object.assign(row, {
							status,
							employmentEndDate: status === 'active' ? null : '2026-11-20',
						});
					return undefined;
				},
			},
		);
	},
);
