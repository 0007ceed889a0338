import type { IPollFunctions } from 'n8n-workflow';
import type { Memory } from '../services/humaans/pollPeople';
import type { Registration } from '../services/humaans/registerWebhook';

/** The node's static data. */
export interface Kept {
	memory?: Memory;
	webhook?: Registration;
}

type AnyContext = Pick<IPollFunctions, 'getWorkflow' | 'getNode' | 'getWorkflowStaticData'>;

export const nodeKey = (context: AnyContext): string =>
	`${context.getWorkflow().id ?? ''} ${context.getNode().id}`;

export const keptOf = (context: AnyContext): Kept => context.getWorkflowStaticData('node') as Kept;

/**
 * The static data that polls of a published workflow work on. n8n gives every webhook a copy of its
 * own, read from the database, and never shows it to the polls: what a webhook learns must be put
 * here too, or the next poll would tell it again.
 */
const polled = new Map<string, Kept>();

export const pollsKeep = (node: string, kept: Kept): void => void polled.set(node, kept);
export const pollsEnded = (node: string): void => void polled.delete(node);

/** What polls know, as a webhook sees it, and a way to add to it. */
export function sharedMemory(
	node: string,
	own: Kept,
): { memory: Memory | undefined; remember: (memory: Memory) => void } {
	const kept = polled.get(node) ?? own;
	return {
		memory: kept.memory,
		remember: (memory) => {
			kept.memory = memory;
			// n8n writes this one to its database.
			own.memory = memory;
		},
	};
}
