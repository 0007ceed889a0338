/**
 * The settings of the product this package replaces, each with the requests it makes as the
 * expectation.
 */
import type { Account } from '../../nodes/core/subject';
import { customAttribute } from '../../nodes/core/account/link';
import type { Sandbox } from '../sandbox';
import { apply, loadTemplate, runTemplate, setParameters } from '../harness/engine';
import { ACME_NOON, caseOf, setClock, withSandbox } from '../harness/fixedClock';
import { decidedIn, decidedTo, offboardSome } from './decided';

const reconcile = (policy = {}) => apply(loadTemplate('reconcile'), policy);

/** Requests to JumpCloud that write, as "METHOD path body". */
const written = (sandbox: Sandbox) =>
	sandbox.writes().map(({ method, path, body }) => ({ method, path, body }));

/**
 * A company of one: only this person is left in Humaans, beside a demo person (a list without
 * anybody active is not believed), and no accounts in JumpCloud.
 */
function only(sandbox: Sandbox, personId: string, accounts: string[] = []): void {
	const other = sandbox.humaans.people.find(
		(person) => person.status === 'active' && person.id !== personId,
	)!;
	sandbox.admin.change(other.id, { demo: true });
	for (const { id } of [...sandbox.humaans.people])
		if (id !== personId && id !== other.id) sandbox.admin.remove(id);
	for (const account of [...sandbox.jumpCloud.accounts])
		if (!accounts.includes(account._id)) sandbox.admin.removeAccount(account._id);
}

describe('Activation Trigger', () => {
	const newHire = 'new hire, future start, Auckland';

	it('Immediately: an active member is created STAGED, then activated and invited', async () =>
		await withSandbox(async (sandbox) => {
			const { personId } = caseOf(sandbox, 'active, no account');
			only(sandbox, personId);
			// Their first day is yet to come, and Humaans has them as active.
			sandbox.admin.change(personId, { employmentStartDate: '2026-12-15', status: 'active' });
			await runTemplate(reconcile({ activationTrigger: 'immediately' }), sandbox);
			const account = sandbox.admin.accountByHumaansId(personId)!;
			expect(written(sandbox)).toEqual([
				{
					method: 'POST',
					path: '/api/systemusers',
					body: expect.objectContaining({
						state: 'STAGED',
						suspended: false,
						email: 'mateo.lindqvist@acme.example',
					}),
				},
				{
					method: 'POST',
					path: `/api/systemusers/${account._id}/state/activate`,
					body: { email: 'mateo.lindqvist1001@mail.example' },
				},
			]);
			expect(sandbox.outbox.map((mail) => mail.to)).toEqual(['mateo.lindqvist1001@mail.example']);
			expect(account.state).toBe('ACTIVATED');
		}));

	it('Immediately: a new hire gets a staged account and waits; with Activate New Hires Too at once', async () =>
		await withSandbox(async (sandbox) => {
			const { personId } = caseOf(sandbox, newHire);
			only(sandbox, personId);
			const immediately = { activationTrigger: 'immediately' };
			const run = await runTemplate(reconcile(immediately), sandbox);
			expect(run.path(personId)).toBe('create → waitUntilDue');
			expect(sandbox.admin.accountByHumaansId(personId)!.state).toBe('STAGED');
			expect(sandbox.outbox).toEqual([]);
			const options = { activateNewHires: true };
			await runTemplate(reconcile({ ...immediately, options }), sandbox);
			expect(sandbox.admin.accountByHumaansId(personId)!.state).toBe('ACTIVATED');
			expect(sandbox.outbox).toHaveLength(1);
		}));

	it('On the employment start date: staged before, activated from the first local moment of that day', async () =>
		await withSandbox(async (sandbox) => {
			const { personId } = caseOf(sandbox, newHire);
			only(sandbox, personId);
			await runTemplate(reconcile({ activationTrigger: 'onStartDate' }), sandbox);
			const account = sandbox.admin.accountByHumaansId(personId)!;
			expect(account.state).toBe('STAGED');
			setClock('2026-12-02T10:59:59.000Z');
			await runTemplate(reconcile({ activationTrigger: 'onStartDate' }), sandbox);
			expect(account.state).toBe('STAGED');
			setClock('2026-12-02T11:00:00.000Z');
			await runTemplate(reconcile({ activationTrigger: 'onStartDate' }), sandbox);
			expect(sandbox.admin.account(account._id)!.state).toBe('ACTIVATED');
			expect(sandbox.outbox).toHaveLength(1);
		}));

	it('Never (manual activation): stays staged, no mail', async () =>
		await withSandbox(async (sandbox) => {
			const { personId } = caseOf(sandbox, 'active, no account');
			only(sandbox, personId);
			const run = await runTemplate(reconcile({ activationTrigger: 'never' }), sandbox);
			expect(run.path(personId)).toBe('create → noAction');
			expect(sandbox.admin.accountByHumaansId(personId)!.state).toBe('STAGED');
			expect(sandbox.outbox).toEqual([]);
		}));
});

describe('Send Invite Email', () => {
	it('off: activated with email false, no mail', async () =>
		await withSandbox(async (sandbox) => {
			const { personId } = caseOf(sandbox, 'active, no account');
			only(sandbox, personId);
			await runTemplate(reconcile({ sendInvite: false }), sandbox);
			expect(written(sandbox).at(-1)!.body).toEqual({ email: false });
			expect(sandbox.outbox).toEqual([]);
		}));

	it('falls back to the work email when JumpCloud refuses the personal one', async () =>
		await withSandbox(
			async (sandbox) => {
				const { personId } = caseOf(sandbox, 'active, no account');
				only(sandbox, personId);
				const run = await runTemplate(reconcile(), sandbox);
				expect(
					written(sandbox)
						.slice(1)
						.map((request) => request.body),
				).toEqual([
					{ email: 'mateo.lindqvist1001@mail.example' },
					{ email: 'mateo.lindqvist@acme.example' },
				]);
				expect(sandbox.outbox.map((mail) => mail.to)).toEqual(['mateo.lindqvist@acme.example']);
				const activated = decidedIn(run).find(({ outcome }) => outcome?.action === 'activate');
				expect(activated!.outcome).toMatchObject({
					invitedTo: 'work',
					attempts: [
						{ kind: 'personal', result: 'refused' },
						{ kind: 'work', result: 'sent' },
					],
				});
			},
			{ quirks: { refusedInviteAddresses: ['mateo.lindqvist1001@mail.example'] } },
		));

	it.each(['429', '503-html', 'lost-answer', 'cut', '500-after-apply'] as const)(
		'%s on activation is not "the address failed": one mail, to the personal email',
		async (kind) =>
			await withSandbox(async (sandbox) => {
				const { personId } = caseOf(sandbox, 'active, no account');
				only(sandbox, personId);
				sandbox.faults.add({ service: 'jumpCloud', method: 'POST', path: 'state/activate', kind });
				await runTemplate(reconcile(), sandbox);
				expect(sandbox.outbox.map((mail) => mail.to)).toEqual(['mateo.lindqvist1001@mail.example']);
				expect(sandbox.admin.accountByHumaansId(personId)!.state).toBe('ACTIVATED');
			}),
	);
});

describe('leavers', () => {
	it('offboarded and deleted people: state and suspended together, with the day on the account', async () =>
		await withSandbox(async (sandbox) => {
			const offboarded = caseOf(sandbox, 'offboarded, linked account');
			const deleted = caseOf(sandbox, 'linked account, person deleted in Humaans');
			await runTemplate(reconcile(), sandbox);
			const suspensions = written(sandbox).filter(
				({ body }) => (body as Account).state === 'SUSPENDED',
			);
			expect(suspensions.map(({ path }) => path).sort()).toEqual(
				[
					`/api/systemusers/${deleted.accountId}`,
					`/api/systemusers/${offboarded.accountId}`,
				].sort(),
			);
			for (const { body } of suspensions) {
				expect(Object.keys(body as object).sort()).toEqual(['attributes', 'state', 'suspended']);
				expect(body).toMatchObject({ suspended: true });
				expect(customAttribute(body as Account, 'humaansDeprovisionedAt')).toBe(
					`${ACME_NOON} leaving`,
				);
			}
		}));

	it('end of the last working day: due from midnight in Honolulu, 10:00 UTC of the next day', async () =>
		await withSandbox(async (sandbox) => {
			const { accountId } = caseOf(sandbox, 'active, last working day today, Honolulu');
			const stays = caseOf(sandbox, 'active with lastWorkingDay equal to the start date').accountId;
			const policy = { deprovisionWhen: ['offboarded', 'deleted', 'lastDay'] };
			setClock('2026-11-24T09:59:00.000Z');
			await runTemplate(reconcile(policy), sandbox);
			expect(sandbox.admin.account(accountId)!.state).toBe('ACTIVATED');
			setClock('2026-11-24T10:00:00.000Z');
			await runTemplate(reconcile(policy), sandbox);
			expect(sandbox.admin.account(accountId)!.state).toBe('SUSPENDED');
			expect(sandbox.admin.account(stays)!.state).toBe('ACTIVATED');
		}));

	it('offboarded, the last day to come: the account stays open until it is over where they are', async () =>
		await withSandbox(async (sandbox) => {
			const [personId] = offboardSome(sandbox, 1);
			sandbox.admin.change(personId!, {
				...{ status: 'offboarded', employmentEndDate: '2026-11-25', lastWorkingDay: '2026-11-25' },
				timezone: 'Pacific/Honolulu',
			});
			const stateAfter = async (policy = {}) => {
				await runTemplate(reconcile(policy), sandbox);
				return sandbox.admin.accountByHumaansId(personId!)!.state;
			};
			expect(await stateAfter()).toBe('ACTIVATED');
			expect(await stateAfter({ options: { lastDayToCome: 'review' } })).toBe('ACTIVATED');
			setClock('2026-11-26T09:59:00.000Z');
			expect(await stateAfter()).toBe('ACTIVATED');
			setClock('2026-11-26T10:00:00.000Z');
			expect(await stateAfter()).toBe('SUSPENDED');
		}));

	it('offboarded, the last day to come, Deprovision at Once: access ends now', async () =>
		await withSandbox(async (sandbox) => {
			const [personId] = offboardSome(sandbox, 1);
			sandbox.admin.change(personId!, {
				...{ status: 'offboarded', employmentEndDate: '2026-12-31', lastWorkingDay: '2026-12-31' },
			});
			await runTemplate(reconcile({ options: { lastDayToCome: 'deprovision' } }), sandbox);
			expect(sandbox.admin.accountByHumaansId(personId!)!.state).toBe('SUSPENDED');
		}));

	it('over the limit nobody at all is disabled, and the sentence has the numbers', async () =>
		await withSandbox(async (sandbox) => {
			const people = offboardSome(sandbox, 12);
			const before = sandbox.jumpCloud.accounts.filter((account) => account.suspended).length;
			const run = await runTemplate(reconcile(), sandbox);
			// One comes back to work (the rehire); nobody is disabled.
			expect(
				sandbox.jumpCloud.accounts.filter((account) => account.suspended).length,
			).toBeLessThanOrEqual(before);
			const held = decidedIn(run).filter(
				({ decision }) => decision.code === 'limit.deprovisioning',
			);
			expect(held.length).toBeGreaterThanOrEqual(people.length - 1);
			expect(held[0]!.decision.reason).toMatch(
				/^Too many accounts would lose access: \d+ accounts, and \d+ are in use: over the limit of 3\./,
			);
			expect(decidedTo(run, 'create').length).toBeGreaterThan(0);
		}));

	it('the limit holds over runs of 24 hours', async () =>
		await withSandbox(async (sandbox) => {
			await runTemplate(reconcile(), sandbox);
			const next = sandbox.admin
				.linked()
				.filter((account) => account.state === 'ACTIVATED' && !account.admin)
				.slice(0, 6);
			for (const account of next)
				sandbox.admin.offboard(
					account.attributes.find((attribute) => attribute.name === 'humaansId')!.value,
				);
			setClock('2026-11-24T11:00:00.000Z');
			await runTemplate(reconcile(), sandbox);
			// About 140 accounts are in use by now: 5 % are 7, and 2 + 6 are more.
			expect(new Set(next.map((account) => sandbox.admin.account(account._id)!.state))).toEqual(
				new Set(['ACTIVATED']),
			);
			setClock('2026-11-24T13:00:00.000Z');
			await runTemplate(reconcile(), sandbox);
			expect(new Set(next.map((account) => sandbox.admin.account(account._id)!.state))).toEqual(
				new Set(['SUSPENDED']),
			);
		}));
});

describe('fields', () => {
	it('the ten default fields of a new account, in the request that creates it', async () =>
		await withSandbox(async (sandbox) => {
			const { personId } = caseOf(sandbox, 'active, no account');
			only(sandbox, personId);
			await runTemplate(reconcile(), sandbox);
			expect(written(sandbox)[0]!.body).toEqual({
				username: 'mateo.lindqvist',
				state: 'STAGED',
				suspended: false,
				firstname: 'Mateo',
				lastname: 'Lindqvist',
				email: 'mateo.lindqvist@acme.example',
				alternateEmail: 'mateo.lindqvist1001@mail.example',
				jobTitle: 'Account Executive',
				department: 'Sales',
				employeeIdentifier: 'A1001',
				phoneNumbers: [
					{ type: 'work', number: '+442079461001' },
					{ type: 'mobile', number: '+447700911001' },
				],
				addresses: [
					{
						type: 'home',
						streetAddress: '91 Mill Lane',
						locality: 'London',
						postalCode: 'E3 2AB',
						country: 'GB',
					},
				],
				attributes: [
					{ name: 'humaansId', value: personId },
					{ name: 'humaansCompany', value: expect.stringMatching(/^\w{20,32}$/) },
					{ name: 'humaansInvite', value: '0' },
				],
			});
		}));

	it('Only When Changed in Humaans keeps a hand edit, until Humaans changes that field', async () =>
		await withSandbox(async (sandbox) => {
			const { personId, accountId } = caseOf(sandbox, 'department edited by hand in JumpCloud');
			const template = () =>
				setParameters(reconcile(), 'What JumpCloud Should Hold', { syncRule: 'whenChanged' });
			await runTemplate(template(), sandbox);
			expect(sandbox.admin.account(accountId)!.department).toBe('Treasury');
			sandbox.clearLog();
			await runTemplate(template(), sandbox);
			expect(sandbox.writes()).toEqual([]);
			sandbox.admin.change(personId, { department: 'Legal' });
			await runTemplate(template(), sandbox);
			expect(sandbox.admin.account(accountId)!.department).toBe('Legal');
		}));
});

it('Review Everything, as the templates ship, writes nothing at all', async () =>
	await withSandbox(async (sandbox) => {
		for (const file of ['reconcile', 'full-lifecycle']) {
			const run = await runTemplate(loadTemplate(file), sandbox);
			expect(run.error).toBeUndefined();
			expect(decidedTo(run, 'needsReview').length).toBeGreaterThan(100);
		}
		expect(sandbox.writes()).toEqual([]);
		expect(sandbox.outbox).toEqual([]);
	}));
