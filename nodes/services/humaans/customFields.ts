import { customFieldRow, customValueRow } from '../../core/person/person';
import type { Person } from '../../core/subject';
import type { ListRows } from './lists';

export interface CustomField {
	id: string;
	name: string;
}

type Value = string | string[] | null;

/** By the name of the field, in small letters; `undefined`: there is something, and nobody knows what. */
type Values = ReadonlyMap<string, Value | undefined>;

export interface CustomValues {
	/** By person ID: the values that were read. */
	of: ReadonlyMap<string, Values>;
	/** What counts for a person without a value. */
	empty: Values;
	/** The ways in which the name of a field is written; by the name in small letters. */
	spellings: ReadonlyMap<string, ReadonlySet<string>>;
}

/** The custom fields that the company has. */
export const listCustomFields = async (list: ListRows): Promise<CustomField[]> =>
	(await list('/custom-fields')).flatMap(({ data }) => customFieldRow.safeParse(data).data ?? []);

const isEmpty = (value: Value): boolean => value === null || value.length === 0;
const isSame = (a: Value, b: Value): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * Two fields may have one name. Then a value counts more than none, and of two different values
 * nobody knows which one is meant.
 */
function united(a: Value | undefined, b: Value | undefined): Value | undefined {
	if (a === undefined || b === undefined) return undefined;
	if (isEmpty(a)) return b;
	return isEmpty(b) || isSame(a, b) ? a : undefined;
}

/** Capital letters make no other name: whoever maps a field may write them or not. */
function spellingsOf(fields: readonly CustomField[]): Map<string, Set<string>> {
	const spellings = new Map<string, Set<string>>();
	for (const { name } of fields) {
		const key = name.toLowerCase();
		spellings.set(key, (spellings.get(key) ?? new Set()).add(name));
	}
	return spellings;
}

/**
 * A field without a value is empty, and a value that nobody can read is unknown. When there are no
 * values at all, nothing is known to be empty: the list may be one that the token cannot see.
 * @param personId Ask only for this person's values; Humaans may give more.
 */
export async function readCustomValues(list: ListRows, personId?: string): Promise<CustomValues> {
	const [fields, rows] = await Promise.all([
		listCustomFields(list),
		list('/custom-values', personId ? { personId } : {}),
	]);
	const spellings = spellingsOf(fields);
	const names = new Map<unknown, string>(fields.map(({ id, name }) => [id, name.toLowerCase()]));
	const empty = new Map<string, Value>();
	if (rows.length > 0) for (const name of spellings.keys()) empty.set(name, null);
	const of = new Map<string, Map<string, Value | undefined>>();
	for (const { data } of rows) {
		const { personId: owner, customFieldId } = (data ?? {}) as Record<string, unknown>;
		const name = names.get(customFieldId);
		if (name === undefined) continue;
		if (typeof owner !== 'string' || owner === '') {
			// It could be anybody's.
			empty.delete(name);
			continue;
		}
		const parsed = customValueRow.safeParse(data);
		const value = parsed.success ? (parsed.data.value ?? null) : undefined;
		const own = of.get(owner) ?? new Map<string, Value | undefined>();
		own.set(name, own.has(name) ? united(own.get(name), value) : value);
		of.set(owner, own);
	}
	return { of, empty, spellings };
}

/**
 * What is known of one person, by the name of the field. Whatever the name is, it is a key of its
 * own, also `__proto__`.
 */
export const customFieldsFor = (
	id: string,
	{ of, empty, spellings }: CustomValues,
): NonNullable<Person['customFields']> =>
	Object.fromEntries(
		[...new Map([...empty, ...(of.get(id) ?? [])])].flatMap(([key, value]) =>
			value === undefined ? [] : [...spellings.get(key)!].map((name) => [name, value] as const),
		),
	);
