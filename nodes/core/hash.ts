/**
 * All hashes of this package. The quick ones tell values apart and hide nothing; SHA-256 stands
 * where nobody may be able to make another text with the same hash. The signature of a webhook is
 * an HMAC and belongs to `watch/delivery.ts`.
 *
 * What these functions give is stored (on accounts, in n8n's static data, in ids that people copy),
 * so it must never change. `test/unit/hash.test.ts` holds it.
 */
import { createHash } from 'node:crypto';

/** FNV-1a, 32 bits. */
const FNV_START = 0x811c9dc5;
const FNV_FACTOR = 0x01000193;
/** The same with other numbers: a second hash that does not depend on the first one. */
const SECOND_START = 0x9e3779b9;
const SECOND_FACTOR = 0x85ebca77;

/** One step a UTF-16 unit. */
function fnv1a(text: string, start: number, factor: number): number {
	let hash = start;
	for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), factor);
	return hash;
}

/** The last step of Murmur3: each bit of the result depends on each bit that went in. */
function mix(hash: number): number {
	let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
	mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
	return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** A whole number below 2³², spread evenly. */
export const numberHash = (text: string): number => mix(fnv1a(text, FNV_START, FNV_FACTOR));

/** The alphabet of base64url: one byte a character in JSON. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * A hash as text, 6 bits a character, from two hashes of 32 bits in turn. SHA-256 would take most
 * of the time of a run over many people.
 * @param length Characters, at most 10: five of each hash.
 */
export function shortHash(text: string, length: number): string {
	const first = numberHash(text);
	const second = mix(fnv1a(text, SECOND_START, SECOND_FACTOR) ^ first);
	let hash = '';
	for (let at = 0; at < length; at++) {
		const bits = at % 2 === 0 ? first : second;
		hash += ALPHABET[(bits >>> (6 * (at >> 1))) & 63]!;
	}
	return hash;
}

export const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The first characters of a SHA-256 in hex. @param length Characters, at most 64. */
export const sha256Hex = (text: string, length: number): string =>
	sha256(text).toString('hex').slice(0, length);
