import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { clientOf, type Client, type Json } from './client';
import { startSandbox, type Quirks, type Sandbox } from '.';

let sandbox: Sandbox;
let client: Client;
let start: ReturnType<Sandbox['snapshot']>;
const TODAY = '2026-11-23';
let clock = new Date(`${TODAY}T12:00:00Z`);
beforeAll(async () => {
	sandbox = await startSandbox({ now: () => clock });
	client = clientOf(sandbox);
	start = sandbox.snapshot();
});
afterAll(() => sandbox.stop());
beforeEach(() => {
	clock = new Date(`${TODAY}T12:00:00Z`);
	sandbox.restore(start);
	sandbox.clearLog();
});

const withQuirks = async (quirks: Partial<Quirks>, run: () => Promise<void>): Promise<void> => {
	const before = { ...sandbox.quirks };
	Object.assign(sandbox.quirks, quirks);
	try {
		await run();
	} finally {
		Object.assign(sandbox.quirks, before);
	}
};
const people = async (query = ''): Promise<Json> => (await client.humaans(`/people${query}`)).body;
const count = (status: string): number =>
	sandbox.humaans.people.filter((person) => person.status === status).length;

describe('lists', () => {
	it('come in an envelope, 100 by default and 250 at most', async () => {
		expect(await people()).toMatchObject({ total: 162, limit: 100, skip: 0 });
		expect(await people('?$limit=1000&$skip=100')).toMatchObject({
			total: 162,
			limit: 250,
			skip: 100,
		});
		await withQuirks({ overLimit: '400', errorStatusValidation: 422 }, async () =>
			expect((await client.humaans('/people?$limit=251')).status).toBe(422),
		);
	});

	it('filter by status, $in and the other operators', async () => {
		const total = async (query: string) => (await people(query)).total;
		expect(await total('?status=newHire')).toBe(count('newHire'));
		expect(await total('?status[$in]=newHire&status[$in]=offboarded')).toBe(
			count('newHire') + count('offboarded'),
		);
		expect(await total('?status[$nin]=active')).toBe(162 - count('active'));
		const later = sandbox.humaans.people.filter(
			(person) => person.employmentStartDate > TODAY,
		).length;
		expect(await total(`?employmentStartDate[$gt]=${TODAY}`)).toBe(later);
		expect(await total(`?employmentStartDate[$lte]=${TODAY}`)).toBe(162 - later);
	});

	it('return raw rows, the fields that must not leave the edge included', async () => {
		expect((await people('?$limit=1')).data[0].taxId).toMatch(/^SECRET-/);
	});

	it('give fewer rows, in another order, or not so often, under the quirks', async () => {
		const ids = async (query = '') => (await people(query)).data.map(({ id }: Json) => id);
		const entered = sandbox.humaans.people.map(({ id }) => id);
		await withQuirks({ humaansPageLimit: 3 }, async () =>
			expect(await ids('?$limit=250&$skip=3')).toEqual(entered.slice(3, 6)),
		);
		await withQuirks({ humaansListOrder: 'newestFirst' }, async () =>
			expect((await ids())[0]).toBe(entered.at(-1)),
		);
		sandbox.admin.change(entered[5]!, { city: 'Riga' });
		await withQuirks({ humaansListOrder: 'lastChangedFirst' }, async () =>
			expect((await ids())[0]).toBe(entered[5]),
		);
		await withQuirks(
			{ humaansRateLimit: { requests: 1, perMs: 60_000, retryAfterSeconds: 7 } },
			async () => {
				expect((await client.humaans('/people')).status).toBe(200);
				expect((await client.humaans('/people')).status).toBe(429);
			},
		);
	});

	it('follow every quirk of the unknown', async () => {
		const total = async (query: string) => (await people(query)).total;
		await withQuirks({ statusFilterIgnored: true }, async () =>
			expect(await total('?status=newHire')).toBe(162),
		);
		await withQuirks({ bareListReturns: 'active' }, async () =>
			expect(await total('')).toBe(count('active')),
		);
		await withQuirks({ statusFilterIgnored: true, bareListReturns: 'active' }, async () =>
			expect(await total('?status=newHire')).toBe(count('active')),
		);
		expect(await total('?nonsense=1')).toBe(162);
		await withQuirks({ unknownFilter: '400' }, async () => {
			expect((await client.humaans('/people?nonsense=1')).body).toMatchObject({
				code: 400,
				name: 'BadRequest',
				issues: [{ name: 'nonsense' }],
			});
			expect((await client.humaans('/people?updatedAt[$gte]=2026-01-01')).status).toBe(400);
		});
		expect(await total('?updatedAt[$gte]=2999-01-01')).toBe(162);
		await withQuirks({ updatedAtFilterSupported: true }, async () =>
			expect(await total('?updatedAt[$gte]=2999-01-01')).toBe(0),
		);
		await withQuirks({ sortSupported: true }, async () => {
			const names = (await people('?$sort[lastName]=1&$limit=250')).data.map(
				(row: { lastName: string }) => row.lastName,
			);
			expect(names).toEqual([...names].sort());
		});
	});

	it('grow between two pages when told to', async () => {
		await withQuirks({ totalChangesMidSweep: 1 }, async () => {
			const totals = [];
			for (const skip of [0, 100, 0, 100])
				totals.push((await people(`?$limit=100&$skip=${skip}`)).total);
			expect(totals).toEqual([162, 163, 163, 163]);
		});
	});

	it('give the job role of a day with $asOf', async () => {
		const personId = sandbox.cases.find((one) => one.label === 'promotion in five days')!
			.personId as string;
		const titles = async (day: string) =>
			(await client.humaans(`/job-roles?personId=${personId}&$asOf=${day}`)).body.data.map(
				(role: { jobTitle: string }) => role.jobTitle,
			);
		const [now] = await titles(TODAY);
		const [then] = await titles('2026-11-28');
		expect(then).not.toBe(now);
		await withQuirks({ asOfSupported: false }, async () =>
			expect(await titles(TODAY)).toHaveLength(2),
		);
	});

	it('serve locations, custom fields, custom values, me and token-info', async () => {
		for (const path of ['/locations', '/custom-fields', '/custom-values'])
			expect((await client.humaans(path)).body.total).toBeGreaterThan(0);
		expect((await client.humaans('/me')).body.id).toBe(
			(await client.humaans('/token-info')).body.personId,
		);
	});
});

describe('permissions', () => {
	it('answer 401 to a wrong token, in the documented shape', async () => {
		const reply = await client.humaans('/people', { token: 'wrong' });
		expect(reply).toMatchObject({
			status: 401,
			body: {
				id: expect.any(String),
				code: 401,
				name: 'NotAuthenticated',
				message: expect.any(String),
				issues: [],
			},
		});
	});

	it('hide new hires, leavers and private fields without private:read', async () => {
		const hidden = sandbox.humaans.people.find((person) => person.status === 'newHire')!;
		sandbox.humaans.setToken(['public:read']);
		const { total, data } = await people('?$limit=250');
		expect(total).toBe(count('active'));
		for (const field of ['personalEmail', 'personalPhoneNumber', 'address', 'employeeId', 'taxId'])
			expect(data[0]).not.toHaveProperty(field);
		expect((await client.humaans(`/people/${hidden.id}`)).status).toBe(404);
		expect((await people('?status=offboarded')).total).toBe(0);
		expect((await client.humaans(`/job-roles?personId=${hidden.id}`)).body.total).toBe(0);
		expect((await client.humaans('/custom-values')).status).toBe(403);
		expect((await client.humaans('/token-info')).body.scopes).toEqual(['public:read']);
	});

	it('forbid people without public:read and webhooks without webhooks:manage', async () => {
		expect((await client.humaans('/webhooks')).status).toBe(403);
		sandbox.humaans.setToken([]);
		expect((await client.humaans('/people')).body).toMatchObject({ code: 403, name: 'Forbidden' });
	});
});

describe('people change', () => {
	it('hired with defaults, active from today and new before', async () => {
		const today = sandbox.admin.hire({ firstName: 'Ana', lastName: 'Ný', jobTitle: 'Baker' });
		const later = sandbox.admin.hire({ employmentStartDate: '2026-12-01', email: null });
		expect([today.status, today.email, later.status, later.email]).toEqual([
			'active',
			'ana.ny@acme.example',
			'newHire',
			null,
		]);
		expect(sandbox.admin.jobRole(today.id)?.jobTitle).toBe('Baker');
		expect((await client.humaans(`/people/${later.id}`)).body.id).toBe(later.id);
	});

	it('changed: a title becomes a job role and does not bump updatedAt, unless the quirk says so', () => {
		const { id, updatedAt } = sandbox.humaans.people[0]!;
		expect(sandbox.admin.change(id, { jobTitle: 'Chair' }).updatedAt).toBe(updatedAt);
		expect(sandbox.admin.jobRole(id)).toMatchObject({
			jobTitle: 'Chair',
			department: 'Leadership',
			effectiveDate: TODAY,
		});
		sandbox.quirks.roleChangeBumpsPerson = true;
		expect(sandbox.admin.change(id, { department: 'Board' }).updatedAt).not.toBe(updatedAt);
		sandbox.quirks.roleChangeBumpsPerson = false;
	});

	it('offboarded today or on a later day, removed for good', async () => {
		const [first, second] = sandbox.humaans.people;
		expect(sandbox.admin.offboard(first!.id)).toMatchObject({
			status: 'offboarded',
			lastWorkingDay: TODAY,
		});
		expect(sandbox.admin.offboard(second!.id, '2026-12-24')).toMatchObject({
			status: 'active',
			lastWorkingDay: '2026-12-24',
		});
		clock = new Date('2026-12-25T00:00:00Z');
		expect(sandbox.admin.applyDates().map((person) => person.id)).toContain(second!.id);
		sandbox.admin.remove(second!.id);
		expect((await client.humaans(`/people/${second!.id}`)).status).toBe(404);
		expect(sandbox.humaans.jobRoles.some((role) => role.personId === second!.id)).toBe(false);
	});

	it('with the calendar under statusFollowsDates', async () => {
		const { id } = sandbox.admin.hire({ employmentStartDate: '2026-11-24' });
		const status = async () => (await client.humaans(`/people/${id}`)).body.status;
		clock = new Date('2026-11-24T00:00:00Z');
		expect(await status()).toBe('newHire');
		await withQuirks({ statusFollowsDates: true }, async () =>
			expect(await status()).toBe('active'),
		);
	});

	it('an active person whose lastWorkingDay is the start date stays active', () => {
		const personId = sandbox.cases.find((one) =>
			String(one.label).startsWith('active with lastWorkingDay'),
		)!.personId as string;
		expect(sandbox.admin.applyDates().map((person) => person.id)).not.toContain(personId);
	});
});

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
		const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
		return client.humaans('/webhooks', {
			method: 'POST',
			body: { url, secret: 'shared-secret', ...body },
		});
	};

	it('are registered, listed without their secret, deleted', async () => {
		const { body, status } = await register();
		expect([status, body.secret]).toEqual([201, 'shared-secret']);
		const [row] = (await client.humaans('/webhooks')).body.data;
		expect(row).toEqual(expect.not.objectContaining({ secret: expect.anything() }));
		expect((await client.humaans(`/webhooks/${body.id}`, { method: 'DELETE' })).status).toBe(200);
		expect(JSON.stringify(sandbox.log)).not.toContain('shared-secret');
	});

	it('deliver a signed event with the id of the person', async () => {
		await register();
		const { id } = sandbox.admin.hire();
		await sandbox.humaans.settled();
		expect(JSON.parse(received[0]!.body)).toMatchObject({ event: 'person.created', data: { id } });
		expect(received[0]!.headers['x-humaans-signature']).toBe(
			sandbox.humaans.sign(received[0]!.body, 'shared-secret').value,
		);
		expect((await client.humaans('/webhook-events')).body.data[0]).toMatchObject({
			attempt: 1,
			status: 200,
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
		expect((await register({ url: 'http://hooks.example/x' })).status).toBe(400);
	});
});
