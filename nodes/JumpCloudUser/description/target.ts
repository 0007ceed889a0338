import type { INodeProperties } from 'n8n-workflow';
import { forOperation, ON_ONE_USER, withTypedValues } from './operations';

/** Which account, and which group. */
export const target: INodeProperties[] = [
	{
		displayName: 'User From',
		name: 'userFrom',
		type: 'options',
		options: [
			{
				name: 'From the Incoming Item',
				value: 'item',
				description: 'The account that Match found for the person of the item',
			},
			{
				name: 'Define Below',
				value: 'values',
				description:
					'An account from the list, by ID, by email or by Humaans ID. Policy and limits do not apply.',
			},
		],
		default: 'item',
		displayOptions: forOperation(...ON_ONE_USER),
	},
	{
		displayName: 'Values From',
		name: 'userFrom',
		type: 'options',
		options: [
			{
				name: 'From the Incoming Item',
				value: 'item',
				description: 'What Field Mapper says the person’s account should hold',
			},
			{
				name: 'Define Below',
				value: 'values',
				description: 'For somebody who need not be in Humaans. Policy and limits do not apply.',
			},
		],
		default: 'item',
		displayOptions: forOperation('create'),
	},
	{
		displayName: 'User',
		name: 'user',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		displayOptions: withTypedValues(...ON_ONE_USER),
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchUsers', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 5f1b2c3d4e5f6a7b8c9d0e1f',
			},
			{
				displayName: 'By Email or Humaans ID',
				name: 'email',
				type: 'string',
				placeholder: 'name@email.com',
			},
		],
	},
	{
		displayName: 'User Group',
		name: 'group',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		displayOptions: forOperation('addToGroup', 'removeFromGroup'),
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchGroups', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 5f1b2c3d4e5f6a7b8c9d0e1f',
			},
			{ displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. Engineering' },
		],
	},
];
