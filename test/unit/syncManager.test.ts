/** Whom the match names as the manager's account. */
import { matchSubjects } from '../../nodes/services/jumpcloud/matchSubjects';
import type { JumpCloudClient } from '../../nodes/services/jumpcloud/client';
import type { Account, Subject } from '../../nodes/core/subject';
import { wanted } from './syncWorld';

const linked = (id: string, personId: string, patch: Partial<Account> = {}): Account => ({
	_id: id,
	username: id,
	email: `${id}@acme.example`,
	state: 'ACTIVATED',
	suspended: false,
	attributes: [{ name: 'humaansId', value: personId }],
	...patch,
});

async function managerAccountId(...others: Account[]): Promise<string | null | undefined> {
	const rows = [linked('own', 'ana'), ...others];
	const everybody = async () => rows;
	const client = {
		everyAccount: everybody,
		sweepAccounts: everybody,
		firstPage: async () => ({ total: rows.length, rows }),
	} as unknown as JumpCloudClient;
	const subject: Subject = {
		personId: 'ana',
		person: { id: 'ana', status: 'active' },
		desired: wanted({ manager: 'boss' }),
	};
	return (await matchSubjects(client, [subject], { by: ['email'], emitMissing: false } as never))
		.subjects[0]!.match!.managerAccountId;
}

it('the account linked to the manager', async () =>
	expect(await managerAccountId(linked('b', 'boss'))).toBe('b'));
it('a staged one too', async () =>
	expect(await managerAccountId(linked('b', 'boss', { state: 'STAGED' }))).toBe('b'));
it('not known while there is none', async () => expect(await managerAccountId()).toBeUndefined());
it('not known when there are two', async () =>
	expect(await managerAccountId(linked('b', 'boss'), linked('c', 'boss'))).toBeUndefined());
it('null when it is suspended: the manager has left', async () =>
	expect(
		await managerAccountId(linked('b', 'boss', { state: 'SUSPENDED', suspended: true })),
	).toBeNull());
