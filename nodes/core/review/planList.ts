/** A page for people about what the limits hold and what was approved: *Only Approved Plans*. */
import { actionOf } from '../actions';
import { pageOf, type Block, type Section } from '../policy/explain/page';
import { isExpired } from '../policy/limits/approval';
import type { LimitKind } from '../policy/limits/kinds';
import type { PolicySettings } from '../policy/settings';
import type { Refusal } from './dates';
import type { PlanRow, PlanTotals } from './planTotals';

/** A list for people: as a part of a page, and as rows. */
export interface PlanList {
	/** Why there is no list; null: there is one. */
	refused: Refusal | null;
	title: string;
	/** Every value is escaped; a part of a page (h3, p, ul, table). */
	html: string;
	/** Everybody whose action was approved, and everybody who is held. */
	rows: PlanRow[];
	/** What can be approved: ids, separated by commas, and what that does. */
	toApprove: Array<{ ids: string; words: string }>;
}

/** For whom the list is, and when. */
interface PlanQuestion {
	settings: PolicySettings;
	now: Date;
}

const countWords = (count: number): string => `${count} ${count === 1 ? 'account' : 'accounts'}`;

interface KindWords {
	heading: string;
	approve: (count: number) => string;
}

/** What is done to the accounts of a plan. */
const KIND_WORDS: Readonly<Record<LimitKind, KindWords>> = {
	'limit.deprovisioning': {
		heading: 'Would lose access',
		approve: (count) => `let ${countWords(count)} lose access`,
	},
	'limit.deletion': {
		heading: 'Suspended, would be deleted for good',
		approve: (count) => `delete ${countWords(count)} suspended before`,
	},
	'limit.email': {
		heading: 'Would get another work email',
		approve: (count) => `give ${countWords(count)} another work email`,
	},
};

/** What became of an id that was approved, in one sentence. */
function answerTo(id: string, totals: PlanTotals, { settings, now }: PlanQuestion): string {
	if (totals.approved.has(id)) {
		return settings.mode === 'apply'
			? `The list ${id} is as you approved it, and it was carried out; see below.`
			: `The list ${id} is as you approved it, and nothing was done: Mode is Review Everything.`;
	}
	if (isExpired(id, now)) {
		return `The ID ${id} is more than 24 hours old and no longer counts, so it let nothing through.`;
	}
	return totals.plans.size > 0
		? `No list has the ID ${id}: it has changed since, or the ID is not whole. It let nothing through.`
		: `Nobody is held any more, so the ID ${id} let nothing through: the list was carried out already, ` +
				'or nobody on it is due now.';
}

/** "8 suspended, 4 updated, 1 not done" */
function doneWords({ letThrough }: PlanTotals): string {
	const counts = new Map<string, number>();
	const all = [...letThrough.values()];
	const words = [
		...all.filter(({ isDone }) => isDone).map(({ action }) => actionOf(action).done),
		...all.filter(({ isDone }) => !isDone).map(() => 'not done'),
	];
	for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
	return [...counts].map(([word, count]) => `${count} ${word}`).join(', ');
}

function planTitle(totals: PlanTotals, { mode }: PolicySettings): string {
	const held = totals.held.size;
	if (totals.letThrough.size > 0 && mode === 'apply') return `Approved: ${doneWords(totals)}`;
	if (held > 0) return `${countWords(held)} ${held === 1 ? 'is' : 'are'} held by a limit`;
	return totals.letThrough.size > 0
		? 'Approved, and nothing was done'
		: 'Nobody is held by a limit';
}

const planTable = (rows: readonly PlanRow[], head: string[]): Block => ({
	head,
	table: rows.map((row) => head.map((column) => row[column]!)),
});

function inShort(totals: PlanTotals, asked: PlanQuestion): string[] {
	const { mode, approvedPlans } = asked.settings;
	const plans = [...totals.plans.values()];
	const isNobody = plans.length === 0 && totals.letThrough.size === 0;
	const shownOnly =
		'Mode is Review Everything, so nothing can be approved here. Set it to Apply first.';
	return [
		...[...approvedPlans].map((id) => answerTo(id, totals, asked)),
		...plans.map(({ why, id }) => `${why} The list has the ID ${id}.`),
		...(isNobody ? ['No limit holds anything now.'] : []),
		...(mode === 'review' ? [shownOnly] : []),
	];
}

function planSections(totals: PlanTotals, asked: PlanQuestion): Section[] {
	const approved = [...totals.letThrough.values()].map(({ row }) => row);
	const haveChanges = approved.some(({ Changes }) => Changes !== '');
	const changed = haveChanges ? ['Changes'] : [];
	const columns = ['Person', 'Would Do', 'Last Day', 'Account', ...changed, 'Result'];
	const held = [...totals.plans.values()].map(({ id, code, actions }): Section => {
		const changes = code === 'limit.email' ? ['Changes'] : [];
		const head = ['Person', 'Would Do', 'Last Day', 'Account', ...changes, 'Why'];
		const rows = [...totals.held.values()].filter(({ Plan }) => Plan === id);
		return {
			heading: `${KIND_WORDS[code].heading}: ${countWords(actions)}, plan ${id}`,
			blocks: [planTable(rows, head)],
		};
	});
	return [
		{ heading: 'In short', blocks: [{ list: inShort(totals, asked) }] },
		...(approved.length > 0
			? [{ heading: `Approved (${approved.length})`, blocks: [planTable(approved, columns)] }]
			: []),
		...held,
	];
}

function whatToApprove({ plans: held }: PlanTotals, { mode }: PolicySettings) {
	const plans = mode === 'apply' ? [...held.values()] : [];
	const each = plans.map(({ id, code, actions }) => ({
		ids: id,
		words: `Approve: ${KIND_WORDS[code].approve(actions)} (plan ${id})`,
	}));
	const ids = plans.map(({ id }) => id).join(',');
	return plans.length > 1 ? [...each, { ids, words: `Approve all ${plans.length} lists` }] : each;
}

/** Pure: words only, and the ids that can be approved. */
export function planList(totals: PlanTotals, asked: PlanQuestion): PlanList {
	const { refused } = totals;
	if (refused) {
		const title = 'There is no list';
		const nothing = asked.settings.approvedPlans.size > 0 ? ['Nothing was approved.'] : [];
		const blocks = [refused.message, refused.todo, ...nothing].map((words) => ({ words }));
		const { html } = pageOf(title, [{ heading: 'Why', blocks }]);
		return { refused, title, html, rows: [], toApprove: [] };
	}
	const title = planTitle(totals, asked.settings);
	const approved = [...totals.letThrough.values()].map(({ row }) => row);
	return {
		...{ refused: null, title, html: pageOf(title, planSections(totals, asked)).html },
		rows: [...approved, ...totals.held.values()],
		toApprove: whatToApprove(totals, asked.settings),
	};
}
