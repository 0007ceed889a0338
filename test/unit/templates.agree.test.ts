/**
 * Nodes of one name and type have the same parameters in all templates, so that what somebody has
 * learned in one holds in the next. Where they may differ is a list, each row with its reason.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { NodeHelpers, type INode } from 'n8n-workflow';
import { ownTypes, type Template } from './templateRules/template';

const FOLDER = join(__dirname, '..', '..', 'workflows');
const load = (): Map<string, Template> =>
	new Map(
		readdirSync(FOLDER)
			.filter((file) => file.endsWith('.json'))
			.map((file) => [file, JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Template]),
	);

/** What may differ: name of the node, or its type for all nodes of that type; where; why. */
const MAY_DIFFER: ReadonlyArray<readonly [node: string, path: string, reason: string]> = [
	['When People Change', 'triggerOn', 'each template handles changes of its own'],
	[
		'Find Each Account',
		'emitMissing',
		'only those that handle leavers look for people who are gone',
	],
	['Read Everybody', '(onError)', 'a form says why there is no list; elsewhere the run is red'],
	['Ask About Missing People', '(onError)', 'a form says why; elsewhere the run is red'],
	['Find Each Account', '(onError)', 'a form says why; elsewhere the run is red'],
	['Find Each Account', 'options.emitOfNobody', 'a review lists accounts that nobody has'],
	['Decide', '(onError)', 'a form says why; elsewhere the run is red'],
	['Decide', 'options.accessReview', 'only a review makes a list of everybody'],
	['Decide', 'options.evaluateAsOf', 'a review is for the day that was asked for'],
	['Decide', 'options.hoursAllowed', 'only a review holds leavers against it'],
	['Decide', 'options.reviewFrom', 'a review is for the days that were asked for'],
	['Decide', 'options.reviewUntil', 'a review is for the days that were asked for'],
	['Decide', 'mode', 'the form asks for it; the others begin with Review Everything'],
	['Decide', 'deprovisionWhen', 'sync-updates never disables anybody'],
	['Decide', 'options.actionsAllowed', 'each template does its own part of the whole'],
	[
		'Decide',
		'options.approvedPlan',
		'deprovisioning shows where an approved plan goes; a form asks for it',
	],
	['Decide', 'options.onlyApprovedPlans', 'one template only carries out what was approved'],
	['Decide', 'options.explain', 'the page on demand shows which rules were tried'],
	['Decide', 'options.hideUnusedOutputs', 'a template that does a part shows its outputs only'],
	['Decide', 'options.summaryItem', 'reconcile sums its run up in one item'],
	[
		'Needs Review',
		'jsonOutput',
		'reminders have other columns; those that wait tell when they cannot',
	],
	[
		'Only What Is New',
		'dedupeValue',
		'a person, a reminder, a run and a standstill are told once each',
	],
	['Message Text', 'assignments.assignments', 'reconcile and reminders say other things'],
	['Message Text', '(executeOnce)', 'a summary is one item already'],
	[
		'Every Day',
		'rule.interval',
		'mails are sent in working hours; activation looks right after midnight',
	],
	[
		'Keep a List of Runs',
		'(onError)',
		'reconcile must not fail for a note; tell-when-broken must say that it cannot look',
	],
	['n8n-nodes-base.stickyNote', 'content', 'a note says what is special about its template'],
	['n8n-nodes-base.stickyNote', 'height', 'a note is as large as what stands in it'],
	['n8n-nodes-base.stickyNote', 'width', 'a note is as large as what stands in it'],
];

/** Those that are told apart by themselves: where they are, and what nobody sees. */
const NOT_COMPARED = new Set(['id', 'position', 'name', 'type', 'parameters']);

/** Rows of conditions and of fields have an id, which nobody sees. */
const withoutIds = (value: unknown): unknown =>
	Array.isArray(value)
		? value.map((row) => (row && typeof row === 'object' ? { ...row, id: undefined } : row))
		: value;

/** Parameters as `path → value`; a list is one value. What is left at its default counts as set. */
function settingsOf(node: INode): Map<string, string> {
	const own = ownTypes.get(node.type)?.description;
	const parameters = own
		? {
				...node.parameters,
				...NodeHelpers.getNodeParameters(own.properties, node.parameters, true, false, node, own),
			}
		: node.parameters;
	const settings = new Map<string, string>();
	const add = (value: unknown, path: string): void => {
		if (value && typeof value === 'object' && !Array.isArray(value))
			for (const [key, inner] of Object.entries(value)) add(inner, path ? `${path}.${key}` : key);
		else settings.set(path, JSON.stringify(withoutIds(value)));
	};
	add(parameters, '');
	// Settings of the node itself, such as what happens on an error.
	for (const [key, value] of Object.entries(node))
		if (!NOT_COMPARED.has(key)) settings.set(`(${key})`, JSON.stringify(value));
	return settings;
}

interface Difference {
	name: string;
	type: string;
	path: string;
	/** Each value, and the templates that have it. */
	values: Map<string, string[]>;
}

function differences(templates: ReadonlyMap<string, Template>): Difference[] {
	const alike = new Map<string, Array<{ file: string; node: INode }>>();
	for (const [file, { nodes }] of templates)
		for (const node of nodes) {
			const key = `${node.name} ${node.type}`;
			alike.set(key, [...(alike.get(key) ?? []), { file, node }]);
		}
	return [...alike.values()].flatMap((nodes) => {
		const settings = nodes.map(({ file, node }) => ({ file, of: settingsOf(node) }));
		const paths = new Set(settings.flatMap(({ of }) => [...of.keys()]));
		return [...paths].flatMap((path) => {
			const values = new Map<string, string[]>();
			for (const { file, of } of settings) {
				const value = of.get(path) ?? 'not set';
				values.set(value, [...(values.get(value) ?? []), file]);
			}
			const { name, type } = nodes[0]!.node;
			return values.size > 1 ? [{ name, type, path, values }] : [];
		});
	});
}

const isListed = ({ name, type, path }: Difference): boolean =>
	MAY_DIFFER.some(([node, where]) => where === path && (node === name || node === type));
const unlisted = (templates: ReadonlyMap<string, Template>): string[] =>
	differences(templates)
		.filter((difference) => !isListed(difference))
		.map(
			({ name, path, values }) =>
				`${name}, ${path}: ` +
				[...values].map(([value, files]) => `${value} in ${files.join(', ')}`).join('; '),
		);

it('the same node is set the same way in every template, but for what is listed', () =>
	expect(unlisted(load())).toEqual([]));

it('what is listed does differ', () => {
	const found = differences(load());
	expect(
		MAY_DIFFER.filter(
			([node, path]) =>
				!found.some((one) => one.path === path && (one.name === node || one.type === node)),
		),
	).toEqual([]);
});

it.each<[what: string, node: string, spoil: (node: INode) => unknown, problem: RegExp]>([
	['another value', 'Decide', (n) => (n.parameters.sendInvite = false), /^Decide, sendInvite: /],
	[
		'another option',
		'Decide',
		(n) => (n.parameters.options = { activationHour: 6 }),
		/^Decide, options\.activationHour: not set in .*; 6 in full-lifecycle\.json$/,
	],
	[
		'what is not set any more',
		'Read Them Again',
		(n) => delete n.onError,
		/^Read Them Again, \(onError\): /,
	],
	['another version', 'Run Now', (n) => (n.typeVersion = 2), /^Run Now, \(typeVersion\): /],
])('%s in one template would be noticed', (_what, name, spoil, problem) => {
	const templates = load();
	spoil(templates.get('full-lifecycle.json')!.nodes.find((node) => node.name === name)!);
	expect(unlisted(templates)).toEqual([expect.stringMatching(problem)]);
});
