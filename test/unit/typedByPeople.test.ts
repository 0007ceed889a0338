/** Characters that nobody sees come along when an ID, email or username is pasted. */
import type { IExecuteFunctions } from 'n8n-workflow';
import { typedValues } from '../../nodes/JumpCloudUser/typedValues';
import { accountIdOf, recipientsOf, type Call } from '../../nodes/JumpCloudUser/call';
import { namesIn } from '../../nodes/core/person/choose';
import { madeWorkEmail } from '../../nodes/core/mapping/workEmail';
import { accountByEmail } from '../../nodes/services/jumpcloud/find';
import { groupIdByName } from '../../nodes/services/jumpcloud/groups';
import { peopleByWorkEmail } from '../../nodes/services/humaans/workEmail';
import { createTyped } from '../../nodes/services/jumpcloud/typed';
import type { Account } from '../../nodes/core/subject';
import { person } from './policyWorld';

const ID = 'a1'.repeat(12);
const EMAIL = 'ana@acme.example';
const pasted = (text: string) => ` \u200b${text}\u200b\ufeff`;

const callWith = (parameters: Record<string, unknown>, client: object = {}): Call =>
	({
		...{ operation: 'suspend', index: 0, subject: {}, options: {}, client, groupIds: new Map() },
		context: {
			getNodeParameter: (name: string) => parameters[name],
		} as unknown as IExecuteFunctions,
	}) as Call;

it('a JumpCloud user by ID or email', async () => {
	const user = { mode: 'id', value: pasted(ID) };
	expect(await accountIdOf(callWith({ userFrom: 'values', user }))).toBe(ID);
	const asked: unknown[] = [];
	const client = {
		find: async (keys: unknown) => {
			asked.push(keys);
			return [{ _id: ID, email: 'Ana@acme.example' }];
		},
	};
	expect(await accountByEmail(client as never, pasted(EMAIL))).toMatchObject({ _id: ID });
	expect(asked).toEqual([{ email: EMAIL }]);
});

it('a group by its name', async () => {
	const asked: unknown[] = [];
	const client = {
		groups: async (_skip: number, _limit: number, filter?: string) => {
			asked.push(filter);
			return [{ id: 'g', name: 'Sales\u200b' }];
		},
	};
	expect(await groupIdByName(client as never, pasted('Sales'))).toBe('g');
	expect(asked).toEqual(['name:eq:Sales']);
});

it('where an invite goes, and typed fields', () => {
	const call = callWith({ sendTo: 'other', inviteEmail: pasted(EMAIL), fields: 1 });
	expect(recipientsOf({ ...call, operation: 'activate' }, {} as Account)).toEqual([
		{ kind: 'other', address: EMAIL },
	]);
	const { context } = callWith({
		additionalFields: {
			employeeIdentifier: pasted('E1'),
			attributes: { entry: [{ name: pasted('badge'), value: pasted('7') }] },
		},
	});
	expect([...typedValues(context, 'additionalFields', 0)]).toEqual([
		['employeeIdentifier', 'E1'],
		['attributes.badge', '7'],
	]);
});

it('the email and username of a new user', async () => {
	const bodies: unknown[] = [];
	const client = {
		find: async () => [],
		create: async (body: object) => {
			bodies.push(body);
			return { _id: ID, ...body };
		},
	};
	const user = { email: pasted(EMAIL), username: pasted('ana'), values: new Map() };
	await createTyped(client as never, user, 'report');
	expect(bodies).toEqual([expect.objectContaining({ email: EMAIL, username: 'ana' })]);
});

it('a person by work email: Humaans is asked for what people see', async () => {
	const asked = new Set<string>();
	const client = {
		peopleWith: async ({ email }: { email: string }) => {
			asked.add(email);
			return [person({ email: EMAIL })];
		},
	};
	expect(await peopleByWorkEmail(client as never, pasted('Ana@acme.example'))).toHaveLength(1);
	expect([...asked]).toEqual(['Ana@acme.example', EMAIL]);
});

it('departments, locations, the domain and the pattern of a work email', () => {
	expect(namesIn(`${pasted('Sales')},${pasted('')}`)).toEqual(['Sales']);
	expect(
		madeWorkEmail(person({ firstName: 'Ana', lastName: 'Silva' }), {
			missing: 'pattern',
			pattern: pasted('{first}.{last}'),
			domain: pasted('acme.example'),
		}),
	).toEqual({ email: 'ana.silva@acme.example' });
});
