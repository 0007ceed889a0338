import { stateOf } from '../account/link';
import { isEmail } from '../email';
import { calendarDays, dateWords, inZone, localMoment } from '../time';
import { emailObstacle } from './emailObstacle';
import { inviteAwaitsUpdate, inviteFor } from './invite';
import { howToLink, nameOfAccount } from './preconditions';
import { isImmediate, startOf } from './starts';
import { nothing, personOf, review, waiting, type Case, type Verdict } from './verdict';

/** Nobody to create for, or not yet. */
export function createRule(facts: Case): Verdict | null {
	const { settings, now, subject } = facts;
	if (subject.account) return null;
	const person = personOf(facts);
	const { desired } = subject;
	if (!desired) {
		const todo = 'Put Field Mapper before the policy.';
		const reason = `Nobody said what the account should hold. ${todo}`;
		return review('desired.missing', reason, 'create');
	}
	const cannot = 'The account cannot be created';
	const blocking = desired.problems.find((problem) => problem.blocking);
	if (blocking) return review('person.unusableField', `${cannot}. ${blocking.message}`, 'create');
	const { email } = desired.attributes;
	if (typeof email !== 'string') {
		const reason = `${cannot}: Humaans has no work email for this person yet. Type it there.`;
		return review('person.noWorkEmail', reason, 'create');
	}
	if (!person.firstName && !person.lastName) {
		const reason = `${cannot}: Humaans has no name for this person. Type it there.`;
		return review('person.noName', reason, 'create');
	}
	const holders = subject.match!.emailHeldBy ?? [];
	if (holders.length > 0) {
		const named = holders.map(nameOfAccount).join(', ');
		return review(
			'create.emailTaken',
			`${cannot}: the work email is in use already, as the email or the personal email of ` +
				`${named}. Is that account theirs? ${howToLink(subject.personId!)} If not, free the email there, or correct ` +
				'it in Humaans.',
			'create',
		);
	}
	const obstacle = emailObstacle(facts, email);
	if (obstacle) return { ...obstacle, blockedAction: 'create' };
	const warnings = [
		...desired.problems.map((problem) => problem.message),
		...(subject.match!.notes ?? []),
	];
	const days = settings.createDaysBefore;
	if (days !== null || settings.activationTrigger === 'onStartDate') {
		const start = startOf(facts);
		if ('problem' in start) return { ...start.problem, blockedAction: 'create' };
		warnings.push(...start.warnings);
		const from = localMoment(calendarDays(start.date, -(days ?? 0)), start.zone);
		if (days !== null && from > now) {
			const when = `the account is created on ${inZone(from, start.zone)}.`;
			return nothing(
				'create.notYet',
				`The person starts on ${dateWords(start.date)}; ${when}`,
				from,
			);
		}
	}
	const reason = 'The person has no JumpCloud account.';
	return { action: 'create', code: 'joiner.noAccount', reason, warnings };
}

const UNUSABLE_ADDRESS = {
	personal: 'the personal email is missing, is no email address, or can be somebody else’s',
	work: 'the email of the account is no email address, or not this person’s in Humaans',
	other: 'the address is missing',
} as const;

/** An account is opened with its invite, or not at all. */
function activating(facts: Case, verdict: Omit<Verdict, 'action'>): Verdict {
	const invite = inviteFor(facts);
	const { recipients } = invite;
	if (recipients.length === 0 || recipients.some(({ address }) => isEmail(address)))
		return { ...verdict, action: 'activate', invite };
	const why = recipients.map(({ kind }) => UNUSABLE_ADDRESS[kind]).join(', and ');
	const reason =
		`${verdict.reason} There is no address to which the invite may go: ${why}. Correct the addresses ` +
		'in Humaans, or switch off Send Invite Email.';
	return review('invite.noAddress', reason, 'activate');
}

/** How a STAGED account stands: activated now, later, or by people. */
function activationOf(facts: Case): Verdict {
	const { settings, now, clock = now } = facts;
	if (settings.activationTrigger === 'never') {
		const reason = 'The account is staged; activation is set to manual.';
		return nothing('activation.manual', reason);
	}
	if (isImmediate(facts)) {
		const reason = 'The account is staged and activation is set to Immediately.';
		return activating(facts, { code: 'activation.immediately', reason });
	}
	const start = startOf(facts);
	const immediately = settings.activationTrigger === 'immediately';
	if ('problem' in start) {
		if (!immediately) return start.problem;
		const reason = 'The account is activated as soon as Humaans has the person as active.';
		return nothing('activation.notActive', reason);
	}
	const { at, zone, warnings } = start;
	if (at <= now) {
		const reason = `The account ${at <= clock ? 'was' : 'is'} to be activated on ${inZone(at, zone)}.`;
		return activating(facts, { code: 'activation.due', reason, warnings });
	}
	const reason = immediately
		? `The person has not started yet; the account is to be activated on ${inZone(at, zone)}.`
		: `The account is to be activated on ${inZone(at, zone)}.`;
	const code = immediately ? 'activation.notActive' : 'activation.notYet';
	return waiting(code, reason, at, 'activate', warnings);
}

const hasStagedAccount = ({ subject }: Case): boolean => stateOf(subject.account!) === 'STAGED';

/** Access on the first morning hangs on no profile field, so this comes before them. */
export function activationDueRule(facts: Case): Verdict | null {
	const verdict = hasStagedAccount(facts) ? activationOf(facts) : null;
	const isAllowed = facts.settings.actionsAllowed.includes('activate');
	if (verdict?.action === 'activate' && inviteAwaitsUpdate(facts)) return null;
	return verdict?.action === 'activate' && isAllowed ? verdict : null;
}

export const stagedRule = (facts: Case): Verdict | null =>
	hasStagedAccount(facts) ? activationOf(facts) : null;
