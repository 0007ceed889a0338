import { stampOf } from '../../account/stamp';
import type { Subject } from '../../subject';
import { isUnwritten } from '../preconditions';
import { CLOCKS_DIFFER_MS, LIMIT_WINDOW_MS } from '../settings';
import type { LimitKind } from './kinds';

/** Account id → when it was let through (ISO). Kept for the rolling window only. */
export type Ledger = Readonly<Record<string, string>>;

/** What the policies of a process let through lately, by kind, as plain JSON. */
export type Ledgers = Readonly<Partial<Record<LimitKind, Ledger>>>;

/** Clocks of two machines differ: what was let through a moment ahead of ours counts too. */
function isWithin(at: string | number, now: Date): boolean {
	const age = now.getTime() - (typeof at === 'number' ? at : Date.parse(at));
	return age < LIMIT_WINDOW_MS && age >= -CLOCKS_DIFFER_MS;
}

/** Accounts of the last 24 hours, without those of this run. */
export const letThroughBefore = (
	ledger: Ledger,
	now: Date,
	thisRun: ReadonlySet<string>,
): Set<string> =>
	new Set(
		Object.entries(ledger).flatMap(([id, at]) =>
			isWithin(at, now) && !thisRun.has(id) ? [id] : [],
		),
	);

/**
 * The same of suspensions, by the stamps of this package on the accounts of the run and on those
 * that Match saw beside them: what another process let through.
 */
export function stampedBefore(
	subjects: readonly Subject[],
	now: Date,
	thisRun: ReadonlySet<string>,
): Set<string> {
	const ids = new Set<string>();
	for (const { account, match } of subjects) {
		const stamp = account ? stampOf(account) : null;
		const isLately = stamp !== null && isWithin(stamp.at.getTime(), now);
		if (account && isLately && !thisRun.has(account._id)) ids.add(account._id);
		for (const [id, at] of Object.entries(match?.suspendedLately ?? {})) {
			if (isWithin(at, now) && !thisRun.has(id)) ids.add(id);
		}
	}
	return ids;
}

/** What was let through and came back without a write counts for nothing. */
export function withoutUnwritten(ledger: Ledger, subjects: readonly Subject[]): Ledger {
	const back = new Set(subjects.filter(isUnwritten).map(({ account }) => account?._id));
	return back.size === 0
		? ledger
		: Object.fromEntries(Object.entries(ledger).filter(([id]) => !back.has(id)));
}

/** The ledger without what has left the window, with what was let through now. */
export function nextLedger(ledger: Ledger, letThrough: Iterable<string>, now: Date): Ledger {
	const kept = Object.entries(ledger).filter(([, at]) => isWithin(at, now));
	const added = [...letThrough].map((id) => [id, now.toISOString()] as const);
	return Object.fromEntries([...kept, ...added]);
}
