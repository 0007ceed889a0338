/** The doorbell: the sandbox delivers over HTTP, and the trigger reads the person. */
import { withSandbox } from '../harness/fixedClock';
import { memberOf, publishedTrigger, WEBHOOKS_AS_ASKED } from '../harness/humaansOverHttp';
import { DEFAULT_QUIRKS, type Quirks, type Sandbox } from '../sandbox';

const SCOPES = ['public:read', 'private:read', 'webhooks:manage'];
type Trigger = Awaited<ReturnType<typeof publishedTrigger>>;

async function withTrigger(
	work: (sandbox: Sandbox, trigger: Trigger, personId: string) => Promise<void>,
	quirks: Partial<Quirks> = {},
	more: Parameters<typeof publishedTrigger>[1] = {},
) {
	await withSandbox(
		async (sandbox) => {
			sandbox.humaans.setToken(SCOPES);
			const trigger = await publishedTrigger(sandbox, more);
			try {
				await work(sandbox, trigger, memberOf(sandbox).id);
			} finally {
				await trigger.stop();
			}
		},
		{ quirks: { ...WEBHOOKS_AS_ASKED, ...quirks } },
	);
}

const post = async (trigger: Trigger, body: string, headers: Record<string, string>) =>
	(await fetch(trigger.url, { method: 'POST', body, headers })).status;

describe.each<[string, Partial<Quirks>, object]>([
	['as likely', {}, {}],
	['signed in base64', { webhookSignatureEncoding: 'base64' }, { encoding: 'base64' }],
	['with a prefix', { webhookSignaturePrefix: 'sha256=' }, { prefix: 'sha256=' }],
	['in another header', { webhookSignatureHeader: 'X-Other' }, { signatureHeader: 'X-Other' }],
	['person in data.personId', { webhookBody: 'data.personId' }, {}],
	['person in personId', { webhookBody: 'personId' }, {}],
	['nobody named', { webhookBody: 'none' }, {}],
])('Humaans delivers %s', (_what, quirks, webhookOptions) => {
	it('each change is told once, and not again by a poll', async () =>
		await withTrigger(
			async (sandbox, trigger, personId) => {
				await trigger.activate();
				sandbox.admin.change(personId, { city: 'Porto' });
				await sandbox.humaans.settled();
				for (let n = 0; n < 100 && trigger.told.length === 0; n++)
					await new Promise((resolve) => setTimeout(resolve, 20));
				expect(trigger.take()).toEqual([`updated ${personId}`]);
				sandbox.admin.remove(personId);
				await sandbox.humaans.settled();
				for (let n = 0; n < 100 && trigger.told.length === 0; n++)
					await new Promise((resolve) => setTimeout(resolve, 20));
				expect(trigger.take()).toEqual([`deleted ${personId}`]);
				await trigger.poll();
				expect(trigger.take()).toEqual([]);
				expect(sandbox.humaans.deliveries.every(({ status }) => status < 300)).toBe(true);
			},
			quirks,
			{ webhookOptions },
		));
});

it('registers itself once and leaves nothing behind', async () =>
	await withTrigger(async (sandbox, trigger) => {
		await trigger.activate();
		expect(await trigger.exists()).toBe(true);
		expect(sandbox.humaans.webhooks.map(({ url }) => url)).toEqual([trigger.url]);
		await trigger.deactivate();
		expect(sandbox.humaans.webhooks).toEqual([]);
		await trigger.deactivate();
	}));

it('a webhook whose secret nobody remembers is registered anew', async () =>
	await withTrigger(async (sandbox, trigger, personId) => {
		await trigger.activate();
		sandbox.humaans.webhooks[0]!.secret = 'lost';
		delete trigger.polled.webhook;
		await trigger.activate();
		expect(sandbox.humaans.webhooks).toHaveLength(1);
		sandbox.admin.change(personId, { city: 'Porto' });
		await sandbox.humaans.settled();
		expect(trigger.take()).toEqual([`updated ${personId}`]);
	}));

it(
	'without the scope and without a secret the activation says what to do; with a secret it ' +
		'takes what is signed',
	async () => {
		await withTrigger(async (sandbox, trigger) => {
			sandbox.humaans.setToken(['public:read', 'private:read']);
			await expect(trigger.activate()).rejects.toMatchObject({
				message: expect.stringContaining('webhooks:manage'),
				description: expect.stringContaining(trigger.url),
			});
		});
		await withTrigger(
			async (sandbox, trigger, personId) => {
				sandbox.humaans.setToken(['public:read', 'private:read']);
				await trigger.activate();
				expect(sandbox.humaans.webhooks).toEqual([]);
				sandbox.admin.change(personId, { city: 'Porto' });
				const body = JSON.stringify({ data: { id: personId } });
				const { header, value } = sandbox.humaans.sign(body, 'by hand');
				expect(await post(trigger, body, { [header]: value })).toBe(200);
				expect(trigger.take()).toEqual([`updated ${personId}`]);
			},
			{},
			{ webhookSecret: 'by hand' },
		);
	},
);

describe.each<[string, Partial<Quirks>]>([
	['nobody says the secret', {}],
	['refused with 403', { webhookCreation: 403 }],
	['not there', { webhookCreation: 404 }],
	['refused with 422', { webhookCreation: 422 }],
])('a token that may register webhooks, and %s', (_what, quirks) => {
	const likely = { ...DEFAULT_QUIRKS, ...quirks };
	it('fares no worse than polling: one warning says what to do, and nothing is left behind', async () =>
		await withTrigger(async (sandbox, trigger, personId) => {
			await trigger.activate();
			expect(sandbox.humaans.webhooks).toEqual([]);
			expect(trigger.warnings).toHaveLength(1);
			expect(trigger.warnings[0]).toContain('Settings › Webhooks');
			sandbox.admin.change(personId, { city: 'Porto' });
			await trigger.poll();
			expect(trigger.take()).toEqual([`updated ${personId}`]);
		}, likely));

	it('a webhook that somebody added by hand stays, and its deliveries count', async () =>
		await withTrigger(
			async (sandbox, trigger, personId) => {
				sandbox.humaans.webhooks.push({
					id: 'byHand',
					url: trigger.url,
					secret: 'by hand',
					events: ['person.updated'],
					enabled: true,
					createdAt: '2026-11-23T00:00:00.000Z',
				} as never);
				await trigger.activate();
				expect(sandbox.humaans.webhooks.map(({ id }) => id)).toEqual(['byHand']);
				expect(trigger.warnings).toEqual([]);
				sandbox.admin.change(personId, { city: 'Porto' });
				await sandbox.humaans.settled();
				expect(trigger.take()).toEqual([`updated ${personId}`]);
				await trigger.deactivate();
				expect(sandbox.humaans.webhooks).toHaveLength(1);
			},
			likely,
			{ webhookSecret: 'by hand' },
		));
});

it.each<[string, Partial<Quirks>]>([
	['its own secret', { webhookSecret: 'answer' }],
	['our secret', { webhookSecret: 'client' }],
])(
	'Humaans takes %s and names it: deliveries count',
	async (_what, quirks) =>
		await withTrigger(
			async (sandbox, trigger, personId) => {
				await trigger.activate();
				expect(trigger.warnings).toEqual([]);
				sandbox.admin.change(personId, { city: 'Porto' });
				await sandbox.humaans.settled();
				expect(trigger.take()).toEqual([`updated ${personId}`]);
			},
			{ ...DEFAULT_QUIRKS, ...quirks },
		),
);

it('what is not genuine is answered 401 before any work', async () =>
	await withTrigger(async (sandbox, trigger, personId) => {
		await trigger.activate();
		const body = JSON.stringify({ data: { id: personId } });
		const { header, value } = sandbox.humaans.sign(body, sandbox.humaans.webhooks[0]!.secret);
		sandbox.admin.setAccount(sandbox.jumpCloud.accounts[0]!._id, {});
		sandbox.clearLog();
		expect(await post(trigger, body, {})).toBe(401);
		expect(
			await post(trigger, body, {
				[header]: value.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
			}),
		).toBe(401);
		expect(await post(trigger, `${body} `, { [header]: value })).toBe(401);
		expect(
			await post(trigger, body, { [header]: value, 'x-humaans-timestamp': '2020-01-01T00:00:00Z' }),
		).toBe(401);
		expect(sandbox.log).toEqual([]);
		expect(await post(trigger, body, { [header]: value })).toBe(200);
		expect(trigger.take()).toEqual([]);
	}));

it(
	'a delivery signed for a token of old is refused, and one warning says what to do; another ' +
		'change warns anew',
	async () => {
		const credential: { accessToken?: string } = {};
		await withTrigger(
			async (sandbox, trigger, personId) => {
				await trigger.activate();
				const { secret } = sandbox.humaans.webhooks[0]!;
				const body = JSON.stringify({ data: { id: personId } });
				const { header, value } = sandbox.humaans.sign(body, secret);
				expect([await post(trigger, body, {}), trigger.warnings]).toEqual([401, []]);
				for (const warned of [1, 2]) {
					credential.accessToken = `rotated ${warned}`;
					for (let delivery = 0; delivery < 3; delivery++)
						expect(await post(trigger, body, { [header]: value })).toBe(401);
					expect(trigger.warnings).toHaveLength(warned);
				}
				expect(trigger.warnings[0]).toContain('Unpublish the workflow and publish it again');
				for (const hidden of [secret, trigger.url, personId, 'rotated'])
					expect(trigger.warnings.join()).not.toContain(hidden);
				await trigger.activate();
				sandbox.admin.change(personId, { city: 'Porto' });
				await trigger.settled();
				expect([trigger.take(), trigger.warnings.length]).toEqual([[`updated ${personId}`], 2]);
			},
			{},
			credential,
		);
	},
);

it('a delivery about nobody that is known is answered before everybody is read, and tells all the same', async () =>
	await withTrigger(async (sandbox, trigger, personId) => {
		await trigger.activate();
		sandbox.humaans.webhooks[0]!.enabled = false;
		sandbox.admin.change(personId, { city: 'Porto' });
		const body = JSON.stringify({ data: { id: 'somethingElse' } });
		const { header, value } = sandbox.humaans.sign(body, sandbox.humaans.webhooks[0]!.secret);
		sandbox.faults.add({
			service: 'humaans',
			path: '/people',
			kind: 'slow',
			delayMs: 150,
			times: 1,
		});
		expect([await post(trigger, body, { [header]: value }), trigger.take()]).toEqual([202, []]);
		await trigger.settled();
		expect(trigger.take()).toEqual([`updated ${personId}`]);
	}));

it('a memory in another format counts as none: nothing is news before the next poll', async () =>
	await withTrigger(async (sandbox, trigger, personId) => {
		await trigger.activate();
		const older = { version: 1, company: null, readAt: '', ids: personId, prints: '' };
		trigger.polled.memory = older;
		sandbox.admin.change(personId, { city: 'Porto' });
		await sandbox.humaans.settled();
		expect([trigger.take(), trigger.polled.memory]).toEqual([[], older]);
		await trigger.poll();
		expect(trigger.take()).toEqual([]);
		expect(trigger.polled.memory).toMatchObject({ version: 2 });
		sandbox.admin.change(personId, { city: 'Riga' });
		await sandbox.humaans.settled();
		expect(trigger.take()).toEqual([`updated ${personId}`]);
		expect(sandbox.humaans.deliveries.every(({ status }) => status === 200)).toBe(true);
	}));

it('duplicates and bursts are one read, and one event', async () =>
	await withTrigger(async (sandbox, trigger, personId) => {
		await trigger.activate();
		const { secret } = sandbox.humaans.webhooks[0]!;
		sandbox.humaans.webhooks.splice(0);
		const person = sandbox.admin.change(personId, { city: 'Porto' });
		sandbox.clearLog();
		const body = JSON.stringify({ data: { id: personId } });
		const { header, value } = sandbox.humaans.sign(body, secret);
		const statuses = await Promise.all(
			Array.from({ length: 20 }, async () => await post(trigger, body, { [header]: value })),
		);
		expect(statuses).toEqual(Array.from({ length: 20 }, () => 200));
		expect(trigger.take()).toEqual([`updated ${person.id}`]);
		expect(sandbox.log.filter(({ path }) => path.endsWith(personId)).length).toBeLessThan(10);
	}));

it('when Humaans cannot be read it is asked to deliver again, nothing is remembered, and the poll sees it', async () =>
	await withTrigger(async (sandbox, trigger, personId) => {
		await trigger.activate();
		sandbox.humaans.webhooks[0]!.enabled = false;
		sandbox.admin.change(personId, { city: 'Porto' });
		const body = JSON.stringify({ data: { id: personId } });
		const { header, value } = sandbox.humaans.sign(body, sandbox.humaans.webhooks[0]!.secret);
		sandbox.faults.add({ service: 'humaans', path: `/people/${personId}`, kind: '403', times: 10 });
		expect(await post(trigger, body, { [header]: value })).toBe(503);
		expect(trigger.warnings[0]).not.toContain(personId);
		sandbox.faults.clear();
		await trigger.poll();
		expect(trigger.take()).toEqual([`updated ${personId}`]);
	}));

it('two people at once, one read slowly: each is told once, and a poll has nothing to add', async () =>
	await withTrigger(async (sandbox, trigger, personId) => {
		await trigger.activate();
		const other = sandbox.humaans.people.find(
			({ id, status }) => id !== personId && status === 'active',
		)!.id;
		sandbox.faults.add({
			service: 'humaans',
			path: `/people/${personId}`,
			kind: 'slow',
			delayMs: 150,
		});
		sandbox.admin.change(personId, { city: 'Porto' });
		sandbox.admin.change(other, { city: 'Riga' });
		await sandbox.humaans.settled();
		expect(trigger.take().sort()).toEqual([`updated ${other}`, `updated ${personId}`].sort());
		await trigger.poll();
		expect(trigger.take()).toEqual([]);
	}));
