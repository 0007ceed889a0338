/** Accounts that no item of the run holds: those of nobody, and those of which it is not certain. */
import type { Account, Subject } from '../subject';
import type { AccountIndex } from './accountIndex';
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

function itemWithoutPerson(
	account: Account,
	claimants: readonly string[],
	index: AccountIndex,
): Subject {
	const match = { by: null, certain: claimants.length === 0, candidates: [] };
	const accountsInUse = index.inUse;
	const claims = claimants.length > 0 ? { claimants: [...claimants].sort() } : {};
	return { account, match: { ...match, ofNobody: true, accountsInUse, ...claims }, complete: true };
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
	const found = accounts.map((one) => itemWithoutPerson(one, claimants.get(one._id) ?? [], index));
	return { subjects: found, notices: [] };
}
