/** Every error message of the shipped code, read from its source: what a person can meet in n8n. */
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { FAILURES } from '../../nodes/services/http/failureTable';

const ROOT = join(__dirname, '..', '..');

/** Calls that make a message, and which argument it is. */
const MAKERS: Readonly<Record<string, number>> = {
	Declined: 0,
	MissingStep: 0,
	CannotRead: 0,
	NodeOperationError: 1,
	failedTest: 0,
};
/**
 * Error classes that are known here; another one needs its row above, or a look at its own message.
 */
const CLASSES = new Set([
	'CannotRead',
	'Declined',
	'ExplainedError',
	'MissingStep',
	'ServiceFailure',
	'UnusableSetting',
]);
/** Makers that carry on a message made elsewhere, or are looked at through their callers. */
const CARRIED = new Set(['message', 'error.message', 'blocking.message']);

export interface Message {
	/** As written, with `…` for what differs from case to case. */
	text: string;
	place: string;
}

/** The text variants of an expression; null for what is only known at run time. */
function textsOf(node: ts.Expression): string[] | null {
	if (ts.isStringLiteralLike(node)) return [node.text];
	if (ts.isParenthesizedExpression(node)) return textsOf(node.expression);
	if (ts.isConditionalExpression(node)) {
		const [yes, no] = [textsOf(node.whenTrue), textsOf(node.whenFalse)];
		return yes && no ? [...yes, ...no] : null;
	}
	if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
		const [first, second] = [textsOf(node.left), textsOf(node.right)];
		return first && second ? first.flatMap((one) => second.map((two) => one + two)) : null;
	}
	if (ts.isTemplateExpression(node)) {
		return node.templateSpans.reduce<string[]>(
			(texts, span) => {
				const inner =
					ts.isStringLiteralLike(span.expression) || ts.isConditionalExpression(span.expression)
						? (textsOf(span.expression) ?? ['…'])
						: ['…'];
				return texts.flatMap((text) => inner.map((middle) => text + middle + span.literal.text));
			},
			[node.head.text],
		);
	}
	return null;
}

function messagesIn(path: string): Message[] {
	const source = ts.createSourceFile(
		path,
		readFileSync(path, 'utf8'),
		ts.ScriptTarget.ES2022,
		true,
	);
	const place = relative(ROOT, path);
	const found: Message[] = [];
	const visit = (node: ts.Node): void => {
		if (
			ts.isClassDeclaration(node) &&
			/extends \w*Error\b/.test(node.heritageClauses?.[0]?.getText() ?? '') &&
			!CLASSES.has(node.name!.text)
		)
			throw new Error(`${place}: ${node.name!.text} is not known here.`);
		// A message that an error class makes itself, of what it is given.
		if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.SuperKeyword) {
			for (const text of (node.arguments[0] && textsOf(node.arguments[0])) ?? [])
				if (/[a-z]{3}/.test(text)) found.push({ text, place });
		}
		if (
			(ts.isNewExpression(node) || ts.isCallExpression(node)) &&
			ts.isIdentifier(node.expression) &&
			Object.hasOwn(MAKERS, node.expression.text)
		) {
			const argument = node.arguments?.[MAKERS[node.expression.text]!];
			const texts = argument && textsOf(argument);
			if (texts) found.push(...texts.map((text) => ({ text, place })));
			else if (!argument || !CARRIED.has(argument.getText()))
				throw new Error(
					`${place}: a message that cannot be read from the source: ${node.getText().slice(0, 120)}`,
				);
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}

const sourcesOf = (folder: string): string[] =>
	readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts'))
		.map((name) => join(ROOT, folder, name));

export function allMessages(): Message[] {
	const ofServices = Object.values(FAILURES).map(({ sentence }) => ({
		text: sentence.replace(/\{\w+\}/g, '…'),
		place: 'nodes/services/http/failureTable.ts',
	}));
	return [
		...ofServices,
		...[...sourcesOf('nodes'), ...sourcesOf('credentials')].flatMap(messagesIn),
	];
}
