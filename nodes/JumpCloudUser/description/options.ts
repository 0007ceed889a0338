import type { INodeProperties } from 'n8n-workflow';

export const options: INodeProperties[] = [
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: { show: { resource: ['user'] } },
		options: [
			{
				displayName: 'Concurrency',
				name: 'concurrency',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 20 },
				default: 5,
				description:
					'Requests under way at once; writes take about half of them at most, reads leave one free',
			},
			{
				displayName: 'Longest Wait',
				name: 'longestWait',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 300,
				description: 'Seconds for all attempts of one request together, waits included',
			},
			{
				displayName: 'Protected Accounts',
				name: 'protectedAccounts',
				type: 'string',
				default: '',
				displayOptions: { show: { '/operation': ['create', 'delete', 'resendInvite', 'suspend'] } },
				description:
					'IDs, usernames or e-mails, separated by commas; never suspended, deleted, ' +
					'reminded or adopted. Administrators are protected anyway.',
			},
			{
				displayName: 'Request Timeout',
				name: 'requestTimeout',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 30,
				description: 'Seconds that one attempt may take',
			},
			{
				displayName: 'When the Account Exists Already',
				name: 'onConflict',
				type: 'options',
				options: [
					{
						name: 'Adopt It',
						value: 'adopt',
						description:
							'Use the account with that work e-mail; a person’s link is written on it, when ' +
							'Humaans has that e-mail for them alone and nobody suspended it. Any other is reported.',
					},
					{ name: 'Report It', value: 'report' },
				],
				default: 'report',
				displayOptions: { show: { '/operation': ['create'] } },
			},
		],
	},
];
