/**
 * A template that calls itself, run on the command line while it is not published: n8n lets it call
 * nobody. It says what to do, and does not fail.
 */
import { n8nCommand } from '../../scripts/host/n8n.mjs';
import { Copies } from './copies.mjs';
import { tableOf } from './firstRun.mjs';

const FILES = ['full-lifecycle', 'start-date-activation'];

/**
 * @param {import('../../scripts/demo/setup.mjs').Stage} stage
 * @param {import('./checks.mjs').Checks} checks
 * @param {string} folder N8N_USER_FOLDER
 */
export async function checkUnpublished({ session }, checks, folder) {
	const copies = await Copies.begin(session, 'unpublished');
	try {
		for (const file of FILES) {
			const id = await copies.import(file);
			await n8nCommand(folder, ['execute', `--id=${id}`]);
			const [newest] = await session.executions({ workflowId: id });
			const execution = await session.execution(newest.id);
			const waits = tableOf(execution, 'Needs Review').filter(
				(row) => row.Person === 'Everybody who waits',
			);
			checks.check(
				`${file}: it ends with success, and Needs Review says what to do`,
				execution.status === 'success' &&
					waits.length === 1 &&
					String(waits[0]?.Why).startsWith(
						'Nobody is waited for, because this workflow could not call itself. Publish it,',
					),
				[execution.status, waits],
			);
		}
	} finally {
		await copies.end();
	}
}
