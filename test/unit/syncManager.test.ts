/** Whom the match names as the manager's account. */
import { matchSubjects } from '../../nodes/services/jumpcloud/matchSubjects';
import { Tenant } from '../../nodes/services/jumpcloud/tenant';
import type { JumpCloudClient } from '../../nodes/services/jumpcloud/client';
import type { Account, Person, Subject } from '../../nodes/core/subject';
import { linkedTo, wanted } from './syncWorld';
import { personIdOf } from '../harness/personIds';

const [ANA, BOSS] = [personIdOf('ana'), personIdOf('boss')];

/** A client that has these accounts on its one page. */
function clientWith(accounts: readonly Account[]): JumpCloudClient {
	const all = async () => ({ accounts, unreadable: 0 });
	const rows = accounts.map((account) => ({ key: account._id, account }));
	const firstPage = async () => ({ total: rows.length, rows, pageSize: 100 });
	const findByLink = async () => null;
	const lists = { everyAccount: all, sweepAccounts: all, firstPage, findByLink };
	return { ...lists, tenant: new Tenant() } as unknown as JumpCloudClient;
}

async function managerAccountId(
	others: Account[],
	boss?: Person | null,
): Promise<string | null | undefined> {
	const client = clientWith([linkedTo('own', ANA), ...others]);
	const ana: Subject = {
		personId: ANA,
		person: { id: ANA, status: 'active' },
		desired: wanted({ manager: BOSS }),
	};
	const run = boss === undefined ? [ana] : [ana, { personId: BOSS, person: boss }];
	const { subjects } = await matchSubjects(client, run, { by: ['email'], emitMissing: false });
	return subjects[0]!.match!.managerAccountId;
}
const suspended = () => linkedTo('b', BOSS, { state: 'SUSPENDED', suspended: true });
const bossWho = (status: Person['status']): Person => ({ id: BOSS, status });

it('the account linked to the manager', async () =>
	expect(await managerAccountId([linkedTo('b', BOSS)])).toBe('b'));
it('a staged one too', async () =>
	expect(await managerAccountId([linkedTo('b', BOSS, { state: 'STAGED' })])).toBe('b'));
it('not known while there is none', async () => expect(await managerAccountId([])).toBeUndefined());
it('not known when there are two', async () =>
	expect(await managerAccountId([linkedTo('b', BOSS), linkedTo('c', BOSS)])).toBeUndefined());

describe('S16: a suspended manager account says nothing by itself', () => {
	it('not known when nobody says whether they left', async () =>
		expect(await managerAccountId([suspended()])).toBeUndefined());
	it.each(['active', 'newHire'] as const)('not known when they are %s', async (status) =>
		expect(await managerAccountId([suspended()], bossWho(status))).toBeUndefined(),
	);
	it('null when Humaans says that they left', async () =>
		expect(await managerAccountId([suspended()], bossWho('offboarded'))).toBeNull());
	it('null when Humaans confirms that they are gone', async () =>
		expect(await managerAccountId([suspended()], null)).toBeNull());
});
