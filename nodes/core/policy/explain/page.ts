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

const row = (cell: 'td' | 'th', cells: readonly string[]): string =>
	`<tr>${cells.map((text) => `<${cell}>${escapeHtml(text)}</${cell}>`).join('')}</tr>`;

function htmlOf(block: Block): string {
	if ('words' in block) return `<p>${escapeHtml(block.words)}</p>`;
	if ('list' in block)
		return `<ul>${block.list.map((text) => `<li>${escapeHtml(text)}</li>`).join('')}</ul>`;
	if ('facts' in block)
		return `<table><tbody>${block.facts.map(([name, value]) => `<tr><th>${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`).join('')}</tbody></table>`;
	return `<table><thead>${row('th', block.head)}</thead><tbody>${block.table.map((cells) => row('td', cells)).join('')}</tbody></table>`;
}

/** Of a table the first three columns: field, before, after. */
const change = ([field, before, after]: readonly string[]): string =>
	`- ${field}: ${before} → ${after}`;

function textOf(block: Block): string {
	if ('words' in block) return block.words;
	if ('list' in block) return block.list.map((text) => `- ${text}`).join('\n');
	if ('facts' in block) return block.facts.map(([name, value]) => `${name}: ${value}`).join('\n');
	return block.table.map(change).join('\n');
}

/** Only tags that n8n's form pages let through. */
export const pageOf = (title: string, sections: readonly Section[]): Explanation => ({
	title,
	html: sections
		.map(({ heading, blocks }) => `<h3>${escapeHtml(heading)}</h3>${blocks.map(htmlOf).join('')}`)
		.join(''),
	text: [
		title,
		...sections.map(({ heading, blocks }) =>
			[heading.toUpperCase(), ...blocks.map(textOf)].join('\n'),
		),
	].join('\n\n'),
});
