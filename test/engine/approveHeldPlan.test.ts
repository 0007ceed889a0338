/**
 * approve-held-plan on n8n's engine: it shows what a limit holds, and an approval carries out exactly
 * that, though joiners and changes are there too.
 */
import type { Account } from '../../nodes/core/subject';
import { stateOf } from '../../nodes/core/account/link';
import { apply, loadTemplate, runTemplate } from '../harness/engine';
import { caseOf, setClock } from '../harness/fixedClock';
import type { Sandbox } from '../sandbox';
import { decidedIn, offboardSome } from './decided';
import { approving, ask, withCompany, withOptions, type Answer } from './heldPlanForm';

/** Of two records of one human the account is not touched. */
const shared = (sandbox: Sandbox) =>
	caseOf(sandbox, 'contractor becomes employee: two people, one email').accountId;
const leavers = (sandbox: Sandbox, howMany = 8) => offboardSome(sandbox, howMany, shared(sandbox));
const stateOfPerson = (sandbox: Sandbox, person: string) =>
	stateOf(sandbox.admin.accountByHumaansId(person) as unknown as Account);
const idsOf = ({ links }: Answer) => Object.values(links);
const personsOf = ({ rows }: Answer) => rows.map((row) => row['Humaans ID']).sort();

/** All accounts, without those of some people. */
function others(sandbox: Sandbox, people: readonly string[]): string {
	const ids = new Set(people.map((person) => sandbox.admin.accountByHumaansId(person)?._id));
	return JSON.stringify(sandbox.jumpCloud.accounts.filter(({ _id }) => !ids.has(_id)));
}

/** Who would lose access at noon: those of the company, and those whom a test adds. */
const whoIsHeld = async (sandbox: Sandbox): Promise<string[]> =>
	personsOf(await ask(sandbox, { action: 'Show' })) as string[];

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
					`<li>Too many accounts would lose access: ${rows.length} linked accounts.*, and \\d+ are in ` +
						`use: over the limit of 3\\. The list has the ID ${id}\\.</li>`,
				),
			);
			const row = rows.find((one) => one['Humaans ID'] === people[0])!;
			const account = sandbox.admin.accountByHumaansId(people[0]!)!;
			expect(row).toMatchObject({
				...{ 'Would Do': 'Suspend the account', 'Last Day': '2026-11-21', Plan: id },
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
			const now = await whoIsHeld(sandbox);
			expect(now).toEqual([undefined]);
			for (const _ of [1, 2, 3]) await ask(sandbox, { action: 'Show' });
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
			const people = personsOf(shown) as string[];
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
				expect(row).toMatchObject({ Result: 'Done.', 'Approved By': 'not known' });
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
				`<li>No list has the ID ${plan}: it has changed since, or the ID is not whole. It let nothing through.</li>`,
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
				`<li>Nobody is held any more, so the ID ${plan} let nothing through: it was carried out already, or nobody on it is due now.</li>`,
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
			const people = personsOf(shown) as string[];
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
				'<p>Sent by: not known</p><p><strong>No ID was given, so nothing was approved.</strong></p>',
			);
			expect(idsOf(empty)).toHaveLength(1);
			const odd = await ask(sandbox, { action: 'Approve', plan: '<script>alert(1)</script>' });
			expect(odd.html).toContain('No list has the ID &lt;script&gt;alert(1)&lt;/script&gt;: ');
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

describe('several lists at once', () => {
	/** Leavers, and people whose work email changes together with their job. */
	function both(sandbox: Sandbox): { gone: string[]; renamed: string[] } {
		const gone = leavers(sandbox);
		const renamed = sandbox.humaans.people
			.filter(
				({ id, status }) =>
					status === 'active' &&
					!gone.includes(id) &&
					sandbox.admin.accountByHumaansId(id)?.state === 'ACTIVATED' &&
					!sandbox.admin.accountByHumaansId(id)!.admin &&
					sandbox.admin.accountByHumaansId(id)!._id !== shared(sandbox),
			)
			.slice(-12)
			.map(({ id }) => id);
		renamed.forEach((id, at) =>
			sandbox.admin.change(id, { email: `renamed${at}@acme.example`, jobTitle: 'Renamed' }),
		);
		return { gone, renamed };
	}

	it('each has its ID, and each can be approved alone', async () =>
		await withCompany(async (sandbox) => {
			const { gone, renamed } = both(sandbox);
			const shown = await ask(sandbox, { action: 'Show' });
			const [access, emails, all] = idsOf(shown);
			expect(Object.keys(shown.links)).toEqual([
				expect.stringMatching(/^Approve: let \d+ accounts lose access \(plan /),
				expect.stringMatching(/^Approve: give \d+ accounts another work email \(plan /),
				'Approve all 2 lists',
			]);
			expect(all).toBe(`${access},${emails}`);
			const row = shown.rows.find((one) => one['Humaans ID'] === renamed[0])!;
			expect(row.Changes).toMatch(/^Work Email: \S+ → renamed0@acme\.example$/);
			expect(shown.html).toContain(`<td>${row.Changes}</td>`);

			const titles = new Map(
				renamed.map((id) => [id, sandbox.admin.accountByHumaansId(id)!.jobTitle]),
			);
			const done = await ask(sandbox, { action: 'Approve', plan: emails! });
			expect(done.title).toMatch(/^Approved: \d+ updated$/);
			expect(idsOf(done)).toEqual([access]);
			for (const id of renamed) {
				const account = sandbox.admin.accountByHumaansId(id)!;
				expect(account.email).toMatch(/^renamed\d+@/);
				// The other change was not on the list.
				expect(account.jobTitle).toBe(titles.get(id));
			}
			for (const id of gone) expect(stateOfPerson(sandbox, id)).toBe('ACTIVATED');
		}));

	it('or all of them together', async () =>
		await withCompany(async (sandbox) => {
			const { gone, renamed } = both(sandbox);
			const { links } = await ask(sandbox, { action: 'Show' });
			const done = await ask(sandbox, { action: 'Approve', plan: links['Approve all 2 lists']! });
			expect(done.title).toMatch(/^Approved: .*\d+ suspended/);
			expect(done.title).toMatch(/\d+ updated/);
			for (const id of gone) expect(stateOfPerson(sandbox, id)).toBe('SUSPENDED');
			for (const id of renamed)
				expect(sandbox.admin.accountByHumaansId(id)!.email).toMatch(/^renamed/);
		}));

	it('deletions of suspended accounts are a list of their own', async () =>
		await withCompany(async (sandbox) => {
			const people = leavers(sandbox);
			for (const id of people) {
				const account = sandbox.admin.accountByHumaansId(id)!;
				const stamp = { name: 'humaansDeprovisionedAt', value: '2026-09-01T09:00:00.000Z leaving' };
				sandbox.admin.setAccount(account._id, {
					...{ state: 'SUSPENDED', suspended: true },
					attributes: [...account.attributes, stamp],
				} as never);
			}
			const settings = () =>
				approving({ deprovisionHow: 'suspendThenDelete', deleteAfterDays: 30 });
			const shown = await ask(sandbox, { action: 'Show' }, settings());
			const [words] = Object.keys(shown.links).filter((one) => one.includes('suspended'));
			expect(words).toMatch(/^Approve: delete \d+ accounts that are suspended \(plan /);
			const rows = shown.rows.filter((row) => row.Plan === shown.links[words!]);
			const done = await ask(
				sandbox,
				{ action: 'Approve', plan: shown.links[words!]! },
				settings(),
			);
			expect(done.title).toBe(`Approved: ${rows.length} deleted`);
			for (const id of people) expect(sandbox.admin.accountByHumaansId(id)).toBeUndefined();
		}));
});

describe('with Mode: Review Everything, as it ships', () => {
	it('the list is shown, nothing can be approved, and the page says why', async () =>
		await withCompany(async (sandbox) => {
			leavers(sandbox);
			const asShipped = () => loadTemplate('approve-held-plan');
			const shown = await ask(sandbox, { action: 'Show' }, asShipped());
			const why =
				'<li>Mode is Review Everything, so nothing can be approved here. Set it to Apply first.</li>';
			expect(shown.html).toContain(why);
			expect(shown.links).toEqual({});
			const plan = shown.rows[0]!.Plan!;
			const approved = await ask(sandbox, { action: 'Approve', plan }, asShipped());
			expect(approved.title).toBe('Approved, and nothing was done');
			expect(approved.html).toContain(
				`<li>The list ${plan} is as you approved it, and nothing was done: Mode is Review Everything.</li>`,
			);
			expect(new Set(approved.rows.map(({ Result }) => Result))).toEqual(
				new Set(['Not done: Mode is Review Everything.']),
			);
			expect(sandbox.writes()).toEqual([]);
			// Nor does it count as let through, nor as approved.
			const fewer = approved.rows[0]!['Humaans ID']!;
			sandbox.admin.change(fewer, {
				status: 'active',
				employmentEndDate: null,
				lastWorkingDay: null,
			});
			const again = await ask(sandbox, { action: 'Approve', plan });
			expect(again.title).toMatch(/held by a limit$/);
			expect(sandbox.writes()).toEqual([]);
		}));
});

describe('an incomplete read: no list, and nothing is done', () => {
	const why = async (sandbox: Sandbox, plan: string): Promise<string> => {
		const before = others(sandbox, []);
		const { title, html, rows, links } = await ask(sandbox, { action: 'Approve', plan });
		expect(title).toMatch(/^(There is no list|Nothing was done)$/);
		expect(html).not.toContain('<table');
		expect(rows).toEqual([{ Why: expect.any(String), 'Approved By': '' }]);
		expect(links).toEqual({});
		expect(others(sandbox, [])).toBe(before);
		return html;
	};

	it('a token that does not see everybody, a row without an ID, a service that fails', async () =>
		await withCompany(async (sandbox) => {
			leavers(sandbox);
			const [plan] = idsOf(await ask(sandbox, { action: 'Show' }));
			const account = sandbox.jumpCloud.accounts[5]!;
			const { _id } = account;
			(account as { _id: string })._id = '';
			expect(await why(sandbox, plan!)).toMatch(/could not be read|no ID/);
			(account as { _id: string })._id = _id;
			sandbox.faults.add({
				...{ service: 'jumpCloud', method: 'POST', path: '/search', kind: '403', times: Infinity },
			} as const);
			sandbox.faults.add({
				...{
					service: 'jumpCloud',
					method: 'GET',
					path: '/systemusers',
					kind: '403',
					times: Infinity,
				},
			} as const);
			expect(await why(sandbox, plan!)).toMatch(/<strong>[^<]+<\/strong>/);
			sandbox.faults.clear();
			sandbox.humaans.setToken(['public:read', 'private:read'], undefined, 'user');
			expect(await why(sandbox, plan!)).toContain('so it may not show everybody.');
			expect(sandbox.writes()).toEqual([]);
		}));
});

it('nothing that people wrote can act on the page, or in a spreadsheet', async () =>
	await withCompany(async (sandbox) => {
		const people = leavers(sandbox);
		const evil = ['<img src=x onerror=alert(1)>', '=cmd()', '+1+1', '@SUM(A1)'];
		evil.forEach((name, at) =>
			sandbox.admin.change(people[at]!, {
				...{ firstName: name, preferredName: name, lastName: '' },
			}),
		);
		const { html, rows } = await ask(sandbox, { action: 'Show' });
		expect(html).toContain('<td>&lt;img src=x onerror=alert(1)&gt;</td>');
		expect(html).toContain('<td>&#39;=cmd()</td>');
		const tags = new Set([...html.matchAll(/<\/?([^\s>]+)/g)].map(([, tag]) => tag));
		expect([...tags].sort()).toEqual([
			'a',
			'h3',
			'li',
			'p',
			'table',
			'tbody',
			'td',
			'th',
			'thead',
			'tr',
			'ul',
		]);
		expect(rows.map(({ Person }) => Person)).toEqual(
			expect.arrayContaining([evil[0], "'=cmd()", "'+1+1", "'@SUM(A1)"]),
		);
		for (const row of rows)
			for (const cell of Object.values(row)) expect(cell).not.toMatch(/^\s*[=+\-@]/);
	}));

it('asked by hand: the rows are items, and no form is waited for', async () =>
	await withCompany(async (sandbox) => {
		const people = leavers(sandbox);
		const run = await runTemplate(approving(), sandbox);
		expect(run.error).toBeUndefined();
		expect(run.status).toBe('success');
		const rows = run.items('Read the List Here').map(({ json }) => json);
		expect(rows.map((row) => row['Humaans ID'])).toEqual(expect.arrayContaining(people));
		expect(sandbox.writes()).toEqual([]);
	}));

it('asked by another workflow, after an approval in a chat: the same, with the name it gives', async () =>
	await withCompany(async (sandbox) => {
		leavers(sandbox);
		const held = await runTemplate(apply(loadTemplate('reconcile')), sandbox);
		const [plan] = (held.items('Summary of the Run')[0]!.json as { plans: Array<{ id: string }> })
			.plans;
		sandbox.clearLog();
		const run = await runTemplate(approving(), sandbox, {
			from: 'When Another Workflow Asks',
			items: [{ action: 'Approve', plan: plan!.id, approvedBy: 'in Slack' }],
		});
		expect(run.status).toBe('success');
		const rows = run.items('Read the List Here').map(({ json }) => json);
		expect(rows.length).toBeGreaterThan(7);
		for (const row of rows)
			expect(row).toMatchObject({ Result: 'Done.', 'Approved By': 'in Slack' });
	}));

it('another limit here gives another list: settings are those of reconcile', async () =>
	await withCompany(async (sandbox) => {
		leavers(sandbox);
		const held = withOptions(approving({ deprovisioningLimit: 0 }), { limitPercent: 0 });
		expect((await ask(sandbox, { action: 'Show' }, held)).rows.length).toBeGreaterThan(7);
	}));
