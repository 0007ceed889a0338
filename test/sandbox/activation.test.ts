import { oneSandbox, staged } from '../harness/oneSandbox';
import type { Client } from './client';
import type { Sandbox } from '.';

let sandbox: Sandbox;
let client: Client;
const { withQuirks, create } = oneSandbox(
	{ people: 20, accounts: true },
	(one) => ({ sandbox, client } = one),
);

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

	it('is sent again for an ACTIVATED account without a password, to the given address', async () => {
		const { _id } = await create({ state: 'ACTIVATED', alternateEmail: 'zoe@home.example' });
		sandbox.outbox.length = 0;
		for (const email of ['other@home.example', true, false])
			expect((await activate(_id, { email })).status).toBe(200);
		expect(sandbox.outbox.map((mail) => [mail.to, mail.kind])).toEqual([
			['other@home.example', 'activation'],
			['zoe@home.example', 'activation'],
		]);
		expect(sandbox.admin.account(_id)).toMatchObject({ state: 'ACTIVATED', activated: false });
		sandbox.outbox.length = 0;
		await withQuirks({ activateMailsAgain: false }, async () =>
			expect((await activate(_id, { email: 'other@home.example' })).status).toBe(200),
		);
		for (const activateActivated of [400, 409] as const)
			await withQuirks({ activateActivated }, async () =>
				expect((await activate(_id, {})).status).toBe(activateActivated),
			);
		expect(sandbox.outbox).toEqual([]);
	});

	it.each(['SUSPENDED', 'with a password'])(
		'on an account that is %s follows its switch',
		async (what) => {
			const { _id } = await create({ state: 'ACTIVATED' });
			if (what === 'SUSPENDED') sandbox.admin.setAccount(_id, { state: what, suspended: true });
			else sandbox.admin.setPassword(_id);
			const before = { ...sandbox.admin.account(_id) };
			sandbox.outbox.length = 0;
			expect((await activate(_id, {})).status).toBe(400);
			await withQuirks({ activateNotStaged: 409 }, async () =>
				expect((await activate(_id, {})).status).toBe(409),
			);
			await withQuirks({ activateNotStaged: 'ignored' }, async () =>
				expect((await activate(_id, {})).status).toBe(200),
			);
			expect(sandbox.admin.account(_id)).toEqual(before);
			expect(sandbox.outbox).toEqual([]);
			await withQuirks({ activateNotStaged: 'accepted' }, async () =>
				expect((await activate(_id, {})).status).toBe(200),
			);
			expect(sandbox.admin.account(_id)).toMatchObject({ state: 'ACTIVATED', suspended: false });
			expect(sandbox.outbox).toHaveLength(1);
		},
	);

	it('goes to the address that createMailGoesTo and resendGoesTo say', async () => {
		const both = { state: 'ACTIVATED', alternateEmail: 'zoe@home.example' };
		const mailed = async (more: object) => {
			sandbox.outbox.length = 0;
			const { _id } = await create({ ...both, ...more });
			const body = { isSelectAll: false, models: [{ _id }] };
			await client.jumpCloud('POST', '/systemusers/reactivate', body);
			return sandbox.outbox.map(({ to }) => to);
		};
		expect(await mailed({})).toEqual([staged.email, staged.email]);
		const other = { username: 'z2', email: 'z2@big.example', alternateEmail: 'z2@home.example' };
		await withQuirks(
			{ createMailGoesTo: 'alternateEmail', resendGoesTo: 'alternateEmail' },
			async () => expect(await mailed(other)).toEqual(['z2@home.example', 'z2@home.example']),
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
