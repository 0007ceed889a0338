import { numberHash } from '../hash';

/**
 * A part of all people, by person ID: `2/6` is the second batch of six. Batches are for companies
 * that are too large for one execution. Each person belongs to one batch, even after they are gone
 * from Humaans.
 */
export interface Batch {
	/** From 1 to `of`. */
	number: number;
	of: number;
}

/** Of a run that holds only some people, in no particular batch. */
export const SOME = 'some';
const MOST_BATCHES = 1000;

/** From a text such as "2/6"; `null` when it is not a batch. */
export function parseBatch(text: string): Batch | null {
	const [, number, of] = /^\s*(\d+)\s*\/\s*(\d+)\s*$/.exec(text) ?? [];
	const batch = { number: Number(number), of: Number(of) };
	return batch.number >= 1 && batch.number <= batch.of && batch.of <= MOST_BATCHES ? batch : null;
}

export const batchText = ({ number, of }: Batch): string => `${number}/${of}`;

/** A person is always in the same batch. */
export const isInBatch = (personId: string, { number, of }: Batch): boolean =>
	numberHash(personId) % of === number - 1;
