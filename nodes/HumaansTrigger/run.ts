import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import type { Subject } from '../core/subject';
import { humaansClient } from '../n8n/transport';
import { attempt } from '../services/http/failure';
import { CannotRead } from '../services/humaans/cannotRead';
import type { HumaansClient } from '../services/humaans/client';
import { newestPeople } from '../services/humaans/newestPeople';
import { pollPeople, type PollOptions } from '../services/humaans/pollPeople';
import { EVERYBODY, queueOf } from './queue';
import { itemsOf, pollOptions } from './settings';
import { triggerKey, shareWithWebhooks, staticDataOf } from './staticData';

/** People a manual run hands on. */
const SAMPLE_SIZE = 10;
/** Reading may take this share of the time that n8n gives one poll. */
const READING_SHARE = 0.9;
/** Milliseconds for one poll, when n8n does not say how many. */
const DEFAULT_BUDGET_MS = 300_000;

/**
 * A manual run gives the newest people and remembers nothing. Any other run is one poll, or nothing
 * while everybody is being read already.
 */
export async function run(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	if (context.getMode() === 'manual')
		return await readInTime(
			context,
			async (client, options) => await newestPeople(client, options, SAMPLE_SIZE),
		);
	const node = triggerKey(context);
	const queue = queueOf(node);
	if (queue.has(EVERYBODY)) return null;
	const data = staticDataOf(context);
	if (context.getNodeParameter('webhook', false) === true) shareWithWebhooks(node, data);
	const poll = async (client: HumaansClient, options: PollOptions) => {
		const { memory } = data;
		const result = await pollPeople(client, memory, options);
		// Only when there is something new: n8n then writes the whole memory to its database.
		if (result.memory !== memory) data.memory = result.memory;
		return result.subjects;
	};
	return await queue.run(EVERYBODY, async () => await readInTime(context, poll));
}

/** Reads within the time that n8n gives one poll, or says that it was not enough. */
async function readInTime(
	context: IPollFunctions,
	read: (client: HumaansClient, options: PollOptions) => Promise<Subject[]>,
): Promise<INodeExecutionData[][] | null> {
	const budgetMs = context.getPollBudgetMs?.() ?? DEFAULT_BUDGET_MS;
	const { fixedZone, ...options } = pollOptions(context, budgetMs);
	const signal = AbortSignal.timeout(Math.round(budgetMs * READING_SHARE));
	const client = await humaansClient(context, { signal, fixedZone });
	const answer = await attempt(read(client, options));
	if (answer.ok) return itemsOf(answer.value);
	if (!signal.aborted) throw answer.failure;
	throw new CannotRead(
		'Humaans did not give everybody within the time n8n allows for one poll, so nothing was changed.',
		'The next poll starts anew; nothing is lost. If it stays so, Humaans is slow or limits ' +
			'the requests: poll less often.',
	);
}
