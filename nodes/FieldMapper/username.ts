import { createHash } from 'node:crypto';
import type { Person } from '../shared/subject';

export type UsernameStrategy = 'workEmail' | 'firstDotLast' | 'initialLast' | 'expression';

/** JumpCloud, "Naming convention for users": 30 characters on Mac and Linux, 20 on Windows. */
export const USERNAME_LIMIT = 30;
export const USERNAME_LIMIT_WINDOWS = 20;
/** How many numbered candidates are offered before a person has to choose. */
export const USERNAME_CANDIDATES = 20;

/** Letters that Unicode does not decompose, and the scripts with a common one-to-one reading. */
const LETTERS: Readonly<Record<string, string>> = {
	ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ħ: 'h', ı: 'i', ĸ: 'k', ŋ: 'n', ŧ: 't', ə: 'e', ƒ: 'f',
	а: 'a', б: 'b', в: 'v', г: 'g', ґ: 'g', д: 'd', е: 'e', ё: 'e', є: 'ye', ж: 'zh', з: 'z', и: 'i', і: 'i', ї: 'yi', й: 'y', к: 'k', л: 'l',
	м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ў: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ъ: '', ы: 'y',
	ь: '', э: 'e', ю: 'yu', я: 'ya', ђ: 'dj', ј: 'j', љ: 'lj', њ: 'nj', ћ: 'c', џ: 'dz', ѓ: 'g', ќ: 'k', ѕ: 'dz',
	α: 'a', β: 'v', γ: 'g', δ: 'd', ε: 'e', ζ: 'z', η: 'i', θ: 'th', ι: 'i', κ: 'k', λ: 'l', μ: 'm', ν: 'n', ξ: 'x', ο: 'o', π: 'p', ρ: 'r',
	σ: 's', ς: 's', τ: 't', υ: 'y', φ: 'f', χ: 'ch', ψ: 'ps', ω: 'o',
};

/** Lower-case ASCII letters and digits as near to the text as a reader would write them; what has no reading is left out. */
export function transliterate(text: string): string {
	const lower = text.normalize('NFKC').toLowerCase();
	let out = '';
	for (const letter of lower) {
		const known = LETTERS[letter];
		if (known !== undefined) out += known;
		else out += [...letter.normalize('NFD').replace(/\p{M}/gu, '')].map((part) => LETTERS[part] ?? part).join('');
	}
	return out;
}

/** The characters JumpCloud takes in a username: it starts with a letter; letters, digits, `-`, `.` and `_` follow. */
export const isUsername = (text: string, limit = USERNAME_LIMIT): boolean => text.length <= limit && /^[a-z][a-z0-9._-]*$/i.test(text);

function clean(text: string): string {
	return transliterate(text)
		.replace(/['’‘`]/g, '')
		.replace(/[\s\u00a0]+/g, '.')
		.replace(/[^a-z0-9._-]/g, '')
		.replace(/([._-])[._-]+/g, '$1')
		.replace(/^[^a-z]+/, '')
		.replace(/[._-]+$/, '');
}

const cut = (text: string, length: number): string => text.slice(0, length).replace(/[._-]+$/, '');

function bases(person: Person, strategy: UsernameStrategy, typed: string | undefined): string[] {
	const first = clean(person.firstName ?? '').replace(/\./g, '');
	const last = clean(person.lastName ?? '').replace(/\./g, '');
	const fromEmail = clean((person.email ?? '').split('@')[0] ?? '');
	const fromNames = first && last ? `${first}.${last}` : '';
	const chosen = {
		workEmail: fromEmail,
		firstDotLast: fromNames,
		initialLast: first && last ? `${first[0]}${last}` : '',
		expression: clean(typed ?? ''),
	}[strategy];
	// The last resort depends on the person alone, so that it is the same every time.
	const fallback = `u${createHash('sha256').update(person.id).digest('hex').slice(0, 8)}`;
	return [chosen, fromEmail, fromNames, fallback];
}

/** Username candidates for a new account, best first: `ana.silva`, `ana.silva2`, … `ana.silva20`. */
export function usernameCandidates(person: Person, strategy: UsernameStrategy, options: { limit?: number; typed?: string } = {}): string[] {
	const limit = options.limit ?? USERNAME_LIMIT;
	const base = bases(person, strategy, options.typed).find((text) => text !== '')!;
	const candidates = [cut(base, limit)];
	for (let number = 2; number <= USERNAME_CANDIDATES; number++) {
		// "smith2" + 2 would read as twenty-two.
		const suffix = /\d$/.test(base) ? `.${number}` : String(number);
		candidates.push(`${cut(base, limit - suffix.length)}${suffix}`);
	}
	return candidates;
}
