/**
 * A company too large for one execution: batch by batch, or department by department, reconcile
 * ends where it ends with everybody at once.
 */
import type { Sandbox } from '../sandbox';
import { apply, loadTemplate, nodeOf, runTemplate, type Finished } from '../harness/engine';
import { caseOf, withSandbox } from '../harness/fixedClock';

/** Reconcile as it ships, with options of the node that reads everybody. */
async function reconcile(sandbox: Sandbox, read: object = {}, id = 'batches'): Promise<Finished> {
	const template = apply(loadTemplate('reconcile'));
	nodeOf(template, 'Read Everybody').parameters.options = { ...read } as never;
	const run = await runTemplate(template, sandbox, { id });
	expect(run.error).toBeUndefined();
	return run;
}

const GIVEN_BY_JUMPCLOUD = ['_id', 'id', 'created'];

/** Accounts and mails, but for what JumpCloud itself gives. */
const endOf = (sandbox: Sandbox) => ({
	accounts: (
		JSON.parse(
			JSON.stringify(sandbox.jumpCloud.accounts, (key, value: unknown) =>
				GIVEN_BY_JUMPCLOUD.includes(key) ? undefined : value,
			),
		) as Array<{ username: string }>
	).sort((a, b) => a.username.localeCompare(b.username)),
	mails: sandbox.outbox.map(({ to, kind }) => `${kind} ${to}`).sort(),
});

/** Beside what acme brings: one more who is deleted, and one who is called otherwise. */
function edits(sandbox: Sandbox): void {
	const linked = sandbox.admin
		.linked()
		.filter(({ state, admin }) => state === 'ACTIVATED' && !admin)
		.map(({ attributes }) => attributes.find(({ name }) => name === 'humaansId')!.value);
	const here = linked.filter((id) =>
		sandbox.humaans.people.some((person) => person.id === id && person.status === 'active'),
	);
	sandbox.admin.remove(here[3]!);
	sandbox.admin.change(here[5]!, { lastName: 'Changed' });
}

let whole: ReturnType<typeof endOf>;
beforeAll(async () => {
	whole = await withSandbox(async (sandbox) => {
		edits(sandbox);
		await reconcile(sandbox);
		await reconcile(sandbox);
		return endOf(sandbox);
	});
});

it.each([2, 5, 16])(
	'%i batches',
	async (of) =>
		await withSandbox(async (sandbox) => {
			edits(sandbox);
			const people = new Set<string>();
			for (let number = 1; number <= of; number++) {
				const run = await reconcile(sandbox, { batch: `${number}/${of}` });
				for (const { personId } of run.subjects('Ask About Missing People')) {
					expect(people.has(personId!)).toBe(false);
					people.add(personId!);
				}
			}
			// Everybody once, and those who are gone with the batch of their own.
			expect(people.size).toBeGreaterThan(sandbox.humaans.people.length);
			expect(endOf(sandbox)).toEqual(whole);
			sandbox.clearLog();
			for (let number = 1; number <= of; number++)
				await reconcile(sandbox, { batch: `${number}/${of}` });
			expect(sandbox.writes()).toEqual([]);
		}),
	120_000,
);

it(
	'batches together keep to the limit, by what stands on the accounts',
	async () =>
		await withSandbox(async (sandbox) => {
			await reconcile(sandbox);
			const linked = sandbox.admin
				.linked()
				.filter(({ state, admin }) => state === 'ACTIVATED' && !admin)
				.slice(0, 12);
			for (const { attributes } of linked)
				sandbox.admin.offboard(
					attributes.find(({ name }) => name === 'humaansId')!.value,
					'2026-11-20',
				);
			const suspended = () =>
				linked.filter(({ _id }) => sandbox.admin.account(_id)!.state === 'SUSPENDED').length;
			// Workflows of their own: nothing is remembered from one to the next. 147 accounts are
			// linked: 5 % are 7, and 2 were suspended by the first run.
			for (let number = 1; number <= 6; number++)
				await reconcile(sandbox, { batch: `${number}/6` }, `limit ${number}`);
			expect(suspended()).toBeGreaterThan(0);
			expect(suspended()).toBeLessThanOrEqual(5);
		}),
	120_000,
);

it('by department: its people, its leavers too, and no others', async () =>
	await withSandbox(async (sandbox) => {
		await reconcile(sandbox);
		const { personId, accountId } = caseOf(sandbox, 'promotion in five days');
		const other = sandbox.admin
			.linked()
			.find(
				({ department, state, admin }) =>
					department !== 'Engineering' && department !== '' && state === 'ACTIVATED' && !admin,
			)!;
		// Their last day was yesterday: one that is not over is waited for.
		for (const id of [personId, other.attributes.find(({ name }) => name === 'humaansId')!.value])
			sandbox.admin.offboard(id, '2026-11-22');
		const run = await reconcile(sandbox, { departments: 'Engineering' });
		expect(new Set(run.subjects('Decide', 8).map(({ person }) => person?.department))).toEqual(
			new Set(['Engineering']),
		);
		expect(sandbox.admin.account(accountId)).toMatchObject({ state: 'SUSPENDED' });
		expect(sandbox.admin.account(other._id)).toMatchObject({ state: 'ACTIVATED' });
		// Accounts whose person is not in the run are nobody's concern here.
		expect(
			run.run.data.resultData.runData['Find Each Account']!.flatMap(({ hints }) => hints ?? []).map(
				({ message }) => message,
			),
		).toEqual([
			expect.stringMatching(
				/^\d+ linked accounts have no person in this run\. They were left out, because only some people are in it\.$/,
			),
		]);
	}));
