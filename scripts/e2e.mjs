/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * `npm run test:e2e`: the packed package in a real n8n, with the sandbox as both services and the
 * editor open in Chromium. Parts that mostly wait run side by side.
 */
import { join } from 'node:path';
import { checkAgent } from '../test/e2e/agent.mjs';
import { Checks } from '../test/e2e/checks.mjs';
import { checkAccessReview } from '../test/e2e/accessReview.mjs';
import { checkApproveHeldPlan } from '../test/e2e/approveHeldPlan.mjs';
import { checkEditor } from '../test/e2e/editor.mjs';
import { checkFirstRun } from '../test/e2e/firstRun.mjs';
import { checkFullLifecycle } from '../test/e2e/fullLifecycle.mjs';
import { checkGuide } from '../test/e2e/guide.mjs';
import { checkHotReload } from '../test/e2e/hotReload.mjs';
import { checkImport } from '../test/e2e/import.mjs';
import { checkOnDemand } from '../test/e2e/onDemand.mjs';
import { checkKilled } from '../test/e2e/poll.mjs';
import { checkReconcile } from '../test/e2e/reconcile.mjs';
import { checkSandboxPage } from '../test/e2e/sandboxPage.mjs';
import { checkSecurity } from '../test/e2e/security.mjs';
import { checkSmallTemplates } from '../test/e2e/smallTemplates.mjs';
import { checkUnpublished } from '../test/e2e/unpublished.mjs';
import { Sleepers, TIME_LIMIT } from '../test/e2e/waits.mjs';
import { checkWebhook } from '../test/e2e/webhook.mjs';
import { claimFolder } from './demo/claim.mjs';
import { sandboxOnly } from './demo/sandbox.mjs';
import { setUp } from './demo/setup.mjs';
import { duration, say } from './host/console.mjs';
import { PROJECT } from './host/install.mjs';
import { runUntilStopped } from './host/processes.mjs';

async function e2e() {
	sandboxOnly('The e2e test');
	const started = Date.now();
	const folder = join(PROJECT, '.cache', 'e2e');
	claimFolder(folder);
	const env = TIME_LIMIT;
	const stage = await setUp({ folder, env });
	const checks = new Checks();

	await checks.part('Reconcile on acme', () => checkReconcile(stage, checks));
	// While there is one credential of each type, as where the package is new.
	await checks.part('The editor’s own import, from file and by paste', () =>
		checkImport(stage, checks),
	);

	/** @type {Sleepers | undefined} */
	let sleepers;
	await checks.part('Waiting: asleep', async () => {
		sleepers = await Sleepers.begin(stage, checks);
	});
	await checks.part('n8n killed between a poll and its execution', () =>
		checkKilled(stage, checks, { folder, env, whileDead: async () => sleepers?.change() }),
	);
	await checks.part('Waiting: after two kills', async () => sleepers?.checkAsleep(checks));

	// Parts that run beside others have a company of their own: what is written to the shared one
	// is not theirs.
	const apart = { ...stage, sandbox: undefined };
	await checks.together([
		[
			'The editor in Chromium',
			async (own) => {
				await own.part('Every template on the canvas', () => checkEditor(apart, own));
				await own.part('The page of the sandbox', () => checkSandboxPage(apart, own));
				await own.part('The guide’s first run, step by step', () => checkGuide(apart, own));
			},
		],
		[
			'On the company of the first run',
			async (own) => {
				await own.part('Full lifecycle', () => checkFullLifecycle(stage, own));
				await own.part('One person on demand, by the form in Chromium', () =>
					checkOnDemand(stage, own),
				);
			},
		],
		[
			'On companies of their own',
			async (own) => {
				await own.part('The first run of each template', () => checkFirstRun(apart, own));
				await own.part('The smaller templates', () => checkSmallTemplates(apart, own));
				await own.part('An agent that is asked', () => checkAgent(apart, own));
				await own.part('Access review, by the form in Chromium', () =>
					checkAccessReview(apart, own),
				);
				await own.part('Held plans, approved by the form in Chromium', () =>
					checkApproveHeldPlan(apart, own),
				);
				await own.part('Full lifecycle by webhook', () => checkWebhook(apart, own));
			},
		],
	]);
	await checks.part('Waiting: awake', async () => {
		if (!sleepers) throw new Error('nobody was put to sleep');
		await sleepers.checkAwake(checks);
		await sleepers.end();
	});
	await checks.together([
		['Logs, memory and n8n’s own audit', (own) => checkSecurity(stage, own, folder)],
		['Unpublished, on the command line', (own) => checkUnpublished(stage, own, folder)],
		['Development with hot reload', (own) => checkHotReload(own)],
	]);
	say(`\n${duration(Date.now() - started)}`);
	say(`${checks.passed} passed, ${checks.failed} failed`);
	return checks.failed === 0 ? 0 : 1;
}

runUntilStopped(e2e);
