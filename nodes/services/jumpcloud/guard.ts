import { isAdministrator, linkOf } from '../../core/account/link';
import type { ActionId } from '../../core/actions';
import type { Account, InviteAttempt, Outcome, OutcomeStatus, Subject } from '../../core/subject';

/**
 * A write this package declines to make. The message is the whole explanation; it holds no personal
 * data.
 */
export class Declined extends Error {
	override readonly name = 'Declined';

	constructor(
		message: string,
		readonly todo: string,
	) {
		super(message);
	}
}

export const isDeclined = (error: unknown): error is Declined =>
	(error as { name?: unknown } | null)?.name === 'Declined';

/**
 * A decision older than this is made anew, in milliseconds: people and accounts change while an
 * execution waits.
 */
const DECISION_HOLDS_MS = 24 * 3_600_000;

/** What was decided for another time is only looked at. */
function requireDecidedForNow({ decision }: Subject): void {
	if (decision?.evaluatedAsOf)
		throw new Declined(
			'The decision was made for another time (Evaluate As Of), so nothing is written.',
			'Remove Evaluate As Of from the options of Provisioning Policy.',
		);
}

/** Writes on a subject happen only on a fresh decision of the policy for exactly that action. */
export function requireDecision(subject: Subject, action: ActionId, now: Date): void {
	const { decision } = subject;
	if (!decision)
		throw new Declined(
			'No policy decided about this person.',
			'Connect this node to an output of Provisioning Policy.',
		);
	requireDecidedForNow(subject);
	if (decision.action !== action) {
		throw new Declined(
			`The policy decided "${decision.action}", not "${action}".`,
			'Connect this node to the output of Provisioning Policy that has the name of its operation.',
		);
	}
	if (now.getTime() - Date.parse(decision.decidedAt) > DECISION_HOLDS_MS) {
		throw new Declined(
			'The decision is more than a day old.',
			'Read the person again and let the policy decide anew.',
		);
	}
}

export function requirePersonId(subject: Subject): string {
	if (!subject.personId)
		throw new Declined(
			'The item has no person.',
			'Put Humaans Trigger or Humaans in front of this node.',
		);
	return subject.personId;
}

export function requireAccountId(subject: Subject): string {
	if (!subject.account?._id)
		throw new Declined(
			'The item has no account.',
			'Put JumpCloud User: Match in front of this node.',
		);
	return subject.account._id;
}

/** The account a write is about: a person's, or one that somebody chose in the node. */
export interface Target {
	accountId: string;
	/** Humaans id; null when the account was chosen by hand. */
	personId: string | null;
}

export function targetOf(subject: Subject): Target {
	requireDecidedForNow(subject);
	return { personId: requirePersonId(subject), accountId: requireAccountId(subject) };
}

/** IDs, usernames or e-mails in lower case, never disabled, deleted or adopted by a creation. */
export type ProtectedAccounts = ReadonlySet<string>;

export const isProtected = (account: Account, names: ProtectedAccounts): boolean =>
	[account._id, account.username, account.email].some(
		(name) => typeof name === 'string' && names.has(name.toLowerCase()),
	);

/** Whether an account that was there before may be used as the one to be created. */
export const mayBeTaken = (account: Account, names: ProtectedAccounts): boolean =>
	!isAdministrator(account) && !isProtected(account, names);

/** A person's account carries their link; one chosen by hand only has to exist. */
export function requireTheirs(account: Account, { personId }: Target, not: string): void {
	if (personId !== null && linkOf(account) !== personId) {
		throw new Declined(
			`The account is not linked to this person, so it is not ${not}.`,
			'Check the custom attribute humaansId of the account in JumpCloud; Match looks at it.',
		);
	}
}

/**
 * No setting reaches past this: an account is disabled or deleted only with this package's link on
 * it, and never an administrator's.
 */
export function requireOurs(
	account: Account,
	target: Target,
	not: 'disabled' | 'deleted',
	protectedAccounts: ProtectedAccounts,
): void {
	requireTheirs(account, target, not);
	if (linkOf(account) === null) {
		throw new Declined(
			`The account does not carry the link of this package, so it is not ${not}.`,
			'This node disables and deletes only accounts with the custom attribute humaansId. Do it by hand in JumpCloud.',
		);
	}
	if (isAdministrator(account)) {
		throw new Declined(
			`The account belongs to a JumpCloud administrator, so it is not ${not}.`,
			'Remove the administrator role first, or do it by hand in JumpCloud.',
		);
	}
	if (isProtected(account, protectedAccounts)) {
		throw new Declined(
			`The account is on the list of protected accounts, so it is not ${not}.`,
			'Take it off the list in the options of this node.',
		);
	}
}

export function outcome(
	action: ActionId | 'resendInvite' | 'addToGroup' | 'removeFromGroup',
	status: OutcomeStatus,
	extra: { invitedTo?: Outcome['invitedTo']; attempts?: InviteAttempt[]; warnings?: string[] } = {},
): Outcome {
	return { action, status, attempts: [], warnings: [], ...extra };
}

export interface Written {
	account: Account | null;
	outcome: Outcome;
}
