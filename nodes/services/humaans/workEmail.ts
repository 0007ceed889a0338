/** Whose a work email is. */
import { isEmail, sameEmail } from '../../core/email';
import { holdersOf } from '../../core/person/sharing';
import { PERSON_STATUSES } from '../../core/person/personRow';
import type { Person } from '../../core/subject';
import { cleanText } from '../../core/text';
import { attempt } from '../http/failure';
import type { HumaansClient } from './client';

/** Those whom Humaans' filter finds; nobody where it is refused. */
async function filteredByWorkEmail(
	client: HumaansClient,
	email: string,
	statuses: ReadonlyArray<(typeof PERSON_STATUSES)[number]>,
): Promise<Person[]> {
	const typed = cleanText(email);
	const forms = [...new Set([typed, typed.toLowerCase()])];
	const answer = await attempt(
		Promise.all(
			forms.flatMap((form) =>
				statuses.map(async (status) => await client.peopleWith({ email: form, status })),
			),
		),
	);
	if (!answer.ok && answer.failure.kind !== 'refused') throw answer.failure;
	return answer.ok ? answer.value.flat().filter((one) => sameEmail(one.email, email)) : [];
}

/**
 * Everybody with this work email, in any case. Humaans' filter is not relied on: when it is
 * refused, or does not find somebody who is known to be there, everybody is read.
 * @param knownId ID of somebody who has it.
 */
export async function peopleByWorkEmail(
	client: HumaansClient,
	email: string,
	knownId?: string,
): Promise<Person[]> {
	const has = (person: Person) => sameEmail(person.email, email);
	const named = await filteredByWorkEmail(client, email, PERSON_STATUSES);
	const found = new Map(named.map((person) => [person.id, person]));
	if (knownId === undefined ? found.size > 0 : found.has(knownId)) return [...found.values()];
	return (await client.people(PERSON_STATUSES, [])).people.filter(has);
}

/**
 * Other people with the same work email. For somebody who has left, everybody is
 * read: a filter may look at capital letters, and an account would be taken from whoever works with
 * it now.
 */
export async function othersWithWorkEmail(
	client: HumaansClient,
	{ id, email, status }: Person,
): Promise<Person[]> {
	if (!email) return [];
	const people =
		status === 'offboarded'
			? (await client.people(PERSON_STATUSES, [])).people
			: await peopleByWorkEmail(client, email, id);
	return holdersOf(people, email, id);
}

/**
 * Other people, not offboarded, who have this person's personal email as their work email, as far
 * as Humaans' filter finds them.
 */
export async function othersWithPersonalEmail(
	client: HumaansClient,
	{ id, personalEmail, status }: Person,
): Promise<Person[]> {
	if (!isEmail(personalEmail) || status === 'offboarded') return [];
	const found = await filteredByWorkEmail(client, personalEmail, ['active', 'newHire']);
	return holdersOf(found, personalEmail, id);
}
