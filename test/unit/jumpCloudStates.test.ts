/**
 * State changes: they count when the account shows them, they never hang on custom attributes, and
 * the stamp says why. S5, S9, F2, F7.
 */
import fc from 'fast-check';
import { basisOf } from '../../nodes/core/account/basis';
import { customAttribute, DEPROVISIONED_AT, stateOf } from '../../nodes/core/account/link';
import { planUpdate } from '../../nodes/core/account/plan';
import { stampFor, stampOf, stampText, type StampReason } from '../../nodes/core/account/stamp';
import { activateAccount } from '../../nodes/services/jumpcloud/activate';
import { reactivateAccount, suspendAccount } from '../../nodes/services/jumpcloud/changeState';
import { deleteAccount } from '../../nodes/services/jumpcloud/delete';
import type { Account } from '../../nodes/core/subject';
import { JumpCloudDouble } from '../harness/jumpCloudDouble';
import { personIdOf } from '../harness/personIds';
import { linkedTo, wanted } from './syncWorld';

const NOW = new Date('2026-11-24T09:00:00.000Z');
const LATER = new Date('2027-01-05T09:00:00.000Z');
const PERSON = personIdOf('ana');
const NOBODY: ReadonlySet<string> = new Set();

const targetFor = (account: Account) => ({
	...{ accountId: account._id, personId: PERSON, basis: basisOf(account, null) },
});
const suspend = async (
	double: JumpCloudDouble,
	reason: StampReason | null = 'leaving',
	now = NOW,
	protectedAccounts = NOBODY,
) => {
	const target = targetFor(double.account('a'));
	const how = { reason, now: () => now, protectedAccounts };
	return await suspendAccount(double.client(), target, how);
};
const reactivate = async (double: JumpCloudDouble) =>
	await reactivateAccount(double.client(), targetFor(double.account('a')));
const stampOn = (double: JumpCloudDouble) => customAttribute(double.account('a'), DEPROVISIONED_AT);

describe('F7: a leaver is suspended whatever custom attributes the account has', () => {
	const withBadge = (badge: object) =>
		new JumpCloudDouble(linkedTo('a', PERSON, { attributes: [badge as never] }));
	it.each([
		[{ name: 'badge', value: null }, []],
		[{ name: 'badge' }, []],
		[{ name: 'badge', value: { a: 1 } }, []],
		[{ name: 'badge', value: 7 }, [{ name: 'badge', value: '7' }]],
		[{ name: 'badge', value: '' }, [{ name: 'badge', value: '' }]],
		[{ name: 'badge', value: 'B', id: 'x' }, [{ name: 'badge', value: 'B' }]],
	])('%j goes back as %j', async (badge, sent) => {
		const double = withBadge(badge);
		const { outcome } = await suspend(double);
		expect(outcome).toMatchObject({ action: 'deprovision', status: 'applied' });
		expect(double.account('a')).toMatchObject({ state: 'SUSPENDED', suspended: true });
		const { attributes } = double.account('a');
		const ours = attributes!.filter(({ name }) => !name.startsWith('humaans'));
		expect(ours).toEqual(sent);
		expect(stampOn(double)).toBe('2026-11-24T09:00:00.000Z leaving');
	});
	it.each(['Invalid name', 'already exists'])(
		'attributes that JumpCloud refuses (%s): the state goes alone, and that is said',
		async (words) => {
			const double = withBadge({ name: 'legacy-badge', value: '7' });
			double.refuses = (body) => ('attributes' in body ? words : null);
			const { account, outcome } = await suspend(double);
			expect(account).toMatchObject({ state: 'SUSPENDED', suspended: true });
			expect(outcome.status).toBe('partly');
			expect(outcome.refused).toEqual([
				{
					attribute: DEPROVISIONED_AT,
					reason: expect.stringContaining('refused the custom attributes'),
				},
			]);
			expect(outcome.warnings).toEqual([outcome.refused![0]!.reason]);
		},
	);
	it('the same for somebody who is back', async () => {
		const stamp = {
			name: DEPROVISIONED_AT,
			value: stampText({ at: NOW, reason: 'leaving', since: NOW }),
		};
		const attributes = [{ name: 'legacy-badge', value: '7' }, stamp];
		const double = new JumpCloudDouble(
			linkedTo('a', PERSON, { state: 'SUSPENDED', suspended: true, attributes }),
		);
		double.refuses = (body) => ('attributes' in body ? 'Invalid name' : null);
		expect((await reactivate(double)).outcome.status).toBe('partly');
		expect(double.account('a')).toMatchObject({ state: 'ACTIVATED', suspended: false });
	});
	it('a refusal of the state itself is an error, not a success in part', async () => {
		const double = new JumpCloudDouble(linkedTo('a', PERSON));
		double.refuses = () => 'no';
		await expect(suspend(double)).rejects.toMatchObject({ kind: 'refused' });
		expect(stateOf(double.account('a'))).toBe('ACTIVATED');
	});
});

describe('F7: a state change that JumpCloud accepts and ignores', () => {
	const ignoring = (patch: Partial<Account> = {}) => {
		const double = new JumpCloudDouble(linkedTo('a', PERSON, patch));
		double.keeps = ({ state: _, suspended: __, ...body }) => body;
		return double;
	};
	it('is seen, and tried by JumpCloud’s own verb', async () => {
		const double = ignoring();
		const { account, outcome } = await suspend(double);
		expect(account).toMatchObject({ state: 'SUSPENDED', suspended: true });
		expect(outcome.status).toBe('applied');
		expect(double.writes.map(({ method, path }) => `${method} ${path}`)).toEqual([
			'PUT /api/systemusers/a',
			'POST /api/systemusers/a/state/suspend',
		]);
	});
	it('has failed where there is no such verb, whoever says so', async () => {
		const double = ignoring();
		double.hasSuspendVerb = false;
		await expect(suspend(double)).rejects.toMatchObject({
			name: 'Declined',
			message: 'JumpCloud accepted the suspension, and the account does not show it.',
		});
		// It was looked at, not repeated for nothing.
		expect(double.writes.filter(({ method }) => method === 'PUT')).toHaveLength(1);
	});
	it('has failed where the verb does nothing either', async () => {
		const double = ignoring();
		double.before = ({ path }) =>
			path.endsWith('/state/suspend') ? { status: 200, headers: {}, body: {} } : undefined;
		await expect(suspend(double)).rejects.toMatchObject({ name: 'Declined' });
	});
	it('a reactivation too', async () => {
		const stamp = { name: DEPROVISIONED_AT, value: '2026-11-01T00:00:00.000Z leaving' };
		const double = ignoring({ state: 'SUSPENDED', suspended: true, attributes: [stamp] });
		await expect(reactivate(double)).rejects.toMatchObject({
			name: 'Declined',
			message: 'JumpCloud accepted the reactivation, and the account does not show it.',
		});
	});
	it('an answer that says nothing of the state is no proof: the account is read', async () => {
		const double = new JumpCloudDouble(linkedTo('a', PERSON));
		const seen: string[] = [];
		double.before = ({ method }) => {
			seen.push(method);
			if (method !== 'PUT') return undefined;
			Object.assign(double.accounts.get('a')!, { state: 'SUSPENDED', suspended: true });
			return { status: 200, headers: {}, body: { _id: 'a', username: 'a', email: 'a@b.example' } };
		};
		expect((await suspend(double)).account).toMatchObject({ state: 'SUSPENDED' });
		expect(seen).toEqual(['GET', 'PUT', 'GET']);
	});
	it('an answer that shows it, and every later look not: the second time the answer is not believed', async () => {
		const double = ignoring();
		double.before = ({ method, body }) => {
			if (method !== 'PUT') return undefined;
			Object.assign(double.accounts.get('a')!, { attributes: (body as Account).attributes });
			return { status: 200, headers: {}, body: { ...double.account('a'), ...(body as object) } };
		};
		expect((await suspend(double)).account).toMatchObject({ state: 'SUSPENDED' });
		expect(stateOf(double.account('a'))).toBe('ACTIVATED');
		const verbs = () => double.writes.filter(({ path }) => path.endsWith('/state/suspend')).length;
		expect(verbs()).toBe(0);
		await suspend(double, 'leaving', LATER);
		expect([stateOf(double.account('a')), verbs()]).toEqual(['SUSPENDED', 1]);
	});
	it('an activation that is ignored is tried the other way, and then said to have failed', async () => {
		const staged = { state: 'STAGED' as const, activated: false };
		for (const isHelped of [true, false]) {
			const double = new JumpCloudDouble(linkedTo('a', PERSON, staged));
			let puts = 0;
			double.keeps = ({ state, ...body }) => (isHelped && puts > 0 ? { state, ...body } : body);
			double.before = ({ method }) => void (method === 'PUT' && puts++);
			const target = targetFor(double.account('a'));
			const done = activateAccount(double.client(), target, () => []);
			if (isHelped) {
				expect((await done).account).toMatchObject({ state: 'ACTIVATED' });
			} else {
				await expect(done).rejects.toMatchObject({
					name: 'Declined',
					message: 'JumpCloud accepted the activation, and the account is still staged.',
				});
			}
			expect(puts).toBe(1);
		}
	});
});

describe('S9: the stamp says why, and since when', () => {
	const suspendedWith = (value: string) =>
		linkedTo('a', PERSON, {
			...{ state: 'SUSPENDED', suspended: true },
			attributes: [{ name: DEPROVISIONED_AT, value }],
		});
	it.each<[StampReason | null, string | null]>([
		['leaving', '2026-11-24T09:00:00.000Z leaving'],
		['scope', '2026-11-24T09:00:00.000Z scope'],
		// Somebody cut the account off by hand: only somebody opens it again.
		[null, null],
	])('a suspension because of %j', async (reason, value) => {
		const double = new JumpCloudDouble(linkedTo('a', PERSON));
		await suspend(double, reason);
		expect(stampOn(double)).toBe(value);
	});
	it.each<[string, StampReason]>([
		['2026-11-24T09:00:00.000Z scope', 'leaving'],
		['2026-11-24T09:00:00.000Z returned', 'leaving'],
		['2026-11-24T09:00:00.000Z leaving', 'scope'],
	])(
		'"%s", and now because of %s: the days count from now, the suspension from then',
		async (before, reason) => {
			const double = new JumpCloudDouble(suspendedWith(before));
			const { outcome } = await suspend(double, reason, LATER);
			expect(outcome.status).toBe('applied');
			expect(stampOn(double)).toBe(`2026-11-24T09:00:00.000Z ${reason} 2027-01-05T09:00:00.000Z`);
			expect(stampOf(double.account('a'))).toEqual({ at: NOW, reason, since: LATER });
		},
	);
	it('suspended for the same reason already: nothing is written, the days go on', async () => {
		const double = new JumpCloudDouble(suspendedWith('2026-11-24T09:00:00.000Z leaving'));
		expect((await suspend(double, 'leaving', LATER)).outcome.status).toBe('unchanged');
		expect(double.writes).toEqual([]);
	});
	it('suspended by somebody else: no stamp of ours, so that it is never undone here', async () => {
		const double = new JumpCloudDouble(
			linkedTo('a', PERSON, { state: 'SUSPENDED', suspended: true }),
		);
		expect((await suspend(double, 'leaving', LATER)).outcome.status).toBe('unchanged');
		expect([double.writes, stampOn(double)]).toEqual([[], null]);
	});
	it('a stamp from before there were reasons counts as leaving, from its day on', () =>
		expect(stampOf(suspendedWith('2026-11-24T09:00:00.000Z'))).toEqual({
			...{ at: NOW, reason: 'leaving', since: NOW },
		}));
	it.each(['', 'yesterday', 'leaving 2026-11-24T09:00:00.000Z'])('%j is no stamp', (value) =>
		expect(stampOf(suspendedWith(value))).toBeNull(),
	);
	it.each(['2026-11-24T09:00:00.000Z sabbatical', '2026-11-24T09:00:00.000Z leaving soon'])(
		'"%s": what cannot be read of it is as if it were not there',
		(value) =>
			expect(stampOf(suspendedWith(value))).toMatchObject({
				at: NOW,
				reason: 'leaving',
				since: NOW,
			}),
	);
	it('any stamp is read back as it was written', () => {
		const time = fc.date({ min: NOW, max: LATER, noInvalidDate: true });
		const reason = fc.constantFrom<StampReason>('leaving', 'scope', 'returned');
		fc.assert(
			fc.property(time, time, reason, (a, b, why) => {
				const [at, since] = a <= b ? [a, b] : [b, a];
				const stamp = { at, reason: why, since };
				expect(stampOf(suspendedWith(stampText(stamp)))).toEqual(stamp);
			}),
		);
	});
	it('a clock that goes back never makes the days begin before the suspension', () =>
		expect(
			stampText(stampFor(suspendedWith(`${LATER.toISOString()} scope`), 'leaving', NOW, true)),
		).toBe(`${LATER.toISOString()} leaving`));
	it('somebody who is back while the account stays suspended: that is written on it', () => {
		const { changes, body } = planUpdate(
			suspendedWith('2026-11-24T09:00:00.000Z leaving'),
			wanted({}),
			{ personId: PERSON },
		);
		expect(changes).toMatchObject([
			{ attribute: DEPROVISIONED_AT, to: '2026-11-24T09:00:00.000Z returned' },
		]);
		expect(body!.attributes).toContainEqual({
			name: DEPROVISIONED_AT,
			value: '2026-11-24T09:00:00.000Z returned',
		});
	});
	it('an account in use has no stamp: the next one to suspend it may have a reason of their own', () => {
		const opened = { ...suspendedWith('2026-11-24T09:00:00.000Z leaving') };
		const account: Account = { ...opened, state: 'ACTIVATED', suspended: false };
		expect(planUpdate(account, wanted({}), { personId: PERSON }).changes).toMatchObject([
			{ attribute: DEPROVISIONED_AT, to: null },
		]);
	});
});

describe('S5: protection goes by what the account was called when it was first seen on the list', () => {
	const LIST = new Set(['boss@acme.example']);
	const protectedAs = (value: string) => [{ name: 'humaansProtectedAs', value }];
	const renamed = linkedTo('a', PERSON, {
		email: 'boss.new@acme.example',
		attributes: protectedAs('boss@acme.example'),
	});
	it('neither suspended nor deleted after the email changed', async () => {
		const double = new JumpCloudDouble(renamed);
		const declined = (not: string) => ({
			name: 'Declined',
			message: `The account is on the list of protected accounts, so it is not ${not}.`,
		});
		await expect(suspend(double, 'leaving', NOW, LIST)).rejects.toMatchObject(
			declined('suspended'),
		);
		const target = targetFor(double.account('a'));
		await expect(
			deleteAccount(double.client(), target, { protectedAccounts: LIST }),
		).rejects.toMatchObject(declined('deleted'));
		expect(double.writes).toEqual([]);
	});
	it('as long as the name stays on the list', async () => {
		const double = new JumpCloudDouble(renamed);
		expect((await suspend(double, 'leaving', NOW, new Set(['else']))).outcome.status).toBe(
			'applied',
		);
	});
	it('the note is written before anything else changes, stays when the email does, and goes with the list', () => {
		const account = linkedTo('a', PERSON, { email: 'boss@acme.example' });
		const context = { personId: PERSON };
		const first = planUpdate(account, wanted({}), { ...context, protectedAs: 'boss@acme.example' });
		expect(first.changes).toMatchObject([
			{
				attribute: 'humaansProtectedAs',
				to: 'boss@acme.example',
				why: 'on the list of protected accounts',
			},
		]);
		const same = planUpdate(renamed, wanted({}), { ...context, protectedAs: 'boss@acme.example' });
		expect(same.body).toBeNull();
		// Not known in this run: left alone.
		expect(planUpdate(renamed, wanted({}), context).body).toBeNull();
		expect(
			planUpdate(renamed, wanted({}), { ...context, protectedAs: null }).changes,
		).toMatchObject([{ attribute: 'humaansProtectedAs', to: null }]);
	});
});
