/** Whether a run holds every person and every account: half a list is no list. */
import type { Subject } from '../subject';
import type { Refusal } from './dates';

const NOT_READ: Refusal = {
	message: 'Not all people could be read, so there is no list.',
	todo: 'The access token of Humaans must be that of an Owner or Admin, with both scopes.',
};
const SOME_PEOPLE: Refusal = {
	message: 'Only some people are in this run, so there is no list.',
	todo: 'Let Humaans › Get Many read all people, and put no filter between it and this node.',
};
const SOME_ACCOUNTS: Refusal = {
	message: 'Not all accounts are in this run, so there is no list.',
	todo: 'In the options of JumpCloud User › Match switch on Include Accounts of Nobody.',
};
const NO_ACCOUNT: Refusal = {
	message: 'JumpCloud gave no account at all, so there is no list.',
	todo:
		'Check that the API key of JumpCloud is that of the right organization. In a new one no limit ' +
		'holds anybody yet.',
};

function peopleMissing(subjects: readonly Subject[]): Refusal | null {
	if (!subjects.every(({ complete }) => complete === true)) return NOT_READ;
	const ids = new Set(
		subjects.flatMap(({ person, personId, problem }) => (person || problem ? [personId] : [])),
	);
	const read = Math.max(0, ...subjects.map(({ peopleRead }) => peopleRead ?? 0));
	const isSome = ids.size < read || subjects.some(({ part }) => part !== undefined);
	return read === 0 || isSome ? SOME_PEOPLE : null;
}

/**
 * What a list of what is held lacks, or null. Without any account nobody can be held, and that is no
 * answer to whoever asks who is: more likely the key is that of another organization.
 */
export function whatIsMissing(subjects: readonly Subject[]): Refusal | null {
	const half = halfRead(subjects);
	return half ?? (subjects.some(({ account }) => account) ? null : NO_ACCOUNT);
}

/** What the run lacks, or null: everybody and every account there is is in it. */
export function halfRead(subjects: readonly Subject[]): Refusal | null {
	const people = peopleMissing(subjects);
	if (people) return people;
	const counts = subjects.flatMap(({ match }) => match?.accountsRead ?? []);
	if (counts.length < subjects.length) return SOME_ACCOUNTS;
	const held = new Set(subjects.flatMap(({ account }) => account?._id ?? []));
	const lost = Math.max(...counts) - held.size;
	if (lost <= 0) return null;
	return {
		message:
			`${lost} ${lost === 1 ? 'account' : 'accounts'} of JumpCloud could not be read or told ` +
			'apart, so there is no list.',
		todo:
			'In Match switch on Include Missing People too. If it is on, run again: an ' +
			'answer of JumpCloud was not whole.',
	};
}
