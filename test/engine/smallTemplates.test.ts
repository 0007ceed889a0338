/** The templates that do one part of the work, each on the whole company. */
import { linkOf } from '../../nodes/core/account/link';
import type { Account, Subject } from '../../nodes/core/subject';
import type { Sandbox } from '../sandbox';
import { apply, loadTemplate, nodeOf, runTemplate, setParameters, type Template } from './engine';
import { caseOf, setClock, withSandbox } from './fixedClock';

const ran = (sandbox: { log: Array<{ method: string; path: string }> }, pattern: RegExp) =>
	sandbox.log.filter((request) => pattern.test(`${request.method} ${request.path}`)).length;

it('provisioning: creates, adopts, activates who has started, and disables nobody', async () =>
	await withSandbox(async (sandbox) => {
		const run = await runTemplate(apply(loadTemplate('provisioning')), sandbox);
		expect(run.error).toBeUndefined();
		expect(run.status).toBe('success');
		expect(run.items('Create Staged Account').length).toBeGreaterThan(60);
		expect(run.items('Waits for the Start Date')).toHaveLength(16);
		expect(
			sandbox.admin.account(caseOf(sandbox, 'offboarded, linked account').accountId),
		).toMatchObject({ state: 'ACTIVATED' });
		expect(
			linkOf(
				sandbox.admin.account(
					caseOf(sandbox, 'active, unlinked account whose e-mail differs in case').accountId,
				) as unknown as Account,
			),
		).not.toBeNull();
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
		expect(sandbox.writes().every((request) => request.path.endsWith('/state/activate'))).toBe(
			true,
		);
	}));

it(
	'start-date-activation: one execution, many people minutes apart; moved, cancelled, each invited once',
	async () =>
		await withSandbox(async (sandbox) => {
			await runTemplate(apply(loadTemplate('provisioning')), sandbox);
			const zones = [
				'UTC',
				'Asia/Kolkata',
				'Asia/Kathmandu',
				'Asia/Karachi',
				'Asia/Dubai',
				'Asia/Kabul',
				'Asia/Tehran',
				'Europe/Moscow',
				'Africa/Cairo',
				'Europe/Paris',
			];
			const waiting = sandbox.jumpCloud.accounts
				.filter((account) => account.state === 'STAGED')
				.map((account) => linkOf(account as unknown as Account)!);
			waiting.forEach((id, index) =>
				sandbox.admin.change(id, {
					employmentStartDate: '2026-11-24',
					timezone: zones[index % zones.length]!,
				}),
			);
			const [moved, cancelled] = waiting as [string, string];
			let run = await runTemplate(apply(loadTemplate('start-date-activation')), sandbox);
			sandbox.admin.change(moved, { employmentStartDate: '2026-12-24' });
			sandbox.admin.remove(cancelled);
			for (let wakes = 0; run.status === 'waiting' && wakes < 30; wakes++) {
				setClock(run.waitTill!.toISOString());
				run = await run.resume();
				for (const mail of sandbox.outbox)
					expect(Date.parse(mail.at)).toBeLessThanOrEqual(Date.now());
			}
			expect(run.error).toBeUndefined();
			const state = (id: string) => sandbox.admin.accountByHumaansId(id)!.state;
			expect(waiting.slice(2).map(state)).toEqual(waiting.slice(2).map(() => 'ACTIVATED'));
			expect([state(moved), state(cancelled)]).toEqual(['STAGED', 'STAGED']);
			const invited = sandbox.outbox.map((mail) => mail.accountId);
			expect(new Set(invited).size).toBe(invited.length);
		}),
	120_000,
);

/** New hires with staged accounts, all starting tomorrow in UTC. */
async function startingTomorrow(sandbox: Sandbox): Promise<string[]> {
	await runTemplate(apply(loadTemplate('provisioning')), sandbox);
	const waiting = sandbox.jumpCloud.accounts
		.filter((account) => account.state === 'STAGED')
		.map((account) => linkOf(account as unknown as Account)!);
	for (const id of waiting)
		sandbox.admin.change(id, { employmentStartDate: '2026-11-24', timezone: 'UTC' });
	return waiting;
}
const activation = (): Template => apply(loadTemplate('start-date-activation'));
const people = (subjects: Subject[]) => subjects.map(({ personId }) => personId);
const stateIn = (sandbox: Sandbox) => (id: string) => sandbox.admin.accountByHumaansId(id)!.state;
const mailsOnce = (sandbox: Sandbox, ids: string[]): void => {
	for (const id of ids)
		expect(
			sandbox.outbox.filter(
				({ accountId }) => accountId === sandbox.admin.accountByHumaansId(id)!._id,
			),
		).toHaveLength(1);
};

it(
	'start-date-activation: what a person must look at is told before it sleeps, and nothing but ' +
		'the wait is left',
	async () =>
		await withSandbox(async (sandbox) => {
			const [due, undated] = (await startingTomorrow(sandbox)) as [string, string];
			sandbox.admin.change(due, { employmentStartDate: '2026-11-20' });
			sandbox.admin.change(undated, { employmentStartDate: null as unknown as string });
			const run = await runTemplate(activation(), sandbox);
			expect([run.error, run.status]).toEqual([undefined, 'waiting']);
			expect(
				run.run.data.executionData!.nodeExecutionStack.map((entry) => entry.node.name),
			).toEqual(['Wait for the Start Date']);
			expect(
				run.subjects('Needs a Person').map(({ personId, decision }) => [personId, decision!.code]),
			).toContainEqual([undated, 'person.noStartDate']);
			expect(people(run.subjects('Nothing to Do'))).toContain(due);
		}),
);

it(
	'start-date-activation: a start that moves earlier during the wait is seen by the trigger; ' +
		'the sleeping run does it no second time',
	async () =>
		await withSandbox(async (sandbox) => {
			const waiting = await startingTomorrow(sandbox);
			const asleep = await runTemplate(activation(), sandbox);
			expect(asleep.waitTill!.toISOString()).toBe('2026-11-24T00:00:00.000Z');
			const [moved] = waiting as [string];
			sandbox.admin.change(moved, { employmentStartDate: '2026-11-23' });
			const read = await runTemplate(loadTemplate('start-date-activation'), sandbox);
			const seen = read
				.subjects('Read Those Who Start')
				.find(({ personId }) => personId === moved)!;
			const soon = await runTemplate(activation(), sandbox, {
				from: 'When Start Dates Change',
				items: [{ ...seen, event: 'startDateChanged' }],
			});
			expect([soon.error, soon.status, stateIn(sandbox)(moved)]).toEqual([
				undefined,
				'success',
				'ACTIVATED',
			]);
			setClock('2026-11-24T00:00:00.000Z');
			const woken = await asleep.resume();
			expect(woken.error).toBeUndefined();
			expect(new Set(waiting.map(stateIn(sandbox)))).toEqual(new Set(['ACTIVATED']));
			mailsOnce(sandbox, waiting);
		}),
);

it(
	'start-date-activation: two runs asleep for the same people wake at the same moment: each ' +
		'activated once',
	async () =>
		await withSandbox(async (sandbox) => {
			const waiting = await startingTomorrow(sandbox);
			const runs = [
				await runTemplate(activation(), sandbox),
				await runTemplate(activation(), sandbox),
			];
			setClock('2026-11-24T00:00:00.000Z');
			for (const woken of await Promise.all(runs.map(async (run) => await run.resume()))) {
				expect(woken.error).toBeUndefined();
				expect(woken.items('Failed Writes')).toEqual([]);
			}
			expect(new Set(waiting.map(stateIn(sandbox)))).toEqual(new Set(['ACTIVATED']));
			mailsOnce(sandbox, waiting);
		}),
);

it('start-date-activation: n8n was down for two days over the start: all activated once when it is back', async () =>
	await withSandbox(async (sandbox) => {
		const waiting = await startingTomorrow(sandbox);
		const asleep = await runTemplate(activation(), sandbox);
		setClock('2026-11-26T07:00:00.000Z');
		const woken = await asleep.resume();
		expect([woken.error, woken.status]).toEqual([undefined, 'success']);
		expect(new Set(waiting.map(stateIn(sandbox)))).toEqual(new Set(['ACTIVATED']));
		mailsOnce(sandbox, waiting);
	}));

it(
	'start-date-activation: Humaans cannot be read on waking: nobody is activated on old data, a ' +
		'person is told, and the next run does it',
	async () =>
		await withSandbox(async (sandbox) => {
			const waiting = await startingTomorrow(sandbox);
			const template = activation();
			nodeOf(template, 'Read Them Again').waitBetweenTries = 1;
			const asleep = await runTemplate(template, sandbox);
			setClock('2026-11-24T00:00:00.000Z');
			sandbox.faults.add({ service: 'humaans', kind: '403', times: Infinity });
			const woken = await asleep.resume();
			expect(woken.error).toBeUndefined();
			expect(woken.items('Failed Writes').length).toBeGreaterThan(0);
			expect(new Set(waiting.map(stateIn(sandbox)))).toEqual(new Set(['STAGED']));
			sandbox.faults.clear();
			await runTemplate(activation(), sandbox);
			expect(new Set(waiting.map(stateIn(sandbox)))).toEqual(new Set(['ACTIVATED']));
			mailsOnce(sandbox, waiting);
		}),
);

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

it('deprovisioning: suspends leavers, those deleted in Humaans too, and does nothing else', async () =>
	await withSandbox(async (sandbox) => {
		const run = await runTemplate(apply(loadTemplate('deprovisioning')), sandbox);
		expect(run.error).toBeUndefined();
		const leavers = ['offboarded, linked account', 'linked account, person deleted in Humaans'].map(
			(label) => `/api/systemusers/${caseOf(sandbox, label).accountId}`,
		);
		expect(
			sandbox
				.writes()
				.map((request) => request.path)
				.sort(),
		).toEqual(leavers.sort());
		expect(
			run
				.subjects('Needs a Person')
				.map((subject) => subject.decision!.code)
				.sort(),
		).toEqual([
			'leaver.notLinked',
			'match.twoCandidates',
			'match.twoClaimants',
			'match.twoClaimants',
		]);
		sandbox.clearLog();
		await runTemplate(apply(loadTemplate('deprovisioning')), sandbox);
		expect(sandbox.writes()).toEqual([]);
	}));

it('deprovisioning, by the trigger: only the people it saw; nobody is looked for who is not among them', async () =>
	await withSandbox(async (sandbox) => {
		const { personId, accountId } = caseOf(sandbox, 'offboarded, linked account');
		const all = await runTemplate(loadTemplate('deprovisioning'), sandbox);
		const [seen] = all
			.subjects('Read Everybody')
			.filter((subject) => subject.personId === personId);
		sandbox.clearLog();
		const run = await runTemplate(apply(loadTemplate('deprovisioning')), sandbox, {
			from: 'When People Change',
			items: [{ ...seen, event: 'offboarded' }],
		});
		expect(run.error).toBeUndefined();
		expect(sandbox.writes().map((request) => request.path)).toEqual([
			`/api/systemusers/${accountId}`,
		]);
		expect(people(run.subjects('Find Each Account'))).toEqual([personId]);
		expect(people(run.subjects('Ask About Missing People'))).toEqual([personId]);
		expect(
			run.run.data.resultData.runData['Find Each Account']!.flatMap((one) => one.hints ?? []),
		).toEqual([]);
	}));

it(
	'deprovisioning, too many at once: held until the plan’s id is typed in; one more and it is ' +
		'another list',
	async () =>
		await withSandbox(async (sandbox) => {
			const id = 'approved plan';
			const before = await runTemplate(loadTemplate('deprovisioning'), sandbox);
			const active = sandbox.admin
				.linked()
				.filter((account) => account.state === 'ACTIVATED' && !account.admin)
				.map((account) => linkOf(account as unknown as Account)!);
			const clear = active
				.filter(
					(id) =>
						before.decisionsOf(id)[0]?.code === 'action.notAllowed' ||
						before.decisionsOf(id)[0]?.code === 'inStep',
				)
				.slice(0, 9);
			const [deleted, late, ...offboarded] = clear as [string, string, ...string[]];
			const accounts = new Map(clear.map((id) => [id, sandbox.admin.accountByHumaansId(id)!._id]));
			for (const id of offboarded) sandbox.admin.offboard(id);
			sandbox.admin.remove(deleted);
			const run = async (approvedPlan = '') => {
				const template = apply(loadTemplate('deprovisioning'));
				const { options } = template.nodes.find(({ name }) => name === 'Decide')!.parameters as {
					options: object;
				};
				const finished = await runTemplate(
					setParameters(template, 'Decide', { options: { ...options, approvedPlan } }),
					sandbox,
					{ id },
				);
				expect(finished.error).toBeUndefined();
				return finished;
			};
			const states = (ids: string[]) =>
				new Set(ids.map((id) => sandbox.admin.account(accounts.get(id)!)!.state));

			const held = await run();
			const { plan, reason } = held.decisionsOf(offboarded[0]!)[0]!;
			expect(reason).toContain(`type ${plan} into Approved Plan`);
			expect(held.subjects('Needs a Person').map(({ personId }) => personId)).toEqual(
				expect.arrayContaining([...offboarded, deleted]),
			);
			expect(sandbox.writes()).toEqual([]);

			sandbox.admin.offboard(late);
			const grown = await run(plan);
			expect(sandbox.writes()).toEqual([]);
			const next = grown.decisionsOf(late)[0]!.plan!;
			expect(next).not.toBe(plan);

			await run(next);
			expect(states(clear)).toEqual(new Set(['SUSPENDED']));
			sandbox.clearLog();
			await run();
			expect(sandbox.writes()).toEqual([]);
		}),
);

it('deprovisioning, for cause: one person is cut off at once and stays so, although Humaans says active', async () =>
	await withSandbox(async (sandbox) => {
		const { accountId, personId } = caseOf(sandbox, 'promotion in five days');
		const template = setParameters(apply(loadTemplate('deprovisioning')), 'Whom to Cut Off', {
			assignments: {
				assignments: [
					{ id: 'x', name: 'email', value: 'luca.garcia@acme.example', type: 'string' },
				],
			},
		});
		const run = await runTemplate(template, sandbox, { from: 'Cut Off One Person Now' });
		expect(run.error).toBeUndefined();
		expect(run.items('Cut Off')).toHaveLength(1);
		expect(sandbox.admin.account(accountId)).toMatchObject({ state: 'SUSPENDED', suspended: true });
		const next = await runTemplate(apply(loadTemplate('reconcile')), sandbox);
		expect(next.path(personId)).toBe('needsReview');
		expect(sandbox.admin.account(accountId)).toMatchObject({ state: 'SUSPENDED', suspended: true });
	}));

it.each([
	['nobody.here@acme.example', 'No JumpCloud account has that e-mail.'],
	['', 'No user is chosen.'],
])(
	'deprovisioning, for cause: "%s" cannot be cut off, and why',
	async (value, message) =>
		await withSandbox(async (sandbox) => {
			const template = setParameters(loadTemplate('deprovisioning'), 'Whom to Cut Off', {
				assignments: { assignments: [{ id: 'x', name: 'email', value, type: 'string' }] },
			});
			const run = await runTemplate(template, sandbox, { from: 'Cut Off One Person Now' });
			expect(run.error).toBeUndefined();
			expect(run.items('Could Not Cut Off').map(({ json }) => json.error)).toEqual([message]);
			expect(sandbox.writes()).toEqual([]);
		}),
);

it(
	'deprovisioning, for cause: at once although Mode is review; an administrator and an account ' +
		'without the link are refused',
	async () =>
		await withSandbox(async (sandbox) => {
			const cut = async (accountId: string) => {
				const { email } = sandbox.admin.account(accountId)!;
				return await runTemplate(
					setParameters(loadTemplate('deprovisioning'), 'Whom to Cut Off', {
						assignments: {
							assignments: [{ id: 'x', name: 'email', value: email, type: 'string' }],
						},
					}),
					sandbox,
					{ from: 'Cut Off One Person Now' },
				);
			};
			for (const label of ['administrator', 'service account, no link'])
				expect(
					(await cut(caseOf(sandbox, label).accountId)).items('Could Not Cut Off'),
				).toHaveLength(1);
			expect(sandbox.writes()).toEqual([]);
			const { accountId } = caseOf(sandbox, 'promotion in five days');
			expect((await cut(accountId)).items('Cut Off')).toHaveLength(1);
			expect(sandbox.admin.account(accountId)).toMatchObject({
				state: 'SUSPENDED',
				suspended: true,
			});
		}),
);
