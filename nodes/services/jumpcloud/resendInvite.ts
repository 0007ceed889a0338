import { isEmail } from '../../core/email';
import { stateOf } from '../../core/account/link';
import type { Account } from '../../core/subject';
import { attempt } from '../http/failure';
import type { JumpCloudClient } from './client';
import { inTurn } from './conditionalWrite';
import { Declined, isProtected, outcome, type ProtectedAccounts, type Written } from './guard';

export interface Resend {
	/** @default nobody */
	protectedAccounts?: ProtectedAccounts;
	/** Where the mail is to go. @default where JumpCloud chooses */
	address?: string;
}

const NOT_THERE =
	'JumpCloud did not send the mail to the chosen address, so it went where JumpCloud chooses.';

/**
 * Sends to a chosen address, by activating once more an account that is active and has no password:
 * that JumpCloud takes this is proven, that it mails again is likely. Refused or not possible: null.
 */
async function sendTo(
	client: JumpCloudClient,
	account: Account,
	address: string,
): Promise<Written | null> {
	if (account.activated !== false) return null;
	const sent = await attempt(client.activate(account._id, address));
	if (sent.ok)
		return { account, outcome: outcome('resendInvite', 'applied', { invitedTo: 'other' }) };
	const { kind } = sent.failure;
	if (kind === 'refused' || kind === 'duplicate') return null;
	throw sent.failure;
}

async function sendAgain(
	client: JumpCloudClient,
	account: Account,
	address: string | undefined,
): Promise<Written> {
	const chosen = address === undefined ? null : await sendTo(client, account, address);
	if (chosen) return chosen;
	await client.resendInvite(account._id);
	const warnings = address === undefined ? [] : [NOT_THERE];
	return { account, outcome: outcome('resendInvite', 'applied', { warnings }) };
}

/**
 * Sends the activation or password mail once more. Nothing tells afterwards whether it went out, so
 * without a clear answer it is not sent again but said so.
 */
export async function resendInvite(
	client: JumpCloudClient,
	accountId: string,
	{ protectedAccounts = new Set(), address }: Resend = {},
): Promise<Written> {
	if (address !== undefined && !isEmail(address)) {
		throw new Declined(
			'The address for the invite is not an email address.',
			'Correct Invite Address in the options of the node.',
		);
	}
	return await inTurn(accountId, async () => {
		const account = await sendableTo(client, accountId, protectedAccounts);
		const sent = await attempt(sendAgain(client, account, address));
		if (sent.ok) return sent.value;
		if (!sent.failure.uncertain) throw sent.failure;
		throw new Declined(
			`It is not known whether the mail was sent: ${sent.failure.message}`,
			'Ask the person before it is sent again.',
		);
	});
}

/** The account as it is now. @throws Declined when nothing may be sent to it */
async function sendableTo(
	client: JumpCloudClient,
	accountId: string,
	protectedAccounts: ProtectedAccounts,
): Promise<Account> {
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
			'Take it off the list of Protected Accounts first.',
		);
	}
	if (stateOf(account) !== 'ACTIVATED') {
		throw new Declined(
			'The account is not active, so there is no invite to send again.',
			'Activate it first.',
		);
	}
	return account;
}
