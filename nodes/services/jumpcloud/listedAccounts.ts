/** Rows of a list of accounts, as the client reads them. */
import { parseAccountRow } from '../../core/account/accountRow';
import type { Account } from '../../core/subject';
import { ServiceFailure } from '../http/failure';
import type { FailureKind } from '../http/failureTable';
import type { Page } from '../http/pages';

/** A row of a list of accounts; null: it has no ID, so nobody can say which account it is. */
export interface ListedAccount {
	/** The ID, or the row's place in the list. */
	key: string;
	account: Account | null;
}

export interface AllAccounts {
	accounts: Account[];
	/** Rows that could not be read and were left out. */
	unreadable: number;
}

export const readable = (rows: readonly ListedAccount[]): Account[] =>
	rows.flatMap(({ account }) => account ?? []);

/** Failures that say a list cannot be had in this way; another way may do. */
export const REFUSES_A_WAY: readonly FailureKind[] = ['refused', 'notFound', 'notAllowed'];

/**
 * Whether rows show what everything rests on: links and states. Where they do not, `fields` means
 * something else than we know.
 */
export function showsAccounts(rows: readonly ListedAccount[]): boolean {
	const accounts = readable(rows);
	const hasState = (account: Account): boolean => 'state' in account || 'suspended' in account;
	return (
		accounts.length === 0 ||
		(accounts.every(hasState) && accounts.some((account) => 'attributes' in account))
	);
}

/** @throws ServiceFailure when the answer is no page of a list */
export function accountsIn(body: unknown, skip: number): Page<ListedAccount> {
	const { totalCount, results } = body as { totalCount?: unknown; results?: unknown };
	if (typeof totalCount !== 'number' || !Array.isArray(results)) {
		throw new ServiceFailure('JumpCloud', 'incomplete', null);
	}
	const rows = results.map((row, index): ListedAccount => {
		const account = parseAccountRow(row);
		return { key: account?._id ?? `row ${skip + index}`, account };
	});
	return { total: totalCount, rows };
}
