import { ACTIONS, WRITE_ACTIONS, type WriteActionId } from '../actions';
import { REVIEW_SETTINGS } from './reviewSettings';
import {
	accounts,
	choice,
	choices,
	flag,
	moment,
	names,
	number,
	optionalAccount,
	optionalText,
	zone,
} from './settingKinds';
import type { Setting } from './settingKinds';

const DAYS = { from: 0, to: 3650 };
const ACCOUNTS = { from: 0, to: 1_000_000 };
const PERCENT = { from: 0, to: 100, precision: 1 };
const OF_THOSE_IN_USE =
	'Percent of the linked accounts in use. It counts when there are 20 or more, and all were read.';

const byLabel = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);
const WRITE_CHOICES = ACTIONS.filter((action) => action.writes)
	.map(({ id, label }) => ({ name: label, value: id as WriteActionId }))
	.sort(byLabel);

/**
 * Every setting of Provisioning Policy, one row each: its words, its default, how it is read, how
 * the panel shows it. The policy, the panel, the documents and the tests read this table. First
 * those that are seen at once, in the order of the panel; then the options, in the order of labels.
 */
export const SETTINGS = {
	mode: choice(
		'Mode',
		[
			{
				name: 'Review Everything',
				value: 'review',
				description: 'Whatever would be done goes to Needs Review, and nothing is changed',
			},
			{
				name: 'Apply',
				value: 'apply',
				description:
					'Go live: the connected nodes create, activate, invite, update, reactivate and suspend ' +
					'accounts. They delete only if Deprovision How says so.',
			},
		],
		{ parameter: 'mode', place: 'first', default: 'review' },
	),
	activationTrigger: choice(
		'Activation Trigger',
		[
			{
				name: 'Immediately',
				value: 'immediately',
				description: 'As soon as the person is an active member in Humaans',
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
		{
			parameter: 'activationTrigger',
			place: 'first',
			default: 'onStartDate',
			description: 'When a new account is activated',
		},
	),
	sendInvite: flag('Send Invite Email', {
		parameter: 'sendInvite',
		place: 'first',
		default: true,
		description:
			'Whether the person is invited on activation: at the personal email, or at the work email ' +
			'when that does not work',
	}),
	deprovisionWhen: choices(
		'Deprovision When',
		[
			{ name: 'Deleted in Humaans', value: 'deleted' },
			{
				name: 'End of the Last Working Day',
				value: 'lastDay',
				description: 'At midnight where the person is',
			},
			{ name: 'Offboarded in Humaans', value: 'offboarded' },
		],
		{
			parameter: 'deprovisionWhen',
			place: 'first',
			default: ['offboarded', 'deleted'],
			description: 'What makes somebody a leaver',
		},
	),
	deprovisionHow: choice(
		'Deprovision How',
		[
			{
				name: 'Delete',
				value: 'delete',
				description: 'For good: groups, devices and keys go with the account',
			},
			{ name: 'Review', value: 'review', description: 'You decide, at Needs Review' },
			{ name: 'Suspend', value: 'suspend', description: 'No access, and it can be undone' },
			{
				name: 'Suspend, Then Delete',
				value: 'suspendThenDelete',
				description: 'Suspended now, deleted some days later',
			},
		],
		{ parameter: 'deprovisionHow', place: 'first', default: 'suspend' },
	),
	deleteAfterDays: number(
		'Days Until Deletion',
		{ ...DAYS, from: 1 },
		{
			parameter: 'deleteAfterDays',
			place: 'first',
			default: 30,
			showFor: { deprovisionHow: ['suspendThenDelete'] },
			description: 'Counted from the day this package suspended the account because they left',
		},
	),
	deprovisioningLimit: number('Deprovisioning Limit', ACCOUNTS, {
		parameter: 'deprovisioningLimit',
		place: 'first',
		default: 3,
		description:
			'If more accounts than this would lose access in one run or 24 hours, none does, and all go ' +
			'to Needs Review under a plan that you can approve. Where 5 % of the accounts in use is more, ' +
			'that is the limit (Options). Deletions of suspended accounts count by themselves.',
	}),

	accessReview: REVIEW_SETTINGS.accessReview,
	actionsAllowed: choices('Actions Allowed', WRITE_CHOICES, {
		parameter: 'actionsAllowed',
		default: WRITE_ACTIONS,
		description: 'Others go to No Action, with the reason',
	}),
	activateNewHires: flag('Activate New Hires Too', {
		parameter: 'activateNewHires',
		default: false,
		description:
			'Whether Activation Trigger: Immediately also activates people who have not started yet',
	}),
	activationHour: number(
		'Activation Hour',
		{ from: 0, to: 23 },
		{
			parameter: 'activationHour',
			default: 0,
			description: 'Local hour of activation on the start date',
		},
	),
	activationMinute: number(
		'Activation Minute',
		{ from: 0, to: 59 },
		{ parameter: 'activationMinute', default: 0, description: 'Minute of that hour' },
	),
	apiKeyOwner: optionalAccount('API Key Owner', {
		parameter: 'keyOwner',
		placeholder: 'e.g. admin@example.com',
		description:
			'Email or username of the administrator whose API key is used; their account is never ' +
			'suspended or deleted',
	}),
	approvedPlans: names('Approved Plan', {
		parameter: 'approvedPlan',
		placeholder: 'e.g. 3f9c21ab77-h8k2a',
		description:
			'ID of a plan that a limit held, as its reason gives it. Lets exactly those actions ' +
			'through, each once, within 24 hours from then. Separate several by commas.',
	}),
	createDaysBefore: number<null>('Create Days Before Start', DAYS, {
		parameter: 'createDaysBefore',
		default: null,
		shown: 14,
		description:
			'Without this option the staged account is created as soon as the person appears in Humaans',
	}),
	limitPercent: number('Deprovisioning Limit in Percent', PERCENT, {
		parameter: 'limitPercent',
		default: 5,
		description: OF_THOSE_IN_USE,
	}),
	emailLimit: number('Email Change Limit', ACCOUNTS, {
		parameter: 'emailLimit',
		default: 3,
		description:
			'People sign in with their work email. If more accounts than this would get another one, in ' +
			'one run or in 24 hours, none of them does, and all go to Needs Review.',
	}),
	emailLimitPercent: number('Email Change Limit in Percent', PERCENT, {
		parameter: 'emailLimitPercent',
		default: 5,
		description: OF_THOSE_IN_USE,
	}),
	evaluateAsOf: moment('Evaluate As Of', {
		parameter: 'evaluateAsOf',
		description:
			'Decide as if it were this time, to see what would happen. Decisions are marked as ' +
			'simulated, and nothing is written.',
	}),
	existingAccounts: choice(
		'Existing Accounts',
		[
			{
				name: 'Adopt',
				value: 'adopt',
				description:
					'An account with the same work email, or the same employee ID and name, is linked and ' +
					'kept in step',
			},
			{ name: 'Review', value: 'review', description: 'You decide, at Needs Review' },
		],
		{ parameter: 'existingAccounts', default: 'adopt' },
	),
	explain: flag('Explain', {
		parameter: 'explain',
		default: false,
		description:
			'Whether each decision lists the rules that were tried and what was done before it, and ' +
			'holds a page about the person (decision.explanation: title, html, text)',
	}),
	hideUnusedOutputs: flag('Hide Unused Outputs', {
		parameter: 'hideUnusedOutputs',
		default: false,
		description:
			'Whether only the outputs of the Actions Allowed are shown. Connect the node after this is ' +
			'set: n8n keeps connections by position.',
	}),
	hoursAllowed: REVIEW_SETTINGS.hoursAllowed,
	includeDemoPeople: flag('Include Demo People', {
		parameter: 'includeDemoPeople',
		default: false,
		description: 'Whether the demo people that Humaans offers get accounts too',
	}),
	inviteTo: choice(
		'Invite Goes To',
		[
			{ name: 'Personal Email', value: 'personal' },
			{ name: 'Personal Email, Then Work Email', value: 'personalThenWork' },
			{ name: 'Work Email', value: 'work' },
		],
		{ parameter: 'inviteTo', default: 'personalThenWork' },
	),
	lastDayToCome: choice(
		'Offboarded, Last Day to Come',
		[
			{
				name: 'Deprovision at Once',
				value: 'deprovision',
				description: 'Access ends as soon as Humaans says offboarded',
			},
			{ name: 'Review', value: 'review', description: 'You decide, at Needs Review' },
			{
				name: 'Wait for the End of That Day',
				value: 'wait',
				description: 'Access ends when the last day is over where the person is',
			},
		],
		{
			parameter: 'lastDayToCome',
			default: 'wait',
			description: 'For people whom Humaans has as offboarded while their last day is not over',
		},
	),
	onlyApprovedPlans: flag('Only Approved Plans', {
		parameter: 'onlyApprovedPlans',
		default: false,
		description:
			'Whether nothing is done but the actions of an Approved Plan. The Summary Item then also ' +
			'holds a page of what the limits hold.',
	}),
	outOfScope: choice(
		'People Who Leave the Scope',
		[
			{ name: 'Leave Alone', value: 'leave' },
			{ name: 'Suspend', value: 'suspend', description: 'Their linked account is suspended' },
		],
		{ parameter: 'outOfScope', default: 'leave' },
	),
	protectedAccounts: accounts('Protected Accounts', {
		parameter: 'protectedAccounts',
		placeholder: 'e.g. ceo@example.com, break-glass',
		description:
			'IDs, usernames or emails, separated by commas; never suspended, deleted or adopted, and ' +
			'their sign-in email stays. Administrators are protected anyway.',
	}),
	protectedAttribute: optionalText('Protected Attribute', {
		parameter: 'protectedAttribute',
		placeholder: 'e.g. breakGlass',
		description:
			'Name of a custom attribute in JumpCloud; an account on which it has a value is protected',
	}),
	rehire: choice(
		'Rehires',
		[
			{
				name: 'Reactivate',
				value: 'reactivate',
				description: 'An account that this package suspended is reactivated',
			},
			{ name: 'Review', value: 'review', description: 'You decide, at Needs Review' },
		],
		{ parameter: 'rehire', default: 'reactivate' },
	),
	reviewFrom: REVIEW_SETTINGS.reviewFrom,
	reviewUntil: REVIEW_SETTINGS.reviewUntil,
	summaryItem: flag('Summary Item', {
		parameter: 'summaryItem',
		default: false,
		description:
			'Whether a last output gives one item for each run: a message, counts, what was held, when ' +
			'something is due next',
	}),
	fixedZone: zone('Time Zone', {
		parameter: 'timezone',
		default: 'UTC',
		placeholder: 'e.g. Europe/London',
		description:
			'For people without one of their own; the zone of the person, then of the location, comes first',
	}),
	limitHolds: choice(
		'When Both Limits Are Set',
		[
			{ name: 'The Larger of Number and Percentage', value: 'larger' },
			{ name: 'The Smaller of Number and Percentage', value: 'smaller' },
		],
		{
			parameter: 'limitHolds',
			default: 'larger',
			description: 'Which of the two counts, for all limits',
		},
	),
} as const;

type Settings = typeof SETTINGS;
type ValueOf<S> = S extends Setting<infer T> ? T : never;

export type PolicySettings = { readonly [Key in keyof Settings]: ValueOf<Settings[Key]> };
export type SettingKey = keyof PolicySettings;
export type DeprovisionEvent = PolicySettings['deprovisionWhen'][number];

const SETTING_ROWS = Object.entries(SETTINGS) as unknown as ReadonlyArray<
	[SettingKey, Setting<unknown>]
>;
const fromRows = (value: (row: Setting<unknown>) => unknown): PolicySettings =>
	Object.fromEntries(
		SETTING_ROWS.map(([key, row]) => [key, value(row)]),
	) as unknown as PolicySettings;

export const DEFAULT_SETTINGS: PolicySettings = fromRows((row) => row.default);

/** Gives the value of a parameter, by its name and by what people call it. */
type ReadParameter = (parameter: string, label: string) => unknown;

/**
 * Settings of the node, wherever they come from; what is absent is the default.
 * @param first reads a parameter that is seen at once @param option reads one of the options
 * @throws UnusableSetting for a value that is none of the choices
 */
export const readSettings = (first: ReadParameter, option: ReadParameter): PolicySettings =>
	fromRows((row) => row.read((row.place === 'first' ? first : option)(row.parameter, row.label)));

/** Below so many accounts in use one person is more than any sensible percentage. */
export const PERCENT_FROM = 20;
/** The rolling window of the limits, in milliseconds. */
export const LIMIT_WINDOW_MS = 24 * 3_600_000;
/** The id of a held plan counts so long from the run that held it, in milliseconds. */
export const APPROVAL_MS = 24 * 3_600_000;
/** Clocks of two machines differ by so much, in milliseconds. */
export const CLOCKS_DIFFER_MS = 5 * 60_000;
/** A person read longer ago than this is read again before anything is decided, in milliseconds. */
export const FRESH_FOR_MS = 24 * 3_600_000;
/**
 * Humaans changes a status by its own calendar: at most so long before the day has come where the
 * person is, in milliseconds.
 */
export const STATUS_AHEAD_MS = 48 * 3_600_000;
/**
 * Decisions for one person in one run; the longest honest chain is create → activate → update → no
 * action.
 */
export const MAX_STEPS = 6;
