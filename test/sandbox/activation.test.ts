import { clientOf, type Client, type Json } from './client';
import { startSandbox, type Quirks, type Sandbox } from '.';

let sandbox: Sandbox;
let client: Client;
let start: ReturnType<Sandbox['snapshot']>;
beforeAll(async () => {
	sandbox = await startSandbox({ people: 20, accounts: true });
	client = clientOf(sandbox);
	start = sandbox.snapshot();
});
afterAll(() => sandbox.stop());
beforeEach(() => {
	sandbox.restore(start);
	sandbox.clearLog();
});

/** Sets quirks for one test. */
const withQuirks = async (quirks: Partial<Quirks>, run: () => Promise<void>): Promise<void> => {
	const before = { ...sandbox.quirks };
	Object.assign(sandbox.quirks, quirks);
	try {
		await run();
	} finally {
		Object.assign(sandbox.quirks, before);
	}
};
const staged = {
	username: 'zoe.new',
	email: 'zoe.new@big.example',
	state: 'STAGED',
	suspended: false,
};
const create = async (more: object = {}): Promise<Json> =>
	(await client.jumpCloud('POST', '/systemusers', { ...staged, ...more })).body;

describe('activation mail', () => {
	const activate = (id: string, body: object) =>
		client.jumpCloud('POST', `/systemusers/${id}/state/activate`, body);

	it.each([
		[{}, 'zoe@home.example'],
		[{ email: true }, 'zoe@home.example'],
		[{ email: 'other@home.example' }, 'other@home.example'],
		[{ email: false }, undefined],
	])('%j goes to %s', async (body, to) => {
		const { _id } = await create({ alternateEmail: 'zoe@home.example' });
		const reply = await activate(_id, body);
		expect([reply.status, typeof reply.body]).toEqual([200, 'string']);
		expect(sandbox.outbox.map((mail) => [mail.to, mail.kind])).toEqual(
			to ? [[to, 'activation']] : [],
		);
		expect(sandbox.admin.account(_id)).toMatchObject({
			state: 'ACTIVATED',
			activated: false,
			alternateEmail: 'zoe@home.example',
		});
	});

	it('goes to the work address without an alternate one, and as a welcome with a password', async () => {
		const first = await create();
		await activate(first._id, {});
		const second = await create({
			username: 'z2',
			email: 'z2@big.example',
			alternateEmail: 'z2@home.example',
		});
		sandbox.admin.setPassword(second._id);
		await activate(second._id, {});
		expect(sandbox.outbox.map((mail) => [mail.to, mail.kind])).toEqual([
			[staged.email, 'activation'],
			['z2@big.example', 'welcome'],
		]);
	});

	it('refuses a malformed or refused address and leaves the account STAGED', async () => {
		const { _id } = await create();
		await withQuirks({ refusedInviteAddresses: ['no@home.example'] }, async () => {
			for (const email of ['not an address', 'No@home.example']) {
				expect(await activate(_id, { email })).toMatchObject({
					status: 400,
					body: { message: expect.stringContaining('email') },
				});
			}
		});
		expect(sandbox.admin.account(_id)?.state).toBe('STAGED');
		expect(sandbox.outbox).toEqual([]);
	});

	it('works on STAGED accounts only', async () => {
		const { _id } = sandbox.jumpCloud.accounts[0]!;
		expect((await activate(_id, {})).status).toBe(400);
		await withQuirks({ activateNotStaged: 409 }, async () =>
			expect((await activate(_id, {})).status).toBe(409),
		);
	});

	it('is resent by reactivate, as a password reset to those who have one', async () => {
		const pending = await create({ state: 'ACTIVATED' });
		const active = sandbox.jumpCloud.accounts[0]!;
		sandbox.outbox.length = 0;
		const models = [{ _id: pending._id }, { _id: active._id }];
		expect(
			(await client.jumpCloud('POST', '/systemusers/reactivate', { isSelectAll: false, models }))
				.status,
		).toBe(200);
		expect(sandbox.outbox.map((mail) => mail.kind)).toEqual(['activation', 'passwordReset']);
	});
});

describe('violations', () => {
	const id = 'a'.repeat(24);
	it.each([
		['rule', 'POST', '/systemusers', { ...staged, password: 'x' }, 'a password is sent'],
		['rule', 'POST', '/systemusers', { username: 'q', email: 'q@big.example' }, 'explicit state'],
		['rule', 'PUT', `/systemusers/${id}`, { state: 'SUSPENDED' }, 'not sent together'],
		['contract', 'PUT', `/systemusers/${id}`, { state: 'SUSPENDED', suspended: false }, 'conflict'],
		['contract', 'PUT', `/systemusers/${id}`, { addresses: [{ id: 'x' }] }, 'addresses[0].id'],
		['contract', 'PUT', `/systemusers/${id}`, { addresses: [{ region: null }] }, 'null'],
		['rule', 'PUT', `/systemusers/${id}`, {}, 'without any field'],
		['rule', 'GET', '/systemusers?limit=2&skip=2', undefined, 'sort=_id'],
		['rule', 'GET', '/systemusers?filter=email:$eq:a', undefined, 'sort=_id'],
		['rule', 'POST', '/search/systemusers', { filter: [{ email: 'a' }] }, 'sort=_id'],
		['rule', 'DELETE', `/systemusers/${id}`, undefined, 'cascade_manager'],
		['contract', 'GET', '/systemusers?filter=email:eq:a&sort=_id', undefined, 'query filter'],
		['contract', 'PATCH', `/systemusers/${id}`, {}, 'PATCH'],
		['contract', 'GET', '/systems', undefined, 'path'],
	] as const)('%s: %s %s %j', async (kind, method, path, body, message) => {
		const reply = await client.jumpCloud(method, path, body);
		expect(sandbox.violations).toContainEqual({
			n: sandbox.log[0]!.n,
			method,
			path: `/api${path.split('?')[0]}`,
			kind,
			message: expect.stringContaining(message),
		});
		if (kind === 'contract') expect(reply.status).toBe(400);
	});

	it('are none for a well-formed life of an account', async () => {
		const { _id } = await create({ alternateEmail: 'zoe@home.example' });
		await client.jumpCloud('POST', `/systemusers/${_id}/state/activate`, {
			email: 'zoe@home.example',
		});
		await client.jumpCloud('PUT', `/systemusers/${_id}`, { state: 'SUSPENDED', suspended: true });
		await client.jumpCloud('DELETE', `/systemusers/${_id}?cascade_manager=null`);
		expect(sandbox.violations).toEqual([]);
		expect(sandbox.writes().map((entry) => entry.method)).toEqual([
			'POST',
			'POST',
			'PUT',
			'DELETE',
		]);
	});
});
