/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * The sandbox (test/sandbox): both services on this machine, as a process of its own.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { PlainError } from '../host/console.mjs';
import { PROJECT } from '../host/install.mjs';
import { nodeOf } from '../host/npm.mjs';
import { logTail, startServer, stopServer } from '../host/processes.mjs';
import { TSX } from '../project.mjs';

/**
 * @typedef {object} Sandbox
 * @property {{ baseUrl: string, token: string }} humaans
 * @property {{ baseUrl: string, apiKey: string }} jumpCloud
 * @property {string} page the page for people
 * @property {import('../host/processes.mjs').Server} server
 */

/** @param {string} what that must never meet the real services, as the first words of a sentence */
export function sandboxOnly(what) {
	if (process.env.HUMAANS_ACCESS_TOKEN || process.env.JUMPCLOUD_API_KEY)
		throw new PlainError(
			`${what} only runs on the sandbox.`,
			'Unset HUMAANS_ACCESS_TOKEN and JUMPCLOUD_API_KEY.',
		);
}

const READY_WITHIN_MS = 30_000;

/**
 * @param {object} options
 * @param {string} options.folder for its log
 * @param {string} [options.company] a folder of test/data
 * @param {string[]} [options.scopes] of the Humaans token, instead of the company's
 * @param {number} [options.latencyMs] of every answer
 * @param {object} [options.quirks] switches of test/sandbox/quirks.ts
 * @returns {Promise<Sandbox>}
 */
export async function startSandbox({
	folder,
	company = 'acme',
	scopes,
	latencyMs = 0,
	quirks = {},
}) {
	/** @type {(line: string) => void} */
	let told = () => {};
	const readyLine = new Promise((resolve) => (told = resolve));
	const server = startServer(
		nodeOf(PROJECT),
		[
			TSX,
			join(PROJECT, 'test', 'sandbox', 'main.ts'),
			...['--company', join(PROJECT, 'test', 'data', company), '--shift-to-today'],
			...['--humaans-port', '0', '--jumpcloud-port', '0', '--page-port', '0'],
			...['--latency', String(latencyMs), '--quirks', JSON.stringify(quirks)],
			// Policies of one n8n share their limits within an organization.
			...['--organization', randomBytes(12).toString('hex')],
			...(scopes ? ['--scopes', scopes.join(',')] : []),
		],
		{
			cwd: PROJECT,
			env: process.env,
			logFile: join(folder, 'sandbox.log'),
			onLine: (line) => {
				if (line.startsWith('{"ready":true')) told(line);
			},
		},
	);
	const ended = new Promise((resolve) => server.child.once('exit', resolve));
	const line = await Promise.race([
		readyLine,
		ended,
		new Promise((resolve) => setTimeout(resolve, READY_WITHIN_MS).unref()),
	]);
	if (typeof line !== 'string')
		throw new PlainError('The sandbox did not start. The end of its log:', logTail(server));
	return { ...JSON.parse(line), server };
}

/** @param {Sandbox} sandbox */
export const stopSandbox = ({ server }) => stopServer(server);

/**
 * What the sandbox's page shows. Of mails, requests and violations it has the newest 300.
 * @typedef {object} PageState
 * @property {any[]} people
 * @property {any[]} accounts
 * @property {any[]} outbox the mails
 * @property {number} mails how many there were
 * @property {any[]} log the requests
 * @property {number} requests how many there were
 * @property {number} writes how many of them changed something in JumpCloud
 * @property {any[]} violations requests outside the contract
 */

/** @param {Sandbox} sandbox @returns {Promise<PageState>} */
export async function stateOf({ page }) {
	return /** @type {Promise<PageState>} */ ((await fetch(new URL('/state', page))).json());
}

/**
 * All JumpCloud accounts as the API gives them, read with the demo's own key. Adds to the request
 * log, never to the writes.
 * @param {Sandbox} sandbox
 * @returns {Promise<any[]>}
 */
export async function accountsOf({ jumpCloud }) {
	/** @type {any[]} */
	const accounts = [];
	for (;;) {
		const query = `limit=100&skip=${accounts.length}&sort=_id`;
		const answer = await fetch(`${jumpCloud.baseUrl}/api/systemusers?${query}`, {
			headers: { 'x-api-key': jumpCloud.apiKey },
		});
		const { results, totalCount } = /** @type {{ results: any[], totalCount: number }} */ (
			await answer.json()
		);
		accounts.push(...results);
		if (results.length === 0 || accounts.length >= totalCount) return accounts;
	}
}
