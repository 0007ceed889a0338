import { ATTRIBUTES } from './attributes';
import { parseSlot } from './slots';

/** Beside what may be written: whose account it is, what state it is in, and who else has a say. */
const READ_ONLY = [
	...['_id', 'username', 'state', 'suspended', 'activated', 'admin', 'organization'],
	...['attributes', 'restrictedFields', 'externally_managed', 'delegatedAuthority'],
];

/**
 * The fields of an account that this package reads or merges, and no others. A list of all accounts
 * asks for these, because that makes it much faster. Whatever reads another field of an account
 * must name it here, or it is always empty.
 */
export const ACCOUNT_FIELDS: readonly string[] = [
	...new Set([...READ_ONLY, ...ATTRIBUTES.map(({ slot }) => parseSlot(slot).root)]),
];
