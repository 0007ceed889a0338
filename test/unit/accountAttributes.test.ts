/** What this package may write on an account, held against what is known of each attribute. */
import {
	ATTRIBUTES,
	LONGEST_TEXT,
	OWNED_ELSEWHERE,
	attributeOf,
	isArrayRoot,
	labelOf,
} from '../../nodes/core/account/attributes';
import { bodyFor, holdsArrays } from '../../nodes/core/account/body';
import { customAttribute, linkOf, withAttributes } from '../../nodes/core/account/link';
import { basisOf, differencesFrom } from '../../nodes/core/account/basis';
import { isMarked } from '../../nodes/core/policy/protection';
import type { Account, CustomAttribute } from '../../nodes/core/subject';

const slotsWhere = (is: (attribute: (typeof ATTRIBUTES)[number]) => boolean) =>
	ATTRIBUTES.filter(is).map(({ slot }) => slot);

describe('the attributes', () => {
	it('JumpCloud filters a list by these', () =>
		expect(slotsWhere(({ filter }) => filter)).toEqual(
			'company costCenter department employeeType jobTitle location'.split(' '),
		));
	it('an account is never without its names and its work email', () =>
		expect(slotsWhere(({ neverEmptied }) => neverEmptied)).toEqual([
			...['firstname', 'lastname', 'email'],
		]));
	it('no other directory owns these', () =>
		expect(slotsWhere(({ ownedElsewhere }) => !ownedElsewhere)).toEqual([
			...['managedAppleId', 'manager', 'alternateEmail'],
		]));
	it('all others may be owned by one, each root named once', () =>
		expect(OWNED_ELSEWHERE).toEqual([
			...['company', 'costCenter', 'department', 'description', 'displayname'],
			...['employeeIdentifier', 'employeeType', 'firstname', 'addresses', 'phoneNumbers'],
			...['jobTitle', 'lastname', 'location', 'middlename', 'email'],
		]));
	it('only the employee ID has a limit of its own', () =>
		expect(ATTRIBUTES.map(({ slot, limit }) => [slot, limit])).toEqual(
			ATTRIBUTES.map(({ slot }) => [slot, slot === 'employeeIdentifier' ? 256 : LONGEST_TEXT]),
		));
	it('kinds', () => {
		expect(slotsWhere(({ kind }) => kind === 'email')).toEqual(['alternateEmail', 'email']);
		expect(slotsWhere(({ kind }) => kind === 'manager')).toEqual(['manager']);
		const arrays = { phone: 'phoneNumbers', address: 'addresses' } as const;
		for (const { slot, kind } of ATTRIBUTES) {
			const [root, key] = slot.split('.');
			expect([slot, key === undefined]).toEqual([slot, !(kind in arrays)]);
			if (key !== undefined) expect(root).toBe(arrays[kind as keyof typeof arrays]);
		}
	});
	it('each is found by its slot', () => {
		for (const attribute of ATTRIBUTES) expect(attributeOf(attribute.slot)).toBe(attribute);
		expect(attributeOf('password')).toBeUndefined();
	});
});

it.each([
	['department', 'Department'],
	['phoneNumbers.mobile', 'Personal Phone Number'],
	['humaansId', 'Link to Humaans'],
	['attributes.humaansId', 'Link to Humaans'],
	['humaansCompany', 'Humaans Company'],
	['humaansSync', 'Notes of This Package'],
	['humaansDeprovisionedAt', 'Suspended by This Package'],
	['humaansInvite', 'Reminders of the Invite'],
	['attributes.humaansProtectedAs', 'Protected As'],
	['attributes.badge', 'badge'],
	['attributes.my.attributes.badge', 'my.attributes.badge'],
])('%s is called %s', (slot, label) => expect(labelOf(slot)).toBe(label));

it.each([
	...['phoneNumbers', 'addresses', 'attributes'].map((root) => [root, true] as const),
	...['phoneNumbers.work', 'department', 'phone', 'badge', ''].map(
		(root) => [root, false] as const,
	),
])('%s is an array: %s', (root, is) => expect(isArrayRoot(root)).toBe(is));

it.each([
	[{}, false],
	[{ department: 'Sales', state: 'ACTIVATED' }, false],
	[{ attributes: [] }, true],
	[{ phoneNumbers: [], department: 'Sales' }, true],
	[{ addresses: [] }, true],
])('a body with %j holds an array: %s', (body, holds) => expect(holdsArrays(body)).toBe(holds));

describe('one entry of an array', () => {
	const bodyWith = (account: Partial<Account>, slot: string, value: never, current: never) =>
		bodyFor(account, new Map([[slot, { value, current }]]));
	const PHONES = [
		{ type: 'mobile', number: '1' },
		{ type: 'work', number: '2' },
		{ type: 'work', number: '1' },
	];
	it('of phone numbers it is the one of that type with that number', () =>
		expect(
			bodyWith({ phoneNumbers: PHONES }, 'phoneNumbers.work', '9' as never, '1' as never)
				.phoneNumbers,
		).toEqual([PHONES[0], PHONES[1], { type: 'work', number: '9' }]));
	it('of addresses it is the one of that type with those parts', () => {
		const ADDRESSES = [
			{ type: 'home', locality: 'Rome' },
			{ type: 'work', locality: 'Porto', poBox: '7' },
			{ type: 'work', locality: 'Rome', poBox: '8' },
		];
		expect(
			bodyWith(
				{ addresses: ADDRESSES },
				'addresses.work',
				{ locality: 'Bern' } as never,
				{ locality: 'Rome' } as never,
			).addresses,
		).toEqual([ADDRESSES[0], ADDRESSES[1], { type: 'work', locality: 'Bern', poBox: '8' }]);
	});
});

describe('an attribute of ours that somebody typed in other letters', () => {
	const typed = {
		attributes: [
			{ name: 'HumaansID', value: 'abc' },
			{ name: 'Badge', value: 'B' },
		],
	};
	it('is that one: a link is a link', () => {
		expect(linkOf(typed)).toBe('abc');
		expect(customAttribute(typed, 'badge')).toBeNull();
	});
	it('the exact name comes first', () =>
		expect(linkOf({ attributes: [...typed.attributes, { name: 'humaansId', value: 'x' }] })).toBe(
			'x',
		));
	it('a write takes its place, and leaves what is not ours', () =>
		expect(withAttributes(typed, { humaansId: 'new', badge: 'C' })).toEqual([
			{ name: 'Badge', value: 'B' },
			{ name: 'humaansId', value: 'new' },
			{ name: 'badge', value: 'C' },
		]));
});

describe('an attribute without a name, or in other letters', () => {
	const attributes = [{ value: 'x' }, { name: 'BREAKGLASS', value: 'yes' }] as CustomAttribute[];
	const account = { _id: 'a', username: 'u', email: 'u@acme.example', attributes } as Account;
	it('a nameless one stops no write, and protects nobody when no attribute protects', () => {
		expect(withAttributes(account, { humaansId: 'a' })).toContainEqual({
			...{ name: 'humaansId', value: 'a' },
		});
		expect(isMarked(account, null)).toBe(false);
	});
	it('a mark that came in other letters after the decision is seen by the write', () => {
		const before = basisOf({ ...account, attributes: [] }, 'breakGlass');
		expect(isMarked(account, 'breakGlass')).toBe(true);
		expect(differencesFrom(before, account)).toEqual(['protecting attribute']);
	});
});
