/**
 * What can go wrong in the middle of a read: nothing is invented, nothing is remembered, and the
 * sentence says what happened.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { confirmMissing } from '../../nodes/services/humaans/confirmMissing';
import { readByIds } from '../../nodes/services/humaans/readByIds';
import { PERSON_EVENTS } from '../../nodes/core/watch/events';
import { pollPeople, type PollOptions } from '../../nodes/services/humaans/pollPeople';
import { rereadPerson } from '../../nodes/services/humaans/rereadPerson';
import { isServiceFailure } from '../../nodes/services/http/failure';
import type { Fault, Sandbox } from '../sandbox';
import { apply, loadTemplate, runTemplate } from '../harness/engine';
import { withSandbox } from '../harness/fixedClock';
import { clientOn, type ClientOptions } from '../harness/humaansOverHttp';

const OPTIONS: PollOptions = {
	triggerOn: PERSON_EVENTS,
	firstActivation: 'skip',
	allowPartialView: false,
	include: ['jobRoles', 'locations', 'customFields'],
	deadline: Infinity,
	now: () => new Date(),
};
/** More than 750 active people: four pages, and job roles in five. */
const LARGE = { people: 1000, seed: 4 };

/** A poll that remembers everybody, a change, and then polls under a fault. */
async function broken(
	faults: Fault[],
	check: (
		poll: () => ReturnType<typeof pollPeople>,
		sandbox: Sandbox,
		changed: string,
	) => Promise<void>,
	attempts = 1,
	more: ClientOptions = {},
): Promise<void> {
	await withSandbox(async (sandbox) => {
		const client = clientOn(sandbox, { attempts, ...more });
		const { memory } = await pollPeople(client, undefined, OPTIONS);
		const kept = structuredClone(memory);
		const { id } = sandbox.admin.change(
			sandbox.humaans.people.find(({ status }) => status === 'active')!.id,
			{ city: 'Porto' },
		);
		for (const fault of faults) sandbox.faults.add({ service: 'humaans', ...fault });
		await check(async () => await pollPeople(client, memory, OPTIONS), sandbox, id);
		expect(memory).toEqual(kept);
		sandbox.faults.clear();
		const after = await pollPeople(client, memory, OPTIONS);
		expect(after.subjects.map(({ personId, event }) => [personId, event])).toEqual([
			[id, 'updated'],
		]);
	}, LARGE);
}

const PAGE: Omit<Fault, 'kind'> = { path: /\/people$/, skip: 3 };
const FOR_GOOD: Omit<Fault, 'kind'> = { ...PAGE, times: Infinity };

it.each<[string, Fault, string]>([
	[
		'HTML instead of JSON',
		{ ...PAGE, kind: 'html-200' },
		'Humaans answered with something that is not JSON (200).',
	],
	[
		'half of a page',
		{ ...PAGE, kind: 'truncated-json' },
		'Humaans answered with something that is not JSON (200).',
	],
	['a cut connection', { ...PAGE, kind: 'cut' }, 'The connection to Humaans was cut.'],
	[
		'a connection cut in the middle of a page',
		{ ...PAGE, kind: 'cut-mid-body' },
		'The connection to Humaans was cut.',
	],
	[
		'a token revoked in the middle',
		{ ...FOR_GOOD, kind: '401' },
		'Humaans did not accept the access token (401).',
	],
	[
		'a scope taken away in the middle',
		{ ...FOR_GOOD, kind: '403' },
		'Humaans does not let this access token do that (403).',
	],
	['maintenance', { ...PAGE, kind: '503-html' }, 'Humaans is not available (503).'],
	[
		'no job roles, twice',
		{ path: '/job-roles', times: Infinity, kind: 'empty-list' },
		'Humaans named no job roles at all, although there were some, so nothing was concluded.',
	],
	[
		'no locations, twice',
		{ path: '/locations', times: Infinity, kind: 'empty-list' },
		'Humaans did not give a complete list. People work at locations, and it named none.',
	],
	[
		'nobody at all',
		{ path: /\/people$/, times: Infinity, kind: 'empty-list' },
		'Humaans returned no people that can be read, so nothing was concluded.',
	],
])(
	'%s: %j',
	async (_what, fault, sentence) =>
		await broken([fault], async (poll) => {
			await expect(poll()).rejects.toThrow(sentence);
		}),
);

it('a limit on requests that lets nothing through', async () =>
	await broken(
		[{ ...FOR_GOOD, kind: '429' }],
		async (poll) => {
			await expect(poll()).rejects.toThrow('Humaans is limiting the number of requests (429).');
			// Whoever asks while everybody is held back is told at once.
			await expect(poll()).rejects.toThrow('Humaans is limiting the number of requests (429).');
			await sleep(200);
		},
		1,
		{ patienceMs: 20 },
	));

it.each<[string, Fault]>([
	['an empty page', { ...PAGE, kind: 'empty-list' }],
	['a cut connection', { ...PAGE, kind: 'cut' }],
	['a limit with Retry-After', { ...PAGE, kind: '429-retry-after-seconds', retryAfterSeconds: 0 }],
	['a limit without', { ...PAGE, kind: '429' }],
	['no job roles, once', { path: '/job-roles', kind: 'empty-list' }],
	['no custom values, for good', { path: '/custom-values', times: Infinity, kind: 'empty-list' }],
])(
	'what passes is read anew, and the poll tells what is: %s',
	async (_what, fault) =>
		await broken(
			[fault],
			async (poll, _sandbox, id) => {
				expect((await poll()).subjects.map(({ personId, event }) => [personId, event])).toEqual([
					[id, 'updated'],
				]);
			},
			3,
		),
);

it('once the token is refused, hardly anything more is asked', async () =>
	await broken([{ ...FOR_GOOD, kind: '401' }], async (poll, sandbox) => {
		sandbox.clearLog();
		await expect(poll()).rejects.toMatchObject({ kind: 'wrongKey' });
		const asked = sandbox.log.length;
		// Three good answers, and what was under way or in the queue by then.
		expect(asked).toBeLessThanOrEqual(12);
		await new Promise((resolve) => setTimeout(resolve, 100));
		expect(sandbox.log.length).toBeLessThanOrEqual(12);
	}));

describe('a list that lies', () => {
	/** The list of everybody, as the client sees it. */
	async function lying(lie: (rows: unknown[], skip: number) => unknown[]): Promise<unknown> {
		return await withSandbox(async (sandbox) => {
			const { memory } = await pollPeople(clientOn(sandbox), undefined, OPTIONS);
			const client = clientOn(sandbox, {
				attempts: 1,
				answer: ({ path, query }, body) => {
					const list = body as { data?: unknown[] };
					return path === '/people' && query.status === 'all' && list.data
						? { ...list, data: lie(list.data, Number(query.$skip)) }
						: body;
				},
			});
			return await pollPeople(client, memory, OPTIONS).then(
				(result) => result,
				(error: unknown) => (isServiceFailure(error) ? error.message : error),
			);
		}, LARGE);
	}
	it('the first page again and again', async () => {
		let first: unknown[] | undefined;
		expect(await lying((rows) => (first ??= rows))).toMatch(
			/^Humaans did not give a complete list\. Its entries moved while they were read\.$/,
		);
	});
	it('one row in the place of another', async () => {
		expect(await lying((rows, skip) => (skip === 0 ? [rows[1], ...rows.slice(1)] : rows))).toMatch(
			/^Humaans did not give a complete list\. It named \d+ entries and \d+ could be read\.$/,
		);
	});
	it('rows left out at the end of a page', async () => {
		const whole = (await lying((rows, skip) => (skip === 249 ? rows.slice(0, -20) : rows))) as {
			subjects: unknown[];
		};
		expect(whole.subjects).toEqual([]);
	});
});

/** A member with an account of their own: of nobody else's could anything be said. */
const memberOf = (sandbox: Sandbox): string =>
	sandbox.humaans.people.find(
		({ id, role, status }) =>
			role === 'user' && status === 'active' && sandbox.admin.accountByHumaansId(id),
	)!.id;

it.each([
	[
		'without private:read',
		/private:read/,
		(sandbox: Sandbox) => sandbox.humaans.setToken(['public:read']),
	],
	[
		'of an ordinary member',
		/neither owner nor administrator/,
		(sandbox: Sandbox) =>
			sandbox.humaans.setToken(['public:read', 'private:read'], memberOf(sandbox)),
	],
	[
		'of an ordinary member who sees all colleagues',
		/neither owner nor administrator/,
		(sandbox: Sandbox) => {
			sandbox.quirks.makerSees = 'everybody';
			sandbox.humaans.setToken(['public:read', 'private:read'], memberOf(sandbox));
		},
	],
] as const)(
	'a token %s, on the engine: the read says so, and nobody is disabled',
	async (_whose, sentence, useToken) => {
		for (const allowPartialView of [false, true]) {
			await withSandbox(async (sandbox) => {
				useToken(sandbox);
				const before = sandbox.jumpCloud.accounts.map(({ _id, state, suspended }) => [
					_id,
					state,
					suspended,
				]);
				const template = apply(loadTemplate('reconcile'));
				for (const node of template.nodes)
					if (node.type.endsWith('.humaans'))
						node.parameters.options = { ...(node.parameters.options as object), allowPartialView };
				const run = await runTemplate(template, sandbox);
				if (!allowPartialView) expect(run.error?.message).toMatch(sentence);
				else {
					expect(run.error).toBeUndefined();
					const decided = run
						.subjects('Decide')
						.concat(
							...Array.from({ length: 8 }, (_, output) => run.subjects('Decide', output + 1)),
						);
					expect(decided.length).toBeGreaterThan(0);
					expect(decided.every(({ complete }) => complete === false)).toBe(true);
					expect(
						decided.filter(
							({ decision }) => decision?.action === 'deprovision' || decision?.action === 'delete',
						),
					).toEqual([]);
				}
				for (const [id, state, suspended] of before)
					if (state === 'ACTIVATED')
						expect([id, sandbox.admin.account(String(id))?.suspended]).toEqual([id, suspended]);
				if (!allowPartialView) expect(sandbox.writes()).toEqual([]);
			});
		}
	},
);

it('the token is changed for one of an ordinary member: a 404 by ID is not taken for gone', async () =>
	await withSandbox(async (sandbox) => {
		const now = () => new Date();
		const poll: PollOptions = {
			triggerOn: PERSON_EVENTS,
			firstActivation: 'skip',
			allowPartialView: false,
			include: ['jobRoles', 'locations'],
			deadline: Infinity,
			now: () => new Date(),
		};
		const { memory } = await pollPeople(clientOn(sandbox), undefined, poll);
		const member = memberOf(sandbox);
		const hidden = sandbox.humaans.people.find(
			({ id, status }) => id !== member && status === 'active',
		)!.id;
		sandbox.humaans.setToken(['public:read', 'private:read'], member);

		const missing = [{ personId: hidden, complete: true }];
		for (const read of [
			async (allowPartialView: boolean) =>
				await confirmMissing(clientOn(sandbox), missing, { include: [], allowPartialView, now }),
			async (allowPartialView: boolean) =>
				await readByIds(clientOn(sandbox), [hidden], { include: [], allowPartialView, now }),
		]) {
			await expect(read(false)).rejects.toThrow('neither owner nor administrator');
			const [subject] = await read(true);
			expect(subject).toMatchObject({ personId: hidden, complete: false });
			expect(subject!.person).toBeUndefined();
		}
		await expect(rereadPerson(clientOn(sandbox), hidden, poll)).rejects.toThrow(
			'neither owner nor administrator',
		);
		const compare = await rereadPerson(clientOn(sandbox), hidden, {
			...poll,
			allowPartialView: true,
		});
		expect(compare(memory)).toEqual({ subjects: [], memory });
	}));
