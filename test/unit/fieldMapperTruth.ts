/**
 * The truth table: each field × each rule × each situation, and the request that is expected.
 * Written by hand, apart from the code: docs/field-mapping.md shows it,
 * fieldMapper.truthTable.test.ts holds the code against it.
 */
import type { Person, SyncRule } from '../../nodes/core/subject';

/** What of an account a field is about, as a request carries it. */
export type Holding = Record<string, unknown>;

export interface FieldSample {
	/** In Humaans when it was last written, and now. */
	was: Partial<Person>;
	now: Partial<Person>;
	empty: Partial<Person>;
	wasHolds: Holding;
	nowHolds: Holding;
	/** Put there by hand in JumpCloud. */
	editedHolds: Holding;
	/** What a request holds to empty it; null: it is never emptied. */
	cleared: Holding | null;
}

const text = (
	source: keyof Person,
	attribute: string,
	[was, now, edited]: readonly [string, string, string],
	clearable = true,
): FieldSample => ({
	was: { [source]: was },
	now: { [source]: now },
	empty: { [source]: null },
	wasHolds: { [attribute]: was },
	nowHolds: { [attribute]: now },
	editedHolds: { [attribute]: edited },
	cleared: clearable ? { [attribute]: '' } : null,
});
const custom = (
	name: string,
	attribute: string,
	[was, now, edited]: readonly [string, string, string],
): FieldSample => ({
	was: { customFields: { [name]: was } },
	now: { customFields: { [name]: now } },
	empty: { customFields: { [name]: null } },
	wasHolds: { [attribute]: was },
	nowHolds: { [attribute]: now },
	editedHolds: { [attribute]: edited },
	cleared: { [attribute]: '' },
});
const phone = (
	source: keyof Person,
	type: string,
	[was, now, edited]: readonly [string, string, string],
): FieldSample => ({
	was: { [source]: was },
	now: { [source]: now },
	empty: { [source]: null },
	wasHolds: { phoneNumbers: [{ type, number: was }] },
	nowHolds: { phoneNumbers: [{ type, number: now }] },
	editedHolds: { phoneNumbers: [{ type, number: edited }] },
	cleared: { phoneNumbers: [] },
});
const home = (streetAddress: string) => ({
	addresses: [
		{ type: 'home', streetAddress, locality: 'Porto', postalCode: '4000-100', country: 'PT' },
	],
});
const rest = { city: 'Porto', state: null, postcode: '4000-100', countryCode: 'PT' };
const place = (name: string | null): Partial<Person> => ({
	location: name === null ? null : { id: 'l1', name, city: null, country: null, timezone: null },
});
const boss = (id: string | null): Partial<Person> => ({
	manager: id === null ? null : { id, name: null, email: null },
});

/** JumpCloud ids of the managers' accounts, by their Humaans id. */
export const MANAGER_ACCOUNTS: Readonly<Record<string, string>> = {
	'person-of-rita': 'account-of-rita',
	'person-of-omar': 'account-of-omar',
};

export const SAMPLES: Readonly<Record<string, FieldSample>> = {
	firstName: text('firstName', 'firstname', ['Ana', 'Anna', 'Annie'], false),
	lastName: text('lastName', 'lastname', ['Silva', 'Costa', 'Silva Costa'], false),
	workEmail: text(
		'email',
		'email',
		['ana@acme.example', 'anna@acme.example', 'hello@acme.example'],
		false,
	),
	personalEmail: text('personalEmail', 'alternateEmail', [
		'ana@mail.example',
		'anna@mail.example',
		'other@mail.example',
	]),
	jobTitle: text('jobTitle', 'jobTitle', ['Engineer', 'Lead Engineer', 'Wizard']),
	department: text('department', 'department', ['Sales', 'Legal', 'Treasury']),
	employeeId: text('employeeId', 'employeeIdentifier', ['A1', 'A2', 'X9']),
	phoneNumber: phone('phoneNumber', 'work', ['+351 1', '+351 2', '+351 9']),
	personalPhoneNumber: phone('personalPhoneNumber', 'mobile', ['+351 3', '+351 4', '+351 8']),
	fullAddress: {
		was: { address: 'Rua A 1', ...rest },
		now: { address: 'Rua B 2', ...rest },
		empty: { address: null, city: null, state: null, postcode: null, countryCode: 'PT' },
		wasHolds: home('Rua A 1'),
		nowHolds: home('Rua B 2'),
		editedHolds: home('Rua C 3'),
		cleared: { addresses: [] },
	},
	companyName: custom('Company', 'company', ['Acme Ltd', 'Acme GmbH', 'Acme']),
	costCentre: custom('Cost centre', 'costCenter', ['CC-1', 'CC-2', 'CC-9']),
	displayName: text('preferredName', 'displayname', ['Ani', 'Annie', 'Boss']),
	employeeType: text('contractType', 'employeeType', ['full-time', 'part-time', 'advisor']),
	location: {
		was: place('Porto'),
		now: place('Lisbon'),
		empty: place(null),
		wasHolds: { location: 'Porto' },
		nowHolds: { location: 'Lisbon' },
		editedHolds: { location: 'Home' },
		cleared: { location: '' },
	},
	manager: {
		was: boss('person-of-rita'),
		now: boss('person-of-omar'),
		empty: boss(null),
		wasHolds: { manager: 'account-of-rita' },
		nowHolds: { manager: 'account-of-omar' },
		editedHolds: { manager: 'account-of-eve' },
		cleared: { manager: null },
	},
	middleName: text('middleName', 'middlename', ['Maria', 'Marie', 'M.']),
	startDate: {
		was: { employmentStartDate: '2026-01-05' },
		now: { employmentStartDate: '2026-02-01' },
		empty: { employmentStartDate: null },
		wasHolds: { attributes: [{ name: 'startDate', value: '2026-01-05' }] },
		nowHolds: { attributes: [{ name: 'startDate', value: '2026-02-01' }] },
		editedHolds: { attributes: [{ name: 'startDate', value: 'soon' }] },
		cleared: { attributes: [] },
	},
};

export const RULES: ReadonlyArray<{ rule: SyncRule; label: string; meaning: string }> = [
	{
		rule: 'always',
		label: 'Always Match Humaans',
		meaning: 'Whatever differs is put back to what Humaans says.',
	},
	{
		rule: 'whenChanged',
		label: 'Only When Changed in Humaans',
		meaning:
			'Written when Humaans says something else than when it was last written. An edit in ' +
			'JumpCloud stays until then. What was never synced is filled when empty, and kept otherwise.',
	},
	{
		rule: 'fillEmpty',
		label: 'Only Fill Empty',
		meaning: 'Written when JumpCloud has nothing there.',
	},
	{
		rule: 'onCreate',
		label: 'Only on Creation',
		meaning: 'Written once, when the account is created.',
	},
];

/**
 * write: the value of now; clear: emptied; remember: only `humaansSync`, which says what Humaans
 * says now; none: no request at all.
 */
export type Effect = 'write' | 'clear' | 'remember' | 'none';

export interface Situation {
	label: string;
	meaning: string;
	humaans: 'now' | 'empty' | 'unknown';
	/** What the account holds; null = nothing. */
	jumpCloud: 'was' | 'now' | 'edited' | null;
	/** What `humaansSync` remembers; null = never synced. */
	remembered: 'was' | 'now' | null;
	clearEmpty?: boolean;
	restricted?: boolean;
	effects: Readonly<Record<SyncRule, Effect>>;
}

const effects = (always: Effect, whenChanged: Effect, fillEmpty: Effect, onCreate: Effect) => ({
	always,
	whenChanged,
	fillEmpty,
	onCreate,
});

export const SITUATIONS: readonly Situation[] = [
	{
		label: 'absent',
		meaning: 'nothing in JumpCloud, never synced',
		humaans: 'now',
		jumpCloud: null,
		remembered: null,
		effects: effects('write', 'write', 'write', 'none'),
	},
	{
		label: 'equal',
		meaning: 'the same on both sides',
		humaans: 'now',
		jumpCloud: 'now',
		remembered: 'now',
		effects: effects('none', 'none', 'none', 'none'),
	},
	{
		label: 'differs',
		meaning: 'something else in JumpCloud, never synced',
		humaans: 'now',
		jumpCloud: 'edited',
		remembered: null,
		effects: effects('write', 'remember', 'none', 'none'),
	},
	{
		label: 'changed in Humaans',
		meaning: 'JumpCloud has what was last written',
		humaans: 'now',
		jumpCloud: 'was',
		remembered: 'was',
		effects: effects('write', 'write', 'none', 'none'),
	},
	{
		label: 'edited in JumpCloud',
		meaning: 'Humaans says what was last written',
		humaans: 'now',
		jumpCloud: 'edited',
		remembered: 'now',
		effects: effects('write', 'none', 'none', 'none'),
	},
	{
		label: 'both',
		meaning: 'changed in Humaans and edited in JumpCloud',
		humaans: 'now',
		jumpCloud: 'edited',
		remembered: 'was',
		effects: effects('write', 'write', 'none', 'none'),
	},
	{
		label: 'both, to the same',
		meaning: 'changed in Humaans, and to the same by hand in JumpCloud',
		humaans: 'now',
		jumpCloud: 'now',
		remembered: 'was',
		effects: effects('none', 'remember', 'none', 'none'),
	},
	{
		label: 'emptied in JumpCloud',
		meaning: 'by hand, since it was written',
		humaans: 'now',
		jumpCloud: null,
		remembered: 'now',
		effects: effects('write', 'none', 'write', 'none'),
	},
	{
		label: 'unknown in Humaans',
		meaning: 'not readable with this token, or not fetched',
		humaans: 'unknown',
		jumpCloud: 'edited',
		remembered: 'was',
		clearEmpty: true,
		effects: effects('none', 'none', 'none', 'none'),
	},
	{
		label: 'emptied in Humaans',
		meaning: 'Clear Empty Values is off',
		humaans: 'empty',
		jumpCloud: 'was',
		remembered: 'was',
		effects: effects('none', 'remember', 'none', 'none'),
	},
	{
		label: 'emptied in Humaans, to be cleared',
		meaning: 'Clear Empty Values is on',
		humaans: 'empty',
		jumpCloud: 'was',
		remembered: 'was',
		clearEmpty: true,
		effects: effects('clear', 'clear', 'none', 'none'),
	},
	{
		label: 'owned by another directory',
		meaning: "changed in Humaans, and among the account's restrictedFields; reported",
		humaans: 'now',
		jumpCloud: 'was',
		remembered: 'was',
		restricted: true,
		effects: effects('none', 'none', 'none', 'none'),
	},
];

/** What is said of a change: why the rule writes there. */
export function whyOf({ humaans, jumpCloud }: Situation, rule: SyncRule): string {
	if (humaans === 'empty') return 'empty in Humaans';
	if (jumpCloud === null) return 'empty in JumpCloud';
	return rule === 'always' ? 'differs from Humaans' : 'changed in Humaans';
}

/** What a situation does to a field: one that is never cleared is left, and at most remembered. */
export function effectOn(sample: FieldSample, situation: Situation, rule: SyncRule): Effect {
	const effect = situation.effects[rule];
	return effect === 'clear' && sample.cleared === null
		? rule === 'whenChanged'
			? 'remember'
			: 'none'
		: effect;
}
