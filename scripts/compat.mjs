/**
 * `npm run compat`: whether the package works with another n8n or database: it is packed and
 * installed, reconcile runs on the sandbox, and what must hold afterwards is checked, as `npm run
 * demo -- --once` does with n8n 2.41 on SQLite. --n8n 2.0.0: that version, installed once into
 * .cache/ (some minutes, 2 GB); the templates run without the nodes that it does not know, which are
 * named. --postgres: on PostgreSQL, which is found on this machine or
 * installed.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sandboxOnly } from './demo/sandbox.mjs';
import { must } from './host/command.mjs';
import { PlainError, say, step } from './host/console.mjs';
import { buildSqlite, copySqlite, hostFolder, PROJECT } from './host/install.mjs';
import { ensureNode24 } from './host/npm.mjs';
import { stopAll, runUntilStopped } from './host/processes.mjs';
import { startPostgres } from './queue/servers.mjs';

/** What scripts/host/n8n.mjs sets for 2.41 and an older n8n does not know. */
const OF_ANY_N8N = { N8N_DISABLED_MODULES: 'insights' };

/** @param {string} version @returns {Promise<string>} the folder that holds it */
async function otherN8n(version) {
	const folder = join(PROJECT, '.cache', `n8n-${version}`);
	const done = join(folder, 'installed');
	if (existsSync(done)) return folder;
	mkdirSync(folder, { recursive: true });
	// n8n 2.0 takes xlsx from its maker's own server; the registry's copy does as well here, because
	// nothing in the templates uses it.
	const manifest = {
		name: 'n8n-host',
		private: true,
		dependencies: { n8n: version, node: '24.21.0' },
		overrides: { xlsx: '0.18.5' },
	};
	writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
	const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
	await step(`Installing n8n ${version}, once (some minutes, 2 GB)`, (report) =>
		must('n8n could not be installed', 'npm', ['install', ...options], {
			cwd: folder,
			onLine: report,
		}),
	);
	await ensureNode24(folder);
	if (!copySqlite(hostFolder(), folder))
		await step('Fetching or building SQLite for it', (report) => buildSqlite(folder, report));
	writeFileSync(done, '');
	return folder;
}

async function compat() {
	const { n8n: version, postgres } = parseArgs({
		options: { n8n: { type: 'string' }, postgres: { type: 'boolean', default: false } },
	}).values;
	if (version && !/^\d+\.\d+\.\d+$/.test(version))
		throw new PlainError(
			`"${version}" is no version of n8n.`,
			'Known: npm run compat -- [--n8n 2.0.0] [--postgres]',
		);
	sandboxOnly('npm run compat');
	// Read when what starts n8n is loaded, so that is done afterwards.
	if (version) process.env.N8N_HOST_FOLDER ??= await otherN8n(version);
	const { nodeTypesOf, unknownIn, without } = await import('./demo/known.mjs');
	const { imported, setUp } = await import('./demo/setup.mjs');
	const { startN8n } = await import('./host/n8n.mjs');
	const { endState } = await import('./demo/endState.mjs');
	const { reportOf, tableOf } = await import('./demo/report.mjs');
	/** @type {Awaited<ReturnType<typeof startPostgres>> | undefined} */
	let database;
	const stage = await setUp({
		// The gate runs two of these side by side: all state of a run is in a folder of its own.
		folder: join(
			PROJECT,
			'.cache',
			`compat-with-${version ?? 'the-same-n8n'}${postgres ? '-on-postgres' : ''}`,
		),
		// Another n8n may run beside it: any port but the usual one.
		port: 0,
		env: version ? OF_ANY_N8N : {},
		start: async (options) => {
			if (postgres) database = await startPostgres(join(options.folder, 'postgres'));
			const env = { ...options.env, ...database?.env };
			return await step('Starting n8n', () => startN8n({ ...options, env }));
		},
	});
	const types = await nodeTypesOf(stage.session);
	let needsNewer = false;
	for (const [file, { id }] of Object.entries(stage.workflows)) {
		const workflow = await stage.session.workflow(id);
		const unknown = unknownIn(workflow, types);
		if (unknown.length === 0) continue;
		needsNewer = true;
		say(
			`• ${file} needs a newer n8n: ${unknown.map(({ node, why }) => `${node} (${why})`).join('; ')}`,
		);
		const names = unknown.map(({ node }) => node);
		const { name, nodes, connections, settings } = without(workflow, names);
		await stage.session.importWorkflow({ id, name, nodes, connections, settings });
	}
	const { id, trigger } = imported(stage.workflows, 'reconcile');
	const report = reportOf(await step('Running reconcile', () => stage.session.run(id, trigger)));
	const checks = await endState(stage, report);
	const lifecycle = imported(stage.workflows, 'full-lifecycle');
	const polled = reportOf(
		await step('Running full-lifecycle from its trigger', () =>
			stage.session.run(lifecycle.id, 'When People Change'),
		),
	);
	checks.push({
		what: 'the trigger reads people, and nothing after it fails',
		ok: polled.failures.length === 0 && polled.status !== 'error',
		detail: [...new Set([polled.status, ...polled.failures])].join('; '),
	});
	// In n8n 2.0 a workflow that calls itself ends at once, without a word: workflows/README.md says
	// from which version on the templates work.
	if (!needsNewer) {
		const waiting = { workflowId: lifecycle.id, status: ['waiting'] };
		const before = (await stage.session.executions(waiting)).length;
		const run = await step('Running full-lifecycle by hand', () =>
			stage.session.run(lifecycle.id, lifecycle.trigger),
		);
		const { counts } = reportOf(run);
		const asleep = (await stage.session.executions(waiting)).length - before;
		checks.push({
			what: 'who waits for a day sleeps in an execution apart',
			ok: counts.waiting > 0 && asleep === 1,
			detail: `${counts.waiting} people, ${asleep} more executions wait`,
		});
	}
	const { versionCli } = await stage.session.call('GET', '/settings');
	if (version)
		checks.push({
			what: `this was n8n ${version}`,
			ok: versionCli === version,
			detail: String(versionCli),
		});
	const failed = checks.filter(({ ok }) => !ok).length;
	say(`\n${tableOf({ ...report, reviews: [] })}\n`);
	for (const { what, ok, detail } of checks)
		say(`  ${ok ? '✓' : '✗'} ${what}${ok ? '' : `: ${detail}`}`);
	say(
		`\n${failed === 0 ? 'Works' : `${failed} of ${checks.length} checks failed`}: n8n ${versionCli} ` +
			`on ${database?.version ?? 'SQLite'}.`,
	);
	await stopAll();
	return failed === 0 ? 0 : 1;
}

runUntilStopped(compat);
