import { CUSTOM_TARGETS, customTarget, customValue } from '../../nodes/core/mapping/targets';
import { madeWorkEmail } from '../../nodes/core/mapping/workEmail';
import { isMappable } from '../../nodes/core/account/slots';
import type { SyncRule } from '../../nodes/core/subject';
import { ana, map } from './fieldMapperPeople';

const custom = (slot: string, value: unknown, rule: SyncRule | 'default' = 'default') =>
	map({}, { fields: [], rule: 'fillEmpty', customMappings: [{ slot, value, rule }] });

describe('rules', () => {
	it('one for all, and others for single fields', () =>
		expect(
			map(
				{ jobTitle: 'Engineer' },
				{
					fields: ['firstName', 'jobTitle'],
					rule: 'whenChanged',
					fieldRules: { jobTitle: 'onCreate' },
				},
			).rules,
		).toEqual({ firstname: 'whenChanged', jobTitle: 'onCreate' }));
	it('a custom mapping has its own, or the one for all', () => {
		expect(custom('description', 'x').rules).toEqual({ description: 'fillEmpty' });
		expect(custom('description', 'x', 'onCreate').rules).toEqual({ description: 'onCreate' });
	});
	it('the clearing switch goes along', () =>
		expect([map().clearEmpty, map({}, { clearEmpty: true }).clearEmpty]).toEqual([false, true]));
});

describe('limits', () => {
	it('a value that is too long is reported for that field, and the rest goes on', () => {
		const { attributes, problems } = map(
			{ employeeId: 'x'.repeat(257), firstName: 'y'.repeat(1024) },
			{ fields: ['employeeId', 'firstName', 'lastName'] },
		);
		expect(attributes).toEqual({ firstname: 'y'.repeat(1024), lastname: 'Silva' });
		expect(problems).toEqual([
			{
				field: 'employeeId',
				message: 'The value has 257 characters; JumpCloud takes at most 256. It is left as it is.',
			},
		]);
	});
	it('of an address the longest part counts', () => {
		const { attributes, problems } = map(
			{ address: 'x'.repeat(1025), city: 'Rome', state: null, postcode: null },
			{ fields: ['fullAddress'] },
		);
		expect(attributes).toEqual({});
		expect(problems[0]!.message).toMatch(/^The value has 1025 characters/);
		expect(
			map({ address: 'x'.repeat(1024), city: 'y'.repeat(1024) }, { fields: ['fullAddress'] })
				.problems,
		).toEqual([]);
	});
	it('of a custom mapping too', () => {
		expect(custom('employeeIdentifier', 'x'.repeat(257)).problems).toEqual([
			{ field: 'employeeIdentifier', message: expect.stringMatching(/257 .* 256/) },
		]);
		expect(custom('attributes.bio', 'x'.repeat(1025)).attributes).toEqual({});
		expect(custom('attributes.bio', 'x'.repeat(1024)).problems).toEqual([]);
	});
});

describe('custom mappings', () => {
	it('offer attributes that may be written, and no others', () => {
		expect([...CUSTOM_TARGETS.keys()].filter((slot) => !isMappable(slot))).toEqual([]);
		expect([...CUSTOM_TARGETS.values()].map(({ label }) => label)).toEqual([
			...new Set([...CUSTOM_TARGETS.values()].map(({ label }) => label)),
		]);
	});
	it.each([
		'password',
		'state',
		'suspended',
		'sudo',
		'username',
		'admin',
		'_id',
		'constructor',
		'toString',
		'__proto__',
		'phoneNumbers',
		'phoneNumbers.pager',
		'addresses.moon',
		'attributes',
		'',
	])('%j cannot be mapped', (slot) => {
		expect(custom(slot, 'x')).toMatchObject({
			attributes: {},
			rules: {},
			problems: [
				{ field: slot, message: `"${slot}" cannot be mapped. Choose an attribute from the list.` },
			],
		});
	});
	it.each([
		['attributes.', 'A custom mapping has no attribute name.'],
		[
			'attributes.t-shirt',
			'"t-shirt" is not a custom attribute name: JumpCloud takes letters and digits only, under 32 characters.',
		],
		['attributes.größe', expect.stringContaining('letters and digits only')],
		[`attributes.${'a'.repeat(32)}`, expect.stringContaining('under 32')],
		['attributes.a.b', expect.stringContaining('letters and digits only')],
		['attributes.humaansId', '"humaansId" is kept by this package and cannot be mapped.'],
		['attributes.HUMAANSSYNC', '"HUMAANSSYNC" is kept by this package and cannot be mapped.'],
		['attributes.password', 'Passwords cannot be mapped: JumpCloud controls them.'],
		['attributes.wifiPasswd', 'Passwords cannot be mapped: JumpCloud controls them.'],
	])('%s: %s', (slot, message) =>
		expect(custom(slot, 'x').problems).toEqual([{ field: slot, message }]),
	);
	it('a good name is taken, up to 31 characters', () => {
		expect(customTarget('attributes.tshirtSize2')).toMatchObject({ limit: 1024 });
		expect(custom(`attributes.${'a'.repeat(31)}`, 'x').problems).toEqual([]);
		expect(custom('attributes.constructor', 'x').attributes).toEqual({
			'attributes.constructor': 'x',
		});
	});
	it('go before a ticked field, a later one before an earlier one', () => {
		const mappings = [
			{ slot: 'firstname', value: 'Annie', rule: 'default' as const },
			{ slot: 'lastname', value: 'A', rule: 'default' as const },
			{ slot: 'lastname', value: 'B', rule: 'onCreate' as const },
		];
		expect(map({}, { fields: ['firstName'], customMappings: mappings })).toMatchObject({
			attributes: { firstname: 'Annie', lastname: 'B' },
			rules: { firstname: 'always', lastname: 'onCreate' },
		});
	});

	describe('take the place of a ticked field of the same attribute, whatever they yield', () => {
		const ROLE = { jobTitle: 'Engineer', department: 'Sales' };
		const mapped = (slot: string, value: unknown, person = {}) =>
			map(person, {
				fields: ['workEmail', 'department', 'jobTitle'],
				customMappings: [{ slot, value, rule: 'default' }],
			});
		it('a mapped email that is none never becomes the work email of Humaans', () => {
			const { attributes, rules, problems } = mapped('email', 'ana silva@corp.example', ROLE);
			expect(attributes).toEqual({ department: 'Sales', jobTitle: 'Engineer' });
			expect(rules).toEqual({ department: 'always', jobTitle: 'always' });
			expect(problems).toEqual([
				{
					field: 'email',
					message: 'The expression does not yield a valid email address.',
					blocking: true,
				},
			]);
		});
		it('a mapped email that is unknown is not made from the name either', () => {
			const settings = {
				fields: ['workEmail'],
				workEmail: {
					missing: 'pattern' as const,
					pattern: '{first}.{last}',
					domain: 'acme.example',
				},
				customMappings: [{ slot: 'email', value: undefined, rule: 'default' as const }],
			};
			expect(map({ email: null }, settings)).toMatchObject({ rules: {}, problems: [] });
			expect(map({ email: null }, settings).attributes).toEqual({});
		});
		it('unknown touches nothing', () => {
			const { attributes, problems } = mapped('department', undefined, ROLE);
			expect([attributes, problems]).toEqual([
				{ email: 'ana.silva@acme.example', jobTitle: 'Engineer' },
				[],
			]);
		});
		it.each<[string, unknown, RegExp]>([
			['too long', 'x'.repeat(1025), /1025 .* 1024/],
			['an object', { a: 1 }, /yields an object/],
		])('%s is reported and left as it is', (_, value, message) => {
			const { attributes, problems } = mapped('department', value, ROLE);
			expect(attributes).toEqual({ email: 'ana.silva@acme.example', jobTitle: 'Engineer' });
			expect(problems).toEqual([{ field: 'department', message: expect.stringMatching(message) }]);
		});
		it('what is wrong with the ticked field is no problem then', () =>
			expect(mapped('email', 'ana@corp.example', { email: 'nobody', ...ROLE })).toMatchObject({
				attributes: { email: 'ana@corp.example' },
				problems: [],
			}));
		it('and a later one takes the place of an earlier one', () => {
			const two = (first: unknown, second: unknown) =>
				map(
					{},
					{
						fields: ['workEmail'],
						customMappings: [first, second].map((value) => ({
							slot: 'email',
							value,
							rule: 'default' as const,
						})),
					},
				);
			expect(two('nobody', 'ana@corp.example')).toMatchObject({
				attributes: { email: 'ana@corp.example' },
				problems: [],
			});
			expect(two('ana@corp.example', 'nobody').attributes).toEqual({});
			expect(two('ana@corp.example', 'nobody').problems).toMatchObject([
				{ field: 'email', blocking: true },
			]);
			expect(two('ana@corp.example', undefined).attributes).toEqual({});
		});
	});

	it.each<[string, unknown, unknown]>([
		['text', ' two  words ', 'two words'],
		['a number', 42, '42'],
		['yes or no', false, 'false'],
		['nothing', null, null],
		['an empty text', '', null],
		['unknown', undefined, undefined],
		['no number', NaN, undefined],
		['several values', ['b', 'a'], 'a, b'],
		['no values', [], null],
		['a date', new Date(Date.UTC(2026, 0, 2)), '2026-01-02T00:00:00.000Z'],
		['a date of an n8n expression', { toISO: () => '2026-01-02' }, '2026-01-02'],
	])('an expression that yields %s', (_, value, yielded) =>
		expect(customValue('description', value)).toEqual({ value: yielded }),
	);
	it.each<[string, unknown]>([
		['an object', { a: 1 }],
		['a list of objects', [{ a: 1 }]],
		['a list with a list', [['a']]],
		['a date that is none', new Date(NaN)],
		['a Luxon date that is none', { toISO: () => null }],
	])('an expression that yields %s is reported', (_, value) => {
		expect(custom('description', value)).toMatchObject({
			attributes: {},
			problems: [
				{
					field: 'description',
					message: 'The expression yields an object, not a text. Choose one of its values.',
				},
			],
		});
	});
	it('a list may hold nothing in places', () =>
		expect(customValue('description', ['a', null])).toEqual({ value: 'a' }));
	it('unknown never touches, empty is empty', () => {
		expect(custom('description', undefined).attributes).toEqual({});
		expect(custom('description', '').attributes).toEqual({ description: null });
	});
	it.each(['email', 'alternateEmail'])('%s takes an email address only', (slot) => {
		expect(custom(slot, 'a@b.example').attributes).toEqual({ [slot]: 'a@b.example' });
		expect(custom(slot, null).attributes).toEqual({ [slot]: null });
		expect(custom(slot, 'nobody').problems).toEqual([
			{
				field: slot,
				message: 'The expression does not yield a valid email address.',
				...(slot === 'email' ? { blocking: true } : {}),
			},
		]);
		expect(custom('description', 'nobody').problems).toEqual([]);
	});
	it('an address takes a line, or its parts', () => {
		expect(customValue('addresses.work', 'Dock 1\nGate 2')).toEqual({
			value: { streetAddress: 'Dock 1, Gate 2' },
		});
		expect(customValue('addresses.work', null)).toEqual({ value: null });
		expect(customValue('addresses.work', undefined)).toEqual({ value: undefined });
		expect(
			customValue('addresses.work', {
				streetAddress: 'Dock 1',
				locality: '',
				region: 'R',
				postalCode: 12,
				country: 'Portugal',
				password: 'x',
			}),
		).toEqual({
			value: {
				streetAddress: 'Dock 1',
				locality: '',
				region: 'R',
				postalCode: '12',
				country: 'PT',
			},
		});
		expect(customValue('addresses.work', { locality: null, country: null })).toEqual({
			value: null,
		});
		expect(customValue('addresses.work', { locality: 'Rome', country: 'Narnia' })).toEqual({
			value: { locality: 'Rome' },
		});
		expect(customValue('addresses.work', { street: 'Dock 1' })).toEqual({
			problem: expect.stringContaining('streetAddress, locality'),
		});
	});
});

describe('a missing work email', () => {
	const made = (person = {}, patch = {}) =>
		madeWorkEmail(ana(person), {
			missing: 'pattern',
			pattern: '{first}.{last}',
			domain: 'acme.example',
			...patch,
		});
	const withPattern = {
		fields: ['workEmail'],
		workEmail: { missing: 'pattern' as const, pattern: '{first}.{last}', domain: 'acme.example' },
	};

	it('is left to a person by default', () => {
		expect(map({ email: null }, { fields: ['workEmail'] })).toMatchObject({
			attributes: { email: null },
			problems: [],
		});
		expect(
			map(
				{ email: null },
				{ ...withPattern, workEmail: { ...withPattern.workEmail, missing: 'review' } },
			).attributes,
		).toEqual({ email: null });
	});
	it('can be made from the name, for the creation alone', () =>
		expect(map({ email: null }, withPattern)).toMatchObject({
			attributes: { email: 'ana.silva@acme.example' },
			rules: { email: 'onCreate' },
			problems: [],
		}));
	it('is not made when there is one, nor when it is unknown', () => {
		expect(map({}, withPattern)).toMatchObject({
			attributes: { email: 'ana.silva@acme.example' },
			rules: { email: 'always' },
		});
		expect(map({ email: undefined }, withPattern).attributes).toEqual({});
	});
	it('a name that gives nothing stops the creation', () => {
		expect(map({ email: null, firstName: '王' }, withPattern)).toMatchObject({
			attributes: {},
			problems: [
				{
					field: 'workEmail',
					blocking: true,
					message: expect.stringContaining('the name gives nothing'),
				},
			],
		});
		expect(map({ email: null, firstName: null }, withPattern).problems[0]!.message).not.toMatch(
			/Silva/,
		);
	});
	it.each([
		['{first}.{last}', 'jose.nunez'],
		['{f}{last}', 'jnunez'],
		['{first}{l}', 'josen'],
		['{preferred}_{middle}', 'pepe_maria'],
		['Staff-{First}'.toLowerCase(), 'staff-jose'],
		[' {last} ', 'nunez'],
	])('%s', (pattern, local) =>
		expect(
			made(
				{ firstName: 'José', middleName: 'María', lastName: 'Núñez', preferredName: 'Pepe' },
				{ pattern },
			),
		).toEqual({ email: `${local}@acme.example` }),
	);
	it('the preferred name falls back to the first', () =>
		expect(made({}, { pattern: '{preferred}' })).toEqual({ email: 'ana@acme.example' }));
	it('capitals of the pattern become small', () =>
		expect(made({}, { pattern: 'X{f}' })).toEqual({ email: 'xa@acme.example' }));
	it('the domain may have an @, spaces and capitals', () =>
		expect(made({}, { domain: ' @Acme.EXAMPLE ' })).toEqual({ email: 'ana.silva@acme.example' }));
	it.each(['', 'acme', 'a b.example', '@', 'a@b.example'])('%j is not a domain', (domain) =>
		expect(made({}, { domain })).toEqual({ problem: expect.stringContaining('not a domain') }),
	);
	it.each(['{name}', '{First}', '{}', '{first}{nickname}'])(
		'%s has a part there is not',
		(pattern) =>
			expect(made({}, { pattern })).toEqual({ problem: expect.stringContaining('unknown part') }),
	);
	it.each([
		'',
		'.',
		'{first}..{last}',
		'{first}.',
		'{first} {last}',
		'{first}@{last}',
		'x'.repeat(65),
		'{first',
	])('%j gives no address', (pattern) =>
		expect(made({}, { pattern })).toEqual({
			problem: expect.stringContaining('does not give a valid address'),
		}),
	);
	it('64 characters before the @ are an address', () =>
		expect(made({}, { pattern: 'x'.repeat(64) })).toEqual({
			email: `${'x'.repeat(64)}@acme.example`,
		}));
});
