import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import swc from '@swc/core';

/** Nodes are wiring that the engine tests hold. */
const NOT_MUTATED = /\.node\.ts$/;
const silent = { isDebugEnabled: () => false, debug() {}, info() {}, warn() {} };
const compile = {
	jsc: {
		parser: { syntax: /** @type {const} */ ('typescript') },
		target: /** @type {const} */ ('es2022'),
	},
	module: { type: /** @type {const} */ ('commonjs') },
};

/**
 * Writes code and tests, as JavaScript, to a folder of their own; every mutant is in the code and
 * switched on by its id.
 * @param {string} project
 * @param {string} folder
 * @param {import('./suites.mjs').Suite} suite
 * @returns {Promise<{ tests: string[], mutants: readonly
 *   import('@stryker-mutator/api/core').Mutant[] }>} tests: their files, in order
 */
export async function instrument(project, folder, suite) {
	await rm(folder, { recursive: true, force: true });
	// Some tests read a document or a source.
	for (const part of ['docs', 'nodes', 'test/unit', 'test/harness', 'test/data'])
		await cp(join(project, part), join(folder, part), { recursive: true });
	const find = (/** @type {string[]} */ globs) => globSync(globs, { cwd: project }).sort();
	const mutated = find(suite.mutate).filter((name) => !NOT_MUTATED.test(name));
	const sources = await Promise.all(
		mutated.map(async (name) => ({
			name,
			mutate: true,
			content: await readFile(join(project, name), 'utf8'),
		})),
	);
	const instrumenter = new Instrumenter(/** @type {any} */ (silent));
	const { files, mutants } = await instrumenter.instrument(sources, {
		ignorers: [],
		excludedMutations: [],
		plugins: null,
	});
	const contents = new Map(files.map(({ name, content }) => [name, content]));
	for (const name of find(['nodes/**/*.ts', 'test/unit/**/*.ts', 'test/harness/**/*.ts'])) {
		const code = contents.get(name) ?? (await readFile(join(project, name), 'utf8'));
		const target = join(folder, name.replace(/\.ts$/, '.js'));
		await mkdir(dirname(target), { recursive: true });
		await writeFile(target, swc.transformSync(code, { filename: name, ...compile }).code);
	}
	const tests = find(suite.tests).filter((name) => !suite.without.test(name));
	return { tests: tests.map((name) => join(folder, name.replace(/\.ts$/, '.js'))), mutants };
}
