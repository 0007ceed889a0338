/**
 * Every combination of person, account, match and settings that the exhaustive tests walk through.
 */
import type { PolicySettings } from '../../nodes/core/policy/settings';
import type { InScope } from '../../nodes/core/policy/verdict';
import { WRITE_ACTIONS } from '../../nodes/core/actions';
import type { Account, Evidence, Match, Person, Subject } from '../../nodes/core/subject';
import {
	EMAIL,
	ID,
	LINKED,
	NOW,
	OTHER_ID,
	account,
	desired,
	foundBy,
	matched,
	named,
	person,
	settings,
	staged,
	stamped,
	suspended,
} from './policyWorld';

/**
 * Noon UTC of the 23rd is 01:00 of the 24th in Auckland: dates are compared as texts with this day,
 * with no calendar needed.
 */
export const ZONE = 'Pacific/Auckland';
export const TODAY = '2026-11-24';

export const STARTS = {
	past: '2024-01-15',
	today: TODAY,
	tomorrow: '2026-11-25',
	far: '2027-02-01',
	missing: null,
	impossible: '2026-02-30',
} as const;
export const ENDS = {
	none: null,
	past: '2026-10-31',
	yesterday: '2026-11-23',
	today: TODAY,
	future: '2026-12-31',
	onStart: 'start',
	beforeStart: '2020-05-31',
	impossible: '2026-13-01',
} as const;
export const LAST_WORKING_DAYS = {
	none: null,
	onStart: 'start',
	yesterday: '2026-11-23',
	future: '2026-12-15',
} as const;

export interface PersonState {
	name: string;
	person?: Person | null;
	/** A work email that Field Mapper made. */
	made?: string;
	problem?: string;
}

function* people(): Generator<PersonState> {
	yield { name: 'gone', person: null };
	yield { name: 'missing' };
	yield {
		name: 'unreadable',
		problem: 'Humaans returned a person this package cannot read (check: status).',
	};
	for (const status of ['active', 'newHire', 'offboarded'] as const) {
		const one = (patch: Partial<Person>) => person({ status, timezone: ZONE, ...patch });
		yield {
			name: `${status}, shares the work email with a stranger`,
			person: one({ sharesWorkEmailWith: [OTHER_ID] }),
		};
		yield {
			name: `${status}, shares the work email and a name`,
			person: one({ sharesWorkEmailWith: [OTHER_ID], sameNameAndEmailAs: [OTHER_ID] }),
		};
		yield {
			name: `${status}, same employee ID as another`,
			person: one({ sharesEmployeeIdWith: [OTHER_ID] }),
		};
		yield {
			name: `${status}, read alone`,
			person: one({ sharesWorkEmailWith: [], readAlone: true }),
		};
		yield { name: `${status}, no email`, person: one({ email: null }) };
		yield { name: `${status}, an email that was made`, person: one({ email: null }), made: EMAIL };
		yield { name: `${status}, of another company's token`, person: one({ companyId: 'company1' }) };
		for (const [startName, start] of Object.entries(STARTS)) {
			for (const [endName, end] of Object.entries(ENDS)) {
				for (const [lastName, last] of Object.entries(LAST_WORKING_DAYS)) {
					const isPair = ['none', 'future'].includes(endName);
					if (lastName !== 'none' && !isPair) continue;
					const employmentEndDate = end === 'start' ? start : end;
					const lastWorkingDay = last === 'start' ? start : last;
					yield {
						name: `${status}, start ${startName}, end ${endName}, last ${lastName}`,
						person: person({
							status,
							timezone: ZONE,
							employmentStartDate: start,
							employmentEndDate,
							lastWorkingDay,
						}),
					};
				}
			}
		}
	}
}
export const PEOPLE: readonly PersonState[] = [...people()];

export interface AccountState {
	name: string;
	account: Account | null;
	match: Match;
}
const ACCOUNTS: Record<string, Account> = {
	staged: staged(),
	'active with a password': account(),
	'active without a password': account({ activated: false }),
	'suspended by us': suspended(),
	'suspended by us long ago, never activated': suspended({
		activated: false,
		attributes: stamped('2026-01-01T00:00:00.000Z leaving'),
	}),
	'suspended by us for the scope, long ago': suspended({
		attributes: stamped('2026-01-01T00:00:00.000Z scope'),
	}),
	'suspended by us, came back, left to a person': suspended({
		attributes: stamped('2026-01-01T00:00:00.000Z returned'),
	}),
	'suspended by others': suspended({ attributes: LINKED }),
	'an administrator’s': account({ admin: { id: 'a' } }),
	'a suspended administrator’s': suspended({ admin: { id: 'a' } }),
	'on the list, by its name of then': account({
		username: 'renamed',
		attributes: [...LINKED, { name: 'humaansProtectedAs', value: 'ana.silva' }],
	}),
	'with the protecting attribute': account({
		attributes: [...LINKED, { name: 'breakGlass', value: 'yes' }],
	}),
	'restricted and out of step': account({
		department: 'Legal',
		restrictedFields: [{ field: 'department' }],
	}),
	'out of step': account({ department: 'Legal' }),
	'with another email': account({ email: 'old@acme.example' }),
};
const CONFLICTS = ['twoCandidates', 'twoClaimants'] as const;
const unlinked = (one: Account): Account => ({
	...one,
	attributes: one.attributes!.filter(({ name }) => name !== 'humaansId'),
});
const foreign = (one: Account): Account => ({
	...one,
	attributes: one.attributes!.map((attribute) =>
		attribute.name === 'humaansId' ? { ...attribute, value: OTHER_ID } : attribute,
	),
});

/** What can speak for an account that nobody is linked to. */
export const EVIDENCE: readonly Evidence[][] = [
	['email'],
	['employeeIdentifier'],
	['employeeIdentifier', 'name'],
	['email', 'employeeIdentifier', 'name'],
];

export const ACCOUNT_STATES: readonly AccountState[] = [
	{ name: 'none', account: null, match: matched({ by: null, accountsInUse: 50 }) },
	{
		name: 'none, and the email is somebody’s',
		account: null,
		match: matched({ by: null, emailHeldBy: [named([], { linkedTo: OTHER_ID })] }),
	},
	...CONFLICTS.map(
		(conflict): AccountState => ({
			name: conflict,
			account: null,
			match: matched({
				...{ by: null, certain: false, conflict, claimants: [ID, OTHER_ID] },
				candidates: [named(['email'])],
			}),
		}),
	),
	{
		name: 'not looked for everywhere',
		account: null,
		match: matched({ by: null, certain: false }),
	},
	...Object.entries(ACCOUNTS).flatMap(([name, one]): AccountState[] => [
		{ name: `${name}, linked`, account: one, match: matched({ accountsInUse: 50 }) },
		...EVIDENCE.map((by) => ({
			name: `${name}, not linked, by ${by.join(' and ')}`,
			account: unlinked(one),
			match: foundBy(...by),
		})),
	]),
	{
		name: 'linked, the only one that was read',
		account: account(),
		match: matched(),
	},
	{ name: 'linked to another', account: foreign(account()), match: foundBy('email') },
];

export interface Setting {
	settings: PolicySettings;
	inScope: InScope;
	complete: boolean;
}
const TRIGGERS = ['immediately', 'onStartDate', 'never'] as const;
const WHENS = [
	['offboarded', 'deleted'],
	['offboarded', 'deleted', 'lastDay'],
	['lastDay'],
	[],
] as const;
const HOWS = ['suspend', 'delete', 'suspendThenDelete', 'review'] as const;
const SCOPES: ReadonlyArray<[InScope, 'leave' | 'suspend']> = [
	[true, 'leave'],
	[false, 'leave'],
	[false, 'suspend'],
	[{ unknown: 'department was not read.' }, 'suspend'],
];
/** Taken in turn, so that each meets each of the others. */
const TURNS: ReadonlyArray<Partial<PolicySettings> & { complete?: false }> = [
	{},
	{ rehire: 'review' },
	{ existingAccounts: 'review' },
	{ protectedAccounts: new Set(['ana.silva']) },
	{ createDaysBefore: 14 },
	{ mode: 'review' },
	{ actionsAllowed: WRITE_ACTIONS.filter((action) => action !== 'update') },
	{ actionsAllowed: ['deprovision', 'delete'] },
	{ sendInvite: false },
	{ complete: false },
	{ protectedAttribute: 'breakGlass' },
	{ lastDayToCome: 'deprovision' },
	{ lastDayToCome: 'review' },
	{ activateNewHires: true },
	{ apiKeyOwner: EMAIL.toUpperCase() },
	{ protectedAccounts: new Set(['account1']) },
	{ actionsAllowed: WRITE_ACTIONS.filter((action) => action !== 'activate') },
];

export const SETTINGS: readonly Setting[] = TRIGGERS.flatMap((activationTrigger) =>
	WHENS.flatMap((deprovisionWhen) =>
		HOWS.flatMap((deprovisionHow) =>
			SCOPES.map(([inScope, outOfScope], scope): Setting => {
				const turn =
					TRIGGERS.indexOf(activationTrigger) * 5 +
					WHENS.indexOf(deprovisionWhen) * 3 +
					HOWS.indexOf(deprovisionHow) +
					scope * 2;
				const { complete = true, ...extra } = TURNS[turn % TURNS.length]!;
				return {
					settings: settings({
						activationTrigger,
						deprovisionWhen,
						deprovisionHow,
						outOfScope,
						...extra,
					}),
					inScope,
					complete,
				};
			}),
		),
	),
);

/**
 * Leaves out what makes the rules easy to say: for the chains, in which everything is allowed and
 * complete.
 */
export const PLAIN_SETTINGS: readonly Setting[] = TRIGGERS.flatMap((activationTrigger) =>
	WHENS.flatMap((deprovisionWhen) =>
		HOWS.flatMap((deprovisionHow) =>
			SCOPES.slice(0, 3).map(
				([inScope, outOfScope]): Setting => ({
					settings: settings({ activationTrigger, deprovisionWhen, deprovisionHow, outOfScope }),
					inScope,
					complete: true,
				}),
			),
		),
	),
);

export const subjectFor = (who: PersonState, what: AccountState, complete: boolean): Subject => ({
	personId: ID,
	...('person' in who ? { person: who.person } : {}),
	...(who.problem ? { problem: who.problem } : {}),
	complete,
	readAt: NOW.toISOString(),
	...(who.person ? { desired: desired({ email: who.made ?? who.person.email ?? null }) } : {}),
	account: what.account,
	match: what.match,
});

export interface Combination {
	who: PersonState;
	what: AccountState;
	setting: Setting;
}

/**
 * One in `every` of all combinations, so that any two of person, account and settings still meet.
 */
export function* combinations(
	settingsOfAll: readonly Setting[],
	every: number,
): Generator<Combination> {
	for (const [p, who] of PEOPLE.entries()) {
		for (const [a, what] of ACCOUNT_STATES.entries()) {
			for (let s = (p + a) % every; s < settingsOfAll.length; s += every)
				yield { who, what, setting: settingsOfAll[s]! };
		}
	}
}
