import { nameWord } from '../mapping/username';
import type { Account, Person } from '../subject';

/** The names of somebody, as far as they are known. */
export interface Names {
	first: ReadonlyArray<string | null | undefined>;
	last: ReadonlyArray<string | null | undefined>;
}

export const namesOfPerson = (person: Person): Names => ({
	first: [person.firstName, person.preferredName],
	last: [person.lastName],
});

const nameOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

export const namesOfAccount = (account: Account): Names => ({
	first: [nameOrNull(account.firstname), nameOrNull(account.displayname)],
	last: [nameOrNull(account.lastname)],
});

/** Longer than any name: the rest is not compared. */
const LONGEST_NAME = 500;

/** Letters that have no Latin reading here are compared as they are; "ü" is written "ue" too. */
const wordOf = (part: string): string =>
	nameWord(part).replace(/([aou])e/g, '$1') ||
	(part.match(/[\p{L}\p{M}]/gu) ?? []).join('').toLowerCase();

/** Names are compared by their letters: spelling with or without accents is no other name. */
function words(names: Names['first']): string[] {
	const parts = names.flatMap((name) => (name ?? '').slice(0, LONGEST_NAME).split(/[\s-]/));
	return parts.map(wordOf).filter((word) => word !== '');
}

const SMALL_WORDS: ReadonlySet<string> = new Set(
	'al bin da das de del della den der di do dos du e el ibn la le van von y zu'.split(' '),
);

/** One letter of another script can be a whole name. */
const isLatin = (word: string): boolean => /^[a-z]/.test(word);

/** Without initials and the small words that many names have, unless there is nothing else. */
function tellingWords(names: Names['first']): string[] {
	const all = words(names);
	const telling = all.filter(
		(word) => (word.length > 1 || !isLatin(word)) && !SMALL_WORDS.has(word),
	);
	return telling.length > 0 ? telling : all;
}

function haveOneInCommon(a: readonly string[], b: readonly string[]): boolean {
	const others = new Set(b);
	return a.some((word) => others.has(word));
}

/** "Silva" is in "da Silva" and in "Silva-Costa"; "Jean-Paul" and "Jean-Marc" only share a word. */
function isInTheOther(a: Names['first'][number], b: Names['first'][number]): boolean {
	const [shorter, longer] = [words([a]), words([b])].sort(
		(one, other) => one.length - other.length,
	);
	return (
		shorter!.every((word) => longer!.includes(word)) &&
		haveOneInCommon(tellingWords([a]), tellingWords([b]))
	);
}

const oneAgrees = (a: Names['first'], b: Names['first']): boolean =>
	a.some((name) => b.some((other) => isInTheOther(name, other)));

/** First and last name agree: then a typed number may be believed. */
export const namesAgree = (a: Names, b: Names): boolean =>
	oneAgrees(a.first, b.first) && oneAgrees(a.last, b.last);

/** All words of a name in one order: the same for two people of one name. '' when there is none. */
export const nameKey = ({ firstName, lastName }: Person): string =>
	words([firstName, lastName]).sort().join(' ');

const hasLatin = ({ first, last }: Names): boolean => words([...first, ...last]).some(isLatin);

export const isNameless = ({ first, last }: Names): boolean =>
	words([...first, ...last]).length === 0;

/**
 * Whether two records can be of one human: the first or the last name agrees, or they stand in each
 * other's place, or one has no name, or the names are of two scripts that cannot be compared. People
 * marry, and records are made anew.
 */
export function maybeSameHuman(a: Names, b: Names): boolean {
	if (isNameless(a) || isNameless(b)) return true;
	if (hasLatin(a) !== hasLatin(b)) return true;
	const inCommon = (part: keyof Names): boolean =>
		haveOneInCommon(tellingWords(a[part]), tellingWords(b[part]));
	const isTurned = oneAgrees(a.first, b.last) && oneAgrees(a.last, b.first);
	return inCommon('first') || inCommon('last') || isTurned;
}
