import type { INodeProperties } from 'n8n-workflow';
import { REQUESTS_AT_ONCE } from '../../services/http/concurrency';

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
				displayName: 'Include Accounts of Nobody',
				name: 'emitOfNobody',
				type: 'boolean',
				default: false,
				displayOptions: { show: { '/operation': ['match'] } },
				description:
					'Whether accounts that no person has come out too, as items without a person; only when ' +
					'all people were read. Provisioning Policy does nothing about them.',
			},
			{
				displayName: 'Invite Address',
				name: 'inviteAddress',
				type: 'string',
				default: '',
				placeholder: 'e.g. name@example.com',
				displayOptions: { show: { '/operation': ['resendInvite'] } },
				description:
					'Where the mail goes when the person has no password yet. JumpCloud documents no way to ' +
					'do this: when it refuses, the mail goes where JumpCloud chooses, and a warning says so. ' +
					'Reminders always go where JumpCloud chooses.',
			},
			{
				displayName: 'Maximum Total Wait (Seconds)',
				name: 'longestWait',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 300,
				description: 'For all attempts of one request together, waits included',
			},
			{
				displayName: 'Parallel Requests',
				name: 'concurrency',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 20 },
				default: REQUESTS_AT_ONCE,
				description:
					'Requests under way at once; writes take about half of them at most, reads leave one free',
			},
			{
				displayName: 'Protected Accounts',
				name: 'protectedAccounts',
				type: 'string',
				default: '',
				displayOptions: {
					show: { '/operation': ['apply', 'create', 'delete', 'resendInvite', 'suspend'] },
				},
				description:
					'IDs, usernames or emails, separated by commas; never suspended, deleted, ' +
					'reminded or adopted. Administrators are protected anyway.',
			},
			{
				displayName: 'Protected Attribute',
				name: 'protectedAttribute',
				type: 'string',
				default: '',
				placeholder: 'e.g. breakGlass',
				displayOptions: { show: { '/operation': ['apply', 'delete', 'suspend'] } },
				description:
					'A custom attribute of JumpCloud: an account on which it has a value is never suspended or ' +
					'deleted',
			},
			{
				displayName: 'Reason',
				name: 'reason',
				type: 'string',
				default: '',
				displayOptions: { show: { '/operation': ['suspend'] } },
				description: 'Why the account is suspended; kept on the account in the Reason Attribute',
			},
			{
				displayName: 'Reason Attribute',
				name: 'reasonAttribute',
				type: 'string',
				default: '',
				placeholder: 'e.g. cutOffReason',
				displayOptions: { show: { '/operation': ['suspend'] } },
				description:
					'A custom attribute of JumpCloud that the reason is written to. Empty: the reason is not ' +
					'kept on the account. Everybody who may read the account can read it.',
			},
			{
				displayName: 'Request Timeout (Seconds)',
				name: 'requestTimeout',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 30,
				description: 'For one attempt',
			},
			{
				displayName: 'Several Humaans Companies',
				name: 'severalCompanies',
				type: 'boolean',
				default: false,
				displayOptions: { show: { '/operation': ['match'] } },
				description:
					'Whether another Humaans company has accounts in this JumpCloud organization too. Each ' +
					'workflow then looks after the accounts of its own company only.',
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
							'Use the account with that work email; a person’s link is written on it, when ' +
							'Humaans has that email for them alone and nobody suspended it. Any other is reported.',
					},
					{ name: 'Report It', value: 'report' },
				],
				default: 'report',
				displayOptions: { show: { '/operation': ['apply', 'create'] } },
			},
		],
	},
];
