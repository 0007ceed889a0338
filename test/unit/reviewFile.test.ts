/** The file of a review, and its page: nothing that people wrote can act in them. */
import fc from 'fast-check';
import { csvOf, defused } from '../../nodes/core/review/csv';
import { onOneLine } from '../../nodes/core/text';
import { another } from './policyWorld';
import { readCsv, reviewAs, whole } from './reviewWorld';

describe('nothing that people wrote can act', () => {
	const EVIL = [
		`<img src=x onerror=alert(1)>`,
		'=cmd()',
		'+1',
		'-1',
		'@sum',
		'\t=1',
		'＝1',
		'a;=cmd()',
		'x\n=cmd()',
	];

	it.each(EVIL)('%j on the page and in the file', (evil) => {
		const one = another(1);
		const subjects = whole([
			{
				...one,
				person: {
					...one.person!,
					preferredName: evil,
					lastName: '',
					employmentEndDate: '2026-11-01',
					status: 'offboarded',
				},
				account: { ...one.account!, username: evil, email: evil },
			},
		]);
		for (const kind of ['accounts', 'leavers', 'forecast'] as const) {
			const { html, csv, rows } = reviewAs(kind, subjects);
			expect(rows).toHaveLength(1);
			expect(new Set(html.match(/<[^>]+>/g)!.map((tag) => tag.replace('/', '')))).toEqual(
				new Set(['<h3>', '<ul>', '<li>', '<table>', '<thead>', '<tbody>', '<tr>', '<th>', '<td>']),
			);
			const [head, ...lines] = readCsv(csv);
			expect(lines).toHaveLength(1);
			expect(lines[0]).toHaveLength(head!.length);
			for (const cell of lines[0]!.filter((text) => Number.isNaN(Number(text))))
				expect(cell).not.toMatch(/(^|[;\t\r\n])\s*[=+\-@＝＋－＠]/);
			expect(lines[0]!.join('|').replaceAll("'", '')).toContain(
				onOneLine(evil).replaceAll("'", ''),
			);
		}
	});

	/** Cells of a line for somebody whose separator is this; quotes count only where a cell begins. */
	function cellsOf(text: string, separator: string, withQuotes: boolean): string[] {
		const cells: string[] = [];
		let [cell, isQuoted, isAtStart] = ['', false, true];
		for (let at = 0; at < text.length; at++) {
			const sign = text[at]!;
			if (isQuoted) {
				if (sign !== '"') cell += sign;
				else if (text[at + 1] === '"') cell += text[++at];
				else isQuoted = false;
			} else if (withQuotes && isAtStart && sign === '"') {
				[isQuoted, isAtStart] = [true, false];
			} else if (sign === separator || '\r\n'.includes(sign)) {
				cells.push(cell);
				[cell, isAtStart] = ['', true];
			} else {
				cell += sign;
				isAtStart = false;
			}
		}
		return [...cells, cell];
	}
	const FORMULA = /^[\s"]*[=+\-@＝＋－＠]/;

	it.each([',', ';', '\t', '|'])(
		'no text makes a formula for a reader of cells by %j',
		(separator) =>
			fc.assert(
				fc.property(
					fc.array(
						fc.string({
							unit: fc.constantFrom(...'a1 \u00a0"\',;|\t\n\r=+-@＝\u200b'),
							maxLength: 12,
						}),
						{ minLength: 1, maxLength: 4 },
					),
					(texts) => {
						const csv = csvOf(
							['A', 'B'],
							texts.map((text) => ({ A: text, B: -1.5 })),
						).slice(1);
						const cells = [true, false].flatMap((quotes) => cellsOf(csv, separator, quotes));
						const seen = cells.map((cell) => cell.replaceAll('\u200b', ''));
						expect(seen.filter((cell) => cell !== '-1.5' && FORMULA.test(cell))).toEqual([]);
					},
				),
				{ examples: [[['Ana;"=1+1;']], [['a,"=1']], [['"\t"=1']]], numRuns: 500 },
			),
	);

	it('numbers of our own stay numbers; quotes, commas and line breaks stay in their cell', () => {
		const text = csvOf(
			['A', 'B'],
			[
				{ A: -12.5, B: 'a "b", c\nd' },
				{ A: '', B: '-1' },
			],
		);
		expect(text).toBe('\ufeff"A","B"\r\n-12.5,"a ""b"", c\nd"\r\n"","\'-1"\r\n');
		expect(readCsv(text)).toEqual([
			['A', 'B'],
			['-12.5', 'a "b", c\nd'],
			['', "'-1"],
		]);
		expect(defused('Ana - Silva, a=b')).toBe('Ana - Silva, a=b');
	});
});
