import type { Decision, Subject } from '../shared/subject';
import { decide, toDecision } from './decide';
import { disabledBefore, isDisabling, nextLedger, overLimit, type Ledger } from './limit';
import type { PolicySettings } from './settings';
import { held, nothing } from './verdict';

export interface RunInput {
	subjects: readonly Subject[];
	/** Per subject: whether *People in Scope* takes them in. */
	inScope: readonly boolean[];
	settings: PolicySettings;
	now: Date;
	/** What this node let through in the last 24 hours. */
	ledger: Ledger;
}

export interface RunResult {
	/** One decision a subject, in the same order. */
	decisions: Decision[];
	ledger: Ledger;
	/** The sentence of the limit, when it held the disabling of this run. */
	tripped: string | null;
}

/** The largest number of linked accounts a Match of this run counted, or null when nobody read them all. */
function linkedAccounts(subjects: readonly Subject[]): number | null {
	let most: number | null = null;
	for (const { match } of subjects) {
		if (match?.linkedAccounts !== undefined && (most === null || match.linkedAccounts > most)) most = match.linkedAccounts;
	}
	return most;
}

/** Decides all subjects of a run together: one person once, the Deprovisioning Limit, and one time to look again at those who wait. */
export function decideRun({ subjects, inScope, settings, now, ledger }: RunInput): RunResult {
	const seen = new Set<string>();
	const decisions = subjects.map((subject, index) => {
		if (subject.personId !== undefined) {
			if (seen.has(subject.personId)) return toDecision(nothing('person.twice', 'This person is in the run already.'), { subject, now });
			seen.add(subject.personId);
		}
		return decide({ subject, settings, now, inScope: inScope[index] ?? true });
	});

	const disabling = new Set(subjects.flatMap((subject, index) => (isDisabling(decisions[index]!) ? [subject.account!._id] : [])));
	const before = disabledBefore(ledger, subjects, now, disabling);
	const tripped = overLimit(settings.limit, disabling.size, before.size, linkedAccounts(subjects))?.sentence ?? null;
	const limited = tripped === null ? decisions : decisions.map((decision, index) => (isDisabling(decision) ? holdBack(decision, subjects[index]!, tripped, now) : decision));

	const due = limited.flatMap((decision) => (decision.action === 'waitUntilStart' && decision.activateAt ? [decision.activateAt] : [])).sort();
	const resumeAt = due[0];
	return {
		decisions: limited.map((decision) => (decision.action === 'waitUntilStart' ? { ...decision, resumeAt } : decision)),
		ledger: nextLedger(ledger, tripped === null ? [...disabling] : [], now),
		tripped,
	};
}

const holdBack = (decision: Decision, subject: Subject, sentence: string, now: Date): Decision =>
	toDecision(held({ action: decision.action, code: decision.code, reason: decision.reason, changes: decision.changes }, 'limit.deprovisioning', sentence), { subject, now });
