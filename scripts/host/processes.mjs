/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * Servers that a command starts: each in its own process group, so that stopping one leaves none of
 * its children behind.
 */
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { runMain } from './console.mjs';

/**
 * @typedef {object} Server
 * @property {import('node:child_process').ChildProcess} child
 * @property {string} logFile
 * @property {boolean} ended
 */

/** @type {Set<Server>} */
const running = new Set();

/**
 * Its output goes to the file itself, not through this process: n8n whose reader is gone reports
 * that without end, with a whole core. Only with onLine this process reads what it says.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env: Record<string, string | undefined>, logFile: string, onLine?:
 *   (line: string) => void }} options
 * @returns {Server}
 */
export function startServer(command, args, { cwd, env, logFile, onLine }) {
	const log = openSync(logFile, 'w');
	const child = spawn(command, args, {
		cwd,
		env: /** @type {NodeJS.ProcessEnv} */ (env),
		stdio: ['ignore', onLine ? 'pipe' : log, log],
		detached: true,
	});
	const server = { child, logFile, ended: false };
	running.add(server);
	let rest = '';
	child.stdout?.setEncoding('utf8').on('data', (text) => {
		writeSync(log, text);
		const lines = (rest + text).split('\n');
		rest = lines.pop() ?? '';
		lines.forEach((line) => onLine?.(line));
	});
	const end = () => void (server.ended = true);
	child.once('error', end);
	child.once('exit', end);
	// What it still had to say comes after its exit.
	child.once('close', () => closeSync(log));
	return server;
}

/**
 * @param {Server} server
 * @param {NodeJS.Signals | 0} signal
 * @returns {boolean} whether the group has a process left
 */
function signalGroup({ child }, signal) {
	if (child.pid === undefined) return false;
	try {
		process.kill(-child.pid, signal);
		return true;
	} catch {
		return false;
	}
}

/** Asks the group to end, and ends it after the grace period. @param {Server} server */
export async function stopServer(server, graceMs = 8_000) {
	const until = Date.now() + graceMs;
	signalGroup(server, 'SIGTERM');
	while (signalGroup(server, 0)) {
		if (Date.now() > until) signalGroup(server, 'SIGKILL');
		await sleep(50);
	}
	// Not before: when this process ends meanwhile, they end with it.
	running.delete(server);
}

export async function stopAll() {
	await Promise.all([...running].map((server) => stopServer(server)));
}

// Whatever ends this process, its servers end with it.
process.on('exit', () => {
	for (const server of running) signalGroup(server, 'SIGKILL');
});

/** One Ctrl-C can arrive twice, from the terminal and from npm. */
const SAME_SIGNAL_MS = 1_000;

/**
 * Resolves at the first Ctrl-C or kill; another one later ends everything at once.
 * @returns {Promise<NodeJS.Signals>}
 */
export function untilStopped() {
	return new Promise((resolve) => {
		let asked = 0;
		for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
			process.on(signal, () => {
				if (asked && Date.now() - asked > SAME_SIGNAL_MS) process.exit(130);
				asked ||= Date.now();
				resolve(signal);
			});
		}
	});
}

/** The last lines of a server's log, for an error message. @param {Server} server */
export function logTail({ logFile }, lines = 15) {
	return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-lines).join('\n  ');
}

/**
 * @param {number} port
 * @returns {Promise<number>} the port itself when it is free on 127.0.0.1, else another one
 */
export async function freePort(port = 0) {
	const tried = await new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(0));
		server.listen(port, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
		});
	});
	return tried || freePort(0);
}

/**
 * Runs an entry point that starts servers, until its end or the first Ctrl-C (then it ends with 130);
 * nothing it started is left.
 * @param {() => Promise<number>} main answers with the exit code
 */
export function runUntilStopped(main) {
	const stopped = untilStopped();
	void runMain(async () => {
		const code = await Promise.race([main(), stopped]);
		return typeof code === 'number' ? code : 130;
	}, stopAll).then(() => process.exit());
}
