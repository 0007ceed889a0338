/**
 * Readings of letters in Latin ones, script by script: the letter, then how it is commonly written.
 * `-` has no sound of its own.
 */
const TABLES: readonly string[] = [
	// Latin letters that Unicode does not decompose.
	'ß ss æ ae œ oe ø o đ d ð d þ th ł l ħ h ı i ĸ k ŋ n ŧ t ə e ƒ f ɓ b ɗ d ƙ k ƴ y ɛ e ɔ o ɩ ' +
		'i ʋ v ŀ l ŉ n ǝ e ʻ - ʼ - ʿ - ʾ -',
	// Cyrillic: Russian, Ukrainian, Belarusian, Bulgarian, Serbian, Macedonian, and the letters of
	// Central Asia.
	'а a б b в v г g ґ g д d е e ё e є ye ж zh з z и i і i ї yi й y к k л l м m н n о o п p р ' +
		'r с s т t у u ў u ф f х kh ц ts ч ch ш sh щ shch ъ - ы y ь - э e ю yu я ya',
	'ђ dj ј j љ lj њ nj ћ c џ dz ѓ g ќ k ѕ dz ѐ e ѝ i ә a ғ g қ q ң n ө o ұ u ү u һ h җ j ҳ h ' +
		'ҷ j ӣ i ӯ u ҙ z ҡ q ҫ s ӑ a ӗ e ҥ n ӈ n ө o ѳ f ѣ e ѵ i',
	// Greek.
	'α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o',
	// Armenian.
	'ա a բ b գ g դ d ե e զ z է e ը e թ t ժ zh ի i լ l խ kh ծ ts կ k հ h ձ dz ղ gh ճ ch մ m յ y ' +
		'ն n շ sh ո o չ ch պ p ջ j ռ r ս s վ v տ t ր r ց ts ւ v փ p ք k օ o ֆ f',
	// Georgian.
	'ა a ბ b გ g დ d ე e ვ v ზ z თ t ი i კ k ლ l მ m ნ n ო o პ p ჟ zh რ r ს s ტ t უ u ფ p ქ k ' +
		'ღ gh ყ q შ sh ჩ ch ც ts ძ dz წ ts ჭ ch ხ kh ჯ j ჰ h',
	// Hebrew: what is written; vowels that are not, cannot be known.
	'א a ב b ג g ד d ה h ו v ז z ח h ט t י y כ k ך k ל l מ m ם m נ n ן n ס s ע a פ p ף p צ ts ץ ts ק k ר r ש sh ת t',
	// Arabic, Persian and Urdu: the same.
	'ا a أ a إ i آ a ٱ a ب b ت t ث th ج j ح h خ kh د d ذ dh ر r ز z س s ش sh ص s ض d ط t ظ z ع ' +
		'a غ gh ف f ق q ك k ل l م m ن n ه h و w ي y ى a ة a ء - ئ y ؤ w',
	'پ p چ ch ژ zh گ g ک k ی y ے e ہ h ھ h ں n ٹ t ڈ d ڑ r ـ -',
	// Thai: vowels written before their consonant are moved behind it first.
	'ก k ข kh ฃ kh ค kh ฅ kh ฆ kh ง ng จ ch ฉ ch ช ch ซ s ฌ ch ญ y ฎ d ฏ t ฐ th ฑ th ฒ th ณ n ' +
		'ด d ต t ถ th ท th ธ th น n บ b ป p ผ ph ฝ f พ ph ฟ f ภ ph ม m ย y ร r ฤ rue ล l ว w ศ s ษ ' +
		's ส s ห h ฬ l อ o ฮ h',
	'ะ a ั a า a ิ i ี i ึ ue ื ue ุ u ู u เ e แ ae โ o ใ ai ไ ai',
	// Japanese kana; katakana is read as the hiragana of the same place.
	'ぁ a あ a ぃ i い i ぅ u う u ぇ e え e ぉ o お o か ka が ga き ki ぎ gi く ku ぐ gu け ke げ ge こ ko ご go ' +
		'さ sa ざ za し shi じ ji す su ず zu せ se ぜ ze そ so ぞ zo',
	'た ta だ da ち chi ぢ ji つ tsu づ zu て te で de と to ど do な na に ni ぬ nu ね ne の no は ha ば ba ぱ ' +
		'pa ひ hi び bi ぴ pi ふ fu ぶ bu ぷ pu へ he べ be ぺ pe ほ ho ぼ bo ぽ po',
	'ま ma み mi む mu め me も mo ゃ ya や ya ゅ yu ゆ yu ょ yo よ yo ら ra り ri る ru れ re ろ ro ゎ wa わ wa ゐ i ゑ e を o ん n ゔ vu ー -',
];

function readings(): ReadonlyMap<string, string> {
	const words = TABLES.join(' ').split(' ');
	const map = new Map<string, string>();
	for (let at = 0; at + 1 < words.length; at += 2)
		map.set(words[at]!, words[at + 1] === '-' ? '' : words[at + 1]!);
	return map;
}

export const LETTERS = readings();

/**
 * Hangul syllables are built from these, in Unicode's order (Revised Romanization, letter by
 * letter).
 */
const FIRST = 'g kk n d tt r m b pp s ss - j jj ch k t p h'
	.split(' ')
	.map((text) => text.replace('-', ''));
const VOWEL = 'a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i'.split(' ');
const LAST = '- k k ks n nj nh t l lk lm lb ls lt lp lh m p ps t t ng t t k t p t'
	.split(' ')
	.map((text) => text.replace('-', ''));
const SYLLABLES = 0xac00;

export function hangul(code: number): string | null {
	const index = code - SYLLABLES;
	if (index < 0 || index >= FIRST.length * VOWEL.length * LAST.length) return null;
	const last = index % LAST.length;
	const vowel = Math.floor(index / LAST.length) % VOWEL.length;
	const first = Math.floor(index / LAST.length / VOWEL.length);
	return `${FIRST[first]!}${VOWEL[vowel]!}${LAST[last]!}`;
}

/**
 * The scripts of India share one layout, block by block: Devanagari, Bengali, Gurmukhi, Gujarati,
 * Oriya, Tamil, Telugu, Kannada, Malayalam.
 */
const INDIC_FROM = 0x0900;
const INDIC_TO = 0x0d7f;
const INDIC_BLOCK = 0x80;
/** From here on a final consonant keeps its vowel: Tamil, Telugu, Kannada, Malayalam. */
const SOUTHERN_FROM = 0x0b80;
const SIGNS: ReadonlyMap<number, string> = new Map([
	[0x01, 'n'],
	[0x02, 'n'],
	[0x03, 'h'],
]);
const INDEPENDENT_FROM = 0x05;
const INDEPENDENT = 'a a i i u u ri l e e e ai o o o au'.split(' ');
const CONSONANTS_FROM = 0x15;
const CONSONANTS =
	'k kh g gh ng ch chh j jh ny t th d dh n t th d dh n n p ph b bh m y r r l l l v sh sh s h'.split(
		' ',
	);
const MATRAS_FROM = 0x3e;
const MATRAS = 'a i i u u ri ri e e e ai o o o au'.split(' ');
const VIRAMA = 0x4d;
const NUKTA = 0x3c;

const inOrder = (list: readonly string[], from: number, place: number): string | undefined =>
	list[place - from];

/**
 * A run of letters of one of those scripts: each consonant carries an "a" unless a sign says
 * otherwise.
 */
export function indic(word: string): string {
	let out = '';
	let open = false;
	let southern = false;
	for (const letter of word) {
		const code = letter.codePointAt(0)!;
		const place = (code - INDIC_FROM) % INDIC_BLOCK;
		southern = code >= SOUTHERN_FROM;
		if (place === NUKTA) continue;
		const consonant = inOrder(CONSONANTS, CONSONANTS_FROM, place);
		const matra = inOrder(MATRAS, MATRAS_FROM, place);
		if (open && matra === undefined && place !== VIRAMA) out += 'a';
		open = consonant !== undefined;
		out +=
			consonant ?? matra ?? inOrder(INDEPENDENT, INDEPENDENT_FROM, place) ?? SIGNS.get(place) ?? '';
	}
	return open && southern ? `${out}a` : out;
}

export const isIndic = (code: number): boolean => code >= INDIC_FROM && code <= INDIC_TO;
