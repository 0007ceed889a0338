import type { Account, Subject } from '../../../nodes/core/subject';
import { OTHER_ID, account, desired, matched, named, person, staged } from '../policyWorld';
import { candidate, left, none, row, setting, uncertain, unlinked, type Section } from './scenario';

const REVIEW = setting('Existing Accounts: Review', { existingAccounts: 'review' });
const sharer = person({ sharesWorkEmailWith: [OTHER_ID] });
const sameId = person({ sharesEmployeeIdWith: [OTHER_ID] });
/** An item without a person, as Match gives it. */
const ofNobody = (patch: Partial<Account> = {}): Partial<Subject> => ({
	...{ personId: undefined, person: undefined },
	...{
		account: account({ attributes: [], ...patch }),
		match: matched({ by: null, ofNobody: true }),
	},
});
const noted = (words: string) => matched({ notes: [words] });
const oneOfOthers = `The account asilva has the same employee ID and is linked to ${OTHER_ID}, so it is left alone.`;

export const SHARED: Section = {
	title: 'Duplicate names and shared addresses',
	text:
		'Two people with the same name are no matter: nobody is found by a name alone, and usernames ' +
		'are numbered. The link settles whose account it is; what somebody else has typed, an email ' +
		'or an employee ID, keeps nobody with a linked account from being changed or suspended. Where ' +
		'nothing is linked yet, two people with the same *work email*, or one person with two ' +
		'accounts, go to Needs Review; nothing is touched.',
	scenarios: [
		row('Same name as somebody else, another email, no account', {
			...none,
			desired: desired({}, { usernames: ['ana.silva', 'ana.silva2'] }),
		}),
		row('Same work email as another person, no account', { ...none, person: sharer }),
		row('Same work email as another person, unlinked account with it', {
			...unlinked(),
			person: sharer,
		}),
		row('Same work email as another person, linked account', { person: sharer }),
		row('Nothing of the linked account is this person’s: a successor in the record of a leaver', {
			person: person({
				...{ firstName: 'Bruno', lastName: 'Costa', preferredName: null, employeeId: 'B-1' },
				...{ email: 'bruno.costa@acme.example', personalEmail: 'bruno@home.example' },
			}),
			account: account({ lastname: 'Silva', employeeIdentifier: 'A-1' }),
			desired: desired({ email: 'bruno.costa@acme.example', firstname: 'Bruno' }),
		}),
		row('Same work email as another person, linked account with another email', {
			person: sharer,
			account: account({ email: 'old@acme.example' }),
		}),
		row('Same work email as a stranger, offboarded, linked account', {
			person: { ...sharer, status: 'offboarded' },
		}),
		row('Same employee ID as another person, unlinked account with it', {
			person: sameId,
			...unlinked(['employeeIdentifier', 'name']),
		}),
		row('Same employee ID as another person, unlinked account with it and with the work email', {
			person: sameId,
			...unlinked(['employeeIdentifier', 'email', 'name']),
		}),
		row('Same employee ID as another person, linked account', { person: sameId }),
		row('Same employee ID as another person, offboarded, linked account', {
			person: { ...sameId, status: 'offboarded' },
		}),
		row(
			'Two accounts fit (employee ID and email)',
			uncertain('twoCandidates', [candidate('ana.silva', null), candidate('asilva', null)]),
		),
		row(
			'Two people claim one account that is not linked',
			uncertain('twoClaimants', [candidate('ana.silva', null)], ['person1', 'person2']),
		),
		row('An account with the same employee ID is somebody else’s, no account of their own', {
			...none,
			match: { ...none.match, notes: [oneOfOthers] },
		}),
		row('An account with the same employee ID is somebody else’s, their own is in step', {
			match: noted(oneOfOthers),
		}),
		row('An account with their work email is somebody else’s, no account of their own', {
			...none,
			match: {
				...none.match,
				emailHeldBy: [named(['email'], { username: 'asilva', linkedTo: OTHER_ID })],
			},
		}),
		row('Not all accounts could be read, none found', {
			account: null,
			match: matched({ by: null, certain: false }),
		}),
	],
};

export const EXISTING: Section = {
	title: 'Accounts that were there before',
	text:
		'An account with the same work email is adopted when Humaans has that email for this person ' +
		'alone; one with the same employee ID only when the name agrees too, because a number is typed ' +
		'in by hand. Adopted means: linked, and kept in step. Never adopted are an administrator’s ' +
		'account, a protected one, and one that somebody has staged or suspended. An account is never ' +
		'suspended or deleted before it is linked.',
	scenarios: [
		row('Unlinked account with the same work email', unlinked()),
		row('Unlinked account with the same work email; name, personal email and employee ID differ', {
			...unlinked(['email'], {
				...{ firstname: 'Olga', lastname: 'Petrova', alternateEmail: 'olga@home.example' },
				employeeIdentifier: 'F-1',
			}),
		}),
		row(
			'Unlinked account with the same employee ID and name',
			unlinked(['employeeIdentifier', 'name']),
		),
		row(
			'Unlinked account with the same employee ID, another name and email',
			unlinked(['employeeIdentifier'], { email: 'root@acme.example' }),
		),
		row(
			'Unlinked account with the same employee ID and name, only this person was read (form, webhook)',
			{ person: person({ readAlone: true }), ...unlinked(['employeeIdentifier', 'name']) },
		),
		row('Unlinked account with the same work email', unlinked(), REVIEW),
		row(
			'Unlinked account with the same work email, suspended',
			unlinked(['email'], { state: 'SUSPENDED', suspended: true }),
		),
		row('Unlinked account with the same work email, staged', {
			...unlinked(),
			account: staged({ attributes: [] }),
		}),
		row(
			'Unlinked account with the same work email, administrator in JumpCloud',
			unlinked(['email'], { admin: { id: 'a' } }),
		),
		row(
			'Unlinked account with the same work email, protected',
			unlinked(),
			setting('Protected Accounts: its username', { protectedAccounts: new Set(['ana.silva']) }),
		),
		row('Department changed in Humaans', { desired: desired({ department: 'Legal' }) }),
		row(
			'Department changed in Humaans',
			{ desired: desired({ department: 'Legal' }) },
			setting('Actions Allowed: without Update', { actionsAllowed: ['create', 'activate'] }),
		),
		row('Department differs, but another directory owns it', {
			desired: desired({ department: 'Legal' }),
			account: account({ restrictedFields: [{ field: 'department' }] }),
		}),
		row('Work email changed in Humaans, administrator in JumpCloud', {
			account: account({ email: 'old@acme.example', admin: { id: 'a' } }),
		}),
		row(
			'On the list of protected accounts for the first time',
			{},
			setting('Protected Accounts: their email', {
				protectedAccounts: new Set(['ana.silva@acme.example']),
			}),
		),
		row('Linked before there were companies; Humaans names one', {
			person: person({ companyId: 'company1' }),
		}),
		row('Account of nobody (Match: Include Accounts of Nobody)', ofNobody()),
		row(
			'Account of nobody, linked to somebody of another Humaans company',
			ofNobody({ attributes: [{ name: 'humaansId', value: OTHER_ID }] }),
		),
	],
};

export const RECORDS: Section = {
	title: 'Contractor to employee',
	text:
		'Two records of one human with one work email: the old one must not take the account down, ' +
		'the new one must not take it over unseen. That holds where the names agree too, at least in ' +
		'part; a stranger with the same email keeps nobody’s account open. Link the account to the ' +
		'new record (custom attribute humaansId) and the rest follows.',
	scenarios: [
		row('Old record, offboarded; the new one has the same work email and name', {
			person: {
				...left,
				sharesWorkEmailWith: [OTHER_ID],
				sameNameAndEmailAs: [OTHER_ID],
			},
		}),
		row('New record; the account is linked to the old one', {
			...none,
			match: {
				...none.match,
				emailHeldBy: [named(['email'], { linkedTo: OTHER_ID })],
			},
		}),
		row('Old record, deleted; the new one has the work email and the name of the account', {
			person: null,
			accountEmailOf: [OTHER_ID],
		}),
		row('The same record, contract type changed', {
			desired: desired({ employeeType: 'full-time' }),
		}),
	],
};
