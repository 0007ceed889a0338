import { ServiceFailure, type ServiceName } from './failure';

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
	/** How often a sweep starts anew when the total changed under it. @default 2 */
	restarts?: number;
}

/**
 * Reads a whole list, or fails: a total that changed, a page that came short or rows that came twice make the sweep incomplete,
 * and an incomplete sweep is never an answer. Moves on by what came, so a server that gives smaller pages is read to its end.
 * Pages are asked for one after another: rows are ordered, and a shift between pages shows as a changed total.
 */
export async function sweep<T>(options: SweepOptions<T>): Promise<T[]> {
	const { service, pageSize, fetch, idOf, restarts = 2 } = options;
	/** A list that had entries a moment ago and now has none is not believed. */
	let most = 0;
	for (let round = 0; ; round++) {
		const rows = new Map<string, T>();
		let read = 0;
		const first = round === 0 && options.first ? options.first : await fetch(0, pageSize);
		let page = first;
		let steady = true;
		for (;;) {
			for (const row of page.rows) rows.set(idOf(row), row);
			read += page.rows.length;
			most = Math.max(most, page.total);
			if (page.total !== first.total) steady = false;
			if (!steady || read >= first.total || page.rows.length === 0) break;
			page = await fetch(read, pageSize);
		}
		if (steady && rows.size === first.total && (first.total > 0 || most === 0)) return [...rows.values()];
		if (round >= restarts) {
			throw new ServiceFailure(service, 'incomplete', null, null, `It named ${first.total} entries and ${rows.size} could be read.`);
		}
	}
}
