import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { oneSandbox } from '../harness/oneSandbox';
import type { Client } from './client';
import type { Sandbox } from '.';

let sandbox: Sandbox;
let client: Client;
const { withQuirks } = oneSandbox({ people: 5 }, (one) => ({ sandbox, client } = one));
const EVENTS = ['person.created', 'person.updated'];

describe('webhooks', () => {
	const received: Array<{ headers: Record<string, unknown>; body: string }> = [];
	let statuses: number[] = [];
	const receiver = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
			response.writeHead(statuses.shift() ?? 200).end();
		});
	});
	beforeAll(() => new Promise<void>((resolve) => void receiver.listen(0, '127.0.0.1', resolve)));
	afterAll(() => {
		receiver.close();
		receiver.closeAllConnections();
	});
	beforeEach(() => {
		received.length = 0;
		statuses = [];
		sandbox.humaans.setToken(['public:read', 'private:read', 'webhooks:manage']);
	});
	const register = (body: object = {}) => {
		return client.humaans('/webhooks', {
			method: 'POST',
			body: { url: url(), secret: 'shared-secret', events: EVENTS, ...body },
		});
	};
	const url = () => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;

	it('are registered, listed and deleted, and their secret is nowhere', async () => {
		const { body, status } = await register();
		expect([status, body.url, body.events]).toEqual([201, url(), EVENTS]);
		const [row] = (await client.humaans('/webhooks')).body.data;
		const removed = await client.humaans(`/webhooks/${body.id}`, { method: 'DELETE' });
		expect(removed.status).toBe(200);
		for (const shown of [body, row, removed.body]) expect(shown).not.toHaveProperty('secret');
		expect(JSON.stringify(sandbox.log)).not.toContain('shared-secret');
	});

	it('have a secret from the service, in the answer or not, or the one of the client', async () => {
		const secrets = async (body: object = {}) => {
			const answered = (await register(body)).body.secret as string | undefined;
			return [answered, sandbox.humaans.webhooks.at(-1)!.secret];
		};
		const [nowhere, own] = await secrets();
		expect([nowhere, own]).toEqual([undefined, expect.stringMatching(/^sandbox-webhook-/)]);
		await withQuirks({ webhookSecret: 'answer' }, async () => {
			const [answered, used] = await secrets();
			expect(answered).toBe(used);
			expect(answered).toMatch(/^sandbox-webhook-/);
		});
		await withQuirks({ webhookSecret: 'client' }, async () => {
			expect(await secrets()).toEqual(['shared-secret', 'shared-secret']);
			expect((await secrets({ secret: undefined }))[1]).toMatch(/^sandbox-webhook-/);
		});
		const { data } = (await client.humaans('/webhooks')).body;
		expect(data.some((row: object) => 'secret' in row)).toBe(false);
	});

	it('need events, unless webhookEventsRequired is off: then they tell of everything', async () => {
		for (const events of [undefined, [], 'person.created'])
			expect(await register({ events })).toMatchObject({
				status: 422,
				body: { name: 'Unprocessable', issues: [{ name: 'events' }] },
			});
		expect(sandbox.humaans.webhooks).toEqual([]);
		await withQuirks({ webhookEventsRequired: false }, async () => {
			expect((await register({ events: undefined })).status).toBe(201);
			sandbox.admin.offboard(sandbox.humaans.people[1]!.id);
			await sandbox.humaans.settled();
			expect(received).toHaveLength(1);
		});
	});

	it('tell only of the events that they name', async () => {
		await register();
		sandbox.admin.offboard(sandbox.humaans.people[1]!.id);
		await sandbox.humaans.settled();
		expect(received).toEqual([]);
	});

	it.each([403, 404, 422] as const)('are refused altogether with %i', async (status) => {
		await withQuirks({ webhookCreation: status }, async () =>
			expect((await register()).status).toBe(status),
		);
		expect(sandbox.humaans.webhooks).toEqual([]);
	});

	it('deliver a signed event with the id of the person', async () => {
		await register();
		const { id } = sandbox.admin.hire();
		await sandbox.humaans.settled();
		expect(JSON.parse(received[0]!.body)).toMatchObject({ event: 'person.created', data: { id } });
		expect(received[0]!.headers['x-humaans-signature']).toBe(
			sandbox.humaans.sign(received[0]!.body, sandbox.humaans.webhooks[0]!.secret).value,
		);
		expect((await client.humaans('/webhook-events')).body.data[0]).toMatchObject({
			attempt: 1,
			status: 200,
		});
	});

	it.each([
		['data.personId', (id: string) => ({ data: { personId: id } })],
		['personId', (id: string) => ({ personId: id })],
	] as const)('carry the id in %s under webhookBody', async (webhookBody, shape) => {
		await register();
		await withQuirks({ webhookBody }, async () => {
			const { id } = sandbox.admin.hire();
			await sandbox.humaans.settled();
			expect(JSON.parse(received[0]!.body)).toMatchObject(shape(id));
		});
	});

	it('use another header, prefix, encoding and body under the quirks', async () => {
		await register();
		await withQuirks(
			{
				webhookSignatureHeader: 'X-Sig',
				webhookSignaturePrefix: 'sha256=',
				webhookSignatureEncoding: 'base64',
				webhookBody: 'none',
			},
			async () => {
				sandbox.admin.change(sandbox.humaans.people[0]!.id, { firstName: 'Grete' });
				await sandbox.humaans.settled();
				expect(received[0]!.headers['x-sig']).toMatch(/^sha256=[A-Za-z0-9+/]+=$/);
				expect(JSON.parse(received[0]!.body)).not.toHaveProperty('data');
			},
		);
	});

	it('are repeated until they are taken', async () => {
		await register();
		statuses = [500, 503];
		await withQuirks({ webhookRetryMs: 1 }, async () => {
			sandbox.admin.hire();
			await sandbox.humaans.settled();
		});
		expect(received).toHaveLength(3);
		expect(new Set(received.map(({ body }) => body)).size).toBe(1);
	});

	it('never call another machine', async () => {
		expect((await register({ url: 'http://hooks.example/x' })).status).toBe(422);
	});
});
