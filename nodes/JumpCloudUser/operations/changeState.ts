import type { JumpCloudClient } from '../../shared/clients/jumpcloud';
import { DEPROVISIONED_AT, customAttribute, linkOf, stateOf, withAttributes } from '../../shared/link';
import { deprovisionStamp } from '../../shared/sync/changes';
import type { Subject } from '../../shared/subject';
import { Declined, outcome, requireAccountId, requireOurs, requirePersonId, type Written } from './guard';

/** Suspends: state and `suspended` always together, with the day of it on the account. Suspended already, or gone: unchanged. */
export async function suspendAccount(client: JumpCloudClient, subject: Subject, now: Date): Promise<Written> {
	const personId = requirePersonId(subject);
	const account = await client.get(requireAccountId(subject));
	if (!account) return { account: null, outcome: outcome('deprovision', 'unchanged') };
	requireOurs(account, personId);
	if (stateOf(account) === 'SUSPENDED') return { account, outcome: outcome('deprovision', 'unchanged') };
	const attributes = withAttributes(account, deprovisionStamp(now.toISOString()));
	const updated = await client.update(account._id, { state: 'SUSPENDED', suspended: true, attributes });
	return { account: updated, outcome: outcome('deprovision', 'applied') };
}

/** Undoes this package's own suspension, and only that. */
export async function reactivateAccount(client: JumpCloudClient, subject: Subject): Promise<Written> {
	const personId = requirePersonId(subject);
	const account = await client.get(requireAccountId(subject));
	if (!account) throw new Declined('The account no longer exists in JumpCloud.', 'Run again: a new one is created when it is due.');
	if (linkOf(account) !== personId) throw new Declined('The account is not linked to this person, so it is not reactivated.', 'Check the custom attribute humaansId of the account in JumpCloud.');
	if (stateOf(account) !== 'SUSPENDED') return { account, outcome: outcome('reactivate', 'unchanged') };
	if (customAttribute(account, DEPROVISIONED_AT) === null) {
		throw new Declined('The account was suspended by somebody else, so it is not reactivated.', 'Ask who suspended it, then reactivate it by hand in JumpCloud.');
	}
	const attributes = withAttributes(account, deprovisionStamp(null));
	const updated = await client.update(account._id, { state: 'ACTIVATED', suspended: false, attributes });
	return { account: updated, outcome: outcome('reactivate', 'applied') };
}

/** Deletes for good; reports of the account lose it as their manager. Gone already: unchanged. */
export async function deleteAccount(client: JumpCloudClient, subject: Subject): Promise<Written> {
	const personId = requirePersonId(subject);
	const account = await client.get(requireAccountId(subject));
	if (!account) return { account: null, outcome: outcome('delete', 'unchanged') };
	requireOurs(account, personId);
	await client.remove(account._id);
	return { account: null, outcome: outcome('delete', 'applied') };
}
