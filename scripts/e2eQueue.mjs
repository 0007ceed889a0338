/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * `npm run test:queue`: the templates on n8n in queue mode (main, two workers, a webhook process;
 * PostgreSQL and Redis), and a worker killed.
 */
import { join } from 'node:path';
import { Checks } from '../test/e2e/checks.mjs';
import { checkFullLifecycle } from '../test/e2e/fullLifecycle.mjs';
import { checkOnDemand } from '../test/e2e/onDemand.mjs';
import { checkReconcile } from '../test/e2e/reconcile.mjs';
import { checkSmallTemplates } from '../test/e2e/smallTemplates.mjs';
import { checkWebhook } from '../test/e2e/webhook.mjs';
import { checkWorkerKilled } from '../test/e2e/workerKilled.mjs';
import { claimFolder } from './demo/claim.mjs';
import { setUp } from './demo/setup.mjs';
import { say } from './host/console.mjs';
import { PROJECT } from './host/install.mjs';
import { runUntilStopped } from './host/processes.mjs';
import { startCluster } from './queue/cluster.mjs';

async function e2eQueue() {
	const folder = join(PROJECT, '.cache', 'queue');
	claimFolder(folder);
	/** @type {import('./queue/cluster.mjs').Cluster | undefined} */
	let cluster;
	const stage = await setUp({
		folder,
		start: async (options) => {
			cluster = await startCluster({ ...options, workers: 2 });
			return cluster.main;
		},
	});
	const running = /** @type {import('./queue/cluster.mjs').Cluster} */ (cluster);
	const checks = new Checks();
	await checks.part('Reconcile on acme', () => checkReconcile(stage, checks));
	await checks.together([
		[
			'On the company of the first run',
			async (own) => {
				await own.part('Full lifecycle', () => checkFullLifecycle(stage, own));
				await own.part('One person on demand, by the form of the webhook process', () =>
					checkOnDemand({ ...stage, n8n: running.webhook }, own),
				);
			},
		],
		[
			'On companies of their own',
			async (own) => {
				await own.part('The smaller templates', () => checkSmallTemplates(stage, own));
				await own.part('Full lifecycle by webhook, through the webhook process', () =>
					checkWebhook(stage, own),
				);
			},
		],
	]);
	await checks.part('A worker killed', () => checkWorkerKilled(stage, running, checks));
	say(`\n${checks.passed} passed, ${checks.failed} failed`);
	return checks.failed === 0 ? 0 : 1;
}

runUntilStopped(e2eQueue);
