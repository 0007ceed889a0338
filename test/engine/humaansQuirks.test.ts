/**
 * What no source settles about Humaans, switched both ways: the same events and the same accounts.
 */
import fc from 'fast-check';
import { PERSON_EVENTS } from '../../nodes/core/watch/events';
import type { TriggerMemory } from '../../nodes/core/watch/memory';
import { parseSnapshot } from '../../nodes/core/watch/snapshot';
import { pollPeople, type PollOptions } from '../../nodes/services/humaans/pollPeople';
import type { Quirks, Sandbox } from '../sandbox';
import { apply, loadTemplate, runTemplate } from '../harness/engine';
import { setClock, withSandbox } from '../harness/fixedClock';
import { clientOn } from '../harness/humaansOverHttp';
import { sampled, sized } from '../harness/sample';

const OPTIONS: PollOptions = {
	triggerOn: PERSON_EVENTS,
	firstActivation: 'skip',
	allowPartialView: false,
	include: ['jobRoles', 'locations', 'customFields'],
	deadline: Infinity,
	now: () => new Date(),
};

async function events(sandbox: Sandbox): Promise<unknown> {
	const client = clientOn(sandbox);
	const first = await pollPeople(client, undefined, OPTIONS);
	const [a, b, c, d] = sandbox.humaans.people
		.filter(({ status, timezone }) => status === 'active' && timezone === 'Europe/London')
		.map(({ id }) => id) as [string, string, string, string];
	sandbox.admin.change(a, { city: 'Porto' });
	sandbox.admin.change(b, { jobTitle: 'Chief of Tests' });
	sandbox.admin.offboard(c);
	sandbox.admin.remove(d);
	const e = sandbox.admin.hire({ firstName: 'New', employmentStartDate: '2027-01-01' }).id;
	const names = new Map([a, b, c, d, e].map((id, index) => [id, 'abcde'[index]]));
	const second = await pollPeople(client, first.memory, OPTIONS);
	return [
		first.subjects,
		second.subjects
			.map(({ personId, event, changedFields }) => [names.get(personId!), event, changedFields])
			.sort(),
	];
}

async function accounts(sandbox: Sandbox): Promise<unknown> {
	const run = await runTemplate(apply(loadTemplate('reconcile')), sandbox);
	expect(run.error).toBeUndefined();
	expect(sandbox.violations).toEqual([]);
	const standing = sandbox.jumpCloud.accounts
		.map(
			(one) =>
				`${one.username} ${one.email} ${one.state} ${one.jobTitle} ${one.department} ${one.lastname}`,
		)
		.sort();
	return { standing, mail: sandbox.outbox.map(({ to, kind }) => `${to} ${kind}`).sort() };
}

const SWITCHED: ReadonlyArray<[string, Partial<Quirks>]> = [
	['the filter on status does nothing', { statusFilterIgnored: true, bareListReturns: 'all' }],
	['a bare list has everybody', { bareListReturns: 'all' }],
	['status=all is refused', { statusAll: 'refused' }],
	['status=all shows active people only', { statusAll: 'ignored' }],
	['sorting works', { sortSupported: true }],
	['the filter on updatedAt works', { updatedAtFilterSupported: true }],
	['an unknown filter is refused', { unknownFilter: '400' }],
	['a refusal is a 400', { unknownFilter: '400', errorStatusValidation: 400 }],
	['a refusal of status=all is a 400', { statusAll: 'refused', errorStatusValidation: 400 }],
	['more than 250 a page is refused', { overLimit: '400' }],
	['$asOf does nothing', { asOfSupported: false }],
	['a new role counts as a change of the person', { roleChangeBumpsPerson: true }],
	['a list gives 40 rows at most', { humaansPageLimit: 40 }],
	['the newest come first', { humaansListOrder: 'newestFirst' }],
	['what changed last comes first', { humaansListOrder: 'lastChangedFirst' }],
	['statuses follow the dates', { statusFollowsDates: true }],
	['requests are limited', { humaansRateLimit: { requests: 8, perMs: 100 } }],
];

/** What is tried by itself: part of another switch, or too slow for all of them. */
const ALONE = [
	'a bare list has everybody',
	'status=all shows active people only',
	'an unknown filter is refused',
	'a refusal of status=all is a 400',
	'the newest come first',
	'what changed last comes first',
	'requests are limited',
];
const COMBINED = SWITCHED.filter(([what]) => !ALONE.includes(what)).map(([, quirks]) => quirks);

/**
 * Every pair of switches in all four positions, in five rows and the likely world: each switch is
 * on in three of the five, no two in the same three.
 */
const PATTERNS = Array.from({ length: 32 }, (_, bits) => bits.toString(2).padStart(5, '0')).filter(
	(bits) => bits.split('1').length === 4,
);
const ROWS = Array.from(
	{ length: 5 },
	(_, row) =>
		Object.assign(
			{},
			...COMBINED.filter((_quirks, at) => PATTERNS[at]![row] === '1'),
		) as Partial<Quirks>,
);

describe('whatever Humaans does', () => {
	const likely: { events?: unknown; accounts?: unknown } = {};
	const outcome = async (quirks: Partial<Quirks>) => ({
		events: await withSandbox(events, { quirks }),
		accounts: await withSandbox(accounts, { quirks }),
	});
	beforeAll(async () => void Object.assign(likely, await outcome({})));

	it('is compared with something', () => {
		expect(likely.events).toEqual([
			[],
			[
				['a', 'updated', ['city']],
				['b', 'roleChanged', ['jobTitle']],
				['c', 'offboarded', expect.any(Array)],
				['d', 'deleted', []],
				['e', 'created', []],
			],
		]);
		expect((likely.accounts as { mail: string[] }).mail.length).toBeGreaterThan(10);
	});
	it('every two switches are tried in all four positions', () => {
		for (const [at, one] of PATTERNS.slice(0, COMBINED.length).entries())
			for (const other of PATTERNS.slice(at + 1, COMBINED.length)) {
				const seen = new Set(['00', ...[...one].map((bit, row) => bit + other[row])]);
				expect([one, other, seen.size]).toEqual([one, other, 4]);
			}
	});
	it.each(sampled(ROWS, 2))('together: %j', async (quirks) =>
		expect(await outcome(quirks)).toEqual(likely),
	);
	it.each(sampled(SWITCHED, 2))('%s: the same events and accounts', async (_what, quirks) =>
		expect(await outcome(quirks)).toEqual(likely),
	);
});

it('somebody is hired between two pages: the read starts anew, or is incomplete and changes nothing', async () => {
	for (const [times, complete] of [
		[1, true],
		[Infinity, false],
	] as const) {
		await withSandbox(
			async (sandbox) => {
				const { people } = sandbox.humaans;
				const read = pollPeople(clientOn(sandbox), undefined, OPTIONS);
				if (complete) expect(parseSnapshot((await read).memory).size).toBe(people.length);
				else await expect(read).rejects.toMatchObject({ kind: 'incomplete' });
			},
			{ people: 600, quirks: { totalChangesMidSweep: times } },
		);
	}
});

it('polls that are lost, cut, lied to or repeated: nothing invented, no final state missed', async () => {
	const kinds = [
		'cut',
		'cut-mid-body',
		'truncated-json',
		'500-html',
		'503-html',
		'html-200',
		'429',
		'403',
		'empty-list',
		'lost-answer',
	] as const;
	const step = fc.oneof(
		{
			weight: 3,
			arbitrary: fc.record({
				do: fc.constantFrom('city', 'offboard', 'remove'),
				who: fc.nat({ max: 9 }),
				value: fc.constantFrom('Porto', 'Riga'),
			}),
		},
		{
			weight: 3,
			arbitrary: fc.record({
				do: fc.constant('poll' as const),
				kind: fc.option(fc.constantFrom(...kinds)),
				skip: fc.nat({ max: 6 }),
			}),
		},
	);
	await withSandbox(async (sandbox) => {
		const start = sandbox.snapshot();
		await fc.assert(
			fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 12 }), async (steps) => {
				sandbox.restore(structuredClone(start));
				const client = clientOn(sandbox, { attempts: 1 });
				// Not whoever made the token: nothing is believed without them.
				const ids = sandbox.humaans.people
					.filter(({ role }) => role !== 'owner')
					.slice(0, 10)
					.map(({ id }) => id);
				let memory: TriggerMemory = (await pollPeople(client, undefined, OPTIONS)).memory;
				const standing = () =>
					new Map(
						sandbox.humaans.people.map((row) => [
							row.id,
							`${row.status} ${String(row.city)} ${row.lastWorkingDay} ${row.employmentEndDate}`,
						]),
					);
				const known = standing();
				const poll = async () => {
					const result = await pollPeople(client, memory, OPTIONS).catch(() => null);
					if (!result) return;
					memory = result.memory;
					const real = standing();
					for (const { personId, event } of result.subjects) {
						expect(event === 'deleted').toBe(!real.has(personId!));
						expect(known.get(personId!)).not.toBe(real.get(personId!));
						if (real.has(personId!)) known.set(personId!, real.get(personId!)!);
						else known.delete(personId!);
					}
				};
				for (const one of steps) {
					if (one.do === 'poll') {
						if (one.kind !== null)
							sandbox.faults.add({ service: 'humaans', kind: one.kind, skip: one.skip });
						await poll();
						sandbox.faults.clear();
					} else {
						const id = ids[one.who]!;
						if (!sandbox.humaans.people.some((row) => row.id === id)) continue;
						if (one.do === 'city') sandbox.admin.change(id, { city: one.value });
						else if (one.do === 'offboard') sandbox.admin.offboard(id);
						else sandbox.admin.remove(id);
					}
				}
				await poll();
				expect(known).toEqual(standing());
			}),
			{ numRuns: sized(3, 25), seed: 7 },
		);
	});
});

/**
 * Where neither the filter nor the bare list shows who is not active, they can only be asked for by
 * ID.
 */
it(
	'nobody but active people is ever listed: nothing is invented, and a leaver with an account ' +
		'is still disabled',
	async () =>
		await withSandbox(async (sandbox) => {
			const { memory } = await pollPeople(clientOn(sandbox), undefined, OPTIONS);
			Object.assign(sandbox.quirks, { statusFilterIgnored: true, bareListReturns: 'active' });
			const leaver = sandbox.humaans.people.find(
				({ id, status }) =>
					status === 'active' && sandbox.admin.accountByHumaansId(id)?.state === 'ACTIVATED',
			)!.id;
			sandbox.admin.offboard(leaver, '2026-11-22');
			const poll = await pollPeople(clientOn(sandbox), memory, OPTIONS);
			expect(poll.subjects).toEqual([]);
			const run = await runTemplate(apply(loadTemplate('reconcile')), sandbox);
			expect(run.error).toBeUndefined();
			expect(sandbox.admin.accountByHumaansId(leaver)?.state).toBe('SUSPENDED');
		}),
);

describe.each([true, false])('statuses follow the dates: %s', (statusFollowsDates) => {
	const day = (iso: string) => setClock(`${iso}T12:00:00.000Z`);
	it.each([true, false])(
		'a start, an end and a job role come with their day, an edit before it or none (%s)',
		async (roleChangeBumpsPerson) =>
			await withSandbox(
				async (sandbox) => {
					const client = clientOn(sandbox);
					const starts = sandbox.admin.hire({
						firstName: 'Starts',
						employmentStartDate: '2026-11-25',
						status: 'newHire',
					}).id;
					const [ends, moves] = sandbox.humaans.people
						.filter(({ status, employmentEndDate }) => status === 'active' && !employmentEndDate)
						.map(({ id }) => id) as [string, string];
					sandbox.admin.change(ends, {
						employmentEndDate: '2026-11-24',
						lastWorkingDay: '2026-11-24',
					});
					sandbox.admin.addJobRole({
						personId: moves,
						jobTitle: 'Promoted',
						effectiveDate: '2026-11-25',
					});
					const names = new Map([
						[starts, 'starts'],
						[ends, 'ends'],
						[moves, 'moves'],
					]);
					let { memory } = await pollPeople(client, undefined, OPTIONS);
					const told = async () => {
						const result = await pollPeople(client, memory, OPTIONS);
						memory = result.memory;
						return result.subjects
							.flatMap(({ personId, event, changedFields }) =>
								names.has(personId!) ? [[names.get(personId!), event, changedFields]] : [],
							)
							.sort();
					};
					expect(await told()).toEqual([]);
					day('2026-11-24');
					expect(await told()).toEqual([]);
					day('2026-11-25');
					const byDate = await told();
					const role = ['moves', 'roleChanged', ['jobTitle']];
					const statuses = [
						['ends', 'offboarded', ['status']],
						['starts', 'activated', ['status']],
					];
					expect(byDate).toEqual([
						...(statusFollowsDates ? statuses.slice(0, 1) : []),
						role,
						...(statusFollowsDates ? statuses.slice(1) : []),
					]);
					sandbox.admin.applyDates();
					expect(await told()).toEqual(statusFollowsDates ? [] : statuses);
					expect(await told()).toEqual([]);
				},
				{ quirks: { statusFollowsDates, roleChangeBumpsPerson } },
			),
	);
});
