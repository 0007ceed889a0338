/** Dates and moments as people read them. */
import {
	calendarDays,
	dateWords,
	earliest,
	inZone,
	isCalendarDate,
	isZone,
	localMoment,
} from '../../nodes/core/time';

describe('a date in words', () => {
	it.each([
		['2026-01-05', '5 January 2026'],
		['2026-12-31', '31 December 2026'],
		['9999-12-31', '31 December 9999'],
	])('%s is %s', (date, words) => expect(dateWords(date)).toBe(words));
	it.each([
		'soon',
		'',
		'2026-13-01',
		'2026-00-01',
		'on 2026-12-03',
		'2026-12-03T00:00',
		'26-12-03',
	])('%j is no date and stays as it is', (text) => expect(dateWords(text)).toBe(text));
});

describe('a moment in words', () => {
	const at = new Date('2026-11-26T04:05:00.000Z');
	it.each([
		['UTC', '26 November 2026 at 04:05 UTC'],
		['America/New_York', '25 November 2026 at 23:05, New York time'],
		['America/Argentina/Buenos_Aires', '26 November 2026 at 01:05, Buenos Aires time'],
		['Asia/Tokyo', '26 November 2026 at 13:05, Tokyo time'],
	])('as somebody in %s reads it', (zone, words) => expect(inZone(at, zone)).toBe(words));
	it('also after the year 9999', () =>
		expect(inZone(new Date('+010000-01-01T00:00:00.000Z'), 'UTC')).toBe(
			'1 January 10000 at 00:00 UTC',
		));
});

describe('the earliest moment', () => {
	const [first, second] = ['2026-12-01T00:00:00.000Z', '2026-12-02T00:00:00.000Z'];
	const afterAll = '+010000-01-01T00:00:00.000Z';
	it('is the first in time, wherever it stands', () => {
		expect(earliest([first, second, afterAll])).toBe(first);
		expect(earliest([afterAll, second, first])).toBe(first);
		expect(earliest([undefined, second, undefined, first])).toBe(first);
		expect(earliest([afterAll])).toBe(afterAll);
	});
	it('of two that are the same the one that was given first', () =>
		expect(earliest(['2026-12-01T00:00:00Z', first])).toBe('2026-12-01T00:00:00Z'));
	it('of none is none', () =>
		expect([earliest([]), earliest([undefined])]).toEqual([undefined, undefined]));
});

describe('what an expression may give', () => {
	it.each([[['UTC']], [{}], [0], [true], ['']])('%j is no zone', (value) =>
		expect(isZone(value)).toBe(false),
	);
	it('a date after a text is none', () => expect(isCalendarDate('x 2026-01-01')).toBe(false));
});

describe('the day after the last one of four digits', () => {
	it('is counted, and begins where the person is', () => {
		expect(calendarDays('9999-12-31', 1)).toBe('+010000-01-01');
		expect(localMoment('+010000-01-01', 'Asia/Tokyo').toISOString()).toBe(
			'9999-12-31T15:00:00.000Z',
		);
	});
});
