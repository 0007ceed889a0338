/** The templates as files: what n8n would trip over, or a user. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { NodeHelpers, type IConnections, type INode, type INodeType } from 'n8n-workflow';
import { FieldMapper } from '../../nodes/FieldMapper/FieldMapper.node';
import { Humaans } from '../../nodes/Humaans/Humaans.node';
import { HumaansTrigger } from '../../nodes/HumaansTrigger/HumaansTrigger.node';
import { JumpCloudUser } from '../../nodes/JumpCloudUser/JumpCloudUser.node';
import { ProvisioningPolicy } from '../../nodes/ProvisioningPolicy/ProvisioningPolicy.node';
import { ACTIONS, WRITE_ACTIONS } from '../../nodes/shared/actions';

const FOLDER = join(__dirname, '..', '..', 'workflows');
const types = new Map<string, INodeType>([new FieldMapper(), new Humaans(), new HumaansTrigger(), new JumpCloudUser(), new ProvisioningPolicy()].map((type) => [`n8n-nodes-humaans-jumpcloud.${type.description.name}`, type]));
const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
interface Template { name: string; nodes: INode[]; connections: IConnections; settings: object; [key: string]: unknown }
const load = (file: string) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Template;

it('ships the recommended two', () => expect(files).toEqual(expect.arrayContaining(['full-lifecycle.json', 'reconcile.json'])));

describe.each(files)('%s', (file) => {
	const template = load(file);
	const own = template.nodes.filter((node) => types.has(node.type));

	it('holds no credential, no id of an instance and no address', () => {
		expect(Object.keys(template).sort()).toEqual(['connections', 'name', 'nodes', 'pinData', 'settings']);
		expect(template.nodes.filter((node) => node.credentials ?? node.webhookId)).toEqual([]);
		expect(JSON.stringify(template)).not.toMatch(/[\w.]+@[\w.]+\.\w+|SECRET-/);
	});

	it('connects only nodes that are there, and every node but notes and triggers is reached', () => {
		const names = new Set(template.nodes.map((node) => node.name));
		expect(names.size).toBe(template.nodes.length);
		const reached = new Set<string>();
		for (const [from, { main }] of Object.entries(template.connections)) {
			expect(names).toContain(from);
			for (const connection of (main ?? []).flatMap((output) => output ?? [])) {
				expect(names).toContain(connection.node);
				reached.add(connection.node);
			}
		}
		const unreached = template.nodes.filter((node) => !/stickyNote|Trigger$/.test(node.type) && !reached.has(node.name)).map((node) => node.name);
		expect(unreached).toEqual([]);
	});

	it.each(own.map((node) => [node.name, node] as const))('%s: every parameter is known and shown', (_name, node) => {
		const { description } = types.get(node.type)!;
		const known = NodeHelpers.getNodeParameters(description.properties, node.parameters, true, false, node, description)!;
		const unknown = Object.keys(node.parameters).filter((name) => !(name in known) && name !== 'pollTimes');
		expect(unknown).toEqual([]);
	});

	it('starts in review mode, set in one place', () => {
		const policies = own.filter((node) => node.type.endsWith('.provisioningPolicy'));
		// On demand the form asks, and only "Apply" is not a preview.
		const asked = "={{ $('What Was Asked').first().json.apply ? 'apply' : 'review' }}";
		expect(policies.map((node) => node.parameters.mode)).toEqual([file === 'provision-on-demand.json' ? asked : 'review']);
	});

	it('draws every output of the policy that can carry anything, and the error output of every write', () => {
		const policy = own.find((node) => node.type.endsWith('.provisioningPolicy'))!;
		const allowed = (policy.parameters.options as { actionsAllowed?: string[] }).actionsAllowed ?? WRITE_ACTIONS;
		const used = [...allowed, 'needsReview', 'noAction', ...(allowed.includes('activate') ? ['waitUntilStart'] : [])];
		const outputs = template.connections[policy.name]!.main!;
		expect(ACTIONS.filter((_, index) => (outputs[index] ?? []).length > 0).map((action) => action.id).sort()).toEqual([...used].sort());
		for (const node of own.filter((candidate) => candidate.onError === 'continueErrorOutput')) expect(template.connections[node.name]!.main![1]).toHaveLength(1);
		const writes = own.filter((node) => ['create', 'activate', 'update', 'reactivate', 'suspend', 'delete'].includes(String(node.parameters.operation)));
		expect(writes.filter((node) => node.onError !== 'continueErrorOutput')).toEqual([]);
	});

	it('has a note that explains it, a manual trigger and nothing that n8n 3 removes', () => {
		const [note] = template.nodes.filter((node) => node.type === 'n8n-nodes-base.stickyNote' && node.parameters.color === undefined);
		for (const words of ['Who it is for', 'How it works', 'Set up', 'Requirements', 'Customise']) expect(note!.parameters.content).toContain(words);
		expect(template.nodes.filter((node) => node.type === 'n8n-nodes-base.manualTrigger')).not.toEqual([]);
		expect(template.nodes.filter((node) => /\.(function|functionItem|itemLists)$/.test(node.type))).toEqual([]);
		expect(JSON.stringify(template)).not.toContain('getPairedItem');
		expect(template.settings).toEqual({ executionOrder: 'v1' });
	});
});
