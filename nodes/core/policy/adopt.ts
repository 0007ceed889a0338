import { linkOf, stateOf } from '../account/link';
import type { Account } from '../subject';
import { planOf, planWarnings } from './drift';
import { evidenceOf, howToLink } from './preconditions';
import { protectionOf } from './protection';
import { adoptsAnother } from './sameHuman';
import { review, type Case, type Verdict } from './verdict';

/**
 * Which account that is linked to nobody becomes a person's:
 *
 *   evidence                  adopted when
 *   work email                Humaans has it for this person alone, and name, personal email or
 *                             employee ID does not say that it is somebody else's
 *   employee ID and name      Humaans has the ID for this person alone, and everybody was read
 *   employee ID alone         never: a typed number is no identity
 *
 * And never an administrator's or a protected account, nor one that somebody staged or suspended.
 */
function obstacle(facts: Case, account: Account): Verdict | null {
	const { match, person, personId } = facts.subject;
	const how = howToLink(personId!);
	const named = `The account ${account.username}`;
	const state = stateOf(account);
	if (state === 'SUSPENDED') {
		const reason = `${named} fits this person but was suspended by hand. ${how}`;
		return review('account.suspendedByOthers', reason, 'update');
	}
	if (state === 'STAGED') {
		const reason = `${named} fits this person but was staged by somebody else. ${how}`;
		return review('adopt.staged', reason, 'update');
	}
	const protection = protectionOf(account, facts.settings);
	if (protection) {
		const reason = `${named} fits this person. ${protection.reason} It is not adopted; you may leave it so. ${how}`;
		return review(protection.code, reason, 'update');
	}
	const evidence = evidenceOf(match!, account);
	if (evidence.has('email')) return adoptsAnother(facts);
	if (!evidence.has('name')) {
		const reason =
			`${named} has the same employee ID, and neither the same work email nor the same name. ` +
			`An employee ID is typed in by hand, so it is not adopted. ${how}`;
		return review('adopt.employeeIdOnly', reason, 'update');
	}
	if (person?.readAlone !== true) return null;
	return review(
		'adopt.notSure',
		`${named} has the same employee ID and another email, and only this person was read: ` +
			'somebody else could have that ID too. Run a workflow that reads everybody, such as Reconcile.',
		'update',
	);
}

const EVIDENCE = [
	['email', 'work email'],
	['employeeIdentifier', 'employee ID'],
	['name', 'name'],
] as const;

/** Adoption: an account that is there and not linked is linked before anything else is done. */
export function adoptRule(facts: Case): Verdict | null {
	const { subject, settings } = facts;
	const account = subject.account!;
	if (linkOf(account) !== null) return null;
	const warnings = planWarnings(facts);
	const why = obstacle(facts, account);
	if (why) return { ...why, warnings };
	if (!subject.desired) {
		return review(
			'desired.missing',
			'Nobody said what the account should hold. Put Field Mapper before the policy.',
		);
	}
	const evidence = evidenceOf(subject.match!, account);
	const by = EVIDENCE.filter(([key]) => evidence.has(key))
		.map(([, words]) => words)
		.join(', ')
		.replace(/, ([^,]*)$/, ' and $1');
	const reason = `The account ${account.username} has the same ${by} and is not linked to anybody.`;
	if (settings.existingAccounts === 'review') {
		return { ...review('adopt.review', reason, 'update'), warnings };
	}
	return { action: 'update', code: 'adopt', reason, changes: planOf(facts).changes, warnings };
}
