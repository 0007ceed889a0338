import type { IExecuteFunctions, INodeExecutionData, INodeParameterResourceLocator } from 'n8n-workflow';
import type { JumpCloudClient } from '../../shared/clients/jumpcloud';
import { jumpCloudClient } from '../../shared/clients/transport';
import { eachItem, itemOf, subjectOf } from '../../shared/node/eachItem';
import { toNodeError } from '../../shared/nodeErrors';
import type { Account, InviteRecipient, Subject } from '../../shared/subject';
import { activateAccount, resendInvite } from '../operations/activate';
import { deleteAccount, reactivateAccount, suspendAccount } from '../operations/changeState';
import { createAccount } from '../operations/create';
import { accountByEmail, groupIdByName, simplified } from '../operations/groups';
import { Declined, requireAccountId, requireDecision, type Written } from '../operations/guard';
import { matchSubjects } from '../operations/matchSubjects';
import { updateAccount } from '../operations/update';
import type { ActionId } from '../../shared/actions';

interface Call {
	context: IExecuteFunctions;
	client: JumpCloudClient;
	subject: Subject;
	index: number;
}

/** The writes on a subject: which decision allows each, and what does it. One new operation = one new row. */
const WRITES: Readonly<Record<string, { needs: ActionId; run: (call: Call) => Promise<Written> }>> = {
	create: { needs: 'create', run: async ({ client, subject }) => await createAccount(client, subject) },
	activate: { needs: 'activate', run: async (call) => await activateAccount(call.client, call.subject, recipientsOf(call)) },
	update: { needs: 'update', run: async ({ client, subject }) => await updateAccount(client, subject) },
	suspend: { needs: 'deprovision', run: async ({ client, subject }) => await suspendAccount(client, subject, new Date()) },
	reactivate: { needs: 'reactivate', run: async ({ client, subject }) => await reactivateAccount(client, subject) },
	delete: { needs: 'delete', run: async ({ client, subject }) => await deleteAccount(client, subject) },
};

function recipientsOf({ context, subject, index }: Call): readonly InviteRecipient[] {
	const sendTo = context.getNodeParameter('sendTo', index) as string;
	const work: InviteRecipient = { kind: 'work', address: subject.person?.email ?? subject.account?.email ?? null };
	if (sendTo === 'none') return [];
	if (sendTo === 'work') return [work];
	if (sendTo === 'personalThenWork') return [{ kind: 'personal', address: subject.person?.personalEmail ?? null }, work];
	return subject.decision?.invite?.recipients ?? [];
}

async function accountIdOf({ context, client, subject, index }: Call): Promise<string> {
	if (context.getNodeParameter('userFrom', index) === 'item') return requireAccountId(subject);
	const chosen = context.getNodeParameter('user', index) as INodeParameterResourceLocator;
	const value = String(chosen.value ?? '').trim();
	if (value === '') throw new Declined('No user is chosen.', 'Choose one in the parameter User.');
	return chosen.mode === 'email' ? (await accountByEmail(client, value))._id : value;
}

async function groupIdOf({ context, client, index }: Call): Promise<string> {
	const chosen = context.getNodeParameter('group', index) as INodeParameterResourceLocator;
	const value = String(chosen.value ?? '').trim();
	if (value === '') throw new Declined('No group is chosen.', 'Choose one in the parameter User Group.');
	return chosen.mode === 'name' ? await groupIdByName(client, value) : value;
}

const shown = (call: Call, account: Account): object => (call.context.getNodeParameter('simplify', call.index, true) ? simplified(account) : account);

async function onOneUser(operation: string, call: Call): Promise<object> {
	const id = await accountIdOf(call);
	if (operation === 'get') {
		const account = await call.client.get(id);
		if (!account) throw new Declined('There is no JumpCloud account with that ID.', 'Check the ID and the region in the credential.');
		return shown(call, account);
	}
	if (operation === 'resendInvite') {
		const { account, outcome } = await resendInvite(call.client, { ...call.subject, account: { _id: id } as Account });
		return { ...call.subject, account, outcome };
	}
	const changed = await call.client.member(await groupIdOf(call), id, operation === 'addToGroup' ? 'add' : 'remove');
	return { ...call.subject, outcome: { action: operation, status: changed ? 'applied' : 'unchanged', attempts: [], warnings: [] } };
}

async function getMany(context: IExecuteFunctions, client: JumpCloudClient): Promise<INodeExecutionData[]> {
	const all = context.getNodeParameter('returnAll', 0) as boolean;
	const limit = all ? Infinity : (context.getNodeParameter('limit', 0) as number);
	const accounts = limit <= 100 ? (await client.page(0, limit)).rows : (await client.everyAccount()).slice(0, limit);
	const simple = context.getNodeParameter('simplify', 0, true) as boolean;
	return accounts.map((account) => itemOf(simple ? simplified(account) : account, 0));
}

async function match(context: IExecuteFunctions, client: JumpCloudClient): Promise<INodeExecutionData[]> {
	const by = context.getNodeParameter('matchBy', 0) as Array<'employeeIdentifier' | 'email'>;
	const emitMissing = context.getNodeParameter('emitMissing', 0) as boolean;
	const result = await matchSubjects(client, context.getInputData().map(subjectOf), { by, emitMissing });
	if (result.notice) context.addExecutionHints({ message: result.notice, type: 'warning', location: 'outputPane' });
	return [...result.subjects.map((subject, index) => itemOf(subject, index)), ...result.missing.map((subject) => itemOf(subject, 0))];
}

/** Runs the chosen operation over all items. */
export async function run(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const operation = context.getNodeParameter('operation', 0) as string;
	const options = context.getNodeParameter('options', 0, {}) as { concurrency?: number };
	const client = await jumpCloudClient(context, { concurrency: options.concurrency, signal: context.getExecutionCancelSignal() });
	if (operation === 'match' || operation === 'getMany') {
		try {
			return await (operation === 'match' ? match(context, client) : getMany(context, client));
		} catch (error) {
			throw toNodeError(context.getNode(), error);
		}
	}
	const write = WRITES[operation];
	return await eachItem(context, async (index, item) => {
		const call: Call = { context, client, subject: subjectOf(item), index };
		if (!write) return await onOneUser(operation, call);
		requireDecision(call.subject, write.needs, new Date());
		const { account, outcome } = await write.run(call);
		return { ...call.subject, account, outcome };
	});
}
