/**
 * A process that runs the tests against one mutant after another: `{ mutant, tests }` comes in, `{
 * failed }` goes out, the name of the first test that failed or null. Everything of the project is
 * loaded anew for each, because tables and memories are made on loading.
 */
import { createRequire } from 'node:module';
import { sep } from 'node:path';
import { expect } from 'expect';

const require = createRequire(import.meta.url);
const folder = process.argv[2] + sep;

/** @type {Array<{ name: string, test: () => unknown }>} */
let found = [];
let prefix = '';
const it = (/** @type {string} */ name, /** @type {() => unknown} */ test) =>
	found.push({ name: prefix + name, test });
it.each =
	(/** @type {readonly unknown[]} */ rows) =>
	(/** @type {string} */ name, /** @type {(...row: any[]) => unknown} */ test) => {
		for (const row of rows)
			it(`${name} ${JSON.stringify(row)}`, () => (Array.isArray(row) ? test(...row) : test(row)));
	};
const describe = (/** @type {string} */ name, /** @type {() => void} */ body) => {
	const outer = prefix;
	prefix += `${name} › `;
	body();
	prefix = outer;
};
Object.assign(globalThis, { describe, expect, it, test: it });

/**
 * The file that found the last fault comes first: faults next to each other are found alike.
 * @type {string[] | null}
 */
let inOrder = null;

/** @param {string} file @returns {Promise<string | null>} */
async function firstFailureIn(file) {
	found = [];
	try {
		require(file);
	} catch (error) {
		return `on loading: ${/** @type {Error} */ (error).message}`;
	}
	if (found.length === 0) return `there are no tests in ${file}`;
	for (const { name, test } of found) {
		try {
			await test();
		} catch {
			return name;
		}
	}
	return null;
}

/** @param {string[]} tests @returns {Promise<string | null>} */
async function firstFailure(tests) {
	for (const path of Object.keys(require.cache))
		if (path.startsWith(folder)) delete require.cache[path];
	inOrder ??= [...tests];
	for (const file of inOrder) {
		const failure = await firstFailureIn(file);
		if (failure === null) continue;
		inOrder = [file, ...inOrder.filter((one) => one !== file)];
		return failure;
	}
	return inOrder.length > 0 ? null : 'there are no tests';
}

process.on(
	'message',
	async (/** @type {{ mutant: string, tests: string[] }} */ { mutant, tests }) => {
		Object.assign(globalThis, { __stryker__: { activeMutant: mutant } });
		process.send?.({ failed: await firstFailure(tests) });
	},
);
