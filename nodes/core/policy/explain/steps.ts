import { isWriteAction } from '../../actions';
import { DEPROVISIONED_AT, stateOf, withAttributes } from '../../account/link';
import { contextOfDecision } from '../../account/decided';
import { planCreate, planUpdate } from '../../account/plan';
import { stampAttribute, stampFor } from '../../account/stamp';
import { isEmail } from '../../email';
import type { Would } from '../../decision';
import type { Account, Decision, Step, Subject } from '../../subject';
import { decide } from '../decide';
import { MAX_STEPS } from '../settings';
import type { Case } from '../verdict';

/** Whoever gets a mail has an address. */
export const isInvite = ({ invite }: Pick<Step, 'invite'>): boolean =>
	invite?.recipients.some(({ address }) => isEmail(address)) ?? false;

/** A chain of writes in short. */
export const chainInShort = ({ steps, end }: Ahead): Would => ({
	actions: steps.map(({ action }) => action).filter(isWriteAction),
	changes: steps.flatMap(({ changes }) => changes),
	invites: steps.some(isInvite),
	end: end.action,
	...(end.dueAt ? { dueAt: end.dueAt } : {}),
});

const stepOf = ({ action, code, reason, changes, invite, trace }: Decision): Step => ({
	...{ action, code, reason, changes },
	...(invite ? { invite } : {}),
	...(trace ? { trace } : {}),
});

/**
 * What was done for this person in this run: the writes before, and the one that was decided last
 * and came back with an outcome.
 */
export function historyOf({ decision, outcome }: Subject): Step[] {
	if (!decision) return [];
	const before = decision.history ?? [];
	const isDone = outcome !== undefined && isWriteAction(decision.action);
	return isDone ? [...before, { ...stepOf(decision), outcome }] : before;
}

/** The account as it would be after a write that does what it says; null: there is none. */
export function accountAfter(subject: Subject, decision: Decision, now: Date): Account | null {
	const { account = null, desired } = subject;
	const context = contextOfDecision(subject, decision);
	switch (decision.action) {
		case 'create': {
			// A creation writes all values, and names none of them as a change.
			const body = planCreate(desired!, desired!.usernames[0] ?? '', {
				...context,
				only: undefined,
			});
			return { _id: '', activated: false, ...body } as unknown as Account;
		}
		case 'activate':
			return { ...account!, state: 'ACTIVATED', suspended: false };
		case 'update': {
			return { ...account!, ...planUpdate(account!, desired!, context).body } as Account;
		}
		case 'reactivate': {
			const attributes = withAttributes(account!, { [DEPROVISIONED_AT]: null });
			return { ...account!, state: 'ACTIVATED', suspended: false, attributes };
		}
		case 'deprovision': {
			const wasSuspended = stateOf(account!) === 'SUSPENDED';
			const reason = decision.code === 'scope.left' ? 'scope' : 'leaving';
			const stamp = stampAttribute(stampFor(account!, reason, now, wasSuspended));
			const attributes = withAttributes(account!, stamp);
			return { ...account!, state: 'SUSPENDED', suspended: true, attributes };
		}
		case 'delete':
			return null;
		default:
			return account;
	}
}

/** The subject as it would be after a write that does what it says. */
export function afterwards(subject: Subject, decision: Decision, now: Date): Subject {
	const account = accountAfter(subject, decision, now);
	return {
		...{ ...subject, decision, account },
		match: { ...subject.match, by: account ? 'link' : null, certain: true, candidates: [] },
		outcome: { action: decision.action, status: 'applied', attempts: [], warnings: [] },
	};
}

export interface Ahead {
	/** The writes, in order. */
	steps: Step[];
	/** The decision after the last of them. */
	end: Decision;
}

/**
 * What would be done one after the other if *Mode* were *Apply*, each write doing what it says. The
 * limits are not looked at.
 */
export function aheadOf(facts: Case): Ahead {
	const settings = { ...facts.settings, mode: 'apply' as const };
	const steps: Step[] = [];
	let { subject } = facts;
	for (;;) {
		const end = decide({ ...facts, subject, settings });
		if (!isWriteAction(end.action) || steps.length > MAX_STEPS) return { steps, end };
		steps.push(stepOf(end));
		subject = afterwards(subject, end, facts.now);
	}
}
