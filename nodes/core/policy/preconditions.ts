/** The rules that come first: is it known well enough who this is, and which account is theirs? */
import { linkOf } from '../account/link';
import { FRESH_FOR_MS, MAX_STEPS } from './settings';
import { review, type Rule } from './verdict';

export const personWasRead: Rule = ({ subject }) => {
	const { person, personId, problem } = subject;
	if (problem) return review('person.unreadable', problem);
	if (!personId)
		return review(
			'person.noId',
			'The item names no person. Put Humaans Trigger or Humaans in front of this node.',
		);
	if (person === undefined)
		return review(
			'person.unconfirmed',
			'The person is missing from the read, and Humaans has not confirmed that they are gone.',
		);
	if (person !== null && person.id !== personId)
		return review('person.mixedUp', 'The item names one person and holds another.');
	return null;
};

export const readLately: Rule = ({ subject, clock, now }) => {
	if (subject.readAt === undefined) return null;
	const age = (clock ?? now).getTime() - Date.parse(subject.readAt);
	if (Number.isNaN(age))
		return review(
			'person.stale',
			'It is not known when the person was read. Read them again before deciding.',
		);
	return age > FRESH_FOR_MS
		? review(
				'person.stale',
				`The person was read ${Math.floor(age / 3_600_000)} hours ago. Read them again before deciding.`,
			)
		: null;
};

export const accountWasLookedFor: Rule = ({ subject }) =>
	subject.match === undefined
		? review(
				'match.missing',
				'Nobody looked for an account. Put JumpCloud User: Match before the policy.',
			)
		: null;

export const chainEnds: Rule = ({ subject }) => {
	const step = subject.decision?.step ?? 0;
	return step >= MAX_STEPS
		? review(
				'loop.noEffect',
				'JumpCloud accepted several writes for this person and still does not show the wanted state.',
			)
		: null;
};

export const onePersonOneAccount: Rule = ({ subject }) => {
	const { account, person, personId } = subject;
	const match = subject.match!;
	if (match.conflict) {
		const named = match.candidates.map((candidate) => candidate.username).join(', ');
		switch (match.conflict) {
			case 'twoCandidates':
				return review(
					'match.twoCandidates',
					`Several JumpCloud accounts fit this person: ${named}. Link one of them, or change the others.`,
				);
			case 'twoClaimants':
				return review(
					'match.twoClaimants',
					`Several people claim the account ${named}: ${(match.claimants ?? []).join(', ')}. ` +
						'Two people never share an account.',
				);
			case 'linkedToAnother':
				return review(
					'match.linkedToAnother',
					`The account ${named} fits this person but is linked to another one ` +
						`(${match.candidates.map((candidate) => candidate.linkedTo).join(', ')}).`,
				);
		}
	}
	if (!match.certain)
		return review(
			'match.uncertain',
			'It is not certain which account is this person’s, or that there is none.',
		);
	if (!account) return null;
	const link = linkOf(account);
	if (link !== null && link !== personId)
		return review(
			'match.linkedToAnother',
			`The account ${account.username} fits this person but is linked to another one (${link}).`,
		);
	if (person === null && subject.accountEmailOf?.length) {
		return review(
			'match.twoClaimants',
			`Another person in Humaans has the work e-mail of the account ${account.username} ` +
				`(${subject.accountEmailOf.join(', ')}), so it is not touched.`,
		);
	}
	if (person?.sharesWorkEmailWith?.length) {
		return review(
			'match.twoClaimants',
			'Another person in Humaans has the same work e-mail ' +
				`(${person.sharesWorkEmailWith.join(', ')}), so the account ${account.username} is not touched.`,
		);
	}
	// A link settles whose it is; by the employee ID alone it could be the other's, who need not be
	// in this run.
	if (link === null && match.by === 'employeeIdentifier' && person?.sharesEmployeeIdWith?.length) {
		return review(
			'match.twoClaimants',
			'Another person in Humaans has the same employee ID ' +
				`(${person.sharesEmployeeIdWith.join(', ')}), so the account ${account.username} is ` +
				'not touched.',
		);
	}
	return null;
};
