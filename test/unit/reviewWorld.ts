/** Whole runs for tests of the review: everybody and every account is in them. */
import type { RunInput } from '../../nodes/core/policy/decideRun';
import type { PolicySettings } from '../../nodes/core/policy/settings';
import { accessReview, type AccessReview } from '../../nodes/core/review/review';
import type { ReviewKind } from '../../nodes/core/review/dates';
import type { Account, Subject } from '../../nodes/core/subject';
import { NOW, account, another, matched, settings } from './policyWorld';

/** The same subjects as a whole read gives them. */
export function whole(subjects: readonly Subject[]): Subject[] {
	const people = subjects.filter(({ person, problem }) => person || problem);
	const accounts = subjects.filter((one) => one.account);
	return subjects.map((one) => ({
		...one,
		...{ complete: true, peopleRead: people.length },
		match: { ...one.match!, accountsRead: accounts.length, accountsInUse: accounts.length },
	}));
}

export const ofNobody = (index: number, patch: Partial<Account> = {}): Subject => ({
	account: account({
		...{ _id: `nobody${index}`, username: `nobody${index}`, attributes: [] },
		...{ email: `nobody${index}@acme.example`, ...patch },
	}),
	match: matched({ by: null, ofNobody: true }),
});

export const reviewAs = (
	kind: ReviewKind,
	subjects: readonly Subject[],
	set: Partial<PolicySettings> = {},
	input: Partial<RunInput> = {},
): AccessReview =>
	accessReview(
		kind,
		{
			...{ subjects, inScope: subjects.map(() => true), memory: {}, now: NOW },
			...{ settings: settings({ mode: 'review', ...set }), ...input },
		},
		'UTC',
	);

/** "Person: value" of one column, in order. */
export const column = ({ rows }: AccessReview, name: string) => rows.map((row) => row[name]);

/** Rows of a CSV file, by a reader of its own: quotes, doubled quotes and line breaks in cells. */
export function readCsv(text: string): string[][] {
	const rows: string[][] = [[]];
	let at = text.startsWith('\ufeff') ? 1 : 0;
	while (at < text.length) {
		let cell = '';
		if (text[at] === '"') {
			for (at++; text[at] !== '"' || text[at + 1] === '"'; at++) {
				if (text[at] === '"') at++;
				cell += text[at];
			}
			at++;
		} else while (at < text.length && !',\r'.includes(text[at]!)) cell += text[at++];
		rows.at(-1)!.push(cell);
		if (text.startsWith('\r\n', at)) {
			at += 2;
			if (at < text.length) rows.push([]);
		} else at++;
	}
	return rows;
}

export const linked = (id: string, more: Array<{ name: string; value: string }> = []) => [
	{ name: 'humaansId', value: id },
	...more,
];
export const stamp = (text: string) => ({ name: 'humaansDeprovisionedAt', value: text });
/** Somebody with an account that differs. */
export const withAccount = (
	index: number,
	patch: Partial<Account>,
	more: Partial<Subject> = {},
) => {
	const one = another(index);
	return { ...one, account: { ...one.account!, ...patch }, ...more };
};
