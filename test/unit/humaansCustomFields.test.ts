/** An emptied custom field is known to be empty, and that alone is no event. */
import { PERSON_STATUSES } from '../../nodes/core/person/personRow';
import { activated } from './humaansTriggerWorld';

const INCLUDE = ['customFields'] as const;

async function company() {
	const { world, node, ids } = await activated(2);
	const [a, b] = ids as [string, string];
	world.customFields.push({ id: 'f1', name: 'T-shirt' }, { id: 'f2', name: 'Company' });
	const give = (personId: string, customFieldId: string, value: unknown) =>
		world.customValues.push({
			id: `v${world.customValues.length}`,
			personId,
			customFieldId,
			value,
		});
	const fieldsOf = async (id: string) =>
		(await world.client.people(PERSON_STATUSES, INCLUDE)).people.find((person) => person.id === id)!
			.customFields;
	const fieldsOfOne = async (id: string) => {
		const read = await world.client.person(id, INCLUDE);
		return 'found' in read && read.found.customFields;
	};
	return { world, node, a, b, give, fieldsOf, fieldsOfOne };
}

test('a field without a value is null, by its name', async () => {
	const { a, b, give, fieldsOf, fieldsOfOne } = await company();
	give(a, 'f1', 'M');
	give(b, 'f2', ['Acme', 'Bolt']);
	expect([await fieldsOf(a), await fieldsOf(b)]).toEqual([
		{ 'T-shirt': 'M', Company: null },
		{ 'T-shirt': null, Company: ['Acme', 'Bolt'] },
	]);
	expect(await fieldsOfOne(a)).toEqual({ 'T-shirt': 'M', Company: null });
});

test('when nobody has any value the list may be one the token cannot see: nothing is known to be empty', async () => {
	const { a, fieldsOf, fieldsOfOne } = await company();
	expect([await fieldsOf(a), await fieldsOfOne(a)]).toEqual([{}, {}]);
});

test('a value nobody can read is unknown, not empty', async () => {
	const { world, a, b, give, fieldsOf } = await company();
	give(a, 'f1', { broken: true });
	give(b, 'f2', 'Acme');
	expect([await fieldsOf(a), await fieldsOf(b)]).toEqual([
		{ Company: null },
		{ 'T-shirt': null, Company: 'Acme' },
	]);
	world.customValues.push({ id: 'v9', customFieldId: 'f1', value: 'L' });
	expect([await fieldsOf(a), await fieldsOf(b)]).toEqual([{ Company: null }, { Company: 'Acme' }]);
});

test('a new custom field that nobody has filled in yet is no event; a value is, and emptying it too', async () => {
	const { world, node, a, b, give } = await company();
	give(a, 'f1', 'M');
	give(b, 'f1', 'S');
	const poll = async () => await node.poll({ includeCustomFields: true });
	await poll();
	world.customFields.push({ id: 'f3', name: 'Desk' });
	expect(await poll()).toEqual([]);
	give(b, 'f3', null);
	give(b, 'f2', []);
	expect(await poll()).toEqual([]);
	give(b, 'f3', '7');
	expect(await poll()).toMatchObject([
		{
			personId: b,
			event: 'updated',
			changedFields: ['customFields'],
			person: { customFields: { Desk: '7' } },
		},
	]);
	world.customValues = world.customValues.filter(
		({ personId, value }) => personId !== b || value === 'S',
	);
	expect(await poll()).toMatchObject([
		{ personId: b, changedFields: ['customFields'], person: { customFields: { Desk: null } } },
	]);
	world.customValues[0]!.value = null;
	expect(await poll()).toMatchObject([
		{ personId: a, changedFields: ['customFields'], person: { customFields: { 'T-shirt': null } } },
	]);
	world.customValues.splice(0, 1);
	expect(await poll()).toEqual([]);
});

describe('S16: several custom fields of one name', () => {
	/** What becomes of the values of two fields, in either order of fields and of rows. */
	async function inEveryOrder(
		names: readonly [string, string],
		values: readonly [unknown, unknown],
	): Promise<unknown[]> {
		const results: unknown[] = [];
		for (const turnFields of [false, true])
			for (const turnRows of [false, true]) {
				const { world, a, b, give, fieldsOf, fieldsOfOne } = await company();
				world.customFields = names.map((name, at) => ({ id: `n${at}`, name }));
				give(b, 'n0', 'of somebody else');
				values.forEach((value, at) => {
					if (value !== undefined) give(a, `n${at}`, value);
				});
				if (turnFields) world.customFields.reverse();
				if (turnRows) world.customValues.reverse();
				results.push(await fieldsOf(a), await fieldsOfOne(a));
			}
		return results;
	}

	test.each<[string, [unknown, unknown], object]>([
		['a value counts more than null', ['Acme Ltd', null], { Company: 'Acme Ltd' }],
		['than an empty text', ['Acme Ltd', ''], { Company: 'Acme Ltd' }],
		['than a list of nothing', [['Acme Ltd'], []], { Company: ['Acme Ltd'] }],
		['than none at all', ['Acme Ltd', undefined], { Company: 'Acme Ltd' }],
		['the same value twice is one', ['Acme Ltd', ' Acme Ltd\u200b'], { Company: 'Acme Ltd' }],
		['two empty ones are empty', [null, ''], { Company: null }],
		['two different values are unknown', ['Acme Ltd', 'Bolt Ltd'], {}],
		['a text and a list that read the same are unknown', ['a,b', ['a', 'b']], {}],
		['one that nobody can read makes both unknown', ['Acme Ltd', { broken: true }], {}],
		['also beside an empty one', [null, { broken: true }], {}],
	])('%s: %j', async (_what, values, expected) => {
		for (const fields of await inEveryOrder(['Company', 'Company'], values))
			expect(fields).toEqual(expected);
		for (const fields of await inEveryOrder([' Company', 'Com\u00adpany '], values))
			expect(fields).toEqual(expected);
	});

	test('names that differ in capital letters only are one, under both spellings', async () => {
		for (const fields of await inEveryOrder(['Company', 'COMPANY'], ['Acme Ltd', null]))
			expect(fields).toEqual({ Company: 'Acme Ltd', COMPANY: 'Acme Ltd' });
		for (const fields of await inEveryOrder(['Company', 'COMPANY'], ['Acme Ltd', 'Bolt Ltd']))
			expect(fields).toEqual({});
	});

	test('three values, in whatever order they come', async () => {
		for (const values of [
			['X', null, 'Y'],
			['X', 'Y', null],
			[null, 'X', 'Y'],
			['X', 'Y', 'X'],
		]) {
			const { world, a, give, fieldsOf } = await company();
			world.customFields = values.map((_, at) => ({ id: `n${at}`, name: 'Company' }));
			values.forEach((value, at) => give(a, `n${at}`, value));
			expect(await fieldsOf(a)).toEqual({});
		}
	});
});

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
	'S16: a custom field may be called %s: it is a field like any other',
	async (name) => {
		const { world, node, a, b, give, fieldsOf, fieldsOfOne } = await company();
		world.customFields = [
			{ id: 'n1', name },
			{ id: 'n2', name: 'Desk' },
		];
		give(a, 'n1', ['polluted', 'twice']);
		give(b, 'n2', '7');
		for (const fields of [await fieldsOf(a), await fieldsOfOne(a)]) {
			expect(Object.keys(fields as object)).toEqual(expect.arrayContaining([name]));
			expect(Object.entries(fields as object)).toContainEqual([name, ['polluted', 'twice']]);
			expect(Object.getPrototypeOf(fields)).toBe(Object.prototype);
			// As n8n stores it, and gives it to the next node.
			expect(Object.entries(JSON.parse(JSON.stringify(fields)) as object)).toContainEqual([
				name,
				['polluted', 'twice'],
			]);
		}
		expect(Object.entries((await fieldsOf(b))!)).toContainEqual([name, null]);
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
		await node.poll({ includeCustomFields: true });
		world.customValues[0]!.value = 'other';
		expect(await node.poll({ includeCustomFields: true })).toMatchObject([
			{ personId: a, changedFields: ['customFields'] },
		]);
	},
);

test('names and values are cleaned, as every text is; a number is read as text', async () => {
	const { world, a, b, give, fieldsOf } = await company();
	world.customFields = [
		{ id: 'n1', name: ' T-shirt\u200b' },
		{ id: 'n2', name: '\ufeff' },
		{ id: 'n3', name: 'Jose\u0301' },
	];
	give(a, 'n1', '\u200eM\u00ad ');
	give(a, 'n2', 'of a field without a name');
	give(a, 'n3', [' a\u200b', '\u200b', 'b']);
	give(b, 'n1', 42);
	expect([await fieldsOf(a), await fieldsOf(b)]).toEqual([
		{ 'T-shirt': 'M', José: ['a', 'b'] },
		{ 'T-shirt': '42', José: null },
	]);
});
