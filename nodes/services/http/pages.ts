import { attempt, ServiceFailure, type ServiceName } from './failure';

export interface Page<T> {
	total: number;
	rows: T[];
}

export interface SweepOptions<T> {
	service: ServiceName;
	/** Rows asked for in one call. */
	pageSize: number;
	fetch: (skip: number, limit: number) => Promise<Page<T>>;
	idOf: (row: T) => string;
	/** The first page, when it was read already. */
	first?: Page<T>;
	/** How often a sweep starts anew when the list changed under it. @default 2 */
	restarts?: number;
	/** Pages asked for at once; the client's own limit on requests holds too. @default 4 */
	atOnce?: number;
}

/** Once through a list. */
interface Pass<T> {
	total: number;
	/** By id, with the place in the list. */
	rows: Map<string, { row: T; place: number }>;
	/** Every page named the same total, and none came empty. */
	steady: boolean;
	/** Every page begins with the row that the one before ends with. */
	joined: boolean;
}

/**
 * Calls that a list takes: each page begins with the last row of the one before it. @param size
 * rows the server gives in one call
 */
export const pagesIn = (total: number, size: number): number =>
	Math.max(1, Math.ceil(size > 1 ? (total - 1) / (size - 1) : total));

/**
 * The first page tells the total and how many rows the server gives; the others are asked for side
 * by side. Each begins with the last row of the one before it, and a page that came short is read
 * on from where it ended. Nothing more is asked once one has failed.
 */
async function readThrough<T>(
	first: Page<T>,
	{ pageSize, fetch, idOf, atOnce = 4 }: SweepOptions<T>,
): Promise<Pass<T>> {
	const pass: Pass<T> = { total: first.total, rows: new Map(), steady: true, joined: true };
	const places = new Map<number, string>();
	const take = ({ total, rows }: Page<T>, skip: number): void => {
		rows.forEach((row, index) => {
			const [id, place] = [idOf(row), skip + index];
			if ((places.get(place) ?? id) !== id) pass.joined = false;
			places.set(place, id);
			pass.rows.set(id, { row, place });
		});
		if (total !== pass.total) pass.steady = false;
	};
	take(first, 0);

	const size = first.rows.length;
	const shared = size > 1 ? 1 : 0;
	/** Pages to read: from a place up to, not with, another one. */
	const todo: Array<{ skip: number; end: number }> = [];
	for (let skip = size - shared; size > 0 && skip + shared < pass.total; skip += size - shared)
		todo.push({ skip, end: Math.min(skip + size, pass.total) });
	if (shared === 0 && todo.length > 0) pass.joined = false;

	let failure: ServiceFailure | null = null;
	const read = async (): Promise<void> => {
		for (let next = todo.shift(); next && pass.steady && !failure; next = todo.shift()) {
			const { skip, end } = next;
			const answer = await attempt(fetch(skip, pageSize));
			if (!answer.ok) {
				failure = answer.failure;
				return;
			}
			const { length } = answer.value.rows;
			take(answer.value, skip);
			if (length === 0) pass.steady = false;
			if (length === 1 && skip + 1 < end) pass.joined = false;
			if (skip + length < end) todo.unshift({ skip: skip + Math.max(1, length - 1), end });
		}
	};
	await Promise.all(Array.from({ length: Math.min(atOnce, todo.length) }, read));
	if (failure) throw failure as ServiceFailure;
	return pass;
}

const sameRows = <T>(a: Pass<T>, b: Pass<T> | null): boolean =>
	a.rows.size === b?.rows.size && [...a.rows.keys()].every((id) => b.rows.has(id));

/**
 * Reads a whole list, or fails: an incomplete one is never an answer. It is whole when every page
 * names the same total, so many different rows came, and the pages are joined: whoever was there
 * all the while stands between two rows of one page, so they were read. Entries that come and go
 * meanwhile shift the pages apart, even when the total stays. Where rows keep no order, the pages
 * are never joined: then two passes in a row with the same rows prove that these, and no others,
 * were there between them.
 */
export async function sweep<T>(options: SweepOptions<T>): Promise<T[]> {
	const { service, pageSize, fetch, restarts = 2 } = options;
	let before: Pass<T> | null = null;
	/** A list that had entries a moment ago and now has none is not believed. */
	let most = 0;
	for (let round = 0; ; round++) {
		const first = round === 0 && options.first ? options.first : await fetch(0, pageSize);
		const pass = await readThrough(first, options);
		const { total, rows } = pass;
		most = Math.max(most, total);
		const counted = pass.steady && rows.size === total && (total > 0 || most === 0);
		if (counted && (pass.joined || sameRows(pass, before)))
			return [...rows.values()].sort((a, b) => a.place - b.place).map(({ row }) => row);
		if (round >= restarts) {
			const detail = !pass.joined
				? 'Its entries moved while they were read.'
				: `It named ${total} entries and ${rows.size} could be read.`;
			throw new ServiceFailure(service, 'incomplete', null, null, detail);
		}
		before = counted ? pass : null;
	}
}
