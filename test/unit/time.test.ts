/**
 * Local days in their zones: clocks that skip and repeat, the date line, leap days. Offsets are the
 * published ones (IANA).
 */
import {
	calendarDays,
	endOfLocalDay,
	inZone,
	isCalendarDate,
	isZone,
	localMoment,
	localToday,
	plusDays,
	typedMoment,
	zoneOf,
} from '../../nodes/core/time';

/** date, hour:minute, zone → UTC, and what is special about it. */
const TABLE: Array<[date: string, time: string, zone: string, utc: string, why: string]> = [
	['2026-11-23', '00:00', 'UTC', '2026-11-23T00:00:00.000Z', 'no offset'],
	['2026-01-15', '00:00', 'Europe/London', '2026-01-15T00:00:00.000Z', 'winter'],
	['2026-07-15', '00:00', 'Europe/London', '2026-07-14T23:00:00.000Z', 'summer'],
	['2026-03-29', '00:00', 'Europe/London', '2026-03-29T00:00:00.000Z', 'before the clock skips'],
	[
		'2026-03-29',
		'00:59',
		'Europe/London',
		'2026-03-29T00:59:00.000Z',
		'the last minute before the gap',
	],
	['2026-03-29', '01:00', 'Europe/London', '2026-03-29T01:00:00.000Z', 'first moment of the gap'],
	[
		'2026-03-29',
		'01:30',
		'Europe/London',
		'2026-03-29T01:00:00.000Z',
		'in the gap: the first moment after it',
	],
	[
		'2026-03-29',
		'01:59',
		'Europe/London',
		'2026-03-29T01:00:00.000Z',
		'the last minute of the gap',
	],
	[
		'2026-03-29',
		'02:00',
		'Europe/London',
		'2026-03-29T01:00:00.000Z',
		'the first moment after the gap',
	],
	['2026-03-30', '00:00', 'Europe/London', '2026-03-29T23:00:00.000Z', 'the day after'],
	[
		'2026-10-25',
		'00:59',
		'Europe/London',
		'2026-10-24T23:59:00.000Z',
		'before the hour that comes twice',
	],
	[
		'2026-10-25',
		'01:00',
		'Europe/London',
		'2026-10-25T00:00:00.000Z',
		'twice: the first of the two',
	],
	[
		'2026-10-25',
		'01:30',
		'Europe/London',
		'2026-10-25T00:30:00.000Z',
		'twice: the first of the two',
	],
	['2026-10-25', '02:00', 'Europe/London', '2026-10-25T02:00:00.000Z', 'after it'],
	['2026-10-26', '00:00', 'Europe/London', '2026-10-26T00:00:00.000Z', 'the day after'],
	['2026-03-08', '00:00', 'America/New_York', '2026-03-08T05:00:00.000Z', 'before the gap'],
	['2026-03-08', '02:30', 'America/New_York', '2026-03-08T07:00:00.000Z', 'in the gap'],
	['2026-03-09', '00:00', 'America/New_York', '2026-03-09T04:00:00.000Z', 'the day after'],
	['2026-11-01', '01:30', 'America/New_York', '2026-11-01T05:30:00.000Z', 'twice: the first'],
	['2026-11-02', '00:00', 'America/New_York', '2026-11-02T05:00:00.000Z', 'the day after'],
	['2026-11-23', '00:00', 'America/Los_Angeles', '2026-11-23T08:00:00.000Z', 'winter'],
	[
		'2026-03-08',
		'02:00',
		'America/Los_Angeles',
		'2026-03-08T10:00:00.000Z',
		'first moment of the gap',
	],
	['2026-11-01', '01:00', 'America/Los_Angeles', '2026-11-01T08:00:00.000Z', 'twice: the first'],
	[
		'2026-06-30',
		'09:30',
		'America/Los_Angeles',
		'2026-06-30T16:30:00.000Z',
		'summer, at half past nine',
	],
	['2026-11-24', '00:00', 'Asia/Tokyo', '2026-11-23T15:00:00.000Z', 'no summer time'],
	['2026-07-01', '09:00', 'Asia/Tokyo', '2026-07-01T00:00:00.000Z', 'no summer time'],
	['2026-11-24', '00:00', 'Asia/Kolkata', '2026-11-23T18:30:00.000Z', 'half an hour'],
	['2026-11-24', '00:00', 'Asia/Kathmandu', '2026-11-23T18:15:00.000Z', 'a quarter of an hour'],
	['2026-12-03', '00:00', 'Pacific/Auckland', '2026-12-02T11:00:00.000Z', 'southern summer'],
	['2026-07-01', '00:00', 'Pacific/Auckland', '2026-06-30T12:00:00.000Z', 'southern winter'],
	['2026-09-27', '02:30', 'Pacific/Auckland', '2026-09-26T14:00:00.000Z', 'in the gap'],
	['2026-09-28', '00:00', 'Pacific/Auckland', '2026-09-27T11:00:00.000Z', 'the day after'],
	['2026-04-05', '02:30', 'Pacific/Auckland', '2026-04-04T13:30:00.000Z', 'twice: the first'],
	['2026-04-06', '00:00', 'Pacific/Auckland', '2026-04-05T12:00:00.000Z', 'the day after'],
	['2026-11-23', '00:00', 'Pacific/Honolulu', '2026-11-23T10:00:00.000Z', 'behind'],
	['2026-11-23', '00:00', 'Pacific/Kiritimati', '2026-11-22T10:00:00.000Z', 'first of all: +14'],
	['2026-11-23', '00:00', 'Pacific/Pago_Pago', '2026-11-23T11:00:00.000Z', 'last but one: −11'],
	[
		'2011-12-29',
		'00:00',
		'Pacific/Apia',
		'2011-12-29T10:00:00.000Z',
		'the last day east of the date line',
	],
	[
		'2011-12-30',
		'00:00',
		'Pacific/Apia',
		'2011-12-30T10:00:00.000Z',
		'the day that Samoa left out: the first moment after it',
	],
	['2011-12-30', '15:45', 'Pacific/Apia', '2011-12-30T10:00:00.000Z', 'any time of that day'],
	['2011-12-31', '00:00', 'Pacific/Apia', '2011-12-30T10:00:00.000Z', 'the first day west of it'],
	['2012-01-01', '00:00', 'Pacific/Apia', '2011-12-31T10:00:00.000Z', 'and the next'],
	[
		'2026-10-04',
		'02:15',
		'Australia/Lord_Howe',
		'2026-10-03T15:30:00.000Z',
		'a gap of half an hour',
	],
	['2026-10-05', '00:00', 'Australia/Lord_Howe', '2026-10-04T13:00:00.000Z', 'the day after'],
	['2026-04-05', '01:45', 'Australia/Lord_Howe', '2026-04-04T14:45:00.000Z', 'twice: the first'],
	[
		'2026-04-24',
		'00:00',
		'Africa/Cairo',
		'2026-04-23T22:00:00.000Z',
		'midnight itself is skipped: 01:00 is the first moment',
	],
	['2026-04-24', '00:30', 'Africa/Cairo', '2026-04-23T22:00:00.000Z', 'in the gap at midnight'],
	[
		'2026-10-30',
		'00:00',
		'Africa/Cairo',
		'2026-10-29T22:00:00.000Z',
		'after midnight went back to 23:00',
	],
	[
		'2018-11-04',
		'00:00',
		'America/Sao_Paulo',
		'2018-11-04T03:00:00.000Z',
		'midnight itself is skipped',
	],
	[
		'2018-02-18',
		'00:00',
		'America/Sao_Paulo',
		'2018-02-18T03:00:00.000Z',
		'after midnight went back to 23:00',
	],
	['2026-02-15', '00:00', 'America/Sao_Paulo', '2026-02-15T03:00:00.000Z', 'summer time given up'],
	['2026-03-29', '00:00', 'Asia/Beirut', '2026-03-28T22:00:00.000Z', 'midnight itself is skipped'],
	[
		'2026-03-08',
		'00:30',
		'America/Havana',
		'2026-03-08T05:00:00.000Z',
		'midnight itself is skipped',
	],
	[
		'2026-11-01',
		'00:30',
		'America/Havana',
		'2026-11-01T04:30:00.000Z',
		'half past midnight twice: the first',
	],
	['2028-02-29', '00:00', 'Europe/Paris', '2028-02-28T23:00:00.000Z', 'leap day'],
	['2028-03-01', '00:00', 'Europe/Paris', '2028-02-29T23:00:00.000Z', 'after a leap day'],
	['2027-01-01', '00:00', 'Europe/Paris', '2026-12-31T23:00:00.000Z', 'New Year'],
	['2026-12-31', '23:59', 'America/St_Johns', '2027-01-01T03:29:00.000Z', 'half an hour behind'],
	['2026-07-01', '00:00', 'America/St_Johns', '2026-07-01T02:30:00.000Z', 'in summer'],
	['2026-03-20', '00:00', 'Asia/Tehran', '2026-03-19T20:30:00.000Z', 'summer time given up'],
	[
		'2026-02-17',
		'00:00',
		'Africa/Casablanca',
		'2026-02-17T00:00:00.000Z',
		'the clock goes back for Ramadan (17 February)',
	],
	['2026-11-23', '00:00', 'America/Phoenix', '2026-11-23T07:00:00.000Z', 'no summer time'],
	[
		'2026-11-23',
		'00:00',
		'Pacific/Chatham',
		'2026-11-22T10:15:00.000Z',
		'three quarters of an hour',
	],
];

describe(`${TABLE.length} local times in ${new Set(TABLE.map(([, , zone]) => zone)).size} zones`, () => {
	it('are many', () => {
		expect(TABLE.length).toBeGreaterThanOrEqual(60);
		expect(new Set(TABLE.map(([, , zone]) => zone)).size).toBeGreaterThanOrEqual(12);
	});
	it.each(TABLE)('%s %s %s is %s (%s)', (date, time, zone, utc) => {
		const [hour, minute] = time.split(':').map(Number);
		expect(localMoment(date, zone, hour, minute).toISOString()).toBe(utc);
		// A second look-up comes from memory.
		expect(localMoment(date, zone, hour, minute).toISOString()).toBe(utc);
	});
	it('midnight when no time is given', () =>
		expect(localMoment('2026-11-23', 'Asia/Tokyo')).toEqual(
			localMoment('2026-11-23', 'Asia/Tokyo', 0, 0),
		));
	it('a moment that somebody changes stays as it is for others', () => {
		localMoment('2026-11-23', 'Asia/Tokyo').setFullYear(1999);
		expect(localMoment('2026-11-23', 'Asia/Tokyo').toISOString()).toBe('2026-11-22T15:00:00.000Z');
	});
});

describe('the end of a day', () => {
	it.each<[string, string, string]>([
		['2026-11-23', 'Pacific/Honolulu', '2026-11-24T10:00:00.000Z'],
		['2026-03-29', 'Europe/London', '2026-03-29T23:00:00.000Z'],
		['2026-10-25', 'Europe/London', '2026-10-26T00:00:00.000Z'],
		['2028-02-28', 'UTC', '2028-02-29T00:00:00.000Z'],
		['2027-02-28', 'UTC', '2027-03-01T00:00:00.000Z'],
		['2026-12-31', 'Pacific/Kiritimati', '2026-12-31T10:00:00.000Z'],
		['2011-12-29', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
		['2026-04-23', 'Africa/Cairo', '2026-04-23T22:00:00.000Z'],
		['2026-10-29', 'Africa/Cairo', '2026-10-29T22:00:00.000Z'],
	])('%s in %s is %s', (date, zone, utc) =>
		expect(endOfLocalDay(date, zone).toISOString()).toBe(utc),
	);
});

describe('days of the calendar', () => {
	it.each([
		'2026-01-31',
		'2026-02-28',
		'2028-02-29',
		'2000-02-29',
		'2026-04-30',
		'2026-12-31',
		'2026-06-30',
		'2026-09-30',
		'2026-11-30',
		'2026-03-01',
		'2026-01-01',
	])('%s is one', (date) => expect(isCalendarDate(date)).toBe(true));
	it.each([
		'2026-02-29',
		'1900-02-29',
		'2100-02-29',
		'2026-02-30',
		'2026-04-31',
		'2026-06-31',
		'2026-09-31',
		'2026-11-31',
		'2026-13-01',
		'2026-00-10',
		'2026-01-00',
		'2026-01-32',
		'2026-1-1',
		'20260101',
		'2026-01-01T00:00',
		' 2026-01-01',
		'31/12/2026',
		'2026/12/31',
		'2026-01-011',
		'',
	])('%j is none', (date) => expect(isCalendarDate(date)).toBe(false));
	it('are counted without the clock', () => {
		expect([
			calendarDays('2026-03-01', -1),
			calendarDays('2028-03-01', -1),
			calendarDays('2026-12-31', 1),
			calendarDays('2026-03-29', 0),
		]).toEqual(['2026-02-28', '2028-02-29', '2027-01-01', '2026-03-29']);
		expect(plusDays(new Date('2026-03-28T12:00:00.000Z'), 2).toISOString()).toBe(
			'2026-03-30T12:00:00.000Z',
		);
	});
	it('today is another day elsewhere', () => {
		const now = new Date('2026-11-23T12:00:00.000Z');
		expect(
			['Pacific/Auckland', 'Pacific/Honolulu', 'Pacific/Kiritimati', 'UTC'].map((zone) =>
				localToday(now, zone),
			),
		).toEqual(['2026-11-24', '2026-11-23', '2026-11-24', '2026-11-23']);
		expect(inZone(new Date('2026-12-02T11:00:00.000Z'), 'Pacific/Auckland')).toBe(
			'3 December 2026 at 00:00, Auckland time',
		);
	});
});

describe('the zone of a person', () => {
	const place = (timezone: string | null) => ({
		id: 'l',
		name: null,
		city: null,
		country: null,
		timezone,
	});
	it.each<[string, object, object]>([
		[
			'their own',
			{ timezone: 'Asia/Tokyo', location: place('Europe/Paris') },
			{ zone: 'Asia/Tokyo', from: 'person' },
		],
		[
			'the one of a remote person',
			{ timezone: null, remoteTimezone: 'Europe/Lisbon' },
			{ zone: 'Europe/Lisbon', from: 'person' },
		],
		[
			'the remote one when their own is unknown',
			{ timezone: 'Mars/Olympus', remoteTimezone: 'Europe/Lisbon' },
			{
				zone: 'Europe/Lisbon',
				from: 'person',
				warning:
					'The time zone "Mars/Olympus" of this person is not known; Europe/Lisbon (their other one) is used.',
			},
		],
		[
			'the location’s',
			{ timezone: null, location: place('Europe/Paris') },
			{ zone: 'Europe/Paris', from: 'location' },
		],
		[
			'the location’s, with a warning',
			{ timezone: 'Mars/Olympus', location: place('Europe/Paris') },
			{
				zone: 'Europe/Paris',
				from: 'location',
				warning:
					'The time zone "Mars/Olympus" of this person is not known; Europe/Paris (their location) is used.',
			},
		],
		[
			'the fixed one',
			{ timezone: '', location: place('Mars/Olympus') },
			{ zone: 'America/Lima', from: 'fixed' },
		],
		[
			'the fixed one, with a warning',
			{ timezone: 'Mars/Olympus', location: null },
			{
				zone: 'America/Lima',
				from: 'fixed',
				warning:
					'The time zone "Mars/Olympus" of this person is not known; America/Lima (the fixed zone) is used.',
			},
		],
	])('is %s', (_what, patch, expected) =>
		expect(zoneOf({ id: 'p1', status: 'active', ...patch }, 'America/Lima')).toEqual(expected),
	);
	it('is UTC when nothing is known', () =>
		expect(zoneOf({ id: 'p1', status: 'active', timezone: null }, 'Mars/Olympus')).toEqual({
			zone: 'UTC',
			from: 'fixed',
		}));
	it.each([
		['Europe/London', true],
		['UTC', true],
		['Mars/Olympus', false],
		['', false],
		[null, false],
		[undefined, false],
		[5, false],
	])('%s is a zone: %s, at a second look too', (zone, valid) =>
		expect([isZone(zone as string), isZone(zone as string)]).toEqual([valid, valid]),
	);
});

describe('a moment that somebody typed', () => {
	it.each<[unknown, string | null]>([
		['2026-12-01T09:00:00', '2026-12-01T14:00:00.000Z'],
		[' 2026-12-01 09:00 ', '2026-12-01T14:00:00.000Z'],
		['2026-12-01', '2026-12-01T05:00:00.000Z'],
		['2026-12-01T09:00:00Z', '2026-12-01T09:00:00.000Z'],
		['2026-12-01T09:00:00+01:00', '2026-12-01T08:00:00.000Z'],
		[new Date('2026-12-01T09:00:00.000Z'), '2026-12-01T09:00:00.000Z'],
		[Date.parse('2026-12-01T09:00:00.000Z'), '2026-12-01T09:00:00.000Z'],
		['tomorrow', null],
		['', null],
		[true, null],
		[new Date(Number.NaN), null],
		[null, null],
	])('%p is %s', (value, utc) =>
		expect(typedMoment(value, 'America/New_York')?.toISOString() ?? null).toBe(utc),
	);
});
