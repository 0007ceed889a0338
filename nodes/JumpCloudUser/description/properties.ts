import type { INodeProperties } from 'n8n-workflow';
import { fields } from './fields';
import { filters } from './filters';
import { forOperation, operations, withTypedValues } from './operations';
import { options } from './options';
import { reminder } from './reminder';
import { target } from './target';

const match: INodeProperties[] = [
	{
		displayName: 'Match By',
		name: 'matchBy',
		type: 'multiOptions',
		options: [
			{ name: 'Employee ID', value: 'employeeIdentifier' },
			{ name: 'Work Email', value: 'email', description: 'Upper and lower case are the same' },
		],
		default: ['employeeIdentifier', 'email'],
		displayOptions: forOperation('match'),
		description:
			'The link this package wrote always comes first; these find accounts that have none. ' +
			'None chosen: the link alone.',
	},
	{
		displayName: 'Include Missing People',
		name: 'emitMissing',
		type: 'boolean',
		default: false,
		displayOptions: forOperation('match'),
		description:
			'Whether linked accounts whose person is not among the items come out too; only when ' +
			'all people were read. Let Humaans: Confirm Missing follow.',
	},
];

const invite: INodeProperties[] = [
	{
		displayName: 'Send Invite To',
		name: 'sendTo',
		type: 'options',
		options: [
			{ name: 'As the Policy Decided', value: 'decision' },
			{ name: 'Nobody', value: 'none' },
			{ name: 'Personal Email, Then Work Email', value: 'personalThenWork' },
			{ name: 'Work Email', value: 'work' },
		],
		default: 'decision',
		displayOptions: { show: { resource: ['user'], operation: ['activate'], userFrom: ['item'] } },
	},
	{
		displayName: 'Send Invite To',
		name: 'sendTo',
		type: 'options',
		options: [
			{ name: 'Nobody', value: 'none' },
			{ name: 'Other Email', value: 'other' },
			{ name: 'Personal Email, Then Work Email', value: 'personalThenWork' },
			{ name: 'Work Email', value: 'work' },
		],
		default: 'personalThenWork',
		displayOptions: withTypedValues('activate'),
		description: 'The addresses are those of the account',
	},
	{
		displayName: 'Email',
		name: 'inviteEmail',
		type: 'string',
		placeholder: 'name@email.com',
		default: '',
		required: true,
		displayOptions: {
			show: {
				resource: ['user'],
				operation: ['activate'],
				userFrom: ['values'],
				sendTo: ['other'],
			},
		},
		description: 'The invite goes there; the address is not kept on the account',
	},
];

export const properties: INodeProperties[] = [
	...operations,
	...target,
	...match,
	...invite,
	...reminder,
	...fields,
	...filters,
	...options,
];
