/** A plan that a limit held, and the id that lets it through. */
import { isExpired, planId, ruleOn } from '../../nodes/core/policy/limits/approval';
import { NOW, another, cameBack, decideAll, desired, leaver } from './policyWorld';

const leavers = (count: number, from = 0) =>
	Array.from({ length: count }, (_, index) => leaver(from + index));
/** Everybody has another work email in Humaans than on their account. */
const renamed = (count: number, emailOf = (index: number) => `new${index}@acme.example`) =>
	Array.from({ length: count }, (_, index) => {
		const email = emailOf(index);
		const one = another(index, { desired: desired({ email }) });
		return { ...one, person: { ...one.person!, email } };
	});
const actions = (result: ReturnType<typeof decideAll>) =>
	result.decisions.map(({ action }) => action);

describe('approval of a plan', () => {
	const plan = decideAll(leavers(4)).plans[0]!.id;
	const approved = { approvedPlans: new Set([plan]) };
	const later = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);
	it('an id is the same for the same actions in any order, and another for any other', () => {
		expect(plan).toMatch(/^[0-9a-f]{10}-[0-9a-z]{5}$/);
		expect(planId(['b', 'a'], NOW)).toBe(planId(['a', 'b'], NOW));
		expect(decideAll(leavers(4).reverse()).plans[0]!.id).toBe(plan);
		const others = [
			decideAll(leavers(5)),
			decideAll(leavers(4), { deprovisionHow: 'delete' }),
			decideAll(leavers(4, 1)),
			decideAll(renamed(4)),
		].map(({ plans }) => plans[0]!.id);
		expect(new Set([plan, ...others]).size).toBe(5);
		const two = decideAll(renamed(4, (index) => `other${index}@acme.example`));
		expect(two.plans[0]!.id).not.toBe(others[3]);
	});
	it('of an approved plan nothing has expired, also beside an old approval of the same', () => {
		const keys = ['b', 'a'];
		const [old, fresh] = [planId(keys, later(-30)), planId(keys, later(-1))];
		const ruling = (...ids: string[]) => ruleOn(keys, new Set(ids), {}, NOW);
		expect(ruling(fresh)).toEqual({ id: planId(keys, NOW), under: fresh, expired: false });
		expect(ruling(old, fresh)).toEqual({ id: planId(keys, NOW), under: fresh, expired: false });
		expect(ruling(old)).toEqual({ id: planId(keys, NOW), under: null, expired: true });
	});
	it('lets exactly those actions through', () => {
		const result = decideAll(leavers(4), approved);
		expect(actions(result)).toEqual(Array(4).fill('deprovision'));
		expect(result.plans).toEqual([]);
		expect(Object.keys(result.memory.letThrough['limit.deprovisioning']!)).toHaveLength(4);
		expect(result.memory.approvals).toEqual({ [plan]: { code: 'limit.deprovisioning', left: {} } });
		expect(actions(decideAll(leavers(5), approved))).toEqual(Array(5).fill('needsReview'));
	});
	/** The plan was carried out, and these of it came back undone. */
	const after = (status: 'failed' | 'outdated', ...places: number[]) => {
		const run = leavers(4);
		const { decisions, memory } = decideAll(run, approved);
		const back = places.map((place) => cameBack(run[place]!, decisions[place]!, status));
		return decideAll(back, approved, { memory });
	};
	it('lets each of them through once: what was done needs a new id', () => {
		const { memory } = decideAll(leavers(4), approved);
		for (const again of [leavers(4), leavers(3), leavers(1)]) {
			const result = decideAll(again, approved, { memory });
			expect(actions(result)).toEqual(again.map(() => 'needsReview'));
			// Also in the minute of the used one.
			const approvedPlans = new Set([result.plans[0]!.id]);
			expect(result.plans[0]!.id).not.toBe(plan);
			expect(actions(decideAll(again, { approvedPlans }, { memory }))).toEqual(
				again.map(() => 'deprovision'),
			);
		}
	});
	it('what failed goes through again, once; one more, or another, does not', () => {
		const { memory } = after('failed', 0);
		expect(Object.values(memory.approvals[plan]!.left)).toEqual([
			expect.stringMatching(/^[0-9a-f]{16}$/),
		]);
		const again = decideAll(leavers(1), approved, { memory });
		expect(actions(again)).toEqual(['deprovision']);
		expect(actions(decideAll(leavers(1), approved, again))).toEqual(['needsReview']);
		expect(actions(decideAll(leavers(1, 1), approved, { memory }))).toEqual(['needsReview']);
		expect(actions(decideAll(leavers(2), approved, { memory }))).toEqual(
			Array(2).fill('needsReview'),
		);
		expect(actions(decideAll(leavers(1), {}, { memory }))).toEqual(['needsReview']);
	});
	it('what was not written because the account had changed is decided anew, and goes through', () =>
		expect(actions(after('outdated', 0, 1))).toEqual(Array(2).fill('deprovision')));
	it('what came back done, or came from no approved plan, is not left', () => {
		const run = leavers(4);
		const { decisions, memory } = decideAll(run, approved);
		const [one] = run;
		const failed = cameBack(one!, decisions[0]!, 'failed');
		const done = { ...failed, outcome: { ...failed.outcome!, status: 'applied' as const } };
		const other = cameBack(one!, { ...decisions[0]!, approvedPlan: undefined }, 'failed');
		for (const back of [done, other])
			expect(decideAll([back], {}, { memory }).memory.approvals).toEqual(memory.approvals);
	});
	it('a run without ids forgets nothing that counts, until its 24 hours are over', () => {
		const { memory } = after('failed', 0);
		const kept = (hours: number) =>
			decideAll([], {}, { memory, now: later(hours) }).memory.approvals;
		expect(kept(0)).toEqual(memory.approvals);
		expect(kept(24)).toEqual(memory.approvals);
		expect(kept(24.1)).toEqual({});
	});
	it('what is left is done when the account lost its access in another way', () => {
		const { memory } = after('failed', 0);
		const [{ account, ...rest }] = leavers(1) as [ReturnType<typeof leaver>];
		const byHand = {
			...rest,
			account: { ...account!, state: 'SUSPENDED' as const, suspended: true },
		};
		const seen = decideAll([byHand], {}, { memory });
		expect(seen.memory.approvals[plan]).toEqual({ code: 'limit.deprovisioning', left: {} });
		// Also when it was within the limit of another workflow.
		const within = decideAll(leavers(1), { deprovisioningLimit: 100 }, { memory });
		expect(actions(within)).toEqual(['deprovision']);
		expect(within.memory.approvals[plan]!.left).toEqual({});
	});
	it('a list is the same list whenever it is held', () => {
		const list = (hours: number, count = 4) =>
			decideAll(
				leavers(count).map((one) => ({ ...one, readAt: undefined })),
				{},
				{ now: later(hours) },
			).plans[0]!;
		expect(list(0).list).toMatch(/^[0-9a-f]{10}$/);
		expect(list(2).list).toBe(list(0).list);
		expect(list(2).id).not.toBe(list(0).id);
		expect(list(0, 5).list).not.toBe(list(0).list);
	});
	it('ends 24 hours after the run that held it, and says so; nothing needs to be remembered for that', () => {
		const after24 = (hours: number) =>
			decideAll(
				leavers(4).map((one) => ({ ...one, readAt: undefined })),
				approved,
				{ now: later(hours) },
			);
		expect(actions(after24(24))).toEqual(Array(4).fill('deprovision'));
		expect(actions(after24(24.1))).toEqual(Array(4).fill('needsReview'));
		expect(after24(24.1).plans[0]!.sentence).toMatch(
			/for one run\. The ID in Approved Plan is more than 24 hours old and no longer counts\.$/,
		);
		const again = after24(24.1).plans[0]!.id;
		expect(again).not.toBe(plan);
		// Both are in the field: the newer one counts.
		expect(
			actions(
				decideAll(leavers(4), {
					approvedPlans: new Set([planId(['x'], NOW), planId(['x'], later(-30)), plan]),
				}),
			),
		).toEqual(Array(4).fill('deprovision'));
	});
	it('S16: with another minute typed into it, an id lets nobody through', () => {
		const now = later(25);
		const run = leavers(4).map((one) => ({ ...one, readAt: undefined }));
		const [, minute] = planId(['x'], now).split('-');
		const retyped = `${plan.split('-')[0]}-${minute}`;
		const { decisions, plans } = decideAll(run, { approvedPlans: new Set([retyped]) }, { now });
		expect(decisions.map(({ action }) => action)).toEqual(Array(4).fill('needsReview'));
		expect(plans[0]!.sentence).not.toContain('more than 24 hours old');
		const typedNow = decideAll(run, { approvedPlans: new Set([plans[0]!.id]) }, { now });
		expect(actions(typedNow)).toEqual(Array(4).fill('deprovision'));
	});
	it('the rest of an approved plan goes through for the same 24 hours', () => {
		const ids = (hours: number) => planId(['a', 'b'], later(-hours));
		const left = { code: 'limit.deprovisioning' as const, left: { x: 'a', y: 'b' } };
		const ofRest = (id: string, ...keys: string[]) =>
			ruleOn(keys, new Set([id]), { [id]: left }, NOW);
		expect(ofRest(ids(23), 'a')).toMatchObject({ under: ids(23), expired: false });
		expect(ofRest(ids(25), 'a')).toMatchObject({ under: null, expired: false });
		expect(ofRest(ids(1), 'a', 'c').under).toBeNull();
	});
	it('an id says itself that it is more than 24 hours old, and what is no id says nothing', () => {
		const old = (hours: number) => isExpired(planId(['a'], later(-hours)), NOW);
		expect([old(23.9), old(24), old(24.1), old(-1)]).toEqual([false, false, true, false]);
		for (const text of ['', 'abc', '<script>alert(1)</script>', `${plan.slice(0, 10)}-1`])
			expect(isExpired(text, NOW)).toBe(false);
	});
	it('an id from a time to come is not one that a limit has held', () => {
		const ruling = (minutes: number) =>
			ruleOn(['a'], new Set([planId(['a'], later(minutes / 60))]), {}, NOW);
		expect(ruling(5).under).not.toBeNull();
		expect(ruling(6)).toMatchObject({ under: null, expired: false });
		const shown = decideAll(leavers(4), {}, { asOf: later(24 * 30) }).plans[0]!.id;
		expect(actions(decideAll(leavers(4), { approvedPlans: new Set([shown]) }))).toEqual(
			Array(4).fill('needsReview'),
		);
	});
	it.each([plan.slice(0, 10), `${plan.slice(0, 10)}-`, `${plan.slice(0, 10)}-?`, ''])(
		'what is no whole id lets nobody through: "%s"',
		(id) =>
			expect(actions(decideAll(leavers(4), { approvedPlans: new Set([id]) }))).toEqual(
				Array(4).fill('needsReview'),
			),
	);
	it('two plans of one run are approved apart', () => {
		const run = [...leavers(4), ...renamed(8).slice(4)];
		const both = decideAll(run).plans;
		expect(both.map(({ code }) => code)).toEqual(['limit.deprovisioning', 'limit.email']);
		expect(actions(decideAll(run, { approvedPlans: new Set([both[1]!.id]) }))).toEqual([
			...Array<string>(4).fill('needsReview'),
			...Array<string>(4).fill('update'),
		]);
		expect(actions(decideAll(run, { approvedPlans: new Set(both.map(({ id }) => id)) }))).toEqual([
			...Array<string>(4).fill('deprovision'),
			...Array<string>(4).fill('update'),
		]);
	});
});
