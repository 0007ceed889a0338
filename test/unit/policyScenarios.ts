/**
 * The situations of docs/behaviour.md: what is the case, and which settings differ from the
 * defaults.
 */
import type { PolicySettings } from '../../nodes/core/policy/settings';
import type { InScope } from '../../nodes/core/policy/verdict';
import type { Subject } from '../../nodes/core/subject';
import {
	LINKED,
	OTHER_ID,
	account,
	desired,
	matched,
	person,
	stamped,
	staged,
	subject,
	suspended,
} from './policyWorld';

export interface Scenario {
	situation: string;
	subject: Subject;
	/** As a person reads it; the defaults when absent. */
	setting?: string;
	settings?: Partial<PolicySettings>;
	inScope?: InScope;
}
export interface Section {
	title: string;
	text: string;
	scenarios: Scenario[];
}

const WITH_LAST_DAY = {
	setting: 'Deprovision When: also End of the Last Working Day',
	settings: { deprovisionWhen: ['offboarded', 'deleted', 'lastDay'] } as Partial<PolicySettings>,
};
const ONLY_LAST_DAY = {
	setting: 'Deprovision When: only End of the Last Working Day',
	settings: { deprovisionWhen: ['lastDay'] } as Partial<PolicySettings>,
};
const IMMEDIATELY = {
	setting: 'Activation Trigger: Immediately',
	settings: { activationTrigger: 'immediately' } as Partial<PolicySettings>,
};
const NEVER = {
	setting: 'Activation Trigger: Never',
	settings: { activationTrigger: 'never' } as Partial<PolicySettings>,
};
/** All accounts were read. */
const COUNTED = { match: matched({ linkedAccounts: 50 }) };
const SCOPE_SUSPEND = {
	setting: 'People Who Leave the Scope: Suspend',
	settings: { outOfScope: 'suspend' } as Partial<PolicySettings>,
};
const DELETE = {
	setting: 'Deprovision How: Delete',
	settings: { deprovisionHow: 'delete' } as Partial<PolicySettings>,
};
const THEN_DELETE = {
	setting: 'Deprovision How: Suspend, Then Delete after 30 days',
	settings: { deprovisionHow: 'suspendThenDelete' } as Partial<PolicySettings>,
};

const none = { account: null, match: matched({ by: null }) };
const unlinked = (patch = {}) => ({
	account: account({ attributes: [], ...patch }),
	match: matched({ by: 'email' as const }),
});
const hire = person({ status: 'newHire', employmentStartDate: '2026-12-01' });
const left = person({ status: 'offboarded', employmentEndDate: '2026-11-20' });
const candidate = (username: string, linkedTo: string | null) => ({
	id: username,
	username,
	linkedTo,
	by: ['email' as const],
});
const row = (
	situation: string,
	patch: Partial<Subject>,
	more: Omit<Partial<Scenario>, 'subject' | 'situation'> = {},
): Scenario => ({ situation, subject: subject(patch), ...more });
const uncertain = (
	conflict: 'twoCandidates' | 'twoClaimants' | 'linkedToAnother',
	candidates: ReturnType<typeof candidate>[],
	claimants?: string[],
) => ({
	account: null,
	match: matched({
		by: null,
		certain: false,
		conflict,
		candidates,
		...(claimants ? { claimants } : {}),
	}),
});

export const SECTIONS: Section[] = [
	{
		title: 'Joiners',
		text:
			'An account is always created staged: no access, no mail. Activation is a step of its ' +
			'own, at the local start of the start date unless the settings say otherwise.',
		scenarios: [
			row('Works here, no account', none),
			row('Starts on 1 December, no account', { ...none, person: hire }),
			row('Starts on 1 December, staged account', { person: hire, account: staged() }),
			row(
				'Starts on 1 December, staged account',
				{ person: hire, account: staged() },
				{
					setting: 'Activation Hour 9, Minute 30',
					settings: { activationHour: 9, activationMinute: 30 },
				},
			),
			row('Start date has come, staged account', { account: staged() }),
			row(
				'Start date has come, staged account',
				{ account: staged() },
				{ setting: 'Send Invite Email: off', settings: { sendInvite: false } },
			),
			row('Starts on 1 December, staged account', { person: hire, account: staged() }, IMMEDIATELY),
			row('Start date has come, staged account', { account: staged() }, NEVER),
			row(
				'Starts on 1 December, staged account',
				{ person: hire, account: staged() },
				{
					setting: 'Actions Allowed: without Activate',
					settings: { actionsAllowed: ['create', 'update'] },
				},
			),
			row(
				'Starts on 1 February, no account',
				{ ...none, person: person({ status: 'newHire', employmentStartDate: '2027-02-01' }) },
				{ setting: 'Create 14 days before the start', settings: { createDaysBefore: 14 } },
			),
			row(
				'Starts on 1 December, no account',
				{ ...none, person: hire },
				{ setting: 'Create 14 days before the start', settings: { createDaysBefore: 14 } },
			),
			row('No start date, no account', { ...none, person: person({ employmentStartDate: null }) }),
			row('No start date, staged account', {
				person: person({ employmentStartDate: null }),
				account: staged(),
			}),
			row('Impossible start date, staged account', {
				person: person({ employmentStartDate: null, unusable: ['employmentStartDate'] }),
				account: staged(),
			}),
			row(
				'No start date, no account',
				{ ...none, person: person({ employmentStartDate: null }) },
				IMMEDIATELY,
			),
			row('Unknown time zone, no zone of a location', {
				account: staged(),
				person: person({ timezone: 'Mars/Olympus' }),
			}),
			row('No work e-mail yet, no account', { ...none, desired: desired({ email: null }) }),
			row('No name, no account', { ...none, person: person({ firstName: null, lastName: null }) }),
			row('A field that JumpCloud would refuse, no account', {
				...none,
				desired: desired(
					{},
					{
						problems: [
							{
								field: 'username',
								message: 'No username can be made of the work e-mail.',
								blocking: true,
							},
						],
					},
				),
			}),
			row('Active account, in step', {}),
		],
	},
	{
		title: 'Duplicate names and shared addresses',
		text:
			'Two people with the same name are no matter: accounts are found by link, employee ID or ' +
			'work e-mail, never by name, and usernames are numbered. Two people with the same *work ' +
			'e-mail*, or one person with two accounts, are for a person to look at; nothing is touched.',
		scenarios: [
			row('Same name as somebody else, another e-mail, no account', {
				...none,
				desired: desired({}, { usernames: ['ana.silva', 'ana.silva2'] }),
			}),
			row('Same work e-mail as another person, no account', {
				...none,
				person: person({ sharesWorkEmailWith: [OTHER_ID] }),
			}),
			row('Same work e-mail as another person, one account', {
				person: person({ sharesWorkEmailWith: [OTHER_ID] }),
			}),
			row('Same employee ID as another person, unlinked account with it', {
				person: person({ sharesEmployeeIdWith: [OTHER_ID] }),
				account: account({ attributes: [] }),
				match: matched({ by: 'employeeIdentifier' }),
			}),
			row('Same employee ID as another person, linked account', {
				person: person({ sharesEmployeeIdWith: [OTHER_ID] }),
			}),
			row(
				'Two accounts fit (employee ID and e-mail)',
				uncertain('twoCandidates', [candidate('ana.silva', null), candidate('asilva', null)]),
			),
			row(
				'Two people claim one account',
				uncertain('twoClaimants', [candidate('ana.silva', null)], ['person1', 'person2']),
			),
			row(
				'The account that fits is linked to somebody else',
				uncertain('linkedToAnother', [candidate('ana.silva', OTHER_ID)]),
			),
			row('Not all accounts could be read, none found', {
				account: null,
				match: matched({ by: null, certain: false }),
			}),
		],
	},
	{
		title: 'Accounts that were there before',
		text:
			'An account with the same employee ID or work e-mail is adopted: linked, and kept in ' +
			'step. It is never disabled before it is linked.',
		scenarios: [
			row('Unlinked account with the same work e-mail', unlinked()),
			row('Unlinked account with the same employee ID', {
				account: account({ attributes: [] }),
				match: matched({ by: 'employeeIdentifier' }),
			}),
			row(
				'Unlinked account with the same employee ID and another e-mail, only this person was read (form, webhook)',
				{
					person: person({ readAlone: true }),
					account: account({ attributes: [] }),
					match: matched({ by: 'employeeIdentifier' }),
				},
			),
			row('Unlinked account with the same work e-mail', unlinked(), {
				setting: 'Existing Accounts: Review',
				settings: { existingAccounts: 'review' },
			}),
			row(
				'Unlinked account with the same work e-mail, suspended',
				unlinked({ state: 'SUSPENDED', suspended: true }),
			),
			row('Department changed in Humaans', { desired: desired({ department: 'Legal' }) }),
			row(
				'Department changed in Humaans',
				{ desired: desired({ department: 'Legal' }) },
				{
					setting: 'Actions Allowed: without Update',
					settings: { actionsAllowed: ['create', 'activate'] },
				},
			),
			row('Department differs, but another directory owns it', {
				desired: desired({ department: 'Legal' }),
				account: account({ restrictedFields: [{ field: 'department' }] }),
			}),
		],
	},
	{
		title: 'Leavers',
		text:
			'Only accounts that carry the link are disabled, only after a complete read, never an ' +
			'administrator, the owner of the API key or a protected account.',
		scenarios: [
			row('Offboarded, active account', { person: left }),
			row('Offboarded, staged account', { person: left, account: staged() }),
			row('Offboarded, active account', { person: left }, DELETE),
			row('Offboarded, active account', { person: left }, THEN_DELETE),
			row(
				'Offboarded, suspended by us 22 days ago',
				{ person: left, account: suspended() },
				THEN_DELETE,
			),
			row(
				'Offboarded, suspended by us 53 days ago',
				{ person: left, account: suspended({ attributes: stamped('2026-10-01T09:00:00.000Z') }) },
				THEN_DELETE,
			),
			row(
				'Offboarded, suspended by somebody else',
				{ person: left, account: suspended({ attributes: LINKED }) },
				THEN_DELETE,
			),
			row(
				'Offboarded, active account',
				{ person: left },
				{ setting: 'Deprovision How: Review', settings: { deprovisionHow: 'review' } },
			),
			row('Offboarded, suspended account', { person: left, account: suspended() }),
			row('Offboarded, no account', { ...none, person: left }),
			row('Offboarded, account not linked', { ...unlinked(), person: left }),
			row('Offboarded, account not linked, suspended', {
				...unlinked({ state: 'SUSPENDED', suspended: true }),
				person: left,
			}),
			row('Offboarded, administrator in JumpCloud', {
				person: left,
				account: account({ admin: { id: 'a' } }),
			}),
			row(
				'Offboarded, owner of the API key',
				{ person: left },
				{
					setting: 'API Key Owner: their e-mail',
					settings: { apiKeyOwner: 'ana.silva@acme.example' },
				},
			),
			row(
				'Offboarded, protected account',
				{ person: left },
				{
					setting: 'Protected Accounts: their username',
					settings: { protectedAccounts: new Set(['ana.silva']) },
				},
			),
			row(
				'Offboarded, account with the protecting attribute',
				{
					person: left,
					account: account({ attributes: [...LINKED, { name: 'breakGlass', value: 'yes' }] }),
				},
				{
					setting: 'Protected Attribute: breakGlass',
					settings: { protectedAttribute: 'breakGlass' },
				},
			),
			row('Offboarded, but not everybody could be read', { person: left, complete: false }),
			row(
				'Offboarded',
				{ person: left },
				{ setting: 'Deprovision When: nothing', settings: { deprovisionWhen: [] } },
			),
			row('Offboarded, last day is yet to come', {
				person: person({ status: 'offboarded', employmentEndDate: '2026-12-31' }),
			}),
			row('Offboarded without an end date', { person: person({ status: 'offboarded' }) }),
			row(
				'Offboarded, where the person is the last day is not over',
				{ person: person({ status: 'offboarded', employmentEndDate: '2026-11-23' }) },
				WITH_LAST_DAY,
			),
			row(
				'Offboarded, last day is yet to come',
				{ person: person({ status: 'offboarded', employmentEndDate: '2026-12-31' }) },
				WITH_LAST_DAY,
			),
			row(
				'Offboarded, last day is yet to come',
				{ person: person({ status: 'offboarded', employmentEndDate: '2026-12-31' }) },
				ONLY_LAST_DAY,
			),
			row(
				'Offboarded without an end date',
				{ person: person({ status: 'offboarded' }) },
				ONLY_LAST_DAY,
			),
			row(
				'Offboarded without an end date, suspended',
				{ person: person({ status: 'offboarded' }), account: suspended() },
				ONLY_LAST_DAY,
			),
			row('Active, employment ended three days ago', {
				person: person({ employmentEndDate: '2026-11-20' }),
			}),
			row(
				'Active, employment ended three days ago',
				{ person: person({ employmentEndDate: '2026-11-20' }) },
				WITH_LAST_DAY,
			),
			row(
				'Active, last day is today',
				{ person: person({ employmentEndDate: '2026-11-23' }) },
				WITH_LAST_DAY,
			),
			row(
				'Active, last working day last week, employment ends later',
				{ person: person({ lastWorkingDay: '2026-11-16', employmentEndDate: '2026-12-31' }) },
				WITH_LAST_DAY,
			),
			row(
				'Active, last working day equal to the start date, no end',
				{ person: person({ lastWorkingDay: '2024-01-15' }) },
				WITH_LAST_DAY,
			),
			row(
				'Active, employment end equal to the start date',
				{ person: person({ employmentEndDate: '2024-01-15' }) },
				WITH_LAST_DAY,
			),
			row(
				'Active, employment end before the start (an earlier employment)',
				{ person: person({ employmentEndDate: '2023-06-30' }) },
				WITH_LAST_DAY,
			),
			row(
				'Active, employment ended, no start date (may be an earlier employment)',
				{ person: person({ employmentStartDate: null, employmentEndDate: '2023-06-30' }) },
				WITH_LAST_DAY,
			),
			row(
				'Offboarded, employment ended, no start date',
				{
					person: person({
						status: 'offboarded',
						employmentStartDate: null,
						employmentEndDate: '2023-06-30',
					}),
				},
				WITH_LAST_DAY,
			),
			row(
				'Active, impossible last working day, employment ends later',
				{
					person: person({
						lastWorkingDay: null,
						unusable: ['lastWorkingDay'],
						employmentEndDate: '2026-12-31',
					}),
				},
				WITH_LAST_DAY,
			),
			row(
				'Active, impossible employment end',
				{ person: person({ unusable: ['employmentEndDate'] }) },
				WITH_LAST_DAY,
			),
		],
	},
	{
		title: 'Deleted while the sync was down',
		text:
			'Nothing hangs on the moment: the account carries the link, so the next complete run ' +
			'finds that its person is gone, asks Humaans by ID, and acts. A person who is merely ' +
			'missing from a list is not gone.',
		scenarios: [
			row('Deleted in Humaans (confirmed), active account', { person: null, desired: undefined }),
			row('Missing from the list, not confirmed', { person: undefined }),
			row(
				'Deleted in Humaans (confirmed), active account',
				{ person: null, desired: undefined },
				{
					setting: 'Deprovision When: only Offboarded',
					settings: { deprovisionWhen: ['offboarded'] },
				},
			),
			row('Deleted in Humaans (confirmed), suspended by us already', {
				person: null,
				desired: undefined,
				account: suspended(),
			}),
		],
	},
	{
		title: 'Rehire and cancelled offboarding',
		text:
			'Only what this package did is undone: the day it suspended an account stands on the ' +
			'account. An account that somebody else suspended stays suspended. When an account is in ' +
			'use again, that day is removed, so that a later suspension by an administrator is theirs.',
		scenarios: [
			row('Offboarding cancelled, suspended by us', { account: suspended() }),
			row('Comes back on 1 December, suspended by us', { person: hire, account: suspended() }),
			row(
				'Comes back on 1 December, suspended by us',
				{ person: hire, account: suspended() },
				IMMEDIATELY,
			),
			row(
				'Comes back on 1 December, suspended by us',
				{ person: hire, account: suspended() },
				NEVER,
			),
			row('Comes back, but without a start date', {
				person: person({ status: 'newHire', employmentStartDate: null }),
				account: suspended(),
			}),
			row('Active without a start date, suspended by us', {
				person: person({ employmentStartDate: null }),
				account: suspended(),
			}),
			row('Active, starts tomorrow where the person is', {
				person: person({ employmentStartDate: '2026-11-24' }),
				account: suspended(),
			}),
			row('Active, with a start far ahead', {
				person: person({ employmentStartDate: '2027-06-01' }),
				account: suspended(),
			}),
			row(
				'Back, suspended by us',
				{ account: suspended() },
				{ setting: 'Rehires: Review', settings: { rehire: 'review' } },
			),
			row('Works here, suspended by somebody else', { account: suspended({ attributes: LINKED }) }),
			row('Cancelled hire comes back, never had a password', {
				account: suspended({ activated: false }),
			}),
			row(
				'Cancelled hire comes back, never had a password',
				{ account: suspended({ activated: false }) },
				NEVER,
			),
			row('An administrator opened the account again, person active', {
				account: account({ attributes: stamped('2026-11-01T09:00:00.000Z') }),
			}),
			row('An administrator opened the account again, person still gone', {
				person: left,
				account: account({ attributes: stamped('2026-11-01T09:00:00.000Z') }),
			}),
		],
	},
	{
		title: 'Contractor to employee',
		text:
			'Two records of one human with one work e-mail: the old one must not take the account ' +
			'down, the new one must not take it over unseen. Link the account to the new record ' +
			'(custom attribute humaansId) and the rest follows.',
		scenarios: [
			row('Old record, offboarded; the new one has the same work e-mail', {
				person: { ...left, sharesWorkEmailWith: [OTHER_ID] },
			}),
			row(
				'New record; the account is linked to the old one',
				uncertain('twoClaimants', [candidate('ana.silva', OTHER_ID)], ['newRecord', 'oldRecord']),
			),
			row('Old record, deleted; the new one has the work e-mail of the account', {
				person: null,
				accountEmailOf: [OTHER_ID],
			}),
			row('The same record, contract type changed', {
				desired: desired({ employeeType: 'full-time' }),
			}),
		],
	},
	{
		title: 'Moved start date',
		text:
			'A postponed start never disables anybody and an active account is never put back; a ' +
			'staged one waits for the new day.',
		scenarios: [
			row('Postponed to 1 December, account active already', { person: hire }),
			row('Postponed to 1 December, account staged', { person: hire, account: staged() }),
			row('Brought forward to today, account staged', {
				person: person({ employmentStartDate: '2026-11-23' }),
				account: staged(),
			}),
			row('Start date removed, account active', { person: person({ employmentStartDate: null }) }),
		],
	},
	{
		title: 'Out of scope',
		text:
			'Demo people are out of scope by default. Leaving the scope changes nothing unless you ' +
			'choose so, and never deletes. A condition on a field that was not read is for a person to look at.',
		scenarios: [
			row('Not among the People in Scope, no account', none, { inScope: false }),
			row('Not among the People in Scope, active account', {}, { inScope: false }),
			row('Not among the People in Scope, active account', COUNTED, {
				inScope: false,
				...SCOPE_SUSPEND,
			}),
			row(
				'Not among the People in Scope, active account, only this account was read',
				{},
				{ inScope: false, ...SCOPE_SUSPEND },
			),
			row('Not among the People in Scope, active account', COUNTED, {
				inScope: false,
				setting: 'People Who Leave the Scope: Suspend; Deprovision How: Delete',
				settings: { outOfScope: 'suspend', deprovisionHow: 'delete' },
			}),
			row(
				'Not among the People in Scope, active account',
				{},
				{
					inScope: false,
					setting: 'People Who Leave the Scope: Suspend; Deprovision How: Review',
					settings: { outOfScope: 'suspend', deprovisionHow: 'review' },
				},
			),
			row('Not among the People in Scope, account not linked', unlinked(), {
				inScope: false,
				...SCOPE_SUSPEND,
			}),
			row(
				'Not among the People in Scope, suspended by us',
				{ account: suspended() },
				{ inScope: false, ...SCOPE_SUSPEND },
			),
			row('In scope again, suspended by us', { account: suspended() }, SCOPE_SUSPEND),
			row(
				'A field of the conditions was not read',
				{},
				{ inScope: { unknown: 'department was not read.' }, ...SCOPE_SUSPEND },
			),
			row('Offboarded, and not among the People in Scope', { person: left }, { inScope: false }),
			row('Demo person of Humaans', { ...none, person: person({ demo: true }) }),
			row(
				'Demo person of Humaans',
				{ ...none, person: person({ demo: true }) },
				{ setting: 'Include Demo People: on', settings: { includeDemoPeople: true } },
			),
		],
	},
	{
		title: 'When something is missing or has no effect',
		text: 'Whatever cannot be known is for a person to look at; one bad item never stops the others.',
		scenarios: [
			row('The person could not be read', {
				person: undefined,
				problem: 'Humaans returned a person this package cannot read (check: status).',
			}),
			row('The person was read 30 hours ago', { readAt: '2026-11-22T06:00:00.000Z' }),
			row('Nobody knows when the person was read', { readAt: 'yesterday' }),
			row('The item has no person ID', { personId: undefined }),
			row('The item names one person and holds another', { person: person({ id: OTHER_ID }) }),
			row('Match was left out', { match: undefined }),
			row('Field Mapper was left out', { desired: undefined }),
			row('Field Mapper was left out, no account', { ...none, desired: undefined }),
			row('A linked account of somebody else came along', {
				account: account({ attributes: [{ name: 'humaansId', value: OTHER_ID }] }),
			}),
			row('An update was accepted and changed nothing', {
				desired: desired({ department: 'Legal' }),
				outcome: { action: 'update', status: 'applied', attempts: [], warnings: [] },
			}),
			row('Six decisions in one run already', {
				decision: {
					action: 'update',
					code: 'drift',
					reason: '',
					changes: [],
					warnings: [],
					decidedAt: '2026-11-23T12:00:00.000Z',
					step: 6,
				},
			}),
		],
	},
	{
		title: 'Mode and Actions Allowed',
		text: '"Review everything" shows what would be done and does nothing.',
		scenarios: [
			row('Works here, no account', none, {
				setting: 'Mode: Review Everything',
				settings: { mode: 'review' },
			}),
			row(
				'Starts on 1 December, staged account',
				{ person: hire, account: staged() },
				{ setting: 'Mode: Review Everything', settings: { mode: 'review' } },
			),
			row(
				'Offboarded, active account',
				{ person: left },
				{ setting: 'Mode: Review Everything', settings: { mode: 'review' } },
			),
			row('Works here, no account', none, {
				setting: 'Actions Allowed: only Update',
				settings: { actionsAllowed: ['update'] },
			}),
			row(
				'Works here, suspended by somebody else',
				{ account: suspended({ attributes: LINKED }) },
				{ setting: 'Actions Allowed: only Update', settings: { actionsAllowed: ['update'] } },
			),
		],
	},
];
