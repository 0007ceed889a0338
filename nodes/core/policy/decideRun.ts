import type { Decision, Subject } from '../subject';
import { decide, notBegun, toDecision } from './decide';
import { explained } from './explain/explain';
import { UNUSABLE, holdOver, type HeldPlan, type Memory } from './limits';
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

/**
 * The largest number of linked accounts a Match of this run counted, or null when nobody read them
 * all.
 */
function linkedAccounts(subjects: readonly Subject[]): number | null {
	let most: number | null = null;
	for (const { match } of subjects) {
		const linked = match?.linkedAccounts;
		if (linked !== undefined) most = Math.max(most ?? linked, linked);
	}
	return most;
}

/**
 * Items about a person of whom the run has a better one: of several the one that was read last
 * counts; of two as old, the one in which they are still there.
 */
function repeatsOf(subjects: readonly Subject[]): Set<number> {
	const repeats = new Set<number>();
	const newest = new Map<string, number>();
	subjects.forEach((subject, index) => {
		if (subject.personId === undefined) return;
		const known = newest.get(subject.personId);
		if (known !== undefined && !isNewer(subject, subjects[known]!)) {
			repeats.add(index);
			return;
		}
		if (known !== undefined) repeats.add(known);
		newest.set(subject.personId, index);
	});
	return repeats;
}

function isNewer(subject: Subject, other: Subject): boolean {
	const [own, others] = [subject.readAt ?? '', other.readAt ?? ''];
	return own > others || (own === others && !other.person && Boolean(subject.person));
}

/** Values that several people of the run hold. */
class Shared {
	private readonly held = new Set<string>();
	private readonly shared = new Set<string>();

	add(value: string): void {
		const before = this.held.size;
		this.held.add(value);
		if (this.held.size === before) this.shared.add(value);
	}

	has(value: string): boolean {
		return this.shared.has(value);
	}
}

/**
 * Decides all subjects of a run together: one person once, nobody's account twice, the limits, and
 * one time to look again at those who wait.
 */
export function decideRun(input: RunInput): RunResult {
	const { subjects, inScope, settings, memory } = input;
	const clock = input.now;
	const now = input.asOf ?? clock;
	const repeats = repeatsOf(subjects);
	const factsOf = (subject: Subject, index: number): Case => ({
		subject,
		settings,
		now,
		clock,
		inScope: inScope[index] ?? true,
	});
	const alone = subjects.map((subject, index) =>
		repeats.has(index)
			? toDecision(nothing('person.twice', 'This person is in the run already.'), { subject, now })
			: decideSafely(factsOf(subject, index)),
	);

	const accounts = new Shared();
	const emails = new Shared();
	alone.forEach((decision, index) => {
		if (repeats.has(index) || decision.code === UNUSABLE) return;
		const { account, match } = subjects[index]!;
		if (account) accounts.add(account._id);
		// A claim that Match could not settle: a record that was deleted and made anew claims the
		// account of the old one.
		else if (match?.conflict) for (const { id } of match.candidates) accounts.add(id);
		const email = newEmail(subjects[index]!, decision);
		if (email !== null) emails.add(email);
	});
	const decided = alone.map((decision, index) => {
		if (repeats.has(index) || decision.code === UNUSABLE) return decision;
		const subject = subjects[index]!;
		if (subject.account && accounts.has(subject.account._id)) {
			return toDecision(
				review(
					'match.twoClaimants',
					`Several people of this run claim the account ${subject.account.username}. Two ` +
						'people never share an account.',
				),
				{ subject, now },
			);
		}
		const email = newEmail(subject, decision);
		if (email !== null && emails.has(email)) {
			return toDecision(
				review(
					'person.sharedWorkEmail',
					'Another person of this run would get an account with the same work e-mail; two ' +
						'people never share an account.',
					'create',
				),
				{ subject, now },
			);
		}
		return decision;
	});

	const limited = holdOver(subjects, decided, settings, now, memory, linkedAccounts(subjects));
	let resumeAt: string | undefined;
	for (const { action, activateAt } of limited.decisions) {
		if (action === 'waitUntilStart' && (resumeAt === undefined || activateAt! < resumeAt))
			resumeAt = activateAt;
	}
	const timed = limited.decisions.map((decision) =>
		decision.action === 'waitUntilStart' ? { ...decision, resumeAt } : decision,
	);
	const decisions = settings.explain
		? timed.map((decision, index) =>
				decision.code === UNUSABLE
					? decision
					: explained(decision, factsOf(subjects[index]!, index)),
			)
		: timed;
	if (!input.asOf) return { decisions, memory: limited.memory, plans: limited.plans };
	return {
		decisions: decisions.map((decision) => shownOnly(decision, now)),
		memory,
		plans: limited.plans,
	};
}

/** The work e-mail, in lower case, that a creation would use. */
function newEmail({ desired }: Subject, { action }: Decision): string | null {
	const email = action === 'create' ? desired!.attributes.email : null;
	return typeof email === 'string' ? email.toLowerCase() : null;
}

const isWhole = (list: unknown): boolean => Array.isArray(list) && list.every(Boolean);

/** What a run reads of an item whichever rule answers for it. */
function requireShape({ account, match }: Subject): void {
	if (!isWhole(account?.attributes ?? []) || (match?.conflict && !isWhole(match.candidates)))
		throw new TypeError();
}

/** One bad item never stops the others. */
function decideSafely(facts: Case): Decision {
	try {
		requireShape(facts.subject);
		return decide(facts);
	} catch (error) {
		// Only the kind of error: its message could quote the item.
		return toDecision(
			review(
				UNUSABLE,
				`The item of this person cannot be decided on (${(error as Error).name}). Put Field ` +
					'Mapper and JumpCloud User: Match in front of this node.',
			),
			facts,
		);
	}
}

/** A decision for another time: nobody waits for it, and no write accepts it. */
function shownOnly(decision: Decision, asOf: Date): Decision {
	const shown: Decision = {
		...(decision.action === 'waitUntilStart' ? notBegun(decision) : decision),
		evaluatedAsOf: asOf.toISOString(),
	};
	delete shown.resumeAt;
	return shown;
}
