/**
 * `npm run house`: whether the code is laid out as ARCHITECTURE.md and CONTRIBUTING.md say. One
 * line a rule, with the number of places that break it and the places below; it ends with 1 when
 * there is one. Another folder: npm run house -- <folder>.
 */
import { resolve } from 'node:path';
import { runMain, say } from './host/console.mjs';
import { PROJECT } from './host/install.mjs';
import { impureCore } from './house/core.mjs';
import { importsAgainstTheDirection, importsBetweenNodes } from './house/imports.mjs';
import { longFiles, notFormatted, wideLines } from './house/layout.mjs';
import { namesDefinedTwice } from './house/names.mjs';
import { readSources } from './house/sources.mjs';

await runMain(async () => {
	const root = resolve(process.argv[2] ?? PROJECT);
	const sources = readSources(root);
	/** @type {Array<[rule: string, broken: string[]]>} */
	const rules = [
		['imports from node to node', importsBetweenNodes(sources)],
		['imports against nodes → n8n → services → core', importsAgainstTheDirection(sources)],
		['uses of a clock, n8n or the network in the core', impureCore(sources)],
		['files that prettier would change', notFormatted(root)],
		['lines over 120 columns', wideLines(sources)],
		['top-level names defined twice', namesDefinedTwice(sources)],
		['files over 400 lines', longFiles(sources)],
	];
	for (const [rule, broken] of rules) {
		say(`${String(broken.length).padStart(4)} ${rule}`);
		for (const place of broken) say(`       ${place}`);
	}
	return rules.every(([, broken]) => broken.length === 0) ? 0 : 1;
});
