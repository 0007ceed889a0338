import type { Answer } from '../http';
import type { Quirks } from '../quirks';
import type { Row } from '../types';
import { refuse } from './errors';

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 250;

const OPERATORS: Record<string, (actual: unknown, wanted: string[]) => boolean> = {
	$eq: (actual, wanted) => text(actual) === wanted[0],
	$in: (actual, wanted) => wanted.includes(text(actual)),
	$nin: (actual, wanted) => !wanted.includes(text(actual)),
	$ne: (actual, wanted) => text(actual) !== wanted[0],
	$gt: (actual, wanted) => text(actual) > (wanted[0] ?? ''),
	$gte: (actual, wanted) => text(actual) >= (wanted[0] ?? ''),
	$lt: (actual, wanted) => text(actual) < (wanted[0] ?? ''),
	$lte: (actual, wanted) => text(actual) <= (wanted[0] ?? ''),
};

const text = (value: unknown): string =>
	value === null || value === undefined ? '' : String(value);

interface Filter {
	field: string;
	operator: string;
	values: string[];
}

/** Parameters that are not filters on a field. */
const PARAMETERS = new Set(['$limit', '$skip', '$sort', '$asOf']);

/** status=active, status[$in]=a&status[$in]=b, status[$in][]=a, status[$in][0]=a. */
function filtersOf(query: URLSearchParams): { filters: Filter[]; unknown: string[] } {
	const filters = new Map<string, Filter>();
	const unknown: string[] = [];
	for (const [key, value] of query) {
		const match = /^([^[\]$]+)(?:\[(\$[a-z]+)\](?:\[\d*\])?)?$/.exec(key);
		if (!match) {
			const base = key.replace(/\[.*$/, '');
			if (!PARAMETERS.has(base)) unknown.push(key);
			continue;
		}
		const [, field = '', operator = '$eq'] = match;
		const id = `${field} ${operator}`;
		const filter = filters.get(id) ?? { field, operator, values: [] };
		filter.values.push(value);
		filters.set(id, filter);
	}
	return { filters: [...filters.values()], unknown };
}

export interface ListOptions {
	/** Fields that the rows have; a filter on another one is unknown. */
	fields: readonly string[];
	/** Filters on these have no effect. */
	ignored?: readonly string[];
}

/**
 * A Feathers-style list: filter, sort where supported, page, and wrap into {total, limit, skip,
 * data}.
 */
export function list(
	rows: readonly Row[],
	query: URLSearchParams,
	quirks: Quirks,
	{ fields, ignored = [] }: ListOptions,
): Answer {
	const { filters, unknown } = filtersOf(query);
	const known: Filter[] = [];
	for (const filter of filters) {
		if (ignored.includes(filter.field)) continue;
		const supported =
			fields.includes(filter.field) &&
			OPERATORS[filter.operator] &&
			(filter.field !== 'updatedAt' || quirks.updatedAtFilterSupported);
		if (supported) known.push(filter);
		else unknown.push(filter.field);
	}
	const sort = [...query].filter(([key]) => key.startsWith('$sort'));
	if (sort.length > 0 && !quirks.sortSupported) unknown.push('$sort');
	if (unknown.length > 0 && quirks.unknownFilter === '400') return invalid(quirks, unknown);

	const limit = integer(query.get('$limit'), DEFAULT_LIMIT);
	const skip = integer(query.get('$skip'), 0);
	if (limit === undefined) return invalid(quirks, ['$limit']);
	if (skip === undefined) return invalid(quirks, ['$skip']);
	if (limit > MAX_LIMIT && quirks.overLimit === '400') return invalid(quirks, ['$limit']);

	const matching = inOrder(rows, quirks).filter((row) =>
		known.every(({ field, operator, values }) =>
			(OPERATORS[operator] as (typeof OPERATORS)[string])(row[field], values),
		),
	);
	if (quirks.sortSupported) sortRows(matching, sort);
	const most = Math.min(limit, MAX_LIMIT, quirks.humaansPageLimit);
	return {
		status: 200,
		body: { total: matching.length, limit: most, skip, data: matching.slice(skip, skip + most) },
	};
}

/** A list as it stands when nobody asked for it to be sorted. */
function inOrder(rows: readonly Row[], { humaansListOrder }: Quirks): readonly Row[] {
	if (humaansListOrder === 'oldestFirst') return rows;
	const newestFirst = [...rows].reverse();
	return humaansListOrder === 'newestFirst'
		? newestFirst
		: newestFirst.sort((a, b) => text(b.updatedAt).localeCompare(text(a.updatedAt)));
}

export function invalid(quirks: Quirks, names: string[]): Answer {
	return refuse(
		quirks.errorStatusValidation,
		'Invalid query parameters',
		names.map((name) => ({ name, reason: 'not supported' })),
	);
}

function integer(value: string | null, otherwise: number): number | undefined {
	if (value === null) return otherwise;
	return /^\d+$/.test(value) ? Number(value) : undefined;
}

function sortRows(rows: Row[], sort: Array<[string, string]>): void {
	for (const [key, direction] of sort.reverse()) {
		const field = /^\$sort\[([^\]]+)\]$/.exec(key)?.[1];
		if (!field) continue;
		rows.sort(
			(a, b) =>
				(text(a[field]) < text(b[field]) ? -1 : text(a[field]) > text(b[field]) ? 1 : 0) *
				(direction === '-1' ? -1 : 1),
		);
	}
}
