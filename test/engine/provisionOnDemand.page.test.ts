/** The form, by what its page says: failures, foreign text, and what the preview announces. */
import { loadTemplate, runTemplate, setParameters, type Services } from '../harness/engine';
import { caseOf, withSandbox } from '../harness/fixedClock';
import { toldIn } from '../harness/outcomes';
import { ask, onDemand, section } from './onDemandForm';

describe('what cannot be looked up ends on the page, in plain words', () => {
	it.each([
		['nobody has that email', 'nobody@acme.example', 'Nobody in Humaans has that work email.'],
		['only white space', '   ', 'No person is chosen.'],
	])(
		'%s',
		async (_what, typed, words) =>
			await withSandbox(async (sandbox) => {
				const page = await ask(sandbox, typed, 'Apply');
				expect(page.title).toBe('Nothing was done');
				expect(page.html).toContain(words);
				expect(page.text).toContain(words);
				expect(sandbox.writes()).toEqual([]);
			}),
	);

	it('an ID that was never there, or is no ID at all', async () =>
		await withSandbox(async (sandbox) => {
			const noId = 'This is no ID of Humaans, and no email address.';
			for (const [typed, words] of [
				['nobodyHasThisIdAtAll0000', 'Humaans has nobody with this ID: deleted, or never there.'],
				['../../token-info', noId],
				...['Grace', 'me', 'null', 'grace.hopper', 'x'.repeat(33), 'E-4711-0000-0000-0000'].map(
					(typed) => [typed, noId] as const,
				),
				['<script>alert(1)</script>', noId],
			] as const) {
				sandbox.clearLog();
				const page = await ask(sandbox, typed, 'Apply');
				expect(page.text).toContain(words);
				expect(page.text).not.toMatch(words === noId ? /no longer|deleted|never there/ : noId);
				expect(page.html).not.toContain('<script');
				expect(sandbox.log.length > 0).toBe(words !== noId);
			}
			expect(sandbox.writes()).toEqual([]);
		}));

	it('two people with one work email', async () =>
		await withSandbox(async (sandbox) => {
			const [one, other] = sandbox.humaans.people.filter(
				({ status, email }) => status === 'active' && email,
			);
			sandbox.admin.change(other!.id, { email: one!.email });
			expect((await ask(sandbox, one!.email!, 'Apply')).text).toContain(
				'More than one person in Humaans has that work email.\nUse the ID',
			);
			expect(sandbox.writes()).toEqual([]);
		}));

	it('a wrong token, a wrong key, and a service that is down', async () =>
		await withSandbox(async (sandbox) => {
			const { personId } = caseOf(sandbox, 'active, no account');
			const { humaans, jumpCloud } = sandbox;
			const asked = async (services: Services) => await ask(services, personId, 'Apply');
			expect((await asked({ humaans: { ...humaans, token: 'wrong' }, jumpCloud })).text).toMatch(
				/^Humaans did not accept the access token \(401\)\./,
			);
			expect((await asked({ humaans, jumpCloud: { ...jumpCloud, apiKey: 'wrong' } })).text).toMatch(
				/^JumpCloud did not accept the API key \(401\)\./,
			);
			const down = await asked({
				humaans: { ...humaans, baseUrl: 'http://127.0.0.1:9/api' },
				jumpCloud,
			});
			expect(down.html).toMatch(
				/^<p><strong>The connection to Humaans was cut\.<\/strong><\/p><p>[A-Z][^<]*\.<\/p>/,
			);
			expect(sandbox.writes()).toEqual([]);
		}));
});

it('a write that fails: the page says what was done before it, what failed and what to do', async () =>
	await withSandbox(async (sandbox) => {
		const { personId } = caseOf(sandbox, 'active, no account');
		const { personalEmail } = sandbox.humaans.people.find(({ id }) => id === personId)!;
		sandbox.quirks.refusedInviteAddresses = [personalEmail!];
		const template = onDemand();
		// The one address left does not work.
		setParameters(template, 'Decide', { options: { explain: true, inviteTo: 'personal' } });
		const page = await ask(sandbox, personId, 'Apply', template);
		expect(page.title).toMatch(/: the account was created; you need to decide$/);
		const why = 'No address could be invited (personal: refused), so the account stays staged.';
		expect(section(page, 'What was done')).toMatch(/^1\. Create the account\. .*\n- Done\.$/m);
		expect(section(page, 'What was done')).toContain(
			`- Not done.\n- ${why}\n- Correct the addresses`,
		);
		expect(section(page, 'What is left')).toContain(`${why} Correct the addresses in Humaans`);
		expect(sandbox.admin.accountByHumaansId(personId)!.state).toBe('STAGED');
	}));

it('nothing that people write in Humaans or JumpCloud is HTML on the page', async () =>
	await withSandbox(async (sandbox) => {
		const evil = `<script>alert("1")</script>&lt;<img src=x onerror='alert(1)'>`;
		const { personId, accountId } = caseOf(sandbox, 'department edited by hand in JumpCloud');
		sandbox.admin.change(personId, {
			firstName: evil,
			lastName: evil,
			preferredName: evil,
			phoneNumber: evil,
			address: evil,
		});
		sandbox.admin.setAccount(accountId, { department: evil, jobTitle: evil });
		for (const page of [
			await ask(sandbox, personId, 'Preview'),
			await ask(sandbox, personId, 'Apply'),
		]) {
			expect(page.title).toContain(evil);
			expect(page.html).toContain(
				'&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;lt;&lt;img src=x onerror=&#39;alert(1)&#39;&gt;',
			);
			const tags = new Set(
				[...page.html.matchAll(/<\/?([^\s>]+)([^>]*)>/g)].map(([, tag, rest]) => `${tag}${rest}`),
			);
			expect(
				[...tags].filter(
					(tag) =>
						![
							'h3',
							'p',
							'ul',
							'li',
							'table',
							'thead',
							'tbody',
							'tr',
							'th',
							'td',
							'strong',
						].includes(tag),
				),
			).toEqual([`a href="../form/provision-on-demand?person=${personId}"`, 'a']);
		}
	}));

it('run by hand: the result is in the item, no form is waited for', async () =>
	await withSandbox(async (sandbox) => {
		const { personId } = caseOf(sandbox, 'active, no account');
		const template = onDemand();
		const { assignments } = template.nodes.find(({ name }) => name === 'Example')!.parameters
			.assignments as { assignments: Array<{ name: string; value: string }> };
		assignments.find(({ name }) => name === 'person')!.value = personId;
		const run = await runTemplate(template, sandbox);
		expect(run.error).toBeUndefined();
		expect(run.status).toBe('success');
		expect(run.items('Show the Page')).toEqual([]);
		expect(run.items('Read the Result Here')[0]!.json.title).toMatch(
			/\(preview, nothing was changed\)$/,
		);
		expect(sandbox.writes()).toEqual([]);
	}));

it('for everybody in the company: what the preview announces is what Apply does', async () =>
	await withSandbox(async (sandbox) => {
		const announced = new Map<string, string[]>();
		const everybody = (mode: 'apply' | 'review') =>
			setParameters(loadTemplate('reconcile'), 'Decide', {
				mode,
				deprovisioningLimit: 100,
				options: { explain: true, emailLimit: 100 },
			});
		const looked = await runTemplate(everybody('review'), sandbox);
		const plans = toldIn(looked, 'Needs Review');
		for (const { personId, decision } of plans)
			if (decision!.ahead)
				announced.set(
					personId!,
					decision!.ahead.map(({ action }) => action),
				);
		expect(announced.size).toBeGreaterThan(80);
		const run = await runTemplate(everybody('apply'), sandbox);
		const ends = (['Needs Review', 'No Action'] as const).flatMap((table) => toldIn(run, table));
		const done = new Map(
			ends.map(({ personId, decision }) => [
				personId!,
				decision!.history!.map(({ action }) => action),
			]),
		);
		const different = [...announced].filter(
			([personId, steps]) => JSON.stringify(done.get(personId)) !== JSON.stringify(steps),
		);
		expect(
			different.map(([personId, steps]) => [
				sandbox.cases.find((row) => row.personId === personId)?.label ?? personId,
				steps,
				done.get(personId),
			]),
		).toEqual([]);
	}));
