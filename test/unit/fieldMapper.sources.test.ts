import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COUNTRY_CODES, countryCodeOf } from '../../nodes/core/mapping/countries';
import { DEFAULT_FIELD_IDS, FIELDS, fieldById } from '../../nodes/core/mapping/fields';
import { customField, fullAddress, joined, oneLine } from '../../nodes/core/mapping/sources';
import { unknownFields } from '../../nodes/core/mapping/unknownFields';
import { isNeverEmptied, isMappable } from '../../nodes/core/account/slots';
import { ana, map, mapped } from './fieldMapperPeople';

describe('one line', () => {
	it.each<[unknown, unknown]>([
		['as it is', 'as it is'],
		['  ends \t', 'ends'],
		[' leads', 'leads'],
		['two  spaces', 'two spaces'],
		['tab\there', 'tab here'],
		['no-break\u00a0space', 'no-break space'],
		['one\ntwo\r\n\r\n three \u2028four\u2029five', 'one, two, three, four, five'],
		['\n\n', null],
		[' ', null],
		['', null],
		[null, null],
		[undefined, undefined],
		[12.5, '12.5'],
		[NaN, undefined],
		[{}, undefined],
		[true, undefined],
	])('%j is %j', (value, line) => expect(oneLine(value)).toBe(line));

	it('several values are joined in the order of the alphabet, each once', () => {
		expect(joined(['French', ' English ', 'French', '', null, 7])).toBe('7, English, French');
		expect(joined([])).toBeNull();
		expect(joined([null, ''])).toBeNull();
	});
});

describe('custom fields', () => {
	const person = ana({
		customFields: { Languages: ['French', 'English'], ' cost CENTER ': 'CC-1', Company: null },
	});
	it('by any of its names, in any case', () => {
		expect(customField(person, 'Cost centre', 'Cost center')).toBe('CC-1');
		expect(customField(person, 'languages')).toBe('English, French');
	});
	it('empty, and not there', () => {
		expect(customField(person, 'Company')).toBeNull();
		expect(customField(person, 'T-shirt')).toBeUndefined();
		expect(customField(ana(), 'Company')).toBeUndefined();
		expect(customField(ana({ customFields: null as never }), 'Company')).toBeUndefined();
	});
});

describe('countries', () => {
	it('249 codes of ISO 3166-1', () => expect(COUNTRY_CODES.size).toBe(249));
	it.each([
		['DE', 'DE'],
		[' gb ', 'GB'],
		['Germany', 'DE'],
		['  united   KINGDOM', 'GB'],
		['uk', 'GB'],
		['USA', 'US'],
		['Türkiye', 'TR'],
		['Turkey', 'TR'],
		['Côte d’Ivoire', 'CI'],
		['Ivory Coast', 'CI'],
		['Trinidad & Tobago', 'TT'],
		['Trinidad and Tobago', 'TT'],
		['Czech Republic', 'CZ'],
		['Viet Nam', 'VN'],
		['The Netherlands', 'NL'],
		['Portugal', 'PT'],
	])('%s is %s', (name, code) => expect(countryCodeOf(name)).toBe(code));
	it.each(['XX', 'EU', 'ZZ', 'Deutschland', 'Atlantis', '', 'constructor'])(
		'%j is not guessed',
		(name) => expect(countryCodeOf(name)).toBeUndefined(),
	);
});

describe('the address', () => {
	const parts = {
		address: '1 High Street\nFlat 2',
		city: 'London',
		state: null,
		postcode: ' E1 ',
		countryCode: 'gb',
		country: 'United Kingdom',
	};
	it('is street, locality, region, postal code and ISO country', () =>
		expect(mapped('fullAddress', parts)).toEqual({
			streetAddress: '1 High Street, Flat 2',
			locality: 'London',
			region: '',
			postalCode: 'E1',
			country: 'GB',
		}));
	it('takes the code from the name when only that is there', () => {
		expect(mapped('fullAddress', { ...parts, countryCode: null })).toMatchObject({ country: 'GB' });
		expect(
			mapped('fullAddress', { ...parts, countryCode: undefined, country: 'Poland' }),
		).toMatchObject({ country: 'PL' });
		expect(mapped('fullAddress', { ...parts, countryCode: null, country: null })).toMatchObject({
			country: '',
		});
	});
	it('a country that is none is left as it is, and said', () => {
		const { attributes, problems } = map(
			{ ...parts, countryCode: null, country: 'Narnia' },
			{ fields: ['fullAddress'] },
		);
		expect(attributes['addresses.home']).toEqual({
			streetAddress: '1 High Street, Flat 2',
			locality: 'London',
			region: '',
			postalCode: 'E1',
		});
		expect(problems).toEqual([
			{
				field: 'fullAddress',
				message: expect.stringContaining('neither an ISO code nor a country name'),
			},
		]);
	});
	it('a country alone is no address', () =>
		expect(
			mapped('fullAddress', {
				address: null,
				city: null,
				state: null,
				postcode: null,
				countryCode: 'GB',
			}),
		).toBeNull());
	it('what is unknown is unknown', () => {
		expect(fullAddress(ana())).toBeUndefined();
		expect(fullAddress(ana({ address: null, city: null, countryCode: 'GB' }))).toBeUndefined();
		expect(fullAddress(ana({ city: 'Rome' }))).toEqual({ locality: 'Rome' });
	});
});

describe('the other sources', () => {
	it('the formatted number only where the token cannot read the other', () => {
		expect(mapped('phoneNumber', { phoneNumber: '+4420', formattedPhoneNumber: '+44 20' })).toBe(
			'+4420',
		);
		expect(mapped('phoneNumber', { formattedPhoneNumber: '+44 20' })).toBe('+44 20');
		expect(mapped('phoneNumber', { phoneNumber: null, formattedPhoneNumber: '+44 20' })).toBeNull();
		expect(mapped('personalPhoneNumber', { formattedPersonalPhoneNumber: '+44 7' })).toBe('+44 7');
	});
	it('location and manager: a value, none, unknown', () => {
		expect(
			mapped('location', {
				location: { id: 'l', name: null, city: null, country: null, timezone: null },
			}),
		).toBeNull();
		expect(mapped('location', { location: null })).toBeNull();
		expect(mapped('location', {})).toBeUndefined();
		expect(mapped('manager', { manager: null })).toBeNull();
		expect(mapped('manager', {})).toBeUndefined();
	});
	describe('S12: a personal email of the company’s own domain', () => {
		const OWN =
			'The personal email in Humaans is of the company’s own domain, where it can be somebody’s ' +
			'work email, so it is left off.';
		const workEmail = { missing: 'pattern' as const, pattern: '{first}', domain: '@ACME.example ' };
		it.each([
			['carla.neu@acme.example', 'ana@acme.example', undefined],
			['Carla.Neu@ACME.example\u200b', 'ana@acme.example', undefined],
			['carla.neu@acme.example', null, workEmail],
		])('%j beside %j is left off, and said', (personalEmail, email, made) => {
			const settings = { fields: ['personalEmail'], ...(made ? { workEmail: made } : {}) };
			const { attributes, problems } = map({ personalEmail, email }, settings);
			expect(attributes).toEqual({});
			expect(problems).toEqual([{ field: 'personalEmail', message: OWN }]);
		});
		it.each([
			['carla@home.example', 'ana@acme.example'],
			['carla@acme.example.org', 'ana@acme.example'],
			['carla@notacme.example', 'ana@acme.example'],
			['carla@acme.example', null],
		])('%j beside %j is not', (personalEmail, email) => {
			const { attributes } = map({ personalEmail, email }, { fields: ['personalEmail'] });
			expect(attributes.alternateEmail).toBe(personalEmail);
		});
	});
	it('a personal email that is none is reported, not sent', () => {
		const { attributes, problems } = map(
			{ personalEmail: 'nobody' },
			{ fields: ['personalEmail'] },
		);
		expect(attributes).toEqual({});
		expect(problems).toEqual([
			{
				field: 'personalEmail',
				message: 'The personal email in Humaans is not a valid email address.',
			},
		]);
	});
	it('a work email that is none stops a creation', () => {
		expect(map({ email: 'nobody' }, { fields: ['workEmail'] }).problems).toEqual([
			{
				field: 'workEmail',
				message: 'The work email in Humaans is not a valid email address.',
				blocking: true,
			},
		]);
	});
	it('somebody who is their own manager is reported', () => {
		const { attributes, problems } = map(
			{ manager: { id: ana().id, name: null, email: null } },
			{ fields: ['manager'] },
		);
		expect(attributes).toEqual({});
		expect(problems).toEqual([
			{ field: 'manager', message: 'Humaans names this person as their own manager.' },
		]);
	});
});

describe('the table of fields', () => {
	it('ticks the ten default fields', () =>
		expect(DEFAULT_FIELD_IDS).toEqual([
			'firstName',
			'lastName',
			'workEmail',
			'personalEmail',
			'jobTitle',
			'department',
			'employeeId',
			'phoneNumber',
			'personalPhoneNumber',
			'fullAddress',
		]));
	it('has each field and each slot once, every slot one that may be written', () => {
		expect(new Set(FIELDS.map((field) => field.id)).size).toBe(FIELDS.length);
		expect(new Set(FIELDS.map((field) => field.slot)).size).toBe(FIELDS.length);
		expect(FIELDS.filter((field) => !isMappable(field.slot))).toEqual([]);
	});
	it('agrees with the writes about what is never cleared', () => {
		for (const field of FIELDS)
			expect([field.slot, field.clearable]).toEqual([field.slot, !isNeverEmptied(field.slot)]);
		expect(isNeverEmptied('username')).toBe(true);
	});
	it('says a source and a normalisation of each', () =>
		expect(FIELDS.filter((field) => field.source === '' || field.normalisation === '')).toEqual(
			[],
		));
	it('has limits no greater than the schema says', () => {
		expect(fieldById('employeeId')!.limit).toBe(256);
		expect(
			FIELDS.filter((field) => field.id !== 'employeeId').every((field) => field.limit === 1024),
		).toBe(true);
	});
	it('nothing in it is a password', () =>
		expect(
			readFileSync(join(__dirname, '..', '..', 'nodes', 'core', 'mapping', 'fields.ts'), 'utf8'),
		).not.toMatch(/password/i));
	it('an id that is none is reported', () =>
		expect(map({}, { fields: ['constructor'] }).problems).toEqual([
			{ field: 'constructor', message: 'There is no field "constructor".' },
		]));
});

describe('ticked fields that nobody has', () => {
	const CUSTOM =
		'Cost Center is ticked, and was not read of anybody in this run. Add Custom Fields under ' +
		'Options → Include of the Humaans node.';
	it('custom fields that were not read are said, also of one person', () => {
		expect(unknownFields([ana()], ['costCentre', 'firstName'])).toEqual([CUSTOM]);
		expect(unknownFields([ana({ customFields: {} })], ['costCentre'])).toEqual([]);
		expect(
			unknownFields([ana(), ana({ customFields: { 'Cost centre': null } })], ['costCentre']),
		).toEqual([]);
	});
	it('other things only of many: one person may well have no job role', () => {
		const many = (patch = {}) => Array.from({ length: 5 }, () => ana(patch));
		expect(unknownFields([ana()], ['jobTitle', 'location', 'phoneNumber'])).toEqual([]);
		expect(unknownFields(many(), ['jobTitle'])).toEqual([
			expect.stringMatching(/^Job Title is ticked, and was not read .* Add Job Roles/),
		]);
		expect(unknownFields(many(), ['location'])).toEqual([expect.stringMatching(/Add Locations/)]);
		expect(unknownFields(many().slice(1), ['location'])).toEqual([]);
		expect(unknownFields(many({ department: null }), ['jobTitle'])).toEqual([
			expect.stringMatching(
				/^Job Title is ticked, and Humaans tells it \(job role in force: jobTitle\) of nobody/,
			),
		]);
		expect(unknownFields(many({ manager: null }), ['jobTitle'])).toEqual([
			expect.stringMatching(/of nobody/),
		]);
		expect(unknownFields(many({ location: null }), ['location'])).toEqual([]);
		expect(unknownFields(many(), ['phoneNumber'])).toEqual([
			'Phone Number is ticked, and Humaans tells it (phoneNumber, or formattedPhoneNumber ' +
				'when that is all the token reads) of nobody in this run. It stays as it is.',
		]);
	});
	it('nothing of nobody, nor of fields there are not', () => {
		expect(unknownFields([], ['costCentre'])).toEqual([]);
		expect(unknownFields([ana()], ['nonsense'])).toEqual([]);
	});
});
