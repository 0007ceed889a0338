import type { INodeProperties } from 'n8n-workflow';
import { ACTIONS, WRITE_ACTIONS } from '../../core/actions';

const ACTION_OPTIONS = ACTIONS.filter((action) => action.writes)
	.map((action) => ({ name: action.label, value: action.id }))
	.sort((a, b) => (a.name < b.name ? -1 : 1));

/** The settings for later, in the order of their names. */
export const OPTIONS: INodeProperties[] = [
	{
		displayName: 'Actions Allowed',
		name: 'actionsAllowed',
		type: 'multiOptions',
		options: ACTION_OPTIONS,
		default: [...WRITE_ACTIONS],
		description: 'Others go to No Action, with the reason',
	},
	{
		displayName: 'Activation Hour',
		name: 'activationHour',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 23 },
		default: 0,
		description: 'Local hour of activation on the start date',
	},
	{
		displayName: 'Activation Minute',
		name: 'activationMinute',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 59 },
		default: 0,
		description: 'Minute of that hour',
	},
	{
		displayName: 'API Key Owner',
		name: 'keyOwner',
		type: 'string',
		default: '',
		placeholder: 'e.g. admin@example.com',
		description:
			'Email or username of the administrator whose API key is used; their account is never disabled or deleted',
	},
	{
		displayName: 'Approved Plan',
		name: 'approvedPlan',
		type: 'string',
		default: '',
		placeholder: 'e.g. 3f9c21ab77-h8k2a',
		description:
			'ID of a plan that a limit held, as its reason gives it. Lets exactly those actions ' +
			'through for 24 hours from then, while the plan is the same. Several are separated by commas.',
	},
	{
		displayName: 'Create at Most So Many Days Before the Start',
		name: 'createDaysBefore',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 14,
		description:
			'Without this option the staged account is created as soon as the person appears in Humaans',
	},
	{
		displayName: 'Deprovisioning Limit in Percent',
		name: 'limitPercent',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 100, numberPrecision: 1 },
		default: 5,
		description:
			'Of all linked accounts; counts from 20 linked accounts up, when all of them were read',
	},
	{
		displayName: 'Email Change Limit',
		name: 'emailLimit',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 3,
		description:
			'Linked accounts that may get another work email, with which people sign in, in one ' +
			'run and in any 24 hours. Over it none is changed and all go to Needs Review.',
	},
	{
		displayName: 'Email Change Limit in Percent',
		name: 'emailLimitPercent',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 100, numberPrecision: 1 },
		default: 5,
		description:
			'Of all linked accounts; counts from 20 linked accounts up, when all of them were read',
	},
	{
		displayName: 'Evaluate As Of',
		name: 'evaluateAsOf',
		type: 'dateTime',
		default: '',
		description:
			'Decide as if it were this time, to see what would happen. Every decision is marked, ' +
			'nobody is waited for, and no write accepts it.',
	},
	{
		displayName: 'Existing Accounts',
		name: 'existingAccounts',
		type: 'options',
		options: [
			{
				name: 'Adopt',
				value: 'adopt',
				description:
					'An account with the same employee ID or work e-mail is linked and kept in step',
			},
			{ name: 'Review', value: 'review', description: 'A person decides' },
		],
		default: 'adopt',
	},
	{
		displayName: 'Explain',
		name: 'explain',
		type: 'boolean',
		default: false,
		description:
			'Whether each decision lists the rules that were tried and what was done before it, ' +
			'and holds a page about the person (decision.explanation: title, html, text)',
	},
	{
		displayName: 'Hide Unused Outputs',
		name: 'hideUnusedOutputs',
		type: 'boolean',
		default: false,
		description:
			'Whether only the outputs that these settings can use are shown. Connect the node ' +
			'after this is set: n8n keeps connections by position.',
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
		displayName: 'Limits Hold',
		name: 'limitHolds',
		type: 'options',
		options: [
			{ name: 'The Larger of Number and Percentage', value: 'larger' },
			{ name: 'The Smaller of Number and Percentage', value: 'smaller' },
		],
		default: 'larger',
		description: 'Which of the two counts, for both limits',
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
		description:
			'IDs, usernames or e-mails, separated by commas; never disabled or deleted. Administrators are protected anyway.',
	},
	{
		displayName: 'Protected Attribute',
		name: 'protectedAttribute',
		type: 'string',
		default: '',
		placeholder: 'e.g. breakGlass',
		description:
			'Name of a custom attribute in JumpCloud; an account on which it has a value is never disabled or deleted',
	},
	{
		displayName: 'Rehires',
		name: 'rehire',
		type: 'options',
		options: [
			{
				name: 'Reactivate',
				value: 'reactivate',
				description: 'An account that this package suspended is reactivated',
			},
			{ name: 'Review', value: 'review', description: 'A person decides' },
		],
		default: 'reactivate',
	},
	{
		displayName: 'Summary Item',
		name: 'summaryItem',
		type: 'boolean',
		default: false,
		description:
			'Whether a last output gives one item for each run: counts, what was held, when ' +
			'something is due next, and a message',
	},
	{
		displayName: 'Time Zone',
		name: 'timezone',
		type: 'string',
		default: 'UTC',
		placeholder: 'e.g. Europe/London',
		description:
			'For people without one of their own; the zone of the person, then of the location, comes first',
	},
];
