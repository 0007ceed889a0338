/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * Queue mode: the worker that runs a reconcile is killed halfway; the next reconcile makes it
 * right.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { reportOf } from '../../scripts/demo/report.mjs';
import { accountsOf } from '../../scripts/demo/sandbox.mjs';
import { Copies } from './copies.mjs';

/** Slow enough to be caught halfway. */
const LATENCY_MS = 40;
const WRITES_BEFORE = 30;
const WITHIN_MS = 60_000;
const linkOf = (/** @type {any} */ account) =>
	account.attributes.find((/** @type {any} */ one) => one.name === 'humaansId')?.value;

/**
 * @param {import('../../scripts/demo/setup.mjs').Stage} stage
 * @param {import('../../scripts/queue/cluster.mjs').Cluster} cluster loses a worker
 * @param {import('./checks.mjs').Checks} checks
 */
export async function checkWorkerKilled({ session }, cluster, checks) {
	const copies = await Copies.begin(session, 'killed', { latencyMs: LATENCY_MS });
	try {
		const id = await copies.import('reconcile');
		const { executionId } = await session.call('POST', `/workflows/${id}/run`, {
			triggerToStartFrom: { name: 'Run Now' },
		});
		for (
			const until = Date.now() + WITHIN_MS;
			Date.now() < until && (await copies.state()).writes < WRITES_BEFORE;
		)
			await sleep(50);
		const busy = cluster.workers.find(({ server }) =>
			readFileSync(server.logFile, 'utf8').includes(`started execution ${executionId} `),
		);
		checks.check('a worker, not main, runs what was started by hand', busy !== undefined);
		if (!busy) return;
		await cluster.kill(busy);
		// Requests that were under way are answered to nobody.
		await sleep(10 * LATENCY_MS);
		const halfway = await copies.state();
		checks.check(
			`it was killed after ${halfway.writes} writes, and nothing is written any more`,
			halfway.writes >= WRITES_BEFORE,
			halfway.writes,
		);

		const rest = reportOf(await session.run(id, 'Run Now'));
		checks.equal(
			'the next reconcile runs on the other worker',
			[rest.status, rest.failures],
			['success', []],
		);
		const done = (await copies.state()).writes;
		checks.check('and does the rest', done > halfway.writes, done - halfway.writes);
		const again = reportOf(await session.run(id, 'Run Now'));
		checks.equal(
			'the one after it has nothing to write',
			[again.status, (await copies.state()).writes - done],
			['success', 0],
		);

		const linked = (await accountsOf(copies.sandbox)).map(linkOf).filter(Boolean);
		checks.equal('nobody has two accounts', linked.length - new Set(linked).size, 0);
		const { outbox, violations } = await copies.state();
		const addresses = outbox.map(({ to }) => to);
		checks.equal(
			'nobody got two mails',
			addresses.filter((to, index) => addresses.indexOf(to) !== index),
			[],
		);
		checks.equal('JumpCloud was asked nothing outside its contract', violations, []);
	} finally {
		await copies.end();
	}
}
