import { MAX_ATTRIBUTE_VALUE } from './link';
import { slotText } from './slots';
import type { SlotValue } from '../subject';

/**
 * What `humaansSync` holds: for each slot a short hash of the value Humaans last gave us, never the
 * value. Written as `1 <slot key><value hash> …`; a value that JumpCloud refused has `!` before its
 * hash and is not tried again until it changes. 4 + 7 characters and a space a slot: 85 slots fit
 * the 1,024 characters of a custom attribute.
 */
export interface SyncEntry {
	hash: string;
	refused: boolean;
}
export type SyncRecord = Map<string, SyncEntry>;

export interface SlotEntry extends SyncEntry {
	slot: string;
}

const VERSION = '1';
const KEY_LENGTH = 4;
const HASH_LENGTH = 7;
/**
 * Stands for a value that was not known when the account was created. No text hashes to it, as far
 * as chance goes.
 */
export const AWAITED = '-'.repeat(HASH_LENGTH);

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Murmur3's last mixing: every bit of the hash depends on every bit that went in. */
function mix(hash: number): number {
	let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
	mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
	return mixed ^ (mixed >>> 16);
}

/**
 * Two FNV-1a hashes of 32 bits side by side, 6 bits a character. It tells values apart and is no
 * secret: the account holds the value itself. A cryptographic hash would take most of the time of a
 * run over many people.
 */
function shortHash(text: string, length: number): string {
	let a = 0x811c9dc5;
	let b = 0x9e3779b9;
	for (let at = 0; at < text.length; at++) {
		const unit = text.charCodeAt(at);
		a = Math.imul(a ^ unit, 0x01000193);
		b = Math.imul(b ^ unit, 0x85ebca77);
	}
	const mixed = mix(a);
	const bits = [mixed, mix(b ^ mixed)];
	let out = '';
	// Five characters of each half: 60 of the 64 bits.
	for (let at = 0; at < length; at++) out += DIGITS[(bits[at % 2]! >>> (6 * (at >> 1))) & 63]!;
	return out;
}

const keys = new Map<string, string>();

function slotKey(slot: string): string {
	const known = keys.get(slot);
	if (known !== undefined) return known;
	const key = shortHash(slot, KEY_LENGTH);
	keys.set(slot, key);
	return key;
}

/** Hash of what Humaans says for a slot; an empty value has one too. */
export const valueHash = (slot: string, value: SlotValue | null): string =>
	shortHash(value === null ? '\u0000' : slotText(slot, value), HASH_LENGTH);

export function parseRecord(text: string | null): SyncRecord {
	const record: SyncRecord = new Map();
	const [version, ...entries] = (text ?? '').split(' ');
	if (version !== VERSION) return record;
	for (const entry of entries) {
		const key = entry.slice(0, KEY_LENGTH);
		const refused = entry[KEY_LENGTH] === '!';
		const hash = entry.slice(KEY_LENGTH + (refused ? 1 : 0));
		if (key.length === KEY_LENGTH && hash.length === HASH_LENGTH)
			record.set(key, { hash, refused });
	}
	return record;
}

export const recordedFor = (record: SyncRecord, slot: string): SyncEntry | undefined =>
	record.get(slotKey(slot));

const written = (key: string, { hash, refused }: SyncEntry): string =>
	`${key}${refused ? '!' : ''}${hash}`;

/**
 * The record as text, never longer than a custom attribute takes: `entries` first, those in front
 * before those behind, then what `before` remembers of other slots (not known in this run, or no
 * longer ticked). `dropped` names the slots that found no room.
 */
export function formatRecord(
	entries: readonly SlotEntry[],
	before: SyncRecord = new Map(),
): { text: string; dropped: string[] } {
	const texts: string[] = [];
	const dropped: string[] = [];
	const own = new Set<string>();
	let length = VERSION.length;
	const add = (text: string): boolean => {
		const fits = length + 1 + text.length <= MAX_ATTRIBUTE_VALUE;
		if (fits) {
			length += 1 + text.length;
			texts.push(text);
		}
		return fits;
	};
	for (const entry of entries) {
		const key = slotKey(entry.slot);
		own.add(key);
		if (!add(written(key, entry))) dropped.push(entry.slot);
	}
	for (const [key, entry] of before) if (!own.has(key)) add(written(key, entry));
	return { text: [VERSION, ...texts.sort()].join(' '), dropped };
}
