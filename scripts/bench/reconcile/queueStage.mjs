/** n8n in queue mode with several copies of reconcile, and how long they take together. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { OWNER } from '../../demo/setup.mjs';
import { prepared, readTemplates } from '../../demo/templates.mjs';
import { installPackage } from '../../host/n8n.mjs';
import { PROJECT } from '../../host/install.mjs';
import { stopAll } from '../../host/processes.mjs';
import { Session } from '../../host/session.mjs';
import { startCluster } from '../../queue/cluster.mjs';
import { credentialsFor, packed } from './stage.mjs';

const FOLDER = join(PROJECT, '.cache', 'bench', 'queue');
const WITHIN_MS = 900_000;

/**
 * @param {import('./stage.mjs').Addresses} addresses
 * @param {number} copies of reconcile
 */
export async function startStage(addresses, copies) {
	const tarball = await packed();
	rmSync(FOLDER, { recursive: true, force: true });
	await installPackage(FOLDER, tarball);
	const cluster = await startCluster({ folder: FOLDER, workers: 1 });
	const session = new Session(cluster.main.url);
	await session.signIn(OWNER);
	const credentials = await credentialsFor(session, addresses);
	const template = readTemplates().find(({ file }) => file === 'reconcile')?.workflow;
	const ids = Array.from({ length: copies }, (_, n) => `reconcileBench0${n}`);
	for (const id of ids) {
		const { settings, ...workflow } = prepared('reconcile', template, {
			credentials,
			mode: 'apply',
		});
		await session.importWorkflow({
			...workflow,
			id,
			name: id,
			settings: { ...settings, saveDataSuccessExecution: 'none', saveManualExecutions: false },
		});
	}
	/**
	 * Runs so many copies at once.
	 * @param {number} count
	 * @returns {Promise<number>} milliseconds until the last has ended
	 */
	const runAll = async (count) => {
		const started = performance.now();
		const running = await Promise.all(
			ids.slice(0, count).map(
				async (id) =>
					(
						await session.call('POST', `/workflows/${id}/run`, {
							triggerToStartFrom: { name: 'Run Now' },
						})
					).executionId,
			),
		);
		for (const until = Date.now() + WITHIN_MS; Date.now() < until; await sleep(100)) {
			const left = (await session.executions()).filter(
				({ id, status }) => running.includes(id) && ['new', 'running'].includes(status),
			);
			if (left.length === 0) return performance.now() - started;
		}
		throw new Error('The executions did not end.');
	};
	return { runAll, addWorker: cluster.addWorker, stop: stopAll };
}
