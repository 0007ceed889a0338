import { spawnSync } from 'node:child_process';
import {
	appendFileSync,
	cpSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

let folder: string;

/** A copy of what the scan reads, with a build of one line. */
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'scanned-'));
	for (const part of ['package.json', 'nodes', 'credentials', 'icons'])
		cpSync(join(ROOT, part), join(folder, part), { recursive: true });
	mkdirSync(join(folder, 'dist'));
	writeFileSync(join(folder, 'dist', 'index.js'), 'exports.answer = 42;\n');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function scan(): { code: number | null; source: string; packed: string } {
	const { status, stdout } = spawnSync(
		process.execPath,
		[join(ROOT, 'scripts', 'scan.mjs'), folder],
		{ encoding: 'utf8' },
	);
	const at = stdout.search(/. Scan of the packed build/);
	return { code: status, source: stdout.slice(0, at), packed: stdout.slice(at) };
}

it('takes the package as it is', () => {
	const { code, source, packed } = scan();
	expect([code, source.trim(), packed.trim()]).toEqual([
		0,
		'✓ Scan of the source: passed',
		'✓ Scan of the packed build: passed',
	]);
});

it('finds what stands in the source only', () => {
	appendFileSync(
		join(folder, 'nodes', 'core', 'account', 'link.ts'),
		'/* eslint-disable no-console */\nconsole.log(process.env.HOME);\n',
	);
	const { code, source, packed } = scan();
	expect(code).toBe(1);
	expect(source).toContain('nodes/core/account/link.ts');
	expect(source).toContain('no-console');
	expect(source).toContain('no-restricted-globals');
	expect(packed).toContain('passed');
});

it('finds what only the build put there', () => {
	writeFileSync(join(folder, 'dist', 'index.js'), 'console.log(process.env.HOME);\n');
	const { code, source, packed } = scan();
	expect(code).toBe(1);
	expect(source).toContain('passed');
	expect(packed).toContain('dist/index.js');
	expect(packed).toContain('no-restricted-globals');
});

it('finds a dependency and an install script', () => {
	const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
	manifest.dependencies = { axios: '1.0.0' };
	manifest.scripts.postinstall = 'node dist/index.js';
	writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
	const { code, source, packed } = scan();
	expect(code).toBe(1);
	for (const leg of [source, packed]) {
		expect(leg).toContain('no-runtime-dependencies');
		expect(leg).toContain('no-forbidden-lifecycle-scripts');
	}
});
