import { onOneLine } from '../../text';
import type { Explanation } from '../../subject';

/** A part of a page, in plain words; escaping is done here and nowhere else. */
export type Block =
	| { words: string }
	| { list: string[] }
	| { facts: Array<[name: string, value: string]> }
	| { table: string[][]; head: string[] };

export interface Section {
	heading: string;
	blocks: Block[];
}

const ENTITIES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** Text as HTML shows it: nothing in it is a tag, an attribute or an entity. */
export const escapeHtml = (text: string): string =>
	text.replace(/[&<>"']/g, (letter) => ENTITIES[letter]!);

const cellOf = (tag: 'td' | 'th', text: string): string => `<${tag}>${escapeHtml(text)}</${tag}>`;
const row = (...cells: string[]): string => `<tr>${cells.join('')}</tr>`;
const tableRow = (tag: 'td' | 'th', texts: readonly string[]): string =>
	row(...texts.map((text) => cellOf(tag, text)));
const bodyOf = (rows: readonly string[]): string => `<tbody>${rows.join('')}</tbody>`;
const tableOf = (...parts: string[]): string => `<table>${parts.join('')}</table>`;

function htmlOf(block: Block): string {
	if ('words' in block) return `<p>${escapeHtml(block.words)}</p>`;
	if ('list' in block)
		return `<ul>${block.list.map((text) => `<li>${escapeHtml(text)}</li>`).join('')}</ul>`;
	if ('facts' in block) {
		const rows = block.facts.map(([name, value]) => row(cellOf('th', name), cellOf('td', value)));
		return tableOf(bodyOf(rows));
	}
	const head = `<thead>${tableRow('th', block.head)}</thead>`;
	return tableOf(head, bodyOf(block.table.map((cells) => tableRow('td', cells))));
}

/** Of a table the first three columns: field, before, after. */
const change = ([field, before, after]: readonly string[]): string =>
	`- ${field}: ${before} → ${after}`;

/** Each part on a line of its own, whatever people wrote. */
function plainTextOf(block: Block): string {
	if ('words' in block) return onOneLine(block.words);
	const lines =
		'list' in block
			? block.list.map((text) => `- ${text}`)
			: 'facts' in block
				? block.facts.map(([name, value]) => `${name}: ${value}`)
				: block.table.map(change);
	return lines.map(onOneLine).join('\n');
}

/** Only tags that n8n's form pages let through. */
export const pageOf = (title: string, sections: readonly Section[]): Explanation => ({
	title,
	html: sections
		.map(({ heading, blocks }) => `<h3>${escapeHtml(heading)}</h3>${blocks.map(htmlOf).join('')}`)
		.join(''),
	text: [
		onOneLine(title),
		...sections.map(({ heading, blocks }) =>
			[heading.toUpperCase(), ...blocks.map(plainTextOf)].join('\n'),
		),
	].join('\n\n'),
});
