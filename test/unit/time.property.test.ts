/** Local days by property: in every zone and on every day of ten years. */
import fc from 'fast-check';
import {
	calendarDays,
	endOfLocalDay,
	isCalendarDate,
	localMoment,
	localToday,
} from '../../nodes/core/time';

/**
 * Apia and Kwajalein have left out a day, Lord Howe moves by half an hour, Cairo and Havana skip
 * midnight.
 */
const ZONES = [
	'UTC',
	'Europe/London',
	'Europe/Berlin',
	'America/New_York',
	'America/Los_Angeles',
	'America/Sao_Paulo',
	'America/Havana',
	'America/St_Johns',
	'Asia/Tokyo',
	'Asia/Kathmandu',
	'Asia/Beirut',
	'Africa/Cairo',
	'Africa/Casablanca',
	'Pacific/Auckland',
	'Pacific/Apia',
	'Pacific/Honolulu',
	'Pacific/Kiritimati',
	'Australia/Lord_Howe',
];
const zone = fc.constantFrom(...ZONES);
const day = fc.integer({ min: 0, max: 9_500 }).map((days) => calendarDays('2010-01-01', days));
const time = fc.record({
	hour: fc.integer({ min: 0, max: 23 }),
	minute: fc.integer({ min: 0, max: 59 }),
});
const DAY = 86_400_000;
const LEFT_OUT = '2011-12-30';

const holds = (property: fc.IPropertyWithHooks<never> | fc.IProperty<never>) =>
	fc.assert(property as fc.IProperty<never>, { numRuns: 2_000, seed: 6 });

it('the start of a day is of that day, and the moment before it is not', () =>
	holds(
		fc.property(zone, day, (where, date) => {
			fc.pre(!(where === 'Pacific/Apia' && date === LEFT_OUT));
			const start = localMoment(date, where);
			expect(localToday(start, where)).toBe(date);
			expect(localToday(new Date(start.getTime() - 1), where)).not.toBe(date);
		}) as never,
	));

it('a day ends where the next begins, after 22 to 26 hours', () =>
	holds(
		fc.property(zone, day, (where, date) => {
			fc.pre(!(where === 'Pacific/Apia' && date >= '2011-12-29' && date <= '2011-12-31'));
			const end = endOfLocalDay(date, where);
			expect(end).toEqual(localMoment(calendarDays(date, 1), where));
			const length = end.getTime() - localMoment(date, where).getTime();
			expect(length).toBeGreaterThanOrEqual(DAY - 2 * 3_600_000);
			expect(length).toBeLessThanOrEqual(DAY + 2 * 3_600_000);
		}) as never,
	));

it('a later local time is never an earlier moment', () =>
	holds(
		fc.property(zone, day, time, time, (where, date, a, b) => {
			const [first, second] = [a, b].sort((x, y) => x.hour - y.hour || x.minute - y.minute) as [
				typeof a,
				typeof b,
			];
			expect(localMoment(date, where, first.hour, first.minute).getTime()).toBeLessThanOrEqual(
				localMoment(date, where, second.hour, second.minute).getTime(),
			);
		}) as never,
	));

it('nobody waits longer than needed: a local time is on its day and on a whole second', () =>
	holds(
		fc.property(zone, day, time, (where, date, { hour, minute }) => {
			fc.pre(!(where === 'Pacific/Apia' && date === LEFT_OUT));
			const moment = localMoment(date, where, hour, minute);
			expect(moment.getTime() % 1000).toBe(0);
			expect(localToday(moment, where) >= date).toBe(true);
			expect(moment.getTime() - localMoment(date, where).getTime()).toBeLessThanOrEqual(
				(hour * 60 + minute) * 60_000 + 3_600_000,
			);
		}) as never,
	));

it('days are counted there and back', () =>
	holds(
		fc.property(day, fc.integer({ min: -4000, max: 4000 }), (date, days) => {
			expect(isCalendarDate(calendarDays(date, days))).toBe(true);
			expect(calendarDays(calendarDays(date, days), -days)).toBe(date);
		}) as never,
	));

it('moments are the same whatever was asked before', () =>
	holds(
		fc.property(zone, day, (where, date) => {
			const once = localMoment(date, where).getTime();
			localMoment(calendarDays(date, 1), where);
			expect(localMoment(date, where).getTime()).toBe(once);
		}) as never,
	));
