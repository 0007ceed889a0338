/** The limits of a run: over one of them all actions of its kind are held, under one plan. */
import type { Decision, Subject } from '../../subject';
import type { PolicySettings } from '../settings';
import { held } from '../verdict';
import { listHash, ruleOn, type Approvals, type Ruling } from './approval';
import { KINDS, actionOfKind, limitOf, type Kind, type LimitKind } from './kinds';
import { leftOf, withoutLetThrough } from './left';
import {
	letThroughBefore,
	nextLedger,
	stampedBefore,
	withoutUnwritten,
	type Ledger,
	type Ledgers,
} from './ledger';
import { overLimit } from './numbers';

/** What policies remember between their runs, as plain JSON. */
export interface PolicyMemory {
	letThrough?: Ledgers;
	approvals?: Approvals;
}

export interface HeldPlan {
	id: string;
	/** The same for the same actions, whenever they are held. */
	list: string;
	code: LimitKind;
	actions: number;
	/** Why it is held. */
	why: string;
	/** Why, and what to do: one plain sentence each. */
	sentence: string;
}

/** A plan that was let through, by its id in *Approved Plan*. */
export interface ApprovedPlan {
	id: string;
	code: LimitKind;
	actions: number;
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
	approved: ApprovedPlan[];
	memory: Required<PolicyMemory>;
}

/** The actions of one kind in a run, and what the limit says of them. */
interface KindRun {
	/** Places of the decisions. */
	places: number[];
	/** Of the actions. */
	keys: string[];
	accountIds: ReadonlySet<string>;
	/** Too many: how many; or null. */
	numbers: string | null;
	/** When there are too many; with *Only Approved Plans* always. */
	ruling: Ruling | null;
	ledger: Ledger;
}

function runOf(kind: Kind, input: LimitInput, approvals: Approvals): KindRun {
	const { subjects, decisions, settings, now, memory, inUse } = input;
	const places: number[] = [];
	const keys: string[] = [];
	const accountIds = new Set<string>();
	decisions.forEach((decision, place) => {
		const action = actionOfKind(kind, decision, subjects[place]!);
		if (!action) return;
		places.push(place);
		accountIds.add(action.accountId);
		keys.push(action.key);
	});
	const ledger = withoutUnwritten(memory.letThrough?.[kind.code] ?? {}, subjects);
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
	const isRuled = numbers !== null || (settings.onlyApprovedPlans && places.length > 0);
	const ruling = isRuled ? ruleOn(keys, settings.approvedPlans, approvals, now) : null;
	return { places, keys, accountIds, numbers, ruling, ledger };
}

function heldPlanFor(
	kind: Kind,
	{ places, keys }: KindRun,
	numbers: string,
	{ id, expired }: Ruling,
): HeldPlan {
	const ended = expired
		? ' The ID in Approved Plan is more than 24 hours old and no longer counts.'
		: '';
	const why = `${kind.tooMany}: ${numbers}.`;
	const todo =
		`Look at the list, then approve plan ${id} with the form of approve-held-plan, or type its ID ` +
		`into Approved Plan (Options), or raise the ${kind.setting} for one run.`;
	const sentence = `${why} ${kind.none}. ${todo}${ended}`;
	const { code } = kind;
	return { id, list: listHash(keys), code, actions: places.length, why, sentence };
}

/** One of many rows: what else can be done about all of them is told once, in the summary. */
function holdBack(decision: Decision, { id, code, why: tooMany }: HeldPlan): Decision {
	const why = `${tooMany} Plan ${id} waits: approve it with the form of approve-held-plan.`;
	const trace = decision.trace ? { trace: [...decision.trace, { rule: 'limits', code }] } : {};
	return { ...held(decision, code, why), plan: id, ...trace };
}

/** The decisions of a run, those held back of which there are too many. */
export function applyLimits(input: LimitInput): Limited {
	const { settings, now, memory } = input;
	const isShown = settings.mode === 'review';
	let decisions = [...input.decisions];
	let approvals = leftOf(memory.approvals ?? {}, input.subjects, now);
	const letThrough: Partial<Record<LimitKind, Ledger>> = {};
	const plans: HeldPlan[] = [];
	const approved: ApprovedPlan[] = [];
	for (const kind of KINDS) {
		const run = runOf(kind, { ...input, decisions }, approvals);
		const { places, keys, accountIds, numbers, ruling, ledger } = run;
		const change = (to: (decision: Decision) => Decision): void => {
			const changed = new Set(places);
			decisions = decisions.map((one, place) => (changed.has(place) ? to(one) : one));
		};
		const under = ruling?.under ?? null;
		const isHeld = numbers !== null && under === null;
		if (under !== null) {
			approved.push({ id: under, code: kind.code, actions: places.length });
			change((decision) => ({ ...decision, approvedPlan: under }));
		} else if (isHeld) {
			const plan = heldPlanFor(kind, run, numbers, ruling!);
			plans.push(plan);
			change((decision) => holdBack(decision, plan));
		}
		// What is only shown leaves nothing behind.
		const goesOut = !isShown && (settings.onlyApprovedPlans ? under !== null : !isHeld);
		const { code } = kind;
		if (goesOut) approvals = withoutLetThrough(approvals, keys, { code, under });
		letThrough[code] = nextLedger(ledger, goesOut ? accountIds : [], now);
	}
	return { decisions, plans, approved, memory: { letThrough, approvals } };
}
