/** `npm run release` in a copy of the project with a history of its own. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const COPIED = [
	'.gitignore',
	'.npmrc',
	'CHANGELOG.md',
	'LICENSE',
	'README.md',
	'credentials',
	'gulpfile.js',
	'icons',
	'index.ts',
	'nodes',
	'package.json',
	'package-lock.json',
	'scripts',
	'tsconfig.build.json',
	'tsconfig.json',
	'workflows',
];

let copy: string;
beforeEach(() => {
	copy = mkdtempSync(join(tmpdir(), 'release-'));
	for (const part of COPIED) cpSync(join(ROOT, part), join(copy, part), { recursive: true });
	symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
	// .gitignore names a folder, and this is a link.
	writeFileSync(join(copy, '.gitignore'), 'node_modules\n', { flag: 'a' });
	git('init', '--quiet');
	commit();
});
afterEach(() => rmSync(copy, { recursive: true, force: true }));

const git = (...args: string[]) =>
	execFileSync(
		'git',
		[
			'-c',
			'user.name=Test',
			'-c',
			'user.email=test@acme.example',
			'-c',
			'commit.gpgsign=false',
			'-c',
			'core.hooksPath=/dev/null',
			...args,
		],
		{ cwd: copy, encoding: 'utf8' },
	);
const commit = () => {
	git('add', '--all');
	git('commit', '--quiet', '--message', 'All of it');
};
function edit(file: string, change: (text: string) => string): void {
	const text = readFileSync(join(copy, file), 'utf8');
	const changed = change(text);
	expect(changed).not.toBe(text);
	writeFileSync(join(copy, file), changed);
}
function release(...args: string[]): { code: number | null; output: string } {
	const { status, stdout, stderr } = spawnSync(
		process.execPath,
		[join(copy, 'scripts', 'release.mjs'), ...args],
		{ cwd: copy, encoding: 'utf8' },
	);
	return { code: status, output: stdout + stderr };
}
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
	version: string;
};

it('says what would be published, and publishes nothing', () => {
	const { code, output } = release();
	expect({ code, output }).toMatchObject({ code: 0 });
	expect(output).toContain(
		`n8n-nodes-humaans-jumpcloud ${version} from commit ${git('rev-parse', 'HEAD').trim()}`,
	);
	expect(output).toContain('✓ Scan of the packed build: passed');
	expect(output).toMatch(/^ {2}dist\/nodes +\d+ files/m);
	expect(output).toMatch(/^ {2}workflows +\d+ files/m);
	expect(output).toContain('Nothing was published.');
});

it.each<[string, string, () => string[]]>([
	[
		'changes that are not committed',
		'There are changes that are not committed.',
		() => (writeFileSync(join(copy, 'nodes', 'new.ts'), ''), []),
	],
	[
		'a version that is out already',
		`v${version} has been released`,
		() => (git('tag', `v${version}`), []),
	],
	[
		'a version below one that is out',
		'v99.0.0 has been released',
		() => (git('tag', 'v99.0.0'), []),
	],
	[
		'a version that is none',
		'The version in package.json is "1.x".',
		() => (
			edit('package.json', (text) => text.replace(`"version": "${version}"`, '"version": "1.x"')),
			[]
		),
	],
	[
		'a lockfile of another version',
		'package-lock.json has another version',
		() => (
			edit('package-lock.json', (text) =>
				text.replace(`"version": "${version}"`, '"version": "0.0.9"'),
			),
			[]
		),
	],
	[
		'a changelog without the version',
		`CHANGELOG.md has nothing about ${version}.`,
		() => (edit('CHANGELOG.md', (text) => text.replace(`## ${version}`, '## 0.0.9')), []),
	],
	['the tag of another version', 'The tag is v99.0.0', () => ['--tag', 'v99.0.0']],
	[
		'a tag while the changelog has no day',
		'Write "## ',
		() => (
			edit('CHANGELOG.md', (text) =>
				text.replace(/^## (\S+) \(.*\)$/m, '## $1 (unreleased)').replace(/$/, '\n'),
			),
			['--tag', `v${version}`]
		),
	],
	[
		'a tag while the author has an address that nobody reads',
		'The author in package.json has the invented address nobody@acme.example.',
		() => (
			edit('CHANGELOG.md', (text) => text.replace(/^## (\S+) \(.*\)$/m, '## $1 (2026-01-31)')),
			edit('package.json', (text) =>
				text.replace(/"email": "[^"]+"/, '"email": "nobody@acme.example"'),
			),
			['--tag', `v${version}`]
		),
	],
])('refuses %s', (_what, message, spoil) => {
	const { code, output } = release(...spoil());
	expect(code).toBe(1);
	expect(output).toContain(message);
	expect(output).not.toContain('would be published');
});
