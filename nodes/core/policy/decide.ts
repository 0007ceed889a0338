import { WRITE_ACTIONS, type ActionId, type WriteActionId } from '../actions';
import { stateOf } from '../account/link';
import type { Decision, RuleTried } from '../subject';
import { driftOf, fieldsRule, planOf } from './drift';
import { createRule, stagedRule, suspendedRule } from './joiner';
import {
	accountWasLookedFor,
	chainEnds,
	onePersonOneAccount,
	personWasRead,
	readLately,
} from './preconditions';
import { leaverRule, leavesAt } from './leaver';
import { scopeRule } from './scope';
import { held, nothing, type Case, type Rule, type Verdict } from './verdict';

const isState = ({ subject }: Case, state: 'STAGED' | 'SUSPENDED'): boolean =>
	stateOf(subject.account!) === state;
const withPlanWarnings = (facts: Case, verdict: Verdict): Verdict => ({
	...verdict,
	warnings: [...(verdict.warnings ?? []), ...planOf(facts).warnings],
});

/**
 * The rules in order; the first that answers decides.
 *
 *   person ╲ account   none        STAGED            ACTIVATED       SUSPENDED by us   SUSPENDED by others
 *   unreadable         review      review            review          review            review
 *   gone (confirmed)   no action   suspend           suspend         no action/delete  no action
 *   offboarded         no action   suspend           suspend         no action/delete  no action
 *   out of scope       no action   leave/suspend     leave/suspend   no action         no action
 *   newHire, active    create      update, activate  update, or      reactivate, or    review
 *                      or review   or wait           no action       review, or wait
 *
 * An account that is not linked is adopted (update) or reviewed, and never disabled. Drift comes up
 * twice: where updates are not allowed it stands back for an activation, and is said at the end.
 */
const RULES: ReadonlyArray<{ name: string; rule: Rule }> = [
	{ name: 'the person was read', rule: personWasRead },
	{ name: 'the person was read lately', rule: readLately },
	{ name: 'the account was looked for', rule: accountWasLookedFor },
	{ name: 'the chain of writes ends', rule: chainEnds },
	{ name: 'one person, one account', rule: onePersonOneAccount },
	{ name: 'leavers', rule: leaverRule },
	{ name: 'scope', rule: scopeRule },
	{
		name: 'joiners without an account',
		rule: (facts) => (facts.subject.account ? null : createRule(facts)),
	},
	{
		name: 'suspended accounts',
		rule: (facts) => (isState(facts, 'SUSPENDED') ? suspendedRule(facts) : null),
	},
	{ name: 'fields', rule: fieldsRule },
	{
		name: 'staged accounts',
		rule: (facts) => (isState(facts, 'STAGED') ? withPlanWarnings(facts, stagedRule(facts)) : null),
	},
	{
		name: 'nothing left',
		rule: (facts) =>
			driftOf(facts) ??
			withPlanWarnings(facts, nothing('inStep', 'The account is active and in step with Humaans.')),
	},
];

/**
 * The same write as just before: it was accepted and did nothing, so it is not repeated for ever.
 */
function notInVain({ subject }: Case, verdict: Verdict): Verdict {
	return subject.outcome?.action === verdict.action
		? held(verdict, 'loop.noEffect', 'JumpCloud accepted this write and did not show its effect.')
		: verdict;
}

const isWrite = (action: ActionId): action is WriteActionId =>
	(WRITE_ACTIONS as readonly ActionId[]).includes(action);

/** What is done at the end of a wait. */
const awaited = (facts: Case): ActionId =>
	isState(facts, 'SUSPENDED') ? 'reactivate' : 'activate';

function permitted(facts: Case, verdict: Verdict): Verdict {
	const { settings } = facts;
	const { action, blockedAction, reason } = verdict;
	// What is not to be done here needs no review and no wait here either.
	const wanted = blockedAction ?? (action === 'waitUntilStart' ? awaited(facts) : action);
	if (isWrite(wanted) && !settings.actionsAllowed.includes(wanted))
		return {
			...nothing('action.notAllowed', `Not among the Actions Allowed. ${reason}`),
			blockedAction: wanted,
		};
	if (settings.mode === 'apply' || action === 'needsReview' || action === 'noAction')
		return verdict;
	// A wait changes nothing, so there is nothing to review; it is only not begun.
	return action === 'waitUntilStart'
		? notBegun(verdict)
		: held(verdict, 'mode.review', 'Mode is "review everything", so nothing was done.');
}

/** A wait that nobody waits for. */
export const notBegun = <T extends Verdict>(verdict: T): T => ({
	...verdict,
	action: 'noAction',
	blockedAction: 'waitUntilStart',
});

/**
 * What to do about one person, and why. Pure: no clock, no network; the same facts always give the
 * same decision.
 */
export function decide(facts: Case): Decision {
	const trace: RuleTried[] | null = facts.settings.explain ? [] : null;
	let verdict: Verdict | null = null;
	for (const { name, rule } of RULES) {
		verdict = rule(facts);
		trace?.push({ rule: name, code: verdict?.code ?? null });
		if (verdict) break;
	}
	const answered = verdict!;
	const effective = notInVain(facts, answered);
	const allowed = permitted(facts, effective);
	trace?.push({ rule: 'no write in vain', code: effective === answered ? null : effective.code });
	trace?.push({
		rule: 'mode and actions allowed',
		code: allowed === effective ? null : allowed.code,
	});
	const decision = toDecision(allowed, facts);
	const [due] = [decision.dueAt ?? decision.activateAt, leavesAt(facts)?.toISOString()]
		.filter((at) => at! > decision.decidedAt)
		.sort();
	if (due) decision.dueAt = due;
	if (trace) decision.trace = trace;
	return decision;
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
		activateAt,
		dueAt,
		invite,
		blockedAction,
	} = verdict;
	return {
		action,
		code,
		reason,
		changes,
		...(invite ? { invite } : {}),
		...(activateAt ? { activateAt } : {}),
		...(dueAt ? { dueAt } : {}),
		...(blockedAction ? { blockedAction } : {}),
		warnings: warnings.length > 1 ? [...new Set(warnings)] : warnings,
		decidedAt: now.toISOString(),
		step: (subject.decision?.step ?? 0) + 1,
	};
}
