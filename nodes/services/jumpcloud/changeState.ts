import type { JumpCloudClient } from './client';
import {
	DEPROVISIONED_AT,
	customAttribute,
	stateOf,
	withAttributes,
} from '../../core/account/link';
import { deprovisionStamp } from '../../core/account/changes';
import {
	Declined,
	outcome,
	requireOurs,
	requireTheirs,
	type ProtectedAccounts,
	type Target,
	type Written,
} from './guard';

const NOBODY: ProtectedAccounts = new Set();

/**
 * Suspends: state and `suspended` always together. For a person the policy decided, so the day of
 * it goes on the account and the policy may undo it. An account chosen by hand carries no such day:
 * somebody cut it off, and only somebody opens it again. Suspended already, or gone: unchanged.
 */
export async function suspendAccount(
	client: JumpCloudClient,
	target: Target,
	now: () => Date,
	protectedAccounts = NOBODY,
): Promise<Written> {
	const account = await client.get(target.accountId);
	if (!account) return { account: null, outcome: outcome('deprovision', 'unchanged') };
	requireOurs(account, target, 'disabled', protectedAccounts);
	const byHand = target.personId === null;
	const stamped = customAttribute(account, DEPROVISIONED_AT) !== null;
	if (stateOf(account) === 'SUSPENDED' && !(byHand && stamped))
		return { account, outcome: outcome('deprovision', 'unchanged') };
	const attributes =
		byHand && !stamped
			? {}
			: {
					attributes: withAttributes(
						account,
						deprovisionStamp(byHand ? null : now().toISOString()),
					),
				};
	const updated = await client.update(account._id, {
		state: 'SUSPENDED',
		suspended: true,
		...attributes,
	});
	return { account: updated, outcome: outcome('deprovision', 'applied') };
}

/**
 * Undoes a suspension. For a person only this package's own; an account chosen by hand is
 * somebody's own decision.
 */
export async function reactivateAccount(client: JumpCloudClient, target: Target): Promise<Written> {
	const account = await client.get(target.accountId);
	if (!account)
		throw new Declined(
			'The account no longer exists in JumpCloud.',
			'Run again: a new one is created when it is due.',
		);
	requireTheirs(account, target, 'reactivated');
	if (stateOf(account) !== 'SUSPENDED')
		return { account, outcome: outcome('reactivate', 'unchanged') };
	const stamped = customAttribute(account, DEPROVISIONED_AT) !== null;
	if (target.personId !== null && !stamped) {
		throw new Declined(
			'The account was suspended by somebody else, so it is not reactivated.',
			'Ask who suspended it, then reactivate it by hand in JumpCloud.',
		);
	}
	const attributes = stamped ? { attributes: withAttributes(account, deprovisionStamp(null)) } : {};
	const updated = await client.update(account._id, {
		state: 'ACTIVATED',
		suspended: false,
		...attributes,
	});
	return { account: updated, outcome: outcome('reactivate', 'applied') };
}

/** Deletes for good; reports of the account lose it as their manager. Gone already: unchanged. */
export async function deleteAccount(
	client: JumpCloudClient,
	target: Target,
	protectedAccounts = NOBODY,
): Promise<Written> {
	const account = await client.get(target.accountId);
	if (!account) return { account: null, outcome: outcome('delete', 'unchanged') };
	requireOurs(account, target, 'deleted', protectedAccounts);
	await client.remove(account._id);
	return { account: null, outcome: outcome('delete', 'applied') };
}
