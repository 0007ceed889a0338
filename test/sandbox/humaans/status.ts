import type { Person } from '../types';
import type { World } from '../world';

/**
 * The status that a person's dates give on a day (UTC). Only employmentEndDate ends an employment:
 * an active person may carry a lastWorkingDay equal to the start date.
 */
export function statusByDates(person: Person, today: string): Person['status'] {
	if (person.employmentEndDate && person.employmentEndDate < today) return 'offboarded';
	return person.employmentStartDate > today ? 'newHire' : 'active';
}

/**
 * Brings every status up to date with the clock and returns those whose status changed. Offboarded
 * people stay so.
 */
export function applyDates(world: World): Person[] {
	const today = world.today();
	const changed: Person[] = [];
	for (const person of world.people) {
		const status = person.status === 'offboarded' ? 'offboarded' : statusByDates(person, today);
		if (status === person.status) continue;
		person.status = status;
		person.updatedAt = world.now().toISOString();
		changed.push(person);
	}
	if (changed.length > 0) world.touch();
	return changed;
}
