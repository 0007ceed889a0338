import type { Person } from '../subject';
import { fieldById, type Needs } from './fields';

const INCLUDE: Readonly<Record<Needs, string>> = {
	jobRoles: 'Job Roles',
	locations: 'Locations',
	customFields: 'Custom Fields',
};

const wasRead = (person: Person, needs: Needs): boolean => {
	switch (needs) {
		case 'jobRoles':
			return (
				person.jobTitle !== undefined ||
				person.department !== undefined ||
				person.manager !== undefined
			);
		case 'locations':
			return person.location !== undefined;
		case 'customFields':
			return person.customFields !== undefined;
	}
};

/**
 * From so many people on, a value that nobody has says something about the setting, not about the
 * people.
 */
const MANY = 5;

/**
 * Sentences about ticked fields that nobody in the run has: a setting that cannot work, as far as
 * this run can tell.
 */
export function unknownFields(people: readonly Person[], ticked: readonly string[]): string[] {
	if (people.length === 0) return [];
	const sentences: string[] = [];
	for (const id of ticked) {
		const field = fieldById(id);
		if (!field || people.some((person) => field.read(person) !== undefined)) continue;
		const { label, needs, source } = field;
		const many = people.length >= MANY;
		if (needs && !people.some((person) => wasRead(person, needs))) {
			// Somebody without a job role or a location looks as if it had not been read; custom fields
			// are there, or were not asked for.
			if (many || needs === 'customFields')
				sentences.push(
					`${label} is ticked, and was not read of anybody in this run. Add ${INCLUDE[needs]} ` +
						'under Options → Include of the Humaans node.',
				);
		} else if (many)
			sentences.push(
				`${label} is ticked, and Humaans tells it (${source}) of nobody in this run. It stays as it is.`,
			);
	}
	return sentences;
}
