import { oneSandbox } from '../harness/oneSandbox';
import type { Client, Json } from './client';
import type { Person, Sandbox } from '.';

let sandbox: Sandbox;
let client: Client;
const { withQuirks } = oneSandbox(
	{ now: () => new Date('2026-11-23T12:00:00Z') },
	(one) => ({ sandbox, client } = one),
);
const people = async (query = ''): Promise<Json> => (await client.humaans(`/people${query}`)).body;
const count = (status: string): number =>
	sandbox.humaans.people.filter((person) => person.status === status).length;
const FULL = ['public:read', 'private:read'];

describe('scopes', () => {
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
		const { total, data } = await people('?$limit=250&status=all');
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

describe('the maker of the token', () => {
	/** Somebody active; a colleague of another department reports to them. */
	const lead = (): Person => {
		const [maker, report] = sandbox.humaans.people.filter(
			({ id, status, role }) =>
				status === 'active' && role === 'user' && sandbox.admin.jobRole(id) !== undefined,
		) as [Person, Person];
		sandbox.admin.change(maker.id, { department: 'Quality' });
		const peer = sandbox.humaans.people.find(({ status }) => status === 'offboarded')!;
		sandbox.admin.change(peer.id, { department: 'Quality' });
		sandbox.admin.change(report.id, { department: 'Elsewhere', reportingTo: maker.id });
		return maker;
	};
	const idsWith = (fits: (role: ReturnType<Sandbox['admin']['jobRole']>) => boolean): string[] =>
		sandbox.humaans.people.map(({ id }) => id).filter((id) => fits(sandbox.admin.jobRole(id)));
	const reportsOf = (maker: string) => idsWith((role) => role?.reportingTo === maker);
	const peers = () => idsWith((role) => role?.department === 'Quality');
	const seen = async (): Promise<string[]> =>
		(await people('?status=all&$limit=250')).data.map(({ id }: Json) => id).sort();
	const everybody = () => sandbox.humaans.people.map(({ id }) => id).sort();

	it.each(['owner', 'admin'])('who is %s sees everybody, whatever makerSees says', async (role) => {
		sandbox.humaans.setToken(FULL, lead().id, role);
		for (const makerSees of ['themselves', 'everybody', 'department', 'reports'] as const)
			await withQuirks({ makerSees }, async () => expect(await seen()).toEqual(everybody()));
	});

	it.each(['user', 'Finance', 'Owner', 'IT and API access'])(
		'who is %s sees what makerSees says',
		async (role) => {
			const { id } = lead();
			sandbox.humaans.setToken(FULL, id, role);
			expect([reportsOf(id).length, peers().length]).toEqual([1, 2]);
			expect(await seen()).toEqual([id]);
			await withQuirks({ makerSees: 'reports' }, async () =>
				expect(await seen()).toEqual([id, ...reportsOf(id)].sort()),
			);
			await withQuirks({ makerSees: 'department' }, async () =>
				expect(await seen()).toEqual(peers().sort()),
			);
			await withQuirks({ makerSees: 'everybody' }, async () =>
				expect(await seen()).toEqual(everybody()),
			);
		},
	);

	it('who is called admin sees only a part under adminViewIsPartial, and an owner all', async () => {
		const { id } = lead();
		await withQuirks({ adminViewIsPartial: true, makerSees: 'department' }, async () => {
			sandbox.humaans.setToken(FULL, id, 'admin');
			expect((await client.humaans('/me')).body.role).toBe('admin');
			expect(await seen()).toEqual(peers().sort());
			sandbox.humaans.setToken(FULL, id, 'owner');
			expect(await seen()).toEqual(everybody());
		});
	});

	it('never sees more in job roles, custom values and by id than in the list', async () => {
		const { id } = lead();
		const other = sandbox.humaans.people.find(
			(person) => person.id !== id && person.status === 'active',
		)!;
		sandbox.humaans.setToken(FULL, id, 'user');
		expect((await client.humaans(`/people/${other.id}`)).status).toBe(404);
		for (const path of ['/job-roles', '/custom-values']) {
			const rows = (await client.humaans(`${path}?$limit=250`)).body.data as Json[];
			expect(rows.every(({ personId }) => personId === id)).toBe(true);
		}
		expect((await client.humaans(`/job-roles?personId=${id}`)).body.total).toBeGreaterThan(0);
		expect((await client.humaans('/locations')).body.total).toBeGreaterThan(0);
	});

	it('is what /me shows, role included, and whom /token-info names', async () => {
		const { id } = lead();
		sandbox.humaans.setToken(FULL, id, 'Tech');
		expect((await client.humaans('/me')).body).toMatchObject({ id, role: 'Tech' });
		const { body } = await client.humaans('/token-info');
		expect(Object.keys(body).sort()).toEqual(['id', 'label', 'personId', 'scopes']);
		expect(body).toMatchObject({ personId: id, scopes: FULL });
	});
});
