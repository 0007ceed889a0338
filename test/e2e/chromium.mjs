/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * The browser of the checks: a fresh profile each time, and no way out of this machine.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { step } from '../../scripts/host/console.mjs';
import { aptInstall } from '../../scripts/host/debian.mjs';

const CHROMIUM = '/usr/bin/chromium';
/** For a machine that is busy with other things. */
const PATIENCE_MS = 120_000;
/**
 * No name leads out of this machine, so fonts and statistics of n8n's pages are not fetched
 * (playwright's own routing would switch off the cache: the editor is 10 MB). The later ones keep
 * Chromium from calling its maker at every start.
 */
const ARGS = [
	'--no-sandbox',
	'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

async function ensureChromium() {
	if (existsSync(CHROMIUM)) return;
	await step('Installing Chromium', () => aptInstall(['chromium'], `${CHROMIUM} is missing.`));
}

/**
 * Opens Chromium for as long as `use` takes.
 * @param {object} options of playwright's browser context
 * @param {(page: import('playwright-core').Page) => Promise<void>} use
 */
export async function inChromium(options, use) {
	await ensureChromium();
	const { chromium } = await import('playwright-core');
	const profile = await mkdtemp(join(tmpdir(), 'chromium-'));
	const context = await chromium.launchPersistentContext(profile, {
		executablePath: CHROMIUM,
		args: ARGS,
		...options,
	});
	try {
		const page = context.pages()[0] ?? (await context.newPage());
		page.setDefaultTimeout(PATIENCE_MS);
		await use(page);
	} finally {
		await context.close();
		await rm(profile, { recursive: true, force: true });
	}
}
