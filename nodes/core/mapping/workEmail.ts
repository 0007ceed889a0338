import { isEmail } from '../email';
import type { Person } from '../subject';
import { cleanText } from '../text';
import { nameWord } from './username';

export interface WorkEmailSettings {
	/** What to do about somebody who has no work email in Humaans yet. */
	missing: 'review' | 'pattern';
	/** What stands before the @, such as `{first}.{last}`. */
	pattern: string;
	/** What stands behind it. */
	domain: string;
}

/** What a pattern may name; `{f}` and `{l}` are initials. */
const PARTS: Readonly<Record<string, (person: Person) => string>> = {
	first: (person) => nameWord(person.firstName),
	last: (person) => nameWord(person.lastName),
	middle: (person) => nameWord(person.middleName),
	preferred: (person) => nameWord(person.preferredName) || nameWord(person.firstName),
	f: (person) => nameWord(person.firstName).slice(0, 1),
	l: (person) => nameWord(person.lastName).slice(0, 1),
};
export const PATTERN_PARTS: readonly string[] = Object.keys(PARTS).map((name) => `{${name}}`);
export const DEFAULT_PATTERN = '{first}.{last}';

/** RFC 5321: at most 64 characters before the @. */
const LOCAL_PART_LIMIT = 64;

export type MadeEmail = { email: string } | { problem: string };

/** What stands behind the @ of a work email that is made here, in lower case. */
export const domainOfPattern = ({ domain }: Pick<WorkEmailSettings, 'domain'>): string =>
	cleanText(domain).replace(/^@/, '').toLowerCase();

/**
 * A work email from the pattern, or why there is none. Names that cannot be written in Latin
 * letters give none: nothing is made up.
 */
export function madeWorkEmail(person: Person, { pattern, domain }: WorkEmailSettings): MadeEmail {
	const host = domainOfPattern({ domain });
	if (!isEmail(`a@${host}`))
		return {
			problem:
				'The work email is missing in Humaans, and the Domain in Field Mapper is not a domain.',
		};
	const wanted = cleanText(pattern);
	const unknown = (wanted.match(/\{[^{}]*\}/g) ?? []).find((part) => !PATTERN_PARTS.includes(part));
	if (unknown)
		return {
			problem: `The work email pattern has an unknown part ${unknown}; it knows ${PATTERN_PARTS.join(', ')}.`,
		};
	let missing = false;
	const local = wanted.replace(/\{([a-z]+)\}/g, (_, name: string) => {
		const word = PARTS[name]!(person);
		missing ||= word === '';
		return word;
	});
	if (missing)
		return {
			problem:
				'The work email is missing in Humaans, and the name gives nothing that can stand in an email address.',
		};
	const email = `${local.toLowerCase()}@${host}`;
	if (
		local.length > LOCAL_PART_LIMIT ||
		!/^[a-z0-9]+([._-][a-z0-9]+)*$/i.test(local) ||
		!isEmail(email)
	) {
		return {
			problem:
				'The work email is missing in Humaans, and the pattern does not give a valid address.',
		};
	}
	return { email };
}
