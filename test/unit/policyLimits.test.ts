/** Too many at once: of a kind all are held, and everything else goes on. */
import { KINDS, type Limit } from '../../nodes/core/policy/limits/kinds';
import { allowedCount, overLimit } from '../../nodes/core/policy/limits/numbers';
import type { Account, Change, Decision, Subject } from '../../nodes/core/subject';
import {
	NOW,
	account,
	another,
	decideAll,
	decideOne,
	desired,
	leaver,
	matched,
	stamped,
	subject,
	suspended,
} from './policyWorld';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const fromNow = (ms: number) => new Date(NOW.getTime() + ms);
const leavers = (count: number, from = 0) =>
	Array.from({ length: count }, (_, index) => leaver(from + index));
/** Everybody has another work email in Humaans than on their account. */
const renamed = (count: number, from = 0) =>
	Array.from({ length: count }, (_, index) => {
		const email = `new${from + index}@acme.example`;
		const one = another(from + index, { desired: desired({ email }) });
		return { ...one, person: { ...one.person!, email } };
	});
/** People who have left, and whose accounts this package suspended. */
const suspendedLeavers = (count: number, stamp: string, from = 0) =>
	leavers(count, from).map((one) => ({
		...one,
		account: suspended({
			...one.account!,
			...{ state: 'SUSPENDED', suspended: true },
			attributes: [one.account!.attributes![0]!, ...stamped(stamp).slice(1)],
		}),
	}));
const unread = (subjects: Subject[]) => subjects.map((one) => ({ ...one, readAt: undefined }));
const inUse = (subjects: Subject[], accountsInUse: number) =>
	subjects.map((one) => ({ ...one, match: matched({ accountsInUse }) }));
const actions = (result: ReturnType<typeof decideAll>) =>
	result.decisions.map(({ action }) => action);
const all = <T>(count: number, value: T): T[] => Array<T>(count).fill(value);
const NOBODY = {
	letThrough: { 'limit.deprovisioning': {}, 'limit.deletion': {}, 'limit.email': {} },
	approvals: {},
};

describe('how many are too many', () => {
	const limit = (holds: Limit['holds']): Limit => ({ count: 3, percent: 5, holds });
	it.each<[Limit['holds'], number | null, number, boolean]>([
		['larger', null, 3, false],
		['larger', 19, 3, false],
		['larger', 20, 3, false],
		['larger', 60, 3, false],
		['larger', 79, 3, false],
		['larger', 80, 4, true],
		['larger', 1000, 50, true],
		['smaller', null, 3, false],
		['smaller', 19, 3, false],
		['smaller', 20, 1, true],
		['smaller', 59, 2, true],
		['smaller', 60, 3, false],
		['smaller', 1000, 3, false],
	])('%s of 3 and 5 %% of %s: %i', (holds, used, allowed, byPercent) =>
		expect(allowedCount(limit(holds), used)).toEqual({ allowed, byPercent }),
	);

	it.each<[number, number, number | null, string | null]>([
		[0, 9, 100, null],
		[3, 0, null, null],
		[4, 0, null, '4 accounts: over the limit of 3'],
		[4, 0, 30, '4 accounts, and 30 are in use: over the limit of 3'],
		[4, 0, 0, '4 accounts, and 0 are in use: over the limit of 3'],
		[12, 0, 80, '12 accounts, and 80 are in use: 15.0 % is over 5.0 %'],
		[2, 2, null, '4 accounts within 24 hours (2 now, 2 before): over the limit of 3'],
		[4, 0, 80, null],
		[5, 0, 80, '5 accounts, and 80 are in use: 6.3 % is over 5.0 %'],
	])('%i now, %i before, of %s: %s', (now, before, used, text) =>
		expect(overLimit(limit('larger'), { now, before, inUse: used })).toBe(text),
	);

	it('works from the first person of a small company: a limit of 0 holds everybody', () =>
		expect(actions(decideAll(leavers(1), { deprovisioningLimit: 0 }))).toEqual(['needsReview']));
	it('each limit has its own number and percentage', () => {
		const many = [...inUse(leavers(4), 100), ...renamed(4, 10)];
		const kindsHeld = (set: object) => decideAll(many, set).plans.map(({ code }) => code);
		expect(kindsHeld({})).toEqual([]);
		expect(kindsHeld({ limitPercent: 0 })).toEqual(['limit.deprovisioning']);
		expect(kindsHeld({ emailLimitPercent: 0 })).toEqual(['limit.email']);
		expect(kindsHeld({ limitPercent: 0, deprovisioningLimit: 4 })).toEqual([]);
		expect(kindsHeld({ emailLimitPercent: 0, emailLimit: 4 })).toEqual([]);
		expect(kindsHeld({ limitHolds: 'smaller' })).toEqual(['limit.deprovisioning', 'limit.email']);
	});
});

describe('over the Deprovisioning Limit', () => {
	it('all of them are held, everybody else goes on', () => {
		const result = decideAll([
			...leavers(4),
			another(8),
			another(9, { account: null, match: matched({ by: null }) }),
		]);
		expect(actions(result)).toEqual([...all(4, 'needsReview'), 'noAction', 'create']);
		const { id, list } = result.plans[0]!;
		expect(result.plans).toEqual([
			{
				...{ id, list, code: 'limit.deprovisioning', actions: 4 },
				why: 'Too many accounts would lose access: 4 accounts: over the limit of 3.',
				sentence:
					'Too many accounts would lose access: 4 accounts: over the limit of 3. None ' +
					`of them loses it. Look at the list, then approve plan ${id} with the form of ` +
					'approve-held-plan, or type its ID into Approved Plan (Options), or raise the ' +
					'Deprovisioning Limit for one run.',
			},
		]);
		expect(result.decisions[0]).toMatchObject({
			...{ code: 'limit.deprovisioning', blockedAction: 'deprovision', plan: id },
			reason:
				`Too many accounts would lose access: 4 accounts: over the limit of 3. Plan ${id} waits: ` +
				'approve it with the form of approve-held-plan. It would suspend the account: The person ' +
				'is offboarded in Humaans.',
		});
		expect(result.decisions[0]).not.toHaveProperty('basis');
		expect(result.decisions[4]!.plan).toBeUndefined();
		expect(result.memory).toEqual(NOBODY);
	});
	it('suspensions and deletions of active accounts count together', () => {
		const scoped = inUse([another(7)], 50);
		const result = decideAll(
			[...leavers(3), ...scoped],
			{ deprovisionHow: 'delete', outOfScope: 'suspend', limitPercent: 0 },
			{ inScope: [true, true, true, false] },
		);
		expect(result.decisions.map(({ code, blockedAction }) => [code, blockedAction])).toEqual([
			...all(3, ['limit.deprovisioning', 'delete']),
			['limit.deprovisioning', 'deprovision'],
		]);
	});
	it('the largest count of accounts in use that an item of the run knows holds', () => {
		const counts = (numbers: Array<number | undefined>) =>
			leavers(numbers.length).map((one, place) => ({
				...one,
				match: matched(numbers[place] === undefined ? {} : { accountsInUse: numbers[place] }),
			}));
		const of = (...numbers: Array<number | undefined>) => actions(decideAll(counts(numbers)))[0];
		expect(of(undefined, 99, 100, undefined, undefined)).toBe('deprovision');
		expect(of(undefined, 99, 99, undefined, undefined)).toBe('needsReview');
		expect(of(100, undefined, undefined, undefined, undefined)).toBe('deprovision');
		expect(of(undefined, undefined, undefined, undefined, 100)).toBe('deprovision');
		expect(of(104, 84, 64, 44, 24)).toBe('deprovision');
		expect(decideAll(counts([60, 61, 62, 63, 64, 65])).plans[0]!.sentence).toContain(
			'6 accounts, and 65 are in use: over the limit of 3',
		);
	});
	it('S3: accounts of people who left long ago make the limit no larger', () => {
		expect(actions(decideAll(inUse(leavers(18), 19)))).toEqual(all(18, 'needsReview'));
		const withLeavers = [...inUse(leavers(4), 60), ...suspendedLeavers(30, OLD, 100)];
		expect(actions(decideAll(withLeavers)).slice(0, 4)).toEqual(all(4, 'needsReview'));
	});
	it('runs of 24 hours add up; what is older does not count', () => {
		const first = decideAll(leavers(2));
		const ledger = first.memory.letThrough['limit.deprovisioning'];
		expect(ledger).toEqual({ account0: NOW.toISOString(), account1: NOW.toISOString() });
		const later = (hours: number) =>
			decideAll(unread(leavers(2, 2)), {}, { now: fromNow(hours * HOUR), memory: first.memory });
		const known = (hours: number) =>
			Object.keys(later(hours).memory.letThrough['limit.deprovisioning']!);
		expect(actions(later(23.9))).toEqual(['needsReview', 'needsReview']);
		expect(actions(later(24))).toEqual(['deprovision', 'deprovision']);
		expect(known(24)).toEqual(['account2', 'account3']);
		expect(known(1)).toEqual(['account0', 'account1']);
	});
	it('so do stamps that another machine left, but not old ones or those of this run', () => {
		const withStamps = (stamp: string) =>
			actions(decideAll([...leavers(2, 5), ...suspendedLeavers(2, stamp)])).slice(0, 2);
		expect(withStamps('2026-11-23T02:00:00.000Z leaving')).toEqual(all(2, 'needsReview'));
		expect(withStamps('2026-11-23T02:00:00.000Z scope')).toEqual(all(2, 'needsReview'));
		expect(withStamps('2026-11-22T11:00:00.000Z leaving')).toEqual(all(2, 'deprovision'));
		// Marked as a leaver lately, suspended long before.
		expect(withStamps('2026-11-01T11:00:00.000Z leaving 2026-11-23T02:00:00.000Z')).toEqual(
			all(2, 'deprovision'),
		);
		const opened = leavers(3).map((one) => ({
			...one,
			account: account({
				...one.account!,
				attributes: [...one.account!.attributes!, ...stamped(JUST_NOW).slice(1)],
			}),
		}));
		const memory = {
			letThrough: { 'limit.deprovisioning': { account0: '2026-11-23T02:00:00.000Z' } },
		};
		expect(actions(decideAll(opened, {}, { memory }))).toEqual(all(3, 'deprovision'));
	});
	it('S10 b: a stamp from a clock up to five minutes ahead counts', () => {
		const ahead = (ms: number) => {
			const stamp = `${fromNow(ms).toISOString()} leaving`;
			return actions(decideAll([...leavers(3, 5), ...suspendedLeavers(3, stamp)])).slice(0, 3);
		};
		expect(ahead(2 * MINUTE)).toEqual(all(3, 'needsReview'));
		expect(ahead(5 * MINUTE)).toEqual(all(3, 'needsReview'));
		expect(ahead(5 * MINUTE + 1)).toEqual(all(3, 'deprovision'));
		expect(ahead(23 * HOUR)).toEqual(all(3, 'deprovision'));
	});
	it('S10 b: so does what another workflow let through by such a clock, and what Match saw', () => {
		const at = fromNow(2 * MINUTE).toISOString();
		const three = { x: at, y: at, z: at };
		const memory = { letThrough: { 'limit.deprovisioning': three } };
		expect(actions(decideAll(leavers(1), {}, { memory }))).toEqual(['needsReview']);
		const [one] = leavers(1);
		const match = matched({ suspendedLately: three });
		expect(actions(decideAll([{ ...one!, match }]))).toEqual(['needsReview']);
		expect(
			Object.keys(decideAll([], {}, { memory }).memory.letThrough['limit.deprovisioning']!),
		).toEqual(['x', 'y', 'z']);
	});
	it('an item that nobody can make sense of is not looked at for a stamp', () =>
		expect(
			decideAll([...leavers(3), subject({ account: account({ attributes: [null] as never }) })])
				.decisions.map(({ code }) => code)
				.at(-1),
		).toBe('item.unusable'));
});

const OLD = '2026-01-01T00:00:00.000Z leaving';
const JUST_NOW = '2026-11-23T02:00:00.000Z leaving';

describe('S6: deletions of suspended accounts', () => {
	const THEN_DELETE = { deprovisionHow: 'suspendThenDelete' } as const;
	it('S6: that are too many keep nobody from being suspended', () => {
		const result = decideAll([...suspendedLeavers(6, OLD), ...leavers(1, 10)], THEN_DELETE);
		expect(result.decisions.map(({ action, code }) => [action, code])).toEqual([
			...all(6, ['needsReview', 'limit.deletion']),
			['deprovision', 'leaver.offboarded'],
		]);
		expect(result.plans).toEqual([
			expect.objectContaining({
				...{ code: 'limit.deletion', actions: 6 },
				sentence:
					'Too many suspended accounts would be deleted: 6 accounts: over the limit of 3. ' +
					`None of them is deleted. Look at the list, then approve plan ${result.plans[0]!.id} with ` +
					'the form of approve-held-plan, or type its ID into Approved Plan (Options), or raise the ' +
					'Deprovisioning Limit for one run.',
			}),
		]);
	});
	it('S6: and the other way round', () => {
		const result = decideAll([...suspendedLeavers(3, OLD), ...leavers(4, 10)], THEN_DELETE);
		expect(actions(result)).toEqual([...all(3, 'delete'), ...all(4, 'needsReview')]);
	});
	it('S6: they have a plan and a memory of their own', () => {
		const run = [...suspendedLeavers(4, OLD), ...leavers(4, 10)];
		const { plans } = decideAll(run, THEN_DELETE);
		expect(plans.map(({ code }) => code)).toEqual(['limit.deprovisioning', 'limit.deletion']);
		const approved = new Set([plans[0]!.id]);
		expect(actions(decideAll(run, { ...THEN_DELETE, approvedPlans: approved }))).toEqual([
			...all(4, 'needsReview'),
			...all(4, 'deprovision'),
		]);
		const first = decideAll(suspendedLeavers(3, OLD), THEN_DELETE);
		expect(Object.keys(first.memory.letThrough['limit.deletion']!)).toHaveLength(3);
		expect(first.memory.letThrough['limit.deprovisioning']).toEqual({});
		const next = decideAll([...suspendedLeavers(1, OLD, 5), ...leavers(3, 10)], THEN_DELETE, {
			memory: first.memory,
		});
		expect(actions(next)).toEqual(['needsReview', ...all(3, 'deprovision')]);
	});
	it('S6: a suspension of the last 24 hours does not count as a deletion', () =>
		expect(
			actions(
				decideAll([...suspendedLeavers(1, OLD), ...suspendedLeavers(3, JUST_NOW, 10)], THEN_DELETE),
			),
		).toEqual(['delete', ...all(3, 'noAction')]));
	it('S6: marking somebody as a leaver takes nobody’s access and is not limited', () => {
		const scoped = suspendedLeavers(9, '2026-01-01T00:00:00.000Z scope');
		expect(actions(decideAll(scoped, THEN_DELETE))).toEqual(all(9, 'deprovision'));
		expect(decideAll(scoped, THEN_DELETE).memory).toEqual(NOBODY);
	});
});

describe('what Match saw suspended beside the run', () => {
	const seen = (suspendedLately: Record<string, string>) =>
		actions(
			decideAll(
				leavers(2).map((one, index) =>
					index === 0 ? { ...one, match: matched({ suspendedLately }) } : one,
				),
			),
		);
	it('counts for 24 hours', () => {
		expect(seen({ x: '2026-11-23T02:00:00.000Z', y: '2026-11-22T13:00:00.000Z' })).toEqual(
			all(2, 'needsReview'),
		);
		expect(seen({ x: '2026-11-23T02:00:00.000Z' })).toEqual(all(2, 'deprovision'));
		expect(seen({ x: '2026-11-22T11:00:00.000Z', y: '2026-11-22T12:00:00.000Z' })).toEqual(
			all(2, 'deprovision'),
		);
	});
	it('counts nobody of the run twice', () =>
		expect(
			seen({ account0: '2026-11-23T02:00:00.000Z', account1: '2026-11-23T02:00:00.000Z' }),
		).toEqual(all(2, 'deprovision')));
});

describe('over the Email Change Limit', () => {
	it('updates of the work email are held, other updates go on', () => {
		const result = decideAll([
			...renamed(4),
			another(9, { desired: desired({ email: 'p9@acme.example', department: 'Legal' }) }),
		]);
		expect(actions(result)).toEqual([...all(4, 'needsReview'), 'update']);
		expect(result.decisions[0]).toMatchObject({
			...{ code: 'limit.email', blockedAction: 'update', plan: result.plans[0]!.id },
		});
		expect(result.plans[0]!.sentence).toContain(
			'Too many work emails would change: 4 accounts: over the limit of 3. None of them is changed. ',
		);
		expect(result.plans[0]!.sentence).toContain('raise the Email Change Limit for one run.');
	});
	it('does not count who was suspended, by whomever', () =>
		expect(
			actions(decideAll([...renamed(3), ...suspendedLeavers(2, JUST_NOW, 20)])).slice(0, 3),
		).toEqual(all(3, 'update')));
	it('has a memory of its own', () => {
		const first = decideAll(renamed(3));
		expect(first.memory.letThrough).toMatchObject({
			...{ 'limit.deprovisioning': {}, 'limit.email': { account0: NOW.toISOString() } },
		});
		expect(
			actions(decideAll([...renamed(1, 7), ...leavers(3, 10)], {}, { memory: first.memory })),
		).toEqual(['needsReview', ...all(3, 'deprovision')]);
	});
	it('a first email, another field and another action are none', () => {
		const change: Change = {
			...{ attribute: 'email', from: 'a@b.example', to: 'c@d.example' },
			...{ rule: 'always', why: '' },
		};
		const [email] = KINDS.filter(({ code }) => code === 'limit.email');
		const of = (patch: Partial<Decision>) =>
			email!.of({ ...decideOne(), action: 'update', changes: [change], ...patch }, subject());
		expect(of({})).toBe('c@d.example');
		expect(of({ changes: [{ ...change, from: null }] })).toBeNull();
		expect(of({ changes: [{ ...change, attribute: 'department' }] })).toBeNull();
		expect(of({ action: 'noAction' })).toBeNull();
	});
	it('what is disabled, and whether it was suspended, says the kind', () => {
		const kindsOf = (action: Decision['action'], one: Account | null) =>
			KINDS.filter(
				(kind) => kind.of({ ...decideOne(), action }, subject({ account: one })) !== null,
			).map(({ code }) => code);
		expect(kindsOf('deprovision', account())).toEqual(['limit.deprovisioning']);
		expect(kindsOf('delete', account())).toEqual(['limit.deprovisioning']);
		expect(kindsOf('deprovision', suspended())).toEqual([]);
		expect(kindsOf('delete', suspended())).toEqual(['limit.deletion']);
		expect(kindsOf('update', account())).toEqual([]);
		expect(kindsOf('create', null)).toEqual([]);
	});
});

describe('in Review Everything', () => {
	const review = (subjects: Subject[], set = {}) => decideAll(subjects, { mode: 'review', ...set });

	it('it says what a limit would hold, and what nothing would', () => {
		const { decisions, plans } = review([...leavers(4), another(9)]);
		expect(plans).toMatchObject([{ code: 'limit.deprovisioning', actions: 4 }]);
		for (const { action, code, plan, rows } of decisions.slice(0, 4)) {
			expect([action, code, plan]).toEqual(['needsReview', 'limit.deprovisioning', plans[0]!.id]);
			expect(rows![0].Action).toBe('You decide (Suspend)');
		}
		expect(review(leavers(3)).decisions.map(({ code }) => code)).toEqual(
			Array(3).fill('mode.review'),
		);
		expect(review(renamed(4)).decisions[0]!.code).toBe('limit.email');
		const set = { deprovisionHow: 'suspendThenDelete' } as const;
		expect(review(suspendedLeavers(4, OLD), set).decisions[0]!.code).toBe('limit.deletion');
	});
	it('it counts nothing as let through, and uses no approval up', () => {
		const { memory } = review(leavers(3));
		expect(decideAll(leavers(3, 10), {}, { memory }).plans).toEqual([]);
		const plan = decideAll(leavers(4)).plans[0]!.id;
		const approved = { approvedPlans: new Set([plan]) };
		const looked = review(leavers(4), approved);
		expect(looked.plans).toEqual([]);
		expect(looked.decisions.map(({ code }) => code)).toEqual(Array(4).fill('mode.review'));
		expect(decideAll(leavers(4), approved, { memory: looked.memory }).plans).toEqual([]);
	});
});
