import { linkOf, stateOf } from '../../account/link';
import type { Decision, Subject } from '../../subject';
import type { PolicySettings } from '../settings';
import { actionKey } from './approval';

/**
 * The kinds of actions that are limited. Over a limit all actions of its kind are held together,
 * under one plan, and everything else goes on: a deletion that is due takes nobody's access, so it
 * never keeps a suspension from being made.
 */
export type LimitKind = 'limit.deprovisioning' | 'limit.deletion' | 'limit.email';

export interface Kind {
	code: LimitKind;
	/** What makes an action this kind: a text that tells it from others on the account, or null. */
	of: (decision: Decision, subject: Subject) => string | null;
	count: 'deprovisioningLimit' | 'emailLimit';
	percent: 'limitPercent' | 'emailLimitPercent';
	tooMany: string;
	none: string;
	/** Label of the setting. */
	setting: string;
}

const isSuspended = ({ account }: Subject): boolean =>
	account ? stateOf(account) === 'SUSPENDED' : false;

/** The new work email of an account that had another one: people sign in with it. */
export function newEmailOf({ action, changes }: Decision): string | null {
	if (action !== 'update') return null;
	const change = changes.find(({ attribute, from }) => attribute === 'email' && from !== null);
	return change ? String(change.to) : null;
}

const DEPROVISIONING = {
	count: 'deprovisioningLimit',
	percent: 'limitPercent',
	setting: 'Deprovisioning Limit',
} as const;

export const KINDS: readonly Kind[] = [
	{
		...DEPROVISIONING,
		code: 'limit.deprovisioning',
		of: ({ action }, subject) =>
			(action === 'deprovision' || action === 'delete') && !isSuspended(subject) ? action : null,
		tooMany: 'Too many accounts would lose access',
		none: 'None of them loses it',
	},
	{
		...DEPROVISIONING,
		code: 'limit.deletion',
		of: ({ action }, subject) => (action === 'delete' && isSuspended(subject) ? action : null),
		tooMany: 'Too many suspended accounts would be deleted',
		none: 'None of them is deleted',
	},
	{
		code: 'limit.email',
		of: newEmailOf,
		count: 'emailLimit',
		percent: 'emailLimitPercent',
		tooMany: 'Too many work emails would change',
		none: 'None of them is changed',
		setting: 'Email Change Limit',
	},
];

/** The action of a kind that a decision is, and the key that a plan knows it by; or null. */
export function actionOfKind(
	{ code, of }: Kind,
	decision: Decision,
	subject: Subject,
): { accountId: string; key: string } | null {
	const value = of(decision, subject);
	const { account, personId } = subject;
	if (value === null || !account) return null;
	const who = { personId: personId ?? null, link: linkOf(account) };
	return {
		accountId: account._id,
		key: actionKey({ accountId: account._id, code, value, ...who }),
	};
}

/** What a limit of one kind allows. */
export interface Limit {
	count: number;
	percent: number;
	/** Which of the two holds when both are known. */
	holds: PolicySettings['limitHolds'];
}

export const limitOf = (settings: PolicySettings, { count, percent }: Kind): Limit => ({
	count: settings[count],
	percent: settings[percent],
	holds: settings.limitHolds,
});
