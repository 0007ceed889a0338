import { accountDefaults } from './jumpcloud/account';
import { seededRandom, type Random } from './ids';
import type { Quirks } from './quirks';
import type { Account, Company, JobRole, Mail, Person, Row, TokenInfo, UserGroup } from './types';

/** A webhook that somebody registered with Humaans. */
export interface Webhook {
	id: string;
	url: string;
	/** As an administrator sees it under Settings; the API shows it only as `webhookSecret` says. */
	secret: string;
	events: string[];
	enabled: boolean;
	createdAt: string;
}

/** Everything that snapshot() copies. */
export interface WorldState {
	people: Person[];
	jobRoles: JobRole[];
	locations: Row[];
	customFields: Row[];
	customValues: Row[];
	tokenInfo: TokenInfo;
	accounts: Account[];
	/** Accounts that have a password; JumpCloud never shows it, and the sandbox never stores one. */
	withPassword: string[];
	/** When list and search begin to show an account, in clock milliseconds (quirk searchLagMs). */
	visibleFrom: Array<[string, number]>;
	groups: UserGroup[];
	/** Group id to account ids. */
	members: Array<[string, string[]]>;
	webhooks: Webhook[];
	outbox: Mail[];
}

/** The state of both services, and the indexes that keep ten thousand people quick. */
export class World {
	readonly people: Person[] = [];
	readonly jobRoles: JobRole[] = [];
	readonly locations: Row[] = [];
	readonly customFields: Row[] = [];
	readonly customValues: Row[] = [];
	tokenInfo: TokenInfo;
	readonly accounts: Account[] = [];
	readonly withPassword = new Set<string>();
	readonly visibleFrom = new Map<string, number>();
	readonly groups: UserGroup[] = [];
	readonly members = new Map<string, Set<string>>();
	readonly webhooks: Webhook[] = [];
	readonly outbox: Mail[] = [];
	/** Rises with every change and every request, so that the page knows when to redraw. */
	revision = 0;
	readonly random: Random;
	private readonly accountById = new Map<string, Account>();
	/** Accounts in the order of _id, until one comes or goes. */
	private ordered: Account[] | undefined;

	constructor(
		company: Company,
		readonly now: () => Date,
		readonly quirks: Quirks,
		seed: number,
		readonly organization: string,
	) {
		this.random = seededRandom(seed ^ 0x5eed);
		this.tokenInfo = structuredClone(company.tokenInfo);
		const accounts = structuredClone(company.accounts).map(
			(row) => ({ ...accountDefaults(), ...row, id: row._id, organization }) as Account,
		);
		this.load({
			...structuredClone(company),
			accounts,
			withPassword: accounts.filter((account) => account.activated).map((account) => account._id),
			visibleFrom: [],
			members: [],
			webhooks: [],
			outbox: [],
		});
	}

	today(): string {
		return this.now().toISOString().slice(0, 10);
	}

	touch(): void {
		this.revision++;
	}

	account(id: string): Account | undefined {
		return this.accountById.get(id);
	}

	accountsInOrder(): readonly Account[] {
		return (this.ordered ??= [...this.accounts].sort((a, b) => (a._id < b._id ? -1 : 1)));
	}

	addAccount(account: Account): void {
		this.ordered = undefined;
		this.accounts.push(account);
		this.accountById.set(account._id, account);
		this.touch();
	}

	removeAccount(id: string): void {
		this.ordered = undefined;
		this.accounts.splice(
			0,
			this.accounts.length,
			...this.accounts.filter((account) => account._id !== id),
		);
		this.accountById.delete(id);
		this.withPassword.delete(id);
		this.visibleFrom.delete(id);
		for (const members of this.members.values()) members.delete(id);
		this.touch();
	}

	person(id: string): Person | undefined {
		return this.people.find((person) => person.id === id);
	}

	snapshot(): WorldState {
		return structuredClone({
			people: this.people,
			jobRoles: this.jobRoles,
			locations: this.locations,
			customFields: this.customFields,
			customValues: this.customValues,
			tokenInfo: this.tokenInfo,
			accounts: this.accounts,
			withPassword: [...this.withPassword],
			visibleFrom: [...this.visibleFrom],
			groups: this.groups,
			members: [...this.members].map(([group, ids]): [string, string[]] => [group, [...ids]]),
			webhooks: this.webhooks,
			outbox: this.outbox,
		});
	}

	/** Arrays keep their identity, so that a test may hold on to `sandbox.outbox`. */
	load(from: WorldState): void {
		const state = structuredClone(from);
		replace(this.people, state.people);
		replace(this.jobRoles, state.jobRoles);
		replace(this.locations, state.locations);
		replace(this.customFields, state.customFields);
		replace(this.customValues, state.customValues);
		this.tokenInfo = state.tokenInfo;
		replace(this.accounts, state.accounts);
		this.ordered = undefined;
		this.accountById.clear();
		for (const account of this.accounts) this.accountById.set(account._id, account);
		this.withPassword.clear();
		for (const id of state.withPassword) this.withPassword.add(id);
		this.visibleFrom.clear();
		for (const [id, at] of state.visibleFrom) this.visibleFrom.set(id, at);
		replace(this.groups, state.groups);
		this.members.clear();
		for (const [group, ids] of state.members) this.members.set(group, new Set(ids));
		replace(this.webhooks, state.webhooks);
		replace(this.outbox, state.outbox);
		this.touch();
	}
}

function replace<T>(target: T[], source: readonly T[]): void {
	target.length = 0;
	for (const item of source) target.push(item);
}
