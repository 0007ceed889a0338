import { stateOf } from '../../core/account/link';
import { attempt } from '../http/failure';
import type { JumpCloudClient } from './client';
import { Declined, isProtected, outcome, type ProtectedAccounts, type Written } from './guard';

/**
 * Sends the activation or password mail once more, to the address JumpCloud chooses. Nothing tells
 * afterwards whether it went out, so without a clear answer it is not sent again but said so.
 */
export async function resendInvite(
	client: JumpCloudClient,
	accountId: string,
	protectedAccounts: ProtectedAccounts = new Set(),
): Promise<Written> {
	const account = await client.get(accountId);
	if (!account) {
		throw new Declined(
			'The account no longer exists in JumpCloud.',
			'Run again: Match sees that it is gone.',
		);
	}
	if (isProtected(account, protectedAccounts)) {
		throw new Declined(
			'The account is on the list of protected accounts, so nothing is sent.',
			'Take it off the list in the options of this node.',
		);
	}
	if (stateOf(account) !== 'ACTIVATED') {
		throw new Declined(
			'The account is not active, so there is no invite to send again.',
			'Activate it first.',
		);
	}
	const sent = await attempt(client.resendInvite(account._id));
	if (sent.ok) return { account, outcome: outcome('resendInvite', 'applied') };
	if (!sent.failure.uncertain) throw sent.failure;
	throw new Declined(
		`It is not known whether the mail was sent: ${sent.failure.message}`,
		'Ask the person before it is sent again.',
	);
}
