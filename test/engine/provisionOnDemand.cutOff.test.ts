/** The form, Cut off: one account is suspended at once, whatever Humaans and the policy say. */
import type { Outcome } from '../../nodes/core/subject';
import { apply, loadTemplate, nodeOf, runTemplate, type Template } from '../harness/engine';
import { caseOf, withSandbox } from '../harness/fixedClock';
import type { Sandbox } from '../sandbox';
import { ask, onDemand } from './onDemandForm';

it('suspends at once, says so with the reason, and nothing opens the account again', async () =>
	await withSandbox(async (sandbox) => {
		const { accountId, personId } = caseOf(sandbox, 'promotion in five days');
		const { email, username } = sandbox.admin.account(accountId)!;
		const cut = async () =>
			await ask(sandbox, ` ${email.toUpperCase()}`, 'Cut off', undefined, 'Laptop stolen');
		const page = await cut();
		expect(page.title).toBe(`The account ${username} is suspended`);
		expect(page.html).toContain('until somebody reactivates the account by hand');
		expect(page.html).toContain('Reason: Laptop stolen');
		expect(page.run.items('Write the Page')[0]!.json.reason).toBe('Laptop stolen');
		const closed = { state: 'SUSPENDED', suspended: true };
		expect(sandbox.admin.account(accountId)).toMatchObject(closed);
		// Humaans was not asked: it may be down, or say that all is well.
		expect(sandbox.log.filter(({ service }) => service === 'humaans')).toEqual([]);

		expect((await cut()).title).toBe(`The account ${username} was suspended already`);
		const next = await runTemplate(apply(loadTemplate('reconcile')), sandbox);
		expect(next.path(personId)).toBe('needsReview');
		expect(sandbox.admin.account(accountId)).toMatchObject(closed);
		expect(sandbox.violations).toEqual([]);
	}));

it.each([
	['nobody.here@acme.example', 'No JumpCloud account has that email.'],
	['', 'No user is chosen.'],
	[
		'nobodyHasThisIdAtAll0000',
		'No JumpCloud account is linked to the person with that Humaans ID.',
	],
	['<script>alert(1)</script>', 'No JumpCloud account has that email.'],
])(
	'"%s" cannot be cut off, and the page says why',
	async (typed, message) =>
		await withSandbox(async (sandbox) => {
			const page = await ask(sandbox, typed, 'Cut off');
			expect([page.title, sandbox.writes()]).toEqual(['Nothing was done', []]);
			expect(page.html).toContain(`<p><strong>${message}</strong></p>`);
			expect(page.html).not.toContain('<script');
		}),
);

it.each(['administrator', 'service account, no link'])(
	'%s: refused in plain words',
	async (label) =>
		await withSandbox(async (sandbox) => {
			const { email } = sandbox.admin.account(caseOf(sandbox, label).accountId)!;
			const page = await ask(sandbox, email, 'Cut off');
			expect([page.title, sandbox.writes()]).toEqual(['Nothing was done', []]);
			expect(page.html).toMatch(/^<p><strong>[A-Z][^<]+\.<\/strong><\/p><p>[A-Z][^<]+\.<\/p>/);
		}),
);

it('an address that was pasted with an invisible character is found', async () =>
	await withSandbox(async (sandbox) => {
		const { accountId, personId } = caseOf(sandbox, 'promotion in five days');
		const { email, username } = sandbox.admin.account(accountId)!;
		for (const typed of [`${email}\u200b`, `\ufeff${email}`])
			expect((await ask(sandbox, typed, 'Cut off')).title).toContain(`The account ${username} `);
		expect(sandbox.admin.account(accountId)!.state).toBe('SUSPENDED');
		const named = sandbox.humaans.people.find(({ id }) => id === personId)!;
		for (const typed of [`${named.id}\u200b`, `\u00ad${named.email}`])
			expect((await ask(sandbox, typed, 'Preview')).html).toContain('suspended');
	}));

it('what somebody typed as a reason, or wrote on the account, is not HTML on the page', async () =>
	await withSandbox(async (sandbox) => {
		const { accountId } = caseOf(sandbox, 'promotion in five days');
		const { email } = sandbox.admin.account(accountId)!;
		const evil = `<script>alert("1")</script><img src=x onerror='alert(1)'>`;
		const page = await ask(sandbox, email, 'Cut off', undefined, evil);
		expect(page.html).toContain('Reason: &#60;script&#62;alert(&#34;1&#34;)');
		expect(page.html).not.toMatch(/<(script|img)/);
	}));

it.each([
	['a username', { protectedAccounts: (username: string) => `somebody, ${username}` }],
	['the owner of the API key', { keyOwner: (_: string, email: string) => email }],
	['an attribute, in other letters', { protectedAttribute: () => 'BREAKGLASS' }],
])(
	'protected in Decide by %s: refused, and the page says why',
	async (_what, options) =>
		await withSandbox(async (sandbox) => {
			const { accountId } = caseOf(sandbox, 'promotion in five days');
			const { email, username, attributes } = sandbox.admin.account(accountId)!;
			sandbox.admin.setAccount(accountId, {
				attributes: [...attributes, { name: 'breakGlass', value: 'yes' }],
			});
			const template = onDemand();
			const set = nodeOf(template, 'Decide').parameters.options as Record<string, unknown>;
			for (const [option, valueFor] of Object.entries(options))
				set[option] = valueFor(username, email);
			const page = await ask(sandbox, email, 'Cut off', template);
			expect([page.title, sandbox.writes()]).toEqual(['Nothing was done', []]);
			expect(page.html).toMatch(/protect/);
		}),
);

it('a Humaans ID finds the account that is linked, whatever its email; the page says whose it is', async () =>
	await withSandbox(async (sandbox) => {
		const { accountId, personId } = caseOf(sandbox, 'promotion in five days');
		sandbox.admin.setAccount(accountId, { email: 'older.address@acme.example' });
		const { firstname, lastname, username } = sandbox.admin.account(accountId)!;
		const page = await ask(sandbox, personId, 'Cut off');
		expect(page.title).toBe(`The account ${username} is suspended`);
		expect(page.html).toContain(
			`<p>${firstname} ${lastname}: ${username} (older.address@acme.example) has no access.`,
		);
		expect(sandbox.admin.account(accountId)!.state).toBe('SUSPENDED');
	}));

it('another account of the same person that is open is named, with every filter of JumpCloud', async () => {
	for (const customAttributeFilter of ['works', 'nothing', '400'] as const)
		await withSandbox(
			async (sandbox) => {
				const { accountId, personId } = caseOf(sandbox, 'promotion in five days');
				const other = sandbox.jumpCloud.accounts.find(
					({ _id, state, admin }) => _id !== accountId && state === 'ACTIVATED' && !admin,
				)!;
				sandbox.admin.setAccount(other._id, {
					attributes: [{ name: 'humaansId', value: personId }],
				});
				const { email } = sandbox.admin.account(accountId)!;
				const page = await ask(sandbox, email, 'Cut off');
				expect(page.html).toContain(`linked to the same person: ${other.username}.`);
				const byId = await ask(sandbox, personId, 'Cut off');
				expect(byId.html).toContain('Several JumpCloud accounts fit: ');
				expect(sandbox.admin.account(other._id)!.state).toBe('ACTIVATED');
			},
			{ quirks: { customAttributeFilter } },
		);
});

/** The template with a name in *Reason Attribute*, as an admin sets it. */
function keepingReasonIn(attribute: string): Template {
	const template = onDemand();
	const options = nodeOf(template, 'Cut Off Now').parameters.options as Record<string, unknown>;
	options.reasonAttribute = attribute;
	return template;
}

it.each([
	['as it ships the reason is not kept on the account', '', undefined],
	['an admin names an attribute: the reason is kept there', 'cutOffReason', 'Laptop stolen'],
	['white space is no name', '  ', undefined],
])('%s', async (_what, attribute, kept) => {
	await withSandbox(async (sandbox) => {
		const { accountId } = caseOf(sandbox, 'promotion in five days');
		const { email, attributes } = sandbox.admin.account(accountId)!;
		await ask(sandbox, email, 'Cut off', keepingReasonIn(attribute), ' Laptop stolen ');
		const after = sandbox.admin.account(accountId)!;
		expect(after).toMatchObject({ state: 'SUSPENDED', suspended: true });
		const others = after.attributes.filter(({ name }) => name !== 'cutOffReason');
		expect(others).toEqual(attributes);
		expect(after.attributes.find(({ name }) => name === 'cutOffReason')?.value).toBe(kept);
		// The suspension first, alone; then the note.
		expect(sandbox.writes()).toHaveLength(kept ? 2 : 1);
		expect(sandbox.violations).toEqual([]);
	});
});

it.each(['humaansId', 'HumaansDeprovisionedAt'])(
	'the attribute %s is ours: the account is suspended all the same, and a warning says so',
	async (attribute) =>
		await withSandbox(async (sandbox) => {
			const { accountId } = caseOf(sandbox, 'promotion in five days');
			const { email, attributes } = sandbox.admin.account(accountId)!;
			const page = await ask(sandbox, email, 'Cut off', keepingReasonIn(attribute), 'Stolen');
			expect(sandbox.admin.account(accountId)).toMatchObject({ state: 'SUSPENDED', attributes });
			const { outcome } = page.run.items('Cut Off Now')[0]!.json as { outcome: Outcome };
			const warning =
				`The reason was not kept on the account in ${attribute}: this package uses that ` +
				'attribute itself. Choose another name in Reason Attribute.';
			expect(outcome.warnings).toEqual([warning]);
			expect(page.html).toContain(`<p>${warning}</p>`);
		}),
);

/** Offboarded and suspended by the rules, so the account has our stamp; then HR takes it back. */
async function suspendedAndBack(sandbox: Sandbox) {
	const { accountId, personId } = caseOf(sandbox, 'promotion in five days');
	sandbox.admin.offboard(personId, '2026-11-20');
	await runTemplate(apply(loadTemplate('deprovisioning')), sandbox);
	const account = sandbox.admin.account(accountId)!;
	expect(account.state).toBe('SUSPENDED');
	return { accountId, personId, email: account.email };
}
const backAgain = { status: 'active', lastWorkingDay: null, employmentEndDate: null } as const;

it.each([
	['an attribute that JumpCloud refuses', 'no such name!', 'Stolen'],
	['a long reason', 'cutOffReason', 'x'.repeat(5_000)],
	['no attribute', '', 'Stolen'],
])(
	'%s: who was suspended by the rules and is back stays cut off',
	async (_what, attribute, reason) =>
		await withSandbox(async (sandbox) => {
			const { accountId, personId, email } = await suspendedAndBack(sandbox);
			const page = await ask(sandbox, email, 'Cut off', keepingReasonIn(attribute), reason);
			expect(page.html).toContain('until somebody reactivates the account by hand');
			sandbox.admin.change(personId, backAgain);
			const next = await runTemplate(apply(loadTemplate('reconcile')), sandbox);
			expect(next.path(personId)).toBe('needsReview');
			expect(sandbox.admin.account(accountId)).toMatchObject({
				...{ state: 'SUSPENDED', suspended: true },
			});
		}),
);

it('where no custom attribute can be changed, the page does not promise that it stays so', async () =>
	await withSandbox(async (sandbox) => {
		const { accountId, email } = await suspendedAndBack(sandbox);
		const { attributes } = sandbox.admin.account(accountId)!;
		const badge = { name: 'legacy badge', value: 'B' };
		sandbox.admin.setAccount(accountId, { attributes: [...attributes, badge] });
		const page = await ask(sandbox, email, 'Cut off');
		expect(page.html).toContain('a later run may open it again');
		expect(page.html).toContain('JumpCloud refused the custom attributes');
		expect(page.html).not.toContain('It stays so');
	}));

it('the same attribute in other letters is that one, and a second reason takes its place', async () =>
	await withSandbox(async (sandbox) => {
		const { accountId } = caseOf(sandbox, 'promotion in five days');
		const { email } = sandbox.admin.account(accountId)!;
		await ask(sandbox, email, 'Cut off', keepingReasonIn('cutOffReason'), 'first');
		await ask(sandbox, email, 'Cut off', keepingReasonIn('CUTOFFREASON'), 'second');
		const { attributes } = sandbox.admin.account(accountId)!;
		expect(attributes.filter(({ name }) => /^cutoffreason$/i.test(name))).toMatchObject([
			{ name: 'cutOffReason', value: 'second' },
		]);
	}));

it('a wrong key: said in plain words, and nothing is written', async () =>
	await withSandbox(async (sandbox) => {
		const { email } = sandbox.admin.account(caseOf(sandbox, 'promotion in five days').accountId)!;
		const { humaans, jumpCloud } = sandbox;
		const wrong = { humaans, jumpCloud: { ...jumpCloud, apiKey: 'wrong' } };
		const page = await ask(wrong, email, 'Cut off');
		expect(page.text).toMatch(/^JumpCloud did not accept the API key \(401\)\./);
		expect(sandbox.writes()).toEqual([]);
	}));
