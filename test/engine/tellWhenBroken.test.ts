/** tell-when-broken: what it says of a run that failed, and of a reconcile that stands still. */
import { loadTemplate, nodeOf, runTemplate } from '../harness/engine';
import { withSandbox } from '../harness/fixedClock';

const textOf = async (from: string, node: string, json: object): Promise<unknown[]> =>
	await withSandbox(async (sandbox) => {
		const run = await runTemplate(loadTemplate('tell-when-broken'), sandbox, {
			from,
			items: [json],
		});
		expect(run.error).toBeUndefined();
		return run.items(node).map(({ json: { text } }) => text);
	});

const workflow = { id: 'w', name: 'Reconcile: every account' };

it.each([
	[
		'a run that failed',
		{
			workflow,
			execution: {
				url: 'http://localhost/workflow/w/executions/7',
				lastNodeExecuted: 'Find Each Account',
				error: {
					message: 'JumpCloud did not accept the API key (401).',
					description: 'Put a valid API key into the JumpCloud credential.',
				},
			},
		},
		'Reconcile: every account failed at Find Each Account: JumpCloud did not accept the API key (401). ' +
			'Put a valid API key into the JumpCloud credential.\nhttp://localhost/workflow/w/executions/7',
	],
	[
		'a trigger that failed',
		{ workflow, trigger: { error: { message: 'Humaans did not answer in time.' } } },
		'Reconcile: every account failed: Humaans did not answer in time.',
	],
	['nothing that is known', {}, 'A workflow failed: no reason was given'],
])('%s', async (_what, json, text) =>
	expect(await textOf('When a Run Fails', 'What Failed', json)).toEqual([text]),
);

const HOURS_AGO = (hours: number) =>
	new Date(Date.parse('2026-11-23T12:00:00Z') - hours * 3_600_000);
it.each([
	['reconcile ended two hours ago', { updatedAt: HOURS_AGO(2).toISOString() }, []],
	[
		'four hours ago',
		{ updatedAt: HOURS_AGO(4).toISOString() },
		[
			'Reconcile has not ended for more than three hours: the last time was 2026-11-23T08:00:00.000Z. ' +
				'Look at its executions in n8n: is it published, does it fail?',
		],
	],
	[
		'never, as far as the table knows',
		{},
		[
			'Reconcile has not ended for more than three hours, or has never run. ' +
				'Look at its executions in n8n: is it published, does it fail?',
		],
	],
])('%s', async (_what, json, texts) =>
	expect(await textOf('Every Hour', 'What Stands Still', json)).toEqual(texts),
);

it('looks for the row that reconcile writes, in the table that both make', () => {
	const [mark, look] = [
		nodeOf(loadTemplate('reconcile'), 'Note That It Ended'),
		nodeOf(loadTemplate('tell-when-broken'), 'Look Up Reconcile'),
	].map(({ parameters: { dataTableId, filters } }) => JSON.stringify({ dataTableId, filters }));
	expect(look).toBe(mark);
});
