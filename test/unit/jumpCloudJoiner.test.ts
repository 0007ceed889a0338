/** A joiner in three calls: create, activate, look. And when a look before it is not left out. */
import { basisOf } from '../../nodes/core/account/basis';
import { customAttribute, INVITE, stateOf } from '../../nodes/core/account/link';
import { parseInviteRecord } from '../../nodes/core/policy/reminder';
import { activateAccount } from '../../nodes/services/jumpcloud/activate';
import { suspendAccount } from '../../nodes/services/jumpcloud/changeState';
import { createAccount } from '../../nodes/services/jumpcloud/create';
import { JustCreated } from '../../nodes/services/jumpcloud/justCreated';
import { Tenant } from '../../nodes/services/jumpcloud/tenant';
import { updateAccount } from '../../nodes/services/jumpcloud/update';
import type { Account, Subject } from '../../nodes/core/subject';
import { JumpCloudDouble } from '../harness/jumpCloudDouble';
import { personIdOf } from '../harness/personIds';
import { linkedTo, wanted } from './syncWorld';

const PERSON = personIdOf('ana');
const NOW = new Date('2026-11-24T09:00:00.000Z');
const desired = wanted({
	...{ email: 'ana@acme.example', alternateEmail: 'ana@home.example', firstname: 'Ana' },
});
const recipients = [{ kind: 'personal', address: 'ana@home.example' }] as const;
const joiner: Subject = {
	...{ personId: PERSON, desired },
	person: { id: PERSON, status: 'active', email: 'ana@acme.example' },
};
const targetFor = (account: Account) => ({
	...{ accountId: account._id, personId: PERSON, basis: basisOf(account, null) },
});

/** A run in one process: what it remembers is its own. */
class Run {
	readonly tenant = new Tenant();
	constructor(readonly double: JumpCloudDouble) {}

	private readonly client = () => this.double.client(this.tenant);
	async create(): Promise<Account> {
		return (await createAccount(this.client(), joiner)).account!;
	}
	async activate(account: Account, basis = basisOf(account, null)) {
		const target = { ...targetFor(account), basis };
		return await activateAccount(this.client(), target, () => recipients);
	}
	async suspend(account: Account) {
		const how = { reason: 'leaving' as const, now: () => NOW };
		return await suspendAccount(this.client(), targetFor(account), how);
	}
	async update(account: Account) {
		const decision = { action: 'update', changes: [], decidedAt: NOW.toISOString() };
		const subject = { ...joiner, account, desired: wanted({ jobTitle: 'Lead' }), decision };
		return await updateAccount(this.client(), subject as unknown as Subject, NOW);
	}
}

const asked = ({ asked: all }: JumpCloudDouble) =>
	all.map(({ method, path }) => `${method} ${path.replace('/api/', '')}`);
const mails = ({ asked: all }: JumpCloudDouble) =>
	all
		.filter(({ body }) => typeof (body as { email?: unknown } | undefined)?.email === 'string')
		.filter(({ path }) => path.endsWith('/activate')).length;

it('creates, activates with a mail, and looks', async () => {
	const run = new Run(new JumpCloudDouble());
	const created = await run.create();
	const { account, outcome } = await run.activate(created);
	expect(outcome).toMatchObject({ status: 'applied', invitedTo: 'personal', warnings: [] });
	expect(stateOf(account!)).toBe('ACTIVATED');
	expect(asked(run.double)).toEqual([
		...['POST systemusers', 'POST systemusers/new0/state/activate', 'GET systemusers/new0'],
	]);
});

describe('looks before it activates', () => {
	const expectLook = async (run: Run, activate: () => Promise<unknown>) => {
		run.double.asked.length = 0;
		await activate();
		expect(asked(run.double)[0]).toBe('GET systemusers/new0');
	};
	it('in another process', async () => {
		const run = new Run(new JumpCloudDouble());
		const created = await run.create();
		const other = new Run(run.double);
		await expectLook(other, async () => await other.activate(created));
	});
	it('a second time', async () => {
		const run = new Run(new JumpCloudDouble());
		const created = await run.create();
		await run.activate(created);
		await expectLook(run, async () =>
			expect((await run.activate(created)).outcome.status).toBe('outdated'),
		);
		expect(mails(run.double)).toBe(0);
	});
	it.each(['suspend', 'update'] as const)('after %s in between', async (action) => {
		const run = new Run(new JumpCloudDouble());
		const created = await run.create();
		await run[action](created);
		await expectLook(run, async () => await run.activate(created));
	});
	it('when the decision rests on something else than what was created', async () => {
		const run = new Run(new JumpCloudDouble());
		const created = await run.create();
		const basis = basisOf({ ...created, email: 'other@acme.example' }, null);
		await expectLook(run, async () =>
			expect((await run.activate(created, basis)).outcome.status).toBe('outdated'),
		);
	});
	it('when somebody chose the account by hand', async () => {
		const run = new Run(new JumpCloudDouble());
		const created = await run.create();
		const target = { accountId: created._id, personId: null, basis: null };
		await expectLook(run, async () =>
			activateAccount(run.double.client(run.tenant), target, () => recipients),
		);
	});
	it('when no clear answer to the creation came', async () => {
		const run = new Run(new JumpCloudDouble());
		run.double.before = ({ method, path }) =>
			method === 'POST' && path === '/api/systemusers' ? 'lost' : undefined;
		const created = await run.create();
		await expectLook(run, async () => await run.activate(created));
	});
	it('after two minutes', () => {
		let now = 0;
		const created = new JustCreated(() => now);
		const account = linkedTo('a', PERSON);
		created.note(account);
		now = 119_999;
		expect(created.take('a')).toBe(account);
		expect(created.take('a')).toBeNull();
		created.note(account);
		now += 120_000;
		expect(created.take('a')).toBeNull();
	});
});

describe('somebody else acts between creation and activation', () => {
	const after = async (
		act: (account: Record<string, unknown>, double: JumpCloudDouble) => void,
	) => {
		const run = new Run(new JumpCloudDouble());
		const created = await run.create();
		act(run.double.accounts.get('new0')!, run.double);
		return { run, written: await run.activate(created) };
	};
	it('and activates: nothing is said to be done here', async () => {
		const { run, written } = await after((account) =>
			Object.assign(account, { state: 'ACTIVATED' }),
		);
		expect(written.outcome).toMatchObject({ status: 'unchanged' });
		expect(written.outcome.invitedTo).toBeUndefined();
		expect(run.double.account('new0').state).toBe('ACTIVATED');
	});
	it('and suspends: it stays suspended, and that is seen', async () => {
		const { written } = await after((account) =>
			Object.assign(account, { state: 'SUSPENDED', suspended: true }),
		);
		expect(written.account).toMatchObject({ state: 'SUSPENDED' });
		expect(written.outcome.status).toBe('unchanged');
	});
	it('and takes the link off: the look after it says so', async () => {
		const { written } = await after((account) => Object.assign(account, { attributes: [] }));
		expect(written.outcome.warnings).toEqual([
			'Somebody else changed the account while it was activated (link to Humaans).',
		]);
	});
	it('and deletes it: the person is decided anew', async () => {
		const { written } = await after((_account, double) => double.accounts.delete('new0'));
		expect(written).toMatchObject({ account: null, outcome: { status: 'outdated' } });
	});
});

describe('an activation that JumpCloud accepts and does not carry out', () => {
	const staged = linkedTo('a', PERSON, {
		...{ state: 'STAGED', activated: false, attributes: [{ name: INVITE, value: '0' }] },
	});
	const failed = {
		name: 'Declined',
		message: 'JumpCloud accepted the activation, and the account is still staged.',
	};
	const ignoring = () => {
		const double = new JumpCloudDouble(staged);
		double.keeps = ({ state: _, suspended: __, ...body }) => body;
		return double;
	};
	it('mails once, however many runs come after it', async () => {
		const double = ignoring();
		for (let hour = 0; hour < 3; hour++) {
			await expect(new Run(double).activate(double.account('a'))).rejects.toMatchObject(failed);
		}
		expect(mails(double)).toBe(1);
		// A PUT of the state can mail as well.
		expect(double.writes.filter(({ body }) => 'state' in (body as object))).toHaveLength(1);
		expect(parseInviteRecord(customAttribute(double.account('a'), INVITE)!)).toMatchObject({
			sent: 0,
		});
	});
	it('is carried out without another mail once JumpCloud does', async () => {
		const double = ignoring();
		await expect(new Run(double).activate(double.account('a'))).rejects.toMatchObject(failed);
		double.keeps = (body) => body;
		const { account, outcome } = await new Run(double).activate(double.account('a'));
		expect([account!.state, outcome.invitedTo, mails(double)]).toEqual(['ACTIVATED', 'none', 1]);
	});
	it('where nobody was to be mailed, nothing is noted', async () => {
		const double = ignoring();
		const done = activateAccount(double.client(), targetFor(double.account('a')), () => []);
		await expect(done).rejects.toMatchObject(failed);
		expect(customAttribute(double.account('a'), INVITE)).toBe('0');
	});
});

it('two runs that both see a staged account, in one process: one mail', async () => {
	const run = new Run(new JumpCloudDouble());
	const created = await run.create();
	await Promise.all([run.activate(created), run.activate(created)]);
	expect(mails(run.double)).toBe(1);
});
