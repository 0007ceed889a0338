/** The Humaans node on the sandbox over HTTP: which people it gives, and what it says of them. */
import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	INode,
} from 'n8n-workflow';
import { isChosen, namesIn, simplified } from '../../nodes/core/person/choose';
import { Humaans } from '../../nodes/Humaans/Humaans.node';
import type { Person, Subject } from '../../nodes/core/subject';
import type { Sandbox } from '../sandbox';
import { withSandbox } from './fixedClock';

function contextOn({ humaans }: Sandbox, parameters: IDataObject, items: object[] = [{}]) {
	const all: IDataObject = {
		resource: 'person',
		options: {},
		statuses: ['active', 'newHire', 'offboarded'],
		returnAll: true,
		simplify: false,
		...parameters,
	};
	return {
		getNode: () =>
			({
				id: 'n',
				name: 'Humaans',
				type: 'humaans',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			}) as INode,
		getNodeParameter: (name: string, _index: number, fallback: unknown) => all[name] ?? fallback,
		getInputData: () => items.map((json) => ({ json })),
		getExecutionCancelSignal: () => undefined,
		getCredentials: async () => ({ accessToken: humaans.token, baseUrl: humaans.baseUrl }),
		getTimezone: () => 'Europe/Berlin',
		continueOnFail: () => parameters.continueOnFail === true,
		helpers: {
			httpRequestWithAuthentication: async (_: string, { url, qs }: IHttpRequestOptions) => {
				const at = new URL(url);
				for (const [name, value] of Object.entries(qs ?? {}))
					at.searchParams.append(name, String(value));
				const answer = await fetch(at, { headers: { authorization: `Bearer ${humaans.token}` } });
				const text = await answer.text();
				// As n8n does: what is no JSON stays a text.
				return {
					statusCode: answer.status,
					headers: {},
					body: /^[{[]/.test(text) ? (JSON.parse(text) as unknown) : text,
				};
			},
		},
	};
}

const give = async (
	sandbox: Sandbox,
	parameters: IDataObject,
	items?: object[],
): Promise<Subject[]> => {
	const [out] = await new Humaans().execute.call(
		contextOn(sandbox, parameters, items) as unknown as IExecuteFunctions,
	);
	return out!.map(({ json }) => json as unknown as Subject);
};

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

it('Get: by ID, from a list, by work e-mail in any case, from the item; nobody is null only when confirmed', async () =>
	await withSandbox(async (sandbox) => {
		const { id, email } = sandbox.humaans.people.find(
			(person) => person.status === 'active' && person.email,
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
		).rejects.toThrow('Nobody in Humaans has that work e-mail.');
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

it('Get of somebody who left names who has their work e-mail now', async () =>
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
	'Get of anybody names who else has their work e-mail; of somebody who left in any case of ' +
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
	'somebody gone whose account has the work e-mail of somebody else now: who that is, by one ' +
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
				await ask(gone('g1'), gone('g2', { account: account('nobody@acme.example') }), {
					personId: other!.id,
					person: other,
				}),
			).toEqual([[heir!.id], [], undefined]);
			expect(
				sandbox.log
					.filter(({ path }) => path.endsWith('/people'))
					.map(({ query }) => query.status)
					.sort(),
			).toEqual(['active', 'newHire', 'offboarded']);
			// Missing from a batch: asked for by ID, and then the same.
			expect(
				await ask({ personId: 'g3', account: account(heir!.email!), complete: true, part: '1/2' }),
			).toEqual([[heir!.id]]);
			sandbox.clearLog();
			// With everybody in the run, without an account, or with one that is suspended there is nothing
			// to ask.
			expect(
				await ask(
					{ personId: 'g4', account: account(heir!.email!), complete: true },
					gone('g5', { account: null }),
					gone('g6', { account: account(heir!.email!, 'SUSPENDED') }),
				),
			).toEqual([undefined, undefined, undefined]);
			expect(sandbox.log.filter(({ path }) => path.endsWith('/people'))).toEqual([]);
		}),
);

it.each(['404-text', '404-json'] as const)(
	'a gateway that says "not found" (%s) is not Humaans: nobody is gone',
	async (kind) =>
		await withSandbox(async (sandbox) => {
			const [one, two] = sandbox.humaans.people
				.filter(({ status }) => status === 'active')
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

it('the list finds people by any letters of name or e-mail', async () =>
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

it('Simplify gives ten flat fields', () => {
	const person = {
		id: 'p',
		status: 'active',
		firstName: 'Ana',
		preferredName: null,
		lastName: 'Silva',
		manager: { id: 'm', name: null, email: null },
	} as Person;
	expect(simplified(person)).toMatchObject({
		id: 'p',
		name: 'Ana Silva',
		manager: 'm',
		email: null,
	});
	expect(Object.keys(simplified(person))).toHaveLength(10);
	expect(
		isChosen(person, { departments: namesIn(' , '), locations: [], updatedSince: new Date() }),
	).toBe(true);
});
