/**
 * Looks at every single write in the moment it is applied: what must never happen, whatever the
 * faults, the kills and the order of things.
 */
import type { Account, AppliedWrite, Mail, Sandbox } from '../sandbox';
import { DAY } from './clock';
import { Claims, isSomebodyElse, maybeSame } from './claims';
import { allowedBy, doomedIn, inUseIn, kindOf, pendingEmailsIn, type Finding } from './oracle';
import { isDue, isLeaver, linkOf, lower, type LimitedKind, type Past, type World } from './world';
import type { Settings } from './plan';

const isDisabled = (account: Account | undefined): boolean =>
	!account || account.state === 'SUSPENDED' || account.suspended;
const isSuspended = (account: Account | undefined): boolean =>
	account !== undefined && isDisabled(account);
const stamped = (account: Account): boolean =>
	account.attributes.some(({ name }) => name === 'humaansDeprovisionedAt');

const perKind = (): Record<LimitedKind, Map<string, number>> => ({
	disabling: new Map(),
	deletion: new Map(),
	email: new Map(),
});

export class Watch implements Past {
	readonly findings: Finding[] = [];
	readonly suspendedBy = new Map<string, 'package' | 'hand' | 'unclear'>();
	/** Accounts that this package suspended, and when. */
	private readonly disabledAt = new Map<string, number>();
	/** In this life of n8n: what a process let through is forgotten with it (docs/chaos.md). */
	letThrough = perKind();
	maybeLetThrough = perKind();
	readonly contested = new Set<string>();
	private readonly activations = new Map<string, number>();
	/** Activated by hand during a run: an invite is allowed, and not asked for. */
	private readonly mayInvite = new Set<string>();
	/** The worlds that a run under way may have seen: as it began, and after every edit since. */
	private seen: World[] = [];

	constructor(
		private readonly settings: Settings,
		private readonly world: () => World,
		readonly canReopen: boolean,
	) {}

	/** Runs begin: what was true before can no longer be acted on. */
	begin(): void {
		this.seen = [];
		this.changed();
	}

	/** Something changed while they run. */
	changed(): void {
		const world = this.world();
		this.seen.push(world);
		const note = (kind: LimitedKind, id: string) => this.maybeLetThrough[kind].set(id, world.now);
		for (const account of doomedIn(world, this.settings, this)) note(kindOf(account), account._id);
		for (const id of pendingEmailsIn(world, this.settings)) note('email', id);
	}

	/** As it is now. */
	past(): Past {
		const { suspendedBy, contested, letThrough, maybeLetThrough, canReopen } = this;
		return structuredClone({ suspendedBy, contested, letThrough, maybeLetThrough, canReopen });
	}

	/** n8n starts anew. */
	started(): void {
		this.letThrough = perKind();
	}

	byHand(account: Account, suspended: boolean): void {
		if (suspended) this.suspendedBy.set(account._id, stamped(account) ? 'unclear' : 'hand');
		else this.suspendedBy.delete(account._id);
		this.disabledAt.delete(account._id);
	}

	/** @param meanwhile a run that is under way can have found the account staged, and invite once */
	activatedByHand({ _id }: Account, meanwhile: boolean): void {
		this.activations.set(_id, (this.activations.get(_id) ?? 0) + (meanwhile ? 1 : 0));
		if (meanwhile) this.mayInvite.add(_id);
	}

	contest(address: string | null | undefined): void {
		if (address) this.contested.add(lower(address));
	}

	private say(rule: string, who: string, detail: string): void {
		this.findings.push({ rule, who, detail });
	}

	/** As something that is under way may have seen it; time goes on meanwhile. */
	private sometimes(holds: (world: World) => boolean): boolean {
		return [...this.seen, this.world()].some(holds);
	}

	applied(write: AppliedWrite): void {
		const { method, before, after, path } = write;
		const body = (write.body ?? {}) as Record<string, unknown>;
		if (method === 'POST' && path === '/api/systemusers') this.created(after!);
		else if (method === 'POST' && path.endsWith('/state/activate'))
			this.activated(before!, after!, body);
		else if (method === 'PUT' && before && after) this.updated(before, after, body);
		else if (method === 'POST' && path.endsWith('/state/suspend'))
			this.updated(before!, after!, { state: 'SUSPENDED' });
		else if (method === 'DELETE' && before) this.disabled(before, after, 'deleted');
		else this.say('only writes that are known', path, method);
	}

	private created(account: Account): void {
		const link = linkOf(account);
		const { accounts, people } = this.world();
		if (link === undefined || account.state !== 'STAGED')
			this.say('created staged and linked', account.username, `${account.state}, ${String(link)}`);
		if (accounts.filter((other) => linkOf(other) === link).length > 1)
			this.say('no duplicate', account.username, 'the person had an account');
		if (
			!this.sometimes((world) =>
				world.people.some(
					({ id, status, demo }) => id === link && status !== 'offboarded' && !demo,
				),
			)
		)
			this.say(
				'created for somebody who is here',
				account.username,
				people.find(({ id }) => id === link)?.status ?? 'nobody',
			);
	}

	/** Whoever reads that mailbox could set the password. */
	private invited(account: Account, address: string): void {
		const isOfColleague = ({ people, accounts }: World): boolean =>
			people.some(
				({ id, status, email }) =>
					id !== linkOf(account) && status !== 'offboarded' && lower(email) === address,
			) || accounts.some(({ _id, email }) => _id !== account._id && lower(email) === address);
		if (address !== lower(account.email) && this.seen.every(isOfColleague))
			this.say('no invite to the work email of a colleague', account.username, address);
	}

	private activated(before: Account, after: Account, { email }: Record<string, unknown>): void {
		if (before.state !== 'STAGED' || after.state !== 'ACTIVATED') return;
		this.activations.set(before._id, (this.activations.get(before._id) ?? 0) + 1);
		if (typeof email === 'string') this.invited(before, lower(email));
		const link = linkOf(before);
		const fine = this.sometimes((world) => {
			const person = world.people.find(({ id }) => id === link);
			return (
				person !== undefined &&
				!isLeaver(person, this.settings, world.now) &&
				isDue(person, this.settings, world.now, false)
			);
		});
		if (!fine) this.say('activated when due, and only then', before.username, `of ${String(link)}`);
	}

	private updated(before: Account, after: Account, body: Record<string, unknown>): void {
		const [from, to] = [linkOf(before), linkOf(after)];
		if (from !== to && from !== undefined)
			this.say('a link is never moved or removed', before.username, `${from} → ${String(to)}`);
		if (from === undefined && to === undefined)
			this.say(
				'an account without the link is left alone',
				before.username,
				Object.keys(body).join(', '),
			);
		if (from === undefined && to !== undefined) this.adopted(before, to);
		if (before.state === 'STAGED' && after.state === 'ACTIVATED')
			this.say('activated by its own call', before.username, 'by an update');
		if (before.state !== 'STAGED' && after.state === 'STAGED')
			this.say('never put back', before.username, `${before.state} → STAGED`);
		if (!isDisabled(before) && isDisabled(after)) this.disabled(before, after, 'suspended');
		if (before.state === 'SUSPENDED' && after.state === 'ACTIVATED') this.reactivated(before);
		if (lower(before.email) !== lower(after.email)) this.emailChanged(before);
	}

	private adopted(before: Account, link: string): void {
		const fine = this.sometimes((world) => {
			const person = world.people.find(({ id }) => id === link);
			if (person === undefined || person.status === 'offboarded') return false;
			if (new Claims(world).sharers(person).length > 0) return false;
			return (
				lower(person.email) === lower(before.email) ||
				(Boolean(person.employeeId) &&
					person.employeeId === before.employeeIdentifier &&
					maybeSame([person.firstName, person.lastName], [before.firstname, before.lastname]))
			);
		});
		if (!fine)
			this.say('adopted for the same email, or employee ID and name', before.username, link);
		if (before.admin) this.say('no administrator is adopted', before.username, link);
		if (before.state === 'STAGED')
			this.say('what somebody staged is not adopted', before.username, link);
		if (this.world().accounts.filter((other) => linkOf(other) === link).length > 1)
			this.say('no duplicate', before.username, 'the person had an account');
		if (before.suspended) this.say('a suspended account is not adopted', before.username, link);
	}

	private disabled(
		before: Account,
		after: Account | undefined,
		how: 'suspended' | 'deleted',
	): void {
		const link = linkOf(before);
		const { now } = this.world();
		if (before.admin) this.say('administrators are never disabled', before.username, how);
		if (link === undefined) this.say('only linked accounts are disabled', before.username, how);
		const fine = this.sometimes((world) =>
			isLeaver(
				world.people.find(({ id }) => id === link),
				this.settings,
				world.now,
			),
		);
		if (!fine)
			this.say('nobody is wrongly disabled', before.username, `${how}; person ${String(link)}`);
		const isSameHuman = (world: World) => {
			const person = world.people.find(({ id }) => id === link);
			const claims = new Claims(world);
			return (
				person !== undefined &&
				claims.sharers(person).some(
					({ id, firstName, lastName }) =>
						lower(firstName) === lower(person.firstName) &&
						lower(lastName) === lower(person.lastName) &&
						// Whoever has an account of their own does not need this one.
						claims.linkedTo(id).length === 0,
				)
			);
		};
		if (this.seen.every(isSameHuman))
			this.say(
				'an account that two records of one human share is for a person',
				before.username,
				`${how}; person ${String(link)}`,
			);
		if (
			how === 'deleted' &&
			(this.settings.deprovisionHow === 'suspend' ||
				(this.settings.deprovisionHow === 'suspendThenDelete' && !before.suspended))
		)
			this.say('deleted only when that was chosen', before.username, before.state);
		if (how === 'deleted' && this.suspendedBy.get(before._id) === 'hand')
			this.say('what somebody suspended is not deleted', before.username, how);
		if (after) {
			this.suspendedBy.set(before._id, 'package');
			this.disabledAt.set(before._id, now);
		}
		this.letThrough[kindOf(before)].set(before._id, now);
		const world = this.world();
		const still = [...this.disabledAt].filter(
			([id, at]) => at > now - DAY && isSuspended(world.accounts.find(({ _id }) => _id === id)),
		);
		const allowed = this.allowed(this.settings.deprovisioningLimit);
		for (const count of [still.length, this.lately('disabling'), this.lately('deletion')])
			if (count > allowed)
				this.say(
					'the Deprovisioning Limit holds in any 24 hours',
					before.username,
					`${how}: ${count} accounts, ${allowed} allowed`,
				);
	}

	private allowed(limit: number): number {
		const worlds = [...this.seen, this.world()];
		return Math.max(...worlds.map(({ accounts }) => allowedBy(limit, inUseIn(accounts))));
	}

	/** In the last 24 hours, since n8n was started. */
	private lately(kind: LimitedKind): number {
		const { now } = this.world();
		return [...this.letThrough[kind].values()].filter((when) => when > now - DAY).length;
	}

	private reactivated(before: Account): void {
		const link = linkOf(before);
		const by = this.suspendedBy.get(before._id);
		if (by === 'hand') this.say('what somebody suspended stays so', before.username, 'reactivated');
		this.suspendedBy.delete(before._id);
		this.disabledAt.delete(before._id);
		const fine = this.sometimes((world) => {
			const person = world.people.find(({ id }) => id === link);
			return (
				person !== undefined &&
				!isLeaver(person, this.settings, world.now) &&
				!isSomebodyElse(person, before) &&
				(person.status === 'active' || isDue(person, this.settings, world.now, true))
			);
		});
		if (!fine)
			this.say('only who is back and due is reactivated', before.username, `of ${String(link)}`);
	}

	private emailChanged(before: Account): void {
		if (before.admin)
			this.say('the sign-in email of an administrator stays', before.username, before.email);
		this.letThrough.email.set(before._id, this.world().now);
		const [changed, allowed] = [this.lately('email'), this.allowed(3)];
		if (changed > allowed)
			this.say(
				'the Email Change Limit holds in any 24 hours',
				before.username,
				`${changed} accounts, ${allowed} allowed`,
			);
	}

	/** After everything: mails and what the sandbox saw. */
	settle({ outbox, violations, jumpCloud, log }: Sandbox): void {
		const mails = new Map<string, Mail[]>();
		for (const mail of outbox)
			mails.set(mail.accountId, [...(mails.get(mail.accountId) ?? []), mail]);
		for (const [accountId, sent] of mails) {
			const activations = this.activations.get(accountId) ?? 0;
			if (sent.length > activations)
				this.say(
					'an invite at most once per activation',
					accountId,
					`${sent.length} mails, ${activations} activations`,
				);
			if (!this.settings.sendInvite) this.say('no invite when it is off', accountId, sent[0]!.kind);
		}
		if (this.settings.sendInvite) {
			for (const [accountId, activations] of this.activations)
				if (activations > 0 && !mails.has(accountId) && !this.mayInvite.has(accountId))
					this.say('an activation invites', accountId, 'no mail');
		}
		for (const { message, method, path } of violations)
			this.say('the contract of the services', `${method} ${path}`, message);
		for (const request of log)
			if (request.status === 599) this.say('the sandbox works', request.path, '599');
		const links = jumpCloud.accounts.flatMap((account) => linkOf(account) ?? []);
		if (new Set(links).size < links.length)
			this.say('no duplicate', 'links', 'two accounts of one person');
	}
}
