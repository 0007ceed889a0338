import { STRING_FIELDS } from '../contract/systemuser';
import type { Account, Row } from '../types';
import type { World } from '../world';

export interface RowOptions {
	/** Names separated by spaces; with any, only they and `_id` come back. */
	fields?: string;
	/** A row of list or search, not an account alone. */
	listed?: boolean;
}

/**
 * An account as an answer shows it: what is not set as the switches say, and an `_id` in every
 * custom attribute.
 */
export function accountRow(
	world: World,
	account: Account,
	{ fields = '', listed = false }: RowOptions = {},
): Row {
	const names = fields.split(' ').filter(Boolean);
	const row = names.length === 0 ? { ...account } : picked(account, ['_id', ...names]);
	for (const name of STRING_FIELDS) if (name in row && isUnset(row[name])) settle(name, row);
	if (Array.isArray(row.attributes)) row.attributes = withIds(account._id, row.attributes);
	return row;

	function settle(name: string, into: Row): void {
		const how = unsetAs(name);
		if (how === 'absent') delete into[name];
		else into[name] = how === 'null' ? null : '';
	}

	function unsetAs(name: string): 'empty' | 'null' | 'absent' {
		if (name === 'employeeIdentifier') return world.quirks.unsetEmployeeIdentifier;
		if (name === 'alternateEmail' && listed) return world.quirks.unsetAlternateEmail;
		return world.quirks.unsetText;
	}
}

const isUnset = (value: unknown): boolean => value === '' || value === null || value === undefined;

function picked(row: Row, names: readonly string[]): Row {
	const out: Row = {};
	for (const name of names) if (name in row) out[name] = row[name];
	return out;
}

/** The same id for the same place, so that two reads agree. */
const withIds = (accountId: string, attributes: readonly object[]): object[] =>
	attributes.map((item, index) => ({
		_id: accountId.slice(0, 18) + index.toString(16).padStart(6, '0'),
		...item,
	}));
