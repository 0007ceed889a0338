/**
 * Answers that are good and say less than they should, and answers that never come: what is known of
 * the account afterwards is read, and what was done is said to have been done.
 */
import { basisOf } from '../../nodes/core/account/basis';
import { linkOf, stateOf } from '../../nodes/core/account/link';
import { planUpdate } from '../../nodes/core/account/plan';
import { reactivateAccount, suspendAccount } from '../../nodes/services/jumpcloud/changeState';
import { createAccount } from '../../nodes/services/jumpcloud/create';
import { deleteAccount } from '../../nodes/services/jumpcloud/delete';
import { updateAccount } from '../../nodes/services/jumpcloud/update';
import type { Account, Desired, Subject } from '../../nodes/core/subject';
import { JumpCloudDouble } from '../harness/jumpCloudDouble';
import { personIdOf } from '../harness/personIds';
import { linkedTo, wanted } from './syncWorld';

const NOW = new Date('2026-11-24T09:00:00.000Z');
const PERSON = personIdOf('ana');
const STAMP = { name: 'humaansDeprovisionedAt', value: '2026-11-01T00:00:00.000Z leaving' };
const SUSPENDED = { state: 'SUSPENDED' as const, suspended: true, attributes: [STAMP] };

const targetFor = (double: JumpCloudDouble) => {
	const basis = basisOf(structuredClone(double.account('a')), null);
	return { accountId: 'a', personId: PERSON, basis };
};
function decided(account: Account, desired: Desired): Subject {
	const known = structuredClone(account);
	const { changes } = planUpdate(known, desired, { personId: PERSON });
	return {
		...{ personId: PERSON, account: known, desired },
		decision: {
			...{ action: 'update', code: 'drift', reason: '', changes, warnings: [], step: 1 },
			decidedAt: NOW.toISOString(),
			basis: basisOf(known, null),
		},
	};
}
const suspension = { reason: 'leaving', now: () => NOW } as const;

/** The first write is done, and its answer is cut off. */
function thatLosesAnswers(account: Account): JumpCloudDouble {
	const double = new JumpCloudDouble(account);
	let isFirst = true;
	double.before = ({ method }) => {
		if (method === 'GET' || !isFirst) return undefined;
		isFirst = false;
		return 'lost';
	};
	return double;
}

describe('an answer that never came: what is found is known as the own work', () => {
	it('suspended', async () => {
		const double = thatLosesAnswers(linkedTo('a', PERSON));
		const { account, outcome } = await suspendAccount(
			double.client(),
			targetFor(double),
			suspension,
		);
		expect(outcome).toMatchObject({ status: 'applied', warnings: [] });
		expect(stateOf(account!)).toBe('SUSPENDED');
		expect(double.writes).toHaveLength(1);
	});
	it('reactivated', async () => {
		const double = thatLosesAnswers(linkedTo('a', PERSON, SUSPENDED));
		const { outcome } = await reactivateAccount(double.client(), targetFor(double));
		expect(outcome).toMatchObject({ status: 'applied', warnings: [] });
		expect(double.writes).toHaveLength(1);
	});
	it('deleted', async () => {
		const double = thatLosesAnswers(linkedTo('a', PERSON, SUSPENDED));
		const { outcome } = await deleteAccount(double.client(), targetFor(double));
		expect(outcome.status).toBe('applied');
		expect(double.writes).toHaveLength(1);
	});
	it('linked, and given a new work email', async () => {
		const free: Account = { ...linkedTo('a', ''), attributes: [] };
		for (const account of [free, linkedTo('a', PERSON)]) {
			const double = thatLosesAnswers(account);
			const desired = wanted({ email: 'ana.new@acme.example', department: 'Legal' });
			const subject = decided(double.account('a'), desired);
			const { outcome } = await updateAccount(double.client(), subject, NOW);
			expect(outcome.status).toBe(account === free ? 'adopted' : 'applied');
			expect(double.account('a')).toMatchObject(desired.attributes);
			expect(linkOf(double.account('a'))).toBe(PERSON);
			expect(double.writes).toHaveLength(1);
		}
	});
	it('but not where somebody did something else at the same moment', async () => {
		const double = thatLosesAnswers(linkedTo('a', PERSON));
		const lose = double.before;
		double.before = (asked, place) => {
			const answer = lose(asked, place);
			if (answer !== 'lost') return answer;
			double.account('a').email = 'other@acme.example';
			return answer;
		};
		const { outcome } = await suspendAccount(double.client(), targetFor(double), suspension);
		expect(outcome.status).toBe('outdated');
	});
	it('nor where somebody else did the same for a reason of their own', async () => {
		const double = new JumpCloudDouble(linkedTo('a', PERSON));
		double.before = ({ method }) => {
			if (method !== 'PUT') return undefined;
			Object.assign(double.account('a'), { state: 'SUSPENDED', suspended: true });
			return 'cut';
		};
		const { outcome } = await suspendAccount(double.client(), targetFor(double), suspension);
		expect(outcome.status).toBe('outdated');
	});
});

describe('a good answer that holds next to nothing', () => {
	const terse = (account: Account | null) => {
		const double = new JumpCloudDouble(...(account ? [account] : []));
		const client = double.client();
		double.before = ({ method, path, body }) => {
			if (method === 'GET' || path.includes('search') || body === undefined) return undefined;
			if (double.refuses(body as never, null) !== null) return undefined;
			const id = method === 'POST' ? `new${double.accounts.size}` : 'a';
			double.accounts.set(id, { _id: id, ...double.accounts.get(id), ...(body as object) });
			return { status: 200, headers: {}, body: { _id: id, id } };
		};
		return { double, client };
	};
	it('the account goes on as it is: linked, and with its state', async () => {
		const { double, client } = terse(linkedTo('a', PERSON));
		const subject = decided(double.account('a'), wanted({ jobTitle: 'Lead' }));
		const { account, outcome } = await updateAccount(client, subject, NOW);
		expect(outcome.status).toBe('applied');
		expect(account).toMatchObject({ jobTitle: 'Lead', state: 'ACTIVATED' });
		expect(linkOf(account!)).toBe(PERSON);
	});
	it('values that are refused are still found, one after another', async () => {
		const { double, client } = terse(linkedTo('a', PERSON));
		double.refuses = (body) => (/no/.test(JSON.stringify(body)) ? 'Bad Request' : null);
		const desired = wanted({
			jobTitle: 'no',
			department: 'Legal',
			company: 'no',
			location: 'Rome',
		});
		const { outcome } = await updateAccount(client, decided(double.account('a'), desired), NOW);
		expect(outcome.refused!.map(({ attribute }) => attribute)).toEqual(['jobTitle', 'company']);
		expect(double.account('a')).toMatchObject({ department: 'Legal', location: 'Rome' });
	});
	it('after a suspension and after a creation too', async () => {
		const { double, client } = terse(linkedTo('a', PERSON));
		const suspended = await suspendAccount(client, targetFor(double), suspension);
		expect(suspended.account).toMatchObject({ state: 'SUSPENDED', username: 'a' });
		expect(linkOf(suspended.account!)).toBe(PERSON);
		const empty = terse(null);
		const desired = { ...wanted({ email: 'new@acme.example' }), usernames: ['new'] };
		const { account } = await createAccount(empty.client, { personId: PERSON, desired });
		expect(account).toMatchObject({ username: 'new', state: 'STAGED' });
		expect(linkOf(account!)).toBe(PERSON);
	});
	it('an organization whose rows have no state: suspended says enough', async () => {
		const { state: _, ...row } = linkedTo('a', PERSON);
		const double = new JumpCloudDouble(row as Account);
		double.keeps = ({ state: __, ...body }) => body;
		const { outcome } = await suspendAccount(double.client(), targetFor(double), suspension);
		expect(outcome.status).toBe('applied');
		const back = await reactivateAccount(double.client(), targetFor(double));
		expect(back.outcome.status).toBe('applied');
		expect(double.writes.map(({ method }) => method)).toEqual(['PUT', 'PUT']);
	});
});

describe('one request without a read before it', () => {
	it('never fills a place that somebody filled meanwhile', async () => {
		const double = new JumpCloudDouble(linkedTo('a', PERSON));
		const subject = decided(double.account('a'), wanted({ jobTitle: 'Lead' }, 'fillEmpty'));
		double.accounts.get('a')!.jobTitle = 'Wizard';
		const { outcome } = await updateAccount(double.client(), subject, NOW);
		expect([double.account('a').jobTitle, outcome.status]).toEqual(['Wizard', 'unchanged']);
	});
});
