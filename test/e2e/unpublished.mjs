/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * A template that calls itself, run on the command line while it is not published: n8n lets it call
 * nobody. It says what to do, and does not fail.
 */
import { n8nCommand } from '../../scripts/host/n8n.mjs';
import { Copies } from './copies.mjs';
import { tableOf } from './firstRun.mjs';

const SAID =
	'Nobody is waited for, because this workflow could not call itself. Publish it, then run it again.';

/**
 * @param {import('../../scripts/demo/setup.mjs').Stage} stage
 * @param {import('./checks.mjs').Checks} checks
 * @param {string} folder N8N_USER_FOLDER
 */
export async function checkUnpublished({ session }, checks, folder) {
	const copies = await Copies.begin(session, 'unpublished');
	try {
		const execute = async (/** @type {string} */ id) => {
			const { writes } = await copies.writesOf(() => n8nCommand(folder, ['execute', `--id=${id}`]));
			const run = (await session.executions({ workflowId: id })).find(({ mode }) => mode === 'cli');
			const execution = await session.execution(run.id);
			const rows = tableOf(execution, 'Needs Review');
			return { status: execution.status, rows, writes };
		};
		// The command begins at the trigger, and has it find one empty item (n8n 2.41).
		const ships = await execute(await copies.import('full-lifecycle'));
		checks.check(
			'full-lifecycle as it ships: success, nobody found, nothing written, and Needs Review says why',
			ships.status === 'success' &&
				ships.writes.length === 0 &&
				ships.rows.length === 1 &&
				String(ships.rows[0]?.Why).startsWith('The item names no person.'),
			ships,
		);
		const byHand = await execute(
			await copies.import('full-lifecycle', {
				as: 'by hand',
				change: (nodes) =>
					nodes.splice(
						nodes.findIndex(({ name }) => name === 'When People Change'),
						1,
					),
			}),
		);
		const waits = byHand.rows.filter(({ Person }) => Person === 'Everybody who waits');
		checks.check(
			'from Run Now: success, everybody else is done, and Needs Review says to publish it first',
			byHand.status === 'success' &&
				byHand.writes.length > 60 &&
				waits.length === 1 &&
				String(waits[0]?.Why).startsWith(SAID),
			{ status: byHand.status, writes: byHand.writes.length, waits },
		);
	} finally {
		await copies.end();
	}
}
