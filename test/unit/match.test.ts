import { indexAccounts, matchAll, unclaimed } from '../../nodes/core/matching/match';
import type { Account, PersonStatus, Subject } from '../../nodes/core/subject';

const account = (id: string, extra: Partial<Account> & { link?: string } = {}): Account => {
	const { link, ...rest } = extra;
	return {
		_id: id,
		username: `user-${id}`,
		email: `${id}@acme.example`,
		state: 'ACTIVATED',
		suspended: false,
		attributes: link ? [{ name: 'humaansId', value: link }] : [],
		...rest,
	};
};
const subject = (
	id: string,
	extra: { email?: string | null; employeeId?: string | null; status?: PersonStatus } = {},
): Subject => ({
	personId: id,
	person: { id, status: 'active', email: `${id}@people.example`, employeeId: null, ...extra },
});
const BOTH = { by: ['employeeIdentifier', 'email'] as const };
const match = (
	subjects: Subject[],
	accounts: Account[],
	settings: Parameters<typeof matchAll>[2] = BOTH,
) => matchAll(subjects, indexAccounts(accounts), settings);

describe('one person', () => {
	it.each([
		[
			'by link, whatever else fits',
			subject('p', { email: 'b@acme.example' }),
			[account('a', { link: 'p' }), account('b')],
			'a',
			'link',
		],
		[
			'by employee ID',
			subject('p', { employeeId: 'E1' }),
			[account('a', { employeeIdentifier: 'E1' })],
			'a',
			'employeeIdentifier',
		],
		[
			'by work e-mail in any case',
			subject('p', { email: 'A@ACME.example' }),
			[account('a')],
			'a',
			'email',
		],
		[
			'by both at once',
			subject('p', { email: 'a@acme.example', employeeId: 'E1' }),
			[account('a', { employeeIdentifier: 'E1' })],
			'a',
			'employeeIdentifier',
		],
	])('%s', (_how, person, accounts, id, by) => {
		expect(match([person], accounts)[0]).toMatchObject({
			account: { _id: id },
			match: { by, certain: true },
		});
	});

	it('by nothing: absence is certain once all accounts were read', () =>
		expect(match([subject('p')], [account('a')])[0]).toEqual({
			account: null,
			match: { by: null, certain: true, candidates: [] },
		}));

	it.each([[['email'] as const], [['employeeIdentifier'] as const], [[] as const]])(
		'only by what is switched on: %j',
		(by) => {
			const [found] = match(
				[subject('p', { email: 'a@acme.example', employeeId: 'E2' })],
				[account('a'), account('b', { employeeIdentifier: 'E2' })],
				{ by: [...by] },
			);
			expect(found!.account?._id ?? null).toBe(
				by[0] === 'email' ? 'a' : by[0] === 'employeeIdentifier' ? 'b' : null,
			);
		},
	);

	it('an empty employee ID or e-mail matches nobody', () =>
		expect(
			match(
				[subject('p', { email: null, employeeId: '' })],
				[account('a', { employeeIdentifier: '', email: '' })],
			)[0]!.account,
		).toBeNull());
});

describe('never matched, but named', () => {
	it('two candidates', () => {
		const [found] = match(
			[subject('p', { email: 'a@acme.example', employeeId: 'E1' })],
			[account('a'), account('b', { employeeIdentifier: 'E1' })],
		);
		expect(found).toMatchObject({
			account: null,
			match: { certain: false, conflict: 'twoCandidates' },
		});
		expect(found!.match.candidates.map((candidate) => candidate.username).sort()).toEqual([
			'user-a',
			'user-b',
		]);
	});

	it('two accounts with one link', () =>
		expect(
			match([subject('p')], [account('a', { link: 'p' }), account('b', { link: 'p' })])[0]!.match
				.conflict,
		).toBe('twoCandidates'));

	it('an account with two claimants, for both of them', () => {
		const found = match(
			[subject('old', { status: 'offboarded' }), subject('new', { email: 'a@acme.example' })],
			[account('a', { link: 'old' })],
		);
		expect(found.map(({ match: { conflict, claimants } }) => [conflict, claimants])).toEqual([
			['twoClaimants', ['new', 'old']],
			['twoClaimants', ['new', 'old']],
		]);
	});

	it('an account linked to somebody who is not in the run', () =>
		expect(
			match([subject('p', { email: 'a@acme.example' })], [account('a', { link: 'other' })])[0]!
				.match.conflict,
		).toBe('linkedToAnother'));
});

it('somebody who left does not claim the account that is now linked to another person', () => {
	const found = match(
		[subject('old', { status: 'offboarded', email: 'a@acme.example' }), subject('new')],
		[account('a', { link: 'new' })],
	);
	expect(found.map((one) => one.account?._id ?? null)).toEqual([null, 'a']);
	expect(found[1]!.match.certain).toBe(true);
});

it('the same person twice in a run is one claimant', () =>
	expect(
		match([subject('p'), subject('p')], [account('a', { link: 'p' })]).map(
			(one) => one.account?._id,
		),
	).toEqual(['a', 'a']));

it('linked accounts that nobody claims', () =>
	expect(
		unclaimed(
			indexAccounts([account('a', { link: 'p' }), account('b', { link: 'gone' }), account('c')]),
			new Set(['p']),
		).map((one) => one._id),
	).toEqual(['b']));
