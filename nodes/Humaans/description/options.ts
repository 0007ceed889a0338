import type { INodeProperties } from 'n8n-workflow';
import { REQUESTS_AT_ONCE } from '../../services/http/concurrency';

const forMany = { show: { '/operation': ['getMany'] } };

export const humaansOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	displayOptions: { show: { resource: ['person'] } },
	options: [
		{
			displayName: 'Allow a Partial View',
			name: 'allowPartialView',
			type: 'boolean',
			default: false,
			description:
				'Whether to go on with a token that cannot see new hires and leavers; on such a read ' +
				'nobody is suspended or deleted',
		},
		{
			displayName: 'As of Date',
			name: 'asOf',
			type: 'dateTime',
			default: '',
			displayOptions: forMany,
			description:
				'Job roles as they are or were on that day. Nobody is suspended or deleted on such a read.',
		},
		{
			displayName: 'Batch',
			name: 'batch',
			type: 'string',
			default: '',
			placeholder: 'e.g. 2/6',
			displayOptions: forMany,
			description:
				'Only one batch of the people, when all of them at once take too much memory: 2/6 is ' +
				'the second of six. A person is always in the same batch, and so is their linked account ' +
				'when they are gone.',
		},
		{
			displayName: 'Departments',
			name: 'departments',
			type: 'string',
			default: '',
			placeholder: 'e.g. Sales, Product',
			displayOptions: forMany,
			description: 'Only people of these departments; separate names by commas',
		},
		{
			displayName: 'Include',
			name: 'include',
			type: 'multiOptions',
			options: [
				{ name: 'Custom Fields', value: 'customFields' },
				{ name: 'Job Roles', value: 'jobRoles', description: 'Job title, department and manager' },
				{
					name: 'Locations',
					value: 'locations',
					description: 'Name and time zone of the place of work',
				},
			],
			default: ['jobRoles', 'locations'],
		},
		{
			displayName: 'Locations',
			name: 'locations',
			type: 'string',
			default: '',
			placeholder: 'e.g. London HQ, remote',
			displayOptions: forMany,
			description:
				'Only people who work there: names, cities or IDs of locations, separated by commas',
		},
		{
			displayName: 'Parallel Requests',
			name: 'concurrency',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 20 },
			default: REQUESTS_AT_ONCE,
			description: 'Requests under way at once',
		},
		{
			displayName: 'Time Zone',
			name: 'timezone',
			type: 'string',
			default: 'UTC',
			placeholder: 'e.g. Europe/London',
			description: 'What "today" means for job roles of people without a zone of their own',
		},
		{
			displayName: 'Updated Since',
			name: 'updatedSince',
			type: 'dateTime',
			default: '',
			displayOptions: forMany,
			description:
				'Only people whose record changed at that time or later. A new job role may not ' +
				'count as a change of the person.',
		},
	],
};
