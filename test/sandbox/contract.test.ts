import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { contractProblems, operationOf } from './contract/check';
import { EXCEPTIONS } from './contract/exceptions';
import { HEADERS, OPERATIONS, type Operation } from './contract/operations';
import { typesOf, type FieldSpec } from './contract/schema';
import { SYSTEMUSER_POST, SYSTEMUSER_PUT, UNLISTED_PUT_FIELDS } from './contract/systemuser';
import { parseJson, type ApiRequest } from './http';
import { DEFAULT_QUIRKS } from './quirks';

/** Published by JumpCloud; not part of this repository. */
const FACTS = resolve(__dirname, '..', '..', '..', 'shared', 'facts');
const FILES = {
	v1: resolve(FACTS, 'jumpcloud-v1.swagger.json'),
	v2: resolve(FACTS, 'jumpcloud-v2.swagger.json'),
};
const atHand = existsSync(FILES.v1) && existsSync(FILES.v2);

interface Schema {
	$ref?: string;
	type?: string;
	enum?: string[];
	maxLength?: number;
	minimum?: number;
	properties?: Record<string, Schema>;
	additionalProperties?: unknown;
	items?: Schema;
	required?: string[];
	allOf?: Schema[];
	'x-nullable'?: boolean;
}
type Parameter = Schema & { in?: string; name?: string; schema?: Schema };
interface Swagger {
	paths: Record<
		string,
		Record<string, { parameters?: Parameter[] } | undefined> & { parameters?: Parameter[] }
	>;
	definitions: Record<string, Schema>;
	parameters: Record<string, Parameter>;
}

/** A schema with its references followed and its parts joined. */
function resolved(schema: Schema, swagger: Swagger): Schema {
	if (schema.$ref)
		return resolved(swagger.definitions[schema.$ref.replace('#/definitions/', '')] ?? {}, swagger);
	if (!schema.allOf) return schema;
	const parts = schema.allOf.map((part) => resolved(part, swagger));
	return {
		type: 'object',
		properties: Object.assign({}, ...parts.map((part) => part.properties ?? {})) as Record<
			string,
			Schema
		>,
		required: parts.flatMap((part) => part.required ?? []),
	};
}

function compare(ours: FieldSpec, published: Schema, swagger: Swagger, where: string): string[] {
	const official = resolved(published, swagger);
	const differences: string[] = [];
	const types = [...typesOf(ours)].sort().join(' or ');
	if (types !== (official.type ?? 'object'))
		differences.push(`${where}: type ${types}, specification ${official.type ?? 'object'}`);
	for (const key of ['maxLength', 'minimum'] as const) {
		if (ours[key] !== official[key])
			differences.push(
				`${where}: ${key} ${ours[key] ?? 'none'}, specification ${official[key] ?? 'none'}`,
			);
	}
	if (String([...(ours.enum ?? [])].sort()) !== String([...(official.enum ?? [])].sort()))
		differences.push(`${where}: enum differs`);
	if (Boolean(ours.nullable) !== Boolean(official['x-nullable']))
		differences.push(`${where}: ${ours.nullable ? 'nullable, specification not' : 'not nullable'}`);
	const [required, officially] = [ours.required ?? [], official.required ?? []].map((names) =>
		[...names].sort().join(', '),
	);
	if (required !== officially)
		differences.push(
			`${where}: required ${required || 'none'}, specification ${officially || 'none'}`,
		);
	if (ours.items && official.items)
		differences.push(...compare(ours.items, official.items, swagger, `${where}[]`));
	for (const [name, field] of Object.entries(ours.fields ?? {})) {
		const theirs = official.properties?.[name];
		if (theirs) differences.push(...compare(field, theirs, swagger, `${where}.${name}`));
		else if (!official.additionalProperties)
			differences.push(`${where}.${name}: not in the specification`);
	}
	return differences;
}

function compareOperation(operation: Operation, v1: Swagger, v2: Swagger): string[] {
	const second = operation.path.startsWith('/api/v2/');
	const swagger = second ? v2 : v1;
	const path = operation.path.replace(second ? '/api/v2' : '/api', '');
	const where = `${operation.method} ${path}`;
	const item = swagger.paths[path];
	if (!item) return [`${where} path: not in the specification`];
	const official = item[operation.method.toLowerCase()];
	if (!official) return [`${where} method: not in the specification`];
	const parameters = [...(item.parameters ?? []), ...(official.parameters ?? [])].map(
		(parameter) =>
			parameter.$ref
				? (swagger.parameters[parameter.$ref.replace('#/parameters/', '')] as Parameter)
				: parameter,
	);
	const differences: string[] = [];
	for (const [name, spec] of Object.entries(operation.query ?? {})) {
		const parameter = parameters.find(
			(candidate) => candidate.in === 'query' && candidate.name === name,
		);
		if (!parameter) differences.push(`${where} query ${name}: not in the specification`);
		else if ((parameter.type === 'integer') !== (spec.pattern?.source === '^\\d+$'))
			differences.push(`${where} query ${name}: type ${parameter.type}`);
	}
	const body = parameters.find((parameter) => parameter.in === 'body')?.schema;
	if (operation.body && body)
		differences.push(...compare(operation.body, body, swagger, `${where} body`));
	else if (operation.body || body)
		differences.push(`${where} body: ${body ? 'missing here' : 'not in the specification'}`);
	return differences;
}

function allDifferences(): string[] {
	const [v1, v2] = [FILES.v1, FILES.v2].map(
		(file) => JSON.parse(readFileSync(file, 'utf8')) as Swagger,
	) as [Swagger, Swagger];
	const put = OPERATIONS.find((operation) => operation.body === SYSTEMUSER_PUT) as Operation;
	const differences = [
		...OPERATIONS,
		{ ...put, body: { type: 'object', fields: UNLISTED_PUT_FIELDS } as FieldSpec },
	].flatMap((operation) => compareOperation(operation, v1, v2));
	const text =
		JSON.stringify(v1.paths['/systemusers']) +
		JSON.stringify((v1 as unknown as { securityDefinitions: unknown }).securityDefinitions);
	for (const header of HEADERS) {
		const listed = text.includes(`"name":"${header}"`);
		if (!listed) differences.push(`header ${header}: not in the specification`);
	}
	const { description } = v1.parameters['trait:limit:limit'] as { description?: string };
	const published = Number(/Limited to (\d+)/.exec(description ?? '')?.[1]);
	const pages = {
		'GET /systemusers': DEFAULT_QUIRKS.getPageLimit,
		'POST /search/systemusers': DEFAULT_QUIRKS.searchPageLimit,
	};
	for (const [where, limit] of Object.entries(pages))
		if (limit !== published)
			differences.push(`${where} limit ${limit}: specification ${published}`);
	return differences;
}

const request = (method: string, path: string, query = '', body?: unknown): ApiRequest => {
	const text = body === undefined ? '' : JSON.stringify(body);
	return {
		n: 1,
		method,
		path,
		query: new URLSearchParams(query),
		headers: { 'content-type': 'application/json' },
		text,
		...parseJson(text),
	};
};

describe('the contract itself', () => {
	it('finds every operation by its own path, fixed paths before templates', () => {
		for (const operation of OPERATIONS)
			expect(
				operationOf(operation.method, operation.path.replace(/\{\w+\}/g, 'a'.repeat(24))),
			).toBe(operation);
		expect(operationOf('POST', '/api/systemusers/reactivate')).toMatchObject({
			path: '/api/systemusers/reactivate',
		});
		expect(operationOf('PATCH', '/api/systemusers')).toBe('wrong-method');
		expect(operationOf('GET', '/api/systems')).toBeUndefined();
	});

	it('requires email and username of a new account, and nothing of an update', () => {
		expect(SYSTEMUSER_POST.required).toEqual(['email', 'username']);
		expect(SYSTEMUSER_PUT.required).toBeUndefined();
		expect(SYSTEMUSER_PUT.fields?.state?.enum).not.toContain('STAGED');
	});

	it.each([
		[
			'a body field of a create in an update',
			request('PUT', `/api/systemusers/${'a'.repeat(24)}`, '', {
				recoveryEmail: { address: 'a@b.example' },
			}),
			/recoveryEmail: is not part/,
		],
		[
			'an id in an array item',
			request('PUT', `/api/systemusers/${'a'.repeat(24)}`, '', {
				phoneNumbers: [{ id: 'x', number: '1' }],
			}),
			/phoneNumbers\[0\]\.id/,
		],
		[
			'null inside an address',
			request('PUT', `/api/systemusers/${'a'.repeat(24)}`, '', { addresses: [{ region: null }] }),
			/region: null/,
		],
		[
			'a number as text',
			request('POST', '/api/search/systemusers', '', { limit: '10' }),
			/limit: must be integer/,
		],
		[
			'two attributes of one name',
			request('PUT', `/api/systemusers/${'a'.repeat(24)}`, '', {
				attributes: [
					{ name: 'a', value: '1' },
					{ name: 'a', value: '2' },
				],
			}),
			/same name/,
		],
		[
			'an attribute name of 32 characters',
			request('PUT', `/api/systemusers/${'a'.repeat(24)}`, '', {
				attributes: [{ name: 'a'.repeat(32), value: '1' }],
			}),
			/attributes\[0\]\.name/,
		],
		[
			'an employee identifier that is too long',
			request('PUT', `/api/systemusers/${'a'.repeat(24)}`, '', {
				employeeIdentifier: 'x'.repeat(257),
			}),
			/256/,
		],
		[
			'a v2 filter on v1',
			request('GET', '/api/systemusers', 'filter=email:eq:a&sort=_id'),
			/query filter/,
		],
		['a parameter nobody knows', request('GET', '/api/systemusers', 'page=2'), /query page/],
		['a body where none is taken', request('GET', '/api/systemusers', '', {}), /takes none/],
	])('refuses %s', (_what, outside, message) => {
		expect(contractProblems(outside, false).join('; ')).toMatch(message);
	});

	it('never repeats a value in a problem: it may be personal', () => {
		const outside = request('POST', '/api/systemusers', '', {
			email: 7,
			username: 'x',
			firstname: ['Very Private'],
			state: 'private-state',
		});
		expect(contractProblems(outside, false).join()).not.toMatch(/private/i);
	});

	it('names a source for every exception', () => {
		for (const { why, source } of EXCEPTIONS)
			expect(Math.min(why.length, source.length)).toBeGreaterThan(20);
	});
});

// Where the published files are not at hand (a clone alone), the contract itself is tested, above.
function againstTheSpecification(): void {
	it('differs only where EXCEPTIONS says so', () => {
		const unexplained = allDifferences().filter(
			(difference) => !EXCEPTIONS.some((exception) => exception.difference.test(difference)),
		);
		expect(unexplained).toEqual([]);
	});

	it('has no exception that explains nothing', () => {
		const differences = allDifferences();
		expect(
			EXCEPTIONS.filter(
				(exception) => !differences.some((difference) => exception.difference.test(difference)),
			),
		).toEqual([]);
	});
}

if (atHand) describe('the contract against the published specification', againstTheSpecification);
