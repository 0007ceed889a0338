/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * `npm run demo`: a company of invented people, and a real n8n on this machine that says which
 * JumpCloud accounts they would get. --once: then apply it, check the end state, and end with 0 or
 * 1. --keep: go on with the n8n of the last start. --queue: n8n in queue mode (main, two workers, a
 * webhook process) on PostgreSQL and Redis, which are found here or installed. With
 * HUMAANS_ACCESS_TOKEN and JUMPCLOUD_API_KEY set it reads the real services, writes nothing, and
 * keeps nothing afterwards.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { endState } from './demo/endState.mjs';
import { reportOf, tableOf } from './demo/report.mjs';
import { stateOf } from './demo/sandbox.mjs';
import { changeMode, FORM_USER, imported, OWNER, setUp } from './demo/setup.mjs';
import { claimFolder } from './demo/claim.mjs';
import { PlainError, runMain, say, step } from './host/console.mjs';
import { PROJECT } from './host/install.mjs';
import { stopAll, untilStopped } from './host/processes.mjs';
import { startCluster } from './queue/cluster.mjs';

/** @returns {{ once: boolean, keep: boolean, queue: boolean }} */
function options() {
	try {
		const flag = /** @type {const} */ ({ type: 'boolean', default: false });
		const { once, keep, queue } = parseArgs({
			options: { once: flag, keep: flag, queue: flag },
		}).values;
		return { once: Boolean(once), keep: Boolean(keep), queue: Boolean(queue) };
	} catch (error) {
		throw new PlainError(
			`${error instanceof Error ? error.message : error}.`,
			'Known: npm run demo -- [--once] [--keep] [--queue]',
		);
	}
}

const REAL = Boolean(process.env.HUMAANS_ACCESS_TOKEN || process.env.JUMPCLOUD_API_KEY);

// Two n8n: what was published on the sandbox must never meet real credentials.
const folder = join(PROJECT, '.demo', REAL ? 'services' : 'sandbox');
let claimed = false;

async function demo() {
	const { once, keep, queue } = options();
	if (queue && keep)
		throw new PlainError(
			'--keep is for one n8n only.',
			'In queue mode every start is a fresh one.',
		);
	if (REAL && keep)
		throw new PlainError(
			'--keep is for the sandbox only.',
			'With the real services every start is a fresh one, on review.',
		);
	claimFolder(folder);
	claimed = true;
	const stage = await setUp({
		folder,
		keep,
		mode: 'shipped',
		...(queue
			? {
					start: async (/** @type {{ folder: string }} */ given) =>
						(await startCluster({ ...given, workers: 2 })).main,
				}
			: {}),
	});
	const { session, sandbox, workflows, n8n } = stage;

	const { id, trigger } = imported(workflows, 'reconcile');
	const review = await runReconcile(stage, 'Running reconcile, which reviews', { id, trigger });
	if (once) {
		if (!sandbox) return checkOnce(stage, review);
		const { writes } = await stateOf(sandbox);
		if (writes > 0) throw new PlainError(`The review wrote ${writes} times to JumpCloud.`);
		await changeMode(session, id, 'apply');
		const report = await runReconcile(stage, 'Running reconcile, which applies', { id, trigger });
		return checkOnce({ ...stage, mode: 'apply' }, report);
	}

	say(`Nothing was written to JumpCloud: Mode is Review Everything.

  n8n      ${n8n.url}/workflow/${id}
           sign in with ${OWNER.email} and ${OWNER.password}`);
	if (sandbox)
		say(`           to see the list: the ▾ beside Execute workflow, from Run Now, press, open Needs Review
           to apply: open the node Decide, set Mode to Apply, and run it again
  forms    ${n8n.url}/form/provision-on-demand
           ${n8n.url}/form/access-review
           ${n8n.url}/form/approve-held-plan
           each after you publish its workflow, the last with Mode set to Apply in its Decide;
           user ${FORM_USER.user}, password ${FORM_USER.password}
  sandbox  ${sandbox.page}
           people, accounts, mails and requests; hire or offboard somebody there, then run
           reconcile again; whoever is offboarded today keeps their access until the day is
           over, so set yesterday as the last working day to see it end
  keys     to see what a wrong key does, edit the credentials that are there: they hold the
           address of the sandbox. The right ones: Humaans ${sandbox.humaans.token},
           JumpCloud ${sandbox.jumpCloud.apiKey}`);
	else say('  Ctrl-C deletes what this n8n holds.');
	say('\nUp until Ctrl-C.');
	sandbox?.server.child.once('exit', () => {
		if (!isStopping)
			say(
				'The sandbox has ended, so nothing works any more. Press Ctrl-C, and start the demo again.',
			);
	});
	return 0;
}

/**
 * @param {import('./demo/setup.mjs').Stage} stage
 * @param {string} what
 * @param {{ id: string, trigger: string }} workflow
 */
async function runReconcile({ session }, what, { id, trigger }) {
	const report = reportOf(await step(what, () => session.run(id, trigger)));
	say(`\nReconcile ended with "${report.status}".\n\n${tableOf(report)}\n`);
	for (const failure of report.failures.slice(0, 10)) say(`  ✗ ${failure}`);
	return report;
}

/**
 * @param {import('./demo/setup.mjs').Stage} stage
 * @param {import('./demo/report.mjs').Report} report
 */
async function checkOnce(stage, report) {
	const checks = await endState(stage, report);
	for (const { what, ok, detail } of checks)
		say(`  ${ok ? '✓' : '✗'} ${what}${ok ? '' : `: ${detail}`}`);
	const failed = checks.filter(({ ok }) => !ok).length;
	if (stage.sandbox) {
		const { requests, writes, mails } = await stateOf(stage.sandbox);
		say(
			`\nThe sandbox answered ${requests} requests, ${writes} of them writes, and sent ${mails} mails.`,
		);
	}
	say(failed === 0 ? 'The demo works.' : `${failed} of ${checks.length} checks failed.`);
	return failed === 0 ? 0 : 1;
}

async function cleanUp() {
	await stopAll();
	// Executions hold the people who were read.
	if (REAL && claimed) rmSync(folder, { recursive: true, force: true });
}

const stopped = untilStopped();
let isStopping = false;
void stopped.then(() => (isStopping = true));
void runMain(async () => {
	const code = await Promise.race([demo(), stopped]);
	if (typeof code !== 'number') return 130;
	// After --once, and after a failure, there is nothing to stay up for.
	if (code === 0 && !process.argv.includes('--once')) {
		await stopped;
		say('\nStopping …');
	}
	return code;
}, cleanUp).then(() => process.exit());
