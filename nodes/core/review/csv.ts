/** A table as a CSV file that a spreadsheet opens without acting on what people wrote. */

export type Cell = string | number;
export type Table = ReadonlyArray<Readonly<Record<string, Cell>>>;

/** So that a spreadsheet reads the file as UTF-8. */
const BYTE_ORDER_MARK = '\ufeff';
/**
 * What a spreadsheet would take for a formula: = + - @, also in full width, at the beginning of a
 * cell. Another spreadsheet may end a cell at any of these separators, and may take a quote for the
 * beginning of one. White space and characters that nobody sees may stand before the formula. A
 * separator is never one of those, so each character is looked at once.
 */
const FORMULA = /(^|[,;|"\t\n\r])((?:(?![\t\n\r])[\s\p{C}])*)([=+\-@＝＋－＠])/gu;

/** The text with an apostrophe before what would be a formula: spreadsheets then show it as it is. */
export const defused = (text: string): string => text.replace(FORMULA, "$1$2'$3");

/** Always in quotes, but for a number of our own. */
const cellText = (cell: Cell): string =>
	typeof cell === 'number' ? String(cell) : `"${defused(cell).replaceAll('"', '""')}"`;

/** RFC 4180, with a byte order mark. The first line names the columns. */
export function csvOf(columns: readonly string[], rows: Table): string {
	const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))];
	const text = lines.map((cells) => `${cells.map(cellText).join(',')}\r\n`).join('');
	return `${BYTE_ORDER_MARK}${text}`;
}
