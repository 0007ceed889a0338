/**
 * Stand-ins for the few core nodes the templates use (n8n-nodes-base is too large a dependency for tests). Conditions are evaluated by
 * n8n-core itself; the real nodes run in the e2e tests.
 */
import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeProperties, type INodeType } from 'n8n-workflow';

const MAIN = [NodeConnectionTypes.Main];

function node(name: string, options: { inputs?: number; outputs?: number; properties?: INodeProperties[]; execute?: INodeType['execute'] }): INodeType {
	return {
		description: {
			displayName: name, name, group: ['transform'], version: [1, 1.1, 1.2, 2, 2.2, 3.4], description: name, defaults: { name },
			inputs: options.inputs === 0 ? [] : MAIN,
			outputs: Array.from({ length: options.outputs ?? 1 }, () => NodeConnectionTypes.Main),
			properties: options.properties ?? [],
		},
		execute: options.execute ?? async function (this: IExecuteFunctions) { return [this.getInputData()]; },
	};
}

const conditions: INodeProperties[] = [{ displayName: 'Conditions', name: 'conditions', type: 'filter', default: {}, typeOptions: { filter: { version: 2, caseSensitive: true, typeValidation: 'loose' } } }];

async function split(this: IExecuteFunctions): Promise<[INodeExecutionData[], INodeExecutionData[]]> {
	const yes: INodeExecutionData[] = [];
	const no: INodeExecutionData[] = [];
	this.getInputData().forEach((item, index) => {
		const passes = this.getNodeParameter('conditions', index, false, { extractValue: true }) as boolean;
		(passes ? yes : no).push({ ...item, pairedItem: { item: index } });
	});
	return [yes, no];
}

export const CORE_NODES: Record<string, INodeType> = {
	'n8n-nodes-base.manualTrigger': node('manualTrigger', { inputs: 0 }),
	'n8n-nodes-base.scheduleTrigger': node('scheduleTrigger', { inputs: 0 }),
	'n8n-nodes-base.stickyNote': node('stickyNote', { inputs: 0, outputs: 0 }),
	'n8n-nodes-base.noOp': node('noOp', {}),
	'n8n-nodes-base.if': node('if', { outputs: 2, properties: conditions, execute: split }),
	'n8n-nodes-base.filter': node('filter', { properties: conditions, async execute() { return [(await split.call(this))[0]]; } }),
	'n8n-nodes-base.set': node('set', {
		properties: [{ displayName: 'Fields', name: 'assignments', type: 'assignmentCollection', default: {} }],
		async execute() {
			return [
				this.getInputData().map((item, index) => {
					const { assignments } = this.getNodeParameter('assignments', index) as { assignments: Array<{ name: string; value: string }> };
					return { json: { ...item.json, ...Object.fromEntries(assignments.map(({ name, value }) => [name, value])) }, pairedItem: { item: index } };
				}),
			];
		},
	}),
	'n8n-nodes-base.wait': node('wait', {
		properties: [{ displayName: 'Until', name: 'dateTime', type: 'dateTime', default: '' }],
		async execute() {
			// Like the real node: the time comes from the first item, and a time in the past is no wait.
			const until = new Date(this.getNodeParameter('dateTime', 0) as string);
			if (until.getTime() > Date.now()) await this.putExecutionToWait(until);
			return [this.getInputData()];
		},
	}),
};
