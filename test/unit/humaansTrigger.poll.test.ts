import { ASKED_A_POLL } from '../../nodes/services/humaans/confirmGone';
import { newestPeople } from '../../nodes/services/humaans/newestPeople';
import { parseSnapshot } from '../../nodes/core/watch/snapshot';
import { activated, HumaansWorld, watch } from './humaansTriggerWorld';

describe('the first activation', () => {
	test('skip: everybody is remembered, nobody is emitted', async () => {
		const { world, node } = await activated(3);
		expect(parseSnapshot(node.memory!).size).toBe(world.people.length);
		expect(await node.poll()).toEqual([]);
	});

	test('emit: everybody once, as created', async () => {
		const world = new HumaansWorld();
		const ids = [
			world.hire({ status: 'active' }),
			world.hire(),
			world.hire({ status: 'offboarded' }),
		];
		const node = watch(world);
		const subjects = await node.poll({ firstActivation: 'emit' });
		expect(subjects.map(({ personId, event }) => [personId, event])).toEqual(
			expect.arrayContaining(ids.map((id) => [id, 'created'])),
		);
		expect(await node.poll({ firstActivation: 'emit' })).toEqual([]);
	});

	test('a token of another company starts anew: nobody is reported as deleted', async () => {
		const { world, node } = await activated(3);
		world.people = [];
		world.hire({ status: 'active', companyId: 'c00000000000000000000002' });
		expect(await node.poll()).toEqual([]);
		expect(world.asked).toEqual([]);
	});

	test('a memory in another format counts as none: the next poll is a first one', async () => {
		const { world, node, ids } = await activated(2);
		const { memory } = node;
		const older = { version: 1, readAt: '', company: null, ids: 'x', prints: '', nameless: 0 };
		node.memory = older as never;
		world.remove(ids[0]!);
		expect(await node.poll()).toEqual([]);
		expect(world.asked).toEqual([]);
		expect(node.memory).toMatchObject({ version: 2, company: memory!.company });
		expect([...parseSnapshot(node.memory!).keys()]).toEqual(world.people.map(({ id }) => id));
		node.memory = older as never;
		expect(await node.poll({ firstActivation: 'emit' })).toMatchObject([
			{ personId: world.people[0]!.id, event: 'created' },
			{ personId: ids[1], event: 'created' },
		]);
	});

	test('a token that cannot see everybody stops with a clear sentence, unless that is allowed', async () => {
		const { world, node, ids } = await activated(2);
		world.scopes = ['public:read'];
		await expect(node.poll()).rejects.toThrow(
			'The Humaans access token cannot see new hires and leavers, because it lacks the scope private:read.',
		);
		expect(await node.poll({ allowPartialView: true })).toEqual([]);
		expect(world.asked).toEqual([]);
		world.edit(world.people[0]!.id, { city: 'Porto' });
		expect(await node.poll({ allowPartialView: true })).toMatchObject([
			{ event: 'updated', complete: false },
		]);
		world.scopes.push('private:read');
		world.remove(ids[0]!);
		expect(await node.poll()).toMatchObject([{ personId: ids[0], event: 'deleted' }]);
	});

	test('fields that a token may not read are unknown, not changed', async () => {
		const { world, node, id } = await activated();
		world.edit(id, { personalEmail: 'ada@home.example' });
		await node.poll();
		const kept = world.people.map((row) => row.personalEmail);
		for (const row of world.people) delete row.personalEmail;
		expect(await node.poll()).toEqual([]);
		world.people.forEach((row, index) => (row.personalEmail = kept[index]));
		expect(await node.poll()).toEqual([]);
		world.edit(id, { personalEmail: 'eve@home.example' });
		expect(await node.poll()).toMatchObject([{ changedFields: ['personalEmail'] }]);
	});
});

describe('who is missing', () => {
	test('listed nowhere but found by ID, or not to be asked for: known as before', async () => {
		const { world, node, ids } = await activated(2);
		world.unlisted.add(ids[0]!);
		world.closed.add(ids[1]!);
		const gone = world.remove(ids[1]!);
		const { memory } = node;
		expect(await node.poll()).toEqual([]);
		expect(world.asked).toEqual(ids);
		expect(node.memory).toBe(memory);
		world.unlisted.clear();
		world.people.push(gone);
		expect(await node.poll()).toEqual([]);
	});

	test('many: so many a poll, each poll goes on where the last ended', async () => {
		const { world, node, ids } = await activated(130);
		for (const id of ids.slice(0, 60)) world.unlisted.add(id);
		for (const id of ids.slice(60)) world.remove(id);
		const told: string[] = [];
		for (let poll = 0; poll < 3; poll++)
			told.push(...(await node.poll()).map(({ personId }) => personId!));
		expect(world.asked).toHaveLength(3 * ASKED_A_POLL);
		expect([...told].sort()).toEqual(ids.slice(60));
		expect(parseSnapshot(node.memory!).size).toBe(61);
	});

	test(
		'no time left: ten are asked for all the same, each poll goes on where the last ended, and ' +
			'nobody is forgotten',
		async () => {
			const { world, node, ids } = await activated(30);
			for (const id of ids.slice(0, 25)) world.remove(id);
			const polls = [];
			for (let poll = 0; poll < 3; poll++)
				polls.push(
					(await node.poll({ deadline: 0 })).map(({ event, personId }) => `${event} ${personId}`),
				);
			expect(polls.map((told) => told.length)).toEqual([10, 10, 5]);
			expect(polls.flat().sort()).toEqual(ids.slice(0, 25).map((id) => `deleted ${id}`));
			expect(world.asked).toHaveLength(25);
		},
	);

	test('nobody at all is no answer', async () => {
		const { world, node } = await activated();
		for (const { id } of world.people) world.unlisted.add(id);
		await expect(node.poll()).rejects.toThrow('Humaans returned no people that can be read');
		// Only who made the token is asked for.
		expect(world.asked).toEqual([world.people[0]!.id]);
	});
});

describe('rows nobody can read', () => {
	test('told once, known as before, told no more when mended', async () => {
		const { world, node, id } = await activated();
		const listed = world.row(id).lastName;
		world.edit(id, { lastName: { broken: true } });
		const subjects = await node.poll();
		expect(subjects).toEqual([
			expect.objectContaining({
				personId: id,
				event: 'changed',
				changedFields: [],
				complete: true,
				problem: expect.stringContaining('lastName'),
			}),
		]);
		expect(subjects[0]).not.toHaveProperty('person');
		expect(await node.poll()).toEqual([]);
		world.edit(id, { lastName: listed });
		expect(await node.poll()).toEqual([]);
		world.edit(id, { lastName: 'Berg' });
		expect(await node.poll()).toMatchObject([{ changedFields: ['lastName'] }]);
	});

	test('never readable so far: created once they are', async () => {
		const { world, node } = await activated();
		const id = world.hire({ lastName: { broken: true } });
		expect(await node.poll()).toMatchObject([{ personId: id, event: 'changed' }]);
		world.edit(id, { lastName: 'Berg' });
		expect(await node.poll()).toMatchObject([{ personId: id, event: 'created' }]);
	});

	test('without an id: told once, and the read is not complete', async () => {
		const { world, node, id } = await activated();
		world.people.push({ ...world.row(id), id: undefined } as never);
		expect(await node.poll()).toEqual([
			expect.not.objectContaining({ personId: expect.anything() }),
		]);
		world.edit(id, { city: 'Porto' });
		expect(await node.poll()).toMatchObject([{ personId: id, complete: false }]);
	});
});

test('a manual run gives the newest people', async () => {
	const { world } = await activated(3);
	world.pass(1);
	const newest = world.hire();
	const subjects = await newestPeople(world.client, world.options(), 2);
	expect(subjects).toMatchObject([
		{
			personId: newest,
			event: 'created',
			changedFields: [],
			complete: true,
			person: { id: newest },
		},
		{ event: 'created' },
	]);
});
