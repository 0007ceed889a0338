/**
 * What is mutated, and by which tests. Exhaustive and property tests run through everything, so they are left out: each fault must be found
 * by a test that says what it is about.
 * @typedef {object} Suite
 * @property {string[]} mutate globs
 * @property {string[]} tests globs
 * @property {RegExp} without tests left out
 * @property {number} least percent of the faults to be found
 */

/** @type {Record<string, Suite>} */
export const SUITES = {
	mapping: {
		mutate: ['nodes/FieldMapper/*.ts', 'nodes/shared/sync/*.ts', 'nodes/shared/slots.ts'],
		tests: ['test/unit/fieldMapper*.test.ts', 'test/unit/sync*.test.ts', 'test/unit/username*.test.ts'],
		without: /\.property\.|syncManager/,
		least: 90,
	},
	policy: {
		mutate: ['nodes/ProvisioningPolicy/*.ts', 'nodes/shared/time.ts'],
		tests: ['test/unit/policy*.test.ts', 'test/unit/time*.test.ts'],
		without: /\.property\.|Enumeration/,
		least: 95,
	},
};
