/** How the files look: as prettier writes them, no line too wide, no file too long. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { PROJECT } from '../host/install.mjs';

/** @typedef {import('./sources.mjs').Source} Source */

const MOST_COLUMNS = 120;
const MOST_LINES = 400;
const TAB = ' '.repeat(2);

/** Files that prettier would write in another way. @param {string} root */
export function notFormatted(root) {
	const prettier = join(PROJECT, 'node_modules', 'prettier', 'bin', 'prettier.cjs');
	const { status, stdout, stderr } = spawnSync(
		process.execPath,
		[prettier, '--list-different', '.'],
		{ cwd: root, encoding: 'utf8' },
	);
	// 1: some differ. More than that: it could not look.
	if (status !== 0 && status !== 1) throw new Error(`prettier ended with ${status}: ${stderr}`);
	return stdout.split('\n').filter(Boolean);
}

/** A URL cannot be broken; a tab counts as two columns. @param {Source[]} sources */
export const wideLines = (sources) =>
	sources.flatMap(({ path, text }) =>
		text.split('\n').flatMap((line, index) => {
			const columns = [...line.replaceAll('\t', TAB)].length;
			return columns > MOST_COLUMNS && !/https?:\/\//.test(line)
				? [`${path}:${index + 1} has ${columns} columns`]
				: [];
		}),
	);

/** @param {Source[]} sources */
export const longFiles = (sources) =>
	sources.flatMap(({ path, text }) => {
		const lines = text.trimEnd().split('\n').length;
		return lines > MOST_LINES ? [`${path} has ${lines} lines`] : [];
	});
