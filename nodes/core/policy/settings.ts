import { WRITE_ACTIONS, type WriteActionId } from '../actions';

export type ActivationTrigger = 'immediately' | 'onStartDate' | 'never';
export type DeprovisionEvent = 'offboarded' | 'deleted' | 'lastDay';

/**
 * How many accounts may be disabled, or get another work e-mail, in one run and in any 24 hours.
 */
export interface Limit {
	count: number;
	/**
	 * Of the linked accounts; counts only when all accounts were read and at least `PERCENT_FROM` are
	 * linked.
	 */
	percent: number;
	/** Which of the two holds when both are known. */
	holds: 'larger' | 'smaller';
}

/**
 * Under so many linked accounts one person is more than any sensible percentage: only the count
 * holds.
 */
export const PERCENT_FROM = 20;
/** The rolling window of the limits, in milliseconds. */
export const LIMIT_WINDOW_MS = 24 * 3_600_000;
/** The id of a held plan counts so long from the run that held it, in milliseconds. */
export const APPROVAL_MS = 24 * 3_600_000;
/** A person read longer ago than this is read again before anything is decided, in milliseconds. */
export const FRESH_FOR_MS = 24 * 3_600_000;
/**
 * Humaans changes a status by its own calendar: at most so long before the day has come where the
 * person is, in milliseconds.
 */
export const STATUS_AHEAD_MS = 48 * 3_600_000;
/**
 * Decisions for one person in one run; the longest honest chain is reactivate → update → no action,
 * twice over.
 */
export const MAX_STEPS = 6;

export interface PolicySettings {
	mode: 'apply' | 'review';
	activationTrigger: ActivationTrigger;
	/** Local time of activation on the start date. */
	activationHour: number;
	activationMinute: number;
	/** IANA zone for people without a usable one. */
	fixedZone: string;
	sendInvite: boolean;
	inviteTo: 'personalThenWork' | 'personal' | 'work';
	/** Create at most so many days before the start date; null = as soon as the person appears. */
	createDaysBefore: number | null;
	deprovisionWhen: readonly DeprovisionEvent[];
	deprovisionHow: 'suspend' | 'delete' | 'suspendThenDelete' | 'review';
	/** For `suspendThenDelete`: days after this package's own stamp. */
	deleteAfterDays: number;
	rehire: 'reactivate' | 'review';
	existingAccounts: 'adopt' | 'review';
	actionsAllowed: readonly WriteActionId[];
	includeDemoPeople: boolean;
	outOfScope: 'leave' | 'suspend';
	/** IDs, usernames or e-mails of accounts that are never disabled or deleted, in lower case. */
	protectedAccounts: ReadonlySet<string>;
	/** Accounts on which this custom attribute has a value are protected too. */
	protectedAttribute: string | null;
	/** E-mail or username, in lower case, of the administrator whose API key is used. */
	apiKeyOwner: string | null;
	limit: Limit;
	/** For updates that change the work e-mail of a linked account, with which people sign in. */
	emailLimit: Limit;
	/** Ids of held plans that somebody looked at and let through. */
	approvedPlans: ReadonlySet<string>;
	/** Whether decisions name the rules that were tried. */
	explain: boolean;
}

export const DEFAULT_SETTINGS: PolicySettings = {
	mode: 'apply',
	activationTrigger: 'onStartDate',
	activationHour: 0,
	activationMinute: 0,
	fixedZone: 'UTC',
	sendInvite: true,
	inviteTo: 'personalThenWork',
	createDaysBefore: null,
	deprovisionWhen: ['offboarded', 'deleted'],
	deprovisionHow: 'suspend',
	deleteAfterDays: 30,
	rehire: 'reactivate',
	existingAccounts: 'adopt',
	actionsAllowed: WRITE_ACTIONS,
	includeDemoPeople: false,
	outOfScope: 'leave',
	protectedAccounts: new Set(),
	protectedAttribute: null,
	apiKeyOwner: null,
	limit: { count: 3, percent: 5, holds: 'larger' },
	emailLimit: { count: 3, percent: 5, holds: 'larger' },
	approvedPlans: new Set(),
	explain: false,
};
