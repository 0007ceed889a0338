import fc from 'fast-check';
import { USERNAME_LIMIT } from '../../nodes/core/mapping/username';
import { DEFAULT_FIELD_IDS } from '../../nodes/core/mapping/fields';
import { mapPerson, type MapperSettings } from '../../nodes/core/mapping/desired';
import type { Desired, Person } from '../../nodes/core/subject';

export const ana = (patch: Partial<Person> = {}): Person => ({
	id: 'person00000000000000000a',
	status: 'active',
	firstName: 'Ana',
	lastName: 'Silva',
	email: 'ana.silva@acme.example',
	...patch,
});

export const settings = (patch: Partial<MapperSettings> = {}): MapperSettings => ({
	fields: DEFAULT_FIELD_IDS,
	rule: 'always',
	fieldRules: {},
	clearEmpty: false,
	customMappings: [],
	username: { strategy: 'workEmail', limit: USERNAME_LIMIT },
	...patch,
});

export const map = (person: Partial<Person> = {}, patch: Partial<MapperSettings> = {}): Desired =>
	mapPerson(ana(person), settings(patch));

/** One field of one person, as JumpCloud should hold it. */
export function mapped(
	field: string,
	person: Partial<Person>,
): Desired['attributes'][string] | undefined {
	return Object.values(map(person, { fields: [field] }).attributes)[0];
}

/**
 * Texts as they come: every script, white space of all kinds, control characters, lone surrogates.
 */
export const anyText = fc.oneof(
	fc.string({ unit: 'grapheme', maxLength: 40 }),
	fc.string({ unit: 'binary', maxLength: 40 }),
	fc.constantFrom(
		'  a  b ',
		'line\nbreak\r\n\r\nthere',
		'\u00a0',
		'',
		'x'.repeat(1025),
		'a@b.example',
		'ＦＵＬＬ',
	),
);
const three = <T>(value: fc.Arbitrary<T>) =>
	fc.option(fc.option(value, { nil: null }), { nil: undefined });
const TEXTS = [
	'firstName',
	'middleName',
	'lastName',
	'preferredName',
	'email',
	'personalEmail',
	'phoneNumber',
	'formattedPhoneNumber',
	'personalPhoneNumber',
	'address',
	'city',
	'state',
	'postcode',
	'countryCode',
	'country',
	'contractType',
	'employeeId',
	'employmentStartDate',
	'jobTitle',
	'department',
] as const;

/** Somebody of whom each value is known, explicitly empty or unknown. */
export const anyPerson: fc.Arbitrary<Person> = fc
	.record({
		...Object.fromEntries(
			TEXTS.map((name) => [
				name,
				three(
					name === 'countryCode'
						? fc.constantFrom('DE', 'gb', 'XX')
						: name.endsWith('mail')
							? fc.oneof(fc.emailAddress(), anyText)
							: anyText,
				),
			]),
		),
		manager: three(
			fc.constantFrom('boss', 'person').map((id) => ({ id, name: null, email: null })),
		),
		location: three(
			anyText.map((name) => ({ id: 'l', name, city: null, country: null, timezone: null })),
		),
		customFields: fc.option(
			fc.dictionary(
				fc.constantFrom('Company', 'Cost centre', 'Languages'),
				fc.oneof(anyText, fc.array(anyText), fc.constant(null)),
			),
			{ nil: undefined },
		),
	})
	.map((person) => ({
		id: 'person00000000000000000a',
		status: 'active' as const,
		...Object.fromEntries(Object.entries(person).filter(([, value]) => value !== undefined)),
	}));
