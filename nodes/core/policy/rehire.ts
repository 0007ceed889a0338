import { DEPROVISIONED_AT, stateOf } from '../account/link';
import { stampOf, type StampReason } from '../account/stamp';
import { dateWords, inZone } from '../time';
import { planOf } from './drift';
import { IF_NOT_THEIRS, isSameHuman } from './sameHuman';
import { STATUS_AHEAD_MS } from './settings';
import { isImmediate, startOf } from './starts';
import { personOf, review, waiting, type Case, type Verdict } from './verdict';

const NO_PASSWORD_YET =
	'The person has no password in JumpCloud yet, and a reactivation sends no mail: resend the invite.';

const BECAUSE: Readonly<Record<StampReason, string>> = {
	leaving: 'because they had left',
	scope: 'because they were out of scope',
	returned: 'because they had left',
};

/** Whether somebody who is back has yet to start; or why that cannot be said. */
function startAhead(facts: Case): Verdict | null {
	if (isImmediate(facts)) return null;
	const start = startOf(facts);
	const isNewHire = personOf(facts).status === 'newHire';
	if ('problem' in start) {
		return isNewHire ? { ...start.problem, blockedAction: 'reactivate' } : null;
	}
	const ahead = start.at.getTime() - facts.now.getTime();
	// Somebody who is active already may have a later start that means nothing.
	if (ahead <= 0 || (!isNewHire && ahead > STATUS_AHEAD_MS)) return null;
	const reason = `The person comes back on ${inZone(start.at, start.zone)}.`;
	return waiting('rehire.notYet', reason, start.at, 'reactivate', start.warnings);
}

/**
 * The account stays suspended for now. That they are back is written on it first: should they leave
 * again, the days until a deletion count from then.
 */
function noted(facts: Case, verdict: Verdict): Verdict {
	const mark = planOf(facts).changes.find(({ attribute }) => attribute === DEPROVISIONED_AT);
	if (!mark || !facts.settings.actionsAllowed.includes('update')) return verdict;
	const reason =
		'The person is back, and their account stays suspended for now. That is noted on it: should ' +
		'they leave again, the days until a deletion count from then.';
	return { action: 'update', code: 'rehire.mark', reason, changes: [mark] };
}

/** A SUSPENDED, linked account of somebody who works here: only what this package did is undone. */
export function suspendedRule(facts: Case): Verdict | null {
	const { settings, subject } = facts;
	const account = subject.account!;
	if (stateOf(account) !== 'SUSPENDED') return null;
	const stamp = stampOf(account);
	if (stamp === null) {
		const reason =
			'The account was suspended by hand, in JumpCloud or with Cut off, so it is not reactivated by ' +
			'itself. Reactivate it by hand if it is to be used again.';
		return review('account.suspendedByOthers', reason, 'reactivate');
	}
	const day = dateWords(stamp.at.toISOString().slice(0, 10));
	const since = `this package suspended the account on ${day} ${BECAUSE[stamp.reason]}`;
	if (settings.rehire === 'review') {
		const reason = `The person is back; ${since}.`;
		return noted(facts, review('rehire.review', reason, 'reactivate'));
	}
	const isFresh = account.activated === false;
	if (!isSameHuman(facts)) {
		const reason =
			`The person is back; ${since}. Its name or its emails are others than those in Humaans, ` +
			`so it can be the account of somebody else, who ${isFresh ? 'can have its invite' : 'knows its password'}. ` +
			'If it is theirs, ' +
			`reactivate it by hand. ${IF_NOT_THEIRS}`;
		return noted(facts, review('rehire.anotherPerson', reason, 'reactivate'));
	}
	// A reactivation makes the account active for good: where activation is left to people, so is this.
	if (isFresh && settings.activationTrigger === 'never') {
		const reason = `The person is back; ${since} before anybody signed in, and activation is set to manual.`;
		return noted(facts, review('rehire.neverActivated', reason, 'reactivate'));
	}
	const ahead = startAhead(facts);
	if (ahead) return noted(facts, ahead);
	return {
		...{ action: 'reactivate', code: 'rehire.back', reason: `The person is back; ${since}.` },
		warnings: isFresh ? [NO_PASSWORD_YET] : [],
	};
}
