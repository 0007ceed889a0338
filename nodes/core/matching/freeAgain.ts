import { customAttribute, SYNC_RECORD } from '../account/link';
import { parseRecord, remembered, valueHash } from '../account/record';
import { UNIQUE_SLOTS } from '../account/slots';
import type { Account, Desired } from '../subject';
import { accountsWithId, holdersOfEmail, type AccountIndex } from './accountIndex';

/** The accounts that have a value. */
const HOLDERS: Record<
	(typeof UNIQUE_SLOTS)[number],
	(index: AccountIndex, value: string) => readonly Account[]
> = {
	email: holdersOfEmail,
	alternateEmail: holdersOfEmail,
	employeeIdentifier: accountsWithId,
};

/**
 * Slots that were left off as taken, and whose value no other account has now. The index must hold
 * all accounts.
 */
export function freeAgainFor(
	account: Account,
	desired: Desired | undefined,
	index: AccountIndex,
): string[] {
	const record = parseRecord(customAttribute(account, SYNC_RECORD));
	if (record.size === 0 || !desired) return [];
	return UNIQUE_SLOTS.filter((slot) => {
		const value = desired.attributes[slot];
		const known = remembered(record, slot);
		if (typeof value !== 'string' || known?.kind !== 'taken') return false;
		if (known.hash !== valueHash(slot, value)) return false;
		return HOLDERS[slot](index, value).every(({ _id }) => _id === account._id);
	});
}
