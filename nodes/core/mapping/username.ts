import { sha256Hex } from '../hash';
import type { Person } from '../subject';
import { transliterate } from './transliterate';

export type UsernameStrategy = 'workEmail' | 'firstDotLast' | 'initialLast' | 'expression';

/** JumpCloud, "Naming convention for users": 30 characters on Mac and Linux, 20 on Windows. */
export const USERNAME_LIMIT = 30;
export const USERNAME_LIMIT_WINDOWS = 20;
/** How many numbered candidates are offered before a person has to choose. */
export const USERNAME_CANDIDATES = 20;

/**
 * The characters JumpCloud takes in a username: it starts with a letter; letters, digits, `-`, `.`
 * and `_` follow.
 */
export const isUsername = (text: string, limit = USERNAME_LIMIT): boolean =>
	text.length <= limit && /^[a-z][a-z0-9._-]*$/i.test(text);

/** Longer than any name or address: the rest is not looked at. */
const LONGEST_SOURCE = 1000;

/**
 * What of a text can stand in a username or before the @ of an email: a letter first, no separator
 * last or twice.
 */
export function clean(text: string): string {
	return transliterate(text.slice(0, LONGEST_SOURCE))
		.replace(/\s+/g, '.')
		.replace(/[^a-z0-9._-]/g, '')
		.replace(/([._-])[._-]+/g, '$1')
		.replace(/^[^a-z]+/, '')
		.replace(/[._-]+$/, '');
}

/** A name as one word: "Ana María" is "anamaria". */
export const nameWord = (name: unknown): string =>
	typeof name === 'string' ? clean(name).replace(/\./g, '') : '';

const localPart = (email: unknown): string =>
	typeof email === 'string'
		? clean(email.slice(0, email.includes('@') ? email.lastIndexOf('@') : undefined))
		: '';

const cut = (text: string, length: number): string => text.slice(0, length).replace(/[._-]+$/, '');

/** The last resort depends on the person alone, so that it is the same every time. */
const fromId = (person: Person): string => `u${sha256Hex(person.id, 8)}`;

function chosen(person: Person, strategy: UsernameStrategy, typed: unknown): string {
	switch (strategy) {
		case 'workEmail':
			return localPart(person.email);
		case 'expression':
			return typed === undefined || typed === null ? '' : clean(String(typed));
		case 'firstDotLast':
		case 'initialLast': {
			const first = nameWord(person.firstName);
			const last = nameWord(person.lastName);
			// Half a name that can be written is not the name: the email says more.
			if (first === '' || last === '') return '';
			return strategy === 'firstDotLast' ? `${first}.${last}` : `${first[0]!}${last}`;
		}
	}
}

const fromNames = (person: Person): string =>
	[nameWord(person.firstName), nameWord(person.lastName)].filter((word) => word !== '').join('.');

/**
 * Username candidates for a new account, best first: `ana.silva`, `ana.silva2`, … `ana.silva20`.
 * Where the strategy gives nothing that can be written, the email's local part is taken, then the
 * names, then a name made from the person's id.
 */
export function usernameCandidates(
	person: Person,
	strategy: UsernameStrategy,
	options: { limit?: number; typed?: unknown } = {},
): string[] {
	const limit = options.limit ?? USERNAME_LIMIT;
	const whole =
		chosen(person, strategy, options.typed) ||
		localPart(person.email) ||
		fromNames(person) ||
		fromId(person);
	const base = cut(whole, limit);
	const candidates = new Set([base]);
	// "smith2" + 2 would read as twenty-two.
	const between = /\d$/.test(base) ? '.' : '';
	const room = limit - between.length;
	const stems = [cut(base, room - 1), cut(base, room - 2)] as const;
	for (let number = 2; number <= USERNAME_CANDIDATES; number++)
		candidates.add(`${stems[number < 10 ? 0 : 1]}${between}${number}`);
	return [...candidates];
}
