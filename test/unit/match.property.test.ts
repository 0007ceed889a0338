/** Whose account is which, whatever people type: what must hold of any people and any accounts. */
import fc from 'fast-check';
import { indexAccounts } from '../../nodes/core/matching/accountIndex';
import { matchAll } from '../../nodes/core/matching/match';
import type { Account, Person, Subject } from '../../nodes/core/subject';
import { account, subject } from './matchWorld';
import { wanted } from './syncWorld';

const match = (people: Subject[], accounts: Account[]) =>
	matchAll(people, indexAccounts(accounts), { by: ['employeeIdentifier', 'email'] });
const idsOf = (found: ReturnType<typeof match>) => found.map((one) => one.account?._id ?? null);

describe('whatever is typed', () => {
	const NAMES = ['p', 'q', 'r', 's'] as const;
	const typedEmail = fc.constantFrom(
		...['a@acme.example', 'A@ACME.example', 'a@acme.example\u200b', 'b@acme.example', '', 'x'],
	);
	const typedId = fc.constantFrom('E1', 'E1\u200e', ' E1', 'E2', 'TBC', '', '0');
	const word = fc.constantFrom('Ana', 'ana', 'Ána', 'Silva', 'Ory', '', '王');
	const person = fc
		.record({
			name: fc.constantFrom(...NAMES),
			status: fc.constantFrom('active', 'newHire', 'offboarded') as fc.Arbitrary<Person['status']>,
			email: fc.option(typedEmail),
			employeeId: fc.option(typedId),
			...{ firstName: fc.option(word), lastName: fc.option(word) },
			gone: fc.boolean(),
			made: fc.option(typedEmail),
		})
		.map(({ name, gone, made, ...typed }): Subject => {
			const desired = made === null ? {} : { desired: wanted({ email: made }) };
			const one = subject(name, typed);
			return gone ? { ...one, person: null } : { ...one, ...desired };
		});
	const anyAccount = fc.record({
		link: fc.option(fc.constantFrom(...NAMES, 'somebody'), { nil: undefined }),
		email: typedEmail,
		alternateEmail: fc.option(typedEmail),
		employeeIdentifier: fc.option(typedId),
		...{ firstname: fc.option(word), lastname: fc.option(word) },
		state: fc.constantFrom('ACTIVATED', 'STAGED', 'SUSPENDED') as fc.Arbitrary<Account['state']>,
	});
	const world = fc.record({
		people: fc.array(person, { maxLength: 6 }),
		accounts: fc
			.array(anyAccount, { maxLength: 6 })
			.map((all) => all.map((one, at) => account(`id${at}`, one as Partial<Account>))),
	});
	const linkOfAccount = (one: Account) => one.attributes![0]?.value ?? null;

	it('S2, F3: an account linked to one is never given to another, and the owner always has it', () => {
		fc.assert(
			fc.property(world, ({ people, accounts }) => {
				match(people, accounts).forEach(({ account: given, match: found }, at) => {
					const { personId } = people[at]!;
					const own = accounts.filter((one) => linkOfAccount(one) === personId);
					if (given) expect([null, personId]).toContain(linkOfAccount(given));
					if (own.length === 1) expect(given).toBe(own[0]);
					if (own.length > 1) expect(found.conflict).toBe('twoCandidates');
					// Nobody who is gone is given an account by a typed value.
					if (given && people[at]!.person === null) expect(found.by).toBe('link');
				});
			}),
			{ numRuns: 3_000 },
		);
	});
	it('two people are never given one account', () => {
		fc.assert(
			fc.property(world, ({ people, accounts }) => {
				const owners = new Map<string, Set<string>>();
				match(people, accounts).forEach(({ account: given }, at) => {
					if (!given) return;
					const known = owners.get(given._id) ?? new Set();
					owners.set(given._id, known.add(people[at]!.personId!));
				});
				for (const known of owners.values()) expect(known.size).toBe(1);
			}),
			{ numRuns: 3_000 },
		);
	});
	it('the order of people and accounts never changes an answer', () => {
		fc.assert(
			fc.property(world, ({ people, accounts }) => {
				const there = match(people, accounts);
				const back = match([...people].reverse(), [...accounts].reverse()).reverse();
				expect(idsOf(back)).toEqual(idsOf(there));
				expect(back.map((one) => one.match.conflict)).toEqual(
					there.map((one) => one.match.conflict),
				);
			}),
			{ numRuns: 2_000 },
		);
	});
	it('S4: no address is free for a creation that an account holds', () => {
		fc.assert(
			fc.property(world, ({ people, accounts }) => {
				match(people, accounts).forEach(({ account: given, match: found }, at) => {
					const email = people[at]!.desired?.attributes.email;
					if (given || typeof email !== 'string' || !email || !people[at]!.person) return;
					const plain = (text: unknown) =>
						String(text ?? '')
							.replace(/\u200b/g, '')
							.toLowerCase();
					const holders = accounts.filter((one) =>
						[one.email, one.alternateEmail].some((held) => plain(held) === plain(email)),
					);
					const named = [...found.candidates, ...(found.emailHeldBy ?? [])].map(({ id }) => id);
					expect(named).toEqual(expect.arrayContaining(holders.map(({ _id }) => _id)));
				});
			}),
			{ numRuns: 2_000 },
		);
	});
});
