/** The templates as files: what n8n would trip over, or a user. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { INode } from 'n8n-workflow';
import { problemsOf, type Template } from './templateRules';

const FOLDER = join(__dirname, '..', '..', 'workflows');
const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
const load = (file: string) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Template;

it('ships the eight', () =>
	expect(files.sort()).toEqual([
		'deprovisioning.json',
		'full-lifecycle.json',
		'invite-fallback.json',
		'provision-on-demand.json',
		'provisioning.json',
		'reconcile.json',
		'start-date-activation.json',
		'sync-updates.json',
	]));

it('no two have a name or a node in common', () => {
	const all = files.map(load);
	expect(new Set(all.map(({ name }) => name)).size).toBe(files.length);
	const ids = all.flatMap(({ nodes }) => nodes.map(({ id }) => id));
	expect(new Set(ids).size).toBe(ids.length);
});

it.each(files)('%s', (file) => expect(problemsOf(load(file))).toEqual([]));

it.each(files)(
	'%s: what only the digest sees starts it too, as every other change of a field does',
	(file) => {
		for (const { parameters } of load(file).nodes) {
			const events = parameters.triggerOn as string[] | undefined;
			if (events?.includes('updated')) expect(events).toContain('changed');
		}
	},
);

it('README.md names the eight, and the nodes it sends people to', () => {
	const page = readFileSync(join(FOLDER, 'README.md'), 'utf8');
	expect(
		[...page.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, name]) => `${name}.json`).sort(),
	).toEqual(files.sort());
	const names = new Set(files.flatMap((file) => load(file).nodes.map(({ name }) => name)));
	for (const name of [
		'Run Now',
		'Needs a Person',
		'Failed Writes',
		'Decide',
		'Whom to Cut Off',
		'Cut Off One Person Now',
	]) {
		expect(page).toContain(`**${name}**`);
		expect(names).toContain(name);
	}
});

describe('each of these would be noticed', () => {
	const node = (template: Template, name: string): INode =>
		template.nodes.find((candidate) => candidate.name === name)!;
	const link = (to: string) => ({ node: to, type: 'main' as const, index: 0 });
	it.each<[string, (template: Template) => unknown, RegExp]>([
		[
			'a credential',
			(t) => (node(t, 'Decide').credentials = { x: { id: '1', name: 'x' } }),
			/Decide: has credentials/,
		],
		['a webhook id', (t) => (node(t, 'Decide').webhookId = 'x'), /has webhookId/],
		['an instance id', (t) => (t.meta = { instanceId: 'x' }), /keys .*meta/],
		[
			'a real address',
			(t) => (node(t, 'Decide').parameters.options = { keyOwner: 'somebody@acme.com' }),
			/an address/,
		],
		['a URL', (t) => (node(t, 'Run Now').notes = 'https://n8n.acme.com'), /a URL/],
		[
			'an account id',
			(t) =>
				(node(t, 'Decide').parameters.options = { protectedAccounts: '5f1b2c3d4e5f6a7b8c9d0e1f' }),
			/an id/,
		],
		['pinned data', (t) => (t.pinData = { 'Run Now': [] }), /pinned/],
		[
			'an error workflow of somebody',
			(t) => (t.settings = { executionOrder: 'v1', errorWorkflow: 'x' }),
			/settings/,
		],
		[
			'an unknown parameter',
			(t) => (node(t, 'Decide').parameters.trigger = 'x'),
			/Decide: unknown or hidden parameters trigger/,
		],
		[
			'an unknown option',
			(t) => (node(t, 'Decide').parameters.options = { limit: 3 }),
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
			(t) => (node(t, 'Nothing to Do').type = 'n8n-nodes-base.function'),
			/no node that a template may use/,
		],
		[
			'a Code node',
			(t) => (node(t, 'Nothing to Do').type = 'n8n-nodes-base.code'),
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
		[
			'a default name',
			(t) => (node(t, 'Decide').name = 'Provisioning Policy'),
			/not named by its purpose/,
		],
		['two nodes of one id', (t) => (node(t, 'Decide').id = node(t, 'Run Now').id), /one id/],
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
		[
			'an error output without the setting',
			(t) => delete node(t, 'Suspend Account').onError,
			/Suspend Account has no (output 1|error output)/,
		],
		[
			'a failed write that goes nowhere',
			(t) => (t.connections['Suspend Account']!.main![1] = []),
			/error output of Suspend Account goes nowhere/,
		],
		[
			'an error that is hidden',
			(t) => (node(t, 'Read Everybody').onError = 'continueRegularOutput'),
			/hides its errors/,
		],
		[
			'an output of the policy that is not drawn',
			(t) => (t.connections.Decide!.main![5] = []),
			/drawn are/,
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
			(t) => (t.connections['Run Now']!.main![0] = [link('Nothing to Do')]),
			/no manual trigger reaches/,
		],
		[
			'only a manual trigger',
			(t) => (node(t, 'Every Hour').type = 'n8n-nodes-base.manualTrigger'),
			/only a manual trigger/,
		],
		[
			'a first run that writes',
			(t) => (node(t, 'Decide').parameters.mode = 'apply'),
			/Mode is apply/,
		],
		[
			'a Mode in two places',
			(t) => t.nodes.push({ ...node(t, 'Decide'), id: 'z', name: 'Decide Again' }),
			/Mode stands in 2 nodes/,
		],
		['a node over another', (t) => (node(t, 'Decide').position = [720, 310]), /lies over/],
		[
			'a node half in a note',
			(t) => (node(t, 'Needs a Person').position[0] -= 100),
			/half in|not where/,
		],
		['a note over another', (t) => (node(t, 'Note Settings').position = [700, 80]), /lies over/],
		[
			'a line to the left',
			(t) => (node(t, 'Failed Writes').position = [-900, 900]),
			/goes to the left|not where/,
		],
		[
			'a person who looks elsewhere',
			(t) => (node(t, 'Needs a Person').position = [4000, 4000]),
			/Needs a Person is not where/,
		],
		[
			'a note without requirements',
			(t) =>
				(node(t, 'Read Me First').parameters.content = String(
					node(t, 'Read Me First').parameters.content,
				).replace('**Requirements', '**Needs')),
			/lacks "Requirements"/,
		],
		[
			'a note that names a node of old',
			(t) => (node(t, 'Read Me First').parameters.content += ' See **Old Name**.'),
			/"Old Name"/,
		],
		[
			'two yellow notes',
			(t) => delete node(t, 'Note Settings').parameters.color,
			/one yellow note/,
		],
	])('%s', (_what, spoil, problem) => {
		const template = load('reconcile.json');
		spoil(template);
		expect(problemsOf(template).join('; ')).toMatch(problem);
	});
});
