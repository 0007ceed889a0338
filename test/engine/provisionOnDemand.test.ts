/** The form: one person, a preview or the real thing, and a page that says what happened. */
import { linkOf } from '../../nodes/core/account/link';
import type { Account } from '../../nodes/core/subject';
import type { Sandbox } from '../sandbox';
import {
	apply,
	loadTemplate,
	runTemplate,
	setParameters,
	type Finished,
	type Services,
	type Template,
} from './engine';
import { caseOf, withSandbox } from './fixedClock';

interface Page {
	title: string;
	html: string;
	text: string;
	run: Finished;
}

const onDemand = (): Template => loadTemplate('provision-on-demand');

async function ask(
	services: Services,
	person: string,
	action: 'Preview' | 'Apply',
	template = onDemand(),
): Promise<Page> {
	const run = await runTemplate(template, services, {
		from: 'Ask Here',
		items: [{ person, action, submittedAt: '2026-11-23T12:00:00.000Z', formMode: 'production' }],
	});
	expect(run.error).toBeUndefined();
	expect(run.status).toBe('waiting');
	const [shown, ...others] = run.items('Show the Page');
	expect(others).toEqual([]);
	const [written] = run.items('Write the Page');
	const { title, message } = shown!.json as { title: string; message: string };
	expect(written!.json).toMatchObject({ title, html: message });
	return { title, html: message, text: String(written!.json.text), run };
}

/** What a preview says, and that it wrote nothing; then what Apply did. */
async function both(
	sandbox: Sandbox,
	person: string,
	template?: () => Template,
): Promise<{ preview: Page; done: Page }> {
	const before = JSON.stringify(sandbox.jumpCloud.accounts);
	const preview = await ask(sandbox, person, 'Preview', template?.());
	expect(sandbox.writes()).toEqual([]);
	expect(sandbox.outbox).toEqual([]);
	expect(JSON.stringify(sandbox.jumpCloud.accounts)).toBe(before);
	const done = await ask(sandbox, person, 'Apply', template?.());
	expect(sandbox.violations).toEqual([]);
	return { preview, done };
}

/** The text of the page between two headings. */
const section = ({ text }: Page, heading: string): string =>
	text.split(`${heading.toUpperCase()}\n`)[1]?.split('\n\n')[0] ?? '';

it('somebody new: previews and then makes every step, and says where the invite went', async () =>
	await withSandbox(async (sandbox) => {
		const { personId } = caseOf(sandbox, 'active, no account');
		const { email, personalEmail, firstName } = sandbox.humaans.people.find(
			({ id }) => id === personId,
		)!;
		const { preview, done } = await both(sandbox, email!.toUpperCase());
		expect(preview.title).toMatch(
			/: the account would be created, then activated \(preview, nothing was changed\)$/,
		);
		expect(section(preview, 'What would be done')).toContain(
			'1. Create the account. The person has no JumpCloud account.\n' +
				'2. Activate the account. The account was due at',
		);
		expect(preview.text).toContain(
			`The invite goes to the personal e-mail ${personalEmail}; if that does not work, to the work e-mail ${email}.`,
		);
		expect(preview.text).toContain('After that: The account is active and in step with Humaans.');
		expect(preview.text).toContain('ACCOUNT IN JUMPCLOUD\nNone.');
		expect(done.title).toMatch(/: the account was created, then activated$/);
		expect(section(done, 'What was done')).toContain(
			`The invite was sent to the personal e-mail ${personalEmail}.`,
		);
		expect(section(done, 'Account in JumpCloud')).toMatch(/State: active\n/);
		expect(section(done, 'Person')).toContain(firstName!);
		expect(section(done, 'Rules tried, in order')).toMatch(
			/- Create the account: the person was read → .*JOINERS WITHOUT AN ACCOUNT \(joiner\.noAccount\)/,
		);
		expect(sandbox.outbox.map(({ to }) => to)).toEqual([personalEmail]);
		expect(sandbox.admin.accountByHumaansId(personId)!.state).toBe('ACTIVATED');
		const again = await ask(sandbox, personId, 'Apply');
		expect(again.title).toMatch(/: nothing to do$/);
		expect(section(again, 'Decision')).toBe(
			'Nothing to do. The account is active and in step with Humaans.',
		);
	}));

it('a personal e-mail that does not work is named, and where the invite went instead', async () =>
	await withSandbox(async (sandbox) => {
		const { personId } = caseOf(sandbox, 'malformed personal e-mail');
		const { email } = sandbox.humaans.people.find(({ id }) => id === personId)!;
		const page = await ask(sandbox, personId, 'Apply');
		expect(section(page, 'What was done')).toContain(
			'- The personal e-mail did not work: malformed.\n',
		);
		expect(section(page, 'What was done')).toContain(
			`- The invite was sent to the work e-mail ${email}.`,
		);
	}));

it('somebody who starts later: created, and nobody waits in the execution', async () =>
	await withSandbox(async (sandbox) => {
		const { personId } = caseOf(sandbox, 'new hire, future start, Auckland');
		const { preview, done } = await both(sandbox, personId);
		expect(preview.text).toMatch(/After that: The account is due at /);
		expect(done.title).toMatch(/: the account was created; waits for the start date$/);
		expect(section(done, 'What is left')).toMatch(
			/^Wait for the start date\. The account is due at /,
		);
		expect(
			done.run.run.data.executionData!.nodeExecutionStack.map(({ node }) => node.name),
		).toEqual(['Show the Page']);
		expect(section(await ask(sandbox, personId, 'Preview'), 'Decision')).toMatch(
			/The account is due at /,
		);
	}));

it('an update: field by field, before and after, in the preview and when done', async () =>
	await withSandbox(async (sandbox) => {
		const { personId, accountId } = caseOf(sandbox, 'department edited by hand in JumpCloud');
		const { department } = sandbox.admin.account(accountId)!;
		const { preview, done } = await both(sandbox, personId);
		const now = sandbox.admin.account(accountId)!.department;
		expect(now).not.toBe(department);
		for (const page of [preview, done]) {
			expect(page.text).toContain(`- Department: ${department} → ${now}`);
			expect(page.html).toContain(`<td>Department</td><td>${department}</td><td>${now}</td>`);
		}
	}));

it('an account without a link is adopted, and the page says by what it was found', async () =>
	await withSandbox(async (sandbox) => {
		const { personId, accountId } = caseOf(
			sandbox,
			'active, unlinked account whose e-mail differs in case',
		);
		const { preview, done } = await both(sandbox, personId);
		expect(section(preview, 'Account in JumpCloud')).toContain('Found by: the work e-mail');
		expect(preview.text).toContain(`- Link to Humaans: (empty) → ${personId}`);
		expect(section(done, 'What was done')).toContain(
			'- Done: the existing account was linked to this person.',
		);
		expect(linkOf(sandbox.admin.account(accountId) as unknown as Account)).toBe(personId);
	}));

it('a leaver loses their account; somebody deleted too, asked by ID', async () =>
	await withSandbox(async (sandbox) => {
		const left = caseOf(sandbox, 'offboarded, linked account');
		const { preview, done } = await both(sandbox, left.personId);
		expect(preview.title).toMatch(
			/: the account would be suspended \(preview, nothing was changed\)$/,
		);
		expect(done.title).toMatch(/: the account was suspended$/);
		expect(section(done, 'What was done')).toMatch(
			/^1\. Suspend the account\. The person is offboarded in Humaans \(last day /,
		);
		expect(sandbox.admin.account(left.accountId)).toMatchObject({
			state: 'SUSPENDED',
			suspended: true,
		});
		const { accountId } = caseOf(sandbox, 'linked account, person deleted in Humaans');
		const personId = linkOf(sandbox.admin.account(accountId) as unknown as Account)!;
		const page = await ask(sandbox, personId, 'Apply');
		expect(section(page, 'Person')).toBe(
			`Humaans has nobody with this ID: deleted, or never there.\nHumaans ID: ${personId}`,
		);
		expect(sandbox.admin.account(accountId)).toMatchObject({ state: 'SUSPENDED' });
	}));

it.each([
	[
		'offboarded, account not linked',
		'a person must look',
		'was not created or adopted by this package, so it is not disabled.',
	],
	[
		'two candidate accounts (employee ID and e-mail)',
		'a person must look',
		'Several JumpCloud accounts fit this person',
	],
	[
		'suspended by an administrator, person active',
		'a person must look',
		'suspended, but not by this package',
	],
	[
		'new hire without a work e-mail',
		'a person must look',
		'Humaans has no work e-mail for this person yet.',
	],
	['demo person of Humaans', 'nothing to do', 'This is a demo person of Humaans.'],
	[
		'left long ago, no account',
		'nothing to do',
		'There is no account to disable, and none is created.',
	],
])(
	'%s: %s, in the preview and on apply, and nothing is written',
	async (label, said, reason) =>
		await withSandbox(async (sandbox) => {
			const { preview, done } = await both(sandbox, caseOf(sandbox, label).personId);
			expect(sandbox.writes()).toEqual([]);
			for (const page of [preview, done]) {
				expect(page.title.endsWith(`: ${said}`)).toBe(true);
				expect(section(page, 'Decision')).toContain(reason);
			}
		}),
);

it(
	'a mistyped employee ID never takes over the account of a colleague; whoever really has it ' +
		'is left to Reconcile',
	async () =>
		await withSandbox(async (sandbox) => {
			const colleague = caseOf(
				sandbox,
				'active, unlinked account with the same e-mail and employee ID',
			);
			const newcomer = caseOf(sandbox, 'active, no account');
			const { employeeId } = sandbox.humaans.people.find(({ id }) => id === colleague.personId)!;
			sandbox.admin.change(newcomer.personId, { employeeId: employeeId! });
			const { preview, done } = await both(sandbox, newcomer.personId);
			for (const page of [preview, done]) {
				expect(page.title).toMatch(/: a person must look$/);
				expect(section(page, 'Decision')).toContain(
					'has the same employee ID and another e-mail, and only this person was read: ' +
						'somebody else could have that ID too.',
				);
			}
			expect(sandbox.writes()).toEqual([]);
			// Renamed, and nobody else has the ID: adopted by the run that knows it.
			sandbox.admin.change(newcomer.personId, { employeeId: 'NEW-1' });
			sandbox.admin.change(colleague.personId, { email: 'renamed@acme.example' });
			expect((await ask(sandbox, colleague.personId, 'Apply')).title).toMatch(
				/: a person must look$/,
			);
			await runTemplate(apply(loadTemplate('reconcile')), sandbox, { id: 'everybody' });
			expect(sandbox.admin.account(colleague.accountId)).toMatchObject({
				email: 'renamed@acme.example',
			});
			expect(linkOf(sandbox.admin.account(colleague.accountId) as unknown as Account)).toBe(
				colleague.personId,
			);
		}),
);

it('two candidate accounts are listed by name', async () =>
	await withSandbox(async (sandbox) => {
		const page = await ask(
			sandbox,
			caseOf(sandbox, 'two candidate accounts (employee ID and e-mail)').personId,
			'Preview',
		);
		expect(section(page, 'Account in JumpCloud')).toMatch(
			/^Not certain which one\.\n- \S+, linked to nobody\n- \S+, linked to nobody$/,
		);
	}));

it('somebody out of scope is told so', async () =>
	await withSandbox(async (sandbox) => {
		const conditions = [
			{
				id: '1',
				leftValue: '={{ $json.person.department }}',
				rightValue: 'Nobody Works Here',
				operator: { type: 'string', operation: 'equals' },
			},
		];
		const peopleInScope = {
			options: { caseSensitive: false, leftValue: '', typeValidation: 'loose', version: 2 },
			conditions,
			combinator: 'and',
		};
		const narrow = () => setParameters(onDemand(), 'Decide', { limitScope: true, peopleInScope });
		const { personId } = caseOf(sandbox, 'active, no account');
		sandbox.admin.addJobRole({
			personId,
			jobTitle: 'Engineer',
			department: 'Engineering',
			effectiveDate: '2020-01-01',
		});
		const { done } = await both(sandbox, personId, narrow);
		expect(section(done, 'Decision')).toBe(
			'Nothing to do. The person is not among the People in Scope.',
		);
		expect(sandbox.writes()).toEqual([]);
	}));

describe('what cannot be looked up ends on the page, in plain words', () => {
	it.each([
		['nobody has that e-mail', 'nobody@acme.example', 'Nobody in Humaans has that work e-mail.'],
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
			for (const typed of [
				'nobodyHasThisIdAtAll0000',
				'../../token-info',
				'<script>alert(1)</script>',
			]) {
				const page = await ask(sandbox, typed, 'Apply');
				expect(page.text).toContain('Humaans has nobody with this ID: deleted, or never there.');
				expect(page.html).not.toContain('<script');
			}
			expect(sandbox.writes()).toEqual([]);
		}));

	it('two people with one work e-mail', async () =>
		await withSandbox(async (sandbox) => {
			const [one, other] = sandbox.humaans.people.filter(
				({ status, email }) => status === 'active' && email,
			);
			sandbox.admin.change(other!.id, { email: one!.email });
			expect((await ask(sandbox, one!.email!, 'Apply')).text).toContain(
				'More than one person in Humaans has that work e-mail.\nUse the ID',
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
		sandbox.admin.change(personId, { personalEmail: null });
		const template = onDemand();
		// The one address left does not work.
		setParameters(template, 'Decide', { options: { explain: true, inviteTo: 'personal' } });
		const page = await ask(sandbox, personId, 'Apply', template);
		expect(page.title).toMatch(
			/^Not finished\. .*: the account was created; it is to be activated$/,
		);
		const why = 'No address could be invited (personal: missing), so the account stays staged.';
		const start = `<p><strong>${why}</strong></p><p>Correct the addresses in Humaans`;
		expect(page.html.slice(0, start.length)).toBe(start);
		expect(section(page, 'What was done')).toMatch(/^1\. Create the account\./);
		expect(section(page, 'What is left')).toMatch(/^Activate the account\. /);
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
		for (const { personId, decision } of looked.subjects('Needs a Person'))
			if (decision!.ahead)
				announced.set(
					personId!,
					decision!.ahead.map(({ action }) => action),
				);
		expect(announced.size).toBeGreaterThan(80);
		const run = await runTemplate(everybody('apply'), sandbox);
		const ends = ['Waiting for Their Start Date', 'Needs a Person', 'Nothing to Do'].flatMap(
			(name) => run.subjects(name),
		);
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
