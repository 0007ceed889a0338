/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * How much of what is shipped the tests of `npm test` run. What is below the least, and why, stands
 * here: a folder that falls below it without a reason is a failure.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { PROJECT } from '../host/install.mjs';

/** Where Jest writes it: jest.config.js. */
export const MEASURED_IN = join(PROJECT, '.cache', 'coverage');
const LEAST_PERCENT = 95;
/** Folder, and why less of it is run. @type {Readonly<Record<string, string>>} */
const REASONS = {
	'.': 'index.ts only exports the core again; no test loads it',
	credentials: 'fallbacks for fields that n8n always fills in',
	'nodes/FieldMapper/description': 'two fields of one name when they are sorted: there are none',
	'nodes/HumaansTrigger': 'fallbacks for what n8n always hands to a trigger, such as its address',
	'nodes/JumpCloudUser': 'fallbacks for parameters that the panel always fills in',
	'nodes/ProvisioningPolicy': 'fallbacks for parameters that the panel always fills in',
	'nodes/n8n': 'fallbacks for fields that n8n always fills in, and the error for a defect of ours',
};

/** @typedef {{ total: number, covered: number }} Counted */
/** @typedef {{ lines: Counted, branches: Counted }} Covered */

const percent = (/** @type {Counted} */ { total, covered }) =>
	total === 0 ? 100 : (100 * covered) / total;
const shown = (/** @type {Covered} */ { lines, branches }) =>
	`${percent(lines).toFixed(1)} % of lines, ${percent(branches).toFixed(1)} % of branches`;

/**
 * @returns {{ lines: string[], passed: number, failed: number }} what to print; a folder is one check
 */
export function coverage() {
	const file = join(MEASURED_IN, 'coverage-summary.json');
	if (!existsSync(file)) return { lines: ['coverage: not measured'], passed: 0, failed: 1 };
	/** @type {Record<string, Covered>} */
	const { total, ...files } = JSON.parse(readFileSync(file, 'utf8'));
	/** @type {Map<string, Covered>} */
	const folders = new Map();
	for (const [path, { lines, branches }] of Object.entries(files)) {
		const folder = dirname(relative(join(PROJECT, 'dist'), path));
		const sum = folders.get(folder) ?? {
			lines: { total: 0, covered: 0 },
			branches: { total: 0, covered: 0 },
		};
		for (const [kind, more] of /** @type {const} */ ([
			['lines', lines],
			['branches', branches],
		])) {
			sum[kind].total += more.total;
			sum[kind].covered += more.covered;
		}
		folders.set(folder, sum);
	}
	const below = [...folders].filter(
		([, { lines, branches }]) => Math.min(percent(lines), percent(branches)) < LEAST_PERCENT,
	);
	const failed = below.filter(([folder]) => !(folder in REASONS)).length;
	return {
		lines: [
			`coverage of shipped code: ${total ? shown(total) : 'none'}`,
			...below.map(
				([folder, covered]) =>
					`  ${folder}: ${shown(covered)}: ${REASONS[folder] ?? '✗ no reason is known'}`,
			),
		],
		passed: folders.size - failed,
		failed,
	};
}
