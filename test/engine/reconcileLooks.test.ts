/** Reconcile tells "nothing to do" from "could not look". */
import type { Fault } from '../sandbox';
import { apply, loadTemplate, runTemplate } from './engine';
import { withSandbox } from './fixedClock';

it.each<[string, Fault, RegExp]>([
	[
		'Humaans does not know the token',
		{ service: 'humaans', kind: '401', times: Infinity },
		/^Humaans did not accept the access token \(401\)\. Put a valid access token/,
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
		/^Humaans does not let this access token do that \(403\)\./,
	],
])(
	'could not look: %s',
	async (_what, fault, message) =>
		await withSandbox(async (sandbox) => {
			sandbox.faults.add(fault);
			const run = await runTemplate(apply(loadTemplate('reconcile')), sandbox);
			// One item, for one message, however many people there are; and the execution fails, for an
			// error workflow.
			expect(run.items('Could Not Look')).toHaveLength(1);
			expect(run.error!.message).toMatch(message);
			expect(run.items('Nothing to Do')).toEqual([]);
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
		expect(run.items('Could Not Look')).toEqual([]);
		const [summary] = run.items('Summary of the Run');
		expect(summary!.json).toMatchObject({
			counts: { create: 0, activate: 0, update: 0, reactivate: 0, deprovision: 0, delete: 0 },
			plans: [],
			message: expect.stringMatching(/^\d+ people: /),
		});
		expect(sandbox.writes()).toEqual([]);
	}));
