/** Faults that a tester found by trying to do harm. Each test fails as long as its fault is there. */
import type { IDataObject } from 'n8n-workflow';
import {
	apply,
	loadTemplate,
	nodeOf,
	runTemplate,
	type Finished,
	type Template,
} from '../harness/engine';
import { setClock, withSandbox } from '../harness/fixedClock';
import { publishedTrigger, WEBHOOKS_AS_ASKED } from '../harness/humaansOverHttp';
import { rowsOf } from '../harness/outcomes';
import { Sleepers } from '../harness/sleepers';
import { startSandbox, type Sandbox } from '../sandbox';
import type { Person } from '../sandbox/types';
import { decidedIn } from './decided';
import { triggered } from './triggered';

const full = () => apply(loadTemplate('full-lifecycle'));
const reconcile = (settings: IDataObject = {}) => apply(loadTemplate('reconcile'), settings);
const withOptions = (template: Template, options: IDataObject): Template => {
	Object.assign(nodeOf(template, 'Decide').parameters.options as IDataObject, options);
	return template;
};
const accountOf = (sandbox: Sandbox, id: string) => sandbox.admin.accountByHumaansId(id)!;
const state = (sandbox: Sandbox, id: string) => accountOf(sandbox, id).state;
const mailedTo = (sandbox: Sandbox, id: string) =>
	sandbox.outbox
		.filter(({ accountId }) => accountId === accountOf(sandbox, id)._id)
		.map(({ to }) => to);
const codesOf = (run: Finished, id: string) =>
	decidedIn(run)
		.filter(({ personId }) => personId === id)
		.map(({ decision }) => `${decision.action} ${decision.code}`);

/** People who work here, with an account that is theirs and no administrator's. */
const colleagues = (sandbox: Sandbox, howMany: number): Person[] =>
	sandbox.humaans.people
		.filter(({ id, status, email }) => {
			const account = sandbox.admin.accountByHumaansId(id);
			return status === 'active' && email && account?.state === 'ACTIVATED' && !account.admin;
		})
		.slice(0, howMany);

const newHire = (sandbox: Sandbox, more: Partial<Person> = {}): Person =>
	sandbox.admin.hire({
		...{ firstName: 'Nina', lastName: 'Neu', employmentStartDate: '2026-11-25' },
		...{ status: 'newHire', timezone: 'Europe/London', ...more },
	});

/** Another Humaans company, and services that can be switched to it, as its token in the credential. */
async function withAnotherCompany(
	sandbox: Sandbox,
	work: (
		services: { humaans: Sandbox['humaans']; jumpCloud: Sandbox['jumpCloud'] } & Sandbox,
		switchOver: () => void,
	) => Promise<void>,
): Promise<void> {
	const other = await startSandbox({
		...{ now: () => new Date(), people: 30, seed: 77, quirks: WEBHOOKS_AS_ASKED },
	});
	other.humaans.setToken(['public:read', 'private:read', 'webhooks:manage']);
	const { baseUrl, token } = sandbox.humaans;
	const humaans = { baseUrl, token, settled: async () => await sandbox.humaans.settled() };
	try {
		await work({ humaans, jumpCloud: sandbox.jumpCloud } as never, () =>
			Object.assign(humaans, { baseUrl: other.humaans.baseUrl, token: other.humaans.token }),
		);
	} finally {
		await other.stop();
	}
}

describe('H1 the token of another Humaans company', () => {
	it('who sleeps is not suspended: that company does not know them', async () =>
		await withSandbox(async (sandbox) => {
			const hire = newHire(sandbox);
			const stays = sandbox.admin.hire({ firstName: 'Otto', lastName: 'Bleibt', status: 'active' });
			await runTemplate(reconcile(), sandbox);
			sandbox.admin.change(stays.id, {
				...{ status: 'offboarded', employmentEndDate: '2026-11-24', lastWorkingDay: '2026-11-24' },
			});
			await withAnotherCompany(sandbox, async (services, switchOver) => {
				const sleepers = new Sleepers(await triggered(full(), services, [hire.id, stays.id]));
				// HR takes the offboarding back; then somebody puts the wrong token in.
				sandbox.admin.change(stays.id, {
					...{ status: 'active', employmentEndDate: null, lastWorkingDay: null },
				});
				switchOver();
				await sleepers.wake();
			});
			expect([state(sandbox, hire.id), state(sandbox, stays.id)]).toEqual(['STAGED', 'ACTIVATED']);
		}));

	it('a webhook of the company from before says nobody is gone', async () =>
		await withSandbox(
			async (sandbox) => {
				sandbox.humaans.setToken(['public:read', 'private:read', 'webhooks:manage']);
				await runTemplate(reconcile(), sandbox);
				const [colleague] = colleagues(sandbox, 1);
				await withAnotherCompany(sandbox, async (services, switchOver) => {
					// The secret is in the credential, so it stays when the token is replaced.
					const webhookSecret = 'a-secret-of-our-own-0123456789abcdef';
					const trigger = await publishedTrigger(services, { webhookSecret });
					try {
						await trigger.activate();
						switchOver();
						sandbox.admin.change(colleague!.id, { city: 'Porto' });
						await trigger.settled();
						const items = trigger.told.splice(0);
						if (items.length > 0)
							await runTemplate(full(), services, { from: 'When People Change', items });
					} finally {
						await trigger.stop();
					}
				});
				expect(state(sandbox, colleague!.id)).toBe('ACTIVATED');
			},
			{ quirks: WEBHOOKS_AS_ASKED },
		));

	it('reconcile creates nobody of it, also where an old link does not say its company', async () =>
		await withSandbox(async (sandbox) => {
			await runTemplate(reconcile(), sandbox);
			const { companyId } = sandbox.humaans.people[0]!;
			const own = { name: 'humaansCompany', value: companyId as string };
			const old = sandbox.admin.linked().find(({ state: now }) => now === 'SUSPENDED')!;
			// All links say the company, but for one of somebody who left long ago: suspended accounts are
			// not updated, and who sets humaansId by hand, as the documents say, sets nothing else.
			for (const { _id, attributes } of sandbox.admin.linked()) {
				const others = attributes.filter(({ name }) => name !== own.name);
				sandbox.admin.setAccount(_id, {
					attributes: _id === old._id ? others : [...others, own],
				});
			}
			const before = [sandbox.jumpCloud.accounts.length, sandbox.outbox.length];
			await withAnotherCompany(sandbox, async (services, switchOver) => {
				switchOver();
				await runTemplate(reconcile(), services);
			});
			expect([sandbox.jumpCloud.accounts.length, sandbox.outbox.length]).toEqual(before);
		}));
});

describe('H2 whoever gets the invite can set the password', () => {
	it('it does not go to a colleague whose address was typed as the work email', async () =>
		await withSandbox(async (sandbox) => {
			await runTemplate(reconcile(), sandbox);
			const [colleague] = colleagues(sandbox, 1);
			const hire = newHire(sandbox, { personalEmail: null });
			await runTemplate(reconcile(), sandbox);
			sandbox.admin.change(hire.id, { email: colleague!.email });
			setClock('2026-11-25T12:00:00.000Z');
			await runTemplate(reconcile(), sandbox);
			// The account itself keeps its address.
			expect(accountOf(sandbox, hire.id).email).not.toBe(colleague!.email);
			expect(mailedTo(sandbox, hire.id)).not.toContain(colleague!.email);
		}));

	it('nor to a new work email that the limit holds back', async () =>
		await withSandbox(async (sandbox) => {
			const hires = ['Ada', 'Bea', 'Cleo', 'Dora'].map((firstName) =>
				newHire(sandbox, { firstName, personalEmail: null }),
			);
			await runTemplate(reconcile(), sandbox);
			for (const { id, firstName } of hires)
				sandbox.admin.change(id, { email: `${firstName}.neu@acme-typo.example` });
			setClock('2026-11-25T12:00:00.000Z');
			await runTemplate(withOptions(reconcile(), { emailLimitPercent: 0 }), sandbox);
			const domains = hires.map(({ id }) => [
				accountOf(sandbox, id).email.split('@')[1],
				...mailedTo(sandbox, id).map((to) => to.split('@')[1]),
			]);
			expect(domains.flat()).not.toContain('acme-typo.example');
		}));

	it('nor to a personal email that is left off because it is a colleague’s work email', async () =>
		await withSandbox(async (sandbox) => {
			await runTemplate(reconcile(), sandbox);
			const [colleague] = colleagues(sandbox, 1);
			const hire = newHire(sandbox, {
				...{ employmentStartDate: '2026-11-23', personalEmail: colleague!.email },
			});
			await runTemplate(reconcile(), sandbox);
			expect(accountOf(sandbox, hire.id).alternateEmail ?? '').toBe('');
			expect(mailedTo(sandbox, hire.id)).not.toContain(colleague!.email);
		}));
});

describe('H3 one person whose employment ends on 9999-12-31', () => {
	const forEver = { employmentEndDate: '9999-12-31', lastWorkingDay: '9999-12-31' };

	async function withOneForEver(
		work: (sandbox: Sandbox, hire: Person, odd: Person) => Promise<void>,
	) {
		await withSandbox(async (sandbox) => {
			const hire = newHire(sandbox);
			const odd = sandbox.admin.hire({
				...{ firstName: 'Otto', lastName: 'Ende', employmentStartDate: '2026-01-05' },
				...{ status: 'active', timezone: 'Europe/London' },
			});
			await runTemplate(reconcile(), sandbox);
			sandbox.admin.change(odd.id, { status: 'offboarded', ...forEver });
			await work(sandbox, hire, odd);
		});
	}

	it('reconcile does not stop for everybody', async () =>
		await withOneForEver(async (sandbox) => {
			const run = await runTemplate(reconcile(), sandbox);
			expect(run.error?.message).toBeUndefined();
			expect(rowsOf(run, 'Needs Review').length).toBeGreaterThan(0);
		}));

	it('who waits with them still wakes on their own first morning', async () =>
		await withOneForEver(async (sandbox, hire, odd) => {
			const run = await triggered(full(), sandbox, [hire.id, odd.id]);
			expect(run.error?.message).toBeUndefined();
			expect(new Sleepers(run).next).toBe('2026-11-25T00:00:00.000Z');
		}));

	it('their wait does not move the others’ to the year 10000', async () =>
		await withOneForEver(async (sandbox, hire, odd) => {
			const [moved] = colleagues(sandbox, 1);
			sandbox.admin.change(moved!.id, { lastName: 'Moved' });
			// The write of a third person ends the run later, so that the first pass gives what it decided.
			const run = await triggered(full(), sandbox, [hire.id, odd.id, moved!.id]);
			const waits = decidedIn(run).filter(({ personId }) => personId === hire.id);
			expect(waits.map(({ decision }) => decision.resumeAt)).toEqual(['2026-11-25T00:00:00.000Z']);
		}));
});

describe('H4 a leaver, and a stranger who got their work email', () => {
	it.each([
		['names that have no Latin reading', ['伟', '王'], ['娜', '李']],
		['a small word that many names have', ['Jan', 'van Dijk'], ['Piet', 'van Leeuwen']],
		['an initial', ['Ana M', 'Silva'], ['Bob M', 'Costa']],
	])(
		'%s makes them no same human',
		async (_what, [f1, l1], [f2, l2]) =>
			await withSandbox(async (sandbox) => {
				const leaver = sandbox.admin.hire({
					...{ firstName: f1!, lastName: l1!, email: 'sales@acme.example' },
					...{ employmentStartDate: '2026-01-05', status: 'active' },
				});
				await runTemplate(reconcile(), sandbox);
				sandbox.admin.offboard(leaver.id, '2026-11-20');
				sandbox.admin.hire({
					...{ firstName: f2!, lastName: l2!, email: 'sales@acme.example' },
					...{ employmentStartDate: '2026-11-20', status: 'active' },
				});
				const run = await runTemplate(reconcile(), sandbox);
				expect(codesOf(run, leaver.id)[0]).toBe('deprovision leaver.offboarded');
				expect(state(sandbox, leaver.id)).toBe('SUSPENDED');
			}),
	);
});

it('H7 an account that Match read hours ago is read again before an update', async () =>
	await withSandbox(async (sandbox) => {
		await runTemplate(reconcile(), sandbox);
		const [was, is] = colleagues(sandbox, 2);
		sandbox.admin.change(was!.id, { jobTitle: 'Title of Somebody Else' });
		const { _id, attributes } = accountOf(sandbox, was!.id);
		const read = await runTemplate(loadTemplate('full-lifecycle'), sandbox);
		const items = read.subjects('Find Each Account').filter(({ personId }) => personId === was!.id);
		// A step between Match and Decide takes five hours (somebody is asked); meanwhile it becomes
		// another one's account.
		setClock('2026-11-23T17:00:00.000Z');
		const relinked = attributes.map((one) =>
			one.name === 'humaansId' ? { ...one, value: is!.id } : one,
		);
		sandbox.admin.setAccount(_id, { attributes: relinked });
		const template = full();
		template.connections['When People Change']!.main = [
			[{ node: 'Decide', type: 'main', index: 0 }],
		];
		await runTemplate(template, sandbox, { from: 'When People Change', items });
		expect(sandbox.admin.account(_id)!.jobTitle).not.toBe('Title of Somebody Else');
	}));
