import { basisOf } from '../account/basis';
import { linkOf } from '../account/link';
import { isWriteAction, type ActionId } from '../actions';
import type { Account, Decision, Subject } from '../subject';
import { earliest } from '../time';
import { decide, notBegun, toDecision } from './decide';
import { explained, isPreview } from './explain/explain';
import { aheadOf, chainInShort } from './explain/steps';
import { applyLimits, type ApprovedPlan, type HeldPlan, type PolicyMemory } from './limits/limits';
import { onlyApproved, withEmailAlone } from './limits/onlyApproved';
import { bareRow, rowOf } from './row';
import { Shared, accountsInUse, repeatsOf, runFacts } from './run';
import type { PolicySettings } from './settings';
import { nothing, review, type Case, type InScope } from './verdict';
import { withoutDeadEnds } from './wiring';

export interface RunInput {
	subjects: readonly Subject[];
	/** Per subject: whether *People in Scope* takes them in. */
	inScope: readonly InScope[];
	settings: PolicySettings;
	now: Date;
	/** Decide for this time instead, and remember nothing: *Evaluate As Of*. */
	asOf?: Date | null;
	/** What the run before returned. */
	memory: PolicyMemory;
	/** Actions whose output is connected to nothing. @default none */
	deadEnds?: ReadonlySet<ActionId>;
}

export interface RunResult {
	/** One decision a subject, in the same order. */
	decisions: Decision[];
	memory: Required<PolicyMemory>;
	/** What the limits held. */
	plans: HeldPlan[];
	/** What was let through by its id. */
	approved: ApprovedPlan[];
}

/** Nobody can make sense of the item, or nobody has the account. */
const isFinal = ({ code }: Decision): boolean =>
	code === 'item.unusable' || code === 'account.ofNobody';

/** A subject with its first decision; `final` when nothing about the others can change it. */
interface Decided {
	subject: Subject;
	decision: Decision;
	final: boolean;
}

/** The work email, in lower case, that a creation would use. */
function emailOfCreation({ subject, decision }: Decided): string | null {
	const email = decision.action === 'create' ? subject.desired!.attributes.email : null;
	return typeof email === 'string' ? email.toLowerCase() : null;
}

/** The account that nobody is linked to yet, and that this person would get. */
function accountToTake({ subject: { account } }: Decided): Account | null {
	return account && linkOf(account) === null ? account : null;
}

/**
 * Two people never share an account: none is touched that two of the run would get. A link settles
 * whose account it is.
 */
function withoutCollisions(decided: readonly Decided[], now: Date): Decision[] {
	const accounts = new Shared();
	const emails = new Shared();
	for (const one of decided) {
		if (one.final) continue;
		const account = accountToTake(one);
		if (account) accounts.add(account._id);
		const email = emailOfCreation(one);
		if (email !== null) emails.add(email);
	}
	return decided.map((one) => {
		const { subject, decision, final } = one;
		if (final) return decision;
		const account = accountToTake(one);
		if (account && accounts.has(account._id)) {
			const reason =
				`Several people of this run would get the account ${account.username}. Two people ` +
				'never share an account.';
			return toDecision(review('match.twoClaimants', reason), { subject, now });
		}
		const email = emailOfCreation(one);
		if (email === null || !emails.has(email)) return decision;
		const reason =
			'Another person of this run would get an account with the same work email; two people ' +
			'never share an account.';
		return toDecision(review('person.sharedWorkEmail', reason, 'create'), { subject, now });
	});
}

/** Those who wait are looked at again together, when the first of them is due. */
function withResumeAt(decisions: readonly Decision[]): Decision[] {
	const waits = decisions.filter(({ action }) => action === 'waitUntilDue');
	const resumeAt = earliest(waits.map(({ dueAt }) => dueAt));
	return decisions.map((decision) =>
		decision.action === 'waitUntilDue' ? { ...decision, resumeAt } : decision,
	);
}

/** Limits look at what *Mode: Review Everything* held as well: a review says what they would hold. */
function asIfApplied(decision: Decision): Decision {
	if (!isPreview(decision)) return decision;
	const { blockedAction, because, ...rest } = decision;
	return { ...rest, action: blockedAction!, reason: because! };
}

/** What a write holds against the account it reads. */
function withBasis(
	decision: Decision,
	{ account }: Subject,
	{ protectedAttribute }: PolicySettings,
): Decision {
	if (!isWriteAction(decision.action)) return decision;
	return { ...decision, basis: basisOf(account ?? null, protectedAttribute) };
}

/**
 * Decides all subjects of a run together: one person once, nobody's account twice, the limits, and
 * one time to look again at those who wait.
 */
export function decideRun(input: RunInput): RunResult {
	const { subjects, inScope, settings, memory } = input;
	const now = input.asOf ?? input.now;
	const repeats = repeatsOf(subjects);
	// The limits have their say before Mode has.
	const deciding = settings.onlyApprovedPlans ? { ...settings, mode: 'apply' as const } : settings;
	const run = runFacts(subjects.filter((_, place) => !repeats.has(place)));
	const factsOf = (place: number): Case => ({
		...{ subject: subjects[place]!, settings: deciding, now, clock: input.now, run },
		inScope: inScope[place] ?? true,
	});
	const decided = subjects.map((subject, place): Decided => {
		if (repeats.has(place)) {
			const verdict = nothing('person.twice', 'This person is in the run already.');
			return { subject, decision: toDecision(verdict, { subject, now }), final: true };
		}
		const decision = decideSafely(factsOf(place));
		return { subject, decision, final: isFinal(decision) };
	});

	const wanted = withoutDeadEnds(withoutCollisions(decided, now), input.deadEnds);
	const { onlyApprovedPlans } = settings;
	const limited = applyLimits({
		...{ subjects, settings, now, memory, inUse: accountsInUse(subjects) },
		decisions: onlyApprovedPlans ? wanted.map(withEmailAlone) : wanted.map(asIfApplied),
	});
	const left = onlyApprovedPlans
		? limited.decisions.map((decision) => onlyApproved(decision, settings.mode))
		: limited.decisions.map((decision, place) =>
				// In review: no limit holds it, so *Mode* alone does.
				isPreview(wanted[place]!) && isWriteAction(decision.action) ? wanted[place]! : decision,
			);
	const decisions = withResumeAt(left).map((decision, place): Decision => {
		const subject = subjects[place]!;
		if (decision.code === 'item.unusable')
			return { ...decision, rows: [bareRow(subject, decision)] };
		return inWords(withBasis(decision, subject, settings), factsOf(place));
	});
	const { plans, approved } = limited;
	if (!input.asOf) return { decisions, memory: limited.memory, plans, approved };
	const shown = decisions.map((decision) => shownOnly(decision, now));
	const unchanged = { letThrough: {}, approvals: {}, ...memory };
	return { decisions: shown, memory: unchanged, plans, approved };
}

/** The decision with what people read of it. An item may hold what no rule looked at. */
function inWords(decision: Decision, facts: Case): Decision {
	try {
		const ahead = isPreview(decision) ? aheadOf(facts) : null;
		const told = ahead ? { ...decision, would: chainInShort(ahead) } : decision;
		const whole = facts.settings.explain ? explained(told, facts, ahead) : told;
		return { ...whole, rows: [rowOf(facts.subject, whole)] };
	} catch {
		return { ...decision, rows: [bareRow(facts.subject, decision)] };
	}
}

const isWhole = (list: unknown): boolean => Array.isArray(list) && list.every(Boolean);

/** What a run reads of an item whichever rule answers for it. */
function requireShape({ account, match }: Subject): void {
	const isUsable =
		isWhole(account?.attributes ?? []) && (!match?.conflict || isWhole(match.candidates));
	if (!isUsable) throw new TypeError();
}

/** One bad item never stops the others. */
function decideSafely(facts: Case): Decision {
	try {
		requireShape(facts.subject);
		return decide(facts);
	} catch (error) {
		// Only the kind of error: its message could quote the item.
		const reason =
			`The item of this person cannot be decided on (${(error as Error).name}). Put Field Mapper ` +
			'and JumpCloud User: Match in front of this node.';
		return toDecision(review('item.unusable', reason), facts);
	}
}

/** A decision for another time: nobody waits for it, and no write accepts it. */
function shownOnly(decision: Decision, asOf: Date): Decision {
	const notWaiting = decision.action === 'waitUntilDue' ? notBegun(decision) : decision;
	const shown: Decision = { ...notWaiting, evaluatedAsOf: asOf.toISOString() };
	delete shown.resumeAt;
	return shown;
}
