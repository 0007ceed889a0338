import { basisOf, differencesFrom } from '../../core/account/basis';
import type { AccountBody } from '../../core/account/body';
import type { Account, Basis } from '../../core/subject';
import { attempt } from '../http/failure';
import { ATTEMPTS, MOST_REFUSALS } from '../http/retry';
import { KeyedQueue } from '../keyedQueue';
import type { JumpCloudClient } from './client';

/** The account that is written, and what the decision about it rests on. */
export interface WriteTarget {
	accountId: string;
	/** Humaans id; null when the account was chosen by hand. */
	personId: string | null;
	/** Null when nobody decided: the account was chosen by hand. */
	basis: Basis | null;
}

/** What was read just before a write, and what came of it. */
export type Conditional<T> =
	| { kind: 'done'; account: Account; value: T }
	/** Nothing was written: the account is no longer what the decision rests on. */
	| { kind: 'outdated'; account: Account; differences: string[] }
	| { kind: 'gone' };

/** Writes on one account take turns in this process: none comes between reading and writing. */
const writes = new KeyedQueue();

export const inTurn = async <T>(accountId: string, work: () => Promise<T>): Promise<T> =>
	await writes.run(accountId, work);

/**
 * As it was read, held against what the decision rests on.
 * @param own what the account shows when a write of ours, whose answer was lost, was done
 */
async function readFor(
	client: JumpCloudClient,
	{ accountId, basis }: WriteTarget,
	own: Basis | null,
): Promise<Exclude<Conditional<never>, { kind: 'done' }> | { kind: 'fits'; account: Account }> {
	const account = await client.get(accountId);
	if (!account) return { kind: 'gone' };
	const differences = basis ? differencesFrom(basis, account) : [];
	const isOwn = own !== null && differencesFrom(own, account).length === 0;
	return differences.length > 0 && !isOwn
		? { kind: 'outdated', account, differences }
		: { kind: 'fits', account };
}

/**
 * Reads an account and writes to it right after, when it is still what the decision rests on. A
 * write that was refused for its rate, or that got no clear answer, is never simply sent again: the
 * account is read anew, and the write made anew from it. To be called in turn (`inTurn`).
 * @param write may find that nothing is left to do, and then writes nothing. What it is about to
 * write it hands to `sends`: found on the account after no clear answer, it is its own work.
 * @param known the account as it surely is, so that it need not be read first; null: read it
 */
export async function conditionalWrite<T>(
	client: JumpCloudClient,
	target: WriteTarget,
	write: (account: Account, sends: (body: AccountBody) => void) => Promise<T>,
	known: Account | null = null,
): Promise<Conditional<T>> {
	// Whatever is written now, it is no longer as it was created.
	client.tenant.justCreated.take(target.accountId);
	let [uncertain, refused] = [0, 0];
	let own: Basis | null = null;
	let unread = known;
	for (;;) {
		const read = unread
			? ({ kind: 'fits', account: unread } as const)
			: await readFor(client, target, own);
		unread = null;
		if (read.kind !== 'fits') return read;
		const { account } = read;
		const sends = (body: AccountBody): void => {
			own = basisOf({ ...account, ...body }, target.basis?.protection?.[0] ?? null);
		};
		const written = await attempt(write(account, sends));
		if (written.ok) return { kind: 'done', account, value: written.value };
		const { failure } = written;
		if (failure.kind === 'rateLimited') refused++;
		else if (failure.uncertain) uncertain++;
		else if (failure.kind === 'notFound' && !(await client.get(target.accountId))) {
			return { kind: 'gone' };
		} else throw failure;
		if (uncertain >= ATTEMPTS || refused >= MOST_REFUSALS) throw failure;
	}
}
