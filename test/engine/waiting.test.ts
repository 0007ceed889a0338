/** Whoever must wait for their first day sleeps in an execution of their own: full-lifecycle. */
import type { Sandbox } from '../sandbox';
import {
	apply,
	loadTemplate,
	nodeOf,
	runTemplate,
	setParameters,
	type Finished,
	type Template,
} from '../harness/engine';
import { caseOf, setClock, withSandbox } from '../harness/fixedClock';
import { Sleepers } from '../harness/sleepers';
import { triggered } from './triggered';

const full = (): Template => apply(loadTemplate('full-lifecycle'));
const lifecycle = async (sandbox: Sandbox): Promise<Finished> => await runTemplate(full(), sandbox);
const stateIn = (sandbox: Sandbox) => (personId: string) =>
	sandbox.admin.accountByHumaansId(personId)!.state;
const rowsOf = (runs: readonly Finished[], node: string) =>
	runs.flatMap((run) => run.items(node).map(({ json }) => json));
const mailsTo = (sandbox: Sandbox, personId: string) =>
	sandbox.outbox.filter(
		({ accountId }) => accountId === sandbox.admin.accountByHumaansId(personId)!._id,
	);
const nobodyTwice = (sandbox: Sandbox): void => {
	const accounts = sandbox.outbox.map(({ accountId }) => accountId);
	expect(new Set(accounts).size).toBe(accounts.length);
};
const waitingHires = (sandbox: Sandbox): string[] =>
	sandbox.humaans.people
		.filter(({ id, status }) => status === 'newHire' && sandbox.admin.accountByHumaansId(id))
		.map(({ id }) => id);

it('activates each on their morning, those who moved or left apart, each invited once', async () =>
	await withSandbox(async (sandbox) => {
		const tokyo = caseOf(sandbox, 'starts tomorrow, Tokyo').personId;
		const auckland = caseOf(sandbox, 'new hire, future start, Auckland').personId;
		const state = stateIn(sandbox);
		const sleepers = new Sleepers(await lifecycle(sandbox));
		sandbox.admin.change(auckland, { employmentStartDate: '2026-12-10' });
		await sleepers.wake();
		expect([state(tokyo), state(auckland)]).toEqual(['ACTIVATED', 'STAGED']);
		expect(sleepers.next! > '2026-11-23T15:00:00.000Z').toBe(true);

		const cancelled = waitingHires(sandbox).find(
			(id) => id !== auckland && state(id) === 'STAGED',
		)!;
		sandbox.admin.remove(cancelled);
		await sleepers.wakeAll(() => {
			for (const mail of sandbox.outbox)
				expect(Date.parse(mail.at)).toBeLessThanOrEqual(Date.now());
		});
		expect(sleepers.errors).toEqual([]);
		expect([state(auckland), state(cancelled)]).toEqual(['ACTIVATED', 'SUSPENDED']);
		expect(sandbox.jumpCloud.accounts.filter(({ state }) => state === 'STAGED')).toEqual([]);
		nobodyTwice(sandbox);
		expect(sandbox.violations).toEqual([]);
	}));

it('a start that moved earlier is seen by the trigger; who sleeps for the old date does it no second time', async () =>
	await withSandbox(async (sandbox) => {
		const auckland = caseOf(sandbox, 'new hire, future start, Auckland').personId;
		const sleepers = new Sleepers(await lifecycle(sandbox));
		const changed = async (employmentStartDate: string) => {
			sandbox.admin.change(auckland, { employmentStartDate });
			return await triggered(full(), sandbox, [auckland], 'startDateChanged');
		};
		const soon = new Sleepers(await changed('2026-11-25'));
		expect([sleepers.count, soon.next]).toEqual([1, '2026-11-24T11:00:00.000Z']);
		// Noon UTC is the 24th in Auckland.
		const now = await changed('2026-11-24');
		expect([now.children, stateIn(sandbox)(auckland)]).toEqual([[], 'ACTIVATED']);
		await soon.wakeAll();
		await sleepers.wakeAll();
		expect([...soon.errors, ...sleepers.errors]).toEqual([]);
		expect(mailsTo(sandbox, auckland)).toHaveLength(1);
		nobodyTwice(sandbox);
	}));

it('several sleepers for one person wake in the same moment: activated and mailed once', async () =>
	await withSandbox(async (sandbox) => {
		const tokyo = caseOf(sandbox, 'starts tomorrow, Tokyo').personId;
		const runs = [
			await lifecycle(sandbox),
			await lifecycle(sandbox),
			await triggered(full(), sandbox, [tokyo]),
			await triggered(full(), sandbox, [tokyo], 'startDateChanged'),
		];
		const asleep = runs.flatMap(({ children }) => children);
		expect(asleep.map(({ waitTill }) => waitTill!.toISOString())).toEqual(
			runs.map(() => '2026-11-23T15:00:00.000Z'),
		);
		setClock('2026-11-23T15:00:00.000Z');
		sandbox.clearLog();
		const woken = await Promise.all(asleep.map(async (run) => await run.resume()));
		expect(woken.flatMap(({ family }) => family.map(({ error }) => error))).toEqual(
			woken.flatMap(({ family }) => family.map(() => undefined)),
		);
		expect(stateIn(sandbox)(tokyo)).toBe('ACTIVATED');
		expect(mailsTo(sandbox, tokyo)).toHaveLength(1);
		expect(sandbox.writes().map(({ path }) => path.replace(/\w{24}/, 'id'))).toEqual([
			'/api/systemusers/id/state/activate',
		]);
	}));

it('a mover is never held back by those who sleep: the write is there before anybody wakes', async () =>
	await withSandbox(async (sandbox) => {
		const sleepers = new Sleepers(await lifecycle(sandbox));
		const { personId, accountId } = caseOf(sandbox, 'promotion in five days');
		sandbox.admin.change(personId, { lastName: 'Moved' });
		const run = await triggered(full(), sandbox, [
			personId,
			caseOf(sandbox, 'starts tomorrow, Tokyo').personId,
		]);
		expect([run.status, run.children.length, sleepers.count]).toEqual(['success', 1, 1]);
		expect(sandbox.admin.account(accountId)!.lastname).toBe('Moved');
	}));

it('who sleeps wakes to the settings of now', async () =>
	await withSandbox(async (sandbox) => {
		const tokyo = caseOf(sandbox, 'starts tomorrow, Tokyo').personId;
		const template = full();
		const sleepers = new Sleepers(await runTemplate(template, sandbox));
		setParameters(template, 'Decide', { mode: 'review' });
		sandbox.clearLog();
		const woken = await sleepers.wake();
		expect([sandbox.writes(), stateIn(sandbox)(tokyo), sleepers.count]).toEqual([[], 'STAGED', 0]);
		expect(rowsOf(woken, 'Needs Review')).toContainEqual(
			expect.objectContaining({
				Action: 'Activate, Invite',
				Account: expect.stringMatching(/staged/),
			}),
		);
	}));

it.each(['404-text', '404-json'] as const)(
	'woken while a gateway says "not found" (%s) for everybody: nobody is taken for gone',
	async (kind) =>
		await withSandbox(async (sandbox) => {
			const tokyo = caseOf(sandbox, 'starts tomorrow, Tokyo').personId;
			for (const { id, status, employmentStartDate } of [...sandbox.humaans.people])
				if (status === 'newHire' && employmentStartDate! > '2026-11-24' && id !== tokyo)
					sandbox.admin.remove(id);
			const template = full();
			nodeOf(template, 'Read Them Again').retryOnFail = false;
			const sleepers = new Sleepers(await runTemplate(template, sandbox));
			sandbox.faults.add({ service: 'humaans', path: '/people/', kind, times: Infinity });
			const woken = await sleepers.wake();
			expect(stateIn(sandbox)(tokyo)).toBe('STAGED');
			expect(rowsOf(woken, 'Needs Review').length).toBeGreaterThan(0);
			sandbox.faults.clear();
			await lifecycle(sandbox);
			expect(stateIn(sandbox)(tokyo)).toBe('ACTIVATED');
			expect(mailsTo(sandbox, tokyo)).toHaveLength(1);
		}),
);

it('Humaans cannot be read on waking: nobody is activated on old data, and each is told with the reason', async () =>
	await withSandbox(async (sandbox) => {
		const template = full();
		nodeOf(template, 'Read Them Again').waitBetweenTries = 1;
		const sleepers = new Sleepers(await runTemplate(template, sandbox));
		sandbox.clearLog();
		sandbox.faults.add({ service: 'humaans', kind: '403', times: Infinity });
		const woken = await sleepers.wake();
		const told = rowsOf(woken, 'Needs Review');
		expect([sandbox.writes(), sleepers.errors, told.length]).toEqual([[], [], 16]);
		for (const { Person, Why } of told) {
			expect(Person).toMatch(/^\S+ \S+/);
			expect(Why).toMatch(/^Humaans does not let this access token do that \(403\)\. [A-Z]/);
		}
	}));

describe('unpublished', () => {
	const SAID =
		'Nobody is waited for, because this workflow could not call itself. Publish it, then run it again. ' +
		'n8n says: Workflow is not active and cannot be executed.';
	const LOST = { Person: 'Everybody who waits', Action: 'Wait', Why: SAID };

	it('a run that cannot call itself does its writes, and says that nobody is waited for', async () =>
		await withSandbox(async (sandbox) => {
			const run = await runTemplate(full(), sandbox, { unpublished: () => true });
			expect([run.error, run.status, run.children]).toEqual([undefined, 'success', []]);
			const lost = rowsOf([run], 'Needs Review').filter(({ Person }) => Person === LOST.Person);
			expect(lost).toEqual([
				{
					...{ ...LOST, Changes: '–', 'Work Email': '–', Account: '–' },
					...{ 'Humaans ID': '', Code: 'failed', Plan: '' },
				},
			]);
			expect(rowsOf([run], 'Message Text')[0]!.text).toContain(`• ${LOST.Person}: Wait. ${SAID}`);
			const { personId } = caseOf(sandbox, 'active, no account');
			expect(stateIn(sandbox)(personId)).toBe('ACTIVATED');
		}));

	it('while somebody sleeps: on waking nothing is written, and that is said', async () =>
		await withSandbox(async (sandbox) => {
			let isPublished = true;
			const options = { unpublished: () => !isPublished };
			const sleepers = new Sleepers(await runTemplate(full(), sandbox, options));
			isPublished = false;
			sandbox.clearLog();
			const woken = await sleepers.wake();
			expect([sandbox.log, sleepers.count]).toEqual([[], 0]);
			expect(rowsOf(woken, 'Needs Review')).toEqual([expect.objectContaining(LOST)]);
		}));
});

const DEPROVISIONED_AT = 'humaansDeprovisionedAt';
const RETURNED = expect.stringMatching(/^\S+Z returned( \S+Z)?$/) as string;

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
		const run = await triggered(full(), sandbox, [personId], 'changed');
		const sleepers = new Sleepers(run);
		expect([run.error, run.status, sleepers.next]).toEqual([
			undefined,
			'success',
			'2026-11-25T00:00:00.000Z',
		]);
		// That they are back is noted on the account, and nothing else is written.
		expect(sandbox.writes().map(({ body }) => body)).toEqual([
			{ attributes: [expect.anything(), { name: DEPROVISIONED_AT, value: RETURNED }] },
		]);
		await sleepers.wakeAll();
		expect(sleepers.errors).toEqual([]);
		expect(sandbox.admin.account(accountId)).toMatchObject({
			state: 'ACTIVATED',
			suspended: false,
		});
		expect(statesWritten(sandbox, accountId)).toEqual(['ACTIVATED']);
		expect(sandbox.violations).toEqual([]);
	}));

it('somebody who comes back, among everybody, is reactivated once, at the start', async () =>
	await withSandbox(async (sandbox) => {
		const { accountId } = comesBack(sandbox);
		const sleepers = new Sleepers(await lifecycle(sandbox));
		const states = new Map<string, string>();
		await sleepers.wakeAll(() =>
			states.set(new Date().toISOString(), sandbox.admin.account(accountId)!.state),
		);
		expect(sleepers.errors).toEqual([]);
		expect([...states].filter(([, state]) => state === 'ACTIVATED')[0]![0]).toBe(
			'2026-11-25T00:00:00.000Z',
		);
		expect(statesWritten(sandbox, accountId)).toEqual(['ACTIVATED']);
	}));
