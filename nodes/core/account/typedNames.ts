/** Accounts as people type or paste them: by ID, username or email. */
import { isEmail } from '../email';
import { cleanText } from '../text';

/** A list between separators; a name in double quotes, as mail programs write it, may hold them. */
const ENTRIES = /(?:"[^"]*"|[^,;\t\n-\r\u2028\u2029，；、])+/g;
const QUOTES = '\\s"\'`“”„‘’«»';
const AROUND = new RegExp(`^[${QUOTES}]+|[${QUOTES}]+$`, 'g');
/** `Jane Doe <jane@example.com>` */
const WITH_NAME = /^([^<>]*)<([^<>]+)>\.?$/;
const USERNAME = /^[\p{L}\p{M}\p{N}._$+-]+$/u;
const ACCOUNT_ID = /^[\da-f]{24}$/i;

/** What `*` and `?` stand for is guessed by people, and no account is found by them. */
const isPlainEmail = (text: string): boolean => isEmail(text) && !/[*?]/.test(text);

/** One ID, username or email as an account has it; null for what can be none. */
function nameIn(text: string): string[] | null {
	const bare = text.replace(AROUND, '').replace(/^mailto:/i, '');
	const ended = bare.replace(/\.+$/, '');
	if (isPlainEmail(ended)) return [ended];
	// A username may end with a dot.
	return USERNAME.test(bare) ? [bare, ended].filter(Boolean) : null;
}

function namesInEntry(entry: string): string[] | null {
	const text = entry.replace(AROUND, '');
	const [, before = '', address] = WITH_NAME.exec(text) ?? [];
	const words = text.split(/\s+/);
	const parts = address
		? [...before.split(/\s+/).filter((word) => word.includes('@')), address]
		: // Of words it is certain only when each is an address or an ID: "Jane Doe" is a name.
			words.every((word) => isPlainEmail(word) || ACCOUNT_ID.test(word))
			? words
			: [text];
	const names = parts.map(nameIn);
	return names.includes(null) ? null : names.flatMap((some) => some!);
}

export interface TypedNames {
	names: ReadonlySet<string>;
	/** Places, from 1, of entries that can be neither an ID nor a username nor an email. */
	wrong: readonly number[];
}

/**
 * The accounts that a text, a number or a list of them names, as typed; separators are commas,
 * semicolons and line breaks. What a mail program puts around an address is taken off. Null for
 * anything else than texts and numbers.
 */
export function typedNames(value: unknown): TypedNames | null {
	const given: unknown[] = Array.isArray(value) ? value : [value];
	if (!given.every((one) => typeof one === 'string' || typeof one === 'number')) return null;
	const entries = (cleanText(given.join('\n')).match(ENTRIES) ?? []).filter(
		(entry) => entry.replace(AROUND, '') !== '',
	);
	const read = entries.map(namesInEntry);
	return {
		names: new Set(read.flatMap((names) => names ?? [])),
		wrong: read.flatMap((names, place) => (names === null ? [place + 1] : [])),
	};
}

/** What to do about entries that are wrong; none is quoted, because it may be somebody's name. */
export const howToName = (wrong: readonly number[]): string =>
	`Entry ${wrong.join(', ')} can be neither an ID nor a username nor an email. Write each as the ` +
	'account has it, for example ceo@example.com, and separate them by commas.';
