/** A template as its file holds it, and what n8n knows of its nodes. */
import type { IConnections, INode, INodeType } from 'n8n-workflow';
import { FieldMapper } from '../../../nodes/FieldMapper/FieldMapper.node';
import { Humaans } from '../../../nodes/Humaans/Humaans.node';
import { HumaansTrigger } from '../../../nodes/HumaansTrigger/HumaansTrigger.node';
import { JumpCloudUser } from '../../../nodes/JumpCloudUser/JumpCloudUser.node';
import { ProvisioningPolicy } from '../../../nodes/ProvisioningPolicy/ProvisioningPolicy.node';
import {
	OUTPUTS,
	shownOutputs,
	type OutputParameters,
} from '../../../nodes/ProvisioningPolicy/outputs';

export interface Template {
	name: string;
	nodes: INode[];
	connections: IConnections;
	settings: object;
	[key: string]: unknown;
}

/** What is wrong with a template, each in a sentence. `file` is its name without .json. */
export type TemplateRule = (template: Template, file: string) => string[];

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

/** Templates that only show: nothing in them can write. */
export const READS_ONLY: readonly string[] = ['access-review'];

interface CoreNode {
	versions: number[];
	outputs: number;
	/** The editor's import drops, without a word, what is more than this. */
	maxNodes?: number;
}

/**
 * Core nodes that a template may use: what 2.41 and 3 have, with the versions of 2.41 and their
 * outputs. The e2e test asks n8n itself (test/e2e/smallTemplates.mjs).
 */
export const CORE_NODES: Readonly<Record<string, CoreNode>> = {
	convertToFile: { versions: [1, 1.1], outputs: 1 },
	dataTable: { versions: [1, 1.1], outputs: 1 },
	emailSend: { versions: [2, 2.1], outputs: 1 },
	errorTrigger: { versions: [1], outputs: 1, maxNodes: 1 },
	executeWorkflow: { versions: [1, 1.1, 1.2, 1.3, 1.4], outputs: 1 },
	executeWorkflowTrigger: { versions: [1, 1.1, 1.2], outputs: 1, maxNodes: 1 },
	filter: { versions: [2, 2.1, 2.2, 2.3], outputs: 1 },
	form: { versions: [1, 2.3, 2.4, 2.5], outputs: 1 },
	formTrigger: { versions: [2, 2.1, 2.2, 2.3, 2.4, 2.5, 2.6], outputs: 1 },
	if: { versions: [2, 2.1, 2.2, 2.3], outputs: 2 },
	manualTrigger: { versions: [1], outputs: 1, maxNodes: 1 },
	microsoftTeams: { versions: [2], outputs: 1 },
	noOp: { versions: [1], outputs: 1 },
	removeDuplicates: { versions: [2], outputs: 2 },
	scheduleTrigger: { versions: [1, 1.1, 1.2, 1.3, 1.4], outputs: 1 },
	set: { versions: [3, 3.1, 3.2, 3.3, 3.4, 3.5], outputs: 1 },
	slack: { versions: [2, 2.1, 2.2, 2.3, 2.4, 2.5, 2.6, 2.7], outputs: 1 },
	splitOut: { versions: [1], outputs: 1 },
	stickyNote: { versions: [1], outputs: 0 },
	wait: { versions: [1, 1.1], outputs: 1 },
};

/** The type without its package. */
export const short = (node: INode): string => node.type.slice(node.type.lastIndexOf('.') + 1);
export const isNote = (node: INode): boolean => short(node) === 'stickyNote';
export const isTrigger = (node: INode): boolean => /trigger$/i.test(node.type);
export const coreOf = (node: INode): CoreNode | undefined =>
	node.type.startsWith(CORE) ? CORE_NODES[short(node)] : undefined;
export const nodesOf = (template: Template, type: string): INode[] =>
	template.nodes.filter((node) => short(node) === type);
export const operationOf = (node: INode): string => String(node.parameters.operation);

/** Outputs of the policy as the editor shows them, by what each is for. */
export const policyOutputs = (policy: INode) =>
	shownOutputs(policy.parameters as OutputParameters, OUTPUTS);

export const outputsOf = (node: INode): number => {
	const own = short(node) === 'provisioningPolicy' ? policyOutputs(node).length : undefined;
	const errors = node.onError === 'continueErrorOutput' ? 1 : 0;
	return (own ?? coreOf(node)?.outputs ?? 1) + errors;
};

export interface Link {
	from: string;
	index: number;
	to: string;
	input: number;
}

export const linksOf = (template: Template): Link[] =>
	Object.entries(template.connections).flatMap(([from, { main }]) =>
		(main ?? []).flatMap((output, index) =>
			(output ?? []).map((link) => ({ from, index, to: link.node, input: link.index })),
		),
	);

/** Everything that can be reached from these nodes, themselves included. */
export function reached(links: readonly Link[], from: readonly string[]): Set<string> {
	const seen = new Set(from);
	for (const name of seen) for (const link of links) if (link.from === name) seen.add(link.to);
	return seen;
}
