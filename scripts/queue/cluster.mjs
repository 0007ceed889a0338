/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * n8n in queue mode on this machine: main, workers and a webhook process, on PostgreSQL and Redis.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { step } from '../host/console.mjs';
import { startN8n } from '../host/n8n.mjs';
import { freePort, stopServer } from '../host/processes.mjs';
import { startPostgres, startRedis } from './servers.mjs';

/** @typedef {import('../host/n8n.mjs').N8n} N8n */
/**
 * @typedef {object} Cluster
 * @property {N8n} main editor and API, polls and schedules
 * @property {N8n[]} workers run the executions
 * @property {N8n} webhook answers webhooks and forms
 * @property {() => Promise<N8n>} addWorker
 * @property {(worker: N8n) => Promise<void>} kill SIGKILL, as a machine that loses power
 */

/**
 * @param {{ folder: string, workers: number }} options folder: N8N_USER_FOLDER with the package
 *   installed, shared by all processes
 * @returns {Promise<Cluster>}
 */
export async function startCluster({ folder, workers }) {
	const postgres = await startPostgres(join(folder, 'postgres'));
	const redis = await startRedis(join(folder, 'redis'));
	const webhookPort = await freePort();
	const env = {
		// What main registers elsewhere is answered by the webhook process.
		N8N_WEBHOOK_URL: `http://127.0.0.1:${webhookPort}/`,
		EXECUTIONS_MODE: 'queue',
		// n8n 3 knows only this.
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		...postgres.env,
		N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
	};
	const main = await step('Starting n8n: main', () => startN8n({ folder, env }));
	const webhook = await step('Starting n8n: webhook process', () =>
		startN8n({ folder, env, port: webhookPort, command: ['webhook'], log: 'webhook' }),
	);
	/** @type {N8n[]} */
	const running = [];
	const addWorker = async () => {
		const worker = await step(`Starting n8n: worker ${running.length + 1}`, () =>
			startN8n({
				folder,
				env,
				port: 0,
				command: ['worker', '--concurrency=5'],
				log: `worker-${running.length + 1}`,
			}),
		);
		running.push(worker);
		return worker;
	};
	for (let n = 0; n < workers; n++) await addWorker();
	return {
		main,
		webhook,
		workers: running,
		addWorker,
		kill: async ({ server }) => await stopServer(server, 0),
	};
}
