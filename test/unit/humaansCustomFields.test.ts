/** An emptied custom field is known to be empty, and that alone is no event. */
import { STATUSES } from '../../nodes/services/humaans/client';
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
		(await world.client.people(STATUSES, INCLUDE)).people.find((person) => person.id === id)!
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
