import {
	locationOf,
	parsePersonRow,
	roleInForce,
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

	it.each(['2026-02-29', '31/12/2026', 'soon', '2026-13-01', '2026-12-1', '20261201'])(
		'names a date nobody can use: %s',
		(date) => {
			expect(parsed({ employmentStartDate: date })).toMatchObject({
				employmentStartDate: null,
				unusable: ['employmentStartDate'],
			});
		},
	);

	describe('F10: a date with a time', () => {
		const DATES = [
			'employmentStartDate',
			'firstWorkingDay',
			'employmentEndDate',
			'lastWorkingDay',
			'probationEndDate',
		] as const;

		it.each([
			'2026-12-01',
			' 2026-12-01 ',
			'2026-12-01T00:00',
			'2026-12-01T00:00Z',
			'2026-12-01 00:00:00',
			'2026-12-01T00:00:00.000Z',
			'2026-12-01T00:00:00+01:00',
			'2026-12-01T00:00:00-0800',
		])('%s is the first of December, wherever that is', (date) => {
			for (const field of DATES)
				expect(parsed({ [field]: date })).toEqual({ ...parsed(), [field]: '2026-12-01' });
		});

		it.each([
			// The first of December in Berlin, and in Los Angeles.
			'2026-11-30T23:00:00.000Z',
			'2026-12-01T08:00:00.000Z',
			'2026-12-01T00:00:01Z',
			'2026-12-01T12:00',
			'2026-12-01T24:00',
			'2026-12-01T',
			'2026-12-01T00:00:00.000Z and then',
			'2026-12-01T00:00:00.500Z',
			'2026-02-30T00:00:00Z',
			'Tue, 01 Dec 2026 00:00:00 GMT',
			'1796083200000',
		])('%s is no day for certain: it is named, and not cut to one', (date) => {
			for (const field of DATES)
				expect(parsed({ [field]: date })).toEqual({
					...parsed(),
					[field]: null,
					unusable: [field],
				});
		});
	});

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
	const role = (
		id: string,
		effectiveDate: string | null,
		{ endDate = null, jobTitle = id }: Partial<JobRole> = {},
	): JobRole => ({
		id,
		personId: 'p1',
		jobTitle,
		department: null,
		reportingTo: null,
		effectiveDate,
		endDate,
	});
	const today = '2026-11-23';
	const past = { endDate: '2026-11-22' };

	/** The roles in every order of the rows. */
	const orders = (roles: readonly JobRole[]): JobRole[][] =>
		roles.length < 2
			? [[...roles]]
			: roles.flatMap((first, at) =>
					orders(roles.filter((_, other) => other !== at)).map((rest) => [first, ...rest]),
				);

	it.each<[string, JobRole[], string | undefined]>([
		[
			'the latest that has begun',
			[role('old', '2025-01-01'), role('now', '2026-11-23'), role('next', '2026-11-24')],
			'now',
		],
		[
			'the first one of a new hire',
			[role('second', '2027-06-01'), role('first', '2026-12-01')],
			'first',
		],
		['one without a date when there is no other', [role('undated', null)], 'undated'],
		// S16: the order of the rows never changes a title.
		['S16: none of several without a date', [role('a', null), role('b', null)], undefined],
		[
			'S16: the dated one, beside some without a date',
			[role('a', null), role('dated', '2026-01-01'), role('b', '')],
			'dated',
		],
		[
			'S16: the same one of two that begin on one day',
			[role('b', '2026-01-01'), role('a', '2026-01-01')],
			'b',
		],
		// S16: a role that has ended is not in force.
		['S16: none, when the latest has ended', [role('ended', '2026-01-01', past)], undefined],
		[
			'S16: the one before, when the latest has ended',
			[role('open', '2025-01-01'), role('ended', '2026-01-01', past)],
			'open',
		],
		[
			'S16: none, when one has ended and the next has not begun',
			[role('ended', '2026-01-01', past), role('next', '2026-12-01')],
			undefined,
		],
		[
			'one that ends today, or later',
			[role('last', '2026-01-01', { endDate: today }), role('old', '2025-01-01', past)],
			'last',
		],
		[
			'one whose end is no date, as before',
			[role('open', '2026-01-01', { endDate: 'soon' })],
			'open',
		],
		['one whose end is empty', [role('open', '2026-01-01', { endDate: '' })], 'open'],
		// F10: which day a time means depends on where the person is.
		[
			'F10: the dated one, beside one that begins at a time',
			[role('now', '2026-01-01'), role('time', '2026-11-22T23:00:00.000Z')],
			'now',
		],
		[
			'F10: the day of one that begins at midnight',
			[role('now', '2026-01-01'), role('midnight', '2026-11-23T00:00:00.000Z')],
			'midnight',
		],
		['none of several whose dates are none', [role('a', '9/9/2026'), role('b', 'soon')], undefined],
	])('is %s, in every order of the rows', (_what, roles, id) => {
		for (const inOrder of orders(roles)) expect(roleInForce(inOrder, today)?.id).toBe(id);
	});

	it('S16: two without an ID that begin on one day are told apart by what they say', () => {
		const nameless = ['Lead', 'Engineer', 'Chief'].map((jobTitle) => ({
			...role('', '2026-01-01', { jobTitle }),
			id: undefined,
		}));
		const titles = orders(nameless).map((roles) => roleInForce(roles, today)?.jobTitle);
		expect(new Set(titles).size).toBe(1);
	});

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
