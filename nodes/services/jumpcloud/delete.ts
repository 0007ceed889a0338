import type { Account } from '../../core/subject';
import type { JumpCloudClient } from './client';
import { conditionalWrite, inTurn, type WriteTarget } from './conditionalWrite';
import { outcome, outdated, requireOurs, type Kept, type Written } from './guard';

/**
 * Deletes for good; reports of the account lose it as their manager. Gone already: unchanged. An
 * account that is not as it was when the deletion was decided stays: it cannot be undone.
 */
export async function deleteAccount(
	client: JumpCloudClient,
	target: WriteTarget,
	kept: Kept = {},
): Promise<Written> {
	let isSent = false;
	const remove = async (account: Account): Promise<void> => {
		requireOurs(account, target, 'deleted', kept);
		isSent = true;
		await client.remove(account._id);
	};
	const result = await inTurn(
		target.accountId,
		async () => await conditionalWrite(client, target, remove),
	);
	if (result.kind === 'outdated') return outdated('delete', result.account, result.differences);
	// Gone after a request whose answer was lost: that was it.
	const status = result.kind === 'done' || isSent ? 'applied' : 'unchanged';
	return { account: null, outcome: outcome('delete', status) };
}
