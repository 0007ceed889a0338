/** The ten rules of the design that no setting may break, each shown on the whole company. */
import type { Account } from '../../nodes/core/subject';
import { linkOf } from '../../nodes/core/account/link';
import type { Sandbox } from '../sandbox';
import { apply, loadTemplate, runTemplate, setParameters, type Template } from '../harness/engine';
import { caseOf, setClock, withSandbox } from '../harness/fixedClock';
import { OVER, decidedTo, failuresIn } from './decided';

const reconcile = (policy = {}): Template => apply(loadTemplate('reconcile'), policy);
const suspendedIds = (sandbox: Sandbox) =>
	sandbox.jumpCloud.accounts.filter((account) => account.suspended).map((account) => account._id);
const linkedActive = (sandbox: Sandbox) =>
	sandbox.admin.linked().filter((account) => account.state === 'ACTIVATED' && !account.admin);
const linked = (account: unknown) => linkOf(account as Account)!;

it('1. never sends, sets or reads a password', async () =>
	await withSandbox(async (sandbox) => {
		const mapping = { target: 'custom', attributeName: 'password', value: 'x', rule: 'default' };
		const template = setParameters(reconcile(), 'What JumpCloud Should Hold', {
			options: { customMappings: { mapping: [{ ...mapping, target: 'password' }] } },
		});
		const run = await runTemplate(template, sandbox);
		expect(run.error).toBeUndefined();
		expect(JSON.stringify(sandbox.log.map((request) => request.body))).not.toMatch(/"password"/);
		expect(sandbox.violations).toEqual([]);
		expect(run.subjects('What JumpCloud Should Hold')[0]!.desired!.problems).toContainEqual(
			expect.objectContaining({ field: 'password' }),
		);
	}));

it('2. never disables an account without its link, an administrator or a protected account', async () =>
	await withSandbox(async (sandbox) => {
		const [admin, protectedOne] = linkedActive(sandbox);
		sandbox.admin.setAccount(admin!._id, { admin: { id: 'a', roleName: 'Help Desk' } });
		for (const account of [admin!, protectedOne!]) sandbox.admin.offboard(linked(account), OVER);
		const unlinked = caseOf(sandbox, 'offboarded, account not linked').accountId;
		const run = await runTemplate(
			reconcile({
				deprovisionHow: 'delete',
				deprovisioningLimit: 1000,
				options: { protectedAccounts: protectedOne!.username },
			}),
			sandbox,
		);
		expect(run.decisionsOf(linked(admin))[0]).toMatchObject({
			action: 'needsReview',
			code: 'account.administrator',
		});
		expect(run.decisionsOf(linked(protectedOne))[0]).toMatchObject({
			action: 'needsReview',
			code: 'account.protected',
		});
		for (const id of [admin!._id, protectedOne!._id, unlinked])
			expect(sandbox.admin.account(id)).toMatchObject({ state: 'ACTIVATED' });
	}));

it.each(['Jane Doe <EMAIL>', '<EMAIL>;', '"EMAIL"', 'mailto:EMAIL', 'EMAIL.'])(
	'2. an account is protected by its address as it was pasted: %s',
	async (form) =>
		await withSandbox(async (sandbox) => {
			const [account] = linkedActive(sandbox);
			sandbox.admin.offboard(linked(account), OVER);
			const options = { protectedAccounts: form.replace('EMAIL', account!.email) };
			const run = await runTemplate(reconcile({ options }), sandbox);
			expect(run.decisionsOf(linked(account))[0]).toMatchObject({ code: 'account.protected' });
			expect(sandbox.admin.account(account!._id)!.state).toBe('ACTIVATED');
		}),
);

it('2. an entry that can name no account stops the run before anything is done', async () =>
	await withSandbox(async (sandbox) => {
		const run = await runTemplate(
			reconcile({ options: { protectedAccounts: 'Jane Doe' } }),
			sandbox,
		);
		expect(run.error!.message).toContain('Protected Accounts cannot be used');
		expect(sandbox.writes()).toEqual([]);
	}));

it('3. a person missing from an under-privileged read is not gone', async () =>
	await withSandbox(async (sandbox) => {
		const before = suspendedIds(sandbox);
		sandbox.humaans.setToken(['public:read']);
		const template = reconcile({ deprovisioningLimit: 1000 });
		for (const name of ['Read Everybody', 'Ask About Missing People'])
			setParameters(template, name, { options: { allowPartialView: true } });
		const run = await runTemplate(template, sandbox);
		expect(run.error).toBeUndefined();
		expect(suspendedIds(sandbox).filter((id) => !before.includes(id))).toEqual([]);
		expect([...decidedTo(run, 'deprovision'), ...decidedTo(run, 'delete')]).toEqual([]);
	}));

it('3. a person whom only a list forgot is not gone', async () =>
	await withSandbox(async (sandbox) => {
		const account = linkedActive(sandbox)[0]!;
		const person = sandbox.humaans.people.find((row) => row.id === linked(account))!;
		// Listed under no status, yet there by ID.
		const { status } = person;
		person.status = 'somewhere else' as never;
		const run = await runTemplate(reconcile({ deprovisioningLimit: 1000 }), sandbox);
		person.status = status;
		expect(run.decisionsOf(person.id)[0]!.action).toBe('needsReview');
		expect(sandbox.admin.account(account._id)).toMatchObject({ state: 'ACTIVATED' });
	}));

it('4. a postponed start date never disables anybody, and an active account is never put back', async () =>
	await withSandbox(async (sandbox) => {
		await runTemplate(reconcile(), sandbox);
		const active = sandbox.admin.linked().filter((account) => account.state === 'ACTIVATED');
		for (const account of active) {
			if (sandbox.humaans.people.some((person) => person.id === linked(account)))
				sandbox.admin.change(linked(account), {
					employmentStartDate: '2027-06-01',
					status: 'newHire',
				});
		}
		const run = await runTemplate(
			reconcile({ deprovisionWhen: ['offboarded', 'deleted', 'lastDay'] }),
			sandbox,
		);
		expect([...decidedTo(run, 'deprovision'), ...decidedTo(run, 'delete')]).toEqual([]);
		for (const account of active)
			expect(sandbox.admin.account(account._id)).toMatchObject({ state: 'ACTIVATED' });
	}));

it('5. two people never share an account', async () =>
	await withSandbox(async (sandbox) => {
		await runTemplate(reconcile(), sandbox);
		const links = sandbox.admin.linked().map(linked);
		expect(new Set(links).size).toBe(links.length);
	}));

it('6. over the limit nobody at all is disabled, whatever the way of leaving', async () =>
	await withSandbox(async (sandbox) => {
		const before = suspendedIds(sandbox);
		// An account that another record claims is held for that.
		const shared = caseOf(sandbox, 'contractor becomes employee: two people, one email').accountId;
		const people = linkedActive(sandbox)
			.filter(({ _id }) => _id !== shared)
			.slice(0, 8)
			.map(linked);
		people.slice(0, 4).forEach((id) => sandbox.admin.offboard(id, OVER));
		people.slice(4).forEach((id) => sandbox.admin.remove(id));
		const run = await runTemplate(reconcile({ options: { rehire: 'review' } }), sandbox);
		expect(suspendedIds(sandbox)).toEqual(before);
		for (const id of people)
			expect(run.decisionsOf(id)[0]).toMatchObject({
				action: 'needsReview',
				code: 'limit.deprovisioning',
				blockedAction: 'deprovision',
			});
	}));

it('7. decide, apply, decide again: nothing is left to do, in at most four steps', async () =>
	await withSandbox(async (sandbox) => {
		const run = await runTemplate(reconcile({ deprovisionHow: 'suspendThenDelete' }), sandbox);
		const people = new Set(
			run.subjects('Ask About Missing People').map((subject) => subject.personId!),
		);
		expect(people.size).toBeGreaterThan(160);
		for (const id of people) {
			const decisions = run.decisionsOf(id);
			expect(['noAction', 'waitUntilDue', 'needsReview']).toContain(decisions.at(-1)!.action);
			expect(decisions.length).toBeLessThanOrEqual(4);
		}
		sandbox.clearLog();
		await runTemplate(reconcile({ deprovisionHow: 'suspendThenDelete' }), sandbox);
		expect(sandbox.writes()).toEqual([]);
	}));

it('8. one bad person never stops the others', async () =>
	await withSandbox(async (sandbox) => {
		const bad = caseOf(sandbox, 'active, no account').personId;
		sandbox.admin.change(bad, {
			firstName: 'x'.repeat(2000),
			email: 'not an address',
			employmentStartDate: 'soon',
		});
		const run = await runTemplate(reconcile(), sandbox);
		expect(run.error).toBeUndefined();
		expect(run.decisionsOf(bad).at(-1)).toMatchObject({ action: 'needsReview' });
		expect(decidedTo(run, 'create').length).toBeGreaterThan(60);
	}));

it(
	'9. no personal data, token or key in an error message',
	async () =>
		await withSandbox(async (sandbox) => {
			for (const kind of ['403', '401', 'html-200'] as const)
				sandbox.faults.add({
					service: 'jumpCloud',
					method: 'POST',
					path: /systemusers$/,
					times: 3,
					kind,
				});
			sandbox.quirks.duplicateMessage = 'details';
			sandbox.quirks.takenElsewhere = ['mateo.lindqvist@acme.example'];
			const run = await runTemplate(reconcile(), sandbox);
			const messages = failuresIn(run);
			expect(messages.length).toBeGreaterThan(3);
			const people = sandbox.humaans.people
				.flatMap((person) => [person.email, person.personalEmail, person.lastName, person.id])
				.filter((value): value is string => typeof value === 'string' && value.trim().length > 3);
			for (const message of messages) {
				expect(message).not.toMatch(/@|sandbox-humaans-token|sandbox-jumpcloud-key/);
				expect(people.filter((value) => message.includes(value.trim()))).toEqual([]);
			}
		}),
	120_000,
);

it('10. state and suspended are always sent together and agree, and every creation says its state', async () =>
	await withSandbox(async (sandbox) => {
		await runTemplate(reconcile(), sandbox);
		setClock('2027-06-01T12:00:00.000Z');
		await runTemplate(reconcile(), sandbox);
		const bodies = sandbox
			.writes()
			.filter((request) => /systemusers(\/\w+)?$/.test(request.path))
			.map((request) => ({ method: request.method, ...(request.body as Account) }));
		for (const body of bodies.filter(
			(one) => one.method === 'POST' || 'state' in one || 'suspended' in one,
		)) {
			expect([body.state, body.suspended]).toEqual(
				body.state === 'SUSPENDED' ? ['SUSPENDED', true] : [body.state, false],
			);
		}
		expect(
			bodies.filter((body) => body.method === 'POST').every((body) => body.state === 'STAGED'),
		).toBe(true);
		expect(bodies.length).toBeGreaterThan(100);
	}));
