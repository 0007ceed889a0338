import { sameEmail } from '../email';
import { inRunWithEmail } from './run';
import { personOf, review, type Case, type Verdict } from './verdict';

/**
 * Why nobody may get this work email, or null. Their own is theirs as Humaans says; one that was
 * made or mapped is held against everybody's first.
 */
export function emailObstacle(facts: Case, email: string): Verdict | null {
	const { subject, run } = facts;
	const person = personOf(facts);
	const isOwn = sameEmail(email, person.email);
	const own = isOwn ? (person.sharesWorkEmailWith ?? []) : [];
	const found = isOwn ? [] : inRunWithEmail(run, email);
	const others = [...own, ...found.map(({ id }) => id).filter((id) => id !== subject.personId)];
	if (others.length > 0) {
		return review(
			'person.sharedWorkEmail',
			`Another person in Humaans has the same work email (${others.join(', ')}); two people ` +
				'never share an account.',
		);
	}
	if (!isOwn && !run?.holdsEverybody) {
		return review(
			'create.notSure',
			'The work email was made from a pattern or mapped, and not everybody is in this run: ' +
				'somebody else could have it. Run a workflow that reads everybody, such as Reconcile.',
		);
	}
	return null;
}
