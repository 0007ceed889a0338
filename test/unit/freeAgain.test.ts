/** A value that another account has is left off, and written when that account lets it go. */
import { indexAccounts } from '../../nodes/core/matching/accountIndex';
import { freeAgainFor } from '../../nodes/core/matching/freeAgain';
import type { Account, SyncRule } from '../../nodes/core/subject';
import { applied, createdFrom, linkedAccount, plan, refusing, wanted } from './syncWorld';

const SLOTS = new Set(['email', 'alternateEmail', 'employeeIdentifier']);
const VALUES = {
	...{ email: 'new@acme.example', alternateEmail: 'own@home.example', employeeIdentifier: 'E-7' },
	jobTitle: 'Lead',
};
const desired = wanted(VALUES);
const LEFT_OFF = createdFrom(desired, refusing(SLOTS, 'taken'));
const freeBeside = (account: Account, ...others: Array<Partial<Account>>) =>
	freeAgainFor(
		account,
		desired,
		indexAccounts([
			account,
			...others.map((other, at) => ({ ...linkedAccount(), _id: `other-${at}`, ...other })),
		]),
	);

describe('which are free now; the index holds all accounts', () => {
	it('all of them when nobody has any', () => expect(freeBeside(LEFT_OFF)).toEqual([...SLOTS]));
	it.each<[Partial<Account>, string]>([
		[{ email: 'New@acme.example' }, 'email'],
		[{ alternateEmail: 'new@acme.example' }, 'email'],
		[{ alternateEmail: 'own@home.example' }, 'alternateEmail'],
		[{ email: 'own@home.example' }, 'alternateEmail'],
		[{ employeeIdentifier: 'E-7' }, 'employeeIdentifier'],
	])('not while another account has it: %j', (other, slot) =>
		expect(freeBeside(LEFT_OFF, other)).toEqual([...SLOTS].filter((one) => one !== slot)),
	);
	it('its own account does not count', () =>
		expect(freeBeside({ ...LEFT_OFF, alternateEmail: 'new@acme.example' })).toContain('email'));
	it('nothing of a value that was only refused, has changed since, or was never left off', () => {
		expect(freeBeside(createdFrom(desired, refusing(SLOTS)))).toEqual([]);
		expect(freeBeside(createdFrom(desired))).toEqual([]);
		expect(freeAgainFor(LEFT_OFF, undefined, indexAccounts([LEFT_OFF]))).toEqual([]);
		const changed = wanted({ ...VALUES, employeeIdentifier: 'E-8' });
		expect(freeAgainFor(LEFT_OFF, changed, indexAccounts([LEFT_OFF]))).not.toContain(
			'employeeIdentifier',
		);
	});
});

/** In step. */
const NOTHING = { changes: [], values: new Map(), body: null, warnings: [] };

describe('a value that another account has', () => {
	const say = (rule: SyncRule, value = 'E-7') => wanted({ employeeIdentifier: value }, rule);
	const off = new Set(['employeeIdentifier']);
	const context = refusing(off, 'taken');
	const WARNING =
		'JumpCloud refused the Employee ID of this person, as it does while another account has it, so ' +
		'it is left off. A run over everybody tries again once no account has it.';

	it.each<SyncRule>(['always', 'whenChanged', 'onCreate'])(
		'rule %s: left off at creation, written once when it is free, and then as ever',
		(rule) => {
			const account = createdFrom(say(rule), context);
			expect(account.employeeIdentifier).toBeUndefined();
			expect(plan(account, say(rule))).toEqual({ ...NOTHING, warnings: [WARNING] });
			const { body, changes, warnings } = plan(account, say(rule), { freeAgain: [...off] });
			expect(body).toMatchObject({ employeeIdentifier: 'E-7' });
			expect(changes).toMatchObject([{ attribute: 'employeeIdentifier' }]);
			expect(warnings).toEqual([]);
			const after = applied(account, body);
			expect(plan(after, say(rule))).toEqual(NOTHING);
			const byHand = { ...after, employeeIdentifier: 'E-9' };
			expect(plan(byHand, say(rule)).body === null).toBe(rule !== 'always');
		},
	);
	it('is written as well when it changes in Humaans before it is free', () => {
		const account = createdFrom(say('always'), context);
		expect(plan(account, say('always', 'E-8')).body).toMatchObject({ employeeIdentifier: 'E-8' });
	});
	it('refused again although no account here has it: not tried again', () => {
		const account = createdFrom(say('always'), context);
		const { body } = plan(account, say('always'), {
			freeAgain: [...off],
			...refusing(off),
		});
		const after = applied(account, body);
		expect(after.employeeIdentifier).toBeUndefined();
		expect(plan(after, say('always'), { freeAgain: [...off] }).body).toBeNull();
	});
});
