/**
 * What must be, told from docs/behaviour.md and the design alone: no code of the package. It reads
 * the rows of both services as they are, dates as texts, and what it remembers itself of who
 * suspended an account.
 */
import type { Account, JobRole, Person } from '../sandbox';
import { REFUSED } from './edits/typed';
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

const DAY = 86_400_000;
/** What nobody sees, and n8n’s users paste: zero width, soft hyphen, direction marks, BOM. */
const HIDDEN = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const clean = (text: unknown): unknown =>
	typeof text === 'string' ? text.replace(HIDDEN, '').trim() : text;
const lower = (text: unknown): string =>
	typeof text === 'string' ? String(clean(text)).toLowerCase() : '';
/** JumpCloud takes no longer text. */
const LONGEST = 1000;
const attribute = (account: Account, name: string): string | undefined =>
	account.attributes.find((one) => one.name === name)?.value;
/** Another company whose people have accounts in the same JumpCloud. */
export const OTHER_COMPANY = 'otherCompanyInOneTenant1';
const isForeign = (account: Account): boolean =>
	attribute(account, 'humaansCompany') === OTHER_COMPANY;
/** Whose the account is; an account of another company is nobody’s here. */
export const linkOf = (account: Account): string | undefined =>
	isForeign(account) ? undefined : attribute(account, 'humaansId');
/** `<when suspended> <reason> [<since when the reason holds>]` */
const stampOf = (account: Account): string | undefined =>
	attribute(account, 'humaansDeprovisionedAt');
const stampedAt = (account: Account): number => Date.parse(stampOf(account)?.split(' ')[0] ?? '');
const isLinked = (account: Account): boolean => linkOf(account) !== undefined;
const isSheltered = (account: Account): boolean => Boolean(account.admin);

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
const isAboutToBegin = (person: Person, now: number): boolean =>
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
			isAddress(person.personalEmail) && domainOf(person.personalEmail) !== domainOf(person.email)
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

/** Who has which account, and whose case is for a person to look at. */
export class Claims {
	private readonly linked = new Map<string, Account[]>();

	constructor(private readonly world: World) {
		for (const account of world.accounts) {
			const link = linkOf(account);
			if (link !== undefined) this.linked.set(link, [...(this.linked.get(link) ?? []), account]);
		}
	}

	linkedTo(personId: string): Account[] {
		return this.linked.get(personId) ?? [];
	}

	/** Accounts of nobody that fit somebody who has none: the same employee ID or work e-mail. */
	candidates(person: Person): Account[] {
		if (this.linkedTo(person.id).length > 0) return [];
		return this.world.accounts.filter(
			(account) =>
				!isLinked(account) &&
				!isForeign(account) &&
				((person.email && lower(account.email) === lower(person.email)) ||
					(person.employeeId && account.employeeIdentifier === person.employeeId)),
		);
	}

	/** Others who are here, with the same work e-mail. */
	sharers({ id, email }: Pick<Person, 'id' | 'email'>): Person[] {
		return this.world.people.filter(
			(other) =>
				other.id !== id &&
				other.status !== 'offboarded' &&
				Boolean(email) &&
				lower(other.email) === lower(email),
		);
	}

	/** Somebody else without an account fits this one too. */
	claimedByOthers(account: Account, personId: string): boolean {
		return this.world.people.some(
			(other) => other.id !== personId && this.candidates(other).includes(account),
		);
	}

	/** Two accounts where there must be one: nothing is done. The link settles everything else. */
	isConflict(person: Person): boolean {
		return this.linkedTo(person.id).length > 1;
	}

	/**
	 * What becomes of somebody who works here and has no account of their own: they must get this
	 * one, must get a new one, must get none, or nobody can say (null) because a typed value speaks
	 * for an account, and the name decides.
	 */
	dueOf(person: Person): Account | 'new' | 'none' | null {
		const email = lower(person.email);
		const fitting = this.candidates(person);
		if (this.sharers(person).length > 0) return 'none';
		if (fitting.length === 0) {
			const held = this.world.accounts.some(
				(account) => lower(account.email) === email || lower(account.alternateEmail) === email,
			);
			return held ? 'none' : 'new';
		}
		const [account] = fitting;
		if (fitting.length > 1 || lower(account!.email) !== email) return null;
		if (account!.state !== 'ACTIVATED' || isSheltered(account!)) return 'none';
		return this.claimedByOthers(account!, person.id) ? null : account!;
	}
}

const words = (text: string): string[] =>
	text
		.normalize('NFD')
		.toLowerCase()
		.split(/[^a-z]+/)
		.filter((word) => word.length > 1);

/** Their names have a word in common, so they may be one human. */
export function maybeSame(one: readonly unknown[], other: readonly unknown[]): boolean {
	const [own, others] = [words(one.join(' ')), words(other.join(' '))];
	return own.length === 0 || others.length === 0 || own.some((word) => others.includes(word));
}

/** Of so many linked accounts in use. */
export const allowedBy = (limit: number, inUse: number): number =>
	inUse < 20 ? limit : Math.max(limit, Math.floor((inUse * 5) / 100));

export const inUseIn = (accounts: readonly Account[]): number =>
	accounts.filter((account) => isLinked(account) && account.state !== 'SUSPENDED').length;

const lately = (at: ReadonlyMap<string, number>, now: number): string[] =>
	[...at].filter(([, when]) => when > now - DAY).map(([id]) => id);

/** Must be held, must go through, or either, where nobody can say what was let through before. */
function brake(
	kind: LimitedKind,
	pending: readonly string[],
	{ accounts, now }: World,
	past: Past,
	allowed: number,
): 'held' | 'through' | 'either' {
	const others = (ids: readonly string[]) => ids.filter((id) => !pending.includes(id));
	const stamped =
		kind === 'disabling'
			? accounts.filter((account) => stampedAt(account) > now - DAY).map(({ _id }) => _id)
			: [];
	const known = others(lately(past.letThrough[kind], now));
	const maybe = others(lately(past.maybeLetThrough[kind], now));
	const certain = new Set([...others(stamped), ...known]).size;
	const possible = new Set([...others(stamped), ...known, ...maybe]).size;
	if (pending.length + certain > allowed) return 'held';
	return pending.length + possible > allowed ? 'either' : 'through';
}

export interface Finding {
	rule: string;
	who: string;
	detail: string;
}

/**
 * Everything that is not as it must be after a reconciliation that nothing disturbed. `before` is
 * the world as it found it, `after` as it left it.
 */
export function whatIsWrong(
	before: World,
	after: World,
	settings: Settings,
	past: Past,
): Finding[] {
	const findings: Finding[] = [];
	const say = (rule: string, who: string, detail: string) => findings.push({ rule, who, detail });
	const claims = new Claims(before);
	const now = before.now;
	const was = new Map(before.accounts.map((account) => [account._id, account]));
	const is = new Map(after.accounts.map((account) => [account._id, account]));
	const allowed = (limit: number) => allowedBy(limit, inUseIn(before.accounts));

	// Leavers: all of a kind, or none.
	const doomed = doomedIn(before, settings, past);
	for (const kind of ['disabling', 'deletion'] as const) {
		const accounts = doomed.filter((account) => kindOf(account) === kind);
		const ids = accounts.map(({ _id }) => _id);
		const ruled = brake(kind, ids, before, past, allowed(settings.deprovisioningLimit));
		for (const account of accounts) {
			const then = is.get(account._id);
			const gone =
				disabling(account, settings, past, now) === 'delete'
					? !then
					: then?.state === 'SUSPENDED' && then.suspended;
			if (gone && ruled === 'held')
				say('the Deprovisioning Limit holds', account.username, `${accounts.length} leavers`);
			if (!gone && ruled === 'through')
				say(
					'a leaver loses access',
					account.username,
					`${account.state} → ${then?.state ?? 'gone'}`,
				);
			if (gone && then && stampOf(then) === undefined)
				say('a suspension leaves its day', account.username, 'no stamp');
		}
	}

	const pendingEmails = pendingEmailsIn(before, settings);
	const emails = brake('email', pendingEmails, before, past, allowed(3));

	for (const person of before.people) {
		const own = after.accounts.filter((account) => linkOf(account) === person.id);
		if (own.length > 1) {
			if (claims.linkedTo(person.id).length < 2)
				say('one account a person', person.id, `${own.length} accounts`);
			continue;
		}
		const [account] = own;
		const [first] = claims.linkedTo(person.id);
		if (claims.isConflict(person)) {
			if (first && JSON.stringify(is.get(first._id)) !== JSON.stringify(first))
				say('a conflict is for a person', first.username, 'the account was changed');
			continue;
		}
		// Who has left; whose last day is not over; whom the settings leave alone; and demo people.
		if (isLeaver(person, settings, now) || person.status === 'offboarded' || person.demo) {
			if (!first && account)
				say('nobody who has left gets an account', account.username, account.state);
			else if (first && !doomed.includes(first) && account?.state !== first.state)
				say(
					'who is left alone stays',
					first.username,
					`${first.state} → ${account?.state ?? 'gone'}`,
				);
			continue;
		}
		const due = first ?? claims.dueOf(person);
		if (!first && !account && due !== null && due !== 'none' && canHaveAccount(person, past))
			say(
				'everybody here has an account',
				`${person.firstName} ${person.lastName} (${person.id})`,
				`${person.status}, starts ${person.employmentStartDate}`,
			);
		if (!first && account && due === 'none')
			say('nobody takes what is somebody else’s', account.username, person.id);
		if (!account) continue;
		const origin = was.get(account._id);
		const wrongState = stateProblem(person, origin, account, settings, past, now);
		// Access hangs on no field.
		if (wrongState) say('the state fits', account.username, wrongState);
		if (account.state === 'SUSPENDED') continue;
		// With its new e-mail an update waits as a whole.
		if (pendingEmails.includes(account._id) && emails !== 'through') continue;
		for (const { field, wanted, held: holds } of fieldsOf(after, person, account)) {
			if (wanted === holds) continue;
			if (String(wanted).startsWith(REFUSED) || String(wanted).length > LONGEST) continue;
			const isAddressField = field === 'email' || field === 'alternateEmail';
			if ((isAddressField || field === 'employeeIdentifier') && past.contested.has(lower(wanted)))
				continue;
			// With it people sign in: it stays where it is an administrator’s or not theirs alone.
			if (field === 'email' && (isSheltered(account) || claims.sharers(person).length > 0))
				continue;
			say(
				'the fields fit',
				account.username,
				`${field} is ${JSON.stringify(holds ?? null)}, Humaans says ${JSON.stringify(wanted)}`,
			);
		}
	}

	// Nobody's accounts stay as they are.
	for (const account of before.accounts) {
		if (isLinked(account) || (is.get(account._id) && isLinked(is.get(account._id)!))) continue;
		if (JSON.stringify(is.get(account._id)) !== JSON.stringify(account))
			say('an account without the link is left alone', account.username, 'it was changed');
	}
	return findings;
}

export const kindOf = ({ state }: Account): LimitedKind =>
	state === 'SUSPENDED' ? 'deletion' : 'disabling';

/** Accounts that must be disabled, unless there are too many. */
export function doomedIn(
	world: World,
	settings: Settings,
	past: Pick<Past, 'suspendedBy'>,
): Account[] {
	const claims = new Claims(world);
	const people = new Map(world.people.map((person) => [person.id, person]));
	return world.accounts.filter((account) => {
		const link = linkOf(account);
		if (link === undefined || claims.linkedTo(link).length > 1) return false;
		const person = people.get(link);
		if (person?.demo || isSheltered(account) || !isLeaver(person, settings, world.now))
			return false;
		// Their other record is here: one human with two.
		const names = person
			? [person.firstName, person.lastName]
			: [account.firstname, account.lastname];
		const email = person ? person.email : account.email;
		const others = claims.sharers({ id: link, email });
		if (others.some((other) => maybeSame(names, [other.firstName, other.lastName]))) return false;
		return ['suspend', 'delete'].includes(disabling(account, settings, past, world.now));
	});
}

/** Accounts whose work e-mail Humaans has changed. */
export function pendingEmailsIn(world: World, settings: Settings): string[] {
	const claims = new Claims(world);
	return world.people.flatMap((person) => {
		const [account, ...more] = claims.linkedTo(person.id);
		if (!account || more.length > 0 || account.suspended || isSheltered(account)) return [];
		const differs = person.email && lower(person.email) !== lower(account.email);
		const waits = person.status === 'offboarded' || isLeaver(person, settings, world.now);
		return differs && !waits ? [account._id] : [];
	});
}

/** What becomes of a leaver's account. */
function disabling(
	account: Account,
	{ deprovisionHow, deleteAfterDays }: Settings,
	past: Pick<Past, 'suspendedBy'>,
	now: number,
): 'suspend' | 'delete' | 'note' | 'nothing' {
	if (account.state !== 'SUSPENDED') return deprovisionHow === 'delete' ? 'delete' : 'suspend';
	const [at, reason, since] = (stampOf(account) ?? '').split(' ');
	if (deprovisionHow === 'suspend' || !at || past.suspendedBy.get(account._id) === 'hand')
		return 'nothing';
	if (deprovisionHow === 'delete') return 'delete';
	// They were back in between: the days count anew.
	if (reason !== 'leaving') return 'note';
	return Date.parse(since ?? at) + deleteAfterDays * DAY <= now ? 'delete' : 'nothing';
}

/** Humaans has what an account needs, and no address that JumpCloud may refuse. */
const canHaveAccount = (person: Person, { contested }: Past): boolean =>
	Boolean(person.email && person.employmentStartDate && (person.firstName || person.lastName)) &&
	!contested.has(lower(person.email));

/** `first` is the account as the run found it (undefined: created by it). */
function stateProblem(
	person: Person,
	first: Account | undefined,
	account: Account,
	settings: Settings,
	past: Past,
	now: number,
): string | null {
	const from = first?.state ?? 'STAGED';
	const became = `${from} → ${account.state}`;
	if (account.suspended !== (account.state === 'SUSPENDED'))
		return `${account.state} and suspended ${String(account.suspended)}`;
	if (from === 'ACTIVATED') return account.state === 'ACTIVATED' ? null : became;
	if (from === 'STAGED') {
		const wanted = isDue(person, settings, now, false) ? 'ACTIVATED' : 'STAGED';
		return account.state === wanted ? null : `${became}, must be ${wanted}`;
	}
	const by = past.suspendedBy.get(account._id);
	if (by === 'unclear') return null;
	if (by === 'hand' || !first || stampOf(first) === undefined)
		return account.state === 'SUSPENDED' ? null : `${became}, but somebody had suspended it`;
	if (settings.activationTrigger === 'never' && first.activated !== true)
		return account.state === 'SUSPENDED' ? null : `${became}, but activation is by hand`;
	if (!past.canReopen) return null;
	if (isAboutToBegin(person, now) && settings.activationTrigger !== 'immediately') return null;
	const wanted = isDue(person, settings, now, true) ? 'ACTIVATED' : 'SUSPENDED';
	return account.state === wanted ? null : `${became}, must be ${wanted}`;
}
