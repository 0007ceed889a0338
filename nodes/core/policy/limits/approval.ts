/**
 * A plan is what a limit held in a run. It has an id, by which somebody who looked at it lets
 * exactly its actions through.
 */
import { sha256Hex } from '../../hash';
import { APPROVAL_MS, CLOCKS_DIFFER_MS } from '../settings';

const ID_LENGTH = 10;
const ACTION_KEY_LENGTH = 16;
/** The moment in an id is counted in minutes. */
const ID_UNIT_MS = 60_000;

/** One action of a kind on one account: which, or for a new email to what. */
export const actionKey = (accountId: string, kind: string, value: string): string =>
	sha256Hex(JSON.stringify([accountId, kind, value]), ACTION_KEY_LENGTH);

function idOf(keys: readonly string[], minute: string): string {
	const actions = [...keys].sort();
	return `${sha256Hex([minute, ...actions].join(' '), ID_LENGTH)}-${minute}`;
}

/**
 * `3f9c21ab77-h8k2a`: made of the actions, in any order, and of the minute at which they were held,
 * which stands at its end. So the id itself says how long it counts, whatever was restarted and
 * whichever worker is asked; with another minute typed into it, it is no id of this plan.
 */
export const planId = (keys: readonly string[], heldAt: Date): string =>
	idOf(keys, Math.floor(heldAt.getTime() / ID_UNIT_MS).toString(36));

const minuteOf = (id: string): string => id.slice(ID_LENGTH + 1);

/** Milliseconds since the plan of this id was held; NaN for what is no id. */
const ageOf = (id: string, now: Date): number =>
	now.getTime() - Number.parseInt(minuteOf(id), 36) * ID_UNIT_MS;

/** An id from further ahead than clocks differ was made by *Evaluate As Of*. */
function lasts(id: string, now: Date): boolean {
	const age = ageOf(id, now);
	return age <= APPROVAL_MS && age >= -CLOCKS_DIFFER_MS;
}

/** Its minute has five digits since 2001. */
const IS_ID = new RegExp(`^[0-9a-f]{${ID_LENGTH}}-[0-9a-z]{5}$`);

/** The plan of this id was held more than 24 hours ago. */
export const isExpired = (id: string, now: Date): boolean =>
	IS_ID.test(id) && ageOf(id, now) > APPROVAL_MS;

/** By plan id: the actions that were let through under it. Kept between runs. */
export type Approvals = Record<string, string[]>;

export interface Ruling {
	/** What the plan is called now. */
	id: string;
	approved: boolean;
	/** The id in *Approved Plan* under which it is approved, or null. */
	under: string | null;
	/** An id of this plan is in *Approved Plan*, and its 24 hours are over. */
	expired: boolean;
	approvals: Approvals;
}

/**
 * Whether a plan that a limit would hold is let through: its id counts for 24 hours from the run
 * that held it. What is left of an approved plan (a write that failed) goes through too, anything
 * beyond it does not.
 */
export function ruleOn(
	keys: readonly string[],
	approvedPlans: ReadonlySet<string>,
	approvals: Approvals,
	now: Date,
): Ruling {
	const id = planId(keys, now);
	const kept: Approvals = Object.fromEntries(
		Object.entries(approvals).filter(([known]) => approvedPlans.has(known)),
	);
	const ofThisPlan = [...approvedPlans].filter((known) => known === idOf(keys, minuteOf(known)));
	const valid = ofThisPlan.find((known) => lasts(known, now));
	if (valid !== undefined)
		return {
			...{ id, approved: true, under: valid, expired: false },
			approvals: { ...kept, [valid]: [...keys] },
		};
	const [rest] =
		Object.entries(kept).find(
			([known, actions]) => lasts(known, now) && keys.every((key) => actions.includes(key)),
		) ?? [];
	return {
		...{ id, approved: rest !== undefined, under: rest ?? null },
		expired: ofThisPlan.some((known) => isExpired(known, now)),
		approvals: kept,
	};
}
