/**
 * The list of everybody: one sweep where Humaans shows all statuses at once, and what is done where
 * it does not. Somebody who stands in two lists is read by ID.
 */
import { HumaansClient } from '../../nodes/services/humaans/client';
import { ServiceFailure } from '../../nodes/services/http/failure';
import type { HttpRequest } from '../../nodes/services/http/requester';
import { readEverybody } from '../../nodes/services/humaans/readEverybody';
import { PERSON_STATUSES } from '../../nodes/core/person/personRow';
import { HumaansWorld, type Row } from './humaansTriggerWorld';

/** One person of each status, the first of them the owner. */
function company() {
	const world = new HumaansWorld();
	const ids = {
		active: world.hire({ status: 'active' }),
		newHire: world.hire(),
		offboarded: world.hire({ status: 'offboarded' }),
	};
	return { world, ids };
}

const read = async (world: HumaansWorld) => await world.client.people(PERSON_STATUSES, []);

const standing = ({ people }: Awaited<ReturnType<typeof read>>) =>
	people.map(({ id, status }) => `${status} ${id}`).sort();

const sweeps = ({ requests }: HumaansWorld) =>
	requests.filter((request) => request.startsWith('/people ')).map((request) => request.slice(8));

describe('one sweep for everybody', () => {
	test('where all statuses are shown, nothing else is asked for', async () => {
		const { world, ids } = company();
		expect(standing(await read(world))).toEqual(
			PERSON_STATUSES.map((status) => `${status} ${ids[status]}`).sort(),
		);
		expect(sweeps(world)).toEqual(['all']);
	});

	test.each<[string, HumaansWorld['statusAll'], string[]]>([
		['it is refused (422)', 'refused', ['all', 'active', 'newHire', 'offboarded']],
		['it is ignored, so only active people come', 'ignored', ['all', 'newHire', 'offboarded']],
		['it is taken for a status nobody has', 'unknown', ['all', 'active', 'newHire', 'offboarded']],
	])('%s: a sweep for each status that was not shown', async (_what, statusAll, asked) => {
		const { world } = company();
		const all = standing(await read(world));
		const other = company().world;
		other.statusAll = statusAll;
		expect(standing(await read(other))).toEqual(all);
		expect(sweeps(other)).toEqual(asked);
	});

	test('it is refused with 400: the same', async () => {
		const { world } = company();
		const client = new HumaansClient(
			async (request) => {
				if (request.query?.status === 'all') throw new ServiceFailure('Humaans', 'refused', 400);
				return await world.request(request);
			},
			{ now: () => world.now, fixedZone: 'UTC' },
		);
		expect((await client.people(PERSON_STATUSES, [])).people).toHaveLength(3);
	});

	test('two statuses are shown, because nobody has the third: that one is asked for', async () => {
		const { world, ids } = company();
		world.remove(ids.newHire);
		expect((await read(world)).people).toHaveLength(2);
		expect(sweeps(world)).toEqual(['all', 'newHire']);
	});

	test('some statuses only: each by itself', async () => {
		const { world, ids } = company();
		const { people } = await world.client.people(['active', 'offboarded'], []);
		expect(people.map(({ id }) => id).sort()).toEqual([ids.active, ids.offboarded].sort());
		expect(sweeps(world)).toEqual(['active', 'offboarded']);
	});

	test('any other failure is one: nobody is concluded to be missing', async () => {
		const { world } = company();
		for (const through of [0, 1]) {
			world.through = through;
			world.statusAll = through === 1 ? 'refused' : 'shown';
			await expect(read(world)).rejects.toMatchObject({ kind: 'network' });
		}
	});

	test('a status nobody knows is a row that cannot be read, and named', async () => {
		const { world, ids } = company();
		world.edit(ids.newHire, { status: 'garden leave' });
		const { people, unreadable } = await read(world);
		expect(people.map(({ id }) => id)).not.toContain(ids.newHire);
		expect(unreadable).toEqual([
			{ id: ids.newHire, problem: expect.stringContaining('check: status') },
		]);
	});

	test('a list that names nobody who is active is no answer, also where it shows others', async () => {
		const { world, ids } = company();
		world.unlisted.add(ids.active);
		await expect(read(world)).rejects.toThrow(
			'Humaans did not give a complete list. It named nobody who is active.',
		);
	});
});

describe('S16: somebody in the list of active people and in that of offboarded ones', () => {
	/** Lists that are read side by side, while the status of one person changes. */
	function twoLists(change: (row: Row) => void, readById?: (row: Row) => unknown) {
		const { world, ids } = company();
		world.statusAll = 'refused';
		const [moved, stays] = [world.hire({ status: 'active' }), ids.active];
		const client = new HumaansClient(
			async (request: HttpRequest) => {
				if (request.path === `/people/${moved}` && readById) return readById(world.row(moved));
				const answer = (await world.request(request)) as { data?: Row[]; total: number };
				if (request.path !== '/people' || request.query?.status !== 'offboarded') return answer;
				const row = structuredClone(world.row(moved));
				change(row);
				return { ...answer, data: [...answer.data!, row], total: answer.total + 1 };
			},
			{ now: () => world.now, fixedZone: 'UTC' },
		);
		return { world, client, moved, stays };
	}
	const offboarded = (row: Row) => void Object.assign(row, { status: 'offboarded' });

	test.each(['active', 'offboarded'])(
		'they are read by ID, and what that says counts: %s',
		async (status) => {
			const { client, moved, stays } = twoLists(offboarded, (row) => ({ ...row, status }));
			const { people } = await client.people(PERSON_STATUSES, []);
			expect(people.filter(({ id }) => id === moved)).toEqual([
				expect.objectContaining({ status }),
			]);
			expect(people.map(({ id }) => id)).toContain(stays);
		},
	);

	test('the same status in both lists: once, and nobody is asked for', async () => {
		const { world, client, moved } = twoLists(() => undefined);
		const { people } = await client.people(PERSON_STATUSES, []);
		expect(people.filter(({ id }) => id === moved)).toHaveLength(1);
		expect(world.asked).toEqual([]);
	});

	test.each<[string, (row: Row) => unknown, string]>([
		[
			'cannot be asked for by ID',
			() => {
				throw new ServiceFailure('Humaans', 'notAllowed', 403);
			},
			'Humaans does not let this access token do that (403).',
		],
		['cannot be read', (row) => ({ ...row, status: 'on the moon' }), 'check: status'],
	])('who %s is named, and the others go on', async (_what, readById, problem) => {
		const { world, client, moved } = twoLists(offboarded, readById);
		const { people, unreadable } = await client.people(PERSON_STATUSES, []);
		expect(people.map(({ id }) => id).sort()).toEqual(
			world.people
				.map(({ id }) => id)
				.filter((id) => id !== moved)
				.sort(),
		);
		expect(unreadable).toEqual([{ id: moved, problem: expect.stringContaining(problem) }]);
	});

	test('who is gone meanwhile is in neither', async () => {
		const { client, moved } = twoLists(offboarded, () => {
			throw new ServiceFailure('Humaans', 'notFound', 404);
		});
		const { people, unreadable } = await client.people(PERSON_STATUSES, []);
		expect([...people, ...unreadable].map(({ id }) => id)).not.toContain(moved);
	});
});

test('peopleRead: how many people there are in these statuses, also those nobody can read', async () => {
	const { world, ids } = company();
	world.hire({ lastName: { broken: true } });
	world.people.push({ ...world.row(ids.active), id: undefined } as never);
	const reading = await readEverybody(world.client, world.options());
	expect(reading).toMatchObject({ peopleRead: 5, nameless: 1, complete: false, full: true });
	expect(reading.people).toHaveLength(3);
	const some = await readEverybody(world.client, world.options(), ['active']);
	expect(some).toMatchObject({ peopleRead: 2, complete: false });
});
