/**
 * Rule 17: texts are cleaned at the edge, so that what nobody sees never tells two values apart, and
 * no value is so long that cleaning it takes the time of everybody.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { isEmail, sameEmail } from '../../nodes/core/email';
import { oneLine } from '../../nodes/core/mapping/sources';
import { parsePersonRow } from '../../nodes/core/person/personRow';
import { customValueRow, parseJobRole, locationRow } from '../../nodes/core/person/person';
import { cleanText, onOneLine } from '../../nodes/core/text';

/** What nobody sees, by what it is called. */
const INVISIBLE: ReadonlyArray<[string, string]> = [
	['zero width space', '\u200b'],
	['zero width non-joiner', '\u200c'],
	['zero width joiner', '\u200d'],
	['word joiner', '\u2060'],
	['soft hyphen', '\u00ad'],
	['byte order mark', '\ufeff'],
	['left-to-right mark', '\u200e'],
	['right-to-left mark', '\u200f'],
	['Arabic letter mark', '\u061c'],
	['left-to-right embedding', '\u202a'],
	['right-to-left override', '\u202e'],
	['pop directional formatting', '\u202c'],
	['first strong isolate', '\u2068'],
	['Mongolian vowel separator', '\u180e'],
	['combining grapheme joiner', '\u034f'],
	['Hangul filler', '\u3164'],
	['half-width Hangul filler', '\uffa0'],
	['Khmer inherent vowel', '\u17b4'],
	['variation selector', '\ufe0f'],
	['ideographic variation selector', '\u{e0100}'],
	['Mongolian variation selector', '\u180b'],
	['tag letter', '\u{e0041}'],
	['interlinear annotation', '\ufff9'],
	['null', '\0'],
	['escape', '\u001b'],
	['delete', '\u007f'],
	['a C1 control', '\u009f'],
];

describe('what nobody sees is taken off', () => {
	it.each(INVISIBLE)('%s', (_name, sign) => {
		expect(cleanText(`${sign}An${sign}${sign}a${sign}`)).toBe('Ana');
		expect(cleanText(`${sign} Ana ${sign}`)).toBe('Ana');
		expect(cleanText(sign)).toBe('');
		expect(onOneLine(`An${sign}a\nSil${sign}va`)).toBe('Ana, Silva');
		expect(sameEmail(`an${sign}a@acme.example`, 'ANA@acme.example')).toBe(true);
	});

	it.each([
		['a decomposed letter', 'Jose\u0301', 'José'],
		['Hangul in parts', '\u1112\u1161\u11ab', '한'],
		['two marks in the other order', 'a\u0323\u0302', 'ậ'],
		['the Ohm sign', '\u2126', 'Ω'],
	])('composed: %s', (_what, text, composed) => {
		expect(cleanText(text)).toBe(composed);
		expect(cleanText(composed)).toBe(composed);
		expect(sameEmail(`${text}@acme.example`, `${composed}@acme.example`)).toBe(true);
	});

	it.each([
		['words and what stands between them', 'Ana  María\tde la\nCruz', 'Ana  María\tde la\nCruz'],
		['an emoji', 'Ana 💥', 'Ana 💥'],
		['other scripts', 'Łukasz 山田 محمد', 'Łukasz 山田 محمد'],
		['a no-break space inside', 'Ana\u00a0Silva', 'Ana\u00a0Silva'],
		['a full-width letter, which is no other form of the same', 'Ａna', 'Ａna'],
		['half of a pair', 'Ana\ud83d', 'Ana\ud83d'],
	])('the rest stays: %s', (_what, text, kept) => expect(cleanText(text)).toBe(kept));

	it.each(['\u0085', '\u2028', '\u2029', '\v', '\f', '\u00a0', '\u3000', ' \t\r\n'])(
		'white space at the ends goes, also %j',
		(space) => {
			expect(cleanText(`${space}Ana${space}`)).toBe('Ana');
			expect(sameEmail(`ana@acme.example${space}`, 'ana@acme.example')).toBe(true);
		},
	);

	it.each(['\n', '\r\n', '\u0085', '\u2028', '\u2029', '\v', '\f'])(
		'a line break is one, whichever: %j',
		(lineBreak) => {
			expect(onOneLine(`1 Main St${lineBreak}  Porto${lineBreak}${lineBreak}`)).toBe(
				'1 Main St, Porto',
			);
			expect(onOneLine(cleanText(`1 Main St${lineBreak}Porto`))).toBe('1 Main St, Porto');
		},
	);

	it('a cleaned text stays as it is', () => {
		const piece = fc.oneof(
			fc.constantFrom(...INVISIBLE.map(([, sign]) => sign)),
			fc.constantFrom('\u0301', '\u0323', '\u0085', '\n', ' ', '\u00a0', '\u1112', '\u1161', 'e'),
			fc.string({ unit: 'binary', maxLength: 3 }),
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
				const text = pieces.join('');
				expect(cleanText(cleanText(text))).toBe(cleanText(text));
				expect(onOneLine(onOneLine(text))).toBe(onOneLine(text));
				expect(onOneLine(cleanText(text))).toBe(onOneLine(text));
			}),
			{ numRuns: 2000, seed: 7 },
		);
	});
});

describe('at the edge', () => {
	const dirty = '\ufeff Jose\u0301\u200b ';
	it('every text of a person, a job role and a location', () => {
		const row = {
			id: 'p1',
			status: 'active',
			firstName: dirty,
			email: ` jo\u00adse@acme.example\u200f`,
			employeeId: '\u200eA1\u202c',
			teams: [{ name: dirty }, '\u200b', { name: null }],
			workingDays: [{ day: ' monday ' }],
		};
		expect(parsePersonRow(row)).toEqual({
			ok: true,
			person: {
				id: 'p1',
				status: 'active',
				firstName: 'José',
				email: 'jose@acme.example',
				employeeId: 'A1',
				teams: ['José'],
				workingDays: ['monday'],
			},
		});
		expect(parseJobRole({ personId: 'p1', jobTitle: dirty, department: '\u200b' })).toMatchObject({
			jobTitle: 'José',
			department: null,
		});
		expect(locationRow.parse({ id: 'l1', label: dirty, city: 5 })).toMatchObject({
			label: 'José',
			city: '5',
		});
	});

	it('no name of a person, a job or a place has lines; an address and a custom field may', () => {
		const lines = 'Zoe\r\n• Bea Boss: Nothing.\u2028All  checked';
		const line = 'Zoe, • Bea Boss: Nothing., All checked';
		const row = {
			id: 'p1',
			status: 'active',
			firstName: lines,
			preferredName: lines,
			lastName: lines,
		};
		const rows = [
			{ ...row, teams: [lines, { name: lines }], address: lines },
			// Read by the schema, because of the number.
			{ ...row, teams: [lines, { name: lines }], address: lines, employeeId: 7 },
		];
		for (const one of rows)
			expect(parsePersonRow(one)).toMatchObject({
				person: {
					...{ firstName: line, preferredName: line, lastName: line, teams: [line, line] },
					address: cleanText(lines),
				},
			});
		for (const id of ['r1', 5])
			expect(
				parseJobRole({ id, personId: 'p1', jobTitle: lines, department: lines }),
			).toMatchObject({ jobTitle: line, department: line });
		expect(locationRow.parse({ id: 'l1', label: lines })).toMatchObject({ label: line });
		const value = customValueRow.parse({ personId: 'p1', customFieldId: 'c1', value: lines });
		expect(value.value).toBe(cleanText(lines));
	});

	it('no email with something invisible in it is one', () => {
		for (const [, sign] of INVISIBLE) {
			const { person } = parsePersonRow({
				id: 'p1',
				status: 'active',
				email: `a${sign}b@acme.example`,
			}) as { person: { email: string } };
			expect(person.email).toBe('ab@acme.example');
			expect(isEmail(person.email)).toBe(true);
		}
	});
});

/**
 * S11: a white space run in a name took seconds, by the square of its length. A text of a million
 * characters would take an hour that way, so these tests would never end.
 */
describe('S11: a text of a million characters', () => {
	const MILLION = 1_000_000;
	const of = (unit: string) => unit.repeat(MILLION / unit.length);
	it.each<[string, string, string]>([
		['white space', `a${of(' ')}b`, 'a b'],
		['white space and a line break at the end', `a${of(' ')}\nb`, 'a, b'],
		['line breaks', `a${of('\n')}b`, 'a, b'],
		['white space and line breaks in turn', `a${of(' \n')}b`, 'a, b'],
		['tabs and NELs in turn', `a${of('\t\u0085')}b`, 'a, b'],
		['no-break spaces', `a${of('\u00a0')}b`, 'a b'],
		['zero width spaces', `a${of('\u200b')}b`, 'ab'],
		['soft hyphens and spaces in turn', `a${of('\u00ad ')}b`, 'a b'],
		['controls', `a${of('\0')}b`, 'ab'],
	])('of %s', (_what, text, expected) => {
		expect(onOneLine(text)).toBe(expected);
		expect(oneLine(text)).toBe(expected);
		expect(sameEmail(text, text)).toBe(true);
	});

	it.each<[string, string]>([
		['one mark on each letter', of('e\u0301')],
		['all marks on one letter', `e${of('\u0301')}`],
		['marks of two classes in turn on one letter', `e${of('\u0301\u0323')}`],
	])('of %s', (_what, text) => {
		const cleaned = cleanText(text);
		expect(cleaned.length).toBeGreaterThanOrEqual(MILLION / 2);
		expect(cleanText(cleaned)).toBe(cleaned);
	});

	it('no pattern comes back to a character: each has one count at most, and nothing after it', () => {
		const source = readFileSync(join(__dirname, '../../nodes/core/text.ts'), 'utf8');
		const patterns = [...source.matchAll(/(?:= |replace\(|split\(|\t)\/(?![*/])(.+)\/[gu]*;?$/gm)]
			.map(([, pattern]) => pattern!)
			// What stands for one character holds no count, and a look ahead is none.
			.map((pattern) => pattern.replace(/\[[^\]]*\]|\\p\{\w+\}|\\u[0-9a-f]{4}|\\./gi, 'X'))
			.map((pattern) => pattern.replace(/\(\?[!=]/g, '('))
			// An end is no character; a space is one.
			.map((pattern) => pattern.replace(/[$^]/g, '').replace(/ /g, 'X'));
		expect(patterns).toHaveLength(7);
		for (const pattern of patterns)
			expect(pattern).toMatch(/^(\(X\)X|X)(\|(\(X\)X|X))*([+]|\{\d+\})?$/);
	});

	it('more marks on one letter than any language has are not put in order: that takes the square', () => {
		const normalize = jest.spyOn(String.prototype, 'normalize');
		cleanText(`e${'\u0301\u0323'.repeat(40)}`);
		expect(normalize).not.toHaveBeenCalled();
		cleanText('e\u0301\u0323');
		expect(normalize).toHaveBeenCalledTimes(1);
		normalize.mockRestore();
	});
});
