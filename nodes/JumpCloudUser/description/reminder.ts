import type { INodeProperties } from 'n8n-workflow';

const onAnItem = { resource: ['user'], operation: ['resendInvite'], userFrom: ['item'] };
const asReminder = { show: { ...onAnItem, sendWhen: ['reminder'] } };

const days = (
	displayName: string,
	name: string,
	value: number,
	description: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'number',
	typeOptions: { minValue: 1 },
	default: value,
	displayOptions: asReminder,
	description,
});

/** Resend Invite: at once, or as a reminder that is counted. */
export const reminder: INodeProperties[] = [
	{
		displayName: 'Send',
		name: 'sendWhen',
		type: 'options',
		options: [
			{
				name: 'As a Reminder',
				value: 'reminder',
				description:
					'Only to people whose account this package activated and who have no password yet, ' +
					'some days apart and only so often',
			},
			{ name: 'Now', value: 'now', description: 'Once more, whoever it is' },
		],
		default: 'now',
		displayOptions: { show: onAnItem },
		description: 'JumpCloud chooses the address either way',
	},
	{
		displayName: 'Mode',
		name: 'mode',
		type: 'options',
		options: [
			{
				name: 'Review Everything',
				value: 'review',
				description: 'Only says what would be sent; nothing is changed',
			},
			{ name: 'Apply', value: 'apply', description: 'Go live: what is due is sent' },
		],
		default: 'review',
		displayOptions: asReminder,
	},
	days(
		'First Reminder After Days',
		'firstAfterDays',
		3,
		'Counted from the first run that finds the account active and without a password',
	),
	days(
		'Days Between Reminders',
		'daysBetween',
		4,
		'So many days after the last reminder, the person goes to Needs Review',
	),
	{
		displayName: 'Max Reminders',
		name: 'atMost',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 2,
		displayOptions: asReminder,
		description:
			'Each mail is counted before it is sent, in the custom attribute humaansInvite: after a ' +
			'crash one mail may be missing, and there is never one too many',
	},
];
