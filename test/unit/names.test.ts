/** Whether two records can be of one human, and whether a typed number may be believed. */
import {
	maybeSameHuman,
	namesAgree,
	namesOfAccount,
	namesOfPerson,
	type Names,
} from '../../nodes/core/person/names';
import { sharersOf, withSharers } from '../../nodes/core/person/sharing';
import type { Account, Person } from '../../nodes/core/subject';

const names = (first: string | null, last: string | null): Names => ({
	first: [first],
	last: [last],
});
const person = (id: string, values: Partial<Person> = {}): Person => ({
	id,
	status: 'active',
	firstName: 'Ana',
	lastName: 'Silva',
	email: 'ana@acme.example',
	...values,
});

describe('two names', () => {
	/** agree: first and last name are the same. maybe: the same human may have both. */
	it.each<[string, Names, Names, 'agree' | 'maybe' | 'differ']>([
		['the same', names('Ana', 'Silva'), names('Ana', 'Silva'), 'agree'],
		['without accents', names('José', 'Núñez'), names('Jose', 'Nunez'), 'agree'],
		['decomposed', names('Jose\u0301', 'Silva'), names('José', 'SILVA'), 'agree'],
		['in another script', names('Дмитрий', 'Щукин'), names('Dmitriy', 'Shchukin'), 'agree'],
		['one of two first names', names('Ana María', 'Silva'), names('Maria', 'Silva'), 'agree'],
		['one of two last names', names('Ana', 'Silva-Costa'), names('Ana', 'Costa'), 'agree'],
		['married', names('Ana', 'Silva'), names('Ana', 'Costa'), 'maybe'],
		['a nickname', names('William', 'Berg'), names('Bill', 'Berg'), 'maybe'],
		['nobody’s name', names('Ana', 'Silva'), names(null, null), 'maybe'],
		['a name of signs', names('Ana', 'Silva'), names('…', '—'), 'maybe'],
		['no last name', names('Ana', 'Silva'), names('Ana', null), 'maybe'],
		['others', names('Ana', 'Silva'), names('Boris', 'Berg'), 'differ'],
		[
			'first and last name in each other’s place',
			names('Ana', 'Silva'),
			names('Silva', 'Ana'),
			'maybe',
		],
		['ü is written ue', names('Jörg', 'Müller'), names('Joerg', 'Mueller'), 'agree'],
		// S2, S12: a number is believed only with the whole name.
		[
			'a small word of the last name alone',
			names('Ana', 'de Lima'),
			names('Ana', 'de Souza'),
			'maybe',
		],
		['small words alone', names('Jan', 'van der Berg'), names('Jan', 'van der Meer'), 'maybe'],
		['an initial alone', names('John A.', 'Smith'), names('Jane A.', 'Smith'), 'maybe'],
		['a last name that is a small word', names('Minh', 'Le'), names('Minh', 'Le'), 'agree'],
		['a first name of one letter', names('O', 'Berg'), names('O', 'Berg'), 'agree'],
		[
			'small words and another first name',
			names('Ana', 'de Lima'),
			names('Rui', 'de Souza'),
			'differ',
		],
		['an initial, and other names', names('Ana M', 'Silva'), names('Bob M', 'Costa'), 'differ'],
		['no Latin reading, the same', names('伟', '王'), names('伟', '王'), 'agree'],
		['no Latin reading, one the same', names('伟', '王'), names('芳', '王'), 'maybe'],
		['no Latin reading, others', names('伟', '王'), names('娜', '李'), 'differ'],
		['no Latin reading and Latin letters', names('伟', '王'), names('Wei', 'Wang'), 'maybe'],
	])('%s', (_what, a, b, expected) => {
		for (const [one, other] of [
			[a, b],
			[b, a],
		] as const) {
			expect(namesAgree(one, other)).toBe(expected === 'agree');
			expect(maybeSameHuman(one, other)).toBe(expected !== 'differ');
		}
	});

	it('are what Humaans and JumpCloud have of somebody', () => {
		expect(namesOfPerson(person('p', { preferredName: 'Nina' }))).toEqual({
			first: ['Ana', 'Nina'],
			last: ['Silva'],
		});
		const account = { firstname: 'Ana', lastname: 7, displayname: null } as unknown as Account;
		expect(namesOfAccount(account)).toEqual({ first: ['Ana', null], last: [null] });
	});

	it('S11: a name of a million characters is compared by its beginning', () => {
		const long = (unit: string) => unit.repeat(1_000_000 / unit.length);
		for (const unit of [' ', '.-', 'a', 'é', '山', '💥', 'a '])
			expect(namesAgree(names(`Ana ${long(unit)}`, 'Silva'), names('Ana', 'Silva'))).toBe(true);
	});
});

const NOBODY = { holders: [], colleagues: [], namesakes: [] };

describe('who shares a work email', () => {
	it('names the others, but never somebody who has left', () => {
		const people = withSharers([
			person('a'),
			person('b', { email: 'ANA@acme.example', firstName: 'Boris', lastName: 'Berg' }),
			person('c', { status: 'offboarded' }),
			person('d', { email: 'other@acme.example' }),
			person('e', { email: null }),
		]);
		expect(people.map(({ id, sharesWorkEmailWith }) => [id, sharesWorkEmailWith])).toEqual([
			['a', ['b']],
			['b', ['a']],
			['c', ['a', 'b']],
			['d', []],
			['e', []],
		]);
	});

	it('says who of them can be the same human, by their name', () => {
		const of = (other: Partial<Person>) =>
			sharersOf(person('a', { status: 'offboarded' }), {
				...NOBODY,
				holders: [person('b', other)],
			});
		expect(of({})).toEqual({ sharesWorkEmailWith: ['b'], sameNameAndEmailAs: ['b'] });
		expect(of({ lastName: 'Costa' })).toEqual({
			sharesWorkEmailWith: ['b'],
			sameNameAndEmailAs: ['b'],
		});
		expect(of({ firstName: 'Boris', lastName: 'Berg' })).toEqual({ sharesWorkEmailWith: ['b'] });
		expect(sharersOf(person('a'), NOBODY)).toEqual({ sharesWorkEmailWith: [] });
	});

	it('says whose work email the personal email is, but of nobody who has left', () => {
		const people = withSharers([
			person('a', { email: 'a@acme.example', personalEmail: 'B@acme.example' }),
			person('b', { email: 'b@acme.example', personalEmail: 'b@acme.example' }),
			person('c', { email: 'b@acme.example', status: 'offboarded' }),
			person('d', { email: 'd@acme.example', personalEmail: null }),
			person('e', { email: null, personalEmail: '' }),
		]);
		expect(
			people.map(({ id, personalEmailIsWorkEmailOf }) => [id, personalEmailIsWorkEmailOf]),
		).toEqual([['a', ['b']], ...['b', 'c', 'd', 'e'].map((id) => [id, undefined])]);
	});

	it('finds an heir among any number of strangers with the address', () => {
		const strangers = Array.from({ length: 30 }, (_, at) =>
			person(`s${at}`, { firstName: 'Boris', lastName: 'Berg' }),
		);
		const [left] = withSharers([person('a', { status: 'offboarded' }), ...strangers, person('b')]);
		expect(left!.sameNameAndEmailAs).toEqual(['b']);
	});
});

describe('who shares an employee ID', () => {
	it('only where somebody does who has not left', () => {
		const people = withSharers([
			person('a', { email: 'a@acme.example', employeeId: '7' }),
			person('b', { email: 'b@acme.example', employeeId: '7' }),
			person('c', { email: 'c@acme.example', employeeId: '7', status: 'offboarded' }),
			person('d', { email: 'd@acme.example', employeeId: '8' }),
			person('e', { email: 'e@acme.example', employeeId: null }),
			person('f', { email: 'f@acme.example', employeeId: null }),
		]);
		expect(people.map(({ id, sharesEmployeeIdWith }) => [id, sharesEmployeeIdWith])).toEqual([
			['a', ['b']],
			['b', ['a']],
			['c', ['a', 'b']],
			['d', undefined],
			['e', undefined],
			['f', undefined],
		]);
	});

	it('a placeholder that everybody has: some of the others are named, not each beside each', () => {
		const everybody = withSharers(
			Array.from({ length: 2000 }, (_, at) =>
				person(`p${at}`, { email: `p${at}@acme.example`, employeeId: 'TBC' }),
			),
		);
		for (const { id, sharesEmployeeIdWith } of everybody) {
			expect(sharesEmployeeIdWith).toHaveLength(10);
			expect(sharesEmployeeIdWith).not.toContain(id);
		}
	});
});

describe('whether the domain of a personal email is the company’s', () => {
	const marked = (people: Person[]) =>
		withSharers(people).flatMap(({ id, personalEmailIsOfCompany }) =>
			personalEmailIsOfCompany ? [id] : [],
		);
	const at = (domain: string, count: number, more: Partial<Person> = {}) =>
		Array.from({ length: count }, (_, n) =>
			person(`${domain}${n}`, { email: `p${n}@${domain}`, personalEmail: null, ...more }),
		);
	const joiner = (domain: string) => person('joiner', { personalEmail: `j@${domain}` });
	it.each<[string, Person[], boolean]>([
		['three of four work with it', [...at('group.example', 3), joiner('group.example')], true],
		['two work with it', [...at('group.example', 2), joiner('group.example')], false],
		[
			'fewer than three times as many',
			[...at('a.example', 5), joiner('a.example'), person('o', { personalEmail: 'o@a.example' })],
			false,
		],
		[
			'less than a tenth of the people',
			[...at('big.example', 40), ...at('a.example', 3), joiner('a.example')],
			false,
		],
		[
			'those who have left do not count',
			[...at('a.example', 9, { status: 'offboarded' }), joiner('a.example')],
			false,
		],
		['a provider of mailboxes never', [...at('gmail.com', 9), joiner('gmail.com')], false],
	])('%s', (_what, people, is) => expect(marked(people)).toEqual(is ? ['joiner'] : []));
});
