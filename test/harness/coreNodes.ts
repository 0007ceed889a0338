/**
 * Stand-ins for the few core nodes the templates use (n8n-nodes-base is too large a dependency for
 * tests). Conditions are evaluated by n8n-core itself; the real nodes run in the e2e tests.
 */
import {
	NodeConnectionTypes,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
	type INodeType,
} from 'n8n-workflow';

const MAIN = [NodeConnectionTypes.Main];

function node(
	name: string,
	options: {
		inputs?: number;
		outputs?: number;
		properties?: INodeProperties[];
		execute?: INodeType['execute'];
	},
): INodeType {
	return {
		description: {
			displayName: name,
			name,
			group: ['transform'],
			version: [1, 1.1, 1.2, 1.3, 1.4, 2, 2.1, 2.2, 2.3, 2.5, 3.4],
			description: name,
			defaults: { name },
			inputs: options.inputs === 0 ? [] : MAIN,
			outputs: Array.from({ length: options.outputs ?? 1 }, () => NodeConnectionTypes.Main),
			properties: options.properties ?? [],
		},
		execute:
			options.execute ??
			async function (this: IExecuteFunctions) {
				return [this.getInputData()];
			},
	};
}

const conditions: INodeProperties[] = [
	{
		displayName: 'Conditions',
		name: 'conditions',
		type: 'filter',
		default: {},
		typeOptions: { filter: { version: 2, caseSensitive: true, typeValidation: 'loose' } },
	},
];

async function split(
	this: IExecuteFunctions,
): Promise<[INodeExecutionData[], INodeExecutionData[]]> {
	const yes: INodeExecutionData[] = [];
	const no: INodeExecutionData[] = [];
	this.getInputData().forEach((item, index) => {
		const passes = this.getNodeParameter('conditions', index, false, {
			extractValue: true,
		}) as boolean;
		(passes ? yes : no).push({ ...item, pairedItem: { item: index } });
	});
	return [yes, no];
}

/** What Edit Fields makes of an item. */
function fieldsOf(context: IExecuteFunctions, index: number): IDataObject {
	if (context.getNodeParameter('mode', index) === 'raw') {
		const json = context.getNodeParameter('jsonOutput', index) as string | IDataObject;
		return typeof json === 'string' ? (JSON.parse(json) as IDataObject) : json;
	}
	const { assignments } = context.getNodeParameter('assignments', index) as {
		assignments: Array<{ name: string; value: string }>;
	};
	return Object.fromEntries(assignments.map(({ name, value }) => [name, value]));
}

export const CORE_NODES: Record<string, INodeType> = {
	'n8n-nodes-base.manualTrigger': node('manualTrigger', { inputs: 0 }),
	'n8n-nodes-base.scheduleTrigger': node('scheduleTrigger', { inputs: 0 }),
	'n8n-nodes-base.stickyNote': node('stickyNote', { inputs: 0, outputs: 0 }),
	'n8n-nodes-base.noOp': node('noOp', {}),
	'n8n-nodes-base.stopAndError': node('stopAndError', {
		outputs: 0,
		properties: [
			{ displayName: 'Error Message', name: 'errorMessage', type: 'string', default: '' },
		],
		async execute() {
			throw new NodeOperationError(
				this.getNode(),
				this.getNodeParameter('errorMessage', 0) as string,
			);
		},
	}),
	'n8n-nodes-base.if': node('if', { outputs: 2, properties: conditions, execute: split }),
	'n8n-nodes-base.filter': node('filter', {
		properties: conditions,
		async execute() {
			return [(await split.call(this))[0]];
		},
	}),
	'n8n-nodes-base.set': node('set', {
		properties: [
			{ displayName: 'Mode', name: 'mode', type: 'options', default: 'manual' },
			{ displayName: 'JSON', name: 'jsonOutput', type: 'json', default: '' },
			{ displayName: 'Fields', name: 'assignments', type: 'assignmentCollection', default: {} },
			{
				displayName: 'Include Other Input Fields',
				name: 'includeOtherFields',
				type: 'boolean',
				default: false,
			},
		],
		async execute() {
			const items = this.getNode().executeOnce
				? this.getInputData().slice(0, 1)
				: this.getInputData();
			return [
				items.map((item, index) => {
					const kept = this.getNodeParameter('includeOtherFields', index) === true ? item.json : {};
					return { json: { ...kept, ...fieldsOf(this, index) }, pairedItem: { item: index } };
				}),
			];
		},
	}),
	// What it called is played by the test; see engine.ts.
	'n8n-nodes-base.executeWorkflow': node('executeWorkflow', {
		properties: [
			{ displayName: 'Workflow', name: 'workflowId', type: 'json', default: '' },
			{ displayName: 'Options', name: 'options', type: 'json', default: {} },
		],
		async execute() {
			const { value } = this.getNodeParameter('workflowId', 0) as { value: string };
			const items = this.getInputData();
			try {
				await this.executeWorkflow({ id: value }, items, undefined, {
					doNotWaitToFinish: true,
					parentExecution: { executionId: this.getExecutionId(), workflowId: value },
				});
			} catch (error) {
				// Like the real node: one item, however many came in.
				if (!this.continueOnFail()) throw error;
				const pairedItem = items.map((_, item) => ({ item }));
				return [[{ json: { error: (error as Error).message }, pairedItem }]];
			}
			return [items];
		},
	}),
	'n8n-nodes-base.executeWorkflowTrigger': node('executeWorkflowTrigger', { inputs: 0 }),
	'n8n-nodes-base.errorTrigger': node('errorTrigger', { inputs: 0 }),
	// Lets everything through: what was seen before is kept by n8n.
	'n8n-nodes-base.removeDuplicates': node('removeDuplicates', { outputs: 2 }),
	'n8n-nodes-base.dataTable': node('dataTable', {}),
	'n8n-nodes-base.slack': node('slack', {}),
	'n8n-nodes-base.microsoftTeams': node('microsoftTeams', {}),
	'n8n-nodes-base.emailSend': node('emailSend', {}),
	// Played by the test, which hands in what was typed.
	'n8n-nodes-base.formTrigger': node('formTrigger', {
		inputs: 0,
		properties: [{ displayName: 'Options', name: 'options', type: 'json', default: {} }],
	}),
	// A form's ending: needs the form trigger above it to have run, waits for the browser, and gives
	// the page it would be shown.
	'n8n-nodes-base.form': node('form', {
		properties: [
			{ displayName: 'Page Type', name: 'operation', type: 'options', default: 'page' },
			{ displayName: 'Completion Title', name: 'completionTitle', type: 'string', default: '' },
			{ displayName: 'Completion Message', name: 'completionMessage', type: 'string', default: '' },
		],
		async execute() {
			const triggers = this.getParentNodes(this.getNode().name).filter(
				({ type }) => type === 'n8n-nodes-base.formTrigger',
			);
			const ran = triggers.some(
				({ name }) =>
					this.evaluateExpression(`{{ $(${JSON.stringify(name)}).isExecuted }}`, 0) === true,
			);
			if (!ran) throw new Error('Form Trigger node was not executed');
			const page = {
				title: this.getNodeParameter('completionTitle', 0),
				message: this.getNodeParameter('completionMessage', 0),
			};
			await this.putExecutionToWait(new Date('3000-01-01T00:00:00.000Z'));
			return [[{ json: page as IDataObject }]];
		},
	}),
	// Puts a text into a file, in memory.
	'n8n-nodes-base.convertToFile': node('convertToFile', {
		properties: [
			{ displayName: 'Operation', name: 'operation', type: 'options', default: 'csv' },
			{ displayName: 'Text Input Field', name: 'sourceProperty', type: 'string', default: '' },
			{
				displayName: 'Put Output File in Field',
				name: 'binaryPropertyName',
				type: 'string',
				default: '',
			},
			{ displayName: 'Options', name: 'options', type: 'json', default: {} },
		],
		async execute() {
			return [
				this.getInputData().map(({ json }, item) => {
					const field = this.getNodeParameter('sourceProperty', item) as string;
					const { fileName } = this.getNodeParameter('options', item) as { fileName: string };
					const data = Buffer.from(String(json[field]), 'utf8').toString('base64');
					const file = { data, mimeType: 'text/plain', fileName };
					const name = this.getNodeParameter('binaryPropertyName', item) as string;
					return { json: {}, binary: { [name]: file }, pairedItem: { item } };
				}),
			];
		},
	}),
	// A list of objects becomes items; a path has dots, and what has no list becomes nothing.
	'n8n-nodes-base.splitOut': node('splitOut', {
		properties: [
			{ displayName: 'Fields To Split Out', name: 'fieldToSplitOut', type: 'string', default: '' },
		],
		async execute() {
			return [
				this.getInputData().flatMap(({ json }, item) => {
					const path = (this.getNodeParameter('fieldToSplitOut', item) as string).split('.');
					const list = path.reduce<unknown>((at, part) => (at as IDataObject)?.[part], json) ?? [];
					return (list as IDataObject[]).map((row) => ({ json: row, pairedItem: { item } }));
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
