/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * The first run as the admin guide tells it, step by step, by somebody who does just that: in the
 * editor of a real n8n, with the mouse, on a company of their own.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { accountsOf } from '../../scripts/demo/sandbox.mjs';
import { PROJECT } from '../../scripts/host/install.mjs';
import { inChromium } from './chromium.mjs';
import { Copies } from './copies.mjs';
import { closePanel, marksOf, openNode, openPanel, runByMenu, signIn } from './editor.mjs';
import { bring, save } from './import.mjs';

const PUBLISHED_WITHIN_MS = 60_000;

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('./checks.mjs').Checks} Checks */

/** The steps that are followed here. When the guide says something else, this is to be followed anew. */
const FOLLOWED = [
	'Import **reconcile**. A node with a red mark has no credential: open it and pick one.',
	'Open the **▾** beside **Execute workflow**, choose **from Run Now**, press the button.',
	'Open **Needs Review**. Each row is a person: *Action*, *Why*, *Changes*. Leavers come ' +
		'first, then other questions, then changes. **Summary of the Run** says it in one ' +
		'sentence, mails too.',
	'Correct, and run again, until the list is what you want.',
	'Set *Mode* to *Apply*, and run once more. To start small, set *Actions Allowed* ' +
		'(Options) to *Update*: accounts are adopted and updated, and nothing else is done. ' +
		'Everybody else for whom something is due is then at **No Action**, leavers too. So allow ' +
		'all actions before you publish.',
	'Look at **What Was Done**: each write, and what came of it. Run again. Nobody is left in ' +
		'**Needs Review** but those whom you must decide. Publish.',
	'Do the same with **full-lifecycle**. In **tell-when-broken** switch a message on, ' +
		'publish it, and choose it in both others: **⋯ › Settings › Error Workflow**.',
];

/** Nodes of reconcile that ask one of the two services. */
const WITH_OUR_CREDENTIALS = [
	'Read Everybody',
	'Find Each Account',
	'Ask About Missing People',
	'Apply the Decision',
];

/** @returns {string[]} the numbered steps under "First run" of the guide */
function stepsOfGuide() {
	const text = readFileSync(join(PROJECT, 'docs', 'admin-guide.md'), 'utf8');
	const part = text.split(/^## /m).find((one) => one.startsWith('First run')) ?? '';
	return [...part.matchAll(/^\d\. (.*(?:\n {3}.*)*)/gm)].map(([, step]) =>
		String(step).replace(/\n */g, ' '),
	);
}

/**
 * @param {import('../../scripts/demo/setup.mjs').Stage} stage
 * @param {Checks} checks
 */
export async function checkGuide({ n8n, session }, checks) {
	checks.equal('the steps followed here are those of the guide', stepsOfGuide(), FOLLOWED);
	const copies = await Copies.begin(session, 'guide');
	try {
		await inChromium({ viewport: { width: 1366, height: 768 } }, async (page) => {
			await signIn(page, n8n.url);
			await page.goto(`${n8n.url}/workflow/new`, { waitUntil: 'domcontentloaded' });
			const id = await importReconcile(page, checks);
			await checkReviewed({ page, copies }, checks);
			await checkCorrected({ page, copies }, checks);
			await checkApplied({ page, copies }, checks);
			await page.click('[data-test-id="workflow-open-publish-modal-button"]');
			await page.click('[data-test-id="workflow-publish-button"]');
			let { active } = await session.workflow(id);
			for (const until = Date.now() + PUBLISHED_WITHIN_MS; !active && Date.now() < until; ) {
				await sleep(500);
				({ active } = await session.workflow(id));
			}
			checks.equal('step 6, Publish: it is published', active, true);
			await session.unpublish(id);
		});
	} finally {
		await copies.end();
	}
}

/**
 * Step 1.
 * @param {Page} page
 * @param {Checks} checks
 * @returns {Promise<string>} id of the workflow
 */
async function importReconcile(page, checks) {
	await bring(page, 'reconcile');
	const id = await save(page);
	await page.waitForTimeout(1_000);
	// Where n8n knows one credential of a type it has picked it by itself; here there are others.
	for (const name of WITH_OUR_CREDENTIALS) {
		await openPanel(page, name);
		await page.locator('[data-test-id="node-credentials-select"]').click();
		await page
			.locator('.el-select-dropdown__item:visible', { hasText: 'of guide' })
			.first()
			.click();
		await closePanel(page);
	}
	await save(page);
	checks.equal('step 1: then no node has a red mark', (await marksOf(page)).issues, []);
	return id;
}

/**
 * The table of a node as the panel shows it, its first 25 rows.
 * @param {Page} page
 * @param {string} node
 * @returns {Promise<Array<Record<string, string>>>}
 */
async function tableIn(page, node) {
	await openNode(page, node);
	const table = page.locator('[data-test-id="output-panel"] table').first();
	await table.waitFor();
	const rows = await table.evaluate((/** @type {any} */ shown) => {
		const texts = (/** @type {any} */ cells) =>
			[...cells].map((/** @type {any} */ cell) => cell.innerText.trim());
		const columns = texts(shown.querySelectorAll('thead th'));
		return [...shown.querySelectorAll('tbody tr')].map((row) =>
			Object.fromEntries(texts(row.children).map((text, at) => [columns[at] ?? '', text])),
		);
	});
	await closePanel(page);
	return rows;
}

/** The order of the guide: leavers, then other questions, then changes. @param {string} would */
const weightOf = (would) => {
	if (/Suspend|Delete/.test(would)) return 0;
	return would.startsWith('You decide') ? 1 : 2;
};

/** Steps 2 and 3. @param {{ page: Page, copies: Copies }} at @param {Checks} checks */
async function checkReviewed({ page, copies }, checks) {
	const { writes } = await copies.state();
	await runByMenu(page, 'Run Now');
	const rows = await tableIn(page, 'Needs Review');
	const columns = Object.keys(rows[0] ?? {});
	checks.check(
		'step 3: each row says Action, Why, Changes',
		['Person', 'Action', 'Why', 'Changes'].every((name) => columns.includes(name)),
		columns,
	);
	const weights = rows.map((row) => weightOf(row.Action ?? ''));
	checks.check(
		'step 3: leavers come first, then other questions, then changes',
		weights[0] === 0 && weights.every((weight, at) => at === 0 || weight >= (weights[at - 1] ?? 0)),
		rows.map((row) => row.Action),
	);
	const [summary] = await tableIn(page, 'Summary of the Run');
	checks.check(
		'step 3: the summary says it in a sentence',
		/\w+ .*\.$/.test(summary?.message ?? ''),
		summary,
	);
	checks.equal('step 2: nothing is written', (await copies.state()).writes - writes, 0);
}

/**
 * Step 4: somebody who was marked as a leaver by mistake.
 * @param {{ page: Page, copies: Copies }} at
 * @param {Checks} checks
 */
async function checkCorrected({ page, copies }, checks) {
	const suspended = async () =>
		(await tableIn(page, 'Needs Review'))
			.filter((row) => row.Action === 'Suspend')
			.map((row) => row['Work Email']);
	const before = await suspended();
	const email = before.find((one) => one?.includes('@acme.example'));
	const { people } = await copies.state();
	const person = people.find((one) => one.email === email);
	if (!person) throw new Error('nobody with an email would be suspended');
	await copies.edit('PATCH', `/${person.id}`, {
		...{ status: 'active', lastWorkingDay: null, employmentEndDate: null },
	});
	await runByMenu(page, 'Run Now');
	const after = await suspended();
	checks.equal(
		'step 4: whoever was corrected in Humaans is not on the list of the next run',
		[before.includes(email), after.includes(email)],
		[true, false],
	);
}

/** Steps 5 and 6. @param {{ page: Page, copies: Copies }} at @param {Checks} checks */
async function checkApplied({ page, copies }, checks) {
	await openPanel(page, 'Decide');
	await page.locator('[data-test-id="parameter-input-mode"]').click();
	await page.locator('.el-select-dropdown__item:visible', { hasText: 'Apply' }).first().click();
	await closePanel(page);
	await save(page);
	const before = (await accountsOf(copies.sandbox)).length;
	await runByMenu(page, 'Run Now');
	const [summary] = await tableIn(page, 'Summary of the Run');
	const { writes } = await copies.state();
	checks.check(
		'step 5: accounts are created, and the summary says so',
		(await accountsOf(copies.sandbox)).length > before &&
			/[Cc]reated \d+/.test(summary?.message ?? ''),
		summary,
	);
	const written = (await tableIn(page, 'What Was Done')).map(({ Action, Result }) => [
		Action,
		Result,
	]);
	checks.check(
		'step 6: What Was Done has each write, and what came of it',
		written.length > 0 &&
			written.every(
				([action, result]) =>
					/^[A-Z][a-z]+ed(, invited)?$/.test(action ?? '') && result?.startsWith('Done'),
			),
		written,
	);
	await runByMenu(page, 'Run Now');
	const left = (await tableIn(page, 'Needs Review')).map((row) => row.Action);
	checks.check(
		'step 6: nobody is left but those whom you must decide',
		left.length > 0 && left.every((would) => would?.startsWith('You decide')),
		left,
	);
	checks.equal('step 6: there was nothing more to write', (await copies.state()).writes, writes);
}
