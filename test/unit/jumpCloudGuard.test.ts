/** Rules that no setting and no wiring gets past: which accounts a write may touch. */
import {
	Declined,
	GONE,
	isDeclined,
	isProtected,
	mayBeTaken,
	outcome,
	outdated,
	requireOurs,
	requireTheirs,
} from '../../nodes/services/jumpcloud/guard';
import { ID, LINKED, OTHER_ID, account } from './policyWorld';

const NOBODY = new Set<string>();
const OWN = { personId: ID };
const BY_HAND = { personId: null };

describe('whose account it is', () => {
	it('a person’s account carries their link', () => {
		expect(() => requireTheirs(account(), OWN, 'suspended')).not.toThrow();
		for (const personId of [OTHER_ID, ''])
			expect(() => requireTheirs(account(), { personId }, 'changed')).toThrow(
				'The account is not linked to this person, so it is not changed.',
			);
		expect(() => requireTheirs(account({ attributes: [] }), OWN, 'changed')).toThrow(Declined);
	});
	it('one chosen by hand only has to exist', () => {
		expect(() => requireTheirs(account({ attributes: [] }), BY_HAND, 'changed')).not.toThrow();
	});
});

describe('disabling and deleting', () => {
	const refusal = (patch: object, target: { personId: string | null } = OWN, names = NOBODY) => {
		try {
			requireOurs(account(patch), target, 'deleted', { protectedAccounts: names });
			return null;
		} catch (error) {
			expect(isDeclined(error)).toBe(true);
			expect((error as Declined).todo).toMatch(/\w\.$/);
			return (error as Error).message;
		}
	};
	it('of a linked account, for its person or chosen by hand', () => {
		expect(refusal({})).toBeNull();
		expect(refusal({}, BY_HAND)).toBeNull();
	});
	it('never of one without the link', () => {
		expect(refusal({ attributes: [] })).toContain('not linked to this person');
		expect(refusal({ attributes: [] }, BY_HAND)).toBe(
			'The account does not carry the link of this package, so it is not deleted.',
		);
	});
	it('never of an administrator’s', () => {
		for (const target of [OWN, BY_HAND])
			expect(refusal({ admin: { id: 'a' } }, target)).toBe(
				'The account belongs to a JumpCloud administrator, so it is not deleted.',
			);
		expect(refusal({ admin: false })).toBeNull();
		expect(refusal({ admin: null })).toBeNull();
	});
	it('S5: never of a protected one, whatever it is called now', () => {
		const words = 'The account is on the list of protected accounts, so it is not deleted.';
		for (const name of ['account1', 'ana.silva', 'ana.silva@acme.example'])
			expect(refusal({}, OWN, new Set([name]))).toBe(words);
		const renamed = {
			...{ username: 'md', email: 'md@acme.example' },
			attributes: [...LINKED, { name: 'humaansProtectedAs', value: 'ana.silva' }],
		};
		expect(refusal(renamed, OWN, new Set(['ana.silva']))).toBe(words);
		expect(refusal(renamed, OWN, new Set(['somebody']))).toBeNull();
	});
	it('says which of the two it is', () =>
		expect(() => requireOurs(account({ admin: true }), OWN, 'suspended', {})).toThrow(
			'so it is not suspended.',
		));
});

describe('S2: what may be used instead of creating an account', () => {
	it('S2: no administrator’s and no protected one', () => {
		expect(mayBeTaken(account(), NOBODY)).toBe(true);
		expect(mayBeTaken(account({ admin: { id: 'a' } }), NOBODY)).toBe(false);
		expect(mayBeTaken(account(), new Set(['ana.silva']))).toBe(false);
		expect(isProtected(account(), NOBODY)).toBe(false);
		expect(isProtected(account({ username: 'Ana.Silva' }), new Set(['ana.silva']))).toBe(true);
	});
});

describe('what comes of a write', () => {
	it('is an outcome', () => {
		expect(outcome('update', 'applied')).toEqual({
			...{ action: 'update', status: 'applied', attempts: [], warnings: [] },
		});
		expect(outcome('activate', 'partly', { invitedTo: 'work', warnings: ['w'] })).toEqual({
			...{ action: 'activate', status: 'partly', attempts: [], warnings: ['w'], invitedTo: 'work' },
		});
	});
	it('S1: nothing, when the account had changed: the person is decided anew', () =>
		expect(outdated('delete', account(), ['state', 'username'])).toEqual({
			account: account(),
			outcome: outcome('delete', 'outdated', {
				warnings: [
					'The account changed since the decision (state, username), so nothing was written.',
				],
			}),
		}));
	it('S1: nothing, when there is no account any more', () =>
		expect(outdated('delete', null, GONE).outcome.warnings).toEqual([
			'The account changed since the decision (it no longer exists), so nothing was written.',
		]));
	it('an error is known by its name: n8n may load two copies of this package', () => {
		expect(isDeclined(Object.assign(new Error('x'), { name: 'Declined' }))).toBe(true);
		expect([null, undefined, 'Declined', new Error('x')].map(isDeclined)).toEqual(
			Array(4).fill(false),
		);
	});
});
