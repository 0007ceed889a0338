/** A step into a field: `.manager`, `?.email`, `["Team"]`, `?.["Team"]`. */
const STEP = /\s*(?:\?\.)?\s*\[\s*(?:"([^"]+)"|'([^']+)'|`([^`]+)`)\s*\]|\s*\??\.\s*(\w+)/y;
/** The person of an item: `$json.person`, `$json?.person`, `$json["person"]`. */
const PERSON = /(?:\.\s*person\b|\[\s*["'`]person["'`]\s*\])/g;

/** Every expression among the conditions; what is typed is a text, not an expression. */
function expressionsIn(conditions: unknown): string[] {
	if (typeof conditions === 'string') return conditions.startsWith('=') ? [conditions] : [];
	return conditions !== null && typeof conditions === 'object'
		? Object.values(conditions).flatMap(expressionsIn)
		: [];
}

/** Up to two names after each `person`: none where the person is used as a whole. */
function pathsIn(expression: string): string[][] {
	return [...expression.matchAll(PERSON)].map((match) => {
		const path: string[] = [];
		STEP.lastIndex = match.index + match[0].length;
		for (let step = STEP.exec(expression); step && path.length < 2; step = STEP.exec(expression))
			path.push(step.slice(1).find((name) => name !== undefined)!);
		return path;
	});
}

/** What the conditions of *People in Scope* look at. */
export interface ScopeFields {
	/**
	 * Fields of the person, with what is looked at in them: `department`, `manager.email`,
	 * `customFields.Team`.
	 */
	names: string[];
	/** The person is also used in a way that names no field. */
	unnamed: boolean;
}

export function fieldsOfScope(conditions: unknown): ScopeFields {
	const paths = expressionsIn(conditions).flatMap(pathsIn);
	return {
		names: [...new Set(paths.filter((path) => path.length > 0).map((path) => path.join('.')))],
		unnamed: paths.some((path) => path.length === 0),
	};
}

/**
 * Those of the fields that this person's read does not hold. Empty (null) is known; absent is not,
 * nor a name or e-mail that is null beside the ID of whose it is.
 */
export const unknownFields = (person: object, names: readonly string[]): string[] =>
	names.filter((name) => {
		const [field = '', ...rest] = name.split('.');
		const value = (person as Record<string, unknown>)[field];
		const part = rest.join('.');
		if (
			value === undefined ||
			part === '' ||
			value === null ||
			typeof value !== 'object' ||
			Array.isArray(value)
		)
			return value === undefined;
		const within = value as Record<string, unknown>;
		return (
			within[part] === undefined ||
			(within[part] === null && typeof within.id === 'string' && ['name', 'email'].includes(part))
		);
	});
