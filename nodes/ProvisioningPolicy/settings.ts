import { WRITE_ACTIONS, type WriteActionId } from '../shared/actions';

export type ActivationTrigger = 'immediately' | 'onStartDate' | 'never';
export type DeprovisionEvent = 'offboarded' | 'deleted' | 'lastDay';

/** How many accounts may be disabled in one run and in any 24 hours. */
export interface DeprovisioningLimit {
	count: number;
	/** Of the linked accounts; counts only when all accounts were read and at least `PERCENT_FROM` are linked. */
	percent: number;
	/** Which of the two holds when both are known. */
	holds: 'larger' | 'smaller';
}

/** Under so many linked accounts one person is more than any sensible percentage: only the count holds. */
export const PERCENT_FROM = 20;
/** The rolling window of the limit, in milliseconds. */
export const LIMIT_WINDOW_MS = 24 * 3_600_000;
/** A person read longer ago than this is read again before anything is decided, in milliseconds. */
export const FRESH_FOR_MS = 24 * 3_600_000;
/** Decisions for one person in one run; the longest honest chain is reactivate → update → no action, twice over. */
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
	limit: DeprovisioningLimit;
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
	limit: { count: 3, percent: 5, holds: 'larger' },
};
