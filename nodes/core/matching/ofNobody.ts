/** Accounts that no item of the run holds: those of nobody, and those of which it is not certain. */
import { isPersonId, linkOf } from '../account/link';
import type { Account, Subject } from '../subject';
import { emailKey, keyOf, type AccountIndex } from './accountIndex';
import { leftOut, partOf, type Missing } from './missing';
import { unclaimed } from './match';

/** Account id → Humaans ids of the people for whom it is one of several, or who claim it together. */
function claimantsByAccount(subjects: readonly Subject[]): ReadonlyMap<string, readonly string[]> {
	const claimants = new Map<string, string[]>();
	for (const { personId, account, match } of subjects) {
		if (account || !match || personId === undefined) continue;
		for (const { id } of match.candidates) {
			const known = claimants.get(id);
			if (known) known.push(personId);
			else claimants.set(id, [personId]);
		}
	}
	return claimants;
}

/** So many people are named: a placeholder may be everybody's employee ID. */
const MOST_FITTING = 10;

/**
 * Humaans ids of the people whose work email or employee ID an account has, whatever account they
 * have; those who work here first. An account that is linked to a person of another company fits
 * nobody: companies count their employees from one.
 */
function fittingPeople(subjects: readonly Subject[]): (account: Account) => string[] {
	const holders = new Map<string, string[]>();
	const add = (key: string, personId: string): void => {
		const known = holders.get(key);
		if (known) known.push(personId);
		else holders.set(key, [personId]);
	};
	const isHere = ({ person }: Subject): boolean => person?.status !== 'offboarded';
	const inTurn = [...subjects.filter(isHere), ...subjects.filter((one) => !isHere(one))];
	for (const { personId, person } of inTurn) {
		if (!person || personId === undefined) continue;
		add(`email ${emailKey(person.email)}`, personId);
		add(`id ${keyOf(person.employeeId)}`, personId);
	}
	const place = new Map(inTurn.map(({ personId }, at) => [personId ?? '', at]));
	const having = (kind: string, value: string): string[] =>
		value === '' ? [] : (holders.get(`${kind} ${value}`) ?? []);
	return (account) => {
		const link = linkOf(account);
		if (link !== null && isPersonId(link)) return [];
		const [email, id] = [emailKey(account.email), keyOf(account.employeeIdentifier)];
		const ids = new Set([...having('email', email), ...having('id', id)]);
		return [...ids].sort((a, b) => place.get(a)! - place.get(b)!);
	};
}

function itemWithoutPerson(
	account: Account,
	{ claimants, fitting }: { claimants: readonly string[]; fitting: readonly string[] },
	index: AccountIndex,
): Subject {
	const match = { by: null, certain: claimants.length === 0, candidates: [] };
	const accountsInUse = index.inUse;
	const claims = claimants.length > 0 ? { claimants: [...claimants].sort() } : {};
	const others = fitting.filter((id) => !claimants.includes(id)).slice(0, MOST_FITTING);
	const fits = others.length > 0 ? { fits: others } : {};
	return {
		account,
		match: { ...match, ofNobody: true, accountsInUse, ...claims, ...fits },
		complete: true,
	};
}

/**
 * One subject without a person for each account that no other subject holds, in the order of the
 * accounts.
 * @param subjects everybody, matched; `missing` are the linked accounts whose person is not there
 * @param withMissing whether `missing` was asked for: if not, those accounts stay out of this too
 */
export function ofNobody(
	subjects: readonly Subject[],
	missing: readonly Subject[],
	index: AccountIndex,
	{ withMissing }: { withMissing: boolean },
): Missing {
	const everybody = [...subjects, ...missing];
	const held = new Set(everybody.flatMap(({ account }) => account?._id ?? []));
	if (!withMissing) {
		const ids = new Set(subjects.flatMap(({ personId }) => personId ?? []));
		for (const { _id } of unclaimed(index, ids)) held.add(_id);
	}
	const accounts = [...index.byId.values()].filter(({ _id }) => !held.has(_id));
	if (accounts.length === 0) return { subjects: [], notices: [] };
	const isWhole = subjects.every(({ complete }) => complete === true);
	if (!isWhole || partOf(subjects) !== undefined) {
		const why = isWhole ? 'only some people are in it' : 'the people were not read completely';
		return { subjects: [], notices: [leftOut(accounts.length, 'accounts', why)] };
	}
	const claimants = claimantsByAccount(everybody);
	const fittingOf = fittingPeople(subjects);
	const found = accounts.map((one) =>
		itemWithoutPerson(
			one,
			{ claimants: claimants.get(one._id) ?? [], fitting: fittingOf(one) },
			index,
		),
	);
	return { subjects: found, notices: [] };
}
