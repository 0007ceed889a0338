import type { INodeExecutionData, INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';
import { ONE_MAIN } from '../shared/node/connections';
import { toNodeError } from '../shared/nodeErrors';
import { properties } from './description/properties';
import { EVENTS } from './events';
import { humaansApiTest } from '../Humaans/node/credentialTest';
import { run } from './node/run';

export class HumaansTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Humaans Trigger',
		name: 'humaansTrigger',
		icon: { light: 'file:../../icons/humaans.svg', dark: 'file:../../icons/humaans.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: `={{ $parameter["triggerOn"].length === ${EVENTS.length} ? "Every change" : $parameter["triggerOn"].join(", ") }}`,
		description: 'Starts the workflow when people in Humaans change',
		eventTriggerDescription: 'Waiting for people to change in Humaans',
		activationMessage: 'The workflow now starts when people change in Humaans.',
		defaults: { name: 'Humaans Trigger' },
		polling: true,
		inputs: [],
		outputs: ONE_MAIN,
		credentials: [{ name: 'humaansApi', required: true, testedBy: 'humaansApiTest' }],
		properties,
	};

	methods = { credentialTest: { humaansApiTest } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		try {
			return await run(this);
		} catch (error) {
			throw toNodeError(this.getNode(), error);
		}
	}
}
