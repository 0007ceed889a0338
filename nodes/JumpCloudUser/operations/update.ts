import { isServiceFailure } from '../../shared/clients/failure';
import type { JumpCloudClient } from '../../shared/clients/jumpcloud';
import { sameEmail } from '../../shared/email';
import { linkOf } from '../../shared/link';
import { planUpdate } from '../../shared/sync/changes';
import type { Account, Subject } from '../../shared/subject';
import { Declined, outcome, requireAccountId, requirePersonId, type Written } from './guard';

/**
 * Brings the account into step: read anew, so that arrays are merged with what is there now, and sent only when something differs.
 * Writes the link on an account that has none (adoption).
 */
export async function updateAccount(client: JumpCloudClient, subject: Subject): Promise<Written> {
	const personId = requirePersonId(subject);
	const { desired } = subject;
	if (!desired) throw new Declined('Nobody said what the account should hold.', 'Put Field Mapper in front of this node.');
	const account = await client.get(requireAccountId(subject));
	if (!account) throw new Declined('The account no longer exists in JumpCloud.', 'Run again: a new one is created when it is due.');
	const link = linkOf(account);
	if (link !== null && link !== personId) throw new Declined('The account is linked to another person, so it is not changed.', 'Run again: Match looks at the link.');
	const status = link === null ? 'adopted' : 'applied';

	const context = { personId, managerAccountId: subject.match?.managerAccountId };
	const plan = planUpdate(account, desired, context);
	if (plan.body === null) return { account, outcome: outcome('update', 'unchanged', { warnings: plan.warnings }) };
	try {
		return { account: await client.update(account._id, plan.body), outcome: outcome('update', status, { warnings: plan.warnings }) };
	} catch (error) {
		if (!(isServiceFailure(error) && (error.kind === 'duplicate' || error.kind === 'refused')) || !('alternateEmail' in plan.body)) throw error;
		if (!(await personalEmailIsTheReason(client, account, desired.attributes.email, desired.attributes.alternateEmail))) throw error;
		const without = planUpdate(account, desired, { ...context, refused: new Set(['alternateEmail']) });
		const updated = without.body === null ? account : await client.update(account._id, without.body);
		return { account: updated, outcome: outcome('update', status, { warnings: without.warnings }) };
	}
}

/** Everything but the personal e-mail is looked up; what no lookup explains can be in another organisation. */
async function personalEmailIsTheReason(client: JumpCloudClient, account: Account, email: unknown, alternateEmail: unknown): Promise<boolean> {
	const found = await client.find({ email: typeof email === 'string' ? email : null, alternateEmail: typeof alternateEmail === 'string' ? alternateEmail : null });
	const others = found.filter((other) => other._id !== account._id);
	return !others.some((other) => sameEmail(other.email, email as string));
}
