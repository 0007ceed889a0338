/** What a review looks at, and what each kind of review gives. */
import type { PolicySettings } from '../policy/settings';
import type { InScope } from '../policy/verdict';
import type { Decision, Subject } from '../subject';
import type { Cell } from './csv';
import type { Period } from './dates';

/** A whole run: everybody and every account. */
export interface Reviewed {
	subjects: readonly Subject[];
	/** One a subject: what a run with *Mode: Apply* would do now, limits and all. */
	decisions: readonly Decision[];
	inScope: readonly InScope[];
	/** With *Mode: Apply*. */
	settings: PolicySettings;
	/** The time that the review is for. */
	now: Date;
	/** What the clock says. */
	clock: Date;
	/** Only of the evidence of leavers. */
	period: Period | null;
}

export interface ReviewGroup {
	name: string;
	rows: Array<Record<string, Cell>>;
}

/** One kind of review, before it becomes a page and a file. */
export interface ReviewPart {
	/** Sentences that stand above the tables. */
	notes: string[];
	/** Tables in the order of the page; a table without rows is left out. */
	groups: ReviewGroup[];
	/** Columns of the file. */
	columns: string[];
	/** Those of them that the page shows. */
	onPage: string[];
}
