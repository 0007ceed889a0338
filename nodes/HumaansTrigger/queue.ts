import { EVERY_KEY, KeyedQueue } from '../services/keyedQueue';

/** The whole company; any other key is a person's ID. */
export const EVERYBODY: typeof EVERY_KEY = EVERY_KEY;

const queues = new Map<string, KeyedQueue>();

/**
 * The reads of one node. n8n may begin a poll while the one before still reads, and webhooks come
 * when they like; in a queue, an older read is never compared after a newer one.
 */
export function queueOf(node: string): KeyedQueue {
	const queue = queues.get(node) ?? new KeyedQueue();
	queues.set(node, queue);
	return queue;
}
