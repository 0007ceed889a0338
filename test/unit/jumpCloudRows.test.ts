/**
 * S16: rows of JumpCloud with values of odd kinds: each is read as far as it can be, the others go on.
 * And a 404 that JumpCloud did not give itself never says that an account is gone.
 */
import fc from 'fast-check';
import { parseAccountRow } from '../../nodes/core/account/accountRow';
import { basisOf } from '../../nodes/core/account/basis';
import { linkOf } from '../../nodes/core/account/link';
import { planUpdate } from '../../nodes/core/account/plan';
import { indexAccounts } from '../../nodes/core/matching/accountIndex';
import { matchAll } from '../../nodes/core/matching/match';
import { matchSubjects } from '../../nodes/services/jumpcloud/matchSubjects';
import { deleteAccount } from '../../nodes/services/jumpcloud/delete';
import { suspendAccount } from '../../nodes/services/jumpcloud/changeState';
import type { Account, Subject } from '../../nodes/core/subject';
import { JumpCloudDouble } from '../harness/jumpCloudDouble';
import { personIdOf } from '../harness/personIds';
import { linkedTo, wanted } from './syncWorld';

const PERSON = personIdOf('ana');
const BY = ['employeeIdentifier', 'email'] as const;
const subject = (name: string, typed: object = {}): Subject => {
	const id = personIdOf(name);
	const email = `${name}@acme.example`;
	const person = { id, status: 'active' as const, email, employeeId: 'E-1', ...typed };
	return { personId: id, person, complete: true };
};

describe('S16: a row of JumpCloud', () => {
	const row = { _id: 'a', username: 'ana', email: 'ana@acme.example' };
	it.each<[string, object, object]>([
		['a number as employee ID', { employeeIdentifier: 1001 }, { employeeIdentifier: '1001' }],
		['an object as employee ID', { employeeIdentifier: {} }, { employeeIdentifier: null }],
		['no username', { username: undefined }, { username: '' }],
		['null as email', { email: null }, { email: '' }],
		['a number as name', { firstname: 7 }, { firstname: '7' }],
		['null in attributes', { attributes: [null] }, { attributes: [] }],
		['no list of attributes', { attributes: 'none' }, { attributes: [] }],
		['null for attributes', { attributes: null }, { attributes: [] }],
		['an attribute without a name', { attributes: [{ value: 'x' }] }, { attributes: [] }],
		[
			'attributes with odd values',
			{ attributes: [{ name: 7, value: 8 }, { name: 'b', value: null }, 'x'] },
			{
				attributes: [
					{ name: '7', value: '8' },
					{ name: 'b', value: null },
				],
			},
		],
		[
			'a number as phone number',
			{ phoneNumbers: [{ type: 'work', number: 44 }, null] },
			{ phoneNumbers: [{ type: 'work', number: '44' }] },
		],
		[
			'a number as postal code',
			{ addresses: [{ type: 'home', postalCode: 4000 }] },
			{ addresses: [{ type: 'home', postalCode: '4000' }] },
		],
		['an object as restricted fields', { restrictedFields: {} }, { restrictedFields: [] }],
	])('with %s is read as far as it can be', (_what, patch, read) =>
		expect(parseAccountRow({ ...row, ...patch })).toEqual({ ...row, ...patch, ...read }),
	);
	it('of the documented kind is handed on as it is', () => {
		const plain = { ...row, attributes: [{ name: 'badge', value: 'B' }], manager: null, mfa: {} };
		expect(parseAccountRow(plain)).toBe(plain);
	});
	it('may have its ID under either name, and as a number', () => {
		expect(parseAccountRow({ ...row, _id: undefined, id: 'b' })!._id).toBe('b');
		expect(parseAccountRow({ ...row, _id: 5 })!._id).toBe('5');
	});
	it.each([null, 5, 'text', [], {}, { _id: '' }, { _id: null }, { username: 'ana' }])(
		'%j is no account',
		(odd) => expect(parseAccountRow(odd)).toBeNull(),
	);

	const oddValue = fc.oneof(
		...[
			fc.constantFrom<unknown>(null, undefined, 0, true, '', 'x', {}, [], [null]),
			fc.jsonValue(),
		],
	);
	const NAMES = [
		...['username', 'email', 'alternateEmail', 'employeeIdentifier', 'firstname', 'displayname'],
		...['state', 'suspended', 'admin', 'attributes', 'phoneNumbers', 'addresses', 'manager'],
		...['restrictedFields', 'externally_managed', 'jobTitle', '__proto__', 'constructor'],
	];
	const oddRow = fc
		.tuple(
			fc.constantFrom<unknown>('a', 5, null),
			fc.dictionary(fc.constantFrom(...NAMES), oddValue),
		)
		.map(([_id, values]) => ({ _id, ...values }));
	it('of any values whatever stops nothing: it is indexed, matched, compared and planned', () => {
		fc.assert(
			fc.property(fc.array(oddRow, { maxLength: 5 }), (rows) => {
				const accounts = rows.flatMap((one) => parseAccountRow(one) ?? []);
				const good = linkedTo('good', PERSON);
				const everybody = [subject('ana'), subject('new', { firstName: 'Ana', lastName: 'Silva' })];
				const found = matchAll(everybody, indexAccounts([...accounts, good]), { by: BY });
				expect(found[0]!.account).toBe(good);
				for (const account of accounts) {
					basisOf(account, 'breakGlass');
					const desired = wanted(
						{ jobTitle: 'x', 'phoneNumbers.work': '1', 'addresses.home': { locality: 'x' } },
						'always',
						true,
					);
					const { body } = planUpdate(account, desired, { personId: PERSON });
					const lists = ['attributes', 'phoneNumbers', 'addresses'].flatMap(
						(name) => (body?.[name] as object[] | undefined) ?? [],
					);
					for (const entry of lists)
						expect(Object.values(entry).every((value) => typeof value === 'string')).toBe(true);
				}
			}),
			{ numRuns: 2_000 },
		);
	});
});

describe('S16: Match', () => {
	it('goes on for everybody when one row is odd, and names rows without an ID', async () => {
		const good = linkedTo('good', PERSON);
		const double = new JumpCloudDouble(
			good,
			{ ...linkedTo('odd', personIdOf('odd')), employeeIdentifier: 1001 as never },
			{ ...linkedTo('null', ''), attributes: [null] as never },
		);
		double.accounts.set('nothing', { username: 'nobody' });
		const people = [subject('ana'), subject('odd'), subject('free', { employeeId: '1001' })];
		const client = double.client();
		const { subjects, notice } = await matchSubjects(client, people, { by: BY, emitMissing: true });
		expect(subjects.map(({ account }) => account?._id ?? null)).toEqual(['good', 'odd', null]);
		expect(notice).toBe('1 rows of JumpCloud have no ID and were left out.');
	});
	it('leaves alone what somebody typed as a link, says so, and never counts its person as gone', async () => {
		const odd = ['none', '.', '..', 'leave alone'].map((link, at) => ({
			...linkedTo(`id${at}`, ''),
			attributes: [{ name: 'humaansId', value: link }],
		}));
		const double = new JumpCloudDouble(linkedTo('good', PERSON), ...odd);
		const options = { by: BY, emitMissing: true };
		const { missing, notice } = await matchSubjects(double.client(), [subject('ana')], options);
		expect(missing).toEqual([]);
		expect(notice).toBe(
			'4 accounts have a humaansId that can be no ID of Humaans. They were left alone.',
		);
	});
	it('names who holds the address that a pattern makes, whoever they are linked to', async () => {
		const holder = linkedTo('holder', personIdOf('colleague'), { email: 'ana.x@acme.example' });
		const double = new JumpCloudDouble(holder);
		const newcomer = {
			...subject('new', { email: null }),
			desired: wanted({ email: 'Ana.X@acme.example' }),
		};
		const options = { by: BY, emitMissing: false };
		const { subjects } = await matchSubjects(double.client(), [newcomer], options);
		expect(subjects[0]).toMatchObject({ account: null });
		expect(subjects[0]!.match!.emailHeldBy).toMatchObject([{ id: 'holder', username: 'holder' }]);
	});
});

describe('a 404 that JumpCloud did not give itself', () => {
	const PAGES = ['<html>404 page not found</html>', '', null, [], { status: 404 }, { error: {} }];
	const foreign = (body: unknown) => {
		const account: Account = linkedTo('a', PERSON);
		const double = new JumpCloudDouble(account);
		double.before = ({ path }) =>
			path.startsWith('/api/systemusers/') ? { status: 404, headers: {}, body } : undefined;
		return { double, target: { accountId: 'a', personId: PERSON, basis: basisOf(account, null) } };
	};
	it.each(PAGES)('%j: the account does not count as gone', async (body) => {
		const { double, target } = foreign(body);
		await expect(double.client().get('a')).rejects.toMatchObject({ kind: 'foreign' });
		const suspend = suspendAccount(double.client(), target, {
			reason: 'leaving',
			now: () => new Date(),
		});
		await expect(suspend).rejects.toMatchObject({ kind: 'foreign' });
		await expect(deleteAccount(double.client(), target)).rejects.toMatchObject({ kind: 'foreign' });
		expect(double.writes).toEqual([]);
	});
	it('JumpCloud’s own says that it is gone', async () => {
		for (const body of [{ message: 'Not Found' }, { error: 'Not found.' }]) {
			const { double, target } = foreign(body);
			expect(await double.client().get('a')).toBeNull();
			const { outcome } = await deleteAccount(double.client(), target);
			expect(outcome.status).toBe('unchanged');
		}
	});
	it('a row in an answer that is nobody’s is no account', async () => {
		const double = new JumpCloudDouble(linkedTo('a', PERSON));
		double.before = () => ({ status: 200, headers: {}, body: { username: 'x' } });
		await expect(double.client().get('a')).rejects.toMatchObject({ kind: 'notJson' });
		expect(linkOf(double.account('a'))).toBe(PERSON);
	});
});
