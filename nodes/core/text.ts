/**
 * Characters that nobody sees and nobody means: format characters (soft hyphen, zero width,
 * direction marks, byte order mark, tags), controls but for tab and line breaks, and fillers. They
 * come along when a value is pasted from a page, and pass every check.
 */
const INVISIBLE =
	/\p{Cf}|(?![\t-\r\u0085])\p{Cc}|\p{Variation_Selector}|\u034f|\u115f|\u1160|\u17b4|\u17b5|\u3164|\uffa0/gu;
const MAY_BE_UNCLEAN = /[^\t\n\r -~]/;
/** A line break that JavaScript does not count as white space. */
const NEXT_LINE = /\u0085/g;
/** More marks on one letter than any language has: composing them would take very long. */
const TOO_MANY_MARKS = /\p{M}{31}/u;

/**
 * The text as people read it: without invisible characters, composed (NFC), and without white space
 * at its ends. Takes time in proportion to the length, whatever the text is.
 */
export function cleanText(value: string): string {
	if (!MAY_BE_UNCLEAN.test(value)) return value.trim();
	const visible = value.replace(INVISIBLE, '').replace(NEXT_LINE, '\n');
	return (TOO_MANY_MARKS.test(visible) ? visible : visible.normalize('NFC')).trim();
}

/** Line breaks of every kind; form feed and vertical tab too. */
const LINE_BREAKS = /[\n-\r\u2028\u2029]+/;
const WHITE_SPACE = /\s+/g;
/** Nearly every text is without: ASCII on one line, with single spaces between words. */
const MAY_BE_UNTIDY = /[^ -~]|^ | $| {2}/;

/**
 * The text on one line: line breaks become ", ", runs of white space one space. Each pattern looks
 * at a character once, so that a long run of white space costs no more than other text.
 */
export function onOneLine(value: string): string {
	if (!MAY_BE_UNTIDY.test(value)) return value;
	return cleanText(value)
		.split(LINE_BREAKS)
		.map((line) => line.trim().replace(WHITE_SPACE, ' '))
		.filter(Boolean)
		.join(', ');
}
