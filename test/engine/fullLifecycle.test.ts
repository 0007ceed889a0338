/** full-lifecycle on the engine: the loop, and what it ends in. Waiting is in waiting.test.ts. */
import { apply, loadTemplate, runTemplate, type Finished } from '../harness/engine';
import { caseOf, setClock, withSandbox } from '../harness/fixedClock';
import { rowsOf } from '../harness/outcomes';
import type { Sandbox } from '../sandbox';

const lifecycle = async (sandbox: Sandbox): Promise<Finished> =>
	await runTemplate(apply(loadTemplate('full-lifecycle')), sandbox);

it('makes all writes and ends; only those who must wait sleep, apart', async () =>
	await withSandbox(async (sandbox) => {
		const run = await lifecycle(sandbox);
		expect([run.error, run.status]).toEqual([undefined, 'success']);
		const state = (id: string) => sandbox.admin.account(id)!.state;
		const joiner = sandbox.admin.accountByHumaansId(
			caseOf(sandbox, 'active, no account').personId,
		)!;
		expect([
			joiner.state,
			state(caseOf(sandbox, 'offboarded, linked account').accountId),
			state(caseOf(sandbox, 'department edited by hand in JumpCloud').accountId),
		]).toEqual(['ACTIVATED', 'SUSPENDED', 'ACTIVATED']);
		expect(sandbox.jumpCloud.accounts.filter(({ state }) => state === 'STAGED')).toHaveLength(16);
		expect(sandbox.violations).toEqual([]);

		const [asleep, ...others] = run.children;
		expect([others, asleep!.status, asleep!.waitTill!.toISOString()]).toEqual([
			[],
			'waiting',
			'2026-11-23T15:00:00.000Z',
		]);
		// It holds nobody but those who wait, and nothing but the wait.
		expect(asleep!.items('When This Workflow Calls Itself')).toHaveLength(16);
		expect(asleep!.run.data.executionData!.nodeExecutionStack.map(({ node }) => node.name)).toEqual(
			['Wait Until Then'],
		);
	}));

it('everybody who comes in ends in one of the two tables, once', async () =>
	await withSandbox(async (sandbox) => {
		const run = await lifecycle(sandbox);
		const told = (['Needs Review', 'No Action'] as const).flatMap((node) =>
			rowsOf(run, node).map((row) => String(row['Humaans ID'])),
		);
		expect(told.sort()).toEqual(
			run
				.subjects('Read Everybody')
				.map(({ personId }) => personId!)
				.sort(),
		);
		const waits = rowsOf(run, 'No Action').filter((row) => row.Action === 'Wait');
		expect(waits).toHaveLength(16);
	}));

it.each(['apply', 'review'])(
	'mode %s: what a person must look at is told once',
	async (mode) =>
		await withSandbox(async (sandbox) => {
			await awkwardAccounts(sandbox);
			const template = loadTemplate('full-lifecycle');
			const run = await runTemplate(mode === 'apply' ? apply(template) : template, sandbox);
			expect(run.error).toBeUndefined();
			const told = run.family
				.flatMap((one) => rowsOf(one, 'Needs Review'))
				.map((row) => row['Humaans ID']);
			expect(told.length).toBeGreaterThan(5);
			expect([...new Set(told)]).toEqual(told);
			expect(run.children).toHaveLength(mode === 'apply' ? 1 : 0);
		}),
);

/**
 * Staged accounts that are due, whose person left, or has no start date; and suspended ones that
 * this package did not suspend, or that nobody linked.
 */
async function awkwardAccounts(sandbox: Sandbox): Promise<void> {
	await runTemplate(apply(loadTemplate('provisioning')), sandbox);
	const linkOf = ({ attributes }: { attributes: Array<{ name: string; value: string }> }) =>
		attributes.find(({ name }) => name === 'humaansId')!.value;
	const [due, left, undated, suspended, unlinked] = sandbox.jumpCloud.accounts.filter(
		({ state }) => state === 'STAGED',
	);
	sandbox.admin.change(linkOf(due!), { status: 'active', employmentStartDate: '2026-11-20' });
	sandbox.admin.offboard(linkOf(left!), '2026-11-20');
	sandbox.admin.change(linkOf(undated!), { employmentStartDate: null as unknown as string });
	const closed = { state: 'SUSPENDED', suspended: true } as const;
	sandbox.admin.setAccount(suspended!._id, closed);
	sandbox.admin.setAccount(unlinked!._id, { ...closed, attributes: [] });
}

it('in review nothing is written and nobody sleeps; whoever loses access comes first, then questions', async () =>
	await withSandbox(async (sandbox) => {
		const run = await runTemplate(loadTemplate('full-lifecycle'), sandbox);
		expect([run.error, run.children, sandbox.writes()]).toEqual([undefined, [], []]);
		const would = rowsOf(run, 'Needs Review').map((row) => row.Action);
		const last = (what: RegExp) => would.findLastIndex((words) => what.test(String(words)));
		const first = (what: RegExp) => would.findIndex((words) => what.test(String(words)));
		expect(last(/Suspend|Delete/)).toBeGreaterThan(0);
		expect(last(/Suspend|Delete/)).toBeLessThan(first(/^You decide(?! \((?:Suspend|Delete))/));
		expect(last(/^You decide/)).toBeLessThan(first(/^Update$/));
	}));

it('a record deleted after its successor came: the account they share stays', async () =>
	await withSandbox(async (sandbox) => {
		const old = sandbox.humaans.people.find(
			({ id, status }) =>
				status === 'active' &&
				sandbox.admin.accountByHumaansId(id)?.state === 'ACTIVATED' &&
				!sandbox.admin.accountByHumaansId(id)!.admin,
		)!;
		const account = sandbox.admin.accountByHumaansId(old.id)!;
		const successor = sandbox.humaans.people.find(
			({ id, status }) => status === 'active' && !sandbox.admin.accountByHumaansId(id),
		)!;
		sandbox.admin.change(successor.id, {
			email: account.email.toUpperCase(),
			firstName: old.firstName,
			lastName: old.lastName,
		});
		sandbox.admin.remove(old.id);
		const event = {
			...{ personId: old.id, event: 'deleted', changedFields: [], person: null },
			...{ complete: true, readAt: new Date().toISOString() },
		};
		// What Humaans Trigger adds: who it remembers with that work email.
		const asked = {
			...{ person: old.id, action: 'Apply now', formMode: 'production' },
			submittedAt: '2026-11-23T12:00:00.000Z',
		};
		const runs: Array<[string, string, object]> = [
			['full-lifecycle', 'When People Change', { ...event, accountEmailOf: [successor.id] }],
			['deprovisioning', 'When People Change', event],
			['provision-on-demand', 'Ask Here', asked],
		];
		for (const [file, from, item] of runs) {
			const run = await runTemplate(apply(loadTemplate(file)), sandbox, { from, items: [item] });
			expect(run.error).toBeUndefined();
			expect([file, run.path(old.id)]).toEqual([file, 'needsReview']);
			expect(run.decisionsOf(old.id)[0]!.reason).toContain(successor.id);
			expect(sandbox.admin.account(account._id)!.state).toBe('ACTIVATED');
		}
		// Nobody has the address any more: the account goes.
		sandbox.admin.change(successor.id, { email: 'other@acme.example' });
		await runTemplate(apply(loadTemplate('full-lifecycle')), sandbox, {
			from: 'When People Change',
			items: [event],
		});
		expect(sandbox.admin.account(account._id)!.state).toBe('SUSPENDED');
	}));

it('a decision that slept too long is declined by the write, and a person is told', async () =>
	await withSandbox(async (sandbox) => {
		const { personId } = caseOf(sandbox, 'active, no account');
		const template = apply(loadTemplate('full-lifecycle'));
		// Somebody put a wait between the policy and the write.
		template.nodes.push({
			...{ id: 'x', name: 'Coffee', type: 'n8n-nodes-base.wait', typeVersion: 1.1 },
			position: [0, 0],
			parameters: { dateTime: '2026-11-25T12:00:00.000Z' },
		});
		const to = (node: string) => [{ node, type: 'main' as const, index: 0 }];
		template.connections.Decide!.main![0] = to('Coffee');
		template.connections.Coffee = { main: [to('Apply the Decision')] };
		const asleep = await runTemplate(template, sandbox);
		expect(asleep.status).toBe('waiting');
		setClock('2026-11-25T12:00:00.000Z');
		const woken = await asleep.resume();
		expect(woken.error).toBeUndefined();
		expect(woken.decisionsOf(personId).at(-1)).toMatchObject({
			action: 'needsReview',
			code: 'write.failed',
			reason: expect.stringContaining('The decision is more than a day old.'),
		});
		expect(sandbox.admin.accountByHumaansId(personId)).toBeUndefined();
	}));

it('a name is neither markup nor a mention nor a link in a message', async () =>
	await withSandbox(async (sandbox) => {
		sandbox.admin.hire({
			...{ firstName: 'Nina', lastName: 'Neu', email: null, status: 'newHire' },
			...{ employmentStartDate: '2026-11-25', timezone: 'Europe/London' },
			preferredName: '<!channel> <https://evil.example|Approve here>',
		});
		const run = await lifecycle(sandbox);
		const text = run
			.items('Message Text')
			.map(({ json }) => String(json.text))
			.join('\n');
		expect(text).toContain('‹!channel›');
		expect(text).not.toMatch(/[<>]/);
	}));
