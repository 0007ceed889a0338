import {
	locationOf,
	parsePersonRow,
	roleInForce,
	sharing,
	type JobRole,
} from '../../nodes/core/person/person';
import type { Person } from '../../nodes/core/subject';

const row = (extra: object = {}) => ({
	id: 'p1',
	status: 'active',
	firstName: 'Ana',
	lastName: 'Silva',
	email: 'ana@acme.example',
	...extra,
});
const parsed = (extra: object = {}): Person => {
	const result = parsePersonRow(row(extra));
	if (!result.ok) throw new Error(result.problem);
	return result.person;
};

describe('a row of /people', () => {
	it('loses every field that is not on the list', () => {
		expect(
			parsed({
				taxId: 'SECRET-1',
				calendarFeedToken: 'SECRET-2',
				birthday: '1990-01-01',
				salary: 1,
			}),
		).toEqual({
			id: 'p1',
			status: 'active',
			firstName: 'Ana',
			lastName: 'Silva',
			email: 'ana@acme.example',
		});
	});

	it.each([
		['white space around a name', { firstName: '  Dana \u00a0' }, 'firstName', 'Dana'],
		['an empty text', { preferredName: '   ' }, 'preferredName', null],
		['null', { personalEmail: null }, 'personalEmail', null],
		['a number where a text is due', { employeeId: 1042 }, 'employeeId', '1042'],
		[
			'a date with a time',
			{ employmentStartDate: '2026-11-23T00:00:00.000Z' },
			'employmentStartDate',
			'2026-11-23',
		],
		['a lower-case country code', { countryCode: 'gb' }, 'countryCode', 'GB'],
		['teams', { teams: [{ name: 'Blue' }, { name: '' }] }, 'teams', ['Blue']],
	])('%s', (_what, extra, field, value) => {
		expect(parsed(extra)[field as keyof Person]).toEqual(value);
	});

	it('keeps absent apart from empty', () => {
		expect('personalEmail' in parsed()).toBe(false);
		expect(parsed({ personalEmail: '' }).personalEmail).toBeNull();
	});

	it.each(['2026-02-29', '31/12/2026', 'soon', '2026-13-01'])(
		'names a date nobody can use: %s',
		(date) => {
			expect(parsed({ employmentStartDate: date })).toMatchObject({
				employmentStartDate: null,
				unusable: ['employmentStartDate'],
			});
		},
	);

	it.each([
		[{ status: 'garden leave' }, 'p1', 'check: status'],
		[{ id: 7 }, null, 'check: id'],
		[{ firstName: { first: 'Ana' } }, 'p1', 'check: firstName'],
	])('is set aside and named, without its values: %j', (extra, id, words) => {
		const result = parsePersonRow(row(extra));
		expect(result).toMatchObject({ ok: false, id });
		expect((result as { problem: string }).problem).toContain(words);
		expect((result as { problem: string }).problem).not.toContain('garden');
	});

	it.each([null, 'text', 4, []])('is no person at all: %j', (value) =>
		expect(parsePersonRow(value)).toMatchObject({ ok: false, id: null }),
	);
});

describe('the job role in force', () => {
	const role = (id: string, effectiveDate: string | null, jobTitle = id): JobRole => ({
		id,
		personId: 'p1',
		jobTitle,
		department: null,
		reportingTo: null,
		effectiveDate,
		endDate: null,
	});
	const today = '2026-11-23';

	it.each([
		[
			'the latest that has begun',
			[role('old', '2025-01-01'), role('now', '2026-11-23'), role('next', '2026-11-24')],
			'now',
		],
		[
			'whatever the order of the rows',
			[role('next', '2026-11-24'), role('now', '2026-11-23'), role('old', '2025-01-01')],
			'now',
		],
		[
			'the first one of a new hire',
			[role('second', '2027-06-01'), role('first', '2026-12-01')],
			'first',
		],
		['one without a date when there is no other', [role('undated', null)], 'undated'],
	])('is %s', (_what, roles, id) => expect(roleInForce(roles, today)?.id).toBe(id));

	it('is unknown without roles', () => expect(roleInForce([], today)).toBeUndefined());
});

describe('where somebody works', () => {
	const locations = new Map([
		[
			'l1',
			{
				id: 'l1',
				label: 'London HQ',
				city: 'London',
				country: 'United Kingdom',
				timezone: 'Europe/London',
				displayName: null,
			},
		],
	]);

	it('is the location of their id', () =>
		expect(locationOf(parsed({ locationId: 'l1' }), locations)).toMatchObject({
			name: 'London HQ',
			timezone: 'Europe/London',
		}));
	it('is their own for remote people', () =>
		expect(
			locationOf(
				parsed({
					locationId: 'remote',
					remoteCity: 'Lisbon',
					remoteCountryCode: 'PT',
					remoteTimezone: 'Europe/Lisbon',
				}),
				null,
			),
		).toEqual({
			id: 'remote',
			name: 'Remote',
			city: 'Lisbon',
			country: 'PT',
			timezone: 'Europe/Lisbon',
		}));
	it('is unknown when locations were not read', () =>
		expect(locationOf(parsed({ locationId: 'l1' }), null)).toBeUndefined());
	it('is explicitly nowhere', () =>
		expect(locationOf(parsed({ locationId: null }), locations)).toBeNull());
});

it('names those who share a work e-mail, but never somebody who has left', () => {
	const people = [
		parsed({ id: 'a' }),
		parsed({ id: 'b', email: 'ANA@acme.example' }),
		parsed({ id: 'c', status: 'offboarded' }),
		parsed({ id: 'd', email: 'other@acme.example' }),
		parsed({ id: 'e', email: null }),
	];
	expect(Object.fromEntries(sharing(people, (person) => person.email?.toLowerCase()))).toEqual({
		a: ['b'],
		b: ['a'],
		c: ['a', 'b'],
	});
});
