/**
 * `npm run scan`: n8n's own verification scan (@n8n/scan-community-package) on this folder, before
 * anything is published: the source tree, and what `npm pack` would publish. The scan's own command
 * only knows published packages, and ends with 0 whatever it finds. Another folder: npm run scan --
 * <folder>. It must be built already.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';
import { must } from './host/command.mjs';
import { runMain, say } from './host/console.mjs';
import { PROJECT } from './host/install.mjs';
import { pack } from './project.mjs';

/** What the scan reads of a published tarball. */
const PACKED_FILE_PATTERNS = ['**/*.js', 'package.json'];

/**
 * @param {string} title
 * @param {string} folder
 * @param {string[]} patterns
 * @returns {Promise<boolean>} whether the scan finds nothing
 */
async function leg(title, folder, patterns) {
	const { passed, message, details } = await analyzePackage(folder, patterns);
	// Of a folder without any file the scan says "passed", with a message.
	const clean = passed && message === undefined;
	say(`${clean ? '✓' : '✗'} Scan of the ${title}: ${clean ? 'passed' : message}`);
	if (details) say(details.replaceAll(`${folder}/`, ''));
	return clean;
}

/** @param {string} project @param {string} scratch */
async function scan(project, scratch) {
	const tarball = await pack(join(scratch, 'packed'), project);
	await must('The package could not be unpacked', 'tar', ['-xzf', tarball, '-C', scratch], {
		cwd: scratch,
		onLine: () => {},
	});
	const source = await leg('source', project, SOURCE_FILE_PATTERNS);
	const packed = await leg('packed build', join(scratch, 'package'), PACKED_FILE_PATTERNS);
	return source && packed ? 0 : 1;
}

// On NODE_ENV "test" eslint-plugin-n8n-nodes-base takes every file for a node; it is loaded by the
// first leg.
delete process.env.NODE_ENV;

const scratch = mkdtempSync(join(tmpdir(), 'scan-'));
await runMain(
	() => scan(resolve(process.argv[2] ?? PROJECT), scratch),
	async () => rmSync(scratch, { recursive: true, force: true }),
);
