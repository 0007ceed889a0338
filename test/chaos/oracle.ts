/**
 * What must be, told from docs/behaviour.md and the design alone: no code of the package. It reads
 * the rows of both services as they are, dates as texts, and what it remembers itself of who
 * suspended an account.
 */
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

/** What cannot be read from the two services. */
export interface Past {
	/** Who suspended an account last: this package, somebody by hand, or nobody can say. */
	suspendedBy: ReadonlyMap<string, 'package' | 'hand' | 'unclear'>;
	/** Accounts that this package disabled, and when. */
	disabledAt: ReadonlyMap<string, number>;
	/** Accounts that got another work e-mail from this package, and when. */
	emailChangedAt: ReadonlyMap<string, number>;
	/** Addresses that two people or accounts held at some time: JumpCloud may have refused them. */
	contested: ReadonlySet<string>;
}

const DAY = 86_400_000;
const lower = (text: unknown): string =>
	typeof text === 'string' ? text.trim().toLowerCase() : '';
const attribute = (account: Account, name: string): string | undefined =>
	account.attributes.find((one) => one.name === name)?.value;
export const linkOf = (account: Account): string | undefined => attribute(account, 'humaansId');
const stampOf = (account: Account): string | undefined =>
	attribute(account, 'humaansDeprovisionedAt');
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
	if (person.status === 'offboarded' && when.includes('offboarded'))
		return !(when.includes('lastDay') && day === today);
	const doubtful =
		day !== null && day === person.employmentStartDate && person.status !== 'offboarded';
	return when.includes('lastDay') && day !== null && day < today && !doubtful;
}

/**
 * Whether an account of theirs that is staged, or that this package suspended, may be active now.
 */
export function isDue(person: Person, settings: Settings, now: number, again: boolean): boolean {
	if (settings.activationTrigger === 'immediately') return true;
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
			isAddress(person.personalEmail) ? lower(person.personalEmail) : null,
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
		.filter(([, wanted]) => wanted !== null && wanted !== undefined && wanted !== '')
		.map(([field, wanted, held]) => ({ field, wanted, held }));
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

	/** Accounts that fit somebody who has no linked one: the same employee ID or work e-mail. */
	candidates(person: Person): Account[] {
		if (this.linkedTo(person.id).length > 0) return [];
		return this.world.accounts.filter(
			(account) =>
				(person.email && lower(account.email) === lower(person.email)) ||
				(person.employeeId && account.employeeIdentifier === person.employeeId),
		);
	}

	sharesEmail(person: Person): boolean {
		return this.world.people.some(
			(other) =>
				other.id !== person.id &&
				other.status !== 'offboarded' &&
				Boolean(person.email) &&
				lower(other.email) === lower(person.email),
		);
	}

	/**
	 * Somebody else, still here, fits this account and has none of their own; somebody who left fits
	 * it while it is nobody's.
	 */
	claimedByOthers(account: Account, personId: string): boolean {
		return this.world.people.some(
			(other) =>
				other.id !== personId &&
				this.candidates(other).includes(account) &&
				(other.status !== 'offboarded' || !isLinked(account)),
		);
	}

	/** Two people, or two accounts, where there must be one: nothing is done. */
	isConflict(person: Person): boolean {
		const linked = this.linkedTo(person.id);
		const own =
			linked.length > 0
				? linked
				: this.candidates(person).filter(
						(account) => person.status !== 'offboarded' || !isLinked(account),
					);
		if (own.length > 1) return true;
		const [account] = own;
		if (!account) return person.status !== 'offboarded' && this.sharesEmail(person);
		if (isLinked(account) && linkOf(account) !== person.id) return true;
		return this.sharesEmail(person) || this.claimedByOthers(account, person.id);
	}
}

export const allowedBy = (limit: number, linked: number): number =>
	linked < 20 ? limit : Math.max(limit, Math.floor((linked * 5) / 100));

const recent = (at: ReadonlyMap<string, number>, now: number): Set<string> =>
	new Set([...at].filter(([, when]) => when > now - DAY).map(([id]) => id));

/**
 * Must be held, must go through, or either: what was opened again or deleted since may count or
 * not.
 */
function brake(
	pending: readonly string[],
	recently: ReadonlySet<string>,
	stillSo: (id: string) => boolean,
	allowed: number,
): 'held' | 'through' | 'either' {
	const others = [...recently].filter((id) => !pending.includes(id));
	if (pending.length + others.filter(stillSo).length > allowed) return 'held';
	return pending.length + others.length > allowed ? 'either' : 'through';
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
	const people = new Map(before.people.map((person) => [person.id, person]));
	const linked = before.accounts.filter(isLinked).length;
	const allowed = allowedBy(settings.deprovisioningLimit, linked);

	// Leavers: all of them, or none.
	const doomed = before.accounts.filter((account) => {
		const link = linkOf(account);
		if (link === undefined || claims.linkedTo(link).length > 1) return false;
		const person = people.get(link);
		if (person?.demo || isSheltered(account) || !isLeaver(person, settings, now)) return false;
		if (person && claims.isConflict(person)) return false;
		if (
			!person &&
			before.people.some(
				(other) => claims.candidates(other).includes(account) && other.status !== 'offboarded',
			)
		)
			return false;
		return disabling(account, settings, past, now) !== 'nothing';
	});
	const held = brake(
		doomed.map(({ _id }) => _id),
		recent(past.disabledAt, now),
		(id) => was.get(id)?.suspended === true,
		allowed,
	);
	for (const account of doomed) {
		const then = is.get(account._id);
		const gone =
			disabling(account, settings, past, now) === 'delete'
				? !then
				: then?.state === 'SUSPENDED' && then.suspended;
		if (gone && held === 'held')
			say(
				'the Deprovisioning Limit holds',
				account.username,
				`${doomed.length} leavers, ${allowed} allowed`,
			);
		if (!gone && held === 'through')
			say('a leaver loses access', account.username, `${account.state} → ${then?.state ?? 'gone'}`);
		if (gone && then && stampOf(then) === undefined)
			say('a suspension leaves its day', account.username, 'no stamp');
	}

	const pendingEmails = before.people
		.flatMap((person) =>
			[...claims.linkedTo(person.id), ...claims.candidates(person)].filter(
				(account) =>
					!account.suspended &&
					person.email &&
					lower(person.email) !== lower(account.email) &&
					!isLeaver(person, settings, now) &&
					!claims.isConflict(person),
			),
		)
		.map(({ _id }) => _id);
	const emails = brake(
		pendingEmails,
		recent(past.emailChangedAt, now),
		() => false,
		allowedBy(3, linked),
	);

	for (const person of before.people) {
		const own = after.accounts.filter((account) => linkOf(account) === person.id);
		if (own.length > 1) {
			if (claims.linkedTo(person.id).length < 2)
				say('one account a person', person.id, `${own.length} accounts`);
			continue;
		}
		const [account] = own;
		const [first] = claims.linkedTo(person.id);
		const adopted = first ? undefined : claims.candidates(person)[0];
		if (claims.isConflict(person)) {
			const [theirs] = first ? [first] : [];
			if (theirs && JSON.stringify(is.get(theirs._id)) !== JSON.stringify(theirs))
				say('a conflict is for a person', theirs.username, 'the account was changed');
			continue;
		}
		if (isLeaver(person, settings, now)) {
			if (!first && account)
				say('nobody who has left gets an account', account.username, account.state);
			continue;
		}
		// Their last day is over or they are gone, and the settings leave that alone; demo people are
		// nobody’s.
		if (person.status === 'offboarded' || person.demo) {
			if (!first && account)
				say('nobody who has left gets an account', account.username, account.state);
			else if (first && account?.state !== first.state)
				say(
					'who is left alone stays',
					first.username,
					`${first.state} → ${account?.state ?? 'gone'}`,
				);
			continue;
		}
		if (!account) {
			if (
				!(adopted && emails !== 'through' && pendingEmails.includes(adopted._id)) &&
				mustHaveAccount(before, person, adopted, past)
			)
				say(
					'everybody here has an account',
					`${person.firstName} ${person.lastName} (${person.id})`,
					`${person.status}, starts ${person.employmentStartDate}`,
				);
			continue;
		}
		const origin = was.get(account._id);
		const wrongState = stateProblem(person, origin, account, settings, past, now);
		// A work e-mail that is refused or held comes first: the account is in step before it is
		// activated (docs/chaos.md).
		const emailWaits =
			pendingEmails.includes(account._id) &&
			(emails !== 'through' || past.contested.has(lower(person.email)));
		if (wrongState && !(emailWaits && account.state === 'STAGED'))
			say('the state fits', account.username, wrongState);
		if (account.state === 'SUSPENDED') continue;
		if (emailWaits) continue;
		for (const { field, wanted, held: holds } of fieldsOf(after, person, account)) {
			if (wanted === holds || (field === 'alternateEmail' && past.contested.has(String(wanted))))
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

/** What becomes of a leaver's account. */
function disabling(
	account: Account,
	{ deprovisionHow, deleteAfterDays }: Settings,
	past: Past,
	now: number,
): 'suspend' | 'delete' | 'nothing' {
	if (account.state !== 'SUSPENDED') return deprovisionHow === 'delete' ? 'delete' : 'suspend';
	if (
		deprovisionHow === 'suspend' ||
		stampOf(account) === undefined ||
		past.suspendedBy.get(account._id) === 'hand'
	)
		return 'nothing';
	if (deprovisionHow === 'delete') return 'delete';
	return Date.parse(stampOf(account)!) + deleteAfterDays * DAY <= now ? 'delete' : 'nothing';
}

function mustHaveAccount(
	world: World,
	person: Person,
	adopted: Account | undefined,
	{ contested }: Past,
): boolean {
	const email = lower(person.email);
	if (!email || !person.employmentStartDate || (!person.firstName && !person.lastName))
		return false;
	// Suspended by somebody: for a person to look at.
	if (adopted) return !adopted.suspended;
	const elsewhere =
		contested.has(email) ||
		world.accounts.some((account) => lower(account.alternateEmail) === email);
	return !elsewhere;
}

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
	if (isAboutToBegin(person, now) && settings.activationTrigger !== 'immediately') return null;
	const wanted = isDue(person, settings, now, true) ? 'ACTIVATED' : 'SUSPENDED';
	return account.state === wanted ? null : `${became}, must be ${wanted}`;
}
