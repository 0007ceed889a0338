import { actionOf, type ActionId, type WriteActionId } from '../actions';
import type { Change, Decision, Person, Subject } from '../subject';
import type { DecisionCode } from './codes';
import type { PolicySettings } from './settings';

/** Whether *People in Scope* takes somebody in, or why that cannot be said. */
export type InScope = boolean | { unknown: string };

/** What is known of everybody in the run. */
export interface RunFacts {
	/** Everybody in Humaans is in the run, read in full. */
	holdsEverybody: boolean;
	/** Work email in lower case → the people who have it in Humaans and have not left. */
	workEmails: ReadonlyMap<string, readonly Person[]>;
	/** Humaans ids of people whose own, linked account is in the run. @default none is known */
	withAccount?: ReadonlySet<string>;
	/** Humaans id → the name that people know. @default nobody’s name is known */
	names?: ReadonlyMap<string, string>;
}

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
	/** @default nothing is known of the others */
	run?: RunFacts;
}

/** What a rule says: an action, a stable code and one plain sentence. */
export interface Verdict {
	action: ActionId;
	code: DecisionCode;
	reason: string;
	changes?: Change[];
	warnings?: string[];
	/** When time alone will change this (UTC). */
	dueAt?: string;
	invite?: Decision['invite'];
	blockedAction?: ActionId;
	/** Why, without what held it. */
	because?: string;
	/** Of a wait: what is done at its end. */
	awaits?: WriteActionId;
}

export const review = (code: DecisionCode, reason: string, blockedAction?: ActionId): Verdict => ({
	action: 'needsReview',
	code,
	reason,
	...(blockedAction ? { blockedAction } : {}),
});

export const nothing = (code: DecisionCode, reason: string, dueAt?: Date): Verdict => ({
	action: 'noAction',
	code,
	reason,
	...(dueAt ? { dueAt: dueAt.toISOString() } : {}),
});

/** Wait until a moment, and then `awaits`. */
export const waiting = (
	code: DecisionCode,
	reason: string,
	dueAt: Date,
	awaits: WriteActionId,
	warnings: string[],
): Verdict => ({
	...{ action: 'waitUntilDue', code, reason, awaits, warnings },
	dueAt: dueAt.toISOString(),
});

/** The same verdict, held back: nothing happens and a person sees what would have happened. */
export const held = <T extends Verdict>(verdict: T, code: DecisionCode, why: string): T => ({
	...verdict,
	action: 'needsReview',
	code,
	reason: `${why} It would ${actionOf(verdict.action).verb}: ${verdict.reason}`,
	because: verdict.reason,
	blockedAction: verdict.action,
});

/** Held by *Mode: Review Everything*. */
export const onlyShown = <T extends Verdict>(verdict: T): T =>
	held(verdict, 'mode.review', 'Mode is Review Everything, so nothing was done.');

/** Answers, or leaves the matter to the next rule. */
export type Rule = (facts: Case) => Verdict | null;

/** The person, for rules that come after those for people who are gone or unreadable. */
export const personOf = (facts: Case): Person => facts.subject.person!;
