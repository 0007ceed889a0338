/** What somebody changes in a template to try it out, and what follows. */
import { apply, loadTemplate, nodeOf, runTemplate, type Template } from '../harness/engine';
import { company } from './smallCompany';

const BACK = { status: 'active', employmentEndDate: null, lastWorkingDay: null } as const;

it('Apply the Decision is switched off: said, and what was not done counts in no limit', async () =>
	await company(async ({ sandbox, hire, reconcile, account }) => {
		const ids = Array.from({ length: 6 }, () => hire());
		await reconcile();
		const [one, two, three, , leaver] = ids as [string, string, string, string, string, string];
		for (const id of [one, two, three]) sandbox.admin.offboard(id, '2026-11-20');
		sandbox.clearLog();
		const template = apply(loadTemplate('reconcile'));
		nodeOf(template, 'Apply the Decision').disabled = true;
		const run = await runTemplate(template, sandbox);
		expect(sandbox.writes()).toEqual([]);
		const [first, last, ...more] = run.decisionsOf(one);
		expect([first!.action, last!.code, more]).toEqual(['deprovision', 'loop.notWritten', []]);
		expect(last!.reason).toContain('Is Apply the Decision switched off');

		for (const id of [one, two, three]) sandbox.admin.change(id, BACK);
		sandbox.admin.offboard(leaver, '2026-11-20');
		await reconcile();
		expect(account(leaver).state).toBe('SUSPENDED');
	}));

/** A Filter behind the node that reads everybody, which lets one person through. */
function onlyFor(personId: string): Template {
	const template = apply(loadTemplate('reconcile'));
	const condition = {
		id: 'x',
		leftValue: '={{ $json.personId }}',
		rightValue: personId,
		operator: { type: 'string', operation: 'equals' },
	};
	const options = { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 };
	template.nodes.push({
		...{ id: 'f', name: 'One Person', type: 'n8n-nodes-base.filter', typeVersion: 2.2 },
		position: [0, 0],
		parameters: { conditions: { options, combinator: 'and', conditions: [condition] } },
	});
	template.connections['One Person'] = template.connections['Read Everybody']!;
	template.connections['Read Everybody'] = {
		main: [[{ node: 'One Person', type: 'main', index: 0 }]],
	};
	return template;
}

it('a filter that lets one person through: nobody else is touched, or asked about', async () =>
	await company(async ({ sandbox, hire, reconcile, account }) => {
		const [one, leaver, gone] = [hire(), hire(), hire(), hire()] as [
			string,
			string,
			string,
			string,
		];
		await reconcile();
		const goneAccount = account(gone);
		sandbox.admin.offboard(leaver, '2026-11-20');
		sandbox.admin.remove(gone);
		sandbox.admin.change(one, { department: 'Legal' });
		const run = await runTemplate(onlyFor(one), sandbox);
		expect(run.error).toBeUndefined();
		expect(run.path(one)).toBe('update → noAction');
		expect(run.decisionsOf(leaver)).toEqual([]);
		expect(run.items('Summary of the Run')[0]!.json.message).toContain(
			'Only 1 of the 4 people who were read came here',
		);
		expect([account(leaver).state, goneAccount.state]).toEqual(['ACTIVATED', 'ACTIVATED']);
		await reconcile();
		expect(account(leaver).state).toBe('SUSPENDED');
		expect(sandbox.admin.account(goneAccount._id)!.state).toBe('SUSPENDED');
	}));
