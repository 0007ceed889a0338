/** approve-held-plan: an ID lets each action through once; what came back undone can be tried again. */
import { apply, loadTemplate, runTemplate } from '../harness/engine';
import { setClock } from '../harness/fixedClock';
import type { Sandbox } from '../sandbox';
import {
	approving,
	ask,
	idsOf,
	isShared,
	leavers,
	personsOf,
	stateOfPerson,
	withCompany,
} from './heldPlanForm';

const states = (sandbox: Sandbox, people: readonly string[]) =>
	people.map((person) => stateOfPerson(sandbox, person));
const all = (people: readonly string[], state: string) => people.map(() => state);

/** JumpCloud refuses writes to the account of a person. */
function refuse(sandbox: Sandbox, person: string): void {
	const { _id } = sandbox.admin.accountByHumaansId(person)!;
	sandbox.faults.add({
		...{ service: 'jumpCloud', method: 'PUT', path: _id, kind: '403', times: Infinity },
	} as const);
}

function open(sandbox: Sandbox, people: readonly string[]): void {
	for (const person of people) {
		const { _id } = sandbox.admin.accountByHumaansId(person)!;
		sandbox.admin.setAccount(_id, { state: 'ACTIVATED', suspended: false } as never);
	}
}

describe('an ID counts once', () => {
	/** A list that was carried out: its ID, and who was on it. */
	async function carriedOut(sandbox: Sandbox): Promise<{ plan: string; people: string[] }> {
		leavers(sandbox);
		const shown = await ask(sandbox, { action: 'Show' });
		const [plan] = idsOf(shown);
		await ask(sandbox, { action: 'Approve', plan: plan! });
		return { plan: plan!, people: personsOf(shown) };
	}

	/** The old ID does nothing; the ID of the list of now does. */
	async function needsANewId(sandbox: Sandbox, plan: string, people: string[]): Promise<void> {
		const again = await ask(sandbox, { action: 'Approve', plan });
		expect(states(sandbox, people)).toEqual(all(people, 'ACTIVATED'));
		expect(again.html).toContain(
			`<li>No list has the ID ${plan}: it has changed since, it was carried out already, or the ID is ` +
				'not whole. It let nothing through.</li>',
		);
		expect(idsOf(again)).not.toContain(plan);
		await ask(sandbox, { action: 'Approve', plan: idsOf(again)[0]! });
		expect(states(sandbox, people)).toEqual(all(people, 'SUSPENDED'));
	}

	it('some of its accounts are opened by hand later: they need a new one', async () =>
		await withCompany(async (sandbox) => {
			const { plan, people } = await carriedOut(sandbox);
			setClock('2026-11-23T16:00:00.000Z');
			open(sandbox, people.slice(0, 4));
			await needsANewId(sandbox, plan, people.slice(0, 4));
		}));

	it('all of its accounts are opened again: the same list needs a new one, also in that minute', async () =>
		await withCompany(async (sandbox) => {
			const { plan, people } = await carriedOut(sandbox);
			open(sandbox, people);
			await needsANewId(sandbox, plan, people);
		}));

	it('Humaans takes leavers back, and the mistake is made again: they need a new one', async () =>
		await withCompany(async (sandbox) => {
			const chosen = leavers(sandbox);
			const { plan } = await carriedOut(sandbox);
			setClock('2026-11-23T14:00:00.000Z');
			const active = { status: 'active', employmentEndDate: null, lastWorkingDay: null } as const;
			for (const person of chosen) sandbox.admin.change(person, active);
			await runTemplate(apply(loadTemplate('reconcile')), sandbox);
			expect(states(sandbox, chosen)).toEqual(all(chosen, 'ACTIVATED'));
			setClock('2026-11-23T18:00:00.000Z');
			const once = chosen.slice(0, 6);
			for (const person of once) sandbox.admin.offboard(person, '2026-11-21');
			await needsANewId(sandbox, plan, once);
		}));
});

describe('what came back undone', () => {
	it('is offered again, and can be tried after a Show and after other runs', async () =>
		await withCompany(async (sandbox) => {
			const [unlucky] = leavers(sandbox);
			const [plan] = idsOf(await ask(sandbox, { action: 'Show' }));
			refuse(sandbox, unlucky!);
			const first = await ask(sandbox, { action: 'Approve', plan: plan! });
			expect(first.links).toEqual({
				[`Try again: let 1 account lose access (plan ${plan})`]: plan,
			});
			sandbox.faults.clear();
			await ask(sandbox, { action: 'Show' });
			await runTemplate(loadTemplate('reconcile'), sandbox);
			await ask(sandbox, { action: 'Approve', plan: 'abc' });
			const again = await ask(sandbox, { action: 'Approve', plan: plan! });
			expect(again.title).toBe('Approved: 1 suspended');
			expect(again.links).toEqual({});
			expect(states(sandbox, [unlucky!])).toEqual(['SUSPENDED']);
			// Then that is done too.
			open(sandbox, [unlucky!]);
			await ask(sandbox, { action: 'Approve', plan: plan! });
			expect(states(sandbox, [unlucky!])).toEqual(['ACTIVATED']);
		}));

	it('is not tried again when somebody did it, and undid it, by hand', async () =>
		await withCompany(async (sandbox) => {
			const [unlucky] = leavers(sandbox);
			const [plan] = idsOf(await ask(sandbox, { action: 'Show' }));
			refuse(sandbox, unlucky!);
			await ask(sandbox, { action: 'Approve', plan: plan! });
			sandbox.faults.clear();
			const { _id } = sandbox.admin.accountByHumaansId(unlucky!)!;
			sandbox.admin.setAccount(_id, { state: 'SUSPENDED', suspended: true } as never);
			await ask(sandbox, { action: 'Show' });
			open(sandbox, [unlucky!]);
			await ask(sandbox, { action: 'Approve', plan: plan! });
			expect(states(sandbox, [unlucky!])).toEqual(['ACTIVATED']);
		}));
});

it('accounts that are deleted for good: the words say so', async () =>
	await withCompany(async (sandbox) => {
		leavers(sandbox);
		const deletes = approving({ deprovisionHow: 'delete' });
		const { links, html, rows } = await ask(sandbox, { action: 'Show' }, deletes);
		const [[words, plan]] = Object.entries(links) as [[string, string]];
		const count = rows.filter((row) => row.Plan === plan).length;
		expect(words).toBe(`Approve: delete ${count} accounts for good (plan ${plan})`);
		expect(html).toContain(`<h3>Would be deleted for good: ${count} accounts, plan ${plan}</h3>`);
	}));

it('an account that is adopted with its new email: the page says so, before and after', async () =>
	await withCompany(async (sandbox) => {
		const { people } = sandbox.humaans;
		const chosen = people
			.filter(({ id, status, employeeId }) => {
				const account = sandbox.admin.accountByHumaansId(id);
				return [
					...[status === 'active', account?.state === 'ACTIVATED', !account?.admin],
					...[employeeId, account?.employeeIdentifier === employeeId, !isShared(sandbox, id)],
					people.filter((one) => one.employeeId === employeeId).length === 1,
				].every(Boolean);
			})
			.slice(-10, -2);
		chosen.forEach(({ id }, at) => {
			const { _id } = sandbox.admin.accountByHumaansId(id)!;
			const email = `old${at}@acme.example`;
			sandbox.admin.setAccount(_id, { email, attributes: [] } as never);
		});
		expect(chosen).toHaveLength(8);
		const shown = await ask(sandbox, { action: 'Show' });
		const ids = new Set(chosen.map(({ id }) => id));
		const rows = shown.rows.filter((row) => ids.has(row['Humaans ID']!));
		expect(rows).toHaveLength(8);
		for (const row of rows) {
			expect(row.Action).toBe('Adopt the account');
			const account = row.Account!.split(' ')[0];
			expect(row.Why).toBe(
				`The account ${account} has the same employee ID and name and is not linked to anybody. ` +
					'It gets the new work email, and is linked to this person.',
			);
		}
		const plan = rows[0]!.Plan!;
		expect(shown.links).toMatchObject({
			[`Approve: give 8 accounts another work email, and link 8 of them to a person (plan ${plan})`]:
				plan,
		});
		expect(shown.html).toContain('Too many work emails would change: 8 accounts');
		const done = await ask(sandbox, { action: 'Approve', plan });
		expect(done.title).toBe('Approved: 8 adopted');
		for (const { id } of chosen) expect(sandbox.admin.accountByHumaansId(id)).toBeDefined();
	}));
