import type { INodeProperties } from 'n8n-workflow';
import { forOperation } from './operations';

const exact = (displayName: string, name: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	description: 'Exactly as it stands in JumpCloud',
});

export const filters: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		displayOptions: forOperation('getMany'),
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		displayOptions: { show: { resource: ['user'], operation: ['getMany'], returnAll: [false] } },
		description: 'Max number of results to return',
	},
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		displayOptions: forOperation('getMany'),
		description: 'All of them must hold',
		options: [
			exact('Company', 'company'),
			exact('Cost Center', 'costCenter'),
			exact('Department', 'department'),
			{
				displayName: 'Email Domain',
				name: 'emailDomain',
				type: 'string',
				default: '',
				placeholder: 'e.g. example.com',
			},
			exact('Employee Type', 'employeeType'),
			exact('Job Title', 'jobTitle'),
			{
				displayName: 'Link to Humaans',
				name: 'linked',
				type: 'options',
				options: [
					{ name: 'Any', value: 'all' },
					{ name: 'Linked to a Person', value: 'linked' },
					{ name: 'Not Linked', value: 'notLinked' },
				],
				default: 'linked',
			},
			exact('Location', 'location'),
			{
				displayName: 'Search',
				name: 'search',
				type: 'string',
				default: '',
				description: 'Letters in the name, username or email',
			},
			{
				displayName: 'State',
				name: 'state',
				type: 'options',
				options: [
					{ name: 'Activated', value: 'ACTIVATED' },
					{ name: 'Staged', value: 'STAGED' },
					{ name: 'Suspended', value: 'SUSPENDED' },
				],
				default: 'ACTIVATED',
			},
		],
	},
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		displayOptions: forOperation('get', 'getMany'),
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
];
