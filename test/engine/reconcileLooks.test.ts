/** Reconcile tells "nothing to do" from "could not look", and sums a run up. */
import type { Fault } from '../sandbox';
import { apply, loadTemplate, runTemplate, type Template } from '../harness/engine';
import type { RunSummary } from '../../nodes/core/policy/summary';
import { caseOf, withSandbox } from '../harness/fixedClock';
import { rowsOf, written } from '../harness/outcomes';

it.each<[string, Fault, RegExp]>([
	[
		'Humaans does not know the token',
		{ service: 'humaans', kind: '401', times: Infinity },
		/^Humaans did not accept the access token \(401\)\./,
	],
	[
		'a list of Humaans is cut',
		{ service: 'humaans', path: '/job-roles', kind: '403', times: Infinity },
		/^Humaans does not let this access token do that \(403\)\./,
	],
	[
		'JumpCloud cannot be read',
		{ service: 'jumpCloud', kind: '403', times: Infinity },
		/^JumpCloud does not let this API key do that \(403\)\./,
	],
	[
		'nobody says whether a missing person is gone',
		{ service: 'humaans', path: /people\/\w+$/, kind: '403', times: Infinity },
		/^Humaans does not say who made the access token, so it may not show everybody\./,
	],
])(
	'could not look: %s',
	async (_what, fault, message) =>
		await withSandbox(async (sandbox) => {
			sandbox.faults.add(fault);
			const run = await runTemplate(apply(loadTemplate('reconcile')), sandbox);
			// The execution fails, for an error workflow, and says what to do.
			expect(run.error!.message).toMatch(message);
			expect(run.error!.description).toMatch(/^[A-Z].*\.$/);
			expect([...run.items('Needs Review'), ...run.items('No Action')]).toEqual([]);
			expect(run.items('Summary of the Run')).toEqual([]);
			expect(sandbox.writes()).toEqual([]);
		}),
);

it('nothing to do: success, and the summary says so', async () =>
	await withSandbox(async (sandbox) => {
		await runTemplate(apply(loadTemplate('reconcile')), sandbox);
		sandbox.clearLog();
		const run = await runTemplate(apply(loadTemplate('reconcile')), sandbox);
		expect(run.error).toBeUndefined();
		const [summary, ...others] = run.items('Summary of the Run');
		expect(others).toEqual([]);
		expect(summary!.json).toMatchObject({
			...{ done: {}, would: {}, plans: [], failed: 0 },
			message: expect.stringMatching(/^\d+ people looked at, nothing to change\. /),
		});
		expect(sandbox.writes()).toEqual([]);
	}));

it('the summary counts the whole run, once, at its end; one message a run comes from it', async () =>
	await withSandbox(async (sandbox) => {
		const { accountId } = caseOf(sandbox, 'department edited by hand in JumpCloud');
		sandbox.faults.add({
			...{ service: 'jumpCloud', method: 'PUT', path: accountId, kind: '403', times: Infinity },
		} as const);
		const run = await runTemplate(apply(loadTemplate('reconcile')), sandbox);
		const [summary, ...others] = run.items('Summary of the Run').map(({ json }) => json);
		const { people, done, failed, needDecision, waiting } = summary as unknown as RunSummary;
		const counted = { people, failed, needDecision, waiting };
		expect(others).toEqual([]);
		const count = (action: string) => written(run, action).length;
		expect(done).toEqual({
			...{ create: count('create'), activate: count('activate'), update: count('update') },
			...{ reactivate: count('reactivate'), deprovision: count('deprovision') },
		});
		const rows = { review: rowsOf(run, 'Needs Review'), none: rowsOf(run, 'No Action') };
		expect(counted).toEqual({
			...{ people: rows.review.length + rows.none.length, failed: 1 },
			needDecision: rows.review.length - 1,
			waiting: rows.none.filter((row) => row.Action === 'Wait').length,
		});
		expect(run.items('Message Text').map(({ json }) => json)).toEqual([
			{ text: expect.stringMatching(/^Reconcile: .*\nCreated \d+, activated .* 1 write failed\./) },
		]);
	}));

it('in review the summary says what would be done, and that nothing was', async () =>
	await withSandbox(async (sandbox) => {
		const run = await runTemplate(loadTemplate('reconcile'), sandbox);
		const [summary] = run.items('Summary of the Run').map(({ json }) => json);
		expect(summary).toMatchObject({
			done: {},
			message: expect.stringMatching(
				new RegExp(
					'^Review only, nothing changed\\. Would create \\d+, activate \\d+ \\(\\d+ of them invited\\), ' +
						'update \\d+ \\(\\d+ of them adopted\\), reactivate 1, suspend 2\\. ',
				),
			),
		});
		expect(sandbox.writes()).toEqual([]);
	}));

it('what the review said is what is done, and What Was Done has each write as a row', async () =>
	await withSandbox(async (sandbox) => {
		const summaryOf = async (template: Template) => {
			const run = await runTemplate(template, sandbox);
			return { run, summary: run.items('Summary of the Run')[0]!.json as unknown as RunSummary };
		};
		const { run: reviewed, summary: review } = await summaryOf(loadTemplate('reconcile'));
		expect(rowsOf(reviewed, 'What Was Done')).toEqual([]);
		const said = rowsOf(reviewed, 'Needs Review').filter(({ Code }) => Code === 'mode.review');
		const mails = said.filter(({ Action }) => String(Action).endsWith(', Invite')).length;
		expect(mails).toBeGreaterThan(40);
		const { run, summary } = await summaryOf(apply(loadTemplate('reconcile')));
		expect(summary.done).toEqual(review.would);
		expect(summary.invited).toBe(mails);
		const rows = rowsOf(run, 'What Was Done');
		expect(rows).toEqual(summary.written);
		expect(rows).toHaveLength(Object.values(summary.done).reduce((sum, one) => sum + one, 0));
		const invited = rows.filter(({ Action }) => Action === 'Activated, invited');
		expect(invited).toHaveLength(mails);
		expect(invited[0]!.Result).toMatch(/^Done\. The invite was sent to the (personal|work) email /);
		expect(new Set(rows.map(({ Action }) => Action))).toEqual(
			new Set(['Created', 'Activated, invited', 'Updated', 'Adopted', 'Reactivated', 'Suspended']),
		);
	}));
