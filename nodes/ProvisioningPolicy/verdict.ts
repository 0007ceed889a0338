import { actionOf, type ActionId } from '../shared/actions';
import type { Account, Change, Decision, Person, Subject } from '../shared/subject';
import type { PolicySettings } from './settings';

/** What a rule looks at. Pure: the time is an argument. */
export interface Case {
	subject: Subject;
	settings: PolicySettings;
	now: Date;
	/** Whether *People in Scope* takes this person in. */
	inScope: boolean;
}

/** What a rule says: an action, a stable code and one plain sentence. */
export interface Verdict {
	action: ActionId;
	code: string;
	reason: string;
	changes?: Change[];
	warnings?: string[];
	activateAt?: string;
	invite?: Decision['invite'];
	blockedAction?: ActionId;
}

export const review = (code: string, reason: string, blockedAction?: ActionId): Verdict => ({ action: 'needsReview', code, reason, ...(blockedAction ? { blockedAction } : {}) });
export const nothing = (code: string, reason: string): Verdict => ({ action: 'noAction', code, reason });

/** The same verdict, held back: nothing happens and a person sees what would have happened. */
export const held = (verdict: Verdict, code: string, why: string): Verdict => ({
	...verdict,
	action: 'needsReview',
	code,
	reason: `${why} It would ${actionOf(verdict.action).verb}: ${verdict.reason}`,
	blockedAction: verdict.action,
});

export type Rule = (facts: Case) => Verdict | null;

/** The person, for rules that come after those for people who are gone or unreadable. */
export const personOf = (facts: Case): Person => facts.subject.person!;
export const accountOf = (facts: Case): Account | null => facts.subject.account ?? null;
