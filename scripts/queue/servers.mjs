/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * PostgreSQL and Redis for one n8n: found on this machine or installed, each with its data in a
 * folder of ours.
 */
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { exists, must, run } from '../host/command.mjs';
import { PlainError, say, step } from '../host/console.mjs';
import { aptInstall } from '../host/debian.mjs';
import { freePort, logTail, startServer } from '../host/processes.mjs';

/** @typedef {{ port: number, server: import('../host/processes.mjs').Server }} Running */

const READY_WITHIN_MS = 60_000;
const DEBIAN_POSTGRES = '/usr/lib/postgresql';

/** @param {string} tool @param {string} debianPackage */
async function findOrInstall(tool, debianPackage) {
	if (await exists(tool)) return say(`• ${debianPackage}: found on this machine`);
	await step(`Installing ${debianPackage}`, () =>
		aptInstall([debianPackage], `${tool} is missing.`),
	);
}

/**
 * @param {() => Promise<boolean>} isUp
 * @param {string} what
 * @param {import('../host/processes.mjs').Server} server
 */
async function until(isUp, what, server) {
	for (const end = Date.now() + READY_WITHIN_MS; Date.now() < end; await sleep(200)) {
		if (server.ended)
			throw new PlainError(
				`${what} ended while it was starting. The end of its log:`,
				logTail(server),
			);
		if (await isUp()) return;
	}
	throw new PlainError(
		`${what} was not ready after ${READY_WITHIN_MS / 1000} s. The end of its log:`,
		logTail(server),
	);
}

/** @param {string} folder @returns {Promise<Running>} */
export async function startRedis(folder) {
	await findOrInstall('redis-server', 'redis-server');
	mkdirSync(folder, { recursive: true });
	const port = await freePort();
	const server = startServer(
		'redis-server',
		['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
		{ cwd: folder, env: process.env, logFile: join(folder, 'redis.log') },
	);
	await until(
		async () =>
			(await run('redis-cli', ['-p', String(port), 'ping'], { cwd: folder, onLine: () => {} }))
				.code === 0,
		'Redis',
		server,
	);
	return { port, server };
}

/** Debian keeps the tools of PostgreSQL outside PATH. */
function postgresFolder() {
	const versions = existsSync(DEBIAN_POSTGRES)
		? readdirSync(DEBIAN_POSTGRES).sort((a, b) => Number(b) - Number(a))
		: [];
	return versions.length > 0 ? join(DEBIAN_POSTGRES, versions[0] ?? '', 'bin') : '';
}

/**
 * PostgreSQL refuses to run as root; its Debian package brings a user of its own.
 * @returns {Promise<{ uid: number, gid: number, prefix: string[] } | undefined>}
 */
async function otherUser() {
	if (process.getuid?.() !== 0) return undefined;
	const id = async (/** @type {string} */ flag) =>
		Number((await run('id', [flag, 'postgres'], { cwd: '/', onLine: () => {} })).tail.at(-1));
	return { uid: await id('-u'), gid: await id('-g'), prefix: ['runuser', '-u', 'postgres', '--'] };
}

/**
 * A database `n8n` that everybody on 127.0.0.1 may use.
 * @param {string} folder
 * @returns {Promise<Running & { env: Record<string, string>, version: string }>} env: what n8n
 *   needs to use it
 */
export async function startPostgres(folder) {
	if (!postgresFolder()) await findOrInstall('postgres', 'postgresql');
	else say('• postgresql: found on this machine');
	const bin = postgresFolder();
	const tool = (/** @type {string} */ name) => (bin ? join(bin, name) : name);
	const data = join(folder, 'data');
	mkdirSync(data, { recursive: true });
	const other = await otherUser();
	if (other) {
		for (const path of [folder, data]) chownSync(path, other.uid, other.gid);
		chmodSync(folder, 0o755);
	}
	const asOther = (/** @type {string[]} */ command) => [...(other?.prefix ?? []), ...command];
	const call = async (/** @type {string} */ what, /** @type {string[]} */ command) => {
		const [first = '', ...rest] = asOther(command);
		await must(what, first, rest, { cwd: '/', onLine: () => {} });
	};
	await call('The PostgreSQL data folder could not be made', [
		tool('initdb'),
		'-D',
		data,
		'-U',
		'n8n',
		'--auth=trust',
		'-E',
		'UTF8',
		'--no-sync',
	]);
	const port = await freePort();
	const [first = '', ...rest] = asOther([
		tool('postgres'),
		'-D',
		data,
		'-p',
		String(port),
		'-c',
		'listen_addresses=127.0.0.1',
		'-c',
		'unix_socket_directories=',
		'-c',
		'fsync=off',
	]);
	const server = startServer(first, rest, {
		cwd: '/',
		env: process.env,
		logFile: join(folder, '..', 'postgres.log'),
	});
	const at = ['-h', '127.0.0.1', '-p', String(port), '-U', 'n8n'];
	await until(
		async () => (await run(tool('pg_isready'), at, { cwd: '/', onLine: () => {} })).code === 0,
		'PostgreSQL',
		server,
	);
	await call('The database could not be created', [tool('createdb'), ...at, 'n8n']);
	let version = '';
	await run(tool('postgres'), ['--version'], {
		cwd: '/',
		onLine: (line) => (version = line.replace('postgres (PostgreSQL)', 'PostgreSQL')),
	});
	const env = {
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(port),
		DB_POSTGRESDB_DATABASE: 'n8n',
		DB_POSTGRESDB_USER: 'n8n',
	};
	return { port, server, env, version };
}
