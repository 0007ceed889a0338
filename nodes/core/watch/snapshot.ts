import { BitReader, BitWriter } from './bits';
import { FIELD_NAMES, SHORTEST, UNKNOWN, type Print } from './fields';

/**
 * Everybody as hashes, packed for n8n's static data.
 *
 * A person costs their id, a space, 19 bits (readable, status, digest) and one bit a field that
 * says "as most people have it"; only a field that is not costs a hash on top. The hashes are as
 * wide as `BYTES_A_PERSON` allows: 10 bits in a company of 10,000, 20 below 1,000 people. A changed
 * field goes unnamed when its short hash stays the same by chance: 1 in 1,000 at 10 bits, 1 in a
 * million at 20. That the person changed at all goes unseen only if the digest stays the same too:
 * 1 in 65 million single changes at 10 bits.
 */
export interface PackedSnapshot {
	/** Bits a hash. */
	width: number;
	/** The most common hash of each field. */
	common: string;
	/** Ids in order, a space between. */
	ids: string;
	/** One print an id, one after another without padding. */
	prints: string;
}

export interface Snapshot {
	/** Upper bits of each hash that count. */
	width: number;
	people: ReadonlyMap<string, Print>;
}

export const EMPTY_SNAPSHOT: Snapshot = { width: 32, people: new Map() };

/** Most bytes a person in the static data, on average, from `LARGE` people on. */
export const BYTES_A_PERSON = 64;
const LARGE = 1000;
const WIDEST = 20;
const STATUS_BITS = 2;
const DIGEST_BITS = 16;
const BITS_A_LETTER = 6;
/**
 * Bytes for what is there once: the names of the parts, the common hashes, the time, the company.
 */
const ONCE = 400;

/** An id as it stands in `ids`; Humaans' own ids stay as they are. */
const idText = (id: string): string => id.replace(/[% ]/g, encodeURIComponent);
const upper = (hash: number, width: number): number => hash >>> (32 - width);
const full = (bits: number, width: number): number => (bits << (32 - width)) >>> 0;

/**
 * The most common hash of each field in its upper bits, the smaller one of two that are equally
 * common.
 */
function commonHashes(prints: readonly Print[], width: number): number[] {
	return FIELD_NAMES.map((_, field) => {
		const counts = new Map<number, number>();
		for (const { hashes } of prints) {
			const hash = upper(hashes[field]!, width);
			counts.set(hash, (counts.get(hash) ?? 0) + 1);
		}
		let most = UNKNOWN;
		for (const [hash, count] of counts) {
			const best = counts.get(most) ?? 0;
			if (count > best || (count === best && hash < most)) most = hash;
		}
		return full(most, width);
	});
}

/** The widest hashes for which everybody fits. */
function fittingWidth(ids: string, prints: readonly Print[], common: readonly number[]): number {
	if (prints.length < LARGE) return WIDEST;
	let uncommon = 0;
	for (const { hashes } of prints)
		hashes.forEach(
			(hash, field) => (uncommon += upper(hash, WIDEST) === upper(common[field]!, WIDEST) ? 0 : 1),
		);
	const bits = (BYTES_A_PERSON * prints.length - ids.length - ONCE) * BITS_A_LETTER;
	const fixed = prints.length * (1 + STATUS_BITS + DIGEST_BITS + FIELD_NAMES.length);
	return Math.max(SHORTEST, Math.min(WIDEST, Math.floor((bits - fixed) / Math.max(1, uncommon))));
}

/**
 * @param widest No hash is kept wider than this: prints taken over from a packed snapshot hold no
 *   more.
 */
export function packSnapshot(
	people: ReadonlyMap<string, Print>,
	widest: number = WIDEST,
): PackedSnapshot {
	const sorted = [...people.keys()].sort();
	const prints = sorted.map((id) => people.get(id)!);
	const ids = sorted.map(idText).join(' ');
	const most = Math.min(widest, WIDEST);
	const common = commonHashes(prints, most);
	const width = Math.min(most, fittingWidth(ids, prints, common));
	const head = new BitWriter();
	for (const hash of common) head.write(upper(hash, width), width);
	const body = new BitWriter();
	for (const { unreadable, status, digest, hashes } of prints) {
		body.write(unreadable ? 1 : 0, 1);
		body.write(status, STATUS_BITS);
		body.write(digest, DIGEST_BITS);
		hashes.forEach((hash, field) => {
			const kept = upper(hash, width);
			const same = kept === upper(common[field]!, width);
			body.write(same ? 0 : 1, 1);
			if (!same) body.write(kept, width);
		});
	}
	return { width, common: head.finish(), ids, prints: body.finish() };
}

export function unpackSnapshot({ width, common, ids, prints }: PackedSnapshot): Snapshot {
	const head = new BitReader(common);
	const commonHash = FIELD_NAMES.map(() => full(head.read(width), width));
	const body = new BitReader(prints);
	const people = new Map<string, Print>();
	for (const text of ids === '' ? [] : ids.split(' ')) {
		const unreadable = body.read(1) === 1;
		const status = body.read(STATUS_BITS);
		const digest = body.read(DIGEST_BITS);
		people.set(decodeURIComponent(text), {
			unreadable,
			status,
			digest,
			hashes: commonHash.map((hash) => (body.read(1) === 0 ? hash : full(body.read(width), width))),
		});
	}
	return { width, people };
}

export interface Difference {
	/** Names of the watched fields whose hash is another one. */
	fields: string[];
	/** Something changed, named or not. */
	changed: boolean;
}

/**
 * What differs between a person's print from a snapshot of this width and a fresh one. An unknown
 * value is never a difference.
 */
export function difference(before: Print, after: Print, width: number): Difference {
	let sameView = true;
	const fields = FIELD_NAMES.filter((_, field) => {
		const [old, fresh] = [before.hashes[field]!, after.hashes[field]!];
		if ((old === UNKNOWN) !== (fresh === UNKNOWN)) sameView = false;
		return old !== UNKNOWN && fresh !== UNKNOWN && upper(old, width) !== upper(fresh, width);
	});
	return { fields, changed: fields.length > 0 || (sameView && before.digest !== after.digest) };
}
