/**
 * What is mutated, and by which tests. Exhaustive and property tests run through everything, so
 * they are left out, as are those of huge values: each fault must be found by a test that says what it is about.
 * @typedef {object} Suite
 * @property {string[]} mutate globs
 * @property {string[]} tests globs
 * @property {RegExp} without tests left out
 * @property {number} least percent of the faults to be found
 */

/** @type {Record<string, Suite>} */
export const SUITES = {
	mapping: {
		mutate: [
			'nodes/core/mapping/*.ts',
			'nodes/core/account/{attributes,body,plan,record,slots,syncRules}.ts',
			'nodes/core/hash.ts',
		],
		tests: [
			'test/unit/fieldMapper*.test.ts',
			'test/unit/sync*.test.ts',
			'test/unit/username*.test.ts',
			'test/unit/hash.test.ts',
			'test/unit/account{Attributes,Fields}.test.ts',
			'test/unit/typedByPeople.test.ts',
			'test/unit/policy{Fields,Basis,Rehire}.test.ts',
		],
		without: /\.property\.|\.length\.|syncManager/,
		least: 93,
	},
	policy: {
		mutate: [
			'nodes/core/policy/{*,limits/*}.ts',
			'nodes/core/person/lastDay.ts',
			'nodes/core/account/stamp.ts',
			'nodes/ProvisioningPolicy/{memory,oneForAll,outputs,scope}.ts',
			'nodes/core/time.ts',
		],
		tests: [
			'test/unit/policy*.test.ts',
			'test/unit/time*.test.ts',
			'test/unit/inviteReminder.test.ts',
		],
		without: /\.property\.|Enumeration/,
		least: 97,
	},
	guards: {
		mutate: [
			'nodes/core/matching/*.ts',
			'nodes/core/policy/limits/*.ts',
			'nodes/core/account/basis.ts',
			'nodes/services/jumpcloud/guard.ts',
			'nodes/services/jumpcloud/conditionalWrite.ts',
		],
		tests: [
			'test/unit/match.test.ts',
			'test/unit/missing.test.ts',
			'test/unit/ofNobody.test.ts',
			'test/unit/policy{Approval,Basis,Guard,Limits,Run}.test.ts',
			'test/unit/jumpCloudGuard.test.ts',
			'test/unit/conditionalWrite.test.ts',
		],
		without: /\.property\./,
		least: 95,
	},
};
