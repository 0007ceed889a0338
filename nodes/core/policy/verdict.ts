import { actionOf, type ActionId } from '../actions';
import type { Change, Decision, Person, Subject } from '../subject';
import type { PolicySettings } from './settings';

/** Whether *People in Scope* takes somebody in, or why that cannot be said. */
export type InScope = boolean | { unknown: string };

/** What a rule looks at. Pure: the time is an argument. */
export interface Case {
	subject: Subject;
	settings: PolicySettings;
	/** The time to decide for. */
	now: Date;
	/**
	 * What the clock says, for the age of a reading; `now` when absent. They differ with *Evaluate As
	 * Of*.
	 */
	clock?: Date;
	inScope: InScope;
}

/** What a rule says: an action, a stable code and one plain sentence. */
export interface Verdict {
	action: ActionId;
	code: string;
	reason: string;
	changes?: Change[];
	warnings?: string[];
	activateAt?: string;
	dueAt?: string;
	invite?: Decision['invite'];
	blockedAction?: ActionId;
}

export const review = (code: string, reason: string, blockedAction?: ActionId): Verdict => ({
	action: 'needsReview',
	code,
	reason,
	...(blockedAction ? { blockedAction } : {}),
});
export const nothing = (code: string, reason: string, dueAt?: Date): Verdict => ({
	action: 'noAction',
	code,
	reason,
	...(dueAt ? { dueAt: dueAt.toISOString() } : {}),
});

/** The same verdict, held back: nothing happens and a person sees what would have happened. */
export const held = <T extends Verdict>(verdict: T, code: string, why: string): T => ({
	...verdict,
	action: 'needsReview',
	code,
	reason: `${why} It would ${actionOf(verdict.action).verb}: ${verdict.reason}`,
	blockedAction: verdict.action,
});

/** Answers, or leaves the matter to the next rule. */
export type Rule = (facts: Case) => Verdict | null;

/** The person, for rules that come after those for people who are gone or unreadable. */
export const personOf = (facts: Case): Person => facts.subject.person!;
