import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { CannotRead } from '../../Humaans/operations/readPeople';
import { attempt } from '../../shared/clients/failure';
import { humaansClient } from '../../shared/clients/transport';
import type { Subject } from '../../shared/subject';
import { pollPeople, type Memory, type PollOptions } from '../operations/pollPeople';
import { newestPeople } from '../operations/readPeople';

/** People a manual run hands on. */
export const SAMPLE_SIZE = 10;
/** Of the time n8n gives one poll: reading may take so much, and asking for missing people must begin before this share is over. */
const READING_SHARE = 0.9;
const ASKING_SHARE = 0.6;
/** What n8n gives when it does not say. */
const BUDGET_MS = 300_000;

/** Nodes with a poll under way, by workflow and node: n8n may begin a poll while the one before still reads. */
const underWay = new Set<string>();

interface Options {
	allowPartialView?: boolean;
	includeCustomFields?: boolean;
	timezone?: string;
}

const itemsOf = (subjects: readonly Subject[]): INodeExecutionData[][] | null =>
	subjects.length === 0 ? null : [subjects.map((subject) => ({ json: subject as IDataObject }))];

/** The newest people for a manual run, with nothing remembered; otherwise one poll, or nothing while another one is under way. */
export async function run(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const node = `${context.getWorkflow().id ?? ''} ${context.getNode().id}`;
	const manual = context.getMode() === 'manual';
	if (!manual) {
		if (underWay.has(node)) return null;
		underWay.add(node);
	}
	try {
		return await readAndCompare(context, manual);
	} finally {
		if (!manual) underWay.delete(node);
	}
}

async function readAndCompare(context: IPollFunctions, manual: boolean): Promise<INodeExecutionData[][] | null> {
	const { allowPartialView = false, includeCustomFields = false, timezone } = context.getNodeParameter('options', {}) as Options;
	const budgetMs = context.getPollBudgetMs?.() ?? BUDGET_MS;
	const options: PollOptions = {
		triggerOn: context.getNodeParameter('triggerOn') as string[],
		firstActivation: context.getNodeParameter('firstActivation') as PollOptions['firstActivation'],
		allowPartialView,
		includeCustomFields,
		deadline: Date.now() + budgetMs * ASKING_SHARE,
	};
	const now = () => new Date();
	const signal = AbortSignal.timeout(Math.round(budgetMs * READING_SHARE));
	const client = await humaansClient(context, { signal, fixedZone: timezone });
	if (manual) return itemsOf(await newestPeople(client, options, now, SAMPLE_SIZE));

	const kept = context.getWorkflowStaticData('node') as { memory?: Memory };
	const { memory } = kept;
	const poll = await attempt(pollPeople(client, memory, options, now));
	if (!poll.ok) {
		if (signal.aborted)
			throw new CannotRead(
				'Humaans did not give everybody within the time n8n allows for one poll, so nothing was changed.',
				'The next poll starts anew; nothing is lost. If it stays so, Humaans is slow or limits the requests: poll less often.',
			);
		throw poll.failure;
	}
	// Last, and only when there is something new: n8n writes the whole memory to its database.
	if (poll.value.memory !== memory) kept.memory = poll.value.memory;
	return itemsOf(poll.value.subjects);
}
