/**
 * A list that comes back empty: whoever shares a work email with a leaver is not overlooked (chaos
 * seed 21), and no accounts are not taken for nobody.
 */
import { apply, loadTemplate, runTemplate } from '../harness/engine';
import { withSandbox } from '../harness/fixedClock';
import { written } from '../harness/outcomes';
import { ask, leavers, withCompany } from './heldPlanForm';

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
				firstName: old.firstName,
				lastName: old.lastName,
				email: old.email,
				employmentStartDate: '2026-11-20',
				employeeId: 'SECOND',
			});
			sandbox.admin.offboard(old.id, '2026-11-20');
			sandbox.faults.add({ service: 'humaans', path: /people$/, kind: 'empty-list', times });
			const run = await runTemplate(
				apply(loadTemplate('reconcile'), { deprovisioningLimit: 1000 }),
				sandbox,
			);
			expect(written(run, 'deprovision').map(({ personId }) => personId)).not.toContain(old.id);
			expect(sandbox.admin.account(account._id)).toMatchObject({ state: 'ACTIVATED' });
			sandbox.faults.clear();
			const next = await runTemplate(apply(loadTemplate('reconcile')), sandbox);
			expect([next.error, next.decisionsOf(old.id)[0]!.code]).toEqual([
				undefined,
				'leaver.sameHuman',
			]);
			expect(sandbox.admin.account(account._id)).toMatchObject({ state: 'ACTIVATED' });
		}),
);

it('JumpCloud gives no account at all: the page about held plans says so, and never "nobody"', async () =>
	await withCompany(async (sandbox) => {
		leavers(sandbox);
		expect((await ask(sandbox, { action: 'Show' })).title).toMatch(/held by a limit$/);
		const fault = { service: 'jumpCloud', kind: 'empty-list', times: Infinity } as const;
		const faults = ['/search/systemusers', '/systemusers'].map((path) =>
			sandbox.faults.add({ ...fault, path }),
		);
		const { title, html, links } = await ask(sandbox, { action: 'Show' });
		expect(faults.some(({ struck }) => struck > 0)).toBe(true);
		expect(title).toBe('There is no list');
		expect(html).toContain('JumpCloud gave no account at all, so there is no list.');
		expect(html).not.toMatch(/nobody is held|no limit holds anything now/i);
		expect(links).toEqual({});
	}));
