import { oneSandbox } from '../harness/oneSandbox';
import type { Client, Json } from './client';
import type { Sandbox } from '.';

const TODAY = '2026-11-23';
let clock = new Date(`${TODAY}T12:00:00Z`);
beforeEach(() => {
	clock = new Date(`${TODAY}T12:00:00Z`);
});
let sandbox: Sandbox;
let client: Client;
const { withQuirks } = oneSandbox({ now: () => clock }, (one) => ({ sandbox, client } = one));
const people = async (query = ''): Promise<Json> => (await client.humaans(`/people${query}`)).body;
const count = (status: string): number =>
	sandbox.humaans.people.filter((person) => person.status === status).length;

describe('lists', () => {
	it('come in an envelope, 100 by default and 250 at most', async () => {
		expect(await people('?status=all')).toMatchObject({ total: 162, limit: 100, skip: 0 });
		expect(await people('?status=all&$limit=1000&$skip=100')).toMatchObject({
			total: 162,
			limit: 250,
			skip: 100,
		});
		await withQuirks({ overLimit: '400' }, async () =>
			expect((await client.humaans('/people?$limit=251')).status).toBe(422),
		);
	});

	it('show active people unless a status is asked for, and everybody with status=all', async () => {
		const statuses = async (query: string) =>
			new Set((await people(`?$limit=250${query}`)).data.map(({ status }: Json) => status));
		expect(await statuses('')).toEqual(new Set(['active']));
		for (const status of ['active', 'newHire', 'offboarded'])
			expect(await statuses(`&status=${status}`)).toEqual(new Set([status]));
		expect(await statuses('&status=all')).toEqual(new Set(['active', 'newHire', 'offboarded']));
		await withQuirks({ statusAll: 'refused' }, async () =>
			expect(await client.humaans('/people?status=all')).toMatchObject({
				status: 422,
				body: { name: 'Unprocessable', issues: [{ name: 'status' }] },
			}),
		);
		await withQuirks({ statusAll: 'ignored' }, async () => {
			expect(await statuses('&status=all')).toEqual(new Set(['active']));
			expect(await statuses('&status=newHire')).toEqual(new Set(['newHire']));
		});
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
		expect(await total(`?status=all&employmentStartDate[$gt]=${TODAY}`)).toBe(later);
		expect(await total(`?status=all&employmentStartDate[$lte]=${TODAY}`)).toBe(162 - later);
	});

	it('return raw rows, the fields that must not leave the edge included', async () => {
		expect((await people('?$limit=1')).data[0].taxId).toMatch(/^SECRET-/);
	});

	it('give fewer rows, in another order, or not so often, under the quirks', async () => {
		const ids = async (query = '') =>
			(await people(`?status=all${query}`)).data.map(({ id }: Json) => id);
		const entered = sandbox.humaans.people.map(({ id }) => id);
		await withQuirks({ humaansPageLimit: 3 }, async () =>
			expect(await ids('&$limit=250&$skip=3')).toEqual(entered.slice(3, 6)),
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
		await withQuirks({ statusFilterIgnored: true }, async () => {
			expect(await total('?status=newHire')).toBe(count('active'));
			expect(await total('?status=all')).toBe(count('active'));
		});
		await withQuirks({ bareListReturns: 'all' }, async () => expect(await total('')).toBe(162));
		await withQuirks({ statusFilterIgnored: true, bareListReturns: 'all' }, async () =>
			expect(await total('?status=newHire')).toBe(162),
		);
		expect(await total('?status=all&nonsense=1')).toBe(162);
		await withQuirks({ unknownFilter: '400' }, async () => {
			expect((await client.humaans('/people?nonsense=1')).body).toMatchObject({
				code: 422,
				name: 'Unprocessable',
				issues: [{ name: 'nonsense' }],
			});
			expect((await client.humaans('/people?updatedAt[$gte]=2026-01-01')).status).toBe(422);
			await withQuirks({ errorStatusValidation: 400 }, async () =>
				expect((await client.humaans('/people?nonsense=1')).body).toMatchObject({
					code: 400,
					name: 'BadRequest',
				}),
			);
		});
		expect(await total('?status=all&updatedAt[$gte]=2999-01-01')).toBe(162);
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
				totals.push((await people(`?status=all&$limit=100&$skip=${skip}`)).total);
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

	it('offboarded at once, or when the last day is over, as statusTurns says', async () => {
		const [first, second] = sandbox.humaans.people as [Json, Json];
		expect(sandbox.admin.offboard(first.id, '2026-12-24').status).toBe('active');
		await withQuirks({ statusTurns: 'atOffboarding' }, async () => {
			expect(sandbox.admin.offboard(second.id, '2026-12-24').status).toBe('offboarded');
			expect(sandbox.admin.applyDates().map(({ id }) => id)).not.toContain(second.id);
		});
		expect((await people('?status=offboarded&$limit=250')).data).toContainEqual(
			expect.objectContaining({ id: second.id, lastWorkingDay: '2026-12-24' }),
		);
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
