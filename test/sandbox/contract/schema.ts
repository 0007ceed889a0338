/** The little of JSON Schema that the contract needs, as data. */
export type TypeName = 'string' | 'boolean' | 'integer' | 'array' | 'object';

export interface FieldSpec {
	/** Several when the API takes either. */
	type: TypeName | readonly TypeName[];
	/** null is allowed too. */
	nullable?: boolean;
	maxLength?: number;
	minimum?: number;
	enum?: readonly string[];
	pattern?: RegExp;
	/** Of an array. */
	items?: FieldSpec;
	/** Of an object; a key that is not listed is refused. Without `fields` any object is accepted. */
	fields?: Readonly<Record<string, FieldSpec>>;
	required?: readonly string[];
}

export const typesOf = (spec: FieldSpec): readonly TypeName[] =>
	typeof spec.type === 'string' ? [spec.type] : spec.type;

function typeOf(value: unknown): TypeName | 'null' | 'number' {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'array';
	if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
	return typeof value as TypeName;
}

/**
 * What is wrong with a value; each sentence begins with where. Never repeats the value itself: it
 * may be personal.
 */
export function problemsOf(value: unknown, spec: FieldSpec, where: string): string[] {
	const actual = typeOf(value);
	if (actual === 'null') return spec.nullable ? [] : [`${where}: null is not allowed`];
	const allowed = typesOf(spec);
	if (!(allowed as readonly string[]).includes(actual))
		return [`${where}: must be ${allowed.join(' or ')}, is ${actual}`];
	const problems: string[] = [];
	if (typeof value === 'string') {
		if (spec.maxLength !== undefined && value.length > spec.maxLength)
			problems.push(`${where}: longer than ${spec.maxLength} characters`);
		if (spec.enum && !spec.enum.includes(value))
			problems.push(`${where}: must be one of ${spec.enum.join(', ')}`);
		if (spec.pattern && !spec.pattern.test(value))
			problems.push(`${where}: does not fit ${spec.pattern.source}`);
	}
	if (typeof value === 'number' && spec.minimum !== undefined && value < spec.minimum)
		problems.push(`${where}: below ${spec.minimum}`);
	if (Array.isArray(value) && spec.items) {
		for (const [i, item] of value.entries())
			problems.push(...problemsOf(item, spec.items, `${where}[${i}]`));
	}
	if (actual === 'object' && spec.fields) {
		const object = value as Record<string, unknown>;
		for (const key of spec.required ?? [])
			if (object[key] === undefined) problems.push(`${where}.${key}: is required`);
		for (const [key, inner] of Object.entries(object)) {
			const field = Object.hasOwn(spec.fields, key) ? spec.fields[key] : undefined;
			problems.push(
				...(field
					? problemsOf(inner, field, `${where}.${key}`)
					: [`${where}.${key}: is not part of the API`]),
			);
		}
	}
	return problems;
}
