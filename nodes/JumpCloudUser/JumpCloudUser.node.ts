import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { ONE_MAIN } from '../n8n/connections';
import { hints } from './description/hints';
import { properties } from './description/properties';
import { jumpCloudApiTest, jumpCloudServiceAccountApiTest } from '../n8n/jumpCloudCredentialTest';
import { searchGroups, searchUsers } from './listSearch';
import { run } from './run';

export class JumpCloudUser implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'JumpCloud User',
		name: 'jumpCloudUser',
		icon: { light: 'file:../../icons/jumpcloud.svg', dark: 'file:../../icons/jumpcloud.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": user" }}',
		description: 'Matches, creates, activates, updates, suspends and deletes JumpCloud accounts',
		defaults: { name: 'JumpCloud User' },
		usableAsTool: true,
		inputs: ONE_MAIN,
		outputs: ONE_MAIN,
		credentials: [
			{
				name: 'jumpCloudApi',
				required: true,
				testedBy: 'jumpCloudApiTest',
				displayOptions: { show: { authentication: ['apiKey'] } },
			},
			{
				name: 'jumpCloudServiceAccountApi',
				required: true,
				testedBy: 'jumpCloudServiceAccountApiTest',
				displayOptions: { show: { authentication: ['serviceAccount'] } },
			},
		],
		hints,
		properties,
	};

	methods = {
		credentialTest: { jumpCloudApiTest, jumpCloudServiceAccountApiTest },
		listSearch: { searchUsers, searchGroups },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await run(this)];
	}
}
