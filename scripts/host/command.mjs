/** Runs before anything is installed: only Node's own modules here and in what it imports. */
import { spawn } from 'node:child_process';
import { PlainError } from './console.mjs';

/**
 * @typedef {object} CommandOptions
 * @property {string} cwd
 * @property {Record<string, string | undefined>} [env] added to this process's environment
 * @property {(line: string) => void} [onLine] every line it prints; without it the command's
 *   output goes to the terminal
 */

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

// Whatever ends this process, a command it waits for ends with it.
process.on('exit', () => {
	for (const child of running) child.kill('SIGTERM');
});

/** Lines of output kept to explain a failure. */
const TAIL = 25;

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {CommandOptions} options
 * @returns {Promise<{ code: number, tail: string[] }>} tail: its last lines, empty when they went
 *   to the terminal
 */
export function run(command, args, { cwd, env = {}, onLine }) {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, {
			cwd,
			env: { ...process.env, ...env },
			stdio: onLine ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
		});
		running.add(child);
		/** @type {string[]} */
		const tail = [];
		for (const stream of [child.stdout, child.stderr]) {
			let rest = '';
			stream?.setEncoding('utf8').on('data', (text) => {
				const lines = (rest + text).split(/\r?\n/);
				rest = lines.pop() ?? '';
				for (const line of lines) {
					tail.push(line);
					if (tail.length > TAIL) tail.shift();
					onLine?.(line);
				}
			});
		}
		child.once('error', (error) => {
			running.delete(child);
			reject(new PlainError(`${command} could not be started: ${error.message}.`));
		});
		child.once('close', (code) => {
			running.delete(child);
			resolve({ code: code ?? 1, tail });
		});
	});
}

/**
 * Like run, but a failure is an error with the last lines of the output.
 * @param {string} what what could not be done, for the error
 * @param {string} command
 * @param {string[]} args
 * @param {CommandOptions} options
 */
export async function must(what, command, args, options) {
	const { code, tail } = await run(command, args, options);
	if (code !== 0)
		throw new PlainError(
			`${what} (${command} ended with ${code}).`,
			tail.filter((line) => line.trim()).join('\n  '),
		);
}

/** @param {string} command @returns {Promise<boolean>} whether it can be called */
export async function exists(command) {
	const { code } = await run('sh', ['-c', `command -v ${command}`], { cwd: '.', onLine: () => {} });
	return code === 0;
}
