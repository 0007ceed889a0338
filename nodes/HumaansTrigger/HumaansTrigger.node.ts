import type {
	IHookFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { ONE_MAIN } from '../n8n/connections';
import { toNodeError } from '../n8n/errors';
import { properties } from './description/properties';
import { PERSON_EVENTS } from '../core/watch/events';
import { humaansApiTest } from '../n8n/humaansCredentialTest';
import { run } from './run';
import { webhook } from './webhook';
import { isRegistered, register, unregister } from './webhookMethods';

export class HumaansTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Humaans Trigger',
		name: 'humaansTrigger',
		icon: { light: 'file:../../icons/humaans.svg', dark: 'file:../../icons/humaans.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			`={{ $parameter["triggerOn"].length === ${PERSON_EVENTS.length} ? "Every change" : ` +
			'$parameter["triggerOn"].length === 1 ? $parameter["triggerOn"][0] : ' +
			'$parameter["triggerOn"].length + " events" }}',
		description: 'Starts the workflow when people in Humaans change',
		eventTriggerDescription: 'Waiting for people to change in Humaans',
		activationMessage: 'The workflow now starts when people change in Humaans.',
		defaults: { name: 'Humaans Trigger' },
		polling: true,
		inputs: [],
		outputs: ONE_MAIN,
		credentials: [{ name: 'humaansApi', required: true, testedBy: 'humaansApiTest' }],
		webhooks: [
			{
				name: 'default',
				// Without a method n8n makes no webhook. A workflow that is not published has none either,
				// so that a manual run reads people at once.
				httpMethod: '={{ $parameter["webhook"] === true && $workflow.active ? "POST" : "" }}',
				responseMode: 'onReceived',
				path: 'humaans',
				ndvHideUrl: '={{ $parameter["webhook"] !== true }}',
				ndvHideMethod: true,
			},
		],
		properties,
	};

	methods = { credentialTest: { humaansApiTest } };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				try {
					return await isRegistered(this);
				} catch (error) {
					throw toNodeError(this.getNode(), error);
				}
			},
			async create(this: IHookFunctions): Promise<boolean> {
				try {
					return await register(this);
				} catch (error) {
					throw toNodeError(this.getNode(), error);
				}
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				try {
					return await unregister(this);
				} catch (error) {
					throw toNodeError(this.getNode(), error);
				}
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		try {
			return await webhook(this);
		} catch (error) {
			throw toNodeError(this.getNode(), error);
		}
	}

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		try {
			return await run(this);
		} catch (error) {
			throw toNodeError(this.getNode(), error);
		}
	}
}
