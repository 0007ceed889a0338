import { linkOf, stateOf } from '../account/link';
import { deprovision } from './leaver';
import { nothing, personOf, review, type Rule } from './verdict';

/**
 * People nobody asked for: demo people, and those whom *People in Scope* leaves out. Unknown is not
 * "out": nobody is suspended for a field that was not read.
 */
export const scopeRule: Rule = (facts) => {
	const { subject, settings, inScope } = facts;
	if (personOf(facts).demo === true && !settings.includeDemoPeople) {
		return nothing('scope.demo', 'This is a demo person of Humaans.');
	}
	if (inScope === true) return null;
	if (inScope !== false) {
		return review(
			'scope.unknown',
			`It cannot be said whether the person is among the People in Scope: ${inScope.unknown}`,
		);
	}
	const reason = 'The person is not among the People in Scope.';
	const account = subject.account ?? null;
	const isTheirs = account !== null && linkOf(account) === subject.personId;
	if (!isTheirs || settings.outOfScope === 'leave') return nothing('scope.out', reason);
	const how = settings.deprovisionHow === 'review' ? 'review' : 'suspend';
	const takesAccess = how === 'suspend' && stateOf(account) !== 'SUSPENDED';
	if (takesAccess && subject.match!.accountsInUse === undefined) {
		return review(
			'scope.notCounted',
			`${reason} Only this account was read, so it is not known how many others were suspended ` +
				'in the last 24 hours. Run a workflow that reads all accounts, such as Reconcile.',
			'deprovision',
		);
	}
	// Somebody who works here: their account is never deleted for that.
	return deprovision(facts, account, { code: 'scope.left', reason, how });
};
