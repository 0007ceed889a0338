/**
 * approve-held-plan on n8n's engine: it shows what a limit holds, and an approval carries out exactly
 * that, though joiners and changes are there too.
 */
import { apply, loadTemplate, runTemplate } from '../harness/engine';
import { setClock } from '../harness/fixedClock';
import { decidedIn, decidedTo } from './decided';
import {
	approving,
	ask,
	idsOf,
	leavers,
	others,
	personsOf,
	stateOfPerson,
	withCompany,
	withOptions,
} from './heldPlanForm';

describe('what a limit holds is shown', () => {
	it('who, last day, why, how many, and the ID; nothing is written', async () =>
		await withCompany(async (sandbox) => {
			const people = leavers(sandbox);
			const answer = await ask(sandbox, { action: 'Show' });
			const { title, html, rows, run } = answer;
			expect(people.filter((id) => !rows.some((row) => row['Humaans ID'] === id))).toEqual([]);
			expect(title).toBe(`${rows.length} accounts are held by a limit`);
			const [id] = idsOf(answer);
			expect(answer.links).toEqual({
				[`Approve: let ${rows.length} accounts lose access (plan ${id})`]: id,
			});
			expect(html).toContain(
				`<h3>Would lose access: ${rows.length} accounts, plan ${id}</h3><table><thead><tr><th>Person`,
			);
			expect(html).toMatch(
				new RegExp(
					`<li>Too many accounts would lose access: ${rows.length} accounts.*, and \\d+ are in ` +
						`use: over the limit of 3\\. The list has the ID ${id}\\.</li>`,
				),
			);
			const row = rows.find((one) => one['Humaans ID'] === people[0])!;
			const account = sandbox.admin.accountByHumaansId(people[0]!)!;
			expect(row).toMatchObject({
				...{ Action: 'Suspend the account', 'Last Day': '2026-11-21', Plan: id },
				...{ Account: `${account.username} (active)`, 'JumpCloud ID': account._id, Result: '' },
				Why: expect.stringMatching(/^The person is offboarded in Humaans/),
			});
			expect(html).toContain(
				`<td>${row.Person}</td><td>Suspend the account</td><td>2026-11-21</td>`,
			);
			expect(sandbox.writes()).toEqual([]);
			expect(run.items('Apply the Decision')).toEqual([]);
		}));

	it('it is the list that reconcile holds', async () =>
		await withCompany(async (sandbox) => {
			const people = leavers(sandbox);
			const held = await runTemplate(apply(loadTemplate('reconcile')), sandbox);
			const { plan } = held.decisionsOf(people[0]!)[0]!;
			expect(idsOf(await ask(sandbox, { action: 'Show' }))).toEqual([plan]);
		}));

	it('what other workflows of this n8n let through counts here too', async () =>
		await withCompany(async (sandbox) => {
			leavers(sandbox, 1);
			const three = { limitPercent: 0 };
			const template = () => withOptions(approving(), three);
			const reconcile = apply(loadTemplate('reconcile'), {
				options: { ...three, summaryItem: true },
			});
			const within = await runTemplate(reconcile, sandbox);
			const before = decidedTo(within, 'deprovision').length;
			expect(before).toBe(3);
			// Alone they would be within the limit.
			const late = leavers(sandbox, 3);
			const shown = await ask(sandbox, { action: 'Show' }, template());
			expect(personsOf(shown)).toEqual([...late].sort());
			expect(shown.html).toContain(
				'<li>Too many accounts would lose access: 6 accounts within 24 hours (3 now, 3 before), and ',
			);
			sandbox.clearLog();
			const done = await ask(sandbox, { action: 'Approve', plan: idsOf(shown)[0]! }, template());
			expect(done.title).toBe('Approved: 3 suspended');
			expect(late.map((person) => stateOfPerson(sandbox, person))).toEqual(
				late.map(() => 'SUSPENDED'),
			);
		}));

	it('nobody is held: it says so', async () =>
		await withCompany(async (sandbox) => {
			const { title, html, rows, links } = await ask(
				sandbox,
				{ action: 'Show' },
				approving({ deprovisioningLimit: 1000 }),
			);
			expect(title).toBe('Nobody is held by a limit');
			expect(html).toContain('<li>No limit holds anything now.</li>');
			expect(rows).toEqual([{ Why: 'Nobody is held by a limit.', 'Approved By': '' }]);
			expect(links).toEqual({});
			expect(sandbox.writes()).toEqual([]);
		}));

	it('looking uses nothing of the limit: what is within it goes on as before', async () =>
		await withCompany(async (sandbox) => {
			for (let times = 0; times < 3; times++)
				expect((await ask(sandbox, { action: 'Show' })).title).toBe('Nobody is held by a limit');
			const people = leavers(sandbox, 1);
			const run = await runTemplate(apply(loadTemplate('reconcile')), sandbox);
			expect(run.decisionsOf(people[0]!)[0]!.action).toBe('deprovision');
			expect(decidedIn(run).filter(({ decision }) => decision.plan)).toEqual([]);
		}));
});

describe('an approval', () => {
	it('carries out exactly what was shown, though joiners and changes are there too', async () =>
		await withCompany(async (sandbox) => {
			leavers(sandbox);
			const before = others(sandbox, []);
			const shown = await ask(sandbox, { action: 'Show' });
			expect(others(sandbox, [])).toBe(before);
			const people = personsOf(shown);
			const rest = others(sandbox, people);
			const done = await ask(sandbox, { action: 'Approve', plan: idsOf(shown)[0]! });
			expect(done.title).toBe(`Approved: ${people.length} suspended`);
			expect(people.map((person) => stateOfPerson(sandbox, person))).toEqual(
				people.map(() => 'SUSPENDED'),
			);
			expect(others(sandbox, people)).toBe(rest);
			expect(sandbox.outbox).toEqual([]);
			expect(sandbox.violations).toEqual([]);
			// There was something else to do.
			const left = await runTemplate(loadTemplate('reconcile'), sandbox);
			const would = decidedIn(left).map(({ decision }) => decision.blockedAction);
			for (const action of ['create', 'update', 'reactivate']) expect(would).toContain(action);
			expect(personsOf(done)).toEqual(people);
			for (const row of done.rows)
				expect(row).toMatchObject({ Result: 'Done.', 'Approved By': 'not named' });
			expect(done.links).toEqual({});
		}));

	it('is done by whom, on the page and in the items', async () =>
		await withCompany(async (sandbox) => {
			leavers(sandbox);
			const [plan] = idsOf(await ask(sandbox, { action: 'Show' }));
			const user = { id: '1', firstName: '<b>Ana', lastName: 'Silva', email: 'ana@acme.example' };
			const { html, rows, run } = await ask(sandbox, { action: 'Approve', plan: plan!, user });
			expect(html).toMatch(/^<p>Approved by: &#60;b&#62;Ana Silva \(ana@acme\.example\)<\/p>/);
			const by = '<b>Ana Silva (ana@acme.example)';
			expect(new Set(rows.map((row) => row['Approved By']))).toEqual(new Set([by]));
			expect(run.items('Write the Answer')[0]!.json.approvedBy).toBe(by);
			const [first] = rows;
			expect(run.decisionsOf(first!['Humaans ID']!)[0]).toMatchObject({
				...{ action: 'deprovision', approvedPlan: plan },
			});
		}));

	it('of a list that changed: it is shown again with its new ID, and not carried out', async () =>
		await withCompany(async (sandbox) => {
			leavers(sandbox);
			const [plan] = idsOf(await ask(sandbox, { action: 'Show' }));
			const before = others(sandbox, []);
			const [late] = leavers(sandbox, 1);
			const again = await ask(sandbox, { action: 'Approve', plan: plan! });
			expect(again.html).toContain(
				`<li>No list has the ID ${plan}: it has changed since, it was carried out already, or the ID is not ` +
					'whole. It let nothing through.</li>',
			);
			expect(personsOf(again)).toContain(late);
			expect(again.title).toBe(`${again.rows.length} accounts are held by a limit`);
			expect(idsOf(again)).not.toEqual([plan]);
			expect(others(sandbox, [])).toBe(before);
			expect(sandbox.writes()).toEqual([]);
			const done = await ask(sandbox, { action: 'Approve', plan: idsOf(again)[0]! });
			expect(done.title).toBe(`Approved: ${again.rows.length} suspended`);
		}));

	it('a second time: nothing is done, and it says so', async () =>
		await withCompany(async (sandbox) => {
			leavers(sandbox);
			const [plan] = idsOf(await ask(sandbox, { action: 'Show' }));
			await ask(sandbox, { action: 'Approve', plan: plan! });
			sandbox.clearLog();
			const { title, html } = await ask(sandbox, { action: 'Approve', plan: plan! });
			expect(title).toBe('Nobody is held by a limit');
			expect(html).toContain(
				`<li>Nobody is held any more, so the ID ${plan} let nothing through: the list was carried out ` +
					'already, or nobody on it is due now.</li>',
			);
			expect(sandbox.writes()).toEqual([]);
		}));

	it('twice at the same moment: each account is suspended once', async () =>
		await withCompany(async (sandbox) => {
			leavers(sandbox);
			const shown = await ask(sandbox, { action: 'Show' });
			const [plan] = idsOf(shown);
			await Promise.all(
				[1, 2].map(async () => await ask(sandbox, { action: 'Approve', plan: plan! })),
			);
			const people = personsOf(shown);
			expect(people.map((person) => stateOfPerson(sandbox, person))).toEqual(
				people.map(() => 'SUSPENDED'),
			);
			const suspensions = sandbox
				.writes()
				.filter(({ body }) => (body as { suspended?: boolean } | null)?.suspended === true);
			expect(suspensions).toHaveLength(people.length);
		}));

	it('of somebody whose write failed is tried again with the same ID', async () =>
		await withCompany(async (sandbox) => {
			const [unlucky] = leavers(sandbox);
			const [plan] = idsOf(await ask(sandbox, { action: 'Show' }));
			const { _id } = sandbox.admin.accountByHumaansId(unlucky!)!;
			sandbox.faults.add({
				...{ service: 'jumpCloud', method: 'PUT', path: _id, kind: '403', times: Infinity },
			} as const);
			const first = await ask(sandbox, { action: 'Approve', plan: plan! });
			expect(first.title).toBe(`Approved: ${first.rows.length - 1} suspended, 1 not done`);
			const row = first.rows.find((one) => one['Humaans ID'] === unlucky)!;
			expect(row.Result).toMatch(/^Not done\. JumpCloud/);
			expect(first.html).toContain(row.Result!.split('.')[1]!.trim());
			sandbox.faults.clear();
			const second = await ask(sandbox, { action: 'Approve', plan: plan! });
			expect(second.title).toBe('Approved: 1 suspended');
			expect(stateOfPerson(sandbox, unlucky!)).toBe('SUSPENDED');
		}));

	it('after more than 24 hours: the ID no longer counts', async () =>
		await withCompany(async (sandbox) => {
			leavers(sandbox);
			const [plan] = idsOf(await ask(sandbox, { action: 'Show' }));
			setClock('2026-11-24T12:01:00.000Z');
			const late = await ask(sandbox, { action: 'Approve', plan: plan! });
			expect(late.html).toContain(
				`<li>The ID ${plan} is more than 24 hours old and no longer counts, so it let nothing through.</li>`,
			);
			expect(idsOf(late)).toHaveLength(1);
			expect(sandbox.writes()).toEqual([]);
		}));

	it('without an ID, or with another text: nothing is done', async () =>
		await withCompany(async (sandbox) => {
			leavers(sandbox);
			const empty = await ask(sandbox, { action: 'Approve' });
			expect(empty.html).toContain(
				'<p>Sent by: not named</p><p><strong>No ID was given, so nothing was approved.</strong></p>',
			);
			expect(idsOf(empty)).toHaveLength(1);
			const odd = await ask(sandbox, { action: 'Approve', plan: '<script>alert(1)</script>' });
			expect(odd.html).toContain(
				'&lt;script&gt;alert(1)&lt;/script&gt;&quot; is not the ID of a list',
			);
			expect(odd.html).not.toContain('<script');
			// Only the choice approves.
			const [plan] = idsOf(empty);
			const only = await ask(sandbox, { action: 'Show', plan: plan! });
			expect(only.title).toMatch(/held by a limit$/);
			expect(sandbox.writes()).toEqual([]);
		}));

	it('counts in the limit of the day', async () =>
		await withCompany(async (sandbox) => {
			leavers(sandbox);
			const [plan] = idsOf(await ask(sandbox, { action: 'Show' }));
			await ask(sandbox, { action: 'Approve', plan: plan! });
			const [late] = leavers(sandbox, 1);
			const run = await runTemplate(apply(loadTemplate('reconcile')), sandbox);
			expect(run.decisionsOf(late!)[0]!.code).toBe('limit.deprovisioning');
		}));
});
