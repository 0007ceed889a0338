import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { CannotRead } from '../services/humaans/readPeople';
import { attempt } from '../services/http/failure';
import type { HumaansClient } from '../services/humaans/client';
import { humaansClient } from '../n8n/transport';
import type { Subject } from '../core/subject';
import { pollPeople, type PollOptions } from '../services/humaans/pollPeople';
import { newestPeople } from '../services/humaans/readForTrigger';
import { keptOf, nodeKey, pollsKeep } from './staticData';
import { itemsOf, pollOptions } from './settings';
import { EVERYBODY, inTurn, readsEverybody } from './keyedQueue';

/** People a manual run hands on. */
const SAMPLE_SIZE = 10;
/** Of the time n8n gives one poll, reading may take so much. */
const READING_SHARE = 0.9;
/** What n8n gives when it does not say. */
const BUDGET_MS = 300_000;

const now = () => new Date();

/**
 * The newest people for a manual run, with nothing remembered; otherwise one poll, or nothing while
 * another one is under way.
 */
export async function run(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	if (context.getMode() === 'manual')
		return await readPeople(
			context,
			async (client, options) => await newestPeople(client, options, now, SAMPLE_SIZE),
		);
	const node = nodeKey(context);
	if (readsEverybody(node)) return null;
	const kept = keptOf(context);
	if (context.getNodeParameter('webhook', false) === true) pollsKeep(node, kept);
	const poll = async () =>
		await readPeople(context, async (client, options) => {
			const { memory } = kept;
			const read = await pollPeople(client, memory, options, now);
			// Last, and only when there is something new: n8n writes the whole memory to its database.
			if (read.memory !== memory) kept.memory = read.memory;
			return read.subjects;
		});
	return (await inTurn(node, EVERYBODY, poll)) ?? null;
}

/** Reads within the time n8n gives one poll, or says that it was not enough. */
async function readPeople(
	context: IPollFunctions,
	read: (client: HumaansClient, options: PollOptions) => Promise<Subject[]>,
): Promise<INodeExecutionData[][] | null> {
	const budgetMs = context.getPollBudgetMs?.() ?? BUDGET_MS;
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
