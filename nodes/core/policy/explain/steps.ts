import { WRITE_ACTIONS, type ActionId, type WriteActionId } from '../../actions';
import { DEPROVISIONED_AT, withAttributes } from '../../account/link';
import type { Account, Decision, Step, Subject } from '../../subject';
import { planCreate, planUpdate } from '../../account/changes';
import { decide } from '../decide';
import { MAX_STEPS } from '../settings';
import type { Case } from '../verdict';

const isWrite = (action: ActionId): action is WriteActionId =>
	(WRITE_ACTIONS as readonly ActionId[]).includes(action);

const stepOf = ({ action, code, reason, changes, invite, trace }: Decision): Step => ({
	action,
	code,
	reason,
	changes,
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
	return outcome && isWrite(decision.action)
		? [...before, { ...stepOf(decision), outcome }]
		: before;
}

/** The subject as it would be after a write that does what it says. */
function afterwards(subject: Subject, decision: Decision, now: Date): Subject {
	const { account = null, desired, personId, match } = subject;
	const context = { personId: personId!, managerAccountId: match?.managerAccountId };
	const withAccount = (next: Account | null): Subject => ({
		...subject,
		decision,
		account: next,
		match: { ...match, by: next ? 'link' : null, certain: true, candidates: [] },
		outcome: { action: decision.action, status: 'applied', attempts: [], warnings: [] },
	});
	switch (decision.action as WriteActionId) {
		case 'create':
			return withAccount({
				_id: '',
				activated: false,
				...planCreate(desired!, desired!.usernames[0] ?? '', context),
			} as unknown as Account);
		case 'activate':
			return withAccount({ ...account!, state: 'ACTIVATED', suspended: false });
		case 'update':
			return withAccount({ ...account!, ...planUpdate(account!, desired!, context).body });
		case 'reactivate':
			return withAccount({
				...account!,
				state: 'ACTIVATED',
				suspended: false,
				attributes: withAttributes(account!, { [DEPROVISIONED_AT]: null }),
			});
		case 'deprovision':
			return withAccount({
				...account!,
				state: 'SUSPENDED',
				suspended: true,
				attributes: withAttributes(account!, { [DEPROVISIONED_AT]: now.toISOString() }),
			});
		case 'delete':
			return withAccount(null);
	}
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
		if (!isWrite(end.action) || steps.length > MAX_STEPS) return { steps, end };
		steps.push(stepOf(end));
		subject = afterwards(subject, end, facts.now);
	}
}
