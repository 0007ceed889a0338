import { DateTime, IANAZone } from 'luxon';
import type { Person } from './subject';

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

/**
 * True for `YYYY-MM-DD` that names a day of the calendar (2026-02-29 does not). By arithmetic:
 * every date of every person comes by here.
 */
export function isCalendarDate(text: string): boolean {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
	const [year, month, day] = [
		Number(text.slice(0, 4)),
		Number(text.slice(5, 7)),
		Number(text.slice(8)),
	];
	const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
	const days = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
	return month >= 1 && month <= 12 && day >= 1 && day <= days;
}

const MOST_KEPT = 20_000;

/** What the calendar said before: it is slow, and people begin on a few days in a few zones. */
function kept<T>(known: Map<string, T>, key: string, lookUp: () => T): T {
	let value = known.get(key);
	if (value === undefined) {
		value = lookUp();
		if (known.size >= MOST_KEPT) known.clear();
		known.set(key, value);
	}
	return value;
}

const zones = new Map<string, boolean>();

export const isZone = (zone: unknown): zone is string =>
	typeof zone === 'string' && kept(zones, zone, () => IANAZone.isValidZone(zone));

export interface ZoneChoice {
	zone: string;
	from: 'person' | 'location' | 'fixed';
	/** Set when the person's own zone is not one the calendar knows. */
	warning?: string;
}

/** The person's zone, then their location's, then the fixed one (IANA name). */
export function zoneOf(person: Person, fixedZone: string): ZoneChoice {
	const named = [person.timezone, person.remoteTimezone].filter(
		(zone) => typeof zone === 'string' && zone !== '',
	) as string[];
	const own = named.find(isZone);
	const place = person.location?.timezone;
	const choice: ZoneChoice = own
		? { zone: own, from: 'person' }
		: isZone(place)
			? { zone: place, from: 'location' }
			: { zone: isZone(fixedZone) ? fixedZone : 'UTC', from: 'fixed' };
	const [first] = named;
	if (first !== own)
		choice.warning =
			`The time zone "${first}" of this person is not known; ${choice.zone} ` +
			`(${WHOSE[choice.from]}) is used.`;
	return choice;
}

const WHOSE: Record<ZoneChoice['from'], string> = {
	person: 'their other one',
	location: 'their location',
	fixed: 'the fixed zone',
};

const moments = new Map<string, number>();

/**
 * The moment a local day reaches `hour:minute` in a zone. A local time that the clock skips
 * (spring) is the first moment after the gap; one that comes twice (autumn) is the first of the
 * two: nobody waits longer than needed.
 * @param date `YYYY-MM-DD` of the calendar @param zone IANA name
 */
export function localMoment(date: string, zone: string, hour = 0, minute = 0): Date {
	return new Date(
		kept(moments, `${date} ${hour}:${minute} ${zone}`, () => wallClockMs(date, zone, hour, minute)),
	);
}

function wallClockMs(date: string, zone: string, hour: number, minute: number): number {
	const [year, month, day] = date.split('-').map(Number) as [number, number, number];
	const wanted = DateTime.fromObject({ year, month, day, hour, minute }, { zone });
	if (wanted.hour === hour && wanted.minute === minute && wanted.day === day)
		return Math.min(...wanted.getPossibleOffsets().map((one) => one.toMillis()));
	// In a gap: the first moment that exists after it is where the offset changes, on a whole second.
	// A gap can be a day long (Samoa, 2011).
	const before = wanted.minus({ hours: 26 });
	const { offset } = before;
	let low = before.toMillis();
	let high = wanted.toMillis();
	while (high - low > 1000) {
		const middle = Math.floor((low + high) / 2);
		if (DateTime.fromMillis(middle, { zone }).offset === offset) low = middle;
		else high = middle;
	}
	return Math.floor(high / 1000) * 1000;
}

/**
 * Days earlier (negative) or later in the calendar, whatever the clock does. @param date
 * `YYYY-MM-DD`
 */
export const calendarDays = (date: string, days: number): string =>
	new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().split('T')[0]!;

/** The end of a local day: the first moment of the next one. */
export const endOfLocalDay = (date: string, zone: string): Date =>
	localMoment(calendarDays(date, 1), zone);

/** Today's date in a zone, `YYYY-MM-DD`. */
export const localToday = (now: Date, zone: string): string =>
	DateTime.fromJSDate(now, { zone }).toFormat('yyyy-MM-dd');

const MONTHS =
	'January February March April May June July August September October November December'.split(
		' ',
	);

/** "3 December 2026" @param date `YYYY-MM-DD`; anything else is given back as it is */
export function dateWords(date: string): string {
	const [, year, month, day] = /^(\d{4,})-(0[1-9]|1[0-2])-(\d{2})$/.exec(date) ?? [];
	return day === undefined ? date : `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}`;
}

/** "Auckland time", of the zone Pacific/Auckland. */
const zoneWords = (zone: string): string =>
	`${zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ')} time`;

/** "3 December 2026 at 00:00, Auckland time": a moment as a person there reads it. */
export function inZone(moment: Date, zone: string): string {
	const [date, time] = DateTime.fromJSDate(moment, { zone })
		.toFormat('yyyy-MM-dd HH:mm')
		.split(' ');
	return `${dateWords(date!)} at ${time}${zone === 'UTC' ? ' UTC' : `, ${zoneWords(zone)}`}`;
}

/**
 * The earliest of some moments, as it was given; undefined when there is none. By the time that they
 * mean, not as texts: after the year 9999 a moment begins with "+".
 * @param moments ISO 8601
 */
export function earliest(moments: ReadonlyArray<string | undefined>): string | undefined {
	let first: string | undefined;
	for (const at of moments)
		if (at !== undefined && (first === undefined || Date.parse(at) < Date.parse(first))) first = at;
	return first;
}

export const plusDays = (moment: Date, days: number): Date =>
	new Date(moment.getTime() + days * DAY_MS);

/**
 * A moment that somebody typed or an expression gave: ISO 8601, in `zone` when it names none; or
 * null.
 * @param zone IANA name
 */
export function typedMoment(value: unknown, zone: string): Date | null {
	const text = value instanceof Date || DateTime.isDateTime(value) ? value.valueOf() : value;
	const moment =
		typeof text === 'number'
			? DateTime.fromMillis(text)
			: typeof text === 'string'
				? DateTime.fromISO(text.trim().replace(' ', 'T'), { zone })
				: null;
	return moment?.isValid ? moment.toJSDate() : null;
}
