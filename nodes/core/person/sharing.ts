/** Which people have the same work email or employee ID. */
import { sameEmail } from '../email';
import type { Person } from '../subject';
import { maybeSameHuman, namesOfPerson } from './names';

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

/**
 * What a person's record says about the others who hold their work email.
 * @param colleagues those who have the person's personal email as their work email
 */
export function sharersOf(
	person: Person,
	holders: readonly Person[],
	colleagues: readonly Person[],
): Partial<Person> {
	const names = namesOfPerson(person);
	const here = holders.filter(worksHere);
	const left = holders.filter((other) => !worksHere(other));
	const owners = colleagues.filter(worksHere);
	const same = here.filter((other) => maybeSameHuman(names, namesOfPerson(other)));
	return {
		sharesWorkEmailWith: idsOf(here),
		...(same.length > 0 && { sameNameAndEmailAs: idsOf(same) }),
		...(left.length > 0 && { hasWorkEmailOfLeavers: idsOf(left) }),
		...(owners.length > 0 && { personalEmailIsWorkEmailOf: idsOf(owners) }),
	};
}

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

const apartFrom = (person: Person, group: readonly Person[]): Person[] =>
	group.filter(({ id }) => id !== person.id);

/** Everybody, each with what is said in their record about the others. */
export function withSharers(people: readonly Person[]): Person[] {
	const byEmail = groupsOf(people, ({ email }) => email?.toLowerCase());
	const byEmployeeId = groupsOf(people.filter(worksHere), ({ employeeId }) => employeeId);
	return people.map((person) => {
		const { email, employeeId, personalEmail } = person;
		const holders = apartFrom(person, byEmail(email?.toLowerCase()));
		const colleagues = apartFrom(person, byEmail(personalEmail?.toLowerCase()));
		// One more than are named, because the person may be among them.
		const sameId = apartFrom(person, byEmployeeId(employeeId).slice(0, MOST_NAMED + 1));
		return {
			...person,
			...sharersOf(person, holders, colleagues),
			...(sameId.length > 0 && { sharesEmployeeIdWith: idsOf(sameId) }),
		};
	});
}
