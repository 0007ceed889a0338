/** The Humaans node, Get Many: which people it gives, and what it says of them. */
import { isChosen, namesIn, simplifiedPerson } from '../../nodes/core/person/choose';
import type { Person } from '../../nodes/core/subject';
import { withSandbox } from '../harness/fixedClock';
import { give } from './humaansNodeContext';

it('Get Many: departments, locations, updated since, limit; a choice says that it is one', async () =>
	await withSandbox(async (sandbox) => {
		const all = await give(sandbox, { operation: 'getMany' });
		expect(all.every(({ complete, part }) => complete && part === undefined)).toBe(true);
		const department = all.find(({ person }) => person?.department)!.person!.department!;
		const chosen = await give(sandbox, {
			operation: 'getMany',
			options: { departments: ` ${department.toUpperCase()}, Nowhere ` },
		});
		expect(chosen.length).toBe(
			all.filter(
				({ person, problem }) => problem !== undefined || person?.department === department,
			).length,
		);
		expect(chosen.every(({ complete, part }) => complete && part === 'some')).toBe(true);
		const remote = (
			await give(sandbox, { operation: 'getMany', options: { locations: 'remote' } })
		).filter(({ person }) => person);
		expect(new Set(remote.map(({ person }) => person!.locationId))).toEqual(new Set(['remote']));
		const { id } = sandbox.admin.change(
			all.find(({ person }) => person?.status === 'active')!.personId!,
			{ city: 'Porto' },
		);
		const recent = await give(sandbox, {
			operation: 'getMany',
			options: { updatedSince: '2026-11-23T11:59:00Z' },
		});
		expect(recent.filter(({ person }) => person).map(({ personId }) => personId)).toEqual([id]);
		expect(await give(sandbox, { operation: 'getMany', returnAll: false, limit: 3 })).toMatchObject(
			Array(3).fill({ complete: true, part: 'some' }),
		);
		expect(
			(await give(sandbox, { operation: 'getMany', statuses: ['active', 'offboarded'] })).some(
				({ complete }) => complete,
			),
		).toBe(false);
		await expect(
			give(sandbox, { operation: 'getMany', options: { updatedSince: 'soon' } }),
		).rejects.toThrow("'Updated Since' is not a date.");
	}));

it('Get Many in batches: everybody in one of them, the unreadable too, and the same one each time', async () =>
	await withSandbox(async (sandbox) => {
		sandbox.admin.change(sandbox.humaans.people[3]!.id, { teams: 5 } as never);
		const all = await give(sandbox, { operation: 'getMany' });
		const batches = await Promise.all(
			[1, 2, 3, 4].map(
				async (number) =>
					await give(sandbox, { operation: 'getMany', options: { batch: `${number} / 4` } }),
			),
		);
		expect(
			batches
				.flat()
				.map(({ personId }) => personId)
				.sort(),
		).toEqual(all.map(({ personId }) => personId).sort());
		batches.forEach((batch, index) => {
			expect(batch.length).toBeGreaterThan(all.length / 8);
			expect(new Set(batch.map(({ part, complete }) => `${part} ${complete}`))).toEqual(
				new Set([`${index + 1}/4 true`]),
			);
		});
		expect(batches.flat().filter(({ problem }) => problem)).toHaveLength(1);
		expect(
			(
				await give(sandbox, {
					operation: 'getMany',
					options: { batch: '2/4', departments: 'Sales' },
				})
			).every(({ part }) => part === 'some'),
		).toBe(true);
		for (const batch of ['0/4', '5/4', '2', 'all', '1/100000'])
			await expect(give(sandbox, { operation: 'getMany', options: { batch } })).rejects.toThrow(
				"'Batch' is not a batch.",
			);
	}));

it('somebody with the same employee ID as another is known to be, unless the other has left', async () =>
	await withSandbox(async (sandbox) => {
		const [one, two, three] = sandbox.humaans.people.filter(({ status }) => status === 'active');
		for (const { id } of [one!, two!, three!]) sandbox.admin.change(id, { employeeId: 'SAME' });
		sandbox.admin.offboard(three!.id);
		const all = await give(sandbox, { operation: 'getMany' });
		const others = (id: string) =>
			all.find(({ personId }) => personId === id)!.person!.sharesEmployeeIdWith;
		expect([others(one!.id), others(two!.id), others(three!.id)!.sort()]).toEqual([
			[two!.id],
			[one!.id],
			[one!.id, two!.id].sort(),
		]);
		expect(all.filter(({ person }) => person?.sharesEmployeeIdWith)).toHaveLength(3);
	}));

it.each([true, false])(
	'Get Many as of a date: the roles of that day, whether Humaans filters or not (%s)',
	async (asOfSupported) =>
		await withSandbox(
			async (sandbox) => {
				const { id } = sandbox.humaans.people.find(({ status }) => status === 'active')!;
				sandbox.admin.addJobRole({
					personId: id,
					jobTitle: 'In the Future',
					effectiveDate: '2027-02-01',
				});
				const titleOn = async (asOf: string) =>
					(await give(sandbox, { operation: 'getMany', options: { asOf } })).find(
						({ personId }) => personId === id,
					)!;
				expect((await titleOn('2027-02-01T00:00:00')).person!.jobTitle).toBe('In the Future');
				expect((await titleOn('2027-01-31')).person!.jobTitle).not.toBe('In the Future');
				expect((await titleOn('1990-01-01')).person!.jobTitle).toBeUndefined();
				expect((await titleOn('2027-02-01')).complete).toBe(false);
			},
			{ quirks: { asOfSupported } },
		),
);

it('Updated Since is of the workflow’s time zone where it names none', async () =>
	await withSandbox(async (sandbox) => {
		const { id } = sandbox.humaans.people.find(({ status }) => status === 'active')!;
		for (const person of sandbox.humaans.people) person.updatedAt = '2026-01-01T00:00:00.000Z';
		sandbox.humaans.people.find((person) => person.id === id)!.updatedAt =
			'2026-11-23T08:30:00.000Z';
		const since = async (updatedSince: string) =>
			(await give(sandbox, { operation: 'getMany', options: { updatedSince } })).filter(
				({ person }) => person,
			).length;
		expect([
			await since('2026-11-23T09:30:00'),
			await since('2026-11-23T09:30:01'),
			await since('2026-11-23T08:30:01Z'),
		]).toEqual([1, 0, 0]);
	}));

it('Simplify gives ten flat fields', () => {
	const person = {
		id: 'p',
		status: 'active',
		firstName: 'Ana',
		preferredName: null,
		lastName: 'Silva',
		manager: { id: 'm', name: null, email: null },
	} as Person;
	expect(simplifiedPerson(person)).toMatchObject({
		id: 'p',
		name: 'Ana Silva',
		manager: 'm',
		email: null,
	});
	expect(Object.keys(simplifiedPerson(person))).toHaveLength(10);
	expect(
		isChosen(person, { departments: namesIn(' , '), locations: [], updatedSince: new Date() }),
	).toBe(true);
});
