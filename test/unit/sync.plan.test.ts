/** A plan is kept to what was decided, notes what it must, and marks the account as this package's. */
import { formatRecord, parseRecord, remembered, valueHash } from '../../nodes/core/account/record';
import { MAX_ATTRIBUTE_VALUE, SYNC_RECORD, customAttribute } from '../../nodes/core/account/link';
import { isMappable, isWritable, readSlot, slotText } from '../../nodes/core/account/slots';
import type { Account } from '../../nodes/core/subject';
import { PERSON_ID, applied, creation, linkedAccount, plan, refusing, wanted } from './syncWorld';

const attributesOf = (body: object | null) =>
	Object.fromEntries(
		((body as Pick<Account, 'attributes'> | null)?.attributes ?? []).map(({ name, value }) => [
			name,
			value,
		]),
	);
const with_ = (values: Record<string, string>, patch: Partial<Account> = {}): Account =>
	linkedAccount({
		...patch,
		attributes: Object.entries({ humaansId: PERSON_ID, ...values }).map(([name, value]) => ({
			name,
			value,
		})),
	});

describe('the marks of this package', () => {
	const marks = (account: Account, context: Parameters<typeof plan>[2] = {}) =>
		plan(account, wanted({}), context).changes.map(({ attribute, from, to, why }) => [
			...[attribute, from, to, why],
		]);
	it('the company is written when it is known and differs', () => {
		const why = 'says of which Humaans company';
		expect(marks(linkedAccount(), { companyId: 'c1' })).toEqual([
			['humaansCompany', null, 'c1', why],
		]);
		expect(marks(with_({ humaansCompany: 'c1' }), { companyId: 'c1' })).toEqual([]);
		for (const companyId of [null, undefined, ''])
			expect(marks(with_({ humaansCompany: 'c1' }), { companyId })).toEqual([]);
	});
	it('the name under which it is protected comes, changes and goes', () => {
		const [on, off] = [
			'on the list of protected accounts',
			'no longer on the list of protected accounts',
		];
		const listed = with_({ humaansProtectedAs: 'ana' });
		expect(marks(linkedAccount(), { protectedAs: 'ana' })).toEqual([
			['humaansProtectedAs', null, 'ana', on],
		]);
		expect(marks(listed, { protectedAs: 'boss' })).toEqual([
			['humaansProtectedAs', 'ana', 'boss', on],
		]);
		expect(marks(listed, { protectedAs: null })).toEqual([
			['humaansProtectedAs', 'ana', null, off],
		]);
		expect(marks(listed, { protectedAs: 'ana' })).toEqual([]);
		expect(marks(listed)).toEqual([]);
	});
});

describe('only what was decided', () => {
	const desired = wanted({ department: 'Legal', jobTitle: 'Boss' }, 'whenChanged');
	const only = new Set(['department']);
	it('no other attribute, no other mark, and nothing is remembered of the others', () => {
		const { changes, body } = plan(linkedAccount(), desired, { only, companyId: 'c1' });
		expect(changes.map(({ attribute }) => attribute)).toEqual(['department']);
		expect(body).toMatchObject({ department: 'Legal' });
		expect(body).not.toHaveProperty('jobTitle');
		const record = parseRecord(attributesOf(body)[SYNC_RECORD]!);
		expect(remembered(record, 'department')).toMatchObject({ kind: 'last' });
		expect(remembered(record, 'jobTitle')).toBeUndefined();
		expect(attributesOf(body)).not.toHaveProperty('humaansCompany');
	});
	it('what agrees already is remembered all the same', () => {
		const account = linkedAccount({ jobTitle: 'Boss' });
		const record = parseRecord(attributesOf(plan(account, desired, { only }).body)[SYNC_RECORD]!);
		expect(remembered(record, 'jobTitle')).toMatchObject({ kind: 'last' });
	});
	it('an account is created with no others either', () => {
		expect(creation(desired, { only })).not.toHaveProperty('jobTitle');
		expect(creation(desired, { only })).toHaveProperty('department', 'Legal');
		expect(creation(desired)).toMatchObject({ department: 'Legal', jobTitle: 'Boss' });
		const odd = wanted({ password: 'x', 'attributes.humaansId': 'y', department: 'Legal' });
		const body = creation(odd, { only: new Set(Object.keys(odd.attributes)) });
		expect(body).not.toHaveProperty('password');
		expect(attributesOf(body).humaansId).toBe(PERSON_ID);
	});
});

describe('what a creation remembers', () => {
	const memoryOf = (rule: 'always' | 'onCreate' | 'whenChanged' | undefined, slot = 'manager') => {
		const desired = wanted({ [slot]: 'boss' }, rule === undefined ? {} : { [slot]: rule });
		return remembered(parseRecord(attributesOf(creation(desired))[SYNC_RECORD] ?? null), slot);
	};
	it('a manager without an account is awaited, where the value comes once', () => {
		expect(memoryOf('onCreate')).toEqual({ kind: 'awaited' });
		for (const rule of ['always', 'whenChanged', undefined] as const)
			expect(memoryOf(rule)).toBeUndefined();
	});
	it('the last value, where only a change counts', () => {
		expect(memoryOf('whenChanged', 'department')).toMatchObject({ kind: 'last' });
		for (const rule of ['always', 'onCreate', undefined] as const)
			expect(memoryOf(rule, 'department')).toBeUndefined();
	});
});

describe('the record is written when it must be', () => {
	const recordOf = (...entries: Parameters<typeof formatRecord>[0]) => ({
		[SYNC_RECORD]: formatRecord(entries).text!,
	});
	const last = (slot: string, value: string) => ({
		slot,
		memory: { kind: 'last' as const, hash: valueHash(slot, value) },
	});
	const refused = (slot: string, value: string) => ({
		slot,
		memory: { kind: 'refused' as const, hash: valueHash(slot, value) },
	});
	const sends = (account: Account, desired: ReturnType<typeof wanted>) =>
		SYNC_RECORD in attributesOf(plan(account, desired).body);
	it('not for what it says already', () => {
		const same = linkedAccount({ department: 'Legal' });
		const account = with_(recordOf(last('department', 'Legal')), { department: 'Legal' });
		expect(plan(account, wanted({ department: 'Legal' }, 'whenChanged')).body).toBeNull();
		expect(sends(same, wanted({ department: 'Legal' }, 'whenChanged'))).toBe(true);
	});
	it('for another kind of memory of the same value', () => {
		// What the account holds is refused no more.
		const was = with_(recordOf(refused('department', 'Legal')), { department: 'Legal' });
		expect(sends(was, wanted({ department: 'Legal' }, 'whenChanged'))).toBe(true);
		const before = with_(recordOf(last('department', 'Legal')));
		const { body } = plan(before, wanted({ department: 'Legal' }), {
			...refusing(['department']),
		});
		expect(remembered(parseRecord(attributesOf(body)[SYNC_RECORD]!), 'department')).toMatchObject({
			kind: 'refused',
		});
	});
	it('for the same value that JumpCloud now keeps in a third form', () => {
		const kept = (form: string) => ({
			slot: 'department',
			memory: {
				kind: 'kept' as const,
				hash: valueHash('department', 'Legal'),
				form: valueHash('department', form),
			},
		});
		const desired = wanted({ department: 'Legal' });
		const again = { kept: new Set(['department']) };
		const account = (form: string) => with_(recordOf(kept(form)), { department: 'LEGAL' });
		expect(plan(account('LEGAL'), desired).body).toBeNull();
		expect(plan(account('LEGAL'), desired, again).body).toBeNull();
		const { body, changes } = plan(account('legal'), desired, again);
		expect(changes.map(({ attribute }) => attribute)).toEqual([SYNC_RECORD]);
		expect(attributesOf(body)[SYNC_RECORD]).toBe(formatRecord([kept('LEGAL')]).text);
	});
	it('what only the record knows comes before what can be compared', () => {
		const many = Object.fromEntries(
			Array.from({ length: 100 }, (_, at) => [`attributes.a${at}`, 'x']),
		);
		const desired = wanted({ ...many, department: 'bad' }, 'whenChanged');
		const { body, warnings } = plan(linkedAccount(), desired, {
			...refusing(['department']),
		});
		const text = attributesOf(body)[SYNC_RECORD]!;
		expect(text.length).toBeLessThanOrEqual(MAX_ATTRIBUTE_VALUE);
		expect(remembered(parseRecord(text), 'department')).toMatchObject({ kind: 'refused' });
		expect(warnings.at(-1)).toMatch(/^Too many fields to remember: .*treats attributes\.a\d+/);
		expect(warnings.at(-1)).not.toMatch(/department/);
	});
	it('only those that go by the last value are named when there are too many', () => {
		const names = Array.from({ length: 100 }, (_, at) => `attributes.a${at}`);
		const slots = Object.fromEntries(names.map((name) => [name, 'bad']));
		const rules = Object.fromEntries(
			names.map((name, at) => [name, at === 99 ? ('whenChanged' as const) : ('always' as const)]),
		);
		const { warnings } = plan(linkedAccount(), wanted(slots, rules), refusing(names));
		expect(warnings.filter((one) => one.startsWith('Too many fields'))).toEqual([
			'Too many fields to remember: "Only When Changed in Humaans" treats attributes.a99 as never synced.',
		]);
	});
	it('a plan of it alone says so, and leaves the account as it is', () => {
		const account = linkedAccount({ department: 'Legal' });
		const { changes, body } = plan(account, wanted({ department: 'Legal' }, 'whenChanged'));
		expect(changes).toEqual([
			{
				...{ attribute: SYNC_RECORD, from: null, to: null, rule: 'whenChanged' },
				why: 'remembers what Humaans says now',
			},
		]);
		const after = applied(account, body);
		expect({ ...after, attributes: null }).toEqual({ ...account, attributes: null });
		expect(customAttribute(after, 'humaansId')).toBe(PERSON_ID);
	});
	it('attributes that merely begin alike are no custom attributes', () =>
		expect(sends(linkedAccount(), wanted({ department: 'Legal' }))).toBe(false));
});

describe('slots', () => {
	it('what may be written, and what may be mapped', () => {
		for (const slot of ['department', 'phoneNumbers.work', 'attributes.badge', 'attributes.x.y'])
			expect([slot, isWritable(slot), isMappable(slot)]).toEqual([slot, true, true]);
		for (const slot of ['password', 'attributes', 'attributes.', '.badge', 'phoneNumbers.pager'])
			expect([slot, isWritable(slot), isMappable(slot)]).toEqual([slot, false, false]);
		expect([isWritable('attributes.humaansId'), isMappable('attributes.humaansId')]).toEqual([
			...[true, false],
		]);
	});
	it('an empty entry of an array is none, and a broken one is skipped', () => {
		const account = linkedAccount({
			phoneNumbers: [null, { type: 'work', number: ' ' }, { type: 'work', number: '7' }] as never,
			addresses: [null, { type: 'work' }, { type: 'work', locality: 'Rome' }] as never,
		});
		expect(readSlot(account, 'phoneNumbers.work')).toBe('7');
		expect(readSlot(account, 'addresses.work')).toEqual({ locality: 'Rome' });
		const none = linkedAccount({ phoneNumbers: undefined, addresses: undefined });
		expect(readSlot(none, 'phoneNumbers.work')).toBeNull();
		expect(readSlot(none, 'addresses.work')).toBeNull();
		expect(readSlot(account, 'attributes')).toBeNull();
	});
	it('an address is its parts in order, with a mark between them', () =>
		expect(slotText('addresses.work', { locality: 'Rome', country: 'IT' })).toBe(
			'\u001fRome\u001f\u001f\u001fIT\u001f',
		));
});
