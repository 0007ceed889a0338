/**
 * What policies of one process know of each other: two workflows at once stay within one limit.
 */
import { LIMIT_WINDOW_MS } from '../../nodes/core/policy/settings';
import { organizationOf, recall, remember } from '../../nodes/ProvisioningPolicy/memory';
import type { Subject } from '../../nodes/core/subject';
import { contextOf, execute, type PolicyContext } from './policyContext';
import { NOW, another, decideAll, leaver, subject } from './policyWorld';

const APPLY = { mode: 'apply' };
/** Leavers whose accounts are of a JumpCloud organization; each test has one of its own. */
const leavers = (organization: string | undefined, count: number, from = 0): Subject[] =>
	Array.from({ length: count }, (_, index) => {
		const one = leaver(from + index);
		const place = { _id: `${organization}-${from + index}`, organization };
		return { ...one, readAt: undefined, account: { ...one.account!, ...place } };
	});
const actionsOf = async (context: PolicyContext): Promise<string[]> =>
	(await execute({ parameters: APPLY, ...context }))
		.flat()
		.map(({ json }) => (json as unknown as { decision: { action: string } }).decision.action);
const three = (action: string) => Array<string>(3).fill(action);

describe('S10 a: two workflows of one process at once', () => {
	it('S10 a: what one let through counts for the other, before any account shows it', async () => {
		const first = { subjects: leavers('s10a', 3), workflow: 'reconcile' };
		expect(await actionsOf(first)).toEqual(three('deprovision'));
		const second = { subjects: leavers('s10a', 3, 3), workflow: 'full-lifecycle', node: 'other' };
		expect(await actionsOf(second)).toEqual(three('needsReview'));
	});
	it('S10 a: started side by side, they let through three between them', async () => {
		const runs = await Promise.all(
			[0, 3, 6].map(
				async (from) =>
					await actionsOf({ subjects: leavers('sideBySide', 3, from), workflow: `w${from}` }),
			),
		);
		expect(runs.flat().filter((action) => action === 'deprovision')).toHaveLength(3);
	});
	it('S10 a: the same people, decided once more, are not counted twice', async () => {
		const run = { subjects: leavers('again', 3), workflow: 'a' };
		expect(await actionsOf(run)).toEqual(three('deprovision'));
		expect(await actionsOf({ ...run, workflow: 'b' })).toEqual(three('deprovision'));
	});
	it('another JumpCloud organization has a limit of its own', async () => {
		expect(await actionsOf({ subjects: leavers('one', 3) })).toEqual(three('deprovision'));
		expect(await actionsOf({ subjects: leavers('two', 3) })).toEqual(three('deprovision'));
	});
	it('Evaluate As Of leaves nothing behind', async () => {
		const parameters = { ...APPLY, 'options.evaluateAsOf': '2026-12-01T09:00:00' };
		expect(await actionsOf({ subjects: leavers('asOf', 3), parameters })).toEqual(
			three('deprovision'),
		);
		expect(await actionsOf({ subjects: leavers('asOf', 3, 3) })).toEqual(three('deprovision'));
	});
	describe('an approved plan counts once in all workflows', () => {
		const run = async (subjects: Subject[], plan: string, more: Partial<PolicyContext> = {}) =>
			await actionsOf({
				...{ subjects, parameters: { ...APPLY, 'options.approvedPlan': plan } },
				...more,
			});
		const heldIn = async (organization: string): Promise<string> => {
			const held = await execute({ subjects: leavers(organization, 4), parameters: APPLY });
			return (held.flat()[0]!.json as unknown as { decision: { plan: string } }).decision.plan;
		};
		const four = (action: string) => Array<string>(4).fill(action);
		it('what went out is not let through again, there or elsewhere', async () => {
			const plan = await heldIn('once');
			const all = leavers('once', 4);
			expect(await run(all, plan, { workflow: 'a' })).toEqual(four('deprovision'));
			expect(await run(all, plan, { workflow: 'a' })).toEqual(four('needsReview'));
			expect(await run(all, plan, { workflow: 'b' })).toEqual(four('needsReview'));
		});
		it('of another organization it knows nothing', async () => {
			const plan = await heldIn('here');
			expect(await run(leavers('here', 4), plan)).toEqual(four('deprovision'));
			expect(recall('there')).toEqual({ letThrough: {}, approvals: {} });
		});
		it('a run by hand behind which nothing writes does not use it up', async () => {
			const plan = await heldIn('tried');
			const all = leavers('tried', 4);
			expect(await run(all, plan, { mode: 'manual' })).toEqual(four('deprovision'));
			expect(await run(all, plan)).toEqual(four('deprovision'));
			expect(await run(all, plan)).toEqual(four('needsReview'));
		});
	});
});

describe('runs by hand', () => {
	const LATER = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
	const letThrough = (ids: string[], at: Date) => ({
		letThrough: {
			'limit.deprovisioning': Object.fromEntries(ids.map((id) => [id, at.toISOString()])),
		},
		approvals: {},
	});
	const held = (organization: string, now: Date) =>
		decideAll(
			leavers(organization, 1, 20),
			{},
			{
				now,
				memory: recall(organization),
			},
		).decisions[0]!.action === 'needsReview';
	const byHand = contextOf({ subjects: [], mode: 'manual' });

	it('count for a quarter of an hour when nothing behind writes', () => {
		remember(byHand, 'byHand', letThrough(['a', 'b', 'c'], NOW), NOW);
		expect(held('byHand', NOW)).toBe(true);
		expect(held('byHand', LATER(14.9))).toBe(true);
		expect(held('byHand', LATER(15))).toBe(false);
		expect(LIMIT_WINDOW_MS).toBe(24 * 3_600_000);
	});
	it('count for 24 hours when a node behind writes what was let through', () => {
		const APPLY_NODE = {
			type: 'n8n-nodes-humaans-jumpcloud.jumpCloudUser',
			disabled: false,
			parameters: { operation: 'apply' },
		};
		const isHeldAfterAnHour = (context: Partial<PolicyContext>): boolean => {
			const organization = `behind${JSON.stringify(context)}`;
			const run = contextOf({ subjects: [], mode: 'manual', ...context });
			remember(run, organization, letThrough(['a', 'b', 'c'], NOW), NOW);
			return held(organization, LATER(60));
		};
		expect(isHeldAfterAnHour({ behind: [APPLY_NODE] })).toBe(true);
		expect(isHeldAfterAnHour({ behind: [{ ...APPLY_NODE, parameters: undefined }] })).toBe(true);
		expect(isHeldAfterAnHour({ behind: [APPLY_NODE], endsAt: 'Apply the Decision' })).toBe(true);
		for (const nothing of [
			{ behind: [{ ...APPLY_NODE, disabled: true }] },
			{ behind: [{ ...APPLY_NODE, parameters: { operation: 'match' } }] },
			{ behind: [{ ...APPLY_NODE, type: 'n8n-nodes-base.set' }] },
			{ behind: [APPLY_NODE], endsAt: 'Decide' },
			{ behind: [APPLY_NODE], endsAt: { nodeName: 'Decide' } },
		])
			expect(isHeldAfterAnHour(nothing)).toBe(false);
	});
	it('do not make shorter what a published workflow let through', () => {
		const published = contextOf({ subjects: [] });
		remember(published, 'both', letThrough(['a', 'b', 'c'], NOW), NOW);
		const soon = LATER(5);
		remember(byHand, 'both', letThrough(['a', 'b', 'c'], soon), soon);
		expect(held('both', LATER(60))).toBe(true);
		const { letThrough: kept } = recall('both');
		expect(kept!['limit.deprovisioning']).toEqual({
			...{ a: NOW.toISOString(), b: NOW.toISOString(), c: NOW.toISOString() },
		});
	});
	it('keep what they did not touch', () => {
		const early = LATER(-60).toISOString();
		const memory = letThrough(['new'], NOW);
		remember(
			byHand,
			'kept',
			{
				approvals: {},
				letThrough: {
					'limit.deprovisioning': { ...memory.letThrough['limit.deprovisioning'], old: early },
				},
			},
			NOW,
		);
		expect(recall('kept').letThrough!['limit.deprovisioning']).toEqual({
			new: LATER(15 - 24 * 60).toISOString(),
			old: early,
		});
	});
});

it('the organization is that of any account that says it', () => {
	const of = (...organizations: unknown[]) =>
		organizationOf(
			organizations.map((organization, index) => {
				const one = another(index);
				return { ...one, account: { ...one.account!, organization } };
			}),
		);
	expect(of(undefined, 7, 'org', 'other')).toBe('org');
	expect(of(undefined)).toBe('');
	expect(organizationOf([subject({ account: null })])).toBe('');
	expect(organizationOf([])).toBe('');
});
