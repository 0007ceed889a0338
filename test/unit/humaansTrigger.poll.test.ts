import { ASKED_A_POLL } from '../../nodes/HumaansTrigger/operations/confirmGone';
import { newestPeople, pollPeople, type Memory, type PollOptions } from '../../nodes/HumaansTrigger/operations/pollPeople';
import { HumaansWorld } from './humaansTriggerWorld';

/** A workflow's node: polls and keeps the memory, as n8n does. */
function watch(world: HumaansWorld) {
	const node = { memory: undefined as Memory | undefined, poll };
	async function poll(options: Partial<PollOptions> = {}) {
		const result = await pollPeople(world.client, node.memory, world.options(options), () => world.now);
		node.memory = result.memory;
		return result.subjects;
	}
	return node;
}

async function activated(people = 1) {
	const world = new HumaansWorld();
	world.hire({ status: 'active' });
	const ids = Array.from({ length: people }, () => world.hire());
	const node = watch(world);
	await node.poll();
	world.pass(0.01);
	return { world, node, ids, id: ids[0]! };
}

describe('what a poll tells', () => {
	const cases: Array<[string, string, string[], (world: HumaansWorld, id: string) => void]> = [
		['a new hire starts', 'activated', ['status'], (world, id) => world.edit(id, { status: 'active' })],
		['the start is put off', 'startDateChanged', ['employmentStartDate'], (world, id) => world.edit(id, { employmentStartDate: '2026-05-01' })],
		['the start date is garbage', 'startDateChanged', ['employmentStartDate'], (world, id) => world.edit(id, { employmentStartDate: '31/31/2026' })],
		['a first job role', 'roleChanged', ['jobTitle', 'department'], (world, id) => world.giveRole(id, {})],
		['somebody leaves', 'offboarded', ['status', 'employmentEndDate'], (world, id) => world.edit(id, { status: 'offboarded', employmentEndDate: '2026-03-01' })],
		['a field changes', 'updated', ['personalEmail'], (world, id) => world.edit(id, { personalEmail: 'ada@home.example' })],
		['a field is emptied', 'updated', ['email'], (world, id) => world.edit(id, { email: null })],
		['a phone number, in both its forms', 'updated', ['phoneNumber'], (world, id) => world.edit(id, { phoneNumber: '+4420', formattedPhoneNumber: '+44 20' })],
		['they go remote', 'updated', ['location'], (world, id) => world.edit(id, { locationId: 'remote', remoteCity: 'Porto' })],
		['names swapped', 'updated', ['firstName', 'lastName'], (world, id) => world.edit(id, { firstName: 'Holm', lastName: 'Ada' })],
		['several at once', 'activated', ['status', 'lastName', 'employmentStartDate'], (world, id) => world.edit(id, { status: 'active', lastName: 'Berg', employmentStartDate: '2026-03-02' })],
	];
	test.each(cases)('%s: %s %j', async (_, event, changedFields, happen) => {
		const { world, node, id } = await activated();
		happen(world, id);
		const subjects = await node.poll();
		expect(subjects).toEqual([expect.objectContaining({ personId: id, event, changedFields, complete: true, readAt: world.now.toISOString(), occurredAt: world.now.toISOString() })]);
		expect(subjects[0]!.person).toMatchObject({ id, status: world.row(id).status });
		expect(await node.poll()).toEqual([]);
	});

	test('a hire, a rehire, a deletion and a return', async () => {
		const { world, node, id } = await activated();
		const hired = world.hire();
		expect(await node.poll()).toMatchObject([{ personId: hired, event: 'created', changedFields: [] }]);
		world.edit(id, { status: 'offboarded' });
		await node.poll();
		world.edit(id, { status: 'active' });
		expect(await node.poll()).toMatchObject([{ personId: id, event: 'changed', changedFields: ['status'] }]);
		const row = world.remove(id);
		expect(await node.poll()).toEqual([{ personId: id, event: 'deleted', changedFields: [], person: null, complete: true, occurredAt: world.now.toISOString(), readAt: world.now.toISOString() }]);
		expect(await node.poll()).toEqual([]);
		world.people.push(row);
		expect(await node.poll()).toMatchObject([{ personId: id, event: 'created' }]);
	});

	test('a role takes effect by its date, with no edit at all', async () => {
		const { world, node, id } = await activated();
		world.giveRole(id, { jobTitle: 'Engineer', reportingTo: 'm1' });
		world.giveRole(id, { jobTitle: 'Lead', reportingTo: 'm2', effectiveDate: '2026-03-05' });
		await node.poll();
		world.pass(1);
		expect(await node.poll()).toEqual([]);
		world.pass(2);
		expect(await node.poll()).toMatchObject([{ personId: id, event: 'roleChanged', changedFields: ['jobTitle', 'manager'], occurredAt: world.now.toISOString(), person: { jobTitle: 'Lead', manager: { id: 'm2' } } }]);
	});

	test('nothing is told of what says nothing: a bumped time, lists in another order, a manager with another name', async () => {
		const { world, node, ids } = await activated(2);
		world.edit(ids[0]!, { teams: [{ name: 'A' }, { name: 'B' }] });
		world.giveRole(ids[0]!, { reportingTo: ids[1] });
		await node.poll();
		const { memory } = node;
		world.pass(0.01);
		world.edit(ids[0]!, { teams: [{ name: 'B' }, { name: 'A' }] });
		expect(await node.poll()).toEqual([]);
		expect(node.memory).toBe(memory);
		world.edit(ids[1]!, { firstName: 'Eve' });
		expect(await node.poll()).toMatchObject([{ personId: ids[1] }]);
	});

	test('custom fields: watched when included, and no event for having been included', async () => {
		const { world, node, id } = await activated();
		world.customFields.push({ id: 'f1', name: 'T-shirt' });
		world.customValues.push({ id: 'v1', personId: id, customFieldId: 'f1', value: 'M' });
		expect(await node.poll({ includeCustomFields: true })).toEqual([]);
		world.customValues[0]!.value = 'L';
		expect(await node.poll({ includeCustomFields: true })).toMatchObject([{ personId: id, event: 'updated', changedFields: ['customFields'], person: { customFields: { 'T-shirt': 'L' } } }]);
		expect(await node.poll()).toEqual([]);
	});

	test('any chosen event lets a person through; what is not chosen is remembered all the same', async () => {
		const { world, node, id } = await activated();
		world.edit(id, { status: 'active', employmentStartDate: '2026-03-02' });
		expect(await node.poll({ triggerOn: ['startDateChanged'] })).toMatchObject([{ event: 'activated', changedFields: ['status', 'employmentStartDate'] }]);
		world.edit(id, { city: 'Porto' });
		expect(await node.poll({ triggerOn: ['offboarded', 'deleted'] })).toEqual([]);
		expect(await node.poll()).toEqual([]);
	});
});

describe('the first activation', () => {
	test('skip: everybody is remembered, nobody is emitted', async () => {
		const { world, node } = await activated(3);
		expect(node.memory!.ids.split(' ')).toHaveLength(world.people.length);
		expect(await node.poll()).toEqual([]);
	});

	test('emit: everybody once, as created', async () => {
		const world = new HumaansWorld();
		const ids = [world.hire({ status: 'active' }), world.hire(), world.hire({ status: 'offboarded' })];
		const node = watch(world);
		const subjects = await node.poll({ firstActivation: 'emit' });
		expect(subjects.map(({ personId, event }) => [personId, event])).toEqual(expect.arrayContaining(ids.map((id) => [id, 'created'])));
		expect(await node.poll({ firstActivation: 'emit' })).toEqual([]);
	});

	test('a token of another company starts anew: nobody is reported as deleted', async () => {
		const { world, node } = await activated(3);
		world.people = [];
		world.hire({ status: 'active', companyId: 'c00000000000000000000002' });
		expect(await node.poll()).toEqual([]);
		expect(world.asked).toEqual([]);
	});

	test('a token that cannot see everybody stops with a clear sentence, unless that is allowed', async () => {
		const { world, node, ids } = await activated(2);
		world.scopes = ['public:read'];
		await expect(node.poll()).rejects.toThrow('The Humaans access token cannot see new hires and leavers, because it lacks the scope private:read.');
		expect(await node.poll({ allowPartialView: true })).toEqual([]);
		expect(world.asked).toEqual([]);
		world.edit(world.people[0]!.id, { city: 'Porto' });
		expect(await node.poll({ allowPartialView: true })).toMatchObject([{ event: 'updated', complete: false }]);
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
		for (let poll = 0; poll < 3; poll++) told.push(...(await node.poll()).map(({ personId }) => personId!));
		expect(world.asked).toHaveLength(3 * ASKED_A_POLL);
		expect([...told].sort()).toEqual(ids.slice(60));
		expect(node.memory!.ids.split(' ')).toHaveLength(61);
	});

	test('no time left: nobody is asked for, and nobody is forgotten', async () => {
		const { world, node, id } = await activated();
		world.remove(id);
		expect(await node.poll({ deadline: 0 })).toEqual([]);
		expect(world.asked).toEqual([]);
		expect(await node.poll()).toMatchObject([{ personId: id, event: 'deleted' }]);
	});

	test('nobody at all is no answer', async () => {
		const { world, node } = await activated();
		world.people = [];
		await expect(node.poll()).rejects.toThrow('Humaans returned no people that can be read');
		expect(world.asked).toEqual([]);
	});
});

describe('rows nobody can read', () => {
	test('told once, known as before, told no more when mended', async () => {
		const { world, node, id } = await activated();
		const listed = world.row(id).lastName;
		world.edit(id, { lastName: { broken: true } });
		const subjects = await node.poll();
		expect(subjects).toEqual([expect.objectContaining({ personId: id, event: 'changed', changedFields: [], complete: true, problem: expect.stringContaining('lastName') })]);
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
		expect(await node.poll()).toEqual([expect.not.objectContaining({ personId: expect.anything() })]);
		world.edit(id, { city: 'Porto' });
		expect(await node.poll()).toMatchObject([{ personId: id, complete: false }]);
	});
});

test('a manual run gives the newest people', async () => {
	const { world } = await activated(3);
	world.pass(1);
	const newest = world.hire();
	const subjects = await newestPeople(world.client, world.options(), () => world.now, 2);
	expect(subjects).toMatchObject([{ personId: newest, event: 'created', changedFields: [], complete: true, person: { id: newest } }, { event: 'created' }]);
});
