import { clientOf, type Client } from './client';
import {
	generateCompany,
	loadCompany,
	shiftCompany,
	startSandbox,
	type FaultKind,
	type Sandbox,
} from '.';

let sandbox: Sandbox;
let client: Client;
beforeAll(async () => {
	sandbox = await startSandbox({ people: 30, accounts: true });
	client = clientOf(sandbox);
});
afterAll(() => sandbox.stop());
beforeEach(() => {
	sandbox.faults.clear();
	sandbox.clearLog();
});

describe('faults', () => {
	let number = 0;
	/** A create whose effect can be seen. */
	const account = () => {
		const name = `fault${++number}`;
		return {
			name,
			body: { username: name, email: `${name}@big.example`, state: 'STAGED', suspended: false },
		};
	};

	it.each([
		['429', 429, false],
		['429-retry-after-seconds', 429, false],
		['429-retry-after-date', 429, false],
		['500-html', 500, false],
		['503-html', 503, false],
		['html-200', 200, false],
		['404-html', 404, false],
		['404-json', 404, false],
		['404-text', 404, false],
		['401', 401, false],
		['403', 403, false],
		['cut', 0, false],
		['cut-mid-body', 0, true],
		['lost-answer', 0, true],
		['500-after-apply', 500, true],
		['slow', 200, true],
		['truncated-json', 200, true],
		['empty-list', 200, true],
	] satisfies Array<[FaultKind, number, boolean]>)(
		'%s: status %i, write applied: %s, once',
		async (kind, status, applied) => {
			const { name, body } = account();
			sandbox.faults.add({
				service: 'jumpCloud',
				method: 'POST',
				path: /systemusers$/,
				kind,
				delayMs: 30,
			});
			const reply = await client
				.jumpCloud('POST', '/systemusers', body)
				.catch(() => ({ status: 0 }));
			expect(reply.status).toBe(status);
			expect(Boolean(sandbox.admin.accountByEmail(`${name}@big.example`))).toBe(applied);
			expect(sandbox.log[0]).toMatchObject({ fault: kind, status });
			const again = await client.jumpCloud('POST', '/systemusers', account().body);
			expect(again.status).toBe(200);
			expect(sandbox.log[1]).not.toHaveProperty('fault');
		},
	);

	it('carry Retry-After in seconds or as a date in the future', async () => {
		const retryAfter = async (kind: FaultKind) => {
			sandbox.faults.add({ kind, retryAfterSeconds: 90 });
			return (await client.humaans('/people')).headers.get('retry-after');
		};
		expect(await retryAfter('429')).toBeNull();
		expect(await retryAfter('429-retry-after-seconds')).toBe('90');
		const wait = Date.parse((await retryAfter('429-retry-after-date')) as string) - Date.now();
		expect(wait).toBeGreaterThan(85_000);
		expect(wait).toBeLessThanOrEqual(90_000);
	});

	it('speak like the service they strike, and cut an answer without a body too', async () => {
		sandbox.faults.add({ kind: '403', times: 2 });
		expect((await client.humaans('/people')).body).toMatchObject({
			code: 403,
			name: 'Forbidden',
			issues: [],
		});
		expect((await client.jumpCloud('GET', '/systemusers')).body).toEqual({ message: 'Forbidden' });
		sandbox.faults.add({ kind: '401' });
		expect((await client.jumpCloud('GET', '/systemusers')).body).toEqual({
			error: 'Unauthorized',
			message: 'Unauthorized: api key user not found',
		});
		sandbox.faults.add({ kind: 'cut-mid-body' });
		const member = { op: 'add', type: 'user', id: sandbox.jumpCloud.accounts[0]!._id };
		await expect(
			client.jumpCloud('POST', `/v2/usergroups/${sandbox.jumpCloud.groups[0]!.id}/members`, member),
		).rejects.toThrow();
		expect(sandbox.jumpCloud.members(sandbox.jumpCloud.groups[0]!.id)).toEqual([member.id]);
	});

	it('delay, truncate and empty the answers of reads', async () => {
		sandbox.faults.add({ path: '/people', kind: 'slow', delayMs: 80 });
		const before = Date.now();
		expect((await client.humaans('/people?status=all')).body.total).toBe(30);
		expect(Date.now() - before).toBeGreaterThanOrEqual(75);
		sandbox.faults.add({ kind: 'truncated-json' });
		expect(typeof (await client.humaans('/people')).body).toBe('string');
		sandbox.faults.add({ kind: 'empty-list', times: 3 });
		expect((await client.humaans('/people')).body).toMatchObject({ total: 0, data: [] });
		expect((await client.jumpCloud('GET', '/systemusers')).body).toEqual({
			totalCount: 0,
			results: [],
		});
		expect((await client.jumpCloud('GET', '/v2/usergroups')).body).toEqual([]);
	});

	it('skip the first matching requests, strike so many times, and leave other services alone', async () => {
		const fault = sandbox.faults.add({
			service: 'humaans',
			path: '/people',
			skip: 1,
			times: 2,
			kind: '429',
		});
		const statuses = [];
		for (const path of ['/people', '/locations', '/people', '/people', '/people'])
			statuses.push((await client.humaans(path)).status);
		expect(statuses).toEqual([200, 200, 429, 429, 200]);
		expect(fault.struck).toBe(2);
		sandbox.faults.add({ service: 'humaans', times: Infinity, kind: '503-html' });
		expect((await client.jumpCloud('GET', '/systemusers')).status).toBe(200);
		sandbox.faults.clear();
		expect((await client.humaans('/people')).status).toBe(200);
	});
});

describe('the log', () => {
	it('holds the decoded request in order, and never the token, the key or a password', async () => {
		await client.humaans('/people?email=a%2Bb@big.example&status[$in]=active&status[$in]=newHire');
		await client.jumpCloud('POST', '/systemusers', {
			username: sandbox.jumpCloud.apiKey,
			password: 'hunter2',
			note: sandbox.humaans.token,
		});
		expect(sandbox.log[0]).toMatchObject({
			service: 'humaans',
			method: 'GET',
			path: '/api/people',
			query: { email: 'a+b@big.example', 'status[$in]': ['active', 'newHire'] },
			status: 200,
		});
		expect(sandbox.log[1]!.n).toBe(sandbox.log[0]!.n + 1);
		expect(JSON.stringify(sandbox.log)).not.toMatch(
			new RegExp(`hunter2|${sandbox.jumpCloud.apiKey}|${sandbox.humaans.token}`),
		);
	});

	it('tells writes from reads, and counts what was in flight at once', async () => {
		sandbox.jumpCloud.load.peak = 0;
		sandbox.faults.add({ kind: 'slow', delayMs: 30, times: 3 });
		await Promise.all([1, 2, 3].map(() => client.jumpCloud('POST', '/search/systemusers', {})));
		await client.jumpCloud('DELETE', `/systemusers/${'a'.repeat(24)}?cascade_manager=null`);
		expect(sandbox.jumpCloud.load.peak).toBe(3);
		expect(sandbox.writes().map((entry) => `${entry.method} ${entry.status}`)).toEqual([
			'DELETE 404',
		]);
	});
});

describe('state', () => {
	it('goes back to a snapshot, whatever happened since', async () => {
		const before = sandbox.snapshot();
		const { people, accounts, outbox } = {
			people: sandbox.humaans.people,
			accounts: sandbox.jumpCloud.accounts,
			outbox: sandbox.outbox,
		};
		sandbox.admin.remove(people[3]!.id);
		sandbox.admin.setAccount(accounts[0]!._id, { department: 'Elsewhere' });
		await client.jumpCloud('POST', '/systemusers', {
			username: 'back',
			email: 'back@big.example',
			state: 'ACTIVATED',
			suspended: false,
		});
		expect(sandbox.snapshot()).not.toEqual(before);
		sandbox.restore(before);
		expect(sandbox.snapshot()).toEqual(before);
		expect([sandbox.humaans.people, sandbox.jumpCloud.accounts, sandbox.outbox]).toEqual([
			people,
			accounts,
			outbox,
		]);
		expect(sandbox.admin.accountByEmail('back@big.example')).toBeUndefined();
	});

	it('finds accounts by link', () => {
		const [account] = sandbox.admin.linked();
		const personId = account!.attributes[0]!.value;
		expect(sandbox.admin.accountByHumaansId(personId)).toBe(account);
		expect(sandbox.admin.linked()).toHaveLength(
			sandbox.humaans.people.filter((person) => person.status === 'active').length,
		);
	});
});

describe('companies', () => {
	it('shift every date, however deep, by the same whole days', () => {
		const company = loadCompany();
		const shifted = shiftCompany(company, '2027-02-03');
		const days = (Date.parse('2027-02-03') - Date.parse(company.asOf)) / 86_400_000;
		const later = (text: string) => new Date(Date.parse(text) + days * 86_400_000).toISOString();
		expect(shifted.asOf).toBe('2027-02-03');
		for (const [i, person] of company.people.entries()) {
			expect(shifted.people[i]!.employmentStartDate).toBe(
				later(person.employmentStartDate).slice(0, 10),
			);
			expect(shifted.people[i]!.updatedAt).toBe(later(person.updatedAt));
		}
		const stamp = (accounts: typeof company.accounts) =>
			accounts.flatMap((account) =>
				account.attributes
					.filter((attribute) => attribute.name === 'humaansDeprovisionedAt')
					.map(({ value }) => value),
			);
		expect(stamp(company.accounts).length).toBeGreaterThan(0);
		expect(stamp(shifted.accounts)).toEqual(
			stamp(company.accounts).map((value) => later(value).slice(0, 10)),
		);
		expect(shifted.people.map((person) => person.employeeId)).toEqual(
			company.people.map((person) => person.employeeId),
		);
	});

	it('are today by the clock of the sandbox with shiftToToday', async () => {
		const shifted = await startSandbox({
			shiftToToday: true,
			now: () => new Date('2031-05-06T23:30:00Z'),
		});
		const personId = shifted.cases.find((one) =>
			String(one.label).startsWith('starts today'),
		)!.personId;
		expect(shifted.asOf).toBe('2031-05-06');
		expect(
			shifted.humaans.people.find((person) => person.id === personId)?.employmentStartDate,
		).toBe('2031-05-06');
		await shifted.stop();
	});

	it('are generated alike from the same seed, with unique addresses and consistent dates', () => {
		const today = '2026-11-23';
		const company = generateCompany(1000, { seed: 7, accounts: true, today });
		expect(generateCompany(1000, { seed: 7, accounts: true, today })).toEqual(company);
		expect(generateCompany(1000, { seed: 8, today }).people[5]).not.toEqual(company.people[5]);
		for (const key of ['id', 'email', 'personalEmail', 'employeeId'] as const)
			expect(new Set(company.people.map((person) => person[key])).size).toBe(1000);
		const active = company.people.filter((person) => person.status === 'active');
		expect(active.length / 1000).toBeCloseTo(0.87, 1);
		expect(company.accounts).toHaveLength(active.length);
		expect(
			company.people
				.filter((person) => person.employmentStartDate > today)
				.every((person) => person.status === 'newHire'),
		).toBe(true);
		expect(company.jobRoles.every((role) => role.reportingTo !== role.personId)).toBe(true);
	});

	it('refuse a folder without people', async () => {
		await expect(startSandbox({ company: 'test/data/nobody' })).rejects.toThrow('No company');
	});
});

describe('starting and stopping', () => {
	it('ends at once, also while an answer is held back', async () => {
		const own = await startSandbox({ people: 1 });
		own.faults.add({ kind: 'slow', delayMs: 60_000 });
		const held = clientOf(own)
			.humaans('/people')
			.catch(() => 'cut');
		await new Promise((resolve) => setTimeout(resolve, 30));
		const before = Date.now();
		await own.stop();
		expect(await held).toBe('cut');
		// Long before the answer was due; how long is the machine's business.
		expect(Date.now() - before).toBeLessThan(30_000);
	});

	it('leaves nothing running when a port is taken', async () => {
		const own = await startSandbox({ people: 1 });
		const port = Number(new URL(own.jumpCloud.baseUrl).port);
		await expect(startSandbox({ people: 1, ports: { jumpCloud: port } })).rejects.toThrow(
			'EADDRINUSE',
		);
		await own.stop();
	});
});

describe('the page', () => {
	const page = async (path: string, init: RequestInit = {}) => {
		const reply = await fetch(sandbox.pageUrl + path, {
			...init,
			headers: { 'content-type': 'application/json' },
		});
		return { status: reply.status, text: await reply.text() };
	};

	it('shows both services, never a field that must not leave the edge', async () => {
		expect((await page('/')).text).toContain('<!doctype html>');
		const state = (await page('/state')).text;
		expect(JSON.parse(state)).toMatchObject({ people: { length: 30 }, violations: [] });
		expect(state).not.toContain('SECRET-');
	});

	it('hires, changes, offboards and deletes, and says when nothing is new', async () => {
		const hired = JSON.parse(
			(
				await page('/people', {
					method: 'POST',
					body: JSON.stringify({ firstName: 'Page', lastName: 'Person' }),
				})
			).text,
		) as { id: string };
		await page(`/people/${hired.id}`, {
			method: 'PATCH',
			body: JSON.stringify({ jobTitle: 'Tester' }),
		});
		expect(sandbox.admin.jobRole(hired.id)?.jobTitle).toBe('Tester');
		await page(`/people/${hired.id}/offboard`, { method: 'POST', body: '{}' });
		expect(sandbox.humaans.people.at(-1)?.status).toBe('offboarded');
		await page(`/people/${hired.id}`, { method: 'DELETE' });
		expect(sandbox.humaans.people.at(-1)?.id).not.toBe(hired.id);
		const { revision } = JSON.parse((await page('/state')).text) as { revision: number };
		expect((await page(`/state?since=${revision}`)).status).toBe(204);
		expect((await page('/people/nobody', { method: 'PATCH', body: '{}' })).status).toBe(400);
	});

	it('takes no write that a form on another site could send', async () => {
		const reply = await fetch(`${sandbox.pageUrl}/people`, {
			method: 'POST',
			body: 'firstName=Mallory',
			headers: { 'content-type': 'text/plain' },
		});
		expect(reply.status).toBe(415);
	});
});
