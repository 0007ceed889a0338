import type { Decision, Subject } from '../subject';
import { deprovisionedAt } from './leaver';
import { LIMIT_WINDOW_MS, PERCENT_FROM, type Limit } from './settings';

/** Account id → when it was let through (ISO). Kept for the rolling window only. */
export type Ledger = Record<string, string>;

export const isDisabling = (decision: Decision): boolean =>
	decision.action === 'deprovision' || decision.action === 'delete';

/**
 * The new work e-mail of an account that had another one, or null. People sign in with it, so it is
 * looked at like a suspension.
 */
export function newEmailOf(decision: Decision): string | null {
	if (decision.action !== 'update') return null;
	const change = decision.changes.find(
		({ attribute, from }) => attribute === 'email' && from !== null,
	);
	return change ? String(change.to) : null;
}

/**
 * How many accounts may be touched when so many are linked (null: not known, only the count holds).
 */
export function allowedCount(
	limit: Limit,
	linked: number | null,
): { allowed: number; byPercent: boolean } {
	const known = linked ?? 0;
	if (known < PERCENT_FROM) return { allowed: limit.count, byPercent: false };
	const ofPercent = Math.floor((known * limit.percent) / 100);
	const byPercent = limit.holds === 'larger' ? ofPercent > limit.count : ofPercent < limit.count;
	return { allowed: byPercent ? ofPercent : limit.count, byPercent };
}

/**
 * "12 of 80 linked accounts, 15.0 % is over 5.0 %", or null when it is not too many.
 * @param now accounts of this run @param before accounts of the last 24 hours, without those of
 *   this run
 */
export function overLimit(
	limit: Limit,
	now: number,
	before: number,
	linked: number | null,
): string | null {
	const total = now + before;
	const { allowed, byPercent } = allowedCount(limit, linked);
	if (now === 0 || total <= allowed) return null;
	const within = before > 0 ? ` within 24 hours (${now} now, ${before} before)` : '';
	const of = linked === null ? `${total} linked accounts` : `${total} of ${linked} linked accounts`;
	const over =
		byPercent && linked
			? `${((total / linked) * 100).toFixed(1)} % is over ${limit.percent.toFixed(1)} %`
			: `over the limit of ${allowed}`;
	return `${of}${within}, ${over}`;
}

const within = (at: string | number, now: Date): boolean => {
	const time = typeof at === 'number' ? at : Date.parse(at);
	return time > now.getTime() - LIMIT_WINDOW_MS && time <= now.getTime();
};

/** Accounts of the last 24 hours, without those of this run: what this node let through. */
export const letThroughBefore = (
	ledger: Ledger,
	now: Date,
	thisRun: ReadonlySet<string>,
): Set<string> =>
	new Set(
		Object.entries(ledger).flatMap(([id, at]) => (within(at, now) && !thisRun.has(id) ? [id] : [])),
	);

/**
 * The same by the stamps of this package, on the accounts of the run and on those that Match saw
 * beside them: what another workflow let through.
 */
export function stampedBefore(
	subjects: readonly Subject[],
	now: Date,
	thisRun: ReadonlySet<string>,
): Set<string> {
	const ids = new Set<string>();
	for (const { account, match } of subjects) {
		const stamp = account ? deprovisionedAt(account) : null;
		if (account && stamp && within(stamp.getTime(), now) && !thisRun.has(account._id))
			ids.add(account._id);
		for (const [id, at] of Object.entries(match?.suspendedLately ?? {}))
			if (within(at, now) && !thisRun.has(id)) ids.add(id);
	}
	return ids;
}

/** The ledger without what has left the window, with what was let through now. */
export function nextLedger(ledger: Ledger, letThrough: readonly string[], now: Date): Ledger {
	const kept = Object.entries(ledger).filter(([, at]) => within(at, now));
	return {
		...Object.fromEntries(kept),
		...Object.fromEntries(letThrough.map((id) => [id, now.toISOString()])),
	};
}
