import fc from 'fast-check';
import { pollPeople } from '../../nodes/services/humaans/pollPeople';
import { rereadPerson } from '../../nodes/services/humaans/rereadPerson';
import { personIdOf } from '../harness/personIds';
import { activated, type HumaansWorld } from './humaansTriggerWorld';

type Node = Awaited<ReturnType<typeof activated>>['node'];
const ring = async (world: HumaansWorld, node: Node, id: string, options = {}) => {
	const result = (await rereadPerson(world.client, id, world.options(options)))(node.memory!);
	if (result) node.memory = result.memory;
	return result?.subjects ?? null;
};

test('a change is told once: by the webhook, and no more by the poll', async () => {
	const { world, node, id } = await activated(3);
	world.edit(id, { city: 'Porto' });
	expect(await ring(world, node, id)).toMatchObject([
		{
			personId: id,
			event: 'updated',
			changedFields: ['city'],
			complete: true,
			person: { city: 'Porto' },
		},
	]);
	expect(await ring(world, node, id)).toEqual([]);
	expect(await node.poll()).toEqual([]);
});

test.each<[string, (world: HumaansWorld, id: string) => void, object]>([
	['activated', (world, id) => world.edit(id, { status: 'active' }), { event: 'activated' }],
	[
		'offboarded',
		(world, id) => world.edit(id, { status: 'offboarded' }),
		{ event: 'offboarded', person: { sharesWorkEmailWith: [] } },
	],
	[
		'deleted',
		(world, id) => void world.remove(id),
		{ event: 'deleted', person: null, complete: true },
	],
	[
		'start date changed',
		(world, id) => world.edit(id, { employmentStartDate: '2026-05-01' }),
		{ event: 'startDateChanged' },
	],
	[
		'role changed',
		(world, id) => world.giveRole(id, {}),
		{ event: 'roleChanged', changedFields: ['jobTitle', 'department'] },
	],
	[
		'unreadable',
		(world, id) => world.edit(id, { status: 'garden leave' }),
		{ event: 'changed', problem: expect.stringContaining('status') },
	],
])('%s', async (_what, change, expected) => {
	const { world, node, id } = await activated(2);
	change(world, id);
	expect(await ring(world, node, id)).toMatchObject([{ personId: id, ...expected }]);
	expect(await ring(world, node, id)).toEqual(expected && _what === 'deleted' ? null : []);
	expect(await node.poll()).toEqual([]);
});

test('somebody new is created; somebody nobody knows is left to a poll', async () => {
	const { world, node } = await activated();
	expect(await ring(world, node, world.hire())).toMatchObject([{ event: 'created' }]);
	expect(await ring(world, node, 'p-of-nobody')).toBeNull();
	expect(await ring(world, node, personIdOf('OfNobody'))).toBeNull();
	expect(await node.poll()).toEqual([]);
});

test('events that are not chosen are remembered and not told', async () => {
	const { world, node, id } = await activated();
	world.edit(id, { city: 'Porto' });
	expect(await ring(world, node, id, { triggerOn: ['created'] })).toEqual([]);
	expect(await node.poll()).toEqual([]);
});

test('two records with one work email: the one who left comes with the one who stays', async () => {
	const { world, node, ids } = await activated(2);
	const [left, stays] = ids as [string, string];
	world.edit(stays, { email: world.row(left).email!.toString().toUpperCase(), status: 'active' });
	world.edit(left, { status: 'offboarded' });
	expect(await ring(world, node, left)).toMatchObject([
		{ person: { sharesWorkEmailWith: [stays] } },
	]);
});

test('somebody is deleted whose work email another record of theirs has: the webhook says so too', async () => {
	const { world, node, ids } = await activated(3);
	const [gone, heir, stranger] = ids as [string, string, string];
	const { email } = world.row(gone);
	world.edit(heir, { email, status: 'active' });
	world.edit(stranger, { email, firstName: 'Bo', lastName: 'Berg' });
	await node.poll();
	world.remove(gone);
	expect(await ring(world, node, gone)).toMatchObject([
		{ event: 'deleted', accountEmailOf: [heir] },
	]);
});

test('a token that cannot see everybody: nobody is gone, and nothing is said without leave', async () => {
	const { world, node, id } = await activated();
	world.scopes = ['public:read'];
	world.remove(id);
	await expect(ring(world, node, id)).rejects.toThrow('private:read');
	expect(await ring(world, node, id, { allowPartialView: true })).toEqual([]);
});

test('a read that fails changes no memory', async () => {
	const { world, node, id } = await activated();
	const { memory } = node;
	world.edit(id, { city: 'Porto' });
	for (const through of [0, 1, 2]) {
		world.through = through;
		await expect(ring(world, node, id)).rejects.toThrow();
	}
	world.through = Infinity;
	expect(node.memory).toBe(memory);
	expect(await ring(world, node, id)).toHaveLength(1);
});

test('whichever webhooks come, and in whatever order: with polls in between each change is told once', async () => {
	const step = fc.oneof(
		fc.record({
			do: fc.constantFrom('edit', 'ring', 'gone'),
			who: fc.nat({ max: 4 }),
			value: fc.constantFrom('a', 'b', null),
		}),
		fc.record({
			do: fc.constantFrom('poll', 'hire'),
			who: fc.constant(0),
			value: fc.constant(null),
		}),
	);
	await fc.assert(
		fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
			const { world, node, ids } = await activated(4);
			const known = new Map(world.people.map((row) => [row.id, row.city as string | null]));
			const check = (subjects: Array<{ personId?: string; event?: string }>) => {
				for (const { personId, event } of subjects) {
					const row = world.people.find(({ id }) => id === personId);
					expect([event === 'deleted', event === 'created']).toEqual([!row, !known.has(personId!)]);
					expect(!row || !known.has(personId!) || known.get(personId!) !== row.city).toBe(true);
					if (row) known.set(row.id, row.city as string | null);
					else known.delete(personId!);
				}
			};
			for (const { do: what, who, value } of [...steps, { do: 'poll', who: 0, value: null }]) {
				const id = ids[who % ids.length]!;
				const there = world.people.some((row) => row.id === id);
				if (what === 'hire') ids.push(world.hire());
				else if (what === 'poll') check(await node.poll());
				else if (what === 'ring') check((await ring(world, node, id)) ?? []);
				else if (there && what === 'edit') world.edit(id, { city: value });
				else if (there) world.remove(id);
			}
			expect([...known].sort()).toEqual(world.people.map((row) => [row.id, row.city]).sort());
			const fresh = await pollPeople(world.client, undefined, world.options());
			expect({ ...node.memory!, readAt: '' }).toEqual({ ...fresh.memory, readAt: '' });
		}),
		{ numRuns: 100, seed: 7 },
	);
});
