/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * The form of approve-held-plan in real n8n, used by a person in Chromium: what a limit holds is
 * shown, approved, and nothing else is done.
 */
import { accountsOf } from '../../scripts/demo/sandbox.mjs';
import { inChromium } from './chromium.mjs';
import { Copies } from './copies.mjs';
import {
	EVIL,
	SIGNED_IN,
	pickPassword,
	publishForm,
	send,
	statusesOf,
	unfinished,
} from './form.mjs';
import { attributeOf, dayIn, linkedAndActive } from './people.mjs';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const LEAVERS = 8;
/** Choices of the form as it words them. */
export const SHOW = 'Show what is held (changes nothing)';
const APPROVE = 'Approve the lists with these IDs';
const IDS = 'input[name="field-1"]';

/** @typedef {import('playwright-core').Page} BrowserPage */
/** @typedef {import('./checks.mjs').Checks} Checks */

/**
 * Fills in the form as a person does.
 * @param {BrowserPage} page
 * @param {string} url
 * @param {string} choice
 * @param {string} [ids]
 */
export async function fillIn(page, url, choice, ids = '') {
	await page.goto(url, { waitUntil: 'domcontentloaded' });
	await page.getByLabel(choice, { exact: true }).check();
	await page.fill(IDS, ids);
}

/**
 * Fills in the form, sends it and reads the page.
 * @type {(...form: Parameters<typeof fillIn>) => ReturnType<typeof send>}
 */
async function ask(...form) {
	await fillIn(...form);
	return send(form[0]);
}

/** What the form that is open has in its fields. @param {BrowserPage} page */
const typedIn = async (page) => ({
	show: await page.getByLabel(SHOW, { exact: true }).isChecked(),
	approve: await page.getByLabel(APPROVE, { exact: true }).isChecked(),
	ids: await page.inputValue(IDS),
});

/** @param {import('./form.mjs').Page} shown @param {string} heading @returns {import('./form.mjs').Row[]} */
const rowsUnder = ({ tables }, heading) =>
	tables.filter((table) => table.heading.startsWith(heading)).flatMap(({ rows }) => rows);

/** Accounts that an approval may not touch, as text to compare. */
const others = async (/** @type {Copies} */ copies, /** @type {string[]} */ ids) =>
	JSON.stringify((await accountsOf(copies.sandbox)).filter(({ _id }) => !ids.includes(_id)));

/**
 * @param {import('../../scripts/demo/setup.mjs').Stage} stage
 * @param {Checks} checks
 */
export async function checkApproveHeldPlan({ session }, checks) {
	const copies = await Copies.begin(session, 'approval');
	try {
		await pickPassword(copies);
		const ids = await accountsToLose(copies);
		const id = await copies.import('approve-held-plan', { mode: 'review' });
		const url = await publishForm(session, id, 'approve-held-plan');
		checks.equal('the form opens with its password only', await statusesOf(url), [401, 401, 200]);
		await inChromium({ viewport: { width: 1366, height: 768 }, ...SIGNED_IN }, async (page) => {
			const seen = { copies, page, url, ids };
			await checkAsItShips(seen, checks);
			await copies.import('approve-held-plan');
			await publishForm(session, id, 'approve-held-plan');
			const plan = await checkShown(seen, checks);
			await checkWrongIds(seen, plan, checks);
			const approved = await checkApproved(seen, checks);
			// Each look may have another ID: its minute is in it.
			for (const one of new Set([approved, plan])) await checkAgain(seen, one, checks);
			checks.equal(
				'every execution ended once its page was shown',
				await unfinished(session, id),
				[],
			);
		});
		checks.equal(
			'JumpCloud was asked nothing outside its contract',
			(await copies.state()).violations,
			[],
		);
		await session.unpublish(id);
	} finally {
		await copies.end();
	}
}

/**
 * More people leave than the limit of a day lets through, and there is other work to do.
 * @param {Copies} copies
 * @returns {Promise<string[]>} the ids of their accounts
 */
async function accountsToLose(copies) {
	// Who had left before loses access now, within the limit: what is held then are these alone.
	await copies.session.run(await copies.import('deprovisioning'), 'Run Now');
	const leavers = (await linkedAndActive(copies.sandbox)).slice(0, LEAVERS);
	const [evil] = leavers;
	if (!evil || leavers.length < LEAVERS) throw new Error('the sandbox has too few people');
	await copies.edit('PATCH', `/${evil.personId}`, {
		...{ firstName: EVIL, preferredName: EVIL, lastName: '=cmd()' },
	});
	for (const { personId } of leavers) {
		await copies.edit('PATCH', `/${personId}`, { timezone: 'UTC' });
		await copies.edit('POST', `/${personId}/offboard`, { lastWorkingDay: dayIn(-2) });
	}
	await copies.edit('POST', '', {
		...{ firstName: 'Not', lastName: 'Approved', employmentStartDate: dayIn(-9) },
		...{ email: 'not.approved@acme.example', personalEmail: 'not.approved@mail.example' },
	});
	return leavers.map(({ account }) => account._id);
}

/** @typedef {{ copies: Copies, page: BrowserPage, url: string, ids: string[] }} Seen */

/** @param {Seen} seen @param {Checks} checks */
async function checkAsItShips({ copies, page, url }, checks) {
	const { writes } = await copies.state();
	const shown = await ask(page, url, SHOW);
	checks.check(
		'as it ships: the list is shown, and that nothing can be approved, and why',
		shown.title === `${LEAVERS} accounts are held by a limit` &&
			shown.text.includes('Mode is Review Everything, so nothing can be approved here.'),
		shown.text,
	);
	checks.equal(
		'as it ships: there is nothing to press',
		await page.getByText(/^Approve:/).count(),
		0,
	);
	const [plan = ''] = /[0-9a-f]{10}-[0-9a-z]{5}/.exec(shown.text) ?? [];
	const tried = await ask(page, url, APPROVE, plan);
	checks.equal(
		'as it ships: an ID that is typed in does nothing, and the page says so',
		[
			tried.title,
			tried.text.includes('nothing was done: Mode is Review Everything.'),
			(await copies.state()).writes - writes,
		],
		['Approved, and nothing was done', true, 0],
	);
}

/**
 * @param {Seen} seen
 * @param {Checks} checks
 * @returns {Promise<string>} the ID of the list
 */
async function checkShown({ copies, page, url, ids }, checks) {
	const { writes } = await copies.state();
	const shown = await ask(page, url, SHOW);
	const accounts = (await accountsOf(copies.sandbox)).filter(({ _id }) => ids.includes(_id));
	const rows = rowsUnder(shown, 'Would lose access');
	checks.equal(
		'what is held: exactly those who left, each with the last day and what would be done',
		rows.map((row) => [row.Account, row['Last Day'], row.Action].join()).sort(),
		accounts.map(({ username }) => `${username} (active),${dayIn(-2)},Suspend the account`).sort(),
	);
	checks.check(
		'what is held: why, how many, and over which limit',
		/Too many accounts would lose access: \d+ accounts within 24 hours \(8 now, \d+ before\)/.test(
			shown.text,
		) && shown.text.includes('over the limit of 3'),
		shown.text,
	);
	checks.check(
		'what is held: a name that is a script is shown as it is, and does nothing',
		rows.some(({ Person }) => Person?.includes(EVIL)) && !shown.hacked,
		rows,
	);
	checks.equal('what is held: looking writes nothing', (await copies.state()).writes - writes, 0);
	const words = await page.getByText(/^Approve: let 8 accounts lose access/).innerText();
	const [plan = ''] = /[0-9a-f]{10}-[0-9a-z]{5}/.exec(words) ?? [];
	await page.getByText('Back to the form').click();
	await page.waitForURL(url);
	checks.equal('the page leads back to the form, with nothing filled in', await typedIn(page), {
		...{ show: true, approve: false, ids: '' },
	});
	return plan;
}

/** @param {Seen} seen @param {string} plan @param {Checks} checks */
async function checkWrongIds({ copies, page, url }, plan, checks) {
	const { writes } = await copies.state();
	const older = Math.floor((Date.now() - DAY_MS - 5 * MINUTE_MS) / MINUTE_MS).toString(36);
	/** @type {Array<[string, string, string]>} */
	const wrong = [
		['an ID that no list has', `0123456789-${plan.slice(11)}`, 'No list has the ID 0123456789-'],
		['half an ID', plan.slice(0, 7), `"${plan.slice(0, 7)}" is not the ID of a list`],
		['an ID of the day before', `${plan.slice(0, 11)}${older}`, 'is more than 24 hours old'],
		['a script for an ID', EVIL, '"<script>window.hacked" is not the ID of a list'],
		['no ID', '', 'No ID was given, so nothing was approved.'],
	];
	for (const [what, typed, words] of wrong) {
		const shown = await ask(page, url, APPROVE, typed);
		checks.check(
			`${what}: said, and the list is shown again`,
			shown.title === `${LEAVERS} accounts are held by a limit` &&
				shown.text.includes(words) &&
				rowsUnder(shown, 'Would lose access').length === LEAVERS &&
				!shown.hacked,
			shown.text,
		);
	}
	checks.equal('wrong IDs: nothing was written', (await copies.state()).writes - writes, 0);
}

/**
 * @param {Seen} seen
 * @param {Checks} checks
 * @returns {Promise<string>} the ID that was approved
 */
async function checkApproved({ copies, page, url, ids }, checks) {
	const rest = await others(copies, ids);
	const { mails } = await copies.state();
	const held = await ask(page, url, SHOW);
	const [now = ''] = /[0-9a-f]{10}-[0-9a-z]{5}/.exec(held.text) ?? [];
	await page.getByText(/^Approve: let 8 accounts lose access/).click();
	await page.waitForURL(/\/form\/approve-held-plan\?/);
	await page.locator('#submit-btn').waitFor();
	checks.equal(
		'Approve opens the form, filled in with the choice and the ID',
		await typedIn(page),
		{
			...{ show: false, approve: true, ids: now },
		},
	);
	const { result: done, writes } = await copies.writesOf(() => send(page));
	checks.equal(
		'approved: the title says what was done',
		done.title,
		`Approved: ${LEAVERS} suspended`,
	);
	checks.equal(
		'approved: one write to each of these accounts, and to no other',
		writes.map(({ path }) => path.split('/').pop()).sort(),
		[...ids].sort(),
	);
	const accounts = (await accountsOf(copies.sandbox)).filter(({ _id }) => ids.includes(_id));
	checks.equal(
		'approved: they are suspended, with a stamp',
		accounts.map((one) => [
			one.state,
			/leaving/.test(attributeOf(one, 'humaansDeprovisionedAt') ?? ''),
		]),
		ids.map(() => ['SUSPENDED', true]),
	);
	checks.equal(
		'approved: nobody else was touched, created or mailed',
		[(await others(copies, ids)) === rest, (await copies.state()).mails - mails],
		[true, 0],
	);
	const words = accounts.map(({ username }) => `${username} (suspended): Done.`);
	checks.equal(
		'approved: the page says what came of each, and that n8n does not know who approved',
		[
			rowsUnder(done, 'Approved')
				.map(({ Account, Result }) => `${Account}: ${Result}`)
				.sort(),
			done.text.includes('Approved by: not named'),
			await page.getByText(/^Approve:/).count(),
		],
		[words.sort(), true, 0],
	);
	return now;
}

/** @param {Seen} seen @param {string} plan @param {Checks} checks */
async function checkAgain({ copies, page, url }, plan, checks) {
	const { writes } = await copies.state();
	const again = await ask(page, url, APPROVE, plan);
	checks.check(
		'a second click: nobody is held, and the page says that the list was carried out',
		again.title === 'Nobody is held by a limit' &&
			again.text.includes(`Nobody is held any more, so the ID ${plan} let nothing through`) &&
			again.text.includes('the list was carried out already'),
		again.text,
	);
	const shown = await ask(page, url, SHOW);
	checks.equal(
		'nobody is held: said',
		[shown.title, shown.text.includes('No limit holds anything now.'), shown.tables],
		['Nobody is held by a limit', true, []],
	);
	checks.equal('then nothing is written', (await copies.state()).writes - writes, 0);
}
