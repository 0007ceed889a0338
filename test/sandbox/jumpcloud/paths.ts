/** Values at a dotted path; an array on the way yields each of its items. */
export function valuesAt(value: unknown, path: readonly string[]): unknown[] {
	if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, path));
	const [key, ...rest] = path;
	if (key === undefined) return [value];
	if (!value || typeof value !== 'object') return [undefined];
	return valuesAt((value as Record<string, unknown>)[key], rest);
}

/** A copy in which every text at the path is changed; an array on the way means each item. */
export function withTextsAt(
	value: unknown,
	path: readonly string[],
	change: (text: string) => string,
): unknown {
	if (Array.isArray(value)) return value.map((item) => withTextsAt(item, path, change));
	const [key, ...rest] = path;
	if (key === undefined) return typeof value === 'string' ? change(value) : value;
	if (!value || typeof value !== 'object' || !(key in value)) return value;
	return { ...value, [key]: withTextsAt((value as Record<string, unknown>)[key], rest, change) };
}
