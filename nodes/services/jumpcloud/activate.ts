import { STATE, differencesFrom } from '../../core/account/basis';
import { INVITE, linkOf, stateOf, withAttributes } from '../../core/account/link';
import { isEmail, mailboxOf, sameEmail } from '../../core/email';
import { isNameless, namesAgree, namesOfAccount } from '../../core/person/names';
import { activationMailedAt, activationRecord } from '../../core/policy/reminder';
import type { Account, InviteAttempt, InviteRecipient, Outcome } from '../../core/subject';
import { attempt, type ServiceFailure } from '../http/failure';
import type { JumpCloudClient } from './client';
import { conditionalWrite, inTurn, type WriteTarget } from './conditionalWrite';
import { Declined, GONE, outcome, outdated, requireTheirs, type Written } from './guard';

const isStaged = (account: Account): boolean => stateOf(account) === 'STAGED';

const stillStaged = (): Declined =>
	new Declined(
		'JumpCloud accepted the activation, and the account is still staged.',
		'Activate it by hand in JumpCloud, and ask JumpCloud support why it was not activated.',
	);

/**
 * The account after an accepted activation. Acceptance is no proof: when it is still staged, the
 * other way to set a state is tried. That it cannot be read now is no failure of the activation.
 * When nothing helps, it is noted on the account that a mail went out: no later run sends another.
 */
async function readAfterActivation(
	client: JumpCloudClient,
	before: Account,
	{ invitedTo }: Invited,
): Promise<Account> {
	const now = await attempt(client.get(before._id));
	if (!now.ok || !now.value) return { ...before, state: 'ACTIVATED', suspended: false };
	if (!isStaged(now.value)) return now.value;
	// Tried before, and it can mail as well.
	if (activationMailedAt(now.value) !== null) throw stillStaged();
	const other = await attempt(client.update(before._id, { state: 'ACTIVATED', suspended: false }));
	if (!other.ok && other.failure.kind !== 'refused') throw other.failure;
	const after = await client.get(before._id);
	if (after && !isStaged(after)) return after;
	if (after && invitedTo !== 'none') {
		const attributes = withAttributes(after, { [INVITE]: activationRecord(new Date()) });
		await attempt(client.update(after._id, { attributes }));
	}
	throw stillStaged();
}

/** `refused`: JumpCloud does not take this address. An account: it is not staged any more. */
async function activateWith(
	client: JumpCloudClient,
	account: Account,
	email: string | false,
): Promise<'sent' | 'refused' | Account> {
	const sent = await attempt(client.activate(account._id, email));
	if (sent.ok) return 'sent';
	const { kind } = sent.failure;
	if (kind !== 'refused' && kind !== 'duplicate') throw sent.failure;
	// A refusal can also mean that the account is not STAGED any more.
	const now = await client.get(account._id);
	if (now && !isStaged(now)) return now;
	if (email === false) throw sent.failure;
	return 'refused';
}

const isLate = ({ kind, status }: ServiceFailure): boolean => kind === 'timeout' || status === 504;

/** Whom an activation invites, when it goes well. */
type Invited = Pick<Outcome, 'invitedTo' | 'attempts'>;

const activated = (account: Account, invited: Invited): Written => ({
	account,
	outcome: outcome('activate', 'applied', invited),
});

/** With a word about whatever somebody else changed between the last look before and the one after. */
function withDifferences(written: Written, { basis }: WriteTarget): Written {
	const { account } = written;
	if (!basis || !account) return written;
	const differences = differencesFrom({ ...basis, state: 'ACTIVATED' }, account);
	if (differences.length === 0) return written;
	const warning = `Somebody else changed the account while it was activated (${differences.join(', ')}).`;
	return { ...written, outcome: { ...written.outcome, warnings: [warning] } };
}

/** A suspended account of the same name: a contractor whose address of then is their own. */
const isFormer = (other: Account, account: Account): boolean =>
	stateOf(other) === 'SUSPENDED' && namesAgree(namesOfAccount(other), namesOfAccount(account));

/** The personal email of another account, which can be one that this human had before. */
function isOfSomebodyElse(other: Account, account: Account): boolean {
	const names = namesOfAccount(other);
	const isLinked = linkOf(other) !== null;
	if (isLinked && (stateOf(other) !== 'SUSPENDED' || isNameless(names))) return true;
	if (isNameless(names)) return false;
	return !namesAgree(names, namesOfAccount(account));
}

/**
 * Whoever gets the invite can set the password. An address that the account itself has is theirs in
 * JumpCloud; any other can be the mailbox of a colleague.
 */
async function isOfColleague(
	client: JumpCloudClient,
	account: Account,
	address: string,
): Promise<boolean> {
	const { _id, email, alternateEmail } = account;
	if (sameEmail(email, address) || sameEmail(alternateEmail, address)) return false;
	for (const form of new Set([address, mailboxOf(address)])) {
		const others = (await client.find({ email: form })).filter((other) => other._id !== _id);
		const isTheirs = others.some(
			(other) =>
				(sameEmail(other.email, form) && !isFormer(other, account)) ||
				(sameEmail(other.alternateEmail, form) && isOfSomebodyElse(other, account)),
		);
		if (isTheirs) return true;
	}
	return false;
}

/**
 * One by one: the next address only when one is missing, malformed, refused by the service, or
 * somebody else's.
 * @param onSend told before each request what it does
 */
async function inviteOne(
	client: JumpCloudClient,
	account: Account,
	recipients: readonly InviteRecipient[],
	onSend: (invited: Invited) => void,
): Promise<Written> {
	const attempts: InviteAttempt[] = [];
	const send = async (invited: Invited, email: string | false): Promise<Written | null> => {
		onSend(invited);
		const sent = await activateWith(client, account, email);
		if (sent === 'refused') return null;
		if (sent !== 'sent') return { account: sent, outcome: outcome('activate', 'unchanged') };
		return activated(await readAfterActivation(client, account, invited), invited);
	};
	// Without an address nothing can be refused but the activation itself.
	if (recipients.length === 0) return (await send({ invitedTo: 'none', attempts }, false))!;
	for (const { kind, address } of recipients) {
		if (!address) attempts.push({ kind, result: 'missing' });
		else if (!isEmail(address)) attempts.push({ kind, result: 'malformed' });
		// Another address than these two was chosen by hand.
		else if (kind !== 'other' && (await isOfColleague(client, account, address)))
			attempts.push({ kind, result: 'of another account' });
		else {
			const invited: Invited = {
				invitedTo: kind,
				attempts: [...attempts, { kind, result: 'sent' }],
			};
			const done = await send(invited, address);
			if (done) return done;
			attempts.push({ kind, result: 'refused' });
		}
	}
	const tried = attempts.map(({ kind, result }) => `${kind}: ${result}`).join(', ');
	throw new Declined(
		`No address could be invited (${tried}), so the account stays staged.`,
		'Correct the addresses in Humaans, or switch off Send Invite Email.',
	);
}

/**
 * STAGED → ACTIVATED, with the invite. A 401, a 429 or a 5xx does not mean that an address failed.
 * An account in any other state is left as it is. When no clear answer came, the account is read: a
 * second mail would only go out if it is still staged. When none came in time, the next run looks.
 *
 * An account that this process created a moment ago is not read before: docs/decisions.md says why
 * that is safe.
 */
export async function activateAccount(
	client: JumpCloudClient,
	target: WriteTarget,
	choose: (account: Account) => readonly InviteRecipient[],
): Promise<Written> {
	let sent: Invited | null = null;
	let late: ServiceFailure | null = null;
	const onSend = (invited: Invited): void => void (sent = invited);
	// An activation of ours whose answer was lost: what differs now is its own work.
	const ours = (account: Account): Written | null => (sent ? activated(account, sent) : null);
	const activate = async (account: Account): Promise<Written> => {
		requireTheirs(account, target, 'activated');
		if (isStaged(account)) {
			// What did not answer in time may still be at work: sent again, it would mail twice.
			if (late) throw late;
			// Activated and still staged: that mail went out, and another one every hour helps nobody.
			const recipients = activationMailedAt(account) === null ? choose(account) : [];
			const invited = await attempt(inviteOne(client, account, recipients, onSend));
			if (invited.ok) return withDifferences(invited.value, target);
			if (isLate(invited.failure)) late = invited.failure;
			throw invited.failure;
		}
		return ours(account) ?? { account, outcome: outcome('activate', 'unchanged') };
	};
	const result = await inTurn(target.accountId, async () => {
		const created = client.tenant.justCreated.take(target.accountId);
		const isAsDecided = created && target.basis && !differencesFrom(target.basis, created).length;
		return await conditionalWrite(client, target, activate, isAsDecided ? created : null);
	});
	if (result.kind === 'done') return result.value;
	if (result.kind === 'outdated') {
		const { account, differences } = result;
		const done = differences.join() === STATE && !isStaged(account) ? ours(account) : null;
		return done ?? outdated('activate', account, differences);
	}
	if (target.basis) return outdated('activate', null, GONE);
	throw new Declined(
		'The account no longer exists in JumpCloud.',
		'Run again: Match sees that it is gone.',
	);
}
