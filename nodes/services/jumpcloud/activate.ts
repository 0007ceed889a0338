import { attempt } from '../http/failure';
import type { JumpCloudClient } from './client';
import { isEmail } from '../../core/email';
import { stateOf } from '../../core/account/link';
import type { Account, InviteAttempt, InviteRecipient } from '../../core/subject';
import {
	Declined,
	isProtected,
	outcome,
	requireTheirs,
	type ProtectedAccounts,
	type Target,
	type Written,
} from './guard';
import { sendOnce } from './settle';

/**
 * One activation or reminder of an account at a time in this process: two runs at once must not
 * send two mails.
 */
const underWay = new Map<string, Promise<unknown>>();

export async function alone<T>(accountId: string, work: () => Promise<T>): Promise<T> {
	const before = underWay.get(accountId) ?? Promise.resolve();
	const mine = before.then(work, work);
	underWay.set(accountId, mine);
	try {
		return await mine;
	} finally {
		if (underWay.get(accountId) === mine) underWay.delete(accountId);
	}
}

export async function readAccount(client: JumpCloudClient, id: string): Promise<Account> {
	const account = await client.get(id);
	if (!account)
		throw new Declined(
			'The account no longer exists in JumpCloud.',
			'Run again: Match sees that it is gone.',
		);
	return account;
}

/**
 * The account after its activation. That is done whatever this reading says, so a failure here is
 * none.
 */
async function readBack(client: JumpCloudClient, staged: Account): Promise<Account> {
	const now = await attempt(client.get(staged._id));
	return now.ok && now.value ? now.value : { ...staged, state: 'ACTIVATED', suspended: false };
}

/** True when the account is activated now; the service refused this address when it is false. */
async function activateWith(
	client: JumpCloudClient,
	id: string,
	email: string | false,
): Promise<boolean> {
	const settled = async () =>
		stateOf(await readAccount(client, id)) === 'STAGED' ? undefined : true;
	const send = async (attempts: number) => {
		await client.activate(id, email, attempts);
		return true;
	};
	const sent = await attempt(sendOnce(send, settled));
	if (sent.ok) return true;
	if (sent.failure.kind !== 'refused' && sent.failure.kind !== 'duplicate') throw sent.failure;
	// "Refused" can also mean "not STAGED any more": reading tells which.
	if ((await settled()) === true) return true;
	if (email === false) throw sent.failure;
	return false;
}

/**
 * STAGED → ACTIVATED with the invite. Recipients in order; the next one only when an address is
 * missing, malformed or refused by the service: a 401, 429 or 5xx is not "the address failed".
 * Anything but STAGED is read and left as it is.
 */
export async function activateAccount(
	client: JumpCloudClient,
	target: Target,
	choose: (account: Account) => readonly InviteRecipient[],
): Promise<Written> {
	const id = target.accountId;
	return await alone(id, async () => {
		const account = await readAccount(client, id);
		requireTheirs(account, target, 'activated');
		if (stateOf(account) !== 'STAGED')
			return { account, outcome: outcome('activate', 'unchanged') };
		const recipients = choose(account);
		const attempts: InviteAttempt[] = [];
		if (recipients.length === 0) {
			await activateWith(client, id, false);
			return {
				account: await readBack(client, account),
				outcome: outcome('activate', 'applied', { invitedTo: 'none', attempts }),
			};
		}
		for (const { kind, address } of recipients) {
			if (!address) attempts.push({ kind, result: 'missing' });
			else if (!isEmail(address)) attempts.push({ kind, result: 'malformed' });
			else if (await activateWith(client, id, address)) {
				attempts.push({ kind, result: 'sent' });
				return {
					account: await readBack(client, account),
					outcome: outcome('activate', 'applied', { invitedTo: kind, attempts }),
				};
			} else attempts.push({ kind, result: 'refused' });
		}
		const tried = attempts.map((attempt) => `${attempt.kind}: ${attempt.result}`).join(', ');
		throw new Declined(
			`No address could be invited (${tried}), so the account stays staged.`,
			'Correct the addresses in Humaans, or switch off Send Invite Email.',
		);
	});
}

/**
 * Sends the activation or password mail once more, to the address JumpCloud chooses. Nothing tells
 * afterwards whether it went out, so without a clear answer it is not sent again but said so.
 */
export async function resendInvite(
	client: JumpCloudClient,
	{ accountId }: Pick<Target, 'accountId'>,
	protectedAccounts: ProtectedAccounts = new Set(),
): Promise<Written> {
	const account = await readAccount(client, accountId);
	if (isProtected(account, protectedAccounts))
		throw new Declined(
			'The account is on the list of protected accounts, so nothing is sent.',
			'Take it off the list in the options of this node.',
		);
	if (stateOf(account) !== 'ACTIVATED')
		throw new Declined(
			'The account is not active, so there is no invite to send again.',
			'Activate it first.',
		);
	const sent = await attempt(client.resendInvite(account._id));
	if (sent.ok) return { account, outcome: outcome('resendInvite', 'applied') };
	if (!sent.failure.uncertain) throw sent.failure;
	throw new Declined(
		`It is not known whether the mail was sent: ${sent.failure.message}`,
		'Ask the person before it is sent again.',
	);
}
