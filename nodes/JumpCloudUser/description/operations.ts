import type { INodeProperties } from 'n8n-workflow';

/**
 * Operations that change something in JumpCloud: an AI tool makes them only when it is allowed to.
 */
export const WRITING = [
	'activate',
	'addToGroup',
	'apply',
	'create',
	'delete',
	'reactivate',
	'removeFromGroup',
	'resendInvite',
	'suspend',
	'update',
];

/**
 * Operations on one account that is there: the incoming item's, or one that is chosen in the node.
 */
export const ON_ONE_USER = [
	...WRITING.filter((operation) => operation !== 'create' && operation !== 'apply'),
	'get',
];

export const forOperation = (...operation: string[]) => ({
	show: { resource: ['user'], operation },
});
export const withTypedValues = (...operation: string[]) => ({
	show: { resource: ['user'], operation, userFrom: ['values'] },
});

export const operations: INodeProperties[] = [
	{
		displayName: 'Authentication',
		name: 'authentication',
		type: 'options',
		options: [
			{ name: 'API Key', value: 'apiKey' },
			{ name: 'Service Account', value: 'serviceAccount' },
		],
		default: 'apiKey',
	},
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: [{ name: 'User', value: 'user' }],
		default: 'user',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['user'] } },
		options: [
			{
				name: 'Activate',
				value: 'activate',
				action: 'Activate a user',
				description: 'Activate a staged account and send the invite',
			},
			{
				name: 'Add to Group',
				value: 'addToGroup',
				action: 'Add a user to a group',
				description: 'Put an account into a user group',
			},
			{
				name: 'Apply Decision',
				value: 'apply',
				action: 'Apply the decision about a user',
				description:
					'Do what Provisioning Policy decided: create, activate, update, reactivate, suspend or delete',
			},
			{
				name: 'Create',
				value: 'create',
				action: 'Create a user',
				description: 'Create a staged account: no access and no mail yet',
			},
			{
				name: 'Delete',
				value: 'delete',
				action: 'Delete a user',
				description: 'Delete a linked account for good',
			},
			{ name: 'Get', value: 'get', action: 'Get a user', description: 'Read one account' },
			{
				name: 'Get Many',
				value: 'getMany',
				action: 'Get many users',
				description: 'List accounts, filtered or all of them',
			},
			{
				name: 'Match',
				value: 'match',
				action: 'Match users with people',
				description: 'Find each person’s account by link, employee ID or work email',
			},
			{
				name: 'Reactivate',
				value: 'reactivate',
				action: 'Reactivate a user',
				description: 'Undo a suspension',
			},
			{
				name: 'Remove From Group',
				value: 'removeFromGroup',
				action: 'Remove a user from a group',
				description: 'Take an account out of a user group',
			},
			{
				name: 'Resend Invite',
				value: 'resendInvite',
				action: 'Resend the invite of a user',
				description: 'Send the invite once more; JumpCloud chooses the address',
			},
			{
				name: 'Suspend',
				value: 'suspend',
				action: 'Suspend a user',
				description: 'Take all access away from a linked account; it can be undone',
			},
			{
				name: 'Update',
				value: 'update',
				action: 'Update a user',
				description: 'Bring an account into step with Humaans, or change fields',
			},
		],
		default: 'match',
	},
	{
		displayName: 'Allow This Tool to Change Users',
		name: 'allowToolWrites',
		type: 'boolean',
		noDataExpression: true,
		default: false,
		displayOptions: { show: { resource: ['user'], operation: WRITING, '@tool': [true] } },
		description:
			'Whether an AI agent may run this operation. Off, it is declined: reading is all that an agent may do by itself.',
	},
];
