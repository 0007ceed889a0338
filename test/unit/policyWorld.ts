/**
 * People, accounts and settings for tests of the policy, and a JumpCloud small enough to apply
 * decisions to.
 */
import { decide } from '../../nodes/core/policy/decide';
import { decideRun, type RunInput, type RunResult } from '../../nodes/core/policy/decideRun';
import { DEFAULT_SETTINGS, type PolicySettings } from '../../nodes/core/policy/settings';
import type { Case } from '../../nodes/core/policy/verdict';
import { contextOfDecision } from '../../nodes/core/account/decided';
import { withAttributes } from '../../nodes/core/account/link';
import { planCreate, planUpdate } from '../../nodes/core/account/plan';
import {
	stampAttribute,
	stampFor,
	stampOf,
	type StampReason,
} from '../../nodes/core/account/stamp';
import type {
	Account,
	AccountName,
	Decision,
	Desired,
	Evidence,
	Match,
	Person,
	Subject,
} from '../../nodes/core/subject';

export const NOW = new Date('2026-11-23T12:00:00.000Z');
export const ID = 'person00000000000000000a';
export const OTHER_ID = 'person00000000000000000b';
export const EMAIL = 'ana.silva@acme.example';

export const person = (patch: Partial<Person> = {}): Person => ({
	id: ID,
	status: 'active',
	firstName: 'Ana',
	lastName: 'Silva',
	email: EMAIL,
	personalEmail: 'ana@mail.example',
	employmentStartDate: '2024-01-15',
	employmentEndDate: null,
	lastWorkingDay: null,
	timezone: 'Europe/Lisbon',
	department: 'Sales',
	...patch,
});

export const desired = (
	attributes: Desired['attributes'] = {},
	patch: Partial<Desired> = {},
): Desired => {
	const all = { email: EMAIL, firstname: 'Ana', department: 'Sales', ...attributes };
	return {
		attributes: all,
		rules: {},
		usernames: ['ana.silva'],
		clearEmpty: false,
		problems: [],
		...patch,
	};
};

export const LINKED = [{ name: 'humaansId', value: ID }];
/** @param stamp `<ISO time> <reason>` */
export const stamped = (stamp: string) => [
	...LINKED,
	{ name: 'humaansDeprovisionedAt', value: stamp },
];

/** An account in step with `desired()`, linked and active. */
export const account = (patch: Partial<Account> = {}): Account => ({
	_id: 'account1',
	username: 'ana.silva',
	email: EMAIL,
	firstname: 'Ana',
	department: 'Sales',
	state: 'ACTIVATED',
	suspended: false,
	activated: true,
	admin: null,
	attributes: LINKED,
	...patch,
});
export const suspended = (patch: Partial<Account> = {}): Account =>
	account({
		state: 'SUSPENDED',
		suspended: true,
		attributes: stamped('2026-11-01T09:00:00.000Z leaving'),
		...patch,
	});
export const staged = (patch: Partial<Account> = {}): Account =>
	account({ state: 'STAGED', activated: false, ...patch });

export const matched = (patch: Partial<Match> = {}): Match => ({
	by: 'link',
	certain: true,
	candidates: [],
	...patch,
});

/** The account of `account()` as a match names it. */
export const named = (by: Evidence[], patch: Partial<AccountName> = {}): AccountName => ({
	...{ id: 'account1', username: 'ana.silva', email: EMAIL, employeeIdentifier: null },
	...{ state: 'ACTIVATED', linkedTo: null, by },
	...patch,
});
/** Found by what stands on it, and not linked. */
export const foundBy = (...by: Evidence[]): Match =>
	matched({
		by: by.includes('email') ? 'email' : 'employeeIdentifier',
		candidates: [named(by)],
		accountsInUse: 50,
	});

export function subject(patch: Partial<Subject> = {}): Subject {
	return {
		personId: ID,
		person: person(),
		complete: true,
		readAt: NOW.toISOString(),
		desired: desired(),
		account: account(),
		match: matched(),
		...patch,
	};
}

export const settings = (patch: Partial<PolicySettings> = {}): PolicySettings => ({
	...DEFAULT_SETTINGS,
	mode: 'apply',
	...patch,
});

export const decideOne = (
	patch: Partial<Subject> = {},
	set: Partial<PolicySettings> = {},
	facts: Partial<Case> = {},
): Decision =>
	decide({ subject: subject(patch), settings: settings(set), now: NOW, inScope: true, ...facts });

/** `action code`: what most tests look at. */
export const verdict = (
	patch: Partial<Subject> = {},
	set: Partial<PolicySettings> = {},
	facts: Partial<Case> = {},
): string => {
	const { action, code } = decideOne(patch, set, facts);
	return `${action} ${code}`;
};

/** Somebody with an account of their own, for runs over many. */
export function another(index: number, patch: Partial<Subject> = {}): Subject {
	const id = `person${String(index).padStart(18, '0')}`;
	const email = `p${index}@acme.example`;
	return subject({
		personId: id,
		person: person({ id, email }),
		desired: desired({ email }),
		account: account({
			_id: `account${index}`,
			username: `p${index}`,
			email,
			attributes: [{ name: 'humaansId', value: id }],
		}),
		...patch,
	});
}
export const leaver = (index: number, patch: Partial<Subject> = {}): Subject => {
	const one = another(index);
	return { ...one, person: { ...one.person!, status: 'offboarded' }, ...patch };
};

export const decideAll = (
	subjects: Subject[],
	set: Partial<PolicySettings> = {},
	input: Partial<RunInput> = {},
): RunResult =>
	decideRun({
		subjects,
		inScope: subjects.map(() => true),
		settings: settings(set),
		now: NOW,
		memory: {},
		...input,
	});

/** The subject after a write that did not change its account. */
export const cameBack = (
	before: Subject,
	decision: Decision,
	status: 'failed' | 'outdated',
): Subject => ({
	...{ ...before, decision },
	outcome: { action: decision.action, status, attempts: [], warnings: [] },
});

/** Why the decision suspends, as the writes note it. */
const stampReasonOf = ({ code }: Decision): StampReason =>
	code === 'scope.left' ? 'scope' : 'leaving';

/**
 * The subject after JumpCloud did what was decided; refuses what JumpCloud or this package's writes
 * would refuse.
 */
export function apply(before: Subject, decision: Decision, now: Date): Subject {
	const { account: old = null, personId, person: who, desired: wanted } = before;
	const done = (now_: Account | null): Subject => ({
		...before,
		decision,
		account: now_,
		match: matched({ by: now_ ? 'link' : null, accountsInUse: 50 }),
		outcome: { action: decision.action, status: 'applied', attempts: [], warnings: [] },
	});
	switch (decision.action) {
		case 'create': {
			if (old) throw new Error('There is an account already.');
			const context = { personId: personId!, companyId: who?.companyId };
			return done({
				_id: 'account9',
				email: '',
				activated: false,
				admin: null,
				...planCreate(wanted!, wanted!.usernames[0]!, context),
			} as unknown as Account);
		}
		case 'activate':
			if (old?.state !== 'STAGED') throw new Error('Only a staged account is activated.');
			return done({ ...old, state: 'ACTIVATED', suspended: false });
		case 'update': {
			const { body } = planUpdate(old!, wanted!, contextOfDecision(before, decision));
			if (!body) throw new Error('There is nothing to update.');
			return done({ ...old!, ...body } as Account);
		}
		case 'reactivate':
			if (!old?.suspended) throw new Error('Only a suspended account is reactivated.');
			return done({
				...old,
				state: 'ACTIVATED',
				suspended: false,
				attributes: withAttributes(old, stampAttribute(null)),
			});
		case 'deprovision': {
			const reason = stampReasonOf(decision);
			if (!old || (old.suspended && stampOf(old)?.reason === reason)) {
				throw new Error('There is nothing to suspend.');
			}
			const stamp = stampFor(old, reason, now, old.suspended === true);
			return done({
				...old,
				state: 'SUSPENDED',
				suspended: true,
				attributes: withAttributes(old, stampAttribute(stamp)),
			});
		}
		case 'delete':
			if (!old) throw new Error('There is nothing to delete.');
			return done(null);
		default:
			return { ...before, decision };
	}
}
