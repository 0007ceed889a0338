/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * What the editor shows: canvases, panels, and the table that a new user opens first.
 */
import { Copies } from '../../test/e2e/copies.mjs';
import { inChromium } from '../../test/e2e/chromium.mjs';
import {
	EVERY_OPERATION,
	JUMPCLOUD_OPERATIONS,
	closePanel,
	openCanvas,
	openPanel,
	runByMenu,
	signIn,
} from '../../test/e2e/editor.mjs';
import { imported } from '../demo/setup.mjs';
import { SCHEMES, SHARP, forDocs, toLookAt } from './places.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('../demo/setup.mjs').Stage} Stage */

/** Templates of which no page shows a picture. */
const NOT_DRAWN = ['tell-when-broken'];
/** Around nodes and notes; to the right stand labels and the marks of open outputs. */
const MARGIN = 24;
const FOR_MARKS = 64;

/** @param {Stage} stage */
export async function drawEditor(stage) {
	const { n8n, session, workflows } = stage;
	const files = Object.keys(workflows).filter((file) => !NOT_DRAWN.includes(file));
	const copies = await Copies.begin(session, 'pictures');
	try {
		const firstRun = await copies.import('reconcile', { mode: 'review' });
		await session.importWorkflow(EVERY_OPERATION);
		await inChromium({ viewport: { width: 1920, height: 1080 }, ...SHARP }, async (page) => {
			await signIn(page, n8n.url);
			for (const scheme of SCHEMES) {
				await page.emulateMedia({ colorScheme: scheme });
				for (const file of files)
					await drawCanvas(page, n8n.url, imported(workflows, file).id, forDocs(file, scheme));
				await openCanvas(page, n8n.url, imported(workflows, 'full-lifecycle').id, 1);
				await openPanel(page, 'Decide');
				await page.waitForTimeout(1_000);
				await page.screenshot({ path: forDocs('panel-decide', scheme) });
				await drawFirstRun(page, n8n.url, firstRun, forDocs('first-run', scheme));
				await drawOperations(page, n8n.url, scheme);
			}
		});
	} finally {
		await copies.end();
	}
}

/** @param {Page} page @param {string} url @param {string} id @param {string} path */
async function drawCanvas(page, url, id, path) {
	await openCanvas(page, url, id, 1);
	await page.screenshot({ path, clip: await drawnArea(page) });
}

/**
 * The part of the page that nodes and notes take up: the picture is of the workflow, not of the
 * editor's buttons. Waits until all of it is on the screen.
 * @param {Page} page
 */
async function drawnArea(page) {
	const { width: wide, height: high } = /** @type {{ width: number, height: number }} */ (
		page.viewportSize()
	);
	for (let tries = 0; ; tries += 1) {
		const boxes = await page
			.locator('.vue-flow__node')
			.evaluateAll((all) => all.map((node) => node.getBoundingClientRect().toJSON()));
		const left = Math.min(...boxes.map((box) => box.left));
		const top = Math.min(...boxes.map((box) => box.top));
		const right = Math.max(...boxes.map((box) => box.right));
		const bottom = Math.max(...boxes.map((box) => box.bottom));
		if (left >= 0 && top >= 0 && right <= wide && bottom <= high) {
			const [x, y] = [Math.max(left - MARGIN, 0), Math.max(top - MARGIN, 0)];
			return {
				...{ x, y },
				width: Math.min(right + FOR_MARKS, wide) - x,
				height: Math.min(bottom + MARGIN, high) - y,
			};
		}
		if (tries === 5) throw new Error('the canvas does not fit the screen');
		await page.click('[data-test-id="zoom-to-fit"]');
		await page.waitForTimeout(2_000);
	}
}

/**
 * What a new user sees after the first run: Run Now, then the table of who needs a review.
 * @param {Page} page
 * @param {string} url
 * @param {string} id
 * @param {string} path
 */
async function drawFirstRun(page, url, id, path) {
	await openCanvas(page, url, id, 1);
	await runByMenu(page, 'Run Now');
	await openPanel(page, 'Needs Review');
	await page.waitForTimeout(1_500);
	await page.screenshot({ path });
	await closePanel(page);
}

/**
 * The panel of each operation, to look at.
 * @param {Page} page
 * @param {string} url
 * @param {import('./places.mjs').Scheme} scheme
 */
async function drawOperations(page, url, scheme) {
	await openCanvas(page, url, EVERY_OPERATION.id, EVERY_OPERATION.nodes.length);
	for (const operation of JUMPCLOUD_OPERATIONS) {
		await openPanel(page, operation);
		await page.screenshot({ path: toLookAt(`operation-${operation}-${scheme}`) });
		await closePanel(page);
	}
}
