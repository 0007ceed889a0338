import type { SnapshotText } from './snapshot';

/** What the trigger remembers from poll to poll, as it is in the node's static data. */
export interface TriggerMemory extends SnapshotText {
	/** Another number for another format, and for other watched fields or another order of them. */
	version: 2;
	/** When the people were read that this memory is about (UTC). */
	readAt: string;
	/** Humaans ID of the company, to notice a token of another one. */
	company: string | null;
	/** How many rows of that read had no ID. */
	nameless: number;
	/**
	 * The last ID that was asked for by itself, when one poll could not ask for all of them; else ''.
	 */
	askedUpTo: string;
}

/** A memory in another format counts as none, so that the next poll is a first one. */
export const usableMemory = (memory: TriggerMemory | undefined): TriggerMemory | undefined =>
	memory?.version === 2 ? memory : undefined;
