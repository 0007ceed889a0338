/** Whose account is which: the table of core/matching/match.ts. */
import { indexAccounts } from '../../nodes/core/matching/accountIndex';
import { matchAll, unclaimed } from '../../nodes/core/matching/match';
import type { Account, Person, Subject } from '../../nodes/core/subject';
import { account, subject } from './matchWorld';
import { wanted } from './syncWorld';
import { personIdOf } from '../harness/personIds';

const BOTH = { by: ['employeeIdentifier', 'email'] as const };
const match = (
	subjects: Subject[],
	accounts: Account[],
	settings: Parameters<typeof matchAll>[2] = BOTH,
) => matchAll(subjects, indexAccounts(accounts), settings);
const idsOf = (found: ReturnType<typeof match>) => found.map((one) => one.account?._id ?? null);

const ANA = { firstName: 'Ana', lastName: 'Silva' };
const ANAS = { firstname: 'Ana', lastname: 'Silva' };

describe('one person', () => {
	it.each([
		[
			'by link, whatever else fits',
			subject('p', { email: 'b@acme.example' }),
			[account('a', { link: 'p' }), account('b')],
			...['a', 'link'],
		],
		[
			'by employee ID',
			subject('p', { employeeId: 'E1' }),
			[account('a', { employeeIdentifier: 'E1' })],
			...['a', 'employeeIdentifier'],
		],
		[
			'by work email in any case',
			subject('p', { email: 'A@ACME.example' }),
			[account('a')],
			...['a', 'email'],
		],
		[
			'by both at once',
			subject('p', { email: 'a@acme.example', employeeId: 'E1' }),
			[account('a', { employeeIdentifier: 'E1' })],
			...['a', 'employeeIdentifier'],
		],
	] as const)('%s', (_how, person, accounts, id, by) => {
		const [found] = match([person], [...accounts]);
		expect(found).toMatchObject({ account: { _id: id }, match: { by, certain: true } });
	});

	it('by nothing: absence is certain once all accounts were read', () =>
		expect(match([subject('p')], [account('a')])[0]).toEqual({
			account: null,
			match: { by: null, certain: true, candidates: [] },
		}));

	it.each([[['email'] as const], [['employeeIdentifier'] as const], [[] as const]])(
		'only by what is switched on: %j',
		(by) => {
			const found = match(
				[subject('p', { email: 'a@acme.example', employeeId: 'E2' })],
				[account('a'), account('b', { employeeIdentifier: 'E2' })],
				{ by: [...by] },
			);
			const wantedId = { email: 'a', employeeIdentifier: 'b' }[by[0]!] ?? null;
			expect(idsOf(found)).toEqual([wantedId]);
		},
	);

	it('an empty employee ID or email matches nobody', () =>
		expect(
			idsOf(
				match(
					[subject('p', { email: null, employeeId: ' ' })],
					[account('a', { employeeIdentifier: '', email: '' })],
				),
			),
		).toEqual([null]));

	it('the name is said where it agrees: then a typed number may be believed', () => {
		const accounts = [account('a', { employeeIdentifier: 'E1', ...ANAS })];
		const by = (person: Partial<Person>) =>
			match([subject('p', { employeeId: 'E1', ...person })], accounts)[0]!.match.candidates[0]!.by;
		expect(by(ANA)).toEqual(['employeeIdentifier', 'name']);
		expect(by({ firstName: 'Mal', lastName: 'Ory' })).toEqual(['employeeIdentifier']);
		expect(by({})).toEqual(['employeeIdentifier']);
	});
});

describe('S2: whether first and last name agree', () => {
	const agrees = (person: Partial<Person>, names: Partial<Account>): boolean => {
		const found = match(
			[subject('p', { employeeId: 'E1', ...person })],
			[account('a', { employeeIdentifier: 'E1', ...names })],
		);
		return found[0]!.match.candidates[0]!.by.includes('name');
	};
	const named = (firstName: string | null, lastName: string | null, preferredName?: string) => ({
		...{ firstName, lastName },
		...(preferredName === undefined ? {} : { preferredName }),
	});
	it.each<[Partial<Person>, Partial<Account>]>([
		[named('Ana', 'Silva'), { firstname: 'ANA', lastname: 'silva' }],
		[named('Zoë', 'Núñez'), { firstname: 'Zoe', lastname: 'Nunez' }],
		[named('Ana Maria', 'Silva'), { firstname: 'Ana', lastname: 'Silva' }],
		[named('Ana', 'Silva'), { firstname: 'Ana', lastname: 'Silva-Costa' }],
		[named('Ana', 'da Silva'), { firstname: 'Ana', lastname: 'Silva' }],
		[named('William', 'Gates', 'Bill'), { firstname: 'Bill', lastname: 'Gates' }],
		[
			named('Bill', 'Gates'),
			{ firstname: 'William', lastname: 'Gates', displayname: 'Bill Gates' },
		],
		[named('王', '伟'), { firstname: '王', lastname: '伟' }],
	])('%j and %j agree', (person, names) => expect(agrees(person, names)).toBe(true));
	it.each<[Partial<Person>, Partial<Account>]>([
		[named('Mal', 'Silva'), { firstname: 'Ana', lastname: 'Silva' }],
		[named('Ana', 'Ory'), { firstname: 'Ana', lastname: 'Silva' }],
		[named('Ana', 'da Costa'), { firstname: 'Ana', lastname: 'da Silva' }],
		[named('Jan', 'van den Berg'), { firstname: 'Jan', lastname: 'van den Heuvel' }],
		[named('Jean-Paul', 'Sartre'), { firstname: 'Jean-Marc', lastname: 'Sartre' }],
		[named('Ana', null), { firstname: 'Ana', lastname: 'Silva' }],
		[named('Ana', 'Silva'), { firstname: 'Ana' }],
		[named(null, null), {}],
		[named('王', '伟'), { firstname: '王', lastname: '芳' }],
	])('%j and %j do not', (person, names) => expect(agrees(person, names)).toBe(false));
});

describe('never matched, but named', () => {
	it('two candidates', () => {
		const [found] = match(
			[subject('p', { email: 'a@acme.example', employeeId: 'E1', ...ANA })],
			[account('a'), account('b', { employeeIdentifier: 'E1', ...ANAS })],
		);
		expect(found).toMatchObject({
			account: null,
			match: { certain: false, conflict: 'twoCandidates' },
		});
		const names = found!.match.candidates.map(({ username }) => username);
		expect(names.sort()).toEqual(['user-a', 'user-b']);
	});

	it('two accounts with one link', () => {
		const [found] = match(
			[subject('p')],
			[account('a', { link: 'p' }), account('b', { link: 'p' })],
		);
		expect(found!.match.conflict).toBe('twoCandidates');
	});

	it('an account that two people have good evidence for, for both of them', () => {
		const found = match(
			[subject('x', { email: 'a@acme.example' }), subject('y', { email: 'A@acme.example' })],
			[account('a')],
		);
		const both = ['twoClaimants', [personIdOf('x'), personIdOf('y')]];
		expect(found.map(({ match: { conflict, claimants } }) => [conflict, claimants])).toEqual([
			both,
			both,
		]);
	});
});

describe('F3: a link settles whose account it is', () => {
	const MINE = account('a', { link: 'old', employeeIdentifier: 'TBC', email: 'old@acme.example' });
	const note = (what: string) => [
		`The account user-a has the same ${what} and is linked to ${personIdOf('old')}, so it is left alone.`,
	];
	it.each([
		['employee ID', { employeeId: 'TBC' }],
		['work email', { email: 'OLD@acme.example' }],
		['work email', { email: 'old@acme.example', employeeId: 'TBC' }],
	])('a typed %s of somebody without an account keeps nobody from it', (what, typed) => {
		for (const status of ['active', 'offboarded', 'newHire'] as const) {
			const run = [subject('old', { status }), subject('new', { ...ANA, ...typed })];
			for (const order of [run, [...run].reverse()]) {
				const found = match(order, [MINE]);
				const [old, fresh] = order === run ? found : [...found].reverse();
				expect(old).toMatchObject({ account: { _id: 'a' }, match: { by: 'link', certain: true } });
				expect(old!.match).not.toHaveProperty('notes');
				expect(fresh).toMatchObject({ account: null, match: { by: null, certain: true } });
				expect(fresh!.match.notes).toEqual(note(what));
			}
		}
	});
	it('nor when the owner is not in the run', () => {
		const [found] = match(
			[subject('p', { email: 'a@acme.example' })],
			[account('a', { link: 'q' })],
		);
		expect(found).toMatchObject({ account: null, match: { certain: true, candidates: [] } });
		expect(found!.match.notes).toHaveLength(1);
	});
	it('two contractors with one placeholder: neither is blocked, and neither has the other’s', () => {
		const found = match(
			[subject('x', { employeeId: 'TBC' }), subject('y', { employeeId: 'TBC' })],
			[account('a', { link: 'x', employeeIdentifier: 'TBC' })],
		);
		expect(idsOf(found)).toEqual(['a', null]);
		expect(found.map((one) => one.match.certain)).toEqual([true, true]);
	});
	it('somebody who left does not claim the account that is linked to another person now', () => {
		const found = match(
			[subject('old', { status: 'offboarded', email: 'a@acme.example' }), subject('new')],
			[account('a', { link: 'new' })],
		);
		expect(idsOf(found)).toEqual([null, 'a']);
		expect(found[1]!.match.certain).toBe(true);
	});
});

describe('S2: an employee ID alone is a weak claim', () => {
	const NUMBERED = account('a', { employeeIdentifier: '1001', ...ANAS });
	it('never keeps anybody with better evidence from the account', () => {
		const found = match(
			[
				subject('mal', { employeeId: '1001', firstName: 'Mal', lastName: 'Ory' }),
				subject('ana', { email: 'a@acme.example' }),
			],
			[NUMBERED],
		);
		expect(idsOf(found)).toEqual([null, 'a']);
		expect(found[0]!.match).toMatchObject({ certain: true, candidates: [] });
		expect(found[0]!.match.notes).toEqual([
			'The account user-a has the same employee ID and fits another person better, so it is left alone.',
		]);
	});
	it('stands back where the person has better evidence of their own', () => {
		const found = match(
			[subject('p', { employeeId: '1001', email: 'b@acme.example' })],
			[NUMBERED, account('b')],
		);
		expect(idsOf(found)).toEqual(['b']);
		expect(found[0]!.match.certain).toBe(true);
	});
	it('two of them on one account are for a person to look at', () => {
		const found = match(
			[subject('x', { employeeId: '1001' }), subject('y', { employeeId: '1001' })],
			[NUMBERED],
		);
		expect(found.map((one) => one.match.conflict)).toEqual(['twoClaimants', 'twoClaimants']);
	});
});

describe('F4: invisible characters make no second account', () => {
	it.each([
		['work email', { email: 'a@acme.example\u200b' }],
		['work email', { email: '\ufeffA@acme.example' }],
		['employee ID', { employeeId: '\u200eE-77' }],
		['employee ID', { employeeId: 'E-77\u00ad' }],
	])('the %s %j', (_what, typed) =>
		expect(
			idsOf(match([subject('p', typed)], [account('a', { employeeIdentifier: 'E-77' })])),
		).toEqual(['a']),
	);
	it('on the account neither', () => {
		const found = match(
			[subject('p', { email: 'a@acme.example' }), subject('q', { employeeId: 'E-77' })],
			[
				account('a', { email: 'a@acme.example\u200b' }),
				account('b', { employeeIdentifier: ' E-77\u200d' }),
			],
		);
		expect(idsOf(found)).toEqual(['a', 'b']);
	});
	it.each(['\u200b', '\u200e', '\u00ad', '\ufe0f'])(
		'nor %j in a link that somebody pasted',
		(hidden) => {
			const linked = account('a', { email: 'other@acme.example', link: 'p' });
			const link = linked.attributes!.find(({ name }) => name === 'humaansId')!;
			link.value = `${String(link.value)}${hidden}`;
			expect(idsOf(match([subject('p')], [linked]))).toEqual(['a']);
		},
	);
	it('nor another form of the same letters', () =>
		expect(
			idsOf(
				match(
					[subject('p', { email: 'zoe\u0308@acme.example' })],
					[account('a', { email: 'zoë@acme.example' })],
				),
			),
		).toEqual(['a']));
});

describe('S4, S12: who holds the work email that a creation would use', () => {
	const creation = (email: string): Subject => ({
		...subject('p', { email: null }),
		desired: wanted({ email }),
	});
	const held = (email: string, accounts: Account[]) =>
		match([creation(email)], accounts)[0]!.match.emailHeldBy;
	it.each([
		['as work email', account('a'), ['email']],
		['as work email, linked to somebody', account('a', { link: 'q' }), ['email']],
		['as personal email', account('b', { alternateEmail: 'A@acme.example', link: 'q' }), []],
	])('%s', (_how, holder, by) =>
		expect(held('a@acme.example\u200b', [holder])).toEqual([
			expect.objectContaining({ id: holder._id, username: holder.username, by }),
		]),
	);
	it('all of them are named, each once', () =>
		expect(
			held('a@acme.example', [
				account('a', { alternateEmail: 'a@acme.example' }),
				account('b', { alternateEmail: 'a@acme.example' }),
				account('c'),
			])!.map(({ id }) => id),
		).toEqual(['a', 'b']));
	it('nobody is named to somebody who has an account, and nobody who does not hold it', () => {
		expect(held('other@acme.example', [account('a')])).toBeUndefined();
		const [own] = match(
			[{ ...creation('a@acme.example'), personId: personIdOf('p') }],
			[account('a'), account('b', { link: 'p' })],
		);
		expect(own!.match).not.toHaveProperty('emailHeldBy');
	});
	it('also of another company', () => {
		const theirs = account('a', {
			link: 'q',
			attributes: [{ name: 'humaansCompany', value: 'companyB' }],
		});
		const index = indexAccounts([theirs], new Set(['companyA']));
		expect(matchAll([creation('a@acme.example')], index, BOTH)[0]!.match.emailHeldBy).toHaveLength(
			1,
		);
	});
});

describe('F1, S16: which links count', () => {
	const ofB = account('b', {
		link: 'q',
		attributes: [{ name: 'humaansCompany', value: 'companyB' }],
	});
	const ofA = account('a', {
		link: 'p',
		attributes: [{ name: 'humaansCompany', value: 'companyA' }],
	});
	it('F1: an account of another company is nobody’s of this one, is not counted, and not missing', () => {
		const index = indexAccounts([ofA, ofB, account('c', { link: 'r' })], new Set(['companyA']));
		expect([index.inUse, index.ofAnotherCompany]).toEqual([2, 1]);
		expect(unclaimed(index, new Set()).map(({ _id }) => _id)).toEqual(['a', 'c']);
		expect(matchAll([subject('q')], index, BOTH)[0]!.account).toBeNull();
	});
	it('F1: without a company in the run all are taken for theirs', () => {
		const index = indexAccounts([ofA, ofB]);
		expect([index.inUse, index.ofAnotherCompany]).toEqual([2, 0]);
	});
	it.each([
		'none',
		'.',
		'..',
		'NONE OF YOUR BUSINESS',
		'5',
		'person-with-hyphens-00000',
		'ü'.repeat(24),
	])(
		'S16: the link %j is somebody’s own text: left alone, not missing, not counted, not adopted',
		(link) => {
			const odd = { ...account('a'), attributes: [{ name: 'humaansId', value: link }] };
			const index = indexAccounts([odd]);
			expect([index.oddLinks, index.inUse, index.byLink.size]).toEqual([1, 0, 0]);
			expect(unclaimed(index, new Set())).toEqual([]);
			const [found] = matchAll([subject('p', { email: 'a@acme.example' })], index, BOTH);
			expect(found).toMatchObject({ account: null, match: { certain: true } });
			expect(found!.match.notes).toHaveLength(1);
		},
	);
	it('suspended accounts are not in use; staged ones are', () => {
		const state = (link: string, patch: Partial<Account>) => account(link, { link, ...patch });
		const accounts = [
			state('p', {}),
			state('q', { state: 'STAGED' }),
			state('r', { state: 'SUSPENDED', suspended: true }),
			account('free'),
		];
		expect(indexAccounts(accounts).inUse).toBe(2);
	});
});

it('the same person twice in a run is one claimant', () => {
	const twice = [subject('p'), subject('p')];
	expect(idsOf(match(twice, [account('a', { link: 'p' })]))).toEqual(['a', 'a']);
	const typed = twice.map((one) => ({
		...one,
		person: { ...one.person!, email: 'a@acme.example' },
	}));
	expect(idsOf(match(typed, [account('a')]))).toEqual(['a', 'a']);
});

it('linked accounts that nobody claims', () => {
	const accounts = [account('a', { link: 'p' }), account('b', { link: 'gone' }), account('c')];
	const missing = unclaimed(indexAccounts(accounts), new Set([personIdOf('p')]));
	expect(missing.map((one) => one._id)).toEqual(['b']);
});
