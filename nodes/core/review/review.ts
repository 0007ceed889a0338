/** A list for people of everybody and every account: as a page, as a file, and as rows. */
import { pageOf, type Block, type Section } from '../policy/explain/page';
import { decideRun, type RunInput } from '../policy/decideRun';
import type { PolicySettings } from '../policy/settings';
import { onOneLine } from '../text';
import { dateWords, localToday } from '../time';
import { reviewAccounts } from './accounts';
import { csvOf, type Cell } from './csv';
import {
	dateProblem,
	periodOf,
	type ReviewDates,
	type Period,
	type Refusal,
	type ReviewKind,
} from './dates';
import { doubtAbout } from './doubt';
import { reviewForecast } from './forecast';
import { reviewLeavers } from './leavers';
import type { ReviewGroup, ReviewPart, Reviewed } from './reviewed';
import { halfRead } from './whole';

export interface AccessReview {
	/** Why there is no list; null: there is one. */
	refused: Refusal | null;
	title: string;
	/** Every value is escaped; a part of a page (h3, p, ul, table). */
	html: string;
	/** For a spreadsheet; '' when there is no list. */
	csv: string;
	/** The same as the file, a row each. */
	rows: Array<Record<string, Cell>>;
}

/** So many rows of a table stand on the page; the file has all of them. */
const MOST_ON_PAGE = 500;

const REVIEWS: Readonly<Record<ReviewKind, { title: string; part: (of: Reviewed) => ReviewPart }>> =
	{
		accounts: { title: 'Who has an account, and why', part: reviewAccounts },
		leavers: { title: 'When leavers lost access', part: reviewLeavers },
		forecast: { title: 'What will happen', part: reviewForecast },
	};

function sectionOf({ name, rows }: ReviewGroup, columns: readonly string[]): Section {
	const shown = rows.slice(0, MOST_ON_PAGE);
	const table = shown.map((row) => columns.map((column) => String(row[column] ?? '')));
	const more = rows.length - shown.length;
	const rest: Block[] = more > 0 ? [{ words: `${more} more are in the file.` }] : [];
	return {
		heading: `${name} (${rows.length})`,
		blocks: [{ head: [...columns], table }, ...rest],
	};
}

/** No cell has lines: in a message that is made of rows each line is a row. */
const onLine = (row: Record<string, Cell>): Record<string, Cell> =>
	Object.fromEntries(
		Object.entries(row).map(([column, cell]) => [
			column,
			typeof cell === 'string' ? onOneLine(cell) : cell,
		]),
	);

/** The file goes on without the page, so each of its rows says it. */
const doubted = (
	row: Record<string, Cell>,
	column: string | undefined,
	doubt: string | null,
): Record<string, Cell> =>
	doubt === null || column === undefined ? row : { ...row, [column]: `${doubt} ${row[column]}` };

function tablesOf(
	title: string,
	{ notes, groups, columns, onPage }: ReviewPart,
	doubt: string | null,
): AccessReview {
	const why = ['Why', 'Reason'].find((column) => columns.includes(column));
	const rows = groups.flatMap((group) => group.rows.map((row) => onLine(doubted(row, why, doubt))));
	const first: Section[] =
		doubt === null ? [] : [{ heading: 'Before you read on', blocks: [{ words: doubt }] }];
	const summary: Section = { heading: 'In short', blocks: [{ list: notes }] };
	const nothing: Section[] =
		rows.length > 0
			? []
			: [{ heading: 'Nothing', blocks: [{ words: 'There is nothing to list.' }] }];
	const sections = groups.map((group) => sectionOf(group, onPage));
	const { html } = pageOf(title, [...first, summary, ...nothing, ...sections]);
	return { refused: null, title, html, csv: csvOf(columns, rows), rows };
}

function noList({ message, todo }: Refusal): AccessReview {
	const blocks: Block[] = [{ words: message }, { words: todo }];
	const title = 'There is no list';
	const { html } = pageOf(title, [{ heading: 'Why', blocks }]);
	return { refused: { message, todo }, title, html, csv: '', rows: [] };
}

function titleFor(kind: ReviewKind, now: Date, period: Period | null, zone: string): string {
	const { title } = REVIEWS[kind];
	if (period) return `${title}, ${dateWords(period.from)} to ${dateWords(period.until)}`;
	const day = dateWords(localToday(now, zone));
	return kind === 'forecast' ? `${title} until ${day}` : `${title}, ${day}`;
}

/**
 * A review of a run over everybody. Pure, and nothing in it can be applied: it decides for itself
 * with *Mode: Apply*, so that the limits have their say, and gives words only.
 * @param zone IANA name: in which zone the days that were asked for are
 */
export function accessReview(kind: ReviewKind, input: RunInput, zone: string): AccessReview {
	const { subjects, inScope, now: clock, asOf = null } = input;
	const asked: ReviewDates = { settings: input.settings, now: clock, asOf, zone };
	const refusal = dateProblem(kind, asked) ?? halfRead(subjects);
	if (refusal) return noList(refusal);
	const period = kind === 'leavers' ? periodOf(asked) : null;
	const settings: PolicySettings = {
		...{ ...input.settings, mode: 'apply', explain: false, onlyApprovedPlans: false },
	};
	const now = asOf ?? clock;
	const { decisions } = decideRun({ ...input, settings });
	const reviewed = { subjects, decisions, inScope, settings, now, clock, period };
	const title = titleFor(kind, now, period, zone);
	return tablesOf(title, REVIEWS[kind].part(reviewed), doubtAbout(subjects));
}
