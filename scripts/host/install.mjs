/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * Puts a pinned n8n with its own Node 24 into a git-ignored folder, by
 * scripts/host/package-lock.json.
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exists, run } from './command.mjs';
import { PlainError, step } from './console.mjs';
import { aptInstall } from './debian.mjs';
import { ensureNode24, isInstalled, npmCi, pathOf } from './npm.mjs';

const PINNED = dirname(fileURLToPath(import.meta.url));
export const PROJECT = join(PINNED, '..', '..');
/** Where n8n is. N8N_HOST_FOLDER: another n8n, which is there already (scripts/compat.mjs). */
export const hostFolder = () => process.env.N8N_HOST_FOLDER ?? join(PROJECT, '.host');

const NEEDED_BYTES = 4e9;
const sqliteOf = (/** @type {string} */ folder) =>
	join(folder, 'node_modules', 'sqlite3', 'build', 'Release', 'node_sqlite3.node');

/**
 * Installs the host unless it is there already. The first time takes 3 to 6 minutes and 2.8 GB.
 * @param {string} [folder]
 */
export async function ensureHost(folder = hostFolder()) {
	if (process.platform === 'win32')
		throw new PlainError('This runs on Linux and macOS.', 'On Windows, use WSL.');
	if (process.env.N8N_HOST_FOLDER) return;
	const lockfile = join(PINNED, 'package-lock.json');
	mkdirSync(folder, { recursive: true });
	if (!isInstalled(folder, lockfile)) {
		const { bavail, bsize } = await statfs(folder);
		if (bavail * bsize < NEEDED_BYTES)
			throw new PlainError(
				'n8n needs 4 GB of free disk to be installed.',
				`Free some space for ${folder}.`,
			);
		for (const name of ['package.json', 'package-lock.json', '.npmrc'])
			copyFileSync(join(PINNED, name), join(folder, name));
		await step('Installing n8n 2.41.1, once (3 to 6 minutes, 2.8 GB)', (report) =>
			npmCi(folder, report),
		);
	}
	await ensureNode24(folder);
	if (!existsSync(sqliteOf(folder)))
		await step('Fetching or building SQLite for n8n, once (up to 4 minutes)', (report) =>
			buildSqlite(folder, report),
		);
}

/**
 * Takes SQLite from another n8n, where it is built for the same Node: compiling takes minutes.
 * @param {string} from the folder of that n8n
 * @param {string} folder
 * @returns {boolean} whether it could
 */
export function copySqlite(from, folder) {
	const versions = (/** @type {string} */ one) =>
		['sqlite3', 'node'].map((name) => {
			const file = join(one, 'node_modules', name, 'package.json');
			return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).version : name;
		});
	if (!existsSync(sqliteOf(from)) || versions(from).join() !== versions(folder).join())
		return false;
	mkdirSync(dirname(sqliteOf(folder)), { recursive: true });
	copyFileSync(sqliteOf(from), sqliteOf(folder));
	return true;
}

/** @param {string} folder @param {(doing: string) => void} report */
export async function buildSqlite(folder, report) {
	const rebuild = () =>
		run('npm', ['rebuild', 'sqlite3', '--foreground-scripts', '--ignore-scripts=false'], {
			cwd: folder,
			// node-gyp builds with one core unless told.
			env: { PATH: pathOf(folder), JOBS: 'max' },
			onLine: (line) => {
				const compiled = /^\s*(?:CC|CXX|SOLINK_MODULE)\(target\) .*\/([^/]+)$/.exec(line);
				if (compiled) report(`compiling ${compiled[1]}`);
			},
		});
	let { code, tail } = await rebuild();
	if (code !== 0 && (await installCompiler(report))) ({ code, tail } = await rebuild());
	if (code !== 0 || !existsSync(sqliteOf(folder)))
		throw new PlainError('SQLite could not be built for n8n.', tail.slice(-10).join('\n  '));
}

/**
 * No ready-made SQLite could be fetched, so it must be compiled.
 * @param {(doing: string) => void} report
 * @returns {Promise<boolean>} true: there is a compiler now, try again
 */
async function installCompiler(report) {
	const tools = ['python3', 'make', 'g++'];
	const missing = [];
	for (const tool of tools) if (!(await exists(tool))) missing.push(tool);
	if (missing.length === 0) return false;
	report(`installing ${missing.join(', ')} with apt-get`);
	await aptInstall(
		tools,
		`SQLite must be compiled for n8n, and this machine lacks ${missing.join(', ')}.`,
	);
	return true;
}
