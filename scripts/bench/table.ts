/** Rows as a Markdown table, that reads on a web page as in a terminal. */
type Cell = string | number;

const shown = (cell: Cell | undefined): string =>
	typeof cell === 'number' ? cell.toLocaleString('en') : (cell ?? '');

/** Columns are the keys of the first row; numbers stand to the right. */
export function printTable(rows: ReadonlyArray<Readonly<Record<string, Cell>>>): void {
	const [first] = rows;
	if (!first) return;
	const names = Object.keys(first);
	const isNumber = (name: string): boolean =>
		rows.every((row) => typeof row[name] === 'number' || row[name] === '');
	const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
	console.log(line(names));
	console.log(line(names.map((name) => (isNumber(name) ? '---:' : '---'))));
	for (const row of rows) console.log(line(names.map((name) => shown(row[name]))));
	console.log();
}
