/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * The form of access-review in real n8n, filled in by a person in Chromium for each kind of list:
 * the page they read, and the file that their browser is given.
 */
import { accountsOf } from '../../scripts/demo/sandbox.mjs';
import { inChromium } from './chromium.mjs';
import { Copies } from './copies.mjs';
import {
	EVIL,
	SIGNED_IN,
	pickPassword,
	publishForm,
	readCsv,
	send,
	sendForFile,
	statusesOf,
	unfinished,
} from './form.mjs';
import { attributeOf, dayIn, linkedAndActive } from './people.mjs';

const HOUR_MS = 3_600_000;
/** Letters that one byte cannot hold. */
const FAR_AWAY = { firstName: 'Zoë 李', lastName: 'Łukasiewicz-Ñandú' };
/** What a spreadsheet would take for a formula. */
const FORMULAS = ['=cmd()', '+1+1', '-1+1', '@SUM(A1)'];
/** Tags that a page of ours has. */
const TAGS = 'a br div h1 h3 li p table tbody td th thead tr ul'.split(' ');

/** The fields of the form by their place in it. */
const DATE = 'input[name="field-1"]';
const FROM = 'input[name="field-2"]';
const UNTIL = 'input[name="field-3"]';
const AHEAD = 'input[name="field-4"]';

/** @typedef {'Accounts' | 'Evidence of leavers' | 'What will happen'} Show */
/** @typedef {{ show: Show, date?: string, from?: string, until?: string, ahead?: string }} Asked */

/**
 * Fills in the form as a person does.
 * @param {import('playwright-core').Page} page
 * @param {string} url
 * @param {Asked} asked
 */
export async function fillIn(page, url, { show, date, from, until, ahead }) {
	await page.goto(url, { waitUntil: 'domcontentloaded' });
	await page.getByLabel(show, { exact: true }).check();
	if (date) await page.fill(DATE, date);
	if (from) await page.fill(FROM, from);
	if (until) await page.fill(UNTIL, until);
	if (ahead) await page.fill(AHEAD, ahead);
}

/** @param {import('./form.mjs').Page} shown @returns {import('./form.mjs').Row[]} */
const rowsOf = ({ tables }) => tables.flatMap(({ rows }) => rows);

/** @param {any} account @returns {string} as the page says it */
const stateOf = ({ state }) => (state === 'ACTIVATED' ? 'active' : state.toLowerCase());

/**
 * @param {import('../../scripts/demo/setup.mjs').Stage} stage
 * @param {import('./checks.mjs').Checks} checks
 */
export async function checkAccessReview({ session }, checks) {
	const copies = await Copies.begin(session, 'review');
	try {
		await pickPassword(copies);
		const id = await copies.import('access-review', { mode: 'review' });
		const url = await publishForm(session, id, 'access-review');
		checks.equal('the form opens with its password only', await statusesOf(url), [401, 401, 200]);
		const people = await seeded(copies);
		const first = (await copies.state()).log[0]?.n ?? 0;
		await inChromium(
			{ viewport: { width: 1366, height: 768 }, ...SIGNED_IN, acceptDownloads: true },
			async (page) => {
				await checkAccounts(copies, { page, url, people }, checks);
				await checkLeavers(copies, { page, url, people }, checks);
				await checkForecast({ page, url, people }, checks);
				await checkRefusals({ page, url }, checks);
				checks.equal(
					'every execution ended once its page was shown',
					await unfinished(session, id),
					[],
				);
			},
		);
		await checkOnlyReads(copies, first, checks);
		await session.unpublish(id);
	} finally {
		await copies.end();
	}
}

/** @typedef {Awaited<ReturnType<typeof seeded>>} People */
/** @typedef {{ page: import('playwright-core').Page, url: string, people: People }} Seen */

/**
 * People of each kind that a list is about, put in as HR does.
 * @param {Copies} copies
 */
async function seeded(copies) {
	const theirs = await linkedAndActive(copies.sandbox);
	const [evil, far, late, soon, leaving, ...others] = theirs;
	if (!evil || !far || !late || !soon || !leaving || others.length < FORMULAS.length)
		throw new Error('the sandbox has too few people with accounts of their own');
	const patch = (/** @type {string} */ id, /** @type {object} */ fields) =>
		copies.edit('PATCH', `/${id}`, fields);
	const call = (/** @type {string} */ name) => ({ firstName: name, preferredName: name });
	await patch(evil.personId, { ...call(EVIL), lastName: EVIL });
	await patch(far.personId, { ...FAR_AWAY, preferredName: FAR_AWAY.firstName });
	for (const [at, formula] of FORMULAS.entries())
		await patch(others[at]?.personId ?? '', { ...call(formula), lastName: 'Sheet' });

	// Cut off late, by the rules: so there is a stamp.
	await patch(late.personId, { timezone: 'UTC' });
	await copies.edit('POST', `/${late.personId}/offboard`, { lastWorkingDay: dayIn(-3) });
	await copies.session.run(await copies.import('deprovisioning'), 'Run Now');
	// After that, so this account is still active. With those of before it is one over the limit of a day.
	await patch(soon.personId, { timezone: 'UTC' });
	await copies.edit('POST', `/${soon.personId}/offboard`, { lastWorkingDay: dayIn(-2) });
	await patch(leaving.personId, { timezone: 'UTC' });
	await copies.edit('POST', `/${leaving.personId}/offboard`, { lastWorkingDay: dayIn(19) });
	const joiner = await copies.edit('POST', '', {
		...{ firstName: 'Jo', lastName: 'Ahead', employeeId: 'E2E-AR-1', timezone: 'UTC' },
		...{ email: 'jo.ahead@acme.example', personalEmail: null },
		employmentStartDate: dayIn(10),
	});
	return { evil, far, late, soon, leaving, joiner };
}

/** @param {Copies} copies @param {Seen} seen @param {import('./checks.mjs').Checks} checks */
async function checkAccounts(copies, { page, url, people }, checks) {
	await fillIn(page, url, { show: 'Accounts' });
	const { shown, name, csv } = await sendForFile(page);
	const accounts = await accountsOf(copies.sandbox);
	const rows = rowsOf(shown);
	checks.check(
		'accounts: the title says what it is',
		shown.title.startsWith('Who has an account, and why, '),
		shown.title,
	);
	checks.equal(
		'accounts: every account once',
		rows.map(({ Account }) => Account).sort(),
		accounts.map(({ username }) => username).sort(),
	);
	for (const [what, { account }] of Object.entries({
		...{ 'whose access ended': people.late, 'who left': people.soon, 'who works': people.far },
	})) {
		const now = accounts.find(({ _id }) => _id === account._id);
		const row = rows.find(({ Account }) => Account === account.username);
		checks.equal(
			`accounts: somebody ${what} is shown as the sandbox has them`,
			[row?.State, row?.Password, row?.Administrator],
			[stateOf(now), now.activated ? 'set' : 'not set', ''],
		);
	}
	const open = shown.tables[0];
	const soon = open?.rows.find(({ Account }) => Account === people.soon.account.username);
	checks.check(
		'accounts: who left and is still active comes first, with the last day, and what holds it up',
		open?.heading.startsWith('Left and still active (') === true &&
			soon?.['Last Day'] === dayIn(-2) &&
			soon.Why?.startsWith('Held by a limit: Suspend the account. The person is offboarded') ===
				true,
		soon,
	);
	const evil = rows.find(({ Account }) => Account === people.evil.account.username);
	checks.check(
		'accounts: a name that is a script is shown as it is, and does nothing',
		evil?.Person?.includes(EVIL) === true && !shown.hacked,
		evil,
	);
	const tags = [...shown.html.matchAll(/<([a-z0-9]+)/gi)].map(([, tag]) =>
		String(tag).toLowerCase(),
	);
	checks.equal(
		'accounts: no tag on the page but its own',
		[...new Set(tags)].filter((tag) => !TAGS.includes(tag)),
		[],
	);
	await checkFile({ name, csv, rows, people }, checks);
}

/**
 * @param {{ name: string, csv: string, rows: import('./form.mjs').Row[], people: People }} file
 * @param {import('./checks.mjs').Checks} checks
 */
async function checkFile({ name, csv, rows, people }, checks) {
	const lines = readCsv(csv);
	checks.equal(
		'the file: its name, and the rows of the page in their order',
		[name, lines.map(({ Account }) => Account)],
		['access-review-accounts.csv', rows.map(({ Account }) => Account)],
	);
	checks.check(
		'the file: begins with the mark of UTF-8',
		csv.startsWith('\ufeff'),
		csv.slice(0, 9),
	);
	const lineOf = (/** @type {{ account: any }} */ { account }) =>
		lines.find((line) => line['JumpCloud ID'] === account._id);
	checks.equal(
		'the file: letters of other languages stay as they are',
		lineOf(people.far)?.Person,
		`${FAR_AWAY.firstName} ${FAR_AWAY.lastName}`,
	);
	checks.equal(
		'the file: what a spreadsheet would take for a formula has an apostrophe before it',
		FORMULAS.map((formula) => lines.some(({ Person }) => Person === `'${formula} Sheet`)),
		FORMULAS.map(() => true),
	);
	checks.equal(
		'the file: no cell begins a formula',
		lines.flatMap((line) => Object.values(line)).filter((text) => /^\s*[=+\-@]/.test(text)),
		[],
	);
}

/** @param {Copies} copies @param {Seen} seen @param {import('./checks.mjs').Checks} checks */
async function checkLeavers(copies, { page, url, people }, checks) {
	await fillIn(page, url, { show: 'Evidence of leavers', from: dayIn(-30), until: dayIn(0) });
	const { shown, name, csv } = await sendForFile(page);
	const lines = readCsv(csv);
	checks.equal(
		'evidence: the file, with as many rows as the page',
		[name, lines.length],
		['access-review-leavers.csv', rowsOf(shown).length],
	);
	const account = (await accountsOf(copies.sandbox)).find(
		({ _id }) => _id === people.late.account._id,
	);
	const stamp = String(attributeOf(account, 'humaansDeprovisionedAt')).split(' ', 1)[0] ?? '';
	const hours = (Date.parse(stamp) - Date.parse(`${dayIn(-2)}T00:00:00Z`)) / HOUR_MS;
	const late = lines.find((line) => line['JumpCloud ID'] === account._id);
	checks.check(
		'evidence: hours from the end of the last day to the stamp on the account, and that it was late',
		Math.abs(Number(late?.Hours) - hours) < 0.06 &&
			late?.['In Time'] === 'no' &&
			late['Last Day'] === dayIn(-3),
		{ late, stamp },
	);
	const open = shown.tables.find(({ rows }) =>
		rows.some(({ Account }) => Account === people.soon.account.username),
	);
	const row = open?.rows.find(({ Account }) => Account === people.soon.account.username);
	checks.check(
		'evidence: who left and is still active is said so',
		row?.Reason?.startsWith('The account is still active. Held by a limit: Suspend') === true &&
			row['Access Ended'] === '',
		row,
	);
}

/** @param {Seen} seen @param {import('./checks.mjs').Checks} checks */
async function checkForecast({ page, url, people }, checks) {
	await fillIn(page, url, { show: 'What will happen', ahead: dayIn(30) });
	const { shown, name, csv } = await sendForFile(page);
	const rows = (/** @type {string} */ heading) =>
		shown.tables.find((table) => table.heading.startsWith(heading))?.rows ?? [];
	checks.check(
		'what will happen: the title says until when',
		shown.title.startsWith('What will happen until '),
		shown.title,
	);
	const starts = rows('Joiners').filter(({ Person }) => Person === 'Jo Ahead');
	checks.equal(
		'what will happen: a joiner, on the day of each step, and what is missing',
		starts.map(({ Day, Action: would, Missing }) => [Day, would, Missing]),
		[
			[dayIn(0), 'Create', 'personal email'],
			[dayIn(10), 'Activate, Invite', 'personal email'],
		],
	);
	const lines = readCsv(csv);
	checks.equal(
		'what will happen: a leaver to come, on the day after the last one; in the file too',
		[
			rows('Leavers').filter(({ Day }) => Day === dayIn(20)).length,
			name,
			lines
				.filter((line) => line['Humaans ID'] === people.leaving.personId && line.What === 'Leavers')
				.map(({ Day, Action: would }) => [Day, would]),
		],
		[1, 'access-review-forecast.csv', [[dayIn(20), 'Suspend']]],
	);
	checks.check('what will happen: no script ran', !shown.hacked, shown.html.slice(0, 300));

	await fillIn(page, url, { show: 'Accounts', date: dayIn(30) });
	const ahead = await sendForFile(page);
	checks.check(
		'accounts on a day to come: who will have left by then is among those to look at',
		ahead.shown.tables[0]?.rows.some(
			({ Account }) => Account === people.leaving.account.username,
		) === true,
		ahead.shown.tables[0],
	);
}

/** @param {Omit<Seen, 'people'>} seen @param {import('./checks.mjs').Checks} checks */
async function checkRefusals({ page, url }, checks) {
	/** @type {Array<[string, Asked, string]>} */
	const wrong = [
		['a date in the past', { show: 'Accounts', date: dayIn(-2) }, 'The date is in the past.'],
		[
			'a date over a year ahead',
			{ show: 'What will happen', ahead: dayIn(400) },
			'The date is more than a year ahead.',
		],
		[
			'a reversed period',
			{ show: 'Evidence of leavers', from: dayIn(-10), until: dayIn(-20) },
			'The period ends before it begins.',
		],
		[
			'a period that ends after today',
			{ show: 'Evidence of leavers', until: dayIn(3) },
			'The period ends after today.',
		],
	];
	for (const [what, asked, words] of wrong) {
		await fillIn(page, url, asked);
		const shown = await send(page);
		checks.equal(
			`${what}: said on the page, and there is no list`,
			[shown.title, shown.text.includes(words), shown.tables],
			['There is no list', true, []],
		);
	}
	await fillIn(page, url, { show: 'Accounts' });
	// A browser has no other way to type what is no date.
	await page.locator(DATE).evaluate((field) => field.setAttribute('type', 'text'));
	await page.fill(DATE, '<b>soon</b>');
	const shown = await send(page);
	checks.check(
		'what is no date: said on the page, as it was typed',
		shown.title === 'There is no list' &&
			shown.text.includes('Evaluate As Of cannot be used') &&
			!shown.html.includes('<b>'),
		shown.text,
	);
	await page.getByText('Back to the form').click();
	await page.waitForURL(url);
	checks.check('the page leads back to the form', await page.locator('#submit-btn').isVisible());
}

/**
 * @param {Copies} copies
 * @param {number} first the last request before the form was used
 * @param {import('./checks.mjs').Checks} checks
 */
async function checkOnlyReads(copies, first, checks) {
	const { log, outbox, violations } = await copies.state();
	const asked = log.filter(({ n }) => n > first);
	// The oldest that is kept is older than the form: nothing was missed.
	checks.check(
		'the whole log of the reviews is there to look at',
		asked.length > 20 && asked.length < log.length,
		[asked.length, log.length],
	);
	checks.equal(
		'nothing but reads reached the sandbox; nobody was mailed, and nothing asked outside the contract',
		[
			asked
				.filter(({ method, path }) => method !== 'GET' && !path.startsWith('/api/search/'))
				.map(({ method, path }) => `${method} ${path}`),
			outbox,
			violations,
		],
		[[], [], []],
	);
}
