/** What is left of the plans that were approved. */
import { stateOf } from '../../account/link';
import type { Subject } from '../../subject';
import { lasts, type Approval, type Approvals } from './approval';
import { KINDS, actionOfKind, type LimitKind } from './kinds';

const UNDONE: readonly string[] = ['failed', 'outdated'];

const eachApproval = (
	approvals: Approvals,
	to: (one: Approval, id: string) => Approval,
): Approvals => Object.fromEntries(Object.entries(approvals).map(([id, one]) => [id, to(one, id)]));

const withoutAll = (left: Approval['left'], goes: (accountId: string, key: string) => boolean) =>
	Object.fromEntries(Object.entries(left).filter(([id, key]) => !goes(id, key)));

/** An action that went out under an approved plan, and came back undone. */
interface Undone {
	/** Of the plan. */
	id: string;
	accountId: string;
	key: string;
}

function undoneOf(subject: Subject): Undone[] {
	const { decision, outcome } = subject;
	const id = decision?.approvedPlan;
	if (!decision || id === undefined || !UNDONE.includes(outcome?.status ?? '')) return [];
	return KINDS.flatMap((kind) => {
		const action = actionOfKind(kind, decision, subject);
		return action ? [{ id, ...action }] : [];
	});
}

/**
 * At the beginning of a pass: without plans whose 24 hours are over, without accounts that lost their
 * access in another way, and with the writes that came back undone.
 */
export function leftOf(approvals: Approvals, subjects: readonly Subject[], now: Date): Approvals {
	const lasting = Object.entries(approvals).filter(([id]) => lasts(id, now));
	const suspended = new Set(
		subjects.flatMap(({ account }) =>
			account && stateOf(account) === 'SUSPENDED' ? [account._id] : [],
		),
	);
	const undone = subjects.flatMap(undoneOf);
	return eachApproval(Object.fromEntries(lasting), ({ code, left }, id) => {
		const isDone = (accountId: string) =>
			code === 'limit.deprovisioning' && suspended.has(accountId);
		const back = undone.filter((one) => one.id === id).map((one) => [one.accountId, one.key]);
		return {
			code,
			left: { ...withoutAll(left, isDone), ...(Object.fromEntries(back) as Approval['left']) },
		};
	});
}

/**
 * After actions were let through, under a plan or within the limit: they are done, whichever plan
 * they were part of.
 */
export function withoutLetThrough(
	approvals: Approvals,
	keys: readonly string[],
	{ code, under }: { code: LimitKind; under: string | null },
): Approvals {
	const gone = new Set(keys);
	const rest = eachApproval(approvals, (one) => ({
		...one,
		left: withoutAll(one.left, (_, key) => gone.has(key)),
	}));
	return under === null || rest[under] ? rest : { ...rest, [under]: { code, left: {} } };
}
