/**
 * Where an invite goes. Whoever gets it can set the password, so it goes to an address that the
 * account has and Humaans has too: what only Humaans has may be a mistake that the account was kept
 * from, such as the address of a colleague; what only the account has may be one that was taken back,
 * or a colleague's by now.
 * Where the account has no personal email, that of Humaans is used.
 */
import { ownedElsewhere } from '../account/finding';
import { isEmail, isOfOwnDomain, mailboxOf, sameEmail } from '../email';
import type { Decision } from '../subject';
import { planOf } from './drift';
import { inRunWithEmail } from './run';
import { personOf, type Case } from './verdict';

type Recipient = NonNullable<Decision['invite']>['recipients'][number];

/** The field of Humaans, and the attribute of JumpCloud, in problems of the mapping. */
const PERSONAL_EMAIL = ['personalEmail', 'alternateEmail'];

/** The address is about to change, by a write that comes first. */
const isPending = (facts: Case, attribute: 'email' | 'alternateEmail'): boolean =>
	facts.settings.actionsAllowed.includes('update') &&
	planOf(facts).changes.some((change) => change.attribute === attribute);

/** Whoever has that mailbox could set the password. */
function isWorkEmailOfAnother({ subject, run }: Case, address: string): boolean {
	const holders = [address, mailboxOf(address)].flatMap((form) => inRunWithEmail(run, form));
	return holders.some(({ id }) => id !== subject.personId);
}

/** As Humaans has it, it is somebody else's; or can be, where the account does not have it. */
function isPersonalOfAnother({ subject }: Case, address: string): boolean {
	const { account, person } = subject;
	if (!sameEmail(person!.personalEmail, address)) return false;
	const isHeld = sameEmail(account!.alternateEmail, address);
	return (
		(person!.personalEmailIsWorkEmailOf ?? []).length > 0 ||
		(person!.personalEmailIsOfCompany === true && !isHeld)
	);
}

function personalAddress(facts: Case): string | null {
	const { account, desired } = facts.subject;
	if (isPending(facts, 'alternateEmail')) return null;
	const own = account!.alternateEmail || null;
	const { personalEmail } = personOf(facts);
	// Where they differ and no update comes, one of them was taken back or is somebody else's.
	if (own !== null && personalEmail !== undefined && !sameEmail(own, personalEmail)) return null;
	// Where only Humaans has it, nothing keeps it in step, or another account has it too.
	const address = own ?? personalEmail ?? null;
	// What is no address at all is named by whoever tries it.
	if (!isEmail(address) || sameEmail(address, account!.email)) return address;
	if (isPersonalOfAnother(facts, address) || isWorkEmailOfAnother(facts, address)) return null;
	const isLeftOff =
		own === null && (desired?.problems ?? []).some(({ field }) => PERSONAL_EMAIL.includes(field));
	// Of the company's own domain it can be a colleague's.
	return isLeftOff || isOfOwnDomain(address, account!.email) ? null : address;
}

/** What only the account has can be somebody else's by now, unless another directory gives it. */
function workAddress(facts: Case): string | null {
	if (isPending(facts, 'email')) return null;
	const { account, desired } = facts.subject;
	const address = account!.email || null;
	if (!isEmail(address) || sameEmail(address, personOf(facts).email)) return address;
	const wanted = desired?.attributes.email;
	const isWanted = typeof wanted === 'string' && sameEmail(address, wanted);
	const isTrusted = isWanted || ownedElsewhere(account!).has('email');
	if (!isTrusted && facts.subject.match?.emailIsNobodyElses !== true) return null;
	return isWorkEmailOfAnother(facts, address) ? null : address;
}

/** Who is invited, in order; none when no invite is wanted. */
export function inviteFor(facts: Case): NonNullable<Decision['invite']> {
	const { sendInvite, inviteTo } = facts.settings;
	if (!sendInvite) return { recipients: [] };
	const personal: Recipient = { kind: 'personal', address: personalAddress(facts) };
	const work: Recipient = { kind: 'work', address: workAddress(facts) };
	const recipients =
		inviteTo === 'work' ? [work] : inviteTo === 'personal' ? [personal] : [personal, work];
	return { recipients };
}

/**
 * The address that comes first is about to change, so the update comes before the invite; where the
 * Email Change Limit could hold that update, only when nobody at all could be invited without it.
 */
export function inviteAwaitsUpdate(facts: Case): boolean {
	const { recipients } = inviteFor(facts);
	const [first] = recipients;
	if (!first || first.address !== null) return false;
	const [email, alternateEmail] = [isPending(facts, 'email'), isPending(facts, 'alternateEmail')];
	if (first.kind === 'personal' && alternateEmail && !email) return true;
	return (email || alternateEmail) && recipients.every(({ address }) => address === null);
}
