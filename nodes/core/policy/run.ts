/** What is known of everybody in a run, before anybody is decided on. */
import { linkOf } from '../account/link';
import type { Person, Subject } from '../subject';
import { nameOf } from './explain/words';
import type { RunFacts } from './verdict';

/** The largest number of accounts in use that a Match of this run counted; null: nobody did. */
export function accountsInUse(subjects: readonly Subject[]): number | null {
	const counts = subjects.flatMap(({ match }) => match?.accountsInUse ?? []);
	return counts.length === 0 ? null : Math.max(...counts);
}

/** Everybody in Humaans is in the run: as many as the read behind it saw, and no part of them. */
function holdsEverybody(subjects: readonly Subject[]): boolean {
	const read = Math.max(...subjects.map(({ peopleRead }) => peopleRead ?? Infinity));
	const ids = new Set(
		subjects.flatMap(({ person, personId, problem }) => (person || problem ? [personId] : [])),
	);
	return ids.size >= read && subjects.every(({ complete, part }) => complete && part === undefined);
}

/** One bad item never stops the others. */
const hasOwnAccount = ({ account, person }: Subject): boolean =>
	Boolean(person) && Array.isArray(account?.attributes) && linkOf(account) === person!.id;

export function runFacts(subjects: readonly Subject[]): RunFacts {
	const workEmails = new Map<string, Person[]>();
	const names = new Map<string, string>();
	const withAccount = new Set<string>();
	for (const subject of subjects) {
		const { person } = subject;
		if (hasOwnAccount(subject)) withAccount.add(person!.id);
		if (person) names.set(person.id, nameOf(subject));
		const email = person?.status === 'offboarded' ? null : person?.email?.toLowerCase();
		if (!email) continue;
		const holders = workEmails.get(email);
		if (!holders) workEmails.set(email, [person!]);
		else if (holders.every(({ id }) => id !== person!.id)) holders.push(person!);
	}
	const isEverybody = subjects.length > 0 && holdsEverybody(subjects);
	return { holdsEverybody: isEverybody, workEmails, names, withAccount };
}

function isNewer(subject: Subject, other: Subject): boolean {
	const [own, others] = [subject.readAt ?? '', other.readAt ?? ''];
	return own > others || (own === others && !other.person && Boolean(subject.person));
}

/**
 * Places of items about a person of whom the run has a better one: of several the one that was read
 * last counts; of two as old, the one in which they are still there.
 */
export function repeatsOf(subjects: readonly Subject[]): ReadonlySet<number> {
	const repeats = new Set<number>();
	const newest = new Map<string, number>();
	subjects.forEach((subject, place) => {
		if (subject.personId === undefined) return;
		const known = newest.get(subject.personId);
		if (known !== undefined && !isNewer(subject, subjects[known]!)) {
			repeats.add(place);
			return;
		}
		if (known !== undefined) repeats.add(known);
		newest.set(subject.personId, place);
	});
	return repeats;
}

/** Values that several people of the run hold. */
export class Shared {
	private readonly held = new Set<string>();
	private readonly shared = new Set<string>();

	add(value: string): void {
		if (this.held.has(value)) this.shared.add(value);
		this.held.add(value);
	}

	has(value: string): boolean {
		return this.shared.has(value);
	}
}

/** Whoever of the run has this work email in Humaans, in any case; without a run nobody is known. */
export const inRunWithEmail = (
	run: RunFacts | undefined,
	email: string | null | undefined,
): readonly Person[] => run?.workEmails.get(email?.toLowerCase() ?? '') ?? [];
