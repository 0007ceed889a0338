import { isAdministrator, linkOf } from '../../core/account/link';
import { actionOf, type ActionId } from '../../core/actions';
import { ExplainedError } from '../../core/errors';
import { isMarked, listedAs } from '../../core/policy/protection';
import type {
	Account,
	Decision,
	InviteAttempt,
	Outcome,
	OutcomeStatus,
	RefusedValue,
	Subject,
} from '../../core/subject';
import type { WriteTarget } from './conditionalWrite';

/** A write that this package refuses to make. */
export class Declined extends ExplainedError {
	override readonly name = 'Declined';
}

export const isDeclined = (error: unknown): error is Declined =>
	(error as { name?: unknown } | null)?.name === 'Declined';

/**
 * No write rests on a decision that is older than this, in milliseconds: people and accounts change
 * while an execution waits.
 */
const DECISION_HOLDS_MS = 24 * 3_600_000;

/** A decision for another time is there to be looked at, so nothing is written. */
function requireDecidedForNow({ decision }: Subject): void {
	if (decision?.evaluatedAsOf) {
		throw new Declined(
			'The decision was made for another time (Evaluate As Of), so nothing is written.',
			'Remove Evaluate As Of from the options of Provisioning Policy.',
		);
	}
}

/** A write on a subject needs a decision of the policy: for this action, and not older than a day. */
export function requireDecision(subject: Subject, action: ActionId, now: Date): Decision {
	const { decision } = subject;
	if (!decision) {
		throw new Declined(
			'No policy decided about this person.',
			'Connect this node to an output of Provisioning Policy.',
		);
	}
	requireDecidedForNow(subject);
	if (decision.action !== action) {
		const { label } = actionOf(decision.action);
		throw new Declined(
			`This person is at ${label}, not at ${actionOf(action).label}.`,
			`Connect this node to the output ${actionOf(action).label}, or use the operation Apply ` +
				'Decision for all outputs.',
		);
	}
	if (now.getTime() - Date.parse(decision.decidedAt) > DECISION_HOLDS_MS) {
		throw new Declined(
			'The decision is more than a day old.',
			'Read the person again and let the policy decide anew.',
		);
	}
	if (!decision.basis) {
		throw new Declined(
			'The decision does not say what it rests on.',
			'Let Provisioning Policy of this version decide anew.',
		);
	}
	return decision;
}

export function requirePersonId(subject: Subject): string {
	if (!subject.personId) {
		throw new Declined(
			'The item has no person.',
			'Put Humaans Trigger or Humaans in front of this node.',
		);
	}
	return subject.personId;
}

export function requireAccountId(subject: Subject): string {
	if (!subject.account?._id) {
		throw new Declined(
			'The item has no account.',
			'Put JumpCloud User: Match in front of this node.',
		);
	}
	return subject.account._id;
}

/** The account of a person, and what the decision about it rests on. */
export function targetOf(subject: Subject): WriteTarget {
	requireDecidedForNow(subject);
	return {
		personId: requirePersonId(subject),
		accountId: requireAccountId(subject),
		basis: subject.decision?.basis ?? null,
	};
}

/**
 * IDs, usernames or emails in lower case. These accounts are never suspended or deleted, and never
 * adopted when an account is to be created.
 */
export type ProtectedAccounts = ReadonlySet<string>;

const NOBODY: ProtectedAccounts = new Set();

/** What a suspension or deletion never touches. */
export interface Kept {
	/** @default nobody */
	protectedAccounts?: ProtectedAccounts;
	/** A custom attribute: an account on which it has a value. @default null: none */
	protectedAttribute?: string | null;
}

export const isProtected = (account: Account, names: ProtectedAccounts): boolean =>
	listedAs(account, names) !== null;

/** Whether an account that exists may be used instead of creating one. */
export const mayBeTaken = (account: Account, names: ProtectedAccounts): boolean =>
	!isAdministrator(account) && !isProtected(account, names);

/** A person's account carries their link; one chosen by hand only has to exist. */
export function requireTheirs(
	account: Account,
	{ personId }: Pick<WriteTarget, 'personId'>,
	not: string,
): void {
	if (personId !== null && linkOf(account) !== personId) {
		throw new Declined(
			`The account is not linked to this person, so it is not ${not}.`,
			'Check the custom attribute humaansId of the account in JumpCloud; Match looks at it.',
		);
	}
}

/**
 * No setting gets past this: an account is suspended or deleted only when it carries the link of this
 * package, and never when it is an administrator's or protected.
 */
export function requireOurs(
	account: Account,
	target: Pick<WriteTarget, 'personId'>,
	not: 'suspended' | 'deleted',
	{ protectedAccounts = NOBODY, protectedAttribute = null }: Kept,
): void {
	requireTheirs(account, target, not);
	if (isAdministrator(account)) {
		throw new Declined(
			`The account belongs to a JumpCloud administrator, so it is not ${not}.`,
			'Remove the administrator role first, or do it by hand in JumpCloud.',
		);
	}
	if (linkOf(account) === null) {
		throw new Declined(
			`The account does not carry the link of this package, so it is not ${not}.`,
			'Only accounts with the custom attribute humaansId are suspended or deleted here. Do it by ' +
				'hand in JumpCloud.',
		);
	}
	if (isProtected(account, protectedAccounts)) {
		throw new Declined(
			`The account is on the list of protected accounts, so it is not ${not}.`,
			'Take it off the list of Protected Accounts first, or do it by hand in JumpCloud.',
		);
	}
	if (isMarked(account, protectedAttribute)) {
		throw new Declined(
			`The account carries the attribute ${protectedAttribute}, which protects it, so it is not ${not}.`,
			'Remove the attribute from the account in JumpCloud first.',
		);
	}
}

export interface Written {
	account: Account | null;
	outcome: Outcome;
}

interface OutcomeExtras {
	invitedTo?: Outcome['invitedTo'];
	attempts?: InviteAttempt[];
	warnings?: string[];
	refused?: RefusedValue[];
}

export const outcome = (
	action: ActionId | 'resendInvite' | 'addToGroup' | 'removeFromGroup',
	status: OutcomeStatus,
	extra: OutcomeExtras = {},
): Outcome => ({ action, status, attempts: [], warnings: [], ...extra });

/** Nothing was written: the person goes back to be decided anew, on the account as it is now. */
export const outdated = (
	action: ActionId,
	account: Account | null,
	differences: readonly string[],
): Written => ({
	account,
	outcome: outcome(action, 'outdated', {
		warnings: [
			`The account changed since the decision (${differences.join(', ')}), so nothing was written.`,
		],
	}),
});

export const GONE: readonly string[] = ['it no longer exists'];
