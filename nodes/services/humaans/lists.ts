import { REQUESTS_AT_ONCE } from '../http/concurrency';
import { attempt, ServiceFailure } from '../http/failure';
import type { Requester } from '../http/requester';
import { sweep } from '../http/pages';

/** Humaans API documentation: `$limit` at most 250. */
const ROWS_A_PAGE = 250;

export interface ListedRow {
	/** The row's ID, or its place in the list when it has none. */
	key: string;
	data: unknown;
}

export type ListRows = (path: string, filter?: Record<string, string>) => Promise<ListedRow[]>;

export function rowId(data: unknown): string | null {
	const id = (data as { id?: unknown } | null)?.id;
	return typeof id === 'string' && id !== '' ? id : null;
}

/**
 * Whole lists, or a failure. A row without an ID is known by its place, so that it is named and
 * hides no other.
 */
export const listRows =
	(request: Requester): ListRows =>
	async (path, filter = {}) =>
		await sweep<ListedRow>({
			service: 'Humaans',
			pageSize: ROWS_A_PAGE,
			atOnce: REQUESTS_AT_ONCE - 1,
			idOf: (row) => row.key,
			fetch: async (skip, limit) => {
				const query = { ...filter, $limit: limit, $skip: skip };
				const body = (await request({
					method: 'GET',
					path,
					query,
					repeat: 'safe',
					expect: 'object',
				})) as { total?: unknown; data?: unknown };
				if (typeof body.total !== 'number' || !Array.isArray(body.data))
					throw new ServiceFailure('Humaans', 'incomplete', null);
				const rows = (body.data as unknown[]).map((data, index) => ({
					key: rowId(data) ?? `row ${skip + index + 1}`,
					data,
				}));
				return { total: body.total, rows };
			},
		});

/**
 * An empty list where rows are due is asked for once more: taken for the truth, it would look like
 * a change of everybody.
 */
export const askingTwice =
	(list: ListRows): ListRows =>
	async (path, filter) => {
		const rows = await list(path, filter);
		return rows.length > 0 ? rows : await list(path, filter);
	};

/**
 * For lists that are of use only together: once a request has failed for good, no other one is
 * sent.
 */
export function allOrNothing(request: Requester): Requester {
	let failure: ServiceFailure | null = null;
	return async (one) => {
		if (failure) throw failure;
		const answer = await attempt(request(one));
		if (answer.ok) return answer.value;
		failure ??= answer.failure;
		throw answer.failure;
	};
}
