import type { Decision, Subject } from '../shared/subject';
import { decide, notBegun, toDecision } from './decide';
import { explained } from './explain/explain';
import { UNUSABLE, holdOver, type HeldPlan, type Memory } from './holdOver';
import type { PolicySettings } from './settings';
import { nothing, review, type Case, type InScope } from './verdict';

export interface RunInput {
	subjects: readonly Subject[];
	/** Per subject: whether *People in Scope* takes them in. */
	inScope: readonly InScope[];
	settings: PolicySettings;
	now: Date;
	/** Decide for this time instead, and remember nothing: *Evaluate As Of*. */
	asOf?: Date | null;
	/** What the run before returned. */
	memory: Memory;
}

export interface RunResult {
	/** One decision a subject, in the same order. */
	decisions: Decision[];
	memory: Memory;
	/** What the limits held. */
	plans: HeldPlan[];
}

/** The largest number of linked accounts a Match of this run counted, or null when nobody read them all. */
function linkedAccounts(subjects: readonly Subject[]): number | null {
	let most: number | null = null;
	for (const { match } of subjects) {
		if (match?.linkedAccounts !== undefined && (most === null || match.linkedAccounts > most)) most = match.linkedAccounts;
	}
	return most;
}

/** Of several items for one person the one that was read last counts; of two as old, the one in which they are still there. */
function newestOf(subjects: readonly Subject[]): Map<string, number> {
	const newest = new Map<string, number>();
	subjects.forEach((subject, index) => {
		if (subject.personId === undefined) return;
		const known = newest.get(subject.personId);
		if (known === undefined || isNewer(subject, subjects[known]!)) newest.set(subject.personId, index);
	});
	return newest;
}

function isNewer(subject: Subject, other: Subject): boolean {
	const [own, others] = [subject.readAt ?? '', other.readAt ?? ''];
	return own !== others ? own > others : !other.person && Boolean(subject.person);
}

/** How many people of the run hold each value: the same account, the same work e-mail of a new account. */
function countOf(values: ReadonlyArray<string | null>): Map<string, number> {
	const counts = new Map<string, number>();
	for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
	return counts;
}

/** Decides all subjects of a run together: one person once, nobody's account twice, the limits, and one time to look again at those who wait. */
export function decideRun(input: RunInput): RunResult {
	const { subjects, inScope, settings, memory } = input;
	const clock = input.now;
	const now = input.asOf ?? clock;
	const newest = newestOf(subjects);
	const isRepeat = (subject: Subject, index: number) => subject.personId !== undefined && newest.get(subject.personId) !== index;
	const factsOf = (subject: Subject, index: number): Case => ({ subject, settings, now, clock, inScope: inScope[index] ?? true });
	const alone = subjects.map((subject, index) => {
		if (isRepeat(subject, index)) return toDecision(nothing('person.twice', 'This person is in the run already.'), { subject, now });
		return decideSafely(factsOf(subject, index));
	});

	const accounts = countOf(subjects.map((subject, index) => (isRepeat(subject, index) ? null : (subject.account?._id ?? null))));
	const emails = countOf(subjects.map((subject, index) => newEmail(subject, alone[index]!)));
	const decided = alone.map((decision, index) => {
		const subject = subjects[index]!;
		if (isRepeat(subject, index) || decision.code === UNUSABLE) return decision;
		if (subject.account && accounts.get(subject.account._id)! > 1) {
			return toDecision(review('match.twoClaimants', `Several people of this run have the account ${subject.account.username}. Two people never share an account.`), { subject, now });
		}
		const email = newEmail(subject, decision);
		if (email !== null && emails.get(email)! > 1) {
			return toDecision(review('person.sharedWorkEmail', 'Another person of this run would get an account with the same work e-mail; two people never share an account.', 'create'), { subject, now });
		}
		return decision;
	});

	const limited = holdOver(subjects, decided, settings, now, memory, linkedAccounts(subjects));
	const due = limited.decisions.flatMap((decision) => (decision.action === 'waitUntilStart' && decision.activateAt ? [decision.activateAt] : [])).sort();
	const resumeAt = due[0];
	const timed = limited.decisions.map((decision) => (decision.action === 'waitUntilStart' ? { ...decision, resumeAt } : decision));
	const decisions = settings.explain ? timed.map((decision, index) => (decision.code === UNUSABLE ? decision : explained(decision, factsOf(subjects[index]!, index)))) : timed;
	if (!input.asOf) return { decisions, memory: limited.memory, plans: limited.plans };
	return { decisions: decisions.map((decision) => shownOnly(decision, now)), memory, plans: limited.plans };
}

/** The work e-mail, in lower case, that a creation would use. */
function newEmail({ desired }: Subject, { action }: Decision): string | null {
	const email = action === 'create' ? desired?.attributes.email : null;
	return typeof email === 'string' ? email.toLowerCase() : null;
}

/** One bad item never stops the others. */
function decideSafely(facts: Case): Decision {
	try {
		return decide(facts);
	} catch (error) {
		// Only the kind of error: its message could quote the item.
		return toDecision(review(UNUSABLE, `The item of this person cannot be decided on (${(error as Error).name}). Put Field Mapper and JumpCloud User: Match in front of this node.`), facts);
	}
}

/** A decision for another time: nobody waits for it, and no write accepts it. */
function shownOnly(decision: Decision, asOf: Date): Decision {
	const shown: Decision = { ...(decision.action === 'waitUntilStart' ? notBegun(decision) : decision), evaluatedAsOf: asOf.toISOString() };
	delete shown.resumeAt;
	return shown;
}
