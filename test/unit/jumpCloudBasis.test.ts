/**
 * S1: a write holds what its decision rests on against the account it has just read. Each part of
 * the basis × each write, over HTTP, and as a property of the one function that all of them use.
 */
import fc from 'fast-check';
import { basisOf, differencesFrom } from '../../nodes/core/account/basis';
import { activateAccount } from '../../nodes/services/jumpcloud/activate';
import { reactivateAccount, suspendAccount } from '../../nodes/services/jumpcloud/changeState';
import type { JumpCloudClient } from '../../nodes/services/jumpcloud/client';
import { conditionalWrite } from '../../nodes/services/jumpcloud/conditionalWrite';
import { createAccount } from '../../nodes/services/jumpcloud/create';
import { deleteAccount } from '../../nodes/services/jumpcloud/delete';
import { targetOf, type Written } from '../../nodes/services/jumpcloud/guard';
import { updateAccount } from '../../nodes/services/jumpcloud/update';
import type { WriteActionId } from '../../nodes/core/actions';
import type { Account, Desired, Subject } from '../../nodes/core/subject';
import type { Sandbox, WorldState } from '../sandbox';
import { JumpCloudDouble } from '../harness/jumpCloudDouble';
import { clientFor } from '../harness/jumpCloudOverHttp';
import { decidedFor, ids, NOW, smallSandbox } from '../harness/jumpCloudScenarios';
import { personIdOf } from '../harness/personIds';
import { linkedTo, wanted } from './syncWorld';

let sandbox: Sandbox;
let start: WorldState;
beforeAll(async () => {
	sandbox = await smallSandbox();
	start = sandbox.snapshot();
});
beforeEach(() => {
	sandbox.restore(start);
	sandbox.clearLog();
	sandbox.faults.clear();
});
afterEach(() => expect(sandbox.violations).toEqual([]));
afterAll(async () => await sandbox.stop());

const attributesWith = (id: string, name: string, value: string | null) => ({
	attributes: [
		...sandbox.admin.account(id)!.attributes.filter((one) => one.name !== name),
		...(value === null ? [] : [{ name, value }]),
	],
});

/** What somebody else makes of the account after the decision, and how the outcome calls it. */
const PARTS: Record<string, (id: string) => object> = {
	'link to Humaans': (id) => attributesWith(id, 'humaansId', personIdOf('somebodyelse')),
	state: (id) =>
		sandbox.admin.account(id)!.state === 'SUSPENDED'
			? { state: 'ACTIVATED', suspended: false }
			: { state: 'SUSPENDED', suspended: true },
	'suspension by this package': (id) =>
		attributesWith(id, 'humaansDeprovisionedAt', '2026-11-02T00:00:00.000Z scope'),
	'administrator role': () => ({ admin: '5a2dbc0fe0a1b2c3d4e5f6aa' }),
	username: () => ({ username: 'somebody.new' }),
	'work email': () => ({ email: 'somebody.new@acme.example' }),
	'protecting attribute': (id) => attributesWith(id, 'breakGlass', 'yes'),
};

interface DecidedWrite {
	action: WriteActionId;
	name: string;
	id: string;
	desired?: Desired;
	run: (client: JumpCloudClient, subject: Subject) => Promise<Written>;
}
const suspension = { reason: 'leaving', now: () => NOW } as const;
const update = async (client: JumpCloudClient, subject: Subject) =>
	await updateAccount(client, subject, NOW);
const WRITES: Record<string, DecidedWrite> = {
	activate: {
		...{ action: 'activate', name: 'staged', id: ids.staged },
		run: async (client, subject) =>
			await activateAccount(client, targetOf(subject), () => [
				{ kind: 'work', address: 'staged@acme.example' },
			]),
	},
	suspend: {
		...{ action: 'deprovision', name: 'nora', id: ids.nora },
		run: async (client, subject) => await suspendAccount(client, targetOf(subject), suspension),
	},
	reactivate: {
		...{ action: 'reactivate', name: 'suspended', id: ids.suspended },
		run: async (client, subject) => await reactivateAccount(client, targetOf(subject)),
	},
	delete: {
		...{ action: 'delete', name: 'suspended', id: ids.suspended },
		run: async (client, subject) => await deleteAccount(client, targetOf(subject)),
	},
	'update, with arrays': {
		...{ action: 'update', name: 'nora', id: ids.nora },
		desired: wanted({ department: 'Finance', 'phoneNumbers.work': '+44 20' }),
		run: update,
	},
	'update, with a new work email': {
		...{ action: 'update', name: 'nora', id: ids.nora },
		desired: wanted({ email: 'nora.new@acme.example' }),
		run: update,
	},
	'update, with a new personal email': {
		...{ action: 'update', name: 'nora', id: ids.nora },
		desired: wanted({ alternateEmail: 'nora.new@home.example' }),
		run: update,
	},
	'update, with a new employee ID': {
		...{ action: 'update', name: 'nora', id: ids.nora },
		desired: wanted({ employeeIdentifier: 'E-new' }),
		run: update,
	},
	'update, decided a while ago': {
		...{ action: 'update', name: 'nora', id: ids.nora },
		desired: wanted({ department: 'Finance' }),
		run: async (client, subject) =>
			await updateAccount(client, subject, new Date(NOW.getTime() + 11 * 60_000)),
	},
};

const CASES = Object.keys(WRITES).flatMap((write) =>
	Object.keys(PARTS).map((part) => [write, part] as const),
);

/** A decision on the account as it is, after which somebody changes the account. */
function decideThenChange({ action, name, id, desired }: DecidedWrite, part: string): Subject {
	const extra = desired ? { desired } : {};
	const subject = decidedFor(sandbox.jumpCloud.accounts, name, id, action, extra);
	sandbox.admin.setAccount(id, PARTS[part]!(id));
	return subject;
}

it.each(CASES)(
	'S1: %s does nothing when the %s changed since the decision',
	async (write, part) => {
		const about = WRITES[write]!;
		const subject = decideThenChange(about, part);
		const before = structuredClone(sandbox.admin.account(about.id)!);
		const { account, outcome } = await about.run(clientFor(sandbox), subject);
		expect(sandbox.writes()).toEqual([]);
		expect(sandbox.outbox).toEqual([]);
		expect(sandbox.admin.account(about.id)).toEqual(before);
		const words = `The account changed since the decision (${part}), so nothing was written.`;
		expect(outcome).toMatchObject({ action: about.action, status: 'outdated', warnings: [words] });
		// The person goes back with the account as it is now, and what is decided anew fits.
		expect(account).toMatchObject({ _id: about.id });
		expect(differencesFrom(basisOf(account, 'breakGlass'), account)).toEqual([]);
	},
);

it.each(Object.keys(WRITES))('S1: %s is done when nothing changed', async (write) => {
	const about = WRITES[write]!;
	const extra = about.desired ? { desired: about.desired } : {};
	const { accounts } = sandbox.jumpCloud;
	const subject = decidedFor(accounts, about.name, about.id, about.action, extra);
	expect((await about.run(clientFor(sandbox), subject)).outcome.status).toBe('applied');
});

it.each(Object.keys(WRITES))('S1: %s of an account that is gone does nothing', async (write) => {
	const about = WRITES[write]!;
	const extra = about.desired ? { desired: about.desired } : {};
	const { accounts } = sandbox.jumpCloud;
	const subject = decidedFor(accounts, about.name, about.id, about.action, extra);
	sandbox.admin.removeAccount(about.id);
	const { account, outcome } = await about.run(clientFor(sandbox), subject);
	expect([account, sandbox.writes()]).toEqual([null, []]);
	// What was to end is at its end.
	const isEnd = ['suspend', 'delete'].includes(write);
	expect(outcome.status).toBe(isEnd ? 'unchanged' : 'outdated');
});

it.each(Object.keys(PARTS))(
	'S1: one request of plain profile values is told by its answer that the %s changed',
	async (part) => {
		const desired = wanted({ department: 'Finance', jobTitle: 'Lead' });
		const about = { ...WRITES['update, with arrays']!, desired };
		const subject = decideThenChange(about, part);
		const before = structuredClone(sandbox.admin.account(ids.nora)!);
		const { outcome } = await update(clientFor(sandbox), subject);
		expect(sandbox.writes().map(({ body }) => body)).toEqual([
			{ department: 'Finance', jobTitle: 'Lead' },
		]);
		expect(outcome.status).toBe('outdated');
		// Neither who the account is of, nor how anybody signs in, nor where a mail goes.
		const { department: _d, jobTitle: _j, ...after } = sandbox.admin.account(ids.nora)!;
		expect(before).toMatchObject(after);
	},
);

it.each([...Object.keys(WRITES).filter((write) => write !== 'activate'), 'update, plain values'])(
	'S1: %s of an account that is deleted between the look at it and the write',
	async (write) => {
		const desired = wanted({ department: 'Finance' });
		const about = WRITES[write] ?? { ...WRITES['update, with arrays']!, desired };
		const extra = about.desired ? { desired: about.desired } : {};
		const { accounts } = sandbox.jumpCloud;
		const subject = decidedFor(accounts, about.name, about.id, about.action, extra);
		const client = clientFor(sandbox);
		const gone = () => sandbox.admin.removeAccount(about.id);
		const [send, remove] = [client.update.bind(client), client.remove.bind(client)];
		client.update = async (...what) => (gone(), await send(...what));
		client.remove = async (...what) => (gone(), await remove(...what));
		const { account, outcome } = await about.run(client, subject);
		expect(account).toBeNull();
		const end = { delete: 'applied', suspend: 'unchanged' }[write as 'delete'] ?? 'outdated';
		expect(outcome.status).toBe(end);
	},
);

it('S1: a creation that meets an account which somebody links at that moment does not take it', async () => {
	const subject: Subject = {
		personId: personIdOf('foreign'),
		person: { id: personIdOf('foreign'), status: 'active', email: 'foreign@acme.example' },
		desired: { ...wanted({ email: 'foreign@acme.example', department: 'Finance' }) },
	};
	const client = clientFor(sandbox);
	const find = client.find.bind(client);
	client.find = async (keys) => {
		const found = await find(keys);
		const attributes = [{ name: 'humaansId', value: personIdOf('somebodyelse') }];
		sandbox.admin.setAccount(ids.foreign, { attributes });
		return found;
	};
	await expect(createAccount(client, subject, { onConflict: 'adopt' })).rejects.toMatchObject({
		name: 'Declined',
		message: 'Somebody else changed the account at the same moment, so it was left alone.',
	});
	expect(sandbox.writes().map(({ method }) => method)).toEqual(['POST']);
});

describe('conditionalWrite', () => {
	const PERSON = personIdOf('p');
	const anyAccount = fc.record({
		link: fc.constantFrom(PERSON, personIdOf('q'), null),
		state: fc.constantFrom('ACTIVATED', 'STAGED', 'SUSPENDED') as fc.Arbitrary<
			NonNullable<Account['state']>
		>,
		stamp: fc.constantFrom(null, '2026-11-01T00:00:00.000Z leaving', 'yesterday'),
		admin: fc.constantFrom(null, 'role'),
		username: fc.constantFrom('ana', 'ana2'),
		email: fc.constantFrom('ana@acme.example', 'ana2@acme.example'),
		guard: fc.constantFrom(null, 'yes', 'no'),
		jobTitle: fc.string(),
	});
	const accountOf = (
		parts: typeof anyAccount extends fc.Arbitrary<infer T> ? T : never,
	): Account => {
		const { link, stamp, guard, ...rest } = parts;
		const own: Array<[string, string | null]> = [
			['humaansId', link],
			['humaansDeprovisionedAt', stamp],
			['breakGlass', guard],
		];
		const attributes = own.flatMap(([name, value]) => (value === null ? [] : [{ name, value }]));
		return { ...linkedTo('a', ''), ...rest, suspended: rest.state === 'SUSPENDED', attributes };
	};

	it('S1: never writes when one part of the basis differs, and always when none does', async () => {
		await fc.assert(
			fc.asyncProperty(
				anyAccount,
				anyAccount,
				fc.constantFrom('breakGlass', null),
				async (then, now, protectedAttribute) => {
					const [decidedOn, found] = [accountOf(then), accountOf(now)];
					const basis = basisOf(decidedOn, protectedAttribute);
					const target = { accountId: 'a', personId: PERSON, basis };
					const isSame =
						then.link === now.link &&
						then.state === now.state &&
						then.stamp === now.stamp &&
						then.admin === now.admin &&
						then.username === now.username &&
						then.email === now.email &&
						(protectedAttribute === null || then.guard === now.guard);
					let written = 0;
					const double = new JumpCloudDouble(found);
					const result = await conditionalWrite(double.client(), target, async () => ++written);
					expect([written, result.kind]).toEqual(isSame ? [1, 'done'] : [0, 'outdated']);
				},
			),
			{ numRuns: 400 },
		);
	});

	it('S13: a write that was refused for its rate, or got no answer, is made anew from a new read', async () => {
		const meddles = fc.constantFrom(
			'nothing',
			'badge',
			'suspended',
			'email',
		) as fc.Arbitrary<string>;
		const trouble = fc.constantFrom('429', 'lost', 'cut', '503');
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.record({ trouble, meddles }), { maxLength: 4 }),
				async (rounds) => {
					const account = linkedTo('a', PERSON);
					const double = new JumpCloudDouble(account);
					let puts = 0;
					let isOutdated = false;
					double.before = ({ method, body }) => {
						if (method !== 'PUT') return undefined;
						// What is sent is made from the account as it is, nothing lost of it.
						const { attributes } = double.account('a');
						const sent = (body as Account).attributes!;
						expect(sent).toEqual(
							expect.arrayContaining(attributes!.filter(({ name }) => name !== 'mark')),
						);
						expect(isOutdated).toBe(false);
						const round = rounds[puts++];
						if (!round) return undefined;
						const { attributes: held } = double.account('a');
						if (round.meddles === 'badge') held!.push({ name: `badge${puts}`, value: 'B' });
						if (round.meddles === 'suspended')
							Object.assign(double.accounts.get('a')!, { state: 'SUSPENDED', suspended: true });
						if (round.meddles === 'email') double.accounts.get('a')!.email = 'other@acme.example';
						isOutdated ||= ['suspended', 'email'].includes(round.meddles);
						if (round.trouble === '429') return { status: 429, headers: {}, body: {} };
						if (round.trouble === '503') return { status: 503, headers: {}, body: {} };
						return round.trouble as 'lost' | 'cut';
					};
					const client = double.client();
					const target = { accountId: 'a', personId: PERSON, basis: basisOf(account, null) };
					const result = await conditionalWrite(client, target, async (read) => {
						const attributes = [...read.attributes!, { name: 'mark', value: String(puts) }];
						return await client.update('a', {
							attributes: attributes.filter(
								({ name }, at) => name !== 'mark' || at === attributes.length - 1,
							),
						});
					});
					expect(result.kind).toBe(isOutdated ? 'outdated' : 'done');
				},
			),
			{ numRuns: 200 },
		);
	});
});
