import { sleep } from 'n8n-workflow';
import { actionOf, isWriteAction, type WriteActionId } from '../core/actions';
import { cleanText } from '../core/text';
import { activateAccount } from '../services/jumpcloud/activate';
import { reactivateAccount, suspendAccount } from '../services/jumpcloud/changeState';
import { createAccount } from '../services/jumpcloud/create';
import { deleteAccount } from '../services/jumpcloud/delete';
import { changeMembership } from '../services/jumpcloud/groups';
import { withOpenOnes } from '../services/jumpcloud/find';
import { Declined, outcome, requireDecision, type Written } from '../services/jumpcloud/guard';
import { remind } from '../services/jumpcloud/remind';
import { resendInvite } from '../services/jumpcloud/resendInvite';
import { createTyped, updateTyped } from '../services/jumpcloud/typed';
import { updateAccount } from '../services/jumpcloud/update';
import {
	accountIdOf,
	groupIdOf,
	isTyped,
	keptOf,
	protectedAccountsOf,
	recipientsOf,
	targetOfCall,
	type Call,
} from './call';
import { reminderSettings } from './reminderSettings';
import { typedValues } from './typedValues';

interface Write {
	/** The decision that allows it on a person's account; one chosen by hand does not need it. */
	needs?: WriteActionId;
	run: (call: Call) => Promise<Written | Pick<Written, 'outcome'>>;
}

async function create(call: Call): Promise<Written> {
	const { client, context, index, subject, options } = call;
	const { onConflict = 'report' } = options;
	const protectedAccounts = protectedAccountsOf(call);
	if (!isTyped(call)) {
		return await createAccount(client, subject, { onConflict, protectedAccounts });
	}
	const email = context.getNodeParameter('email', index) as string;
	const username = context.getNodeParameter('username', index) as string;
	const values = typedValues(context, 'additionalFields', index);
	return await createTyped(client, { email, username, values }, onConflict, protectedAccounts);
}

async function update(call: Call): Promise<Written> {
	const { client, context, index, subject } = call;
	if (!isTyped(call)) return await updateAccount(client, subject, new Date());
	const values = typedValues(context, 'updateFields', index);
	return await updateTyped(client, await accountIdOf(call), values);
}

/** Why somebody is cut off, where the options name an attribute for it. */
function suspensionNote({ options }: Call): { attribute: string; text: string } | undefined {
	const attribute = cleanText(String(options.reasonAttribute ?? ''));
	const text = cleanText(String(options.reason ?? ''));
	return attribute && text ? { attribute, text } : undefined;
}

async function suspend(call: Call): Promise<Written> {
	const isScope = call.subject.decision?.code === 'scope.left';
	const reason = isTyped(call) ? null : isScope ? 'scope' : 'leaving';
	const note = suspensionNote(call);
	const written = await suspendAccount(call.client, await targetOfCall(call), {
		...{ reason, now: () => new Date(), ...keptOf(call) },
		...(note ? { note } : {}),
	});
	return isTyped(call) ? await withOpenOnes(call.client, written) : written;
}

const activate = async (call: Call): Promise<Written> =>
	await activateAccount(call.client, await targetOfCall(call), (account) =>
		recipientsOf(call, account),
	);

const changeGroup = (op: 'add' | 'remove') => async (call: Call) => {
	const accountId = await accountIdOf(call);
	const status = await changeMembership(call.client, await groupIdOf(call), accountId, op);
	return { outcome: outcome(op === 'add' ? 'addToGroup' : 'removeFromGroup', status) };
};

async function resend(call: Call): Promise<Written> {
	const { client, context, index, subject } = call;
	const protectedAccounts = protectedAccountsOf(call);
	const asReminder =
		!isTyped(call) && context.getNodeParameter('sendWhen', index, 'now') === 'reminder';
	if (!asReminder) {
		const address = cleanText(call.options.inviteAddress ?? '') || undefined;
		return await resendInvite(client, await accountIdOf(call), { protectedAccounts, address });
	}
	const clock = { now: () => new Date(), sleep };
	const settings = reminderSettings(context, index);
	return await remind(client, subject, settings, protectedAccounts, clock);
}

/** Everything that changes something. One new write = one new row. */
export const WRITES: Readonly<Record<string, Write>> = {
	activate: { needs: 'activate', run: activate },
	addToGroup: { run: changeGroup('add') },
	create: { needs: 'create', run: create },
	delete: {
		needs: 'delete',
		run: async (call) => await deleteAccount(call.client, await targetOfCall(call), keptOf(call)),
	},
	reactivate: {
		needs: 'reactivate',
		run: async (call) => await reactivateAccount(call.client, await targetOfCall(call)),
	},
	removeFromGroup: { run: changeGroup('remove') },
	resendInvite: { run: resend },
	suspend: { needs: 'deprovision', run: suspend },
	update: { needs: 'update', run: update },
};

/** The write that *Apply Decision* makes for each action of the policy. */
const OPERATION_FOR: Readonly<Record<WriteActionId, keyof typeof WRITES>> = {
	create: 'create',
	activate: 'activate',
	update: 'update',
	reactivate: 'reactivate',
	deprovision: 'suspend',
	delete: 'delete',
};

/** What the decision of an item asks for. */
export function writeFor({ subject }: Call): Write {
	const { decision } = subject;
	if (!decision) {
		throw new Declined(
			'No policy decided about this person.',
			'Connect this node to outputs of Provisioning Policy.',
		);
	}
	if (isWriteAction(decision.action)) return WRITES[OPERATION_FOR[decision.action]]!;
	throw new Declined(
		`The decision is ${actionOf(decision.action).label}, so there is nothing to write.`,
		'Connect this node to the outputs Create, Activate, Update, Reactivate, Deprovision and Delete only.',
	);
}

/**
 * A person's subject goes on with its new account; a write on a chosen account gives the account
 * and what was done. A person whose account was not as decided has no account that is certain: only
 * a new look at it can say.
 */
export async function runWrite(write: Write, call: Call): Promise<object> {
	if (isTyped(call)) {
		const written = await write.run(call);
		return written.outcome.action === 'delete' ? { ...written, deleted: true } : written;
	}
	const { subject } = call;
	if (write.needs) requireDecision(subject, write.needs, new Date());
	const written = await write.run(call);
	const isGone = written.outcome.status === 'outdated' && 'account' in written && !written.account;
	const match = isGone ? { match: { by: null, certain: false, candidates: [] } } : {};
	return { ...subject, ...written, ...match };
}
