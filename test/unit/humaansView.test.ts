/**
 * Rule 3: only a token of an owner or admin shows everybody, so only there does a missing person
 * mean anything. A read by ID is held to the same.
 */
import { ServiceFailure } from '../../nodes/services/http/failure';
import type { HttpRequest } from '../../nodes/services/http/requester';
import { HumaansClient } from '../../nodes/services/humaans/client';
import { confirmMissing } from '../../nodes/services/humaans/confirmMissing';
import { getManyPeople } from '../../nodes/services/humaans/getMany';
import { newestPeople } from '../../nodes/services/humaans/newestPeople';
import { readByIds } from '../../nodes/services/humaans/readByIds';
import { rereadPerson } from '../../nodes/services/humaans/rereadPerson';
import { PERSON_STATUSES } from '../../nodes/core/person/personRow';
import { activated, watch, type HumaansWorld } from './humaansTriggerWorld';

const NEITHER = 'was made by somebody who is neither owner nor administrator';
const UNSAID = 'Humaans does not say who made the access token';

/** A company where somebody was removed after the trigger had seen them. */
async function withSomebodyGone() {
	const { world, node, ids } = await activated(3);
	const [gone, left, works] = ids as [string, string, string];
	world.remove(gone);
	world.edit(left, { status: 'offboarded' });
	world.edit(works, { status: 'active' });
	return { world, node, gone, left, works, owner: world.people[0]!.id };
}

/** Whoever made the token, as Humaans shows them. */
const makers: ReadonlyArray<[string, (world: HumaansWorld) => void, string]> = [
	['an ordinary member', (world) => world.edit(world.people[0]!.id, { role: 'user' }), NEITHER],
	['a manager', (world) => world.edit(world.people[0]!.id, { role: 'manager' }), NEITHER],
	[
		'somebody with a role that the company made, called like the real one',
		(world) => world.edit(world.people[0]!.id, { role: 'Admin (read only)' }),
		NEITHER,
	],
	[
		'somebody whose role is not shown',
		(world) => world.edit(world.people[0]!.id, { role: null }),
		UNSAID,
	],
	['somebody nobody can find (404)', (world) => void (world.maker = 'p-of-nobody'), UNSAID],
	[
		'somebody nobody may look at (403)',
		(world) => {
			world.maker = 'p-of-a-robot';
			world.closed.add('p-of-a-robot');
		},
		UNSAID,
	],
];

describe.each(makers)('a token of %s', (_whose, make, sentence) => {
	test('everybody, the trigger and the editor: refused', async () => {
		const { world, node } = await withSomebodyGone();
		make(world);
		const { memory } = node;
		await expect(node.poll()).rejects.toThrow(sentence);
		expect(node.memory).toBe(memory);
		await expect(getManyPeople(world.client, PERSON_STATUSES, world.options())).rejects.toThrow(
			sentence,
		);
		await expect(newestPeople(world.client, world.options(), 3)).rejects.toThrow(sentence);
		await expect(watch(world).poll()).rejects.toThrow(sentence);
	});

	test('with a partial view allowed: nobody is gone, and nothing is complete', async () => {
		const { world, node, gone } = await withSomebodyGone();
		make(world);
		// What was changed about whoever made the token is told too.
		const subjects = (await node.poll({ allowPartialView: true })).filter(
			({ personId }) => personId !== world.people[0]!.id,
		);
		expect(subjects.map(({ event }) => event).sort()).toEqual(['activated', 'offboarded']);
		expect(subjects.every(({ complete }) => complete === false)).toBe(true);
		const options = world.options({ allowPartialView: true });
		const all = await getManyPeople(world.client, PERSON_STATUSES, options);
		expect(all.every(({ complete }) => complete === false)).toBe(true);
		expect(all.map(({ personId }) => personId)).not.toContain(gone);
	});

	test('by ID: refused, whether they are gone, have left or work here', async () => {
		const { world, node, gone, left, works } = await withSomebodyGone();
		make(world);
		for (const id of [gone, left, works]) {
			await expect(readByIds(world.client, [id], world.options())).rejects.toThrow(sentence);
			await expect(rereadPerson(world.client, id, world.options())).rejects.toThrow(sentence);
			const missing = [{ personId: id, complete: true }];
			await expect(confirmMissing(world.client, missing, world.options())).rejects.toThrow(
				sentence,
			);
			const options = world.options({ allowPartialView: true });
			const subjects = [
				...(await readByIds(world.client, [id], options)),
				...(await confirmMissing(world.client, missing, options)),
				...((await rereadPerson(world.client, id, options))(node.memory!)?.subjects ?? []),
			];
			for (const subject of subjects) {
				expect(subject).toMatchObject({ personId: id, complete: false });
				expect(subject.person === null).toBe(false);
			}
			expect(subjects).toHaveLength(id === gone ? 2 : 3);
		}
	});
});

test.each(['owner', 'admin'])('a token of an %s: all of it', async (role) => {
	const { world, node, gone, left } = await withSomebodyGone();
	world.edit(world.people[0]!.id, { role });
	const told = await node.poll();
	expect(told.map(({ event, personId }) => [event, personId]).sort()).toEqual(
		expect.arrayContaining([
			['deleted', gone],
			['offboarded', left],
		]),
	);
	expect(told.every(({ complete }) => complete)).toBe(true);
	expect(await readByIds(world.client, [gone, left], world.options())).toMatchObject([
		{ personId: gone, person: null, complete: true },
		{ personId: left, person: { status: 'offboarded' }, complete: true },
	]);
});

describe('who made the token', () => {
	/** The client, with another answer to the request for one path. */
	const answering = (world: HumaansWorld, path: string, answer: () => unknown) =>
		new HumaansClient(
			async (request: HttpRequest) =>
				request.path === path ? answer() : await world.request(request),
			{ now: () => world.now, fixedZone: 'UTC' },
		);

	test('is asked for by /me, where the token does not say', async () => {
		const { world, gone } = await withSomebodyGone();
		const scopes = ['private:read'];
		const read = async (personId: unknown) =>
			await readByIds(
				answering(world, '/token-info', () => ({ scopes, personId })),
				[gone],
				world.options(),
			);
		for (const personId of [undefined, null, '', 7]) {
			world.requests.length = 0;
			expect(await read(personId)).toMatchObject([{ person: null, complete: true }]);
			expect(world.requests).toContain('/me');
		}
	});

	test('is not asked for where they were read with everybody', async () => {
		const { world, node, owner } = await withSomebodyGone();
		world.requests.length = 0;
		await node.poll();
		expect(world.requests).not.toContain('/me');
		expect(world.asked).not.toContain(owner);
	});

	test('is somebody else, says the answer: then nobody can tell', async () => {
		const { world, gone, owner, works } = await withSomebodyGone();
		const client = answering(world, `/people/${owner}`, () => ({
			...world.row(works),
			role: 'owner',
		}));
		await expect(readByIds(client, [gone], world.options())).rejects.toThrow(UNSAID);
	});

	test('has a row that cannot be read otherwise: what it says of the role counts', async () => {
		const { world, node, gone, owner } = await withSomebodyGone();
		world.edit(owner, { lastName: { broken: true } });
		world.hire({ status: 'active' });
		expect(await readByIds(world.client, [gone], world.options())).toMatchObject([
			{ person: null, complete: true },
		]);
		expect((await node.poll()).map(({ event }) => event)).toContain('deleted');
		world.edit(owner, { role: ['owner'] });
		await expect(node.poll()).rejects.toThrow(UNSAID);
	});

	test('cannot be asked for, because Humaans is down: that is the failure', async () => {
		const { world, gone, owner } = await withSomebodyGone();
		const client = answering(world, `/people/${owner}`, () => {
			throw new ServiceFailure('Humaans', 'unavailable', 503);
		});
		await expect(readByIds(client, [gone], world.options())).rejects.toMatchObject({
			kind: 'unavailable',
		});
	});
});
