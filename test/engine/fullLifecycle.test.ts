/** full-lifecycle on the engine: the loop, the second look and the Wait node. */
import { linkOf } from '../../nodes/core/account/link';
import type { Account } from '../../nodes/core/subject';
import type { Sandbox } from '../sandbox';
import { apply, loadTemplate, runTemplate, type Finished } from './engine';
import { caseOf, setClock, withSandbox } from './fixedClock';

const lifecycle = async (sandbox: Sandbox): Promise<Finished> =>
	await runTemplate(apply(loadTemplate('full-lifecycle')), sandbox);

it('does all writes before it falls asleep, until the earliest start', async () =>
	await withSandbox(async (sandbox) => {
		const run = await lifecycle(sandbox);
		expect(run.error).toBeUndefined();
		expect(run.status).toBe('waiting');
		expect(run.waitTill!.toISOString()).toBe('2026-11-23T15:00:00.000Z');
		expect(run.run.data.executionData!.nodeExecutionStack.map((entry) => entry.node.name)).toEqual([
			'Wait for the Start Date',
		]);
		expect(
			sandbox.admin.accountByHumaansId(caseOf(sandbox, 'active, no account').personId)!.state,
		).toBe('ACTIVATED');
		expect(
			sandbox.admin.account(caseOf(sandbox, 'offboarded, linked account').accountId)!.state,
		).toBe('SUSPENDED');
		expect(sandbox.jumpCloud.accounts.filter((account) => account.state === 'STAGED')).toHaveLength(
			16,
		);
		expect(sandbox.violations).toEqual([]);
	}));

it('activates each on their morning, those who moved or left apart, each invited once', async () =>
	await withSandbox(async (sandbox) => {
		const tokyo = caseOf(sandbox, 'starts tomorrow, Tokyo').personId;
		const auckland = caseOf(sandbox, 'new hire, future start, Auckland').personId;
		const state = (personId: string) => sandbox.admin.accountByHumaansId(personId)!.state;
		let run = await lifecycle(sandbox);
		sandbox.admin.change(auckland, { employmentStartDate: '2026-12-10' });
		setClock(run.waitTill!.toISOString());
		run = await run.resume();
		expect(state(tokyo)).toBe('ACTIVATED');
		expect(state(auckland)).toBe('STAGED');
		expect(run.status).toBe('waiting');
		expect(run.waitTill!.getTime()).toBeGreaterThan(Date.parse('2026-11-23T15:00:00.000Z'));

		const cancelled = sandbox.humaans.people.find(
			(person) =>
				person.status === 'newHire' &&
				person.id !== auckland &&
				sandbox.admin.accountByHumaansId(person.id)?.state === 'STAGED',
		)!;
		sandbox.admin.remove(cancelled.id);
		for (let wakes = 0; run.status === 'waiting' && wakes < 40; wakes++) {
			setClock(run.waitTill!.toISOString());
			run = await run.resume();
		}
		expect(run.error).toBeUndefined();
		expect(run.status).toBe('success');
		expect(state(auckland)).toBe('ACTIVATED');
		expect(state(cancelled.id)).toBe('SUSPENDED');
		expect(sandbox.jumpCloud.accounts.filter((account) => account.state === 'STAGED')).toEqual([]);
		const addresses = sandbox.outbox.map((mail) => mail.accountId);
		expect(new Set(addresses).size).toBe(addresses.length);
	}));

it.each(['404-text', '404-json'] as const)(
	'woken while a gateway says "not found" (%s) for everybody: nobody is taken for gone',
	async (kind) =>
		await withSandbox(async (sandbox) => {
			const tokyo = caseOf(sandbox, 'starts tomorrow, Tokyo').personId;
			for (const { id, status, employmentStartDate } of sandbox.humaans.people)
				if (status === 'newHire' && employmentStartDate! > '2026-11-24' && id !== tokyo)
					sandbox.admin.remove(id);
			const run = await lifecycle(sandbox);
			sandbox.faults.add({ service: 'humaans', path: '/people/', kind, times: Infinity });
			setClock(run.waitTill!.toISOString());
			const woken = await run.resume();
			expect(sandbox.admin.accountByHumaansId(tokyo)!.state).toBe('STAGED');
			expect(
				woken.items('Failed Writes').length + woken.items('Needs a Person').length,
			).toBeGreaterThan(0);
			sandbox.faults.clear();
			await lifecycle(sandbox);
			expect(sandbox.admin.accountByHumaansId(tokyo)!.state).toBe('ACTIVATED');
			expect(
				sandbox.outbox.filter(
					({ accountId }) => accountId === sandbox.admin.accountByHumaansId(tokyo)!._id,
				),
			).toHaveLength(1);
		}),
);

it(
	'a record deleted after its successor came: the account they share stays, by the trigger ' +
		'alone and on the form',
	async () =>
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
			sandbox.admin.change(successor.id, { email: account.email.toUpperCase() });
			sandbox.admin.remove(old.id);
			const event = {
				personId: old.id,
				event: 'deleted',
				changedFields: [],
				person: null,
				complete: true,
				readAt: new Date().toISOString(),
			};
			for (const [file, from, item] of [
				['full-lifecycle', 'When People Change', event],
				['deprovisioning', 'When People Change', event],
				[
					'provision-on-demand',
					'Ask Here',
					{
						person: old.id,
						action: 'Apply',
						submittedAt: '2026-11-23T12:00:00.000Z',
						formMode: 'production',
					},
				],
			] as const) {
				const run = await runTemplate(apply(loadTemplate(file)), sandbox, {
					from,
					items: [item as never],
				});
				expect(run.error).toBeUndefined();
				expect(run.decisionsOf(old.id)).toMatchObject([
					{
						action: 'needsReview',
						code: 'match.twoClaimants',
						reason: expect.stringContaining(successor.id),
					},
				]);
				expect(sandbox.admin.account(account._id)!.state).toBe('ACTIVATED');
			}
			// Nobody has the address any more: the account goes.
			sandbox.admin.change(successor.id, { email: 'other@acme.example' });
			await runTemplate(apply(loadTemplate('full-lifecycle')), sandbox, {
				from: 'When People Change',
				items: [event as never],
			});
			expect(sandbox.admin.account(account._id)!.state).toBe('SUSPENDED');
		}),
);

it('a decision that slept too long is declined by the write', async () =>
	await withSandbox(async (sandbox) => {
		const { personId } = caseOf(sandbox, 'active, no account');
		const template = apply(loadTemplate('full-lifecycle'));
		// Somebody put a wait between the policy and the write.
		template.nodes.push({
			id: 'x',
			name: 'Coffee',
			type: 'n8n-nodes-base.wait',
			typeVersion: 1.1,
			position: [0, 0],
			parameters: { dateTime: '2026-11-25T12:00:00.000Z' },
		});
		template.connections.Decide!.main![0] = [{ node: 'Coffee', type: 'main', index: 0 }];
		template.connections.Coffee = {
			main: [[{ node: 'Create Staged Account', type: 'main', index: 0 }]],
		};
		let run = await runTemplate(template, sandbox);
		while (run.status === 'waiting') {
			setClock('2026-11-25T12:00:00.000Z');
			run = await run.resume();
			if (run.items('Failed Writes').length > 0) break;
		}
		expect(run.items('Failed Writes')[0]!.json.error).toBe('The decision is more than a day old.');
		expect(sandbox.admin.accountByHumaansId(personId)).toBeUndefined();
	}));

/** Somebody whose account this package suspended and who comes back in two days. */
function comesBack(sandbox: Sandbox): { personId: string; accountId: string } {
	const rehired = caseOf(
		sandbox,
		'rehire: suspended account, linked, deprovisioned by this package',
	);
	sandbox.admin.change(rehired.personId, {
		status: 'newHire',
		employmentStartDate: '2026-11-25',
		timezone: 'UTC',
	});
	return rehired;
}

/** States written to an account, in order. */
const statesWritten = (sandbox: Sandbox, accountId: string): unknown[] =>
	sandbox
		.writes()
		.filter(({ path }) => path.endsWith(`/${accountId}`))
		.map(({ body }) => (body as { state?: string }).state)
		.filter(Boolean);

it('somebody who comes back, alone in a run, sleeps and is reactivated once, at the start', async () =>
	await withSandbox(async (sandbox) => {
		const { personId, accountId } = comesBack(sandbox);
		const everybody = await runTemplate(loadTemplate('full-lifecycle'), sandbox);
		const seen = everybody
			.subjects('Read Everybody')
			.find((subject) => subject.personId === personId)!;
		let run = await runTemplate(apply(loadTemplate('full-lifecycle')), sandbox, {
			from: 'When People Change',
			items: [{ ...seen, event: 'changed' }],
		});
		expect([run.error, run.status, run.waitTill?.toISOString()]).toEqual([
			undefined,
			'waiting',
			'2026-11-25T00:00:00.000Z',
		]);
		expect(run.run.data.executionData!.nodeExecutionStack.map((entry) => entry.node.name)).toEqual([
			'Wait for the Start Date',
		]);
		expect(sandbox.writes()).toEqual([]);
		setClock('2026-11-25T00:00:00.000Z');
		run = await run.resume();
		expect([run.error, run.status]).toEqual([undefined, 'success']);
		expect(sandbox.admin.account(accountId)).toMatchObject({
			state: 'ACTIVATED',
			suspended: false,
		});
		expect(statesWritten(sandbox, accountId)).toEqual(['ACTIVATED']);
		expect(sandbox.violations).toEqual([]);
	}));

it(
	'somebody who comes back, among everybody, sleeps with those who start and is reactivated ' +
		'once, at the start',
	async () =>
		await withSandbox(async (sandbox) => {
			const { accountId } = comesBack(sandbox);
			let run = await lifecycle(sandbox);
			const states = new Map<string, string>();
			for (let wakes = 0; run.status === 'waiting' && wakes < 40; wakes++) {
				setClock(run.waitTill!.toISOString());
				run = await run.resume();
				states.set(new Date().toISOString(), sandbox.admin.account(accountId)!.state);
			}
			expect([run.error, run.status]).toEqual([undefined, 'success']);
			expect([...states].filter(([, state]) => state === 'ACTIVATED')[0]![0]).toBe(
				'2026-11-25T00:00:00.000Z',
			);
			expect(statesWritten(sandbox, accountId)).toEqual(['ACTIVATED']);
		}),
);

/**
 * Staged accounts that are due, whose person left, or has no start date; and suspended ones that
 * this package did not suspend, or that nobody linked.
 */
async function awkwardAccounts(sandbox: Sandbox): Promise<void> {
	await runTemplate(apply(loadTemplate('provisioning')), sandbox);
	const [due, left, undated, suspended, unlinked] = sandbox.jumpCloud.accounts
		.filter(({ state }) => state === 'STAGED')
		.map((account) => ({ account, personId: linkOf(account as unknown as Account)! }));
	sandbox.admin.change(due!.personId, { status: 'active', employmentStartDate: '2026-11-20' });
	sandbox.admin.offboard(left!.personId);
	sandbox.admin.change(undated!.personId, { employmentStartDate: null as unknown as string });
	sandbox.admin.setAccount(suspended!.account._id, { state: 'SUSPENDED', suspended: true });
	sandbox.admin.setAccount(unlinked!.account._id, {
		state: 'SUSPENDED',
		suspended: true,
		attributes: [],
	});
	comesBack(sandbox);
}

it.each(['apply', 'review'])(
	'mode %s: the second look tells of nobody a second time',
	async (mode) =>
		await withSandbox(async (sandbox) => {
			await awkwardAccounts(sandbox);
			const run = await runTemplate(
				mode === 'apply' ? apply(loadTemplate('full-lifecycle')) : loadTemplate('full-lifecycle'),
				sandbox,
			);
			expect(run.error).toBeUndefined();
			if (mode === 'apply')
				expect(
					run.run.data.executionData!.nodeExecutionStack.map((entry) => entry.node.name),
				).toEqual(['Wait for the Start Date']);
			const told = run
				.subjects('Needs a Person')
				.map(({ personId, decision }) => `${personId} ${decision!.code}`);
			expect([...new Set(told)]).toEqual(told);
		}),
);
