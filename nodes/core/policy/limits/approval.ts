/**
 * A plan is what a limit held in a run. It has an id, by which somebody who looked at it lets
 * exactly its actions through, each of them once.
 */
import { sha256Hex } from '../../hash';
import { APPROVAL_MS, CLOCKS_DIFFER_MS } from '../settings';
import type { LimitKind } from './kinds';

const ID_LENGTH = 10;
const ACTION_KEY_LENGTH = 16;
/** The moment in an id is counted in minutes. */
const ID_UNIT_MS = 60_000;

/** One action on one account, as it was looked at. */
export interface PlanAction {
	accountId: string;
	code: LimitKind;
	/** Which action, or for a new email to what. */
	value: string;
	personId: string | null;
	/** Who the account is linked to; null: the action links it. */
	link: string | null;
}

export const actionKey = ({ accountId, code, value, personId, link }: PlanAction): string =>
	sha256Hex(JSON.stringify([accountId, code, value, personId, link]), ACTION_KEY_LENGTH);

/** The same for the same actions, in any order and at any time. */
export const listHash = (keys: readonly string[]): string =>
	sha256Hex([...keys].sort().join(' '), ID_LENGTH);

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
export function lasts(id: string, now: Date): boolean {
	const age = ageOf(id, now);
	return age <= APPROVAL_MS && age >= -CLOCKS_DIFFER_MS;
}

/** Its minute has five digits since 2001. */
const IS_ID = new RegExp(`^[0-9a-f]{${ID_LENGTH}}-[0-9a-z]{5}$`);

/** The form of an id; whether there was such a plan is another matter. */
export const isPlanId = (id: string): boolean => IS_ID.test(id);

/** The plan of this id was held more than 24 hours ago. */
export const isExpired = (id: string, now: Date): boolean =>
	isPlanId(id) && ageOf(id, now) > APPROVAL_MS;

/** A plan that was let through. */
export interface Approval {
	code: LimitKind;
	/** What came back undone, and may be tried again: account id → key of the action. */
	left: Readonly<Record<string, string>>;
}

/** By plan id. Kept between runs, as plain JSON. */
export type Approvals = Readonly<Record<string, Approval>>;

export interface Ruling {
	/** What the plan is called now. */
	id: string;
	/** The id in *Approved Plan* under which it is approved, or null. */
	under: string | null;
	/** An id of this plan is in *Approved Plan*, and its 24 hours are over. */
	expired: boolean;
}

/** An id that was used lets nothing through again, so a list that comes back gets the next one. */
function unusedId(keys: readonly string[], approvals: Approvals, now: Date): string {
	const id = (at: number): string => planId(keys, new Date(at));
	const first = now.getTime();
	for (let at = first; at < first + CLOCKS_DIFFER_MS; at += ID_UNIT_MS)
		if (!approvals[id(at)]) return id(at);
	return id(first);
}

/**
 * Whether a plan that a limit would hold is let through: its id counts once, for 24 hours from the
 * run that held it. What came back undone (a write that failed) goes through under it again; what
 * was done, and anything beyond it, does not.
 */
export function ruleOn(
	keys: readonly string[],
	approvedPlans: ReadonlySet<string>,
	approvals: Approvals,
	now: Date,
): Ruling {
	const isWhole = (id: string): boolean => id === idOf(keys, minuteOf(id));
	const isOpen = (id: string): boolean => {
		const known = approvals[id];
		if (!known) return isWhole(id);
		const left = new Set(Object.values(known.left));
		return keys.every((key) => left.has(key));
	};
	const under = [...approvedPlans].find((id) => lasts(id, now) && isOpen(id)) ?? null;
	const expired =
		under === null && [...approvedPlans].some((id) => isExpired(id, now) && isWhole(id));
	return { id: unusedId(keys, approvals, now), under, expired };
}
