/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * The editor as a person sees it: every template on the canvas in Chromium, every node known and
 * complete.
 */
import { imported, OWNER } from '../../scripts/demo/setup.mjs';
import { PACKAGE, POLICY } from '../../scripts/demo/templates.mjs';
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

export const JUMPCLOUD_OPERATIONS = [
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
export const EVERY_OPERATION = {
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
 */
export async function checkEditor({ n8n, session, workflows }, checks) {
	await inChromium({ viewport: { width: 1920, height: 1080 } }, async (page) => {
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
		}

		const { id } = imported(workflows, 'full-lifecycle');
		const { nodes } = await session.workflow(id);
		await openCanvas(page, n8n.url, id, 1);
		const shown = await openPanel(page, nodes.find(({ type }) => type === POLICY).name);
		checks.equal(
			'the panel of Provisioning Policy shows its parameters',
			POLICY_PARAMETERS.filter((name) => !shown.includes(name)),
			[],
		);
		await openEveryOperation(page, n8n.url, session, checks);
		checks.equal('no script error in the editor', scriptErrors, []);
	});
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
export async function openCanvas(page, url, id, count) {
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

/**
 * @param {import('playwright-core').Page} page
 * @param {string} url
 * @param {import('../../scripts/host/session.mjs').Session} session
 * @param {import('./checks.mjs').Checks} checks
 */
async function openEveryOperation(page, url, session, checks) {
	await session.importWorkflow(EVERY_OPERATION);
	await openCanvas(page, url, EVERY_OPERATION.id, EVERY_OPERATION.nodes.length);
	/** @type {string[]} */
	const closed = [];
	for (const operation of JUMPCLOUD_OPERATIONS) {
		const shown = await openPanel(page, operation);
		if (!shown.includes('Operation')) closed.push(operation);
		await closePanel(page);
	}
	checks.equal('the panel of each operation of JumpCloud User opens', closed, []);
}

/** @param {import('playwright-core').Page} page */
export async function closePanel(page) {
	await page.click('[data-test-id="ndv-close-button"]');
	await page.locator('[data-test-id="ndv"]').waitFor({ state: 'hidden' });
}

/** Opens a node as a double click does. @param {import('playwright-core').Page} page @param {string} name */
export async function openNode(page, name) {
	await page
		.locator(
			`[data-test-id="canvas-node"][data-node-name="${name}"] [data-test-id="canvas-default-node"]`,
		)
		.dblclick();
	await page.locator('[data-test-id="ndv"]').waitFor();
}

/**
 * Opens a node that has parameters.
 * @param {import('playwright-core').Page} page
 * @param {string} name
 * @returns {Promise<string[]>} names of its parameters
 */
export async function openPanel(page, name) {
	await openNode(page, name);
	const parameters = page.locator('[data-test-id="ndv"] [data-test-id="parameter-item"]');
	await parameters.first().waitFor();
	return (await parameters.allInnerTexts()).map((text) => (text.split('\n')[0] ?? '').trim());
}

/**
 * Runs the workflow on the canvas from one of its triggers: the arrow beside Execute workflow, then
 * the button, and waits for its end.
 * @param {import('playwright-core').Page} page
 * @param {string} trigger
 */
export async function runByMenu(page, trigger) {
	const button = page.locator('[data-test-id="execute-workflow-button"]');
	if (!(await button.innerText()).includes(`from ${trigger}`)) {
		await page.click('[aria-label="Select trigger node"]');
		await page.getByRole('menuitem', { name: trigger }).click();
	}
	await button.click();
	await page.getByText('Workflow executed successfully').waitFor();
}
