/**
 * Which people a run holds when it does not hold everybody: `some`, or a batch by person ID such as
 * `2/6`, the second of six. Batches are for companies too large for one execution; everybody, known
 * or gone, belongs to one of them.
 */
export interface Batch {
	/** From 1 to `of`. */
	number: number;
	of: number;
}

export const SOME = 'some';
const MOST_BATCHES = 1000;

/** "2/6"; null for anything that is no batch. */
export function parseBatch(text: string): Batch | null {
	const [, number, of] = /^\s*(\d+)\s*\/\s*(\d+)\s*$/.exec(text) ?? [];
	const batch = { number: Number(number), of: Number(of) };
	return batch.number >= 1 && batch.number <= batch.of && batch.of <= MOST_BATCHES ? batch : null;
}

export const batchText = ({ number, of }: Batch): string => `${number}/${of}`;

/** The same person is always in the same batch: FNV-1a of the ID, with Murmur3's last mixing. */
export function isInBatch(personId: string, { number, of }: Batch): boolean {
	let hash = 0x811c9dc5;
	for (let at = 0; at < personId.length; at++)
		hash = Math.imul(hash ^ personId.charCodeAt(at), 0x01000193);
	hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
	hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
	return ((hash ^ (hash >>> 16)) >>> 0) % of === number - 1;
}
