/**
 * The doorbell, rung by anybody with anything: what is not signed does no work at all, and what is
 * signed never does more than read people. Seeded; over real HTTP.
 */
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { withSandbox } from '../harness/fixedClock';
import { publishedTrigger, WEBHOOKS_AS_ASKED } from '../harness/humaansOverHttp';
import type { Sandbox } from '../sandbox';
import { sized } from '../harness/sample';

type Trigger = Awaited<ReturnType<typeof publishedTrigger>>;
const SEED = 20261125;

async function withTrigger(
	work: (sandbox: Sandbox, trigger: Trigger, secret: string) => Promise<void>,
): Promise<void> {
	await withSandbox(
		async (sandbox) => {
			sandbox.humaans.setToken(['public:read', 'private:read', 'webhooks:manage']);
			const trigger = await publishedTrigger(sandbox);
			try {
				await trigger.activate();
				// The sandbox itself does not ring meanwhile.
				const { secret } = sandbox.humaans.webhooks[0]!;
				sandbox.humaans.webhooks[0]!.enabled = false;
				sandbox.clearLog();
				await work(sandbox, trigger, secret);
				expect(trigger.warnings.join(' ')).not.toMatch(/@|sandbox-humaans-token/);
			} finally {
				await trigger.stop();
			}
		},
		{ quirks: WEBHOOKS_AS_ASKED },
	);
}

const ring = async (
	trigger: Trigger,
	body: Uint8Array,
	headers: Record<string, string>,
): Promise<number> =>
	(await fetch(trigger.url, { method: 'POST', body: Buffer.from(body), headers })).status;
const signed = (body: Uint8Array, secret: string): string =>
	createHmac('sha256', secret).update(body).digest('hex');
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf8'));

/** What the company is like as far as the trigger knows. */
const remembered = (trigger: Trigger) => JSON.stringify(trigger.saved());

const headerText = fc
	.string({
		unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
		maxLength: 200,
	})
	.map((text) => text.trim());
const anyBody = fc.oneof(
	fc.uint8Array({ maxLength: 2_000 }),
	fc.json({ maxDepth: 6 }).map(bytes),
	fc
		.constantFrom(
			'',
			'{',
			'null',
			'[]',
			'{"data":{}}',
			'{"__proto__":{"data":{"id":"x"}}}',
			'['.repeat(20_000),
			`{"data":{"id":"${'a'.repeat(500_000)}"}}`,
		)
		.map(bytes),
);

it(
	'unsigned, with any body and any headers: 401, and nobody is asked anything',
	async () =>
		await withTrigger(async (sandbox, trigger, secret) => {
			const before = remembered(trigger);
			const names = fc.constantFrom(
				'x-humaans-signature',
				'x-humaans-timestamp',
				'x-hub-signature-256',
				'authorization',
				'x-forwarded-for',
				'content-type',
				'x-other',
			);
			const values = fc.oneof(
				headerText,
				fc.constantFrom(
					'0'.repeat(64),
					'sha256=',
					secret,
					signed(bytes('{}'), 'another secret'),
					signed(bytes(''), ''),
					'undefined',
					'null',
					'[object Object]',
				),
			);
			await fc.assert(
				fc.asyncProperty(
					anyBody,
					fc.dictionary(names, values, { maxKeys: 5 }),
					async (body, headers) => {
						expect(await ring(trigger, body, headers)).toBe(401);
					},
				),
				{ numRuns: sized(60, 400), seed: SEED },
			);
			expect(sandbox.log).toEqual([]);
			expect(trigger.told).toEqual([]);
			expect(remembered(trigger)).toBe(before);
		}),
	120_000,
);

it(
	'a genuine delivery with any one bit, byte or end changed: 401, and nobody is asked anything',
	async () =>
		await withTrigger(async (sandbox, trigger, secret) => {
			const { id } = sandbox.humaans.people.find(({ status }) => status === 'active')!;
			sandbox.admin.change(id, { city: 'Porto' });
			const body = bytes(JSON.stringify({ event: 'person.updated', data: { id } }));
			const signature = signed(body, secret);
			const changed = fc.oneof(
				fc.nat(body.length * 8 - 1).map((bit) => ({
					body: body.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte)),
					signature,
				})),
				fc.nat(body.length - 1).map((length) => ({ body: body.slice(0, length), signature })),
				fc
					.uint8Array({ minLength: 1, maxLength: 20 })
					.map((more) => ({ body: new Uint8Array([...body, ...more]), signature })),
				fc
					.tuple(fc.nat(63), fc.constantFrom(...'0123456789abcdefg'))
					.filter(([at, digit]) => signature[at] !== digit)
					.map(([at, digit]) => ({
						body,
						signature: signature.slice(0, at) + digit + signature.slice(at + 1),
					})),
				fc.nat(63).map((length) => ({ body, signature: signature.slice(0, length) })),
				headerText
					.filter((text) => text.length > 0)
					.map((text) => ({ body, signature: signature + text })),
			);
			await fc.assert(
				fc.asyncProperty(changed, async (delivery) => {
					expect(
						await ring(trigger, delivery.body, { 'x-humaans-signature': delivery.signature }),
					).toBe(401);
				}),
				{ numRuns: sized(60, 400), seed: SEED },
			);
			expect(sandbox.log).toEqual([]);
			expect(trigger.told).toEqual([]);
			expect(await ring(trigger, body, { 'x-humaans-signature': signature })).toBe(200);
			expect(trigger.take()).toEqual([`updated ${id}`]);
		}),
	120_000,
);

it(
	'signed, with any body: only people are read, by no other paths than usual, and nothing is told that did not happen',
	async () =>
		await withTrigger(async (sandbox, trigger, secret) => {
			const before = remembered(trigger);
			const id = fc.oneof(
				fc.constantFrom(
					'..',
					'../token-info',
					'%2e%2e%2ftoken-info',
					'a/b',
					'a?$limit=1',
					'__proto__',
					'constructor',
					'',
					' ',
					'*',
					'x'.repeat(64),
					'x'.repeat(65),
					'💥',
					sandbox.humaans.people[0]!.id,
				),
				fc.string({ maxLength: 80 }),
				fc.anything(),
			);
			const body = fc.oneof(
				anyBody,
				fc
					.record(
						{ data: fc.record({ id, personId: id }, { requiredKeys: [] }), personId: id },
						{ requiredKeys: [] },
					)
					.map((value) => bytes(JSON.stringify(value) ?? '')),
			);
			const statuses = new Set<number>();
			await fc.assert(
				fc.asyncProperty(body, async (delivery) => {
					statuses.add(
						await ring(trigger, delivery, { 'x-humaans-signature': signed(delivery, secret) }),
					);
				}),
				{ numRuns: sized(50, 300), seed: SEED },
			);
			await trigger.settled();
			expect([...statuses].filter((status) => status !== 200 && status !== 202)).toEqual([]);
			expect(
				sandbox.log
					.filter(
						({ method, path }) =>
							method !== 'GET' ||
							!/^\/api\/(people(\/[\w-]{1,64})?|token-info|job-roles|locations|custom-fields|custom-values)$/.test(
								path,
							),
					)
					.map(({ method, path }) => `${method} ${path}`),
			).toEqual([]);
			expect(trigger.told).toEqual([]);
			expect(remembered(trigger)).toBe(before);
		}),
	300_000,
);

it('a genuine delivery again and again: one event, however often; one that is signed but old does nothing', async () =>
	await withTrigger(async (sandbox, trigger, secret) => {
		const { id } = sandbox.humaans.people.find(({ status }) => status === 'active')!;
		sandbox.admin.change(id, { city: 'Porto' });
		const body = bytes(JSON.stringify({ data: { id } }));
		const headers = { 'x-humaans-signature': signed(body, secret) };
		for (let n = 0; n < 30; n++) expect(await ring(trigger, body, headers)).toBe(200);
		expect(trigger.take()).toEqual([`updated ${id}`]);
		sandbox.clearLog();
		for (const sentAt of ['2026-11-23T11:54:59Z', '2026-11-23T12:05:01Z', '1', 'soon', '', '-']) {
			expect(await ring(trigger, body, { ...headers, 'x-humaans-timestamp': sentAt })).toBe(401);
		}
		expect(sandbox.log).toEqual([]);
		expect(
			await ring(trigger, body, { ...headers, 'x-humaans-timestamp': '2026-11-23T11:55:01Z' }),
		).toBe(200);
	}));
