import type { IPollFunctions } from 'n8n-workflow';
import { usableMemory, type TriggerMemory } from '../core/watch/memory';
import type { Registration } from '../services/humaans/registerWebhook';

/** The node's static data, which n8n keeps in its database. */
export interface StaticData {
	memory?: TriggerMemory;
	webhook?: Registration;
}

type AnyContext = Pick<IPollFunctions, 'getWorkflow' | 'getNode' | 'getWorkflowStaticData'>;

export const triggerKey = (context: AnyContext): string =>
	`${context.getWorkflow().id ?? ''} ${context.getNode().id}`;

export const staticDataOf = (context: AnyContext): StaticData =>
	context.getWorkflowStaticData('node') as StaticData;

/**
 * By node: the static data that the polls of a published workflow use. n8n reads a copy of its own
 * from the database for each webhook, and the polls never see it. So what a webhook learns must be
 * put here too; otherwise the next poll would tell it again.
 */
const usedByPolls = new Map<string, StaticData>();

export const shareWithWebhooks = (node: string, data: StaticData): void =>
	void usedByPolls.set(node, data);
export const stopSharing = (node: string): void => void usedByPolls.delete(node);

export interface SharedMemory {
	/** What polls and webhooks have remembered so far. */
	memory: TriggerMemory | undefined;
	remember: (memory: TriggerMemory) => void;
}

/** What a webhook reads and writes. */
export function sharedMemory(context: AnyContext): SharedMemory {
	const own = staticDataOf(context);
	const data = usedByPolls.get(triggerKey(context)) ?? own;
	return {
		memory: usableMemory(data.memory),
		remember: (memory) => {
			data.memory = memory;
			// This copy is the one that n8n writes to its database.
			own.memory = memory;
		},
	};
}
