/** The dates that somebody asked a review for, and why one of them cannot be used. */
import type { PolicySettings } from '../policy/settings';
import { calendarDays, localToday, typedMoment } from '../time';

/** Why there is no list: what is wrong, and what to do. Both are sentences without personal data. */
export interface Refusal {
	message: string;
	todo: string;
}

export type ReviewKind = Exclude<PolicySettings['accessReview'], 'none'>;

/** First and last day, both of them included; `YYYY-MM-DD`. */
export interface Period {
	from: string;
	until: string;
}

const DAYS_AHEAD = 366;
/** Without dates the evidence is that of so many days until today. */
const USUAL_DAYS = 90;

const PAST: Refusal = {
	message: 'The date is in the past.',
	todo: 'Choose today or a day to come. For what has been, choose the evidence of leavers.',
};
const FAR: Refusal = {
	message: 'The date is more than a year ahead.',
	todo: 'Choose a day within a year: Humaans knows little of what comes later.',
};
const REVERSED: Refusal = {
	message: 'The period ends before it begins.',
	todo: 'Choose a first day that is not later than the last one.',
};
const TO_COME: Refusal = {
	message: 'The period ends after today.',
	todo: 'Evidence is of what has been. For what is to come, choose what will happen.',
};

export interface ReviewDates {
	settings: PolicySettings;
	/** What the clock says. */
	now: Date;
	/** The time that *Evaluate As Of* names. */
	asOf: Date | null;
	/** IANA name: in which zone a moment is a day. */
	zone: string;
}

/** The days of the evidence of leavers. */
export function periodOf({ settings, now, zone }: ReviewDates): Period {
	const dayOf = (value: unknown, unset: string): string => {
		const moment = typedMoment(value, zone);
		return moment === null ? unset : localToday(moment, zone);
	};
	const until = dayOf(settings.reviewUntil, localToday(now, zone));
	return { from: dayOf(settings.reviewFrom, calendarDays(until, -USUAL_DAYS)), until };
}

/** Why the dates cannot be used, or null. */
export function dateProblem(kind: ReviewKind, asked: ReviewDates): Refusal | null {
	const today = localToday(asked.now, asked.zone);
	if (kind === 'leavers') {
		const { from, until } = periodOf(asked);
		return from > until ? REVERSED : until > today ? TO_COME : null;
	}
	const day = asked.asOf === null ? today : localToday(asked.asOf, asked.zone);
	if (day < today) return PAST;
	return day > calendarDays(today, DAYS_AHEAD) ? FAR : null;
}
