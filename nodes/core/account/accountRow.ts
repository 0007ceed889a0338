/** One row of JumpCloud's users as this package can use it, whatever kind of values it holds. */
import type { Account } from '../subject';

const TEXTS = [
	...['username', 'email', 'alternateEmail', 'employeeIdentifier', 'firstname', 'lastname'],
	...['displayname', 'manager', 'organization'],
] as const;
const LISTS = ['attributes', 'phoneNumbers', 'addresses', 'restrictedFields'] as const;
/** What tells the entries of a list apart. */
const ENTRY_KEYS = {
	...{ attributes: 'name', phoneNumbers: 'type', addresses: 'type', restrictedFields: 'field' },
} as const;

type ReadRow = Record<string, unknown>;

const isObject = (value: unknown): value is ReadRow =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
const isTextLike = (value: unknown): boolean =>
	value === undefined || value === null || typeof value === 'string';

function isUsable(list: unknown, key: string): boolean {
	if (list === undefined) return true;
	const isEntry = (entry: unknown): boolean =>
		isObject(entry) && typeof entry[key] === 'string' && Object.values(entry).every(isTextLike);
	return Array.isArray(list) && list.every(isEntry);
}

/** Nearly every row is of its documented kind, and there are as many as accounts. */
const isPlain = (row: ReadRow): boolean =>
	typeof row.username === 'string' &&
	typeof row.email === 'string' &&
	TEXTS.every((name) => isTextLike(row[name])) &&
	LISTS.every((name) => isUsable(row[name], ENTRY_KEYS[name]));

/** A number is taken as its text; what is no text at all is as good as not there. */
function asText(value: unknown): string | null {
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	return typeof value === 'string' ? value : null;
}

function asList(list: unknown, key: string): ReadRow[] {
	const entries = Array.isArray(list) ? list.filter(isObject) : [];
	return entries
		.map((entry): ReadRow => {
			const values = Object.entries(entry).map(([name, value]) => [name, asText(value)]);
			return Object.fromEntries(values) as ReadRow;
		})
		.filter((entry) => typeof entry[key] === 'string');
}

/** Null for a row without an id: nobody can say which account it is. */
export function parseAccountRow(row: unknown): Account | null {
	if (!isObject(row)) return null;
	const id = asText(row._id ?? row.id);
	if (id === null || id === '') return null;
	if (row._id === id && isPlain(row)) return row as unknown as Account;
	const account: ReadRow = { ...row, _id: id };
	for (const name of TEXTS) if (name in row) account[name] = asText(row[name]);
	for (const name of LISTS) if (name in row) account[name] = asList(row[name], ENTRY_KEYS[name]);
	return {
		...account,
		username: asText(row.username) ?? '',
		email: asText(row.email) ?? '',
	} as unknown as Account;
}
