/** Whoever is missing from a read: what Humaans says by ID, and who has their work email now. */
import { ServiceFailure } from '../../nodes/services/http/failure';
import type { HttpRequest } from '../../nodes/services/http/requester';
import { HumaansClient } from '../../nodes/services/humaans/client';
import { confirmMissing } from '../../nodes/services/humaans/confirmMissing';
import { readByIds } from '../../nodes/services/humaans/readByIds';
import type { Account, Subject } from '../../nodes/core/subject';
import { activated, type HumaansWorld } from './humaansTriggerWorld';

const account = (values: Partial<Account> = {}): Account => ({
	_id: 'a1',
	username: 'ana.silva',
	email: 'ana.silva@acme.example',
	firstname: 'Ana',
	lastname: 'Silva',
	state: 'ACTIVATED',
	suspended: false,
	attributes: [],
	...values,
});
const gone = (values: Partial<Subject> = {}): Subject => ({
	personId: 'p00000000000000000000gone',
	person: null,
	complete: true,
	account: account(),
	...values,
});
const ask = async (world: HumaansWorld, subjects: Subject[], allowPartialView = false) =>
	await confirmMissing(world.client, subjects, world.options({ allowPartialView }));

describe('who has the work email of somebody gone', () => {
	test.each<[string, object, boolean]>([
		['a record that was made anew', { firstName: 'Ana', lastName: 'Silva' }, true],
		['somebody who married', { firstName: 'Ana', lastName: 'Costa' }, true],
		[
			'somebody with another first name in the family',
			{ firstName: 'Rui', lastName: 'Silva' },
			true,
		],
		['the same name without its accents', { firstName: 'Aná', lastName: 'Sílva' }, true],
		['somebody without a name', { firstName: null, lastName: null }, true],
		['somebody else with the same address', { firstName: 'Boris', lastName: 'Berg' }, false],
		['a record that has left too', { firstName: 'Ana', status: 'offboarded' }, false],
		['the same human with another address', { firstName: 'Ana', email: 'ana@acme.example' }, false],
	])('%s (%j) is an heir: %s', async (_what, row, isHeir) => {
		const { world } = await activated();
		const id = world.hire({
			status: 'active',
			firstName: 'Ana',
			lastName: 'Silva',
			email: 'ANA.Silva@acme.example',
			...row,
		});
		expect(await ask(world, [gone()])).toEqual([{ ...gone(), accountEmailOf: isHeir ? [id] : [] }]);
	});

	test('is added to whom the trigger knew of', async () => {
		const { world } = await activated();
		const id = world.hire({ status: 'active', email: account().email, firstName: 'Ana' });
		const subject = gone({ accountEmailOf: ['p1', id] });
		expect(await ask(world, [subject])).toEqual([{ ...subject, accountEmailOf: ['p1', id] }]);
		const other = gone({ account: account({ email: 'x@acme.example' }), accountEmailOf: ['p1'] });
		expect(await ask(world, [other])).toEqual([other]);
	});

	test('is not asked for where there is nothing to keep: no account, or a suspended one', async () => {
		const { world } = await activated();
		world.requests.length = 0;
		const subjects = [
			gone({ account: null }),
			gone({ account: account({ state: 'SUSPENDED', suspended: true }) }),
			gone({ account: account({ email: '' }) }),
		];
		expect(await ask(world, subjects)).toEqual(subjects);
		expect(world.requests).toEqual([]);
	});

	test('is not known to a token that does not see everybody: then the read is not complete', async () => {
		const { world } = await activated();
		world.hire({ status: 'newHire', email: account().email, firstName: 'Ana' });
		for (const narrow of [
			() => void (world.scopes = ['public:read']),
			() => {
				world.scopes = ['private:read'];
				world.edit(world.people[0]!.id, { role: 'manager' });
			},
		]) {
			narrow();
			await expect(ask(world, [gone()])).rejects.toThrow('The Humaans access token');
			expect(await ask(world, [gone()], true)).toMatchObject([{ person: null, complete: false }]);
		}
	});
});

describe('one who cannot be asked for', () => {
	/** Humaans, which fails for one person. */
	const failing = (world: HumaansWorld, id: string, failure: ServiceFailure) =>
		new HumaansClient(
			async (request: HttpRequest) => {
				if (request.path === `/people/${id}`) throw failure;
				return await world.request(request);
			},
			{ now: () => world.now, fixedZone: 'UTC' },
		);

	test.each([
		new ServiceFailure('Humaans', 'notAllowed', 403),
		new ServiceFailure('Humaans', 'foreign', 404),
		new ServiceFailure('Humaans', 'refused', 400),
		new ServiceFailure('Humaans', 'unavailable', 500),
		new ServiceFailure('Humaans', 'notJson', 200),
	])('is named, is not gone, and stops nobody else: $kind', async (failure) => {
		const { world, id } = await activated();
		const client = failing(world, id, failure);
		const works: Subject = {
			personId: 'p1',
			person: { id: 'p1', status: 'active' },
			complete: true,
		};
		const missing: Subject = { personId: id, account: account() };
		const subjects = await confirmMissing(client, [works, missing], world.options());
		expect(subjects[0]).toEqual(works);
		expect(subjects[1]).toMatchObject({ personId: id, problem: failure.message });
		expect(subjects[1]).not.toHaveProperty('person');
		// With nobody else there, the read itself has failed.
		await expect(confirmMissing(client, [missing], world.options())).rejects.toBe(failure);
		await expect(readByIds(client, [id, id], world.options())).rejects.toBe(failure);
		expect(await readByIds(client, [world.people[0]!.id, id], world.options())).toMatchObject([
			{ person: { status: 'active' } },
			{ personId: id, problem: failure.message },
		]);
	});

	test('but a cancelled execution asks nothing more', async () => {
		const { world, id } = await activated();
		const client = failing(world, id, new ServiceFailure('Humaans', 'cancelled', null));
		const subjects = [{ personId: 'p1', person: null }, { personId: id }];
		await expect(confirmMissing(client, subjects, world.options())).rejects.toMatchObject({
			kind: 'cancelled',
		});
		const others = [world.people[0]!.id, id];
		await expect(readByIds(client, others, world.options())).rejects.toMatchObject({
			kind: 'cancelled',
		});
	});
});

describe('an answer that is about somebody else, or about nobody', () => {
	test('another person than the one who was asked for is not believed', async () => {
		const { world, ids } = await activated(2);
		const [asked, other] = ids as [string, string];
		world.edit(other, { status: 'offboarded' });
		const client = new HumaansClient(
			async (request: HttpRequest) =>
				request.path === `/people/${asked}` ? world.row(other) : await world.request(request),
			{ now: () => world.now, fixedZone: 'UTC' },
		);
		const subjects = await readByIds(client, [asked, world.people[0]!.id], world.options());
		expect(subjects[0]).toEqual({
			personId: asked,
			problem: 'Humaans returned another person than the one who was asked for.',
			complete: true,
			readAt: world.now.toISOString(),
		});
	});

	const NO_IDS = ['.', '..', '../me', 'me', 'null', 'Grace', 'grace.hopper', 'a/b', 'a b', ''];
	test.each([...NO_IDS, '\ud800', 'ä', 'a-b'.repeat(8), 'x'.repeat(19), 'x'.repeat(33)])(
		'%j can be no ID: Humaans is not asked, and nobody is gone',
		async (id) => {
			const { world } = await activated();
			world.requests.length = 0;
			const problem = 'This is no ID of Humaans, and no email address.';
			const subjects = await readByIds(world.client, [id], world.options());
			expect(subjects[0]).toMatchObject({ personId: id, problem, complete: false });
			expect(subjects[0]).not.toHaveProperty('person');
			expect(world.requests).toEqual([]);
			// Beside somebody else, and when everybody is read before.
			const known = world.people[0]!.id;
			for (const oneByOneUpTo of [5, 0]) {
				world.requests.length = 0;
				const options = { ...world.options(), oneByOneUpTo };
				const [first, second] = await readByIds(world.client, [id, known], options);
				expect(first).toMatchObject({ personId: id, problem });
				expect(first).not.toHaveProperty('person');
				expect(second).toMatchObject({ person: { id: known } });
				const byId = world.requests.filter((path) => path.startsWith('/people/'));
				expect(new Set(byId)).toEqual(new Set(byId.length > 0 ? [`/people/${known}`] : []));
			}
			if (id === '') return;
			const [asked] = await confirmMissing(world.client, [{ personId: id }], world.options());
			expect(asked).toMatchObject({ personId: id, problem });
			expect(asked).not.toHaveProperty('person');
		},
	);
});
