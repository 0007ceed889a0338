/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * `npm run dev` in a copy of the project: a change of a source file is in n8n a moment later, in
 * the panel and when a workflow runs.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { OWNER } from '../../scripts/demo/setup.mjs';
import { PACKAGE } from '../../scripts/demo/templates.mjs';
import { PROJECT, hostFolder } from '../../scripts/host/install.mjs';
import { nodeOf } from '../../scripts/host/npm.mjs';
import { startServer, stopServer } from '../../scripts/host/processes.mjs';
import { Session } from '../../scripts/host/session.mjs';

const COPIED = [
	'.gitignore',
	'.npmrc',
	'LICENSE',
	'README.md',
	'credentials',
	'gulpfile.js',
	'icons',
	'index.ts',
	'nodes',
	'package.json',
	'package-lock.json',
	'scripts',
	'test/data',
	'test/sandbox',
	'tsconfig.build.json',
	'tsconfig.json',
	'workflows',
];
const MARK = 'Reloaded While Running';

/** Somebody whose work email is none: Field Mapper says so, in words of `fields.ts`. */
const SOMEBODY = {
	personId: 'p1',
	person: { id: 'p1', status: 'active', firstName: 'Ana', lastName: 'Silva', email: 'nowhere' },
};
const to = (/** @type {string} */ node) => ({ main: [[{ node, type: 'main', index: 0 }]] });
const MAP_SOMEBODY = {
	id: 'e2eHotReload0000',
	name: 'Map somebody',
	nodes: [
		{
			id: 'h1',
			name: 'Run Now',
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		},
		{
			id: 'h2',
			name: 'Somebody',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			position: [300, 0],
			parameters: { mode: 'raw', jsonOutput: JSON.stringify(SOMEBODY) },
		},
		{
			id: 'h3',
			name: 'Map Fields',
			type: `${PACKAGE}.fieldMapper`,
			typeVersion: 1,
			position: [600, 0],
			parameters: {},
		},
	],
	connections: { 'Run Now': to('Somebody'), Somebody: to('Map Fields') },
	settings: {},
};

/** @param {() => Promise<boolean>} holds */
async function within(holds, ms = 60_000) {
	for (const until = Date.now() + ms; Date.now() < until; await sleep(500))
		if (await holds()) return true;
	return false;
}

/** @param {import('./checks.mjs').Checks} checks */
export async function checkHotReload(checks) {
	const copy = mkdtempSync(join(tmpdir(), 'hot-reload-'));
	for (const part of COPIED) cpSync(join(PROJECT, part), join(copy, part), { recursive: true });
	symlinkSync(join(PROJECT, 'node_modules'), join(copy, 'node_modules'));
	symlinkSync(hostFolder(), join(copy, '.host'));
	/** @type {string[]} */
	const lines = [];
	const server = startServer(nodeOf(PROJECT), [join(copy, 'scripts', 'dev.mjs')], {
		cwd: copy,
		env: process.env,
		logFile: join(copy, 'dev.log'),
		onLine: (line) => lines.push(line),
	});
	try {
		await within(
			async () => server.ended || lines.some((line) => line.startsWith('Watching ')),
			180_000,
		);
		const url = lines.map((line) => /n8n +(http:\/\/[^/]+)\//.exec(line)?.[1]).find(Boolean);
		checks.check('npm run dev starts', url !== undefined, lines.slice(-10).join('\n'));
		if (!url) return;
		const session = new Session(url);
		await session.signIn(OWNER);
		await session.importWorkflow(MAP_SOMEBODY);
		const panel = async () =>
			(
				await fetch(`${url}/types/nodes.json`, {
					headers: { cookie: session.cookie, 'browser-id': 'demo' },
				})
			).text();
		const problems = async () => {
			const { data } = await session.run(MAP_SOMEBODY.id, 'Run Now');
			return JSON.stringify(
				data.resultData.runData['Map Fields']?.[0]?.data.main[0][0].json.desired.problems,
			);
		};
		checks.check(
			'neither panel nor run show what is not there yet',
			!(await panel()).includes(MARK) && !(await problems()).includes(MARK),
		);
		const edit = (
			/** @type {string[]} */ path,
			/** @type {string} */ from,
			/** @type {string} */ to,
		) => {
			const file = join(copy, 'nodes', 'core', ...path);
			const source = readFileSync(file, 'utf8');
			if (!source.includes(from)) throw new Error(`${path.join('/')} has no ${from}`);
			writeFileSync(file, source.replace(from, to));
		};
		edit(['account', 'attributes.ts'], "'Employee Type'", `'${MARK}'`);
		edit(['mapping', 'fields.ts'], 'is not a valid email address', `is no address (${MARK})`);
		checks.check(
			'the panel shows a changed label',
			await within(async () => (await panel()).includes(MARK)),
		);
		checks.check(
			'a run uses the changed code',
			await within(async () => (await problems()).includes(MARK)),
			await problems(),
		);
	} finally {
		await stopServer(server);
		rmSync(copy, { recursive: true, force: true });
	}
}
