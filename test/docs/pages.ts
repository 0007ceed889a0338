/** All pages that people read, and what stands in them. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

const inFolder = (folder: string): string[] =>
	existsSync(join(ROOT, folder))
		? readdirSync(join(ROOT, folder))
				.filter((name) => name.endsWith('.md'))
				.map((name) => join(folder, name))
		: [];

/** Markdown files by their path from the root. */
export const PAGES: readonly string[] = [
	...inFolder('.'),
	...inFolder('docs'),
	...inFolder('workflows'),
	...inFolder('.github'),
	'test/sandbox/README.md',
].sort();

export const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** A page without its code: nothing in code is a link or a heading. */
export const withoutCode = (text: string): string =>
	text
		.replace(/```[\s\S]*?```/g, '')
		.replace(/`[^`\n]*`/g, (code) => code.replace(/[[\]()#]/g, ' '));

/** The anchors that GitHub gives to the headings of a page. */
export function anchorsOf(text: string): string[] {
	const seen = new Map<string, number>();
	return [...text.replace(/```[\s\S]*?```/g, '').matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) => {
		const slug = heading!
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\- _]/gu, '')
			.trim()
			.replaceAll(' ', '-');
		const before = seen.get(slug) ?? 0;
		seen.set(slug, before + 1);
		return before === 0 ? slug : `${slug}-${before}`;
	});
}

/** Targets of links and pictures, as written. */
export const linksOf = (text: string): string[] =>
	[...withoutCode(text).matchAll(/\]\(([^)\s]+)\)|(?:src|srcset)="([^"]+)"/g)].map(
		([, target, picture]) => (target ?? picture)!,
	);

/**
 * The commands of the shell blocks of a page, one a line; comments and continuations are taken
 * away.
 */
export const commandsOf = (text: string): string[] =>
	[...text.matchAll(/```(?:sh|bash|shell|console)\n([\s\S]*?)```/g)].flatMap(([, block]) =>
		block!
			.replaceAll('\\\n', ' ')
			.split('\n')
			.map((line) => line.replace(/\s+#.*$/, '').trim())
			.filter((line) => line !== '' && !line.startsWith('#')),
	);

/** Files that git knows or would add: what a reader of the repository finds. */
export const inRepository = (): Set<string> =>
	new Set(
		execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
			cwd: ROOT,
			encoding: 'utf8',
		})
			.trim()
			.split('\n'),
	);
