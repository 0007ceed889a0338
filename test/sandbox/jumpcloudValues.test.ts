import { oneSandbox } from '../harness/oneSandbox';
import type { Client, Json } from './client';
import type { Quirks, RefusedValue, Sandbox } from '.';

let sandbox: Sandbox;
let client: Client;
const { withQuirks, create } = oneSandbox(
	{ people: 5, accounts: true },
	(one) => ({ sandbox, client } = one),
);
const read = async (id: string): Promise<Json> =>
	(await client.jumpCloud('GET', `/systemusers/${id}`)).body;
const put = (id: string, body: object) => client.jumpCloud('PUT', `/systemusers/${id}`, body);

describe('what is not set', () => {
	/** The same account alone, in the list and in a search. */
	const shown = async (id: string): Promise<Json[]> => {
		const query = `filter=_id:$eq:${id}&sort=_id`;
		const list = await client.jumpCloud('GET', `/systemusers?${query}`);
		const search = await client.jumpCloud('POST', `/search/systemusers?${query}`, {});
		return [await read(id), list.body.results[0], search.body.results[0]];
	};

	it('is an empty text, null for employeeIdentifier, and absent for alternateEmail in lists', async () => {
		const { _id } = await create();
		const [alone, ...listed] = await shown(_id);
		for (const row of [alone, ...listed])
			expect(row).toMatchObject({ department: '', firstname: '', employeeIdentifier: null });
		expect(alone.alternateEmail).toBe('');
		for (const row of listed) expect(row).not.toHaveProperty('alternateEmail');
	});

	it.each([
		['unsetText', 'department', ['empty', 'null', 'absent']],
		['unsetEmployeeIdentifier', 'employeeIdentifier', ['null', 'empty', 'absent']],
		['unsetAlternateEmail', 'alternateEmail', ['absent', 'null', 'empty']],
	] as const)('is as %s says', async (name, field, values) => {
		const { _id } = await create();
		for (const value of values) {
			await withQuirks({ [name]: value } as Partial<Quirks>, async () => {
				for (const row of (await shown(_id)).slice(1)) {
					if (value === 'absent') expect(row).not.toHaveProperty(field);
					else expect(row[field]).toBe(value === 'null' ? null : '');
				}
			});
		}
	});

	it('is nothing that a set value turns into', async () => {
		const set = {
			...{ department: 'Sales', employeeIdentifier: 'E-1', alternateEmail: 'zoe@home.example' },
		};
		const { _id } = await create(set);
		await withQuirks({ unsetText: 'absent', unsetEmployeeIdentifier: 'absent' }, async () => {
			for (const row of await shown(_id)) expect(row).toMatchObject(set);
		});
	});
});

describe('custom attributes', () => {
	const attributes = (count: number) =>
		Array.from({ length: count }, (_, at) => ({ name: `attribute${at}`, value: String(at) }));

	it('come back with an _id each, the same in every read', async () => {
		const { _id } = await create({ attributes: attributes(2) });
		const { attributes: rows } = await read(_id);
		expect(rows).toEqual(
			attributes(2).map((row) => ({ ...row, _id: expect.stringMatching(/^[0-9a-f]{24}$/) })),
		);
		expect(rows[0]._id).not.toBe(rows[1]._id);
		expect((await read(_id)).attributes).toEqual(rows);
		// Sent back with it, they are outside the contract.
		expect((await put(_id, { attributes: rows })).status).toBe(400);
		expect(sandbox.violations[0]?.message).toContain('attributes[0]._id');
		expect(sandbox.admin.account(_id)!.attributes).toEqual(attributes(2));
	});

	it('may be more than ten', async () => {
		const { _id } = await create({ attributes: attributes(25) });
		expect((await read(_id)).attributes).toHaveLength(25);
		expect((await put(_id, { attributes: attributes(40) })).status).toBe(200);
	});

	it.each([
		['legacy badge', 'Attribute names may not contain spaces'],
		['legacy-badge', 'Attribute names may only contain letters and numbers'],
		['größe', 'Attribute names may only contain letters and numbers'],
	])('called %s are refused by JumpCloud, which is no violation', async (name, message) => {
		const { _id } = await create();
		const rows = [...attributes(1), { name, value: '1' }];
		const body = { department: 'Sales', attributes: rows };
		expect(await put(_id, body)).toMatchObject({ status: 400, body: { message } });
		expect((await read(_id)).department).toBe('');
		const other = { username: 'z2', email: 'z2@big.example', state: 'STAGED', suspended: false };
		expect(
			await client.jumpCloud('POST', '/systemusers', { ...other, attributes: rows }),
		).toMatchObject({ status: 400, body: { message } });
		expect(sandbox.violations).toEqual([]);
	});
});

describe('a value that JumpCloud refuses', () => {
	const refusing = (field: string, one: RefusedValue) => ({ refusedValues: { [field]: one } });

	it.each([
		['named', { message: 'department is not valid' }],
		[
			'details',
			{
				details: [{ fieldViolationsList: [{ field: 'department' }] }],
				message: 'Validation failed',
			},
		],
		['vague', { message: 'Bad Request' }],
		['exist', { message: expect.stringContaining('exist') }],
		['unique', { message: expect.stringContaining('unique') }],
	] as const)(
		'is refused in words that are %s, and nothing of the request is done',
		async (words, body) => {
			const { _id } = await create();
			const quirks = refusing('department', { values: ['Odd'], words });
			await withQuirks(quirks, async () => {
				const sent = { department: 'Odd', jobTitle: 'Baker' };
				expect(await put(_id, sent)).toMatchObject({ status: 400, body });
				expect((await read(_id)).jobTitle).toBe('');
				expect((await put(_id, { department: 'Even', jobTitle: 'Baker' })).status).toBe(200);
				expect((await put(_id, { jobTitle: 'Cook' })).status).toBe(200);
				const other = {
					username: 'z2',
					email: 'z2@big.example',
					state: 'STAGED',
					suspended: false,
				};
				const create2 = (more: object) =>
					client.jumpCloud('POST', '/systemusers', { ...other, ...more });
				expect((await create2({ department: 'Odd' })).status).toBe(400);
				expect((await create2({ department: 'Even' })).status).toBe(200);
			});
			expect((await put(_id, { department: 'Odd' })).status).toBe(200);
		},
	);

	it('is found by a predicate, in the field and inside a list', async () => {
		const { _id } = await create();
		const phone = (number: string) => ({ phoneNumbers: [{ type: 'work', number }] });
		const long: RefusedValue = { values: (value) => String(value).length > 5 };
		await withQuirks(refusing('phoneNumbers.number', long), async () => {
			expect(await put(_id, phone('123456'))).toMatchObject({
				status: 400,
				body: { message: 'phoneNumbers is not valid' },
			});
			expect((await put(_id, phone('12345'))).status).toBe(200);
		});
		const many: RefusedValue = { values: (value) => (value as unknown[]).length > 1 };
		await withQuirks(refusing('attributes', many), async () => {
			const attributes = [1, 2].map((at) => ({ name: `a${at}`, value: '1' }));
			expect((await put(_id, { attributes })).status).toBe(400);
			expect((await put(_id, { attributes: attributes.slice(1) })).status).toBe(200);
		});
	});
});

describe('a value that JumpCloud keeps in another form', () => {
	it.each([
		['digitsOnly', '+44 (0)20-7946-0000', '+4402079460000'],
		['withoutSpaces', '+44 (0)20-7946 0000', '+44(0)20-79460000'],
		['lowerCase', 'Ext. 7', 'ext. 7'],
		['composed', 'Jose\u0301', 'Jos\u00e9'],
	] as const)('%s', async (form, sent, kept) => {
		const { _id } = await create();
		const phone = { phoneNumbers: [{ type: 'work', number: sent }] };
		const number = async () => (await read(_id)).phoneNumbers[0].number;
		await withQuirks({ keptForms: { 'phoneNumbers.number': form } }, async () => {
			expect((await put(_id, phone)).body.phoneNumbers).toMatchObject([
				{ type: 'work', number: kept },
			]);
			expect(await number()).toBe(kept);
		});
		await put(_id, phone);
		expect(await number()).toBe(sent);
	});

	it('by a function, also at creation', async () => {
		await withQuirks({ keptForms: { jobTitle: (value) => value.slice(0, 3) } }, async () =>
			expect(await create({ jobTitle: 'Baker' })).toMatchObject({ jobTitle: 'Bak' }),
		);
	});
});
