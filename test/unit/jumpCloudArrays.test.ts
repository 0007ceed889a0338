/**
 * S13: arrays are written as the account is now, not as it was read long ago: nobody else's attribute
 * is lost, also when a write has to be made again.
 */
import { basisOf } from '../../nodes/core/account/basis';
import { planUpdate } from '../../nodes/core/account/plan';
import { run } from '../../nodes/JumpCloudUser/run';
import { suspendAccount } from '../../nodes/services/jumpcloud/changeState';
import { inTurn } from '../../nodes/services/jumpcloud/conditionalWrite';
import { updateTyped } from '../../nodes/services/jumpcloud/typed';
import { updateAccount } from '../../nodes/services/jumpcloud/update';
import type { Account, CustomAttribute, Subject } from '../../nodes/core/subject';
import { startSandbox } from '../sandbox';
import { JumpCloudDouble, tooMany, type Interference } from '../harness/jumpCloudDouble';
import { nodeContext } from '../harness/jumpCloudNodeContext';
import { personIdOf } from '../harness/personIds';
import { linkedTo, wanted } from './syncWorld';

const NOW = new Date('2026-11-24T09:00:00.000Z');
const PERSON = personIdOf('ana');
const LEGAL_HOLD: CustomAttribute = { name: 'legalHold', value: 'yes' };

function decided(account: Account, at = NOW): Subject {
	const desired = wanted({ department: 'Legal', 'attributes.startDate': '2026-01-05' });
	const { changes } = planUpdate(account, desired, { personId: PERSON });
	return {
		...{ personId: PERSON, account, desired },
		decision: {
			...{ action: 'update', code: 'drift', reason: '', changes, warnings: [], step: 1 },
			decidedAt: at.toISOString(),
			basis: basisOf(account, null),
		},
	};
}

/** Somebody else's change between the first PUT and the answer to it, which is no good one. */
function meddledWith(answer: Interference, change: (account: Account) => void): JumpCloudDouble {
	const double = new JumpCloudDouble(linkedTo('a', PERSON));
	let isFirst = true;
	double.before = ({ method }) => {
		if (method !== 'PUT' || !isFirst) return undefined;
		isFirst = false;
		change(double.account('a'));
		return answer;
	};
	return double;
}
const hold = (account: Account) => void account.attributes!.push({ ...LEGAL_HOLD });
const suspendToo = (account: Account) => {
	hold(account);
	account.attributes!.push({
		name: 'humaansDeprovisionedAt',
		value: `${NOW.toISOString()} leaving`,
	});
	Object.assign(account, { state: 'SUSPENDED', suspended: true });
};
const ANSWERS: Array<[string, Interference]> = [
	['429', tooMany()],
	['429 with Retry-After', { ...tooMany(), headers: { 'retry-after': '0' } }],
	['503', { status: 503, headers: {}, body: '<html>' }],
	['no answer', 'cut'],
];

describe.each(ANSWERS)('S13: after %s', (_what, answer) => {
	it('an attribute that somebody added meanwhile survives', async () => {
		const double = meddledWith(answer, hold);
		const subject = decided(double.account('a'));
		const { outcome } = await updateAccount(double.client(), structuredClone(subject), NOW);
		expect(outcome.status).toBe('applied');
		expect(double.account('a')).toMatchObject({ department: 'Legal' });
		expect(double.account('a').attributes).toEqual(
			expect.arrayContaining([LEGAL_HOLD, { name: 'startDate', value: '2026-01-05' }]),
		);
	});
	it('an account that was suspended meanwhile is left as it is, with its stamp', async () => {
		const double = meddledWith(answer, suspendToo);
		const subject = structuredClone(decided(double.account('a')));
		const { outcome } = await updateAccount(double.client(), subject, NOW);
		expect(outcome.status).toBe('outdated');
		expect(double.account('a')).toMatchObject({ state: 'SUSPENDED' });
		expect(double.account('a')).not.toHaveProperty('department');
		expect(double.account('a').attributes).toHaveLength(3);
	});
	it('a suspension keeps what somebody added meanwhile', async () => {
		const double = meddledWith(answer, hold);
		const basis = basisOf(structuredClone(double.account('a')), null);
		const target = { accountId: 'a', personId: PERSON, basis };
		await suspendAccount(double.client(), target, { reason: 'leaving', now: () => NOW });
		expect(double.account('a')).toMatchObject({ state: 'SUSPENDED', suspended: true });
		expect(double.account('a').attributes).toContainEqual(LEGAL_HOLD);
	});
	it('values that were typed in keep it too', async () => {
		const double = meddledWith(answer, hold);
		await updateTyped(double.client(), 'a', new Map([['attributes.badge', 'B-9']]));
		expect(double.account('a').attributes).toEqual(
			expect.arrayContaining([LEGAL_HOLD, { name: 'badge', value: 'B-9' }]),
		);
	});
});

it('S13: what is refused and sent again in parts is made anew from the account each time', async () => {
	const double = new JumpCloudDouble(linkedTo('a', PERSON));
	double.refuses = ({ jobTitle }) => (jobTitle === 'no' ? 'Bad Request' : null);
	let reads = 0;
	const client = double.client();
	// Between reading and writing nobody can come, so somebody acts just before the reading.
	const get = client.get.bind(client);
	client.get = async (id) => {
		double.account('a').attributes!.push({ name: `by${++reads}`, value: 'somebody' });
		return await get(id);
	};
	const account = structuredClone(double.account('a'));
	const desired = wanted({
		jobTitle: 'no',
		'attributes.startDate': '2026-01-05',
		department: 'Legal',
	});
	const subject = { ...decided(account), desired };
	subject.decision!.changes = planUpdate(account, desired, { personId: PERSON }).changes;
	await updateAccount(client, subject, NOW);
	expect(reads).toBeGreaterThan(3);
	const names = double.account('a').attributes!.map(({ name }) => name);
	for (let n = 1; n <= reads; n++) expect(names).toContain(`by${n}`);
	expect(names).toEqual(expect.arrayContaining(['humaansId', 'humaansSync', 'startDate']));
});

it('S13: writes on one account take turns, those on others go on', async () => {
	const order: string[] = [];
	const work = (name: string) => async () => {
		order.push(`${name} begins`);
		await new Promise((done) => setImmediate(done));
		order.push(`${name} ends`);
	};
	await Promise.all([
		inTurn('a', work('first')),
		inTurn('a', work('second')),
		inTurn('b', work('other')),
	]);
	const at = (event: string): number => order.indexOf(event);
	expect(at('second begins')).toBeGreaterThan(at('first ends'));
	expect(at('other begins')).toBeLessThan(at('first ends'));
	expect(order).toHaveLength(6);
});

it.each([0, -1, 1.5, 'many', null])(
	'S16: a concurrency of %j stops nobody',
	async (concurrency) => {
		const sandbox = await startSandbox({ people: 3, accounts: true, seed: 3 });
		try {
			const user = { mode: 'id', value: sandbox.jumpCloud.accounts[0]!._id };
			const parameters = { operation: 'get', userFrom: 'values', user, options: { concurrency } };
			expect(await run(nodeContext(sandbox, parameters as never, {}))).toHaveLength(1);
		} finally {
			await sandbox.stop();
		}
	},
);

it('S13: of 99 updates each account is written right after it was read', async () => {
	const sandbox = await startSandbox({ people: 120, accounts: true, seed: 3 });
	try {
		const people = sandbox.jumpCloud.accounts.filter(({ attributes }) => attributes.length > 0);
		const accounts = structuredClone(people.slice(0, 99)) as unknown as Account[];
		const items = accounts.map((account): Subject => {
			const personId = account.attributes!.find(({ name }) => name === 'humaansId')!.value;
			const desired = wanted({ 'attributes.startDate': '2026-01-05' });
			const { changes } = planUpdate(account, desired, { personId });
			const made = decided(account, new Date());
			return { ...made, personId, desired, decision: { ...made.decision!, changes } };
		});
		// As the node sees it: a read when its answer is there, a write when it is sent.
		const asked: string[] = [];
		const context = nodeContext(sandbox, { operation: 'update' }, { items });
		const { helpers } = context;
		const send = helpers.httpRequestWithAuthentication.bind(context);
		helpers.httpRequestWithAuthentication = async (type, request) => {
			const name = `${request.method} ${new URL(request.url).pathname}`;
			if (request.method === 'PUT') asked.push(name);
			const answer: unknown = await send(type, request);
			if (request.method === 'GET') asked.push(name);
			return answer;
		};
		await run(context);
		expect(sandbox.writes()).toHaveLength(99);
		const apart = accounts.map(({ _id }) => {
			const path = `/api/systemusers/${_id}`;
			return asked.indexOf(`PUT ${path}`) - asked.indexOf(`GET ${path}`);
		});
		// Ten at once: at most one request of each of the others comes between.
		expect(Math.max(...apart)).toBeLessThanOrEqual(10);
		expect(sandbox.violations).toEqual([]);
	} finally {
		await sandbox.stop();
	}
});
