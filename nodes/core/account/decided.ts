import type { Decision, Subject } from '../subject';
import type { PlanContext } from './finding';
import { PROTECTED_AS } from './link';

/**
 * What the plan of an update rests on once it was decided: only the attributes that the decision
 * names change, whatever else differs by now.
 */
export function contextOfDecision(
	{ person, personId, match }: Subject,
	{ changes }: Pick<Decision, 'changes'>,
): PlanContext {
	const listed = changes.find(({ attribute }) => attribute === PROTECTED_AS);
	return {
		personId: personId!,
		companyId: person?.companyId,
		managerAccountId: match?.managerAccountId,
		freeAgain: match?.freeAgain,
		...(listed ? { protectedAs: listed.to as string | null } : {}),
		only: new Set(changes.map(({ attribute }) => attribute)),
	};
}
