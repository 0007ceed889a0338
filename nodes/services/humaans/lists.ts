import { attempt, ServiceFailure } from '../http/failure';
import type { Requester } from '../http/requester';
import { sweep } from '../http/pages';

/** Humaans API documentation: `$limit` at most 250. */
const PAGE = 250;

export interface Row {
	/** The row's id, or its place in the list when it has none. */
	key: string;
	data: unknown;
}

export type ListRows = (path: string, filter?: Record<string, string>) => Promise<Row[]>;

export function idOf(data: unknown): string | null {
	const id = (data as { id?: unknown } | null)?.id;
	return typeof id === 'string' && id !== '' ? id : null;
}

/**
 * Whole lists, or a failure. A row without an id is known by its place, so that it is named and
 * hides no other.
 */
export const listRows =
	(request: Requester): ListRows =>
	async (path, filter = {}) =>
		await sweep<Row>({
			service: 'Humaans',
			pageSize: PAGE,
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
					key: idOf(data) ?? `row ${skip + index + 1}`,
					data,
				}));
				return { total: body.total, rows };
			},
		});

/**
 * For lists that are worth something only together: once a request has failed for good, no other is
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
