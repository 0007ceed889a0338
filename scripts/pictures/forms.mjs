/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * The forms as the browser of an admin shows them, and the pages that answer, wide and narrow.
 */
import { fillIn as fillInReview } from '../../test/e2e/accessReview.mjs';
import { fillIn as fillInPlan, SHOW } from '../../test/e2e/approveHeldPlan.mjs';
import { inChromium } from '../../test/e2e/chromium.mjs';
import { Copies } from '../../test/e2e/copies.mjs';
import { pickPassword, publishForm, send, SIGNED_IN } from '../../test/e2e/form.mjs';
import { fillIn as fillInOnDemand } from '../../test/e2e/onDemand.mjs';
import { dayIn, linkedAndActive } from '../../test/e2e/people.mjs';
import { forDocs, SHARP, toLookAt } from './places.mjs';

/** @typedef {import('playwright-core').Page} Page */

const WIDE = { width: 1280, height: 860 };
const NARROW = { width: 390, height: 844 };
/** So many leave at once: more than the limit of acme lets through. */
const LEAVERS = 8;

/** @param {import('../demo/setup.mjs').Stage} stage */
export async function drawForms({ session }) {
	const copies = await Copies.begin(session, 'forms');
	try {
		await pickPassword(copies);
		await inChromium({ viewport: WIDE, ...SHARP, ...SIGNED_IN }, async (page) => {
			await drawOnDemand(copies, page);
			await peopleLeave(copies);
			await drawReview(copies, page);
			await drawHeldPlan(copies, page);
		});
	} finally {
		await copies.end();
	}
}

/** @param {Copies} copies @param {Page} page */
async function drawOnDemand(copies, page) {
	const id = await copies.import('provision-on-demand');
	const url = await publishForm(copies.session, id, 'provision-on-demand');
	const ada = await copies.edit('POST', '', {
		...{ firstName: 'Ada', lastName: 'Demand', employeeId: 'A-1', employmentStartDate: dayIn(-10) },
		...{ email: 'ada.demand@acme.example', personalEmail: 'ada.demand@mail.example' },
	});
	await fillInOnDemand(page, url, ada.email, 'Preview');
	await page.screenshot({ path: forDocs('on-demand-form') });
	await send(page);
	await page.screenshot({ path: forDocs('on-demand-preview'), fullPage: true });
	await drawNarrow(page, 'on-demand-preview');
	await fillInOnDemand(page, url, 'nobody@acme.example', 'Apply');
	await send(page);
	await page.screenshot({ path: toLookAt('on-demand-nobody'), fullPage: true });
	await copies.session.unpublish(id);
}

/** Who had left before loses access; then more people leave than a day lets through. @param {Copies} copies */
async function peopleLeave(copies) {
	await copies.session.run(await copies.import('deprovisioning'), 'Run Now');
	for (const { personId } of (await linkedAndActive(copies.sandbox)).slice(0, LEAVERS)) {
		await copies.edit('PATCH', `/${personId}`, { timezone: 'UTC' });
		await copies.edit('POST', `/${personId}/offboard`, { lastWorkingDay: dayIn(-2) });
	}
}

/** @param {Copies} copies @param {Page} page */
async function drawReview(copies, page) {
	const id = await copies.import('access-review', { mode: 'review' });
	const url = await publishForm(copies.session, id, 'access-review');
	const shows = /** @type {const} */ (['Accounts', 'Evidence of leavers', 'What will happen']);
	for (const show of shows) {
		const name = `access-review-${show.toLowerCase().replaceAll(' ', '-')}`;
		await fillInReview(page, url, {
			show,
			...(show === 'What will happen' ? { ahead: dayIn(30) } : {}),
		});
		await send(page);
		await page.screenshot({
			path: show === 'Accounts' ? forDocs('access-review-page') : toLookAt(name),
		});
		await drawNarrow(page, name);
	}
	await copies.session.unpublish(id);
}

/** @param {Copies} copies @param {Page} page */
async function drawHeldPlan(copies, page) {
	const id = await copies.import('approve-held-plan');
	const url = await publishForm(copies.session, id, 'approve-held-plan');
	await fillInPlan(page, url, SHOW);
	await page.screenshot({ path: toLookAt('approve-held-plan-form') });
	await send(page);
	await page.screenshot({ path: forDocs('approve-held-plan-page') });
	await drawNarrow(page, 'approve-held-plan');
	await copies.session.unpublish(id);
}

/** The page that is open on a telephone. @param {Page} page @param {string} name */
async function drawNarrow(page, name) {
	await page.setViewportSize(NARROW);
	await page.screenshot({ path: toLookAt(`${name}-narrow`) });
	await page.setViewportSize(WIDE);
}
