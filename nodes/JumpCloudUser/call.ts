import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeParameterResourceLocator,
} from 'n8n-workflow';
import type { JumpCloudClient } from '../services/jumpcloud/client';
import { howToName, typedNames } from '../core/account/typedNames';
import { isOfOwnDomain } from '../core/email';
import type { Account, InviteRecipient, Subject } from '../core/subject';
import { cleanText } from '../core/text';
import type { OnConflict } from '../services/jumpcloud/create';
import { accountByEmail } from '../services/jumpcloud/find';
import { groupIdByName } from '../services/jumpcloud/groups';
import type { WriteTarget } from '../services/jumpcloud/conditionalWrite';
import { Declined, targetOf, type Kept } from '../services/jumpcloud/guard';

export interface CallOptions {
	concurrency?: number;
	emitOfNobody?: boolean;
	inviteAddress?: string;
	longestWait?: number;
	onConflict?: OnConflict;
	protectedAccounts?: unknown;
	protectedAttribute?: unknown;
	reason?: unknown;
	reasonAttribute?: unknown;
	requestTimeout?: number;
	severalCompanies?: boolean;
}

/** One run of the node: its client and what it looked up already. */
export interface Run {
	context: IExecuteFunctions;
	client: JumpCloudClient;
	groupIds: Map<string, Promise<string>>;
}

/** The operation on one item. */
export interface Call extends Run {
	operation: string;
	subject: Subject;
	index: number;
	options: CallOptions;
}

export const callFor = (
	run: Run,
	operation: string,
	item: INodeExecutionData,
	index: number,
): Call => ({
	...run,
	operation,
	index,
	subject: item.json as unknown as Subject,
	options: run.context.getNodeParameter('options', index, {}) as CallOptions,
});

/** Works on what was chosen or typed in the node, not on the incoming person. */
export const isTyped = ({ context, index, operation }: Call): boolean =>
	operation !== 'apply' && context.getNodeParameter('userFrom', index, 'item') === 'values';

function chosenAccount(
	{ context, index }: Call,
	parameter: 'user' | 'group',
	shown: string,
): { mode: string; value: string } {
	const locator = context.getNodeParameter(parameter, index) as INodeParameterResourceLocator;
	const value = cleanText(String(locator.value ?? ''));
	if (value === '')
		throw new Declined(`No ${parameter} is chosen.`, `Choose one in the parameter ${shown}.`);
	return { mode: locator.mode, value };
}

export async function accountIdOf(call: Call): Promise<string> {
	if (!isTyped(call)) return targetOf(call.subject).accountId;
	const { mode, value } = chosenAccount(call, 'user', 'User');
	return mode === 'email' ? (await accountByEmail(call.client, value))._id : value;
}

export const targetOfCall = async (call: Call): Promise<WriteTarget> =>
	isTyped(call)
		? { accountId: await accountIdOf(call), personId: null, basis: null }
		: targetOf(call.subject);

export async function groupIdOf(call: Call): Promise<string> {
	const { mode, value } = chosenAccount(call, 'group', 'User Group');
	if (mode !== 'name') return value;
	// All items of a run share one look-up of a name.
	const known = call.groupIds.get(value) ?? groupIdByName(call.client, value);
	call.groupIds.set(value, known);
	return await known;
}

/** Who is invited, in order; the account is what JumpCloud holds now. */
export function recipientsOf(call: Call, account: Account): readonly InviteRecipient[] {
	const { context, subject, index, operation } = call;
	const sendTo = operation === 'apply' ? 'decision' : context.getNodeParameter('sendTo', index);
	const person = isTyped(call) ? undefined : subject.person;
	// Whoever gets the invite can set the password, so it goes where the account has its address.
	const work: InviteRecipient = { kind: 'work', address: account.email };
	if (sendTo === 'none') return [];
	if (sendTo === 'other')
		return [
			{
				kind: 'other',
				address: cleanText(String(context.getNodeParameter('inviteEmail', index) ?? '')),
			},
		];
	if (sendTo === 'work') return [work];
	if (sendTo === 'personalThenWork') {
		const typed = person?.personalEmail ?? null;
		const only = isOfOwnDomain(typed, account.email) ? null : typed;
		return [{ kind: 'personal', address: account.alternateEmail || only }, work];
	}
	return subject.decision?.invite?.recipients ?? [];
}

/**
 * The option, in lower case. An expression can give anything.
 * @throws Declined when an entry can name no account: it would quietly protect nobody
 */
export function protectedAccountsOf({ options }: Call): ReadonlySet<string> {
	const typed = typedNames(options.protectedAccounts ?? '');
	if (!typed || typed.wrong.length > 0) {
		throw new Declined(
			'The option Protected Accounts cannot be used, so nothing was done.',
			typed ? howToName(typed.wrong) : 'Give a text; several are separated by commas.',
		);
	}
	return new Set([...typed.names].map((name) => name.toLowerCase()));
}

/** Accounts that no suspension and no deletion touches. @throws Declined as above */
export const keptOf = (call: Call): Kept => ({
	protectedAccounts: protectedAccountsOf(call),
	protectedAttribute: cleanText(String(call.options.protectedAttribute ?? '')) || null,
});
