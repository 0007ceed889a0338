/** Many people at once: doubles, one bad item, waiting, Evaluate As Of. */
import type { Subject } from '../../nodes/core/subject';
import {
	account,
	another,
	decideAll,
	desired,
	foundBy,
	leaver,
	matched,
	named,
	person,
	subject,
} from './policyWorld';

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
	const unlinked = { account: account({ attributes: [] }), match: foundBy('email') };
	it('one account that nobody is linked to for two people: both are for a person', () => {
		const { decisions } = decideAll([subject(unlinked), another(2, unlinked), another(3)]);
		expect(decisions.map(({ code }) => code)).toEqual([
			'match.twoClaimants',
			'match.twoClaimants',
			'inStep',
		]);
		expect(decisions[0]!.reason).toBe(
			'Several people of this run would get the account ana.silva. Two people never share an account.',
		);
	});
	it('F3: a link settles whose account it is, also when somebody else of the run has it', () => {
		const other = another(2, { account: account(), match: matched({ by: 'email' }) });
		expect(codes([subject(), other])).toEqual(['inStep', 'match.linkedToAnother']);
		const left = subject({ person: person({ status: 'offboarded' }) });
		expect(codes([other, left])).toEqual(['match.linkedToAnother', 'leaver.offboarded']);
	});
	it('a record deleted and made anew: the account of somebody who is here is not disabled for the old one', () => {
		const old = subject({ person: null, desired: undefined });
		const anew = (patch: Partial<Subject> = {}) =>
			another(2, {
				person: person({ id: another(2).personId! }),
				account: null,
				match: matched({ by: null, emailHeldBy: [named(['email'], { linkedTo: old.personId! })] }),
				...patch,
			});
		expect(codes([old, anew()])).toEqual(['leaver.sameHuman', 'create.emailTaken']);
		expect(codes([anew(), old])).toEqual(['create.emailTaken', 'leaver.sameHuman']);
		// What is not certain, or nobody can make sense of, still says who works here.
		const uncertain = matched({ by: null, certain: false, conflict: 'twoCandidates' });
		expect(codes([old, anew({ match: uncertain })])).toEqual([
			'leaver.sameHuman',
			'match.twoCandidates',
		]);
		expect(codes([old, anew({ match: { ...uncertain, candidates: undefined as never } })])).toEqual(
			['leaver.sameHuman', 'item.unusable'],
		);
		expect(
			codes([old, { ...anew(), personId: old.personId, readAt: '2026-11-23T11:00:00.000Z' }]),
		).toEqual(['leaver.deleted', 'person.twice']);
	});
	it('an item that comes twice claims no account beside the one it repeats', () =>
		expect(codes([subject(unlinked), subject(unlinked)])).toEqual(['adopt', 'person.twice']));
	it('one work email for two new accounts, in any case: both are for a person', () => {
		const none = { account: null, match: matched({ by: null }) };
		/** With a work email of their own. */
		const newcomer = (index: number, email: string): Partial<Subject> => {
			const { personId } = another(index);
			return {
				...none,
				personId,
				person: person({ id: personId!, email }),
				desired: desired({ email }),
			};
		};
		const { decisions } = decideAll([
			subject(newcomer(1, 'Same@acme.example')),
			another(2, newcomer(2, 'same@acme.example')),
			another(3, none),
		]);
		expect(decisions.map(({ code }) => code)).toEqual([
			'person.sharedWorkEmail',
			'person.sharedWorkEmail',
			'joiner.noAccount',
		]);
		expect(
			codes([
				subject(newcomer(1, 'Straße@acme.example')),
				another(2, newcomer(2, 'strasse@acme.example')),
			]),
		).toEqual(['joiner.noAccount', 'joiner.noAccount']);
		expect(decisions[0]).toMatchObject({
			blockedAction: 'create',
			reason:
				'Another person of this run would get an account with the same work email; two people never share an account.',
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
			['item.unusable', 'person.twice', 'inStep', 'match.linkedToAnother'],
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
	it('a linked account for which nobody wants a work email keeps its own', () =>
		expect(
			codes([
				subject({
					desired: { ...desired(), attributes: { firstname: 'Ana', department: 'Sales' } },
				}),
			]),
		).toEqual(['inStep']));
	it('attributes that are not there are no harm', () =>
		expect(
			codes([
				subject({
					account: account({ attributes: null as never }),
					match: matched({ by: 'email', candidates: [] }),
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
		expect(decisions.map(({ dueAt, resumeAt }) => [dueAt, resumeAt])).toEqual([
			['2026-12-05T00:00:00.000Z', '2026-12-01T00:00:00.000Z'],
			['2026-12-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z'],
			[undefined, undefined],
		]);
	});
	it('not when something is due about somebody who does not wait', () => {
		const later = another(2, { account: null, match: matched({ by: null }) });
		const created = { ...later.person!, employmentStartDate: '2026-11-28', timezone: 'UTC' };
		const { decisions } = decideAll(
			[starts('2026-12-01', 1), { ...later, person: { ...created, status: 'newHire' } }],
			{ createDaysBefore: 3 },
		);
		expect(decisions.map(({ action, dueAt, resumeAt }) => [action, dueAt, resumeAt])).toEqual([
			['waitUntilDue', '2026-12-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z'],
			['noAction', '2026-11-25T00:00:00.000Z', undefined],
		]);
	});
	it('not at a start that has come', () => {
		const { decisions } = decideAll([
			starts('2026-11-20', 1),
			starts('2026-12-01', 2),
			starts('2026-12-03', 3),
			starts('2026-11-19', 4),
		]);
		const waits = ['waitUntilDue', '2026-12-01T00:00:00.000Z'];
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
			['noAction', 'activation.notYet', 'waitUntilDue', asOf.toISOString(), asOf.toISOString()],
			['activate', 'activation.due', undefined, asOf.toISOString(), asOf.toISOString()],
			['deprovision', 'leaver.offboarded', undefined, asOf.toISOString(), asOf.toISOString()],
		]);
		expect(result.decisions[0]).not.toHaveProperty('resumeAt');
		expect(result.memory).toEqual({ letThrough: {}, approvals: {} });
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
