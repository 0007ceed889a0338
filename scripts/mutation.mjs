/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * `npm run mutation:policy`, `mutation:guards` (matching, limits and writes), `mutation:mapping`: the
 * share of small faults, put into the code one at a time, that the tests find. Stryker makes the
 * faults; a runner of our own tries them, because a start of Jest for each would take hours.
 * Results in .cache/mutation.
 */
import { join } from 'node:path';
import { run } from './host/command.mjs';
import { runMain } from './host/console.mjs';
import { PROJECT } from './host/install.mjs';
import { nodeOf } from './host/npm.mjs';
import { ensureProject, toolEnv } from './project.mjs';

await runMain(async () => {
	await ensureProject();
	const { code } = await run(
		nodeOf(PROJECT),
		[join(PROJECT, 'scripts', 'mutation', 'run.mjs'), ...process.argv.slice(2)],
		{ cwd: PROJECT, env: toolEnv() },
	);
	return code;
});
