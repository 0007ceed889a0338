/** The rules of templates that wait, that apply what a form says, or that write by themselves. */
import { problemsOf } from './templateRules';
import { link, load, node, optionsOf, type Spoilt } from './templateRules/spoil';

describe('each of these would be noticed', () => {
	const WAITING: Spoilt[] = [
		[
			'a time limit on what sleeps',
			(t) => (t.settings = { executionOrder: 'v1' }),
			/settings are not .*"executionTimeout":-1/,
		],
		[
			'a sleep in the middle of the flow',
			(t) => (t.connections['Wait Until Then']!.main![0] = [link('Read Them Again')]),
			/Wait Until Then goes on with settings of then/,
		],
		[
			'a call of another workflow',
			(t) => (node(t, 'Wait Apart').parameters.workflowId = { __rl: true, mode: 'id', value: 'x' }),
			/Wait Apart does not call this workflow/,
		],
		[
			'a call that is waited for',
			(t) => (optionsOf(t, 'Wait Apart').waitForSubWorkflow = true),
			/Wait Apart waits for what it called/,
		],
		[
			'a call for each person, which n8n 3 removes',
			(t) => (node(t, 'Wait Apart').parameters.mode = 'each'),
			/Wait Apart: runs once for each item/,
		],
		[
			'a call that nobody answers',
			(t) => (node(t, 'When This Workflow Calls Itself').type = 'n8n-nodes-base.noOp'),
			/waiting needs one node that waits, one that calls, and one that is called/,
		],
		[
			'a wait that could not begin, and nobody is told',
			(t) => (t.connections['Was It Called?']!.main![1] = []),
			/Wait Apart hides its errors/,
		],
		[
			'a call with an error output, which empties what is handed on',
			(t) => (node(t, 'Wait Apart').onError = 'continueErrorOutput'),
			/Wait Apart hands on an empty list/,
		],
	];
	it.each(WAITING)('%s', (_what, spoil, problem) => {
		const template = load('full-lifecycle');
		spoil(template);
		expect(problemsOf(template, 'full-lifecycle').join('; ')).toMatch(problem);
	});

	it('a form that applies whatever was chosen', () => {
		const template = load('provision-on-demand');
		node(template, 'Decide').parameters.mode = 'apply';
		expect(problemsOf(template, 'provision-on-demand')).toEqual(['Mode is apply']);
	});

	it('a write of its own without an error output', () => {
		const template = load('provision-on-demand');
		delete node(template, 'Cut Off Now').onError;
		template.connections['Cut Off Now']!.main!.length = 1;
		expect(problemsOf(template, 'provision-on-demand')).toEqual([
			'Cut Off Now has no error output',
		]);
	});

	it('an exception holds for its own template only', () => {
		expect(problemsOf(load('tell-when-broken'), 'sync-updates')).toEqual(
			expect.arrayContaining([
				'its name does not begin with "Sync updates: "',
				'it has 0 JumpCloud nodes, not 2',
				'there is no manual trigger',
				'Mode stands in 0 nodes',
				'it has 0 policies and 0 nodes that apply',
				'there is no table Needs Review',
			]),
		);
		expect(problemsOf(load('provision-on-demand'), 'sync-updates')).toContain(
			'it has 3 JumpCloud nodes, not 2',
		);
	});
});
