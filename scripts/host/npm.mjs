/** Runs before anything is installed: only Node's own modules here and in what it imports. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PlainError } from './console.mjs';
import { run } from './command.mjs';

/**
 * Whether node_modules holds what the lockfile says. npm writes node_modules/.package-lock.json
 * last, so an install that was cut off has none; packages for another platform are optional and may
 * be absent.
 * @param {string} folder holds node_modules
 * @param {string} lockfile
 */
export function isInstalled(folder, lockfile) {
	const stamp = join(folder, 'node_modules', '.package-lock.json');
	if (!existsSync(stamp)) return false;
	const installed = JSON.parse(readFileSync(stamp, 'utf8')).packages;
	const wanted = JSON.parse(readFileSync(lockfile, 'utf8')).packages;
	return Object.entries(wanted).every(
		([path, entry]) => path === '' || entry.optional || installed[path]?.version === entry.version,
	);
}

/**
 * `npm ci` without install scripts, tried twice: a registry sometimes fails one request in a
 * thousand.
 * @param {string} folder
 * @param {(doing: string) => void} report
 */
export async function npmCi(folder, report) {
	for (let attempt = 1; ; attempt++) {
		let fetched = 0;
		/** @type {string[]} */
		const errors = [];
		const { code } = await run(
			'npm',
			['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=http'],
			{
				cwd: folder,
				onLine: (line) => {
					if (/http (fetch|cache)/.test(line)) report(`npm has answers to ${++fetched} requests`);
					if (/^npm (error|ERR!) /.test(line)) errors.push(line);
				},
			},
		);
		if (code === 0) return;
		if (attempt === 2) {
			const todo = errors.some((line) => /EUSAGE/.test(line))
				? 'Its package-lock.json does not fit its package.json.'
				: 'Check the connection to the npm registry, then try again.';
			throw new PlainError(
				`npm could not install the packages of ${folder}.`,
				[todo, ...errors.slice(0, 5)].join('\n  '),
			);
		}
		report('npm failed, second attempt');
	}
}

/** The Node 24 that the package `node` brings. @param {string} folder holds node_modules */
export const nodeOf = (folder) => join(folder, 'node_modules', 'node', 'bin', 'node');

/** PATH with the folder's own Node and tools first. @param {string} folder */
export const pathOf = (folder) =>
	`${join(folder, 'node_modules', '.bin')}:${process.env.PATH ?? ''}`;

/**
 * Install scripts are left out (.npmrc: one of them asks for another package manager); the package
 * `node` needs its own to get the binary of this platform.
 * @param {string} folder
 */
export async function ensureNode24(folder) {
	if (existsSync(nodeOf(folder))) return;
	const { code, tail } = await run(
		'npm',
		['rebuild', 'node', '--foreground-scripts', '--ignore-scripts=false'],
		{ cwd: folder, onLine: () => {} },
	);
	if (code !== 0 || !existsSync(nodeOf(folder))) {
		throw new PlainError(
			'npm could not fetch Node 24 (package "node") for this platform.',
			tail.slice(-5).join('\n  '),
		);
	}
}
