/** The templates that do one part of the work, each on the whole company. */
import { linkOf } from '../../nodes/core/account/link';
import type { Account, Subject } from '../../nodes/core/subject';
import { apply, loadTemplate, runTemplate, setParameters } from '../harness/engine';
import { caseOf, withSandbox } from '../harness/fixedClock';
import { rowsOf, written } from '../harness/outcomes';
import { triggered } from './triggered';

const people = (subjects: Subject[]) => subjects.map(({ personId }) => personId);
const ran = (sandbox: { log: Array<{ method: string; path: string }> }, pattern: RegExp) =>
	sandbox.log.filter((request) => pattern.test(`${request.method} ${request.path}`)).length;

it('provisioning: creates, adopts, activates who has started, and disables nobody', async () =>
	await withSandbox(async (sandbox) => {
		const run = await runTemplate(apply(loadTemplate('provisioning')), sandbox);
		expect(run.error).toBeUndefined();
		expect(run.status).toBe('success');
		expect(written(run, 'create').length).toBeGreaterThan(60);
		const waits = rowsOf(run, 'No Action').filter((row) => row.Action === 'Wait');
		expect([waits.length, run.children]).toEqual([16, []]);
		expect(
			sandbox.admin.account(caseOf(sandbox, 'offboarded, linked account').accountId),
		).toMatchObject({ state: 'ACTIVATED' });
		expect(
			linkOf(
				sandbox.admin.account(
					caseOf(sandbox, 'active, unlinked account whose email differs in case').accountId,
				) as unknown as Account,
			),
		).not.toBeNull();
		expect(sandbox.violations).toEqual([]);
	}));

it('sync-updates: updates linked accounts only, creates and disables nobody', async () =>
	await withSandbox(async (sandbox) => {
		const before = sandbox.jumpCloud.accounts.length;
		const run = await runTemplate(apply(loadTemplate('sync-updates')), sandbox);
		expect(run.error).toBeUndefined();
		expect(written(run, 'update').length).toBeGreaterThan(50);
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
			rowsOf(run, 'Needs Review')
				.map(({ Code }) => Code)
				.sort(),
		).toEqual(['leaver.notLinked', 'leaver.sameHuman', 'match.twoCandidates']);
		sandbox.clearLog();
		await runTemplate(apply(loadTemplate('deprovisioning')), sandbox);
		expect(sandbox.writes()).toEqual([]);
	}));

it('deprovisioning, by the trigger: only the people it saw; nobody is looked for who is not among them', async () =>
	await withSandbox(async (sandbox) => {
		const { personId, accountId } = caseOf(sandbox, 'offboarded, linked account');
		sandbox.clearLog();
		const run = await triggered(
			apply(loadTemplate('deprovisioning')),
			sandbox,
			[personId],
			'offboarded',
		);
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
			for (const id of offboarded) sandbox.admin.offboard(id, '2026-11-20');
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
			expect(new Set(rowsOf(held, 'Needs Review').map(({ Plan }) => Plan))).toContain(plan);
			expect(reason).toContain(`Plan ${plan} waits: approve it with the form`);
			expect(rowsOf(held, 'Needs Review').map((row) => row['Humaans ID'])).toEqual(
				expect.arrayContaining([...offboarded, deleted]),
			);
			expect(sandbox.writes()).toEqual([]);

			sandbox.admin.offboard(late, '2026-11-20');
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
