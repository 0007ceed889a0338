/** F1: two Humaans companies share a JumpCloud organization; each judges its own people only. */
import { planCreate, planUpdate } from '../../nodes/core/account/plan';
import { matchSubjects, type MatchOptions } from '../../nodes/services/jumpcloud/matchSubjects';
import type { Account, Subject } from '../../nodes/core/subject';
import { JumpCloudDouble } from '../harness/jumpCloudDouble';
import { personIdOf } from '../harness/personIds';
import { linkedTo, wanted } from './syncWorld';

const of = (company: string | null) =>
	company === null ? {} : { attributes: [{ name: 'humaansCompany', value: company }] };
const account = (name: string, company: string | null, patch: Partial<Account> = {}): Account =>
	linkedTo(name, personIdOf(name), { ...of(company), ...patch });
const person = (name: string, companyId: string | null): Subject => {
	const id = personIdOf(name);
	const found = { id, status: 'active' as const, email: `${name}@acme.example`, companyId };
	return { personId: id, person: found, complete: true, peopleRead: 2 };
};
const match = async (
	people: Subject[],
	accounts: Account[],
	options: Partial<MatchOptions> = {},
) => {
	const client = new JumpCloudDouble(...accounts).client();
	const all = { by: ['email'] as const, emitMissing: true, ...options };
	const { subjects, missing, notice } = await matchSubjects(client, people, all);
	return { subjects, missing: missing.map(({ account: one }) => one!._id), notice };
};
const ofA = [person('ana', 'A'), person('al', 'A')];
const SHARED = [account('ana', 'A'), account('al', 'A'), account('bo', 'B'), account('bea', 'B')];

describe('F1: the accounts of another company', () => {
	it('are not missing, not counted and not matched, whatever the option says', async () => {
		for (const severalCompanies of [true, false]) {
			const { subjects, missing, notice } = await match(ofA, SHARED, { severalCompanies });
			expect([missing, notice]).toEqual([[], null]);
			expect(subjects.map((one) => one.match!.accountsInUse)).toEqual([2, 2]);
		}
		const [both] = (
			await match([person('bo', 'A')], [account('bo', 'B')], { severalCompanies: true })
		).subjects;
		expect(both).toMatchObject({ account: null, match: { certain: true } });
		expect(both!.match!.notes).toHaveLength(1);
	});
	it('do not keep somebody of this company from being missing', async () => {
		const { missing } = await match(ofA, [...SHARED, account('gone', 'A')]);
		expect(missing).toEqual(['gone']);
	});
	it('as soon as there is one, a link that names no company is nobody’s to judge', async () => {
		for (const severalCompanies of [true, false]) {
			const accounts = [...SHARED, account('old', null)];
			const { missing, notice } = await match(ofA, accounts, { severalCompanies });
			expect(missing).toEqual([]);
			expect(notice).toMatch(
				/^1 linked accounts have no person .* which Humaans company they are of/,
			);
		}
	});
	it('a company of its own: links from before there was a company are its own', async () => {
		const { missing, notice } = await match(ofA, [account('ana', null), account('gone', null)]);
		expect([missing, notice]).toEqual([['gone'], null]);
	});
	it('suspended ones do not count for this company’s limit', async () => {
		const lately = [{ name: 'humaansDeprovisionedAt', value: '2026-11-24T08:00:00.000Z leaving' }];
		const bo = account('bo', 'B', { state: 'SUSPENDED', suspended: true });
		const accounts = [account('ana', 'A'), { ...bo, attributes: [...bo.attributes!, ...lately] }];
		const now = new Date('2026-11-24T09:00:00Z');
		const { subjects } = await match([person('ana', 'A')], accounts, { now });
		expect(subjects[0]!.match).not.toHaveProperty('suspendedLately');
	});
});

describe('F1: a token of another company than all linked accounts stops the run', () => {
	const declined = {
		name: 'Declined',
		message: expect.stringContaining('of another Humaans company than the people in this run'),
		todo: expect.stringContaining('access token'),
	};
	it('by what the links say', async () =>
		await expect(match(ofA, [account('bo', 'B')])).rejects.toMatchObject(declined));
	it('where they say nothing, by who is in the run', async () =>
		await expect(match(ofA, [account('bo', null), account('bea', null)])).rejects.toMatchObject(
			declined,
		));
	it('also when a company’s people are gone from the read, and a part of them is no proof', async () => {
		const part = ofA.map((one) => ({ ...one, part: 'some' }));
		const { missing } = await match(part, [account('bo', null)]);
		expect(missing).toEqual([]);
	});
	it('not when the two share the organization', async () => {
		const { subjects, missing } = await match(ofA, [account('bo', 'B')], {
			severalCompanies: true,
		});
		expect(subjects.map(({ account: one }) => one)).toEqual([null, null]);
		expect(missing).toEqual([]);
	});
	it('not where nobody is linked yet', async () => {
		const free = { ...linkedTo('free', ''), attributes: [] };
		expect((await match(ofA, [free])).missing).toEqual([]);
	});
});

describe('F1: the link says which company it is of', () => {
	it('from creation on', () => {
		const context = { personId: personIdOf('ana'), companyId: 'A' };
		expect(planCreate(wanted({ email: 'a@b.example' }), 'ana', context).attributes).toContainEqual({
			...{ name: 'humaansCompany', value: 'A' },
		});
	});
	it('a link that was made before is completed, and nothing else is written', () => {
		const context = { personId: personIdOf('ana'), companyId: 'A' };
		const { changes } = planUpdate(account('ana', null), wanted({}), context);
		expect(changes).toMatchObject([{ attribute: 'humaansCompany', from: null, to: 'A' }]);
		expect(planUpdate(account('ana', 'A'), wanted({}), context).body).toBeNull();
	});
	it('where Humaans does not say, what stands there stays', () => {
		for (const companyId of [undefined, null]) {
			const context = { personId: personIdOf('ana'), companyId };
			expect(planUpdate(account('ana', 'A'), wanted({}), context).body).toBeNull();
		}
	});
});
