import { NodeConnectionTypes, type INodeTypeDescription } from 'n8n-workflow';

/** One main connection: what all nodes of this package take, and most give. */
export const ONE_MAIN: [typeof NodeConnectionTypes.Main] & INodeTypeDescription['outputs'] = [
	NodeConnectionTypes.Main,
];
