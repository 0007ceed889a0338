import type { INodeProperties } from 'n8n-workflow';
import { OPTIONS } from './options';

/** The five settings a new user sees first. */
const FIRST: INodeProperties[] = [
	{
		displayName: 'Mode',
		name: 'mode',
		type: 'options',
		options: [
			{ name: 'Apply', value: 'apply', description: 'Decisions go to their outputs' },
			{
				name: 'Review Everything',
				value: 'review',
				description: 'Whatever would be done goes to Needs Review, and nothing is changed',
			},
		],
		default: 'apply',
	},
	{
		displayName: 'Activation Trigger',
		name: 'activationTrigger',
		type: 'options',
		options: [
			{
				name: 'Immediately',
				value: 'immediately',
				description: 'As soon as the account is created',
			},
			{
				name: 'Never (Manual Activation)',
				value: 'never',
				description: 'The account stays staged until somebody activates it in JumpCloud',
			},
			{
				name: 'On the Employment Start Date',
				value: 'onStartDate',
				description: 'At the start of that day where the person is',
			},
		],
		default: 'onStartDate',
		description: 'When a new account is activated',
	},
	{
		displayName: 'Send Invite Email',
		name: 'sendInvite',
		type: 'boolean',
		default: true,
		description:
			'Whether the person is invited on activation: at the personal e-mail, or at the work ' +
			'e-mail when that does not work',
	},
	{
		displayName: 'Deprovision When',
		name: 'deprovisionWhen',
		type: 'multiOptions',
		options: [
			{ name: 'Deleted in Humaans', value: 'deleted' },
			{
				name: 'End of the Last Working Day',
				value: 'lastDay',
				description: 'At midnight where the person is',
			},
			{ name: 'Offboarded in Humaans', value: 'offboarded' },
		],
		default: ['offboarded', 'deleted'],
		description: 'What makes somebody a leaver',
	},
	{
		displayName: 'Deprovision How',
		name: 'deprovisionHow',
		type: 'options',
		options: [
			{
				name: 'Delete',
				value: 'delete',
				description: 'For good: groups, devices and keys go with the account',
			},
			{ name: 'Review', value: 'review', description: 'A person decides' },
			{ name: 'Suspend', value: 'suspend', description: 'No access, and it can be undone' },
			{
				name: 'Suspend, Then Delete',
				value: 'suspendThenDelete',
				description: 'Suspended now, deleted some days later',
			},
		],
		default: 'suspend',
	},
	{
		displayName: 'Days Until Deletion',
		name: 'deleteAfterDays',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 30,
		displayOptions: { show: { deprovisionHow: ['suspendThenDelete'] } },
		description: 'Counted from the day this package suspended the account',
	},
	{
		displayName: 'Deprovisioning Limit',
		name: 'deprovisioningLimit',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 3,
		description:
			'Accounts that may be disabled in one run and in any 24 hours, or the percentage in ' +
			'the options if that is more. Over it nobody is disabled and all go to Needs Review, ' +
			'under a plan that can be approved.',
	},
];

export const properties: INodeProperties[] = [
	...FIRST,
	{
		displayName: 'Only Some People',
		name: 'limitScope',
		type: 'boolean',
		default: false,
		description:
			'Whether only people who meet conditions are provisioned; linked accounts of leavers are always looked after',
	},
	{
		displayName: 'People in Scope',
		name: 'peopleInScope',
		type: 'filter',
		default: {},
		typeOptions: { filter: { version: 2, caseSensitive: false, typeValidation: 'loose' } },
		displayOptions: { show: { limitScope: [true] } },
		description:
			'Conditions on any field of the person, dates too. A person whose field was not read goes to Needs Review.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: OPTIONS,
	},
];
