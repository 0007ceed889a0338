import type { Quirks } from '../quirks';
import type { Account } from '../types';
import { valuesAt } from './paths';

/** A filter that the API does not know; the message becomes a 400. */
export class FilterError extends Error {}

export type Predicate = (account: Account) => boolean;

type Comparison = (actual: unknown, wanted: unknown) => boolean;

/** Case sensitive, as documented. Everything compares as text: a query has no types. */
const COMPARISONS: Record<string, Comparison> = {
	$eq: (actual, wanted) => text(actual) === text(wanted),
	$ne: (actual, wanted) => text(actual) !== text(wanted),
	$gt: (actual, wanted) => text(actual) > text(wanted),
	$gte: (actual, wanted) => text(actual) >= text(wanted),
	$lt: (actual, wanted) => text(actual) < text(wanted),
	$lte: (actual, wanted) => text(actual) <= text(wanted),
	$in: (actual, wanted) =>
		Array.isArray(wanted) && wanted.some((item) => text(item) === text(actual)),
	$regex: (actual, wanted) => (wanted as RegExp).test(text(actual)),
};

const text = (value: unknown): string =>
	value === null || value === undefined ? '' : String(value);

function condition(field: string, operator: string, wanted: unknown, quirks: Quirks): Predicate {
	if (field === 'attributes' || field.startsWith('attributes.')) {
		if (quirks.customAttributeFilter === '400') throw new FilterError(`Cannot filter on ${field}`);
		if (quirks.customAttributeFilter === 'nothing') return () => false;
		if (quirks.customAttributeFilter === 'everything') return () => true;
	}
	const compare = COMPARISONS[operator];
	if (!compare) throw new FilterError(`Unknown operator ${operator}`);
	const value = operator === '$regex' ? regex(wanted) : wanted;
	const path = field.split('.');
	// Plain fields are nearly all of it, and ten thousand accounts are looked at for every search.
	if (path.length === 1)
		return (account) => !Array.isArray(account[field]) && compare(account[field], value);
	return (account) => valuesAt(account, path).some((actual) => compare(actual, value));
}

/** The service runs PCRE: (?i) at the start means without regard to case. */
function regex(pattern: unknown): RegExp {
	if (typeof pattern !== 'string') throw new FilterError('$regex must be a string');
	const insensitive = pattern.startsWith('(?i)');
	try {
		return new RegExp(insensitive ? pattern.slice(4) : pattern, insensitive ? 'i' : '');
	} catch {
		throw new FilterError('$regex is not a valid expression');
	}
}

/**
 * `field:$op:value`, as in a query string; the value may contain colons. Two official scripts write
 * `attributes.value:eq:…`, without $.
 */
export function parseTextFilter(filter: string, quirks: Quirks): Predicate {
	const withOperator = filter.replace(/^attributes\.value:eq:/, 'attributes.value:$$eq:');
	const match = /^([A-Za-z_.]+):(\$[a-z]+):([\s\S]*)$/.exec(withOperator);
	if (!match) throw new FilterError('A filter is <field>:<$operator>:<value>');
	const [, field = '', operator = '', value = ''] = match;
	if (operator === '$in' || operator === '$regex')
		throw new FilterError(`Unknown operator ${operator}`);
	return condition(field, operator, value, quirks);
}

const every =
	(all: Predicate[]): Predicate =>
	(account) =>
		all.every((one) => one(account));
const some =
	(all: Predicate[]): Predicate =>
	(account) =>
		all.some((one) => one(account));

/** filter=…, filter[0]=… are joined by AND, filter[or][0]=… by OR. */
export function parseQueryFilters(query: URLSearchParams, quirks: Quirks): Predicate {
	const and: Predicate[] = [];
	const or: Predicate[] = [];
	for (const [key, value] of query) {
		if (/^filter\[or\]\[\d*\]$/.test(key)) or.push(parseTextFilter(value, quirks));
		else if (/^filter(\[and\])?(\[\d*\])?$/.test(key)) and.push(parseTextFilter(value, quirks));
		else if (key.startsWith('filter')) throw new FilterError(`Unknown filter parameter ${key}`);
	}
	if (or.length) and.push(some(or));
	return every(and);
}

/** The filter of a search body: {and: […]}, {or: […]}, […] or {field: value}. */
export function parseBodyFilter(filter: unknown, quirks: Quirks): Predicate {
	if (filter === undefined) return () => true;
	if (Array.isArray(filter)) return every(filter.map((item) => expression(item, quirks)));
	const { and, or, ...fields } = filter as Record<string, unknown>;
	const parts: Predicate[] = [];
	if (and !== undefined)
		parts.push(every(list(and, 'and').map((item) => expression(item, quirks))));
	if (or !== undefined) parts.push(some(list(or, 'or').map((item) => expression(item, quirks))));
	if (Object.keys(fields).length) parts.push(expression(fields, quirks));
	return every(parts);
}

function list(value: unknown, name: string): unknown[] {
	if (!Array.isArray(value)) throw new FilterError(`filter.${name} must be an array`);
	return value;
}

/** One query expression: "field:$op:value", {field: value} or {field: {$op: value}}. */
function expression(item: unknown, quirks: Quirks): Predicate {
	if (typeof item === 'string') return parseTextFilter(item, quirks);
	if (!item || typeof item !== 'object' || Array.isArray(item))
		throw new FilterError('A query expression is {field: value}');
	return every(
		Object.entries(item).map(([field, wanted]) => {
			if (field.startsWith('$') || field === 'and' || field === 'or')
				throw new FilterError(`Nested ${field} is not known to work`);
			if (wanted && typeof wanted === 'object' && !Array.isArray(wanted)) {
				return every(
					Object.entries(wanted).map(([operator, value]) =>
						condition(field, operator, value, quirks),
					),
				);
			}
			if (Array.isArray(wanted)) throw new FilterError('A list of values is not known to work');
			return condition(field, '$eq', wanted, quirks);
		}),
	);
}

/** searchFilter: any of the terms, anywhere in any of the fields, whatever the case. */
export function parseSearchFilter(searchFilter: unknown): Predicate {
	if (searchFilter === undefined) return () => true;
	const { searchTerm, fields } = searchFilter as {
		searchTerm: string | string[];
		fields: string[];
	};
	const terms = (Array.isArray(searchTerm) ? searchTerm : [searchTerm]).map((term) =>
		term.toLowerCase(),
	);
	return (account) =>
		fields.some((field) =>
			valuesAt(account, field.split('.')).some((value) =>
				terms.some((term) => text(value).toLowerCase().includes(term)),
			),
		);
}
