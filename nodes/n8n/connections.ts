import {
	NodeConnectionTypes,
	type IConnections,
	type IExecuteFunctions,
	type INodeTypeDescription,
} from 'n8n-workflow';

/** One main connection: what all nodes of this package take, and most give. */
export const ONE_MAIN: [typeof NodeConnectionTypes.Main] & INodeTypeDescription['outputs'] = [
	NodeConnectionTypes.Main,
];

/** What n8n's engine has on the context beside its documented functions (n8n 2.0 to 2.41). */
interface EngineContext {
	workflow?: { connectionsBySourceNode?: IConnections };
	runExecutionData?: { startData?: { destinationNode?: string | { nodeName?: string } } } | null;
}

const engineOf = (context: IExecuteFunctions): EngineContext => context as unknown as EngineContext;

/** The node at which somebody ends the run in the editor (*Execute step*), or null. */
export function endOfRun(context: IExecuteFunctions): string | null {
	const end = engineOf(context).runExecutionData?.startData?.destinationNode;
	return (typeof end === 'string' ? end : end?.nodeName) ?? null;
}

/** Places of the main outputs of this node that are connected; none when n8n does not tell. */
export function connectedOutputs(context: IExecuteFunctions): ReadonlySet<number> {
	const outputs =
		engineOf(context).workflow?.connectionsBySourceNode?.[context.getNode().name]?.main ?? [];
	return new Set([...outputs.keys()].filter((place) => (outputs[place] ?? []).length > 0));
}
