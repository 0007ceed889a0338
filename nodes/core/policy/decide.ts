import { isWriteAction, type WriteActionId } from '../actions';
import type { Decision, RuleTried, Subject } from '../subject';
import { onOneLine } from '../text';
import { earliest } from '../time';
import { adoptRule } from './adopt';
import { driftOf, driftRule, planWarnings } from './drift';
import { activationDueRule, createRule, stagedRule } from './joiner';
import { lastDayRule, leaverRule, leavesAt, notAfterTheEnd } from './leaver';
import {
	accountWasLookedFor,
	chainEnds,
	onePersonOneAccount,
	personWasRead,
	readLately,
	writeDidNotFail,
	writeWasMade,
} from './preconditions';
import { suspendedRule } from './rehire';
import { anotherHumanRule } from './sameHuman';
import { scopeRule } from './scope';
import { held, nothing, onlyShown, type Case, type Rule, type Verdict } from './verdict';

const withPlanWarnings = (facts: Case, verdict: Verdict): Verdict => ({
	...verdict,
	warnings: [...(verdict.warnings ?? []), ...planWarnings(facts)],
});

const withWarnings =
	(rule: Rule): Rule =>
	(facts) => {
		const verdict = rule(facts);
		return verdict && withPlanWarnings(facts, verdict);
	};

const nothingLeft: Rule = (facts) =>
	driftOf(facts) ??
	withPlanWarnings(facts, nothing('inStep', 'The account is active and in step with Humaans.'));

/**
 * The rules in order; the first that answers decides.
 *
 *   person ╲ account   none        STAGED            ACTIVATED       SUSPENDED by us   SUSPENDED by others
 *   unreadable         review      review            review          review            review
 *   gone (confirmed)   no action   suspend           suspend         no action/delete  no action
 *   offboarded         no action   suspend or wait   suspend or wait no action/delete  no action
 *   out of scope       no action   leave/suspend     leave/suspend   no action         no action
 *   newHire, active    create      activate, update  update, or      reactivate, or    review
 *                      or review   or wait           no action       review, or wait
 *
 * An account of nobody is never written. One that is not linked is adopted (update) or reviewed, and
 * never suspended. Access comes before the profile: a due activation never waits for a field. Drift
 * comes up twice: where updates are not allowed it stands back, and is said at the end.
 */
const RULES: ReadonlyArray<{ name: string; rule: Rule }> = [
	{ name: 'the person was read', rule: personWasRead },
	{ name: 'the last write', rule: writeDidNotFail },
	{ name: 'the last write was made', rule: writeWasMade },
	{ name: 'the person was read lately', rule: readLately },
	{ name: 'the account was looked for', rule: accountWasLookedFor },
	{ name: 'the chain of writes ends', rule: chainEnds },
	{ name: 'one person, one account', rule: onePersonOneAccount },
	{ name: 'leavers', rule: leaverRule },
	{ name: 'scope', rule: scopeRule },
	{ name: 'joiners without an account', rule: createRule },
	{ name: 'accounts that are not linked', rule: adoptRule },
	{ name: 'suspended accounts', rule: suspendedRule },
	{ name: 'whose the account is', rule: anotherHumanRule },
	{ name: 'activations that are due', rule: withWarnings(activationDueRule) },
	{ name: 'fields', rule: driftRule },
	{ name: 'staged accounts', rule: withWarnings(stagedRule) },
	{ name: 'last days to come', rule: withWarnings(lastDayRule) },
	{ name: 'nothing left', rule: nothingLeft },
];

/** An update of other values than those that were just written. */
function isAnotherUpdate({ decision }: Subject, { action, changes = [] }: Verdict): boolean {
	if (action !== 'update' || !decision) return false;
	const written = new Set(decision.changes.map(({ attribute }) => attribute));
	return changes.every(({ attribute }) => !written.has(attribute));
}

/**
 * The same write as just before: it was accepted and did nothing, so it is not repeated for ever.
 * One that was not made, because the account had changed, is another matter.
 */
function notInVain({ subject }: Case, verdict: Verdict): Verdict {
	const { outcome } = subject;
	if (outcome?.action !== verdict.action || outcome.status === 'outdated') return verdict;
	if (isAnotherUpdate(subject, verdict)) return verdict;
	const why = 'JumpCloud accepted this write and did not show its effect.';
	return held(verdict, 'loop.noEffect', why);
}

/** A wait that nobody waits for. */
export const notBegun = <T extends Verdict | Decision>(verdict: T): T => ({
	...verdict,
	action: 'noAction',
	blockedAction: 'waitUntilDue',
});

/** The write that a verdict comes to, now, after a wait, or if nothing held it; or null. */
function writeBehind({ action, awaits, blockedAction }: Verdict): WriteActionId | null {
	const wanted = blockedAction ?? (action === 'waitUntilDue' ? awaits! : action);
	return isWriteAction(wanted) ? wanted : null;
}

/**
 * What *Actions Allowed* and *Mode* leave of a verdict:
 *
 *   its write is not allowed     No Action: nothing to review and no wait here either
 *   Mode: Apply                  as it is
 *   Mode: Review, a write        Needs Review
 *   Mode: Review, a wait         No Action: a wait changes nothing; it is only not begun
 */
function permitted({ settings }: Case, verdict: Verdict): Verdict {
	const { action, reason } = verdict;
	const write = writeBehind(verdict);
	if (write !== null && !settings.actionsAllowed.includes(write)) {
		const why = `Not among the Actions Allowed. ${reason}`;
		return { ...nothing('action.notAllowed', why), blockedAction: write };
	}
	if (settings.mode === 'apply') return verdict;
	if (action === 'waitUntilDue') return notBegun(verdict);
	if (!isWriteAction(action)) return verdict;
	return onlyShown(verdict);
}

/**
 * The earliest moment that time alone will change something for this person (UTC). Whatever the
 * rules name lies ahead.
 */
const dueAtOf = (facts: Case, { dueAt }: Verdict): string | undefined =>
	earliest([dueAt, leavesAt(facts)?.toISOString()]);

/**
 * What to do about one person, and why. Pure: no clock, no network; the same facts always give the
 * same decision.
 */
export function decide(facts: Case): Decision {
	const trace: RuleTried[] = [];
	let answered: Verdict | null = null;
	for (const { name, rule } of RULES) {
		answered = rule(facts);
		trace.push({ rule: name, code: answered?.code ?? null });
		if (answered) break;
	}
	const inTime = notAfterTheEnd(facts, answered!);
	const effective = notInVain(facts, inTime);
	const allowed = permitted(facts, effective);
	const codeIf = (changed: boolean, { code }: Verdict) => (changed ? code : null);
	trace.push(
		{ rule: 'nobody is let in after the end', code: codeIf(inTime !== answered, inTime) },
		{ rule: 'no write in vain', code: codeIf(effective !== inTime, effective) },
		{ rule: 'mode and actions allowed', code: codeIf(allowed !== effective, allowed) },
	);
	return {
		...toDecision({ ...allowed, dueAt: dueAtOf(facts, allowed) }, facts),
		...(facts.settings.explain ? { trace } : {}),
	};
}

export function toDecision(
	verdict: Verdict,
	{ subject, now }: Pick<Case, 'subject' | 'now'>,
): Decision {
	const {
		action,
		code,
		reason,
		changes = [],
		warnings = [],
		dueAt,
		invite,
		blockedAction,
		because,
	} = verdict;
	return {
		...{ action, code, reason: onOneLine(reason), changes },
		...(invite ? { invite } : {}),
		...(dueAt ? { dueAt } : {}),
		...(blockedAction ? { blockedAction } : {}),
		...(because ? { because: onOneLine(because) } : {}),
		warnings: [...new Set(warnings.map(onOneLine))],
		decidedAt: now.toISOString(),
		step: (subject.decision?.step ?? 0) + 1,
	};
}
