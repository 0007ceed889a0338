/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * Which test files a pattern picks, and what they need.
 */
import { readdirSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { PROJECT } from '../host/install.mjs';

const LONG = /\.long\.test\.ts$/;

/** Those that load what is built. @param {string} file */
export const isOnDist = (file) => /^test\/(engine|chaos)\//.test(file);

/** Options of Jest whose value is the next argument: it is no pattern. */
const WITH_VALUE = /^(-t|--testNamePattern|-w|--maxWorkers|--testTimeout|--shard|--outputFile)$/;

/** @param {string[]} args of the command @returns {string[]} patterns of paths, as Jest takes them */
export const patternsIn = (args) =>
	args.filter((one, at) => !one.startsWith('-') && !WITH_VALUE.test(args[at - 1] ?? ''));

/**
 * @param {readonly string[]} patterns none: all files
 * @returns {{ short: string[], long: string[] }} paths from the project's folder
 */
export function chosenBy(patterns) {
	const matchers = patterns.map((pattern) => new RegExp(pattern, 'i'));
	const files = readdirSync(join(PROJECT, 'test'), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.test.ts'))
		.map((name) => ['test', ...name.split(sep)].join('/'))
		.filter((file) => matchers.length === 0 || matchers.some((one) => one.test(`/${file}`)))
		.sort();
	return {
		short: files.filter((file) => !LONG.test(file)),
		long: files.filter((file) => LONG.test(file)),
	};
}

/** @param {string} path of a file or folder @returns {number} when the newest file of it was written */
function newest(path) {
	const { mtimeMs } = statSync(path);
	if (!statSync(path).isDirectory()) return mtimeMs;
	// The folder's own time too: a file that was taken away leaves no other trace.
	return Math.max(mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

const BUILT_FROM = [
	...['nodes', 'credentials', 'icons', 'index.ts', 'package.json'],
	...['gulpfile.js', 'tsconfig.json', 'tsconfig.build.json'],
];

/** Whether dist/ was built after the last change of what it is built from. */
export function isBuilt() {
	const built = statSync(join(PROJECT, 'dist', 'index.js'), { throwIfNoEntry: false });
	if (!built) return false;
	return BUILT_FROM.every((part) => newest(join(PROJECT, part)) < built.mtimeMs);
}
