import { DateTime, IANAZone } from 'luxon';
import type { Person } from './subject';

/** True for `YYYY-MM-DD` that names a day of the calendar (2026-02-29 does not). By arithmetic: every date of every person comes by here. */
export function isCalendarDate(text: string): boolean {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
	const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8))];
	const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
	const days = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
	return month >= 1 && month <= 12 && day >= 1 && day <= days;
}

/** Zones that were looked up; asking the calendar costs more than all else about a person. */
const zones = new Map<string, boolean>();
const MOST_ZONES = 1000;

export function isZone(zone: string | null | undefined): zone is string {
	if (typeof zone !== 'string' || zone === '') return false;
	const known = zones.get(zone);
	if (known !== undefined) return known;
	const valid = IANAZone.isValidZone(zone);
	if (zones.size < MOST_ZONES) zones.set(zone, valid);
	return valid;
}

export interface ZoneChoice {
	zone: string;
	from: 'person' | 'location' | 'fixed';
	/** Set when the person's own zone is not one the calendar knows. */
	warning?: string;
}

/** The person's zone, then their location's, then the fixed one (IANA name). */
export function zoneOf(person: Person, fixedZone: string): ZoneChoice {
	const own = person.timezone ?? person.remoteTimezone;
	if (isZone(own)) return { zone: own, from: 'person' };
	const place = person.location?.timezone;
	const choice: ZoneChoice = isZone(place) ? { zone: place, from: 'location' } : { zone: isZone(fixedZone) ? fixedZone : 'UTC', from: 'fixed' };
	if (own) choice.warning = `The time zone "${own}" of this person is not known; ${choice.zone} (${choice.from === 'location' ? 'their location' : 'the fixed zone'}) is used.`;
	return choice;
}

/**
 * The moment a local day reaches `hour:minute` in a zone. A local time that the clock skips (spring) is the first moment after
 * the gap; one that comes twice (autumn) is the first of the two: nobody waits longer than needed.
 * @param date `YYYY-MM-DD` @param zone IANA name
 */
export function localMoment(date: string, zone: string, hour = 0, minute = 0): Date {
	const [year, month, day] = date.split('-').map(Number) as [number, number, number];
	const wanted = DateTime.fromObject({ year, month, day, hour, minute }, { zone });
	if (wanted.hour === hour && wanted.minute === minute && wanted.day === day) {
		const earlier = wanted.getPossibleOffsets().sort((a, b) => a.toMillis() - b.toMillis())[0] ?? wanted;
		return earlier.toJSDate();
	}
	// In a gap: the first moment that exists after it is where the offset changes.
	const before = wanted.minus({ hours: 3 });
	let low = before.toMillis();
	let high = wanted.toMillis();
	while (high - low > 1000) {
		const middle = Math.floor((low + high) / 2);
		if (DateTime.fromMillis(middle, { zone }).offset === before.offset) low = middle;
		else high = middle;
	}
	return new Date(Math.round(high / 1000) * 1000);
}

/** The end of a local day: the first moment of the next one. */
export function endOfLocalDay(date: string, zone: string): Date {
	const next = DateTime.fromISO(date, { zone: 'utc' }).plus({ days: 1 }).toFormat('yyyy-MM-dd');
	return localMoment(next, zone);
}

/** Today's date in a zone, `YYYY-MM-DD`. */
export const localToday = (now: Date, zone: string): string => DateTime.fromJSDate(now, { zone }).toFormat('yyyy-MM-dd');

/** "2026-12-03 00:00 Pacific/Auckland": a moment as a person there reads it. */
export const inZone = (moment: Date, zone: string): string => `${DateTime.fromJSDate(moment, { zone }).toFormat('yyyy-MM-dd HH:mm')} ${zone}`;

export const plusDays = (moment: Date, days: number): Date => new Date(moment.getTime() + days * 86_400_000);
