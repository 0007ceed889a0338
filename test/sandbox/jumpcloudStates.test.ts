import { oneSandbox, staged } from '../harness/oneSandbox';
import type { Client, Json } from './client';
import type { Sandbox } from '.';

let sandbox: Sandbox;
let client: Client;
const { withQuirks, create } = oneSandbox(
	{ people: 5, accounts: true },
	(one) => ({ sandbox, client } = one),
);
const SUSPENDED = { state: 'SUSPENDED', suspended: true };
const ACTIVATED = { state: 'ACTIVATED', suspended: false };
const read = async (id: string): Promise<Json> =>
	(await client.jumpCloud('GET', `/systemusers/${id}`)).body;
const put = (id: string, body: object) => client.jumpCloud('PUT', `/systemusers/${id}`, body);

describe('a state changed by PUT', () => {
	it('is shown by the answer and by every later read', async () => {
		const { _id } = await create({ state: 'ACTIVATED' });
		expect((await put(_id, SUSPENDED)).body).toMatchObject(SUSPENDED);
		expect(await read(_id)).toMatchObject(SUSPENDED);
		// Either of the two alone moves the other.
		expect((await put(_id, { suspended: false })).body).toMatchObject(ACTIVATED);
		expect((await put(_id, { state: 'SUSPENDED' })).body).toMatchObject(SUSPENDED);
	});

	it.each([
		['ignored', ACTIVATED],
		['shownOnce', SUSPENDED],
	] as const)('is accepted and does not hold when %s; other fields do', async (how, answered) => {
		const { _id } = await create({ state: 'ACTIVATED' });
		await withQuirks({ putStateChange: how }, async () => {
			const reply = await put(_id, { ...SUSPENDED, department: 'Left' });
			expect(reply).toMatchObject({ status: 200, body: { ...answered, department: 'Left' } });
			expect(await read(_id)).toMatchObject({ ...ACTIVATED, department: 'Left' });
			expect((await put(_id, { suspended: true })).body).toMatchObject(answered);
			expect(await read(_id)).toMatchObject(ACTIVATED);
		});
	});

	it('leaves a STAGED account STAGED, and mails nobody, when it does not hold', async () => {
		const { _id } = await create();
		await withQuirks({ putStateChange: 'ignored' }, async () =>
			expect((await put(_id, ACTIVATED)).body).toMatchObject({ state: 'STAGED', suspended: false }),
		);
		expect(sandbox.outbox).toEqual([]);
	});

	it('activates a STAGED account as putActivatesStaged says', async () => {
		const { _id } = await create();
		await withQuirks({ putActivatesStaged: '400' }, async () =>
			expect((await put(_id, ACTIVATED)).status).toBe(400),
		);
		await withQuirks({ putActivatesStaged: 'silently' }, async () =>
			expect((await put(_id, ACTIVATED)).body).toMatchObject(ACTIVATED),
		);
		expect(sandbox.outbox).toEqual([]);
		const other = await create({ username: 'z2', email: 'z2@big.example' });
		await put(other._id, ACTIVATED);
		expect(sandbox.outbox).toMatchObject([{ to: 'z2@big.example', kind: 'activation' }]);
	});
});

describe('POST state/suspend', () => {
	const suspend = (id: string, body?: object) =>
		client.jumpCloud('POST', `/systemusers/${id}/state/suspend`, body);

	it('suspends where a PUT does not hold, and answers the user', async () => {
		const { _id } = await create({ state: 'ACTIVATED' });
		await withQuirks({ putStateChange: 'ignored' }, async () => {
			await put(_id, SUSPENDED);
			expect(await suspend(_id)).toMatchObject({ status: 200, body: { _id, ...SUSPENDED } });
		});
		expect(await read(_id)).toMatchObject(SUSPENDED);
		expect((await suspend(_id)).status).toBe(200);
		expect(sandbox.violations).toEqual([]);
		expect(sandbox.writes().map(({ path }) => path)).toContain(
			`/api/systemusers/${_id}/state/suspend`,
		);
	});

	it('answers nothing, or is not there, as suspendVerb says', async () => {
		const { _id } = await create({ state: 'ACTIVATED' });
		await withQuirks({ suspendVerb: 404 }, async () =>
			expect((await suspend(_id)).status).toBe(404),
		);
		expect(await read(_id)).toMatchObject(ACTIVATED);
		await withQuirks({ suspendVerb: 'empty' }, async () =>
			expect(await suspend(_id)).toMatchObject({ status: 200, body: '' }),
		);
		expect(await read(_id)).toMatchObject(SUSPENDED);
	});

	it('takes no body, and knows only its own users', async () => {
		const { _id } = await create({ state: 'ACTIVATED' });
		expect((await suspend(_id, {})).status).toBe(400);
		expect(sandbox.violations).toMatchObject([{ kind: 'contract' }]);
		expect((await suspend('f'.repeat(24))).status).toBe(404);
	});
});

describe('a state that nobody named', () => {
	it('is the one of the organization', async () => {
		const made = async (name: string) =>
			(
				await client.jumpCloud('POST', '/systemusers', {
					...{ username: name, email: `${name}@big.example` },
				})
			).body.state;
		expect(await made('one')).toBe('ACTIVATED');
		await withQuirks({ defaultState: 'STAGED' }, async () => {
			expect(await made('two')).toBe('STAGED');
			const { body } = await client.jumpCloud('GET', `/organizations/${sandbox.jumpCloud.orgId}`);
			expect(body.settings.newSystemUserStateDefaults.manualEntry).toBe('STAGED');
		});
		expect((await create(staged)).state).toBe('STAGED');
	});
});
