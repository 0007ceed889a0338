import { DEPROVISIONED_AT, customAttribute } from './link';
import type { Account } from '../subject';

/**
 * Why this package suspended an account: the person left, or they left the people in scope.
 * `returned`: they left and are back, and a person is to decide about the account.
 */
export type StampReason = 'leaving' | 'scope' | 'returned';
const REASONS: readonly string[] = ['leaving', 'scope', 'returned'] satisfies StampReason[];

/**
 * What stands on an account that this package suspended: `<ISO time> <reason> [<ISO time>]`. Only a
 * suspension with a stamp is ever undone.
 */
export interface Stamp {
	/** When it was suspended. */
	at: Date;
	/** `leaving` where none is written: before there were reasons, most were of leavers. */
	reason: StampReason;
	/** Since when the reason holds, when that is later: the days until a deletion count from it. */
	since: Date;
}

/** Null when this package did not suspend the account, or nobody can read when. */
export function stampOf(account: Pick<Account, 'attributes'>): Stamp | null {
	const [time = '', reason = '', later = ''] = (
		customAttribute(account, DEPROVISIONED_AT) ?? ''
	).split(/\s+/);
	const at = Date.parse(time);
	if (Number.isNaN(at)) return null;
	const since = Date.parse(later);
	return {
		at: new Date(at),
		reason: REASONS.includes(reason) ? (reason as StampReason) : 'leaving',
		since: new Date(Number.isNaN(since) ? at : since),
	};
}

export function stampText({ at, reason, since }: Stamp): string {
	const later = since > at ? ` ${since.toISOString()}` : '';
	return `${at.toISOString()} ${reason}${later}`;
}

/** `attributes` that carry a stamp, or no longer carry one (null). */
export const stampAttribute = (stamp: Stamp | null): Record<string, string | null> => ({
	[DEPROVISIONED_AT]: stamp === null ? null : stampText(stamp),
});

/** The stamp of an account that is suspended now; one that was suspended before keeps its time. */
export function stampFor(
	account: Pick<Account, 'attributes'>,
	reason: StampReason,
	now: Date,
	wasSuspended: boolean,
): Stamp {
	const before = wasSuspended ? stampOf(account) : null;
	return { at: before?.at ?? now, reason, since: now };
}
