/** What the editor shows before the first run is what comes out of it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INode } from 'n8n-workflow';
import { JumpCloudUser } from '../../nodes/JumpCloudUser/JumpCloudUser.node';
import type { Sandbox } from '../sandbox';
import { ids, smallSandbox } from '../unit/jumpCloudScenarios';
import { runTemplate } from './engine';

interface Schema { type: string | string[]; properties?: Record<string, Schema>; items?: Schema; version?: number }
const PLACE = ['nodes', 'JumpCloudUser', '__schema__', 'v1.0.0', 'user'];
const folder = (root: string) => join(__dirname, '..', '..', root, ...PLACE);
const schemaOf = (operation: string) => JSON.parse(readFileSync(join(folder(''), `${operation}.json`), 'utf8')) as Schema;

const typeOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value);

/** Where a value and its schema disagree; fields that the schema does not name are the richer answer's own. */
function differences(value: unknown, schema: Schema, path: string): string[] {
	if (value === undefined) return [];
	if (![schema.type].flat().includes(typeOf(value))) return [`${path} is ${typeOf(value)}, not ${String(schema.type)}`];
	if (Array.isArray(value)) return schema.items ? value.flatMap((item, index) => differences(item, schema.items!, `${path}[${index}]`)) : [];
	if (value === null || typeof value !== 'object') return [];
	return Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => differences((value as IDataObject)[name], inner, `${path}.${name}`));
}

const operations = (new JumpCloudUser().description.properties.find(({ name }) => name === 'operation')!.options as Array<{ value: string }>).map(({ value }) => value);

let sandbox: Sandbox;
beforeAll(async () => { sandbox = await smallSandbox(); });
afterAll(async () => await sandbox.stop());

it('there is one for every operation, and the build carries them', () => {
	expect(readdirSync(folder('')).sort()).toEqual(operations.map((operation) => `${operation}.json`).sort());
	expect(operations.filter((operation) => !existsSync(join(folder('dist'), `${operation}.json`)))).toEqual([]);
});

const CASES: Record<string, { action: string; account: string; name: string }> = {
	activate: { action: 'activate', account: ids.staged, name: 'staged' }, addToGroup: { action: 'noAction', account: ids.nora, name: 'nora' }, create: { action: 'create', account: '', name: 'zoe' },
	delete: { action: 'delete', account: ids.chosen, name: 'chosen' }, get: { action: 'noAction', account: ids.nora, name: 'nora' }, getMany: { action: 'noAction', account: ids.nora, name: 'nora' },
	match: { action: 'noAction', account: ids.nora, name: 'nora' }, reactivate: { action: 'reactivate', account: ids.suspended, name: 'suspended' }, removeFromGroup: { action: 'noAction', account: ids.nora, name: 'nora' },
	resendInvite: { action: 'noAction', account: ids.nora, name: 'nora' }, suspend: { action: 'deprovision', account: ids.nora, name: 'nora' }, update: { action: 'update', account: ids.admin, name: 'admin' },
};

it.each(operations)('%s', async (operation) => {
	const { action, account, name } = CASES[operation]!;
	const subject = {
		personId: `person-${name}`, person: { id: `person-${name}`, status: 'active', firstName: name, lastName: 'T', email: `${name}@acme.example`, personalEmail: null, employeeId: `E-${name}` },
		desired: { attributes: { email: `${name}@acme.example`, department: 'Finance' }, rules: {}, usernames: [name], clearEmpty: true, problems: [] },
		account: { _id: account }, match: { by: 'link', certain: true, candidates: [] }, decision: { action, code: 'x', reason: 'x', changes: [], warnings: [], step: 1, decidedAt: new Date().toISOString() },
	};
	const parameters = { resource: 'user', operation, sendTo: 'work', group: { __rl: true, mode: 'id', value: ids.group } };
	const nodes: INode[] = [
		{ id: '1', name: 'Run Now', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} },
		{ id: '2', name: 'Users', type: 'n8n-nodes-humaans-jumpcloud.jumpCloudUser', typeVersion: 1, position: [0, 0], parameters, credentials: { jumpCloudApi: { id: '2', name: 'JumpCloud' } } },
	];
	const finished = await runTemplate({ name: 'one', nodes, connections: { 'Run Now': { main: [[{ node: 'Users', type: 'main', index: 0 }]] } } }, sandbox, { items: [subject] });
	if (finished.error) throw finished.error;
	const [item] = finished.items('Users');
	const schema = schemaOf(operation);
	expect(schema.version).toBe(1);
	expect(differences(item!.json, schema, operation)).toEqual([]);
	const named = Object.keys(schema.properties!);
	expect(Object.keys(item!.json).filter((key) => !named.includes(key) && key !== 'decision')).toEqual([]);
	expect(named.filter((key) => !(key in item!.json))).toEqual([]);
});
