/**
 * docs/troubleshooting.md names every error message of the nodes, and none that they no longer
 * have.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allMessages } from './messages';

const PAGE = readFileSync(join(__dirname, '..', '..', 'docs', 'troubleshooting.md'), 'utf8');

/** The first column of the tables that begin with "message". */
const told = [...PAGE.matchAll(/^\| message \|.*\n\|.*\n((?:\|.*\n)+)/gm)].flatMap(([, rows]) =>
	rows!
		.trimEnd()
		.split('\n')
		.map((row) => row.split(' | ', 1)[0]!.replace(/^\| /, '')),
);
const made = [...new Set(allMessages().map(({ text }) => text))];

it('finds the messages in the source and in the page', () => {
	expect(made.length).toBeGreaterThan(60);
	expect(told.length).toBeGreaterThan(60);
});

it('every message is explained', () =>
	expect(made.filter((text) => !told.includes(text))).toEqual([]));

it('no message is explained that nothing says', () =>
	expect(told.filter((text) => !made.includes(text))).toEqual([]));

it('each is explained once, and says what to do', () => {
	expect(told.filter((text, index) => told.indexOf(text) !== index)).toEqual([]);
	expect([...PAGE.matchAll(/^\|.*\| *\|$/gm)].map(([row]) => row)).toEqual([]);
});
