/**
 * Leavers whose last day is still to come: their account is closed when that day ends where they
 * are. In full-lifecycle and in deprovisioning.
 */
import type { Sandbox } from '../sandbox';
import { apply, loadTemplate, runTemplate, setParameters, type Template } from '../harness/engine';
import { caseOf, setClock, withSandbox } from '../harness/fixedClock';
import { Sleepers } from '../harness/sleepers';
import { triggered } from './triggered';

const FILES = ['full-lifecycle', 'deprovisioning'];
const template = (file: string): Template => apply(loadTemplate(file));
/** The end of 24 November in New York. */
const ENDS = '2026-11-25T05:00:00.000Z';
const JUST_BEFORE = '2026-11-25T04:59:59.999Z';

/** Somebody offboarded in Humaans today, whose last day is tomorrow. */
function leaver(sandbox: Sandbox, timezone = 'America/New_York') {
	const { personId, accountId } = caseOf(sandbox, 'promotion in five days');
	const last = (day: string) =>
		sandbox.admin.change(personId, {
			...{ status: 'offboarded', timezone, remoteTimezone: null },
			...{ lastWorkingDay: day, employmentEndDate: day },
		});
	last('2026-11-24');
	const state = () => sandbox.admin.account(accountId)!.state;
	const suspensions = () =>
		sandbox
			.writes()
			.filter(({ path, body }) => path.endsWith(accountId) && 'suspended' in (body as object))
			.length;
	return { personId, accountId, last, state, suspensions };
}

describe.each(FILES)('%s', (file) => {
	it('suspends at the end of the last day, not before, and once', async () =>
		await withSandbox(async (sandbox) => {
			const { personId, state, suspensions } = leaver(sandbox);
			const run = await triggered(template(file), sandbox, [personId], 'offboarded');
			const sleepers = new Sleepers(run);
			expect([run.error, run.status, run.path(personId), sleepers.next]).toEqual([
				...[undefined, 'success', 'waitUntilDue'],
				ENDS,
			]);
			// A run of others in the last moment does nothing either.
			setClock(JUST_BEFORE);
			const early = new Sleepers(await triggered(template(file), sandbox, [personId]));
			expect([state(), early.next]).toEqual(['ACTIVATED', ENDS]);
			await sleepers.wake();
			await early.wake();
			expect([state(), suspensions(), sleepers.count, early.count]).toEqual(['SUSPENDED', 1, 0, 0]);
			expect([...sleepers.errors, ...early.errors, ...sandbox.violations]).toEqual([]);
		}));

	it.each([
		['Pacific/Auckland', '2026-11-24T11:00:00.000Z'],
		['UTC', '2026-11-25T00:00:00.000Z'],
		['Pacific/Honolulu', '2026-11-25T10:00:00.000Z'],
		['Asia/Kathmandu', '2026-11-24T18:15:00.000Z'],
	])(
		'where they are: %s',
		async (zone, ends) =>
			await withSandbox(async (sandbox) => {
				const { personId, state } = leaver(sandbox, zone);
				const sleepers = new Sleepers(await triggered(template(file), sandbox, [personId]));
				expect([state(), sleepers.next]).toEqual(['ACTIVATED', ends]);
				await sleepers.wake();
				expect(state()).toBe('SUSPENDED');
			}),
	);

	it('a last day that moved later meanwhile: sleeps on', async () =>
		await withSandbox(async (sandbox) => {
			const { personId, last, state, suspensions } = leaver(sandbox);
			const sleepers = new Sleepers(await triggered(template(file), sandbox, [personId]));
			last('2026-11-30');
			await sleepers.wake();
			expect([state(), sleepers.next]).toEqual(['ACTIVATED', '2026-12-01T05:00:00.000Z']);
			await sleepers.wake();
			expect([state(), suspensions()]).toEqual(['SUSPENDED', 1]);
		}));

	it('a last day that moved earlier is seen by the trigger; who sleeps finds nothing left to do', async () =>
		await withSandbox(async (sandbox) => {
			const { personId, last, state, suspensions } = leaver(sandbox);
			const sleepers = new Sleepers(await triggered(template(file), sandbox, [personId]));
			last('2026-11-22');
			const run = await triggered(template(file), sandbox, [personId]);
			expect([run.path(personId), state()]).toEqual(['deprovision → noAction', 'SUSPENDED']);
			await sleepers.wakeAll();
			expect([suspensions(), ...sleepers.errors]).toEqual([1]);
		}));

	it('somebody who stays after all keeps the account', async () =>
		await withSandbox(async (sandbox) => {
			const { personId, state } = leaver(sandbox);
			const sleepers = new Sleepers(await triggered(template(file), sandbox, [personId]));
			sandbox.admin.change(personId, {
				...{ status: 'active', employmentEndDate: null, lastWorkingDay: null },
			} as never);
			await sleepers.wakeAll();
			expect([state(), ...sleepers.errors]).toEqual(['ACTIVATED']);
			expect(sandbox.writes().filter(({ body }) => 'suspended' in (body as object))).toEqual([]);
		}));

	it('somebody who was deleted meanwhile is suspended when their day would have ended', async () =>
		await withSandbox(async (sandbox) => {
			const { personId, state } = leaver(sandbox);
			const sleepers = new Sleepers(await triggered(template(file), sandbox, [personId]));
			sandbox.admin.remove(personId);
			await sleepers.wakeAll();
			expect([state(), ...sleepers.errors]).toEqual(['SUSPENDED']);
		}));

	it('for cause: with Deprovision at Once nobody waits', async () =>
		await withSandbox(async (sandbox) => {
			const { personId, state } = leaver(sandbox);
			const once = template(file);
			const { options } = once.nodes.find(({ name }) => name === 'Decide')!.parameters;
			setParameters(once, 'Decide', {
				options: { ...(options as object), lastDayToCome: 'deprovision' },
			});
			const run = await triggered(once, sandbox, [personId], 'offboarded');
			expect([run.children, state()]).toEqual([[], 'SUSPENDED']);
		}));
});

it('full-lifecycle, everybody: who starts and who leaves sleep at once, and each is due by themselves', async () =>
	await withSandbox(async (sandbox) => {
		const { state } = leaver(sandbox);
		const tokyo = caseOf(sandbox, 'starts tomorrow, Tokyo').personId;
		const sleepers = new Sleepers(await runTemplate(template('full-lifecycle'), sandbox));
		const seen: string[] = [];
		await sleepers.wakeAll(() => {
			const joiner = sandbox.admin.accountByHumaansId(tokyo)!.state;
			seen.push(`${new Date().toISOString()} ${joiner} ${state()}`);
		}, ENDS);
		expect(seen).toEqual([
			'2026-11-23T15:00:00.000Z ACTIVATED ACTIVATED',
			`${ENDS} ACTIVATED SUSPENDED`,
		]);
		expect(sleepers.errors).toEqual([]);
	}));
