/**
 * The two limits of a run: over one of them all actions of its kind are held together, under one
 * plan.
 */
import type { Decision, Subject } from '../subject';
import { actionKey, ruleOn, type Approvals } from './approval';
import {
	isDisabling,
	letThroughBefore,
	newEmailOf,
	nextLedger,
	overLimit,
	stampedBefore,
	type Ledger,
} from './limit';
import type { PolicySettings } from './settings';
import { held } from './verdict';

/** What a policy remembers between its runs, as plain JSON. */
export interface Memory {
	/** Accounts let through to be disabled in the last 24 hours. */
	ledger?: Ledger;
	/** Accounts let through to get another work e-mail in the last 24 hours. */
	emailLedger?: Ledger;
	approvals?: Approvals;
}

/** Code of an item that nobody can make sense of. */
export const UNUSABLE = 'item.unusable';

export interface HeldPlan {
	id: string;
	code: 'limit.deprovisioning' | 'limit.email';
	actions: number;
	/** Why, and what to do: one plain sentence each. */
	sentence: string;
}

interface Kind {
	code: HeldPlan['code'];
	ledger: 'ledger' | 'emailLedger';
	limit: (settings: PolicySettings) => PolicySettings['limit'];
	/** What makes it this kind: a text that tells the action, or null. */
	of: (decision: Decision) => string | null;
	tooMany: string;
	none: string;
	setting: string;
}

const KINDS: readonly Kind[] = [
	{
		code: 'limit.deprovisioning',
		ledger: 'ledger',
		limit: (settings) => settings.limit,
		of: (decision) => (isDisabling(decision) ? decision.action : null),
		tooMany: 'Too many accounts would be disabled',
		none: 'None of them is disabled',
		setting: 'Deprovisioning Limit',
	},
	{
		code: 'limit.email',
		ledger: 'emailLedger',
		limit: (settings) => settings.emailLimit,
		of: (decision) => newEmailOf(decision),
		tooMany: 'Too many work e-mails would change',
		none: 'None of them is changed',
		setting: 'Email Change Limit',
	},
];

export interface Held {
	decisions: Decision[];
	plans: HeldPlan[];
	memory: Required<Memory>;
}

/** @param linked how many accounts carry a link, or null when nobody read them all */
export function holdOver(
	subjects: readonly Subject[],
	decided: readonly Decision[],
	settings: PolicySettings,
	now: Date,
	memory: Memory,
	linked: number | null,
): Held {
	let decisions = [...decided];
	let approvals = memory.approvals ?? {};
	const ledgers = {} as Record<Kind['ledger'], Ledger>;
	const plans: HeldPlan[] = [];
	for (const kind of KINDS) {
		const ledger = memory[kind.ledger] ?? {};
		const actions: Array<{ index: number; accountId: string; what: string }> = [];
		decisions.forEach((decision, index) => {
			const what = kind.of(decision);
			if (what !== null) actions.push({ index, accountId: subjects[index]!.account!._id, what });
		});
		const ids = new Set(actions.map(({ accountId }) => accountId));
		const before = letThroughBefore(ledger, now, ids);
		// Only a suspension leaves a stamp on the account.
		if (kind.ledger === 'ledger') {
			const readable = subjects.filter((_, index) => decided[index]!.code !== UNUSABLE);
			for (const id of stampedBefore(readable, now, ids)) before.add(id);
		}
		const numbers = overLimit(kind.limit(settings), ids.size, before.size, linked);
		if (numbers !== null) {
			const keys = actions.map(({ accountId, what }) => actionKey(accountId, kind.code, what));
			const ruling = ruleOn(keys, settings.approvedPlans, approvals, now);
			approvals = ruling.approvals;
			if (!ruling.approved) {
				const ended = ruling.expired
					? ' The ID in Approved Plan is more than 24 hours old and no longer counts.'
					: '';
				const sentence =
					`${kind.tooMany}: ${numbers}. ${kind.none}; check the list, then type ${ruling.id} ` +
					`into Approved Plan, or raise the ${kind.setting} for one run.${ended}`;
				plans.push({ id: ruling.id, code: kind.code, actions: keys.length, sentence });
				const heldOnes = new Set(actions.map(({ index }) => index));
				decisions = decisions.map((decision, index) =>
					heldOnes.has(index) ? holdBack(decision, kind.code, sentence, ruling.id) : decision,
				);
				ids.clear();
			}
		}
		ledgers[kind.ledger] = nextLedger(ledger, [...ids], now);
	}
	return { decisions, plans, memory: { ...ledgers, approvals } };
}

function holdBack(decision: Decision, code: string, sentence: string, plan: string): Decision {
	const trace = decision.trace ? { trace: [...decision.trace, { rule: 'limits', code }] } : {};
	return { ...held(decision, code, sentence), plan, ...trace };
}
