/** A PostgreSQL of its own in a temporary folder, on 127.0.0.1. */
import { mkdtempSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { exists, must, run } from '../host/command.mjs';
import { PlainError } from '../host/console.mjs';
import { freePort, logTail, startServer } from '../host/processes.mjs';

const USER = 'n8n';
const READY_WITHIN_MS = 30_000;
const quiet = { cwd: '/', onLine: () => {} };

/** PostgreSQL refuses to run as root: then it runs as the user its Debian package made. */
const AS_ITS_USER = process.getuid?.() === 0 ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups'] : [];

/** @param {string[]} command @returns {{ command: string, args: string[] }} */
function asItsUser(command) {
	const [first, ...args] = [...AS_ITS_USER, ...command];
	return { command: /** @type {string} */ (first), args };
}

/** @param {number} port @returns {Promise<boolean>} */
const answers = (port) =>
	new Promise((resolve) => {
		const socket = createConnection(port, '127.0.0.1', () => resolve(true));
		socket.once('error', () => resolve(false)).once('connect', () => socket.end());
	});

/** @returns {Promise<{ env: Record<string, string>, version: string, folder: string }>} env: what n8n needs to use it */
export async function startPostgres() {
	for (const command of ['initdb', 'postgres']) if (!(await exists(command))) throw new PlainError(`${command} cannot be called.`, 'Install PostgreSQL and put its bin folder into PATH.');
	const folder = mkdtempSync(join(tmpdir(), 'compat-postgres-'));
	if (AS_ITS_USER.length > 0) await must('The folder could not be given to PostgreSQL', 'chown', ['postgres', folder], quiet);
	const init = asItsUser(['initdb', '--pgdata', folder, '--username', USER, '--auth', 'trust', '--encoding', 'UTF8']);
	await must('The database could not be created', init.command, init.args, quiet);
	const port = await freePort();
	const { command, args } = asItsUser(['postgres', '-D', folder, '-p', String(port), '-h', '127.0.0.1', '-k', folder]);
	const server = startServer(command, args, { cwd: '/', env: process.env, logFile: `${folder}.log` });
	for (const until = Date.now() + READY_WITHIN_MS; !(await answers(port)); await sleep(200)) {
		if (server.ended || Date.now() > until) throw new PlainError('PostgreSQL did not start. The end of its log:', logTail(server));
	}
	let version = '';
	await run('postgres', ['--version'], { cwd: '/', onLine: (line) => (version = line.replace('postgres (PostgreSQL)', 'PostgreSQL')) });
	const env = { DB_TYPE: 'postgresdb', DB_POSTGRESDB_HOST: '127.0.0.1', DB_POSTGRESDB_PORT: String(port), DB_POSTGRESDB_DATABASE: 'postgres', DB_POSTGRESDB_USER: USER, DB_POSTGRESDB_PASSWORD: '' };
	return { env, version, folder };
}
