import type { Answer, ApiRequest } from '../http';
import type { Account, Row } from '../types';
import type { World } from '../world';
import { refuse } from './errors';
import {
	FilterError,
	parseBodyFilter,
	parseQueryFilters,
	parseSearchFilter,
	type Predicate,
} from './filter';

const DEFAULT_LIMIT = 10;
/** What the shared limit trait of the specification says. */
export const MAX_LIMIT = 100;
export const LARGE_LIMIT = 1000;

interface Page {
	limit: number;
	skip: number;
	sort: string;
	fields: string;
}

/** GET /systemusers and POST /search/systemusers: the same list, asked for in two ways. */
export function listAccounts(world: World, request: ApiRequest): Answer {
	return guarded(() => {
		const matches = parseQueryFilters(request.query, world.quirks);
		return page(world, matches, pageOf(request.query, {}), (account) => account);
	});
}

export function searchAccounts(world: World, request: ApiRequest): Answer {
	return guarded(() => {
		const body = request.body as { filter?: unknown; searchFilter?: unknown } & Record<
			string,
			unknown
		>;
		const all: Predicate[] = [
			parseQueryFilters(request.query, world.quirks),
			parseBodyFilter(body.filter, world.quirks),
			parseSearchFilter(body.searchFilter),
		];
		return page(
			world,
			(account) => all.every((matches) => matches(account)),
			pageOf(request.query, body),
			(account) => searchRow(world, account),
		);
	});
}

function guarded(list: () => Answer): Answer {
	try {
		return list();
	} catch (error) {
		if (error instanceof FilterError) return refuse(400, error.message);
		throw error;
	}
}

/** The body wins over the query; official clients send both, and the same. */
function pageOf(query: URLSearchParams, body: Record<string, unknown>): Page {
	const number = (name: string, otherwise: number): number =>
		Number(body[name] ?? query.get(name) ?? otherwise);
	const text = (name: string): string => String(body[name] ?? query.get(name) ?? '');
	return {
		limit: number('limit', DEFAULT_LIMIT),
		skip: number('skip', 0),
		sort: text('sort'),
		fields: text('fields'),
	};
}

function page(
	world: World,
	matches: Predicate,
	{ limit, skip, sort, fields }: Page,
	row: (account: Account) => object,
): Answer {
	const most = world.quirks.largePages ? LARGE_LIMIT : MAX_LIMIT;
	if (limit > most) return refuse(400, `limit must be at most ${most}`);
	const now = world.now().getTime();
	const all = sort === '_id' ? world.accountsInOrder() : world.accounts;
	const isVisible = (account: Account): boolean =>
		world.visibleFrom.size === 0 || (world.visibleFrom.get(account._id) ?? 0) <= now;
	const visible = all.filter((account) => isVisible(account) && matches(account));
	const rows = (sort === '_id' ? visible : sorted(visible, sort))
		.slice(skip, skip + Math.min(limit, world.quirks.jumpCloudPageLimit))
		.map((account) => selected(row(account), fields));
	return { status: 200, body: { totalCount: visible.length, results: rows } };
}

/**
 * Space-separated keys, - for descending. Without any: in the order of creation, which nobody
 * promises.
 */
function sorted(accounts: Account[], sort: string): Account[] {
	const keys = sort.split(/[\s,]+/).filter(Boolean);
	if (keys.length === 0) return accounts;
	return [...accounts].sort((a, b) => {
		for (const key of keys) {
			const name = key.replace(/^-/, '');
			const [left, right] = [String(a[name] ?? ''), String(b[name] ?? '')];
			if (left !== right) return (left < right ? -1 : 1) * (key.startsWith('-') ? -1 : 1);
		}
		return 0;
	});
}

/** `fields`, separated by spaces; the id always comes along. */
export function selected(row: object, fields: string): object {
	const names = fields.split(' ').filter(Boolean);
	if (names.length === 0) return row;
	return Object.fromEntries(
		Object.entries(row).filter(([name]) => name === '_id' || name === 'id' || names.includes(name)),
	);
}

/** Rows of a search name the groups and lack delegatedAuthority. */
function searchRow(world: World, account: Account): object {
	const row: Row = {
		...account,
		memberof: [...world.members].filter(([, ids]) => ids.has(account._id)).map(([group]) => group),
	};
	delete row.delegatedAuthority;
	return row;
}
