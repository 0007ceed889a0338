import { dateOf } from '../person/lastDay';
import { localMoment, zoneOf } from '../time';
import { personOf, review, type Case, type Verdict } from './verdict';

/** When somebody starts, as far as their account goes. */
export interface Start {
	/** The start date, `YYYY-MM-DD`. */
	date: string;
	at: Date;
	zone: string;
	warnings: string[];
}

/** When the account is due to be activated, or why that cannot be said. */
export function startOf(facts: Case): Start | { problem: Verdict } {
	const person = personOf(facts);
	const { activationHour, activationMinute, fixedZone } = facts.settings;
	const date = dateOf(person, 'employmentStartDate');
	if (date === null || date === 'unusable') {
		const what =
			date === null
				? 'Humaans has no employment start date'
				: 'The employment start date in Humaans is not a date';
		const reason = `${what}, so it cannot be said when the account is due.`;
		return { problem: review('person.noStartDate', reason, 'activate') };
	}
	const { zone, warning } = zoneOf(person, fixedZone);
	const at = localMoment(date, zone, activationHour, activationMinute);
	return { date, at, zone, warnings: warning ? [warning] : [] };
}

/** Whether *Immediately* holds for this person now: they are an active member, or it says so. */
export function isImmediate(facts: Case): boolean {
	const { activateNewHires, activationTrigger } = facts.settings;
	const isActive = personOf(facts).status === 'active';
	return activationTrigger === 'immediately' && (isActive || activateNewHires);
}
