import type { INodeProperties } from 'n8n-workflow';
import { humaansOptions } from './options';

const showFor = (resource: string, operation: string[]) => ({
	show: { resource: [resource], operation },
});

export const properties: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Custom Field', value: 'customField' },
			{ name: 'Person', value: 'person' },
		],
		default: 'person',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['person'] } },
		options: [
			{
				name: 'Confirm Missing',
				value: 'confirmMissing',
				action: 'Check whether missing people were deleted',
				description:
					'Ask Humaans by ID about people who are missing from a read, and look who else has the ' +
					'work email of a person who was read alone. All other items pass unchanged.',
			},
			{
				name: 'Get',
				value: 'get',
				action: 'Get a person',
				description: 'Read people as they are now',
			},
			{
				name: 'Get Many',
				value: 'getMany',
				action: 'Get many people',
				description: 'Read everybody, with their job roles and locations',
			},
		],
		default: 'getMany',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['customField'] } },
		options: [{ name: 'Get Many', value: 'getMany', action: 'Get many custom fields' }],
		default: 'getMany',
	},
	{
		displayName: 'Person',
		name: 'personFrom',
		type: 'options',
		options: [
			{ name: 'By ID', value: 'id' },
			{
				name: 'By ID or Work Email',
				value: 'idOrEmail',
				description: 'Whichever it is, for what people type into a form',
			},
			{ name: 'By Work Email', value: 'email' },
			{ name: 'From List', value: 'list' },
			{
				name: 'From the Incoming Item',
				value: 'item',
				description: 'Reads the person of the incoming item again',
			},
		],
		default: 'item',
		displayOptions: showFor('person', ['get']),
	},
	{
		displayName: 'Person ID',
		name: 'personId',
		type: 'string',
		default: '',
		required: true,
		displayOptions: { show: { resource: ['person'], operation: ['get'], personFrom: ['id'] } },
	},
	{
		displayName: 'Person',
		name: 'personPicked',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		displayOptions: { show: { resource: ['person'], operation: ['get'], personFrom: ['list'] } },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchPeople', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. VMB1yzL5uL8RuNNCHMGd5vU2',
			},
		],
	},
	{
		displayName: 'ID or Work Email',
		name: 'idOrEmail',
		type: 'string',
		default: '',
		required: true,
		displayOptions: {
			show: { resource: ['person'], operation: ['get'], personFrom: ['idOrEmail'] },
		},
	},
	{
		displayName: 'Work Email',
		name: 'email',
		type: 'string',
		placeholder: 'name@email.com',
		default: '',
		required: true,
		displayOptions: { show: { resource: ['person'], operation: ['get'], personFrom: ['email'] } },
	},
	{
		displayName: 'Statuses',
		name: 'statuses',
		type: 'multiOptions',
		options: [
			{ name: 'Active', value: 'active' },
			{ name: 'New Hire', value: 'newHire' },
			{ name: 'Offboarded', value: 'offboarded' },
		],
		default: ['active', 'newHire', 'offboarded'],
		displayOptions: showFor('person', ['getMany']),
		description: 'Keep all three: otherwise nobody counts as gone',
	},
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: true,
		displayOptions: showFor('person', ['getMany']),
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		displayOptions: { show: { resource: ['person'], operation: ['getMany'], returnAll: [false] } },
		description: 'Max number of results to return',
	},
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: false,
		displayOptions: showFor('person', ['getMany']),
		description:
			'Whether to return a simplified version of the response instead of the raw data. ' +
			'Simplified people are for reading: no other node of this package takes them.',
	},
	humaansOptions,
];
