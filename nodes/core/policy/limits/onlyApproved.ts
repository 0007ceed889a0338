/** *Only Approved Plans*: a run in which nothing is done but the actions of an approved plan. */
import { isAdoption, isOwnAttribute } from '../../account/link';
import { isWriteAction } from '../../actions';
import type { Decision } from '../../subject';
import { notBegun } from '../decide';
import type { PolicySettings } from '../settings';
import { held, onlyShown } from '../verdict';
import { newEmailOf } from './kinds';

const CODE = 'plan.notApproved';
const WHY = 'Only approved plans are carried out here, and this is part of none.';

/**
 * An id of a plan names the accounts, their people, their links and their new work emails. So the
 * update of an email changes nothing else: what was approved is what is done. Where it also links
 * the account, the reason says so and why the account fits.
 */
export function withEmailAlone(decision: Decision): Decision {
	if (newEmailOf(decision) === null) return decision;
	const changes = decision.changes.filter(
		({ attribute }) => attribute === 'email' || isOwnAttribute(attribute),
	);
	if (isAdoption(changes)) {
		const reason = `${decision.reason} It gets the new work email, and is linked to this person.`;
		return { ...decision, changes, reason };
	}
	if (changes.length === decision.changes.length) return decision;
	return { ...decision, changes, reason: 'Out of step with Humaans: Work Email.' };
}

/**
 * What is left of a decision after the limits:
 *
 *   let through under an approved plan   as it is; with Mode: Review Everything Needs Review
 *   held by a limit, or no write         as it is
 *   another write                        No Action: other workflows do it
 *   a wait                               No Action: it is only not begun
 */
export function onlyApproved(decision: Decision, mode: PolicySettings['mode']): Decision {
	if (decision.approvedPlan !== undefined) {
		return mode === 'apply' ? decision : onlyShown(decision);
	}
	if (decision.action === 'waitUntilDue') return notBegun(decision);
	if (!isWriteAction(decision.action)) return decision;
	const { trace } = decision;
	const tried = trace ? { trace: [...trace, { rule: 'approved plans', code: CODE }] } : {};
	return { ...held(decision, CODE, WHY), action: 'noAction', ...tried };
}
