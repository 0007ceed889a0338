/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * Every template as a person brings it into n8n: by Import from File, and pasted onto an empty
 * canvas. All nodes and wires arrive, and no node is left that asks for anything.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { credentialTypeOf, readTemplates } from '../../scripts/demo/templates.mjs';
import { PROJECT } from '../../scripts/host/install.mjs';
import { inChromium } from './chromium.mjs';
import { canvasNodes, marksOf, signIn } from './editor.mjs';

const SAVED_WITHIN_MS = 60_000;

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('../../scripts/host/session.mjs').Workflow} Workflow */

/**
 * Nodes and wires, in one order.
 * @param {{ nodes: any[], connections: any }} workflow
 */
function drawing({ nodes, connections }) {
	const wires = Object.entries(connections).flatMap(([from, { main }]) =>
		main.flatMap((/** @type {any[] | null} */ to, /** @type {number} */ output) =>
			(to ?? []).map(({ node, index }) => `${from} ${output} → ${node} ${index}`),
		),
	);
	return [
		...nodes.map(({ name, type, typeVersion }) => `${name}: ${type} ${typeVersion}`),
		...wires,
	].sort();
}

/** @type {Record<string, (page: Page, file: string) => Promise<void>>} */
const WAYS = {
	'from file': async (page, file) => {
		await page.locator('[data-test-id="workflow-import-input"]').setInputFiles(file);
	},
	'by paste': async (page, file) => {
		await page.evaluate(
			(text) => /** @type {any} */ (globalThis.navigator).clipboard.writeText(text),
			readFileSync(file, 'utf8'),
		);
		await page.locator('.vue-flow__pane').click({ position: { x: 40, y: 40 } });
		await page.keyboard.press('Control+v');
	},
};

/**
 * Import from File, on the canvas that is open.
 * @param {Page} page
 * @param {string} file a template
 */
export async function bring(page, file) {
	await page.locator('[data-test-id="workflow-import-input"]').waitFor({ state: 'attached' });
	await WAYS['from file']?.(page, join(PROJECT, 'workflows', `${file}.json`));
	await canvasNodes(page).first().waitFor({ state: 'attached' });
}

/**
 * @param {import('../../scripts/demo/setup.mjs').Stage} stage
 * @param {import('./checks.mjs').Checks} checks
 */
export async function checkImport({ n8n, session }, checks) {
	const options = {
		viewport: { width: 1366, height: 768 },
		permissions: ['clipboard-read', 'clipboard-write'],
	};
	await inChromium(options, async (page) => {
		await signIn(page, n8n.url);
		await page.goto(`${n8n.url}/workflow/new`, { waitUntil: 'domcontentloaded' });
		await page.locator('[data-test-id="workflow-import-input"]').waitFor({ state: 'attached' });
		let id = '';
		for (const { file, workflow } of readTemplates()) {
			const count = workflow.nodes.length;
			for (const [way, put] of Object.entries(WAYS)) {
				await put(page, join(PROJECT, 'workflows', `${file}.json`));
				await canvasNodes(page)
					.nth(workflow.nodes.filter(isDrawn).length - 1)
					.waitFor({ state: 'attached' });
				id = await save(page);
				const saved = await savedWith(session, id, count);
				// Marks follow the nodes.
				await page.waitForTimeout(500);
				const [expected, arrived] = [drawing(workflow), drawing(saved)];
				checks.equal(
					`${file} ${way}: all ${expected.length} nodes and wires arrive, and no others`,
					[missing(expected, arrived), missing(arrived, expected)],
					[[], []],
				);
				checks.equal(
					`${file} ${way}: n8n has filled in the credentials, and no node asks for anything`,
					[
						saved.nodes.filter(lacksCredential).map(({ name }) => name),
						(await marksOf(page)).issues,
					],
					[[], []],
				);
				await clear(page, session, id);
			}
			// The editor's import leaves the settings behind (n8n 2.41).
			if (workflow.settings.executionTimeout === -1)
				checks.check(
					`${file}: its note says to switch off a time limit of n8n`,
					workflow.nodes.some(
						(/** @type {any} */ { name, parameters }) =>
							name === 'Read Me First' &&
							/⋯ › Settings › Timeout Workflow/.test(parameters.content),
					),
				);
		}
		await session.call('POST', `/workflows/${id}/archive`, {});
		await session.call('DELETE', `/workflows/${id}`);
	});
}

/** @param {string[]} all @param {string[]} there */
const missing = (all, there) => all.filter((one) => !there.includes(one));

const isDrawn = (/** @type {any} */ { type }) => type !== 'n8n-nodes-base.stickyNote';

function lacksCredential(/** @type {any} */ node) {
	const type = credentialTypeOf(node);
	return type !== undefined && !node.credentials?.[type]?.id;
}

/** @param {Page} page @returns {Promise<string>} id of the workflow */
export async function save(page) {
	await page.keyboard.press('Control+s');
	await page.waitForURL(/\/workflow\/(?!new)\w{10,}$/, { timeout: SAVED_WITHIN_MS });
	return new URL(page.url()).pathname.split('/').pop() ?? '';
}

/**
 * The workflow once n8n has stored so many nodes; after a while, whatever is stored.
 * @param {import('../../scripts/host/session.mjs').Session} session
 * @param {string} id
 * @param {number} count
 * @returns {Promise<Workflow>}
 */
async function savedWith(session, id, count) {
	let workflow = await session.workflow(id);
	for (
		const until = Date.now() + SAVED_WITHIN_MS;
		Date.now() < until && workflow.nodes.length !== count;
		workflow = await session.workflow(id)
	)
		await sleep(200);
	return workflow;
}

/**
 * An empty canvas again.
 * @param {Page} page
 * @param {import('../../scripts/host/session.mjs').Session} session
 * @param {string} id
 */
async function clear(page, session, id) {
	await page.locator('.vue-flow__pane').click({ position: { x: 40, y: 40 } });
	await page.keyboard.press('Control+a');
	await page.keyboard.press('Delete');
	await save(page);
	const { nodes } = await savedWith(session, id, 0);
	if (nodes.length > 0) throw new Error(`the canvas still has ${nodes.length} nodes`);
}
