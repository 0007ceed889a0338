/**
 * Many people at once: under random faults, under a rate limit, and under every way JumpCloud may
 * word a conflict.
 */
import { createAccount } from '../../nodes/services/jumpcloud/create';
import { activateAccount } from '../../nodes/services/jumpcloud/activate';
import { changeMembership } from '../../nodes/services/jumpcloud/groups';
import { suspendAccount } from '../../nodes/services/jumpcloud/changeState';
import { linkOf } from '../../nodes/core/account/link';
import type { JumpCloudClient } from '../../nodes/services/jumpcloud/client';
import type { Account, Subject } from '../../nodes/core/subject';
import type { FaultKind, Sandbox, WorldState } from '../sandbox';
import { isWrite } from '../sandbox/requestLog';
import { seededRandom } from '../sandbox/ids';
import { RateLimiter } from '../../nodes/services/http/rateLimiter';
import { clientFor, quiet } from '../harness/jumpCloudOverHttp';
import { personIdOf } from '../harness/personIds';
import { ids, NOW, SCENARIOS, smallSandbox } from '../harness/jumpCloudScenarios';
import { sized } from '../harness/sample';

let sandbox: Sandbox;
let start: WorldState;
let quirks: Sandbox['quirks'];
beforeAll(async () => {
	sandbox = await smallSandbox();
	start = sandbox.snapshot();
	quirks = structuredClone(sandbox.quirks);
});
beforeEach(() => {
	sandbox.restore(start);
	sandbox.clearLog();
	sandbox.faults.clear();
	Object.assign(sandbox.quirks, structuredClone(quirks));
});
afterEach(() => expect(sandbox.violations).toEqual([]));
afterAll(async () => await sandbox.stop());

/** No decision: what is written rests on nothing but the account as it is. */
const BY_HAND = { basis: null };
const STAGED = { ...BY_HAND, accountId: ids.staged, personId: personIdOf('staged') };

const SEEDS = sized(6, 40);

/** All of them have the same name, so all want the same username. */
const newcomers = Array.from(
	{ length: 15 },
	(_, n): Subject => ({
		personId: personIdOf(`newcomer${n}x`),
		desired: {
			attributes: {
				email: `n${n}@acme.example`,
				alternateEmail: `n${n}@home.example`,
				employeeIdentifier: `N-${n}`,
			},
			rules: {},
			usernames: Array.from({ length: 20 }, (_v, at) => (at === 0 ? 'sam' : `sam${at}`)),
			clearEmpty: true,
			problems: [],
		},
	}),
);
const created = () =>
	(sandbox.jumpCloud.accounts as unknown as Account[]).filter((account) =>
		linkOf(account)?.startsWith('personnewcomer'),
	);
const isDone = (subject: Subject) =>
	created().find((account) => linkOf(account) === subject.personId);

async function createAndActivate(client: JumpCloudClient, subject: Subject): Promise<void> {
	const { account } = await createAccount(client, subject);
	await activateAccount(
		client,
		{ ...BY_HAND, accountId: account!._id, personId: subject.personId! },
		(now) => [
			{ kind: 'personal', address: now.alternateEmail ?? null },
			{ kind: 'work', address: now.email },
		],
	);
}

it(
	`fifteen namesakes created and activated at once, under ${SEEDS} seeds of faults: one account and ` +
		'one mail each',
	async () => {
		const KINDS: FaultKind[] = [
			'429',
			'500-html',
			'html-200',
			'cut',
			'cut-mid-body',
			'lost-answer',
			'500-after-apply',
			'truncated-json',
			'401',
			'403',
		];
		for (let seed = 1; seed <= SEEDS; seed++) {
			sandbox.restore(start);
			const random = seededRandom(seed);
			for (let n = 0; n < 25; n++)
				sandbox.faults.add({
					service: 'jumpCloud',
					kind: KINDS[Math.floor(random() * KINDS.length)]!,
					skip: Math.floor(random() * 120),
				});
			await Promise.allSettled(
				newcomers.map(async (subject) => await createAndActivate(clientFor(sandbox), subject)),
			);
			await quiet(sandbox);
			sandbox.faults.clear();
			// The next run comes to everybody again.
			for (const subject of newcomers) await createAndActivate(clientFor(sandbox), subject);
			expect({
				seed,
				links: created()
					.map((account) => linkOf(account))
					.sort(),
			}).toEqual({ seed, links: newcomers.map((subject) => subject.personId).sort() });
			expect(new Set(created().map((account) => account.username)).size).toBe(newcomers.length);
			expect(sandbox.outbox.map((mail) => mail.to).sort()).toEqual(
				newcomers.map((_, n) => `n${n}@home.example`).sort(),
			);
			expect(newcomers.every((subject) => isDone(subject)!.state === 'ACTIVATED')).toBe(true);
		}
	},
);

it('a rate limit slows everybody and fails nobody', async () => {
	sandbox.quirks.jumpCloudRateLimit = { requests: 20, perMs: 400 };
	const client = clientFor(sandbox, {
		rateLimiter: new RateLimiter(40),
		backoffMs: 20,
		ceilingMs: 80,
		patienceMs: 30_000,
	});
	await Promise.all(newcomers.map(async (subject) => await createAndActivate(client, subject)));
	expect(created()).toHaveLength(newcomers.length);
	expect(sandbox.log.filter((entry) => entry.status === 429).length).toBeGreaterThan(0);
});

it('never more requests under way than allowed, and writes leave room for reads', async () => {
	sandbox.jumpCloud.load.peak = 0;
	const client = clientFor(sandbox, { concurrency: 5 });
	await Promise.all(
		Array.from({ length: 60 }, async (_, n) =>
			n % 2
				? await client.get(ids.nora)
				: await changeMembership(client, ids.group, ids.nora, 'add'),
		),
	);
	expect(sandbox.jumpCloud.load.peak).toBeLessThanOrEqual(5);
	expect(sandbox.log.filter(isWrite)).toHaveLength(30);
});

describe.each([400, 409] as const)('a conflict with status %i', (duplicateStatus) => {
	it.each(['plain', 'details', 'vague'] as const)(
		'worded "%s": every write still ends right',
		async (duplicateMessage) => {
			for (const scenario of SCENARIOS) {
				sandbox.restore(start);
				Object.assign(sandbox.quirks, structuredClone(quirks), {
					duplicateStatus,
					duplicateMessage,
				});
				scenario.prepare?.(sandbox);
				await scenario.run(clientFor(sandbox), sandbox.jumpCloud.accounts);
				await scenario.run(clientFor(sandbox), sandbox.jumpCloud.accounts);
			}
			sandbox.restore(start);
			Object.assign(sandbox.quirks, structuredClone(quirks), { duplicateStatus, duplicateMessage });
			await Promise.all(
				newcomers.map(async (subject) => await createAndActivate(clientFor(sandbox), subject)),
			);
			expect(created()).toHaveLength(newcomers.length);
		},
	);

	it('a work email that another organization holds is said so', async () => {
		Object.assign(sandbox.quirks, { duplicateStatus, takenElsewhere: ['n0@acme.example'] });
		await expect(createAccount(clientFor(sandbox), newcomers[0]!)).rejects.toThrow(
			/^JumpCloud says a value is in use, and no account here has it\./,
		);
		expect(created()).toEqual([]);
	});
});

it('an account that the search does not show yet: no second one, whatever is said', async () => {
	sandbox.quirks.searchLagMs = 60_000;
	sandbox.faults.add({
		service: 'jumpCloud',
		method: 'POST',
		path: /systemusers$/,
		kind: 'lost-answer',
	});
	await expect(createAccount(clientFor(sandbox), newcomers[0]!)).rejects.toMatchObject({
		name: 'Declined',
	});
	expect(created()).toHaveLength(1);
});

it('another conflict while activating does not mail the next address', async () => {
	for (const activateNotStaged of [400, 409] as const) {
		sandbox.restore(start);
		sandbox.quirks.activateNotStaged = activateNotStaged;
		// Lost, applied, and then told that it is not staged any more.
		sandbox.faults.add({ service: 'jumpCloud', path: /activate$/, kind: 'lost-answer' });
		sandbox.faults.add({
			service: 'jumpCloud',
			method: 'GET',
			kind: '500-html',
			skip: 1,
			times: 2,
		});
		const { outcome } = await activateAccount(clientFor(sandbox), STAGED, () => [
			{ kind: 'personal', address: 'staged@home.example' },
			{ kind: 'work', address: 'staged@acme.example' },
		]);
		expect(outcome).toMatchObject({
			invitedTo: 'personal',
			attempts: [{ kind: 'personal', result: 'sent' }],
		});
		expect(sandbox.outbox.map((mail) => mail.to)).toEqual(['staged@home.example']);
	}
});

it.each<[FaultKind]>([
	['401'],
	['403'],
	['429'],
	['500-html'],
	['503-html'],
	['cut'],
	['html-200'],
])('%s is not "the address failed": the work address is not tried', async (kind) => {
	sandbox.faults.add({ service: 'jumpCloud', path: /activate$/, kind, times: Infinity });
	await expect(
		activateAccount(clientFor(sandbox), STAGED, () => [
			{ kind: 'personal', address: 'staged@home.example' },
			{ kind: 'work', address: 'staged@acme.example' },
		]),
	).rejects.toMatchObject({ name: 'ServiceFailure' });
	const addresses = sandbox.writes().map((entry) => (entry.body as { email: string }).email);
	expect(new Set(addresses)).toEqual(new Set(['staged@home.example']));
});

it.each([
	[null, 'missing'],
	['not an address', 'malformed'],
	['refused@home.example', 'refused'],
] as const)(
	'a personal address %j is %s, and the work address is next',
	async (address, result) => {
		sandbox.quirks.refusedInviteAddresses = ['refused@home.example'];
		const { outcome } = await activateAccount(clientFor(sandbox), STAGED, () => [
			{ kind: 'personal', address },
			{ kind: 'work', address: 'staged@acme.example' },
		]);
		expect(outcome).toMatchObject({
			invitedTo: 'work',
			attempts: [
				{ kind: 'personal', result },
				{ kind: 'work', result: 'sent' },
			],
		});
	},
);

it('no address left: the account stays staged, and nobody is mailed', async () => {
	const none = activateAccount(clientFor(sandbox), STAGED, () => [
		{ kind: 'personal', address: null },
		{ kind: 'work', address: 'x' },
	]);
	await expect(none).rejects.toThrow(
		'No address could be invited (personal: missing, work: malformed), so the account stays staged.',
	);
	expect([sandbox.outbox, sandbox.writes()]).toEqual([[], []]);
});

it('a cancelled run writes nothing more', async () => {
	const cancel = new AbortController();
	const client = clientFor(sandbox, { signal: cancel.signal });
	cancel.abort();
	const nora = { ...BY_HAND, accountId: ids.nora, personId: personIdOf('nora') };
	await expect(
		suspendAccount(client, nora, { reason: 'leaving', now: () => NOW }),
	).rejects.toMatchObject({ kind: 'cancelled' });
	expect(sandbox.log).toEqual([]);
});
