import { labelOf } from '../account/attributes';
import { isOwnAttribute } from '../account/link';
import { planUpdate, type SyncPlan } from '../account/plan';
import { emailObstacle } from './emailObstacle';
import { protectedAsOf, protectionOf } from './protection';
import { review, type Case, type Verdict } from './verdict';

const NO_PLAN: SyncPlan = { changes: [], values: new Map(), warnings: [], body: null };
/** The rules ask one after another about the same case. */
let last: { facts: Case; plan: SyncPlan } | null = null;

/** Why the account keeps its work email, with which people sign in; or undefined. */
function whyKeepEmail(facts: Case): string | undefined {
	const { account, desired } = facts.subject;
	const protection = protectionOf(account!, facts.settings);
	if (protection) {
		return `${protection.reason} Its work email, with which people sign in, is not changed.`;
	}
	const email = desired!.attributes.email;
	return typeof email === 'string' ? emailObstacle(facts, email)?.reason : undefined;
}

function planFor(facts: Case): SyncPlan {
	const { desired, account, person, personId, match } = facts.subject;
	if (!desired || !account || !personId) return NO_PLAN;
	const keepEmail = whyKeepEmail(facts);
	return planUpdate(account, desired, {
		...{ personId, managerAccountId: match!.managerAccountId, freeAgain: match!.freeAgain },
		companyId: person?.companyId,
		protectedAs: protectedAsOf(account, facts.settings),
		...(keepEmail ? { keepEmail } : {}),
	});
}

/** What would change on the account; worked out once a case. */
export function planOf(facts: Case): SyncPlan {
	if (last?.facts !== facts) last = { facts, plan: planFor(facts) };
	return last.plan;
}

export const planWarnings = (facts: Case): string[] => [
	...planOf(facts).warnings,
	...(facts.subject.desired?.problems ?? []).map((problem) => problem.message),
	...(facts.subject.match?.notes ?? []),
];

/** A linked account that is out of step, or null. */
export function driftOf(facts: Case): Verdict | null {
	const { changes } = planOf(facts);
	if (changes.length === 0) return null;
	const values = changes.filter(({ attribute }) => !isOwnAttribute(attribute));
	const named = values.length > 0 ? values : changes;
	const labels = named.map((change) => labelOf(change.attribute)).join(', ');
	return {
		...{ action: 'update', code: 'drift', reason: `Out of step with Humaans: ${labels}.` },
		...{ changes, warnings: planWarnings(facts) },
	};
}

export function driftRule(facts: Case): Verdict | null {
	if (!facts.subject.desired) {
		return review(
			'desired.missing',
			'Nobody said what the account should hold. Put Field Mapper before the policy.',
		);
	}
	// Updates may be switched off while activation goes on.
	return facts.settings.actionsAllowed.includes('update') ? driftOf(facts) : null;
}
