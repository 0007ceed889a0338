/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * Starts and stops a real n8n on SQLite, and installs a package into it.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { must } from './command.mjs';
import { PlainError } from './console.mjs';
import { hostFolder } from './install.mjs';
import { nodeOf, pathOf } from './npm.mjs';
import { freePort, logTail, startServer, stopServer } from './processes.mjs';

const execFileOf = promisify(execFile);

/**
 * @typedef {object} N8n
 * @property {string} url origin of editor and API
 * @property {import('./processes.mjs').Server} server
 */

/**
 * From the user's environment n8n gets only what a program needs to run: none of their N8N_
 * settings, tokens or API keys.
 */
const PASSED_ON = [
	'HOME',
	'LANG',
	'TMPDIR',
	'HTTP_PROXY',
	'HTTPS_PROXY',
	'NO_PROXY',
	'http_proxy',
	'https_proxy',
	'no_proxy',
	'NODE_EXTRA_CA_CERTS',
];

const SETTINGS = {
	N8N_LISTEN_ADDRESS: '127.0.0.1',
	N8N_HOST: '127.0.0.1',
	N8N_PROTOCOL: 'http',
	// Safari keeps no secure cookie from http://127.0.0.1.
	N8N_SECURE_COOKIE: 'false',
	GENERIC_TIMEZONE: 'UTC',
	DB_TYPE: 'sqlite',
	N8N_RUNNERS_BROKER_LISTEN_ADDRESS: '127.0.0.1',
	// n8n 3 turns packages like this one off unless this is set.
	N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
	// The rest keeps n8n from calling home and from asking questions.
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_ONBOARDING_FLOW_DISABLED: 'true',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_DISABLED_MODULES: 'mcp-registry',
	N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
};

/**
 * @param {object} options
 * @param {string} options.folder N8N_USER_FOLDER
 * @param {number} [options.port] the one preferred; another is taken when it is in use
 * @param {Record<string, string>} [options.env] more settings
 * @param {string[]} [options.nodeArgs] for Node itself, such as --inspect
 * @param {string[]} [options.command] of n8n, such as ['worker']
 * @param {string} [options.log] name of its log file
 * @returns {Promise<N8n>}
 */
export async function startN8n({
	folder,
	port = 5678,
	env = {},
	nodeArgs = [],
	command = ['start'],
	log = 'n8n',
}) {
	mkdirSync(folder, { recursive: true });
	const chosen = await freePort(port);
	const url = `http://127.0.0.1:${chosen}`;
	const inherited = Object.fromEntries(PASSED_ON.map((name) => [name, process.env[name]]));
	const server = startServer(
		nodeOf(hostFolder()),
		[...nodeArgs, join(hostFolder(), 'node_modules', 'n8n', 'bin', 'n8n'), ...command],
		{
			cwd: folder,
			env: {
				...inherited,
				PATH: pathOf(hostFolder()),
				...SETTINGS,
				N8N_USER_FOLDER: folder,
				N8N_PORT: String(chosen),
				QUEUE_HEALTH_CHECK_PORT: String(chosen),
				N8N_EDITOR_BASE_URL: url,
				N8N_WEBHOOK_URL: `${url}/`,
				N8N_RUNNERS_BROKER_PORT: String(await freePort()),
				...env,
			},
			logFile: join(folder, `${log}.log`),
		},
	);
	await ready(
		url,
		server,
		command[0] === 'start' ? ['/healthz/readiness', '/rest/settings'] : ['/healthz/readiness'],
	);
	return { url, server };
}

/**
 * A command of n8n on the same folder, such as ['audit'], while n8n runs or not.
 * @param {string} folder N8N_USER_FOLDER
 * @param {string[]} command
 * @returns {Promise<string>} what it printed
 */
export async function n8nCommand(folder, command) {
	const env = {
		...process.env,
		...SETTINGS,
		PATH: pathOf(hostFolder()),
		N8N_USER_FOLDER: folder,
		N8N_RUNNERS_BROKER_PORT: String(await freePort()),
	};
	// What it says of itself goes to the other stream.
	const { stdout } = await execFileOf(
		nodeOf(hostFolder()),
		[join(hostFolder(), 'node_modules', 'n8n', 'bin', 'n8n'), ...command],
		{ cwd: folder, env, maxBuffer: 64 * 1024 * 1024 },
	);
	return stdout;
}

/** @param {N8n} n8n */
export const stopN8n = ({ server }) => stopServer(server);

const READY_WITHIN_MS = 120_000;

/** @param {string} url @returns {Promise<number | undefined>} */
const statusOf = async (url) =>
	(await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined))?.status;

/**
 * @param {string} url
 * @param {import('./processes.mjs').Server} server
 * @param {string[]} paths that must answer 200
 */
async function ready(url, server, paths) {
	for (const until = Date.now() + READY_WITHIN_MS; Date.now() < until; await sleep(200)) {
		if (server.ended)
			throw new PlainError('n8n ended while it was starting. The end of its log:', logTail(server));
		// Older versions call themselves ready before they have their REST API, so that is asked too.
		const statuses = await Promise.all(paths.map((path) => statusOf(url + path)));
		if (statuses.every((status) => status === 200)) return;
	}
	throw new PlainError(
		`n8n was not ready after ${READY_WITHIN_MS / 1000} s. The end of its log:`,
		logTail(server),
	);
}

/**
 * Installs a packed package where n8n keeps community nodes; n8n must not be running. As n8n itself
 * does: no install scripts, no peers (n8n brings n8n-workflow).
 * @param {string} folder N8N_USER_FOLDER
 * @param {string} tarball
 */
export async function installPackage(folder, tarball) {
	const nodes = join(folder, '.n8n', 'nodes');
	mkdirSync(nodes, { recursive: true });
	const manifest = join(nodes, 'package.json');
	if (!existsSync(manifest))
		writeFileSync(
			manifest,
			JSON.stringify({ name: 'installed-nodes', private: true, dependencies: {} }),
		);
	const options = [
		'--ignore-scripts',
		'--no-audit',
		'--no-fund',
		'--legacy-peer-deps',
		'--omit=dev',
		'--omit=peer',
		'--no-package-lock',
	];
	await must(
		'The package could not be installed into n8n',
		'npm',
		['install', tarball, ...options],
		{ cwd: nodes, onLine: () => {} },
	);
}
