/** What the limits hold, and what came of an approval, over the passes of a run. */
import { isAdoption } from '../account/link';
import { isWriteAction, type WriteActionId } from '../actions';
import { actionWords, outcomeWords, stateWords } from '../policy/explain/words';
import type { ApprovedPlan, HeldPlan } from '../policy/limits/limits';
import { changeWords } from '../policy/row';
import type { Decision, Subject } from '../subject';
import { lastDayText, personWords } from './accounts';
import { defused } from './csv';
import type { Refusal } from './dates';

/** Somebody on a list, in columns; no cell is a formula for a spreadsheet. */
export type PlanRow = Record<string, string>;

/** What is known of the plans of a run after some of its passes. */
export interface PlanTotals {
	/** Not everybody or not every account was read, so nothing can be said; or null. */
	refused: Refusal | null;
	/** By id. */
	plans: Map<string, HeldPlan>;
	/** By id. */
	approved: Map<string, ApprovedPlan>;
	/** By person: who is held. */
	held: Map<string, OnList>;
	/** By person: whose action was approved. */
	letThrough: Map<string, OnList & { /** Null: not yet. */ came: 'done' | 'undone' | null }>;
}

/** Somebody on a list. */
export interface OnList {
	row: PlanRow;
	action: WriteActionId;
	/** The account is linked to this person as well. */
	isAdopted: boolean;
}

export const newPlanTotals = (refused: Refusal | null): PlanTotals => ({
	...{ refused, plans: new Map(), approved: new Map(), held: new Map(), letThrough: new Map() },
});

const accountWords = (account: Subject['account']): string =>
	account ? `${account.username} (${stateWords(account)})` : '';

function planRow(subject: Subject, decision: Decision, result = ''): PlanRow {
	const { account, personId } = subject;
	const texts: PlanRow = {
		Person: personWords(subject),
		Action: actionWords({ ...decision, action: decision.blockedAction ?? decision.action }),
		'Last Day': lastDayText(subject) ?? '',
		Why: decision.because ?? decision.reason,
		Changes: changeWords(decision.changes),
		Account: accountWords(account),
		Plan: decision.plan ?? decision.approvedPlan ?? '',
		Result: result,
		'Humaans ID': personId ?? '',
		'JumpCloud ID': account?._id ?? '',
	};
	return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, defused(text)]));
}

const DONE: readonly string[] = ['applied', 'adopted', 'partly', 'unchanged'];

/** What came of an approved write before this pass. */
function addResult(totals: PlanTotals, subject: Subject): void {
	const { personId, account, decision, outcome } = subject;
	const one = totals.letThrough.get(personId ?? '');
	if (!one || !outcome || decision?.approvedPlan === undefined) return;
	one.row.Result = defused(outcomeWords({ ...decision, outcome }).join(' '));
	one.came = DONE.includes(outcome.status) ? 'done' : 'undone';
	// As it is now, not as it was before.
	if (account) one.row.Account = defused(accountWords(account));
}

interface PlanPass {
	/** One a subject. */
	decisions: readonly Decision[];
	plans: readonly HeldPlan[];
	approved: readonly ApprovedPlan[];
}

/** Counts a pass. */
export function addPlanPass(
	totals: PlanTotals,
	subjects: readonly Subject[],
	{ decisions, plans, approved }: PlanPass,
): void {
	for (const plan of plans) totals.plans.set(plan.id, plan);
	for (const plan of approved) totals.approved.set(plan.id, plan);
	subjects.forEach((subject, place) => {
		const decision = decisions[place]!;
		const person = subject.personId ?? '';
		addResult(totals, subject);
		const action = decision.blockedAction ?? decision.action;
		if (!isWriteAction(action)) return;
		const about = { action, isAdopted: isAdoption(decision.changes) };
		if (decision.plan !== undefined)
			totals.held.set(person, { row: planRow(subject, decision), ...about });
		if (decision.approvedPlan === undefined) return;
		const isShown = decision.action !== action;
		const row = planRow(subject, decision, isShown ? 'Not done: Mode is Review Everything.' : '');
		totals.letThrough.set(person, { row, ...about, came: null });
	});
}
