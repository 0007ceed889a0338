/** *Only Approved Plans*: nothing is done but the actions of an approved plan. */
import { accessReview } from '../../nodes/core/review/review';
import type { PlanList } from '../../nodes/core/review/planList';
import type { RunSummary } from '../../nodes/core/policy/summary';
import type { Subject } from '../../nodes/core/subject';
import { execute } from './policyContext';
import {
	NOW,
	account,
	another,
	cameBack,
	decideAll,
	desired,
	foundBy,
	leaver,
	matched,
	person,
	settings,
	subject,
	verdict,
} from './policyWorld';

const ONLY = { onlyApprovedPlans: true };
const leavers = (count: number, from = 0) =>
	Array.from({ length: count }, (_, index) => leaver(from + index));
const told = (result: ReturnType<typeof decideAll>) =>
	result.decisions.map(({ action, code }) => `${action} ${code}`);
const joiner = subject({ account: null, match: matched({ by: null }) });
const drifted = another(30, {
	desired: desired({ email: 'p30@acme.example', department: 'Legal' }),
});
const waits = subject({
	person: person({ status: 'newHire', employmentStartDate: '2026-12-01' }),
	account: account({ state: 'STAGED', activated: false }),
});
const planOf = (subjects: Subject[]) => decideAll(subjects, ONLY).plans[0]!.id;

describe('without an approval', () => {
	it('no write goes on, within the limit or over it, and nobody waits', () => {
		const result = decideAll([...leavers(3), joiner, drifted], ONLY);
		expect(told(result)).toEqual(Array(5).fill('noAction plan.notApproved'));
		expect(result.decisions.map(({ blockedAction }) => blockedAction)).toEqual([
			...['deprovision', 'deprovision', 'deprovision', 'create', 'update'],
		]);
		expect(result.decisions[0]!.reason).toBe(
			'Only approved plans are carried out here, and this is part of none. It would suspend the ' +
				'account: The person is offboarded in Humaans.',
		);
		const { action, blockedAction, resumeAt } = decideAll([waits], ONLY).decisions[0]!;
		expect([action, blockedAction, resumeAt]).toEqual(['noAction', 'waitUntilDue', undefined]);
	});
	it('what a limit holds has its plan, also with Mode: Review Everything', () => {
		for (const mode of ['apply', 'review'] as const) {
			const { decisions, plans } = decideAll([...leavers(4), joiner], { ...ONLY, mode });
			expect(plans).toMatchObject([{ code: 'limit.deprovisioning', actions: 4 }]);
			expect(decisions.map(({ plan }) => plan)).toEqual([
				...Array<string>(4).fill(plans[0]!.id),
				undefined,
			]);
		}
	});
	it('nothing counts as let through', () => {
		const { memory } = decideAll(leavers(3), ONLY);
		expect(memory).toEqual({
			approvals: {},
			letThrough: { 'limit.deprovisioning': {}, 'limit.deletion': {}, 'limit.email': {} },
		});
		const before = { letThrough: { 'limit.deprovisioning': { x: NOW.toISOString() } } };
		expect(decideAll(leavers(3), ONLY, { memory: before }).memory.letThrough).toMatchObject(
			before.letThrough,
		);
	});
	it('says so among the rules that were tried', () =>
		expect(decideAll([joiner], { ...ONLY, explain: true }).decisions[0]!.trace!.at(-1)).toEqual({
			rule: 'approved plans',
			code: 'plan.notApproved',
		}));
});

describe('with an approval', () => {
	const run = [...leavers(4), joiner, drifted];
	const approved = { ...ONLY, approvedPlans: new Set([planOf(run)]) };

	it('exactly those actions go on, and count as let through', () => {
		const result = decideAll(run, approved);
		expect(told(result)).toEqual([
			...Array<string>(4).fill('deprovision leaver.offboarded'),
			...['noAction plan.notApproved', 'noAction plan.notApproved'],
		]);
		expect(result.decisions.map(({ approvedPlan }) => approvedPlan)).toEqual([
			...Array<string>(4).fill(planOf(run)),
			...[undefined, undefined],
		]);
		expect(result.approved).toEqual([
			{ id: planOf(run), code: 'limit.deprovisioning', actions: 4 },
		]);
		expect(Object.keys(result.memory.letThrough['limit.deprovisioning']!)).toHaveLength(4);
		expect(decideAll([...leavers(5), joiner], approved).approved).toEqual([]);
	});
	it('also when the limit would not hold them any more', () => {
		const result = decideAll(run, { ...approved, deprovisioningLimit: 100 });
		expect(result.decisions.slice(0, 4).map(({ action }) => action)).toEqual(
			Array(4).fill('deprovision'),
		);
		expect(result.plans).toEqual([]);
	});
	it('with Mode: Review Everything they are only shown, and nothing is remembered', () => {
		const result = decideAll(run, { ...approved, mode: 'review' });
		expect(told(result).slice(0, 4)).toEqual(Array(4).fill('needsReview mode.review'));
		expect(result.memory).toEqual(decideAll(run, ONLY).memory);
		// So one fewer is another list, as for everybody.
		expect(
			told(
				decideAll(leavers(3), { ...approved, deprovisioningLimit: 1 }, { memory: result.memory }),
			),
		).toEqual(Array(3).fill('needsReview limit.deprovisioning'));
	});
	it('what is left of it after a write that failed goes on', () => {
		const { memory, decisions } = decideAll(run, approved);
		const failed = cameBack(run[0]!, decisions[0]!, 'failed');
		const next = decideAll([failed], approved, { memory });
		expect(told(next)).toEqual(['needsReview write.failed']);
		const rest = decideAll(leavers(1), approved, { memory: next.memory });
		expect(told(rest)).toEqual(['deprovision leaver.offboarded']);
		expect(rest.decisions[0]!.approvedPlan).toBe(planOf(run));
	});
	it('a look in between, or a run of another workflow, forgets nothing of it', () => {
		const { memory, decisions } = decideAll(run, approved);
		const back = cameBack(run[0]!, decisions[0]!, 'failed');
		let { memory: between } = decideAll([back], approved, { memory });
		const looks = [ONLY, { ...ONLY, mode: 'review' as const }, { mode: 'review' as const }, {}];
		for (const look of looks) ({ memory: between } = decideAll(run, look, { memory: between }));
		expect(told(decideAll(leavers(1), approved, { memory: between }))).toEqual([
			'deprovision leaver.offboarded',
		]);
	});
});

describe('new work emails', () => {
	const renamed = (index: number, patch: Partial<Subject> = {}): Subject => {
		const email = `new${index}@acme.example`;
		const one = another(index, { desired: desired({ email, department: 'Legal' }), ...patch });
		return { ...one, person: { ...one.person!, email } };
	};
	const run = [0, 1, 2, 3].map((index) => renamed(index));
	const attributes = (result: ReturnType<typeof decideAll>) =>
		result.decisions.map(({ changes }) => changes.map(({ attribute }) => attribute));

	it('are changed alone: the other fields are on no list', () => {
		const held = decideAll(run, ONLY);
		expect(attributes(held)).toEqual(Array(4).fill(['email']));
		expect(held.decisions[0]!.because).toBe('Out of step with Humaans: Work Email.');
		const approved = { ...ONLY, approvedPlans: new Set([held.plans[0]!.id]) };
		const result = decideAll(run, approved);
		expect(told(result)).toEqual(Array(4).fill('update drift'));
		expect(attributes(result)).toEqual(Array(4).fill(['email']));
		// Without the setting they go along.
		expect(attributes(decideAll(run))[0]).toContain('department');
	});
	it('of an account that is adopted come with its link', () => {
		const email = 'new@acme.example';
		const adopted = subject({
			person: person({ email }),
			desired: desired({ email, department: 'Legal', employeeIdentifier: '7' }),
			account: account({ attributes: [], employeeIdentifier: '7', lastname: 'Silva' }),
			match: foundBy('employeeIdentifier', 'name'),
			peopleRead: 1,
		});
		expect(decideAll([adopted]).decisions[0]!.changes.map(({ attribute }) => attribute)).toEqual(
			expect.arrayContaining(['email', 'department', 'humaansId']),
		);
		const held = decideAll([adopted], { ...ONLY, emailLimit: 0, emailLimitPercent: 0 });
		const [only] = attributes(held);
		expect(only!.filter((attribute) => !attribute.startsWith('humaans'))).toEqual(['email']);
		expect(only).toContain('humaansId');
		expect(held.decisions[0]!.because).toBe(
			'The account ana.silva has the same employee ID and name and is not linked to anybody. It ' +
				'gets the new work email, and is linked to this person.',
		);
	});
	it('linking is part of what was approved: of another person, or linked, it is another list', () => {
		const all = { ...ONLY, emailLimit: 0, emailLimitPercent: 0 };
		const [linked, unlinked] = [renamed(1), renamed(1, { account: another(1).account! })];
		unlinked.account = { ...unlinked.account!, attributes: [] };
		unlinked.match = foundBy('employeeIdentifier', 'name');
		const ids = [linked, unlinked].map((one) => decideAll([one], all).plans[0]?.list);
		expect(new Set(ids).size).toBe(2);
		expect(ids).not.toContain(undefined);
	});
});

describe('in the node', () => {
	const everybody = (subjects: Subject[]): Subject[] =>
		subjects.map((one) => ({
			...one,
			readAt: undefined,
			peopleRead: subjects.length,
			match: { ...one.match!, accountsRead: subjects.length },
		}));
	const organized = (name: string, count: number): Subject[] =>
		everybody(
			leavers(count).map((one) => ({
				...one,
				account: { ...one.account!, _id: `${name}${one.account!._id}`, organization: name },
			})),
		);
	const parameters = { mode: 'apply', 'options.onlyApprovedPlans': true };
	const summaryOf = async (subjects: Subject[], more: Record<string, unknown> = {}) => {
		const outputs = await execute({
			subjects,
			parameters: {
				...parameters,
				'options.summaryItem': true,
				options: { summaryItem: true },
				...more,
			},
		});
		const summary = outputs.at(-1)![0]!.json as unknown as RunSummary;
		return { outputs, list: summary.list as PlanList };
	};

	it('the last item holds the page, and what can be approved', async () => {
		const { list } = await summaryOf(organized('page', 4));
		const id = list.rows[0]!.Plan!;
		expect(list).toMatchObject({
			...{ refused: null, title: '4 accounts are held by a limit' },
			toApprove: [{ ids: id, words: `Approve: let 4 accounts lose access (plan ${id})` }],
		});
		expect(list.html).toContain(`<h3>Would lose access: 4 accounts, plan ${id}</h3>`);
	});
	it('what is no ID is told from an ID that no list has, and other IDs of a list are told of', async () => {
		const said = async (typed: string) =>
			(await summaryOf(organized('typed', 4), { 'options.approvedPlan': typed })).list.html;
		expect(await said('abc')).toContain('&quot;abc&quot; is not the ID of a list');
		const id = `0123456789-${Math.floor(Date.now() / 60_000).toString(36)}`;
		const other = await said(id);
		expect(other).toContain(`No list has the ID ${id}: `);
		expect(other).toContain('An ID that you were told before counts too, for 24 hours.');
	});
	it('with half of the people nothing is approved, and the page says why', async () => {
		const whole = organized('half', 4);
		const { list } = await summaryOf(whole);
		const plan = { 'options.approvedPlan': list.rows[0]!.Plan };
		const half = whole.map((one) => ({ ...one, peopleRead: 5 }));
		const { outputs, list: refused } = await summaryOf(half, plan);
		expect(refused).toMatchObject({ title: 'There is no list', rows: [], toApprove: [] });
		expect(refused.html).toBe(
			'<h3>Why</h3><p>Only some people are in this run, so there is no list.</p><p>Let Humaans › ' +
				'Get Many read all people, and put no filter between it and this node.</p><p>Nothing was ' +
				'approved.</p>',
		);
		const actions = outputs.flatMap((output, place) => output.map(() => place));
		expect(new Set(actions)).toEqual(new Set([7, 9]));
		// All of them: it is the list that was shown.
		const { list: done } = await summaryOf(whole, plan);
		expect(done.title).toBe('Approved: 4 not done');
	});
});

it('an access review says what the rules would do, not what was approved', () => {
	const subjects = leavers(4).map((one) => ({
		...one,
		peopleRead: 4,
		match: { ...one.match!, accountsRead: 4 },
	}));
	const { rows } = accessReview(
		'accounts',
		{
			...{ subjects, inScope: subjects.map(() => true), now: NOW, memory: {} },
			settings: settings({ ...ONLY, mode: 'review', deprovisioningLimit: 100 }),
		},
		'UTC',
	);
	expect(rows.map(({ Why }) => Why)).toEqual(
		Array(4).fill(expect.stringMatching(/^To do: Suspend the account\./)),
	);
	expect(verdict()).toBe('noAction inStep');
});
