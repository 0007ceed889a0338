/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * `npm run release`: everything a release needs, and no release: version, changelog, clean tree,
 * build, scan, contents of the package. It prints what would be published; the GitHub workflow
 * publish.yml publishes. --tag v1.2.3: the release with that tag is being made.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { must, run } from './host/command.mjs';
import { PlainError, runMain, say, step } from './host/console.mjs';
import { PROJECT } from './host/install.mjs';
import { nodeOf } from './host/npm.mjs';
import { build, ensureProject, toolEnv } from './project.mjs';

const read = (/** @type {string} */ file) => readFileSync(join(PROJECT, file), 'utf8');

/** Folders and files that may be published. */
const PUBLISHED = /^(dist\/|workflows\/|(README\.md|LICENSE|package\.json)$)/;
/** Among them, what is no use to anybody. */
const UNWANTED = /\.(map|tsbuildinfo)$|\.test\./;

/** @param {string} command @param {string[]} args @returns {Promise<string[]>} its lines */
async function linesOf(command, args) {
	/** @type {string[]} */
	const lines = [];
	const { code } = await run(command, args, { cwd: PROJECT, onLine: (line) => lines.push(line) });
	if (code !== 0)
		throw new PlainError(
			`${command} ${args.join(' ')} ended with ${code}.`,
			lines.slice(-5).join('\n  '),
		);
	return lines;
}

/**
 * @param {string} a
 * @param {string} b
 * @returns {boolean} whether version a comes after version b
 */
function isAfter(a, b) {
	const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
	const at = left.findIndex((part, index) => part !== right[index]);
	return at >= 0 && Number(left[at]) > Number(right[at]);
}

/** @param {string | undefined} tag of the release that is being made @returns {Promise<string>} */
async function checkedVersion(tag) {
	const { version } = JSON.parse(read('package.json'));
	if (!/^\d+\.\d+\.\d+$/.test(version))
		throw new PlainError(
			`The version in package.json is "${version}".`,
			'Use three numbers, such as 1.2.3.',
		);
	if (JSON.parse(read('package-lock.json')).version !== version)
		throw new PlainError(
			'package-lock.json has another version than package.json.',
			'Run npm install --package-lock-only.',
		);
	if (tag !== undefined && tag !== `v${version}`)
		throw new PlainError(
			`The tag is ${tag}, and package.json has ${version}.`,
			`Use the tag v${version}.`,
		);
	const tags = (await linesOf('git', ['tag', '--list', 'v*'])).filter(
		(name) => /^v\d+\.\d+\.\d+$/.test(name) && name !== tag,
	);
	const above = tags.find((name) => !isAfter(version, name.slice(1)));
	if (above)
		throw new PlainError(
			`${above} has been released, and package.json has ${version}.`,
			'Set a higher version.',
		);
	return version;
}

/**
 * @param {string} version
 * @param {boolean} dated whether the day must be there
 * @returns {string} what users are told
 */
function changelogEntry(version, dated) {
	const entry = read('CHANGELOG.md')
		.split(/^## /m)
		.find((part) => part.startsWith(`${version} (`));
	const heading = entry?.split('\n', 1)[0] ?? '';
	const text = entry?.slice(heading.length).trim();
	if (!text)
		throw new PlainError(
			`CHANGELOG.md has nothing about ${version}.`,
			`Add "## ${version} (unreleased)" and what users notice.`,
		);
	const isDated = /\(\d{4}-\d{2}-\d{2}\)$/.test(heading);
	if (dated && !isDated)
		throw new PlainError(
			`CHANGELOG.md calls ${version} "${heading}".`,
			`Write "## ${version} (YYYY-MM-DD)".`,
		);
	if (!isDated)
		say(`  To do before the release: the day in CHANGELOG.md, in place of "${heading}".`);
	return text;
}

/** @param {boolean} isTagged whether the release is being made */
function checkAuthor(isTagged) {
	const { email } = JSON.parse(read('package.json')).author;
	// ".example" is nobody's (RFC 2606): nobody would read what is sent there.
	if (!email.endsWith('.example')) return;
	if (isTagged)
		throw new PlainError(
			`The author in package.json has the invented address ${email}.`,
			'Write one that somebody reads.',
		);
	say(`  To do before the release: an address that somebody reads, in place of "${email}".`);
}

async function requireCleanTree() {
	const changed = await linesOf('git', ['status', '--porcelain']);
	if (changed.length > 0)
		throw new PlainError(
			'There are changes that are not committed.',
			changed.slice(0, 10).join('\n  '),
		);
}

/**
 * @returns {Promise<{ name: string, version: string, size: number, unpackedSize: number, files:
 *   Array<{ path: string, size: number }> }>}
 */
async function packedContents() {
	const [packed] = JSON.parse(
		(
			await linesOf('npm', ['pack', '--dry-run', '--json', '--ignore-scripts', '--loglevel=error'])
		).join('\n'),
	);
	const paths = packed.files.map((/** @type {{ path: string }} */ file) => file.path);
	const stray = paths.filter(
		(/** @type {string} */ path) => !PUBLISHED.test(path) || UNWANTED.test(path),
	);
	if (stray.length > 0)
		throw new PlainError(
			'The package would hold files that do not belong in it:',
			stray.join('\n  '),
		);
	const { nodes, credentials } = JSON.parse(read('package.json')).n8n;
	const missing = [...nodes, ...credentials, 'README.md', 'LICENSE'].filter(
		(path) => !paths.includes(path),
	);
	if (missing.length > 0) throw new PlainError('The package would lack:', missing.join('\n  '));
	return packed;
}

/** @param {Array<{ path: string, size: number }>} files */
function byFolder(files) {
	/** @type {Map<string, { count: number, bytes: number }>} */
	const folders = new Map();
	for (const { path, size } of files) {
		const folder = path
			.split('/')
			.slice(0, path.startsWith('dist/') ? 2 : 1)
			.join('/');
		const { count, bytes } = folders.get(folder) ?? { count: 0, bytes: 0 };
		folders.set(folder, { count: count + 1, bytes: bytes + size });
	}
	return folders;
}

/** @param {number} bytes */
const kB = (bytes) => `${(bytes / 1000).toFixed(0)} kB`;

async function release() {
	const { tag } = parseArgs({ options: { tag: { type: 'string' } } }).values;
	const version = await checkedVersion(tag);
	const entry = changelogEntry(version, tag !== undefined);
	checkAuthor(tag !== undefined);
	await requireCleanTree();
	await ensureProject();
	await build();
	await step('Scanning', () =>
		must('The scan failed', nodeOf(PROJECT), [join(PROJECT, 'scripts', 'scan.mjs')], {
			cwd: PROJECT,
			env: toolEnv(),
			onLine: say,
		}),
	);
	const { name, files, size, unpackedSize } = await packedContents();
	const [commit] = await linesOf('git', ['rev-parse', 'HEAD']);
	const sizes = `${files.length} files, ${kB(size)} packed, ${kB(unpackedSize)} unpacked`;
	say(`\n${name} ${version} from commit ${commit}: ${sizes}.`);
	for (const [folder, { count, bytes }] of byFolder(files))
		say(`  ${folder.padEnd(24)} ${String(count).padStart(4)} files  ${kB(bytes).padStart(8)}`);
	say(
		`\n${entry}\n\nNothing was published. Publishing: a GitHub release with the tag v${version} ` +
			'(workflow publish.yml, npm publish --provenance).',
	);
	return 0;
}

await runMain(release);
