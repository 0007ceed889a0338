/**
 * What was tried from outside and went wrong, as it was tried: templates as they ship, with Mode on
 * Apply, on n8n's engine and the sandbox. Each is named by its fault.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowExecute } from 'n8n-core';
import type { IDataObject } from 'n8n-workflow';
import { SYNC_RECORD } from '../../nodes/core/account/link';
import type { Sandbox } from '../sandbox';
import {
	apply,
	engineFor,
	loadTemplate,
	runTemplate,
	setParameters,
	type Template,
} from '../harness/engine';
import { setClock, withSandbox } from '../harness/fixedClock';
import { OVER, offboardSome } from './decided';

const reconcile = (policy: IDataObject = {}): Template => apply(loadTemplate('reconcile'), policy);
const SMALL = { people: 24, accounts: true, seed: 15 };
type Account = Sandbox['jumpCloud']['accounts'][number];

/** Everybody in step, so that a test begins with nothing to do. */
const settled = async (use: (sandbox: Sandbox) => Promise<void>, people = SMALL.people) =>
	await withSandbox(
		async (sandbox) => {
			await runTemplate(reconcile(), sandbox);
			sandbox.clearLog();
			await use(sandbox);
		},
		{ ...SMALL, people },
	);

/** An account that somebody made in JumpCloud. */
function addAccount(sandbox: Sandbox, username: string, patch: Partial<Account> = {}): Account {
	const [like] = sandbox.admin.linked();
	const account = {
		...structuredClone(like!),
		...{ _id: username.padEnd(24, '0').replace(/[^0-9a-f]/g, 'a') },
		...{ username, email: `${username}@example.com`, alternateEmail: null, attributes: [] },
		...{ firstname: 'Root', lastname: 'Robot', displayname: '', employeeIdentifier: null },
	};
	return sandbox.admin.addAccount({ ...account, ...patch } as Account);
}
const stateOf = (sandbox: Sandbox, personId: string) =>
	sandbox.admin.accountByHumaansId(personId)?.state;
/** Suspended by this package at a time, for a reason. */
function suspendBefore(sandbox: Sandbox, personId: string, stamp: string): void {
	const { _id, attributes } = sandbox.admin.accountByHumaansId(personId)!;
	const kept = attributes.filter(({ name }) => name !== SYNC_RECORD);
	sandbox.admin.setAccount(_id, {
		...{ state: 'SUSPENDED', suspended: true },
		attributes: [...kept, { name: 'humaansDeprovisionedAt', value: stamp }],
	});
}

it('S2: an administrator’s, a protected and a robot account are taken over by no employee ID', async () =>
	await settled(async (sandbox) => {
		const accounts = [
			addAccount(sandbox, 'root-admin', { admin: { id: 'a' }, employeeIdentifier: 'X1001' }),
			addAccount(sandbox, 'break-glass', { employeeIdentifier: 'X1002' }),
			addAccount(sandbox, 'robot', {
				state: 'STAGED',
				activated: false,
				employeeIdentifier: 'X1003',
			}),
		];
		const before = structuredClone(accounts);
		const newcomers = accounts.map(({ employeeIdentifier: employeeId }, index) =>
			sandbox.admin.hire({
				firstName: 'Mal',
				lastName: `Ory${index}`,
				status: 'active',
				employeeId,
			}),
		);
		const policy = { options: { protectedAccounts: 'break-glass@example.com' } };
		const run = await runTemplate(reconcile(policy), sandbox);
		expect(run.error).toBeUndefined();
		expect(newcomers.map(({ id }) => run.decisionsOf(id)[0]!.code)).toEqual([
			'account.administrator',
			'account.protected',
			'adopt.staged',
		]);
		for (const { id } of newcomers) sandbox.admin.offboard(id, OVER);
		await runTemplate(reconcile(policy), sandbox);
		expect(accounts.map(({ _id }) => sandbox.admin.account(_id))).toEqual(before);
		expect(
			sandbox.outbox.filter(({ accountId }) => accounts.some(({ _id }) => _id === accountId)),
		).toEqual([]);
	}));

it('S3: 18 of 19 accounts in use are held, however many left long ago', async () =>
	await settled(async (sandbox) => {
		const active = offboardSome(sandbox, 18);
		const inUse = sandbox.admin.linked().filter(({ state }) => state !== 'SUSPENDED').length;
		for (let index = 0; index < 400; index++) {
			const gone = sandbox.admin.hire({ status: 'offboarded', lastName: `Gone${index}` });
			Object.assign(gone, { employmentEndDate: '2025-06-30', lastWorkingDay: '2025-06-30' });
			addAccount(sandbox, `gone${index}`, {
				...{ _id: index.toString(16).padStart(24, '0'), state: 'SUSPENDED', suspended: true },
				attributes: [
					{ name: 'humaansId', value: gone.id },
					{ name: 'humaansDeprovisionedAt', value: '2025-07-01T00:00:00.000Z leaving' },
				],
			});
		}
		const run = await runTemplate(reconcile(), sandbox);
		expect(inUse).toBeLessThan(30);
		expect(active.map((id) => run.decisionsOf(id)[0]!.code)).toEqual(
			Array(18).fill('limit.deprovisioning'),
		);
		expect(sandbox.writes()).toEqual([]);
	}));

it('S4: a newcomer gets no colleague’s work email, and a colleague’s claim keeps nobody’s account open', async () =>
	await settled(async (sandbox) => {
		const ana = { firstName: 'Ana', lastName: 'Xavier' };
		const alan = { firstName: 'Alan', lastName: 'Xu' };
		const domain = sandbox.humaans.people.find(({ email }) => email)!.email!.split('@')[1]!;
		const email = `a.x@${domain}`;
		const colleague = sandbox.admin.hire({ ...alan, email, employmentStartDate: '2027-02-01' });
		const newcomer = sandbox.admin.hire({ ...ana, email: null, status: 'active' });
		const template = () =>
			setParameters(
				reconcile({ options: { createDaysBefore: 14 } }),
				'What JumpCloud Should Hold',
				{
					options: {
						...{ missingWorkEmail: 'pattern', workEmailDomain: domain },
						workEmailPattern: '{f}.{l}',
					},
				},
			);
		const run = await runTemplate(template(), sandbox);
		expect(run.error).toBeUndefined();
		expect(run.decisionsOf(newcomer.id)[0]!.code).toBe('person.sharedWorkEmail');
		expect(run.decisionsOf(colleague.id)[0]!.code).toBe('create.notYet');
		expect(sandbox.admin.accountByEmail(email)).toBeUndefined();

		// As an older version left it: the newcomer has that address on a linked account.
		addAccount(sandbox, 'ana.xavier', {
			...{ email, firstname: 'Ana', lastname: 'Xavier' },
			attributes: [{ name: 'humaansId', value: newcomer.id }],
		});
		sandbox.admin.offboard(newcomer.id, OVER);
		await runTemplate(template(), sandbox);
		expect(stateOf(sandbox, newcomer.id)).toBe('SUSPENDED');
	}));

it('S5: protection by email stays when the email changes', async () =>
	await settled(async (sandbox) => {
		const [account] = sandbox.admin.linked().filter(({ state }) => state === 'ACTIVATED');
		const { _id, email } = account!;
		const personId = account!.attributes.find(({ name }) => name === 'humaansId')!.value;
		const policy = { options: { protectedAccounts: email } };
		await runTemplate(reconcile(policy), sandbox);
		sandbox.admin.change(personId, { email: `new.${email}` });
		const changed = await runTemplate(reconcile(policy), sandbox);
		expect(sandbox.admin.account(_id)).toMatchObject({ email });
		expect(changed.decisionsOf(personId)[0]!.warnings.join(' ')).toContain('is not changed');
		// Somebody changes it in JumpCloud.
		sandbox.admin.setAccount(_id, { email: `new.${email}`, username: 'md' });
		sandbox.admin.offboard(personId, OVER);
		const run = await runTemplate(reconcile(policy), sandbox);
		expect(run.decisionsOf(personId)[0]!.code).toBe('account.protected');
		expect(sandbox.admin.account(_id)).toMatchObject({ state: 'ACTIVATED' });
	}));

it('S6: deletions that are due keep no leaver’s account open', async () =>
	await settled(async (sandbox) => {
		const [now, ...before] = offboardSome(sandbox, 7);
		for (const id of before) suspendBefore(sandbox, id, '2026-10-01T09:00:00.000Z leaving');
		const policy = { deprovisionHow: 'suspendThenDelete', deleteAfterDays: 30 };
		const run = await runTemplate(reconcile(policy), sandbox);
		expect(stateOf(sandbox, now!)).toBe('SUSPENDED');
		expect(before.map((id) => run.decisionsOf(id)[0]!.code)).toEqual(
			Array(6).fill('limit.deletion'),
		);
		expect(before.map((id) => stateOf(sandbox, id))).toEqual(Array(6).fill('SUSPENDED'));
	}));

const THEN_DELETE = { deprovisionHow: 'suspendThenDelete', deleteAfterDays: 30 };

it('S9 a: suspended for leaving the scope, later offboarded: deleted 30 days after they left', async () =>
	await settled(async (sandbox) => {
		const { id } = sandbox.humaans.people.find(
			(person) => person.status === 'active' && stateOf(sandbox, person.id) === 'ACTIVATED',
		)!;
		sandbox.admin.change(id, { contractType: 'on leave' });
		const scope = {
			...{ ...THEN_DELETE, limitScope: true },
			peopleInScope: {
				options: { caseSensitive: false, leftValue: '', typeValidation: 'loose', version: 2 },
				combinator: 'and',
				conditions: [
					{
						...{ id: '1', leftValue: '={{ $json.person.contractType }}', rightValue: 'on leave' },
						operator: { type: 'string', operation: 'notEquals' },
					},
				],
			},
			options: { outOfScope: 'suspend' },
		};
		await runTemplate(reconcile(scope), sandbox);
		expect(stateOf(sandbox, id)).toBe('SUSPENDED');
		setClock('2027-01-05T12:00:00.000Z');
		sandbox.admin.offboard(id, '2027-01-04');
		for (const day of ['2027-01-05', '2027-01-20', '2027-02-03']) {
			setClock(`${day}T12:00:00.000Z`);
			await runTemplate(reconcile(scope), sandbox);
			expect(stateOf(sandbox, id)).toBe('SUSPENDED');
		}
		setClock('2027-02-05T12:00:00.000Z');
		await runTemplate(reconcile(scope), sandbox);
		expect(stateOf(sandbox, id)).toBeUndefined();
	}));

it('S9 b: Rehires: Review, an offboarding taken back and made again: 30 days from the second one', async () =>
	await settled(async (sandbox) => {
		const policy = { ...THEN_DELETE, options: { rehire: 'review' } };
		const [id] = offboardSome(sandbox, 1);
		await runTemplate(reconcile(policy), sandbox);
		setClock('2026-12-10T12:00:00.000Z');
		const ends = { employmentEndDate: null, lastWorkingDay: null };
		sandbox.admin.change(id!, { status: 'active', ...ends });
		const back = await runTemplate(reconcile(policy), sandbox);
		expect(back.decisionsOf(id!).map(({ code }) => code)).toEqual(['rehire.mark', 'rehire.review']);
		setClock('2027-01-05T12:00:00.000Z');
		sandbox.admin.offboard(id!, '2027-01-04');
		for (const day of ['2027-01-05', '2027-02-03']) {
			setClock(`${day}T12:00:00.000Z`);
			await runTemplate(reconcile(policy), sandbox);
			expect(stateOf(sandbox, id!)).toBe('SUSPENDED');
		}
		setClock('2027-02-05T12:00:00.000Z');
		await runTemplate(reconcile(policy), sandbox);
		expect(stateOf(sandbox, id!)).toBeUndefined();
	}));

it('S10 a: two workflows at once let three through between them', async () =>
	await settled(async (sandbox) => {
		const first = offboardSome(sandbox, 3);
		const slow = {
			service: 'jumpCloud',
			method: 'PUT',
			kind: 'slow',
			delayMs: 1500,
			times: 3,
		} as const;
		const fault = sandbox.faults.add(slow);
		const reconciling = runTemplate(reconcile(), sandbox, { id: 'reconcile' });
		while (fault.struck === 0) await sleep(5);
		const second = offboardSome(sandbox, 3);
		const other = await runTemplate(reconcile(), sandbox, { id: 'fullLifecycle' });
		await reconciling;
		expect(second.map((id) => other.decisionsOf(id)[0]!.code)).toEqual(
			Array(3).fill('limit.deprovisioning'),
		);
		const suspended = [...first, ...second].filter((id) => stateOf(sandbox, id) === 'SUSPENDED');
		expect(suspended).toEqual(first);
	}));

it('deletions of runs by hand count for 24 hours', async () =>
	await settled(async (sandbox) => {
		// Whatever the first run did is more than a day ago.
		const options = { limitPercent: 0 };
		const template = reconcile({ deprovisionHow: 'delete', deprovisioningLimit: 3, options });
		const leftAfter = async (at: string): Promise<number> => {
			setClock(at);
			const leavers = offboardSome(sandbox, 3);
			const { workflow, additionalData } = engineFor(template, sandbox, undefined, 'by hand');
			const startNode = workflow.getNode('Run Now')!;
			await new WorkflowExecute(additionalData, 'manual').run({ workflow, startNode });
			return leavers.filter((id) => sandbox.admin.accountByHumaansId(id)).length;
		};
		expect(await leftAfter('2026-11-26T12:00:00.000Z')).toBe(0);
		expect(await leftAfter('2026-11-26T12:20:00.000Z')).toBe(3);
	}));

it('S10 b: suspensions by a machine whose clock is two minutes ahead count', async () =>
	await settled(async (sandbox) => {
		const byOther = offboardSome(sandbox, 3);
		for (const id of byOther) suspendBefore(sandbox, id, '2026-11-23T12:02:00.000Z leaving');
		const now = offboardSome(sandbox, 3);
		const run = await runTemplate(reconcile(), sandbox);
		expect(now.map((id) => run.decisionsOf(id)[0]!.code)).toEqual(
			Array(3).fill('limit.deprovisioning'),
		);
	}));

it('F3: a newcomer’s employee ID keeps no leaver’s account open', async () =>
	await settled(async (sandbox) => {
		const [leaver] = offboardSome(sandbox, 1);
		sandbox.admin.change(leaver!, { employeeId: 'TBC' });
		const newcomer = sandbox.admin.hire({ employeeId: 'TBC', status: 'active' });
		await runTemplate(reconcile(), sandbox);
		expect(stateOf(sandbox, leaver!)).toBe('SUSPENDED');
		expect(stateOf(sandbox, newcomer.id)).toBe('ACTIVATED');
	}));
