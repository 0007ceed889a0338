/** Whose account is which, as the oracle sees it. */
import type { Account, Person } from '../sandbox';
import { isForeign, isLinked, isSheltered, linkOf, lower, type World } from './world';

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

	/** Accounts of nobody that fit somebody who has none: the same employee ID or work email. */
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

	/** Others who are here, with the same work email. */
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

/** Nothing that the account holds of its owner is this person's. */
export const isSomebodyElse = (person: Person, account: Account): boolean =>
	lower(person.email) !== lower(account.email) &&
	lower(person.personalEmail) !== lower(account.alternateEmail) &&
	person.employeeId !== account.employeeIdentifier &&
	!maybeSame([person.firstName, person.lastName], [account.firstname, account.lastname]);

/** Not by all that an account holds of its owner this person: whether it is opened is for a person. */
export const isQuestionable = (person: Person, account: Account): boolean =>
	lower(person.personalEmail) !== lower(account.alternateEmail) &&
	(lower(person.firstName) !== lower(account.firstname) ||
		lower(person.lastName) !== lower(account.lastname));
