/** A decision as one row of a table that people read. */
import { isWriteAction, type ActionId, type WriteActionId } from '../actions';
import { labelOf } from '../account/attributes';
import { linkOf } from '../account/link';
import { onOneLine } from '../text';
import type { Account, Change, Decision, DecisionRow, Subject } from '../subject';
import {
	asSentence,
	doneWord,
	nameOf,
	outcomeWords,
	stateWords,
	valueWords,
} from './explain/words';

/** n8n shows an empty text as a red "empty", as if something were wrong. */
const NONE = '–';

const ACTION_CELLS: Readonly<Record<ActionId, string>> = {
	create: 'Create',
	activate: 'Activate',
	waitUntilDue: 'Wait',
	update: 'Update',
	reactivate: 'Reactivate',
	deprovision: 'Suspend',
	delete: 'Delete',
	needsReview: 'You decide',
	noAction: 'Nothing',
};

/** The next run, in Apply, does it or tries again; what is held for another reason a person decides. */
const GOES_ON: readonly string[] = ['mode.review', 'write.failed'];

/** "Create, Activate, Invite": the first write, and what would follow it at once. */
function actionCell(decision: Decision, account: Account | null): string {
	const { action, blockedAction, code, would } = decision;
	const wanted = blockedAction ?? action;
	const isAdoption = wanted === 'update' && account !== null && linkOf(account) === null;
	const first = isAdoption ? 'Adopt' : ACTION_CELLS[wanted];
	const next = would?.actions.slice(1).map((one) => ACTION_CELLS[one]) ?? [];
	const invite = would?.invites ? ['Invite'] : [];
	const question = would?.end === 'needsReview' ? [ACTION_CELLS.needsReview] : [];
	const words = [...new Set([first, ...next, ...invite, ...question])].join(', ');
	const isHeld = action === 'needsReview' && wanted !== action && !GOES_ON.includes(code);
	return isHeld ? `${ACTION_CELLS.needsReview} (${words})` : words;
}

/** "Department: – → Sales"; what this package notes for itself is left out. */
export const changeWords = (changes: readonly Change[]): string =>
	changes
		.filter(({ attribute }) => !attribute.startsWith('humaans'))
		.map(
			({ attribute, from, to }) => `${labelOf(attribute)}: ${valueWords(from)} → ${valueWords(to)}`,
		)
		.join('; ');

type Words = Omit<DecisionRow, 'Humaans ID' | 'Code' | 'Plan'>;

/** Each column on one line: in a message every line is about somebody else. */
function rowFrom(words: Words, { personId }: Subject, { code, plan }: Decision): DecisionRow {
	const onLines = Object.fromEntries(
		Object.entries(words).map(([column, text]) => [column, onOneLine(text) || NONE]),
	) as unknown as Words;
	const id = typeof personId === 'string' ? personId : '';
	return { ...onLines, 'Humaans ID': id, Code: code, Plan: plan ?? '' };
}

export function rowOf(subject: Subject, decision: Decision): DecisionRow {
	const { account, person, desired } = subject;
	const email = person?.email ?? desired?.attributes.email ?? account?.email;
	const because = decision.code === 'mode.review' ? decision.because : undefined;
	const words = {
		Person: decision.code === 'account.ofNobody' ? '(nobody)' : nameOf(subject),
		Action: actionCell(decision, account ?? null),
		Why: because ?? decision.reason,
		Changes: changeWords(decision.would?.changes ?? decision.changes),
		'Work Email': typeof email === 'string' ? email : '',
		Account: account ? `${account.username} (${stateWords(account)})` : '',
	};
	return rowFrom(words, subject, decision);
}

/** A write that was made, as one row: "Activated, invited". */
export interface WrittenRow {
	Person: string;
	Action: string;
	Why: string;
	Changes: string;
	/** What came of it: "Done. The invite was sent to …" */
	Result: string;
	'Work Email': string;
	/** As it is now. */
	Account: string;
	'Humaans ID': string;
}

/** @param subject as it came back from the write of this action, with its outcome */
export function writtenRow(subject: Subject, action: WriteActionId): WrittenRow {
	const decision = subject.decision!;
	const { invitedTo } = subject.outcome!;
	const done = asSentence(doneWord({ action, changes: decision.changes }));
	const invited = invitedTo && invitedTo !== 'none' ? ', invited' : '';
	const row = rowOf(subject, decision);
	const result = outcomeWords({ ...decision, outcome: subject.outcome });
	return {
		...{ Person: row.Person, Action: `${done}${invited}`, Why: row.Why, Changes: row.Changes },
		...{ Result: onOneLine(result.join(' ')), 'Work Email': row['Work Email'] },
		...{ Account: row.Account, 'Humaans ID': row['Humaans ID'] },
	};
}

/** Of an item that nobody can read. */
export function bareRow(subject: Subject, decision: Decision): DecisionRow {
	const { personId } = subject;
	const words = {
		Person: typeof personId === 'string' ? personId : '',
		Action: ACTION_CELLS.needsReview,
		Why: decision.reason,
		...{ Changes: '', 'Work Email': '', Account: '' },
	};
	return rowFrom(words, subject, decision);
}

const takesAccess = ({ action, blockedAction }: Decision): boolean =>
	['deprovision', 'delete'].includes(blockedAction ?? action);

/** Who comes first in a list for people: who would lose access, then questions, then changes. */
export function weightOf(decision: Decision): number {
	if (takesAccess(decision)) return 0;
	const isChange = decision.code === 'mode.review' && isWriteAction(decision.blockedAction!);
	return isChange ? 2 : 1;
}
