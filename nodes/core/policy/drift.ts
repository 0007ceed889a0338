import { linkOf } from '../account/link';
import type { Account, Match } from '../subject';
import { planUpdate, type SyncPlan } from '../account/changes';
import { review, type Case, type Verdict } from './verdict';

const NO_PLAN: SyncPlan = { changes: [], warnings: [], body: null };
/** The rules ask one after another about the same case. */
let last: { facts: Case; plan: SyncPlan } | null = null;

/** What would change on the account; worked out once a case. */
export function planOf(facts: Case): SyncPlan {
	const { desired, account, personId, match } = facts.subject;
	if (!desired || !account || !personId) return NO_PLAN;
	if (last?.facts !== facts)
		last = {
			facts,
			plan: planUpdate(account, desired, { personId, managerAccountId: match!.managerAccountId }),
		};
	return last.plan;
}

const warningsOf = (facts: Case): string[] => [
	...planOf(facts).warnings,
	...facts.subject.desired!.problems.map((problem) => problem.message),
];

/** A linked account that is out of step, or null. */
export function driftOf(facts: Case): Verdict | null {
	const { changes } = planOf(facts);
	if (changes.length === 0) return null;
	return {
		action: 'update',
		code: 'drift',
		reason: `Out of step with Humaans: ${changes.map((change) => change.attribute).join(', ')}.`,
		changes,
		warnings: warningsOf(facts),
	};
}

/** A work e-mail is one person's; an employee ID is typed in by hand. */
const isByEmployeeIdAlone = (match: Match, account: Account): boolean =>
	match.by === 'employeeIdentifier' &&
	!match.candidates.find(({ id }) => id === account._id)?.by.includes('email');

/** Adoption and drift: the account is linked and in step before anything else is done with it. */
export function fieldsRule(facts: Case): Verdict | null {
	const { subject, settings } = facts;
	if (!subject.desired)
		return review(
			'desired.missing',
			'Nobody said what the account should hold. Put Field Mapper before the policy.',
		);
	const account = subject.account!;
	// Updates may be switched off while activation goes on.
	if (linkOf(account) !== null)
		return settings.actionsAllowed.includes('update') ? driftOf(facts) : null;
	const warnings = warningsOf(facts);
	const { match, person } = subject;
	if (isByEmployeeIdAlone(match!, account) && person?.readAlone === true) {
		const why =
			`The account ${account.username} has the same employee ID and another e-mail, and only ` +
			'this person was read: somebody else could have that ID too. Run a workflow that reads ' +
			'everybody, such as Reconcile.';
		return { ...review('adopt.notSure', why, 'update'), warnings };
	}
	const { changes } = planOf(facts);
	const by = match!.by === 'employeeIdentifier' ? 'employee ID' : 'work e-mail';
	const reason = `The account ${account.username} has the same ${by} and is not linked to anybody.`;
	return settings.existingAccounts === 'review'
		? { ...review('adopt.review', reason, 'update'), warnings }
		: { action: 'update', code: 'adopt', reason, changes, warnings };
}
