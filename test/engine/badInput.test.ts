/** Each kind of bad input: one clear sentence, and nothing changed. */
import type { LoggedRequest, Sandbox } from '../sandbox';
import { apply, loadTemplate, runTemplate, type Finished } from '../harness/engine';
import { caseOf, withSandbox } from '../harness/fixedClock';

const reconcile = async (
	sandbox: Sandbox,
	services = sandbox as Parameters<typeof runTemplate>[1],
): Promise<Finished> => await runTemplate(apply(loadTemplate('reconcile')), services);

async function stops(
	prepare: (sandbox: Sandbox) => Parameters<typeof runTemplate>[1] | void,
	sentence: RegExp,
): Promise<void> {
	await withSandbox(async (sandbox) => {
		const run = await reconcile(sandbox, prepare(sandbox) ?? sandbox);
		expect(run.status).toBe('error');
		const { message, description } = run.error!;
		expect(message).toMatch(sentence);
		expect(description).toMatch(/^[A-Z].*\.$/);
		expect(sandbox.writes()).toEqual([]);
		expect(`${message} ${description}`).not.toMatch(
			/@|sandbox-humaans-token|sandbox-jumpcloud-key/,
		);
	});
}

it('a wrong Humaans token', async () =>
	await stops(
		(sandbox) => ({
			...sandbox,
			humaans: { ...sandbox.humaans, baseUrl: sandbox.humaans.baseUrl, token: 'wrong' },
		}),
		/^Humaans did not accept the access token \(401\)\.$/,
	));
it('a token without private:read', async () =>
	await stops(
		(sandbox) => sandbox.humaans.setToken(['public:read']),
		/lacks the scope private:read/,
	));
it('a token of an ordinary member, whatever its scopes', async () =>
	await stops(
		(sandbox) =>
			sandbox.humaans.setToken(
				['public:read', 'private:read'],
				caseOf(sandbox, 'promotion in five days').personId,
			),
		/neither owner nor administrator/,
	));
it('a wrong JumpCloud key', async () =>
	await stops(
		(sandbox) => ({
			...sandbox,
			jumpCloud: { ...sandbox.jumpCloud, baseUrl: sandbox.jumpCloud.baseUrl, apiKey: 'wrong' },
		}),
		/^JumpCloud did not accept the API key \(401\)\.$/,
	));
it('a JumpCloud role that may not read users', async () =>
	await stops(
		(sandbox) => void sandbox.faults.add({ service: 'jumpCloud', kind: '403', times: Infinity }),
		/^JumpCloud does not let this API key do that \(403\)\.$/,
	));
it(
	'Humaans down in the middle of the sweep',
	async () =>
		await stops(
			(sandbox) =>
				void sandbox.faults.add({
					service: 'humaans',
					path: '/people',
					skip: 1,
					times: Infinity,
					kind: '503-html',
				}),
			/^Humaans is not available \(503\)\.$/,
		),
	60_000,
);
it('an empty people list', async () =>
	await stops(
		(sandbox) =>
			void sandbox.faults.add({
				service: 'humaans',
				path: /\/people$/,
				times: Infinity,
				kind: 'empty-list',
			}),
		/^Humaans returned no people at all/,
	));
it(
	'an HTML answer of Humaans',
	async () =>
		await stops(
			(sandbox) =>
				void sandbox.faults.add({
					service: 'humaans',
					path: '/people',
					times: Infinity,
					kind: 'html-200',
				}),
			/^Humaans answered with something that is not JSON/,
		),
	60_000,
);
it(
	'an HTML answer of JumpCloud',
	async () =>
		await stops(
			(sandbox) =>
				void sandbox.faults.add({ service: 'jumpCloud', times: Infinity, kind: 'html-200' }),
			/^JumpCloud answered with something that is not JSON/,
		),
	60_000,
);
it(
	'accounts that are added while they are read',
	async () =>
		await stops(
			(sandbox) =>
				void sandbox.faults.add({
					service: 'jumpCloud',
					path: '/systemusers',
					times: Infinity,
					kind: 'truncated-json',
				}),
			/^JumpCloud answered with something that is not JSON/,
		),
	60_000,
);

/** A creation that JumpCloud did. */
const isCreation = ({ method, path, status }: LoggedRequest): boolean =>
	method === 'POST' && path.endsWith('/systemusers') && status === 200;

it('malformed rows are named and set aside; the others go on, and nobody is taken for gone', async () =>
	await withSandbox(async (sandbox) => {
		const { personId, accountId } = caseOf(sandbox, 'promotion in five days');
		sandbox.humaans.people.find((person) => person.id === personId)!.status =
			'on the moon' as never;
		sandbox.quirks.statusFilterIgnored = true;
		const run = await reconcile(sandbox);
		expect(run.error).toBeUndefined();
		const [decision] = run.decisionsOf(personId);
		expect(decision).toMatchObject({ action: 'needsReview', code: 'person.unreadable' });
		expect(decision!.reason).toContain('check: status');
		expect(sandbox.admin.account(accountId)!.state).toBe('ACTIVATED');
		expect(sandbox.writes().filter(isCreation).length).toBeGreaterThan(50);
	}));

it('one failed write stops nobody else, and ends where a person sees it', async () =>
	await withSandbox(async (sandbox) => {
		sandbox.faults.add({
			service: 'jumpCloud',
			method: 'POST',
			path: /api\/systemusers$/,
			times: 1,
			kind: '403',
		});
		const run = await reconcile(sandbox);
		expect(run.error).toBeUndefined();
		// It comes back to the policy, which says what happened and what to do next.
		const failed = run.subjects('Apply the Decision').filter(({ outcome }) => outcome?.failure);
		expect(failed).toMatchObject([
			{
				personId: expect.any(String),
				outcome: {
					status: 'failed',
					failure: {
						message: 'JumpCloud does not let this API key do that (403).',
						todo: expect.stringMatching(/\w/),
					},
				},
			},
		]);
		expect(run.decisionsOf(failed[0]!.personId!).at(-1)).toMatchObject({
			action: 'needsReview',
			code: 'write.failed',
			reason: expect.stringContaining('JumpCloud does not let this API key do that (403).'),
		});
		expect(sandbox.writes().filter(isCreation)).toHaveLength(68);
	}));

it.each(['deprovisioning', 'full-lifecycle'])(
	'%s: a name with a line break makes no line of its own in a message',
	async (name) =>
		await withSandbox(async (sandbox) => {
			const { personId } = caseOf(sandbox, 'offboarded, linked account');
			const evil = 'Zoe\n• Bea Boss: Nothing. All checked';
			sandbox.admin.change(personId, { firstName: evil, preferredName: evil });
			const template = apply(loadTemplate(name), { deprovisionHow: 'review' });
			const run = await runTemplate(template, sandbox);
			expect(run.error).toBeUndefined();
			const lines = run.items('Message Text').flatMap(({ json }) => String(json.text).split('\n'));
			expect(lines.filter((line) => /Zoe|Bea Boss/.test(line))).toEqual([
				expect.stringMatching(/^• Zoe, • Bea Boss: Nothing\. All checked /),
			]);
		}),
);
