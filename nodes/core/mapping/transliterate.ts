import { cleanText } from '../text';
import { LETTERS, hangul, indic, isIndic } from './letters';

const KATAKANA_FROM = 0x30a1;
const KATAKANA_TO = 0x30f6;
const TO_HIRAGANA = 0x60;

/** What has to be put in order before letters are read one by one. */
function ordered(text: string): string {
	return (
		text
			// Greek: a digraph is one sound.
			.replace(/ο[υύ]/g, 'u')
			// Thai: a silenced consonant goes, a vowel written in front moves behind, a carrier without a
			// sound of its own goes.
			.replace(/[ก-ฮ][ิุ]?์/g, '')
			.replace(/\u0e4dา/g, '\u0e31ม')
			.replace(/([เแโใไ])([ก-ฮ])/g, '$2$1')
			.replace(/อ(?=[ะ-ูเแโใไ])/g, '')
	);
}

const kana = (text: string): string =>
	[...text]
		.map((letter) => {
			const code = letter.codePointAt(0)!;
			return code >= KATAKANA_FROM && code <= KATAKANA_TO
				? String.fromCodePoint(code - TO_HIRAGANA)
				: letter;
		})
		.join('')
		// きゃ is kya, しゃ is sha; a small つ doubles what follows.
		.replace(
			/([きぎにひびぴみり])([ゃゅょ])/g,
			(_, first: string, second: string) => `${LETTERS.get(first)![0]!}${LETTERS.get(second)!}`,
		)
		.replace(
			/([しちじぢ])([ゃゅょ])/g,
			(_, first: string, second: string) =>
				`${LETTERS.get(first)!.slice(0, -1)}${LETTERS.get(second)!.slice(1)}`,
		)
		.replace(/っ([か-ん])/g, (_, next: string) => `${(LETTERS.get(next) ?? '')[0] ?? ''}${next}`)
		.replace(/っ/g, '');

function readOne(letter: string): string {
	const known = LETTERS.get(letter);
	if (known !== undefined) return known;
	const syllable = hangul(letter.codePointAt(0)!);
	if (syllable !== null) return syllable;
	const plain = letter.normalize('NFD').replace(/\p{M}/gu, '');
	return [...plain].map((part) => LETTERS.get(part) ?? part).join('');
}

/**
 * The text in lower-case Latin letters, as near as a small table gets: Latin, Cyrillic, Greek,
 * Armenian, Georgian, Hebrew, Arabic, the scripts of India, Thai, kana and Hangul. What has no
 * reading without a dictionary (Chinese characters) stays as it is, for the caller to drop.
 */
export function transliterate(text: string): string {
	if (/^[ -~]*$/.test(text)) return text.toLowerCase();
	const words = kana(ordered(cleanText(text).normalize('NFKC').toLowerCase()));
	let out = '';
	let run = '';
	for (const letter of words) {
		if (isIndic(letter.codePointAt(0)!)) {
			run += letter;
			continue;
		}
		out += indic(run) + readOne(letter);
		run = '';
	}
	return out + indic(run);
}
