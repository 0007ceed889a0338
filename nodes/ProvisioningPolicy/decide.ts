import { WRITE_ACTIONS, type ActionId, type WriteActionId } from '../shared/actions';
import { linkOf, stateOf } from '../shared/link';
import { planUpdate, type SyncPlan } from '../shared/sync/changes';
import type { Decision } from '../shared/subject';
import { createRule, stagedRule, suspendedRule } from './joiner';
import { disable, leaverRule } from './leaver';
import { FRESH_FOR_MS, MAX_STEPS } from './settings';
import { held, nothing, personOf, review, type Case, type Rule, type Verdict } from './verdict';

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
 * An account that is not linked is adopted (update) or reviewed, and never disabled.
 */
const RULES: ReadonlyArray<{ name: string; rule: Rule }> = [
	{
		name: 'the person was read',
		rule: ({ subject }) => {
			if (subject.problem) return review('person.unreadable', subject.problem);
			if (subject.person === undefined) return review('person.unconfirmed', 'The person is missing from the read, and Humaans has not confirmed that they are gone.');
			return null;
		},
	},
	{
		name: 'the person was read lately',
		rule: ({ subject, now }) => {
			const age = subject.readAt ? now.getTime() - Date.parse(subject.readAt) : 0;
			return age > FRESH_FOR_MS ? review('person.stale', `The person was read ${Math.floor(age / 3_600_000)} hours ago. Read them again before deciding.`) : null;
		},
	},
	{
		name: 'the account was looked for',
		rule: ({ subject }) => (subject.match === undefined ? review('match.missing', 'Nobody looked for an account. Put JumpCloud User: Match before the policy.') : null),
	},
	{ name: 'the chain of writes ends', rule: endlessChain },
	{ name: 'one person, one account', rule: conflict },
	{ name: 'leavers', rule: leaverRule },
	{ name: 'scope', rule: scope },
	{
		name: 'joiners without an account',
		rule: (facts) => (facts.subject.account ? null : createRule(facts)),
	},
	{ name: 'suspended accounts', rule: (facts) => (stateOf(facts.subject.account!) === 'SUSPENDED' ? ofSuspended(facts) : null) },
	{ name: 'fields', rule: fields },
	{ name: 'staged accounts', rule: (facts) => (stateOf(facts.subject.account!) === 'STAGED' ? withWarnings(stagedRule(facts), planOf(facts).warnings) : null) },
	{ name: 'nothing left', rule: (facts) => ({ ...nothing('inStep', 'The account is active and in step with Humaans.'), warnings: planOf(facts).warnings }) },
];

const withWarnings = (verdict: Verdict, warnings: string[]): Verdict => ({ ...verdict, warnings: [...(verdict.warnings ?? []), ...warnings] });

function endlessChain({ subject }: Case): Verdict | null {
	const step = subject.decision?.step ?? 0;
	return step >= MAX_STEPS ? review('loop.noEffect', 'JumpCloud accepted several writes for this person and still does not show the wanted state.') : null;
}

function conflict({ subject }: Case): Verdict | null {
	const { match, account, person } = subject;
	const named = match!.candidates.map((candidate) => candidate.username).join(', ');
	switch (match!.conflict) {
		case 'twoCandidates':
			return review('match.twoCandidates', `Several JumpCloud accounts fit this person: ${named}. Link one of them, or change the others.`);
		case 'twoClaimants':
			return review('match.twoClaimants', `Several people claim the account ${named}: ${(match!.claimants ?? []).join(', ')}. Two people never share an account.`);
		case 'linkedToAnother':
			return review('match.linkedToAnother', `The account ${named} fits this person but is linked to another one (${match!.candidates.map((candidate) => candidate.linkedTo).join(', ')}).`);
	}
	if (account && person && person.sharesWorkEmailWith?.length) {
		return review('match.twoClaimants', `Another person in Humaans has the same work e-mail (${person.sharesWorkEmailWith.join(', ')}), so the account ${account.username} is not touched.`);
	}
	return null;
}

function scope(facts: Case): Verdict | null {
	const demo = personOf(facts).demo === true && !facts.settings.includeDemoPeople;
	if (!demo && facts.inScope) return null;
	const why = demo ? 'This is a demo person of Humaans.' : 'The person is not among the People in Scope.';
	const account = facts.subject.account;
	if (account && !demo && facts.settings.outOfScope === 'suspend' && linkOf(account) === facts.subject.personId) {
		return disable(facts, account, { code: 'scope.left', reason: why });
	}
	return nothing(demo ? 'scope.demo' : 'scope.out', why);
}

const ofSuspended = (facts: Case): Verdict => {
	const account = facts.subject.account!;
	return linkOf(account) === facts.subject.personId ? suspendedRule(facts, account, facts.settings) : review('account.suspendedByOthers', `The account ${account.username} fits this person but is suspended, and not by this package.`, 'update');
};

const NO_PLAN: SyncPlan = { changes: [], warnings: [], body: null };
const plans = new WeakMap<Case, SyncPlan>();

/** What would change on the account; worked out once a case. */
function planOf(facts: Case): SyncPlan {
	const { desired, account, personId, match } = facts.subject;
	if (!desired || !account || !personId) return NO_PLAN;
	const known = plans.get(facts);
	if (known) return known;
	const plan = planUpdate(account, desired, { personId, managerAccountId: match?.managerAccountId });
	plans.set(facts, plan);
	return plan;
}

function fields(facts: Case): Verdict | null {
	const { subject, settings } = facts;
	if (!subject.desired || !subject.personId) return review('desired.missing', 'Nobody said what the account should hold. Put Field Mapper before the policy.');
	const plan = planOf(facts);
	const warnings = [...plan.warnings, ...subject.desired.problems.map((problem) => problem.message)];
	if (plan.changes.length === 0) return null;
	const linked = linkOf(subject.account!) !== null;
	// Updates may be switched off while activation goes on; an account that is not ours yet is not activated either.
	if (linked && !settings.actionsAllowed.includes('update')) return null;
	if (!linked) {
		const by = subject.match?.by === 'employeeIdentifier' ? 'employee ID' : 'work e-mail';
		const reason = `The account ${subject.account!.username} has the same ${by} and is not linked to anybody.`;
		return settings.existingAccounts === 'review'
			? review('adopt.review', reason, 'update')
			: { action: 'update', code: 'adopt', reason, changes: plan.changes, warnings };
	}
	const names = plan.changes.map((change) => change.attribute).join(', ');
	return { action: 'update', code: 'drift', reason: `Out of step with Humaans: ${names}.`, changes: plan.changes, warnings };
}

/** The person has this package's own undoing in front of them: was the same write just made without effect? */
function sameAgain(facts: Case, verdict: Verdict): Verdict {
	const { outcome } = facts.subject;
	if (outcome === undefined || outcome.action !== verdict.action) return verdict;
	return held(verdict, 'loop.noEffect', 'JumpCloud accepted this write and did not show its effect.');
}

const isWrite = (action: ActionId): action is WriteActionId => (WRITE_ACTIONS as readonly ActionId[]).includes(action);

function permitted(facts: Case, verdict: Verdict): Verdict {
	const { settings } = facts;
	// What is not to be done here needs no review here either.
	const wanted = verdict.blockedAction ?? verdict.action;
	if (isWrite(wanted) && !settings.actionsAllowed.includes(wanted)) {
		return { ...nothing('action.notAllowed', `Not among the Actions Allowed. ${verdict.reason}`), blockedAction: wanted };
	}
	if (verdict.action === 'needsReview' || verdict.action === 'noAction') return verdict;
	// A wait changes nothing, so there is nothing to review; it is only not begun.
	if (settings.mode === 'review' && verdict.action === 'waitUntilStart') return { ...verdict, action: 'noAction', blockedAction: 'waitUntilStart' };
	return settings.mode === 'review' ? held(verdict, 'mode.review', 'Mode is "review everything", so nothing was done.') : verdict;
}

/** What to do about one person, and why. Pure: no clock, no network; the same facts always give the same decision. */
export function decide(facts: Case): Decision {
	let verdict: Verdict | null = null;
	for (const { rule } of RULES) {
		verdict = rule(facts);
		if (verdict) break;
	}
	return toDecision(permitted(facts, sameAgain(facts, verdict!)), facts);
}

export function toDecision(verdict: Verdict, { subject, now }: Pick<Case, 'subject' | 'now'>): Decision {
	const { action, code, reason, changes = [], warnings = [], activateAt, invite, blockedAction } = verdict;
	return {
		action,
		code,
		reason,
		changes,
		...(invite ? { invite } : {}),
		...(activateAt ? { activateAt } : {}),
		...(blockedAction ? { blockedAction } : {}),
		warnings: [...new Set(warnings)],
		decidedAt: now.toISOString(),
		step: (subject.decision?.step ?? 0) + 1,
	};
}
