import {
	LINKED,
	OTHER_ID,
	account,
	named,
	person,
	stamped,
	staged,
	suspended,
} from '../policyWorld';
import { DELETE, THEN_DELETE, left, none, row, setting, unlinked, type Section } from './scenario';

const OLDER_LINK = {
	...none,
	match: { ...none.match, emailHeldBy: [named(['email'], { linkedTo: OTHER_ID })] },
};
const stampedAs = (stamp: string) => ({
	person: left,
	account: suspended({ attributes: stamped(stamp) }),
});

export const LEAVERS: Section = {
	title: 'Leavers',
	text:
		'Only accounts that carry the link are suspended or deleted, only after a complete read, never an ' +
		'administrator, the owner of the API key or a protected account. Protection stays with an ' +
		'account whose email or username changes.',
	scenarios: [
		row('Offboarded, active account', { person: left }),
		row('Offboarded without an end date, active account', {
			person: person({ status: 'offboarded' }),
		}),
		row('Offboarded, staged account', { person: left, account: staged() }),
		row('Offboarded, active account', { person: left }, DELETE),
		row('Offboarded, active account', { person: left }, THEN_DELETE),
		row(
			'Offboarded, active account',
			{ person: left },
			setting('Deprovision How: Review', { deprovisionHow: 'review' }),
		),
		row('Offboarded, suspended account', { person: left, account: suspended() }),
		row('Offboarded, no account', { ...none, person: left }),
		row('Offboarded, account not linked', { ...unlinked(), person: left }),
		row('Offboarded, account not linked, suspended', {
			...unlinked(['email'], { state: 'SUSPENDED', suspended: true }),
			person: left,
		}),
		row('Offboarded, administrator in JumpCloud', {
			person: left,
			account: account({ admin: { id: 'a' } }),
		}),
		row(
			'Offboarded, owner of the API key',
			{ person: left },
			setting('API Key Owner: their email', { apiKeyOwner: 'ana.silva@acme.example' }),
		),
		row(
			'Offboarded, protected account',
			{ person: left },
			setting('Protected Accounts: their username', { protectedAccounts: new Set(['ana.silva']) }),
		),
		row(
			'Offboarded, protected account that has got another email since',
			{
				person: left,
				account: account({
					email: 'ana.pereira@acme.example',
					attributes: [...LINKED, { name: 'humaansProtectedAs', value: 'ana.silva@acme.example' }],
				}),
			},
			setting('Protected Accounts: their email of then', {
				protectedAccounts: new Set(['ana.silva@acme.example']),
			}),
		),
		row(
			'Offboarded, account with the protecting attribute',
			{
				person: left,
				account: account({ attributes: [...LINKED, { name: 'breakGlass', value: 'yes' }] }),
			},
			setting('Protected Attribute: breakGlass', { protectedAttribute: 'breakGlass' }),
		),
		row('Offboarded, but not everybody could be read', { person: left, complete: false }),
		row(
			'Offboarded',
			{ person: left },
			setting('Deprovision When: nothing', { deprovisionWhen: [] }),
		),
	],
};

export const DELETION: Section = {
	title: 'Suspend, then delete',
	text:
		'The days count from the day on which this package suspended the account because the person ' +
		'had left; the stamp on the account says when and why. Whoever was suspended for another ' +
		'reason, or came back in between, is marked as a leaver first, and the days count from then.',
	scenarios: [
		row(
			'Offboarded, suspended by us 22 days ago',
			{ person: left, account: suspended() },
			THEN_DELETE,
		),
		row(
			'Offboarded, suspended by us 53 days ago',
			stampedAs('2026-10-01T09:00:00.000Z leaving'),
			THEN_DELETE,
		),
		row(
			'Offboarded, suspended by us 53 days ago by a version that did not write why',
			stampedAs('2026-10-01T09:00:00.000Z'),
			THEN_DELETE,
		),
		row(
			'Offboarded, suspended by us 53 days ago for leaving the scope',
			stampedAs('2026-10-01T09:00:00.000Z scope'),
			THEN_DELETE,
		),
		row(
			'Offboarded again, suspended by us 53 days ago, came back in between',
			stampedAs('2026-10-01T09:00:00.000Z returned'),
			THEN_DELETE,
		),
		row(
			'Offboarded, suspended for the scope 53 days ago, marked as a leaver 3 days ago',
			stampedAs('2026-10-01T09:00:00.000Z leaving 2026-11-20T09:00:00.000Z'),
			THEN_DELETE,
		),
		row(
			'Offboarded, suspended by us 53 days ago; somebody of the same name who works here has the work email',
			{
				...stampedAs('2026-10-01T09:00:00.000Z leaving'),
				person: { ...left, sharesWorkEmailWith: [OTHER_ID], sameNameAndEmailAs: [OTHER_ID] },
			},
			THEN_DELETE,
		),
		row(
			'Offboarded, suspended by us 53 days ago, protected account',
			stampedAs('2026-10-01T09:00:00.000Z leaving'),
			setting('Deprovision How: Suspend, Then Delete; Protected Accounts: their username', {
				deprovisionHow: 'suspendThenDelete',
				protectedAccounts: new Set(['ana.silva']),
			}),
		),
		row(
			'Offboarded, suspended by somebody else',
			{ person: left, account: suspended({ attributes: LINKED }) },
			THEN_DELETE,
		),
		row('Offboarded, no account; an open one has their work email and an older link', {
			...OLDER_LINK,
			person: left,
		}),
		row('Offboarded, no account; a colleague has their work email now, and the account', {
			...OLDER_LINK,
			person: { ...left, sharesWorkEmailWith: [OTHER_ID] },
		}),
	],
};

export const GONE: Section = {
	title: 'Deleted while the sync was down',
	text:
		'Nothing hangs on the moment: the account carries the link, so the next complete run finds ' +
		'that its person is gone, asks Humaans by ID, and acts. A person who is merely missing from a ' +
		'list is not gone.',
	scenarios: [
		row('Deleted in Humaans (confirmed), active account', { person: null, desired: undefined }),
		row('Missing from the list, not confirmed', { person: undefined }),
		row(
			'Deleted in Humaans (confirmed), active account',
			{ person: null, desired: undefined },
			setting('Deprovision When: only Offboarded', { deprovisionWhen: ['offboarded'] }),
		),
		row('Deleted in Humaans (confirmed), suspended by us already', {
			person: null,
			desired: undefined,
			account: suspended(),
		}),
	],
};
