import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

/** A package whose install script makes one file, as those of `sqlite3` and `node` do. */
function install(folder: string, name: string, makes: string): void {
	const home = join(folder, 'node_modules', name);
	mkdirSync(home, { recursive: true });
	writeFileSync(
		join(home, 'make.js'),
		`const fs = require('fs'); fs.mkdirSync(require('path').dirname('${makes}'), { ` +
			`recursive: true }); fs.writeFileSync('${makes}', '');`,
	);
	writeFileSync(
		join(home, 'package.json'),
		JSON.stringify({ name, version: '1.0.0', scripts: { install: 'node make.js' } }),
	);
}

/**
 * `npm run` hands the project's .npmrc on to every npm it starts, `ignore-scripts=true` with it.
 */
const startedByNpmRun = { ...process.env, npm_config_ignore_scripts: 'true' };

describe('what needs its install script gets it, although the project leaves install scripts out', () => {
	let folder: string;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'host-'));
		writeFileSync(
			join(folder, 'package.json'),
			JSON.stringify({
				name: 'host',
				private: true,
				dependencies: { sqlite3: '1.0.0', node: '1.0.0' },
			}),
		);
		install(folder, 'sqlite3', 'build/Release/node_sqlite3.node');
		install(folder, 'node', 'bin/node');
	});
	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	it.each([
		['SQLite', 'install.mjs', 'buildSqlite'],
		['Node 24', 'npm.mjs', 'ensureNode24'],
	])('%s', (_name, file, step) => {
		const call =
			`import { ${step} } from './scripts/host/${file}'; await ` +
			`${step}(${JSON.stringify(folder)}, () => {});`;
		expect(() =>
			execFileSync(process.execPath, ['--input-type=module', '-e', call], {
				cwd: ROOT,
				env: startedByNpmRun,
				stdio: 'pipe',
			}),
		).not.toThrow();
	});
});
