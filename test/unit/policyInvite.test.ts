/** To which addresses an invite goes, and whether an update of them comes first. */
import { inviteAwaitsUpdate, inviteFor } from '../../nodes/core/policy/invite';
import type { PolicySettings } from '../../nodes/core/policy/settings';
import type { Account, Desired, Match, Person } from '../../nodes/core/subject';
import {
	EMAIL,
	NOW,
	account,
	decideOne,
	desired,
	matched,
	person,
	settings,
	staged,
	subject,
} from './policyWorld';

interface Row {
	account?: Partial<Account>;
	person?: Partial<Person>;
	desired?: Partial<Desired['attributes']>;
	leftOff?: string;
	set?: Partial<PolicySettings>;
	match?: Partial<Match>;
}

const NEW_HIRE = { employmentStartDate: '2026-11-23', timezone: 'UTC' };
const OWN = 'ana@own.example';
const OF_HUMAANS = 'ana@mail.example';
const OTHER_WORK = 'a.silva@acme.example';

const partsOf = (row: Row) => ({
	match: matched(row.match),
	account: staged(row.account),
	person: person({ ...NEW_HIRE, email: (row.desired?.email ?? EMAIL) as string, ...row.person }),
	desired: desired(row.desired as Desired['attributes'], {
		problems: row.leftOff ? [{ field: row.leftOff, message: 'It is left off.' }] : [],
	}),
});

const caseOf = (row: Row) => ({
	subject: subject(partsOf(row)),
	settings: settings(row.set),
	now: NOW,
	inScope: true,
});

const addresses = (row: Row) =>
	inviteFor(caseOf(row)).recipients.map(({ kind, address }) => `${kind} ${address}`);

const ONLY_ACTIVATE: Partial<PolicySettings> = { actionsAllowed: ['create', 'activate'] };

it.each<[string, Row, string]>([
	['both have the same', { account: { alternateEmail: OWN }, person: { personalEmail: OWN } }, OWN],
	[
		'both have the same, in other capitals',
		{ account: { alternateEmail: OWN }, person: { personalEmail: OWN.toUpperCase() } },
		OWN,
	],
	['they differ, and no update comes', { account: { alternateEmail: OWN } }, 'null'],
	[
		'Humaans has none any more',
		{ account: { alternateEmail: OWN }, person: { personalEmail: null } },
		'null',
	],
	[
		'it is not known what Humaans has',
		{ account: { alternateEmail: OWN }, person: { personalEmail: undefined } },
		OWN,
	],
	[
		'the account has an old one, and that of Humaans is none',
		{ account: { alternateEmail: OWN }, person: { personalEmail: 'at home' } },
		'null',
	],
	[
		'the account has an old one, and that of Humaans is left off',
		{ account: { alternateEmail: OWN }, leftOff: 'personalEmail' },
		'null',
	],
	['the account has none', { account: { alternateEmail: null } }, OF_HUMAANS],
	['the account has an empty one', { account: { alternateEmail: '' } }, OF_HUMAANS],
	['the mapper leaves the field off', { leftOff: 'personalEmail' }, 'null'],
	['the mapper leaves the attribute off', { leftOff: 'alternateEmail' }, 'null'],
	['the mapper leaves another field off', { leftOff: 'phone' }, OF_HUMAANS],
	['it is of the company’s own domain', { person: { personalEmail: OTHER_WORK } }, 'null'],
	['it is no address', { person: { personalEmail: 'at home' } }, 'at home'],
	[
		'it is no address, and left off',
		{ person: { personalEmail: 'at home' }, leftOff: 'personalEmail' },
		'at home',
	],
	['nobody has one', { person: { personalEmail: null } }, 'null'],
	[
		'an update brings another',
		{ account: { alternateEmail: OWN }, desired: { alternateEmail: OF_HUMAANS } },
		'null',
	],
	[
		'an update brings the first',
		{ account: { alternateEmail: null }, desired: { alternateEmail: OF_HUMAANS } },
		'null',
	],
	[
		'an update would bring another, and none is allowed',
		{
			account: { alternateEmail: OWN },
			desired: { alternateEmail: OF_HUMAANS },
			set: ONLY_ACTIVATE,
		},
		'null',
	],
	[
		'an update brings something else',
		{
			account: { alternateEmail: OWN },
			person: { personalEmail: OWN },
			desired: { email: OTHER_WORK },
		},
		OWN,
	],
])('the personal address: %s', (_what, row, address) =>
	expect(addresses({ ...row, set: { ...row.set, inviteTo: 'personal' } })).toEqual([
		`personal ${address}`,
	]),
);

it.each<[string, Row, string]>([
	['that of the account', {}, EMAIL],
	['Field Mapper wants it, whatever Humaans has', { person: { email: OTHER_WORK } }, EMAIL],
	['an update brings another', { desired: { email: OTHER_WORK } }, 'null'],
	[
		'an update would bring another, and none is allowed',
		{ desired: { email: OTHER_WORK }, set: ONLY_ACTIVATE },
		'null',
	],
	[
		'the same, and everybody was looked at: nobody else has it',
		{ desired: { email: OTHER_WORK }, set: ONLY_ACTIVATE, match: { emailIsNobodyElses: true } },
		EMAIL,
	],
	['an update brings a personal one', { desired: { alternateEmail: OWN } }, EMAIL],
])('the work address: %s', (_what, row, address) =>
	expect(addresses({ ...row, set: { ...row.set, inviteTo: 'work' } })).toEqual([`work ${address}`]),
);

it.each<[string, Row, boolean]>([
	['no address changes', {}, false],
	['no invite is wanted', { desired: { email: OTHER_WORK }, set: { sendInvite: false } }, false],
	['the second address changes', { desired: { email: OTHER_WORK } }, false],
	['the first address changes', { desired: { alternateEmail: OWN } }, true],
	['both change', { desired: { email: OTHER_WORK, alternateEmail: OWN } }, true],
	['the only one changes', { desired: { email: OTHER_WORK }, set: { inviteTo: 'work' } }, true],
	[
		'the only one changes, the personal one',
		{ desired: { alternateEmail: OWN }, set: { inviteTo: 'personal' } },
		true,
	],
	['another one changes', { desired: { alternateEmail: OWN }, set: { inviteTo: 'work' } }, false],
])('an update comes first: %s', (_what, row, first) => {
	expect(inviteAwaitsUpdate(caseOf(row))).toBe(first);
	expect(decideOne(partsOf(row), row.set).action).toBe(first ? 'update' : 'activate');
});

it('without an address, and with none to come, the account is not opened', () => {
	const row: Row = { person: { personalEmail: null }, set: { inviteTo: 'personal' } };
	expect(inviteAwaitsUpdate(caseOf(row))).toBe(false);
	expect(decideOne(partsOf(row), row.set)).toMatchObject({
		...{ action: 'needsReview', code: 'invite.noAddress', blockedAction: 'activate' },
		reason: expect.stringContaining('the personal email is missing, is no email address, or'),
	});
});

it('whoever is active already is updated, and nobody waits for an invite', () =>
	expect(
		decideOne(
			{ ...partsOf({ desired: { email: OTHER_WORK } }), account: account() },
			{ inviteTo: 'work' },
		).action,
	).toBe('update'));

describe('an address that Humaans has for somebody else', () => {
	const HOME = 'bo@other.example';
	const other = person({ id: 'person00000000000000000b' });
	const runOf = (...emails: string[]) => ({
		holdsEverybody: true,
		workEmails: new Map(emails.map((email) => [email, [other]])),
	});
	const both = { account: { alternateEmail: HOME }, person: { personalEmail: HOME } };
	const inHumaans = { person: { personalEmail: HOME } };
	const personal = (row: Row, run = runOf()) =>
		inviteFor({ ...caseOf({ ...row, set: { inviteTo: 'personal' } }), run }).recipients[0]!.address;
	const work = (row: Row, run = runOf()) =>
		inviteFor({
			...caseOf({ ...row, set: { ...ONLY_ACTIVATE, inviteTo: 'work' } }),
			run,
		}).recipients[0]!.address;

	it('as work email, in any letters, and with a plus sign or without', () => {
		expect(personal(both)).toBe(HOME);
		expect(personal(both, runOf(HOME))).toBeNull();
		const capitals = { alternateEmail: 'Bo@Other.example' };
		const typed = { account: capitals, person: { personalEmail: capitals.alternateEmail } };
		expect(personal(typed, runOf(HOME))).toBeNull();
		const plus = 'bo+ana@other.example';
		const tagged = { account: { alternateEmail: plus }, person: { personalEmail: plus } };
		expect(personal(tagged, runOf(HOME))).toBeNull();
		const own = { holdsEverybody: true, workEmails: new Map([[HOME, [person()]]]) };
		expect(personal(both, own)).toBe(HOME);
	});
	it('by what the record says, of the same address only', () => {
		const marked = { personalEmailIsWorkEmailOf: [other.id] };
		expect(personal({ ...both, person: { ...both.person, ...marked } })).toBeNull();
		expect(personal({ person: { ...inHumaans.person, ...marked } })).toBeNull();
		expect(personal({ person: { ...inHumaans.person, personalEmailIsWorkEmailOf: [] } })).toBe(
			HOME,
		);
	});
	it('of a domain of the company, unless the account has it as well', () => {
		const marked = { personalEmailIsOfCompany: true as const };
		expect(personal({ person: { ...inHumaans.person, ...marked } })).toBeNull();
		expect(personal({ ...both, person: { ...both.person, ...marked } })).toBe(HOME);
	});
	it('is no matter for the own work email', () => {
		const row = { account: { alternateEmail: EMAIL }, person: { personalEmail: EMAIL } };
		expect(personal(row)).toBe(EMAIL);
	});
	it('of the email of the account: theirs in Humaans, wanted, of another directory, or nobody else’s', () => {
		const changed: Row = { desired: { email: OTHER_WORK } };
		expect(work({})).toBe(EMAIL);
		expect(work(changed)).toBeNull();
		expect(work({ person: { email: null } })).toBe(EMAIL);
		expect(work({ person: { email: null } }, runOf(EMAIL))).toBeNull();
		const directory = [{ field: 'email', type: 'ACTIVE_DIRECTORY' }];
		expect(work({ ...changed, account: { restrictedFields: directory } })).toBe(EMAIL);
		expect(work({ ...changed, account: { restrictedFields: directory } }, runOf(EMAIL))).toBeNull();
		expect(work({ ...changed, match: { emailIsNobodyElses: true } })).toBe(EMAIL);
		expect(work({ ...changed, account: { email: '' } })).toBeNull();
	});
});
