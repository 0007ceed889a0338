import { activated, type HumaansWorld } from './humaansTriggerWorld';

describe('what a poll tells', () => {
	const cases: Array<[string, string, string[], (world: HumaansWorld, id: string) => void]> = [
		[
			'a new hire starts',
			'activated',
			['status'],
			(world, id) => world.edit(id, { status: 'active' }),
		],
		[
			'the start is put off',
			'startDateChanged',
			['employmentStartDate'],
			(world, id) => world.edit(id, { employmentStartDate: '2026-05-01' }),
		],
		[
			'the start date is garbage',
			'startDateChanged',
			['employmentStartDate'],
			(world, id) => world.edit(id, { employmentStartDate: '31/31/2026' }),
		],
		[
			'a first job role',
			'roleChanged',
			['jobTitle', 'department'],
			(world, id) => world.giveRole(id, {}),
		],
		[
			'somebody leaves',
			'offboarded',
			['status', 'employmentEndDate'],
			(world, id) => world.edit(id, { status: 'offboarded', employmentEndDate: '2026-03-01' }),
		],
		[
			'a field changes',
			'updated',
			['personalEmail'],
			(world, id) => world.edit(id, { personalEmail: 'ada@home.example' }),
		],
		['a field is emptied', 'updated', ['email'], (world, id) => world.edit(id, { email: null })],
		[
			'a phone number, in both its forms',
			'updated',
			['phoneNumber'],
			(world, id) => world.edit(id, { phoneNumber: '+4420', formattedPhoneNumber: '+44 20' }),
		],
		[
			'they go remote',
			'updated',
			['location'],
			(world, id) => world.edit(id, { locationId: 'remote', remoteCity: 'Porto' }),
		],
		[
			'names swapped',
			'updated',
			['firstName', 'lastName'],
			(world, id) => world.edit(id, { firstName: 'Holm', lastName: 'Ada' }),
		],
		[
			'several at once',
			'activated',
			['status', 'lastName', 'employmentStartDate'],
			(world, id) =>
				world.edit(id, { status: 'active', lastName: 'Berg', employmentStartDate: '2026-03-02' }),
		],
	];
	test.each(cases)('%s: %s %j', async (_, event, changedFields, happen) => {
		const { world, node, id } = await activated();
		happen(world, id);
		const subjects = await node.poll();
		expect(subjects).toEqual([
			expect.objectContaining({
				personId: id,
				event,
				changedFields,
				complete: true,
				readAt: world.now.toISOString(),
				occurredAt: world.now.toISOString(),
			}),
		]);
		expect(subjects[0]!.person).toMatchObject({ id, status: world.row(id).status });
		expect(await node.poll()).toEqual([]);
	});

	test('a hire, a rehire, a deletion and a return', async () => {
		const { world, node, id } = await activated();
		const hired = world.hire();
		expect(await node.poll()).toMatchObject([
			{ personId: hired, event: 'created', changedFields: [] },
		]);
		world.edit(id, { status: 'offboarded' });
		await node.poll();
		world.edit(id, { status: 'active' });
		expect(await node.poll()).toMatchObject([
			{ personId: id, event: 'changed', changedFields: ['status'] },
		]);
		const row = world.remove(id);
		expect(await node.poll()).toEqual([
			{
				personId: id,
				event: 'deleted',
				changedFields: [],
				person: null,
				complete: true,
				occurredAt: world.now.toISOString(),
				readAt: world.now.toISOString(),
				accountEmailOf: [],
			},
		]);
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
		expect(await node.poll()).toMatchObject([
			{
				personId: id,
				event: 'roleChanged',
				changedFields: ['jobTitle', 'manager'],
				occurredAt: world.now.toISOString(),
				person: { jobTitle: 'Lead', manager: { id: 'm2' } },
			},
		]);
	});

	test('when it happened: the time of the edit if it tells, else the time of the read', async () => {
		const { world, node, id } = await activated();
		world.edit(id, { city: 'Porto' });
		const edited = world.now.toISOString();
		world.pass(0.01);
		expect(await node.poll()).toMatchObject([
			{ occurredAt: edited, readAt: world.now.toISOString() },
		]);
		// A change that left the time of the last edit as it was.
		world.pass(0.01);
		world.row(id).city = 'Braga';
		expect(await node.poll()).toMatchObject([{ occurredAt: world.now.toISOString() }]);
		// An edit of something else, and a role that takes effect later.
		world.pass(0.01);
		world.edit(id, {});
		world.pass(0.01);
		world.giveRole(id, {});
		expect(await node.poll()).toMatchObject([
			{ event: 'roleChanged', occurredAt: world.now.toISOString() },
		]);
	});

	test('an empty date becomes one nobody can use', async () => {
		const { world, node, id } = await activated();
		world.edit(id, { employmentEndDate: 'soon' });
		expect(await node.poll()).toMatchObject([
			{ changedFields: ['employmentEndDate'], person: { unusable: ['employmentEndDate'] } },
		]);
	});

	test(
		'nothing is told of what says nothing: a bumped time, lists in another order, a manager ' +
			'with another name',
		async () => {
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
		},
	);

	test('custom fields: watched when included, and no event for having been included', async () => {
		const { world, node, id } = await activated();
		world.customFields.push({ id: 'f1', name: 'T-shirt' });
		world.customValues.push({ id: 'v1', personId: id, customFieldId: 'f1', value: 'M' });
		expect(await node.poll({ includeCustomFields: true })).toEqual([]);
		world.customValues[0]!.value = 'L';
		expect(await node.poll({ includeCustomFields: true })).toMatchObject([
			{
				personId: id,
				event: 'updated',
				changedFields: ['customFields'],
				person: { customFields: { 'T-shirt': 'L' } },
			},
		]);
		expect(await node.poll()).toEqual([]);
	});

	test('any chosen event lets a person through; what is not chosen is remembered all the same', async () => {
		const { world, node, id } = await activated();
		world.edit(id, { status: 'active', employmentStartDate: '2026-03-02' });
		expect(await node.poll({ triggerOn: ['startDateChanged'] })).toMatchObject([
			{ event: 'activated', changedFields: ['status', 'employmentStartDate'] },
		]);
		world.edit(id, { city: 'Porto' });
		expect(await node.poll({ triggerOn: ['offboarded', 'deleted'] })).toEqual([]);
		expect(await node.poll()).toEqual([]);
	});
});

describe('somebody is deleted: who may be the same human, with the same work email', () => {
	const email = 'ada.holm@acme.example';
	test.each<[string, object, boolean]>([
		['a record that was made anew', { firstName: 'Ada', lastName: 'Holm' }, true],
		['with another last name', { firstName: 'Ada', lastName: 'Berg' }, true],
		['with another first name', { firstName: 'Adelaide', lastName: 'Holm' }, true],
		[
			'somebody else with the same address is no heir',
			{ firstName: 'Bo', lastName: 'Berg' },
			false,
		],
		['nor is one who left', { firstName: 'Ada', status: 'offboarded' }, false],
		['nor one with another address', { firstName: 'Ada', email: 'a.holm@acme.example' }, false],
		['nor one without an address', { firstName: 'Ada', email: null }, false],
	])('%s (%j): %s', async (_what, row, isHeir) => {
		for (const isThereBefore of [true, false]) {
			const { world, node } = await activated();
			const gone = world.hire({ status: 'active', email });
			const values = { status: 'active', email, ...row };
			let heir = isThereBefore ? world.hire(values) : '';
			await node.poll();
			world.remove(gone);
			if (!isThereBefore) heir = world.hire(values);
			const deleted = (await node.poll()).find(({ event }) => event === 'deleted');
			expect(deleted).toMatchObject({ personId: gone, accountEmailOf: isHeir ? [heir] : [] });
		}
	});

	test('nobody without an address has any', async () => {
		const { world, node } = await activated();
		const gone = world.hire({ email: null });
		world.hire({ email: null });
		await node.poll();
		world.remove(gone);
		expect(await node.poll()).toMatchObject([{ event: 'deleted', accountEmailOf: [] }]);
	});
});
