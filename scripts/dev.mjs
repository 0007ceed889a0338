/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * `npm run dev`: a real n8n on the sandbox that takes up every change of nodes/, credentials/ and
 * icons/ while it runs; the editor shows it after a reload of the page at the latest. --fresh:
 * forget the n8n of the last start. --inspect: open Node's debugger on 127.0.0.1:9229.
 */
import { cpSync, existsSync, statSync, watch } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { claimFolder } from './demo/claim.mjs';
import { sandboxOnly } from './demo/sandbox.mjs';
import { imported, OWNER, setUp } from './demo/setup.mjs';
import { PACKAGE } from './demo/templates.mjs';
import { PlainError, runMain, say } from './host/console.mjs';
import { PROJECT } from './host/install.mjs';
import { nodeOf } from './host/npm.mjs';
import { startServer, stopAll, untilStopped } from './host/processes.mjs';

const folder = join(PROJECT, '.cache', 'dev');
/** Where n8n has this package; a real folder, because n8n does not reload through a link. */
const dist = join(folder, '.n8n', 'nodes', 'node_modules', PACKAGE, 'dist');

/** tsc writes every change straight into the package that n8n has loaded. */
function compileOnChange() {
	const args = [
		'-p',
		'tsconfig.build.json',
		'--watch',
		'--preserveWatchOutput',
		'--outDir',
		dist,
		'--sourceMap',
		'--inlineSources',
	];
	startServer(
		nodeOf(PROJECT),
		[join(PROJECT, 'node_modules', 'typescript', 'bin', 'tsc'), ...args],
		{
			cwd: PROJECT,
			env: process.env,
			logFile: join(folder, 'tsc.log'),
			onLine: (line) => {
				if (/error TS|Found \d+ error/.test(line)) say(`  ${line}`);
			},
		},
	);
}

/** Icons, codex files and output schemas are not compiled: they are copied. */
function copyOnChange() {
	for (const [from, to, wanted] of /** @type {const} */ ([
		['icons', 'icons', /\.svg$/],
		['nodes', 'nodes', /\.json$/],
	])) {
		watch(join(PROJECT, from), { recursive: true }, (_event, name) => {
			const file = join(PROJECT, from, name ?? '');
			if (name && wanted.test(name) && existsSync(file) && statSync(file).isFile())
				cpSync(file, join(dist, to, name));
		});
	}
}

/** @returns {{ fresh: boolean, inspect: boolean }} */
function options() {
	try {
		const { values } = parseArgs({
			options: {
				fresh: { type: 'boolean', default: false },
				inspect: { type: 'boolean', default: false },
			},
		});
		return { fresh: Boolean(values.fresh), inspect: Boolean(values.inspect) };
	} catch (error) {
		throw new PlainError(
			`${error instanceof Error ? error.message : error}.`,
			'Known: npm run dev -- [--fresh] [--inspect]',
		);
	}
}

async function dev() {
	const { fresh, inspect } = options();
	sandboxOnly('npm run dev');
	claimFolder(folder);
	const { n8n, sandbox, workflows } = await setUp({
		folder,
		keep: !fresh,
		env: { N8N_DEV_RELOAD: 'true' },
		nodeArgs: inspect ? ['--inspect=127.0.0.1:9229'] : [],
	});
	compileOnChange();
	copyOnChange();
	say(
		`\n  n8n      ${n8n.url}/workflow/${imported(workflows, 'reconcile').id}\n           sign in with ${OWNER.email} ` +
			`and ${OWNER.password}`,
	);
	say(`  sandbox  ${sandbox?.page}\n  logs     ${join(folder, 'n8n.log')}, tsc.log beside it`);
	say('\nWatching nodes/, credentials/ and icons/. Up until Ctrl-C.');
}

const stopped = untilStopped();
void runMain(async () => {
	await Promise.race([dev(), stopped]);
	await stopped;
	say('\nStopping …');
	return 0;
}, stopAll).then(() => process.exit());
