/**
 * Runs before anything is installed: only Node's own modules here and in what it imports.
 *
 * The form of provision-on-demand in real n8n, filled in by a person in Chromium, and the page they
 * read.
 */
import { accountsOf, stateOf } from '../../scripts/demo/sandbox.mjs';
import { imported } from '../../scripts/demo/setup.mjs';
import { FORM_TRIGGER } from '../../scripts/demo/templates.mjs';
import { inChromium } from './chromium.mjs';
import { EVIL, publishForm, send, SIGNED_IN, statusesOf, unfinished } from './form.mjs';
import { linkedAndActive } from './people.mjs';

const DAY_MS = 86_400_000;

/** How each choice begins in the form. @typedef {'Preview' | 'Apply' | 'Cut off'} Choice */

/**
 * Fills in the form, sends it and reads the page.
 * @param {import('playwright-core').Page} page
 * @param {string} url
 * @param {string} person
 * @param {Choice} action
 * @param {string} [reason] typed in
 */
async function ask(page, url, person, action, reason) {
	await fillIn(page, url, person, action, reason);
	return send(page);
}

/**
 * Fills in the form as a person does.
 * @param {import('playwright-core').Page} page
 * @param {string} url
 * @param {string} person
 * @param {Choice} action
 * @param {string} [reason] typed in
 */
export async function fillIn(page, url, person, action, reason) {
	await page.goto(url, { waitUntil: 'domcontentloaded' });
	await page.fill('input[name="field-0"]', person);
	if (action !== 'Preview') await page.getByLabel(new RegExp(`^${action} now`)).check();
	if (reason) await page.fill('input[name="field-2"]', reason);
}

/**
 * @param {import('../../scripts/demo/setup.mjs').Stage} stage
 * @param {import('./checks.mjs').Checks} checks
 */
export async function checkOnDemand({ n8n, session, sandbox, workflows }, checks) {
	if (!sandbox) throw new Error('needs the sandbox');
	const { id } = imported(workflows, 'provision-on-demand');
	const json = { 'content-type': 'application/json' };
	/** @type {(method: string, path: string, body: object) => Promise<any>} the person afterwards */
	const change = async (method, path, body) =>
		(
			await fetch(new URL(path, sandbox.page), {
				method,
				headers: json,
				body: JSON.stringify(body),
			})
		).json();
	const accountOf = async (/** @type {string} */ personId) =>
		(await accountsOf(sandbox)).find((one) =>
			one.attributes.some(
				(/** @type {any} */ attribute) =>
					attribute.name === 'humaansId' && attribute.value === personId,
			),
		);
	const writes = async () => (await stateOf(sandbox)).writes;

	const { name, nodes, connections, settings } = await session.workflow(id);
	const open = nodes.map((node) =>
		node.type === FORM_TRIGGER ? { ...node, credentials: {} } : node,
	);
	await session.importWorkflow({
		id: 'e2eOpenToEveryb0',
		name: `${name}, without its password`,
		nodes: open,
		connections,
		settings,
	});
	const refused = await session.publish('e2eOpenToEveryb0').then(
		() => 'published',
		(/** @type {Error} */ error) => error.message,
	);
	checks.check(
		'without a password for the form n8n does not publish it',
		refused.includes('httpBasicAuth'),
		refused,
	);

	const url = await publishForm(session, id, 'provision-on-demand', n8n.url);
	checks.equal('the form opens with its password only', await statusesOf(url), [401, 401, 200]);
	const started = new Date(Date.now() - 10 * DAY_MS).toISOString().slice(0, 10);
	const hire = async (/** @type {object} */ who) =>
		change('POST', '/people', { employmentStartDate: started, ...who });
	const ada = await hire({
		firstName: 'Ada',
		lastName: 'Demand',
		email: 'ada.demand@acme.example',
		personalEmail: 'ada.demand@mail.example',
		employeeId: 'E2E-OD-1',
	});
	const evil = await hire({
		firstName: EVIL,
		lastName: EVIL,
		email: 'evil.name@acme.example',
		personalEmail: 'evil.name@mail.example',
		employeeId: 'E2E-OD-2',
	});

	await inChromium(
		{
			viewport: { width: 1100, height: 760 },
			...SIGNED_IN,
		},
		async (page) => {
			const before = await writes();
			const preview = await ask(page, url, ada.email, 'Preview');
			checks.equal(
				'preview: the title says what would be done',
				preview.title,
				'Ada Demand: the account would be created, then activated (preview, nothing was changed)',
			);
			checks.check(
				'preview: the page says why, and whom the invite would go to',
				[
					'The person has no JumpCloud account.',
					'The invite goes to the personal email ada.demand@mail.example',
					'After that: The account is active and in step',
				].every((words) => preview.text.includes(words)),
				preview.text,
			);
			checks.equal(
				'preview: nothing was written',
				[(await writes()) - before, await accountOf(ada.id)],
				[0, undefined],
			);

			const applied = await ask(page, url, ada.email, 'Apply');
			checks.equal(
				'apply: the title says what was done',
				applied.title,
				'Ada Demand: the account was created, then activated',
			);
			checks.check(
				'apply: the page says each step and where the invite went',
				[
					'1. Create the account.',
					'2. Activate the account.',
					'The invite was sent to the personal email ada.demand@mail.example.',
				].every((words) => applied.text.includes(words)),
				applied.text,
			);
			checks.equal('apply: the account is active', (await accountOf(ada.id))?.state, 'ACTIVATED');
			const mails = (await stateOf(sandbox)).outbox
				.filter(({ to }) => to.startsWith('ada.demand'))
				.map(({ to }) => to);
			checks.equal('apply: one invite, to the personal email', mails, ['ada.demand@mail.example']);

			await change('PATCH', `/people/${ada.id}`, { lastName: 'Lovelace' });
			const update = await ask(page, url, ada.id, 'Preview');
			checks.check(
				'an update: field, before and after, in a table',
				/<td>Last Name<\/td><td>Demand<\/td><td>Lovelace<\/td>/.test(update.html),
				update.html,
			);

			for (const action of /** @type {const} */ (['Preview', 'Apply'])) {
				const shown = await ask(page, url, evil.id, action);
				checks.check(
					`${action.toLowerCase()}: a name that is a script is shown as it is, and does nothing`,
					shown.title.includes(EVIL) &&
						shown.text.includes(EVIL) &&
						!shown.hacked &&
						!/<(script|img)/i.test(shown.html),
					shown.html,
				);
			}
			checks.equal(
				'its account holds the name as it is',
				(await accountOf(evil.id))?.firstname,
				EVIL,
			);

			// Over wherever she is.
			const lastWorkingDay = new Date(Date.now() - 2 * DAY_MS).toISOString().slice(0, 10);
			await change('POST', `/people/${ada.id}/offboard`, { lastWorkingDay });
			const left = await ask(page, url, ada.email, 'Apply');
			checks.check(
				'a leaver: suspended, and the page says why',
				left.title.endsWith(': the account was suspended') &&
					left.text.includes('The person is offboarded in Humaans'),
				left.text,
			);
			checks.equal(
				'a leaver: the account is suspended',
				(await accountOf(ada.id))?.suspended,
				true,
			);

			const { account, email } = await somebodyActive(sandbox);
			const cut = await ask(page, url, email, 'Cut off', `Laptop stolen ${EVIL}`);
			checks.check(
				'cut off: said, with the reason as it was typed',
				cut.title === `The account ${account.username} is suspended` &&
					cut.text.includes(`Reason: Laptop stolen ${EVIL}`) &&
					!cut.hacked,
				cut,
			);
			const closed = (await accountsOf(sandbox)).find(({ _id }) => _id === account._id);
			checks.equal(
				'cut off: the account is suspended, whatever Humaans says',
				[closed?.state, closed?.suspended],
				['SUSPENDED', true],
			);
			const again = await ask(page, url, email, 'Apply');
			checks.equal(
				'cut off: Apply does not open it again',
				[
					again.title.endsWith('you need to decide'),
					(await accountsOf(sandbox)).find(({ _id }) => _id === account._id)?.state,
				],
				[true, 'SUSPENDED'],
			);

			const nobody = await ask(page, url, 'nobody@acme.example', 'Apply');
			checks.check(
				'nobody has that email: said in plain words',
				nobody.title === 'Nothing was done' &&
					nobody.text.includes('Nobody in Humaans has that work email.') &&
					nobody.text.includes('Check the address'),
				nobody.text,
			);
			await page.getByText('Back to the form').click();
			await page.waitForURL(`${url}?person=nobody%40acme.example`);
			checks.equal(
				'the page leads back to the form, with what was typed',
				await page.inputValue('input[name="field-0"]'),
				'nobody@acme.example',
			);
			const markup = await ask(page, url, EVIL, 'Apply');
			checks.check(
				'a script typed into the form does nothing',
				markup.text.includes('This is no ID of Humaans, and no email address.') && !markup.hacked,
				markup.text,
			);
			const back = await page.getByText('Back to the form').getAttribute('href');
			checks.check(
				'and the way back to the form has it as text',
				back?.endsWith(`?person=${encodeURIComponent(EVIL)}`) === true,
				back,
			);

			const wrongKey = {
				apiKey: 'wrong',
				region: 'custom',
				baseUrl: sandbox.jumpCloud.baseUrl,
				orgId: '',
			};
			const key = { name: 'JumpCloud account', type: 'jumpCloudApi' };
			await session.importCredential({ ...key, data: wrongKey });
			const wrong = await ask(page, url, evil.id, 'Apply');
			await session.importCredential({
				...key,
				data: { ...wrongKey, apiKey: sandbox.jumpCloud.apiKey },
			});
			checks.check(
				'a wrong JumpCloud key: said in plain words',
				wrong.text.includes('JumpCloud did not accept the API key (401).'),
				wrong.text,
			);
		},
	);

	checks.equal('every execution ended once its page was shown', await unfinished(session, id), []);
	checks.equal(
		'JumpCloud was asked nothing outside its contract',
		(await stateOf(sandbox)).violations,
		[],
	);
	await session.unpublish(id);
}

/**
 * Somebody who works here, with an account of theirs that is in use.
 * @param {import('../../scripts/demo/sandbox.mjs').Sandbox} sandbox
 * @returns {Promise<{ account: any, email: string }>}
 */
async function somebodyActive(sandbox) {
	const found = (await linkedAndActive(sandbox)).find(
		({ person, account }) => person.email?.toLowerCase() === account.email.toLowerCase(),
	);
	if (!found) throw new Error('the sandbox has nobody active with an account');
	return { account: found.account, email: found.person.email };
}
