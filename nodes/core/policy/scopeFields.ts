/**
 * What the conditions of *People in Scope* look at. A condition on a value that was not read must
 * not count as "out", and the result of an expression does not show whether it was. So a person is
 * out only when every expression names the fields it looks at, and each of them was read. Of an
 * expression that is written in another way, every word that is a field of a person must be read.
 */
import type { Subject } from '../subject';
import { FIELD_NAMES } from '../watch/fields';

/** A step into a field: `.manager`, `?.email`, `["Team"]`, `?.["Team"]`. */
const STEP = /\s*(?:\?\.)?\s*\[\s*(?:"([^"]+)"|'([^']+)'|`([^`]+)`)\s*\]|\s*\??\.\s*(\w+)/y;
/** Where an expression takes an item from: `$json`, `$input`, `$('A Node')`, … */
const ITEM = /\$(?:json|input|items?|node|data|binary)\b|\$\(/g;
/** The person of an item: `$json.person`, `$json?.person`, `$json["person"]`. */
const PERSON = /(?:\.\s*person\b|\[\s*["'`]person["'`]\s*\])/g;
/** What the account should hold: `$json.desired.attributes`. */
const DESIRED = /\.\s*desired\s*\??\.\s*attributes\b/g;

/** Every expression among the conditions; what is typed is a text, not an expression. */
function expressionsIn(conditions: unknown): string[] {
	if (typeof conditions === 'string') return conditions.startsWith('=') ? [conditions] : [];
	if (conditions === null || typeof conditions !== 'object') return [];
	return Object.values(conditions).flatMap(expressionsIn);
}

/** Fields of a person whose names are words of an expression. */
const fieldsNamedIn = (expression: string): string[] =>
	(expression.match(/\w+/g) ?? []).filter((word) => FIELD_NAMES.includes(word));

/** Up to so many names after each place where the pattern fits; none: it is used as a whole. */
function pathsAfter(pattern: RegExp, expression: string, most: number): string[][] {
	return [...expression.matchAll(pattern)].map((match) => {
		const path: string[] = [];
		STEP.lastIndex = match.index + match[0].length;
		while (path.length < most) {
			const step = STEP.exec(expression);
			if (!step) break;
			path.push(step.slice(1).find((name) => name !== undefined)!);
		}
		return path;
	});
}

export interface ScopeFields {
	/**
	 * Fields of the person, with what is looked at in them as far as that is said: `department`,
	 * `manager.email`, `customFields.Team`.
	 */
	person: readonly string[];
	/** Slots of what the account should hold: `department`, `phoneNumbers.work`. */
	desired: readonly string[];
	/** All expressions name what they look at, and there is one that looks at the person. */
	isNamed: boolean;
}

export function fieldsOfScope(conditions: unknown): ScopeFields {
	const person = new Set<string>();
	const desired = new Set<string>();
	let isNamed = true;
	for (const expression of expressionsIn(conditions)) {
		const ofPerson = pathsAfter(PERSON, expression, 2);
		const ofDesired = pathsAfter(DESIRED, expression, 1);
		const paths = [...ofPerson, ...ofDesired];
		const items = [...expression.matchAll(ITEM)].length;
		if (items !== paths.length || paths.some((path) => path.length === 0)) {
			isNamed = false;
			for (const field of fieldsNamedIn(expression)) person.add(field);
		}
		for (const path of ofPerson) if (path.length > 0) person.add(path.join('.'));
		for (const [slot] of ofDesired) if (slot) desired.add(slot);
	}
	const isAboutSomebody = person.size + desired.size > 0;
	return { person: [...person], desired: [...desired], isNamed: isNamed && isAboutSomebody };
}

/** Empty (null) is known; absent is not, nor a name or email that is null beside whose it is. */
function isUnknown(person: object, name: string): boolean {
	const [field = '', ...rest] = name.split('.');
	const value = (person as Record<string, unknown>)[field];
	const part = rest.join('.');
	if (value === undefined || value === null || part === '') return value === undefined;
	if (typeof value !== 'object' || Array.isArray(value)) return false;
	const within = value as Record<string, unknown>;
	if (within[part] !== null) return within[part] === undefined;
	return typeof within.id === 'string' && (part === 'name' || part === 'email');
}

/** Those of the fields that were not read of this person. */
export function unreadFields({ person, desired }: Subject, fields: ScopeFields): string[] {
	const attributes = desired?.attributes ?? {};
	return [
		...fields.person.filter((name) => isUnknown(person ?? {}, name)),
		...fields.desired.filter((slot) => !Object.hasOwn(attributes, slot)),
	];
}
