/**
 * What must run before anything is installed says so in its first line, and imports nothing that
 * would have to be installed.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const SAYS = '/** Runs before anything is installed';
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
/** Static imports only: what is imported later may come from a package. */
const importsOf = (file: string): string[] =>
	[...read(file).matchAll(/^(?:import\b|export \{)[^;']*'([^']+)';/gm)].map(([, from]) => from!);

/** A file and all it imports from the project; packages by their names. */
function reach(file: string, found = new Set<string>()): Set<string> {
	if (found.has(file)) return found;
	found.add(file);
	for (const from of importsOf(file)) {
		if (from.startsWith('.')) reach(posix.join(posix.dirname(file), from), found);
		else if (!from.startsWith('node:')) found.add(from);
	}
	return found;
}
const isFile = (name: string) => /^(scripts|test)\//.test(name);

const entries = readdirSync(join(ROOT, 'scripts'))
	.filter((name) => name.endsWith('.mjs'))
	.map((name) => `scripts/${name}`);
/** They install: the project, or n8n. */
const installing = entries.filter((file) => {
	const files = [...reach(file)].filter(isFile);
	return files.some((one) => /\bawait ensure(Project|Host)\(/.test(read(one)));
});
const before = [...new Set(installing.flatMap((file) => [...reach(file)]))].sort();

it('commands that install are found', () => {
	expect(installing).toEqual(expect.arrayContaining(['scripts/test.mjs', 'scripts/e2e.mjs']));
	expect(before.length).toBeGreaterThan(30);
});

it('they import no package before they have installed', () =>
	expect(before.filter((name) => !isFile(name))).toEqual([]));

it('each of these files says so in its first line, and no other', () => {
	const says = (file: string) =>
		read(file)
			.replace(/^\/\*\*\n \* /, '/** ')
			.startsWith(SAYS);
	expect(before.filter((file) => !says(file))).toEqual([]);
	const all = readdirSync(join(ROOT, 'scripts'), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.mjs'))
		.map((name) => posix.join('scripts', name));
	expect(all.filter((file) => says(file) && !before.includes(file))).toEqual([]);
});
