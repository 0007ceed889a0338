/**
 * A list of people that comes back empty for once: whoever shares a work e-mail with a leaver is
 * not overlooked (chaos seed 21).
 */
import { apply, loadTemplate, runTemplate } from './engine';
import { withSandbox } from './fixedClock';

it.each([1, 3, 20])(
	'%i empty lists of people: the account that the new record shares with the old one stays open',
	async (times) =>
		await withSandbox(async (sandbox) => {
			await runTemplate(apply(loadTemplate('reconcile')), sandbox);
			const account = sandbox.admin
				.linked()
				.find(
					({ state, admin, attributes }) =>
						state === 'ACTIVATED' &&
						!admin &&
						sandbox.humaans.people.some(
							({ id, status }) =>
								status === 'active' && attributes.some(({ value }) => value === id),
						),
				)!;
			const old = sandbox.humaans.people.find(({ id }) =>
				account.attributes.some(({ value }) => value === id),
			)!;
			sandbox.admin.hire({
				firstName: 'Second',
				lastName: 'Record',
				email: old.email,
				employmentStartDate: '2026-11-20',
				employeeId: 'SECOND',
			});
			sandbox.admin.offboard(old.id);
			// The first list that is asked for is that of the active people.
			sandbox.faults.add({ service: 'humaans', path: /people$/, kind: 'empty-list', times });
			const run = await runTemplate(
				apply(loadTemplate('reconcile'), { deprovisioningLimit: 1000 }),
				sandbox,
			);
			expect(run.subjects('Suspend Account').map(({ personId }) => personId)).not.toContain(old.id);
			expect(sandbox.admin.account(account._id)).toMatchObject({ state: 'ACTIVATED' });
		}),
);
