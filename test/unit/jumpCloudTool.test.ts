/**
 * As the tool of an AI agent: reading by default, writing only when whoever built the workflow
 * allows it.
 */
import { NodeHelpers, type IDataObject, type INode } from 'n8n-workflow';
import { JumpCloudUser } from '../../nodes/JumpCloudUser/JumpCloudUser.node';
import { ON_ONE_USER, WRITING } from '../../nodes/JumpCloudUser/description/operations';
import { run } from '../../nodes/JumpCloudUser/run';
import { WRITES } from '../../nodes/JumpCloudUser/writes';
import type { Sandbox } from '../sandbox';
import { nodeContext, type How } from '../harness/jumpCloudNodeContext';
import { ids, smallSandbox } from '../harness/jumpCloudScenarios';

const { description } = new JumpCloudUser();
let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await smallSandbox();
});
afterAll(async () => await sandbox.stop());

const call = async (parameters: IDataObject, how: How) =>
	await run(nodeContext(sandbox, parameters, how));
const chosen = (operation: string, more: IDataObject = {}): IDataObject => ({
	operation,
	userFrom: 'values',
	user: { mode: 'id', value: ids.nora },
	...more,
});

it('every write is known as one, and Apply Decision makes any of them', () =>
	expect([...Object.keys(WRITES), 'apply'].sort()).toEqual([...WRITING].sort()));

it.each([{ tool: true }, { type: 'p.jumpCloudUserTool' }])('%j reads', async (how) =>
	expect((await call(chosen('get'), how))[0]!.json).toMatchObject({ username: 'nora' }),
);

it.each(WRITING)('%s is declined until it is allowed', async (operation) => {
	for (const how of [{ tool: true }, { type: 'p.jumpCloudUserTool' }])
		await expect(call(chosen(operation), how)).rejects.toThrow(
			'This tool may only read users, so nothing was changed.',
		);
	expect(sandbox.writes()).toEqual([]);
});

it('on n8n 2.0 a node writes and a tool does not', async () => {
	await expect(
		call(chosen('resendInvite'), { n8n: '2.0', type: 'p.jumpCloudUserTool' }),
	).rejects.toThrow('This tool may only read users');
	expect((await call(chosen('resendInvite'), { n8n: '2.0' }))[0]!.json).toMatchObject({
		outcome: { status: 'applied' },
	});
	sandbox.clearLog();
});

it('allowed, it writes, and no rule is left out', async () => {
	expect(
		(await call(chosen('suspend', { allowToolWrites: true }), { tool: true }))[0]!.json,
	).toMatchObject({ outcome: { status: 'applied' } });
	await expect(
		call(
			{ ...chosen('delete', { allowToolWrites: true }), user: { mode: 'id', value: ids.admin } },
			{ tool: true },
		),
	).rejects.toThrow('administrator');
});

it('the switch is shown in the tool, for writes, and nowhere else; no expression can turn it on', () => {
	const property = description.properties.find(({ name }) => name === 'allowToolWrites')!;
	const isShown = (operation: string, name: string) =>
		NodeHelpers.displayParameter(
			{ resource: 'user', operation, userFrom: 'values' },
			property,
			{ typeVersion: 1 } as INode,
			{ ...description, name },
		);
	for (const operation of WRITING)
		expect([isShown(operation, 'jumpCloudUserTool'), isShown(operation, 'jumpCloudUser')]).toEqual([
			true,
			false,
		]);
	for (const operation of ['get', 'getMany', 'match'])
		expect(isShown(operation, 'jumpCloudUserTool')).toBe(false);
	expect(property.noDataExpression).toBe(true);
	expect(description.usableAsTool).toBe(true);
});

it('a user can be chosen for every operation on one user', () => {
	const operations = (name: string) =>
		description.properties
			.filter((property) => property.name === name)
			.flatMap((property) => property.displayOptions?.show?.operation ?? []);
	expect([...operations('user')].sort()).toEqual([...ON_ONE_USER].sort());
	expect([...operations('userFrom')].sort()).toEqual([...ON_ONE_USER, 'create'].sort());
});
