/** What the limits hold, and what came of an approval: a page for people, with *Only Approved Plans*. */
import { actionOf, isWriteAction, type WriteActionId } from '../actions';
import { outcomeWords, actionWords, stateWords } from '../policy/explain/words';
import { pageOf, type Block, type Section } from '../policy/explain/page';
import { isExpired } from '../policy/limits/approval';
import type { LimitKind } from '../policy/limits/kinds';
import type { ApprovedPlan, HeldPlan } from '../policy/limits/limits';
import { changeWords } from '../policy/row';
import type { PolicySettings } from '../policy/settings';
import type { Decision, Subject } from '../subject';
import { lastDayText, personWords } from './accounts';
import { defused } from './csv';
import type { Refusal } from './dates';

type Row = Record<string, string>;

/** What is known of the plans of a run after some of its passes. */
export interface PlanTotals {
	/** Not everybody or not every account was read, so nothing can be said; or null. */
	refused: Refusal | null;
	plans: Map<string, HeldPlan>;
	approved: Map<string, ApprovedPlan>;
	/** By person: who is held. */
	held: Map<string, Row>;
	/** By person: whose action was approved. */
	let: Map<string, Row & { action: WriteActionId }>;
	/** People whose approved action was done. */
	done: Set<string>;
}

export const newPlanTotals = (refused: Refusal | null): PlanTotals => ({
	refused,
	plans: new Map(),
	approved: new Map(),
	held: new Map(),
	let: new Map(),
	done: new Set(),
});

/** A list for people: as a part of a page, and as rows. */
export interface PlanList {
	/** Why there is no list; null: there is one. */
	refused: Refusal | null;
	title: string;
	/** Every value is escaped; a part of a page (h3, p, ul, table). */
	html: string;
	/** Everybody who is held, and everybody whose action was approved. */
	rows: Row[];
	/** What can be approved: ids, separated by commas, and what that does. */
	toApprove: Array<{ ids: string; words: string }>;
}

function rowOf(subject: Subject, decision: Decision): Row {
	const { account, personId } = subject;
	const texts = {
		Person: personWords(subject),
		'Would Do': actionWords(decision.blockedAction ?? decision.action),
		'Last Day': lastDayText(subject) ?? '',
		Why: decision.because ?? decision.reason,
		Changes: changeWords(decision.changes),
		Account: account ? `${account.username} (${stateWords(account)})` : '',
		Plan: decision.plan ?? decision.approvedPlan ?? '',
		Result: '',
		'Humaans ID': personId ?? '',
		'JumpCloud ID': account?._id ?? '',
	};
	return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, defused(text)]));
}

/** What came of an approved write before this pass. */
function addResult(totals: PlanTotals, { personId, decision, outcome }: Subject): void {
	const row = totals.let.get(personId ?? '');
	if (!row || !outcome || decision?.approvedPlan === undefined) return;
	row.Result = outcomeWords({ ...decision, outcome }).join(' ');
	if (['applied', 'adopted', 'partly', 'unchanged'].includes(outcome.status))
		totals.done.add(personId!);
}

/** Counts a pass. */
export function addPlanPass(
	totals: PlanTotals,
	subjects: readonly Subject[],
	{
		decisions,
		plans,
		approved,
	}: {
		decisions: readonly Decision[];
		plans: readonly HeldPlan[];
		approved: readonly ApprovedPlan[];
	},
): void {
	for (const plan of plans) totals.plans.set(plan.id, plan);
	for (const plan of approved)
		if (!totals.approved.has(plan.id)) totals.approved.set(plan.id, plan);
	subjects.forEach((subject, place) => {
		const decision = decisions[place]!;
		const person = subject.personId ?? '';
		addResult(totals, subject);
		if (decision.plan !== undefined) totals.held.set(person, rowOf(subject, decision));
		const action = decision.blockedAction ?? decision.action;
		if (decision.approvedPlan === undefined || !isWriteAction(action)) return;
		const Result = decision.action === action ? '' : 'Not done: Mode is Review Everything.';
		totals.let.set(person, { ...rowOf(subject, decision), Result, action });
	});
}

const accounts = (count: number): string => `${count} ${count === 1 ? 'account' : 'accounts'}`;

/** What is done to the accounts of a plan. */
const WORDS: Readonly<Record<LimitKind, { heading: string; approve: (count: number) => string }>> =
	{
		'limit.deprovisioning': {
			heading: 'Would lose access',
			approve: (count) => `let ${accounts(count)} lose access`,
		},
		'limit.deletion': {
			heading: 'Suspended, would be deleted for good',
			approve: (count) => `delete ${accounts(count)} that ${count === 1 ? 'is' : 'are'} suspended`,
		},
		'limit.email': {
			heading: 'Would get another work email',
			approve: (count) => `give ${accounts(count)} another work email`,
		},
	};

interface Asked {
	settings: PolicySettings;
	now: Date;
}

/** What became of an id that was approved, in one sentence. */
function answerTo(id: string, { plans, approved }: PlanTotals, { settings, now }: Asked): string {
	if (approved.has(id)) {
		return settings.mode === 'apply'
			? `You approved the list ${id}, and it was carried out as you see below.`
			: `The list ${id} is as you approved it, and nothing was done: Mode is Review Everything.`;
	}
	if (isExpired(id, now)) {
		return `The ID ${id} is more than 24 hours old and no longer counts, so it let nothing through.`;
	}
	return plans.size > 0
		? `No list has the ID ${id}: it has changed since, or the ID is not whole. It let nothing through.`
		: `Nobody is held any more, so the ID ${id} let nothing through: it was carried out already, or nobody on it is due now.`;
}

/** "8 suspended, 4 updated, 1 not done" */
function doneWords({ let: rows, done }: PlanTotals): string {
	const counts = new Map<string, number>();
	for (const [person, { action }] of rows) {
		if (!done.has(person)) continue;
		const words = actionOf(action).done;
		counts.set(words, (counts.get(words) ?? 0) + 1);
	}
	const failed = rows.size - done.size;
	if (failed > 0) counts.set('not done', failed);
	return [...counts].map(([words, count]) => `${count} ${words}`).join(', ');
}

function titleOf(totals: PlanTotals, { mode }: PolicySettings): string {
	if (totals.let.size > 0 && mode === 'apply') return `Approved: ${doneWords(totals)}`;
	if (totals.held.size > 0)
		return `${accounts(totals.held.size)} ${totals.held.size === 1 ? 'is' : 'are'} held by a limit`;
	return totals.let.size > 0 ? 'Approved, and nothing was done' : 'Nobody is held by a limit';
}

const tableOf = (rows: readonly Row[], head: string[]): Block => ({
	head,
	table: rows.map((row) => head.map((column) => row[column] ?? '')),
});

function sectionsOf(totals: PlanTotals, asked: Asked): Section[] {
	const { mode, approvedPlans } = asked.settings;
	const plans = [...totals.plans.values()];
	const isShown = mode === 'review';
	const short = [
		...[...approvedPlans].map((id) => answerTo(id, totals, asked)),
		...plans.map(({ why, id }) => `${why} The list has the ID ${id}.`),
		...(plans.length === 0 && totals.let.size === 0 ? ['No limit holds anything now.'] : []),
		...(isShown
			? ['Mode is Review Everything, so nothing can be approved here. Set it to Apply first.']
			: []),
	];
	const approved = [...totals.let.values()];
	return [
		{ heading: 'In short', blocks: [{ list: short }] },
		...(approved.length === 0
			? []
			: [
					{
						heading: `Approved (${approved.length})`,
						blocks: [tableOf(approved, ['Person', 'Would Do', 'Last Day', 'Account', 'Result'])],
					},
				]),
		...plans.map(({ id, code, actions }): Section => {
			const changes = code === 'limit.email' ? ['Changes'] : [];
			const head = ['Person', 'Would Do', 'Last Day', 'Why', ...changes, 'Account'];
			const rows = [...totals.held.values()].filter(({ Plan }) => Plan === id);
			return {
				heading: `${WORDS[code].heading}: ${accounts(actions)}, plan ${id}`,
				blocks: [tableOf(rows, head)],
			};
		}),
	];
}

function toApprove({ plans: held }: PlanTotals, { mode }: PolicySettings): PlanList['toApprove'] {
	const plans = [...held.values()];
	if (mode === 'review') return [];
	const each = plans.map(({ id, code, actions }) => ({
		ids: id,
		words: `Approve: ${WORDS[code].approve(actions)} (plan ${id})`,
	}));
	const ids = plans.map(({ id }) => id).join(',');
	return plans.length > 1 ? [...each, { ids, words: `Approve all ${plans.length} lists` }] : each;
}

/** Pure: words only, and the ids that can be approved. */
export function planList(totals: PlanTotals, asked: Asked): PlanList {
	const { refused } = totals;
	if (refused) {
		const title = 'There is no list';
		const nothing = asked.settings.approvedPlans.size > 0 ? ['Nothing was approved.'] : [];
		const blocks = [refused.message, refused.todo, ...nothing].map((words) => ({ words }));
		const { html } = pageOf(title, [{ heading: 'Why', blocks }]);
		return { refused, title, html, rows: [], toApprove: [] };
	}
	const title = titleOf(totals, asked.settings);
	const { html } = pageOf(title, sectionsOf(totals, asked));
	const approved = [...totals.let.values()].map(({ action: _action, ...row }): Row => row);
	return {
		...{ refused: null, title, html },
		rows: [...approved, ...totals.held.values()],
		toApprove: toApprove(totals, asked.settings),
	};
}
