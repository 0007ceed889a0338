/**
 * What must be, told from docs/behaviour.md and the design alone: no code of the package. It reads
 * the rows of both services as they are, dates as texts, and what it remembers itself of who
 * suspended an account.
 */
import type { Account, Person } from '../sandbox';
import { Claims, isQuestionable, isSomebodyElse, maybeSame } from './claims';
import { REFUSED } from './edits/typed';
import type { Settings } from './plan';
import {
	DAY,
	companyOf,
	fieldsOf,
	isForeign,
	isAboutToBegin,
	isDue,
	isLeaver,
	isLinked,
	isSheltered,
	linkOf,
	LONGEST,
	lower,
	stampedAt,
	stampOf,
	type LimitedKind,
	type Past,
	type World,
} from './world';

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
		if (account.state === 'SUSPENDED' || isSomebodyElse(person, account)) continue;
		// With its new email an update waits as a whole; so does that of an account just opened.
		const differs = person.email && lower(person.email) !== lower(account.email);
		const opened = origin?.suspended && differs ? [...pendingEmails, account._id] : null;
		const ruledEmails = opened ? brake('email', opened, before, past, allowed(3)) : emails;
		if ((opened ?? pendingEmails).includes(account._id) && ruledEmails !== 'through') continue;
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
		// Another company has accounts here too, and nothing says of which this one is.
		if (!person && companyOf(account) === undefined && world.accounts.some(isForeign)) return false;
		if (person?.demo || isSheltered(account) || !isLeaver(person, settings, world.now))
			return false;
		// Their other record is here: one human with two.
		const names = person
			? [person.firstName, person.lastName]
			: [account.firstname, account.lastname];
		const others = [account.email, person?.email].flatMap((email) =>
			claims.sharers({ id: link, email: email ?? null }),
		);
		const needsIt = (other: Person) =>
			maybeSame(names, [other.firstName, other.lastName]) && claims.linkedTo(other.id).length === 0;
		if (others.some(needsIt)) return false;
		return ['suspend', 'delete'].includes(disabling(account, settings, past, world.now));
	});
}

/** Accounts whose work email Humaans has changed. */
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
	if (isQuestionable(person, first)) return null;
	if (isAboutToBegin(person, now) && settings.activationTrigger !== 'immediately') return null;
	const wanted = isDue(person, settings, now, true) ? 'ACTIVATED' : 'SUSPENDED';
	return account.state === wanted ? null : `${became}, must be ${wanted}`;
}
