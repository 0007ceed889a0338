import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { ONE_MAIN } from '../n8n/connections';
import { failedItem } from '../n8n/eachItem';
import { toNodeError } from '../n8n/errors';
import { properties } from './description/properties';
import { humaansApiTest } from '../n8n/humaansCredentialTest';
import { searchPeople } from './listSearch';
import { run } from './run';

export class Humaans implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Humaans',
		name: 'humaans',
		icon: { light: 'file:../../icons/humaans.svg', dark: 'file:../../icons/humaans.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Reads people from Humaans',
		defaults: { name: 'Humaans' },
		usableAsTool: true,
		inputs: ONE_MAIN,
		outputs: ONE_MAIN,
		credentials: [{ name: 'humaansApi', required: true, testedBy: 'humaansApiTest' }],
		properties,
	};

	methods = { credentialTest: { humaansApiTest }, listSearch: { searchPeople } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		try {
			return [await run(this)];
		} catch (error) {
			const shown = toNodeError(this.getNode(), error);
			if (!this.continueOnFail()) throw shown;
			// A list is read once, whatever came in; otherwise each item is about a person, and none is
			// lost.
			const failed =
				this.getNodeParameter('operation', 0) === 'getMany' ? [0] : [...this.getInputData().keys()];
			return [failed.map((index) => failedItem(shown, index))];
		}
	}
}
