import { oneSandbox, staged } from '../harness/oneSandbox';
import type { Client } from './client';
import type { Sandbox } from '.';

let sandbox: Sandbox;
let client: Client;
const { withQuirks, create } = oneSandbox(
	{ people: 20, accounts: true },
	(one) => ({ sandbox, client } = one),
);

describe('create, update, delete', () => {
	it('creates with 200 and without a mail when STAGED', async () => {
		const reply = await client.jumpCloud('POST', '/systemusers', {
			...staged,
			phoneNumbers: [{ type: 'work', number: '1' }],
		});
		expect(reply).toMatchObject({
			status: 200,
			body: {
				state: 'STAGED',
				suspended: false,
				activated: false,
				phoneNumbers: [{ id: expect.any(String) }],
			},
		});
		expect(sandbox.outbox).toEqual([]);
	});

	it('mails at once when ACTIVATED without a password', async () => {
		await create({ state: 'ACTIVATED', alternateEmail: 'zoe@home.example' });
		expect(sandbox.outbox).toEqual([
			expect.objectContaining({ to: staged.email, kind: 'activation' }),
		]);
	});

	it.each([
		['email', { email: 'TAKEN@big.example' }],
		['email', { email: 'own@home.example' }],
		['alternateEmail', { alternateEmail: 'taken@BIG.example' }],
		['alternateEmail', { alternateEmail: 'Own@home.example' }],
		['username', { username: 'TAKEN' }],
		['employeeIdentifier', { employeeIdentifier: 'E-7' }],
	])('refuses a taken %s: %j', async (field, patch) => {
		await create({
			username: 'taken',
			email: 'taken@big.example',
			alternateEmail: 'own@home.example',
			employeeIdentifier: 'E-7',
		});
		const reply = await client.jumpCloud('POST', '/systemusers', { ...staged, ...patch });
		expect(reply).toMatchObject({
			status: 400,
			body: { message: `User already exists: ${field} is already taken` },
		});
		const other = await create();
		expect((await client.jumpCloud('PUT', `/systemusers/${other._id}`, patch)).status).toBe(400);
	});

	it('lets two accounts have no employee identifier, and one keep its own values', async () => {
		const first = await create();
		const second = await create({ username: 'zoe2', email: 'zoe2@big.example' });
		expect(second._id).toBeDefined();
		expect(
			(
				await client.jumpCloud('PUT', `/systemusers/${first._id}`, {
					email: staged.email,
					username: staged.username,
				})
			).status,
		).toBe(200);
	});

	it('refuses what another organization holds, found by nobody', async () => {
		await withQuirks(
			{ takenElsewhere: ['Zoe.New@big.example'], duplicateStatus: 409, duplicateMessage: 'vague' },
			async () => {
				expect(await client.jumpCloud('POST', '/systemusers', staged)).toMatchObject({
					status: 409,
					body: { message: 'Bad Request' },
				});
			},
		);
		await withQuirks(
			{ takenElsewhere: ['zoe@home.example'], duplicateMessage: 'details' },
			async () => {
				const reply = await client.jumpCloud('POST', '/systemusers', {
					...staged,
					alternateEmail: 'zoe@home.example',
				});
				expect(reply.body.details[0].fieldViolationsList).toEqual([
					{ field: 'alternateEmail', description: 'must be unique' },
				]);
			},
		);
	});

	it('updates only what is sent, arrays whole', async () => {
		const { _id } = await create({ department: 'Sales', attributes: [{ name: 'a', value: '1' }] });
		const { body } = await client.jumpCloud('PUT', `/systemusers/${_id}`, {
			attributes: [{ name: 'b', value: '2' }],
		});
		expect(body).toMatchObject({ department: 'Sales', attributes: [{ name: 'b', value: '2' }] });
	});

	it('takes recoveryEmail and passwordless_sudo in an update, unless putAcceptsUnlistedFields is off', async () => {
		const { _id } = await create();
		const unlisted = { recoveryEmail: { address: 'zoe@home.example' }, passwordless_sudo: true };
		const put = () => client.jumpCloud('PUT', `/systemusers/${_id}`, unlisted);
		expect(await put()).toMatchObject({ status: 200, body: unlisted });
		await withQuirks({ putAcceptsUnlistedFields: false }, async () =>
			expect((await put()).status).toBe(400),
		);
	});

	it('changes a username, unless usernameImmutable, and then of nobody who was activated', async () => {
		const { _id } = await create();
		const put = async (username: string) =>
			(await client.jumpCloud('PUT', `/systemusers/${_id}`, { username })).status;
		sandbox.admin.setPassword(_id);
		expect(await put('zoe.two')).toBe(200);
		await withQuirks({ usernameImmutable: true }, async () => expect(await put('zoe.3')).toBe(400));
	});

	it('moves state and suspended together, refuses a conflict and STAGED', async () => {
		const { _id } = await create();
		const put = async (body: object) =>
			(await client.jumpCloud('PUT', `/systemusers/${_id}`, body)).status;
		expect(await put({ state: 'SUSPENDED', suspended: true })).toBe(200);
		expect(sandbox.admin.account(_id)).toMatchObject({ state: 'SUSPENDED', suspended: true });
		expect(await put({ state: 'ACTIVATED', suspended: true })).toBe(400);
		expect(await put({ state: 'STAGED', suspended: false })).toBe(400);
		expect(await put({ state: 'ACTIVATED', suspended: false })).toBe(200);
		expect(sandbox.outbox).toEqual([]);
	});

	it.each([
		['', 'emptyStringClears', 'department'],
		['', 'emptyUniqueClears', 'alternateEmail'],
		[null, 'nullClearsStrings', 'department'],
	] as const)('clears with %j as %s says', async (value, quirk, field) => {
		const { _id } = await create({ department: 'Sales', alternateEmail: 'zoe@home.example' });
		const put = () => client.jumpCloud('PUT', `/systemusers/${_id}`, { [field]: value });
		await withQuirks({ [quirk]: '400' }, async () => expect((await put()).status).toBe(400));
		await withQuirks({ [quirk]: 'ignored' }, async () =>
			expect((await put()).body[field]).not.toBe(''),
		);
		await withQuirks({ [quirk]: 'clears' }, async () => expect((await put()).body[field]).toBe(''));
	});

	it('clears the manager with null, and knows only its own users', async () => {
		const boss = await create();
		const { _id } = await create({ username: 'r', email: 'r@big.example', manager: boss._id });
		expect(
			(await client.jumpCloud('PUT', `/systemusers/${_id}`, { manager: 'f'.repeat(24) })).status,
		).toBe(400);
		expect(
			(await client.jumpCloud('PUT', `/systemusers/${_id}`, { manager: null })).body.manager,
		).toBeNull();
	});

	it('treats fields of another directory as the quirk says', async () => {
		const { _id } = await create({ department: 'Sales' });
		sandbox.admin.setAccount(_id, {
			restrictedFields: [{ field: 'department', type: 'active_directory' }],
		});
		const put = () =>
			client.jumpCloud('PUT', `/systemusers/${_id}`, { department: 'IT', jobTitle: 'x' });
		expect((await put()).status).toBe(400);
		await withQuirks({ restrictedFieldWrites: 'ignored' }, async () =>
			expect((await put()).body).toMatchObject({ department: 'Sales', jobTitle: 'x' }),
		);
	});

	it('deletes, cascades, and refuses to orphan reports', async () => {
		const boss = await create();
		const report = await create({ username: 'r', email: 'r@big.example', manager: boss._id });
		expect((await client.jumpCloud('DELETE', `/systemusers/${boss._id}`)).status).toBe(409);
		expect(
			(await client.jumpCloud('DELETE', `/systemusers/${boss._id}?cascade_manager=null`)).status,
		).toBe(200);
		expect(sandbox.admin.account(report._id)?.manager).toBeNull();
		expect(
			(await client.jumpCloud('DELETE', `/systemusers/${boss._id}?cascade_manager=null`)).status,
		).toBe(404);
		const second = await create();
		sandbox.admin.setAccount(report._id, { manager: second._id });
		await withQuirks({ deleteManagerWithoutCascade: 200 }, async () =>
			expect((await client.jumpCloud('DELETE', `/systemusers/${second._id}`)).status).toBe(200),
		);
	});

	it('refuses usernames and addresses that are none', async () => {
		for (const patch of [
			{ username: '1zoe' },
			{ username: 'zoe new' },
			{ username: 'z'.repeat(31) },
			{ email: 'zoe' },
			{ alternateEmail: 'zoe@home' },
		]) {
			expect((await client.jumpCloud('POST', '/systemusers', { ...staged, ...patch })).status).toBe(
				400,
			);
		}
	});
});
