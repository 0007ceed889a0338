/** approve-held-plan: several lists, nothing but a look, half a read, names that would act, other ways in. */
import { apply, loadTemplate, runTemplate } from '../harness/engine';
import type { Sandbox } from '../sandbox';
import {
	approving,
	ask,
	idsOf,
	isShared,
	leavers,
	others,
	stateOfPerson,
	withCompany,
	withOptions,
} from './heldPlanForm';

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
					!isShared(sandbox, id),
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
			expect(words).toMatch(/^Approve: delete \d+ accounts suspended before \(plan /);
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
				'<li>Mode is Review Everything, so nothing can be approved here. Set it to Apply in ' +
				'Decide, and publish the workflow again.</li>';
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
