/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * A form of a template in real n8n: published, sent in Chromium, and the page that answers.
 */
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { FORM_USER } from '../../scripts/demo/setup.mjs';

const OPEN_WITHIN_MS = 60_000;
const SHOWN_WITHIN_MS = 90_000;
const ENDED_WITHIN_MS = 60_000;

/** @typedef {import('../../scripts/host/session.mjs').Session} Session */
/** @typedef {Record<string, string>} Row by column */
/** @typedef {{ heading: string, rows: Row[] }} Table */
/**
 * @typedef {object} Page
 * @property {string} title
 * @property {string} text as a reader sees it
 * @property {string} html
 * @property {Table[]} tables each with the heading above it
 * @property {boolean} hacked a script of somebody's name ran
 * @property {number} ms from the click until the page was there
 */

/** What somebody could write into their own profile. */
export const EVIL = '<script>window.hacked = 1</script><img src=x onerror="window.hacked = 1">';

/** For `inChromium`: whoever has the password of the form. */
export const SIGNED_IN = {
	httpCredentials: { username: FORM_USER.user, password: FORM_USER.password },
};

/**
 * Picks the password of the form, as the template's note asks for.
 * @param {import('./copies.mjs').Copies} copies
 */
export async function pickPassword(copies) {
	const name = 'Form password';
	const id = await copies.session.importCredential({
		name,
		type: 'httpBasicAuth',
		data: FORM_USER,
	});
	copies.credentials.httpBasicAuth = { id, name };
}

/** So many answers one after the other say that an address is open for good. */
const ANSWERS = 8;

/**
 * Publishes the workflow; n8n answers before the address is open.
 * @param {Session} session
 * @param {string} id
 * @param {string} path
 * @param {string} [at] the process that answers forms; in queue mode it is not the one that one signs
 *   in to
 * @returns {Promise<string>} the address of the form
 */
export async function publishForm(session, id, path, at = session.url) {
	const url = `${at}/form/${path}`;
	await session.publish(id);
	// Where it was published before, the address of then may still answer, and then be gone for a moment.
	let inARow = 0;
	for (const until = Date.now() + OPEN_WITHIN_MS; inARow < ANSWERS && Date.now() < until; ) {
		inARow = (await fetch(url)).status === 404 ? 0 : inARow + 1;
		await sleep(250);
	}
	return url;
}

/**
 * What the form answers without a password, with a wrong one, and with its own.
 * @param {string} url
 * @returns {Promise<number[]>}
 */
export async function statusesOf(url) {
	const basic = (/** @type {string} */ password) => ({
		authorization: `Basic ${Buffer.from(`${FORM_USER.user}:${password}`).toString('base64')}`,
	});
	const answers = [
		await fetch(url),
		await fetch(url, { headers: basic('wrong') }),
		await fetch(url, { headers: basic(FORM_USER.password) }),
	];
	return answers.map(({ status }) => status);
}

/**
 * Sends the form that is open and reads the page that answers.
 * @param {import('playwright-core').Page} page
 * @returns {Promise<Page>}
 */
export async function send(page) {
	const started = Date.now();
	// The page that is shown tells n8n to end the execution; who leaves before that leaves it waiting.
	const ended = page.waitForResponse(isEnd, { timeout: SHOWN_WITHIN_MS });
	ended.catch(() => {});
	await page.click('#submit-btn');
	// The address is another one now: that of this execution.
	await page.waitForURL(/form-waiting/, {
		timeout: SHOWN_WITHIN_MS,
		waitUntil: 'domcontentloaded',
	});
	await page.locator('.header h1').waitFor();
	await page.waitForLoadState('load');
	const ms = Date.now() - started;
	await ended;
	const card = page.locator('.card');
	return {
		ms,
		title: await page.locator('.header h1').innerText(),
		text: await card.innerText(),
		html: await card.innerHTML(),
		tables: await page.locator('table').evaluateAll(readTables),
		hacked: await page.evaluate(() => 'hacked' in globalThis),
	};
}

/** @param {import('playwright-core').Response} answer */
const isEnd = (answer) => answer.request().method() === 'POST' && /form-waiting/.test(answer.url());

/**
 * Runs in the browser, whose types are not known here.
 * @param {any[]} tables
 * @returns {Table[]}
 */
function readTables(tables) {
	const texts = (/** @type {Iterable<any>} */ cells) =>
		[...cells].map((cell) => String(cell.textContent));
	return tables.map((table) => {
		let above = table.previousElementSibling;
		while (above && above.tagName !== 'H3') above = above.previousElementSibling;
		const columns = texts(table.querySelectorAll('thead th'));
		const rows = [...table.querySelectorAll('tbody tr')].map((row) =>
			Object.fromEntries(texts(row.children).map((text, at) => [columns[at] ?? '', text])),
		);
		return { heading: above?.textContent ?? '', rows };
	});
}

/**
 * Sends the form and keeps the file that the browser is given with the page.
 * @param {import('playwright-core').Page} page
 * @returns {Promise<{ shown: Page, name: string, csv: string }>}
 */
export async function sendForFile(page) {
	const given = page.waitForEvent('download', { timeout: SHOWN_WITHIN_MS });
	// Said by `send`, which waits for the page first.
	given.catch(() => {});
	const shown = await send(page);
	const download = await given;
	const csv = await readFile(await download.path(), 'utf8');
	return { shown, name: download.suggestedFilename(), csv };
}

/** One cell with what ends it: in quotes, where "" is a quote, or bare. */
const CELL = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n|$)/gy;

/**
 * A CSV file as RFC 4180 says.
 * @param {string} csv
 * @returns {Row[]} by the columns that its first line names
 */
export function readCsv(csv) {
	/** @type {string[][]} */
	const lines = [[]];
	for (const [cell, text = '', end] of csv.replace(/^\ufeff/, '').matchAll(CELL)) {
		if (cell === '') break;
		const quoted = text.startsWith('"');
		lines.at(-1)?.push(quoted ? text.slice(1, -1).replaceAll('""', '"') : text);
		if (end === '\r\n') lines.push([]);
	}
	const [columns = [], ...rows] = lines.filter((line) => line.length > 0);
	return rows.map((cells) =>
		Object.fromEntries(columns.map((name, at) => [name, cells[at] ?? ''])),
	);
}

/**
 * Waits until no execution of the workflow waits for its page any more.
 * @param {Session} session
 * @param {string} id
 * @returns {Promise<string[]>} states of those that have not ended well
 */
export async function unfinished(session, id) {
	for (const until = Date.now() + ENDED_WITHIN_MS; ; await sleep(500)) {
		const states = (await session.executions({ workflowId: id }))
			.map(({ status }) => status)
			.filter((status) => status !== 'success');
		if (states.length === 0 || Date.now() > until) return states;
	}
}
