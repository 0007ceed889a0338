/** A plan is what a limit held in a run. It has an id, by which somebody who looked at it lets exactly its actions through. */
import { createHash } from 'node:crypto';
import { APPROVAL_MS } from './settings';

const ID_LENGTH = 10;
const KEY_LENGTH = 16;
const digest = (text: string, length: number): string => createHash('sha256').update(text).digest('hex').slice(0, length);

/** One action of a kind on one account: which, or for a new e-mail to what. */
export const actionKey = (accountId: string, kind: string, value: string): string => digest(JSON.stringify([accountId, kind, value]), KEY_LENGTH);

/** The same actions, in any order, have the same id; one more, one less or another one: another id. */
export const planId = (keys: readonly string[]): string => digest([...keys].sort().join(' '), ID_LENGTH);

/** Kept between runs, by plan id. */
export type Approvals = Record<string, { at: string; actions: string[] }>;

export interface Ruling {
	id: string;
	approved: boolean;
	/** The id is in *Approved Plan*, but its 24 hours are over. */
	expired: boolean;
	approvals: Approvals;
}

/**
 * Whether a plan that a limit would hold is let through. The 24 hours run from the first run that sees its id approved; what is left of an
 * approved plan (a write that failed) goes through too, anything beyond it does not.
 */
export function ruleOn(keys: readonly string[], approvedPlans: ReadonlySet<string>, approvals: Approvals, now: Date): Ruling {
	const id = planId(keys);
	const kept: Approvals = Object.fromEntries(Object.entries(approvals).filter(([known]) => approvedPlans.has(known)));
	const lasts = (at: string) => now.getTime() - Date.parse(at) <= APPROVAL_MS;
	if (approvedPlans.has(id)) {
		const approval = kept[id] ?? { at: now.toISOString(), actions: [...keys] };
		return { id, approved: lasts(approval.at), expired: !lasts(approval.at), approvals: { ...kept, [id]: approval } };
	}
	const rest = Object.values(kept).some(({ at, actions }) => lasts(at) && keys.every((key) => actions.includes(key)));
	return { id, approved: rest, expired: false, approvals: kept };
}
