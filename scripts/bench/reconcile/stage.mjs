/** A fresh n8n with this package and one workflow, and what one run of it costs. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { OWNER } from '../../demo/setup.mjs';
import { claimFolder } from '../../demo/claim.mjs';
import { installPackage, startN8n, stopN8n } from '../../host/n8n.mjs';
import { PROJECT, ensureHost, hostFolder } from '../../host/install.mjs';
import { Session } from '../../host/session.mjs';
import { build, pack } from '../../project.mjs';

const FOLDER = join(PROJECT, '.cache', 'bench');
const WITHIN_MS = 3_600_000;
const OURS = 'n8n-nodes-humaans-jumpcloud.';
const hostModule = createRequire(join(hostFolder(), 'node_modules', 'n8n', 'package.json'));

/**
 * @typedef {{ humaans: { url: string, token: string }, jumpCloud: { url: string, key: string } }}
 *   Addresses
 */
/**
 * @typedef {object} Cost
 * @property {number} ms
 * @property {number} mb peak of n8n and its runner above idle
 * @property {number} dataMb
 * @property {number} [oursMs] time in the nodes of this package; the rest is n8n's own
 * @property {string} status
 */

/** @returns {Promise<string>} the packed package */
export async function packed() {
	await ensureHost();
	await build();
	claimFolder(FOLDER);
	return await pack(join(FOLDER, 'package'));
}

/** @param {number} pid @returns {number[]} it and all below it */
function familyOf(pid) {
	const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
		.trim()
		.split(' ')
		.filter(Boolean)
		.map(Number);
	return [pid, ...children.flatMap(familyOf)];
}

/**
 * Megabytes resident, now or at most since the last `forget`.
 * @param {number[]} pids
 * @param {'VmRSS' | 'VmHWM'} what
 */
const resident = (pids, what) =>
	pids.reduce(
		(sum, pid) =>
			sum +
			Number(
				new RegExp(`${what}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ??
					0,
			) /
				1e3,
		0,
	);

/** @param {number[]} pids */
const forget = (pids) => pids.forEach((pid) => writeFileSync(`/proc/${pid}/clear_refs`, '5'));

/**
 * @param {Session} session
 * @param {Addresses} addresses
 * @returns {Promise<Record<string, { id: string, name: string }>>} by type
 */
export async function credentialsFor(session, { humaans, jumpCloud }) {
	const data = {
		humaansApi: { accessToken: humaans.token, baseUrl: humaans.url },
		jumpCloudApi: { apiKey: jumpCloud.key, region: 'custom', baseUrl: jumpCloud.url, orgId: '' },
	};
	/** @type {Record<string, { id: string, name: string }>} */
	const credentials = {};
	for (const [type, values] of Object.entries(data))
		credentials[type] = {
			id: await session.importCredential({ name: type, type, data: values }),
			name: type,
		};
	return credentials;
}

/**
 * One run on an n8n that was started for it.
 * @param {string} tarball
 * @param {Addresses} addresses
 * @param {(credentials: Record<string, { id: string, name: string }>) => { workflow: any,
 *   trigger: string }} draw
 * @param {() => Promise<unknown>} [between] the workflow runs twice, with this in between, and the
 *   second run counts: an n8n that has run for a while
 * @returns {Promise<Cost>}
 */
export async function costOf(tarball, { humaans, jumpCloud }, draw, between) {
	const folder = join(FOLDER, 'n8n');
	rmSync(folder, { recursive: true, force: true });
	await installPackage(folder, tarball);
	const n8n = await startN8n({ folder, port: 0 });
	try {
		const session = new Session(n8n.url);
		await session.signIn(OWNER);
		const credentials = await credentialsFor(session, { humaans, jumpCloud });
		const { workflow, trigger } = draw(credentials);
		await session.importWorkflow(workflow);
		await sleep(2_000);
		const pids = familyOf(n8n.server.child.pid ?? 0);
		const idle = resident(pids, 'VmRSS');
		if (between) {
			await executed(session, workflow.id, trigger);
			await sleep(1_000);
			await between();
		}
		forget(pids);
		const started = Date.now();
		const { executionId, ...done } = await executed(session, workflow.id, trigger);
		const mb = resident(familyOf(n8n.server.child.pid ?? 0), 'VmHWM') - idle;
		return {
			ms: done.stoppedAt
				? Date.parse(done.stoppedAt) - Date.parse(done.startedAt)
				: Date.now() - started,
			mb,
			...(await keptOf(folder, executionId, workflow)),
			status: done.status,
		};
	} finally {
		await stopN8n(n8n);
	}
}

/**
 * Runs a workflow to its end. Its list is asked, not the execution: that would be read whole, at n8n's
 * cost.
 * @param {Session} session
 * @param {string} workflowId
 * @param {string} trigger
 * @returns {Promise<{ executionId: string, status: string, startedAt: string, stoppedAt?: string }>}
 */
async function executed(session, workflowId, trigger) {
	const { executionId } = await session.call('POST', `/workflows/${workflowId}/run`, {
		triggerToStartFrom: { name: trigger },
	});
	for (const until = Date.now() + WITHIN_MS; Date.now() < until; await sleep(250)) {
		const done = await ended(session, workflowId, executionId);
		if (done) return { ...done, executionId };
	}
	throw new Error('The execution did not end.');
}

/**
 * How the execution ended, or undefined while it runs. One that n8n was told not to keep is gone
 * when it has succeeded; while n8n stores a large one it may not answer.
 * @param {Session} session
 * @param {string} workflowId
 * @param {string} executionId
 */
async function ended(session, workflowId, executionId) {
	const list = await session.executions({ workflowId }).catch(() => undefined);
	if (!list) return undefined;
	const found = list.find(({ id }) => id === executionId);
	if (!found) return { status: 'success, not kept' };
	return ['new', 'running'].includes(found.status) ? undefined : found;
}

/**
 * Of what n8n keeps of an execution: its megabytes, and the time in the nodes of this package.
 * @param {string} folder
 * @param {string} id
 * @param {{ nodes: Array<{ name: string, type: string }> }} workflow
 * @returns {Promise<{ dataMb: number, oursMs?: number }>}
 */
async function keptOf(folder, id, { nodes }) {
	const { Database } = hostModule('sqlite3');
	const database = new Database(join(folder, '.n8n', 'database.sqlite'));
	const row = await new Promise((resolve, reject) =>
		database.get(
			'select data from execution_data where executionId = ?',
			[id],
			(/** @type {unknown} */ error, /** @type {any} */ found) =>
				error ? reject(error) : resolve(found),
		),
	);
	await new Promise((resolve) => database.close(resolve));
	/** @type {Record<string, Array<{ executionTime: number }>> | undefined} */
	const runs = row && hostModule('flatted').parse(row.data)?.resultData?.runData;
	// What is not to be kept is emptied before it is deleted.
	if (!runs) return { dataMb: 0 };
	const oursMs = nodes
		.filter(({ type }) => type.startsWith(OURS))
		.flatMap(({ name }) => runs[name] ?? [])
		.reduce((sum, { executionTime }) => sum + executionTime, 0);
	return { dataMb: row.data.length / 1e6, oursMs };
}
