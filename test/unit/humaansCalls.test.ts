/** Speed is counted in calls: what a read of a company of 200 costs, call by call. */
import { confirmMissing } from '../../nodes/services/humaans/confirmMissing';
import { getManyPeople } from '../../nodes/services/humaans/getMany';
import { readByIds } from '../../nodes/services/humaans/readByIds';
import { rereadPerson } from '../../nodes/services/humaans/rereadPerson';
import { PERSON_STATUSES } from '../../nodes/core/person/personRow';
import { HumaansWorld, watch } from './humaansTriggerWorld';

/** 200 people, two in five of them with a second job role, in two places; with custom fields. */
function companyOf200() {
	const world = new HumaansWorld();
	world.locations = [
		{ id: 'l1', label: 'London', timezone: 'Europe/London' },
		{ id: 'l2', label: 'Porto', timezone: 'Europe/Lisbon' },
	];
	world.customFields = [{ id: 'f1', name: 'T-shirt' }];
	for (let at = 0; at < 200; at++) {
		const status = at % 20 === 19 ? 'newHire' : at % 10 === 9 ? 'offboarded' : 'active';
		const id = world.hire({ status, locationId: at % 2 === 0 ? 'l1' : 'l2' });
		world.giveRole(id, { reportingTo: world.people[0]!.id });
		if (at % 5 < 2) world.giveRole(id, { jobTitle: 'Lead', effectiveDate: '2025-01-01' });
		world.customValues.push({ id: `v${at}`, personId: id, customFieldId: 'f1', value: 'M' });
	}
	return world;
}

/** The requests that a read makes, in order of their names; how often each. */
async function callsOf(world: HumaansWorld, read: () => Promise<unknown>): Promise<object> {
	world.requests.length = 0;
	await read();
	const calls: Record<string, number> = {};
	for (const request of world.requests) calls[request] = (calls[request] ?? 0) + 1;
	return calls;
}
const sum = (calls: object): number =>
	Object.values(calls).reduce((all: number, one) => all + Number(one), 0);

/** 280 job roles are two pages. */
const EVERYBODY = { '/token-info': 1, '/people all': 1, '/job-roles': 2, '/locations': 1 };

test('a poll of an unchanged company of 200: five calls', async () => {
	const world = companyOf200();
	const node = watch(world);
	await node.poll();
	const { memory } = node;
	const calls = await callsOf(world, async () => expect(await node.poll()).toEqual([]));
	expect(calls).toEqual(EVERYBODY);
	expect(sum(calls)).toBe(5);
	expect(node.memory).toBe(memory);
});

test('with custom fields: two more', async () => {
	const world = companyOf200();
	const node = watch(world);
	await node.poll({ includeCustomFields: true });
	const calls = await callsOf(world, async () => await node.poll({ includeCustomFields: true }));
	expect(calls).toEqual({ ...EVERYBODY, '/custom-fields': 1, '/custom-values': 1 });
	expect(sum(calls)).toBe(7);
});

test('everybody for reconcile: the same five', async () => {
	const world = companyOf200();
	const options = world.options();
	expect(
		await callsOf(world, async () => await getManyPeople(world.client, PERSON_STATUSES, options)),
	).toEqual(EVERYBODY);
});

test('where nobody is a new hire: one more, because their list may only have been hidden', async () => {
	const world = companyOf200();
	for (const { id, status } of world.people)
		if (status === 'newHire') world.edit(id, { status: 'active' });
	const calls = await callsOf(world, async () => await watch(world).poll());
	expect(calls).toEqual({ ...EVERYBODY, '/people newHire': 1 });
});

test.each<[HumaansWorld['statusAll'], object]>([
	['refused', { '/people active': 1, '/people newHire': 1, '/people offboarded': 1 }],
	['unknown', { '/people active': 1, '/people newHire': 1, '/people offboarded': 1 }],
	['ignored', { '/people newHire': 1, '/people offboarded': 1 }],
])('where status=all is %s: as many more as statuses were not shown', async (statusAll, more) => {
	const world = companyOf200();
	world.statusAll = statusAll;
	const calls = await callsOf(world, async () => await watch(world).poll());
	expect(calls).toEqual({ ...EVERYBODY, ...more });
});

test('somebody is gone: one call for each of them', async () => {
	const world = companyOf200();
	const node = watch(world);
	await node.poll();
	const gone = [7, 8].map((at) => world.people[at]!.id);
	for (const id of gone) world.remove(id);
	const calls = await callsOf(world, async () => expect(await node.poll()).toHaveLength(2));
	expect(calls).toEqual({
		...EVERYBODY,
		...Object.fromEntries(gone.map((id) => [`/people/${id}`, 1])),
	});
});

test('one person, for a webhook or Get: seven, and one for whoever made the token', async () => {
	const world = companyOf200();
	const node = watch(world);
	await node.poll();
	const [owner, person] = [world.people[0]!.id, world.people[4]!.id];
	const alone = {
		'/token-info': 1,
		[`/people/${person}`]: 1,
		[`/people/${owner}`]: 1,
		'/job-roles': 1,
		'/locations': 1,
		'/people active': 1,
		'/people newHire': 1,
		'/people offboarded': 1,
	};
	const options = world.options();
	expect(
		await callsOf(world, async () => await rereadPerson(world.client, person, options)),
	).toEqual(alone);
	expect(
		await callsOf(world, async () => await readByIds(world.client, [person], options)),
	).toEqual(alone);
});

test('more than five people by ID: everybody is read, and whoever made the token is among them', async () => {
	const world = companyOf200();
	const ids = world.people.slice(3, 9).map(({ id }) => id);
	expect(
		await callsOf(world, async () => await readByIds(world.client, ids, world.options())),
	).toEqual(EVERYBODY);
});

test('nobody is missing: nothing is asked', async () => {
	const world = companyOf200();
	const subjects = world.people.map(({ id }) => ({
		personId: id,
		person: { id, status: 'active' as const },
	}));
	expect(
		await callsOf(world, async () => await confirmMissing(world.client, subjects, world.options())),
	).toEqual({});
});
