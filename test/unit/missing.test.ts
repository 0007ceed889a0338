/** Linked accounts whose person is not in the run: when they may be gone, and when nobody can say. */
import { indexAccounts } from '../../nodes/core/matching/accountIndex';
import {
	companiesOf,
	isAllOfAnotherCompany,
	missingOf,
	partOf,
} from '../../nodes/core/matching/missing';
import { isInBatch, parseBatch } from '../../nodes/core/person/batch';
import type { Account, Subject } from '../../nodes/core/subject';
import { account, another, person } from './policyWorld';

const idOf = (index: number): string => another(index).personId!;
const linked = (index: number, patch: Partial<Account> = {}, company?: string): Account =>
	account({
		_id: `account${index}`,
		username: `p${index}`,
		attributes: [
			{ name: 'humaansId', value: idOf(index) },
			...(company ? [{ name: 'humaansCompany', value: company }] : []),
		],
		...patch,
	});
const ALONE = { companies: new Set(['company1']), isShared: false };
const SHARED = { ...ALONE, isShared: true };
const idsOf = ({ subjects }: { subjects: Subject[] }) => subjects.map(({ personId }) => personId);
const missing = (
	subjects: Subject[],
	accounts: Account[],
	settings: Parameters<typeof missingOf>[2] = ALONE,
) => missingOf(subjects, indexAccounts(accounts, settings.companies), settings);

describe('which part of all people a run is', () => {
	it('all of them, one part, or some', () => {
		const of = (...parts: Array<string | undefined>) =>
			partOf(parts.map((part, index) => another(index, { part })));
		expect(of(undefined, undefined)).toBeUndefined();
		expect(of()).toBeUndefined();
		expect(of('2/6', '2/6')).toBe('2/6');
		expect(of('2/6', '3/6')).toBe('some');
		expect(of('2/6', undefined)).toBe('some');
	});
});

describe('who may be gone', () => {
	it('nobody, where a filter in between let only some of the people through; a batch is whole', () => {
		const of = (peopleRead: number, patch: Partial<Subject> = {}) =>
			missing([another(1, { peopleRead, ...patch })], [linked(1), linked(2)]);
		expect(idsOf(of(1))).toEqual([idOf(2)]);
		expect(of(2)).toEqual({
			subjects: [],
			notices: [
				'1 linked accounts have no person in this run. They were left out, because only some people are in it.',
			],
		});
		const batch = [1, 2]
			.map((index) => `${index}/2`)
			.find((one) => isInBatch(idOf(2), parseBatch(one)!))!;
		expect(idsOf(of(2, { part: batch }))).toEqual([idOf(2)]);
	});
	it('everybody with a linked account who is not in a complete run', () => {
		const found = missing([another(1)], [linked(1), linked(2), linked(3)]);
		expect(found).toEqual({
			notices: [],
			subjects: [2, 3].map((index) => ({
				personId: idOf(index),
				account: linked(index),
				match: {
					...{ by: 'link', certain: true, accountsInUse: 3 },
					candidates: [
						expect.objectContaining({ id: `account${index}`, linkedTo: idOf(index), by: ['link'] }),
					],
				},
			})),
		});
	});
	it('nobody, when all are there, however they were read', () => {
		for (const patch of [{}, { complete: false }, { part: 'some' }])
			expect(missing([another(1, patch)], [linked(1)])).toEqual({ subjects: [], notices: [] });
	});
	it('two accounts with one link are for a person', () => {
		const { subjects } = missing([another(1)], [linked(2), linked(2, { _id: 'second' })]);
		expect(subjects).toEqual([
			{
				...{ personId: idOf(2), account: null },
				match: {
					...{ by: null, certain: false, conflict: 'twoCandidates', accountsInUse: 2 },
					candidates: [
						expect.objectContaining({ id: 'account2' }),
						expect.objectContaining({ id: 'second' }),
					],
				},
			},
		]);
	});
	it('nobody, when the read could not see everybody', () => {
		for (const complete of [false, undefined])
			expect(missing([another(1), another(4, { complete })], [linked(2), linked(3)])).toEqual({
				subjects: [],
				notices: [
					'2 linked accounts have no person in this run. They were left out, because the people ' +
						'were not read completely.',
				],
			});
	});
	it('nobody, when only some people are in the run', () =>
		expect(missing([another(1, { part: 'some' })], [linked(2)])).toEqual({
			subjects: [],
			notices: [
				'1 linked accounts have no person in this run. They were left out, because only some ' +
					'people are in it.',
			],
		}));
	it('of a batch only those who belong to it', () => {
		const many = Array.from({ length: 30 }, (_, index) => linked(index + 10));
		const found = idsOf(missing([another(1, { part: '2/3' })], many));
		const expected = many
			.map(({ attributes }) => attributes![0]!.value)
			.filter((id) => isInBatch(id, { number: 2, of: 3 }));
		expect(found).toEqual(expected);
		expect(expected.length).toBeGreaterThan(2);
		expect(expected.length).toBeLessThan(28);
	});
	it('S16: a link that can be no Humaans id says nothing: it is left alone, and that is said', () => {
		const odd = ['none', '.', '..', 'any text'].map((value, index) =>
			linked(index + 50, { attributes: [{ name: 'humaansId', value }] }),
		);
		expect(missing([another(1)], [linked(1), ...odd])).toEqual({
			subjects: [],
			notices: ['4 accounts have a humaansId that can be no ID of Humaans. They were left alone.'],
		});
		const { subjects, notices } = missing([another(1)], [linked(2), odd[0]!]);
		expect([subjects.length, notices.length]).toEqual([1, 1]);
		expect(missing([another(1, { complete: false })], [linked(2), odd[0]!]).notices).toHaveLength(
			2,
		);
	});
});

describe('F1: two Humaans companies in one JumpCloud organization', () => {
	it('F1: the other one’s accounts are not looked at', () => {
		const accounts = [linked(2, {}, 'company1'), linked(3, {}, 'company2')];
		expect(idsOf(missing([another(1)], accounts, SHARED))).toEqual([idOf(2)]);
	});
	it('F1: where it is known to have accounts here, a link that names no company says nothing', () => {
		const accounts = [linked(2), linked(4, {}, 'company1')];
		expect(idsOf(missing([another(1)], accounts))).toEqual([idOf(2), idOf(4)]);
		const found = missing([another(1)], accounts, SHARED);
		expect(idsOf(found)).toEqual([idOf(4)]);
		expect(found.notices).toEqual([
			'1 linked accounts have no person in this run. They were left out, because it is not known ' +
				'which Humaans company they are of (custom attribute humaansCompany).',
		]);
	});
	it('the companies of a run are those of its people', () => {
		const of = (companyId?: string | null) => another(1, { person: person({ companyId }) });
		expect([...companiesOf([of('a'), of('b'), of('a'), of(null), of()])]).toEqual(['a', 'b']);
		expect([...companiesOf([another(1, { person: null }), {}])]).toEqual([]);
		const gone = { person: null, companyAsked: 'c' };
		expect([...companiesOf([of('a'), another(1, gone)])]).toEqual(['a', 'c']);
	});
	const isForeign = (subjects: Subject[], accounts: Account[]) =>
		isAllOfAnotherCompany(subjects, indexAccounts(accounts, ALONE.companies));
	const everybody = (count: number, patch: Partial<Subject> = {}) =>
		Array.from({ length: count }, (_, index) =>
			another(index + 1, { peopleRead: count, ...patch }),
		);
	it('F1: a token of another company than all linked accounts is noticed', () => {
		expect(isForeign(everybody(2), [linked(8, {}, 'company2'), linked(9, {}, 'company2')])).toBe(
			true,
		);
		expect(isForeign(everybody(2), [linked(8, {}, 'company2'), linked(1, {}, 'company1')])).toBe(
			false,
		);
		// A link that names no company may be the other one's too, unless its person is here.
		expect(isForeign(everybody(2), [linked(8, {}, 'company2'), linked(9)])).toBe(true);
		expect(isForeign(everybody(2), [linked(8, {}, 'company2'), linked(2)])).toBe(false);
		const gone = another(9, { person: null, companyAsked: 'company1' });
		expect(isForeign([gone], [linked(8, {}, 'company2'), linked(9)])).toBe(true);
		expect(isForeign([gone], [linked(8, {}, 'company2'), linked(9, {}, 'company1')])).toBe(false);
	});
	it('F1: so it is where no link names a company, and nobody in Humaans has any of the accounts', () => {
		expect(isForeign(everybody(2), [linked(8), linked(9)])).toBe(true);
		expect(isForeign(everybody(2), [linked(8), linked(2)])).toBe(false);
		expect(isForeign(everybody(2), [])).toBe(false);
		expect(isForeign(everybody(2), [account({ attributes: [] })])).toBe(false);
	});
	it('F1: but not by a run that does not hold everybody', () => {
		expect(isForeign(everybody(2, { part: '1/2' }), [linked(8)])).toBe(false);
		// A token that shows only some people says nothing about the others.
		expect(isForeign(everybody(2, { complete: false }), [linked(8)])).toBe(false);
		expect(isForeign(everybody(2, { peopleRead: 3 }), [linked(8)])).toBe(false);
		expect(isForeign(everybody(2, { peopleRead: undefined }), [linked(8)])).toBe(false);
		const [first, second] = everybody(2);
		expect(isForeign([first!, { ...second!, complete: false }], [linked(8)])).toBe(false);
		expect(isForeign([{ ...first!, peopleRead: 3 }, second!], [linked(8)])).toBe(false);
		expect(isForeign([...everybody(1), { peopleRead: 1 }], [linked(8)])).toBe(true);
	});
});
