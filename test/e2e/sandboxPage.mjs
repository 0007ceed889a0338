/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * The page of the sandbox, where a newcomer plays HR.
 */
import { inChromium } from './chromium.mjs';
import { Copies } from './copies.mjs';

/**
 * @param {import('../../scripts/demo/setup.mjs').Stage} stage
 * @param {import('./checks.mjs').Checks} checks
 */
export async function checkSandboxPage({ session }, checks) {
	const copies = await Copies.begin(session, 'page');
	try {
		await inChromium({ viewport: { width: 1366, height: 768 } }, async (page) => {
			await page.goto(copies.sandbox.page);
			await page.locator('#rows tr.person').first().waitFor();
			const rows = () => page.locator('#rows tr.person').count();
			const everybody = await rows();
			await page.fill('#search', 'humaansid');
			checks.equal(
				'a name of a field finds nobody, and the page says what to do',
				[await rows(), (await page.locator('#rows').innerText()).trim()],
				[0, 'Nobody fits “humaansid”. Clear the search, or look among Everybody.'],
			);
			await page.fill('#search', '');
			checks.equal('an empty search finds everybody', await rows(), everybody);
			await page.click('#hire');
			await page.click('#save');
			await page.locator('#dialog').waitFor({ state: 'hidden' });
			await page.fill('#search', 'ada.newcomer1');
			const found = await page.locator('#rows tr.person').allInnerTexts();
			checks.check(
				'Hire somebody can be sent as it opens, and the search finds them',
				found.length === 1 && /Ada Newcomer 1[\s\S]*no account/.test(found[0] ?? ''),
				found,
			);
			await page.fill('#search', '');
			const offboarded = async () =>
				Number(/(\d+) offboarded/.exec(await page.locator('#peopleCount').innerText())?.[1]);
			const before = await offboarded();
			await page.click('#many');
			await page.locator('#peopleCount', { hasText: `${before + 10} offboarded` }).waitFor();
			checks.equal('Let ten people leave offboards ten', await offboarded(), before + 10);
			checks.check(
				'without a request outside the specification the page says so',
				(await page.locator('#violations').innerText()).startsWith('None: every request was as'),
			);
		});
	} finally {
		await copies.end();
	}
}
