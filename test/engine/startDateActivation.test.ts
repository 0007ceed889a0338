/** start-date-activation on the whole company: who is due, who sleeps, and what happens meanwhile. */
import type { Subject } from '../../nodes/core/subject';
import type { Sandbox } from '../sandbox';
import { apply, loadTemplate, nodeOf, runTemplate, type Template } from '../harness/engine';
import { caseOf, setClock, withSandbox } from '../harness/fixedClock';
import { rowsOf } from '../harness/outcomes';
import { Sleepers } from '../harness/sleepers';
import { triggered } from './triggered';

const activation = (): Template => apply(loadTemplate('start-date-activation'));
const idsOf = (subjects: Subject[]) => subjects.map(({ personId }) => personId);
const stateIn = (sandbox: Sandbox) => (id: string) => sandbox.admin.accountByHumaansId(id)!.state;
const mailsOnce = (sandbox: Sandbox, ids: readonly string[]): void => {
	for (const id of ids)
		expect(
			sandbox.outbox.filter(
				({ accountId }) => accountId === sandbox.admin.accountByHumaansId(id)!._id,
			),
		).toHaveLength(1);
};

/** People with a staged account. */
async function staged(sandbox: Sandbox): Promise<string[]> {
	await runTemplate(apply(loadTemplate('provisioning')), sandbox);
	sandbox.clearLog();
	return sandbox.jumpCloud.accounts
		.filter(({ state }) => state === 'STAGED')
		.map(({ attributes }) => attributes.find(({ name }) => name === 'humaansId')!.value);
}

/** All of them start tomorrow in UTC. */
async function startingTomorrow(sandbox: Sandbox): Promise<string[]> {
	const waiting = await staged(sandbox);
	for (const id of waiting)
		sandbox.admin.change(id, { employmentStartDate: '2026-11-24', timezone: 'UTC' });
	return waiting;
}

it('activates who is due, sleeps until the next start, and touches nothing else', async () =>
	await withSandbox(async (sandbox) => {
		await staged(sandbox);
		const tokyo = caseOf(sandbox, 'starts tomorrow, Tokyo').personId;
		const run = await runTemplate(activation(), sandbox);
		const sleepers = new Sleepers(run);
		expect([run.error, run.status, sleepers.count, sleepers.next]).toEqual([
			...[undefined, 'success', 1],
			'2026-11-23T15:00:00.000Z',
		]);
		expect(sandbox.writes()).toEqual([]);
		await sleepers.wake();
		expect([stateIn(sandbox)(tokyo), ...sleepers.errors]).toEqual(['ACTIVATED']);
		expect(sandbox.writes().map(({ path }) => path.replace(/\w{24}/, 'id'))).toEqual([
			'/api/systemusers/id/state/activate',
		]);
	}));

it('who starts within 26 hours is waited for, the others are left to the run of another day', async () =>
	await withSandbox(async (sandbox) => {
		const [soon, justSoon, late] = (await startingTomorrow(sandbox)) as [string, string, string];
		// Noon UTC: the 24th begins 12 hours from now in UTC, 24 hours from now in Baker Island.
		sandbox.admin.change(justSoon, { timezone: 'Etc/GMT+12' });
		sandbox.admin.change(late, { timezone: 'Etc/GMT+12', employmentStartDate: '2026-11-25' });
		const run = await runTemplate(activation(), sandbox);
		const asleep = run.children.flatMap((child) =>
			idsOf(child.subjects('When This Workflow Calls Itself')),
		);
		expect([soon, justSoon, late].map((id) => asleep.includes(id))).toEqual([true, true, false]);
		const told = rowsOf(run, 'No Action').filter((row) => row['Humaans ID'] === late);
		expect(told).toHaveLength(1);
	}));

it(
	'many people minutes apart; moved, cancelled, each invited once and none early',
	async () =>
		await withSandbox(async (sandbox) => {
			const zones = [
				...['UTC', 'Asia/Kolkata', 'Asia/Kathmandu', 'Asia/Karachi', 'Asia/Dubai', 'Asia/Kabul'],
				...['Asia/Tehran', 'Europe/Moscow', 'Africa/Cairo', 'Europe/Paris'],
			];
			const waiting = await startingTomorrow(sandbox);
			waiting.forEach((id, index) =>
				sandbox.admin.change(id, { timezone: zones[index % zones.length]! }),
			);
			const [moved, cancelled] = waiting as [string, string];
			const sleepers = new Sleepers(await runTemplate(activation(), sandbox));
			sandbox.admin.change(moved, { employmentStartDate: '2026-12-24' });
			sandbox.admin.remove(cancelled);
			await sleepers.wakeAll(() => {
				for (const mail of sandbox.outbox)
					expect(Date.parse(mail.at)).toBeLessThanOrEqual(Date.now());
			});
			expect(sleepers.errors).toEqual([]);
			const state = stateIn(sandbox);
			expect(waiting.slice(2).map(state)).toEqual(waiting.slice(2).map(() => 'ACTIVATED'));
			expect([state(moved), state(cancelled)]).toEqual(['STAGED', 'STAGED']);
			mailsOnce(sandbox, waiting.slice(2));
		}),
	120_000,
);

it('what a person must look at is told at once, by the run that does not sleep', async () =>
	await withSandbox(async (sandbox) => {
		const [due, undated] = (await startingTomorrow(sandbox)) as [string, string];
		sandbox.admin.change(due, { employmentStartDate: '2026-11-20' });
		sandbox.admin.change(undated, { employmentStartDate: null as unknown as string });
		const run = await runTemplate(activation(), sandbox);
		expect([run.error, run.status, run.children.map(({ status }) => status)]).toEqual([
			...[undefined, 'success'],
			['waiting'],
		]);
		expect(rowsOf(run, 'Needs Review').map((row) => [row['Humaans ID'], row.Code])).toContainEqual([
			undated,
			'person.noStartDate',
		]);
		expect(rowsOf(run, 'No Action').map((row) => row['Humaans ID'])).toContain(due);
		expect(stateIn(sandbox)(due)).toBe('ACTIVATED');
	}));

it(
	'a start that moves earlier during the wait is seen by the trigger; the sleeping run does it no ' +
		'second time',
	async () =>
		await withSandbox(async (sandbox) => {
			const waiting = await startingTomorrow(sandbox);
			const sleepers = new Sleepers(await runTemplate(activation(), sandbox));
			expect(sleepers.next).toBe('2026-11-24T00:00:00.000Z');
			const [moved] = waiting as [string];
			sandbox.admin.change(moved, { employmentStartDate: '2026-11-23' });
			const soon = await triggered(activation(), sandbox, [moved], 'startDateChanged');
			expect([soon.error, soon.status, stateIn(sandbox)(moved)]).toEqual([
				...[undefined, 'success', 'ACTIVATED'],
			]);
			await sleepers.wakeAll();
			expect(sleepers.errors).toEqual([]);
			expect(new Set(waiting.map(stateIn(sandbox)))).toEqual(new Set(['ACTIVATED']));
			mailsOnce(sandbox, waiting);
		}),
);

it('two runs asleep for the same people wake at the same moment: each activated once', async () =>
	await withSandbox(async (sandbox) => {
		const waiting = await startingTomorrow(sandbox);
		const asleep = [
			await runTemplate(activation(), sandbox),
			await runTemplate(activation(), sandbox),
		].flatMap(({ children }) => children);
		expect(asleep).toHaveLength(2);
		setClock('2026-11-24T00:00:00.000Z');
		const woken = await Promise.all(asleep.map(async (run) => await run.resume()));
		const all = new Sleepers(...woken);
		expect([...all.errors, ...all.all.flatMap((run) => run.items('Needs Review'))]).toEqual([]);
		expect(new Set(waiting.map(stateIn(sandbox)))).toEqual(new Set(['ACTIVATED']));
		mailsOnce(sandbox, waiting);
	}));

it('n8n was down for two days over the start: all activated once when it is back', async () =>
	await withSandbox(async (sandbox) => {
		const waiting = await startingTomorrow(sandbox);
		const sleepers = new Sleepers(await runTemplate(activation(), sandbox));
		await sleepers.wake('2026-11-26T07:00:00.000Z');
		expect([sleepers.count, ...sleepers.errors]).toEqual([0]);
		expect(new Set(waiting.map(stateIn(sandbox)))).toEqual(new Set(['ACTIVATED']));
		mailsOnce(sandbox, waiting);
	}));

it(
	'Humaans cannot be read on waking: nobody is activated on old data, a person is told, and the ' +
		'next run does it',
	async () =>
		await withSandbox(async (sandbox) => {
			const waiting = await startingTomorrow(sandbox);
			const template = activation();
			nodeOf(template, 'Read Them Again').waitBetweenTries = 1;
			const sleepers = new Sleepers(await runTemplate(template, sandbox));
			sandbox.faults.add({ service: 'humaans', kind: '403', times: Infinity });
			const woken = await sleepers.wake();
			expect(sleepers.errors).toEqual([]);
			expect(woken.flatMap((run) => rowsOf(run, 'Needs Review'))).toHaveLength(waiting.length);
			expect(new Set(waiting.map(stateIn(sandbox)))).toEqual(new Set(['STAGED']));
			sandbox.faults.clear();
			await runTemplate(activation(), sandbox);
			expect(new Set(waiting.map(stateIn(sandbox)))).toEqual(new Set(['ACTIVATED']));
			mailsOnce(sandbox, waiting);
		}),
);
