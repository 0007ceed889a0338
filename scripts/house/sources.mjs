/** The source files that the checks of the house read. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import ts from 'typescript';

/**
 * @typedef {object} Source
 * @property {string} path from the root, with slashes
 * @property {string} text
 */

/** Where code stands; index.ts is a file, the others are folders. */
const PLACES = ['nodes', 'credentials', 'test', 'scripts', 'index.ts'];
const CODE = /\.(ts|mjs|js)$/;
/** Data for tests: not written by hand. */
const DATA = /^test\/data\//;

/** @param {string} root @returns {Source[]} by path */
export function readSources(root) {
	const paths = PLACES.filter((place) => existsSync(join(root, place))).flatMap((place) =>
		statSync(join(root, place)).isDirectory()
			? readdirSync(join(root, place), { encoding: 'utf8', recursive: true }).map((path) =>
					[place, ...path.split(sep)].join('/'),
				)
			: [place],
	);
	return paths
		.filter((path) => CODE.test(path) && !DATA.test(path))
		.sort()
		.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/** The syntax tree of a file. @param {Source} source */
export const treeOf = ({ path, text }) =>
	ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);

/** `path:line` of a place in a file. @param {ts.Node} node */
export function placeOf(node) {
	const file = node.getSourceFile();
	return `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}

/**
 * Visits a syntax tree from top to bottom.
 * @param {ts.Node} node
 * @param {(node: ts.Node) => void} visit
 */
export function walk(node, visit) {
	visit(node);
	ts.forEachChild(node, (child) => walk(child, visit));
}
