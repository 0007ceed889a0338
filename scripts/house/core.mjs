/** The core is pure: no n8n, no network, no clock. The time is an argument. */
import ts from 'typescript';
import { importsOf } from './imports.mjs';
import { placeOf, treeOf, walk } from './sources.mjs';

/** @typedef {import('./sources.mjs').Source} Source */

const CORE = /^nodes\/core\//;
/** Packages that compute, and neither ask nor wait. Every other one is n8n, network or system. */
const PURE_PACKAGES = new Set(['luxon', 'zod', 'node:crypto']);
/** Names that every file sees. */
const GLOBALS = new Set([
	...['performance', 'setTimeout', 'setInterval', 'setImmediate', 'process'],
	...['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource'],
]);
/** Calls that read the clock: `now` always, the others when nothing says which time is meant. */
const CLOCKS = {
	now: new Set(['Date', 'DateTime']),
	empty: new Set(['DateTime.local', 'DateTime.utc']),
};

/** Whether it is a name after a dot, or a key. @param {ts.Identifier} node */
function isMember(node) {
	const { parent } = node;
	return (
		(ts.isPropertyAccessExpression(parent) ||
			ts.isPropertyAssignment(parent) ||
			ts.isPropertySignature(parent) ||
			ts.isPropertyDeclaration(parent) ||
			ts.isMethodDeclaration(parent)) &&
		parent.name === node
	);
}

/** @param {ts.Node} node @returns {string | null} what it uses that the core may not */
function forbidden(node) {
	if (ts.isIdentifier(node) && GLOBALS.has(node.text) && !isMember(node)) return node.text;
	if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
		const { text } = node.expression;
		if (node.name.text === 'now' && CLOCKS.now.has(text)) return `${text}.now`;
	}
	if (ts.isNewExpression(node) && node.expression.getText() === 'Date')
		return node.arguments?.length ? null : 'new Date()';
	if (!ts.isCallExpression(node)) return null;
	const callee = node.expression.getText();
	if (callee === 'Date') return 'Date()';
	return CLOCKS.empty.has(callee) && node.arguments.length === 0 ? `${callee}()` : null;
}

/** @param {Source[]} sources */
export const impureCore = (sources) =>
	sources
		.filter(({ path }) => CORE.test(path))
		.flatMap((source) => {
			const found = importsOf(source)
				.filter(({ to, specifier }) => to === null && !PURE_PACKAGES.has(specifier))
				.map(({ place, specifier }) => `${place} imports ${specifier}`);
			walk(treeOf(source), (node) => {
				const what = forbidden(node);
				if (what) found.push(`${placeOf(node)} uses ${what}`);
			});
			return found;
		});
