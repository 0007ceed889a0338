import { FIELDS } from '../../mapping/fields';
import { actionOf } from '../../actions';
import { DEPROVISIONED_AT, LINK, SYNC_RECORD, stateOf } from '../../account/link';
import type {
	Account,
	Change,
	InviteRecipient,
	Match,
	Person,
	SlotValue,
	Step,
	Subject,
} from '../../subject';

const LABELS: ReadonlyMap<string, string> = new Map([
	...FIELDS.map((field) => [field.slot, field.label] as const),
	[LINK, 'Link to Humaans'],
	[SYNC_RECORD, 'Notes of this package'],
	[DEPROVISIONED_AT, 'Suspended by this package on'],
]);

/** A value as people read it; an address on one line. */
export function shown(value: SlotValue | null | undefined): string {
	if (value === null || value === undefined || value === '') return '(empty)';
	return typeof value === 'string' ? value : Object.values(value).filter(Boolean).join(', ');
}

export const changeRow = ({ attribute, from, to, why }: Change): string[] => [
	LABELS.get(attribute) ?? attribute,
	shown(from),
	shown(to),
	why,
];

export function nameOf({ person, account, personId }: Subject): string {
	const name = person
		? [person.preferredName ?? person.firstName, person.lastName].filter(Boolean).join(' ')
		: [account?.firstname, account?.lastname].filter(Boolean).join(' ');
	return name || account?.username || personId || 'This person';
}

const STATUS: Readonly<Record<Person['status'], string>> = {
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
		['Status in Humaans', STATUS[person.status]],
		['Work e-mail', person.email],
		['Personal e-mail', person.personalEmail],
		['Job', [person.jobTitle, person.department].filter(Boolean).join(', ')],
		['First day', person.employmentStartDate],
		['Last day', person.lastWorkingDay ?? person.employmentEndDate],
	];
	return [...facts.filter((fact): fact is [string, string] => Boolean(fact[1])), id];
}

const STATES = {
	STAGED: 'staged: no access and no mail yet',
	ACTIVATED: 'active',
	SUSPENDED: 'suspended: no access',
} as const;
const FOUND_BY: Readonly<Record<NonNullable<Match['by']>, string>> = {
	link: 'its link to this person',
	employeeIdentifier: 'the employee ID',
	email: 'the work e-mail',
};

export const accountFacts = (
	account: Account,
	by: Match['by'] | undefined,
): Array<[string, string]> => [
	['Username', shown(account.username)],
	['E-mail', shown(account.email)],
	['State', STATES[stateOf(account)]],
	...(by ? [['Found by', FOUND_BY[by]] as [string, string]] : []),
	['JumpCloud ID', account._id],
];

const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;

/** "Create the account" */
export const actionWords = (action: Step['action']): string => sentence(actionOf(action).verb);

const PAST: Readonly<Partial<Record<Step['action'], string>>> = {
	create: 'created',
	activate: 'activated',
	update: 'updated',
	reactivate: 'reactivated',
	deprovision: 'suspended',
	delete: 'deleted',
};

/** "created, then activated" */
export const chainWords = (steps: ReadonlyArray<Pick<Step, 'action'>>): string =>
	steps.map(({ action }) => PAST[action]).join(', then ');

const KINDS: Readonly<Record<InviteRecipient['kind'], string>> = {
	personal: 'personal e-mail',
	work: 'work e-mail',
	other: 'e-mail given',
};
const addressed = ({ kind, address }: InviteRecipient): string =>
	`the ${KINDS[kind]}${address ? ` ${address}` : ', which is missing'}`;

/** Who would be invited. */
export function inviteAhead({ invite }: Step): string {
	if (!invite) return '';
	return invite.recipients.length === 0
		? 'No invite is sent.'
		: `The invite goes to ${invite.recipients.map(addressed).join('; if that does not work, to ')}.`;
}

const STATUSES = {
	applied: 'Done.',
	adopted: 'Done: the existing account was linked to this person.',
	unchanged: 'It was so already, nothing was written.',
} as const;

/** What came of a write: its result, the address that was invited, and those that did not work. */
export function outcomeWords({ outcome, invite }: Step): string[] {
	if (!outcome) return [];
	const addressOf = (kind: InviteRecipient['kind']) =>
		invite?.recipients.find((recipient) => recipient.kind === kind) ?? { kind, address: null };
	const failed = outcome.attempts
		.filter(({ result }) => result !== 'sent')
		.map(({ kind, result }) => `The ${KINDS[kind]} did not work: ${result}.`);
	const invited =
		outcome.invitedTo === 'none'
			? ['No invite was sent.']
			: outcome.invitedTo
				? [`The invite was sent to ${addressed(addressOf(outcome.invitedTo))}.`]
				: [];
	return [STATUSES[outcome.status], ...failed, ...invited, ...outcome.warnings];
}
