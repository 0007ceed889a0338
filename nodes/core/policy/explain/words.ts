import { actionOf } from '../../actions';
import { labelOf } from '../../account/attributes';
import { isAdoption, stateOf } from '../../account/link';
import { onOneLine } from '../../text';
import type {
	Account,
	Change,
	InviteRecipient,
	Match,
	OutcomeStatus,
	Person,
	SlotValue,
	Step,
	Subject,
} from '../../subject';

/** A value as people read it, an address on one line; nothing is a dash. */
export function valueWords(value: SlotValue | null | undefined): string {
	if (value === null || value === undefined || value === '') return '–';
	const text = typeof value === 'string' ? value : Object.values(value).filter(Boolean).join(', ');
	return onOneLine(text);
}

export const changeRow = ({ attribute, from, to, why }: Change): string[] => [
	labelOf(attribute),
	valueWords(from),
	valueWords(to),
	why,
];

export function nameOf({ person, account, personId }: Subject): string {
	const name = person
		? [person.preferredName ?? person.firstName, person.lastName].filter(Boolean).join(' ')
		: [account?.firstname, account?.lastname].filter(Boolean).join(' ');
	return onOneLine(name || account?.username || personId || 'This person');
}

const STATUS_WORDS: Readonly<Record<Person['status'], string>> = {
	active: 'active',
	newHire: 'new hire, not started yet',
	offboarded: 'offboarded',
};

/** Who it is. What Humaans does not say, or the token cannot read, is left out. */
export function personFacts({ person, personId }: Subject): Array<[string, string]> {
	const id: [string, string] = ['Humaans ID', personId ?? '(none)'];
	if (!person) return [id];
	const facts: Array<[string, string | null | undefined]> = [
		['Name', [person.firstName, person.middleName, person.lastName].filter(Boolean).join(' ')],
		['Status in Humaans', STATUS_WORDS[person.status]],
		['Work email', person.email],
		['Personal email', person.personalEmail],
		['Job', [person.jobTitle, person.department].filter(Boolean).join(', ')],
		['First day', person.employmentStartDate],
		['Last day', person.lastWorkingDay ?? person.employmentEndDate],
	];
	return [...facts.filter((fact): fact is [string, string] => Boolean(fact[1])), id];
}

const STATES = {
	STAGED: ['staged', ': no access and no mail yet'],
	ACTIVATED: ['active', ''],
	SUSPENDED: ['suspended', ': no access'],
} as const;
/** "suspended" */
export const stateWords = (account: Account): string => STATES[stateOf(account)][0];
const FOUND_BY: Readonly<Record<NonNullable<Match['by']>, string>> = {
	link: 'its link to this person',
	employeeIdentifier: 'the employee ID',
	email: 'the work email',
};

export const accountFacts = (
	account: Account,
	by: Match['by'] | undefined,
): Array<[string, string]> => [
	['Username', valueWords(account.username)],
	['Email', valueWords(account.email)],
	['State', STATES[stateOf(account)].join('')],
	...(by ? [['Found by', FOUND_BY[by]] as [string, string]] : []),
	['JumpCloud ID', account._id],
];

export const asSentence = (words: string): string =>
	`${words.charAt(0).toUpperCase()}${words.slice(1)}`;

/** "Create the account", "Adopt the account" */
export const actionWords = ({ action, changes }: Pick<Step, 'action' | 'changes'>): string =>
	action === 'update' && isAdoption(changes)
		? 'Adopt the account'
		: asSentence(actionOf(action).verb);

/** "created"; an update that links the account is "adopted" */
export const doneWord = ({ action, changes }: Pick<Step, 'action' | 'changes'>): string =>
	action === 'update' && isAdoption(changes) ? 'adopted' : actionOf(action).done;

/** "created, then activated" */
export const chainWords = (steps: ReadonlyArray<Pick<Step, 'action' | 'changes'>>): string =>
	steps.map(doneWord).join(', then ');

const ADDRESSES: Readonly<Record<InviteRecipient['kind'], string>> = {
	personal: 'personal email',
	work: 'work email',
	other: 'email given',
};
const addressed = ({ kind, address }: InviteRecipient): string =>
	`the ${ADDRESSES[kind]}${address ? ` ${address}` : ', which is missing'}`;

/** Who would be invited. */
export function inviteAhead({ invite }: Step): string {
	if (!invite) return '';
	return invite.recipients.length === 0
		? 'No invite is sent.'
		: `The invite goes to ${invite.recipients.map(addressed).join('; if that does not work, to ')}.`;
}

const CAME_OF_IT: Readonly<Record<OutcomeStatus, string>> = {
	applied: 'Done.',
	adopted: 'Done: the existing account was linked to this person.',
	partly: 'Done, but for the values that were left off.',
	unchanged: 'It was so already, nothing was written.',
	outdated: 'Nothing was written: the account had changed since the decision.',
	failed: 'Not done.',
};

/** What came of a write: its result, the address that was invited, and those that did not work. */
export function outcomeWords({ outcome, invite }: Step): string[] {
	if (!outcome) return [];
	const addressOf = (kind: InviteRecipient['kind']) =>
		invite?.recipients.find((recipient) => recipient.kind === kind) ?? { kind, address: null };
	const failed = outcome.attempts
		.filter(({ result }) => result !== 'sent')
		.map(({ kind, result }) => `The ${ADDRESSES[kind]} did not work: ${result}.`);
	const invited =
		outcome.invitedTo === 'none'
			? ['No invite was sent.']
			: outcome.invitedTo
				? [`The invite was sent to ${addressed(addressOf(outcome.invitedTo))}.`]
				: [];
	const refused = (outcome.refused ?? []).map(
		({ attribute, reason }) => `${labelOf(attribute)} was left off: ${reason}`,
	);
	const said = new Set((outcome.refused ?? []).map(({ reason }) => reason));
	const warnings = outcome.warnings.filter((warning) => !said.has(warning));
	const why = outcome.failure ? [outcome.failure.message, outcome.failure.todo] : [];
	return [CAME_OF_IT[outcome.status], ...why, ...refused, ...failed, ...invited, ...warnings];
}
