import type { INodeProperties } from 'n8n-workflow';
import { PERSON_EVENTS } from '../../core/watch/events';
import { webhookProperties } from './webhookProperties';

export const properties: INodeProperties[] = [
	{
		displayName: 'Trigger On',
		name: 'triggerOn',
		type: 'multiOptions',
		required: true,
		options: [
			{
				name: 'Other Change',
				value: 'changed',
				description: 'A rehire, or anything that the other events do not cover',
			},
			{ name: 'Person Activated', value: 'activated', description: 'A new hire has become active' },
			{ name: 'Person Created', value: 'created' },
			{
				name: 'Person Deleted',
				value: 'deleted',
				description: 'Missing from a complete read, and Humaans says by ID that they are gone',
			},
			{ name: 'Person Offboarded', value: 'offboarded' },
			{ name: 'Person Updated', value: 'updated', description: 'Any watched field has changed' },
			{
				name: 'Role Changed',
				value: 'roleChanged',
				description: 'Another job title, department or manager, on the day it takes effect',
			},
			{ name: 'Start Date Changed', value: 'startDateChanged' },
		],
		default: [...PERSON_EVENTS],
	},
	{
		displayName: 'On First Publish',
		name: 'firstActivation',
		type: 'options',
		options: [
			{
				name: 'Emit Everybody Once',
				value: 'emit',
				description: 'Give each person once, as created',
			},
			{
				name: 'Ignore Existing People',
				value: 'skip',
				description: 'Remember the people there are, and start with what changes from now on',
			},
		],
		default: 'skip',
		description: 'What to do with the people who are in Humaans already',
	},
	...webhookProperties,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Allow a Partial View',
				name: 'allowPartialView',
				type: 'boolean',
				default: false,
				description:
					'Whether to go on with a token that cannot see new hires and leavers; nobody is ' +
					'reported as deleted on such a read',
			},
			{
				displayName: 'Include Custom Fields',
				name: 'includeCustomFields',
				type: 'boolean',
				default: false,
				description: 'Whether to read the custom fields of each person and watch them for changes',
			},
			{
				displayName: 'Time Zone',
				name: 'timezone',
				type: 'string',
				default: 'UTC',
				placeholder: 'e.g. Europe/London',
				description: 'What "today" means for job roles of people without a zone of their own',
			},
		],
	},
];
