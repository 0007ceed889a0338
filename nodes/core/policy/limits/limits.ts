/** The limits of a run: over one of them all actions of its kind are held, under one plan. */
import type { Decision, Subject } from '../../subject';
import type { PolicySettings } from '../settings';
import { held } from '../verdict';
import { actionKey, ruleOn, type Approvals, type Ruling } from './approval';
import { KINDS, limitOf, type Kind, type LimitKind } from './kinds';
import { letThroughBefore, nextLedger, stampedBefore, type Ledger, type Ledgers } from './ledger';
import { overLimit } from './numbers';

/** What policies remember between their runs, as plain JSON. */
export interface PolicyMemory {
	letThrough?: Ledgers;
	approvals?: Approvals;
}

export interface HeldPlan {
	id: string;
	code: LimitKind;
	actions: number;
	/** Why, and what to do: one plain sentence each. */
	sentence: string;
}

/** A run on its way through the limits. */
export interface LimitInput {
	subjects: readonly Subject[];
	decisions: readonly Decision[];
	settings: PolicySettings;
	now: Date;
	memory: PolicyMemory;
	/** Linked accounts in use; null when not all accounts were read. */
	inUse: number | null;
}

export interface Limited {
	decisions: Decision[];
	plans: HeldPlan[];
	memory: Required<PolicyMemory>;
}

/** The actions of one kind in a run, and what the limit says of them. */
interface KindRun {
	/** Places of the decisions. */
	places: number[];
	accountIds: ReadonlySet<string>;
	/** The sentence and the ruling when there are too many. */
	over: { numbers: string; ruling: Ruling } | null;
	ledger: Ledger;
}

function runOf(kind: Kind, input: LimitInput, approvals: Approvals): KindRun {
	const { subjects, decisions, settings, now, memory, inUse } = input;
	const places: number[] = [];
	const keys: string[] = [];
	const accountIds = new Set<string>();
	decisions.forEach((decision, place) => {
		const subject = subjects[place]!;
		const what = kind.of(decision, subject);
		if (what === null) return;
		places.push(place);
		accountIds.add(subject.account!._id);
		keys.push(actionKey(subject.account!._id, kind.code, what));
	});
	const ledger = memory.letThrough?.[kind.code] ?? {};
	const before = letThroughBefore(ledger, now, accountIds);
	// Only a suspension leaves a stamp on the account.
	if (kind.code === 'limit.deprovisioning') {
		const readable = subjects.filter((_, place) => decisions[place]!.code !== 'item.unusable');
		for (const id of stampedBefore(readable, now, accountIds)) before.add(id);
	}
	const numbers = overLimit(limitOf(settings, kind), {
		now: accountIds.size,
		before: before.size,
		inUse,
	});
	const ruling = numbers === null ? null : ruleOn(keys, settings.approvedPlans, approvals, now);
	return { places, accountIds, over: ruling && { numbers: numbers!, ruling }, ledger };
}

function sentenceFor(kind: Kind, numbers: string, { id, expired }: Ruling): string {
	const ended = expired
		? ' The ID in Approved Plan is more than 24 hours old and no longer counts.'
		: '';
	const todo = `check the list, then type ${id} into Approved Plan, or raise the ${kind.setting} for one run.`;
	return `${kind.tooMany}: ${numbers}. ${kind.none}; ${todo}${ended}`;
}

function holdBack(decision: Decision, { id, code, sentence }: HeldPlan): Decision {
	const trace = decision.trace ? { trace: [...decision.trace, { rule: 'limits', code }] } : {};
	return { ...held(decision, code, sentence), plan: id, ...trace };
}

/** The decisions of a run, those held back of which there are too many. */
export function applyLimits(input: LimitInput): Limited {
	const { now, memory } = input;
	let decisions = [...input.decisions];
	let approvals = memory.approvals ?? {};
	const letThrough: Partial<Record<LimitKind, Ledger>> = {};
	const plans: HeldPlan[] = [];
	for (const kind of KINDS) {
		const { places, accountIds, over, ledger } = runOf(kind, { ...input, decisions }, approvals);
		if (over) approvals = over.ruling.approvals;
		const isHeld = over !== null && !over.ruling.approved;
		if (isHeld) {
			const sentence = sentenceFor(kind, over.numbers, over.ruling);
			const plan = { id: over.ruling.id, code: kind.code, actions: places.length, sentence };
			plans.push(plan);
			const heldPlaces = new Set(places);
			decisions = decisions.map((decision, place) =>
				heldPlaces.has(place) ? holdBack(decision, plan) : decision,
			);
		}
		letThrough[kind.code] = nextLedger(ledger, isHeld ? [] : accountIds, now);
	}
	return { decisions, plans, memory: { letThrough, approvals } };
}
