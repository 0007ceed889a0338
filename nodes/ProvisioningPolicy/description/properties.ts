import type { INodeProperties } from 'n8n-workflow';
import { ACTIONS, WRITE_ACTIONS } from '../../shared/actions';

const ACTION_OPTIONS = ACTIONS.filter((action) => action.writes)
	.map((action) => ({ name: action.label, value: action.id }))
	.sort((a, b) => (a.name < b.name ? -1 : 1));

/** The five settings a new user sees first. */
const FIRST: INodeProperties[] = [
	{
		displayName: 'Mode',
		name: 'mode',
		type: 'options',
		options: [
			{ name: 'Apply', value: 'apply', description: 'Decisions go to their outputs' },
			{ name: 'Review Everything', value: 'review', description: 'Whatever would be done goes to Needs Review, and nothing is changed' },
		],
		default: 'apply',
	},
	{
		displayName: 'Activation Trigger',
		name: 'activationTrigger',
		type: 'options',
		options: [
			{ name: 'Immediately', value: 'immediately', description: 'As soon as the account is created' },
			{ name: 'Never (Manual Activation)', value: 'never', description: 'The account stays staged until somebody activates it in JumpCloud' },
			{ name: 'On the Employment Start Date', value: 'onStartDate', description: 'At the start of that day where the person is' },
		],
		default: 'onStartDate',
		description: 'When a new account is activated',
	},
	{
		displayName: 'Send Invite Email',
		name: 'sendInvite',
		type: 'boolean',
		default: true,
		description: 'Whether the person is invited on activation: at the personal e-mail, or at the work e-mail when that does not work',
	},
	{
		displayName: 'Deprovision When',
		name: 'deprovisionWhen',
		type: 'multiOptions',
		options: [
			{ name: 'Deleted in Humaans', value: 'deleted' },
			{ name: 'End of the Last Working Day', value: 'lastDay', description: 'At midnight where the person is' },
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
			{ name: 'Delete', value: 'delete', description: 'For good: groups, devices and keys go with the account' },
			{ name: 'Review', value: 'review', description: 'A person decides' },
			{ name: 'Suspend', value: 'suspend', description: 'No access, and it can be undone' },
			{ name: 'Suspend, Then Delete', value: 'suspendThenDelete', description: 'Suspended now, deleted some days later' },
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
		description: 'Accounts that may be disabled in one run and in any 24 hours, or the percentage in the options if that is more. Over it nobody is disabled and all go to Needs Review.',
	},
];

const HOUR_AND_ZONE: INodeProperties[] = [
	{ displayName: 'Activation Hour', name: 'activationHour', type: 'number', typeOptions: { minValue: 0, maxValue: 23 }, default: 0, description: 'Local hour of activation on the start date' },
	{ displayName: 'Activation Minute', name: 'activationMinute', type: 'number', typeOptions: { minValue: 0, maxValue: 59 }, default: 0 },
];

export const properties: INodeProperties[] = [
	...FIRST,
	{
		displayName: 'Only Some People',
		name: 'limitScope',
		type: 'boolean',
		default: false,
		description: 'Whether only people who meet conditions are provisioned; linked accounts of leavers are always looked after',
	},
	{
		displayName: 'People in Scope',
		name: 'peopleInScope',
		type: 'filter',
		default: {},
		typeOptions: { filter: { version: 2, caseSensitive: false, typeValidation: 'loose' } },
		displayOptions: { show: { limitScope: [true] } },
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Actions Allowed',
				name: 'actionsAllowed',
				type: 'multiOptions',
				options: ACTION_OPTIONS,
				default: [...WRITE_ACTIONS],
				description: 'Others go to No Action, with the reason',
			},
			...HOUR_AND_ZONE,
			{
				displayName: 'Create at Most So Many Days Before the Start',
				name: 'createDaysBefore',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 14,
				description: 'Without this option the staged account is created as soon as the person appears in Humaans',
			},
			{
				displayName: 'Deprovisioning Limit Holds',
				name: 'limitHolds',
				type: 'options',
				options: [
					{ name: 'The Larger of Number and Percentage', value: 'larger' },
					{ name: 'The Smaller of Number and Percentage', value: 'smaller' },
				],
				default: 'larger',
			},
			{
				displayName: 'Deprovisioning Limit in Percent',
				name: 'limitPercent',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 100, numberPrecision: 1 },
				default: 5,
				description: 'Of all linked accounts; counts from 20 linked accounts up, when all of them were read',
			},
			{
				displayName: 'Existing Accounts',
				name: 'existingAccounts',
				type: 'options',
				options: [
					{ name: 'Adopt', value: 'adopt', description: 'An account with the same employee ID or work e-mail is linked and kept in step' },
					{ name: 'Review', value: 'review', description: 'A person decides' },
				],
				default: 'adopt',
			},
			{
				displayName: 'Include Demo People',
				name: 'includeDemoPeople',
				type: 'boolean',
				default: false,
				description: 'Whether the demo people that Humaans offers get accounts too',
			},
			{
				displayName: 'Invite Goes To',
				name: 'inviteTo',
				type: 'options',
				options: [
					{ name: 'Personal Email', value: 'personal' },
					{ name: 'Personal Email, Then Work Email', value: 'personalThenWork' },
					{ name: 'Work Email', value: 'work' },
				],
				default: 'personalThenWork',
			},
			{
				displayName: 'People Who Leave the Scope',
				name: 'outOfScope',
				type: 'options',
				options: [
					{ name: 'Leave Alone', value: 'leave' },
					{ name: 'Suspend', value: 'suspend', description: 'Their linked account is suspended' },
				],
				default: 'leave',
			},
			{
				displayName: 'Protected Accounts',
				name: 'protectedAccounts',
				type: 'string',
				default: '',
				placeholder: 'e.g. ceo@example.com, break-glass',
				description: 'IDs, usernames or e-mails, separated by commas; never disabled or deleted. Administrators are protected anyway.',
			},
			{
				displayName: 'Rehires',
				name: 'rehire',
				type: 'options',
				options: [
					{ name: 'Reactivate', value: 'reactivate', description: 'An account that this package suspended is reactivated' },
					{ name: 'Review', value: 'review', description: 'A person decides' },
				],
				default: 'reactivate',
			},
			{
				displayName: 'Time Zone',
				name: 'timezone',
				type: 'string',
				default: 'UTC',
				placeholder: 'e.g. Europe/London',
				description: 'For people without one of their own; the zone of the person, then of the location, comes first',
			},
		],
	},
];
