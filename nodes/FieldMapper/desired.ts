import { isOwnAttribute } from '../shared/sync/changes';
import { parseSlot } from '../shared/slots';
import type { Desired, FieldProblem, Person, SyncRule } from '../shared/subject';
import { fieldById, oneLine, type SourceValue } from './fields';
import { usernameCandidates, type UsernameStrategy } from './username';

export interface CustomMapping {
	/** Slot in JumpCloud, e.g. `description` or `attributes.badge`. */
	slot: string;
	/** What the expression yielded. */
	value: unknown;
	rule: SyncRule | 'default';
}

export interface MapperSettings {
	fields: readonly string[];
	rule: SyncRule;
	/** Rules that differ from `rule`, by field id. */
	fieldRules: Readonly<Record<string, SyncRule>>;
	clearEmpty: boolean;
	customMappings: readonly CustomMapping[];
	username: { strategy: UsernameStrategy; typed?: string; limit: number };
}

/** JumpCloud attributes a custom mapping may write, with their limits; passwords and states are not among them. */
export const CUSTOM_TARGETS: Readonly<Record<string, number>> = {
	company: 1024, costCenter: 1024, department: 1024, description: 1024, displayname: 1024, employeeType: 1024, jobTitle: 1024,
	location: 1024, managedAppleId: 1024, middlename: 1024,
	'phoneNumbers.home': 1024, 'phoneNumbers.mobile': 1024, 'phoneNumbers.work': 1024, 'phoneNumbers.work_fax': 1024, 'phoneNumbers.work_mobile': 1024,
};

/** JumpCloud, "Create custom user attributes": letters and digits only, under 32 characters. */
export const isCustomAttributeName = (name: string): boolean => /^[A-Za-z0-9]{1,31}$/.test(name);

function customTargetProblem(slot: string): string | null {
	const { root, key } = parseSlot(slot);
	if (root === 'attributes' && key !== null) {
		if (!isCustomAttributeName(key)) return `"${key}" is not a custom attribute name: JumpCloud takes letters and digits only, under 32 characters.`;
		if (isOwnAttribute(key)) return `"${key}" is kept by this package and cannot be mapped.`;
		return null;
	}
	return slot in CUSTOM_TARGETS ? null : `"${slot}" cannot be mapped. Choose an attribute from the list.`;
}

function customValue(value: unknown): SourceValue {
	if (value === undefined) return undefined;
	if (value === null || value === '') return null;
	if (Array.isArray(value)) return oneLine(value.map(String).join(', '));
	return oneLine(String(value));
}

/** What JumpCloud should hold for one person. Pure; a problem with one field never stops the others. */
export function mapPerson(person: Person, settings: MapperSettings): Desired {
	const attributes: Desired['attributes'] = {};
	const rules: Desired['rules'] = {};
	const problems: FieldProblem[] = [];

	const put = (slot: string, value: SourceValue, rule: SyncRule, limit: number, field: string): void => {
		if (value === undefined) return;
		const longest = value === null ? 0 : typeof value === 'string' ? value.length : Math.max(...Object.values(value).map((part) => part?.length ?? 0));
		if (longest > limit) {
			problems.push({ field, message: `The value has ${longest} characters; JumpCloud takes at most ${limit}. It is left as it is.` });
			return;
		}
		attributes[slot] = value;
		rules[slot] = rule;
	};

	for (const id of settings.fields) {
		const field = fieldById(id);
		if (!field) {
			problems.push({ field: id, message: `There is no field "${id}".` });
			continue;
		}
		const value = field.read(person);
		const wrong = typeof value === 'string' ? field.check?.(value) : null;
		if (wrong) problems.push({ field: id, message: wrong, blocking: field.slot === 'email' });
		else put(field.slot, value, settings.fieldRules[id] ?? settings.rule, field.limit, id);
	}
	for (const mapping of settings.customMappings) {
		const wrong = customTargetProblem(mapping.slot);
		if (wrong) problems.push({ field: mapping.slot, message: wrong });
		else {
			const rule = mapping.rule === 'default' ? settings.rule : mapping.rule;
			put(mapping.slot, customValue(mapping.value), rule, CUSTOM_TARGETS[mapping.slot] ?? 1024, mapping.slot);
		}
	}
	const { strategy, typed, limit } = settings.username;
	return { attributes, rules, usernames: usernameCandidates(person, strategy, { limit, typed }), clearEmpty: settings.clearEmpty, problems };
}
