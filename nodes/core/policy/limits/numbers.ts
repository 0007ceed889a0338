import { PERCENT_FROM } from '../settings';
import type { Limit } from './kinds';

/** How many accounts of a kind a run is about. */
export interface Numbers {
	/** In this run. */
	now: number;
	/** In the 24 hours before it, without those of this run. */
	before: number;
	/** Linked accounts in use; null when not all accounts were read. */
	inUse: number | null;
}

/** How many accounts may be touched. Without all accounts read only the count holds. */
export function allowedCount(
	limit: Limit,
	inUse: number | null,
): { allowed: number; byPercent: boolean } {
	if (inUse === null || inUse < PERCENT_FROM) return { allowed: limit.count, byPercent: false };
	const ofPercent = Math.floor((inUse * limit.percent) / 100);
	const byPercent = limit.holds === 'larger' ? ofPercent > limit.count : ofPercent < limit.count;
	return { allowed: byPercent ? ofPercent : limit.count, byPercent };
}

/** "12 accounts, and 80 are in use: 15.0 % is over 5.0 %", or null when it is not too many. */
export function overLimit(limit: Limit, { now, before, inUse }: Numbers): string | null {
	const total = now + before;
	const { allowed, byPercent } = allowedCount(limit, inUse);
	if (now === 0 || total <= allowed) return null;
	const within = before > 0 ? ` within 24 hours (${now} now, ${before} before)` : '';
	const of = inUse === null ? '' : `, and ${inUse} are in use`;
	const share = ((total / Math.max(1, inUse ?? 0)) * 100).toFixed(1);
	const over = byPercent
		? `${share} % is over ${limit.percent.toFixed(1)} %`
		: `over the limit of ${allowed}`;
	return `${total} ${total === 1 ? 'account' : 'accounts'}${within}${of}: ${over}`;
}
