import type { Decision, Subject } from '../shared/subject';
import { deprovisionedAt } from './leaver';
import { LIMIT_WINDOW_MS, PERCENT_FROM, type DeprovisioningLimit } from './settings';

/** Account id → when it was let through to be disabled (ISO). Kept for the rolling window only. */
export type Ledger = Record<string, string>;

export const isDisabling = (decision: Decision): boolean => decision.action === 'deprovision' || decision.action === 'delete';

/** How many accounts may be disabled when so many are linked (null: not known, only the count holds). */
export function allowedCount(limit: DeprovisioningLimit, linked: number | null): { allowed: number; byPercent: boolean } {
	if (linked === null || linked < PERCENT_FROM) return { allowed: limit.count, byPercent: false };
	const ofPercent = Math.floor((linked * limit.percent) / 100);
	const byPercent = limit.holds === 'larger' ? ofPercent > limit.count : ofPercent < limit.count;
	return { allowed: byPercent ? ofPercent : limit.count, byPercent };
}

export interface Tripped {
	sentence: string;
}

/**
 * "12 of 80 linked accounts, 15.0 % is over 5.0 %", or null when the accounts may be disabled.
 * @param now accounts of this run @param before accounts of the last 24 hours, without those of this run
 */
export function overLimit(limit: DeprovisioningLimit, now: number, before: number, linked: number | null): Tripped | null {
	if (now === 0) return null;
	const total = now + before;
	const { allowed, byPercent } = allowedCount(limit, linked);
	if (total <= allowed) return null;
	const within = before > 0 ? ` within 24 hours (${now} now, ${before} before)` : '';
	const of = linked === null ? `${total} linked accounts` : `${total} of ${linked} linked accounts`;
	const over = byPercent && linked ? `${((total / linked) * 100).toFixed(1)} % is over ${limit.percent.toFixed(1)} %` : `over the limit of ${allowed}`;
	return { sentence: `Too many accounts would be disabled: ${of}${within}, ${over}. None of them is disabled; check the list, then raise the Deprovisioning Limit for one run.` };
}

/** Accounts disabled in the last 24 hours: what this node let through, and stamps of this package seen in the run. */
export function disabledBefore(ledger: Ledger, subjects: readonly Subject[], now: Date, except: ReadonlySet<string>): Set<string> {
	const since = now.getTime() - LIMIT_WINDOW_MS;
	const ids = new Set<string>();
	for (const [id, at] of Object.entries(ledger)) if (Date.parse(at) > since) ids.add(id);
	for (const { account } of subjects) {
		const stamp = account ? deprovisionedAt(account) : null;
		if (account && stamp && stamp.getTime() > since && stamp <= now) ids.add(account._id);
	}
	for (const id of except) ids.delete(id);
	return ids;
}

/** The ledger without what has left the window, with what was let through now. */
export function nextLedger(ledger: Ledger, letThrough: readonly string[], now: Date): Ledger {
	const since = now.getTime() - LIMIT_WINDOW_MS;
	const kept = Object.entries(ledger).filter(([, at]) => Date.parse(at) > since);
	return { ...Object.fromEntries(kept), ...Object.fromEntries(letThrough.map((id) => [id, now.toISOString()])) };
}
