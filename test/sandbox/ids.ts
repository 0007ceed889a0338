/** Seeded randomness, so that a run can be repeated exactly. */
export type Random = () => number;

/** mulberry32: small, quick and good enough for test data. */
export function seededRandom(seed: number): Random {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = state;
		t = Math.imul(t ^ (t >>> 15), t | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
}

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const HEX = '0123456789abcdef';

function letters(random: Random, alphabet: string, length: number): string {
	let out = '';
	for (let i = 0; i < length; i++) out += alphabet[Math.floor(random() * alphabet.length)];
	return out;
}

/** 24 alphanumerics, as Humaans' ids. */
export const humaansId = (random: Random): string => letters(random, ALPHANUMERIC, 24);
/** 24 hexadecimal digits, as JumpCloud's object ids. */
export const objectId = (random: Random): string => letters(random, HEX, 24);
export const pick = <T>(random: Random, from: readonly T[]): T =>
	from[Math.floor(random() * from.length)] as T;
