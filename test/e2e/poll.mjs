/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * n8n killed where it hurts most: after a poll has asked Humaans for the last list and before it
 * could remember anything, and after a poll has remembered a change and before anything was
 * written. Gates before both services hold the request at which n8n is killed.
 */
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { reportOf } from '../../scripts/demo/report.mjs';
import { accountsOf, stateOf } from '../../scripts/demo/sandbox.mjs';
import { imported, OWNER } from '../../scripts/demo/setup.mjs';
import { startN8n } from '../../scripts/host/n8n.mjs';
import { linkedAndActive } from './people.mjs';

const ID = 'polledLifecycle0';
/**
 * Seconds after publishing at which the next poll is due: n8n polls once a minute at most, at a
 * second of our choice.
 */
const NEXT_POLL_S = 15;
const FIRST_POLL_WITHIN_MS = 30_000;
const HELD_WITHIN_MS = 90_000;
const SAVED_WITHIN_MS = 2_000;
const APPLIED_WITHIN_MS = 60_000;
/** Each life of n8n has a log of its own: they are all read afterwards (security.mjs). */
let lives = 0;

/** @typedef {Awaited<ReturnType<typeof startGate>>} Gate */
/** @typedef {{ folder: string, env: Record<string, string> }} Where N8N_USER_FOLDER, settings */

/** Passes everything on, but for the request it is told to hold. @param {string} target origin */
async function startGate(target) {
	/** @type {{ path: string, told: () => void } | undefined} */
	let held;
	const server = createServer((incoming, response) => {
		if (held && incoming.url?.startsWith(held.path)) {
			held.told();
			return;
		}
		const passed = request(
			new URL(incoming.url ?? '/', target),
			{ method: incoming.method, headers: incoming.headers },
			(answer) => {
				response.writeHead(answer.statusCode ?? 502, answer.headers);
				answer.pipe(response);
			},
		);
		passed.on('error', () => response.destroy());
		response.on('error', () => passed.destroy());
		incoming.pipe(passed);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	return {
		origin: `http://127.0.0.1:${port}`,
		/**
		 * Answers no request to this path from now on.
		 * @param {string} path
		 * @returns {Promise<boolean>} whether one came
		 */
		hold: (path) => {
			const came = new Promise((resolve) => (held = { path, told: () => resolve(true) }));
			return Promise.race([came, sleep(HELD_WITHIN_MS, false, { ref: false })]);
		},
		open: () => void (held = undefined),
		stop: () => {
			server.closeAllConnections();
			server.close();
		},
	};
}

/**
 * At once and without a word, as when the machine loses its power.
 * @param {import('../../scripts/host/n8n.mjs').N8n} n8n
 */
async function kill({ server }) {
	if (server.ended || server.child.pid === undefined) return;
	const ended = once(server.child, 'exit');
	process.kill(-server.child.pid, 'SIGKILL');
	await ended;
}

/**
 * @param {import('../../scripts/demo/setup.mjs').Stage} stage
 * @param {Where} where
 */
async function restart(stage, { folder, env }) {
	stage.n8n = await startN8n({
		folder,
		env,
		port: Number(new URL(stage.n8n.url).port),
		log: `n8n-killed-${++lives}`,
	});
	stage.session.url = stage.n8n.url;
	await stage.session.signIn(OWNER);
}

/**
 * @param {import('../../scripts/demo/setup.mjs').Stage} stage
 * @param {import('./checks.mjs').Checks} checks
 * @param {Where & { whileDead: () => Promise<void> }} options whileDead: what happens outside n8n
 *   meanwhile
 */
export async function checkKilled(stage, checks, { whileDead, ...where }) {
	const { session, sandbox, workflows } = stage;
	if (!sandbox) throw new Error('needs the sandbox');
	const gates = {
		humaans: await startGate(new URL(sandbox.humaans.baseUrl).origin),
		jumpCloud: await startGate(sandbox.jumpCloud.baseUrl),
	};
	try {
		await publishThroughGates(stage, gates);
		const [lost, late] = await linkedPeople(sandbox);
		const before = await stateOf(sandbox);
		const lastnames = async () => {
			const accounts = await accountsOf(sandbox);
			return [lost, late].map(
				({ accountId }) => accounts.find((one) => one._id === accountId)?.lastname,
			);
		};

		const read = gates.humaans.hold('/api/job-roles');
		await rename(sandbox, lost.personId, 'Lost');
		checks.check('a poll asks Humaans for the last list', await read);
		await kill(stage.n8n);
		gates.humaans.open();
		await whileDead();

		const asked = gates.jumpCloud.hold('/api/');
		await restart(stage, where);
		checks.check(
			'n8n is killed there and started anew: the next poll tells of the change, and its execution asks JumpCloud',
			await asked,
		);
		// What a poll tells is saved before it is worked on; a trigger that was being switched on stays
		// off for a while in n8n.
		await sleep(SAVED_WITHIN_MS);
		await kill(stage.n8n);
		gates.jumpCloud.open();
		checks.equal(
			'n8n is killed there: nothing was written',
			(await stateOf(sandbox)).writes - before.writes,
			0,
		);

		await rename(sandbox, late.personId, 'Late');
		const started = performance.now();
		await restart(stage, where);
		for (
			const until = Date.now() + APPLIED_WITHIN_MS;
			Date.now() < until && (await lastnames())[1] !== 'Late';
		)
			await sleep(200);
		checks.equal(
			'started once more, it tells what is new; what a poll had remembered and nobody wrote is lost to the polls',
			await lastnames(),
			[lost.lastName, 'Late'],
		);
		checks.tell(
			`  from the start of n8n to the account: ${((performance.now() - started) / 1000).toFixed(1)} s`,
		);
		await session.unpublish(ID);

		const { id, trigger } = imported(workflows, 'reconcile');
		const report = reportOf(await session.run(id, trigger));
		checks.equal('reconcile ends well', [report.status, report.failures], ['success', []]);
		checks.equal('and makes it right', await lastnames(), ['Lost', 'Late']);
		checks.equal(
			'one write a change, and none besides',
			(await stateOf(sandbox)).writes - before.writes,
			2,
		);
		checks.equal(
			'JumpCloud was asked nothing outside its contract',
			(await stateOf(sandbox)).violations,
			[],
		);
	} finally {
		gates.humaans.stop();
		gates.jumpCloud.stop();
	}
}

/**
 * The recommended template, with credentials that lead through the gates.
 * @param {import('../../scripts/demo/setup.mjs').Stage} stage
 * @param {{ humaans: Gate, jumpCloud: Gate }} gates
 */
async function publishThroughGates({ session, sandbox, workflows }, gates) {
	if (!sandbox) throw new Error('needs the sandbox');
	const { nodes, connections, settings } = await session.workflow(
		imported(workflows, 'full-lifecycle').id,
	);
	/** @type {Record<string, { name: string, type: string, data: object }>} */
	const credentials = {
		humaansApi: {
			name: 'Humaans behind a gate',
			type: 'humaansApi',
			data: { accessToken: sandbox.humaans.token, baseUrl: `${gates.humaans.origin}/api` },
		},
		jumpCloudApi: {
			name: 'JumpCloud behind a gate',
			type: 'jumpCloudApi',
			data: {
				apiKey: sandbox.jumpCloud.apiKey,
				region: 'custom',
				baseUrl: gates.jumpCloud.origin,
				orgId: '',
			},
		},
	};
	for (const [type, credential] of Object.entries(credentials)) {
		const id = await session.importCredential(credential);
		for (const node of nodes)
			if (node.credentials?.[type]) node.credentials = { [type]: { id, name: credential.name } };
	}
	const trigger = nodes.find(({ type }) => type.endsWith('.humaansTrigger'));
	const second = (new Date().getSeconds() + NEXT_POLL_S) % 60;
	trigger.parameters = {
		...trigger.parameters,
		pollTimes: { item: [{ mode: 'custom', cronExpression: `${second} * * * * *` }] },
	};
	await session.importWorkflow({
		id: ID,
		name: 'Full lifecycle, to be killed',
		nodes,
		connections,
		settings: settings ?? {},
	});
	await session.publish(ID);
	// n8n answers before the first poll, and whoever is there at the first poll is not new.
	const remembers = async () =>
		Object.values(/** @type {any} */ (await session.workflow(ID)).staticData ?? {}).some((kept) =>
			Boolean(kept.memory),
		);
	for (
		const until = Date.now() + FIRST_POLL_WITHIN_MS;
		Date.now() < until && !(await remembers());
	)
		await sleep(100);
}

/**
 * Two people with an account of theirs that is in use.
 * @param {import('../../scripts/demo/sandbox.mjs').Sandbox} sandbox
 */
async function linkedPeople(sandbox) {
	const found = (await linkedAndActive(sandbox)).flatMap(({ personId, account }) =>
		account.lastname ? [{ personId, accountId: account._id, lastName: account.lastname }] : [],
	);
	return /** @type {[typeof found[0], typeof found[0]]} */ ([found.at(-1), found.at(-2)]);
}

/**
 * @param {import('../../scripts/demo/sandbox.mjs').Sandbox} sandbox
 * @param {string} id
 * @param {string} lastName
 */
const rename = ({ page }, id, lastName) =>
	fetch(new URL(`/people/${id}`, page), {
		method: 'PATCH',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ lastName }),
	});
