import { isCalendarDate } from '../time';
import type { Person } from '../subject';

export interface LastDay {
	/** `YYYY-MM-DD` */
	date: string;
	/**
	 * The employment ends on the day it begins: one day of work, or a date that somebody has yet to
	 * fill in. Or nobody knows when it began: the end may be that of an earlier employment.
	 */
	doubtful: boolean;
}

/**
 * A date of a person as the rules may use it: `unusable` when Humaans gave something that is no day
 * of the calendar.
 */
export function dateOf(
	person: Person,
	field: 'employmentStartDate' | 'employmentEndDate' | 'lastWorkingDay',
): string | null | 'unusable' {
	const date = person[field];
	if (person.unusable?.includes(field)) return 'unusable';
	if (!date) return null;
	return isCalendarDate(date) ? date : 'unusable';
}

/**
 * The last day that is to be believed: the earlier of last working day and employment end. A last
 * working day counts only after the start and before the end (Humaans gives people who have just
 * begun one equal to the start), and by itself only for somebody who is offboarded. An end counts
 * from the start of this employment on.
 */
export function lastDayOf(person: Person): LastDay | null | 'unusable' {
	const end = dateOf(person, 'employmentEndDate');
	if (end === 'unusable') return end;
	const start = usable(dateOf(person, 'employmentStartDate'), '');
	if (end === null) {
		const last = usable(dateOf(person, 'lastWorkingDay'), '');
		return person.status === 'offboarded' && last > start ? { date: last, doubtful: false } : null;
	}
	if (end < start) return null;
	const last = usable(dateOf(person, 'lastWorkingDay'), end);
	const date = last > start && last < end ? last : end;
	return { date, doubtful: start === '' || date === start };
}

const usable = (date: ReturnType<typeof dateOf>, otherwise: string): string =>
	date === null || date === 'unusable' ? otherwise : date;
