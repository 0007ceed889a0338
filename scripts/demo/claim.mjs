/** Runs before anything is installed: only Node's own modules here and in what it imports. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { PlainError } from '../host/console.mjs';
import { PROJECT } from '../host/install.mjs';

/** @param {number} pid */
function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
	}
}

/**
 * One process at a time may use a folder of state: two n8n on one database damage it.
 * @param {string} folder
 */
export function claimFolder(folder) {
	// Beside the folder, not in it: a fresh start empties the folder.
	const claim = join(PROJECT, '.cache', `${basename(folder)}.pid`);
	if (existsSync(claim)) {
		const pid = Number(readFileSync(claim, 'utf8'));
		if (pid > 0 && isAlive(pid))
			throw new PlainError(
				`It is running already, as process ${pid}.`,
				`Stop that one first. If no such process is yours, delete ${claim}.`,
			);
	}
	mkdirSync(dirname(claim), { recursive: true });
	writeFileSync(claim, String(process.pid));
	process.on('exit', () => rmSync(claim, { force: true }));
}
