import { shortHash } from '../hash';
import type { SlotValue } from '../subject';
import { MAX_ATTRIBUTE_VALUE } from './link';
import { slotText } from './slots';

/**
 * What `humaansSync` remembers of a slot, as short hashes and never as values. Only what cannot be
 * seen by comparing Humaans and JumpCloud is remembered:
 *
 *   last      `<hash>`           rule "only when changed": what Humaans said last
 *   awaited   `-------`          rule "only on creation": the value was not known at creation
 *   refused   `!<hash>`          JumpCloud refused this value; it is not sent again
 *   taken     `?<hash><hash>`    refused, perhaps because another account has it; sent once more when none has (the
 *                                second: what the account held then)
 *   kept      `~<hash><hash>`    JumpCloud took this value and keeps it in another form (the second)
 *
 * The attribute is `1 <slot key><one of these> …`: 4 + 7 characters and a space a slot, 85 slots
 * in the 1,024 characters of a custom attribute.
 */
export type Memory =
	| { kind: 'last' | 'refused'; hash: string }
	| { kind: 'kept' | 'taken'; hash: string; form: string }
	| { kind: 'awaited' };

export type RefusalKind = 'refused' | 'taken';

/** @param form hash of what the account held when the value was refused */
export const refusalOf = (kind: RefusalKind, hash: string, form: string): Memory =>
	kind === 'taken' ? { kind, hash, form } : { kind, hash };

export type SyncRecord = ReadonlyMap<string, Memory>;

const VERSION = '1';
const KEY_LENGTH = 4;
const HASH_LENGTH = 7;
/** No text hashes to it, as far as chance goes. */
const AWAITED = '-'.repeat(HASH_LENGTH);

const keys = new Map<string, string>();

function slotKey(slot: string): string {
	const known = keys.get(slot);
	if (known !== undefined) return known;
	const key = shortHash(slot, KEY_LENGTH);
	keys.set(slot, key);
	return key;
}

/** Hash of a slot's value; an empty value has one too. */
export const valueHash = (slot: string, value: SlotValue | null): string =>
	shortHash(value === null ? '\u0000' : slotText(slot, value), HASH_LENGTH);

const MARKED_KINDS: Readonly<Record<string, 'kept' | 'taken'>> = { '~': 'kept', '?': 'taken' };

function parseMemory(text: string): Memory | null {
	if (text === AWAITED) return { kind: 'awaited' };
	if (text.length === HASH_LENGTH) return { kind: 'last', hash: text };
	const hash = text.slice(1, 1 + HASH_LENGTH);
	if (text[0] === '!' && text.length === 1 + HASH_LENGTH) return { kind: 'refused', hash };
	const kind = MARKED_KINDS[text[0] ?? ''];
	const form = text.slice(1 + HASH_LENGTH);
	return kind && form.length === HASH_LENGTH ? { kind, hash, form } : null;
}

function memoryText(memory: Memory): string {
	switch (memory.kind) {
		case 'awaited':
			return AWAITED;
		case 'last':
			return memory.hash;
		case 'refused':
			return `!${memory.hash}`;
		case 'taken':
			return `?${memory.hash}${memory.form}`;
		case 'kept':
			return `~${memory.hash}${memory.form}`;
	}
}

const NOTHING: SyncRecord = new Map();

/** What nobody can read is as good as not there. */
export function parseRecord(text: string | null): SyncRecord {
	const [version, ...entries] = (text ?? '').split(' ');
	if (version !== VERSION) return NOTHING;
	const record = new Map<string, Memory>();
	for (const entry of entries) {
		const memory = parseMemory(entry.slice(KEY_LENGTH));
		if (memory) record.set(entry.slice(0, KEY_LENGTH), memory);
	}
	return record;
}

export const remembered = (record: SyncRecord, slot: string): Memory | undefined =>
	record.size === 0 ? undefined : record.get(slotKey(slot));

/** What is to be remembered of a slot from now on; null: nothing. */
export interface SlotMemory {
	slot: string;
	memory: Memory | null;
}

/**
 * The record as text, never longer than a custom attribute takes, or null when there is nothing to
 * remember. `entries` come first, those in front before those behind; then what `before` remembers
 * of other slots (not known in this run, or no longer ticked). `dropped`: slots that found no room.
 */
export function formatRecord(
	entries: readonly SlotMemory[],
	before: SyncRecord = NOTHING,
): { text: string | null; dropped: string[] } {
	const texts: string[] = [];
	const dropped: string[] = [];
	let length = VERSION.length;
	const fits = (key: string, memory: Memory): boolean => {
		const text = `${key}${memoryText(memory)}`;
		if (length + 1 + text.length > MAX_ATTRIBUTE_VALUE) return false;
		length += 1 + text.length;
		texts.push(text);
		return true;
	};
	const own = new Set<string>();
	for (const { slot, memory } of entries) {
		const key = slotKey(slot);
		own.add(key);
		if (memory && !fits(key, memory)) dropped.push(slot);
	}
	for (const [key, memory] of before) if (!own.has(key)) fits(key, memory);
	return { text: texts.length === 0 ? null : [VERSION, ...texts.sort()].join(' '), dropped };
}
