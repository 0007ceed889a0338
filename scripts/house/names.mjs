/** Each top-level name of the package is defined once, so that a search for it finds one place. */
import ts from 'typescript';
import { treeOf } from './sources.mjs';

/** @typedef {import('./sources.mjs').Source} Source */

const PACKAGE = /^(nodes|credentials)\//;

/** Names that may stand in several files, and where. */
const EXCEPTIONS = [
	{
		name: 'properties',
		where: /^nodes\/[A-Z]\w+\/description\//,
		reason: 'the panel of a node; each node has one, and its description imports it',
	},
	{
		name: 'hints',
		where: /^nodes\/[A-Z]\w+\/description\//,
		reason: 'the hints in the panel of a node; each node has one list',
	},
	{
		name: 'run',
		where: /^nodes\/[A-Z]\w+\/run\.ts$/,
		reason: 'what a node does with its items; each node has one',
	},
];

/**
 * The names that a binding makes: of `const { a, b: [c] }` a and c.
 * @param {ts.BindingName} name
 * @returns {string[]}
 */
const bound = (name) =>
	ts.isIdentifier(name)
		? [name.text]
		: name.elements.flatMap((element) => (ts.isBindingElement(element) ? bound(element.name) : []));

/** @param {ts.Statement} statement @returns {string[]} */
function namesOf(statement) {
	if (ts.isVariableStatement(statement))
		return statement.declarationList.declarations.flatMap(({ name }) => bound(name));
	const named =
		ts.isFunctionDeclaration(statement) ||
		ts.isClassDeclaration(statement) ||
		ts.isInterfaceDeclaration(statement) ||
		ts.isTypeAliasDeclaration(statement) ||
		ts.isEnumDeclaration(statement);
	return named && statement.name ? [statement.name.text] : [];
}

/** @param {Source[]} sources */
export function namesDefinedTwice(sources) {
	/** @type {Map<string, string[]>} */
	const places = new Map();
	for (const source of sources.filter(({ path }) => PACKAGE.test(path))) {
		// An interface and a value of one name in one file are one thing.
		for (const name of new Set(treeOf(source).statements.flatMap(namesOf)))
			places.set(name, [...(places.get(name) ?? []), source.path]);
	}
	const isExcepted = (/** @type {string} */ name, /** @type {string} */ path) =>
		EXCEPTIONS.some((one) => one.name === name && one.where.test(path));
	return [...places]
		.filter(([name, paths]) => paths.length > 1 && !paths.every((path) => isExcepted(name, path)))
		.map(([name, paths]) => `${name} in ${paths.join(', ')}`);
}
