/**
 * What is mutated, and by which tests. Exhaustive and property tests run through everything, so
 * they are left out: each fault must be found by a test that says what it is about.
 * @typedef {object} Suite
 * @property {string[]} mutate globs
 * @property {string[]} tests globs
 * @property {RegExp} without tests left out
 * @property {number} least percent of the faults to be found
 */

/** @type {Record<string, Suite>} */
export const SUITES = {
	mapping: {
		mutate: ['nodes/core/mapping/*.ts', 'nodes/core/account/*.ts'],
		tests: [
			'test/unit/fieldMapper*.test.ts',
			'test/unit/sync*.test.ts',
			'test/unit/username*.test.ts',
		],
		without: /\.property\.|syncManager/,
		least: 90,
	},
	policy: {
		mutate: [
			'nodes/core/policy/*.ts',
			'nodes/core/person/lastDay.ts',
			'nodes/ProvisioningPolicy/outputs.ts',
			'nodes/core/time.ts',
		],
		tests: ['test/unit/policy*.test.ts', 'test/unit/time*.test.ts'],
		without: /\.property\.|Enumeration/,
		least: 95,
	},
};
