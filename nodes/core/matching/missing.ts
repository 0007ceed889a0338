/** Linked accounts whose person is not in the run: they may be gone from Humaans. */
import { COMPANY, customAttribute, linkOf } from '../account/link';
import { SOME, isInBatch, parseBatch } from '../person/batch';
import type { Account, Subject } from '../subject';
import type { AccountIndex } from './accountIndex';
import { nameAccount, unclaimed } from './match';

/** The part that all subjects are of; undefined when they are everybody. */
export function partOf(subjects: readonly Subject[]): string | undefined {
	const [part, ...others] = new Set(subjects.map((subject) => subject.part));
	return others.length > 0 ? SOME : part;
}

export interface Missing {
	subjects: Subject[];
	/** Said to the user when something was left out. */
	notices: string[];
}

function missingSubject(personId: string, index: AccountIndex): Subject {
	const own = index.byLink.get(personId)!;
	const candidates = own.map((account) => nameAccount(account, ['link']));
	const accountsInUse = index.inUse;
	if (own.length === 1) {
		const match = { by: 'link', certain: true, candidates, accountsInUse } as const;
		return { personId, account: own[0]!, match };
	}
	const conflict = 'twoCandidates' as const;
	const match = { by: null, certain: false, candidates, conflict, accountsInUse };
	return { personId, account: null, match };
}

export const leftOut = (count: number, what: string, why: string): string =>
	`${count} ${what} have no person in this run. They were left out, because ${why}.`;

/**
 * @param companies Humaans ids of the companies in the run
 * @param isShared another Humaans company has accounts here too, as far as is known; where one does,
 * only a link that says this company says that its person should be in this run
 */
export function missingOf(
	subjects: readonly Subject[],
	index: AccountIndex,
	{ companies, isShared }: { companies: ReadonlySet<string>; isShared: boolean },
): Missing {
	const ids = personIdsOf(subjects);
	const part = partOf(subjects);
	const batch = part === undefined ? null : parseBatch(part);
	const isOurs = (account: Account): boolean =>
		(!isShared && index.ofAnotherCompany === 0) ||
		companies.has(customAttribute(account, COMPANY) ?? '');
	const ofBatch = unclaimed(index, ids).filter(
		(account) => batch === null || isInBatch(linkOf(account)!, batch),
	);
	const accounts = ofBatch.filter(isOurs);
	const notices: string[] = [];
	if (ofBatch.length > accounts.length) {
		const why =
			'it is not known which Humaans company they are of (custom attribute humaansCompany)';
		notices.push(leftOut(ofBatch.length - accounts.length, 'linked accounts', why));
	}
	if (index.oddLinks > 0) {
		notices.push(
			`${index.oddLinks} accounts have a humaansId that can be no ID of Humaans. They were left alone.`,
		);
	}
	if (accounts.length === 0) return { subjects: [], notices };
	const none = (why: string): Missing => ({
		subjects: [],
		notices: [...notices, leftOut(accounts.length, 'linked accounts', why)],
	});
	if (!subjects.every(({ complete }) => complete === true)) {
		return none('the people were not read completely');
	}
	const isFiltered = isCounted(subjects) && !holdsAll(subjects);
	if (batch === null && (part !== undefined || isFiltered))
		return none('only some people are in it');
	const links = [...new Set(accounts.map((account) => linkOf(account)!))];
	return { subjects: links.map((personId) => missingSubject(personId, index)), notices };
}

/** Humaans ids of the companies that people of the run are of, or that say that somebody is gone. */
export const companiesOf = (subjects: readonly Subject[]): ReadonlySet<string> =>
	new Set(subjects.flatMap(({ person, companyAsked }) => person?.companyId ?? companyAsked ?? []));

/**
 * Whether all linked accounts are of another Humaans company than the people of the run: a token of
 * the wrong company, or a second company that begins here. Then nothing can be concluded.
 */
export function isAllOfAnotherCompany(subjects: readonly Subject[], index: AccountIndex): boolean {
	const known = [...index.byLink.keys()];
	if (index.ofAnotherCompany > 0) return !saysOurs(subjects, index);
	const isComplete = subjects.every(({ complete }) => complete !== false);
	const isEverybody = isComplete && partOf(subjects) === undefined && holdsAll(subjects);
	const ids = personIdsOf(subjects);
	return isEverybody && known.length > 0 && known.every((link) => !ids.has(link));
}

const personIdsOf = (subjects: readonly Subject[]): ReadonlySet<string> =>
	new Set(subjects.flatMap(({ personId }) => personId ?? []));

/**
 * Whether any link is of this company: it says the company, or it is that of somebody whom Humaans
 * has here. One that says no company and whose person is not here may be anybody's.
 */
function saysOurs(subjects: readonly Subject[], { byLink }: AccountIndex): boolean {
	const companies = companiesOf(subjects);
	const here = personIdsOf(subjects.filter(({ person }) => person !== null));
	return [...byLink].some(
		([link, accounts]) =>
			here.has(link) ||
			accounts.some((account) => companies.has(customAttribute(account, COMPANY) ?? '')),
	);
}

const isCounted = (subjects: readonly Subject[]): boolean =>
	subjects.some(({ peopleRead }) => peopleRead !== undefined);

function holdsAll(subjects: readonly Subject[]): boolean {
	const read = Math.max(...subjects.map(({ peopleRead }) => peopleRead ?? Infinity));
	return new Set(subjects.map(({ personId }) => personId)).size >= read;
}
