/** docs/groups.md: the branches that it draws, as they are drawn there, on the sandbox. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INode, INodeParameters } from 'n8n-workflow';
import { apply, loadTemplate, runTemplate, type Template } from '../harness/engine';
import { caseOf, withSandbox } from '../harness/fixedClock';
import { clientFor } from '../harness/jumpCloudOverHttp';
import { written } from '../harness/outcomes';
import type { Sandbox } from '../sandbox';

/** Apply the Decision → a filter on what was done → one group. */
function withBranch(condition: string, operation: string, groupId: string): Template {
	const template = apply(loadTemplate('reconcile'), { deprovisioningLimit: 100 });
	const add = (name: string, type: string, typeVersion: number, parameters: INodeParameters) =>
		template.nodes.push({
			...{ id: name, name, type, typeVersion, position: [0, 0], parameters },
			credentials: { jumpCloudApi: { id: '2', name: 'JumpCloud' } },
		} as INode);
	add('Only These', 'n8n-nodes-base.filter', 2.2, {
		conditions: {
			options: { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 2 },
			conditions: [
				{
					id: '1',
					leftValue: `={{ ${condition} }}`,
					rightValue: '',
					operator: { type: 'boolean', operation: 'true', singleValue: true },
				},
			],
			combinator: 'and',
		},
	});
	add('The Group', 'n8n-nodes-humaans-jumpcloud.jumpCloudUser', 1, {
		...{ authentication: 'apiKey', resource: 'user', operation, userFrom: 'item' },
		group: { __rl: true, mode: 'id', value: groupId },
		options: {},
	});
	const to = (node: string) => ({ node, type: 'main' as const, index: 0 });
	template.connections['Apply the Decision']!.main![0]!.push(to('Only These'));
	template.connections['Only These'] = { main: [[to('The Group')]] };
	return template;
}

/** What the page says to put into the filter. */
const PAGE = readFileSync(join(__dirname, '..', '..', 'docs', 'groups.md'), 'utf8');
const [, CONDITION] = /^ {3}`\{\{ (.+) \}\}`$/m.exec(PAGE)!;

const firstGroup = (sandbox: Sandbox): string => sandbox.jumpCloud.groups[0]!.id;
const everybody = (sandbox: Sandbox) => sandbox.jumpCloud.accounts.map(({ _id }) => _id);

it('whose account was created is put into the group, and nobody else', async () =>
	await withSandbox(async (sandbox) => {
		const group = firstGroup(sandbox);
		const before = sandbox.jumpCloud.members(group);
		const run = await runTemplate(withBranch(CONDITION!, 'addToGroup', group), sandbox);
		expect(run.error).toBeUndefined();
		const created = written(run, 'create').map(({ account }) => account!._id);
		expect(created.length).toBeGreaterThan(10);
		expect(sandbox.jumpCloud.members(group).sort()).toEqual(
			[...new Set([...before, ...created])].sort(),
		);
		expect(sandbox.violations).toEqual([]);
	}));

it('a leaver is taken out of a static group after the suspension, and nobody else', async () =>
	await withSandbox(async (sandbox) => {
		const group = firstGroup(sandbox);
		const { accountId } = caseOf(sandbox, 'offboarded, linked account');
		const members = everybody(sandbox);
		const add = clientFor(sandbox);
		for (const id of members) await add.member(group, id, 'add');
		sandbox.clearLog();
		const leavers = CONDITION!.replace("'create'", "'deprovision'");
		expect(leavers).not.toBe(CONDITION);
		const run = await runTemplate(withBranch(leavers, 'removeFromGroup', group), sandbox);
		expect(run.error).toBeUndefined();
		const suspended = written(run, 'deprovision').map(({ account }) => account!._id);
		expect(suspended).toContain(accountId);
		expect(members.filter((id) => !sandbox.jumpCloud.members(group).includes(id)).sort()).toEqual(
			[...suspended].sort(),
		);
		const out = sandbox.log.findIndex(
			(one) =>
				one.path === `/api/v2/usergroups/${group}/members` &&
				(one.body as { id?: string }).id === accountId,
		);
		const off = sandbox.log.findIndex(
			(one) => one.method !== 'GET' && one.path.includes(`/systemusers/${accountId}`),
		);
		expect(off).toBeGreaterThanOrEqual(0);
		expect(out).toBeGreaterThan(off);
		expect(sandbox.violations).toEqual([]);
	}));
