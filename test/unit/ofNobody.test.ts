/** Which accounts belong to nobody, and when that cannot be said. */
import { indexAccounts } from '../../nodes/core/matching/accountIndex';
import { ofNobody } from '../../nodes/core/matching/ofNobody';
import type { Account, Person, Subject } from '../../nodes/core/subject';
import { account, another, matched, named } from './policyWorld';

const idOf = (index: number): string => another(index).personId!;
const linkedTo = (index: number): Account['attributes'] => [
	{ name: 'humaansId', value: idOf(index) },
];
const row = (id: string, patch: Partial<Account> = {}): Account =>
	account({ _id: id, username: id, email: `${id}@acme.example`, attributes: [], ...patch });

/** Read, and matched with their own account or with none. */
const has = (index: number, one: Account | null = null, patch: Partial<Subject> = {}): Subject =>
	another(index, { account: one, match: matched({ by: one ? 'link' : null }), ...patch });
const couldHave = (index: number, ...ids: string[]): Subject =>
	has(index, null, {
		match: matched({ by: null, candidates: ids.map((id) => named(['email'], { id })) }),
	});

const find = (
	accounts: readonly Account[],
	subjects: readonly Subject[],
	missing: readonly Subject[] = [],
	withMissing = true,
) => ofNobody(subjects, missing, indexAccounts(accounts), { withMissing });
const idsOf = ({ subjects }: { subjects: readonly Subject[] }) =>
	subjects.map((one) => one.account!._id);

it('each account that no item holds, in the order of the accounts', () => {
	const [own, one, other] = [row('own', { attributes: linkedTo(1) }), row('one'), row('other')];
	expect(find([one, own, other], [has(1, own), has(2)])).toEqual({
		notices: [],
		subjects: [one, other].map((lone) => ({
			...{ account: lone, complete: true },
			match: { by: null, certain: true, candidates: [], ofNobody: true, accountsInUse: 1 },
		})),
	});
});

it('nothing, and no notice, when all are held', () => {
	const own = row('own', { attributes: linkedTo(1) });
	const incomplete = has(1, own, { complete: false, part: 'some' });
	expect(find([own], [incomplete])).toEqual({ subjects: [], notices: [] });
});

it('one of which it is not certain names everybody who claims it, in order', () => {
	const accounts = [row('shared'), row('second'), row('lone')];
	const { subjects } = find(accounts, [
		...[couldHave(3, 'shared', 'second'), couldHave(2, 'shared')],
		...[
			has(1, row('lone2'), { match: couldHave(1, 'lone').match }),
			has(4, null, { match: undefined }),
		],
		{ account: null, match: couldHave(5, 'lone').match, complete: true },
	]);
	expect(subjects.map(({ match }) => [match!.certain, match!.claimants])).toEqual([
		[false, [idOf(2), idOf(3)]],
		[false, [idOf(3)]],
		[true, undefined],
	]);
	expect(subjects[2]!.match).not.toHaveProperty('claimants');
});

it('the linked accounts of people who are not there are told once', () => {
	const [gone, lone] = [row('gone', { attributes: linkedTo(9) }), row('lone')];
	const missing = [has(9, gone)];
	expect(idsOf(find([gone, lone], [has(1)], missing))).toEqual(['lone']);
	// Nobody asked for them, so they are not said to be nobody's.
	expect(idsOf(find([gone, lone], [has(1)], [], false))).toEqual(['lone']);
	expect(idsOf(find([gone, lone], [has(1)]))).toEqual(['gone', 'lone']);
});

it('without the missing ones, an account of somebody who is there is still looked at', () => {
	const [own, second] = ['own', 'second'].map((id) => row(id, { attributes: linkedTo(1) }));
	const subjects = [couldHave(1, 'own', 'second'), { complete: true, account: null }];
	expect(idsOf(find([own!, second!], subjects, [], false))).toEqual(['own', 'second']);
});

it.each<[string, Array<Partial<Subject>>, string]>([
	['not read completely', [{ complete: false }, {}], 'the people were not read completely'],
	['said nothing of it', [{}, { complete: undefined }], 'the people were not read completely'],
	['only some', [{ part: 'some' }, { part: 'some' }], 'only some people are in it'],
	[
		'only some, and not completely',
		[{ part: 'some', complete: false }, {}],
		'the people were not read completely',
	],
])('when the people are %s, nothing is said but how many', (_what, patches, why) => {
	const subjects = patches.map((patch, place) => has(place + 1, null, patch));
	const { subjects: found, notices } = find([row('one'), row('two')], subjects);
	expect(found).toEqual([]);
	expect(notices).toEqual([expect.stringContaining('2 accounts')]);
	expect(notices[0]).toContain(why);
});

describe('an account that fits somebody who has another one says whom', () => {
	const own = row('own', { attributes: linkedTo(1) });
	const fitsOf = (patch: Partial<Account>, person: Partial<Person> = {}, more: Subject[] = []) => {
		const one = has(1, own);
		const known = { employeeId: 'E-1', email: 'one@acme.example', ...person };
		const subjects = [{ ...one, person: { ...one.person!, ...known } }, ...more];
		return find([own, row('second', patch)], subjects).subjects[0]!.match!.fits;
	};

	it.each<[string, Partial<Account>]>([
		['the work email', { email: 'one@acme.example' }],
		['the work email in other letters', { email: ' ONE@acme.example' }],
		['the employee ID', { employeeIdentifier: 'E-1' }],
		['both', { email: 'one@acme.example', employeeIdentifier: 'E-1' }],
		[
			'the work email, with an odd link',
			{ email: 'one@acme.example', attributes: [{ name: 'humaansId', value: 'typed' }] },
		],
	])('%s', (_what, patch) => {
		expect(fitsOf(patch)).toEqual([idOf(1)]);
		expect(fitsOf(patch, { status: 'offboarded' })).toEqual([idOf(1)]);
	});

	it.each<[string, Partial<Account>, Partial<Person>]>([
		['nothing', {}, {}],
		['two empty values', { email: '', employeeIdentifier: '' }, { email: null, employeeId: null }],
		[
			'the employee ID, linked to another company',
			{ employeeIdentifier: 'E-1', attributes: linkedTo(99) },
			{},
		],
	])('not with %s in common', (_what, patch, person) => {
		const companies = new Set(['ours']);
		const elsewhere = [{ name: 'humaansCompany', value: 'theirs' }];
		const second = row('second', patch);
		const attributes = [...(second.attributes ?? []), ...elsewhere];
		const one = has(1, own);
		const known = { employeeId: 'E-1', email: 'one@acme.example', ...person };
		const { subjects } = ofNobody(
			[{ ...one, person: { ...one.person!, ...known } }],
			[],
			indexAccounts([own, { ...second, attributes }], companies),
			{ withMissing: true },
		);
		expect(subjects.map(({ account: found }) => found!._id)).toEqual(['second']);
		expect(subjects[0]!.match).not.toHaveProperty('fits');
	});

	it('ten at most, those who work here first', () => {
		const more = Array.from({ length: 14 }, (_, at) => {
			const one = has(at + 2, null);
			const status = at === 13 ? ('active' as const) : ('offboarded' as const);
			return { ...one, person: { ...one.person!, employeeId: 'n/a', status } };
		});
		const fits = fitsOf({ employeeIdentifier: 'n/a' }, {}, more)!;
		expect(fits).toHaveLength(10);
		expect(fits[0]).toBe(idOf(15));
	});
});
