import type { IDataObject, IHttpRequestOptions, INode, IPollFunctions } from 'n8n-workflow';
import { HumaansTrigger } from '../../nodes/HumaansTrigger/HumaansTrigger.node';
import { PERSON_EVENTS } from '../../nodes/core/watch/events';

type Answer = { statusCode: number; body: unknown };
const NODE = {
	id: 'n1',
	name: 'When People Change',
	type: 'humaansTrigger',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
} as INode;
const person = (id: string, more: object = {}) => ({
	id,
	companyId: 'c1',
	status: 'active',
	firstName: 'Ada',
	role: id === 'p' ? 'owner' : 'user',
	createdAt: `2026-01-0${id.length}T00:00:00Z`,
	...more,
});

/** n8n's poll context around a list of people, with static data that outlives a poll. */
function workflow(id = 'w1') {
	const state = {
		people: [person('p'), person('pp')] as object[],
		status: 200,
		mode: 'trigger',
		staticData: {} as IDataObject,
		budgetMs: 60_000,
		calls: 0,
		beforeAnswer: async () => {},
	};
	const answer = (path: string, qs: { status?: string }): Answer => {
		if (state.status !== 200)
			return { statusCode: state.status, body: { message: 'secret words of the service' } };
		if (path.endsWith('/token-info'))
			return { statusCode: 200, body: { scopes: ['private:read'], personId: 'p' } };
		if (path.includes('/people/'))
			return {
				statusCode: 404,
				body: { id: 'e1', code: 404, name: 'NotFound', message: 'Not found' },
			};
		const data = path.endsWith('/people')
			? state.people.filter((row) =>
					['all', (row as { status: string }).status].includes(qs.status!),
				)
			: [];
		return { statusCode: 200, body: { total: data.length, limit: 250, skip: 0, data } };
	};
	const parameters: Record<string, unknown> = {
		triggerOn: [...PERSON_EVENTS],
		firstActivation: 'skip',
		options: {},
	};
	const context = {
		getNode: () => NODE,
		getWorkflow: () => ({ id, active: true }),
		getMode: () => state.mode,
		getPollBudgetMs: () => state.budgetMs,
		getNodeParameter: (name: string) => parameters[name],
		getCredentials: async () => ({ accessToken: 't', baseUrl: 'http://127.0.0.1:1/api' }),
		getWorkflowStaticData: () => state.staticData,
		helpers: {
			httpRequestWithAuthentication: async (_: string, { url, qs }: IHttpRequestOptions) => {
				state.calls++;
				await state.beforeAnswer();
				return { headers: {}, ...answer(String(url), qs as { status?: string }) };
			},
		},
	} as unknown as IPollFunctions;
	return { state, parameters, poll: async () => await new HumaansTrigger().poll.call(context) };
}

test('activation remembers everybody and starts nothing; later polls hand on what changed', async () => {
	const { state, poll } = workflow();
	expect(await poll()).toBeNull();
	const { memory } = state.staticData;
	// n8n writes the static data to its database whenever a key is set.
	state.staticData = new Proxy(state.staticData, {
		set: () => Boolean(expect('written').toBe('left alone')),
	});
	expect(memory).toMatchObject({
		version: 2,
		active: expect.stringMatching(/^p \S+\npp \S+$/),
		unreadable: '',
	});
	expect(await poll()).toBeNull();
	expect(state.staticData.memory).toBe(memory);
	state.staticData = { memory };
	state.people = [person('p'), person('ppp'), person('pp', { firstName: 'Bea' })];
	const items = await poll();
	expect(items).toEqual([
		[
			{ json: expect.objectContaining({ personId: 'ppp', event: 'created' }) },
			{
				json: expect.objectContaining({
					personId: 'pp',
					event: 'updated',
					changedFields: ['firstName'],
				}),
			},
		],
	]);
});

test('a manual run gives people at once and remembers nothing', async () => {
	const { state, poll } = workflow();
	state.mode = 'manual';
	expect(await poll()).toEqual([
		[
			{ json: expect.objectContaining({ personId: 'pp' }) },
			{ json: expect.objectContaining({ personId: 'p' }) },
		],
	]);
	expect(state.staticData).toEqual({});
});

test('a wrong token stops the activation with a clear sentence and changes no memory', async () => {
	const { state, poll } = workflow();
	state.status = 401;
	await expect(poll()).rejects.toMatchObject({
		message: 'Humaans did not accept the access token (401).',
	});
	expect(state.staticData).toEqual({});
});

test('a poll that finds another one under way does nothing; another workflow is not held up', async () => {
	const [one, other] = [workflow('w1'), workflow('w2')];
	let goOn = () => {};
	const held = new Promise<void>((resolve) => (goOn = resolve));
	one.state.beforeAnswer = async () => await held;
	const first = one.poll();
	const { calls } = one.state;
	expect(await one.poll()).toBeNull();
	expect(one.state.calls).toBe(calls);
	await other.poll();
	expect(other.state.staticData.memory).toBeDefined();
	goOn();
	await first;
	expect(one.state.staticData.memory).toBeDefined();
	one.state.people.push(person('ppp'));
	expect(await one.poll()).toHaveLength(1);
});

test('a poll under way does not hold up a manual run, and a failed one does not hold up the next', async () => {
	const { state, poll } = workflow();
	state.status = 403;
	await expect(poll()).rejects.toThrow();
	state.status = 200;
	expect(await poll()).toBeNull();
	expect(state.staticData.memory).toBeDefined();
});

test('more time than a poll has: it says so and changes nothing', async () => {
	const { state, poll } = workflow();
	state.budgetMs = 30;
	state.beforeAnswer = async () => await new Promise((resolve) => setTimeout(resolve, 40));
	await expect(poll()).rejects.toMatchObject({
		message: expect.stringContaining('within the time n8n allows for one poll'),
	});
	expect(state.staticData).toEqual({});
});

test('every event can be chosen, and all are by default', () => {
	const [triggerOn] = new HumaansTrigger().description.properties;
	expect(triggerOn!.options!.map((option) => (option as { value: string }).value).sort()).toEqual(
		[...PERSON_EVENTS].sort(),
	);
	expect(triggerOn!.default).toEqual([...PERSON_EVENTS]);
});
