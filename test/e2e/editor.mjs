/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * The editor as a person sees it: every template on the canvas in Chromium, every node known and
 * complete.
 */
import { join } from 'node:path';
import { imported, OWNER } from '../../scripts/demo/setup.mjs';
import { PACKAGE, POLICY } from '../../scripts/demo/templates.mjs';
import { PROJECT } from '../../scripts/host/install.mjs';
import { inChromium } from './chromium.mjs';

/** What n8n's canvas shows on a node that it does not know, or that lacks something. */
const NOT_INSTALLED = '[data-test-id="node-not-installed"]';
const ISSUES = '[data-test-id="node-issues"]';

/** Parameters of Provisioning Policy that everybody meets first. */
const POLICY_PARAMETERS = [
	'Mode',
	'Activation Trigger',
	'Send Invite Email',
	'Deprovision When',
	'Deprovision How',
	'Deprovisioning Limit',
];

/**
 * A workflow in which the checks below must find something: they would pass on any canvas if n8n
 * renamed its marks.
 */
const BROKEN = {
	id: 'e2eBrokenOnPurp0',
	name: 'Broken on purpose',
	nodes: [
		{
			id: 'b1',
			name: 'Nobody Knows This',
			type: `${PACKAGE}.neverHeardOf`,
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		},
		{
			id: 'b2',
			name: 'No Credential',
			type: `${PACKAGE}.jumpCloudUser`,
			typeVersion: 1,
			position: [300, 0],
			parameters: { resource: 'user', operation: 'match' },
		},
	],
	connections: {},
	settings: {},
};

/** Templates of which no page shows a picture. */
const NOT_DRAWN = ['tell-when-broken'];

const JUMPCLOUD_OPERATIONS = [
	'activate',
	'addToGroup',
	'apply',
	'create',
	'delete',
	'get',
	'getMany',
	'match',
	'reactivate',
	'removeFromGroup',
	'resendInvite',
	'suspend',
	'update',
];

/**
 * One node an operation of JumpCloud User, on a user chosen in the node where that can be: their
 * panels are opened one by one.
 */
const EVERY_OPERATION = {
	id: 'e2eEveryOperatn0',
	name: 'Every operation',
	nodes: JUMPCLOUD_OPERATIONS.map((operation, index) => ({
		id: `o${index}`,
		name: operation,
		type: `${PACKAGE}.jumpCloudUser`,
		typeVersion: 1,
		position: [(index % 4) * 240, Math.floor(index / 4) * 240],
		parameters: {
			resource: 'user',
			operation,
			...(operation === 'match' ? {} : { userFrom: 'values' }),
		},
	})),
	connections: {},
	settings: {},
};

/**
 * @param {import('../../scripts/demo/setup.mjs').Stage} stage
 * @param {import('./checks.mjs').Checks} checks
 * @param {{ pictures: boolean }} options pictures: draw docs/*.png
 */
export async function checkEditor({ n8n, session, workflows }, checks, { pictures }) {
	await inChromium(
		{ viewport: { width: 1920, height: 1080 }, deviceScaleFactor: pictures ? 1.5 : 1 },
		async (page) => {
			/** @type {string[]} */
			const scriptErrors = [];
			page.on('pageerror', ({ message }) => scriptErrors.push(message));
			await signIn(page, n8n.url);
			checks.check('the owner signs in', !page.url().includes('/signin'), page.url());

			await session.importWorkflow(BROKEN);
			const broken = await openCanvas(page, n8n.url, BROKEN.id, BROKEN.nodes.length);
			checks.equal(
				'a node of an unknown type and one without credential are seen as such',
				[broken.unknown, broken.issues],
				[['Nobody Knows This'], ['No Credential']],
			);

			for (const [file, { id }] of Object.entries(workflows)) {
				const { nodes } = await session.workflow(id);
				const expected = nodes
					.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote')
					.map(({ name }) => name);
				const canvas = await openCanvas(page, n8n.url, id, expected.length);
				checks.equal(`${file}: every node is on the canvas`, canvas.names.sort(), expected.sort());
				checks.equal(`${file}: n8n knows every node`, canvas.unknown, []);
				checks.equal(`${file}: no node lacks a parameter or a credential`, canvas.issues, []);
				const notes = nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote').length;
				checks.equal(
					`${file}: every sticky note is there`,
					await page.locator('[data-test-id="sticky"]').count(),
					notes,
				);
				if (pictures && !NOT_DRAWN.includes(file))
					await page.screenshot({
						path: join(PROJECT, 'docs', `${file}.png`),
						clip: await drawnArea(page),
					});
			}
			if (pictures) await drawDark(page, n8n.url, imported(workflows, 'full-lifecycle').id);

			const { id } = imported(workflows, 'full-lifecycle');
			const { nodes } = await session.workflow(id);
			await openCanvas(page, n8n.url, id, 1);
			const shown = await openPanel(page, nodes.find(({ type }) => type === POLICY).name);
			if (pictures) await drawPanels(page, n8n.url, id, ['Decide']);
			checks.equal(
				'the panel of Provisioning Policy shows its parameters',
				POLICY_PARAMETERS.filter((name) => !shown.includes(name)),
				[],
			);
			await openEveryOperation(page, n8n.url, session, checks, pictures);
			checks.equal('no script error in the editor', scriptErrors, []);
		},
	);
}

/** @param {import('playwright-core').Page} page @param {string} url */
export async function signIn(page, url) {
	await page.goto(`${url}/signin`);
	await page.fill('input[name="emailOrLdapLoginId"]', OWNER.email);
	await page.fill('input[name="password"]', OWNER.password);
	await page.click('[data-test-id="form-submit-button"]');
	await page.waitForURL((at) => !at.pathname.includes('/signin'));
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} url
 * @param {string} id
 * @param {number} count nodes to wait for
 */
async function openCanvas(page, url, id, count) {
	await page.goto(`${url}/workflow/${id}`, { waitUntil: 'domcontentloaded' });
	await canvasNodes(page)
		.nth(count - 1)
		.waitFor({ state: 'attached' });
	await page.click('[data-test-id="zoom-to-fit"]');
	// Marks and icons follow the nodes, and the canvas moves for half a second.
	await page.waitForTimeout(2_000);
	return marksOf(page);
}

/** @param {import('playwright-core').Page} page */
export const canvasNodes = (page) => page.locator('[data-test-id="canvas-node"]');

/**
 * Names of the nodes on the canvas, and of those with a mark.
 * @param {import('playwright-core').Page} page
 */
export async function marksOf(page) {
	const nodes = canvasNodes(page);
	const named = (/** @type {import('playwright-core').Locator} */ found) =>
		found.evaluateAll((all) => all.map((node) => /** @type {any} */ (node).dataset.nodeName));
	return {
		names: await named(nodes),
		unknown: await named(nodes.filter({ has: page.locator(NOT_INSTALLED) })),
		issues: await named(nodes.filter({ has: page.locator(ISSUES) })),
	};
}

const MARGIN = 24;

/**
 * The part of the page that nodes and notes take up: the picture is of the workflow, not of the
 * editor's buttons.
 * @param {import('playwright-core').Page} page
 */
async function drawnArea(page) {
	const boxes = await page
		.locator('.vue-flow__node')
		.evaluateAll((all) => all.map((node) => node.getBoundingClientRect().toJSON()));
	const left = Math.min(...boxes.map((box) => box.left)) - MARGIN;
	const top = Math.min(...boxes.map((box) => box.top)) - MARGIN;
	const right = Math.max(...boxes.map((box) => box.right)) + MARGIN;
	const bottom = Math.max(...boxes.map((box) => box.bottom)) + MARGIN;
	return { x: left, y: top, width: right - left, height: bottom - top };
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} url
 * @param {import('../../scripts/host/session.mjs').Session} session
 * @param {import('./checks.mjs').Checks} checks
 * @param {boolean} pictures
 */
async function openEveryOperation(page, url, session, checks, pictures) {
	await session.importWorkflow(EVERY_OPERATION);
	/** @type {string[]} */
	const closed = [];
	/** @type {Array<'light' | 'dark'>} */
	const schemes = pictures ? ['light', 'dark'] : ['light'];
	for (const colorScheme of schemes) {
		await page.emulateMedia({ colorScheme });
		await openCanvas(page, url, EVERY_OPERATION.id, EVERY_OPERATION.nodes.length);
		for (const operation of JUMPCLOUD_OPERATIONS) {
			const shown = await openPanel(page, operation);
			if (!shown.includes('Operation')) closed.push(operation);
			// All are there to be looked at; one of them is for the docs.
			if (pictures)
				await page.screenshot({
					path: join(PROJECT, '.cache', `operation-${operation}-${colorScheme}.png`),
				});
			await page.keyboard.press('Escape');
			await page.locator('[data-test-id="ndv"]').waitFor({ state: 'hidden' });
		}
	}
	await page.emulateMedia({ colorScheme: 'light' });
	checks.equal('the panel of each operation of JumpCloud User opens', closed, []);
}

/** The canvas of the README for readers with a dark screen. @param {import('playwright-core').Page} page
 * @param {string} url
 * @param {string} id
 */
async function drawDark(page, url, id) {
	await page.emulateMedia({ colorScheme: 'dark' });
	await openCanvas(page, url, id, 1);
	await page.screenshot({
		path: join(PROJECT, 'docs', 'full-lifecycle-dark.png'),
		clip: await drawnArea(page),
	});
	await page.emulateMedia({ colorScheme: 'light' });
}

/**
 * Pictures of node panels, light and dark.
 * @param {import('playwright-core').Page} page
 * @param {string} url
 * @param {string} id
 * @param {string[]} names
 */
async function drawPanels(page, url, id, names) {
	for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
		await page.emulateMedia({ colorScheme });
		for (const name of names) {
			await openCanvas(page, url, id, 1);
			await openPanel(page, name);
			await page.waitForTimeout(1_000);
			const file = `panel-${name.toLowerCase().replaceAll(' ', '-')}${colorScheme === 'dark' ? '-dark' : ''}.png`;
			await page.screenshot({ path: join(PROJECT, 'docs', file) });
		}
	}
	await page.emulateMedia({ colorScheme: 'light' });
}

/**
 * Opens a node as a double click does.
 * @param {import('playwright-core').Page} page
 * @param {string} name
 * @returns {Promise<string[]>} names of its parameters
 */
async function openPanel(page, name) {
	await page
		.locator(
			`[data-test-id="canvas-node"][data-node-name="${name}"] [data-test-id="canvas-default-node"]`,
		)
		.dblclick();
	const parameters = page.locator('[data-test-id="ndv"] [data-test-id="parameter-item"]');
	await parameters.first().waitFor();
	return (await parameters.allInnerTexts()).map((text) => (text.split('\n')[0] ?? '').trim());
}
