/** docs/glossary.md: one name for one thing, in all that people read. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { PAGES, inRepository, read } from './pages';

const GLOSSARY = 'docs/glossary.md';

/** The rows of the table: the word, and what is not to be used for it. */
const rows = [...read(GLOSSARY).matchAll(/^\| \*\*([^*]+)\*\* \| (.+) \| (.+) \|$/gm)].map(
	([, word, meaning, not]) => ({ word: word!, meaning: meaning!, not: not!.split(', ') }),
);

interface Text {
	place: string;
	text: string;
}

/** The texts of a source file: no comments, no names. */
function textsIn(place: string): Text[] {
	const source = ts.createSourceFile(place, read(place), ts.ScriptTarget.ES2022, true);
	const found: Text[] = [];
	const visit = (node: ts.Node): void => {
		const isText =
			ts.isStringLiteralLike(node) ||
			ts.isTemplateHead(node) ||
			ts.isTemplateMiddle(node) ||
			ts.isTemplateTail(node);
		if (isText && !ts.isImportDeclaration(node.parent)) found.push({ place, text: node.text });
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}

/** Every text of a template: names and notes of its nodes, and what its parameters say. */
function textsOfTemplate(place: string): Text[] {
	const found: Text[] = [];
	const visit = (value: unknown): void => {
		if (typeof value === 'string') found.push({ place, text: value });
		else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
	};
	visit(JSON.parse(readFileSync(join(__dirname, '..', '..', place), 'utf8')));
	return found;
}

// Not the aliases of the nodes: they are what people type who do not know our words.
const files = [...inRepository()];
const texts: Text[] = [
	...files.filter((file) => /^(nodes|credentials)\/.*\.ts$/.test(file)).flatMap(textsIn),
	...files.filter((file) => /^workflows\/.*\.json$/.test(file)).flatMap(textsOfTemplate),
	...PAGES.filter((page) => page !== GLOSSARY).map((page) => ({ place: page, text: read(page) })),
];

/**
 * As a word of its own, in any form that begins with it; what is code is not a word. A name with
 * capitals is looked for as it is written.
 */
const usesOf = (word: string, all: readonly Text[]): string[] => {
	const pattern = new RegExp(
		`(?<![\\w-])${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\w*`,
		/[A-Z]/.test(word) ? '' : 'i',
	);
	return all.flatMap(({ place, text }) => {
		const use = pattern.exec(text.replace(/`[^`]*`/g, ' '));
		return use ? [`${place}: ${use[0]}`] : [];
	});
};

it('has a row for each word, each with a meaning and what not to say', () => {
	expect(rows.map(({ word }) => word)).toHaveLength(14);
	for (const { meaning, not } of rows) {
		expect(meaning.length).toBeGreaterThan(20);
		expect(not.length).toBeGreaterThan(0);
	}
});

it('reads labels, notes and pages', () => {
	for (const known of ['Deprovision How', 'Settings are here', 'Needs Review', 'suspend'])
		expect(usesOf(known, texts).length).toBeGreaterThan(0);
});

it('finds a word in any form, and not inside another or in code', () => {
	const text = (words: string) => [{ place: 'page', text: words }];
	expect(usesOf('disable', text('Nobody is Disabled.'))).toEqual(['page: Disabled']);
	expect(usesOf('tie', text('entities, `tie`'))).toEqual([]);
});

it.each(rows.flatMap(({ word, not }) => not.map((other) => [other, word])))(
	'nobody says "%s" for %s',
	(other) => expect(usesOf(other, texts)).toEqual([]),
);
