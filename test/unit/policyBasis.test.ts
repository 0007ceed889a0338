/**
 * What a decision rests on (rule 11): each part, differing alone, is named, and every write carries
 * it.
 */
import { basisOf, differencesFrom } from '../../nodes/core/account/basis';
import { WRITE_ACTIONS, isWriteAction } from '../../nodes/core/actions';
import type { Account, Basis } from '../../nodes/core/subject';
import {
	LINKED,
	NOW,
	OTHER_ID,
	account,
	another,
	decideAll,
	desired,
	foundBy,
	leaver,
	matched,
	named,
	person,
	staged,
	stamped,
	subject,
	suspended,
} from './policyWorld';

const GUARD = 'breakGlass';
const before = suspended({ activated: false });
const withAlso = (...attributes: Array<{ name: string; value: string }>) => ({
	attributes: [...before.attributes!, ...attributes],
});

describe('basis', () => {
	it('is what the decision looked at, and nothing else', () => {
		expect(basisOf(before, null)).toEqual({
			accountId: 'account1',
			link: person().id,
			state: 'SUSPENDED',
			stamp: '2026-11-01T09:00:00.000Z leaving',
			administrator: false,
			username: 'ana.silva',
			email: 'ana.silva@acme.example',
		});
		expect(basisOf(null, GUARD)).toEqual({ accountId: null });
		expect(basisOf(before, GUARD).protection).toEqual([GUARD, null]);
	});
	it.each<[string, Partial<Account>]>([
		['ID', { _id: 'account2' }],
		['link to Humaans', { attributes: stamped('2026-11-01T09:00:00.000Z leaving').slice(1) }],
		[
			'link to Humaans',
			{
				attributes: [
					{ name: 'humaansId', value: OTHER_ID },
					...stamped('2026-11-01T09:00:00.000Z leaving').slice(1),
				],
			},
		],
		['state', { state: 'STAGED', suspended: false }],
		['state', { state: 'ACTIVATED', suspended: false }],
		['suspension by this package', { attributes: LINKED }],
		['suspension by this package', { attributes: stamped('2026-11-01T09:00:00.000Z scope') }],
		[
			'suspension by this package',
			{ attributes: stamped('2026-11-01T09:00:00.000Z leaving 2026-11-20T09:00:00.000Z') },
		],
		['administrator role', { admin: { id: 'a' } }],
		['username', { username: 'ana' }],
		['work email', { email: 'other@acme.example' }],
		['protecting attribute', withAlso({ name: GUARD, value: 'yes' })],
	])('S1: %s, differing alone, is named: %j', (words, patch) =>
		expect(differencesFrom(basisOf(before, GUARD), { ...before, ...patch })).toEqual([words]),
	);
	it('S1: an account that is gone, or was not there, is another one', () => {
		expect(differencesFrom(basisOf(before, null), null)).toContain('ID');
		expect(differencesFrom(basisOf(null, null), before)).toContain('ID');
		expect(differencesFrom(basisOf(null, null), null)).toEqual([]);
	});
	it('S1: several are all named', () =>
		expect(
			differencesFrom(basisOf(before, GUARD), account({ username: 'ana', admin: true })),
		).toEqual(['state', 'suspension by this package', 'administrator role', 'username']));
	it.each<[string, Partial<Account>]>([
		['a field', { department: 'Legal', alternateEmail: 'x@mail.example' }],
		['another custom attribute', withAlso({ name: 'badge', value: 'B-7' })],
		['the order of the attributes', { attributes: [...before.attributes!].reverse() }],
		[
			'our notes',
			withAlso({ name: 'humaansSync', value: 'x' }, { name: 'humaansInvite', value: '1' }),
		],
		['the same state in another form', { state: undefined, suspended: true }],
		['the password', { activated: true }],
		['no administrator in another form', { admin: undefined }],
	])('S13: %s is none of it', (_what, patch) =>
		expect(differencesFrom(basisOf(before, GUARD), { ...before, ...patch })).toEqual([]),
	);
	it('an attribute that protects nobody is not looked at', () => {
		const changed = { ...before, ...withAlso({ name: GUARD, value: 'yes' }) };
		expect(differencesFrom(basisOf(before, null), changed)).toEqual([]);
	});
	it('it is plain JSON: as good after a wait in n8n’s database', () => {
		const kept = JSON.parse(JSON.stringify(basisOf(before, GUARD))) as Basis;
		expect(differencesFrom(kept, before)).toEqual([]);
		const odd = { ...before, username: undefined as never };
		const withoutName = JSON.parse(JSON.stringify(basisOf(odd, null))) as Basis;
		expect(differencesFrom(withoutName, odd)).toEqual([]);
	});
});

describe('which decisions carry it', () => {
	const none = { account: null, match: matched({ by: null }) };
	const legal = desired({ department: 'Legal' });
	const old = suspended({ attributes: stamped('2026-01-01T09:00:00.000Z leaving') });
	const decide = (one: ReturnType<typeof subject>, set = {}) => decideAll([one], set).decisions[0]!;
	const writes = [
		['create', subject(none), {}],
		['activate', subject({ account: staged() }), {}],
		['update', subject({ desired: legal }), {}],
		['update', subject({ account: account({ attributes: [] }), match: foundBy('email') }), {}],
		['reactivate', subject({ account: suspended() }), {}],
		['deprovision', leaver(1), {}],
		[
			'delete',
			subject({ person: person({ status: 'offboarded' }), account: old }),
			{ deprovisionHow: 'suspendThenDelete' },
		],
	] as const;
	it.each(writes)('S1: %s', (action, one, set) => {
		const decision = decide(one, { ...set, protectedAttribute: GUARD });
		expect(decision.action).toBe(action);
		expect(decision.basis).toEqual(basisOf(one.account ?? null, GUARD));
		expect(decide(one, set).basis).toEqual(basisOf(one.account ?? null, null));
	});
	it('S1: every write is among them', () =>
		expect(new Set(writes.map(([action]) => action))).toEqual(new Set(WRITE_ACTIONS)));
	it('what is held, waits or rests carries none', () => {
		const { decisions } = decideAll(
			[
				subject({ desired: legal, match: matched({ candidates: [named([])] }) }),
				another(2),
				another(3, { match: undefined }),
				another(4, { person: person({ id: another(4).personId!, status: 'offboarded' }) }),
			],
			{ mode: 'review' },
		);
		expect(decisions.map(({ action }) => isWriteAction(action))).toEqual(Array(4).fill(false));
		for (const decision of decisions) expect(decision).not.toHaveProperty('basis');
		const shown = decideAll([leaver(1)], {}, { asOf: NOW }).decisions[0]!;
		expect(shown).toMatchObject({ action: 'deprovision', evaluatedAsOf: NOW.toISOString() });
	});
});
