/** Each rule of the templates notices what breaks it. */
import { problemsOf } from './templateRules';
import {
	copyOf,
	link,
	linkFrom,
	load,
	node,
	optionsOf,
	reword,
	type Spoilt,
} from './templateRules/spoil';

describe('each of these would be noticed', () => {
	const FILE: Spoilt[] = [
		[
			'a credential',
			(t) => (node(t, 'Decide').credentials = { x: { id: '1', name: 'x' } }),
			/has credentials/,
		],
		['a webhook id', (t) => (node(t, 'Decide').webhookId = 'x'), /has webhookId/],
		['an instance id', (t) => (t.meta = { instanceId: 'x' }), /keys .*meta/],
		[
			'a real address',
			(t) => (optionsOf(t, 'Decide').keyOwner = 'somebody@acme.com'),
			/an address/,
		],
		['a URL', (t) => (node(t, 'Run Now').notes = 'https://n8n.acme.com'), /a URL/],
		[
			'an account id',
			(t) => (optionsOf(t, 'Decide').protectedAccounts = '5f1b2c3d4e5f6a7b8c9d0e1f'),
			/an id/,
		],
		['pinned data', (t) => (t.pinData = { 'Run Now': [] }), /pinned/],
		[
			'an error workflow of somebody',
			(t) => (t.settings = { executionOrder: 'v1', errorWorkflow: 'x' }),
			/settings/,
		],
		[
			'no time limit where nothing sleeps',
			(t) => (t.settings = { executionOrder: 'v1', executionTimeout: -1 }),
			/settings are not/,
		],
		[
			'a name that nobody finds',
			(t) => (t.name = `Compare: ${t.name}`),
			/begin with "Reconcile: "/,
		],
	];
	const NODES: Spoilt[] = [
		[
			'an unknown parameter',
			(t) => (node(t, 'Decide').parameters.trigger = 'x'),
			/Decide: unknown or hidden parameters trigger/,
		],
		[
			'an unknown option',
			(t) => (optionsOf(t, 'Decide').limit = 3),
			/Decide: unknown options limit/,
		],
		[
			'a value that is none of the choices',
			(t) => (node(t, 'Decide').parameters.deprovisionHow = 'remove'),
			/none of the choices: deprovisionHow/,
		],
		['an unknown version', (t) => (node(t, 'Decide').typeVersion = 2), /version 2 is unknown/],
		[
			'a node that n8n 3 removes',
			(t) => (node(t, 'No Action').type = 'n8n-nodes-base.function'),
			/no node that a template may use/,
		],
		[
			'a Code node',
			(t) => (node(t, 'No Action').type = 'n8n-nodes-base.code'),
			/no node that a template may use/,
		],
		[
			'an expression of old',
			(t) => (node(t, 'Decide').parameters.deprovisioningLimit = '={{ $node["Run Now"].json.x }}'),
			/n8n 3 removes/,
		],
		[
			'an expression that names nobody',
			(t) => (node(t, 'Decide').parameters.deprovisioningLimit = "={{ $('Gone').first() }}"),
			/"Gone", which is not there/,
		],
		['a default name', (t) => (node(t, 'Decide').name = 'Provisioning Policy'), /not named by its/],
		['two nodes of one id', (t) => (node(t, 'Decide').id = node(t, 'Run Now').id), /one id/],
		[
			'a credential that is left to pick',
			(t) => delete node(t, 'Find Each Account').parameters.authentication,
			/Find Each Account: does not say "authentication": "apiKey"/,
		],
		[
			'a second manual trigger, which the editor drops',
			(t) => t.nodes.push(copyOf(t, 'Run Now')),
			/the editor imports one manualTrigger only/,
		],
		[
			'a third JumpCloud node',
			(t) => t.nodes.push(copyOf(t, 'Find Each Account')),
			/3 JumpCloud nodes, not 2/,
		],
		[
			'four Humaans nodes',
			(t) => t.nodes.push(copyOf(t, 'Read Everybody'), copyOf(t, 'Ask About Missing People')),
			/4 Humaans nodes/,
		],
		[
			'a message that is sent at once',
			(t) => delete node(t, 'Slack').disabled,
			/Slack is switched on/,
		],
		[
			'a step that is switched off',
			(t) => (node(t, 'Find Each Account').disabled = true),
			/Find Each Account is switched off/,
		],
		[
			'a message in which a name could be a mention or a link',
			(t) =>
				(node(t, 'Message Text').parameters.assignments = {
					assignments: [{ name: 'text', value: '={{ $json.message }}' }],
				}),
			/Message Text: a name could be markup in a message/,
		],
		[
			'a message past the text',
			(t) => (node(t, 'Slack').parameters.text = '={{ $json.message }}'),
			/Slack sends something else than the text of the node before/,
		],
		[
			'a way to a message less',
			(t) => (t.nodes = t.nodes.filter(({ name }) => name !== 'Slack')),
			/of the three ways to a message it has emailSend,microsoftTeams/,
		],
	];
	const FLOW: Spoilt[] = [
		[
			'a dangling connection',
			(t) => (t.connections.Decide!.main![7] = [link('Nobody')]),
			/Decide → Nobody: no such node/,
		],
		[
			'an output that is not there',
			(t) => (t.connections['Run Now']!.main![1] = [link('Decide')]),
			/Run Now has no output 1/,
		],
		['a line into a trigger', (t) => linkFrom(t, 'No Action', 'Run Now'), /Run Now has no input 0/],
		[
			'a failed write that stops the others',
			(t) => (node(t, 'Apply the Decision').onError = 'continueErrorOutput'),
			/Apply the Decision would say nothing of a wrong key/,
		],
		[
			'an error that is hidden',
			(t) => (node(t, 'Read Everybody').onError = 'continueRegularOutput'),
			/Read Everybody hides its errors/,
		],
		[
			'an error output that goes nowhere',
			(t) => (node(t, 'Read Everybody').onError = 'continueErrorOutput'),
			/the error output of Read Everybody goes nowhere/,
		],
		[
			'an output of the policy that is not drawn',
			(t) => (t.connections.Decide!.main![5] = []),
			/the output Suspend goes nowhere/,
		],
		[
			'an output that comes with a setting',
			(t) => (t.connections.Decide!.main![9] = []),
			/the output Summary goes nowhere/,
		],
		[
			'a write that goes to a table',
			(t) => (t.connections.Decide!.main![0] = [link('No Action')]),
			/the output Create goes to No Action/,
		],
		[
			'no action that is written',
			(t) => (t.connections.Decide!.main![8] = [link('Apply the Decision')]),
			/the output No Action goes to Apply the Decision/,
		],
		[
			'a write past the policy',
			(t) => linkFrom(t, 'Find Each Account', 'Apply the Decision'),
			/Find Each Account → Apply the Decision goes past the policy/,
		],
		[
			'a second policy',
			(t) => t.nodes.push(copyOf(t, 'Decide')),
			/2 policies and 1 nodes that apply/,
		],
		[
			'a write that is not looked at again',
			(t) => (t.connections['Apply the Decision']!.main![0] = [link('No Action')]),
			/Apply the Decision leads back 0 times/,
		],
		[
			'a second loop',
			(t) => linkFrom(t, 'Needs Review', 'What JumpCloud Should Hold'),
			/Needs Review → What JumpCloud Should Hold is a second loop/,
		],
		[
			'a loop cut off from the triggers',
			(t) => (t.connections['Ask About Missing People']!.main![0] = []),
			/Decide is reached from no trigger/,
		],
		[
			'no manual trigger',
			(t) => (node(t, 'Run Now').type = 'n8n-nodes-base.scheduleTrigger'),
			/no manual trigger/,
		],
		[
			'a manual trigger of something else',
			(t) => (t.connections['Run Now']!.main![0] = [link('No Action')]),
			/the manual trigger does not reach/,
		],
		[
			'only a manual trigger',
			(t) => (t.nodes = t.nodes.filter(({ name }) => name !== 'Every Hour')),
			/only a manual trigger/,
		],
		[
			'a first run that writes',
			(t) => (node(t, 'Decide').parameters.mode = 'apply'),
			/Mode is apply/,
		],
		['a Mode in two places', (t) => t.nodes.push(copyOf(t, 'Decide')), /Mode stands in 2 nodes/],
	];
	const TABLES: Spoilt[] = [
		['no table', (t) => (node(t, 'No Action').name = 'Done'), /there is no table No Action/],
		[
			'the item as it is',
			(t) => (node(t, 'No Action').type = 'n8n-nodes-base.noOp'),
			/No Action is no table/,
		],
		[
			'the rows of something else',
			(t) => (node(t, 'No Action').parameters.fieldToSplitOut = 'decision.changes'),
			/No Action is no table/,
		],
		[
			'a column that is an object',
			(t) =>
				(node(t, 'Needs Review').parameters.jsonOutput =
					'={{ { ...$json.decision.rows[0], Person: $json.person } }}'),
			/Needs Review: Person is no word and no number/,
		],
		[
			'an object written out',
			(t) =>
				(node(t, 'Needs Review').parameters.jsonOutput =
					"={{ { ...$json.decision.rows[0], Why: '' + $json.person, Details: $json } }}"),
			/Needs Review: Why is no word and no number/,
		],
		[
			'the whole item in a cell',
			(t) =>
				(node(t, 'Needs Review').parameters.jsonOutput =
					'={{ { ...$json.decision.rows[0], Details: $json } }}'),
			/Needs Review: Details is no word and no number/,
		],
		[
			'other columns',
			(t) =>
				(node(t, 'Needs Review').parameters.jsonOutput =
					'={{ { Person: $json.decision.rows[0].Person } }}'),
			/Needs Review has Person;/,
		],
	];
	const CANVAS: Spoilt[] = [
		['a node over another', (t) => (node(t, 'Decide').position = [720, 20]), /lies over/],
		[
			'a node half in a note',
			(t) => (node(t, 'Needs Review').position[0] -= 100),
			/Needs Review lies half in Note People/,
		],
		[
			'a name that sticks out of its note',
			(t) => (node(t, 'Note People').parameters.width = 720),
			/Send Email lies half in Note People/,
		],
		['a note over another', (t) => (node(t, 'Note Settings').position = [700, -200]), /lies over/],
		[
			'a node on the words of a note',
			(t) => (node(t, 'Decide').position[1] = -180),
			/Decide lies on the words of Note Settings/,
		],
		[
			'a line through the words of a note',
			(t) => (node(t, 'Apply the Decision').position = [1080, -400]),
			/Decide → Apply the Decision goes through the words of Note Settings/,
		],
		[
			'more words than a note holds',
			(t) => (node(t, 'Read Me First').parameters.height = 200),
			/the words of Read Me First do not fit/,
		],
		[
			'a line to the left',
			(t) => (node(t, 'Summary of the Run').position = [-900, 900]),
			/Decide → Summary of the Run goes to the left/,
		],
		[
			'a table elsewhere',
			(t) => (node(t, 'Needs Review').position = [4000, 4000]),
			/Needs Review is not where a person looks/,
		],
	];
	const NOTES: Spoilt[] = [
		[
			'a note without requirements',
			(t) => reword(node(t, 'Read Me First'), '**Requirements', '**Needs'),
			/lacks "Requirements"/,
		],
		[
			'a note that names a node of old',
			(t) => reword(node(t, 'Note People'), 'who, what', '**Failed Writes**'),
			/"Failed Writes", which is not there/,
		],
		[
			'two yellow notes',
			(t) => delete node(t, 'Note Settings').parameters.color,
			/one yellow note/,
		],
		[
			'nobody says where the settings are',
			(t) => reword(node(t, 'Note Settings'), 'Settings are here', 'Settings'),
			/no note says where/,
		],
		[
			'the orange button, which runs another trigger',
			(t) => reword(node(t, 'Read Me First'), 'by the ▾ beside', 'by'),
			/how Run Now is chosen/,
		],
	];
	it.each([...FILE, ...NODES, ...FLOW, ...TABLES, ...CANVAS, ...NOTES])(
		'%s',
		(_what, spoil, problem) => {
			const template = load('reconcile');
			spoil(template);
			expect(problemsOf(template, 'reconcile').join('; ')).toMatch(problem);
		},
	);
});

describe('of a template that only shows', () => {
	const READS: Spoilt[] = [
		[
			'a node that writes',
			(t) => (node(t, 'Find Each Account').parameters.operation = 'apply'),
			/Find Each Account writes/,
		],
		[
			'a write that leads somewhere',
			(t) => linkFrom(t, 'Decide', 'Write the Review'),
			/the output Create leads somewhere/,
		],
		['Mode: Apply', (t) => (node(t, 'Decide').parameters.mode = 'apply'), /Mode is apply/],
		['a circle', (t) => linkFrom(t, 'Write the Review', 'Decide'), /second loop/],
	];
	it.each(READS)('%s', (_what, spoil, problem) => {
		const template = load('access-review');
		spoil(template);
		expect(problemsOf(template, 'access-review').join('; ')).toMatch(problem);
	});
});
