/** A page for people about what the limits hold and what was approved: *Only Approved Plans*. */
import { actionOf } from '../actions';
import { pageOf, type Block, type Section } from '../policy/explain/page';
import { isExpired, isPlanId } from '../policy/limits/approval';
import type { LimitKind } from '../policy/limits/kinds';
import type { PolicySettings } from '../policy/settings';
import type { Refusal } from './dates';
import type { OnList, PlanRow, PlanTotals } from './planTotals';

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

/** How many are on a list, and how many of them are deleted or linked as well. */
interface ListCounts {
	all: number;
	deleted: number;
	adopted: number;
}

const countsOf = (list: readonly OnList[]): ListCounts => ({
	all: list.length,
	deleted: list.filter(({ action }) => action === 'delete').length,
	adopted: list.filter(({ isAdopted }) => isAdopted).length,
});

interface KindWords {
	heading: (counts: ListCounts) => string;
	approve: (counts: ListCounts) => string;
}

const some = (count: number, words: string): string =>
	count > 0 ? `, and ${words.replace('#', `${count} of them`)}` : '';

/** What is done to the accounts of a plan. */
const KIND_WORDS: Readonly<Record<LimitKind, KindWords>> = {
	'limit.deprovisioning': {
		heading: ({ all, deleted }) =>
			deleted === all
				? 'Would be deleted for good'
				: `Would lose access${some(deleted, '# would be deleted for good')}`,
		approve: ({ all, deleted }) =>
			deleted === all
				? `delete ${countWords(all)} for good`
				: `let ${countWords(all)} lose access${some(deleted, 'delete # for good')}`,
	},
	'limit.deletion': {
		heading: () => 'Suspended, would be deleted for good',
		approve: ({ all }) => `delete ${countWords(all)} suspended before`,
	},
	'limit.email': {
		heading: ({ adopted }) =>
			`Would get another work email${some(adopted, '# would be linked to a person')}`,
		approve: ({ all, adopted }) =>
			`give ${countWords(all)} another work email${some(adopted, 'link # to a person')}`,
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
	if (!isPlanId(id)) {
		return `"${id}" is not the ID of a list, so it let nothing through. An ID looks like 3f9c21ab77-h8k2a.`;
	}
	return totals.plans.size > 0
		? `No list has the ID ${id}: it has changed since, it was carried out already, or the ID is not ` +
				'whole. It let nothing through.'
		: `Nobody is held any more, so the ID ${id} let nothing through: the list was carried out already, ` +
				'or nobody on it is due now.';
}

/** "8 suspended, 4 updated, 1 not done" */
function doneWords({ letThrough }: PlanTotals): string {
	const counts = new Map<string, number>();
	const all = [...letThrough.values()];
	const words = [
		...all
			.filter(({ came }) => came === 'done')
			.map(({ action, isAdopted }) => (isAdopted ? 'adopted' : actionOf(action).done)),
		...all.filter(({ came }) => came !== 'done').map(() => 'not done'),
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

const OTHER_IDS =
	'Each run gives the same list another ID. An ID that you were told before counts too, for 24 hours.';

function inShort(totals: PlanTotals, asked: PlanQuestion): string[] {
	const { mode, approvedPlans } = asked.settings;
	const plans = [...totals.plans.values()];
	const isNobody = plans.length === 0 && totals.letThrough.size === 0;
	const shownOnly =
		'Mode is Review Everything, so nothing can be approved here. Set it to Apply in Decide, and ' +
		'publish the workflow again.';
	return [
		...[...approvedPlans].map((id) => answerTo(id, totals, asked)),
		...plans.map(({ why, id }) => `${why} The list has the ID ${id}.`),
		...(plans.length > 0 ? [OTHER_IDS] : []),
		...(isNobody ? ['No limit holds anything now.'] : []),
		...(mode === 'review' ? [shownOnly] : []),
	];
}

/** Who of a plan is on a list. */
const ofPlan = <T extends OnList>(list: ReadonlyMap<string, T>, id: string): T[] =>
	[...list.values()].filter(({ row }) => row.Plan === id);

function planSections(totals: PlanTotals, asked: PlanQuestion): Section[] {
	const approved = [...totals.letThrough.values()].map(({ row }) => row);
	const haveChanges = approved.some(({ Changes }) => Changes !== '');
	const changed = haveChanges ? ['Changes'] : [];
	const columns = ['Person', 'Action', 'Last Day', 'Account', ...changed, 'Result'];
	const held = [...totals.plans.values()].map(({ id, code, actions }): Section => {
		const changes = code === 'limit.email' ? ['Changes'] : [];
		const head = ['Person', 'Action', 'Last Day', 'Account', ...changes, 'Why'];
		const list = ofPlan(totals.held, id);
		const what = KIND_WORDS[code].heading(countsOf(list));
		const rows = list.map(({ row }) => row);
		return {
			heading: `${what}: ${countWords(actions)}, plan ${id}`,
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

/** The lists that are held, and what came back undone of those that were approved. */
function whatToApprove(totals: PlanTotals, { mode }: PolicySettings): PlanList['toApprove'] {
	if (mode !== 'apply') return [];
	const undone = [...totals.approved.values()].flatMap(({ id, code }) => {
		const list = ofPlan(totals.letThrough, id).filter(({ came }) => came === 'undone');
		const what = KIND_WORDS[code].approve(countsOf(list));
		return list.length > 0 ? [{ ids: id, words: `Try again: ${what} (plan ${id})` }] : [];
	});
	const plans = [...totals.plans.values()];
	const each = plans.map(({ id, code }) => ({
		ids: id,
		words: `Approve: ${KIND_WORDS[code].approve(countsOf(ofPlan(totals.held, id)))} (plan ${id})`,
	}));
	const ids = plans.map(({ id }) => id).join(',');
	const all = plans.length > 1 ? [{ ids, words: `Approve all ${plans.length} lists` }] : [];
	return [...undone, ...each, ...all];
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
		rows: [...approved, ...[...totals.held.values()].map(({ row }) => row)],
		toApprove: whatToApprove(totals, asked.settings),
	};
}
