/** Both services at one moment, read as people would: rows as they are, dates as texts. */
import type { Account, JobRole, Person } from '../sandbox';
import type { Settings } from './plan';

/** Both services at one moment. */
export interface World {
	/** Milliseconds since 1970. */
	now: number;
	people: readonly Person[];
	jobRoles: readonly JobRole[];
	accounts: readonly Account[];
}

/** Each has a limit of its own. */
export type LimitedKind = 'disabling' | 'deletion' | 'email';

/** What cannot be read from the two services. */
export interface Past {
	/** Who suspended an account last: this package, somebody by hand, or nobody can say. */
	suspendedBy: ReadonlyMap<string, 'package' | 'hand' | 'unclear'>;
	/** Of each kind that has a limit: which accounts this process let through, and when. */
	letThrough: Readonly<Record<LimitedKind, ReadonlyMap<string, number>>>;
	/** Accounts that it may have let through without a write that shows it. */
	maybeLetThrough: Readonly<Record<LimitedKind, ReadonlyMap<string, number>>>;
	/** Addresses that two people or accounts held at some time: JumpCloud may have refused them. */
	contested: ReadonlySet<string>;
	/** JumpCloud takes a change of the state by PUT: there is no other way to open an account. */
	canReopen: boolean;
}

export const DAY = 86_400_000;
/** What nobody sees, and n8n’s users paste: zero width, soft hyphen, direction marks, BOM. */
const HIDDEN = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|\ufe0f/g;
const clean = (text: unknown): unknown =>
	typeof text === 'string' ? text.replace(HIDDEN, '').trim() : text;
export const lower = (text: unknown): string =>
	typeof text === 'string' ? String(clean(text)).toLowerCase() : '';
/** JumpCloud takes no longer text. */
export const LONGEST = 1000;
const attribute = (account: Account, name: string): string | undefined =>
	account.attributes.find((one) => one.name === name)?.value;
/** Another company whose people have accounts in the same JumpCloud. */
export const OTHER_COMPANY = 'otherCompanyInOneTenant1';
export const companyOf = (account: Account): string | undefined =>
	attribute(account, 'humaansCompany');
export const isForeign = (account: Account): boolean => companyOf(account) === OTHER_COMPANY;
/** Whose the account is; an account of another company is nobody’s here. */
export const linkOf = (account: Account): string | undefined =>
	isForeign(account) ? undefined : attribute(account, 'humaansId');
/** `<when suspended> <reason> [<since when the reason holds>]` */
export const stampOf = (account: Account): string | undefined =>
	attribute(account, 'humaansDeprovisionedAt');
export const stampedAt = (account: Account): number =>
	Date.parse(stampOf(account)?.split(' ')[0] ?? '');
export const isLinked = (account: Account): boolean => linkOf(account) !== undefined;
export const isSheltered = (account: Account): boolean => Boolean(account.admin);

const formats = new Map<string, Intl.DateTimeFormat>();

/** The date where somebody is, YYYY-MM-DD. */
function localDate(at: number, zone: string): string {
	const format = formats.get(zone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone: zone });
	formats.set(zone, format);
	return format.format(at);
}

export const todayOf = (person: Person, now: number): string =>
	localDate(now, String(person.timezone ?? 'UTC'));

export const hasBegun = (person: Person, now: number): boolean =>
	Boolean(person.employmentStartDate) && person.employmentStartDate <= todayOf(person, now);

/**
 * The last day to be believed: the earlier of last working day and end, each only when it fits the
 * employment.
 */
function lastDay({
	employmentStartDate: start,
	employmentEndDate: end,
	lastWorkingDay: last,
}: Person): string | null {
	if (!end || (start && end < start)) return null;
	return last && last < end && (!start || last > start) ? last : end;
}

/**
 * Somebody who must not have access: gone from Humaans, offboarded, or (when chosen) past the last
 * day.
 */
export function isLeaver(person: Person | undefined, settings: Settings, now: number): boolean {
	const when = settings.deprovisionWhen;
	if (!person) return when.includes('deleted');
	const day = lastDay(person);
	const today = todayOf(person, now);
	// Offboarded ahead of time: their access lasts until the last day is over.
	if (person.status === 'offboarded' && when.includes('offboarded'))
		return day === null || day < today;
	const doubtful =
		day !== null && day === person.employmentStartDate && person.status !== 'offboarded';
	return when.includes('lastDay') && day !== null && day < today && !doubtful;
}

/**
 * Whether an account of theirs that is staged, or that this package suspended, may be active now.
 */
export function isDue(person: Person, settings: Settings, now: number, again: boolean): boolean {
	// As an active member, or on the day where that comes first.
	if (settings.activationTrigger === 'immediately' && person.status === 'active') return true;
	if (settings.activationTrigger === 'never' && !again) return false;
	if (hasBegun(person, now)) return true;
	// Somebody who counts as active and comes back later than their calendar says is not kept out.
	const startsWithin = Date.parse(`${person.employmentStartDate}T00:00:00Z`) - now;
	return again && person.status === 'active' && startsWithin > 2 * DAY + DAY;
}

/** A reactivation that may be early by the zone of the person: nobody can say which it must be. */
export const isAboutToBegin = (person: Person, now: number): boolean =>
	person.status === 'active' && !hasBegun(person, now);

const roleOf = (world: World, person: Person): JobRole | undefined => {
	const own = world.jobRoles
		.filter((role) => role.personId === person.id)
		.sort((a, b) => (a.effectiveDate < b.effectiveDate ? -1 : 1));
	const today = todayOf(person, world.now);
	return own.filter((role) => role.effectiveDate <= today).at(-1) ?? own[0];
};

const domainOf = (address: unknown): string => lower(address).split('@').at(-1)!;
const isAddress = (text: unknown): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(String(text ?? ''));
const entry = (list: unknown, type: string): Record<string, string> | undefined =>
	(list as Array<Record<string, string>>).find((one) => one.type === type);

/** A tenth of those who are here have the domain at work, and three times as many as at home. */
function isOfCompany({ people }: World, address: string): boolean {
	const here = people.filter(({ status }) => status !== 'offboarded');
	const having = (field: 'email' | 'personalEmail') =>
		here.filter((one) => isAddress(one[field]) && domainOf(one[field]) === domainOf(address))
			.length;
	const atWork = having('email');
	return atWork >= Math.max(3, here.length / 10) && atWork >= 3 * having('personalEmail');
}

/**
 * Field by field: what Humaans says and what the account holds. What is empty in Humaans touches
 * nothing.
 */
export function fieldsOf(
	world: World,
	person: Person,
	account: Account,
): Array<{ field: string; wanted: unknown; held: unknown }> {
	const role = roleOf(world, person);
	const home = entry(account.addresses, 'home');
	const pairs: Array<[string, unknown, unknown]> = [
		['firstname', person.firstName, account.firstname],
		['lastname', person.lastName, account.lastname],
		['email', lower(person.email), lower(account.email)],
		[
			'alternateEmail',
			isAddress(person.personalEmail) &&
			domainOf(person.personalEmail) !== domainOf(person.email) &&
			!isOfCompany(world, person.personalEmail!)
				? lower(person.personalEmail)
				: null,
			lower(account.alternateEmail),
		],
		['jobTitle', role?.jobTitle, account.jobTitle],
		['department', role?.department, account.department],
		['employeeIdentifier', person.employeeId, account.employeeIdentifier],
		['work phone', person.phoneNumber, entry(account.phoneNumbers, 'work')?.number],
		['mobile phone', person.personalPhoneNumber, entry(account.phoneNumbers, 'mobile')?.number],
		['street', person.address, home?.streetAddress],
		['town', person.address ? person.city : null, home?.locality],
	];
	return pairs
		.map(([field, wanted, held]) => ({ field, wanted: clean(wanted), held }))
		.filter(({ wanted }) => wanted !== null && wanted !== undefined && wanted !== '');
}
