import { contextOfDecision } from '../../core/account/decided';
import { linkOf } from '../../core/account/link';
import type { Account, Subject } from '../../core/subject';
import type { JumpCloudClient } from './client';
import { inTurn } from './conditionalWrite';
import {
	Declined,
	GONE,
	outcome,
	outdated,
	requirePersonId,
	targetOf,
	type Written,
} from './guard';
import { writeValues, type ValuesWritten } from './values';

/** An account that was read longer ago is read again before anything is written, in milliseconds. */
const READ_HOLDS_MS = 10 * 60_000;

/** The account as Match read it, when that was a moment ago. */
function justRead({ account, match }: Subject, now: Date): Account | null {
	const age = now.getTime() - Date.parse(match?.readAt ?? '');
	return account && age >= 0 && age < READ_HOLDS_MS ? account : null;
}

/** What became of a write of values, as the outcome of an action. */
export function outcomeOfValues(
	action: 'create' | 'update',
	applied: 'applied' | 'adopted',
	{ isSent, refused, warnings }: ValuesWritten,
) {
	const status = refused.length > 0 ? 'partly' : isSent ? applied : 'unchanged';
	return outcome(action, status, { warnings, ...(refused.length > 0 ? { refused } : {}) });
}

/**
 * Brings the account into step: the changes that were decided, on the account as it is now. Writes
 * the link on an account that has none (adoption).
 */
export async function updateAccount(
	client: JumpCloudClient,
	subject: Subject,
	now: Date,
): Promise<Written> {
	const personId = requirePersonId(subject);
	const { desired, decision } = subject;
	if (!desired || !decision) {
		throw new Declined(
			'Nobody said what the account should hold.',
			'Put Field Mapper and Provisioning Policy in front of this node.',
		);
	}
	const target = targetOf(subject);
	const link = subject.account ? linkOf(subject.account) : null;
	if (link !== null && link !== personId) {
		throw new Declined(
			'The account is linked to another person, so it is not changed.',
			'Run again: Match looks at the link.',
		);
	}
	const context = contextOfDecision(subject, decision);
	const result = await inTurn(
		target.accountId,
		async () => await writeValues({ client, target, desired, context }, justRead(subject, now)),
	);
	if (result.kind === 'gone') return outdated('update', null, GONE);
	if (result.kind === 'outdated') return outdated('update', result.account, result.differences);
	const applied = link === null ? 'adopted' : 'applied';
	return { account: result.account, outcome: outcomeOfValues('update', applied, result) };
}
