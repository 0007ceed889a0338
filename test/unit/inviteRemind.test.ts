/**
 * Reminders over real HTTP: counted before they are sent, never one too many, whatever goes wrong
 * and whoever else runs.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { remind as Remind } from '../../nodes/services/jumpcloud/remind';
import { CLAIM_STANDS_MS, remind } from '../../nodes/services/jumpcloud/remind';
import type { ReminderSettings } from '../../nodes/core/policy/reminder';
import type { JumpCloudClient } from '../../nodes/services/jumpcloud/client';
import type { Account, Subject } from '../../nodes/core/subject';
import type { Sandbox } from '../sandbox';
import { clientFor, quiet } from '../harness/jumpCloudOverHttp';
import { ids, smallSandbox } from '../harness/jumpCloudScenarios';

const DAY_MS = 86_400_000;
const SETTINGS: ReminderSettings = { mode: 'apply', firstAfterDays: 3, daysBetween: 4, atMost: 2 };
const START = Date.parse('2026-11-24T09:00:00Z');
const NOBODY = new Set<string>();

let sandbox: Sandbox;
let start: ReturnType<Sandbox['snapshot']>;
beforeAll(async () => {
	sandbox = await smallSandbox();
	start = sandbox.snapshot();
});
afterAll(async () => await sandbox.stop());
beforeEach(() => {
	sandbox.restore(start);
	sandbox.faults.clear();
	sandbox.admin.setAccount(ids.nora, {
		activated: false,
		attributes: [
			{ name: 'badge', value: 'B-7' },
			{ name: 'humaansId', value: 'person-nora' },
			{ name: 'humaansInvite', value: '0' },
		],
	} as never);
	sandbox.clearLog();
	sandbox.outbox.length = 0;
});

const nora = (): Subject => ({
	personId: 'person-nora',
	person: {
		id: 'person-nora',
		email: sandbox.admin.account(ids.nora)!.email,
		personalEmail: 'nora@home.example',
		status: 'active',
		employmentStartDate: '2026-11-01',
		timezone: 'UTC',
	},
	account: structuredClone(sandbox.admin.account(ids.nora)) as unknown as Account,
});
interface Run {
	settings?: Partial<ReminderSettings>;
	protectedAccounts?: ReadonlySet<string>;
	while?: () => unknown;
	by?: typeof Remind;
	subject?: Subject;
	client?: JumpCloudClient;
}
/** A run on a day after the start; `while` happens between the claim and the mail. */
const onDay = async (day: number, run: Run = {}) =>
	await (run.by ?? remind)(
		run.client ?? clientFor(sandbox),
		run.subject ?? nora(),
		{ ...SETTINGS, ...run.settings },
		run.protectedAccounts ?? NOBODY,
		{
			now: () => new Date(START + day * DAY_MS),
			sleep: async () => await run.while?.(),
		},
	);
const stateOn = async (day: number, run: Run = {}) =>
	(await onDay(day, run)).outcome.reminder!.state;
const record = () =>
	sandbox.admin.account(ids.nora)!.attributes.find(({ name }) => name === 'humaansInvite')?.value;
const asked = () =>
	sandbox.log.map(({ method, path }) => `${method} ${path.replace(ids.nora, 'nora')}`);

it('from the first look to a person: two mails, then nobody is mailed any more', async () => {
	const states: string[] = [];
	for (let day = 0; day <= 14; day++) states.push(await stateOn(day));
	expect(states).toEqual([
		'begun',
		'waiting',
		'waiting',
		'sent',
		'waiting',
		'waiting',
		'waiting',
		'sent',
		'waiting',
		'waiting',
		'waiting',
		'handOver',
		'handOver',
		'handOver',
		'handOver',
	]);
	expect(sandbox.outbox.map(({ to, kind }) => [to, kind])).toEqual([
		['nora@acme.example', 'activation'],
		['nora@acme.example', 'activation'],
	]);
	expect(sandbox.admin.account(ids.nora)!.attributes[0]).toEqual({ name: 'badge', value: 'B-7' });
	expect(sandbox.violations).toEqual([]);
});

it('counts first, looks again, then mails; whoever is not due costs no request', async () => {
	await onDay(0);
	expect(asked()).toEqual(['GET /api/systemusers/nora', 'PUT /api/systemusers/nora']);
	sandbox.clearLog();
	await onDay(1);
	expect(asked()).toEqual([]);
	const written = await onDay(3);
	expect(asked()).toEqual([
		'GET /api/systemusers/nora',
		'PUT /api/systemusers/nora',
		'GET /api/systemusers/nora',
		'POST /api/systemusers/reactivate',
	]);
	expect(written.outcome).toMatchObject({
		action: 'resendInvite',
		status: 'applied',
		reminder: { state: 'sent', sent: 1 },
	});
	expect(record()).toMatch(/^1 2026-11-27T09:00:00\.000Z \w+$/);
});

it('review begins nothing, and says so', async () => {
	const { outcome } = await onDay(0, { settings: { mode: 'review' } });
	expect(outcome.reminder).toEqual({
		...{ state: 'wouldBegin', label: 'The days would begin to count', sent: 0 },
		reason: 'Active and without a password: in Apply the days begin to count.',
	});
	expect([asked(), record()]).toEqual([[], '0']);
});

it('review says what would be sent and asks nothing', async () => {
	await onDay(0);
	sandbox.clearLog();
	expect(await stateOn(3, { settings: { mode: 'review' } })).toBe('wouldSend');
	expect(asked()).toEqual([]);
});

it.each<[string, Partial<Account>]>([
	['suspended', { state: 'SUSPENDED', suspended: true }],
	['a password', { activated: true }],
	['an administrator', { admin: '5a2dbc0fe0a1b2c3d4e5f6aa' }],
	['another link', { attributes: [{ name: 'humaansId', value: 'somebody' }] }],
])('what changed since Match counts: %s', async (_what, change) => {
	await onDay(0);
	const subject = nora();
	sandbox.admin.setAccount(ids.nora, change as never);
	sandbox.clearLog();
	expect(await stateOn(3, { subject })).toBe('notNeeded');
	expect(asked()).toEqual(['GET /api/systemusers/nora']);
});

it('a password or a suspension between the claim and the mail: no mail', async () => {
	await onDay(0);
	expect(await stateOn(3, { while: () => sandbox.admin.setPassword(ids.nora) })).toBe('notNeeded');
	expect(sandbox.outbox).toEqual([]);
});

it('a protected account is not mailed, by whichever name', async () => {
	await onDay(0);
	for (const name of [ids.nora, 'nora', 'nora@acme.example'])
		expect(await stateOn(3, { protectedAccounts: new Set([name]) })).toBe('notNeeded');
});

describe('what goes wrong', () => {
	beforeEach(async () => void (await onDay(0)));
	const mail = { service: 'jumpCloud', method: 'POST', path: /reactivate$/ } as const;

	it('a crash after the count costs one mail and never sends one more', async () => {
		const crash = () => {
			throw new Error('the process was killed');
		};
		await expect(onDay(3, { while: crash })).rejects.toThrow('killed');
		expect(record()).toMatch(/^1 /);
		for (let day = 3; day < 20; day++) await onDay(day);
		expect(sandbox.outbox).toHaveLength(1);
		expect(await stateOn(20)).toBe('handOver');
	});

	it.each([
		'lost-answer',
		'cut-mid-body',
		'500-after-apply',
		'cut',
		'500-html',
		'503-html',
		'truncated-json',
		'html-200',
	] as const)('%s: it counts as sent, and is sent once at most', async (kind) => {
		sandbox.faults.add({ ...mail, kind });
		await onDay(3).catch((error: Error) => expect(error.message).toContain('counts as sent'));
		await quiet(sandbox);
		expect(sandbox.outbox.length).toBeLessThanOrEqual(1);
		expect(record()).toMatch(/^1 /);
		for (let day = 3; day < 20; day++) await onDay(day);
		expect(sandbox.outbox.length).toBeLessThanOrEqual(2);
	});

	it.each(['401', '403'] as const)(
		'%s: surely not sent, so it does not count, and the next run tries again',
		async (kind) => {
			sandbox.faults.add({ ...mail, kind, times: Infinity });
			const before = record();
			await expect(onDay(3)).rejects.toMatchObject({
				name: 'ServiceFailure',
				kind: expect.any(String),
			});
			expect([record(), sandbox.outbox.length]).toEqual([before, 0]);
			sandbox.faults.clear();
			expect(await stateOn(4)).toBe('sent');
		},
	);

	it('the count that cannot be written: no mail', async () => {
		sandbox.faults.add({ service: 'jumpCloud', method: 'PUT', kind: '403', times: Infinity });
		await expect(onDay(3)).rejects.toMatchObject({ name: 'ServiceFailure' });
		expect(sandbox.outbox).toEqual([]);
	});
});

describe('two runs at once', () => {
	beforeEach(async () => void (await onDay(0)));

	it('in one process: one mail', async () => {
		const states = await Promise.all([stateOn(3), stateOn(3), stateOn(3)]);
		expect(states.sort()).toEqual(['sent', 'waiting', 'waiting']);
		expect(sandbox.outbox).toHaveLength(1);
	});

	/** A second copy of the module: another worker, which knows nothing of the turns taken here. */
	const otherProcess = (): typeof Remind => {
		let other!: typeof Remind;
		jest.isolateModules(
			() =>
				({ remind: other } = require('../../nodes/services/jumpcloud/remind') as {
					remind: typeof Remind;
				}),
		);
		return other;
	};
	const stand = async () => await sleep(CLAIM_STANDS_MS);

	it('in two processes: one mail', async () => {
		const states = await Promise.all([
			stateOn(3, { while: stand }),
			stateOn(3, { while: stand, by: otherProcess() }),
		]);
		expect(states.sort()).toEqual(['sent', 'waiting']);
		expect([sandbox.outbox.length, record()!.split(' ')[0]]).toEqual([1, '1']);
	});

	it('in two processes, the count of one so late that it overwrites what was sent: one mail', async () => {
		const client = clientFor(sandbox);
		const update = client.update.bind(client);
		client.update = async (...sent) => {
			await sleep(CLAIM_STANDS_MS + 400);
			return await update(...sent);
		};
		const late = onDay(3, { by: otherProcess(), while: stand, client });
		const [slow, quick] = await Promise.allSettled([late, onDay(3, { while: stand })]);
		expect(quick).toMatchObject({
			status: 'fulfilled',
			value: { outcome: { reminder: { state: 'sent' } } },
		});
		expect(slow).toMatchObject({
			status: 'rejected',
			reason: { name: 'Declined', message: expect.stringContaining('counted and not sent') },
		});
		expect(sandbox.outbox).toHaveLength(1);
	}, 15_000);
});
