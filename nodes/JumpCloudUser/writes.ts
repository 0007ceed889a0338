import { sleep } from 'n8n-workflow';
import type { ActionId } from '../core/actions';
import { activateAccount, resendInvite } from '../services/jumpcloud/activate';
import {
	deleteAccount,
	reactivateAccount,
	suspendAccount,
} from '../services/jumpcloud/changeState';
import { createAccount } from '../services/jumpcloud/create';
import { changeMembership } from '../services/jumpcloud/groups';
import { outcome, requireDecision, type Written } from '../services/jumpcloud/guard';
import { remind } from '../services/jumpcloud/remind';
import { createTyped, updateTyped } from '../services/jumpcloud/typed';
import { updateAccount } from '../services/jumpcloud/update';
import {
	accountIdOf,
	groupIdOf,
	isTyped,
	protectedAccountsOf,
	recipientsOf,
	target,
	type Call,
} from './call';
import { reminderSettings } from './reminderSettings';
import { typedValues } from './typedValues';

interface Write {
	/**
	 * The decision that allows it on a person's account; what an account chosen by hand does not
	 * need.
	 */
	needs?: ActionId;
	run: (call: Call) => Promise<Written | Pick<Written, 'outcome'>>;
}

async function create(call: Call): Promise<Written> {
	const { client, context, index, subject, options } = call;
	if (!isTyped(call))
		return await createAccount(client, subject, options.onConflict, protectedAccountsOf(call));
	const email = context.getNodeParameter('email', index) as string;
	const username = (context.getNodeParameter('username', index) as string).trim();
	return await createTyped(
		client,
		{ email, username, values: typedValues(context, 'additionalFields', index) },
		options.onConflict ?? 'report',
		protectedAccountsOf(call),
	);
}

const update = async (call: Call): Promise<Written> =>
	isTyped(call)
		? await updateTyped(
				call.client,
				await accountIdOf(call),
				typedValues(call.context, 'updateFields', call.index),
			)
		: await updateAccount(call.client, call.subject);

const changeGroup = (op: 'add' | 'remove') => async (call: Call) => {
	const accountId = await accountIdOf(call);
	const status = await changeMembership(call.client, await groupIdOf(call), accountId, op);
	return { outcome: outcome(op === 'add' ? 'addToGroup' : 'removeFromGroup', status) };
};

async function resend(call: Call): Promise<Written> {
	const { client, context, index, subject } = call;
	const asReminder =
		!isTyped(call) && context.getNodeParameter('sendWhen', index, 'now') === 'reminder';
	if (asReminder)
		return await remind(
			client,
			subject,
			reminderSettings(context, index),
			protectedAccountsOf(call),
			{ now: () => new Date(), sleep },
		);
	return await resendInvite(
		client,
		{ accountId: await accountIdOf(call) },
		protectedAccountsOf(call),
	);
}

/** Everything that changes something. One new write = one new row. */
export const WRITES: Readonly<Record<string, Write>> = {
	activate: {
		needs: 'activate',
		run: async (call) =>
			await activateAccount(call.client, await target(call), (account) =>
				recipientsOf(call, account),
			),
	},
	addToGroup: { run: changeGroup('add') },
	create: { needs: 'create', run: create },
	delete: {
		needs: 'delete',
		run: async (call) =>
			await deleteAccount(call.client, await target(call), protectedAccountsOf(call)),
	},
	reactivate: {
		needs: 'reactivate',
		run: async (call) => await reactivateAccount(call.client, await target(call)),
	},
	removeFromGroup: { run: changeGroup('remove') },
	resendInvite: { run: resend },
	suspend: {
		needs: 'deprovision',
		run: async (call) =>
			await suspendAccount(
				call.client,
				await target(call),
				() => new Date(),
				protectedAccountsOf(call),
			),
	},
	update: { needs: 'update', run: update },
};

/**
 * A person's subject goes on with its new account; a write on a chosen account gives the account
 * and what was done.
 */
export async function runWrite(write: Write, call: Call): Promise<object> {
	if (isTyped(call)) {
		const written = await write.run(call);
		return written.outcome.action === 'delete' ? { ...written, deleted: true } : written;
	}
	if (write.needs) requireDecision(call.subject, write.needs, new Date());
	return { ...call.subject, ...(await write.run(call)) };
}
