import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import {
	jumpCloudClient,
	JUMPCLOUD_CREDENTIAL,
	SERVICE_ACCOUNT_CREDENTIAL,
} from '../n8n/transport';
import { eachItem, failedItem, itemOf, subjectOf } from '../n8n/eachItem';
import { toNodeError } from '../n8n/errors';
import type { Account } from '../core/subject';
import {
	accountById,
	accountsBy,
	simplifiedAccount,
	type AccountFilters,
} from '../services/jumpcloud/find';
import { Declined } from '../services/jumpcloud/guard';
import { matchSubjects } from '../services/jumpcloud/matchSubjects';
import { REQUESTS_AT_ONCE } from '../services/http/concurrency';
import { Failures } from './apply';
import { accountIdOf, callFor, type Call, type CallOptions, type Run } from './call';
import { runWrite, writeFor, WRITES } from './writes';

/** n8n gives the tool form of a node a type of its own; n8n 2.0 has nothing to ask but that. */
const isToolCall = (context: IExecuteFunctions): boolean =>
	context.isToolExecution?.() === true || context.getNode().type.endsWith('Tool');

function requireAllowedAsTool(context: IExecuteFunctions): void {
	if (!isToolCall(context) || context.getNodeParameter('allowToolWrites', 0, false) === true)
		return;
	throw new Declined(
		'This tool may only read users, so nothing was changed.',
		'Whoever built the workflow can switch on "Allow This Tool to Change Users".',
	);
}

const shown = ({ context, index }: Call, account: Account): object =>
	context.getNodeParameter('simplify', index, true) ? simplifiedAccount(account) : account;

/** What only reads, one item at a time. */
const READS: Readonly<Record<string, (call: Call) => Promise<object | object[]>>> = {
	get: async (call) => shown(call, await accountById(call.client, await accountIdOf(call))),
	getMany: async (call) => {
		const { context, index } = call;
		const limit = context.getNodeParameter('returnAll', index)
			? Infinity
			: (context.getNodeParameter('limit', index) as number);
		const accounts = await accountsBy(
			call.client,
			context.getNodeParameter('filters', index, {}) as AccountFilters,
			limit,
		);
		return accounts.map((account) => shown(call, account));
	},
};

/** All people at once: two of them may claim one account. */
async function matchItems({ context, client }: Run): Promise<INodeExecutionData[]> {
	const by = context.getNodeParameter('matchBy', 0) as Array<'employeeIdentifier' | 'email'>;
	const emitMissing = context.getNodeParameter('emitMissing', 0) as boolean;
	const options = context.getNodeParameter('options', 0, {}) as CallOptions;
	const { emitOfNobody = false, severalCompanies = false } = options;
	const items = context.getInputData();
	try {
		const how = { by, emitMissing, emitOfNobody, severalCompanies };
		const result = await matchSubjects(client, items.map(subjectOf), how);
		if (result.notice)
			context.addExecutionHints({
				message: result.notice,
				type: 'warning',
				location: 'outputPane',
			});
		return [
			...result.subjects.map((subject, index) => itemOf(subject, index)),
			...[...result.missing, ...result.ofNobody].map((subject) => itemOf(subject, 0)),
		];
	} catch (error) {
		const why = toNodeError(context.getNode(), error);
		if (!context.continueOnFail()) throw why;
		return items.map((_, index) => failedItem(why, index));
	}
}

/** Runs the chosen operation over all items. */
export async function run(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const operation = context.getNodeParameter('operation', 0) as string;
	const options = context.getNodeParameter('options', 0, {}) as CallOptions;
	const { longestWait, requestTimeout } = options;
	const concurrency = placesFrom(options.concurrency);
	const limits = {
		concurrency,
		budgetMs: seconds(longestWait),
		timeoutMs: seconds(requestTimeout),
		signal: context.getExecutionCancelSignal(),
	};
	const credential =
		context.getNodeParameter('authentication', 0, 'apiKey') === 'serviceAccount'
			? SERVICE_ACCOUNT_CREDENTIAL
			: JUMPCLOUD_CREDENTIAL;
	const client = await jumpCloudClient(context, limits, credential);
	const everything: Run = { context, client, groupIds: new Map() };
	if (operation === 'match') return await matchItems(everything);
	// As many items at once as requests: so an account is written right after it was read.
	// A reminder waits most of the time, and counts on the account before it does.
	const atOnce = operation === 'resendInvite' ? Infinity : concurrency;
	const failures = new Failures(context);
	const items = await eachItem(context, atOnce, async (index, item) => {
		const call = callFor(everything, operation, item, index);
		const read = READS[operation];
		if (read) return await read(call);
		requireAllowedAsTool(context);
		if (operation === 'apply') return await applyDecision(call, failures);
		const write = WRITES[operation];
		if (write) return await runWrite(write, call);
		throw new Declined('This node has no such operation.', 'Choose an operation from the list.');
	});
	if (operation === 'apply') failures.requireSomeDone(items);
	return items;
}

/** Does what the decision says. A failure is a result: it goes back to the policy. */
async function applyDecision(call: Call, failures: Failures): Promise<object> {
	const write = writeFor(call);
	try {
		return await runWrite(write, call);
	} catch (error) {
		return failures.noted(error, call.subject, write.needs!, call.index);
	}
}

/** An expression can give anything. */
const placesFrom = (value: unknown): number =>
	typeof value === 'number' && value >= 1 ? Math.floor(value) : REQUESTS_AT_ONCE;

const seconds = (value: number | undefined): number | undefined =>
	value === undefined ? undefined : value * 1000;
