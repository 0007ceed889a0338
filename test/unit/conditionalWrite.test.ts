/**
 * A write holds what the decision rests on against the account it has just read (rule 11), with a
 * client that is made up: what JumpCloud does is for the tests over HTTP.
 */
import { basisOf } from '../../nodes/core/account/basis';
import type { Account } from '../../nodes/core/subject';
import type { FailureKind } from '../../nodes/services/http/failureTable';
import { ServiceFailure } from '../../nodes/services/http/failure';
import { ATTEMPTS, MOST_REFUSALS } from '../../nodes/services/http/retry';
import type { JumpCloudClient } from '../../nodes/services/jumpcloud/client';
import { Tenant } from '../../nodes/services/jumpcloud/tenant';
import { conditionalWrite, inTurn } from '../../nodes/services/jumpcloud/conditionalWrite';
import { account } from './policyWorld';

const BASIS = basisOf(account(), null);
const TARGET = { accountId: 'account1', personId: 'p', basis: BASIS };
const failure = (kind: FailureKind) => new ServiceFailure('JumpCloud', kind, 400);

/** Gives what is read, one after another; the last one again and again. */
function clientWith(...reads: Array<Account | null>) {
	const asked: string[] = [];
	let last: Account | null = null;
	const get = async (id: string): Promise<Account | null> => {
		asked.push(id);
		if (reads.length > 0) last = reads.shift()!;
		return await Promise.resolve(last);
	};
	return { client: { get, tenant: new Tenant() } as unknown as JumpCloudClient, asked };
}

/** A write that fails so many times. */
function writing(failures: FailureKind[]) {
	const seen: Account[] = [];
	const write = async (one: Account): Promise<string> => {
		seen.push(one);
		const kind = failures.shift();
		if (kind) throw failure(kind);
		return await Promise.resolve('written');
	};
	return { write, seen };
}

describe('S1: what a write rests on', () => {
	it('S1: the account as it was: it is written, and the answer comes with what was read', async () => {
		const { client, asked } = clientWith(account());
		const { write, seen } = writing([]);
		expect(await conditionalWrite(client, TARGET, write)).toEqual({
			...{ kind: 'done', account: account(), value: 'written' },
		});
		expect([asked, seen]).toEqual([['account1'], [account()]]);
	});
	it('S1: another one: nothing is written, and it is said what differs', async () => {
		const changed = account({ admin: { id: 'a' }, username: 'ana' });
		const { client } = clientWith(changed);
		const { write, seen } = writing([]);
		expect(await conditionalWrite(client, TARGET, write)).toEqual({
			...{ kind: 'outdated', account: changed, differences: ['administrator role', 'username'] },
		});
		expect(seen).toEqual([]);
	});
	it('S1: none any more: nothing is written', async () => {
		const { client } = clientWith(null);
		const { write, seen } = writing([]);
		expect(await conditionalWrite(client, TARGET, write)).toEqual({ kind: 'gone' });
		expect(seen).toEqual([]);
	});
	it('chosen by hand, there is nothing that it rests on', async () => {
		const { client } = clientWith(account({ admin: true }));
		const chosen = { ...TARGET, basis: null };
		expect(await conditionalWrite(client, chosen, writing([]).write)).toMatchObject({
			kind: 'done',
		});
	});
});

describe('S13: a write that has to be made again', () => {
	it.each(['rateLimited', 'timeout'] as const)(
		'S13: %s: the account is read anew, and the write made from that',
		async (kind) => {
			const edited = account({ attributes: [...account().attributes!, { name: 'x', value: '1' }] });
			const { client, asked } = clientWith(account(), edited);
			const { write, seen } = writing([kind]);
			expect(await conditionalWrite(client, TARGET, write)).toMatchObject({
				...{ kind: 'done', account: edited },
			});
			expect([asked.length, seen]).toEqual([2, [account(), edited]]);
		},
	);
	it('S13: meanwhile it has become another one: it is not made again', async () => {
		const { client } = clientWith(account(), account({ state: 'SUSPENDED', suspended: true }));
		const { write, seen } = writing(['rateLimited']);
		expect(await conditionalWrite(client, TARGET, write)).toMatchObject({
			...{ kind: 'outdated', differences: ['state'] },
		});
		expect(seen).toHaveLength(1);
	});
	it.each<[FailureKind, number]>([
		['rateLimited', MOST_REFUSALS],
		['timeout', ATTEMPTS],
	])('%s: at most %i times', async (kind, most) => {
		const { client, asked } = clientWith(account());
		const { write, seen } = writing(Array<FailureKind>(100).fill(kind));
		await expect(conditionalWrite(client, TARGET, write)).rejects.toMatchObject({ kind });
		expect([asked.length, seen.length]).toEqual([most, most]);
	});
	it('each kind has its own count', async () => {
		const { client } = clientWith(account());
		const mixed = [
			...Array<FailureKind>(MOST_REFUSALS - 1).fill('rateLimited'),
			...Array<FailureKind>(ATTEMPTS - 1).fill('timeout'),
		];
		expect(await conditionalWrite(client, TARGET, writing(mixed).write)).toMatchObject({
			kind: 'done',
		});
	});
	it('S13: what is found after no clear answer and is its own work does not stop it', async () => {
		const body = { state: 'SUSPENDED', suspended: true } as const;
		const suspended = account(body);
		const { client } = clientWith(account(), suspended);
		const { write, seen } = writing(['timeout']);
		const result = await conditionalWrite(client, TARGET, async (one, sends) => {
			sends(body);
			return await write(one);
		});
		expect(result).toMatchObject({ kind: 'done', account: suspended });
		expect(seen).toEqual([account(), suspended]);
	});
	it('S13: what somebody else did beside its own work stops it', async () => {
		const body = { state: 'SUSPENDED', suspended: true } as const;
		const { client } = clientWith(account(), account({ ...body, username: 'ana' }));
		const { write } = writing(['timeout']);
		const result = await conditionalWrite(client, TARGET, async (one, sends) => {
			sends(body);
			return await write(one);
		});
		expect(result).toMatchObject({ kind: 'outdated', differences: ['state', 'username'] });
	});
	it('a 404 for the write counts as gone only when a read says so too', async () => {
		const gone = clientWith(account(), null);
		expect(await conditionalWrite(gone.client, TARGET, writing(['notFound']).write)).toEqual({
			kind: 'gone',
		});
		expect(gone.asked).toHaveLength(2);
		const there = clientWith(account());
		await expect(
			conditionalWrite(there.client, TARGET, writing(['notFound']).write),
		).rejects.toMatchObject({ kind: 'notFound' });
	});
	it('any other failure is the answer, and an error of ours is thrown on', async () => {
		const { client, asked } = clientWith(account());
		await expect(
			conditionalWrite(client, TARGET, writing(['refused']).write),
		).rejects.toMatchObject({ kind: 'refused' });
		const ours = async () => await Promise.reject(new TypeError('a slip'));
		await expect(conditionalWrite(client, TARGET, ours)).rejects.toThrow('a slip');
		expect(asked).toHaveLength(2);
	});
});

it('S13: writes on one account take turns, on two they do not', async () => {
	const order: string[] = [];
	const steps = async (name: string, count: number): Promise<void> => {
		for (let step = 0; step < count; step++) {
			order.push(name);
			await Promise.resolve();
		}
	};
	await Promise.all([
		inTurn('one', async () => await steps('a', 3)),
		inTurn('one', async () => await steps('b', 3)),
	]);
	expect(order.join('')).toBe('aaabbb');
	order.length = 0;
	await Promise.all([
		inTurn('one', async () => await steps('a', 3)),
		inTurn('other', async () => await steps('b', 3)),
	]);
	expect(order.join('')).not.toBe('aaabbb');
});
