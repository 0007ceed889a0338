/**
 * Many people at once: the two limits, their plans and approval, doubles, one bad item, Evaluate As
 * Of, the summary.
 */
import { planId, ruleOn } from '../../nodes/core/policy/approval';
import { allowedCount, newEmailOf, overLimit } from '../../nodes/core/policy/limit';
import { summaryOf } from '../../nodes/core/policy/summary';
import type { Limit } from '../../nodes/core/policy/settings';
import type { Subject } from '../../nodes/core/subject';
import {
	NOW,
	account,
	another,
	decideAll,
	decideOne,
	desired,
	leaver,
	matched,
	person,
	stamped,
	subject,
	suspended,
} from './policyWorld';

const leavers = (count: number, from = 0) =>
	Array.from({ length: count }, (_, index) => leaver(from + index));
const renamed = (count: number) =>
	Array.from({ length: count }, (_, index) =>
		another(index, { desired: desired({ email: `new${index}@acme.example` }) }),
	);
const actions = (result: ReturnType<typeof decideAll>) =>
	result.decisions.map(({ action }) => action);
const counted = (subjects: Subject[], linkedAccounts: number) =>
	subjects.map((one, index) =>
		index === 1
			? { ...one, match: matched({ linkedAccounts: linkedAccounts - 1 }) }
			: index === 2
				? { ...one, match: matched({ linkedAccounts }) }
				: one,
	);

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
	])('%s of 3 and 5 %% of %s: %i', (holds, linked, allowed, byPercent) =>
		expect(allowedCount(limit(holds), linked)).toEqual({ allowed, byPercent }),
	);

	it.each<[number, number, number | null, string | null]>([
		[0, 9, 100, null],
		[3, 0, null, null],
		[4, 0, null, '4 linked accounts, over the limit of 3'],
		[4, 0, 30, '4 of 30 linked accounts, over the limit of 3'],
		[12, 0, 80, '12 of 80 linked accounts, 15.0 % is over 5.0 %'],
		[2, 2, null, '4 linked accounts within 24 hours (2 now, 2 before), over the limit of 3'],
		[4, 0, 80, null],
		[5, 0, 80, '5 of 80 linked accounts, 6.3 % is over 5.0 %'],
	])('%i now, %i before, of %s: %s', (now, before, linked, text) =>
		expect(overLimit(limit('larger'), now, before, linked)).toBe(text),
	);

	it('works from the first person of a small company: a limit of 0 holds everybody', () =>
		expect(
			actions(decideAll(leavers(1), { limit: { count: 0, percent: 5, holds: 'larger' } })),
		).toEqual(['needsReview']));
});

describe('over the Deprovisioning Limit', () => {
	it('all of them are held, everybody else goes on', () => {
		const result = decideAll([
			...leavers(4),
			another(8),
			another(9, { account: null, match: matched({ by: null }) }),
		]);
		expect(actions(result)).toEqual([
			'needsReview',
			'needsReview',
			'needsReview',
			'needsReview',
			'noAction',
			'create',
		]);
		const { id } = result.plans[0]!;
		expect(result.plans).toEqual([
			{
				id,
				code: 'limit.deprovisioning',
				actions: 4,
				sentence:
					'Too many accounts would be disabled: 4 linked accounts, over the limit of 3. None ' +
					`of them is disabled; check the list, then type ${id} into Approved Plan, or raise ` +
					'the Deprovisioning Limit for one run.',
			},
		]);
		expect(result.decisions[0]).toMatchObject({
			code: 'limit.deprovisioning',
			blockedAction: 'deprovision',
			plan: id,
			reason: `${result.plans[0]!.sentence} It would suspend the account: The person is offboarded in Humaans.`,
		});
		expect(result.decisions[4]!.plan).toBeUndefined();
		expect(result.memory).toEqual({ ledger: {}, emailLedger: {}, approvals: {} });
	});
	it('suspensions and deletions count together', () => {
		const old = Array.from({ length: 2 }, (_, index) =>
			leaver(index, {
				account: suspended({
					_id: `account${index}`,
					attributes: [
						...stamped('2026-01-01T00:00:00.000Z').slice(1),
						{ name: 'humaansId', value: leaver(index).personId! },
					],
				}),
			}),
		);
		const result = decideAll([...old, ...leavers(2, 5)], { deprovisionHow: 'suspendThenDelete' });
		expect(result.decisions.map(({ blockedAction }) => blockedAction)).toEqual([
			'delete',
			'delete',
			'deprovision',
			'deprovision',
		]);
	});
	it('the largest count of linked accounts in the run holds', () => {
		expect(actions(decideAll(counted(leavers(5), 100)))).toEqual(Array(5).fill('deprovision'));
		expect(actions(decideAll(counted(leavers(6), 100)))).toEqual(Array(6).fill('needsReview'));
	});
	it('whichever item holds the largest', () => {
		const some = leavers(5);
		const at = (index: number, linkedAccounts: number) =>
			some.map((one, place) =>
				place === index ? { ...one, match: matched({ linkedAccounts }) } : one,
			);
		expect(actions(decideAll(at(0, 100)))).toEqual(Array(5).fill('deprovision'));
		expect(actions(decideAll(at(4, 100)))).toEqual(Array(5).fill('deprovision'));
		const falling = some.map((one, place) => ({
			...one,
			match: matched({ linkedAccounts: 104 - place * 20 }),
		}));
		expect(actions(decideAll(falling))).toEqual(Array(5).fill('deprovision'));
		expect(
			decideAll(
				leavers(6).map((one, place) => ({
					...one,
					match: matched({ linkedAccounts: 60 + place }),
				})),
			).plans[0]!.sentence,
		).toContain('6 of 65 linked accounts, over the limit of 3');
	});
	it('runs of 24 hours add up; what is older does not count', () => {
		const first = decideAll(leavers(2));
		expect(first.memory.ledger).toEqual({
			account0: NOW.toISOString(),
			account1: NOW.toISOString(),
		});
		const later = (hours: number) =>
			decideAll(
				leavers(2, 2).map((one) => ({ ...one, readAt: undefined })),
				{},
				{ now: new Date(NOW.getTime() + hours * 3_600_000), memory: first.memory },
			);
		expect(actions(later(23.9))).toEqual(['needsReview', 'needsReview']);
		expect(actions(later(24))).toEqual(['deprovision', 'deprovision']);
		expect(Object.keys(later(24).memory.ledger!)).toEqual(['account2', 'account3']);
		expect(Object.keys(later(1).memory.ledger!)).toEqual(['account0', 'account1']);
	});
	it('so do stamps that another workflow left, but not those of the future or of this run', () => {
		const stamp = (at: string) =>
			[1, 2].map((index) =>
				another(index, {
					person: { ...person(), id: another(index).personId!, status: 'offboarded' },
					account: suspended({
						_id: `account${index}`,
						attributes: [
							{ name: 'humaansId', value: another(index).personId! },
							{ name: 'humaansDeprovisionedAt', value: at },
						],
					}),
				}),
			);
		expect(
			actions(decideAll([...leavers(2, 5), ...stamp('2026-11-23T02:00:00.000Z')])).slice(0, 2),
		).toEqual(['needsReview', 'needsReview']);
		expect(
			actions(decideAll([...leavers(2, 5), ...stamp('2026-11-22T11:00:00.000Z')])).slice(0, 2),
		).toEqual(['deprovision', 'deprovision']);
		expect(
			actions(decideAll([...leavers(2, 5), ...stamp('2026-11-24T11:00:00.000Z')])).slice(0, 2),
		).toEqual(['deprovision', 'deprovision']);
		const again = leavers(3).map((one) => ({
			...one,
			account: {
				...one.account!,
				attributes: [
					...one.account!.attributes!,
					{ name: 'humaansDeprovisionedAt', value: '2026-11-23T02:00:00.000Z' },
				],
			},
		}));
		expect(
			actions(
				decideAll(again, {}, { memory: { ledger: { account0: '2026-11-23T02:00:00.000Z' } } }),
			),
		).toEqual(Array(3).fill('deprovision'));
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
		expect(seen({ x: '2026-11-23T02:00:00.000Z', y: '2026-11-22T13:00:00.000Z' })).toEqual([
			'needsReview',
			'needsReview',
		]);
		expect(seen({ x: '2026-11-23T02:00:00.000Z' })).toEqual(['deprovision', 'deprovision']);
		expect(seen({ x: '2026-11-22T11:00:00.000Z', y: '2026-11-22T12:00:00.000Z' })).toEqual([
			'deprovision',
			'deprovision',
		]);
	});
	it('counts nobody of the run twice', () =>
		expect(
			seen({ account0: '2026-11-23T02:00:00.000Z', account1: '2026-11-23T02:00:00.000Z' }),
		).toEqual(['deprovision', 'deprovision']));
});

describe('over the Email Change Limit', () => {
	it('updates of the work e-mail are held, other updates go on', () => {
		const result = decideAll([
			...renamed(4),
			another(9, { desired: desired({ email: 'p9@acme.example', department: 'Legal' }) }),
		]);
		expect(actions(result)).toEqual([...Array<string>(4).fill('needsReview'), 'update']);
		expect(result.decisions[0]).toMatchObject({
			code: 'limit.email',
			blockedAction: 'update',
			plan: result.plans[0]!.id,
		});
		expect(result.plans[0]!.sentence).toContain(
			'Too many work e-mails would change: 4 linked accounts, over the limit of 3. None of them is changed; ',
		);
		expect(result.plans[0]!.sentence).toContain('raise the Email Change Limit for one run.');
	});
	it('does not count who was suspended, by whomever', () => {
		const stamped24h = [1, 2].map((index) =>
			another(index + 20, {
				account: suspended({
					_id: `account${index + 20}`,
					attributes: [
						{ name: 'humaansId', value: another(index + 20).personId! },
						{ name: 'humaansDeprovisionedAt', value: '2026-11-23T02:00:00.000Z' },
					],
				}),
			}),
		);
		expect(actions(decideAll([...renamed(3), ...stamped24h])).slice(0, 3)).toEqual(
			Array(3).fill('update'),
		);
	});
	it('has a memory of its own', () => {
		const first = decideAll(renamed(3));
		expect(first.memory).toMatchObject({
			ledger: {},
			emailLedger: { account0: NOW.toISOString() },
		});
		expect(
			actions(
				decideAll(
					[another(7, { desired: desired({ email: 'x@acme.example' }) }), ...leavers(3, 10)],
					{},
					{ memory: first.memory },
				),
			),
		).toEqual(['needsReview', 'deprovision', 'deprovision', 'deprovision']);
	});
	it('a first e-mail, another field and another action are none', () => {
		const change = {
			attribute: 'email',
			from: 'a@b.example',
			to: 'c@d.example',
			rule: 'always' as const,
			why: '',
		};
		expect(newEmailOf({ ...decideOne(), action: 'update', changes: [change] })).toBe('c@d.example');
		expect(
			newEmailOf({ ...decideOne(), action: 'update', changes: [{ ...change, from: null }] }),
		).toBeNull();
		expect(
			newEmailOf({
				...decideOne(),
				action: 'update',
				changes: [{ ...change, attribute: 'department' }],
			}),
		).toBeNull();
		expect(newEmailOf({ ...decideOne(), action: 'noAction', changes: [change] })).toBeNull();
	});
});

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
		const two = decideAll(
			renamed(4).map((one) => ({
				...one,
				desired: desired({ email: `other-${one.personId}@acme.example` }),
			})),
		);
		expect(two.plans[0]!.id).not.toBe(others[3]);
	});
	it('lets exactly those actions through', () => {
		const result = decideAll(leavers(4), approved);
		expect(actions(result)).toEqual(Array(4).fill('deprovision'));
		expect(result.plans).toEqual([]);
		expect(Object.keys(result.memory.ledger!)).toHaveLength(4);
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
		expect(again.slice(0, 11)).toBe(plan.slice(0, 11));
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
	it('the rest of an approved plan goes through for the same 24 hours', () => {
		const ids = (hours: number) => planId(['a', 'b'], later(-hours));
		const ofRest = (id: string) => ruleOn(['a'], new Set([id]), { [id]: ['a', 'b'] }, NOW);
		expect(ofRest(ids(23))).toMatchObject({ approved: true, expired: false });
		expect(ofRest(ids(25))).toMatchObject({ approved: false, expired: false });
		expect(ruleOn(['a', 'c'], new Set([ids(1)]), { [ids(1)]: ['a', 'b'] }, NOW).approved).toBe(
			false,
		);
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

describe('one person once, nobody’s account twice', () => {
	const codes = (subjects: Subject[]) => decideAll(subjects).decisions.map(({ code }) => code);
	const gone = subject({ person: null, readAt: '2026-11-23T10:00:00.000Z' });
	const there = subject({ readAt: '2026-11-23T11:00:00.000Z' });
	it('the newest reading counts, whichever comes first', () => {
		expect(codes([gone, there])).toEqual(['person.twice', 'inStep']);
		expect(codes([there, gone])).toEqual(['inStep', 'person.twice']);
		expect(decideAll([there, gone]).decisions[1]!.reason).toBe(
			'This person is in the run already.',
		);
	});
	it('of two as old the one in which they are still there', () => {
		expect(codes([gone, { ...there, readAt: gone.readAt }])).toEqual(['person.twice', 'inStep']);
		expect(codes([there, { ...gone, readAt: there.readAt }])).toEqual(['inStep', 'person.twice']);
		expect(codes([there, there])).toEqual(['inStep', 'person.twice']);
		expect(codes([gone, gone])).toEqual(['leaver.deleted', 'person.twice']);
		expect(codes([gone, there, { ...there, readAt: '2026-11-23T11:30:00.000Z' }])).toEqual([
			'person.twice',
			'person.twice',
			'inStep',
		]);
		expect(
			codes([
				{ ...gone, readAt: undefined },
				{ ...there, readAt: undefined },
			]),
		).toEqual(['person.twice', 'inStep']);
	});
	it('a reading with a time counts before one without', () => {
		expect(codes([{ ...there, readAt: undefined }, gone])).toEqual([
			'person.twice',
			'leaver.deleted',
		]);
		expect(codes([gone, { ...there, readAt: undefined }])).toEqual([
			'leaver.deleted',
			'person.twice',
		]);
	});
	it('items without a person are each looked at', () =>
		expect(codes([{ problem: 'Broken.' }, { problem: 'Broken too.' }])).toEqual([
			'person.unreadable',
			'person.unreadable',
		]));
	it('one account for two people: both are for a person', () => {
		const other = another(2, { account: account(), match: matched() });
		const { decisions } = decideAll([subject(), other, another(3)]);
		expect(decisions.map(({ code }) => code)).toEqual([
			'match.twoClaimants',
			'match.twoClaimants',
			'inStep',
		]);
		expect(decisions[0]!.reason).toBe(
			'Several people of this run claim the account ana.silva. Two people never share an account.',
		);
	});
	it('a record deleted and made anew: the account of somebody who is here is not disabled for the old one', () => {
		const old = subject({ person: null, desired: undefined });
		const anew = (patch: Partial<Subject['match']> & object = {}) =>
			another(2, {
				account: null,
				match: matched({
					by: null,
					certain: false,
					conflict: 'linkedToAnother',
					candidates: [
						{ id: 'account1', username: 'ana.silva', linkedTo: old.personId!, by: ['email'] },
					],
					...patch,
				}),
			});
		expect(codes([old, anew()])).toEqual(['match.twoClaimants', 'match.linkedToAnother']);
		expect(codes([anew({ conflict: 'twoCandidates' }), old])).toEqual([
			'match.twoCandidates',
			'match.twoClaimants',
		]);
		// What matched for certain claims nothing else, and an item that nobody can make sense of
		// claims nothing.
		expect(codes([old, anew({ certain: true, conflict: undefined })])).toEqual([
			'leaver.deleted',
			'joiner.noAccount',
		]);
		expect(codes([old, anew({ candidates: undefined as never })])).toEqual([
			'leaver.deleted',
			'item.unusable',
		]);
		expect(
			codes([old, { ...anew(), personId: old.personId, readAt: '2026-11-23T11:00:00.000Z' }]),
		).toEqual(['leaver.deleted', 'person.twice']);
	});
	it('one work e-mail for two new accounts, in any case: both are for a person', () => {
		const none = { account: null, match: matched({ by: null }) };
		const { decisions } = decideAll([
			subject({ ...none, desired: desired({ email: 'Same@acme.example' }) }),
			another(2, { ...none, desired: desired({ email: 'same@acme.example' }) }),
			another(3, none),
		]);
		expect(decisions.map(({ code }) => code)).toEqual([
			'person.sharedWorkEmail',
			'person.sharedWorkEmail',
			'joiner.noAccount',
		]);
		expect(
			codes([
				subject({ ...none, desired: desired({ email: 'Straße@acme.example' }) }),
				another(2, { ...none, desired: desired({ email: 'strasse@acme.example' }) }),
			]),
		).toEqual(['joiner.noAccount', 'joiner.noAccount']);
		expect(decisions[0]).toMatchObject({
			blockedAction: 'create',
			reason:
				'Another person of this run would get an account with the same work e-mail; two people never share an account.',
		});
	});
	it('one bad item never stops the others, and its values stay out of the sentence', () => {
		const bad = subject({
			personId: 'x',
			person: person({ id: 'x' }),
			account: account({ _id: 'x', email: 'secret@acme.example', attributes: {} as never }),
		});
		const { decisions } = decideAll([bad, subject()]);
		expect(decisions.map(({ code }) => code)).toEqual(['item.unusable', 'inStep']);
		expect(decisions[0]!.reason).toBe(
			'The item of this person cannot be decided on (TypeError). Put Field Mapper and ' +
				'JumpCloud User: Match in front of this node.',
		);
	});
	it.each<[string, object]>([
		['attributes that are no list', { account: account({ attributes: {} as never }) }],
		['attributes that are no attributes', { account: account({ attributes: [null] as never }) }],
		[
			'candidates that are no list',
			{ account: null, match: matched({ conflict: 'twoCandidates', candidates: 'many' as never }) },
		],
		[
			'no candidates for its conflict',
			{
				account: null,
				match: matched({ conflict: 'twoCandidates', candidates: undefined as never }),
			},
		],
		[
			'candidates that are no accounts',
			{ account: null, match: matched({ conflict: 'twoCandidates', candidates: [null] as never }) },
		],
	])('nor does one with %s, of somebody who could not even be read', (_what, patch) =>
		expect(
			codes([
				subject({ personId: 'x', person: undefined, problem: 'Broken.', ...patch }),
				subject(),
			]),
		).toEqual(['item.unusable', 'inStep']),
	);
	it('a double stays a double and a bad item a bad one, whoever else claims the account', () => {
		const bad = subject({
			personId: 'x',
			person: person({ id: 'x' }),
			account: account({ attributes: [null] as never }),
		});
		expect(codes([bad, gone, there, another(2, { account: account(), match: matched() })])).toEqual(
			['item.unusable', 'person.twice', 'match.twoClaimants', 'match.twoClaimants'],
		);
	});
	it('with Explain too: only what can be decided is explained', () => {
		const { decisions } = decideAll(
			[
				subject({
					personId: 'x',
					person: person({ id: 'x' }),
					account: account({ attributes: [null] as never }),
				}),
				subject(),
			],
			{ explain: true },
		);
		expect(decisions.map(({ code, explanation }) => [code, explanation !== undefined])).toEqual([
			['item.unusable', false],
			['inStep', true],
		]);
	});
	it('attributes that are not there are no harm', () =>
		expect(
			codes([
				subject({
					account: account({ attributes: null as never }),
					match: matched({ candidates: undefined as never }),
				}),
			]),
		).toEqual(['adopt']));
	it('who is not said to be out of scope is in', () =>
		expect(decideAll([subject()], {}, { inScope: [] }).decisions[0]!.code).toBe('inStep'));
});

describe('waiting', () => {
	const starts = (date: string, index: number) =>
		another(index, {
			person: person({
				id: another(index).personId!,
				status: 'newHire',
				employmentStartDate: date,
			}),
			account: { ...another(index).account!, state: 'STAGED' },
		});
	it('all who wait look again at the earliest time', () => {
		const { decisions } = decideAll([starts('2026-12-05', 1), starts('2026-12-01', 2), another(3)]);
		expect(decisions.map(({ activateAt, resumeAt }) => [activateAt, resumeAt])).toEqual([
			['2026-12-05T00:00:00.000Z', '2026-12-01T00:00:00.000Z'],
			['2026-12-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z'],
			[undefined, undefined],
		]);
	});
	it('not at a start that has come', () => {
		const { decisions } = decideAll([
			starts('2026-11-20', 1),
			starts('2026-12-01', 2),
			starts('2026-12-03', 3),
			starts('2026-11-19', 4),
		]);
		const waits = ['waitUntilStart', '2026-12-01T00:00:00.000Z'];
		expect(decisions.map(({ action, resumeAt }) => [action, resumeAt])).toEqual([
			['activate', undefined],
			waits,
			waits,
			['activate', undefined],
		]);
	});
	it('as of another time: marked, nobody waits, nothing is remembered', () => {
		const asOf = new Date('2026-12-02T00:00:00.000Z');
		const result = decideAll(
			[starts('2026-12-05', 1), starts('2026-12-01', 2), leaver(3)],
			{},
			{ asOf },
		);
		expect(
			result.decisions.map(({ action, code, blockedAction, evaluatedAsOf, decidedAt }) => [
				action,
				code,
				blockedAction,
				evaluatedAsOf,
				decidedAt,
			]),
		).toEqual([
			['noAction', 'activation.notYet', 'waitUntilStart', asOf.toISOString(), asOf.toISOString()],
			['activate', 'activation.due', undefined, asOf.toISOString(), asOf.toISOString()],
			['deprovision', 'leaver.offboarded', undefined, asOf.toISOString(), asOf.toISOString()],
		]);
		expect(result.decisions[0]).not.toHaveProperty('resumeAt');
		expect(result.memory).toEqual({});
		expect(decideAll([leaver(3)]).decisions[0]).not.toHaveProperty('evaluatedAsOf');
	});
	it('a reading is as old as the clock says, not as the other time would make it', () => {
		expect(
			decideAll([subject()], {}, { asOf: new Date('2027-06-01T00:00:00.000Z') }).decisions[0]!.code,
		).toBe('inStep');
		expect(
			decideAll(
				[subject({ readAt: '2026-11-21T12:00:00.000Z' })],
				{},
				{ asOf: new Date('2026-11-21T12:00:00.000Z') },
			).decisions[0]!.code,
		).toBe('person.stale');
	});
});

describe('summary of a run', () => {
	it('counts, what was held, the next due time and one message', () => {
		const { decisions, plans } = decideAll([
			...leavers(4),
			another(8),
			another(9, { account: null, match: matched({ by: null }) }),
			another(10, { person: undefined }),
		]);
		const wait = [
			{ ...decisions[4]!, dueAt: '2026-12-05T00:00:00.000Z' },
			{ ...decisions[4]!, dueAt: '2026-12-01T00:00:00.000Z' },
			{ ...decisions[4]!, dueAt: '2026-12-09T00:00:00.000Z' },
		];
		const summary = summaryOf([...decisions, ...wait], plans);
		expect(summary).toEqual({
			people: 10,
			counts: {
				create: 1,
				activate: 0,
				waitUntilStart: 0,
				update: 0,
				reactivate: 0,
				deprovision: 0,
				delete: 0,
				needsReview: 5,
				noAction: 4,
			},
			held: { 'limit.deprovisioning': 4 },
			plans,
			nextDueAt: '2026-12-01T00:00:00.000Z',
			message:
				`10 people: 1 Create, 5 Needs Review, 4 No Action. ${plans[0]!.sentence} Next due: ` +
				'2026-12-01T00:00:00.000Z.',
		});
	});
	it('of one, of none, and as of another time', () => {
		expect(summaryOf([decideOne()], []).message).toBe('1 person: 1 No Action.');
		expect(summaryOf([], []).message).toBe('0 people: nobody.');
		expect(
			summaryOf(
				[
					decideOne({}, { actionsAllowed: [] }),
					decideOne({ desired: desired({ department: 'Legal' }) }, { actionsAllowed: [] }),
				],
				[],
			),
		).toEqual(expect.objectContaining({ held: {}, people: 2 }));
		expect(summaryOf([decideOne()], [], NOW)).toMatchObject({
			evaluatedAsOf: NOW.toISOString(),
			message: `As of ${NOW.toISOString()}, nothing is written. 1 person: 1 No Action.`,
		});
		expect(summaryOf([], [])).not.toHaveProperty('evaluatedAsOf');
	});
});

describe('Explain', () => {
	it('names the rules that were tried, in order, and what answered', () => {
		const { trace } = decideOne(
			{ desired: desired({ department: 'Legal' }) },
			{ explain: true, mode: 'review' },
		);
		expect(trace).toEqual([
			...[
				'the person was read',
				'the person was read lately',
				'the account was looked for',
				'the chain of writes ends',
				'one person, one account',
				'leavers',
				'scope',
				'joiners without an account',
				'suspended accounts',
			].map((rule) => ({ rule, code: null })),
			{ rule: 'fields', code: 'drift' },
			{ rule: 'no write in vain', code: null },
			{ rule: 'mode and actions allowed', code: 'mode.review' },
		]);
		expect(decideOne({}, { explain: true }).trace!.slice(9)).toEqual([
			{ rule: 'fields', code: null },
			{ rule: 'staged accounts', code: null },
			{ rule: 'nothing left', code: 'inStep' },
			{ rule: 'no write in vain', code: null },
			{ rule: 'mode and actions allowed', code: null },
		]);
		expect(
			decideOne(
				{
					desired: desired({ department: 'Legal' }),
					outcome: { action: 'update', status: 'applied', attempts: [], warnings: [] },
				},
				{ explain: true },
			).trace!.slice(-2),
		).toEqual([
			{ rule: 'no write in vain', code: 'loop.noEffect' },
			{ rule: 'mode and actions allowed', code: null },
		]);
		expect(decideAll(leavers(4), { explain: true }).decisions[0]!.trace!.at(-1)).toEqual({
			rule: 'limits',
			code: 'limit.deprovisioning',
		});
		expect(decideAll(leavers(4)).decisions[0]).not.toHaveProperty('trace');
		expect(decideOne()).not.toHaveProperty('trace');
	});
});
