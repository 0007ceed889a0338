/**
 * The rules that come first: is it known well enough who this is, and which account is theirs?
 */
import { isPersonId, linkOf } from '../account/link';
import { isWriteAction } from '../actions';
import type { Account, AccountName, Evidence, Match, Subject } from '../subject';
import { FRESH_FOR_MS, MAX_STEPS } from './settings';
import { nothing, review, type Rule, type RunFacts } from './verdict';

const HOUR_MS = 3_600_000;

/** What *Include Accounts of Nobody* of Match gives: never written, whatever state it is in. */
const accountOfNobody: Rule = ({ subject, run }) => {
	const { account, match, person, personId } = subject;
	if (!match?.ofNobody || !account || personId !== undefined || person !== undefined) return null;
	const claimants = match.claimants ?? [];
	const fits = match.fits ?? [];
	const link = linkOf(account);
	const why =
		claimants.length > 0
			? `it is not certain whose it is: ${peopleNamed(claimants, run)}.`
			: fits.length > 0
				? `it is not linked to ${peopleNamed(fits, run)}, whose work email or employee ID it has.`
				: link === null
					? 'it is not linked, and it fits nobody in Humaans.'
					: isPersonId(link)
						? `it is linked to ${peopleNamed([link], run)}, who is not among the people of this company.`
						: 'its humaansId can be no ID of Humaans.';
	return nothing('account.ofNobody', `The account ${account.username} is left alone: ${why}`);
};

export const personWasRead: Rule = (facts) => {
	const { person, personId, problem } = facts.subject;
	const ofNobody = accountOfNobody(facts);
	if (ofNobody) return ofNobody;
	if (problem) return review('person.unreadable', problem);
	if (!personId) {
		const todo = 'Put Humaans Trigger or Humaans in front of this node.';
		return review('person.noId', `The item names no person. ${todo}`);
	}
	if (person === undefined) {
		return review(
			'person.unconfirmed',
			'The person is missing from the read, and Humaans has not confirmed that they are gone.',
		);
	}
	if (person !== null && person.id !== personId) {
		return review('person.mixedUp', 'The item names one person and holds another.');
	}
	return null;
};

/** A write that failed is not tried again in the same run: the next one finds what is left to do. */
export const writeDidNotFail: Rule = ({ subject }) => {
	const { outcome, decision } = subject;
	if (outcome?.status !== 'failed' || !decision) return null;
	const { message, todo } = outcome.failure ?? { message: 'The write failed.', todo: '' };
	return review('write.failed', [message, todo].filter(Boolean).join(' '), decision.action);
};

/** A decision to write that comes back without an outcome: nothing between was there to write. */
export const isUnwritten = ({ decision, outcome }: Subject): boolean =>
	decision !== undefined && isWriteAction(decision.action) && outcome === undefined;

export const writeWasMade: Rule = ({ subject }) =>
	isUnwritten(subject)
		? review(
				'loop.notWritten',
				'The decision came back, and nothing was written. Is Apply the Decision switched off, or not ' +
					'there? Put JumpCloud User: Apply Decision between.',
				subject.decision!.action,
			)
		: null;

export const readLately: Rule = ({ subject, clock, now }) => {
	if (subject.readAt === undefined) return null;
	const age = (clock ?? now).getTime() - Date.parse(subject.readAt);
	const again = 'Read them again before deciding.';
	if (Number.isNaN(age)) {
		return review('person.stale', `It is not known when the person was read. ${again}`);
	}
	if (age <= FRESH_FOR_MS) return null;
	return review(
		'person.stale',
		`The person was read ${Math.floor(age / HOUR_MS)} hours ago. ${again}`,
	);
};

export const accountWasLookedFor: Rule = ({ subject }) =>
	subject.match === undefined
		? review(
				'match.missing',
				'Nobody looked for an account. Put JumpCloud User: Match before the policy.',
			)
		: null;

export const chainEnds: Rule = ({ subject }) =>
	(subject.decision?.step ?? 0) >= MAX_STEPS
		? review(
				'loop.noEffect',
				'JumpCloud accepted several writes for this person and still does not show the wanted state.',
			)
		: null;

/** "ana.silva (ana@acme.example, employee ID A1, active, linked to nobody)" */
export function nameOfAccount(account: AccountName): string {
	const { username, email, employeeIdentifier, state, linkedTo } = account;
	const facts = [
		email,
		employeeIdentifier ? `employee ID ${employeeIdentifier}` : null,
		state?.toLowerCase(),
		linkedTo ? `linked to ${linkedTo}` : 'linked to nobody',
	];
	return `${username} (${facts.filter(Boolean).join(', ')})`;
}

/** What speaks for the account that was found being this person's. */
export function evidenceOf(match: Match, account: Account): ReadonlySet<Evidence> {
	const candidate = match.candidates.find(({ id }) => id === account._id);
	return new Set(candidate?.by ?? (match.by ? [match.by] : []));
}

/** How somebody settles by hand whose account it is. */
export const howToLink = (personId: string): string =>
	`To link an account yourself, set its custom attribute humaansId to ${personId}.`;

/** "Ana Silva (VMB1yzL5uL8RuNNCHMGd5vU2), …": people of whom only the IDs are at hand. */
const peopleNamed = (ids: readonly string[], run: RunFacts | undefined): string =>
	ids
		.map((id) => {
			const name = run?.names?.get(id);
			return name === undefined || name === id ? id : `${name} (${id})`;
		})
		.join(', ');

export const onePersonOneAccount: Rule = ({ subject, run }) => {
	const { account, person, personId } = subject;
	const match = subject.match!;
	const named = () => match.candidates.map(nameOfAccount).join(', ');
	if (match.conflict === 'twoCandidates') {
		return review(
			'match.twoCandidates',
			`Several JumpCloud accounts fit this person: ${named()}. ${howToLink(personId!)}`,
		);
	}
	if (match.conflict === 'twoClaimants') {
		return review(
			'match.twoClaimants',
			`Several people claim the account ${named()}: ${peopleNamed(match.claimants ?? [], run)}. ` +
				'Two people never share an account.',
		);
	}
	if (!match.certain) {
		return review(
			'match.uncertain',
			'It is not certain which account is this person’s, or that there is none.',
		);
	}
	if (!account) return null;
	const link = linkOf(account);
	// A link settles whose account it is: what somebody else has typed counts for nothing.
	if (link === personId) return null;
	if (link !== null) {
		return review(
			'match.linkedToAnother',
			`The account ${account.username} fits this person but is linked to ${peopleNamed([link], run)}.`,
		);
	}
	const others = person?.sharesWorkEmailWith ?? [];
	if (others.length > 0) {
		return review(
			'match.twoClaimants',
			`Another person in Humaans has the same work email (${peopleNamed(others, run)}), so the ` +
				`account ${account.username} is not touched.`,
		);
	}
	// With everybody in the run, they claim it themselves, unless they have another account.
	const leavers = run?.holdsEverybody ? [] : (person?.hasWorkEmailOfLeavers ?? []);
	if (leavers.length > 0) {
		return review(
			'match.twoClaimants',
			`Somebody who has left has the same work email in Humaans (${peopleNamed(leavers, run)}), so ` +
				`the account ${account.username} can be theirs and is not touched.`,
		);
	}
	// Without the work email it could be the other's, who need not be in this run.
	const sameId = person?.sharesEmployeeIdWith ?? [];
	if (!evidenceOf(match, account).has('email') && sameId.length > 0) {
		return review(
			'match.twoClaimants',
			`Another person in Humaans has the same employee ID (${peopleNamed(sameId, run)}), so the ` +
				`account ${account.username} is not touched.`,
		);
	}
	return null;
};
