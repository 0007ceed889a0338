/** The Humaans node, Get and Confirm Missing: one person, and what is known of others. */
import type { IDataObject, IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';
import { Humaans } from '../../nodes/Humaans/Humaans.node';
import { withSandbox } from '../harness/fixedClock';
import { personIdOf } from '../harness/personIds';
import { contextOn, give } from './humaansNodeContext';

it('Get: an item that names nobody, and a read that fails, never stop the others', async () =>
	await withSandbox(async (sandbox) => {
		const [one, two, three] = sandbox.humaans.people
			.filter(({ status }) => status === 'active')
			.map(({ id }) => id);
		const items = [{ personId: one }, {}, { personId: two }];
		await expect(give(sandbox, { operation: 'get', personFrom: 'item' }, items)).rejects.toThrow(
			'The item has no person.',
		);
		expect(
			await give(sandbox, { operation: 'get', personFrom: 'item', continueOnFail: true }, items),
		).toMatchObject([
			{ personId: one, person: { id: one } },
			{ error: 'The item has no person.' },
			{ personId: two, person: { id: two } },
		]);
		sandbox.faults.add({
			service: 'humaans',
			path: `/people/${two}`,
			kind: '403',
			times: Infinity,
		});
		const all = [one, two, three].map((personId) => ({ personId }));
		const problem = 'Humaans does not let this access token do that (403).';
		expect(await give(sandbox, { operation: 'get', personFrom: 'item' }, all)).toMatchObject([
			{ person: { id: one } },
			{ personId: two, problem },
			{ person: { id: three } },
		]);
		expect(await give(sandbox, { operation: 'confirmMissing' }, all)).toMatchObject([
			{ person: { id: one } },
			{ personId: two, problem },
			{ person: { id: three } },
		]);
		// When all fail it is not about somebody.
		await expect(
			give(sandbox, { operation: 'get', personFrom: 'item' }, [{ personId: two }]),
		).rejects.toThrow(problem);
		await expect(
			give(sandbox, { operation: 'confirmMissing' }, [{ personId: two }]),
		).rejects.toThrow(problem);
	}));

it('when nothing can be read, every person that came in fails, each linked to its item; a list fails once', async () =>
	await withSandbox(async (sandbox) => {
		sandbox.faults.add({ service: 'humaans', kind: '403', times: Infinity });
		const items = sandbox.humaans.people.slice(0, 15).map(({ id }) => ({ personId: id }));
		const failed = async (parameters: IDataObject) =>
			(
				await new Humaans().execute.call(
					contextOn(
						sandbox,
						{ ...parameters, continueOnFail: true },
						items,
					) as unknown as IExecuteFunctions,
				)
			)[0]!;
		const one = (item: number) => ({
			json: {
				error: 'Humaans does not let this access token do that (403).',
				details: expect.any(String) as string,
			},
			pairedItem: { item },
		});
		for (const operation of ['get', 'confirmMissing'])
			expect(await failed({ operation, personFrom: 'item' })).toEqual(
				items.map((_, index) => one(index)),
			);
		for (const resource of ['person', 'customField'])
			expect(await failed({ operation: 'getMany', resource })).toEqual([one(0)]);
	}));

it('Get: by ID, from a list, by work email in any case, from the item; nobody is null only when confirmed', async () =>
	await withSandbox(async (sandbox) => {
		// The owner made the token.
		const { id, email } = sandbox.humaans.people.find(
			(person) => person.status === 'active' && person.email && person.role !== 'owner',
		)!;
		for (const parameters of [
			{ personFrom: 'id', personId: ` ${id} ` },
			{ personFrom: 'list', personPicked: id },
			{ personFrom: 'email', email: email!.toUpperCase() },
			{ personFrom: 'idOrEmail', idOrEmail: ` ${id} ` },
			{ personFrom: 'idOrEmail', idOrEmail: ` ${email} ` },
		])
			expect(await give(sandbox, { operation: 'get', ...parameters })).toMatchObject([
				{ personId: id, person: { id }, complete: true },
			]);
		await expect(
			give(sandbox, { operation: 'get', personFrom: 'list', personPicked: '' }),
		).rejects.toThrow('No person is chosen.');
		await expect(
			give(sandbox, {
				operation: 'get',
				personFrom: 'idOrEmail',
				idOrEmail: 'nobody@acme.example',
			}),
		).rejects.toThrow('Nobody in Humaans has that work email.');
		const other = sandbox.humaans.people.find(
			(person) => person.status === 'active' && person.id !== id,
		)!;
		sandbox.admin.change(other.id, { email });
		await expect(
			give(sandbox, { operation: 'get', personFrom: 'idOrEmail', idOrEmail: email }),
		).rejects.toThrow('More than one person');
		sandbox.admin.remove(id);
		expect(
			await give(sandbox, { operation: 'get', personFrom: 'item' }, [{ personId: id }]),
		).toMatchObject([{ personId: id, person: null, complete: true }]);
		sandbox.humaans.setToken(['public:read']);
		const [unsure] = await give(sandbox, {
			operation: 'get',
			personFrom: 'id',
			personId: id,
			options: { allowPartialView: true },
		});
		expect(unsure).not.toHaveProperty('person');
	}));

it('Get: what can be neither an ID nor an email is said so, before anything is asked', async () =>
	await withSandbox(async (sandbox) => {
		const noId = 'This is no ID of Humaans, and no email address.';
		for (const typed of ['Grace', 'me', 'null', '../token-info', 'x'.repeat(33)]) {
			for (const parameters of [
				{ personFrom: 'id', personId: typed },
				{ personFrom: 'list', personPicked: typed },
				{ personFrom: 'idOrEmail', idOrEmail: typed },
			])
				await expect(give(sandbox, { operation: 'get', ...parameters })).rejects.toThrow(noId);
			for (const operation of ['get', 'confirmMissing'])
				expect(
					await give(sandbox, { operation, personFrom: 'item' }, [{ personId: typed }]),
				).toMatchObject([{ personId: typed, problem: noId, complete: false }]);
		}
		expect(sandbox.log).toEqual([]);
	}));

it('Get of somebody who left names who has their work email now', async () =>
	await withSandbox(async (sandbox) => {
		const [left, stays] = sandbox.humaans.people.filter(
			(person) => person.status === 'active' && person.email,
		);
		if (!left || !stays) throw new Error('Nobody is there.');
		sandbox.admin.change(stays.id, { email: left.email });
		sandbox.admin.offboard(left.id);
		expect(
			await give(sandbox, { operation: 'get', personFrom: 'id', personId: left.id }),
		).toMatchObject([{ person: { status: 'offboarded', sharesWorkEmailWith: [stays.id] } }]);
	}));

it(
	'Get of anybody names who else has their work email; of somebody who left in any case of ' +
		'letters, though the filter is exact',
	async () =>
		await withSandbox(async (sandbox) => {
			const [one, two, left] = sandbox.humaans.people.filter(
				(person) => person.status === 'active' && person.email,
			);
			sandbox.admin.change(two!.id, { email: one!.email });
			const get = async (personId: string) =>
				(await give(sandbox, { operation: 'get', personFrom: 'id', personId }))[0]!.person!;
			expect(await get(one!.id)).toMatchObject({ sharesWorkEmailWith: [two!.id], readAlone: true });
			expect(await get(left!.id)).toMatchObject({ sharesWorkEmailWith: [], readAlone: true });
			sandbox.admin.change(two!.id, { email: left!.email!.toUpperCase() });
			sandbox.admin.offboard(left!.id);
			expect(await get(left!.id)).toMatchObject({ sharesWorkEmailWith: [two!.id] });
		}),
);

it(
	'somebody gone whose account has the work email of somebody else now: who that is, by one ' +
		'read of everybody',
	async () =>
		await withSandbox(async (sandbox) => {
			const [heir, other] = sandbox.humaans.people.filter(
				(person) => person.status === 'active' && person.email,
			);
			const account = (email: string, state = 'ACTIVATED') => ({
				_id: 'a'.repeat(24),
				username: 'x',
				email,
				state,
				suspended: state === 'SUSPENDED',
				attributes: [],
			});
			const gone = (personId: string, more: object = {}) => ({
				personId,
				person: null,
				complete: true,
				account: account(heir!.email!.toUpperCase()),
				...more,
			});
			const ask = async (...items: object[]) =>
				(await give(sandbox, { operation: 'confirmMissing' }, items as never)).map(
					({ accountEmailOf }) => accountEmailOf,
				);
			sandbox.clearLog();
			expect(
				await ask(
					gone(personIdOf('g1')),
					gone(personIdOf('g2'), { account: account('nobody@acme.example') }),
					{
						personId: other!.id,
						person: other,
					},
				),
			).toEqual([[heir!.id], [], undefined]);
			expect(
				sandbox.log
					.filter(({ path }) => path.endsWith('/people'))
					.map(({ query }) => query.status)
					.sort(),
			).toEqual(['all']);
			// Missing from a batch: asked for by ID, and then the same.
			expect(
				await ask({
					personId: personIdOf('g3'),
					account: account(heir!.email!),
					complete: true,
					part: '1/2',
				}),
			).toEqual([[heir!.id]]);
			sandbox.clearLog();
			// With everybody in the run, without an account, or with one that is suspended there is nothing
			// to ask.
			expect(
				await ask(
					{ personId: personIdOf('g4'), account: account(heir!.email!), complete: true },
					gone(personIdOf('g5'), { account: null }),
					gone(personIdOf('g6'), { account: account(heir!.email!, 'SUSPENDED') }),
				),
			).toEqual([undefined, undefined, undefined]);
			expect(sandbox.log.filter(({ path }) => path.endsWith('/people'))).toEqual([]);
		}),
);

it('who was read alone and could get an account: who shares their work email, by one read of everybody', async () =>
	await withSandbox(async (sandbox) => {
		const [one, two, left] = sandbox.humaans.people.filter(
			(person) => person.status === 'active' && person.email,
		);
		sandbox.admin.change(two!.id, { email: one!.email!.toUpperCase() });
		sandbox.admin.change(left!.id, { email: one!.email!.toUpperCase() });
		sandbox.admin.offboard(left!.id);
		const [alone] = await give(sandbox, {
			...{ operation: 'get', personFrom: 'id', personId: one!.id },
		});
		// Humaans' filter is exact.
		expect(alone).toMatchObject({ person: { readAlone: true, sharesWorkEmailWith: [] } });
		const match = { by: null, certain: true, candidates: [] };
		const account = (attributes: object[]) => ({ _id: 'a'.repeat(24), email: 'x', attributes });
		const link = { name: 'humaansId', value: one!.id };
		const ask = async (more: object) => {
			sandbox.clearLog();
			const [subject] = await give(sandbox, { operation: 'confirmMissing' }, [
				{ ...alone, match, account: null, ...more },
			] as never);
			const reads = sandbox.log.filter(({ path }) => path.endsWith('/people')).length;
			return [subject!.person!.sharesWorkEmailWith, reads];
		};
		expect(await ask({})).toEqual([[two!.id], 1]);
		expect(await ask({ account: account([]) })).toEqual([[two!.id], 1]);
		expect(await ask({ account: account([link]) })).toEqual([[], 0]);
		expect(await ask({ match: { ...match, certain: false } })).toEqual([[], 0]);
		expect(await ask({ person: { ...alone!.person, readAlone: undefined } })).toEqual([[], 0]);
	}));

it.each(['404-text', '404-json'] as const)(
	'a gateway that says "not found" (%s) is not Humaans: nobody is gone',
	async (kind) =>
		await withSandbox(async (sandbox) => {
			const [one, two] = sandbox.humaans.people
				.filter(({ status, role }) => status === 'active' && role !== 'owner')
				.map(({ id }) => id);
			sandbox.faults.add({ service: 'humaans', path: `/people/${one}`, kind, times: Infinity });
			const items = [{ personId: one }, { personId: two }];
			const problem = 'Humaans did not give this answer itself (404).';
			for (const parameters of [
				{ operation: 'get', personFrom: 'item' },
				{ operation: 'confirmMissing' },
			]) {
				const [first, second] = await give(
					sandbox,
					{ ...parameters, options: { attempts: 1 } },
					items,
				);
				expect(first).toMatchObject({ personId: one, problem });
				expect(first).not.toHaveProperty('person');
				expect(second).toMatchObject({ person: { id: two } });
			}
			sandbox.faults.clear();
			sandbox.faults.add({ service: 'humaans', path: `/people/${one}`, kind });
			// Once: asked again.
			expect(await give(sandbox, { operation: 'get', personFrom: 'item' }, items)).toMatchObject([
				{ person: { id: one } },
				{ person: { id: two } },
			]);
		}),
);

it('the list finds people by any letters of name or email', async () =>
	await withSandbox(async (sandbox) => {
		const { id, email } = sandbox.humaans.people.find(
			(person) => person.status === 'active' && person.email,
		)!;
		const search = new Humaans().methods.listSearch.searchPeople;
		const { results } = await search.call(
			contextOn(sandbox, {}) as unknown as ILoadOptionsFunctions,
			email!.slice(0, 8).toUpperCase(),
		);
		expect(results.map(({ value }) => value)).toContain(id);
	}));
