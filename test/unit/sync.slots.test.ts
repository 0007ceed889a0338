/** Slots: where a value stands in an account, and the body that writes it. */
import { bodyFor } from '../../nodes/core/account/body';
import { withAttributes } from '../../nodes/core/account/link';
import {
	isMappable,
	isWritable,
	parseSlot,
	readSlot,
	sameSlotValue,
	slotText,
} from '../../nodes/core/account/slots';
import type { Account } from '../../nodes/core/subject';
import { PERSON_ID, createdFrom, linkedAccount, plan, runs, wanted } from './syncWorld';

describe('slots', () => {
	it('are an attribute, an entry of an array or a custom attribute', () => {
		expect(parseSlot('jobTitle')).toEqual({ root: 'jobTitle', key: null });
		expect(parseSlot('phoneNumbers.work')).toEqual({ root: 'phoneNumbers', key: 'work' });
		expect(parseSlot('attributes.a.b')).toEqual({ root: 'attributes', key: 'a.b' });
	});
	it.each(['firstname', 'manager', 'phoneNumbers.work', 'addresses.home', 'attributes.badge'])(
		'%s may be written',
		(slot) => expect([isWritable(slot), isMappable(slot)]).toEqual([true, true]),
	);
	it.each([
		'password',
		'state',
		'suspended',
		'username',
		'sudo',
		'phoneNumbers',
		'attributes',
		'attributes.',
		'jobTitle.x',
		'constructor',
	])('%s may not', (slot) => expect([isWritable(slot), isMappable(slot)]).toEqual([false, false]));
	it('our own notes are written by us alone', () =>
		expect([
			isWritable('attributes.humaansSync'),
			isMappable('attributes.humaansSync'),
			isMappable('attributes.HumaansID'),
		]).toEqual([true, false, false]));

	const account = linkedAccount({
		jobTitle: ' Lead ',
		department: '  ',
		company: null,
		phoneNumbers: [
			{ type: 'work', number: '1' },
			{ type: 'home', number: ' ' },
		],
		addresses: [
			{ type: 'home', streetAddress: ' A ', locality: '', poBox: '9' },
			{ type: 'work', poBox: '8' },
		],
	});
	it.each<[string, unknown]>([
		['jobTitle', 'Lead'],
		['department', null],
		['company', null],
		['costCenter', null],
		['phoneNumbers.work', '1'],
		['phoneNumbers.home', null],
		['phoneNumbers.mobile', null],
		['addresses.home', { streetAddress: 'A' }],
		['addresses.work', null],
		['addresses.other', null],
		['attributes.humaansId', PERSON_ID],
		['attributes.badge', null],
	])('%s holds %j', (slot, value) => expect(readSlot(account, slot)).toEqual(value));
	it('an account without arrays holds nothing in them', () => {
		const bare: Account = { _id: 'a', username: 'a', email: 'a@b.example' };
		expect([
			readSlot(bare, 'phoneNumbers.work'),
			readSlot(bare, 'addresses.home'),
			readSlot(bare, 'attributes.x'),
		]).toEqual([null, null, null]);
	});

	it('emails are equal in any case, other texts are not', () => {
		expect(sameSlotValue('email', 'A@b.example', 'a@B.example')).toBe(true);
		expect(sameSlotValue('alternateEmail', 'A@b.example', 'a@B.example')).toBe(true);
		expect(sameSlotValue('jobTitle', 'Lead', 'lead')).toBe(false);
		expect(slotText('email', 'A@b')).toBe('a@b');
		expect(slotText('jobTitle', 'Lead')).toBe('Lead');
	});
	it('F4: an email that JumpCloud holds with an invisible character is put right', () => {
		for (const slot of ['email', 'alternateEmail']) {
			const account = linkedAccount({ [slot]: 'ana.silva@acme.example\u200b' });
			const { body } = plan(account, wanted({ [slot]: 'ana.silva@acme.example' }));
			expect(body).toEqual({ [slot]: 'ana.silva@acme.example' });
		}
	});
	it('addresses are equal part by part, in any order', () => {
		const a = { streetAddress: 'A', locality: 'B' };
		expect(
			sameSlotValue('addresses.home', a, { locality: 'B', streetAddress: 'A', region: '' }),
		).toBe(true);
		expect(sameSlotValue('addresses.home', a, { streetAddress: 'A', region: 'B' })).toBe(false);
		expect(sameSlotValue('addresses.home', a, 'A')).toBe(false);
		expect([
			sameSlotValue('jobTitle', null, null),
			sameSlotValue('jobTitle', 'x', null),
			sameSlotValue('jobTitle', null, 'x'),
		]).toEqual([true, false, false]);
	});
});

describe('bodies', () => {
	const foreign = linkedAccount({
		phoneNumbers: [
			{ type: 'home', number: '1', id: 'x' } as never,
			{ type: 'work', number: '2' },
			{ type: 'work', number: '3' },
		],
		addresses: [
			{ type: 'work', streetAddress: 'Dock', locality: null as never, id: 'y' } as never,
			{ type: 'home', streetAddress: 'Old', region: 'R', poBox: '9', extendedAddress: 'Back' },
		],
	});
	const body = (
		values: Record<string, string | object | null>,
		account: Partial<Account> = foreign,
	) => {
		const changes = Object.entries(values).map(([slot, value]) => {
			const current = readSlot(account as Account, slot);
			return [slot, { value, current }] as const;
		});
		return bodyFor(account, new Map(changes) as never);
	};

	it('arrays come whole: our entry in its place, the others as they were, without what the API adds', () => {
		expect(body({ 'phoneNumbers.work': '5', 'phoneNumbers.mobile': '6' })).toEqual({
			phoneNumbers: [
				{ type: 'home', number: '1' },
				{ type: 'work', number: '5' },
				{ type: 'work', number: '3' },
				{ type: 'mobile', number: '6' },
			],
		});
		// Of several of one type only the one that is meant goes.
		expect(body({ 'phoneNumbers.work': null })).toEqual({
			phoneNumbers: [
				{ type: 'home', number: '1' },
				{ type: 'work', number: '3' },
			],
		});
		expect(body({ 'phoneNumbers.mobile': null })).toEqual({
			phoneNumbers: [
				{ type: 'home', number: '1' },
				{ type: 'work', number: '2' },
				{ type: 'work', number: '3' },
			],
		});
	});
	it('an address keeps its post box; nothing in it is ever null or empty', () => {
		expect(body({ 'addresses.home': { streetAddress: 'New', region: '', country: 'PT' } })).toEqual(
			{
				addresses: [
					{ type: 'work', streetAddress: 'Dock' },
					{
						type: 'home',
						poBox: '9',
						extendedAddress: 'Back',
						streetAddress: 'New',
						country: 'PT',
					},
				],
			},
		);
		expect(body({ 'addresses.home': null })).toEqual({
			addresses: [{ type: 'work', streetAddress: 'Dock' }],
		});
		expect(body({ 'addresses.home': { locality: 'Rome' }, 'addresses.work': null }, {})).toEqual({
			addresses: [{ type: 'home', locality: 'Rome' }],
		});
	});
	it('of several entries of one type the one that agrees counts, in any order', () => {
		const two = linkedAccount({
			phoneNumbers: [
				{ type: 'work', number: '2' },
				{ type: 'work', number: '3' },
			],
			addresses: [
				{ type: 'home', streetAddress: 'A' },
				{ type: 'home', streetAddress: 'B', region: 'R' },
			],
		});
		expect([
			readSlot(two, 'phoneNumbers.work'),
			readSlot(two, 'phoneNumbers.work', '3'),
			readSlot(two, 'phoneNumbers.work', '4'),
		]).toEqual(['2', '3', '2']);
		expect(readSlot(two, 'addresses.home', { streetAddress: 'B' })).toEqual({
			streetAddress: 'B',
			region: 'R',
		});
		expect(
			plan(two, wanted({ 'phoneNumbers.work': '3', 'addresses.home': { streetAddress: 'B' } }))
				.body,
		).toBeNull();
	});
	it('S16: of several entries of one type none is emptied, and that is said', () => {
		const two = linkedAccount({
			phoneNumbers: [
				{ type: 'work', number: '2' },
				{ type: 'work', number: '3' },
			],
		});
		for (const rule of ['always', 'whenChanged'] as const) {
			const emptied = wanted({ 'phoneNumbers.work': null }, rule, true);
			const { attributes } = createdFrom(wanted({ 'phoneNumbers.work': '2' }, rule));
			const { body: sent, warnings } = plan({ ...two, attributes: attributes! }, emptied);
			expect(sent).toBeNull();
			expect(warnings).toEqual([
				'The account has several entries for Phone Number. It is not known which of them to empty, so all stay.',
			]);
		}
		const one = { ...two, phoneNumbers: [two.phoneNumbers![0]!] };
		expect(runs(one, wanted({ 'phoneNumbers.work': null }, 'always', true)).phoneNumbers).toEqual(
			[],
		);
	});
	it('a text is emptied by "", the manager by null, a custom attribute by leaving it out', () => {
		expect(
			body({
				jobTitle: null,
				manager: null,
				'attributes.humaansId': null,
				'attributes.badge': '7',
			}),
		).toEqual({ jobTitle: '', manager: null, attributes: [{ name: 'badge', value: '7' }] });
	});
	it('what may not be written is not, whoever asks', () =>
		expect(body({ password: 'x', state: 'ACTIVATED', sudo: 'true', 'phoneNumbers.': '1' })).toEqual(
			{},
		));
	it('foreign attributes survive, whatever they are called', () => {
		const attributes = ['constructor', 'toString', 'badge'].map((name) => ({
			name,
			value: name,
			id: 'z',
		}));
		expect(withAttributes({ attributes }, { badge: '7' })).toEqual([
			{ name: 'constructor', value: 'constructor' },
			{ name: 'toString', value: 'toString' },
			{ name: 'badge', value: '7' },
		]);
		expect(withAttributes({}, { badge: null })).toEqual([]);
	});
});
