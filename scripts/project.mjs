/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * The project itself: its packages, its build, its tarball.
 */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { must } from './host/command.mjs';
import { PlainError, step } from './host/console.mjs';
import { PROJECT } from './host/install.mjs';
import { ensureNode24, isInstalled, npmCi, pathOf } from './host/npm.mjs';

const LEAST_NODE = 20;

/**
 * Installs the project's packages when they are missing, or when package-lock.json asks for others.
 */
export async function ensureProject() {
	const major = Number(process.versions.node.split('.')[0]);
	if (major < LEAST_NODE)
		throw new PlainError(
			`This needs Node ${LEAST_NODE} or later, and this is ${process.versions.node}.`,
			'Install a newer Node.',
		);
	if (!isInstalled(PROJECT, join(PROJECT, 'package-lock.json'))) {
		await step('Installing the packages of this project (about a minute)', (report) =>
			npmCi(PROJECT, report),
		);
	}
	await ensureNode24(PROJECT);
}

/** Environment in which the project's tools run on its own Node 24. */
export const toolEnv = () => ({ PATH: pathOf(PROJECT) });

/** Runs TypeScript without a build. */
export const TSX = join(PROJECT, 'node_modules', 'tsx', 'dist', 'cli.mjs');

/** Builds dist/, unless the gate has done so: then others are reading it. */
export async function build() {
	if (process.env.DIST_IS_BUILT === join(PROJECT, 'dist')) return;
	await step('Building the package', () =>
		must('The package could not be built', 'gulp', ['build'], {
			cwd: PROJECT,
			env: toolEnv(),
			onLine: () => {},
		}),
	);
}

/**
 * Packs what users would install from npm.
 * @param {string} folder where the tarball goes
 * @param {string} [project] what is packed
 * @returns {Promise<string>} the tarball
 */
export async function pack(folder, project = PROJECT) {
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	await must(
		'The package could not be packed',
		'npm',
		['pack', '--ignore-scripts', '--pack-destination', folder],
		{ cwd: project, onLine: () => {} },
	);
	const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
	if (!tarball) throw new PlainError(`npm pack left no tarball in ${folder}.`);
	return join(folder, tarball);
}
