import { withAttributes } from '../../nodes/core/account/link';
import {
	bodyFor,
	isMappable,
	isWritable,
	parseSlot,
	readSlot,
	sameSlotValue,
	slotText,
} from '../../nodes/core/account/slots';
import { deprovisionStamp } from '../../nodes/core/account/changes';
import {
	AWAITED,
	formatRecord,
	parseRecord,
	recordedFor,
	valueHash,
} from '../../nodes/core/account/record';
import { restrictedRoots } from '../../nodes/core/account/restricted';
import type { Account, SyncRule } from '../../nodes/core/subject';
import {
	PERSON_ID,
	applied,
	createdFrom,
	creation,
	linkedAccount,
	plan,
	runs,
	wanted,
} from './syncWorld';

const syncOf = (account: Account) =>
	account.attributes!.find((attribute) => attribute.name === 'humaansSync')!.value;
const named = (body: object | null) =>
	Object.fromEntries(
		((body as Account | null)?.attributes ?? []).map(({ name, value }) => [name, value]),
	);

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

	it('e-mails are equal in any case, other texts are not', () => {
		expect(sameSlotValue('email', 'A@b.example', 'a@B.example')).toBe(true);
		expect(sameSlotValue('alternateEmail', 'A@b.example', 'a@B.example')).toBe(true);
		expect(sameSlotValue('jobTitle', 'Lead', 'lead')).toBe(false);
		expect(slotText('email', 'A@b')).toBe('a@b');
		expect(slotText('jobTitle', 'Lead')).toBe('Lead');
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
	) => bodyFor(account, new Map(Object.entries(values)) as never);

	it('arrays come whole: our entry in its place, the others as they were, without what the API adds', () => {
		expect(body({ 'phoneNumbers.work': '5', 'phoneNumbers.mobile': '6' })).toEqual({
			phoneNumbers: [
				{ type: 'home', number: '1' },
				{ type: 'work', number: '5' },
				{ type: 'work', number: '3' },
				{ type: 'mobile', number: '6' },
			],
		});
		expect(body({ 'phoneNumbers.work': null })).toEqual({
			phoneNumbers: [{ type: 'home', number: '1' }],
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
		expect(
			runs(two, wanted({ 'phoneNumbers.work': null, 'addresses.home': null }, 'always', true)),
		).toMatchObject({ phoneNumbers: [], addresses: [] });
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
	it('the day of deprovisioning is set and taken away', () =>
		expect([deprovisionStamp('2026'), deprovisionStamp(null)]).toEqual([
			{ humaansDeprovisionedAt: '2026' },
			{ humaansDeprovisionedAt: null },
		]));
});

describe('the record', () => {
	const entry = (slot: string, text: string | null = slot, refused = false) => ({
		slot,
		hash: valueHash(slot, text),
		refused,
	});
	it('is a version and 12 characters a slot, the same in any order, and never holds a value', () => {
		const { text } = formatRecord([entry('jobTitle', 'Wizard'), entry('department', 'Sales')]);
		expect(text).toMatch(/^1 [\w-]{11} [\w-]{11}$/);
		expect(formatRecord([entry('department', 'Sales'), entry('jobTitle', 'Wizard')]).text).toBe(
			text,
		);
		expect(text).not.toMatch(/wizard|sales/i);
		// Written to accounts: a change here makes every account look changed.
		expect(text).toBe(RECORD);
	});
	it('is read back', () => {
		const record = parseRecord(
			formatRecord([
				entry('jobTitle'),
				entry('alternateEmail', 'a@b.example', true),
				entry('company', null),
			]).text,
		);
		expect(record.size).toBe(3);
		expect(recordedFor(record, 'jobTitle')).toEqual({
			hash: valueHash('jobTitle', 'jobTitle'),
			refused: false,
		});
		expect(recordedFor(record, 'alternateEmail')).toEqual({
			hash: valueHash('alternateEmail', 'a@b.example'),
			refused: true,
		});
		expect(recordedFor(record, 'company')!.hash).toBe(valueHash('company', null));
		expect(recordedFor(record, 'department')).toBeUndefined();
	});
	it.each([
		null,
		'',
		'2 abcdefghijk',
		'nonsense',
		'1',
		'1 short',
		'1 muchtoolongforanentry',
		'1 abcd!short',
	])('%j remembers nothing', (text) => expect(parseRecord(text).size).toBe(0));
	it('equal values have one hash: e-mails in any case, addresses in any order', () => {
		expect(valueHash('email', 'A@b.example')).toBe(valueHash('email', 'a@b.example'));
		expect(valueHash('addresses.home', { locality: 'B', streetAddress: 'A' })).toBe(
			valueHash('addresses.home', { streetAddress: 'A', locality: 'B', region: '' }),
		);
		expect(valueHash('jobTitle', '')).not.toBe(valueHash('jobTitle', null));
		expect(
			new Set(Array.from({ length: 20_000 }, (_, index) => valueHash('jobTitle', `Job ${index}`)))
				.size,
		).toBe(20_000);
		expect(valueHash('jobTitle', 'x')).toHaveLength(AWAITED.length);
	});
	it('takes 85 slots and never more than 1,024 characters; the first come first', () => {
		const many = Array.from({ length: 90 }, (_, index) => entry(`attributes.a${index}`));
		const { text, dropped } = formatRecord(many);
		expect(text).toHaveLength(1 + 85 * 12);
		expect(dropped).toEqual(many.slice(85).map(({ slot }) => slot));
		expect(formatRecord(many.slice(0, 85)).dropped).toEqual([]);
		// 1,024 is reached exactly with three refused ones.
		expect(
			formatRecord(many.slice(0, 85).map((row, index) => ({ ...row, refused: index < 3 }))).text,
		).toHaveLength(1024);
		expect(
			formatRecord(many.slice(0, 85).map((row, index) => ({ ...row, refused: index < 4 }))).dropped,
		).toHaveLength(1);
	});
	it('keeps what it remembers of slots that are not known now, as far as there is room', () => {
		const before = parseRecord(
			formatRecord([entry('jobTitle', 'old'), entry('company', 'kept')]).text,
		);
		expect(formatRecord([entry('jobTitle', 'new')], before).text).toBe(
			formatRecord([entry('jobTitle', 'new'), entry('company', 'kept')]).text,
		);
		const full = Array.from({ length: 85 }, (_, index) => entry(`attributes.a${index}`));
		expect(formatRecord(full, before)).toEqual(formatRecord(full));
	});
});
const RECORD = '1 6uBixV4lZjE wzrfXbALOhu';

describe('planning', () => {
	it('a step in the wrong order or twice changes nothing', () => {
		const desired = wanted({ jobTitle: 'Lead', 'phoneNumbers.work': '1', 'attributes.badge': '7' });
		const account = runs(linkedAccount(), desired);
		const shuffled = {
			...account,
			attributes: [...account.attributes!].reverse(),
			phoneNumbers: [...account.phoneNumbers!].reverse(),
		};
		expect(plan(shuffled, desired)).toEqual({ changes: [], body: null, warnings: [] });
	});
	it('an account without a link is linked, with the record, and says so', () => {
		const { changes, body } = plan(
			linkedAccount({ attributes: [{ name: 'badge', value: '7' }] }),
			wanted({ jobTitle: 'Lead' }, 'onCreate'),
		);
		expect(changes).toEqual([
			{
				attribute: 'humaansId',
				from: null,
				to: PERSON_ID,
				rule: 'always',
				why: 'links the account to the person',
			},
		]);
		expect(Object.keys(body!)).toEqual(['attributes']);
		expect(named(body)).toEqual({
			badge: '7',
			humaansId: PERSON_ID,
			humaansSync: formatRecord([
				{ slot: 'jobTitle', hash: valueHash('jobTitle', 'Lead'), refused: false },
			]).text,
		});
	});
	it('a slot without a rule follows Always', () =>
		expect(plan(linkedAccount(), wanted({ jobTitle: 'Lead' }, {})).changes).toMatchObject([
			{ attribute: 'jobTitle', rule: 'always' },
		]));
	it('what may not be mapped is left and said, also when somebody wrote it into the item', () => {
		const { body, warnings } = plan(
			linkedAccount(),
			wanted({ password: 'x', state: 'SUSPENDED', 'attributes.humaansId': 'another' }),
		);
		expect(body).toBeNull();
		expect(warnings).toEqual(
			['password', 'state', 'attributes.humaansId'].map(
				(slot) => `${slot} is not an attribute that can be mapped.`,
			),
		);
		expect(
			creation(wanted({ password: 'x', username: 'root', 'attributes.humaansId': 'another' })),
		).toEqual({
			username: 'ana.silva',
			state: 'STAGED',
			suspended: false,
			attributes: [
				{ name: 'humaansId', value: PERSON_ID },
				{ name: 'humaansSync', value: '1' },
				{ name: 'humaansInvite', value: '0' },
			],
		});
	});
	it.each(['firstname', 'lastname', 'email'])('%s is never emptied', (slot) =>
		expect(
			plan(
				linkedAccount({ firstname: 'Ana', lastname: 'Silva' }),
				wanted({ [slot]: null }, 'always', true),
			).body,
		).toBeNull(),
	);

	it('a part of the address that is unknown keeps what JumpCloud has', () => {
		const account = linkedAccount({
			addresses: [{ type: 'home', streetAddress: 'Old', region: 'R', country: 'PT' }],
		});
		const { body, changes } = plan(
			account,
			wanted({ 'addresses.home': { streetAddress: 'New', locality: 'Rome' } }),
		);
		expect(body!.addresses).toEqual([
			{ type: 'home', streetAddress: 'New', locality: 'Rome', region: 'R', country: 'PT' },
		]);
		expect(changes[0]!.to).toEqual({
			streetAddress: 'New',
			locality: 'Rome',
			region: 'R',
			country: 'PT',
		});
		expect(
			plan(account, wanted({ 'addresses.home': { streetAddress: 'New', region: '' } })).body!
				.addresses,
		).toEqual([{ type: 'home', streetAddress: 'New', country: 'PT' }]);
	});

	describe('memory', () => {
		it('what is not known in a run is still remembered in the next', () => {
			const both = wanted({ jobTitle: 'Lead', costCenter: 'CC-1' }, 'whenChanged');
			const first = applied(createdFrom(both), { costCenter: 'by hand' });
			// Custom fields were not fetched, and something else changed.
			const second = runs(first, wanted({ jobTitle: 'Director' }, 'whenChanged'));
			expect(
				plan(second, wanted({ jobTitle: 'Director', costCenter: 'CC-1' }, 'whenChanged')),
			).toEqual({ changes: [], body: null, warnings: [] });
			expect(
				plan(second, wanted({ jobTitle: 'Director', costCenter: 'CC-2' }, 'whenChanged')).changes,
			).toMatchObject([
				{ attribute: 'costCenter', from: 'by hand', to: 'CC-2', why: 'changed in Humaans' },
			]);
		});
		it('a hand edit survives three runs, until Humaans changes that field', () => {
			const say = (department: string) => wanted({ department, jobTitle: 'Lead' }, 'whenChanged');
			let account = applied(createdFrom(say('Sales')), { department: 'Treasury' });
			for (let run = 1; run <= 3; run++) expect(plan(account, say('Sales')).body).toBeNull();
			account = runs(account, say('Legal'));
			expect(account.department).toBe('Legal');
			account = applied(account, { department: 'Treasury' });
			expect(plan(account, say('Legal')).body).toBeNull();
		});
		it('an edit that Humaans follows is no change later', () => {
			const say = (department: string) => wanted({ department }, 'whenChanged');
			const account = runs(
				applied(createdFrom(say('Sales')), { department: 'Legal' }),
				say('Legal'),
			);
			expect(plan(applied(account, { department: 'Treasury' }), say('Legal')).body).toBeNull();
		});
		it('is only written when a rule needs it or something else is', () => {
			const account = linkedAccount({ department: 'Sales' });
			expect(plan(account, wanted({ department: 'Sales' }, 'always')).body).toBeNull();
			const { changes, body } = plan(account, wanted({ department: 'Sales' }, 'whenChanged'));
			expect(changes).toEqual([
				{
					attribute: 'humaansSync',
					from: null,
					to: null,
					rule: 'whenChanged',
					why: 'remembers what Humaans says now',
				},
			]);
			expect(Object.keys(body!)).toEqual(['attributes']);
		});
		it(
			'more fields than there is room for: those that need to be remembered come first, and ' +
				'what is left out is said',
			() => {
				const slots = Array.from({ length: 100 }, (_, index) => `attributes.a${index}`);
				const rules = (rule: (index: number) => SyncRule) =>
					Object.fromEntries(slots.map((slot, index) => [slot, rule(index)]));
				const values = Object.fromEntries(slots.map((slot) => [slot, 'x']));
				const needed = wanted(
					values,
					rules((index) => (index >= 20 && index < 100 ? 'whenChanged' : 'always')),
				);
				const account = runs(linkedAccount(), needed);
				expect(syncOf(account).length).toBeLessThanOrEqual(1024);
				expect(plan(account, needed).warnings).toEqual([]);
				expect(plan(linkedAccount(), needed).warnings).toEqual([]);
				expect(recordedFor(parseRecord(syncOf(account)), 'attributes.a99')).toBeDefined();
				const tooMany = wanted(values, 'whenChanged');
				const { warnings } = plan(linkedAccount(), tooMany);
				expect(warnings).toHaveLength(1);
				expect(warnings[0]).toMatch(
					/^Too many fields to remember: "Only When Changed in Humaans" treats attributes\.a85, /,
				);
				expect(warnings[0]).toMatch(/attributes\.a99 as never synced\.$/);
				expect(plan(runs(linkedAccount(), tooMany), tooMany).body).toBeNull();
			},
		);
	});

	describe('the manager', () => {
		const desired = (rule: SyncRule, clearEmpty = false) =>
			wanted({ manager: 'boss' }, rule, clearEmpty);
		const known = { managerAccountId: 'account-of-boss' };
		it.each<SyncRule>(['always', 'whenChanged', 'fillEmpty', 'onCreate'])(
			'is set by the next run once both exist: %s',
			(rule) => {
				const account = createdFrom(desired(rule));
				expect(account.manager).toBeUndefined();
				expect(plan(account, desired(rule)).body).toBeNull();
				const next = plan(account, desired(rule), known);
				expect(next.body!.manager).toBe('account-of-boss');
				expect(next.changes[0]!.why).toBe(
					rule === 'onCreate' ? 'was not known at creation' : 'empty in JumpCloud',
				);
				expect(plan(applied(account, next.body), desired(rule), known).body).toBeNull();
			},
		);
		it('of an account that somebody gave a manager meanwhile, or that was adopted, is left by Only on Creation', () => {
			expect(
				plan({ ...createdFrom(desired('onCreate')), manager: 'other' }, desired('onCreate'), known)
					.body,
			).toBeNull();
			expect(plan(linkedAccount(), desired('onCreate'), known).body).toBeNull();
			const set = runs(createdFrom(desired('onCreate')), desired('onCreate'), known);
			expect(plan({ ...set, manager: null }, desired('onCreate'), known).body).toBeNull();
		});
		it('that is awaited is no change in Humaans for another rule', () => {
			const account = { ...createdFrom(desired('onCreate')), manager: 'other' };
			expect(plan(account, desired('whenChanged'), known).body).not.toHaveProperty('manager');
		});
		it('an awaited manager survives other writes', () => {
			const both = wanted(
				{ manager: 'boss', jobTitle: 'Lead' },
				{ manager: 'onCreate', jobTitle: 'always' },
			);
			const account = runs(
				createdFrom(wanted({ manager: 'boss', jobTitle: 'Engineer' }, both.rules)),
				both,
			);
			expect(plan(account, both, known).body!.manager).toBe('account-of-boss');
		});
		it('is created with the account when theirs exists', () =>
			expect(creation(desired('always'), known).manager).toBe('account-of-boss'));
		it('who has left is cleared or kept by the rules', () => {
			const account = createdFrom(desired('always'), known);
			const left = { managerAccountId: null };
			expect(plan(account, desired('always', true), left)).toMatchObject({
				body: { manager: null },
				changes: [
					{ attribute: 'manager', from: 'account-of-boss', to: null, why: 'the manager has left' },
				],
			});
			expect(plan(account, desired('always'), left).body).toBeNull();
			for (const rule of ['whenChanged', 'fillEmpty', 'onCreate'] as const)
				expect(plan(account, desired(rule, true), left).body).toBeNull();
			expect(creation(desired('always'), left)).not.toHaveProperty('manager');
		});
		it('whose account has another id now is no change in Humaans', () => {
			const account = createdFrom(desired('whenChanged'), known);
			expect(
				plan(account, desired('whenChanged'), { managerAccountId: 'new-account' }).body,
			).toBeNull();
		});
		it('who manage each other are no problem', () => {
			let [a, b] = [createdFrom(wanted({ manager: 'b' })), createdFrom(wanted({ manager: 'a' }))];
			a = runs(a, wanted({ manager: 'b' }), { managerAccountId: 'account-b' });
			b = runs(b, wanted({ manager: 'a' }), { managerAccountId: 'account-a' });
			expect([a.manager, b.manager]).toEqual(['account-b', 'account-a']);
		});
	});

	describe('a value that JumpCloud refused', () => {
		const say = (alternateEmail: string) => wanted({ alternateEmail, jobTitle: 'Lead' });
		const refused = new Set(['alternateEmail']);
		const WARNING =
			'JumpCloud refused the alternateEmail of this person (it is in use elsewhere); it is ' +
			'left off until it changes in Humaans.';
		it('is left off, remembered, and not tried again until it changes', () => {
			const first = plan(linkedAccount(), say('a@b.example'), { refused });
			expect(first.body).not.toHaveProperty('alternateEmail');
			expect(first.warnings).toEqual([WARNING]);
			const account = applied(linkedAccount(), first.body);
			expect(plan(account, say('a@b.example'))).toEqual({
				changes: [],
				body: null,
				warnings: [WARNING],
			});
			expect(plan(account, say('new@b.example')).body).toMatchObject({
				alternateEmail: 'new@b.example',
			});
			expect(
				plan({ ...account, alternateEmail: 'A@b.example' }, say('a@b.example')).warnings,
			).toEqual([]);
		});
		it('is remembered although nothing else is written', () => {
			const account = linkedAccount({ jobTitle: 'Lead' });
			const { body, changes } = plan(account, say('a@b.example'), { refused });
			expect(Object.keys(body!)).toEqual(['attributes']);
			expect(changes).toMatchObject([{ attribute: 'humaansSync' }]);
			// Known by then under a value that was good.
			const good = createdFrom(wanted({ alternateEmail: 'a@b.example' }));
			expect(
				plan({ ...good, alternateEmail: '' }, wanted({ alternateEmail: 'a@b.example' }), {
					refused,
				}).body,
			).not.toBeNull();
			expect(plan(applied(account, body), say('a@b.example'), { refused }).body).toBeNull();
			expect(
				plan(applied(account, body), wanted({ alternateEmail: 'b@b.example' }), { refused }).body,
			).not.toBeNull();
		});
		it('at creation', () => {
			const account = createdFrom(say('a@b.example'), { refused });
			expect(account.alternateEmail).toBeUndefined();
			expect(plan(account, say('a@b.example'))).toMatchObject({ body: null, warnings: [WARNING] });
		});
	});

	describe('what another directory owns', () => {
		it('is named by restrictedFields, or all of it when the account is managed elsewhere', () => {
			expect(restrictedRoots(linkedAccount()).size).toBe(0);
			expect([
				...restrictedRoots(
					linkedAccount({ restrictedFields: [{ field: 'jobTitle' }], externally_managed: true }),
				),
			]).toEqual(['jobTitle']);
			expect(restrictedRoots(linkedAccount({ externally_managed: true })).has('phoneNumbers')).toBe(
				true,
			);
			expect(restrictedRoots(linkedAccount({ externally_managed: true })).has('attributes')).toBe(
				false,
			);
			expect([...restrictedRoots(linkedAccount({ externally_managed: true }))]).toEqual(
				expect.arrayContaining([
					'addresses',
					'company',
					'costCenter',
					'department',
					'description',
					'displayname',
					'email',
					'employeeIdentifier',
					'employeeType',
					'firstname',
					'jobTitle',
					'lastname',
					'location',
					'middlename',
				]),
			);
			expect(restrictedRoots(linkedAccount({ externally_managed: false })).size).toBe(0);
		});
		it('is left and said; the other fields go on', () => {
			const account = linkedAccount({
				restrictedFields: [{ field: 'jobTitle' }, { field: 'phoneNumbers' }],
				jobTitle: 'Wizard',
			});
			const { body, changes, warnings } = plan(
				account,
				wanted({ jobTitle: 'Lead', 'phoneNumbers.work': '1', department: 'Sales' }),
			);
			expect(changes.map((change) => change.attribute)).toEqual(['department']);
			expect(Object.keys(body!)).toEqual(['department', 'attributes']);
			expect(warnings).toEqual([
				'jobTitle is managed by another directory in JumpCloud and is left alone.',
				'phoneNumbers.work is managed by another directory in JumpCloud and is left alone.',
			]);
		});
		it('is not remembered as written: it comes when it is free again', () => {
			const say = (jobTitle: string) => wanted({ jobTitle, department: jobTitle }, 'whenChanged');
			const account = {
				...createdFrom(say('Engineer')),
				restrictedFields: [{ field: 'jobTitle' }],
			};
			const next = runs(account, say('Lead'));
			expect(next).toMatchObject({ jobTitle: 'Engineer', department: 'Lead' });
			expect(runs({ ...next, restrictedFields: [] }, say('Lead')).jobTitle).toBe('Lead');
		});
		it('nothing is said where nothing would be written', () => {
			const account = linkedAccount({
				restrictedFields: [{ field: 'jobTitle' }],
				jobTitle: 'Lead',
			});
			expect(plan(account, wanted({ jobTitle: 'Lead' })).warnings).toEqual([]);
			expect(plan(account, wanted({ jobTitle: 'Other' }, 'onCreate')).warnings).toEqual([]);
			expect(plan(account, wanted({ jobTitle: 'Lead' }, 'whenChanged')).body).toBeNull();
		});
	});
});
