/** A plan that a limit held, and the id that lets it through. */
import { isExpired, planId, ruleOn } from '../../nodes/core/policy/limits/approval';
import { NOW, another, decideAll, desired, leaver } from './policyWorld';

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
		expect(ruling(fresh)).toEqual({
			...{ id: planId(keys, NOW), approved: true, under: fresh, expired: false },
			approvals: { [fresh]: keys },
		});
		expect(ruling(old, fresh)).toMatchObject({ approved: true, expired: false });
		expect(ruling(old)).toMatchObject({ approved: false, expired: true, approvals: {} });
	});
	it('lets exactly those actions through', () => {
		const result = decideAll(leavers(4), approved);
		expect(actions(result)).toEqual(Array(4).fill('deprovision'));
		expect(result.plans).toEqual([]);
		expect(Object.keys(result.memory.letThrough['limit.deprovisioning']!)).toHaveLength(4);
		expect(result.memory.approvals).toEqual({
			[plan]: Array(4).fill(expect.stringMatching(/^[0-9a-f]{16}$/)),
		});
		expect(actions(decideAll(leavers(5), approved))).toEqual(Array(5).fill('needsReview'));
	});
	it('what failed goes through again, one more does not', () => {
		const { memory } = decideAll(leavers(4), approved);
		expect(actions(decideAll(leavers(1), approved, { memory }))).toEqual(['deprovision']);
		expect(actions(decideAll(leavers(1, 7), approved, { memory }))).toEqual(['needsReview']);
		expect(actions(decideAll([...leavers(1), ...leavers(1, 7)], approved, { memory }))).toEqual([
			'needsReview',
			'needsReview',
		]);
		expect(actions(decideAll(leavers(1), {}, { memory }))).toEqual(['needsReview']);
		expect(decideAll(leavers(1), {}, { memory }).memory.approvals).toEqual({});
	});
	it('ends 24 hours after the run that held it, and says so; nothing needs to be remembered for that', () => {
		const after = (hours: number) =>
			decideAll(
				leavers(4).map((one) => ({ ...one, readAt: undefined })),
				approved,
				{ now: later(hours) },
			);
		expect(actions(after(24))).toEqual(Array(4).fill('deprovision'));
		expect(actions(after(24.1))).toEqual(Array(4).fill('needsReview'));
		expect(after(24.1).plans[0]!.sentence).toMatch(
			/for one run\. The ID in Approved Plan is more than 24 hours old and no longer counts\.$/,
		);
		const again = after(24.1).plans[0]!.id;
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
		const ofRest = (id: string) => ruleOn(['a'], new Set([id]), { [id]: ['a', 'b'] }, NOW);
		expect(ofRest(ids(23))).toMatchObject({ approved: true, under: ids(23), expired: false });
		expect(ofRest(ids(25))).toMatchObject({ approved: false, under: null, expired: false });
		expect(ruleOn(['a', 'c'], new Set([ids(1)]), { [ids(1)]: ['a', 'b'] }, NOW).approved).toBe(
			false,
		);
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
		expect(ruling(5).approved).toBe(true);
		expect(ruling(6)).toMatchObject({ approved: false, expired: false });
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
