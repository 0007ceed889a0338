/** The templates that do one part of the work, each on the whole company. */
import { linkOf } from '../../nodes/shared/link';
import type { Account } from '../../nodes/shared/subject';
import { apply, loadTemplate, runTemplate, setParameters } from './engine';
import { caseOf, setClock, withSandbox } from './fixedClock';

const ran = (sandbox: { log: Array<{ method: string; path: string }> }, pattern: RegExp) => sandbox.log.filter((request) => pattern.test(`${request.method} ${request.path}`)).length;

it('provisioning: creates, adopts, activates who has started, and disables nobody', async () =>
	await withSandbox(async (sandbox) => {
		const run = await runTemplate(apply(loadTemplate('provisioning')), sandbox);
		expect(run.error).toBeUndefined();
		expect(run.status).toBe('success');
		expect(run.items('Create Staged Account').length).toBeGreaterThan(60);
		expect(run.items('Waits for the Start Date')).toHaveLength(16);
		expect(sandbox.admin.account(caseOf(sandbox, 'offboarded, linked account').accountId)).toMatchObject({ state: 'ACTIVATED' });
		expect(linkOf(sandbox.admin.account(caseOf(sandbox, 'active, unlinked account whose e-mail differs in case').accountId) as unknown as Account)).not.toBeNull();
		expect(sandbox.violations).toEqual([]);
	}));

it('start-date-activation: activates who is due, sleeps until the next start, and touches nothing else', async () =>
	await withSandbox(async (sandbox) => {
		await runTemplate(apply(loadTemplate('provisioning')), sandbox);
		sandbox.clearLog();
		const tokyo = caseOf(sandbox, 'starts tomorrow, Tokyo').personId;
		let run = await runTemplate(apply(loadTemplate('start-date-activation')), sandbox);
		expect(run.error).toBeUndefined();
		expect(run.status).toBe('waiting');
		expect(run.waitTill!.toISOString()).toBe('2026-11-23T15:00:00.000Z');
		expect(sandbox.writes()).toEqual([]);
		setClock('2026-11-23T15:00:00.000Z');
		run = await run.resume();
		expect(run.error).toBeUndefined();
		expect(sandbox.admin.accountByHumaansId(tokyo)!.state).toBe('ACTIVATED');
		expect(sandbox.writes().every((request) => request.path.endsWith('/state/activate'))).toBe(true);
	}));

it('start-date-activation: one execution, many people minutes apart; moved, cancelled, each invited once', async () =>
	await withSandbox(async (sandbox) => {
		await runTemplate(apply(loadTemplate('provisioning')), sandbox);
		const zones = ['UTC', 'Asia/Kolkata', 'Asia/Kathmandu', 'Asia/Karachi', 'Asia/Dubai', 'Asia/Kabul', 'Asia/Tehran', 'Europe/Moscow', 'Africa/Cairo', 'Europe/Paris'];
		const waiting = sandbox.jumpCloud.accounts.filter((account) => account.state === 'STAGED').map((account) => linkOf(account as unknown as Account)!);
		waiting.forEach((id, index) => sandbox.admin.change(id, { employmentStartDate: '2026-11-24', timezone: zones[index % zones.length]! }));
		const [moved, cancelled] = waiting as [string, string];
		let run = await runTemplate(apply(loadTemplate('start-date-activation')), sandbox);
		sandbox.admin.change(moved, { employmentStartDate: '2026-12-24' });
		sandbox.admin.remove(cancelled);
		for (let wakes = 0; run.status === 'waiting' && wakes < 30; wakes++) {
			setClock(run.waitTill!.toISOString());
			run = await run.resume();
			for (const mail of sandbox.outbox) expect(Date.parse(mail.at)).toBeLessThanOrEqual(Date.now());
		}
		expect(run.error).toBeUndefined();
		const state = (id: string) => sandbox.admin.accountByHumaansId(id)!.state;
		expect(waiting.slice(2).map(state)).toEqual(waiting.slice(2).map(() => 'ACTIVATED'));
		expect([state(moved), state(cancelled)]).toEqual(['STAGED', 'STAGED']);
		const invited = sandbox.outbox.map((mail) => mail.accountId);
		expect(new Set(invited).size).toBe(invited.length);
	}), 120_000);

it('sync-updates: updates linked accounts only, creates and disables nobody', async () =>
	await withSandbox(async (sandbox) => {
		const before = sandbox.jumpCloud.accounts.length;
		const run = await runTemplate(apply(loadTemplate('sync-updates')), sandbox);
		expect(run.error).toBeUndefined();
		expect(run.items('Update Account').length).toBeGreaterThan(50);
		expect(sandbox.jumpCloud.accounts).toHaveLength(before);
		expect(ran(sandbox, /state\/activate|^DELETE/)).toBe(0);
		expect(sandbox.writes().filter((request) => 'state' in (request.body as object))).toEqual([]);
		sandbox.clearLog();
		await runTemplate(apply(loadTemplate('sync-updates')), sandbox);
		expect(sandbox.writes()).toEqual([]);
	}));

it('deprovisioning: suspends leavers and does nothing else', async () =>
	await withSandbox(async (sandbox) => {
		const run = await runTemplate(apply(loadTemplate('deprovisioning')), sandbox);
		expect(run.error).toBeUndefined();
		expect(sandbox.writes().map((request) => request.path)).toEqual([`/api/systemusers/${caseOf(sandbox, 'offboarded, linked account').accountId}`]);
		expect(run.subjects('Needs a Person').map((subject) => subject.decision!.code).sort()).toEqual(['leaver.notLinked', 'match.twoCandidates', 'match.twoClaimants', 'match.twoClaimants']);
	}));

it('deprovisioning, for cause: one person is cut off at once and stays so, although Humaans says active', async () =>
	await withSandbox(async (sandbox) => {
		const { accountId, personId } = caseOf(sandbox, 'promotion in five days');
		const template = setParameters(apply(loadTemplate('deprovisioning')), 'Whom to Cut Off', { assignments: { assignments: [{ id: 'x', name: 'email', value: 'luca.garcia@acme.example', type: 'string' }] } });
		const run = await runTemplate(template, sandbox, { from: 'Cut Off One Person Now' });
		expect(run.error).toBeUndefined();
		expect(run.items('Cut Off')).toHaveLength(1);
		expect(sandbox.admin.account(accountId)).toMatchObject({ state: 'SUSPENDED', suspended: true });
		const next = await runTemplate(apply(loadTemplate('reconcile')), sandbox);
		expect(next.path(personId)).toBe('needsReview');
		expect(sandbox.admin.account(accountId)).toMatchObject({ state: 'SUSPENDED', suspended: true });
	}));
