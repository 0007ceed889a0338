/** How the nodes hang together: links, triggers, the policy and the one node that writes. */
import type { INode } from 'n8n-workflow';
import { isWriteAction, type ActionId } from '../../../nodes/core/actions';
import { WRITING } from '../../../nodes/JumpCloudUser/description/operations';
import {
	isNote,
	isTrigger,
	READS_ONLY,
	linksOf,
	nodesOf,
	operationOf,
	outputsOf,
	ownTypes,
	policyOutputs,
	reached,
	short,
	type Link,
	type Template,
	type TemplateRule,
} from './template';

export const connections: TemplateRule = (template) => {
	const problems: string[] = [];
	const byName = new Map(template.nodes.map((node) => [node.name, node]));
	const links = linksOf(template);
	for (const { from, index, to, input } of links) {
		const [source, target] = [byName.get(from), byName.get(to)];
		if (!source || !target) problems.push(`${from} → ${to}: no such node`);
		else if (index >= outputsOf(source)) problems.push(`${from} has no output ${index}`);
		else if (input !== 0 || isTrigger(target) || isNote(target))
			problems.push(`${to} has no input ${input}`);
	}
	for (const [, name] of JSON.stringify(template.nodes).matchAll(/\$\('([^']+)'\)/g))
		if (!byName.has(name!)) problems.push(`an expression names "${name}", which is not there`);
	const alive = reached(
		links,
		template.nodes.filter(isTrigger).map(({ name }) => name),
	);
	for (const node of template.nodes)
		if (!isNote(node) && !alive.has(node.name))
			problems.push(`${node.name} is reached from no trigger`);
	return problems;
};

/** Nobody starts it by hand: n8n does, when another workflow fails. */
const NOT_BY_HAND = ['tell-when-broken'];

export const triggers: TemplateRule = (template, file) => {
	const links = linksOf(template);
	const manual = nodesOf(template, 'manualTrigger').map(({ name }) => name);
	const real = template.nodes
		.filter((node) => isTrigger(node) && !['manual', 'executeWorkflow'].some(isOf(node)))
		.map(({ name }) => name);
	const needed = [...reached(links, real)].filter((to) => !real.includes(to));
	// A manual run shows what the real trigger would do.
	const seen = reached(links, manual);
	const isWhole = needed.every((to) => seen.has(to));
	const problems = [
		...(manual.length > 0 ? [] : ['there is no manual trigger']),
		...(manual.length === 0 || isWhole
			? []
			: ['the manual trigger does not reach all that the real one does']),
	];
	return [
		...(NOT_BY_HAND.includes(file) ? [] : problems),
		...(real.length > 0 ? [] : ['there is only a manual trigger']),
	];
};

const isOf = (node: INode) => (kind: string) => short(node) === `${kind}Trigger`;

/** On demand the form asks, and only "Apply" is not a preview. */
const ASKED = "={{ $('What Was Asked').first().json.apply ? 'apply' : 'review' }}";

/** Forms with a mode that the admin sets: nothing is carried out before it is *Apply*. */
const SET_ONCE = [...READS_ONLY, 'approve-held-plan'];

/** The templates change nothing until somebody says so, in one place; the form asks each time. */
export const mode: TemplateRule = (template, file) => {
	const modes = template.nodes.filter(
		(node) => ownTypes.has(node.type) && 'mode' in node.parameters,
	);
	if (file === 'tell-when-broken' && modes.length === 0) return [];
	if (modes.length !== 1) return [`Mode stands in ${modes.length} nodes`];
	const value = String(modes[0]!.parameters.mode);
	const asks = nodesOf(template, 'formTrigger').length > 0;
	return value === (asks && !SET_ONCE.includes(file) ? ASKED : 'review')
		? []
		: [`Mode is ${value}`];
};

/**
 * What fails here says so elsewhere: tell-when-broken notices that reconcile did not end. *Only What
 * Is New* fails when its memory is full (n8n 2.41), and then everything is told again.
 */
const MAY_FAIL_IN_SILENCE = ['Only What Is New', 'Keep a List of Runs', 'Note That It Ended'];

/** A node *If* whose first output is for items without an error. */
function asksForError(template: Template, name: string): boolean {
	const { conditions } = (nodesOf(template, 'if').find((node) => node.name === name)?.parameters
		.conditions ?? {}) as { conditions?: Array<{ leftValue?: string }> };
	return conditions?.length === 1 && conditions[0]!.leftValue === '={{ !$json.error }}';
}

const otherwise =
	(name: string) =>
	({ from, index }: Link): boolean =>
		from === name && index === 1;

/**
 * *Apply Decision* hands a failed write back to the policy. Other writes have an error output, and
 * every error output leads somewhere. So does every error that goes on among the items.
 */
export const errorPaths: TemplateRule = (template) => {
	const links = linksOf(template);
	const others = (node: INode) =>
		short(node) === 'jumpCloudUser' &&
		WRITING.includes(operationOf(node)) &&
		operationOf(node) !== 'apply';
	const isToldApart = (node: INode) => {
		const next = links.filter(({ from }) => from === node.name);
		return (
			next.length === 1 &&
			next.every(({ to }) => asksForError(template, to) && links.some(otherwise(to)))
		);
	};
	return template.nodes.flatMap((node) => {
		const hasErrorOutput = node.onError === 'continueErrorOutput';
		const goesOn = links.some(
			({ from, index }) => from === node.name && index === outputsOf(node) - 1,
		);
		return [
			...(others(node) && !hasErrorOutput ? [`${node.name} has no error output`] : []),
			...(operationOf(node) === 'apply' && node.onError
				? [`${node.name} would say nothing of a wrong key`]
				: []),
			...(node.onError &&
			!hasErrorOutput &&
			!MAY_FAIL_IN_SILENCE.includes(node.name) &&
			!isToldApart(node)
				? [`${node.name} hides its errors`]
				: []),
			...(hasErrorOutput && !goesOn ? [`the error output of ${node.name} goes nowhere`] : []),
		];
	});
};

/** Templates in which nothing is decided, and why. */
const WITHOUT_POLICY: Readonly<Record<string, string>> = {
	'invite-fallback': 'who is reminded is one setting of the node that reminds',
	'tell-when-broken': 'it only looks at executions of n8n',
};

/** One policy; all its writes end in one node, which alone leads back to it. */
export const policy: TemplateRule = (template, file) => {
	const policies = nodesOf(template, 'provisioningPolicy');
	const applies = nodesOf(template, 'jumpCloudUser').filter(
		(node) => operationOf(node) === 'apply',
	);
	if (READS_ONLY.includes(file)) return showsOnly(template, policies);
	const wanted = file in WITHOUT_POLICY ? 0 : 1;
	if (policies.length !== wanted || applies.length !== wanted)
		return [`it has ${policies.length} policies and ${applies.length} nodes that apply`];
	const loop = wanted === 1 ? { decide: policies[0]!, apply: applies[0]!.name } : undefined;
	return [...(loop ? outputProblems(template, loop) : []), ...loopProblems(template, loop)];
};

/** Operations that read; whoever adds another one to a template that only shows says so here. */
const READING = ['match', 'get', 'getMany'];

/** One policy whose writes go nowhere, no node that writes, and no circle. */
function showsOnly(template: Template, policies: readonly INode[]): string[] {
	if (policies.length !== 1) return [`it has ${policies.length} policies`];
	const [decide] = policies;
	const links = linksOf(template);
	const writing = nodesOf(template, 'jumpCloudUser').filter(
		(node) => !READING.includes(operationOf(node)),
	);
	const led = policyOutputs(decide!).filter(
		({ id }, index) =>
			id !== 'summary' &&
			isWriteAction(id) &&
			links.some((link) => link.from === decide!.name && link.index === index),
	);
	return [
		...writing.map(({ name }) => `${name} writes`),
		...led.map(({ label }) => `the output ${label} leads somewhere`),
		...loopProblems(template, undefined),
	];
}

interface Loop {
	decide: INode;
	/** Name of the node that writes. */
	apply: string;
}

function outputProblems(template: Template, { decide, apply }: Loop): string[] {
	const links = linksOf(template);
	const others = links.filter(({ from, to }) => to === apply && from !== decide.name);
	return [
		...policyOutputs(decide).flatMap(({ id, label }, index) => {
			const to = links.filter((link) => link.from === decide.name && link.index === index);
			if (to.length === 0) return [`the output ${label} goes nowhere`];
			const writes = id !== 'summary' && isWriteAction(id as ActionId);
			const isRight = writes
				? to.length === 1 && to[0]!.to === apply
				: to.every((link) => link.to !== apply);
			return isRight ? [] : [`the output ${label} goes to ${to.map((one) => one.to).join()}`];
		}),
		...others.map(({ from }) => `${from} → ${apply} goes past the policy`),
	];
}

/** Without the way back from the node that writes there must be no circle at all. */
function loopProblems(template: Template, loop: Loop | undefined): string[] {
	const isBack = ({ from, to }: Link) => from === loop?.apply && to === loop.decide.name;
	const links = linksOf(template);
	const [forth, back] = [links.filter((link) => !isBack(link)), links.filter(isBack)];
	const circles = forth.filter(({ from, to }) => reached(forth, [to]).has(from));
	return [
		...(loop && back.length !== 1 ? [`${loop.apply} leads back ${back.length} times`] : []),
		...circles.map(({ from, to }) => `${from} → ${to} is a second loop`),
	];
}
