/** Whether a linked account is the person's: by the names, the emails and the employee ID it holds. */
import type { Account, Desired, Person } from '../../nodes/core/subject';
import { account, decideOne, desired, foundBy, person, suspended } from './policyWorld';

const BRUNO: Partial<Person> = {
	...{ firstName: 'Bruno', lastName: 'Costa', preferredName: null, employeeId: 'B-1' },
	...{ email: 'bruno.costa@acme.example', personalEmail: 'bruno@home.example' },
};
/** What an account of Ana holds; `person()` is Ana. */
const ANAS: Partial<Account> = {
	...{ firstname: 'Ana', lastname: 'Silva', email: 'ana.silva@acme.example' },
	...{ alternateEmail: 'ana@mail.example', employeeIdentifier: 'A-1' },
};
const PRIVATE = { personalEmail: ANAS.alternateEmail as string };
const WORK = { email: ANAS.email };
const ID = { employeeId: 'A-1' };

interface Row {
	person?: Partial<Person>;
	account?: Partial<Account>;
	desired?: Desired;
}
const partsOf = (row: Row, make: typeof account) => ({
	person: person({ ...BRUNO, ...row.person }),
	account: make({ ...ANAS, ...row.account }),
	desired: row.desired ?? desired({ email: BRUNO.email!, firstname: 'Bruno' }),
});
const NAMED_AS_MAPPED = { ...desired(), attributes: { firstname: 'Ana', lastname: 'Silva' } };

describe('a suspended account', () => {
	it.each<[string, Row, boolean]>([
		['nothing agrees', {}, false],
		['both names', { person: { firstName: 'Ana', lastName: 'Silva' } }, true],
		['the first name alone', { person: { firstName: 'Ana' } }, false],
		['the last name alone', { person: { lastName: 'Silva' } }, false],
		['the work email alone', { person: WORK }, false],
		['the personal email alone', { person: PRIVATE }, false],
		['the employee ID alone', { person: ID }, false],
		['work email and first name', { person: { ...WORK, firstName: 'Ana' } }, true],
		['personal email and last name', { person: { ...PRIVATE, lastName: 'Silva' } }, true],
		['employee ID and first name', { person: { ...ID, firstName: 'Ana' } }, true],
		['both emails', { person: { ...WORK, ...PRIVATE } }, true],
		['work email and employee ID', { person: { ...WORK, ...ID } }, true],
		['personal email and employee ID', { person: { ...PRIVATE, ...ID } }, true],
		['no name on the account', { account: { firstname: '', lastname: '' } }, false],
		[
			'no name on the account, the same employee ID',
			{ account: { firstname: '', lastname: '' }, person: ID },
			true,
		],
		[
			'an employee ID that both lack is none',
			{ account: { employeeIdentifier: '' }, person: { firstName: 'Ana', employeeId: '' } },
			false,
		],
		['names as Field Mapper makes them', { desired: NAMED_AS_MAPPED }, false],
		['such names and the work email', { desired: NAMED_AS_MAPPED, person: WORK }, true],
		[
			'only one of such names, and the work email',
			{ desired: { ...desired(), attributes: { lastname: 'Silva' } }, person: WORK },
			false,
		],
		[
			'one of such names differs, and the work email is the same',
			{
				desired: { ...desired(), attributes: { firstname: 'Bruno', lastname: 'Silva' } },
				person: WORK,
			},
			false,
		],
	])('%s', (_what, row, isTheirs) => {
		const { code, blockedAction, action } = decideOne(partsOf(row, suspended), {
			actionsAllowed: ['create', 'activate', 'reactivate', 'deprovision', 'delete'],
		});
		if (isTheirs) expect([action, code]).toEqual(['reactivate', 'rehire.back']);
		else
			expect([action, code, blockedAction]).toEqual([
				...['needsReview', 'rehire.anotherPerson', 'reactivate'],
			]);
	});
	it('says what can be done, and what the other one can have', () => {
		const { reason } = decideOne(partsOf({}, suspended), { actionsAllowed: ['reactivate'] });
		expect(reason).toMatch(
			/who knows its password\. If it is theirs, reactivate it by hand\. If not/,
		);
		const fresh = partsOf({ account: { activated: false } }, suspended);
		expect(decideOne(fresh, { actionsAllowed: ['reactivate'] }).reason).toContain(
			'who can have its invite.',
		);
	});
});

describe('an account in use', () => {
	const codeOf = (row: Row, make = account) => decideOne(partsOf(row, make)).code;
	it.each<[string, Row]>([
		['the first name', { person: { firstName: 'Ana' } }],
		['the last name', { person: { lastName: 'Silva' } }],
		[
			'the work email, where nothing else can be compared',
			{ person: WORK, account: { alternateEmail: '', employeeIdentifier: '' } },
		],
		['the personal email', { person: PRIVATE }],
		['the employee ID', { person: ID }],
		['no name on the account', { account: { firstname: '', lastname: '' } }],
		['names as Field Mapper makes them', { desired: NAMED_AS_MAPPED }],
	])('is theirs when one thing agrees: %s', (_what, row) =>
		expect(codeOf(row)).not.toBe('account.anotherPerson'),
	);
	it('is a question when nothing does, and stays as it is', () =>
		expect(decideOne(partsOf({}, account))).toMatchObject({
			...{ action: 'needsReview', code: 'account.anotherPerson', blockedAction: 'update' },
			reason: expect.stringContaining('give it their name by hand. If not, take'),
			changes: [],
		}));
	it.each<[string, Row]>([
		['all else differs', {}],
		['Humaans has no personal email', { person: { personalEmail: null } }],
		['the account has no employee ID', { account: { employeeIdentifier: '' } }],
		['the account has no personal email', { account: { alternateEmail: '' } }],
	])('is a question when only the work email is theirs: %s', (_what, row) => {
		const only = { ...row, person: { ...WORK, ...row.person } };
		const { code, reason } = decideOne(partsOf(only, account));
		expect(code).toBe('account.anotherPerson');
		expect(reason).toContain('only the work email is the same: name, personal email');
	});
	it('a staged one becomes theirs: nobody has its password', () =>
		expect(
			codeOf({ account: { state: 'STAGED', activated: false } }, (patch) => account(patch)),
		).not.toBe('account.anotherPerson'));
});

describe('an account that is linked to nobody, found by the work email', () => {
	const found = (row: Row) => {
		const { account: one, ...rest } = partsOf(
			{ ...row, person: { ...WORK, ...row.person }, account: { attributes: [], ...row.account } },
			account,
		);
		return decideOne({ ...rest, account: one, match: foundBy('email') });
	};
	it('is not adopted when all else is somebody else’s', () => {
		expect(found({})).toMatchObject({
			...{ action: 'needsReview', code: 'adopt.anotherPerson', blockedAction: 'update' },
			reason: expect.stringContaining('has the same work email and nothing else'),
			changes: [],
		});
	});
	it.each<[string, Row]>([
		['the last name', { person: { lastName: 'Silva' } }],
		['the personal email', { person: PRIVATE }],
		['the employee ID', { person: ID }],
		['no name on the account', { account: { firstname: '', lastname: '' } }],
		['nothing else to compare', { account: { alternateEmail: '', employeeIdentifier: '' } }],
		['names as Field Mapper makes them', { desired: NAMED_AS_MAPPED }],
	])('is adopted when one more thing agrees: %s', (_what, row) =>
		expect(found(row).code).toBe('adopt'),
	);
});
