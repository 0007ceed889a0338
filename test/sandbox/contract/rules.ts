import type { ApiRequest } from '../http';

/**
 * What JumpCloud would take, and this project must never send. Each is recorded as a violation; the
 * request is served.
 */
export function brokenRules(request: ApiRequest): string[] {
	const broken: string[] = [];
	const body = record(request.body);
	const { method, path, query } = request;
	if (hasKey(request.body, 'password')) broken.push('a password is sent');
	if (method === 'PUT' && isAccount(path)) {
		if ('state' in body !== 'suspended' in body)
			broken.push('state and suspended are not sent together');
		if (Object.keys(body).length === 0) broken.push('an update without any field');
	}
	if (method === 'POST' && path === '/api/systemusers' && !('state' in body))
		broken.push('an account is created without an explicit state');
	if (method === 'DELETE' && isAccount(path) && !query.has('cascade_manager'))
		broken.push('deleted without cascade_manager');
	const filtered = [...query.keys()].some(
		(key) => key === 'filter' || key.startsWith('filter[') || key === 'search',
	);
	if (method === 'GET' && path === '/api/systemusers') {
		if ((query.has('skip') || filtered) && query.get('sort') !== '_id')
			broken.push('a paged or filtered list without sort=_id');
	}
	if (method === 'POST' && path === '/api/search/systemusers') {
		const narrowed =
			filtered || 'filter' in body || 'searchFilter' in body || 'skip' in body || query.has('skip');
		if (narrowed && body.sort !== '_id' && query.get('sort') !== '_id')
			broken.push('a paged or filtered search without sort=_id');
	}
	return broken;
}

/** A body of another kind is the contract's business. */
const record = (value: unknown): Record<string, unknown> =>
	value && typeof value === 'object' && !Array.isArray(value)
		? (value as Record<string, unknown>)
		: {};

const isAccount = (path: string): boolean => /^\/api\/systemusers\/[^/]+$/.test(path);

function hasKey(value: unknown, key: string): boolean {
	if (Array.isArray(value)) return value.some((item) => hasKey(item, key));
	if (!value || typeof value !== 'object') return false;
	return Object.entries(value).some(([name, inner]) => name === key || hasKey(inner, key));
}

/** state and suspended that contradict each other: refused by the official client, 400 here. */
export function isConflicting(value: unknown): boolean {
	const body = record(value);
	if (body.state === undefined || body.suspended === undefined) return false;
	return (body.state === 'SUSPENDED') !== body.suspended;
}
