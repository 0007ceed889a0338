/** A list of accounts asks for fields by name: what is read and not named would always be empty. */
import { ACCOUNT_FIELDS } from '../../nodes/core/account/accountFields';
import { parseAccountRow } from '../../nodes/core/account/accountRow';
import { ATTRIBUTES } from '../../nodes/core/account/attributes';
import { basisOf } from '../../nodes/core/account/basis';
import { DEPROVISIONED_AT, INVITE, LINK } from '../../nodes/core/account/link';
import { planUpdate } from '../../nodes/core/account/plan';
import { parseSlot, readSlot } from '../../nodes/core/account/slots';
import { indexAccounts } from '../../nodes/core/matching/accountIndex';
import { matchAll } from '../../nodes/core/matching/match';
import { FIELDS } from '../../nodes/core/mapping/fields';
import { reminderFor } from '../../nodes/core/policy/reminder';
import type { Account, Person, SlotValue, Subject } from '../../nodes/core/subject';
import { personIdOf } from '../harness/personIds';
import { execute } from './policyContext';
import { wanted } from './syncWorld';

const ANA = personIdOf('ana');
const NOW = new Date('2026-11-24T09:00:00Z');

/** Fields of any account that something has asked for. */
const read = new Set<string>();
const watching: ProxyHandler<Account> = {
	get(account, name) {
		if (typeof name === 'string' && name !== 'toJSON') read.add(name);
		return account[name as string];
	},
	has(account, name) {
		if (typeof name === 'string') read.add(name);
		return name in account;
	},
};

const custom = (values: Record<string, string>) =>
	Object.entries(values).map(([name, value]) => ({ name, value }));

function* accounts(): Generator<Account> {
	const row: Account = {
		...{ _id: 'a', username: 'ana', email: 'ana@acme.example', firstname: 'Ana' },
		...{ lastname: 'Silva', activated: false, organization: 'o', phoneNumbers: [], addresses: [] },
	};
	const mine = { [LINK]: ANA, [INVITE]: '0' };
	const stamp = { [DEPROVISIONED_AT]: '2026-11-01T09:00:00.000Z leaving' };
	for (const state of ['STAGED', 'ACTIVATED', 'SUSPENDED'] as const) {
		for (const values of [{}, mine, { ...mine, ...stamp }]) {
			for (const extra of [{}, { admin: { id: 'x' } }, { externally_managed: true }]) {
				const suspended = state === 'SUSPENDED';
				yield { ...row, state, suspended, attributes: custom(values), ...extra };
			}
		}
	}
}

function* people(): Generator<Subject> {
	const person: Person = {
		...{ id: ANA, status: 'active', email: 'ana@acme.example', employeeId: 'E-1' },
		...{ firstName: 'Ana', lastName: 'Silva', employmentStartDate: '2026-01-05' },
	};
	const rest = { personId: ANA, complete: true, readAt: NOW.toISOString() };
	yield { ...rest, person: null };
	for (const status of ['active', 'newHire', 'offboarded'] as const) {
		yield { ...rest, person: { ...person, status, employmentEndDate: '2026-11-20' } };
		yield { ...rest, person: { ...person, status } };
	}
}

/** Every value that can be mapped. */
const everything = wanted(
	Object.fromEntries(
		ATTRIBUTES.map(({ slot, kind }): [string, SlotValue] => [
			slot,
			kind === 'address' ? { locality: 'Rome' } : slot === 'manager' ? personIdOf('boss') : 'new',
		]),
	),
);

it('nothing else of an account is read by matching, mapping, policy and reminders', async () => {
	for (const account of accounts()) {
		const watched = parseAccountRow(new Proxy(account, watching))!;
		for (const subject of people()) {
			const decided = { ...subject, desired: everything };
			const index = indexAccounts([watched], new Set(['company']));
			const [verdict] = matchAll([decided], index, { by: ['email', 'employeeIdentifier'] });
			const matched = { ...decided, ...verdict, account: watched };
			basisOf(watched, 'protects');
			planUpdate(watched, everything, { personId: ANA, managerAccountId: 'm' });
			for (const mode of ['apply', 'review']) {
				await execute({ subjects: [matched], parameters: { mode } });
			}
			const { personId, person } = subject;
			const about = { account: watched, personId, person, isProtected: false };
			reminderFor(about, { mode: 'apply', firstAfterDays: 1, daysBetween: 1, atMost: 2 }, NOW);
		}
	}
	expect([...read].filter((name) => !ACCOUNT_FIELDS.includes(name))).toEqual([]);
	expect(read.size).toBeGreaterThan(15);
});

it('each place that can be filled is among them', () => {
	for (const { slot } of [...FIELDS, ...ATTRIBUTES]) {
		expect(ACCOUNT_FIELDS).toContain(parseSlot(slot).root);
	}
});

it('a field that is not among them would be found out', () => {
	read.clear();
	const [account] = accounts();
	readSlot(new Proxy(account!, watching), 'nickname');
	expect([...read]).toEqual(['nickname']);
	expect(ACCOUNT_FIELDS).not.toContain('nickname');
});
