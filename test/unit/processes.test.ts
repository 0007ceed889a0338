/** What becomes of the servers of a command whose process ends early (scripts/host/processes.mjs). */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const PROCESSES = pathToFileURL(join(__dirname, '../../scripts/host/processes.mjs')).href;
/** Says its process id, ignores being asked to end, and talks on. */
const SERVER = `
process.on('SIGTERM', () => console.log('asked to end'));
process.stdout.on('error', () => process.exit(3));
console.log(process.pid);
setInterval(() => console.log('still here'), 20);
`;

async function until<T>(look: () => T | undefined): Promise<T> {
	for (let n = 0; n < 500; n++) {
		const found = look();
		if (found !== undefined) return found;
		await sleep(20);
	}
	throw new Error('it did not happen within 10 s');
}
const lives = (pid: number) => {
	try {
		process.kill(pid, 0);
		return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
	} catch {
		return false;
	}
};

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A command that starts the server and then does this. */
async function started(then: string) {
	const folder = mkdtempSync(join(tmpdir(), 'processes-'));
	folders.push(folder);
	const logFile = join(folder, 'server.log');
	const script = join(folder, 'command.mjs');
	writeFileSync(
		script,
		`const { startServer, stopServer } = await import(${JSON.stringify(PROCESSES)});
const server = startServer(process.execPath, ['-e', ${JSON.stringify(SERVER)}], {
	cwd: '/', env: process.env, logFile: ${JSON.stringify(logFile)},
});
process.on('SIGUSR2', () => { ${then} });
setInterval(() => {}, 1000);`,
	);
	const command: ChildProcess = spawn(process.execPath, [script], { stdio: 'ignore' });
	const pid = await until(() => {
		const [line] = existsSync(logFile) ? readFileSync(logFile, 'utf8').split('\n') : [];
		return Number(line) || undefined;
	});
	return { command, logFile, pid };
}

describe('the servers of a command', () => {
	it('go on writing to their log when the command is killed: n8n would spin on a broken pipe', async () => {
		const { command, logFile, pid } = await started('');
		try {
			command.kill('SIGKILL');
			await until(() => (command.signalCode === null ? undefined : true));
			const { size } = statSync(logFile);
			await until(() => (statSync(logFile).size > size + 200 ? true : undefined));
			expect(lives(pid)).toBe(true);
		} finally {
			if (lives(pid)) process.kill(pid, 'SIGKILL');
		}
	});

	it('are ended when the command ends while it still waits for them to stop', async () => {
		const { command, logFile, pid } = await started(
			`void stopServer(server, 60_000); setTimeout(() => process.exit(130), 200);`,
		);
		try {
			command.kill('SIGUSR2');
			await until(() => (command.exitCode === null ? undefined : true));
			expect(readFileSync(logFile, 'utf8')).toContain('asked to end');
			await until(() => (lives(pid) ? undefined : true));
		} finally {
			if (lives(pid)) process.kill(pid, 'SIGKILL');
		}
	});
});
