/**
 * What the editor shows before the first run is what comes out. Found and read from the build by
 * n8n's own code.
 */
import 'reflect-metadata';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { loadOutputSchema } from 'n8n-core';
import type {
	IDataObject,
	INode,
	INodeParameters,
	INodeProperties,
	INodePropertyOptions,
	INodeType,
} from 'n8n-workflow';
import { basisOf } from '../../nodes/core/account/basis';
import type { Account } from '../../nodes/core/subject';
import type { Sandbox } from '../sandbox';
import { ids, smallSandbox } from '../harness/jumpCloudScenarios';
import { personIdOf } from '../harness/personIds';
import { apply, loadTemplate, runTemplate, type Finished, type Template } from '../harness/engine';
import { withSandbox } from '../harness/fixedClock';

interface Schema {
	type: string | string[];
	nullable?: boolean;
	properties?: Record<string, Schema>;
	items?: Schema;
	version?: number;
}
/** One output that n8n looks a schema up for. */
interface Output {
	folder: string;
	resource?: string;
	operation?: string;
}

const ROOT = join(__dirname, '..', '..');
const { n8n } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
	n8n: { nodes: string[] };
};
const nameOf = ({ folder, resource, operation }: Output) =>
	[folder, resource, operation].filter(Boolean).join(' ');

const values = ({ options }: INodeProperties): string[] =>
	(options as INodePropertyOptions[]).map(({ value }) => String(value));

/** One for each resource and operation, or one for the node. The editor shows none for triggers. */
function outputsOf(path: string): Output[] {
	const folder = basename(dirname(path));
	const { group, properties } = new (
		require(join(ROOT, path)) as Record<string, new () => INodeType>
	)[folder]!().description;
	if (group.includes('trigger')) return [];
	const resources = properties.find(({ name }) => name === 'resource');
	if (!resources) return [{ folder }];
	const operations = properties.filter(({ name }) => name === 'operation');
	return values(resources).flatMap((resource) =>
		operations
			.filter(({ displayOptions }) => displayOptions?.show?.resource?.includes(resource) ?? true)
			.flatMap(values)
			.map((operation) => ({ folder, resource, operation })),
	);
}

const OUTPUTS = n8n.nodes.flatMap(outputsOf);
const schemaOf = ({ folder, ...ref }: Output) =>
	loadOutputSchema({ nodeDir: join(ROOT, 'dist', 'nodes', folder), version: 1, ...ref }) as
		| Schema
		| undefined;
const schemaAt = (name: string) => schemaOf(OUTPUTS.find((output) => nameOf(output) === name)!)!;

const typeOf = (value: unknown): string =>
	value === null
		? 'null'
		: Array.isArray(value)
			? 'array'
			: Number.isInteger(value)
				? 'integer'
				: typeof value;

/**
 * Where a value and its schema disagree; fields that the schema does not name are the richer
 * answer's own.
 */
function differences(value: unknown, schema: Schema, path: string): string[] {
	if (value === undefined || (value === null && schema.nullable)) return [];
	if (![schema.type].flat().includes(typeOf(value)))
		return [`${path} is ${typeOf(value)}, not ${String(schema.type)}`];
	if (Array.isArray(value))
		return schema.items
			? value.flatMap((item, index) => differences(item, schema.items!, `${path}[${index}]`))
			: [];
	if (value === null || typeof value !== 'object') return [];
	return Object.entries(schema.properties ?? {}).flatMap(([name, inner]) =>
		differences((value as IDataObject)[name], inner, `${path}.${name}`),
	);
}

/**
 * Fields that only the schema names, or only the objects have; `extra` may be there without being
 * named.
 */
function unlike(objects: object[], { properties = {} }: Schema, extra: string[] = []): string[] {
	const seen = new Set(objects.flatMap((object) => Object.keys(object)));
	return [
		...Object.keys(properties).filter((name) => !seen.has(name)),
		...[...seen].filter((name) => !(name in properties) && !extra.includes(name)),
	];
}

/**
 * Parts whose fields the editor (n8n 2.41) would not show: it opens what is plainly an object or
 * array, and of several types takes the first.
 */
function hidden(schema: Schema, path: string): string[] {
	const wrong =
		Array.isArray(schema.type) &&
		(schema.properties !== undefined || schema.items !== undefined || schema.type[0] === 'null');
	const inner = Object.entries({
		...schema.properties,
		...(schema.items ? { '[]': schema.items } : {}),
	});
	return [
		...(wrong ? [path] : []),
		...inner.flatMap(([name, part]) => hidden(part, `${path}.${name}`)),
	];
}

it('there is one for every output, in the build, and no other', () => {
	expect(OUTPUTS.filter((output) => schemaOf(output)?.version !== 1).map(nameOf)).toEqual([]);
	const folders = n8n.nodes
		.map((path) => join(ROOT, dirname(path), '__schema__'))
		.filter(existsSync);
	const files = folders.flatMap((folder) =>
		readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
			name.endsWith('.json'),
		),
	);
	expect(files.length).toBe(OUTPUTS.length);
});

it.each(OUTPUTS.map(nameOf))('the editor shows every field of %s', (name) =>
	expect(hidden(schemaAt(name), name)).toEqual([]),
);

describe('a run over everybody', () => {
	const NODES: Record<string, string> = {
		'Humaans person getMany': 'Read Everybody',
		'Humaans person get': 'Read Them Again',
		'Humaans person confirmMissing': 'Ask About Missing People',
		'Humaans customField getMany': 'Custom Fields',
		FieldMapper: 'What JumpCloud Should Hold',
		ProvisioningPolicy: 'Decide',
	};
	/** What nobody in acme has. */
	const RARE = {
		middleName: 'Ann',
		preferredName: 'Annie',
		remoteRegionCode: 'CA',
		state: 'California',
		formattedPersonalPhoneNumber: '+1 202-555-0100',
		probationEndDate: '2027-02-01',
		source: 'import',
		sourceId: '7',
		teams: [{ name: 'Platform' }],
	};

	/** Reconcile as it ships, with the two reads of Humaans that it does not have. */
	function template(): Template {
		// Its summary has a shape of its own, on an output of its own.
		const whole = apply(loadTemplate('reconcile'), { options: {} });
		const read = (name: string, after: string, parameters: INodeParameters) => {
			whole.nodes.push({
				id: name,
				name,
				type: 'n8n-nodes-humaans-jumpcloud.humaans',
				typeVersion: 1,
				position: [0, 0],
				parameters,
				credentials: { humaansApi: { id: '1', name: 'Humaans' } },
			});
			whole.connections[after]!.main![0]!.push({ node: name, type: 'main', index: 0 });
		};
		read('Read Them Again', 'Read Everybody', { resource: 'person', operation: 'get' });
		read('Custom Fields', 'Run Now', { resource: 'customField', operation: 'getMany' });
		return whole;
	}

	let finished: Finished;
	beforeAll(
		async () =>
			await withSandbox(async (sandbox) => {
				const [one, other] = sandbox.humaans.people.filter(({ status }) => status === 'active');
				sandbox.admin.change(one!.id, RARE as never);
				sandbox.admin.change(other!.id, { employeeId: one!.employeeId, personalEmail: one!.email });
				finished = await runTemplate(template(), sandbox);
				if (finished.error) throw finished.error;
			}),
	);

	it('looks at every node but JumpCloud User', () =>
		expect(Object.keys(NODES).sort()).toEqual(
			OUTPUTS.map(nameOf)
				.filter((name) => !name.startsWith('JumpCloudUser'))
				.sort(),
		));

	it.each(Object.entries(NODES))('%s', (name, node) => {
		const schema = schemaAt(name);
		const items = [...Array(10).keys()]
			.flatMap((output) => finished.items(node, output))
			.map(({ json }) => json);
		expect(items.flatMap((item) => differences(item, schema, name))).toEqual([]);
		// After a write there is its outcome too.
		expect(unlike(items, schema, ['outcome'])).toEqual([]);
		for (const part of ['person', 'desired', 'match', 'decision'].filter(
			(part) => schema.properties![part],
		)) {
			const parts = items
				.map((item) => item[part])
				.filter((value) => value !== null && typeof value === 'object');
			expect(unlike(parts, schema.properties![part]!)).toEqual([]);
		}
	});
});

describe('JumpCloud User', () => {
	const CASES: Record<string, { action: string; account: string; name: string }> = {
		activate: { action: 'activate', account: ids.staged, name: 'staged' },
		addToGroup: { action: 'noAction', account: ids.nora, name: 'nora' },
		apply: { action: 'update', account: ids.nora, name: 'nora' },
		create: { action: 'create', account: '', name: 'zoe' },
		delete: { action: 'delete', account: ids.chosen, name: 'chosen' },
		get: { action: 'noAction', account: ids.nora, name: 'nora' },
		getMany: { action: 'noAction', account: ids.nora, name: 'nora' },
		match: { action: 'noAction', account: ids.nora, name: 'nora' },
		reactivate: { action: 'reactivate', account: ids.suspended, name: 'suspended' },
		removeFromGroup: { action: 'noAction', account: ids.nora, name: 'nora' },
		resendInvite: { action: 'noAction', account: ids.nora, name: 'nora' },
		suspend: { action: 'deprovision', account: ids.nora, name: 'nora' },
		update: { action: 'update', account: ids.admin, name: 'admin' },
	};

	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await smallSandbox();
	});
	afterAll(async () => await sandbox.stop());

	it.each(
		OUTPUTS.filter(({ folder }) => folder === 'JumpCloudUser').map(({ operation }) => operation!),
	)('%s', async (operation) => {
		const { action, account, name } = CASES[operation]!;
		const subject = {
			personId: personIdOf(name),
			person: {
				id: personIdOf(name),
				status: 'active',
				firstName: name,
				lastName: 'T',
				email: `${name}@acme.example`,
				personalEmail: null,
				employeeId: `E-${name}`,
			},
			desired: {
				attributes: { email: `${name}@acme.example`, department: 'Finance' },
				rules: {},
				usernames: [name],
				clearEmpty: true,
				problems: [],
			},
			account: { _id: account },
			match: { by: 'link', certain: true, candidates: [] },
			decision: {
				action,
				code: 'x',
				reason: 'x',
				changes: [],
				warnings: [],
				step: 1,
				decidedAt: new Date().toISOString(),
				basis: account
					? basisOf(sandbox.admin.account(account) as unknown as Account, null)
					: { accountId: null },
			},
		};
		const parameters = {
			resource: 'user',
			operation,
			sendTo: 'work',
			group: { __rl: true, mode: 'id', value: ids.group },
		};
		const nodes: INode[] = [
			{
				id: '1',
				name: 'Run Now',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: '2',
				name: 'Users',
				type: 'n8n-nodes-humaans-jumpcloud.jumpCloudUser',
				typeVersion: 1,
				position: [0, 0],
				parameters,
				credentials: { jumpCloudApi: { id: '2', name: 'JumpCloud' } },
			},
		];
		const finished = await runTemplate(
			{
				name: 'one',
				nodes,
				connections: { 'Run Now': { main: [[{ node: 'Users', type: 'main', index: 0 }]] } },
			},
			sandbox,
			{ items: [subject] },
		);
		if (finished.error) throw finished.error;
		const [item] = finished.items('Users');
		const schema = schemaAt(`JumpCloudUser user ${operation}`);
		expect(differences(item!.json, schema, operation)).toEqual([]);
		expect(unlike([item!.json], schema, ['decision'])).toEqual([]);
	});
});
