/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * What must hold after reconcile ran on the sandbox's company, whatever the day. `demo --once` and
 * the e2e test ask it.
 */
import { reportOf } from './report.mjs';
import { stateOf } from './sandbox.mjs';
import { imported } from './setup.mjs';

/** @typedef {{ what: string, ok: boolean, detail: string }} Check */

/**
 * Actions that the company has at least one case for.
 * @type {Array<import('./report.mjs').Row>}
 */
const EXPECTED = [
	'created',
	'adopted',
	'activated',
	'updated',
	'reactivated',
	'suspended',
	'waiting',
	'review',
	'noAction',
];

/**
 * @param {import('./setup.mjs').Stage} stage
 * @param {import('./report.mjs').Report} first what the first run did
 * @returns {Promise<Check[]>}
 */
export async function endState({ session, sandbox, workflows, mode }, first) {
	/** @type {Check[]} */
	const checks = [];
	const check = (
		/** @type {string} */ what,
		/** @type {boolean} */ ok,
		/** @type {unknown} */ detail,
	) => checks.push({ what, ok, detail: String(detail) });

	check('reconcile ended with success', first.status === 'success', first.status);
	check('no node failed', first.failures.length === 0, [...new Set(first.failures)].join('; '));
	const nothing = EXPECTED.filter((row) => first.counts[row] === 0);
	if (mode === 'apply')
		check('every kind of action happened', nothing.length === 0, `none: ${nothing.join(', ')}`);

	const before = sandbox && (await stateOf(sandbox));
	const { id, trigger } = imported(workflows, 'reconcile');
	const second = reportOf(await session.run(id, trigger));
	check(
		'a second run ends with success',
		second.status === 'success' && second.failures.length === 0,
		[...new Set([second.status, ...second.failures])].join('; '),
	);
	if (before && sandbox) {
		const after = await stateOf(sandbox);
		check(
			'a second run writes nothing to JumpCloud',
			after.writes === before.writes,
			`${after.writes - before.writes} writes`,
		);
		const { violations } = after;
		const told = violations
			.slice(0, 3)
			.map(({ method, path, message }) => `${method} ${path}: ${message}`);
		check(
			'JumpCloud was asked nothing outside its contract',
			violations.length === 0,
			`${violations.length} violations, ${told.join('; ')}`,
		);
	}
	const failed = (await session.executions()).filter(
		({ status }) => status === 'error' || status === 'crashed',
	);
	check(
		'n8n has no failed execution',
		failed.length === 0,
		failed.map(({ id, workflowName }) => `${workflowName} #${id}`).join(', '),
	);
	return checks;
}
