import { attempt } from '../http/failure';
import type { JumpCloudClient } from './client';
import { sameEmail } from '../../core/email';
import { linkOf } from '../../core/account/link';
import { planUpdate } from '../../core/account/changes';
import type { Account, Desired, Subject } from '../../core/subject';
import { Declined, outcome, requireAccountId, requirePersonId, type Written } from './guard';

/**
 * Brings the account into step: read anew, so that arrays are merged with what is there now, and
 * sent only when something differs. Writes the link on an account that has none (adoption).
 */
export async function updateAccount(client: JumpCloudClient, subject: Subject): Promise<Written> {
	const personId = requirePersonId(subject);
	const { desired } = subject;
	if (!desired)
		throw new Declined(
			'Nobody said what the account should hold.',
			'Put Field Mapper in front of this node.',
		);
	const account = await client.get(requireAccountId(subject));
	if (!account)
		throw new Declined(
			'The account no longer exists in JumpCloud.',
			'Run again: a new one is created when it is due.',
		);
	const link = linkOf(account);
	if (link !== null && link !== personId)
		throw new Declined(
			'The account is linked to another person, so it is not changed.',
			'Run again: Match looks at the link.',
		);
	const status = link === null ? 'adopted' : 'applied';

	const context = { personId, managerAccountId: subject.match?.managerAccountId };
	const plan = planUpdate(account, desired, context);
	if (plan.body === null)
		return { account, outcome: outcome('update', 'unchanged', { warnings: plan.warnings }) };
	const sent = await attempt(client.update(account._id, plan.body));
	if (sent.ok)
		return { account: sent.value, outcome: outcome('update', status, { warnings: plan.warnings }) };
	const conflict = sent.failure.kind === 'duplicate' || sent.failure.kind === 'refused';
	if (
		!conflict ||
		!('alternateEmail' in plan.body) ||
		!(await personalEmailIsTheReason(client, account, desired))
	)
		throw sent.failure;
	const without = planUpdate(account, desired, {
		...context,
		refused: new Set(['alternateEmail']),
	});
	const updated = without.body === null ? account : await client.update(account._id, without.body);
	return { account: updated, outcome: outcome('update', status, { warnings: without.warnings }) };
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/**
 * The work e-mail is looked up; what no lookup explains can be in another organisation, and the
 * personal e-mail is what may be left off.
 */
async function personalEmailIsTheReason(
	client: JumpCloudClient,
	account: Account,
	desired: Desired,
): Promise<boolean> {
	const email = textOf(desired.attributes.email);
	const found = await client.find({
		email,
		alternateEmail: textOf(desired.attributes.alternateEmail),
	});
	return !found.some((other) => other._id !== account._id && sameEmail(other.email, email));
}
