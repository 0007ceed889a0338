import { matchPath } from '../router';
import type { ApiRequest } from '../http';
import { OPERATIONS, type Operation } from './operations';
import { problemsOf, type FieldSpec } from './schema';
import { SYSTEMUSER_PUT, UNLISTED_PUT_FIELDS } from './systemuser';

const SEGMENTS = new Map(OPERATIONS.map((operation) => [operation, operation.path.split('/')]));

/** Fixed paths such as /systemusers/reactivate win over /systemusers/{id}. */
export function operationOf(method: string, path: string): Operation | 'wrong-method' | undefined {
	const fitting = OPERATIONS.filter((operation) =>
		matchPath(SEGMENTS.get(operation) as string[], path),
	).sort((a, b) => a.path.split('{').length - b.path.split('{').length);
	return (
		fitting.find((operation) => operation.method === method) ??
		(fitting.length ? 'wrong-method' : undefined)
	);
}

const PUT_WITH_UNLISTED: FieldSpec = {
	...SYSTEMUSER_PUT,
	fields: { ...SYSTEMUSER_PUT.fields, ...UNLISTED_PUT_FIELDS },
};

/** What puts a request outside the JumpCloud API as this project knows it. */
export function contractProblems(request: ApiRequest, allowUnlistedPut: boolean): string[] {
	const operation = operationOf(request.method, request.path);
	if (operation === undefined) return ['path is not part of the contract'];
	if (operation === 'wrong-method')
		return [`${request.method} is not part of the contract for this path`];
	const problems: string[] = [];
	for (const [key, value] of request.query) {
		const spec = operation.query?.[baseName(key)];
		problems.push(
			...(spec
				? problemsOf(value, spec, `query ${key}`)
				: [`query ${key}: is not part of the API`]),
		);
	}
	problems.push(...bodyProblems(request, operation, allowUnlistedPut));
	return problems;
}

function bodyProblems(
	request: ApiRequest,
	operation: Operation,
	allowUnlistedPut: boolean,
): string[] {
	if (request.malformed) return ['body: is not JSON'];
	if (!operation.body) return request.body === undefined ? [] : ['body: this call takes none'];
	if (!(request.headers['content-type'] ?? '').startsWith('application/json'))
		return ['content-type: must be application/json'];
	if (request.body === undefined) return ['body: is required'];
	const spec =
		operation.body === SYSTEMUSER_PUT && allowUnlistedPut ? PUT_WITH_UNLISTED : operation.body;
	return [...problemsOf(request.body, spec, 'body'), ...repeatedAttributes(request.body)];
}

/** filter[0] and filter[or][0] are the parameter filter. */
export const baseName = (key: string): string => (key.startsWith('filter[') ? 'filter' : key);

function repeatedAttributes(body: unknown): string[] {
	const attributes = (body as { attributes?: unknown } | null)?.attributes;
	if (!Array.isArray(attributes)) return [];
	const names = attributes.map((item) => (item as { name?: unknown } | null)?.name);
	return new Set(names).size < names.length
		? ['body.attributes: two items have the same name']
		: [];
}
