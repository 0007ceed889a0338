/** A write that fails is one person's matter; a key that is wrong is everybody's. */
import type { Sandbox } from '../sandbox';
import { apply, loadTemplate, runTemplate, type Finished, type Template } from '../harness/engine';
import { caseOf, withSandbox } from '../harness/fixedClock';
import { rowsOf, type Table } from '../harness/outcomes';
import { company } from './smallCompany';
import { triggered } from './triggered';

const template = (file: string): Template => apply(loadTemplate(file));
const rowOf = (run: Finished, node: Table, personId: string) =>
	rowsOf(run, node).filter((row) => row['Humaans ID'] === personId);

/** JumpCloud refuses every write on an account. */
const refuse = (sandbox: Sandbox, accountId: string, kind: '403' | '503-html' = '403') =>
	sandbox.faults.add({
		...{ service: 'jumpCloud', method: 'PUT', path: accountId, kind, times: Infinity },
	} as const);

describe.each(['reconcile', 'full-lifecycle'])('%s', (file) => {
	it('one of many fails: told with the reason, the others are done, the run is green', async () =>
		await withSandbox(async (sandbox) => {
			const { personId, accountId } = caseOf(sandbox, 'department edited by hand in JumpCloud');
			refuse(sandbox, accountId);
			const run = await runTemplate(template(file), sandbox);
			expect([run.error, run.status]).toEqual([undefined, 'success']);
			expect(rowOf(run, 'Needs Review', personId)).toEqual([
				expect.objectContaining({
					Action: 'Update',
					Why: expect.stringMatching(/JumpCloud does not let this API key do that \(403\)\./),
				}),
			]);
			const done = caseOf(sandbox, 'active, no account').personId;
			expect(sandbox.admin.accountByHumaansId(done)!.state).toBe('ACTIVATED');
			expect(
				sandbox.admin.account(caseOf(sandbox, 'offboarded, linked account').accountId)!.state,
			).toBe('SUSPENDED');
		}));

	// The only one to be reactivated: alone at its output, and before those who are suspended.
	it.each(['403', '503-html'] as const)(
		'the only one of its kind fails (%s): the others are done all the same',
		async (kind) =>
			await withSandbox(async (sandbox) => {
				const { personId, accountId } = caseOf(
					sandbox,
					'rehire: suspended account, linked, deprovisioned by this package',
				);
				refuse(sandbox, accountId, kind);
				const run = await runTemplate(template(file), sandbox);
				expect([run.error, run.status]).toEqual([undefined, 'success']);
				expect(rowOf(run, 'Needs Review', personId)).toHaveLength(1);
				expect(
					sandbox.admin.account(caseOf(sandbox, 'offboarded, linked account').accountId)!.state,
				).toBe('SUSPENDED');
			}),
		120_000,
	);
});

/** Templates with a node that applies, and a node that reads everybody. */
const APPLYING = [
	'deprovisioning',
	'full-lifecycle',
	'provisioning',
	'reconcile',
	'start-date-activation',
	'sync-updates',
];

/** Something to do for each of them. */
async function prepared(sandbox: Sandbox, file: string): Promise<void> {
	if (file !== 'start-date-activation') return;
	await runTemplate(template('provisioning'), sandbox);
	for (const { attributes, state } of sandbox.jumpCloud.accounts)
		if (state === 'STAGED')
			sandbox.admin.change(attributes.find(({ name }) => name === 'humaansId')!.value, {
				employmentStartDate: '2026-11-20',
			});
	sandbox.clearLog();
}

describe.each(APPLYING)('%s', (file) => {
	it.each([
		[
			'a wrong JumpCloud key',
			'jumpCloud',
			'401',
			/^JumpCloud did not accept the API key \(401\)\./,
		],
		[
			'a wrong Humaans token',
			'humaans',
			'401',
			/^Humaans did not accept the access token \(401\)\./,
		],
		[
			'JumpCloud cannot be read',
			'jumpCloud',
			'403',
			/^JumpCloud does not let this API key do that/,
		],
	] as const)(
		'%s: red, in plain words, and nothing is written',
		async (_what, service, kind, words) =>
			await withSandbox(async (sandbox) => {
				await prepared(sandbox, file);
				sandbox.faults.add({ service, kind, times: Infinity });
				const run = await runTemplate(template(file), sandbox);
				expect(run.status).toBe('error');
				expect(run.error!.message).toMatch(words);
				expect(run.error!.description).toMatch(/^[A-Z].*\.$/);
				expect([sandbox.writes(), run.children]).toEqual([[], []]);
				expect([...run.items('Needs Review'), ...run.items('No Action')]).toEqual([]);
			}),
	);

	it('a key that reads and may not write: red, at the node that writes', async () =>
		await withSandbox(async (sandbox) => {
			await prepared(sandbox, file);
			for (const method of ['PUT', 'POST', 'DELETE'])
				sandbox.faults.add({
					...{ service: 'jumpCloud', method, path: 'systemusers', kind: '403', times: Infinity },
				} as const);
			const run = await runTemplate(template(file), sandbox);
			expect([run.status, (run.error as { node?: { name: string } }).node!.name]).toEqual([
				'error',
				'Apply the Decision',
			]);
		}));
});

it('one person alone, and the key is wrong by then: red all the same', async () =>
	await withSandbox(async (sandbox) => {
		const { personId } = caseOf(sandbox, 'offboarded, linked account');
		sandbox.faults.add({ service: 'jumpCloud', method: 'PUT', kind: '401', times: Infinity });
		const run = await triggered(template('full-lifecycle'), sandbox, [personId], 'offboarded');
		expect([run.status, run.error!.message]).toEqual([
			'error',
			'JumpCloud did not accept the API key (401).',
		]);
	}));

it.each([
	['reconcile', 'create', /\/api\/systemusers$/],
	['reconcile', 'activate', /state\/activate/],
	['full-lifecycle', 'create', /\/api\/systemusers$/],
	['full-lifecycle', 'activate', /state\/activate/],
] as const)(
	'%s, a key that may not %s: every joiner is told of, and what was done for the others too',
	async (file, _what, path) =>
		await company(async ({ sandbox, reconcile, hire, account }) => {
			const [left, changed] = [hire(), hire()];
			for (let other = 0; other < 5; other++) hire();
			await reconcile();
			sandbox.admin.offboard(left, '2026-11-20');
			sandbox.admin.change(changed, { department: 'New' });
			const joiners = [hire(), hire(), hire()];
			sandbox.faults.add({
				...({ service: 'jumpCloud', method: 'POST', path, kind: '403', times: Infinity } as const),
			});
			const template = apply(loadTemplate(file));
			const run =
				file === 'reconcile'
					? await runTemplate(template, sandbox)
					: await triggered(template, sandbox, [left, changed, ...joiners]);
			expect(run.error).toBeUndefined();
			expect([account(left).state, account(changed).department]).toEqual(['SUSPENDED', 'New']);
			const failed = rowsOf(run, 'Needs Review').filter(({ Code }) => Code === 'write.failed');
			expect(failed.map((row) => row['Humaans ID']).sort()).toEqual(joiners.sort());
			if (file !== 'reconcile') return;
			const done = rowsOf(run, 'What Was Done').map(({ Action }) => String(Action));
			expect(done).toEqual(expect.arrayContaining(['Suspended', 'Updated']));
			expect(run.items('Summary of the Run')[0]!.json.failed).toBe(3);
		}),
);
