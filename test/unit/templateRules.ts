/** What a template must be, as one list of problems: empty is good. */
import {
	NodeHelpers,
	type IConnections,
	type IDataObject,
	type INode,
	type INodeProperties,
	type INodeType,
} from 'n8n-workflow';
import { FieldMapper } from '../../nodes/FieldMapper/FieldMapper.node';
import { Humaans } from '../../nodes/Humaans/Humaans.node';
import { HumaansTrigger } from '../../nodes/HumaansTrigger/HumaansTrigger.node';
import { JumpCloudUser } from '../../nodes/JumpCloudUser/JumpCloudUser.node';
import { WRITING } from '../../nodes/JumpCloudUser/description/operations';
import { ProvisioningPolicy } from '../../nodes/ProvisioningPolicy/ProvisioningPolicy.node';
import { ACTIONS, WRITE_ACTIONS } from '../../nodes/core/actions';

export interface Template {
	name: string;
	nodes: INode[];
	connections: IConnections;
	settings: object;
	[key: string]: unknown;
}

const CORE = 'n8n-nodes-base.';
const OWN = 'n8n-nodes-humaans-jumpcloud.';
export const ownTypes = new Map<string, INodeType>(
	[
		new FieldMapper(),
		new Humaans(),
		new HumaansTrigger(),
		new JumpCloudUser(),
		new ProvisioningPolicy(),
	].map((type) => [`${OWN}${type.description.name}`, type]),
);

/**
 * Core nodes that a template may use: what 2.41 and 3 have, with the versions of 2.41 and their
 * outputs.
 */
const CORE_NODES: Record<string, { versions: number[]; outputs: number }> = {
	filter: { versions: [2, 2.1, 2.2, 2.3], outputs: 1 },
	form: { versions: [1, 2.3, 2.4, 2.5], outputs: 1 },
	formTrigger: { versions: [2, 2.1, 2.2, 2.3, 2.4, 2.5, 2.6], outputs: 1 },
	if: { versions: [2, 2.1, 2.2, 2.3], outputs: 2 },
	manualTrigger: { versions: [1], outputs: 1 },
	noOp: { versions: [1], outputs: 1 },
	scheduleTrigger: { versions: [1, 1.1, 1.2, 1.3, 1.4], outputs: 1 },
	stopAndError: { versions: [1], outputs: 0 },
	set: { versions: [3, 3.1, 3.2, 3.3, 3.4, 3.5], outputs: 1 },
	stickyNote: { versions: [1], outputs: 0 },
	wait: { versions: [1, 1.1], outputs: 1 },
};
const NODE_KEYS = [
	'executeOnce',
	'id',
	'maxTries',
	'name',
	'onError',
	'parameters',
	'position',
	'retryOnFail',
	'type',
	'typeVersion',
	'waitBetweenTries',
];

const short = (node: INode): string => node.type.slice(node.type.lastIndexOf('.') + 1);
const isNote = (node: INode): boolean => short(node) === 'stickyNote';
const isTrigger = (node: INode): boolean => /trigger$/i.test(node.type);
const coreOf = (node: INode) => (node.type.startsWith(CORE) ? CORE_NODES[short(node)] : undefined);
const outputsOf = (node: INode): number => {
	if (short(node) === 'provisioningPolicy')
		return (
			ACTIONS.length + ((node.parameters.options as { summaryItem?: boolean }).summaryItem ? 1 : 0)
		);
	return (coreOf(node)?.outputs ?? 1) + (node.onError === 'continueErrorOutput' ? 1 : 0);
};
const linksOf = (template: Template) =>
	Object.entries(template.connections).flatMap(([from, { main }]) =>
		(main ?? []).flatMap((output, index) =>
			(output ?? []).map((link) => ({ from, index, to: link.node, input: link.index })),
		),
	);

/** Everything that can be reached from these nodes, themselves included. */
function reached(template: Template, from: readonly string[]): Set<string> {
	const links = linksOf(template);
	const seen = new Set(from);
	for (const name of seen) for (const link of links) if (link.from === name) seen.add(link.to);
	return seen;
}

function wholeFile(template: Template): string[] {
	const text = JSON.stringify(template);
	const keys = Object.keys(template).sort().join();
	return [
		...(keys === 'connections,name,nodes,pinData,settings'
			? []
			: [`the file has the keys ${keys}`]),
		...(JSON.stringify(template.settings) === '{"executionOrder":"v1"}'
			? []
			: ['its settings are more than the order of execution']),
		...(JSON.stringify(template.pinData) === '{}' ? [] : ['it has pinned data']),
		...(/[\w.+-]+@[\w-]+\.\w+/.test(text) ? ['it holds an address'] : []),
		...(/https?:\/\/|\d+\.\d+\.\d+\.\d+/.test(text) ? ['it holds a URL'] : []),
		...(/SECRET-|\b(?=\w*\d)[A-Za-z0-9]{24,}\b/.test(text) ? ['it holds an id of somebody'] : []),
		...(/getPairedItem|\$node\[|\$item\(/.test(text)
			? ['it uses an expression that n8n 3 removes']
			: []),
	];
}

/** A value, typed and no expression, that is none of the property's choices. */
const notAmong =
	(properties: readonly INodeProperties[]) =>
	([name, value]: [string, unknown]): boolean => {
		const lists = properties.filter(
			(property) => property.name === name && ['options', 'multiOptions'].includes(property.type),
		);
		const typed = [value].flat().filter((one) => typeof one === 'string' && !one.startsWith('='));
		return (
			lists.length > 0 &&
			typed.some(
				(one) =>
					!lists.some((list) =>
						(list.options as Array<{ value?: unknown }>).some((choice) => choice.value === one),
					),
			)
		);
	};

function nodes(template: Template): string[] {
	const problems: string[] = [];
	for (const key of ['id', 'name'] as const)
		if (new Set(template.nodes.map((node) => node[key])).size !== template.nodes.length)
			problems.push(`two nodes have one ${key}`);
	for (const node of template.nodes) {
		const say = (what: string) => problems.push(`${node.name}: ${what}`);
		const extra = Object.keys(node).filter((key) => !NODE_KEYS.includes(key));
		if (extra.length > 0) say(`has ${extra.join()}`);
		const own = ownTypes.get(node.type)?.description;
		const versions = own ? [own.version].flat() : coreOf(node)?.versions;
		if (!versions) say(`${node.type} is no node that a template may use`);
		else if (!versions.includes(node.typeVersion)) say(`version ${node.typeVersion} is unknown`);
		if (!own) continue;
		if (node.name === own.displayName) say('is not named by its purpose');
		const known = NodeHelpers.getNodeParameters(
			own.properties,
			node.parameters,
			true,
			false,
			node,
			own,
		)!;
		const unknown = Object.keys(node.parameters).filter(
			(name) => !(name in known) && name !== 'pollTimes',
		);
		if (unknown.length > 0) say(`unknown or hidden parameters ${unknown.join()}`);
		const { options = {}, ...parameters } = node.parameters as IDataObject;
		const optional = own.properties.find((property) => property.name === 'options')?.options as
			| INodeProperties[]
			| undefined;
		const noOptions = Object.keys(options as object).filter(
			(option) => !optional?.some((one) => one.name === option),
		);
		if (noOptions.length > 0) say(`unknown options ${noOptions.join()}`);
		const wrong = [
			...Object.entries(parameters).filter(notAmong(own.properties)),
			...Object.entries(options as IDataObject).filter(notAmong(optional ?? [])),
		];
		if (wrong.length > 0) say(`none of the choices: ${wrong.map(([name]) => name).join()}`);
		const issues = NodeHelpers.getNodeParametersIssues(own.properties, node, own)?.parameters ?? {};
		// Which user, the person who runs it says.
		const missing = Object.keys(issues).filter((name) => name !== 'user');
		if (missing.length > 0) say(`the editor would complain about ${missing.join()}`);
	}
	return problems;
}

function connections(template: Template): string[] {
	const problems: string[] = [];
	const byName = new Map(template.nodes.map((node) => [node.name, node]));
	for (const { from, index, to, input } of linksOf(template)) {
		const [source, target] = [byName.get(from), byName.get(to)];
		if (!source || !target) problems.push(`${from} → ${to}: no such node`);
		else if (index >= outputsOf(source)) problems.push(`${from} has no output ${index}`);
		else if (input !== 0 || isTrigger(target) || isNote(target))
			problems.push(`${to} has no input ${input}`);
	}
	for (const [, name] of JSON.stringify(template.nodes).matchAll(/\$\('([^']+)'\)/g))
		if (!byName.has(name!)) problems.push(`an expression names "${name}", which is not there`);
	const alive = reached(
		template,
		template.nodes.filter(isTrigger).map(({ name }) => name),
	);
	for (const node of template.nodes)
		if (!isNote(node) && !alive.has(node.name))
			problems.push(`${node.name} is reached from no trigger`);
	return problems;
}

function triggers(template: Template): string[] {
	const manual = template.nodes.filter((node) => short(node) === 'manualTrigger');
	const real = template.nodes.filter((node) => isTrigger(node) && !manual.includes(node));
	const problems = [
		...(manual.length > 0 ? [] : ['there is no manual trigger']),
		...(real.length > 0 ? [] : ['there is only a manual trigger']),
	];
	const from = reached(
		template,
		real.map(({ name }) => name),
	);
	// A manual run shows what the real trigger would do.
	if (
		manual.length > 0 &&
		!manual.some(({ name }) =>
			[...from]
				.filter((to) => !real.some((one) => one.name === to))
				.every((to) => reached(template, [name]).has(to)),
		)
	)
		problems.push('no manual trigger reaches all that the real one does');
	return problems;
}

/** On demand the form asks, and only "Apply" is not a preview. */
const ASKED = "={{ $('What Was Asked').first().json.apply ? 'apply' : 'review' }}";

/** The templates change nothing until somebody says so, in one place; the form asks each time. */
function mode(template: Template): string[] {
	const modes = template.nodes.filter(
		(node) => ownTypes.has(node.type) && 'mode' in node.parameters,
	);
	if (modes.length !== 1) return [`Mode stands in ${modes.length} nodes`];
	const value = String(modes[0]!.parameters.mode);
	const asks = template.nodes.some((node) => short(node) === 'formTrigger');
	return value === (asks ? ASKED : 'review') ? [] : [`Mode is ${value}`];
}

function errorPaths(template: Template): string[] {
	const problems: string[] = [];
	const links = linksOf(template);
	for (const node of template.nodes) {
		const writes =
			short(node) === 'jumpCloudUser' && WRITING.includes(String(node.parameters.operation));
		if (writes && node.onError !== 'continueErrorOutput')
			problems.push(`${node.name} has no error output`);
		if (node.onError && node.onError !== 'continueErrorOutput')
			problems.push(`${node.name} hides its errors`);
		if (
			node.onError === 'continueErrorOutput' &&
			!links.some((link) => link.from === node.name && link.index === outputsOf(node) - 1)
		)
			problems.push(`the error output of ${node.name} goes nowhere`);
	}
	const policy = template.nodes.find((node) => short(node) === 'provisioningPolicy');
	if (policy) {
		const allowed =
			(policy.parameters.options as { actionsAllowed?: string[] }).actionsAllowed ?? WRITE_ACTIONS;
		const wanted = [
			...allowed,
			'needsReview',
			'noAction',
			...(allowed.includes('activate') ? ['waitUntilStart'] : []),
		]
			.sort()
			.join();
		const drawn = ACTIONS.filter((_, index) =>
			links.some((link) => link.from === policy.name && link.index === index),
		)
			.map(({ id }) => id as string)
			.sort()
			.join();
		if (wanted !== drawn) problems.push(`the policy can use ${wanted}, and drawn are ${drawn}`);
	}
	return problems;
}

const NODE_SIZE = 100;
interface Box {
	name: string;
	left: number;
	top: number;
	right: number;
	bottom: number;
}
const boxOf = (node: INode): Box => {
	const { width = NODE_SIZE, height = NODE_SIZE } = node.parameters as {
		width?: number;
		height?: number;
	};
	const [left, top] = node.position;
	return {
		name: node.name,
		left,
		top,
		right: left + (isNote(node) ? width : NODE_SIZE),
		bottom: top + (isNote(node) ? height : NODE_SIZE),
	};
};
const touch = (a: Box, b: Box): boolean =>
	a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const inside = (a: Box, b: Box): boolean =>
	a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;

function canvas(template: Template): string[] {
	const problems: string[] = [];
	const notes = template.nodes.filter(isNote).map(boxOf);
	const boxes = template.nodes.filter((node) => !isNote(node)).map(boxOf);
	const overlap = (list: Box[]) =>
		list.forEach((box, at) =>
			list
				.slice(at + 1)
				.forEach(
					(other) => touch(box, other) && problems.push(`${box.name} lies over ${other.name}`),
				),
		);
	overlap(notes);
	overlap(boxes);
	for (const box of boxes)
		for (const note of notes)
			if (touch(box, note) && !inside(box, note))
				problems.push(`${box.name} lies half in ${note.name}`);
	// From left to right, but for what closes a loop.
	for (const { from, to } of linksOf(template)) {
		const [a, b] = [boxes.find(({ name }) => name === from), boxes.find(({ name }) => name === to)];
		if (a && b && a.left >= b.left && !reached(template, [to]).has(from))
			problems.push(`${from} → ${to} goes to the left`);
	}
	const place = template.nodes.find(
		(node) => isNote(node) && String(node.parameters.content).includes('## A person looks here'),
	);
	const form = template.nodes.some((node) => short(node) === 'formTrigger');
	for (const name of ['Needs a Person', 'Failed Writes']) {
		const box = boxes.find((candidate) => candidate.name === name);
		if (!form && !(box && place && inside(box, boxOf(place))))
			problems.push(`${name} is not where a person looks`);
	}
	return problems;
}

function notes(template: Template): string[] {
	const all = template.nodes.filter(isNote);
	const yellow = all.filter((node) => node.parameters.color === undefined);
	const text = String(yellow[0]?.parameters.content ?? '');
	return [
		...(yellow.length === 1 && text.startsWith(`## ${template.name}\n`)
			? []
			: ['there is not one yellow note with its name']),
		...['Who it is for', 'How it works', 'Set up', 'Requirements', 'Customise']
			.filter((part) => !text.includes(`**${part}`))
			.map((part) => `the note lacks "${part}"`),
		...[...text.matchAll(/\*\*([A-Z][^*]+?)\*\*/g)]
			.map(([, name]) => name!)
			.filter((name) => !isKnownName(template, name))
			.map((name) => `the note names "${name}", which is not there`),
		...(all.some((node) => String(node.parameters.content).includes('Settings are here'))
			? []
			: ['no note says where the settings are']),
	];
}

/** Bold words of the note: a heading, a button, a service, or a node as it is named. */
const OTHER_NAMES =
	/:$|^(Execute workflow|Mode|Humaans|JumpCloud|Reconcile|Wait|Preview|Apply|Options)$/;
const isKnownName = (template: Template, name: string): boolean =>
	OTHER_NAMES.test(name) ||
	['Who it is for', 'How it works', 'Set up', 'Requirements', 'Customise'].includes(name) ||
	template.nodes.some(
		(node) => node.name === name || (name.endsWith('…') && node.name.startsWith(name.slice(0, -1))),
	);

export const problemsOf = (template: Template): string[] =>
	[wholeFile, nodes, connections, triggers, mode, errorPaths, canvas, notes].flatMap((rule) =>
		rule(template),
	);
