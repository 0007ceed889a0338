import { createHash } from 'node:crypto';
import { slotText } from '../slots';
import type { SlotValue } from '../subject';

/**
 * What `humaansSync` holds: for each slot a short hash of the value Humaans last gave us, never the value. Written as
 * `1 <slot key><value hash> …`; a value that JumpCloud refused has `!` before its hash and is not tried again until it changes.
 * 4 + 8 characters and a space a slot: 78 slots fit the 1,024 characters of a custom attribute.
 */
export interface SyncEntry {
	hash: string;
	refused: boolean;
}
export type SyncRecord = Map<string, SyncEntry>;

const VERSION = '1';
const KEY_LENGTH = 4;
const HASH_LENGTH = 7;

const shortHash = (text: string, length: number): string => createHash('sha256').update(text).digest('base64url').slice(0, length);

const slotKey = (slot: string): string => shortHash(slot, KEY_LENGTH);

/** Hash of what Humaans says for a slot; an empty value has one too. */
export const valueHash = (slot: string, value: SlotValue | null): string => shortHash(value === null ? '\u0000' : slotText(slot, value), HASH_LENGTH);

export function parseRecord(text: string | null): SyncRecord {
	const record: SyncRecord = new Map();
	const [version, ...entries] = (text ?? '').split(' ');
	if (version !== VERSION) return record;
	for (const entry of entries) {
		const key = entry.slice(0, KEY_LENGTH);
		const refused = entry[KEY_LENGTH] === '!';
		const hash = entry.slice(KEY_LENGTH + (refused ? 1 : 0));
		if (key.length === KEY_LENGTH && hash.length === HASH_LENGTH) record.set(key, { hash, refused });
	}
	return record;
}

export const recordedFor = (record: SyncRecord, slot: string): SyncEntry | undefined => record.get(slotKey(slot));

export function formatRecord(entries: ReadonlyArray<{ slot: string; hash: string; refused: boolean }>): string {
	const texts = entries.map(({ slot, hash, refused }) => `${slotKey(slot)}${refused ? '!' : ''}${hash}`).sort();
	return [VERSION, ...texts].join(' ');
}
