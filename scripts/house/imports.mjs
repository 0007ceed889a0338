/** Imports go nodes → n8n → services → core, and no node imports another. */
import { posix } from 'node:path';
import ts from 'typescript';
import { placeOf, treeOf, walk } from './sources.mjs';

/** @typedef {import('./sources.mjs').Source} Source */
/**
 * @typedef {object} Import
 * @property {string} place of the importing line
 * @property {string} from path of the importing file
 * @property {string} specifier as written
 * @property {string | null} to path of what is imported, from the root; null for a package
 */

/**
 * The module that a node of the tree names: import, export from, import(), require(), import type.
 * @param {ts.Node} node
 * @returns {ts.Expression | undefined}
 */
function moduleOf(node) {
	if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
	if (ts.isExternalModuleReference(node)) return node.expression;
	if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
		return /** @type {ts.LiteralExpression} */ (node.argument.literal);
	if (!ts.isCallExpression(node)) return undefined;
	const { expression } = node;
	const imports =
		expression.kind === ts.SyntaxKind.ImportKeyword ||
		(ts.isIdentifier(expression) && expression.text === 'require');
	return imports ? node.arguments[0] : undefined;
}

/** @param {Source} source @returns {Import[]} */
export function importsOf(source) {
	/** @type {Import[]} */
	const found = [];
	walk(treeOf(source), (node) => {
		const module = moduleOf(node);
		if (!module || !ts.isStringLiteralLike(module)) return;
		const specifier = module.text;
		found.push({
			place: placeOf(node),
			from: source.path,
			specifier,
			to: specifier.startsWith('.') ? posix.join(posix.dirname(source.path), specifier) : null,
		});
	});
	return found;
}

/** From the lowest floor up; a folder of nodes/ that is none of these is a node. */
const FLOORS = ['core', 'services', 'n8n', 'a node'];

/**
 * The floor of a file, as its place in FLOORS, and the node it belongs to. Credentials stand where
 * nodes stand; null: outside the house.
 * @param {string} path
 */
function floorOf(path) {
	const [top, folder = ''] = path.split('/');
	if (top === 'credentials') return { floor: FLOORS.indexOf('a node'), node: 'credentials' };
	if (top !== 'nodes') return null;
	const floor = FLOORS.indexOf(folder);
	return floor >= 0 ? { floor, node: null } : { floor: FLOORS.indexOf('a node'), node: folder };
}

/** @param {Import} one */
const told = ({ place, specifier }) => `${place} imports ${specifier}`;

/** @param {Source[]} sources @returns {Import[]} imports of the house by path, no packages */
const within = (sources) =>
	sources
		.filter(({ path }) => floorOf(path) !== null || path === 'index.ts')
		.flatMap(importsOf)
		.filter(({ to }) => to !== null);

/** @param {Source[]} sources */
export const importsBetweenNodes = (sources) =>
	within(sources)
		.filter(({ from, to }) => {
			const [here, there] = [floorOf(from), floorOf(to ?? '')];
			return Boolean(here?.node && there?.node && here.node !== there.node);
		})
		.map(told);

/** index.ts gives the core to those who use it without n8n. @param {Source[]} sources */
export const importsAgainstTheDirection = (sources) =>
	within(sources)
		.filter(({ from, to }) => {
			const [here, there] = [floorOf(from), floorOf(to ?? '')];
			const highest = here ? here.floor : FLOORS.indexOf('core');
			return there === null || there.floor > highest;
		})
		.map(told);
