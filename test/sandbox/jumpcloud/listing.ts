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
import { accountRow } from './rows';

const DEFAULT_LIMIT = 10;

interface Page {
	limit: number;
	skip: number;
	sort: string;
}

/** How a list ends, and what its rows are. */
interface Listing {
	/** Most rows of a page, and what becomes of a request for more. */
	most: number;
	over: 'clamp' | 'refuse';
	row: (account: Account) => Row;
}

/** GET /systemusers and POST /search/systemusers: the same list, asked for in two ways. */
export function listAccounts(world: World, request: ApiRequest): Answer {
	return guarded(() => {
		const matches = parseQueryFilters(request.query, world.quirks);
		const fields = request.query.get('fields') ?? '';
		return page(world, matches, pageOf([request.query]), {
			most: world.quirks.getPageLimit,
			over: world.quirks.getOverLimit,
			row: (account) => accountRow(world, account, { fields, listed: true }),
		});
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
		const { searchPageFrom, searchFieldsIgnored, searchPageLimit, searchOverLimit } = world.quirks;
		const fields = searchFieldsIgnored
			? ''
			: String(body.fields ?? request.query.get('fields') ?? '');
		const asked = pageOf([
			...(searchPageFrom === 'query' ? [] : [new Map(Object.entries(body))]),
			...(searchPageFrom === 'body' ? [] : [request.query]),
		]);
		return page(world, (account) => all.every((matches) => matches(account)), asked, {
			most: searchPageLimit,
			over: searchOverLimit,
			row: (account) => searchRow(world, account, fields),
		});
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

/** The first place that says something wins; official clients send both, and the same. */
function pageOf(places: ReadonlyArray<{ get(name: string): unknown }>): Page {
	const said = (name: string): unknown =>
		places.map((place) => place.get(name)).find((value) => value !== undefined && value !== null);
	return {
		limit: Number(said('limit') ?? DEFAULT_LIMIT),
		skip: Number(said('skip') ?? 0),
		sort: String(said('sort') ?? ''),
	};
}

function page(
	world: World,
	matches: Predicate,
	{ limit, skip, sort }: Page,
	{ most, over, row }: Listing,
): Answer {
	if (limit > most && over === 'refuse')
		return refuse(400, `Bad Request: request parameter "limit" exceeds maximum value of ${most}`);
	const now = world.now().getTime();
	const all = sort === '_id' ? world.accountsInOrder() : world.accounts;
	const isVisible = (account: Account): boolean =>
		world.visibleFrom.size === 0 || (world.visibleFrom.get(account._id) ?? 0) <= now;
	const visible = all.filter((account) => isVisible(account) && matches(account));
	const rows = (sort === '_id' ? visible : sorted(visible, sort))
		.slice(skip, skip + Math.min(limit, most, world.quirks.jumpCloudPageLimit))
		.map(row);
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

/** Rows of a search name the groups and lack delegatedAuthority. */
function searchRow(world: World, account: Account, fields: string): Row {
	const row = accountRow(world, account, { fields, listed: true });
	delete row.delegatedAuthority;
	if (fields !== '' && !fields.split(' ').includes('memberof')) return row;
	const memberof = [...world.members]
		.filter(([, ids]) => ids.has(account._id))
		.map(([group]) => group);
	return { ...row, memberof };
}
