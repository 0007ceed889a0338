/** Provisioning Policy in the context that n8n would give it, without n8n. */
import type {
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	NodeTypeAndVersion,
} from 'n8n-workflow';
import { ProvisioningPolicy } from '../../nodes/ProvisioningPolicy/ProvisioningPolicy.node';
import type { Subject } from '../../nodes/core/subject';

/** A parameter by an expression: what it gives for the person at a place. */
export interface ByExpression {
	expression: (place: number) => unknown;
}

export interface PolicyContext {
	subjects: readonly Subject[];
	/** Values by parameter, options as `options.<name>`. */
	parameters?: Record<string, unknown>;
	workflow?: string;
	node?: string;
	mode?: 'trigger' | 'manual';
	/** Nodes behind this one. */
	behind?: ReadonlyArray<Partial<NodeTypeAndVersion>>;
	/** Places of the outputs that are connected. */
	connected?: readonly number[];
	/** The node at which the run ends. */
	endsAt?: string | { nodeName: string };
}

let executions = 0;

const isByExpression = (value: unknown): value is ByExpression =>
	typeof (value as Partial<ByExpression> | null)?.expression === 'function';

const wires = (connected: readonly number[]) =>
	Array.from({ length: Math.max(-1, ...connected) + 1 }, (_, place) =>
		connected.includes(place) ? [{ node: 'Next', type: 'main', index: 0 }] : null,
	);

export function contextOf({
	subjects,
	parameters = {},
	workflow = 'workflow',
	node = 'node',
	mode = 'trigger',
	behind = [],
	connected = [],
	endsAt,
}: PolicyContext): IExecuteFunctions {
	const options = Object.fromEntries(
		Object.entries(parameters).flatMap(([name, value]) =>
			name.startsWith('options.') ? [[name.slice('options.'.length), value]] : [],
		),
	);
	const all: Record<string, unknown> = { options, ...parameters };
	return {
		getInputData: () => subjects.map((json): INodeExecutionData => ({ json: json as IDataObject })),
		getNodeParameter: (
			name: string,
			place: number,
			fallback: unknown,
			{ rawExpressions = false } = {},
		) => {
			const value = all[name] ?? fallback;
			if (!isByExpression(value)) return value;
			return rawExpressions ? '={{ $json }}' : value.expression(place);
		},
		getNode: () => ({ id: node, name: 'Decide', parameters: {} }) as unknown as INode,
		getWorkflow: () => ({ id: workflow }),
		continueOnFail: () => false,
		getMode: () => mode,
		getTimezone: () => 'UTC',
		getExecutionId: () => `execution${++executions}`,
		getParentNodes: () => [],
		getChildNodes: () => behind,
		workflow: { connectionsBySourceNode: { Decide: { main: wires(connected) } } },
		runExecutionData: { startData: { destinationNode: endsAt } },
		addExecutionHints: () => undefined,
	} as unknown as IExecuteFunctions;
}

/** What comes out of the node, by output. */
export const execute = async (context: PolicyContext): Promise<INodeExecutionData[][]> =>
	await new ProvisioningPolicy().execute.call(contextOf(context));
