/**
 * A plan is what a limit held in a run. It has an id, by which somebody who looked at it lets
 * exactly its actions through.
 */
import { createHash } from 'node:crypto';
import { APPROVAL_MS } from './settings';

const ID_LENGTH = 10;
const KEY_LENGTH = 16;
const MINUTE_MS = 60_000;
/**
 * Clocks of two machines differ a little; an id from further ahead was made by *Evaluate As Of*.
 */
const CLOCKS_DIFFER_MS = 5 * MINUTE_MS;
const digest = (text: string, length: number): string =>
	createHash('sha256').update(text).digest('hex').slice(0, length);

/** One action of a kind on one account: which, or for a new e-mail to what. */
export const actionKey = (accountId: string, kind: string, value: string): string =>
	digest(JSON.stringify([accountId, kind, value]), KEY_LENGTH);

/**
 * The same actions, in any order, have the same name; one more, one less or another one: another
 * name.
 */
const planName = (keys: readonly string[]): string => digest([...keys].sort().join(' '), ID_LENGTH);

/**
 * `3f9c21ab77-h8k2a`: the plan's name, and the minute it was held. So the id itself says how long
 * it counts, whatever was restarted and whichever worker is asked.
 */
export const planId = (keys: readonly string[], heldAt: Date): string =>
	`${planName(keys)}-${Math.floor(heldAt.getTime() / MINUTE_MS).toString(36)}`;

/** Milliseconds since the plan of this id was held; NaN for what is no id. */
const ageOf = (id: string, now: Date): number =>
	now.getTime() - Number.parseInt(id.slice(ID_LENGTH + 1), 36) * MINUTE_MS;

function lasts(id: string, now: Date): boolean {
	const age = ageOf(id, now);
	return age <= APPROVAL_MS && age >= -CLOCKS_DIFFER_MS;
}

/** By plan id: the actions that were let through under it. Kept between runs. */
export type Approvals = Record<string, string[]>;

export interface Ruling {
	/** What the plan is called now. */
	id: string;
	approved: boolean;
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
	const ofThisPlan = [...approvedPlans].filter((known) => known.startsWith(`${planName(keys)}-`));
	const valid = ofThisPlan.find((known) => lasts(known, now));
	if (valid !== undefined)
		return { id, approved: true, expired: false, approvals: { ...kept, [valid]: [...keys] } };
	const rest = Object.entries(kept).some(
		([known, actions]) => lasts(known, now) && keys.every((key) => actions.includes(key)),
	);
	return {
		id,
		approved: rest,
		expired: ofThisPlan.some((known) => ageOf(known, now) > APPROVAL_MS),
		approvals: kept,
	};
}
