/** Which people have the same work email or employee ID. */
import { domainOf, isEmail, isOfPublicProvider, mailboxOf, sameEmail } from '../email';
import type { Person } from '../subject';
import { maybeSameHuman, nameKey, namesOfPerson } from './names';

/** So many of the others are named: a placeholder may be everybody's. */
const MOST_NAMED = 10;

export const worksHere = ({ status }: Person): boolean => status !== 'offboarded';
const idsOf = (people: readonly Person[]): string[] =>
	people.slice(0, MOST_NAMED).map(({ id }) => id);

/** Other people with this work email. Capital letters make no difference. */
export const holdersOf = (
	people: readonly Person[],
	email: string,
	apartFrom: string | undefined,
): Person[] => people.filter((person) => person.id !== apartFrom && sameEmail(person.email, email));

/** People who have something in common with somebody; whether they are among them does not matter. */
interface Others {
	/** They have the same work email. */
	holders: readonly Person[];
	/** Their work email is the person's personal email. */
	colleagues: readonly Person[];
	/** They have the same name. */
	namesakes: readonly Person[];
}

const apartFrom = (person: Person, group: readonly Person[]): Person[] =>
	group.filter(({ id }) => id !== person.id);

/** What a person's record says about others. */
export function sharersOf(person: Person, others: Others): Partial<Person> {
	const holders = apartFrom(person, others.holders);
	const colleagues = apartFrom(person, others.colleagues);
	const names = namesOfPerson(person);
	const maybeThemselves = (other: Person) => maybeSameHuman(names, namesOfPerson(other));
	const here = holders.filter(worksHere);
	const left = holders.filter((other) => !worksHere(other));
	const same = here.filter(maybeThemselves);
	const owners = colleagues.filter((other) => worksHere(other) || !maybeThemselves(other));
	const twins = worksHere(person)
		? []
		: apartFrom(person, others.namesakes).flatMap((other) =>
				worksHere(other) && other.email ? [[other.id, other.email] as const] : [],
			);
	return {
		sharesWorkEmailWith: idsOf(here),
		...(same.length > 0 && { sameNameAndEmailAs: idsOf(same) }),
		...(left.length > 0 && { hasWorkEmailOfLeavers: idsOf(left) }),
		...(owners.length > 0 && { personalEmailIsWorkEmailOf: idsOf(owners) }),
		...(twins.length > 0 && { sameNameAs: Object.fromEntries(twins.slice(0, MOST_NAMED)) }),
	};
}

/** So few people with a domain at work say nothing. */
const FEWEST = 3;
const LEAST_SHARE = 0.1;

/**
 * Domains of the company: at least a tenth of those who have not left have it at work, and three
 * times as many as have it at home. A provider of mailboxes is none.
 */
function companyDomains(people: readonly Person[]): ReadonlySet<string> {
	const count = (addresses: ReadonlyArray<string | null | undefined>) => {
		const counts = new Map<string, number>();
		for (const address of addresses)
			if (isEmail(address)) counts.set(domainOf(address), (counts.get(domainOf(address)) ?? 0) + 1);
		return counts;
	};
	const here = people.filter(worksHere);
	const home = count(here.map(({ personalEmail }) => personalEmail));
	const least = Math.max(FEWEST, here.length * LEAST_SHARE);
	const work = [...count(here.map(({ email }) => email))];
	return new Set(
		work.flatMap(([domain, at]) =>
			at >= least && at >= 3 * (home.get(domain) ?? 0) && !isOfPublicProvider(domain)
				? [domain]
				: [],
		),
	);
}

const inCompany = (
	{ personalEmail }: Person,
	domains: ReadonlySet<string>,
): Pick<Person, 'personalEmailIsOfCompany'> =>
	isEmail(personalEmail) && domains.has(domainOf(personalEmail))
		? { personalEmailIsOfCompany: true }
		: {};

/** The same, where everybody was read. */
export const sharersAmong = (people: readonly Person[], person: Person): Partial<Person> => {
	const mailbox = person.personalEmail && mailboxOf(person.personalEmail);
	// They only count for somebody who has left.
	const name = worksHere(person) ? '' : nameKey(person);
	return {
		...sharersOf(person, {
			holders: person.email ? holdersOf(people, person.email, person.id) : [],
			colleagues: people.filter(({ email }) => mailbox && email && mailboxOf(email) === mailbox),
			namesakes: name ? people.filter((other) => nameKey(other) === name) : [],
		}),
		...inCompany(person, companyDomains(people)),
	};
};

/** People by a value. */
function groupsOf(
	people: readonly Person[],
	valueOf: (person: Person) => string | null | undefined,
) {
	const groups = new Map<string, Person[]>();
	for (const person of people) {
		const value = valueOf(person);
		if (!value) continue;
		const group = groups.get(value);
		if (group) group.push(person);
		else groups.set(value, [person]);
	}
	return (value: string | null | undefined): readonly Person[] => groups.get(value ?? '') ?? [];
}

/** Everybody, each with what is said in their record about the others. */
export function withSharers(people: readonly Person[]): Person[] {
	const byEmail = groupsOf(people, ({ email }) => email?.toLowerCase());
	const byMailbox = groupsOf(people, ({ email }) => email && mailboxOf(email));
	const byEmployeeId = groupsOf(people.filter(worksHere), ({ employeeId }) => employeeId);
	const byName = groupsOf(people.filter(worksHere), nameKey);
	const domains = companyDomains(people);
	return people.map((person) => {
		const { email, employeeId, personalEmail } = person;
		// One more than are named, because the person may be among them.
		const sameId = apartFrom(person, byEmployeeId(employeeId).slice(0, MOST_NAMED + 1));
		return {
			...person,
			...sharersOf(person, {
				holders: byEmail(email?.toLowerCase()),
				colleagues: byMailbox(personalEmail && mailboxOf(personalEmail)),
				namesakes: worksHere(person) ? [] : byName(nameKey(person)),
			}),
			...inCompany(person, domains),
			...(sameId.length > 0 && { sharesEmployeeIdWith: idsOf(sameId) }),
		};
	});
}
