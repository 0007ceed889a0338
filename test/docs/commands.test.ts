/**
 * Every command that the pages and the GitHub workflows name exists, and is run by a test, by CI,
 * or needs something that no test has.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parse } from 'yaml';
import { PAGES, commandsOf, inRepository, read } from './pages';

const files = inRepository();
/** The parts of the gate: an ES module, so Node reads it. */
const PARTS = JSON.parse(
	execFileSync(
		process.execPath,
		[
			...['--input-type=module', '-e'],
			"import { PARTS } from './scripts/gate/parts.mjs'; console.log(JSON.stringify(PARTS));",
		],
		{ cwd: join(__dirname, '..', '..'), encoding: 'utf8' },
	),
) as Array<{ name: string; npm: string[] }>;
const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;

/** Where an npm script is run: a test, CI, or by hand only, and why. */
const RUN_BY: ReadonlyArray<readonly [RegExp, string]> = [
	[
		/^(test|test:long|test:e2e|demo|test:chaos|bench|test:queue|compat)$/,
		'CI (scripts/gate/parts.mjs); of chaos and bench a short form',
	],
	[/^(test:unit|test:engine|lint|typecheck|build|format:check|house)$/, 'part of npm test'],
	[/^format$/, 'by hand: it changes files; npm test checks that nothing is left to change'],
	[/^scan$/, 'test/unit/package.scan.long.test.ts'],
	[/^release$/, 'test/docs/release.long.test.ts'],
	[/^dev$/, 'test/e2e/hotReload.mjs'],
	[/^sandbox$/, 'the e2e test starts it'],
	[/^live-check$/, 'test/liveCheck/switches.test.ts, against the sandbox'],
	[/^mutation:/, 'by hand: it takes minutes, and more cores'],
	[/^pictures$/, 'by hand: test/docs/pictures.test.ts says when'],
	[/^test:watch$/, 'by hand: it does not end'],
	[/^demo:queue$/, 'test:queue shares its set-up'],
];
const isRun = (script: string): boolean => RUN_BY.some(([pattern]) => pattern.test(script));

/** Other commands of the pages, by how they begin. */
const OTHERS: ReadonlyArray<readonly [RegExp, string]> = [
	[/^(UPDATE_DOCS=1 )?npx jest test\//, 'test/docs/contributing.long.test.ts follows it'],
	[/^cp nodes\//, 'test/docs/contributing.long.test.ts follows it'],
	[/^npm (ci|pack)$/, 'by hand: scripts/host/n8n.mjs packs the same files'],
	[
		/^mkdir -p ~\/\.n8n\/nodes && cd ~\/\.n8n\/nodes$|^npm install --prefix \. --omit=peer --ignore-scripts <path>\//,
		'by hand; scripts/host/n8n.mjs installs the packed package the same way',
	],
	[/^cp n8n-nodes-humaans-jumpcloud-[\d.]+\.tgz docs\/docker\/$/, 'needs Docker'],
	[/^docker /, 'needs Docker'],
	[/^N8N_UNVERIFIED_PACKAGES_ENABLED=true$/, 'a setting, not a command'],
];

const npmScript = (command: string): string | null =>
	/^npm (?:run |)(test(?:$| )|[\w:.-]+)/
		.exec(command.replace(/^npm run --silent /, 'npm run '))?.[1]
		?.trim() ?? null;
const isKnown = (command: string): boolean =>
	OTHERS.some(([pattern]) => pattern.test(command)) ||
	(npmScript(command) !== null && npmScript(command)! in scripts && isRun(npmScript(command)!));

const inBlocks = PAGES.flatMap((page) =>
	commandsOf(read(page)).map((command) => ({ page, command })),
);
const inText = [
	...PAGES,
	...[...files].filter(
		(file) => /^(scripts|test)\/.*\.(mjs|ts)$/.test(file) && !file.startsWith('test/docs/'),
	),
].flatMap((page) =>
	[...read(page).matchAll(/`(npm (?:run [\w:.-]+|test)\b[^`]*)`/g)].map(([, command]) => ({
		page,
		command: command!,
	})),
);

it('finds commands', () => {
	expect(inBlocks.length).toBeGreaterThan(10);
	expect(inText.length).toBeGreaterThan(20);
});

it('every command of a code block is known here', () =>
	expect(inBlocks.filter(({ command }) => !isKnown(command))).toEqual([]));

it('every npm script that is named exists', () =>
	expect(inText.filter(({ command }) => !(npmScript(command)! in scripts))).toEqual([]));

it('every npm script says here where it is run', () =>
	expect(Object.keys(scripts).filter((name) => !isRun(name))).toEqual([]));

it('files that the table names are there', () => {
	const named = [...RUN_BY, ...OTHERS]
		.map(([, where]) => where)
		.flatMap((where) => where.match(/(?:test|scripts)\/[\w./-]+\.(?:ts|mjs)/g) ?? []);
	expect(named.filter((file) => !files.has(file))).toEqual([]);
});

describe('GitHub', () => {
	const yaml = [...files].filter((file) => /^\.github\/.*\.yml$/.test(file));
	interface Job {
		steps: Array<{ run?: string; uses?: string; with?: Record<string, unknown> }>;
		strategy?: { matrix: { node: number[]; part: string[] } };
		permissions?: Record<string, string>;
	}
	const workflow = (name: string) =>
		parse(read(`.github/workflows/${name}.yml`)) as {
			on: Record<string, unknown>;
			jobs: Record<string, Job>;
		};
	const runs = (job: Job) => job.steps.flatMap(({ run }) => run ?? []);

	it('every file is YAML', () => {
		expect(yaml.length).toBeGreaterThan(5);
		for (const file of yaml) expect(parse(read(file))).toBeInstanceOf(Object);
	});

	it('every npm script of the workflows exists', () => {
		const commands = ['ci', 'publish']
			.flatMap((name) => Object.values(workflow(name).jobs).flatMap(runs))
			.filter((run) => /^npm (run|test)/.test(run));
		expect(commands.length).toBeGreaterThan(2);
		expect(commands.filter((run) => !(npmScript(run)! in scripts))).toEqual([]);
	});

	it('CI runs every part of the gate on Node 22 and 24, side by side', () => {
		const { gate } = workflow('ci').jobs;
		expect(gate!.strategy!.matrix.node).toEqual([22, 24]);
		expect(gate!.strategy!.matrix.part).toEqual(PARTS.map(({ name }) => name));
		expect(runs(gate!)).toContain('.ci/run ${{ matrix.part }}');
	});

	it('the gate runs all tests, and what it runs exists', () => {
		const commands = PARTS.map(({ npm }) => ['npm', ...npm].join(' '));
		expect(commands).toEqual(
			expect.arrayContaining([
				'npm test -- --checks',
				'npm test -- test/ --coverage',
				...['npm run test:long', 'npm run test:e2e', 'npm run test:queue'],
			]),
		);
		expect(commands.filter((command) => !isKnown(command))).toEqual([]);
	});

	it('a release is checked, and published with provenance', () => {
		const { on, jobs } = workflow('publish');
		expect(Object.keys(on)).toEqual(['release']);
		expect(jobs.publish!.permissions).toMatchObject({ 'id-token': 'write' });
		const all = runs(jobs.publish!);
		expect(all.at(-1)).toContain('npm publish --provenance');
		expect(all.indexOf('npm test')).toBeGreaterThanOrEqual(0);
		expect(all.findIndex((run) => run.startsWith('npm run release -- --tag'))).toBeLessThan(
			all.length - 1,
		);
	});
});
